"""Calendar dates in the usual spellings: 17.09.2016 · 18.5. · 3. Mai · Febr. · seit 2023."""

import re
from collections.abc import Iterator

from fallberatung.anonymize.grammar import Rule, apply_rules
from fallberatung.anonymize.marks import Age, Context, Facts, Kind, Mark, Moment
from fallberatung.anonymize.names import folded
from fallberatung.anonymize.reading import Reading
from fallberatung.anonymize.times import full_year, nearest_year, valid_date

_NUMBER_OF_MONTH = {
    **dict.fromkeys(("januar", "jan", "janner"), 1),
    **dict.fromkeys(("februar", "febr", "feb"), 2),
    **dict.fromkeys(("marz", "mrz", "maerz"), 3),
    **dict.fromkeys(("april", "apr"), 4),
    **dict.fromkeys(("mai",), 5),
    **dict.fromkeys(("juni", "jun"), 6),
    **dict.fromkeys(("juli", "jul"), 7),
    **dict.fromkeys(("august", "aug"), 8),
    **dict.fromkeys(("september", "sept", "sep"), 9),
    **dict.fromkeys(("oktober", "okt"), 10),
    **dict.fromkeys(("november", "nov"), 11),
    **dict.fromkeys(("dezember", "dez"), 12),
}
_LONG = (
    r"Januar|Jänner|Februar|März|Maerz|April|Juni|Juli|August|September|Oktober|November|Dezember"
)
_SHORT = r"Jan|Febr|Feb|Mrz|Apr|Jun|Jul|Aug|Sept|Sep|Okt|Nov|Dez"
_MONTH = rf"(?P<month>{_LONG}|Mai|{_SHORT})(?!\w)\.?"
_YEAR = r"(?P<year>(?:19|20)\d{2})(?![\d/])"
_BIRTH = r"(?:geb(?:oren)?\.?|\*|Geburtsdatum:?|Geb\.-Dat\.:?|GebDat:?|wird|Geburtstag:?)"
_LEAD = r"(?:(?P<lead>bis zum|bis|seit dem|seit|ab dem|ab|am|vom|zum|den|dem|im|in) )?"
_ABOUT = r"(?:(?P<about>ca\.|circa|etwa|ungefähr|rund|Anfang|Anf\.|Mitte|Ende) )?"
_NUMERIC = (
    r"(?<![\d.,/-])(?P<day>\d{1,2})\. ?(?P<monthnumber>\d{1,2})\."
    r"(?: ?(?P<year>(?:19|20)\d{2})|(?P<shortyear>\d{2}))?(?!\d)"
)
_TURN = (
    r"(?: (?P<turning>eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|"
    r"vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|\d{1,2})(?!\w))"
)
_DAY_OF_PART = {"anfang": 5, "anf.": 5, "mitte": 15, "ende": 25}
_PLAIN_LEADS = {"seit dem": "seit", "ab dem": "ab"}


