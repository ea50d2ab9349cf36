"""Strangers made known by the words around them: Frau X · Oma X · Trainer X · Vorname X · Mia R."""

import re
from collections.abc import Iterator

from fallberatung.anonymize.commonwords import ALSO_WORDS, NEVER_NAMES, NO_FIRST_NAMES
from fallberatung.anonymize.grammar import Rule, apply_rules
from fallberatung.anonymize.marks import Context, Mark, Named
from fallberatung.anonymize.names import folded, mentioned_parts
from fallberatung.anonymize.reading import Reading, Word
from fallberatung.anonymize.roles import ROLES
from fallberatung.anonymize.titles import PARTICLES, PARTICLES_BEHIND, SUFFIXES, TITLES, Title

_ADDRESS, _KIN, _WEAK = 0.95, 0.85, 0.6
_LONGEST_NAME, _MOST_TITLES = 3, 6
_NO_NAME_ENDINGS = (
    "ung",
    "heit",
    "keit",
    "schaft",
    "tion",
    "tät",
    "nis",
    "zeit",
    "gruppe",
    "schule",
)
_VERB_ENDINGS = ("t", "te", "en", "st")
_STRONG_KIN = frozenset({"oma", "omi", "opa", "opi", "tante", "onkel", "baby", "uroma", "uropa"})
_ABBREVIATIONS = frozenset({"zb", "ua", "dh", "oa", "so", "ev", "sr", "gv", "vm", "ia"})


def _is_free(found: re.Match[str]) -> bool:
    return folded(found.group("it")) not in NEVER_NAMES


RULES: tuple[Rule, ...] = (
    Rule(
        "first-name-cue",
        "NAME_THIRD",
        re.compile(
            r"(?<!\w)(?:Vorname|Nachname|Familienname|Spitzname|namens|Name ist)(?: ist)?:? "
            r"[„\"]?(?P<it>[^\W\d_]{2,40}(?:-[^\W\d_]{2,40})?)",
            re.IGNORECASE,
        ),
        0.9,
        _is_free,
    ),
    Rule(
        "called-cue",
        "NAME_THIRD",
        re.compile(
            r"(?<!\w)(?<!das )(?<!Das )heiß(?:t|en) (?:sie |er |es )?(?:jetzt |nun |eigentlich )?"
            r"(?P<it>[A-ZÄÖÜ][^\W\d_]{1,40}(?:-[^\W\d_]{2,40})?)"
        ),
        0.8,
        _is_free,
    ),
    Rule(
        "name-initial",
        "NAME_THIRD",
        re.compile(r"(?<![\w-])(?P<it>(?P<first>[A-ZÄÖÜ][^\W\d_]{2,40}) [A-ZÄÖÜ]\.)(?![\w.])"),
        0.85,
        lambda found: folded(found.group("first")) not in NO_FIRST_NAMES,
    ),
    Rule(
        "initials",
        "INITIALS",
        re.compile(r"(?<![\w.])(?P<it>[A-ZÄÖÜ]\. ?[A-ZÄÖÜ]\.)(?!\w)"),
        0.85,
        lambda found: folded(re.sub(r"\W", "", found.group())) not in _ABBREVIATIONS,
    ),
)


def find_titles(reading: Reading, _context: Context) -> Iterator[Mark]:
    """Names behind forms of address, kinship and functions, and names that cues announce."""
    words = reading.words
    for place, word in enumerate(words):
        title = TITLES.get(word.folded)
        if title is not None and place + 1 < len(words):
            yield from _titled(reading, place, title)
    yield from apply_rules(RULES, reading, _cued)


def _cued(found: re.Match[str]) -> Named | None:
    return Named(mentioned_parts(found.group("it")), role="third")


def _titled(reading: Reading, place: int, title: Title) -> Iterator[Mark]:
    words, text = reading.words, reading.text
    begin = place + 1
    most = min(len(words), place + _MOST_TITLES)
    while begin < most and text[words[begin - 1].end : words[begin].start] in {
        ". ",
        " ",
        ".",
    }:
        if words[begin].folded not in TITLES:
            break
        begin += 1
    is_joined = begin < len(words) and _joins(reading, begin - 1)
    if begin > place + 1 and not is_joined:
        return
    if not is_joined or (place and _is_title_chain(reading, place)):
        return
    nearest = TITLES[words[begin - 1].folded]
    last = _name_end(reading, begin, nearest)
    if last is None:
        return
    yield _mark(reading, place, begin, last, title)


