"""Everybody a text speaks of, and under which words each of them occurs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from fallberatung.anonymize.names import folded, forms, is_slip, name_parts, slips
from fallberatung.anonymize.roles import ROLES
from fallberatung.anonymize.roster import Roster
from fallberatung.anonymize.titles import TITLES

Sex = Literal["m", "f"]
_EXACT, _FORM, _SLIP = 0.99, 0.97, 0.7
_SHORTEST_SLIP, _LONGEST_SLIP = 4, 24


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """One person (or family) of the case.

    Args:
        role: Key of `ROLES`.
        given: Folded first names and nicknames.
        surnames: Folded parts of each surname, a double name as two parts.
        sex: Where role or title say it.
        label: Label the author chose.
        title: How the author sees this person again, as first written.
    """

    role: str
    given: frozenset[str]
    surnames: frozenset[tuple[str, ...]]
    sex: Sex | None = None
    label: str | None = None
    title: str = ""

    @property
    def surname_parts(self) -> frozenset[str]:
        """Every part of every surname."""
        return frozenset(part for surname in self.surnames for part in surname)


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One person behind one word of a text."""

    person: int
    is_surname: bool
    is_genitive: bool


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """What a word can mean: the entries and how sure that is."""

    entries: tuple[Entry, ...]
    confidence: float
    stem: str

    def people(self) -> frozenset[int]:
        """Everybody the word can mean."""
        return frozenset(entry.person for entry in self.entries)


def people_of(roster: Roster) -> tuple[Person, ...]:
    """The roster in the form the text is searched with, indices kept."""
    return tuple(_person(p.role, p.names, p.label) for p in roster.people)


def _person(role: str, names: tuple[str, ...], label: str | None) -> Person:
    given: set[str] = set()
    surnames: set[tuple[str, ...]] = set()
    for name in names:
        words = [word for word in name.split() if name_parts(word)]
        is_titled = len(words) < len(name.split()) or role == "family"
        for place, word in enumerate(words):
            parts = tuple(part.casefold() for part in name_parts(word))
            if place == len(words) - 1 and (place > 0 or is_titled):
                surnames.add(parts)
            else:
                given.update(parts)
    title = next((name for name in names if name_parts(name)), "")
    return Person(role, frozenset(given), frozenset(surnames), ROLES[role].sex, label, title)


@dataclass
class NameBook:
    """An index from the words of a text to people; answers are remembered per word."""

    people: tuple[Person, ...]
    first_index: int = 0
    _exact: dict[str, list[Entry]] = field(default_factory=dict, repr=False)
    _forms: dict[str, list[Entry]] = field(default_factory=dict, repr=False)
    _slips: dict[str, set[str]] = field(default_factory=dict, repr=False)
    _known: dict[str, Hit | None] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Index every form of every part of every name."""
        for index, person in enumerate(self.people, start=self.first_index):
            self._enter(index, person.given, is_surname=False)
            self._enter(index, person.surname_parts, is_surname=True)

    def _enter(self, index: int, parts: Iterable[str], *, is_surname: bool) -> None:
        for part in parts:
            stem = folded(part)
            for form, is_genitive in forms(part):
                table = self._exact if not is_genitive and form == stem else self._forms
                table.setdefault(form, []).append(Entry(index, is_surname, is_genitive))
            self._exact.setdefault(stem, [])
            for slip in slips(stem) if len(stem) >= _SHORTEST_SLIP else ():
                self._slips.setdefault(slip, set()).add(stem)

    def look_up(self, word: str) -> Hit | None:
        """Whom a folded word can mean: exactly, else in another form, else by a slip."""
        if word not in self._known:
            self._known[word] = self._search(word)
        return self._known[word]

    def _search(self, word: str) -> Hit | None:
        if entries := self._exact.get(word):
            return Hit(tuple(entries), _EXACT, word)
        if entries := self._forms.get(word):
            return Hit(tuple(entries), _FORM, word)
        if not _SHORTEST_SLIP <= len(word) <= _LONGEST_SLIP or word in TITLES:
            return None
        near = {stem for slip in slips(word) for stem in self._slips.get(slip, ())}
        stems = sorted(stem for stem in near if is_slip(word, stem))
        found = tuple(entry for stem in stems for entry in self._exact[stem])
        return Hit(found, _SLIP, stems[0]) if found else None

    def person(self, index: int) -> Person:
        """The person behind an index of this book."""
        return self.people[index - self.first_index]

    def initials(self, index: int) -> tuple[frozenset[str], frozenset[str]]:
        """First letters of the given names and of the surnames of a person."""
        person = self.person(index)
        return (
            frozenset(folded(part)[0] for part in person.given),
            frozenset(folded(part)[0] for part in person.surname_parts),
        )
