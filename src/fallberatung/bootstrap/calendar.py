"""Holidays of the Länder as plain dates; what municipalities add is data of the policies."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

import holidays

from fallberatung.roundtable.procedure.calendars import Calendar, with_extra_days

YEARS_AHEAD: Final = 3
"""How far a deadline can reach, with a year to spare."""


def calendar_of(policy: Mapping[str, object]) -> Callable[[str, int], Calendar]:
    """Return a function from Land and year to its calendar, good from the year before.

    Args:
        policy: `policies/calendar.toml`, parsed; the area's own extra days are not chosen yet
            (thin), so only those of the key `default` apply.
    """

    @lru_cache(maxsize=64)
    def of(land: str, year: int) -> Calendar:
        years = range(year - 1, year + YEARS_AHEAD)
        days = dict(holidays.country_holidays("DE", subdiv=land, years=years, language="de"))
        return with_extra_days(Calendar(land, days), policy, "default")

    return of
