"""Classes and groups: Klasse 3b · Kl. 5/6a · 2. Kl. · Jg. 9 · aus der 9d · Sternengruppe."""

import re
from collections.abc import Iterator

from fallberatung.anonymize.commonwords import NEVER_NAMES
from fallberatung.anonymize.grammar import Rule, apply_rules
from fallberatung.anonymize.marks import Context, Facts, Kind, Mark
from fallberatung.anonymize.names import folded
from fallberatung.anonymize.reading import Reading

_YEAR = r"(?P<year>1[0-3]|[1-9])(?:/(?P<to>1[0-3]|[1-9]))? ?"
# Groups named after what is done or who comes there: they lead to nobody.
_GENERIC = frozenset(
    {"gruppe", "wohngruppe", "kindergruppe", "spielgruppe", "lerngruppe", "krabbelgruppe"}
    | {"selbsthilfegruppe", "arbeitsgruppe", "kleingruppe", "sportgruppe", "jungengruppe"}
    | {"madchengruppe", "elterngruppe", "hortgruppe", "krippengruppe", "kitagruppe", "tagesgruppe"}
    | {"altersgruppe", "jugendgruppe", "ganztagsgruppe", "vorschulgruppe", "freundesgruppe"}
    | {"notgruppe", "theatergruppe", "chatgruppe", "tanzgruppe", "bezugsgruppe", "klassengruppe"}
    | {"whatsappgruppe", "blutgruppe", "teilgruppe", "zielgruppe", "berufsgruppe", "fordergruppe"}
    | {"lesegruppe", "trainingsgruppe", "projektgruppe", "therapiegruppe", "untergruppe"}
)

RULES: tuple[Rule, ...] = (
    Rule(
        "class",
        "CLASS_GROUP",
        re.compile(
            rf"(?<!\w)(?P<word>Klasse|Kl\.|Jg\.|Jahrgang|Stufe) {_YEAR}(?P<letter>[a-h])?(?!\w)",
            re.IGNORECASE,
        ),
        0.95,
    ),
    Rule(
        "class-ordinal",
        "CLASS_GROUP",
        re.compile(
            r"(?<![\w.])(?P<year>1[0-3]|[1-9])\. ?(?P<word>Klasse|Kl\.)(?!\w)",
            re.IGNORECASE,
        ),
        0.8,
    ),
    Rule(
        "class-alone",
        "CLASS_GROUP",
        re.compile(
            r"(?<!\w)(?:der|die|meiner|meine|unserer|unsere|seiner|ihrer|Parallelklasse) "
            r"(?P<it>(?P<year>1[0-3]|[1-9]) ?(?P<letter>[a-hA-H]))(?![\w-])"
        ),
        0.93,
    ),
    Rule(
        "class-bare",
        "CLASS_GROUP",
        re.compile(
            r"(?<![\w.,;:/§-])(?<!§ )(?P<it>(?P<year>1[0-3]|[1-9])(?P<letter>[a-f]))"
            r"(?![\w-]| SGB| KKG| Abs)"
        ),
        0.78,
    ),
    Rule(
        "group-compound",
        "CLASS_GROUP",
        re.compile(r"(?<![\w-])(?P<group>[^\W\d_]{3,30}-?gruppe)(?!\w)", re.IGNORECASE),
        0.88,
        lambda found: folded(found.group("group")).replace("-", "") not in _GENERIC,
    ),
    Rule(
        "group-named",
        "CLASS_GROUP",
        re.compile(
            r"(?<!\w)(?P<head>(?:Hort|Kita|Krippen)?gruppe) "
            r"(?P<name>[„\"]?[^\W\d_]{3,30}[“\"]?)(?!\w)",
            re.IGNORECASE,
        ),
        0.85,
    ),
)


def find_groups(reading: Reading, _context: Context) -> Iterator[Mark]:
    """Classes become year groups, named groups become „Gruppe“."""

    def facts(found: re.Match[str]) -> Facts:
        return _phrase(found, reading)

    for mark in apply_rules(RULES, reading, facts):
        if mark.facts is not None:
            yield mark


def _phrase(found: re.Match[str], reading: Reading) -> Kind | None:
    groups = found.groupdict()
    if "head" in groups:
        name = groups["name"].strip('„“"')
        is_name = name[0].isupper() or (reading.is_lower_case and name.endswith("e"))
        return Kind(groups["head"]) if is_name and folded(name) not in NEVER_NAMES else None
    if "group" in groups:
        return Kind("Gruppe")
    year = f"{groups['year']}." + (f"/{groups['to']}." if groups.get("to") else "")
    word = groups.get("word")
    if word is None:
        return Kind(f"Klasse ({year} Jg.)")
    if folded(word) in {"jg.", "jahrgang", "stufe", "jahrgangsstufe"} or "letter" not in groups:
        return Kind(f"{year} Jg.")
    return Kind(f"{word} ({year} Jg.)")
