"""What the entries of a case say: one frozen value per type (docs/spec/roundtable.md#entries).

Every type that holds words is generic in its text: `Comment[ReleasedText]` goes out through
`compose`, `Comment[ReadText]` comes in through `decode`. Attribute names are the keys of the
entry body; `entries/*.schema.json` describes the same bodies for other languages, and a test holds
both together. An absent value is an absent key.

`ref` is the `seq` of the entry that this one replaces. What was asked, judged and confirmed at one
moment (report, rating round, rating, protocol, confirmation) has none and cannot be edited.

Thin for now: ratings are written plainly by `rating_reveal`. `rating_commit`, which hides them
until a round is full, is still to come; it will not change the form of the reveal.
"""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Generic, Literal, TypeVar

from fallberatung.anonymize.release import ReleasedText
from fallberatung.roundtable.deliberation.errors import EntryBodyError
from fallberatung.roundtable.deliberation.texts import ReadText

Text = TypeVar("Text", ReleasedText, ReadText)
"""Words on their way out or words that came in."""

Source = Literal["seen", "heard", "reported", "suspected"]
"""Where an observation comes from: own eyes, own ears, somebody else, a guess."""

Status = Literal["professionals_only", "discussed_with_family", "added_by_family"]
"""How far the family knows of a line of the map."""

Column = Literal["worry", "strength", "step"]
"""The three columns: worries, strengths, steps."""

Kind = Literal[
    "past_harm",
    "danger_statement",
    "complicating_factor",
    "existing_strength",
    "existing_safety",
    "safety_goal",
    "next_step",
]
"""The seven kinds of line on the map."""

AgeBand = Literal["0_2", "3_5", "6_7", "8_10", "11_13", "14_15", "16_17"]
"""Years of age, ends included; no band crosses 14 (§ 7 Abs. 1 SGB VIII)."""

COLUMN_OF: Final[MappingProxyType[Kind, Column]] = MappingProxyType(
    {
        "past_harm": "worry",
        "danger_statement": "worry",
        "complicating_factor": "worry",
        "existing_strength": "strength",
        "existing_safety": "strength",
        "safety_goal": "step",
        "next_step": "step",
    }
)
"""In which column a kind stands; a body that says otherwise is refused."""


@dataclass(frozen=True, slots=True)
class Observation(Generic[Text]):
    """One thing noticed: what, from which source, when (relative), and whether word for word."""

    what: Text
    source: Source
    is_verbatim: bool
    when: Text | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many places of one category were found, and how many of them the author kept."""

    category: str
    found: int
    kept: int


@dataclass(frozen=True, slots=True)
class Override(Generic[Text]):
    """The reason for which the author left a place of a hard-block category as it was."""

    category: str
    reason: Text


@dataclass(frozen=True, slots=True)
class CaseReport(Generic[Text]):
    """The case as the author tells it, pseudonymised; the one entry of epoch 1.

    `account` is the story told as a whole, beside or instead of single observations. One to three
    questions; at least one observation or an account. `counts`, `changed`, `added` and `overrides`
    tell how the author differed from the pseudonymiser: replacements changed, places marked by
    hand, reasons for what was kept.
    """

    questions: tuple[Text, ...]
    observations: tuple[Observation[Text], ...] = ()
    account: Text | None = None
    child_age: AgeBand | None = None
    child_sex: Literal["f", "m", "d"] | None = None
    household: Text | None = None
    custody: Text | None = None
    siblings: Text | None = None
    resources: Text | None = None
    previous_help: Text | None = None
    talks: Text | None = None
    appraisal: Text | None = None
    counts: tuple[Count, ...] = ()
    overrides: tuple[Override[Text], ...] = ()
    changed: int | None = None
    added: int | None = None

    def __post_init__(self) -> None:
        if not self.observations and self.account is None:
            raise EntryBodyError("a case report without account or observation")


@dataclass(frozen=True, slots=True)
class Clarify(Generic[Text]):
    """A question about the case, or the answer to the question that stands at `answers`."""

    text: Text
    answers: int | None = None
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class Hypothesis(Generic[Text]):
    """What might be behind it; a note that is erased early."""

    text: Text
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class Response(Generic[Text]):
    """What the case sets off in a member of the table; a note that is erased early."""

    text: Text
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class Idea(Generic[Text]):
    """What one could do; a note that is erased early."""

    text: Text
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class MapItem(Generic[Text]):
    """One line of the map in three columns.

    `when` and `source` belong to past harm, `goal_for` (the `seq` of a danger statement) to a
    safety goal. Their absence where they belong is no refusal but a problem on the board.
    """

    column: Column
    kind: Kind
    text: Text
    status: Status
    when: Text | None = None
    source: Source | None = None
    goal_for: int | None = None
    ref: int | None = None

    def __post_init__(self) -> None:
        if COLUMN_OF.get(self.kind) != self.column:
            raise EntryBodyError("a map item in the wrong column")
        if self.kind != "past_harm" and (self.when is not None or self.source is not None):
            raise EntryBodyError("time and source belong to past harm")
        if self.kind != "safety_goal" and self.goal_for is not None:
            raise EntryBodyError("only a safety goal answers a danger statement")


@dataclass(frozen=True, slots=True)
class RatingRound:
    """A manager asks for ratings: number from 1, key ids expected, closing time in Unix seconds."""

    number: int
    expected: tuple[bytes, ...]
    closes: int


@dataclass(frozen=True, slots=True)
class RatingReveal(Generic[Text]):
    """Where a person stands on the safety scale, 0 (cannot stay) to 10 (safe enough), and why."""

    round: int
    value: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Indication(Generic[Text]):
    """Whether a person sees substantial indications of endangerment, and acute danger."""

    answer: Literal["yes", "no", "unclear"]
    is_acute: bool
    reason: Text
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class Dissent(Generic[Text]):
    """An appraisal that differs; it is carried into the protocol."""

    text: Text
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class PlanStep(Generic[Text]):
    """What is to be done, by whom (role labels), until when, under which condition."""

    what: Text
    status: Literal["open", "done", "failed", "moved"]
    owner: Text | None = None
    due: date | None = None
    condition: Text | None = None
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class Comment(Generic[Text]):
    """Free discussion."""

    text: Text
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class NoteOn(Generic[Text]):
    """A remark on the entry that stands at `on`."""

    on: int
    text: Text
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class Section(Generic[Text]):
    """A part of the protocol: its key in the catalogue of headings, and its words."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class Protocol(Generic[Text]):
    """The result of a session, assembled by the recorder; a new one supersedes the old.

    `quotes` are the `seq` of entries it takes over; `statements` are the sentences of law and
    status that stand in it.
    """

    session: int
    sections: tuple[Section[Text], ...]
    quotes: tuple[int, ...] = ()
    statements: tuple[Literal["responsibility_stays", "not_discussed_with_family"], ...] = ()


@dataclass(frozen=True, slots=True)
class Confirm:
    """A member confirms exactly one protocol: its `seq` and the hash of its record."""

    protocol: int
    record_hash: bytes
