"""A label fitted into its sentence: article, case, genitive, capitals.

„Leas Mutter“ becomes „die Mutter von Kind A“, „Der Kai“ „Der Partner der Mutter“, „Oma Hilde“
„Oma“. Only words directly around the mention change, never beyond a neighbouring mark.
"""

import re
from dataclasses import dataclass

from fallberatung.anonymize.marks import Named
from fallberatung.anonymize.names import folded
from fallberatung.anonymize.nouns import (
    ARTICLES,
    CONTRACTIONS,
    Case,
    case_after,
    case_of_article,
    definite,
    gender_of,
    weak_adjective,
)
from fallberatung.anonymize.reading import Reading
from fallberatung.anonymize.roles import ROLES, Role
from fallberatung.anonymize.titles import TITLES

_BEFORE = re.compile(r"(?:(?<=^)|(?<=[\s(„\"/]))[^\W\d_]{1,40}\.? $")
_ADJECTIVE, _NOUN = r"[a-zäöüß]{3,30} ", r"(?P<noun>[^\W\d_]{2,40})(?![\w-])"
_BEHIND = tuple(re.compile(rf" (?P<adjectives>{_ADJECTIVE * count}){_NOUN}") for count in range(3))
_CUE = re.compile(r" ?\((?:Vorname|Nachname|Spitzname|Name):? $", re.IGNORECASE)
_SAID = re.compile(r"(?<![\w-])(?P<said>[^\W\d_]{2,40})(?P<gap>, | \()$")
_REACH_BACK, _REACH_ON = 64, 96
_FOND_ADJECTIVES = re.compile(r"(?:klein|kl\.|gro(?:ß|ss)|lieb|arm|jung|süß)(?:e[nrm]?|er|es)?")
# Blanks, quotes and dashes between the end of a sentence and the next.
_BETWEEN = " „\"'»\u203a\u2013-"
_STANDS_ALONE = frozenset({"oma", "opa", "omi", "opi", "mama", "papa", "mutti", "vati", "uroma"})
_ABBREVIATIONS = frozenset(
    {"ca", "leibl", "bzw", "evtl", "ggf", "usw", "kl", "gr", "st", "fr", "hr", "dr", "nr", "inkl"}
)
_SMALL_WORDS = ARTICLES | CONTRACTIONS | {"seit", "bis", "ab", "in", "mit", "gestern", "heute"}
PATTERNS = {
    "before": _BEFORE,
    "cue": _CUE,
    "said": _SAID,
    "fond": _FOND_ADJECTIVES,
}


@dataclass(frozen=True, slots=True, repr=False)
class Fitted:
    """A replacement and the place it stands for, in the offsets of the reading."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True, repr=False)
class Slot:
    """Where a mention stands and how far its fitting may reach."""

    reading: Reading
    start: int
    end: int
    left: int
    right: int

    def before(self, end: int | None = None) -> tuple[int, str]:
        """Start and text of the word directly before, empty if something else stands there."""
        end = self.start if end is None else end
        begin = max(self.left, end - _REACH_BACK)
        found = _BEFORE.search(self.reading.text[begin:end])
        return (end, "") if found is None else (begin + found.start(), found.group().strip())

    def is_after_bracket(self, start: int) -> bool:
        """Whether the place opens a parenthesis or follows a comma of a list of two."""
        return self.reading.text[max(0, start - 1) : start] in {"(", "/", "["}


def fit(slot: Slot, named: Named, label: str, role: Role) -> Fitted:
    """The label of one person, fitted into the place of one mention."""
    cue = _CUE.search(slot.reading.text[max(slot.left, slot.start - _REACH_BACK) : slot.start])
    if cue is not None and slot.reading.text[slot.end : slot.end + 1] == ")":
        length = len(cue.group())
        return Fitted(slot.start - length, slot.end + 1, "")
    if (said := _already_said(slot, label, role)) is not None:
        return said
    if named.is_genitive:
        return _finished(slot, _genitive(slot, label, role))
    begin, word = slot.before()
    title = TITLES.get(folded(word.strip(".")))
    if title is not None and title.kind in {"kin", "function"}:
        is_kin = title.kind == "kin" or folded(word) == folded(label)
        return _finished(slot, _after_title(slot, label, role, begin, word, is_kin=is_kin))
    return _finished(slot, _with_article(slot, label, role))


def is_like_a_name(label: str, role: Role) -> bool:
    """Whether the label stands without article: „Kind A“, „Lehrkraft 1“, or an author's own."""
    return role.style != "plain" or label != role.noun


def _already_said(slot: Slot, label: str, role: Role) -> Fitted | None:
    """„die Tante, Frau X“ and „Mama (X)“ say the role already: only the name goes."""
    text = slot.reading.text
    found = _SAID.search(text[max(slot.left, slot.start - _REACH_BACK) : slot.start])
    if found is None or is_like_a_name(label, role):
        return None
    title = TITLES.get(folded(found.group("said")))
    is_same = title is not None and ROLES[title.role].noun == role.noun
    if not is_same:
        return None
    length = len(found.group("gap"))
    if found.group("gap") == " (":
        is_alone = text[slot.end : slot.end + 1] == ")"
        return Fitted(slot.start - length, slot.end + 1, "") if is_alone else None
    return Fitted(slot.start - length, slot.end, "")


