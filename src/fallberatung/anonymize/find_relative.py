"""Times counted from the day of writing: they are anchored, for the text is read later."""

import re
from collections.abc import Iterator

from fallberatung.anonymize.grammar import Rule, apply_rules
from fallberatung.anonymize.marks import Context, Kind, Mark
from fallberatung.anonymize.names import folded
from fallberatung.anonymize.reading import Reading

_WEEKDAYS = {
    **dict.fromkeys(("montag", "mo"), "Montag"),
    **dict.fromkeys(("dienstag", "di"), "Dienstag"),
    **dict.fromkeys(("mittwoch", "mi"), "Mittwoch"),
    **dict.fromkeys(("donnerstag", "do"), "Donnerstag"),
    **dict.fromkeys(("freitag", "fr"), "Freitag"),
    **dict.fromkeys(("samstag", "sa", "sonnabend"), "Samstag"),
    **dict.fromkeys(("sonntag", "so"), "Sonntag"),
    **dict.fromkeys(("wochenende", "we"), "Wochenende"),
}
_LONG = r"Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Wochenende|WE"
_PAST = r"letzte[nms]?|vorige[nms]?|vergangene[nms]?"
_COMING = r"kommende[nms]?|nächste[nms]?"
_WORDS = {
    "vorgestern": "zwei Tage vor der Anfrage",
    "gestern": "am Tag vor der Anfrage",
    "heute": "am Tag der Anfrage",
    "ubermorgen": "zwei Tage nach der Anfrage",
}
_SPANS = {"woche": ("in der Woche", "Woche"), "monat": ("im Monat", ""), "jahr": ("im Jahr", "")}

RULES: tuple[Rule, ...] = (
    Rule(
        "relative-word",
        "DATE_REL",
        # Not „morgen“: „am Morgen“ and „guten Morgen“ are far more frequent.
        re.compile(r"(?<!\w)(?P<word>vorgestern|gestern|heute|übermorgen)(?!\w)", re.IGNORECASE),
        0.9,
    ),
    Rule(
        "relative-weekday",
        "DATE_REL",
        re.compile(
            rf"(?<!\w)(?:am )?(?:(?P<past>{_PAST})|(?P<coming>{_COMING})) (?P<day>{_LONG})(?!\w)",
            re.IGNORECASE,
        ),
        0.9,
    ),
    Rule(
        "relative-span",
        "DATE_REL",
        re.compile(
            rf"(?<!\w)(?:in der |im )?(?:(?P<past>{_PAST})|(?P<coming>{_COMING})) "
            rf"(?P<span>Woche|Monat|Jahr)(?: (?P<day>{_LONG}|mo|di|mi|do|fr|sa|so))?(?!\w)",
            re.IGNORECASE,
        ),
        0.9,
    ),
)


def find_relative(reading: Reading, _context: Context) -> Iterator[Mark]:
    """„gestern“, „letzten Dienstag“, „kommendes WE“, „letzte Woche Mi“.

    Intervals („vor 3 Wochen“, „zwei Wochen später“) say the same to every reader and stay.
    """
    yield from apply_rules(RULES, reading, _phrase)


def _phrase(found: re.Match[str]) -> Kind:
    groups = found.groupdict()
    if word := groups.get("word"):
        return Kind(_WORDS[folded(word)])
    side = "vor der Anfrage" if groups.get("past") else "nach der Anfrage"
    day = _WEEKDAYS.get(folded(groups.get("day") or ""))
    span = groups.get("span")
    if span is None:
        return Kind(f"am {day} {side}")
    if day is not None:
        return Kind(f"am {day} der Woche {side}")
    return Kind(f"{_SPANS[folded(span)][0]} {side}")
