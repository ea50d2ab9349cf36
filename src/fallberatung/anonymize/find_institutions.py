"""Named institutions: head words with a proper part, compounds of them, known providers."""

import re
from collections.abc import Iterator

from fallberatung.anonymize.commonwords import NEVER_NAMES
from fallberatung.anonymize.grammar import Rule, apply_rules
from fallberatung.anonymize.institutions import (
    CLEAR_HEADS,
    HEADS,
    PRESS,
    PRESS_PHRASE,
    PROVIDERS,
    Head,
)
from fallberatung.anonymize.marks import Context, Kind, Mark
from fallberatung.anonymize.names import folded
from fallberatung.anonymize.reading import Reading, Word
from fallberatung.anonymize.titles import TITLES

_LINKS = frozenset(
    {"am", "an", "im", "in", "der", "dem", "den", "zum", "zur", "zu", "auf", "fur", "vom"}
)
_SAINTS = frozenset({"st", "sankt", "hl"})
_LONGEST_NAME = 4
_ONLY_WITH_CAPITALS = frozenset(
    {"haus", "heim", "hort", "trager", "gemeinde", "ag", "lg", "rs", "gs"}
)
# Behind these a noun may just be the next word: „in der Schule Streit“.
_EVERYDAY_HEADS = frozenset(
    {
        "schule",
        "hort",
        "klinik",
        "krankenhaus",
        "praxis",
        "gemeinde",
        "unterkunft",
        "heim",
        "kolleg",
    }
)
_UNSURE, _SURE = 0.7, 0.88
_NO_PROPER_PART = frozenset(
    {"schulkind", "sek", "nr", "az", "prof", "dr", "probleme", "streit", "angst", "schwierigkeiten"}
    | {"konflikte", "bescheid", "hausaufgaben", "arger", "sachen", "essen", "fehlzeiten", "termin"}
    | {
        "termine",
        "kontakt",
        "gesprache",
        "gesprach",
        "hilfe",
        "unterstutzung",
        "fruhstuck",
        "mittag",
    }
    | {"blaue", "flecken", "verletzungen", "ende", "anfang", "platz", "bauchschmerzen", "mathe"}
    | {"deutsch", "sport", "fussball", "vorfalle", "auffalligkeiten", "veranderungen", "lernen"}
)
_COMPOUND = r"[^\W\d_][\w-]{1,60}-"

RULES: tuple[Rule, ...] = (
    Rule(
        "school-compound",
        "ORG_SCHOOL",
        re.compile(
            rf"(?<![\w-]){_COMPOUND}"
            r"(?P<head>schule|grundschule|gesamtschule|realschule|hauptschule|mittelschule|oberschule|"
            r"förderschule|gymnasium|berufskolleg|kolleg)(?![\w-])",
            re.IGNORECASE,
        ),
        0.93,
    ),
    Rule(
        "kita-compound",
        "ORG_KITA",
        re.compile(
            rf"(?<![\w-]){_COMPOUND}(?P<head>kita|kindergarten|krippe|hort)(?![\w-])",
            re.IGNORECASE,
        ),
        0.9,
    ),
    Rule(
        "house-compound",
        "ORG_OTHER",
        re.compile(
            rf"(?<![\w-]){_COMPOUND}"
            r"(?P<head>haus|klinik|hospital|stiftung|krankenhaus|apotheke|gemeinde)(?![\w-])",
            re.IGNORECASE,
        ),
        0.85,
    ),
    Rule(
        "legal-form",
        "EMPLOYER",
        re.compile(
            r"(?<![\w-])(?P<it>[A-ZÄÖÜ][\w&-]{1,40}(?: [A-ZÄÖÜ&][\w&-]{0,40})?"
            r" (?:gGmbH|GmbH|AG|KG|OHG|UG|eG|GbR))(?!\w)"
        ),
        0.93,
    ),
    Rule(
        "association",
        "ORG_OTHER",
        re.compile(
            r"(?<![\w-])(?P<it>[A-ZÄÖÜ][\w-]{1,40}(?: [A-ZÄÖÜ][\w-]{1,40})? (?:e\. ?V\.|eV(?!\w)))"
        ),
        0.93,
    ),
    Rule(
        "quoted-provider",
        "ORG_OTHER",
        re.compile(
            r"(?<!\w)durch (?P<it>(?:(?:die|den|das) )?[„\"][^„“”\"\n]{2,40}[“”\"])", re.IGNORECASE
        ),
        0.75,
    ),
)
_PHRASES = {
    "legal-form": "Firma",
    "association": "Träger",
    "quoted-provider": "einen freien Träger",
}
_GENERIC_COMPOUND = frozenset(
    {"kjp", "uni", "fach", "reha", "tages", "ganztags", "wald", "mutter-kind"}
)


