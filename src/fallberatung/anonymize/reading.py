"""The first stage: one text made readable for the recognisers, with a way back to the original.

What recognisers see is NFC, without soft hyphens, zero-width and direction marks, with one kind
of space and one kind of line end; code points younger than Unicode 14 and lone surrogates are
U+FFFD, a symbol. Recognisers work in these offsets; `Reading.original` leads back.
"""

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from fallberatung.anonymize.names import folded
from fallberatung.anonymize.unicode14 import is_known

# A run of marks longer than this is cut: normalising an endless one takes quadratic time.
_LONGEST_CLUSTER = 30
# Nothing to normalise here, in whatever order: ASCII without controls, Latin letters, quotes.
_PLAIN = re.compile(
    r"[\n -_a-~\u00a1-\u00ac\u00ae-\u00b3\u00b5-\u024f\u2013\u201c-\u201e\u2026\u20ac]+"
)
_WORD = re.compile(r"[^\W\d_]{1,64}")
_SPACES = frozenset(
    "\t\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u202f\u205f\u3000"
)
_APOSTROPHES = frozenset("\u2018\u2019\u02bc\u00b4\u0060\u2032")
_DASHES = frozenset("\u2010\u2011\u2012\u2212")
_LINES = frozenset("\u0085\u2028\u2029")
# A text whose share of capitalised longer words is below this was written without capitals.
_LOWER_CASE_SHARE = 0.12
_WORDS_FOR_STYLE = 8
_LONGER_WORD = 4


class Word(NamedTuple):
    """A run of at most 64 letters; offsets are those of the reading."""

    start: int
    end: int
    text: str
    folded: str


@dataclass(frozen=True)
class Reading:
    """One field as recognisers see it.

    Args:
        field: Name of the field.
        text: The readable text.
        starts: For each character of `text`, where its original begins.
        ends: For each character of `text`, one past where its original ends.
    """

    field: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def __repr__(self) -> str:
        """Size only: this is cleartext."""
        return f"Reading({self.field}, {len(self.text)} characters)"

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original text; an empty place stays empty."""
        if start >= end:
            here = self.starts[start] if start < len(self.text) else self._length
            return here, here
        return self.starts[start], self.ends[end - 1]

    @property
    def _length(self) -> int:
        return self.ends[-1] if len(self.ends) else 0

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All runs of letters, in order."""
        return tuple(
            Word(m.start(), m.end(), m.group(), folded(m.group()))
            for m in _WORD.finditer(self.text)
        )

    @cached_property
    def is_lower_case(self) -> bool:
        """Whether the author writes without capitals, so that capitals tell nothing."""
        longer = [word.text for word in self.words if len(word.text) >= _LONGER_WORD]
        capitals = sum(1 for text in longer if text[0].isupper())
        return len(longer) >= _WORDS_FOR_STYLE and capitals < _LOWER_CASE_SHARE * len(longer)


def read(field: str, original: str) -> Reading:
    """The reading of one text; every text has one, also an empty or a broken one."""
    plain = _PLAIN.match(original)
    if plain is not None and plain.end() == len(original):
        return Reading(field, original, range(len(original)), range(1, len(original) + 1))
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    position = 0
    for run in _PLAIN.finditer(original):
        # The last character of a run belongs to the marks that may follow it.
        last = run.end() - (run.end() < len(original))
        _take_clusters(original, position, max(position, run.start()), (pieces, starts, ends))
        pieces.append(original[run.start() : last])
        starts.extend(range(run.start(), last))
        ends.extend(range(run.start() + 1, last + 1))
        position = last
    _take_clusters(original, position, len(original), (pieces, starts, ends))
    return Reading(field, "".join(pieces), starts, ends)


def _take_clusters(
    original: str, begin: int, end: int, taken: "tuple[list[str], array[int], array[int]]"
) -> None:
    pieces, starts, ends = taken
    for start, stop in _clusters(original[begin:end]):
        following = original[begin + stop : begin + stop + 1]
        piece = _readable(original[begin + start : begin + stop], following)
        pieces.append(piece)
        starts.extend([begin + start] * len(piece))
        ends.extend([begin + stop] * len(piece))


def _clusters(text: str) -> list[tuple[int, int]]:
    clusters: list[tuple[int, int]] = []
    begin = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or not _continues(text[position], position - begin):
            clusters.append((begin, position))
            begin = position
    return clusters if text else []


def _continues(char: str, length: int) -> bool:
    if char < "\u0300" or length > _LONGEST_CLUSTER:
        return False
    # Hangul vowels and finals compose with what stands before them but are no marks.
    is_mark = unicodedata.combining(char) > 0 or "\u1160" <= char <= "\u11ff"
    return is_mark and is_known(char)


def _readable(cluster: str, following: str) -> str:
    if cluster < "\u0080" and len(cluster) == 1:
        if cluster == "\r":
            return "" if following == "\n" else "\n"
        return " " if cluster in _SPACES else cluster
    return unicodedata.normalize("NFC", "".join(map(_plain, cluster)))


def _plain(char: str) -> str:
    if char in _SPACES:
        return " "
    if char in _APOSTROPHES:
        return "'"
    if char in _DASHES:
        return "-"
    if char in _LINES:
        return "\n"
    return _symbol_or_nothing(char)


def _symbol_or_nothing(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs" or not is_known(char):
        return "\ufffd"
    # Format characters (soft hyphen, zero-width, direction marks) hide inside names.
    return "" if category == "Cf" else char
