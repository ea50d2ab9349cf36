"""Dates as distances from the day of filing: „vor knapp 4 Wochen“, „seit gut 1 Jahr“.

Order and intervals survive; there is no jitter, for a shifted date would change the sequence.
"""

from datetime import date

from fallberatung.anonymize.marks import Moment
from fallberatung.anonymize.policy import DateRules

_DAYS_PER_MONTH = 30.44
_DAYS_PER_YEAR = 365.25
# A distance that misses a whole number of units by no more than this counts as exact.
_TOLERANCE = {1: 0.0, 7: 0.0, _DAYS_PER_MONTH: 3.0, _DAYS_PER_YEAR: 20.0}
_UNITS = {
    1: ("Tag", "Tagen"),
    7: ("Woche", "Wochen"),
    _DAYS_PER_MONTH: ("Monat", "Monaten"),
    _DAYS_PER_YEAR: ("Jahr", "Jahren"),
}
_SEASONS = ("Winter", "Frühjahr", "Sommer", "Herbst")
_MONTHS_WITH_SEASON = 300
_FULL_YEAR = 4
# „bis 3. Mai“ names an end, „seit 3. Mai“ a beginning: the preposition stays.
_KEPT_LEADS = {"seit": "seit", "ab": "seit", "bis": "bis", "bis zum": "bis", "vom": "von"}


def distance(days: int, rules: DateRules) -> str:
    """The time between two days in the dative: „9 Tagen“, „knapp 4 Wochen“, „gut 1 Jahr“."""
    unit = _unit(days, rules)
    count = max(1, round(days / unit))
    singular, plural = _UNITS[unit]
    noun = singular if count == 1 else plural
    gap = days - count * unit
    if abs(gap) <= _TOLERANCE[unit]:
        return f"{count} {noun}"
    return f"{'gut' if gap > 0 else 'knapp'} {count} {noun}"


def _unit(days: int, rules: DateRules) -> float:
    if days <= rules.days_up_to:
        return 7 if days and days % 7 == 0 else 1
    if days <= rules.weeks_up_to:
        return 7
    return _DAYS_PER_MONTH if days <= rules.months_up_to else _DAYS_PER_YEAR


def told_from(moment: Moment, filing: date, rules: DateRules) -> str:
    """The moment as a phrase without calendar: it stands for preposition and date together."""
    days = (filing - moment.day).days
    if moment.precision == "month" and moment.lead in {"im", "in", ""}:
        if abs(days) <= _MONTHS_WITH_SEASON:
            season = _SEASONS[moment.day.month % 12 // 3]
            return f"im {season}" if moment.lead else season
        return _point(days, rules)
    if moment.lead == "ab" and days < 0:
        return f"ab {_point(days, rules)}"
    kept = _KEPT_LEADS.get(moment.lead)
    if kept == "seit" and days > 0:
        return f"seit {distance(days, rules)}"
    return f"{kept} {_point(days, rules)}" if kept else _point(days, rules)


def _point(days: int, rules: DateRules) -> str:
    if days == 0:
        return "am Tag der Anfrage"
    if abs(days) == 1:
        return "am Tag vor der Anfrage" if days > 0 else "am Tag nach der Anfrage"
    return f"{'vor' if days > 0 else 'in'} {distance(abs(days), rules)}"


def nearest_year(day: int, month: int, filing: date) -> date | None:
    """The date with this day and month that a person writing on `filing` means.

    The past is likelier than the future: a date lies ahead only if it is near and the one
    behind is far away. None if there is no such day.
    """
    near = [d for year in (-1, 0, 1) if (d := valid_date(filing.year + year, month, day))]
    behind = [d for d in near if d <= filing]
    ahead = [d for d in near if d > filing]
    if not behind or not ahead:
        return next(iter(behind or ahead), None)
    is_ahead = (filing - behind[-1]).days > 2 * (ahead[0] - filing).days
    return ahead[0] if is_ahead else behind[-1]


def valid_date(year: int, month: int, day: int) -> date | None:
    """The date, or None if the calendar does not have it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(digits: str, filing: date) -> int:
    """„16“ is 2016, „98“ is 1998: two digits mean the latest year up to one after filing."""
    year = int(digits)
    if len(digits) == _FULL_YEAR:
        return year
    century = filing.year - filing.year % 100
    return century + year if century + year <= filing.year + 1 else century - 100 + year
