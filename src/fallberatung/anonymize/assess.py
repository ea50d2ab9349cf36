"""The last look: which kinds of quasi-identifiers are left, and whether they add up."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from fallberatung.anonymize.policy import RiskRules
from fallberatung.anonymize.reading import Reading, Word
from fallberatung.anonymize.risks import KINDS

Level = Literal["low", "warn", "block"]
Spans = tuple[tuple[int, int], ...]
_KIND_OF_WORD = {word: name for name, kind in KINDS.items() for word in kind.words}
_STEMS = tuple((stem, name) for name, kind in KINDS.items() for stem in kind.stems)


def kinds_left(fields: Iterable[tuple[Reading, Spans]]) -> Counter[str]:
    """How many words of each kind stand outside the places that will be replaced.

    Args:
        fields: Each reading with its replaced places, disjoint and in order.
    """
    left: Counter[str] = Counter()
    for reading, spans in fields:
        remembered: dict[str, str | None] = {}
        following = 0
        for word in reading.words:
            while following < len(spans) and spans[following][1] <= word.start:
                following += 1
            if following < len(spans) and spans[following][0] < word.end:
                continue
            if word.folded not in remembered:
                remembered[word.folded] = _kind(word)
            if (kind := remembered[word.folded]) is not None:
                left[kind] += 1
    return left


def level_of(kinds: int, rules: RiskRules) -> Level:
    """What the number of different kinds means under the policy."""
    if kinds >= rules.block:
        return "block"
    return "warn" if kinds >= rules.warn else "low"


def _kind(word: Word) -> str | None:
    if word.folded in _KIND_OF_WORD:
        return _KIND_OF_WORD[word.folded]
    return next((name for stem, name in _STEMS if word.folded.startswith(stem)), None)
