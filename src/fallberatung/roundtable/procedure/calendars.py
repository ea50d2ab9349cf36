"""Which days are closed where: the calendar of the responsible Jugendamt, as plain dates.

The holidays of a Land come from outside (`bootstrap` computes them); what a municipality or a
desk adds stands in `policies/calendar.toml`. A calendar is data, so a one-off holiday is a line
in a file. Working day = Monday to Friday minus holidays (the definition of § 7 Abs. 4 SGB VIII).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from fallberatung.roundtable.procedure.errors import DeadlineError, PolicyFileError

SATURDAY: Final = 5
"""`date.weekday()` from here on is the weekend."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The closed days of one Land.

    Attributes:
        land: the two letters of the Land, such as `HE`.
        holidays: day to German name; whole years, at least every year a deadline can reach.
    """

    land: str
    holidays: Mapping[date, str]

    def is_working_day(self, day: date) -> bool:
        """Tell whether the day counts as a working day.

        Raises:
            DeadlineError: `calendar_too_short` when the calendar knows no holiday in that year;
                every Land has nine or more, so the year is missing and any answer would be a guess.
        """
        if not any(holiday.year == day.year for holiday in self.holidays):
            raise DeadlineError("calendar_too_short")
        return day.weekday() < SATURDAY and day not in self.holidays


def with_extra_days(calendar: Calendar, table: Mapping[str, object], place: str) -> Calendar:
    """Return the calendar with the closed days a municipality adds.

    Args:
        calendar: of the Land.
        table: `policies/calendar.toml`, already parsed.
        place: key below `extra_closed`; a place the file does not name adds nothing.

    Raises:
        PolicyFileError: the entry is no table of ISO days and names.
    """
    sections = table.get("extra_closed", {})
    if not isinstance(sections, Mapping):
        raise PolicyFileError("extra_closed is not a table")
    days = sections.get(place, {})
    if not isinstance(days, Mapping):
        raise PolicyFileError("a place below extra_closed is not a table")
    return Calendar(calendar.land, {**calendar.holidays, **dict(map(_extra_day, days.items()))})


def _extra_day(pair: tuple[object, object]) -> tuple[date, str]:
    day, name = pair
    if not isinstance(day, str) or not isinstance(name, str):
        raise PolicyFileError("an extra closed day is not a day with a name")
    try:
        return date.fromisoformat(day), name
    except ValueError:
        raise PolicyFileError("an extra closed day is not an ISO date") from None