RULES: tuple[Rule, ...] = (
    Rule("date-numeric", "DATE_ABS", re.compile(rf"(?<!\w){_LEAD}{_NUMERIC}", re.IGNORECASE), 0.97),
    Rule(
        "date-iso",
        "DATE_ABS",
        re.compile(
            rf"(?<!\w){_LEAD}(?P<year>(?:19|20)\d{{2}})-(?P<monthnumber>\d{{2}})-(?P<day>\d{{2}})(?!\d)",
            re.IGNORECASE,
        ),
        0.97,
    ),
    Rule(
        "date-slashes",
        "DATE_ABS",
        re.compile(
            rf"(?<![\w/.]){_LEAD}(?P<day>\d{{1,2}})/(?P<monthnumber>\d{{1,2}})/"
            r"(?:(?P<year>(?:19|20)\d{2})|(?P<shortyear>\d{2}))(?![\w/])",
            re.IGNORECASE,
        ),
        0.9,
    ),
    Rule(
        "date-words",
        "DATE_ABS",
        re.compile(
            rf"(?<!\w){_LEAD}(?<!\d)(?P<day>\d{{1,2}})\. ?{_MONTH}(?: {_YEAR})?", re.IGNORECASE
        ),
        0.97,
    ),
    Rule(
        "month-led",
        "DATE_ABS",
        re.compile(
            rf"(?<!\w)(?P<lead>bis|seit|ab|im|in|zum|vom) {_ABOUT}{_MONTH}(?: {_YEAR})?",
            re.IGNORECASE,
        ),
        0.9,
    ),
    Rule(
        "month-part",
        "DATE_ABS",
        re.compile(
            rf"(?<!\w)(?P<about>Anfang|Anf\.|Mitte|Ende) {_MONTH}(?: {_YEAR})?", re.IGNORECASE
        ),
        0.9,
    ),
    Rule(
        "month-alone",
        "DATE_ABS",
        re.compile(rf"(?<!\w)(?P<month>{_LONG})(?!\w)(?: {_YEAR})?"),
        0.8,
    ),
    Rule("month-year", "DATE_ABS", re.compile(rf"(?<!\w){_MONTH} {_YEAR}", re.IGNORECASE), 0.95),
    Rule(
        "month-slash-year",
        "DATE_ABS",
        re.compile(
            r"(?<![\w/.])(?:(?P<lead>seit|bis|ab|im) )?(?P<monthnumber>0?[1-9]|1[0-2])/"
            r"(?P<year>(?:19|20)\d{2})(?![\w/])",
            re.IGNORECASE,
        ),
        0.9,
    ),
    Rule(
        "year",
        "DATE_ABS",
        re.compile(
            rf"(?<![\w/.,-])(?:(?P<lead>seit|bis|ab) )?"
            rf"(?:im Jahr |Jahr |Herbst |Winter |Sommer |Frühjahr |Frühling )?{_YEAR}"
            r"(?![\w-]| (?:Euro|€|EUR|km|m|g|ml|Uhr)(?!\w))",
            re.IGNORECASE,
        ),
        0.85,
    ),
)
BIRTHS: tuple[Rule, ...] = (
    Rule(
        "birth-numeric",
        "DOB",
        re.compile(rf"(?<!\w){_BIRTH}(?: am)? ?{_NUMERIC}{_TURN}?", re.IGNORECASE),
        0.98,
    ),
    Rule(
        "birth-words",
        "DOB",
        re.compile(
            rf"(?<!\w){_BIRTH}(?: am)? ?(?P<day>\d{{1,2}})\. ?{_MONTH}(?: {_YEAR})?{_TURN}?",
            re.IGNORECASE,
        ),
        0.98,
    ),
)
_TURNING = {
    "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14,
    "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18,
}  # fmt: skip


def find_dates(reading: Reading, context: Context) -> Iterator[Mark]:
    """Dates with the preposition in front of them, and births, which become ages."""

    def moment(found: re.Match[str]) -> Facts:
        return _moment(found, context)

    def birth(found: re.Match[str]) -> Facts:
        return _birth(found, context)

    for mark in (*apply_rules(RULES, reading, moment), *apply_rules(BIRTHS, reading, birth)):
        if mark.facts is not None:
            yield mark


def _moment(found: re.Match[str], context: Context) -> Moment | None:
    groups = found.groupdict()
    month = _month(groups)
    day = int(groups.get("day") or _DAY_OF_PART.get((groups.get("about") or "").lower(), 15))
    year = groups.get("year") or groups.get("shortyear")
    if month is None:
        middle = valid_date(int(year or 0), 7, 1)
        return None if middle is None else Moment(middle, "year", _lead(groups))
    if year:
        when = valid_date(full_year(year, context.filing_date), month, day)
    else:
        when = nearest_year(day, month, context.filing_date)
    is_month = not groups.get("day") and not groups.get("about")
    return None if when is None else Moment(when, "month" if is_month else "day", _lead(groups))


def _month(groups: dict[str, str | None]) -> int | None:
    if number := groups.get("monthnumber"):
        return int(number)
    return _NUMBER_OF_MONTH.get(folded(groups.get("month") or ""))


def _lead(groups: dict[str, str | None]) -> str:
    lead = (groups.get("lead") or "").lower()
    return _PLAIN_LEADS.get(lead, lead)


def _birth(found: re.Match[str], context: Context) -> Age | Kind | None:
    moment = _moment(found, context)
    if moment is None:
        return None
    if not found.group().lower().startswith("wird"):
        has_year = found.groupdict().get("year") or found.groupdict().get("shortyear")
        return _age_on(moment, context) if has_year else Kind("[Geburtstag entfernt]")
    last = (found.groupdict().get("turning") or "").lower()
    turning = _TURNING.get(last) or (int(last) if last.isdigit() else None)
    # „wird am 2.12. fünf“: still four on the day of filing.
    return None if turning is None else Age(turning - 1, shape="turning")


def _age_on(moment: Moment, context: Context) -> Age | None:
    filing, born = context.filing_date, moment.day
    months = (filing.year - born.year) * 12 + filing.month - born.month - (filing.day < born.day)
    return Age(months // 12, months, "born") if months >= 0 else None
