"""When something is due, by hand-checked dates, and how it explains itself."""

import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from fakes.german_holidays import calendar_of, easter, holidays_of
from fallberatung.roundtable.procedure.calendars import Calendar, with_extra_days
from fallberatung.roundtable.procedure.deadlines import (
    DeadlinePolicy,
    Explained,
    add_days,
    add_hours,
    add_months,
    add_weeks,
    add_working_days,
    ends_at,
    explain,
    local_day,
    read_deadline_policy,
    review_candidates,
)
from fallberatung.roundtable.procedure.errors import DeadlineError, PolicyFileError

POLICIES = Path(__file__).resolve().parents[3] / "policies"

ADD = {"w": add_weeks, "wd": add_working_days, "m": add_months, "d": add_days}

# Land, day of the event, count and unit, due day. Every row was worked out on a paper calendar.
DATES = """
HE 2026-05-29  2w  2026-06-12
HE 2026-05-28  1w  2026-06-05
HE 2026-05-21  2w  2026-06-05
BE 2026-05-21  2w  2026-06-04
HE 2026-05-07  4w  2026-06-05
HE 2026-03-12 12w  2026-06-05
HE 2026-12-11  2w  2026-12-28
HE 2026-12-18  2w  2027-01-04
BY 2026-12-23  2w  2027-01-07
HE 2026-12-23  2w  2027-01-06
HE 2026-03-20  2w  2026-04-07
HE 2026-03-23  2w  2026-04-07
HE 2026-04-30  2w  2026-05-15
HE 2026-05-11  2w  2026-05-26
HE 2026-04-17  2w  2026-05-04
HE 2026-09-05  4w  2026-10-05
SN 2026-11-04  2w  2026-11-19
HE 2026-11-04  2w  2026-11-18
NI 2028-10-17  2w  2028-11-01
HE 2028-10-17  2w  2028-10-31
NW 2027-10-18  2w  2027-11-02
TH 2027-09-06  2w  2027-09-21
BE 2027-02-22  2w  2027-03-09
HE 2026-10-19  1w  2026-10-26
HE 2028-02-15  2w  2028-02-29
HE 2027-02-15  2w  2027-03-01
SL 2028-08-01  2w  2028-08-16
HE 2026-05-30  2w  2026-06-15
HE 2026-05-29  1wd 2026-06-01
HE 2026-05-30  1wd 2026-06-01
HE 2026-06-03  1wd 2026-06-05
BE 2026-06-03  1wd 2026-06-04
HE 2026-05-12 10wd 2026-05-28
HE 2026-12-23  3wd 2026-12-29
HE 2026-12-31  1wd 2027-01-04
BY 2027-01-05  1wd 2027-01-07
HE 2026-04-02  1wd 2026-04-07
HE 2026-04-02 10wd 2026-04-20
HE 2028-02-28  1wd 2028-02-29
HE 2028-02-28  2wd 2028-03-01
HE 2026-01-31  1m  2026-03-02
HE 2028-01-31  1m  2028-02-29
HE 2027-01-31  1m  2027-03-01
HE 2026-11-30  3m  2027-03-01
HE 2026-12-15  1m  2027-01-15
HE 2026-08-31  1m  2026-09-30
HE 2026-06-01  6m  2026-12-01
HE 2027-02-28 12m  2028-02-28
HE 2026-05-15 20d  2026-06-05
HE 2026-05-01 20d  2026-05-21
""".strip().splitlines()


def deadline_policy() -> DeadlinePolicy:
    """Return the policy that ships."""
    return read_deadline_policy(tomllib.loads((POLICIES / "deadlines.toml").read_text("utf-8")))


def computed(row: str) -> tuple[Explained, date]:
    """Return what the module makes of a row, and what the row expects."""
    land, start, length, due = row.split()
    unit = length.lstrip("0123456789")
    count = int(length.removesuffix(unit))
    reached = ADD[unit](date.fromisoformat(start), count, calendar_of(land))
    return reached, date.fromisoformat(due)


@pytest.mark.parametrize("row", DATES)
def test_a_period_ends_on_the_day_the_statute_says(row: str) -> None:
    """Counting, month ends, leap days and shifts follow § 26 SGB X and §§ 187 to 193 BGB."""
    explained, due = computed(row)

    assert explained.due == due
    assert len(DATES) >= 30


@pytest.mark.parametrize(
    ("land", "start", "weeks", "sentence"),
    [
        ("HE", date(2026, 5, 29), 2, "2 Wochen ab 29.05.2026"),
        (
            "HE",
            date(2026, 5, 28),
            1,
            "1 Woche ab 28.05.2026; verschoben wegen Fronleichnam auf 05.06.2026",
        ),
        (
            "HE",
            date(2026, 3, 20),
            2,
            (
                "2 Wochen ab 20.03.2026; verschoben wegen Karfreitag, Wochenende und Ostermontag"
                " auf 07.04.2026"
            ),
        ),
        (
            "HE",
            date(2026, 5, 30),
            2,
            "2 Wochen ab 30.05.2026; verschoben wegen Wochenende auf 15.06.2026",
        ),
    ],
)
def test_a_shift_says_why(land: str, start: date, weeks: int, sentence: str) -> None:
    """People read which holidays moved the end, and no reason where nothing moved."""
    explained = add_weeks(start, weeks, calendar_of(land))

    assert explain(explained, deadline_policy().templates) == sentence


def test_working_days_say_which_holidays_were_not_counted() -> None:
    """Ten working days across Ascension and Whit Monday name both."""
    explained = add_working_days(date(2026, 5, 12), 10, calendar_of("HE"))

    assert explain(explained, deadline_policy().templates) == (
        "10 Arbeitstage ab 12.05.2026; nicht mitgezählt: Christi Himmelfahrt und Pfingstmontag"
    )


