"""From a body map that came out of an opened entry to what it says.

The one place where `ReadText` is made. Reading is strict: a body of a known type and version has
exactly its keys, in their types. Of a later version or an unknown type nothing is known, so it is
kept as `Unknown` and shown as not displayable.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast, get_args

from fallberatung.roundtable.deliberation import bodies, readers
from fallberatung.roundtable.deliberation.errors import EntryBodyError
from fallberatung.roundtable.deliberation.readers import Shape, claim, one_of, seq, several, whole
from fallberatung.roundtable.deliberation.registry import Body, Retraction, Unknown
from fallberatung.roundtable.deliberation.texts import ReadText

VERSION: Final = 1
"""The version of all bodies this module knows."""
HASH_LENGTH: Final = 32
"""Bytes of key ids, record hashes and tree roots."""
TEXT_LENGTH: Final = 100_000
"""The longest single text, in characters; a whole request has 256 KB."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a body says about itself.

    Attributes:
        ts: the writer's clock, Unix seconds.
        cp: size and root of the newest checkpoint the writer saw, None before the first.
    """

    ts: int
    cp: tuple[int, bytes] | None


def _text(value: object) -> ReadText:
    if type(value) is not str or not value.strip() or len(value) > TEXT_LENGTH:
        raise EntryBodyError("a text is empty, too long or no text")
    return ReadText(value)


_SOURCE = one_of(*get_args(bodies.Source))
_REF: Final = {"ref": seq}
_OBSERVATION = Shape(
    bodies.Observation,
    {"what": _text, "source": _SOURCE, "is_verbatim": claim},
    {"when": _text},
)
_COUNT = Shape(bodies.Count, {"category": readers.code, "found": whole(1), "kept": whole(0)}, {})
_OVERRIDE = Shape(bodies.Override, {"category": readers.code, "reason": _text}, {})
_SECTION = Shape(bodies.Section, {"key": readers.code, "text": _text}, {})
_KEY_ID = readers.octets(HASH_LENGTH)
_STATEMENT = one_of("responsibility_stays", "not_discussed_with_family")

SHAPES: Final[Mapping[str, Shape]] = MappingProxyType(
    {
        "case_report": Shape(
            bodies.CaseReport,
            {"questions": several(_text, 1, 3)},
            {
                "observations": several(_OBSERVATION.read),
                "account": _text,
                "child_age": one_of(*get_args(bodies.AgeBand)),
                "child_sex": one_of("f", "m", "d"),
                "household": _text,
                "custody": _text,
                "siblings": _text,
                "resources": _text,
                "previous_help": _text,
                "talks": _text,
                "appraisal": _text,
                "counts": several(_COUNT.read),
                "overrides": several(_OVERRIDE.read),
                "changed": whole(0),
                "added": whole(0),
            },
        ),
        "clarify": Shape(bodies.Clarify, {"text": _text}, {"answers": seq, **_REF}),
        "hypothesis": Shape(bodies.Hypothesis, {"text": _text}, _REF),
        "response": Shape(bodies.Response, {"text": _text}, _REF),
        "idea": Shape(bodies.Idea, {"text": _text}, _REF),
        "map_item": Shape(
            bodies.MapItem,
            {
                "column": one_of(*get_args(bodies.Column)),
                "kind": one_of(*get_args(bodies.Kind)),
                "text": _text,
                "status": one_of(*get_args(bodies.Status)),
            },
            {"when": _text, "source": _SOURCE, "goal_for": seq, **_REF},
        ),
        "rating_round": Shape(
            bodies.RatingRound,
            {"number": whole(1), "expected": several(_KEY_ID, 1), "closes": whole(0)},
            {},
        ),
        "rating_reveal": Shape(
            bodies.RatingReveal,
            {"round": whole(1), "value": whole(0, 10), "reason": _text},
            {},
        ),
        "indication": Shape(
            bodies.Indication,
            {"answer": one_of("yes", "no", "unclear"), "is_acute": claim, "reason": _text},
            _REF,
        ),
        "dissent": Shape(bodies.Dissent, {"text": _text}, _REF),
        "plan_step": Shape(
            bodies.PlanStep,
            {"what": _text, "status": one_of("open", "done", "failed", "moved")},
            {"owner": _text, "due": readers.day, "condition": _text, **_REF},
        ),
        "comment": Shape(bodies.Comment, {"text": _text}, _REF),
        "note_on": Shape(bodies.NoteOn, {"on": seq, "text": _text}, _REF),
        "protocol": Shape(
            bodies.Protocol,
            {"session": whole(1), "sections": several(_SECTION.read, 1)},
            {"quotes": several(seq, 0, 1000), "statements": several(_STATEMENT, 0, 2)},
        ),
        "confirm": Shape(bodies.Confirm, {"protocol": seq, "record_hash": _KEY_ID}, {}),
    }
)
"""The form of every type, without the keys all bodies share."""

SHARED: Final = frozenset({"t", "v", "ts", "cp"})
"""The keys of every body: type, version, writer's clock, newest checkpoint seen."""

RETRACTABLE: Final = frozenset(t for t, shape in SHAPES.items() if "ref" in shape.optional)
"""The types that can be edited and taken back."""


def decode_body(body: Mapping[str, object]) -> Body | Retraction | Unknown:
    """Return what a body says; a body of a later version or an unknown type is `Unknown`.

    Raises:
        EntryBodyError: a body of a known type and version that breaks its form.
    """
    t, version = _label(body)
    if version > VERSION or t not in SHAPES:
        return Unknown(t, version, "later_version")
    decode_stamp(body)
    own = {key: value for key, value in body.items() if key not in SHARED}
    if set(own) == {"ref"} and t in RETRACTABLE:
        return Retraction(t, cast("int", seq(own["ref"])))
    return cast("Body", SHAPES[t].read(own))


def decode_shown(body: Mapping[str, object]) -> Body | Retraction | Unknown:
    """Return what a body says, and a broken one as `Unknown`, so that one entry spoils no board."""
    try:
        return decode_body(body)
    except EntryBodyError:
        t, version = body.get("t"), body.get("v")
        return Unknown(
            t if type(t) is str else "", version if type(version) is int else 0, "malformed"
        )


def decode_stamp(body: Mapping[str, object]) -> Stamp:
    """Return the writer's clock and newest checkpoint.

    Raises:
        EntryBodyError: one of them is missing or malformed.
    """
    if not set(body) >= SHARED:
        raise EntryBodyError("a body lacks a key all bodies have")
    ts = cast("int", whole(0)(body["ts"]))
    if body["cp"] is None:
        return Stamp(ts, None)
    if type(body["cp"]) is not list or len(body["cp"]) != len(("size", "root")):
        raise EntryBodyError("a checkpoint is not size and root")
    size, root = body["cp"]
    return Stamp(ts, (cast("int", whole(0)(size)), cast("bytes", _KEY_ID(root))))


def _label(body: Mapping[str, object]) -> tuple[str, int]:
    t, version = body.get("t"), body.get("v")
    if type(t) is not str or type(version) is not int or version < 1:
        raise EntryBodyError("a body without type and version")
    return t, version
