"""Statutory holidays by Land, computed from the rules of the Länder, for tests of deadlines."""

from datetime import date, timedelta

from fallberatung.roundtable.procedure.calendars import Calendar

FIRST_YEAR, LAST_YEAR = 2025, 2035

EVERYWHERE = {
    (1, 1): "Neujahr",
    (5, 1): "Tag der Arbeit",
    (10, 3): "Tag der Deutschen Einheit",
    (12, 25): "Erster Weihnachtstag",
    (12, 26): "Zweiter Weihnachtstag",
}
FIXED = {
    (1, 6): ("Heilige Drei Könige", {"BW", "BY", "ST"}),
    (3, 8): ("Frauentag", {"BE", "MV"}),
    (8, 15): ("Mariä Himmelfahrt", {"SL"}),
    (9, 20): ("Weltkindertag", {"TH"}),
    (10, 31): ("Reformationstag", {"BB", "HB", "HH", "MV", "NI", "SN", "ST", "SH", "TH"}),
    (11, 1): ("Allerheiligen", {"BW", "BY", "NW", "RP", "SL"}),
}
AFTER_EASTER = {
    -2: "Karfreitag",
    1: "Ostermontag",
    39: "Christi Himmelfahrt",
    50: "Pfingstmontag",
}
CORPUS_CHRISTI = {"BW", "BY", "HE", "NW", "RP", "SL"}
LAENDER = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN")


def easter(year: int) -> date:
    """Return Easter Sunday by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


def repentance_day(year: int) -> date:
    """Return the Wednesday before 23 November."""
    return max(date(year, 11, day) for day in range(16, 23) if date(year, 11, day).weekday() == 2)


def holidays_of(land: str, year: int) -> dict[date, str]:
    """Return the holidays of one Land in one year."""
    found = {date(year, *day): name for day, name in EVERYWHERE.items()}
    found |= {date(year, *day): name for day, (name, where) in FIXED.items() if land in where}
    found |= {easter(year) + timedelta(days=n): name for n, name in AFTER_EASTER.items()}
    if land in CORPUS_CHRISTI:
        found[easter(year) + timedelta(days=60)] = "Fronleichnam"
    if land == "SN":
        found[repentance_day(year)] = "Buß- und Bettag"
    return found


def calendar_of(land: str) -> Calendar:
    """Return the calendar of a Land for all years tests use."""
    days: dict[date, str] = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        days |= holidays_of(land, year)
    return Calendar(land, days)
