"""From what a person wants to say to the body map that is sealed.

Every text in it is `ReleasedText`: it has passed the pseudonymiser. The map is
`{t, v: 1, …, ts, cp}`, ready for the deterministic encoding: integers, texts, byte strings,
booleans, null, lists and maps with text keys. What is written here has been read back by `decode`
before it is returned, so no body leaves that others would refuse.
"""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Final

from fallberatung.anonymize.release import ReleasedText
from fallberatung.roundtable.deliberation import bodies
from fallberatung.roundtable.deliberation.decode import (
    RETRACTABLE,
    VERSION,
    Stamp,
    decode_body,
)
from fallberatung.roundtable.deliberation.errors import EntryBodyError
from fallberatung.roundtable.deliberation.registry import RET_OF_TYPE, TYPE_OF, Retraction

__all__ = [
    "RET_OF_TYPE",
    "Stamp",
    "case_report_body",
    "clarify_body",
    "comment_body",
    "confirm_body",
    "dissent_body",
    "hypothesis_body",
    "idea_body",
    "indication_body",
    "map_item_body",
    "note_on_body",
    "plan_step_body",
    "protocol_body",
    "rating_reveal_body",
    "rating_round_body",
    "response_body",
    "retraction_body",
]

_CODES: Final = frozenset(
    {"answer", "category", "child_age", "child_sex", "column", "key", "kind", "source"}
    | {"statements", "status"}
)
"""The keys whose strings are codes; a string anywhere else has not been released."""


def case_report_body(report: bodies.CaseReport[ReleasedText], stamp: Stamp) -> dict[str, object]:
    """Return the body of a `case_report`.

    Raises:
        EntryBodyError: the value breaks the form of its type; so for every function below.
    """
    return _body(report, stamp)


def clarify_body(question: bodies.Clarify[ReleasedText], stamp: Stamp) -> dict[str, object]:
    """Return the body of a `clarify`: a question, or an answer when `answers` is set."""
    return _body(question, stamp)


def hypothesis_body(thought: bodies.Hypothesis[ReleasedText], stamp: Stamp) -> dict[str, object]:
    """Return the body of a `hypothesis`, retention class `n`."""
    return _body(thought, stamp)


def response_body(thought: bodies.Response[ReleasedText], stamp: Stamp) -> dict[str, object]:
    """Return the body of a `response`, retention class `n`."""
    return _body(thought, stamp)


def idea_body(thought: bodies.Idea[ReleasedText], stamp: Stamp) -> dict[str, object]:
    """Return the body of an `idea`, retention class `n`."""
    return _body(thought, stamp)


def map_item_body(item: bodies.MapItem[ReleasedText], stamp: Stamp) -> dict[str, object]:
    """Return the body of a `map_item`."""
    return _body(item, stamp)


def rating_round_body(asked: bodies.RatingRound, stamp: Stamp) -> dict[str, object]:
    """Return the body of a `rating_round`."""
    return _body(asked, stamp)


def rating_reveal_body(
    rating: bodies.RatingReveal[ReleasedText], stamp: Stamp
) -> dict[str, object]:
    """Return the body of a `rating_reveal`; it cannot be taken back."""
    return _body(rating, stamp)


def indication_body(indication: bodies.Indication[ReleasedText], stamp: Stamp) -> dict[str, object]:
    """Return the body of an `indication`."""
    return _body(indication, stamp)


def dissent_body(dissent: bodies.Dissent[ReleasedText], stamp: Stamp) -> dict[str, object]:
    """Return the body of a `dissent`."""
    return _body(dissent, stamp)


def plan_step_body(step: bodies.PlanStep[ReleasedText], stamp: Stamp) -> dict[str, object]:
    """Return the body of a `plan_step`."""
    return _body(step, stamp)


def comment_body(comment: bodies.Comment[ReleasedText], stamp: Stamp) -> dict[str, object]:
    """Return the body of a `comment`."""
    return _body(comment, stamp)


def note_on_body(note: bodies.NoteOn[ReleasedText], stamp: Stamp) -> dict[str, object]:
    """Return the body of a `note_on`."""
    return _body(note, stamp)


def protocol_body(protocol: bodies.Protocol[ReleasedText], stamp: Stamp) -> dict[str, object]:
    """Return the body of a `protocol`, retention class `p`."""
    return _body(protocol, stamp)


def confirm_body(confirmation: bodies.Confirm, stamp: Stamp) -> dict[str, object]:
    """Return the body of a `confirm`, retention class `p`."""
    return _body(confirmation, stamp)


def retraction_body(retraction: Retraction, stamp: Stamp) -> dict[str, object]:
    """Return the body that takes an entry back: its type and `ref`, nothing of its words.

    Raises:
        EntryBodyError: entries of this type stand once they are said.
    """
    if retraction.t not in RETRACTABLE:
        raise EntryBodyError("entries of this type cannot be taken back")
    return _stamped(retraction.t, {"ref": retraction.ref}, stamp)


def _body(value: object, stamp: Stamp) -> dict[str, object]:
    return _stamped(TYPE_OF[type(value)], _keys(value), stamp)


def _stamped(t: str, own: dict[str, object], stamp: Stamp) -> dict[str, object]:
    checkpoint = None if stamp.cp is None else list(stamp.cp)
    body = {"t": t, "v": VERSION, **own, "ts": stamp.ts, "cp": checkpoint}
    decode_body(body)
    return body


def _keys(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise EntryBodyError("a part is no value of an entry")
    parts = ((field.name, getattr(value, field.name)) for field in fields(value))
    return {name: _written(name, part) for name, part in parts if part is not None and part != ()}


def _written(name: str, part: object) -> object:
    if isinstance(part, ReleasedText):
        return part.text
    if isinstance(part, date):
        return part.isoformat()
    if isinstance(part, tuple):
        return [_written(name, one) for one in part]
    if isinstance(part, bool | int | bytes) or (isinstance(part, str) and name in _CODES):
        return part
    return _nested(part)


def _nested(part: object) -> dict[str, object]:
    # A closed list, so that no text of another type slips out by having the right attributes.
    if not isinstance(part, bodies.Observation | bodies.Count | bodies.Override | bodies.Section):
        raise EntryBodyError("a text has not been released")
    return _keys(part)
