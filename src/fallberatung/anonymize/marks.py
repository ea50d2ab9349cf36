"""What recognisers hand on: a place in the reading, its category, and the facts behind it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from fallberatung.anonymize.policy import Policy
from fallberatung.anonymize.roster import Roster


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """A mention of a person.

    Args:
        parts: Folded words of the name as mentioned, endings included; initials one letter long.
        people: Indices into the roster of everybody it can mean; empty for a stranger.
        role: Role that the words around it give a stranger.
        sex: What the words around it say, „Frau“ or „Onkel“.
        is_genitive: Whether it ends in a genitive.
        is_family: Whether a whole family is meant.
        is_surname: Whether a title shows that the last part is a surname.
    """

    parts: tuple[str, ...]
    people: tuple[int, ...] = ()
    role: str | None = None
    sex: Literal["m", "f"] | None = None
    is_genitive: bool = False
    is_family: bool = False
    is_surname: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Moment:
    """A calendar date, a month or a year; `lead` is the folded preposition inside the mark."""

    day: date
    precision: Literal["day", "month", "year"]
    lead: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Age:
    """An exact age; `months` where months are known, `shape` the pattern of the sentence."""

    years: int
    months: int | None = None
    shape: Literal["plain", "adjective", "bare", "born", "turning"] = "plain"
    ending: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Kind:
    """What the thing is: a phrase that takes the place of the whole mark."""

    phrase: str


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """A town, village or district, folded, for links between mentions."""

    name: str


Facts = Named | Moment | Age | Kind | Place | None


@dataclass(frozen=True, slots=True, repr=False)
class Mark:
    """One claim of one or more recognisers about a place in the reading."""

    start: int
    end: int
    category: str
    confidence: float
    recognisers: tuple[str, ...]
    facts: Facts = None


@dataclass(frozen=True, slots=True)
class Context:
    """What every recogniser may know beside the text."""

    roster: Roster
    filing_date: date
    policy: Policy
