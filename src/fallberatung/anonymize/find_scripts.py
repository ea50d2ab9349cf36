"""Words in other scripts: in a German case text they are almost always somebody's name."""

from collections.abc import Iterator

from fallberatung.anonymize.marks import Context, Mark, Named
from fallberatung.anonymize.reading import Reading, Word

_LATIN = ("\u0250", "\u1e00", "\u1eff", "\uff21", "\uff5a", "\u2c60", "\u2c7f", "\ua722", "\ua7ff")


def find_scripts(reading: Reading, _context: Context) -> Iterator[Mark]:
    """One mark for each run of such words; a person says who or what it is."""
    run: list[Word] = []
    for word in reading.words:
        if run and (not _is_foreign(word) or word.start - run[-1].end > 1):
            yield _mark(run)
            run = []
        if _is_foreign(word):
            run.append(word)
    if run:
        yield _mark(run)


def _is_foreign(word: Word) -> bool:
    return not word.text.isascii() and any(_is_foreign_letter(char) for char in word.text)


def _is_foreign_letter(char: str) -> bool:
    if char < _LATIN[0]:
        return False
    ranges = zip(_LATIN[1::2], _LATIN[2::2], strict=True)
    return not any(low <= char <= high for low, high in ranges)


def _mark(run: list[Word]) -> Mark:
    parts = tuple(word.folded for word in run)
    named = Named(parts, role="third")
    return Mark(run[0].start, run[-1].end, "NAME_THIRD", 0.6, ("script",), named)
