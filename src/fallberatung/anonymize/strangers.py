"""People whom the roster does not know, put together from their mentions."""

from dataclasses import dataclass, field

from fallberatung.anonymize.cast import Person, Sex
from fallberatung.anonymize.marks import Named

# A text of nothing but namesakes must not take quadratic time.
_MOST_NAMESAKES = 50


@dataclass
class Stranger:
    """What the mentions so far say about one of them; double names are one part with a hyphen."""

    role: str
    sex: Sex | None
    title: str
    given: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)
    is_sure: bool = False

    def person(self) -> Person:
        """The person as the book of names searches for it; a weak guess has no names to search."""
        surnames = frozenset(_full_parts(name) for name in self.surnames if self.is_sure)
        given = frozenset(part for name in self.given if self.is_sure for part in _full_parts(name))
        known = frozenset(parts for parts in surnames if parts)
        return Person(self.role, given, known, self.sex, None, self.title)


def _full_parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in name.split("-") if len(part) > 1)


@dataclass
class Strangers:
    """All strangers of a case, indices counted after the roster.

    Two mentions mean one person only if sex, first name and whole surname allow it; in doubt they
    stay two, for one label too many confuses less than two people under one.
    """

    first_index: int
    met: list[Stranger] = field(default_factory=list)
    _by_part: dict[tuple[str, bool], list[int]] = field(default_factory=dict)

    def index_of(self, named: Named, title: str, *, is_sure: bool) -> int:
        """The stranger this mention means, a new one if nobody fits."""
        given, surname = _split(named)
        for part in (surname, *given):
            near = self._by_part.get((part, named.is_family), []) if part else []
            for index in near[-_MOST_NAMESAKES:]:
                if _is_same(self.met[index], given, surname, named.sex):
                    self._learn(index, named, is_sure=is_sure)
                    return self.first_index + index
        role = "family" if named.is_family else named.role or "third"
        self.met.append(Stranger(role, named.sex, title))
        self._learn(len(self.met) - 1, named, is_sure=is_sure)
        return self.first_index + len(self.met) - 1

    def _learn(self, index: int, named: Named, *, is_sure: bool) -> None:
        stranger = self.met[index]
        stranger.sex = stranger.sex or named.sex
        stranger.is_sure = stranger.is_sure or is_sure
        if stranger.role == "third" and named.role and is_sure:
            stranger.role = named.role
        given, surname = _split(named)
        stranger.given.update(given)
        if surname:
            stranger.surnames.add(surname)
        for part in filter(None, (surname, *given)):
            places = self._by_part.setdefault((part, named.is_family), [])
            if index not in places:
                places.append(index)

    def learn_surname(self, index: int, named: Named) -> None:
        """A first name told apart from its surname: „Herr X (Vorname Y)“."""
        self._learn(index - self.first_index, named, is_sure=True)


def _split(named: Named) -> tuple[tuple[str, ...], str]:
    parts = [part for part in named.parts if len(part) > 1] or ["".join(named.parts)]
    if named.is_surname or named.is_family or len(parts) > 1:
        return tuple(parts[:-1]), parts[-1]
    return tuple(parts), ""


def _is_same(stranger: Stranger, given: tuple[str, ...], surname: str, sex: Sex | None) -> bool:
    if stranger.sex and sex and stranger.sex != sex:
        return False
    if given and stranger.given:
        is_shared = not stranger.given.isdisjoint(given)
        return is_shared and (not surname or not stranger.surnames or surname in stranger.surnames)
    is_only_surname = not given and not stranger.given
    is_same_sex = sex is not None and sex == stranger.sex
    return surname in stranger.surnames and (is_only_surname or (not given and is_same_sex))