def test_the_server_offers_one_review_date_per_band() -> None:
    """Four bands have a day, the highest proposes closing."""
    rows = review_candidates(date(2026, 5, 21), deadline_policy(), calendar_of("HE"))

    assert [(row.band, row.due, row.explanation) for row in rows] == [
        (
            "call_back",
            date(2026, 5, 22),
            (
                "Keine Wiedervorlage: Rückruf bis 22.05.2026 und Hinweisseite für akute Gefahr"
                " (1 Arbeitstag ab 21.05.2026)"
            ),
        ),
        (
            "weeks_2",
            date(2026, 6, 5),
            "2 Wochen ab 21.05.2026; verschoben wegen Fronleichnam auf 05.06.2026",
        ),
        ("weeks_4", date(2026, 6, 18), "4 Wochen ab 21.05.2026"),
        ("weeks_12", date(2026, 8, 13), "12 Wochen ab 21.05.2026"),
        ("closing", None, "Kein Termin: Abschluss wird vorgeschlagen"),
    ]


def test_the_land_of_the_responsible_office_counts() -> None:
    """The same session has another review date in Hesse than in Berlin."""
    hesse, berlin = (
        review_candidates(date(2026, 5, 21), deadline_policy(), calendar_of(land))[1].due
        for land in ("HE", "BE")
    )

    assert (hesse, berlin) == (date(2026, 6, 5), date(2026, 6, 4))


def test_hours_run_through_weekend_and_change_of_clocks() -> None:
    """72 hours are 72 elapsed hours, also over the night that has 25."""
    friday = datetime(2026, 10, 23, 16, tzinfo=timezone(timedelta(hours=2)))

    assert add_hours(friday, 72) == datetime(2026, 10, 26, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "end"),
    [
        (date(2026, 6, 5), datetime(2026, 6, 5, 22, tzinfo=UTC)),
        (date(2026, 12, 28), datetime(2026, 12, 28, 23, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_in_berlin(due: date, end: datetime) -> None:
    """The whole day counts, in summer and in winter, and on the days clocks change."""
    assert ends_at(due) == end
    assert local_day(end - timedelta(seconds=1)) == due
    assert local_day(end) == due + timedelta(days=1)


def test_a_clock_without_zone_is_refused() -> None:
    """A time that does not say where it is cannot be converted."""
    with pytest.raises(DeadlineError) as refused:
        local_day(datetime(2026, 6, 5))  # noqa: DTZ001  the missing zone is what is tested

    assert refused.value.reason == "clock_without_zone"


@pytest.mark.parametrize("add", ADD.values())
@pytest.mark.parametrize("count", [0, -1])
def test_a_period_has_a_length(add: object, count: int) -> None:
    """Nothing and less than nothing is no period."""
    with pytest.raises(DeadlineError) as refused:
        add(date(2026, 6, 1), count, calendar_of("HE"))  # type: ignore[operator]  # one of ADD

    assert refused.value.reason == "not_positive"


def test_a_calendar_that_ends_too_early_refuses_to_guess() -> None:
    """Without the holidays of the year a date would silently be wrong."""
    only_2026 = Calendar("HE", holidays_of("HE", 2026))
    with pytest.raises(DeadlineError) as refused:
        add_weeks(date(2026, 12, 18), 2, only_2026)

    assert refused.value.reason == "calendar_too_short"


def test_a_municipality_closes_more_days() -> None:
    """Augsburg keeps its peace festival, the rest of Bavaria does not."""
    table = {"extra_closed": {"augsburg": {"2028-08-08": "Augsburger Friedensfest"}}}
    bavaria = calendar_of("BY")
    augsburg = with_extra_days(bavaria, table, "augsburg")
    start = date(2028, 7, 25)

    assert add_weeks(start, 2, bavaria).due == date(2028, 8, 8)
    assert add_weeks(start, 2, augsburg).due == date(2028, 8, 9)
    assert with_extra_days(bavaria, table, "elsewhere").holidays == bavaria.holidays


def test_the_calendar_that_ships_can_be_read() -> None:
    """Every place of the file adds its days."""
    table = tomllib.loads((POLICIES / "calendar.toml").read_text("utf-8"))
    places = table["extra_closed"]
    bavaria = calendar_of("BY")

    for place, days in places.items():
        added = with_extra_days(bavaria, table, place)
        assert len(added.holidays) == len(bavaria.holidays) + len(days)
    assert len(places) >= 2


@pytest.mark.parametrize(
    "table",
    [
        {"extra_closed": 3},
        {"extra_closed": {"x": []}},
        {"extra_closed": {"x": {"2026-02-30": "Tag"}}},
        {"extra_closed": {"x": {"2026-02-03": 1}}},
    ],
)
def test_a_broken_calendar_file_is_refused(table: dict[str, object]) -> None:
    """A typing error in the file does not become a wrong date."""
    with pytest.raises(PolicyFileError):
        with_extra_days(calendar_of("BY"), table, "x")


def test_the_holidays_of_these_tests_are_those_of_the_specification() -> None:
    """The movable feasts of 2026 and 2027 stand in the specification and agree."""
    hesse = calendar_of("HE").holidays

    assert [easter(2026), easter(2027)] == [date(2026, 4, 5), date(2027, 3, 28)]
    assert hesse[date(2026, 6, 4)] == hesse[date(2027, 5, 27)] == "Fronleichnam"
    assert hesse[date(2026, 5, 14)] == hesse[date(2027, 5, 6)] == "Christi Himmelfahrt"
    assert calendar_of("SN").holidays[date(2027, 11, 17)] == "Buß- und Bettag"
