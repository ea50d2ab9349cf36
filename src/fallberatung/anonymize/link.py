"""Who is who: mentions of strangers become people, and every mention gets exactly one person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fallberatung.anonymize.cast import NameBook, Person, people_of
from fallberatung.anonymize.marks import Context, Mark, Named
from fallberatung.anonymize.mentions import mentions
from fallberatung.anonymize.reading import Reading
from fallberatung.anonymize.resolve import resolve
from fallberatung.anonymize.strangers import Strangers

Marks = tuple[Mark, ...]
# A weak guess („Trainer X“) is shown, but does not colour the whole text.
_SURE_ENOUGH = 0.79
_NEAR = 12
# The second round finds whom the first one met: „Lea“ after „Lea Schmidt“ after „Frau Schmidt“.
_ROUNDS = 2


@dataclass(frozen=True, slots=True, repr=False)
class Linked:
    """Everybody of the case, roster first, and the marks with one person for each name."""

    people: tuple[Person, ...]
    marks: tuple[Marks, ...]


def link(readings: Sequence[Reading], marks: Sequence[Marks], context: Context) -> Linked:
    """Links and propagates: whoever was recognised once is found everywhere in the case.

    Similar names never merge two people, see `Strangers`.
    """
    known = people_of(context.roster)
    strangers = Strangers(len(known))
    found = _met(strangers, readings, marks)
    for _ in range(_ROUNDS):
        book = NameBook(tuple(stranger.person() for stranger in strangers.met), len(known))
        again = [
            resolve((*there, *mentions(reading, book, "propagation")), context.policy)
            for reading, there in zip(readings, found, strict=True)
        ]
        found = _met(strangers, readings, again)
    people = [*known, *(stranger.person() for stranger in strangers.met)]
    nobodies: dict[tuple[str, str], int] = {}
    settled = tuple(tuple(_settled(m, people, nobodies) for m in there) for there in found)
    return Linked(tuple(people), settled)


def _met(strangers: Strangers, readings: Sequence[Reading], marks: Sequence[Marks]) -> list[Marks]:
    pairs = zip(readings, marks, strict=True)
    return [tuple(_with_people(strangers, reading, there)) for reading, there in pairs]


def _with_people(strangers: Strangers, reading: Reading, marks: Marks) -> Iterator[Mark]:
    before: Mark | None = None
    for mark in marks:
        met = mark
        if isinstance(mark.facts, Named) and _is_stranger(mark.facts, strangers):
            index = _same_as_before(strangers, mark, mark.facts, before)
            if index is None:
                title = reading.text[mark.start : mark.end]
                is_sure = mark.confidence > _SURE_ENOUGH
                index = strangers.index_of(mark.facts, title, is_sure=is_sure)
            met = replace(mark, facts=replace(mark.facts, people=(index,)))
        yield met
        before = met


def _is_stranger(named: Named, strangers: Strangers) -> bool:
    is_roster_family = named.is_family and any(p < strangers.first_index for p in named.people)
    return not named.people or is_roster_family


def _same_as_before(
    strangers: Strangers, mark: Mark, named: Named, before: Mark | None
) -> int | None:
    """„Herr X (Vorname Y)“: the first name belongs to whoever was named just before."""
    if before is None or "first-name-cue" not in mark.recognisers:
        return None
    if not isinstance(before.facts, Named) or mark.start - before.end > _NEAR:
        return None
    index = before.facts.people[0]
    if index >= strangers.first_index:
        strangers.learn_surname(index, named)
    return index


def _settled(mark: Mark, people: list[Person], nobodies: dict[tuple[str, str], int]) -> Mark:
    named = mark.facts
    if not isinstance(named, Named) or len(named.people) == 1:
        return mark
    return replace(mark, facts=replace(named, people=(_somebody(named, people, nobodies),)))


def _somebody(named: Named, people: list[Person], nobodies: dict[tuple[str, str], int]) -> int:
    """A person for a mention that can mean several: nobody's label, so that none is mixed up."""
    surnames = [people[index].surname_parts for index in named.people]
    role = "family_member" if frozenset.intersection(*surnames) else "third"
    title = " ".join(named.parts)
    if (role, title) not in nobodies:
        nobodies[role, title] = len(people)
        people.append(Person(role, frozenset(), frozenset(), None, None, title))
    return nobodies[role, title]
