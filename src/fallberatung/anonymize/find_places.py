"""Places: after in, aus, nach without an article, behind „Ortsteil“, or inside other names."""

import re
from collections.abc import Iterator

from fallberatung.anonymize.commonwords import ALSO_WORDS, NO_PLACES
from fallberatung.anonymize.grammar import Rule, apply_rules
from fallberatung.anonymize.marks import Context, Facts, Mark, Place
from fallberatung.anonymize.names import folded
from fallberatung.anonymize.reading import Reading
from fallberatung.anonymize.titles import TITLES

_NAME = (
    r"(?:(?:Bad|Groß|Klein|Alt|Neu|Ober|Unter|St\.|Sankt) )?"
    r"[A-ZÄÖÜ][^\W\d_]{2,30}(?:-[A-ZÄÖÜ][^\W\d_]{2,30})?"
)
_ENDINGS = (
    "heim", "hausen", "burg", "dorf", "stadt", "feld", "bach", "ingen", "furt", "kirchen", "born",
    "rode", "leben", "walde", "hagen", "büttel", "au", "ow", "itz", "stedt", "weiler", "hofen",
)  # fmt: skip
_TOWN_ENDINGS = tuple(ending for ending in _ENDINGS if len(ending) > len("ow"))
_NO_PLACE_ENDINGS = (
    "ung", "heit", "keit", "schaft", "tion", "tät", "ität", "nis", "zeit", "therapie", "ismus",
    "ungen", "form", "weise", "schule", "kita", "gruppe", "klasse", "gericht", "woche", "haft",
)  # fmt: skip
_COUNTRIES_AND_LANDS = frozenset(
    {"deutschland", "hessen", "bayern", "sachsen", "thuringen", "berlin-brandenburg", "europa"}
)

RULES: tuple[Rule, ...] = (
    Rule(
        "place-led",
        "PLACE",
        re.compile(
            r"(?<!\w)(?P<lead>[Ii]n|[Aa]us|[Nn]ach|[Bb]ei|[Ii]n der Nähe von) "
            rf"(?P<it>{_NAME})(?![\w-])"
        ),
        0.75,
    ),
    Rule(
        "place-lived",
        "PLACE",
        re.compile(
            r"(?<!\w)(?P<lived>wohn(?:t|en|te|ten|haft)|leb(?:t|en|te)|zieh(?:t|en)|zog|gezogen|studiert|"
            r"arbeitet|stammt|kommt)[a-zäöüß ]{0,36} (?:in|aus|nach|bei) "
            rf"(?P<it>{_NAME})(?![\w-])"
        ),
        0.9,
    ),
    Rule(
        "place-moved",
        "PLACE",
        re.compile(
            rf"(?<!\w)nach (?P<it>{_NAME})(?= [a-zäöüß ]{{0,24}}"
            r"(?:gezogen|umgezogen|gefahren|gekommen|geflohen|gegangen|ziehen|fahren)(?!\w))"
        ),
        0.9,
    ),
    Rule(
        "place-headed",
        "PLACE",
        re.compile(
            r"(?<!\w)(?:Ortsteil|Stadtteil|OT|Ort|Gemeinde|Landkreis|Kreis|Planungsraum|Dorf|"
            r"Stadt) "
            rf"(?P<it>{_NAME})(?![\w-])"
        ),
        0.92,
    ),
    Rule(
        "place-postcode",
        "PLACE",
        re.compile(rf"(?<!\d)\d{{5}} (?P<it>{_NAME})(?![\w-])"),
        0.95,
    ),
)
_INSIDE = re.compile(
    r"(?:GS|TSV|SV|FC|TV|SG|SC|AG|Amtsgericht|JVA|Jugendamt|Klinikum|Stadt) "
    r"(?P<it>[A-ZÄÖÜ][^\W\d_]{3,30})(?!\w)|(?<!\w)(?P<press>[A-ZÄÖÜ][^\W\d_]{3,30}?)er "
    r"(?:Rundschau|Zeitung|Anzeiger|Tageblatt|Nachrichten|Kurier|Bote|Stra(?:ß|ss)e|Str\.|Weg|Allee)"
)
PATTERNS = {"place-inside": _INSIDE}


def find_places(reading: Reading, _context: Context) -> Iterator[Mark]:
    """Places in every mention; one that a club, court, street or newspaper carries is certain."""
    carried = {folded(m.group("it") or m.group("press")) for m in _INSIDE.finditer(reading.text)}
    sure: set[str] = set()
    for mark in apply_rules(RULES, reading, _place):
        name = mark.facts.name if isinstance(mark.facts, Place) else ""
        if not name or name in _COUNTRIES_AND_LANDS:
            continue
        sure.add(name)
        yield mark
    yield from _everywhere(reading, sure | (carried - NO_PLACES - ALSO_WORDS))


def _place(found: re.Match[str]) -> Facts:
    name = folded(found.group("it"))
    last = name.rpartition(" ")[2]
    is_word = last in NO_PLACES or last in TITLES or last.endswith(_NO_PLACE_ENDINGS)
    if is_word and not last.endswith(_ENDINGS):
        return None
    lead = (found.groupdict().get("lead") or "").lower()
    # „gefragt nach Bildern“, „bei Tisch“: only what sounds like a town.
    is_doubtful = last in NO_PLACES or lead in {"nach", "bei"}
    return None if is_doubtful and not last.endswith(_TOWN_ENDINGS) else Place(name)


def _everywhere(reading: Reading, names: set[str]) -> Iterator[Mark]:
    if not names:
        return
    for word in reading.words:
        key = word.folded
        stem = key if key in names else key[:-1] if key.endswith("s") else ""
        if stem in names and (word.text[0].isupper() or reading.is_lower_case):
            yield Mark(word.start, word.end, "PLACE", 0.85, ("place-again",), Place(stem))
