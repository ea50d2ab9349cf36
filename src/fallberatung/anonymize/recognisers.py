"""The recognisers of the first reader, in the order in which they are asked.

Each is a pure function of one reading and the context, one file and one set of cases. A second,
learned reader will speak the same language: marks with a confidence and its own name.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from fallberatung.anonymize.find_ages import find_ages
from fallberatung.anonymize.find_dates import find_dates
from fallberatung.anonymize.find_groups import find_groups
from fallberatung.anonymize.find_institutions import find_institutions
from fallberatung.anonymize.find_letters import find_letters
from fallberatung.anonymize.find_names import find_roster
from fallberatung.anonymize.find_numbers import find_numbers
from fallberatung.anonymize.find_places import find_places
from fallberatung.anonymize.find_relative import find_relative
from fallberatung.anonymize.find_scripts import find_scripts
from fallberatung.anonymize.find_status import find_status
from fallberatung.anonymize.find_streets import find_streets
from fallberatung.anonymize.find_titles import find_titles
from fallberatung.anonymize.marks import Context, Mark
from fallberatung.anonymize.reading import Reading


class Recogniser(Protocol):
    """Finds places of one sort.

    Marks lie inside the reading, are not empty, may overlap, and come in any order. A recogniser
    never raises on any reading and takes time in proportion to its length.
    """

    def __call__(self, reading: Reading, context: Context, /) -> Iterable[Mark]:
        """All places of this sort in the reading."""
        ...


RECOGNISERS: tuple[Recogniser, ...] = (
    find_roster,
    find_numbers,
    find_dates,
    find_relative,
    find_ages,
    find_titles,
    find_letters,
    find_institutions,
    find_groups,
    find_streets,
    find_places,
    find_status,
    find_scripts,
)


def recognise(reading: Reading, context: Context) -> Iterator[Mark]:
    """What all recognisers find, one after the other."""
    for recogniser in RECOGNISERS:
        yield from recogniser(reading, context)