def _genitive(slot: Slot, label: str, role: Role) -> Fitted:
    of = f"von {label}"
    if not is_like_a_name(label, role):
        of = f"{definite(role.gender, 'gen')} {role.genitive or label}"
    reach = slot.reading.text[slot.end : min(slot.right, slot.end + _REACH_ON)]
    matches = (pattern.match(reach) for pattern in _BEHIND)
    found = next((match for match in matches if match and _can_be_owned(slot, match)), None)
    if found is None:
        return Fitted(slot.start, slot.end, of)
    noun = found.group("noun")
    owned = f"{found.group('adjectives')}{noun}"
    gender = gender_of(folded(noun))
    if gender is not None:
        case = case_after(folded(slot.before()[1]))
        adjectives = [weak_adjective(a, gender, case) for a in found.group("adjectives").split()]
        owned = " ".join((definite(gender, case), *adjectives, noun))
    return Fitted(slot.start, slot.end + found.end(), f"{owned} {of}")


def _can_be_owned(slot: Slot, found: re.Match[str]) -> bool:
    if slot.end + found.end() > slot.right:
        return False
    noun = found.group("noun")
    adjectives = found.group("adjectives").split()
    if not all(re.fullmatch(r"\w{2,28}e[nrms]?", adjective) for adjective in adjectives):
        return False
    return noun[0].isupper() or (slot.reading.is_lower_case and gender_of(folded(noun)) is not None)


def _after_title(
    slot: Slot, label: str, role: Role, begin: int, word: str, *, is_kin: bool
) -> Fitted:
    if not is_kin:
        is_inside = "(" in slot.reading.text[max(slot.left, begin - 24) : slot.start]
        return Fitted(slot.start, slot.end, label if is_inside else f"({label})")
    if is_like_a_name(label, role):
        inner = Slot(slot.reading, begin, slot.end, slot.left, slot.right)
        return _with_article(inner, label, role)
    is_led = _is_determiner(slot.before(begin)[1]) or slot.is_after_bracket(begin)
    if is_led or folded(word) in _STANDS_ALONE or _is_adjective(slot.before(begin)[1]):
        return Fitted(begin + len(word), slot.end, "")
    case = case_after(folded(slot.before(begin)[1]))
    return Fitted(begin, slot.end, f"{definite(role.gender, case)} {word}")


def _is_determiner(word: str) -> bool:
    key = folded(word)
    return key in ARTICLES or key in CONTRACTIONS or key.startswith(
        ("mein", "dein", "sein", "ihr", "unser", "euer", "eur", "kein")
    )  # fmt: skip


def _is_adjective(word: str) -> bool:
    return word.endswith(".") or (word[:1].islower() and word.endswith(("e", "er", "en", "em")))


def _with_article(slot: Slot, label: str, role: Role) -> Fitted:
    begin, word = slot.before()
    if _FOND_ADJECTIVES.fullmatch(word.lower()) and folded(slot.before(begin)[1]) in ARTICLES:
        begin, word = slot.before(begin)
    article = folded(word)
    if article in ARTICLES:
        return _in_place_of_article(slot, label, role, begin, article)
    if is_like_a_name(label, role):
        return Fitted(slot.start, slot.end, label)
    if _is_determiner(word) or slot.is_after_bracket(slot.start):
        return Fitted(slot.start, slot.end, label)
    return Fitted(slot.start, slot.end, f"{definite(role.gender, case_after(article))} {label}")


def _in_place_of_article(slot: Slot, label: str, role: Role, begin: int, article: str) -> Fitted:
    leading = slot.before(begin)[1]
    is_possession = article in {"der", "des"} and leading[:1].isupper() and len(leading) > 1
    if is_like_a_name(label, role):
        is_of = is_possession and not slot.reading.is_lower_case and folded(leading) not in TITLES
        is_of = is_of or (is_possession and article == "des")
        return Fitted(begin, slot.end, f"von {label}" if is_of else label)
    case: Case = case_of_article(article, role.gender)
    if is_possession and role.gender == "m" and article == "des":
        return Fitted(begin, slot.end, f"des {role.genitive}")
    return Fitted(begin, slot.end, f"{definite(role.gender, case)} {label}")


def _finished(slot: Slot, fitted: Fitted) -> Fitted:
    text = cased(slot.reading, fitted.start, fitted.replacement)
    return Fitted(fitted.start, fitted.end, text)


def cased(reading: Reading, start: int, replacement: str) -> str:
    """The replacement with the capitals of its place; lower-case writers get lower case."""
    if reading.is_lower_case:
        return replacement.lower()
    is_opened = reading.text[start : start + 1].isupper() and _opens_by_itself(reading.text, start)
    if replacement[:1].islower() and (is_opened or opens_sentence(reading.text, start)):
        return replacement[:1].upper() + replacement[1:]
    return replacement


def _opens_by_itself(text: str, start: int) -> bool:
    """A small word with a capital („Am 3. Mai“) shows that the author began a sentence here."""
    word = re.split(r"\W", text[start : start + 16], maxsplit=1)[0].lower()
    return word in _SMALL_WORDS


def opens_sentence(text: str, start: int) -> bool:
    """Whether a sentence begins here: at the start, in a new line, after a full stop or a colon."""
    before = text[max(0, start - 24) : start].rstrip(_BETWEEN)
    if not before or before[-1] in "\n!?:":
        return not before.endswith(":") or text[start - 1 : start] in '„"»'
    if before[-1] != ".":
        return False
    last = re.split(r"[\s(]", before[:-1])[-1]
    return not (last.isdigit() or len(last) == 1 or folded(last) in _ABBREVIATIONS)
