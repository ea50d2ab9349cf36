"""When something is due: § 26 SGB X with §§ 187 to 193 BGB, and every date can explain itself.

The day of the event is not counted (§ 187 Abs. 1 BGB). A week ends on the day of the same name, a
month on the day of the same number or, where there is none, on its last (§ 188 Abs. 2 and 3). What
ends on a Saturday, a Sunday or a holiday ends on the next working day (§ 26 Abs. 3 SGB X). Hours
run through weekends and holidays (§ 26 Abs. 6). The calendar is that of the responsible
Jugendamt. Days are days in Europe/Berlin; this module computes on dates and never asks a clock.

An explanation is German and built from the templates of `policies/deadlines.toml`.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from fallberatung.roundtable.procedure.calendars import SATURDAY, Calendar
from fallberatung.roundtable.procedure.errors import DeadlineError, PolicyFileError
from fallberatung.roundtable.procedure.policy import (
    Band,
    DeadlinePolicy,
    Templates,
    Unit,
    read_deadline_policy,
)

__all__ = [
    "ZONE",
    "Calendar",
    "Candidate",
    "DeadlinePolicy",
    "Explained",
    "PolicyFileError",
    "add_days",
    "add_hours",
    "add_months",
    "add_weeks",
    "add_working_days",
    "ends_at",
    "explain",
    "local_day",
    "read_deadline_policy",
    "review_candidates",
]

ZONE: Final = "Europe/Berlin"
"""Where days begin and end."""

_ONE_DAY = timedelta(days=1)
_DAYS_A_WEEK = 7
_MONTHS_A_YEAR = 12
_WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class Explained:
    """A due day and how it came about.

    Attributes:
        due: a working day.
        sentence_key: `plain` when nothing got in the way, `shifted` when the period ended on a
            closed day, `skipped` when holidays among the working days were not counted.
        unit: what was counted.
        count: how many of them.
        start: day of the event, itself not counted.
        because: names of the holidays that moved the end or were skipped, in order; the weekend
            stands among them as the empty string.
    """

    due: date
    sentence_key: Literal["plain", "shifted", "skipped"]
    unit: Unit
    count: int
    start: date
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of the review dates the server offers.

    Attributes:
        band: key of the band of the lowest rating.
        due: the review date; for `call_back` the day until which to call back, which is no review
            date; None where closing is proposed.
        explanation: one German sentence for people.
    """

    band: str
    due: date | None
    explanation: str


def add_working_days(start: date, count: int, calendar: Calendar) -> Explained:
    """Return the `count`-th working day after `start`.

    Raises:
        DeadlineError: `not_positive`, `calendar_too_short`.
    """
    _check_positive(count)
    day, left, skipped = start, count, list[str]()
    while left:
        day += _ONE_DAY
        if calendar.is_working_day(day):
            left -= 1
        elif day.weekday() < SATURDAY:
            skipped.append(calendar.holidays[day])
    key: Literal["skipped", "plain"] = "skipped" if skipped else "plain"
    return Explained(day, key, "working_days", count, start, tuple(skipped))


def add_days(start: date, count: int, calendar: Calendar) -> Explained:
    """Return the end of a period of calendar days after `start`.

    Raises:
        DeadlineError: `not_positive`, `calendar_too_short`.
    """
    _check_positive(count)
    return _shifted(start + count * _ONE_DAY, "days", count, start, calendar)


def add_weeks(start: date, count: int, calendar: Calendar) -> Explained:
    """Return the end of a period of weeks after `start` (§ 188 Abs. 2 BGB).

    Raises:
        DeadlineError: `not_positive`, `calendar_too_short`.
    """
    _check_positive(count)
    return _shifted(start + count * _DAYS_A_WEEK * _ONE_DAY, "weeks", count, start, calendar)


def add_months(start: date, count: int, calendar: Calendar) -> Explained:
    """Return the end of a period of months after `start` (§ 188 Abs. 2 and 3 BGB).

    Raises:
        DeadlineError: `not_positive`, `calendar_too_short`.
    """
    _check_positive(count)
    years, month = divmod(start.month - 1 + count, _MONTHS_A_YEAR)
    year, month = start.year + years, month + 1
    last = monthrange(year, month)[1]
    nominal = date(year, month, min(start.day, last))
    return _shifted(nominal, "months", count, start, calendar)


def add_hours(start: datetime, count: int) -> datetime:
    """Return the moment `count` elapsed hours after `start`, in UTC, weekend or not.

    Raises:
        DeadlineError: `not_positive`, `clock_without_zone`.
    """
    _check_positive(count)
    return _utc(start) + timedelta(hours=count)


def ends_at(due: date) -> datetime:
    """Return the moment a day deadline has passed: 24:00 of that day in Berlin, in UTC."""
    return datetime.combine(due + _ONE_DAY, time(), ZoneInfo(ZONE)).astimezone(UTC)


def local_day(moment: datetime) -> date:
    """Return the day it is in Berlin at that moment.

    Raises:
        DeadlineError: `clock_without_zone`.
    """
    return _utc(moment).astimezone(ZoneInfo(ZONE)).date()


def review_candidates(
    session_day: date, policy: DeadlinePolicy, calendar: Calendar
) -> tuple[Candidate, ...]:
    """Return one candidate per band of the policy, lowest band first.

    The server offers them all and so learns of the ratings no more than the band somebody picks.

    Raises:
        DeadlineError: `calendar_too_short`.
    """
    return tuple(_candidate(band, session_day, policy, calendar) for band in policy.bands)


def explain(explained: Explained, templates: Templates) -> str:
    """Return the German sentence that says how the date came about."""
    unit = templates.one if explained.count == 1 else templates.many
    period = templates.period.format(
        count=explained.count, unit=unit[explained.unit], start=_german(explained.start)
    )
    names = [name or templates.weekend for name in explained.because]
    reason = templates.conjunction.join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    sentence: str = getattr(templates, explained.sentence_key)
    return sentence.format(period=period, reason=reason, due=_german(explained.due))


def _candidate(
    band: Band, session_day: date, policy: DeadlinePolicy, calendar: Calendar
) -> Candidate:
    if band.unit is None:
        return Candidate(band.key, None, band.text)
    add = add_working_days if band.unit == "working_days" else add_weeks
    explained = add(session_day, band.count, calendar)
    how = explain(explained, policy.templates)
    sentence = band.text.format(how=how, due=_german(explained.due))
    return Candidate(band.key, explained.due, sentence)


def _shifted(nominal: date, unit: Unit, count: int, start: date, calendar: Calendar) -> Explained:
    closed = tuple(_closed_from(nominal, calendar))
    names = tuple(dict.fromkeys(calendar.holidays.get(day, "") for day in closed))
    due = nominal + len(closed) * _ONE_DAY
    return Explained(due, "shifted" if closed else "plain", unit, count, start, names)


def _closed_from(day: date, calendar: Calendar) -> Iterator[date]:
    while not calendar.is_working_day(day):
        yield day
        day += _ONE_DAY


def _check_positive(count: int) -> None:
    if count < 1:
        raise DeadlineError("not_positive")


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise DeadlineError("clock_without_zone")
    return moment.astimezone(UTC)


def _german(day: date) -> str:
    return f"{day:%d.%m.%Y}"
