"""How names are compared: folded letters, forms of one name, slips of the keyboard."""

import re
import unicodedata
from collections.abc import Iterator

from fallberatung.anonymize.titles import TITLES

_PART = re.compile(r"[^\W\d_]{1,64}")
_NO_LETTER = re.compile(r"[^\w-]|[\d_]")
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LETTERS = str.maketrans(
    {"\u0131": "i", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"}
)
# Endings a name takes in a German sentence: genitive and plural, and fond diminutives.
_GENITIVE = ("s", "es")
_PLURAL = ("ens", "n")
_FOND = ("chen", "chens", "lein", "leins")
_SHORTEST_WITH_ENDING = 2
_SHORTEST_FOR_SLIPS = 5
_SHORTEST_FOR_DOUBLING = 4


def folded(text: str) -> str:
    """The text without case and diacritics, a Turkish dotless i like any other i."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFD", text.replace("İ", "i").lower().translate(_LETTERS))
    return "".join(char for char in bare if not unicodedata.combining(char))


def spelled_out(text: str) -> str:
    """The text folded as people write who have no umlauts: „Öz“ becomes „oez“."""
    return folded(unicodedata.normalize("NFC", text).lower().translate(_SPELLED))


def name_parts(name: str) -> tuple[str, ...]:
    """The words of a typed name, split at blanks and hyphens, without titles and particles."""
    parts = (found.group() for found in _PART.finditer(unicodedata.normalize("NFC", name)))
    return tuple(part for part in parts if folded(part) not in TITLES)


def mentioned_parts(mention: str) -> tuple[str, ...]:
    """The folded words of a mention, a double name („K.-Schmidt“) as one word with its hyphen."""
    words = (_NO_LETTER.sub("", word) for word in mention.split())
    return tuple(folded(word).strip("-") for word in words if word.strip("-"))


def forms(part: str) -> Iterator[tuple[str, bool]]:
    """Folded forms under which one part of a name occurs, each with whether it is a genitive."""
    for stem in {folded(part), spelled_out(part)}:
        yield stem, False
        if len(stem) < _SHORTEST_WITH_ENDING:
            continue
        for ending in _GENITIVE:
            yield stem + ending, True
        if len(stem) >= _SHORTEST_FOR_DOUBLING:
            for ending in _PLURAL + _FOND:
                yield stem + ending, False


def slips(stem: str) -> Iterator[str]:
    """The stem and everything that comes of it by leaving out one letter.

    Two words are one edit apart only if they share one of these, so an index over them finds
    every slip without comparing all names.
    """
    yield stem
    for place in range(len(stem)):
        yield stem[:place] + stem[place + 1 :]


def is_slip(word: str, stem: str) -> bool:
    """Whether `word` is `stem` with one slip: a letter doubled, lost, added, swapped, changed.

    Names under five letters only forgive a doubled letter: „leoon“ is Leon, „leonie“ is not.
    """
    if word == stem or min(len(word), len(stem)) < _SHORTEST_FOR_DOUBLING:
        return False
    if _undoubled(word) == _undoubled(stem):
        return True
    if len(stem) < _SHORTEST_FOR_SLIPS or abs(len(word) - len(stem)) > 1:
        return False
    return word[0] == stem[0] and _one_edit(word, stem)


def _undoubled(word: str) -> str:
    return "".join(c for place, c in enumerate(word) if place == 0 or word[place - 1] != c)


def _one_edit(word: str, stem: str) -> bool:
    shorter, longer = sorted((word, stem), key=len)
    place = 0
    while place < len(shorter) and shorter[place] == longer[place]:
        place += 1
    if len(shorter) < len(longer):
        return shorter[place:] == longer[place + 1 :]
    swapped = longer[place + 1 : place + 2] + longer[place : place + 1] + longer[place + 2 :]
    return shorter[place + 1 :] == longer[place + 1 :] or shorter[place:] == swapped
