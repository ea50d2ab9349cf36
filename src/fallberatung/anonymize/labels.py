"""One label for each person: by role and order of appearance, never by anything of the name."""

from collections import Counter
from collections.abc import Sequence

from fallberatung.anonymize.cast import Person
from fallberatung.anonymize.names import name_parts
from fallberatung.anonymize.roles import ROLES

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def labels_of(people: Sequence[Person]) -> tuple[str, ...]:
    """The labels, in the order of the people; the roster stands first, strangers as they come.

    Children count in letters („Kind A“), professionals in numbers („Lehrkraft 1“); other roles
    are numbered only if there are several of them.
    """
    totals = Counter(ROLES[person.role].noun for person in people if person.label is None)
    used: Counter[str] = Counter()
    return tuple(_label(person, totals, used) for person in people)


def _label(person: Person, totals: Counter[str], used: Counter[str]) -> str:
    if person.label is not None:
        return person.label
    role = ROLES[person.role]
    used[role.noun] += 1
    count = used[role.noun]
    if role.style == "letter":
        return f"{role.noun} {_LETTERS[count - 1] if count <= len(_LETTERS) else count}"
    is_numbered = role.style == "number" or (role.style == "plain" and totals[role.noun] > 1)
    return f"{role.noun} {count}" if is_numbered else role.noun


def display_names(people: Sequence[Person]) -> tuple[str, ...]:
    """How the author reads each person again: children by first name, others as typed."""
    short = [_short_name(person) for person in people]
    times = Counter(short)
    return tuple(
        name if times[name] == 1 else person.title
        for name, person in zip(short, people, strict=True)
    )


def _short_name(person: Person) -> str:
    parts = person.title.split()
    is_full = len(parts) > 1 and ROLES[person.role].is_young and len(name_parts(parts[0])) == 1
    return parts[0] if is_full and len(parts[0].strip(".")) > 1 else person.title
