"""Streets with number and floor: Bahnhofstraße 14, 2. OG · in der Goethestr. · im Alten Postweg."""

import re
from collections.abc import Iterator

from fallberatung.anonymize.grammar import Rule, apply_rules
from fallberatung.anonymize.marks import Context, Facts, Kind, Mark
from fallberatung.anonymize.names import folded
from fallberatung.anonymize.reading import Reading

# The kind keeps the gender of the ending, so „in der“ and „im“ in front still fit.
_KIND_OF_ENDING = {
    "strasse": "[Straße]",
    "str.": "[Straße]",
    "str": "[Straße]",
    "weg": "[Weg]",
    "gasse": "[Gasse]",
    "platz": "[Platz]",
    "allee": "[Allee]",
    "damm": "[Damm]",
    "ufer": "[Ufer]",
    "chaussee": "[Chaussee]",
    "stieg": "[Weg]",
    "ring": "[Ring]",
    "pfad": "[Weg]",
    "steig": "[Weg]",
    "siedlung": "[Siedlung]",
    "graben": "[Straße]",
    "wall": "[Straße]",
}
_ENDING = (
    r"(?P<ending>straße|strasse|str\.|weg|gasse|platz|allee|damm|ufer|chaussee|stieg|ring|siedlung)"
)
_FLOOR = (
    r"(?:, ?(?:\d\. ?(?:OG|Stock|Etage)|EG|DG|Erdgeschoss|Hinterhaus|Seitenflügel|links|rechts|"
    r"Halle \d|Container \d{1,3})(?!\w))?"
)
_NUMBER = rf"(?P<number> ?\d{{1,3}} ?[a-h]?(?!\w|\.\d| ?(?:Uhr|Euro|%|km))(?:-\d{{1,3}})?{_FLOOR})"
# Ways and places that are things, not addresses.
_GENERIC_TEXT = """
heimweg schulweg ruckweg ausweg umweg hinweg fussweg radweg arbeitsweg kitaweg unterweg
rettungsweg fluchtweg lebensweg lernweg mittelweg nachhauseweg spielplatz sportplatz
arbeitsplatz kitaplatz krippenplatz hortplatz betreuungsplatz parkplatz pflegeplatz schulplatz
sitzplatz therapieplatz ausbildungsplatz schlafplatz marktplatz fussballplatz bolzplatz
wohnplatz stammplatz studienplatz liegeplatz kindergartenplatz wartelistenplatz ehering
ohrring boxring schlusselring rettungsring hering fingering spielstrasse hauptstrasse
einbahnstrasse strasse weg platz ring seitenstrasse einkaufsstrasse halteplatz notfallplatz
ganztagsplatz therapieweg beschwerdeweg dienstweg rechtsweg wohnsiedlung siedlung
"""
_GENERIC = frozenset(_GENERIC_TEXT.split())

RULES: tuple[Rule, ...] = (
    Rule(
        "street",
        "STREET",
        re.compile(
            rf"(?<![\w-])(?P<name>[^\W\d_][\w.-]{{1,40}}?){_ENDING}(?![^\W\d_]){_NUMBER}?",
            re.IGNORECASE,
        ),
        0.92,
    ),
    Rule(
        "street-of",
        "STREET",
        re.compile(
            r"(?<![\w-])(?P<name>[A-ZÄÖÜ][\w-]{1,40}er )"
            r"(?P<ending>Straße|Strasse|Str\.|Weg|Gasse|Platz|Allee|Damm|Ufer|Chaussee|Ring)(?!\w)"
            rf"{_NUMBER}?"
        ),
        0.9,
    ),
    Rule(
        "street-adjective",
        "STREET",
        re.compile(
            rf"(?<!\w)(?P<name>(?:alte[rnm]?|neue[rnm]?|lange[rnm]?|hohe[rnm]?|obere[rnm]?|"
            rf"untere[rnm]?) [^\W\d_]{{0,40}}?){_ENDING}(?![^\W\d_]){_NUMBER}?",
            re.IGNORECASE,
        ),
        0.93,
    ),
    Rule(
        "street-prepositional",
        "STREET",
        re.compile(
            r"(?<!\w)(?:Am|An der|An den|Im|In der|In den|Auf dem|Auf der|Zum|Zur|Unter den|"
            r"Hinter der|Beim) [A-ZÄÖÜ][^\W\d_]{2,30}"
            rf"(?P<number> \d{{1,3}} ?[a-h]?(?!\w|\.\d| ?(?:Uhr|Euro|%|km)){_FLOOR})"
        ),
        0.85,
    ),
    Rule(
        "room",
        "STREET",
        re.compile(
            r"(?<!\w)(?:Haus|Block|Gebäude|Eingang) (?:[A-Z]|\d{1,2})"
            r"(?:,? (?:Zi|Zimmer|Whg)\.? ?\d{1,4})?(?!\w)"
        ),
        0.85,
    ),
    Rule(
        "station",
        "STREET",
        re.compile(
            r"(?<!\w)(?:am|im|beim|an der|an dem) "
            r"(?P<it>(?P<name>[^\W\d_]{2,30})(?P<ending>bahnhof|kreisel|hochhaus|viertel))(?!\w)",
            re.IGNORECASE,
        ),
        0.7,
    ),
)


def find_streets(reading: Reading, _context: Context) -> Iterator[Mark]:
    """Addresses: with a number they go, without one the kind of street stays."""
    for mark in apply_rules(RULES, reading, _kind):
        if mark.facts is not None:
            yield mark


def _kind(found: re.Match[str]) -> Facts:
    groups = found.groupdict()
    ending = folded(groups.get("ending") or "")
    whole = folded((groups.get("name") or "").strip() + ending)
    if whole.strip("-") in _GENERIC:
        return None
    if found.re is RULES[0].pattern and not _looks_like_street(found, ending):
        return None
    if groups.get("number") or not ending:
        return Kind("[Anschrift entfernt]")
    return Kind(_KIND_OF_ENDING.get(ending, "[Umgebung]"))


def _looks_like_street(found: re.Match[str], ending: str) -> bool:
    is_certain = ending in {"strasse", "str.", "allee", "gasse", "chaussee"}
    starts_high = found.group()[0].isupper()
    return is_certain or starts_high