def _is_title_chain(reading: Reading, place: int) -> bool:
    before = reading.words[place - 1]
    title = TITLES.get(before.folded)
    return title is not None and title.kind != "function" and _joins(reading, place - 1)


def _joins(reading: Reading, place: int) -> bool:
    left, right = reading.words[place], reading.words[place + 1]
    gap = reading.text[left.end : right.start]
    return gap == " " or (gap in {". ", "."} and len(left.text) <= len("Dipl"))


def _name_end(reading: Reading, begin: int, title: Title) -> int | None:
    words, text = reading.words, reading.text
    last = None
    for place in range(begin, min(begin + _LONGEST_NAME, len(words))):
        if place > begin:
            gap = text[words[place - 1].end : words[place].start]
            if gap not in {" ", "-", ".-", ". "} or (
                gap == ". " and len(words[place - 1].text) > 1
            ):
                break
            if gap == " " and last is not None and not _is_capital(words[place], reading):
                break
        if title.kind in {"address", "family"} and _is_particle(reading, begin, place):
            continue
        if not _is_name_word(reading, place, title):
            break
        last = place
    return last


def _is_particle(reading: Reading, begin: int, place: int) -> bool:
    key = reading.words[place].folded
    is_behind = place > begin and reading.words[place - 1].folded in PARTICLES
    return key in PARTICLES or (is_behind and key in PARTICLES_BEHIND)


def _is_capital(word: Word, reading: Reading) -> bool:
    return word.text[0].isupper() and not reading.is_lower_case


def _is_name_word(reading: Reading, place: int, title: Title) -> bool:
    word = reading.words[place]
    if word.folded in NEVER_NAMES or word.folded in TITLES or word.folded in SUFFIXES:
        return title.kind == "address" and word.folded in ALSO_WORDS and word.text[0].isupper()
    is_initial = len(word.text) == 1
    if is_initial:
        return word.text.isupper() and reading.text[word.end : word.end + 1] in {".", "-"}
    if title.kind in {"kin", "function"} and word.folded.endswith(_NO_NAME_ENDINGS):
        return False
    if word.text[0].isupper():
        return True
    if not reading.is_lower_case or (title.kind == "function" and title.role != "doctor"):
        return False
    return title.kind == "address" or not word.folded.endswith(_VERB_ENDINGS)


def _mark(reading: Reading, place: int, begin: int, last: int, title: Title) -> Mark:
    words, text = reading.words, reading.text
    is_outside = title.kind in {"kin", "function"}
    start = words[begin if is_outside and begin == place + 1 else place + is_outside].start
    end = words[last].end
    if len(words[last].text) == 1 or _is_suffixed(reading, last):
        end = _end_with_dot(reading, last)
    titles = [TITLES[word.folded] for word in words[place:begin]]
    sex = next((t.sex for t in titles if t.sex), None)
    role = next((t.role for t in titles if t.role != "third"), "third")
    said = mentioned_parts(text[words[begin].start : words[last].end])
    parts = tuple(part for part in said if part not in PARTICLES)
    confidence = _confidence(words[place].folded, title)
    named = Named(
        parts,
        role=role if confidence > _WEAK else "third",
        sex=sex,
        is_genitive=text[end : end + 1] == "'",
        is_family=title.kind == "family",
        is_surname=title.kind in {"address", "family"},
    )
    category = "NAME_FAMILY" if title.kind == "family" else ROLES[role].category
    return Mark(start, end, category, confidence, ("titles",), named)


def _is_suffixed(reading: Reading, last: int) -> bool:
    words = reading.words
    return last + 1 < len(words) and words[last + 1].folded in SUFFIXES and (
        reading.text[words[last].end : words[last + 1].start] == " "
    )  # fmt: skip


def _end_with_dot(reading: Reading, last: int) -> int:
    end = reading.words[last + 1 if _is_suffixed(reading, last) else last].end
    return end + (reading.text[end : end + 1] == ".")


def _confidence(word: str, title: Title) -> float:
    if title.kind in {"address", "family"}:
        return _ADDRESS
    return _KIN if word in _STRONG_KIN else _WEAK
