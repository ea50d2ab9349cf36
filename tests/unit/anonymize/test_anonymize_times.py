"""Dates, times counted from the day of writing, and ages."""
# ruff: noqa: RUF001 (German ranges take an en dash, names come in their own letters)

from datetime import date, timedelta
from itertools import pairwise

import pytest

from fallberatung.anonymize.bands import banded
from fallberatung.anonymize.marks import Age, Moment
from fallberatung.anonymize.times import distance, told_from
from unit.anonymize.builders import FRIDAY, found, released, the_policy

# Filing on Friday, 29 May 2026.
DATES = (
    ("Am 3. Mai war etwas.", "Vor knapp 4 Wochen war etwas."),
    ("Beim Sport (18.5.) fiel es auf.", "Beim Sport (vor knapp 2 Wochen) fiel es auf."),
    ("Es war am 22.05.2026 so.", "Es war vor 1 Woche so."),
    ("Es war am 20.5. so.", "Es war vor 9 Tagen so."),
    ("Es war am 28.5. so.", "Es war am Tag vor der Anfrage so."),
    ("Es war am 29.5. so.", "Es war am Tag der Anfrage so."),
    ("Seit ca. Febr. kommt er zu spät.", "Seit gut 3 Monaten kommt er zu spät."),
    ("Er fehlt seit 12.10.25 oft.", "Er fehlt seit knapp 8 Monaten oft."),
    ("Er fehlt seit Aug. 2025 oft.", "Er fehlt seit gut 9 Monaten oft."),
    ("Im März war ein Termin.", "Im Frühjahr war ein Termin."),
    ("Sie kam 2023 hierher.", "Sie kam vor knapp 3 Jahren hierher."),
    ("Bis zum 12.6. ist Zeit.", "Bis in 2 Wochen ist Zeit."),
    ("Der Termin ist am 12.6. früh.", "Der Termin ist in 2 Wochen früh."),
    ("Am Montag, den 4. Mai 2026 fiel es auf.", "Am Montag, vor knapp 4 Wochen fiel es auf."),
    ("Protokoll vom 2026-05-08 liegt vor.", "Protokoll von vor 3 Wochen liegt vor."),
    ("Gestern war sie da.", "Am Tag vor der Anfrage war sie da."),
    ("Es war vorgestern laut.", "Es war zwei Tage vor der Anfrage laut."),
    ("Letzten Dienstag fehlte er.", "Am Dienstag vor der Anfrage fehlte er."),
    ("Letzte Woche Mi fehlte er.", "Am Mittwoch der Woche vor der Anfrage fehlte er."),
    ("Das kommende WE ist sie dort.", "Das am Wochenende nach der Anfrage ist sie dort."),
    ("Letztes Jahr war es so.", "Im Jahr vor der Anfrage war es so."),
)
KEPT = (
    "Seit Herbst kommt sie fast jeden Montag zu spät.",
    "Zwei Wochen später war es wieder so.",
    "Vor 3 Wochen fing es an, seit 2 Jahren ist es so.",
    "Er fehlte an 17 von 38 Tagen, alle 6 Wochen.",
    "Sie geht mittwochs zum Turnen, um 17.30 Uhr.",
    "Di+Do 13-14 Uhr erreichbar.",
)
AGES = (
    ("Sie ist 15 J. alt.", "Sie ist 14–15 J. alt."),
    ("Ein Junge, 11;4 J., männl.", "Ein Junge, 11–13 J., männl."),
    ("Der Kleine ist 2, geht schon.", "Der Kleine ist unter 3 J., geht schon."),
    ("Die 3-Jährigen sind dabei.", "Die 3–5-jährigen sind dabei."),
    ("Der achtjährige Junge weint.", "Der 8–10-jährige Junge weint."),
    ("Er ist fünf Jahre alt.", "Er ist 3–5 J.."),
    ("Ein Kind (geb. 17.09.2016) weint.", "Ein Kind (Alter 8–10 J.) weint."),
    ("Ein Kind, geb. 3.1.2025, weint.", "Ein Kind, Alter 13–24 Monate, weint."),
    ("Er wird am 2.6. fünf und weint.", "Er ist 3–5 J. und weint."),
    ("Ein Kind, Jg. 2016, weint.", "Ein Kind, Alter 8–10 J., weint."),
    ("Dort war Jonas (9) mit.", "Dort war Jonas (8–10 J.) mit."),
    ("Sie ist neun, geht schon.", "Sie ist 8–10 J., geht schon."),
    ("Der Säugling ist 8 Monate alt.", "Der Säugling ist 7–12 Monate."),
    (
        "Sie ist 17, er angeblich 19, sagt sie.",
        "Sie ist 16–17 J., er angeblich 18–20 J., sagt sie.",
    ),
)


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates_become_distances_from_filing(text: str, expected: str) -> None:
    """Order and intervals survive, the calendar does not."""
    assert released(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_patterns_intervals_and_hours_survive(text: str) -> None:
    """Weekday patterns, durations, counts and times of day identify nobody."""
    assert found(text) == []


@pytest.mark.parametrize(("text", "expected"), AGES)
def test_exact_ages_become_bands(text: str, expected: str) -> None:
    """In every spelling, and below three years in months."""
    assert released(text) == expected


def test_the_cases_are_all_here() -> None:
    """A list that lost its lines would pass silently."""
    assert (len(DATES), len(KEPT), len(AGES)) >= (21, 6, 14)


@pytest.mark.parametrize("years", range(100))
def test_no_band_crosses_a_birthday_of_the_law(years: int) -> None:
    """Somebody of 13 and somebody of 14 never share a band, nor 17 and 18."""
    rules = the_policy().age
    bands = {banded(Age(y), rules) for y in (13, 14)}, {banded(Age(y), rules) for y in (17, 18)}

    assert [len(pair) for pair in bands] == [2, 2]
    assert banded(Age(years), rules).endswith(" J.")


def test_distances_never_grow_backwards() -> None:
    """The later of two dates is never told as the longer ago, whatever the units."""
    rules = the_policy().dates
    told = [distance(days, rules) for days in range(1, 1500)]
    changes = sum(1 for one, other in pairwise(told) if one != other)

    assert len(dict.fromkeys(told)) == changes + 1


def test_dates_ahead_and_behind_are_told_apart() -> None:
    """„Vor 2 Wochen“ and „in 2 Wochen“."""
    rules = the_policy().dates
    ahead = Moment(FRIDAY + timedelta(days=14), "day")
    behind = Moment(FRIDAY - timedelta(days=14), "day")

    assert (told_from(ahead, FRIDAY, rules), told_from(behind, FRIDAY, rules)) == (
        "in 2 Wochen",
        "vor 2 Wochen",
    )


def test_a_date_without_year_is_the_nearest_likely_one() -> None:
    """In March „am 30.3.“ lies ahead, „am 22.02.“ behind."""
    filing = date(2027, 3, 15)

    assert released("am 30.3. und am 22.02. war es", filing=filing) == (
        "In gut 2 Wochen und vor 3 Wochen war es"
    )
