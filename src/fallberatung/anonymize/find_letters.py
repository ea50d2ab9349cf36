"""Who writes and who is written to: salutations at the top, signatures at the end."""

import re
from collections.abc import Iterator

from fallberatung.anonymize.commonwords import NEVER_NAMES
from fallberatung.anonymize.marks import Context, Mark, Named
from fallberatung.anonymize.names import folded, mentioned_parts
from fallberatung.anonymize.reading import Reading

# How far from the beginning and the end of a text a letter greets and signs.
_REACH = 160
_GREETING = re.compile(
    r"(?<!\w)(?:VG|LG|MfG|mfg|vg|lg|GLG|[Gg]ru(?:ß|ss)|[Gg]r(?:ü|ue)(?:ß|ss)e|[Gg]rüßen|[Dd]anke|"
    r"[Hh]erzlichst|[Gg]ez\.)[,!.]?[ \n]{1,3}(?P<it>[^\n,;(]{1,40})"
)
_SALUTATION = re.compile(
    r"(?<!\w)(?:[Ll]iebe[rs]?|[Hh]allo|[Hh]i|[Hh]ey|[Mm]oin) "
    r"(?P<it>[^\W\d_]{2,40}(?:-[^\W\d_]{2,40})?)"
    r"(?=[,!.\n]| und )"
)
_NAME_WORD = re.compile(r"(?<!\w)[^\W\d_]{1,40}(?:-[^\W\d_]{2,40}|\.)?")
_MOST_WORDS = 3
PATTERNS = {"signature": _GREETING, "salutation": _SALUTATION, "signature-word": _NAME_WORD}


def find_letters(reading: Reading, _context: Context) -> Iterator[Mark]:
    """The writer's own name behind the last greeting, and the name behind „Liebe …“."""
    text = reading.text
    for found in _SALUTATION.finditer(text, 0, min(len(text), _REACH)):
        parts = mentioned_parts(found.group("it"))
        if parts[0] not in NEVER_NAMES:
            start, end = found.span("it")
            yield Mark(start, end, "NAME_THIRD", 0.8, ("salutation",), Named(parts, role="third"))
    begin = max(0, len(text) - _REACH)
    for found in _GREETING.finditer(text, begin):
        yield from _signed(reading, *found.span("it"))


def _signed(reading: Reading, start: int, end: int) -> Iterator[Mark]:
    parts: list[str] = []
    first = last = start
    for found in _NAME_WORD.finditer(reading.text, start, end):
        gap = reading.text[last : found.start()]
        if gap.strip() or not _can_sign(reading, found.group()) or len(parts) == _MOST_WORDS:
            break
        first = first if parts else found.start()
        parts.append(folded(found.group().strip(".")))
        last = found.end()
    if parts:
        named = Named(tuple(parts), role="author")
        yield Mark(first, last, "NAME_FILER", 0.85, ("signature",), named)


def _can_sign(reading: Reading, word: str) -> bool:
    if folded(word.strip(".")) in NEVER_NAMES:
        return False
    return word[0].isupper() or reading.is_lower_case