def find_institutions(reading: Reading, _context: Context) -> Iterator[Mark]:
    """Institutions that a name makes recognisable; bare head words („die Kita“) stay."""
    for rule in RULES:

        def facts(found: re.Match[str], name: str = rule.name) -> Kind:
            return Kind(_PHRASES.get(name) or _with_capital(found.group("head"), reading))

        for mark in apply_rules((rule,), reading, facts):
            first = folded(reading.text[mark.start : mark.end].split("-", maxsplit=1)[0])
            if first not in _GENERIC_COMPOUND:
                yield mark
    for place, word in enumerate(reading.words):
        yield from _headed(reading, place, word)
        yield from _known(reading, place, word)


def _with_capital(head: str, reading: Reading) -> str:
    return head if reading.is_lower_case else head[:1].upper() + head[1:]


def _headed(reading: Reading, place: int, word: Word) -> Iterator[Mark]:
    key = word.folded
    head = HEADS.get(key) or _compound_head(key)
    if head is None or (word.text.islower() and not reading.is_lower_case):
        return
    if key in _ONLY_WITH_CAPITALS and not word.text[0].isupper():
        return
    last = _proper_part(reading, place, is_clear=key in CLEAR_HEADS)
    if last is not None:
        end = reading.words[last].end
        phrase = head.phrase or word.text
        confidence = _UNSURE if key in _EVERYDAY_HEADS else _SURE
        mark = Mark(word.start, end, head.category, confidence, ("institution",), Kind(phrase))
        yield mark


def _compound_head(key: str) -> Head | None:
    for ending in ("grundschule", "realschule", "gymnasium", "klinik", "kita", "verein"):
        if key.endswith(ending) and len(key) > len(ending):
            return HEADS.get(ending) or Head("CLUB")
    return None


def _proper_part(reading: Reading, place: int, *, is_clear: bool) -> int | None:
    words, text = reading.words, reading.text
    last = None
    for step in range(place + 1, min(place + 1 + _LONGEST_NAME, len(words))):
        gap = text[words[step - 1].end : words[step].start]
        if not _may_go_on(gap, words[step - 1], is_first=step == place + 1):
            break
        key = words[step].folded
        if last is None and (key in _LINKS or key in _SAINTS):
            continue
        if not _is_proper(reading, step, is_clear=is_clear):
            break
        last = step
        if (
            gap != "-"
            and (reading.is_lower_case or step > place + 1)
            and not _hyphen_follows(reading, step)
        ):
            break
    return last


def _may_go_on(gap: str, before: Word, *, is_first: bool) -> bool:
    if gap == ". ":
        return before.folded in _SAINTS
    # „Kita-Alter“ is no name; „Albert-Schweitzer“ inside one is.
    return gap in {" ", " „", ' "'} or (gap == "-" and not is_first)


def _hyphen_follows(reading: Reading, step: int) -> bool:
    return reading.text[reading.words[step].end : reading.words[step].end + 1] == "-"


def _is_proper(reading: Reading, step: int, *, is_clear: bool) -> bool:
    word, before = reading.words[step], reading.words[step - 1]
    if word.folded in NEVER_NAMES or word.folded in TITLES or word.folded in _NO_PROPER_PART:
        return False
    if len(word.text) == 1 or word.folded in HEADS:
        return False
    if before.folded in _SAINTS:
        return True
    return word.text[0].isupper() or (reading.is_lower_case and is_clear)


def _known(reading: Reading, place: int, word: Word) -> Iterator[Mark]:
    if word.folded in PROVIDERS and (word.text[0].isupper() or reading.is_lower_case):
        yield Mark(
            word.start, word.end, "ORG_OTHER", 0.9, ("provider",), Kind(PROVIDERS[word.folded])
        )
    if word.folded in PRESS and place and reading.text[word.start - 1] == " ":
        before = reading.words[place - 1]
        if (
            before.folded.endswith("er")
            and before.text[0].isupper()
            and len(before.text) > len("Der ")
        ):
            yield Mark(before.start, word.end, "PRESS", 0.9, ("press",), Kind(PRESS_PHRASE))
