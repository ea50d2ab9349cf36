"""What holds for every date and every Land."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counts import examples
from fakes.german_holidays import LAENDER, calendar_of
from fallberatung.roundtable.procedure.deadlines import (
    add_days,
    add_months,
    add_weeks,
    add_working_days,
)

CALENDARS = {land: calendar_of(land) for land in LAENDER}

DAYS = st.dates(date(2026, 1, 1), date(2033, 12, 31))
LANDS = st.sampled_from(LAENDER)
ADDERS = st.sampled_from([add_days, add_weeks, add_working_days])


@examples(100)
@given(day=DAYS, count=st.integers(1, 60), land=LANDS, add=ADDERS)
def test_nothing_is_due_on_a_closed_day_or_before_it_began(
    day: date, count: int, land: str, add: type
) -> None:
    """A due day is a working day after the event."""
    due = add(day, count, CALENDARS[land]).due

    assert CALENDARS[land].is_working_day(due)
    assert due > day


@examples(100)
@given(day=DAYS, count=st.integers(1, 20), land=LANDS)
def test_a_month_ends_on_a_working_day(day: date, count: int, land: str) -> None:
    """Months of every length end on a working day, never before the last day of the month."""
    due = add_months(day, count, CALENDARS[land]).due
    months = (due.year - day.year) * 12 + due.month - day.month

    assert CALENDARS[land].is_working_day(due)
    assert months in {count, count + 1}


@examples(100)
@given(day=DAYS, count=st.integers(1, 60), land=LANDS, add=ADDERS)
def test_a_longer_period_never_ends_earlier(day: date, count: int, land: str, add: type) -> None:
    """Due days are monotone in the length and in the day of the event."""
    calendar = CALENDARS[land]
    due = add(day, count, calendar).due

    assert due <= add(day, count + 1, calendar).due
    assert due <= add(day + timedelta(days=1), count, calendar).due


@examples(100)
@given(day=DAYS, count=st.integers(1, 30), land=LANDS)
def test_working_days_are_counted_one_by_one(day: date, count: int, land: str) -> None:
    """Between the event and the due day lie exactly that many working days."""
    calendar = CALENDARS[land]
    due = add_working_days(day, count, calendar).due
    between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]

    assert sum(calendar.is_working_day(one) for one in between) == count


@examples(100)
@given(day=DAYS, count=st.integers(1, 60), land=LANDS)
def test_a_week_moves_only_over_closed_days(day: date, count: int, land: str) -> None:
    """Between the same-named day and the due day nothing was open."""
    calendar = CALENDARS[land]
    nominal = day + timedelta(weeks=count)
    explained = add_weeks(day, count, calendar)
    passed = [nominal + timedelta(days=n) for n in range((explained.due - nominal).days)]

    assert not any(calendar.is_working_day(one) for one in passed)
    assert (explained.sentence_key == "shifted") == bool(passed)
    assert bool(explained.because) == bool(passed)
