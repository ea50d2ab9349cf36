"""The types of entries: what a body can be, the name it is written under, how long it is kept."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from fallberatung.roundtable.deliberation.bodies import (
    CaseReport,
    Clarify,
    Comment,
    Confirm,
    Dissent,
    Hypothesis,
    Idea,
    Indication,
    MapItem,
    NoteOn,
    PlanStep,
    Protocol,
    RatingReveal,
    RatingRound,
    Response,
)
from fallberatung.roundtable.deliberation.texts import ReadText


@dataclass(frozen=True, slots=True)
class Retraction:
    """The entry of type `t` at `ref` is taken back; it stays in the history."""

    t: str
    ref: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """An entry this version cannot show; it is never dropped.

    Attributes:
        t: the type it names, "" where it names none.
        v: the version it names, 0 where it names none.
        code: `later_version` (unknown type or version), or `malformed`.
    """

    t: str
    v: int
    code: Literal["later_version", "malformed"]


Body = (
    CaseReport[ReadText]
    | Clarify[ReadText]
    | Hypothesis[ReadText]
    | Response[ReadText]
    | Idea[ReadText]
    | MapItem[ReadText]
    | RatingRound
    | RatingReveal[ReadText]
    | Indication[ReadText]
    | Dissent[ReadText]
    | PlanStep[ReadText]
    | Comment[ReadText]
    | NoteOn[ReadText]
    | Protocol[ReadText]
    | Confirm
)
"""What the decoder makes of an entry of a known type."""

TYPE_OF: Final[MappingProxyType[type, str]] = MappingProxyType(
    {
        CaseReport: "case_report",
        Clarify: "clarify",
        Hypothesis: "hypothesis",
        Response: "response",
        Idea: "idea",
        MapItem: "map_item",
        RatingRound: "rating_round",
        RatingReveal: "rating_reveal",
        Indication: "indication",
        Dissent: "dissent",
        PlanStep: "plan_step",
        Comment: "comment",
        NoteOn: "note_on",
        Protocol: "protocol",
        Confirm: "confirm",
    }
)
"""The `t` each value is written under."""

RET_OF_TYPE: Final[MappingProxyType[str, Literal["n", "c", "p"]]] = MappingProxyType(
    {
        "case_report": "c",
        "clarify": "c",
        "hypothesis": "n",
        "response": "n",
        "idea": "n",
        "map_item": "c",
        "rating_round": "c",
        "rating_reveal": "c",
        "indication": "c",
        "dissent": "c",
        "plan_step": "c",
        "comment": "c",
        "note_on": "c",
        "protocol": "p",
        "confirm": "p",
    }
)
"""Retention class of each type: `n` notes, `c` content, `p` protocol; it stands in the header."""
