"""Names of the roster in every form, and initials that fit somebody of the roster."""

from collections.abc import Iterator

from fallberatung.anonymize.cast import NameBook, people_of
from fallberatung.anonymize.marks import Context, Mark, Named
from fallberatung.anonymize.mentions import mentions
from fallberatung.anonymize.reading import Reading
from fallberatung.anonymize.roles import ROLES

_UNSURE = 0.65
# „K.“ is somebody only where a person can stand; „z. B.“ and the end of a sentence are not.
_BEFORE_INITIAL = frozenset(
    {"mit", "von", "bei", "zu", "fur", "und", "dass", "die", "der", "dem", "den", "hat", "ist"}
    | {"war", "auch", "ob", "wenn", "sagt", "fam", "frau", "herr"}
)


def find_roster(reading: Reading, context: Context) -> Iterator[Mark]:
    """Everybody the author named, wherever and however he or she is mentioned."""
    if not context.roster.people:
        return
    book = NameBook(people_of(context.roster))
    yield from mentions(reading, book, "roster")
    yield from _initials(reading, book)


def _initials(reading: Reading, book: NameBook) -> Iterator[Mark]:
    words, text = reading.words, reading.text
    for place, word in enumerate(words):
        if len(word.text) > 1 or text[word.end : word.end + 1] != ".":
            continue
        if not word.text.isupper() or (place and words[place - 1].end == word.start - 1 and
                                       text[word.start - 1] == "."):  # fmt: skip
            continue
        before = words[place - 1].folded if place else ""
        following = words[place + 1] if place + 1 < len(words) else None
        is_pair = following is not None and len(following.text) == 1 and (
            text[word.end : following.start] in {".", ". "}
        )  # fmt: skip
        if is_pair and following is not None and text[following.end : following.end + 1] == ".":
            people = [
                p
                for p in range(len(book.people))
                if _is_pair(book, p, word.folded, following.folded)
            ]
            end = following.end + 1
        elif before in _BEFORE_INITIAL:
            people = [p for p in range(len(book.people)) if word.folded in book.initials(p)[0]]
            end = word.end + 1
        else:
            continue
        if people:
            category = ROLES[book.person(people[0]).role].category
            named = Named((word.folded,), tuple(people))
            yield Mark(word.start, end, category, _UNSURE, ("roster-initials",), named)


def _is_pair(book: NameBook, person: int, first: str, second: str) -> bool:
    given, surnames = book.initials(person)
    return first in given and second in surnames
