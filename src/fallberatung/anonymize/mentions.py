"""Every mention of known people: one name or several words of it, with initials and titles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fallberatung.anonymize.cast import Hit, NameBook
from fallberatung.anonymize.commonwords import ALSO_WORDS, NEVER_NAMES
from fallberatung.anonymize.marks import Mark, Named
from fallberatung.anonymize.names import mentioned_parts
from fallberatung.anonymize.reading import Reading, Word
from fallberatung.anonymize.roles import ROLES
from fallberatung.anonymize.titles import SUFFIXES, TITLES, Title

_JOINTS = frozenset({" ", "-", ". ", ".-", ".", " -", "- ", "\n"})
_UNSURE, _RELATIVE, _SURE = 0.6, 0.8, 0.95
_SHORT = 3
_MOST_TITLES = 5
_TITLE_GAPS = frozenset({" ", ". ", "."})
# After these an ordinary word is meant: „im Sommer“, „der Koch“.
_MAKE_WORDS = frozenset(
    {"im", "am", "in", "den", "der", "die", "das", "dem", "des", "ein", "eine", "einem", "einen"}
    | {"einer", "vom", "zum", "zur", "seit", "bis", "diesen", "diesem", "dieser", "letzten"}
    | {"nachsten", "jeden", "als", "kein", "keine", "sehr", "zu", "ganz", "so", "ab", "um", "auf"}
)


@dataclass(frozen=True, slots=True, repr=False)
class _Group:
    """Words `first` to `last` (inclusive) that name the same people."""

    first: int
    last: int
    people: frozenset[int]
    hits: tuple[Hit, ...]


def mentions(reading: Reading, book: NameBook, recogniser: str) -> Iterator[Mark]:
    """Marks of all mentions of the people of the book, in reading order."""
    words = reading.words
    place = 0
    while place < len(words):
        hit = _hit(words[place], book, reading)
        group = None if hit is None else _group(reading, book, place, hit)
        mark = None if group is None else _mark(reading, book, _whole(reading, group), recogniser)
        if group is None or mark is None:
            place += 1
            continue
        yield mark
        place = group.last + 1


def _hit(word: Word, book: NameBook, reading: Reading) -> Hit | None:
    if len(word.text) == 1 or word.folded in NEVER_NAMES:
        return None
    hit = book.look_up(word.folded)
    if hit is None or reading.is_lower_case or not word.text[0].islower():
        return hit
    # A small word in a text with capitals: only what can hardly be anything else.
    is_doubtful = hit.confidence < _SURE or word.folded in ALSO_WORDS or len(word.text) <= _SHORT
    return None if is_doubtful else hit


def _group(reading: Reading, book: NameBook, place: int, hit: Hit) -> _Group:
    words, people, hits = reading.words, hit.people(), [hit]
    last = place
    while last + 1 < len(words) and _gap(reading, last) in _JOINTS:
        following = words[last + 1]
        if _is_initial(reading, last + 1):
            people_left = _with_initial(book, people, following.folded)
            if not people_left and last > place:
                break
            last, people = last + 1, people_left or people
            continue
        next_hit = _hit(following, book, reading)
        if next_hit is None or not people & next_hit.people():
            break
        people, last = people & next_hit.people(), last + 1
        hits.append(next_hit)
    first = place
    if place and _is_initial(reading, place - 1) and _gap(reading, place - 1) in _JOINTS:
        first, people = place - 1, _with_initial(book, people, words[place - 1].folded) or people
    return _Group(first, last, people, tuple(hits))


def _whole(reading: Reading, group: _Group) -> _Group:
    """The group with the other half of a double name in front of it: half a name must not stay."""
    first = group.first
    while first and _gap(reading, first - 1) == "-" and _is_name_like(reading.words[first - 1]):
        first -= 1
    return replace(group, first=first)


def _is_name_like(word: Word) -> bool:
    is_known = word.folded in NEVER_NAMES or word.folded in TITLES or word.folded in ALSO_WORDS
    return len(word.text) > 1 and word.text[0].isupper() and not is_known


def _gap(reading: Reading, place: int) -> str:
    words = reading.words
    return reading.text[words[place].end : words[place + 1].start]


def _is_initial(reading: Reading, place: int) -> bool:
    word = reading.words[place]
    is_capital = word.text.isupper() or reading.is_lower_case
    return len(word.text) == 1 and is_capital and reading.text[word.end : word.end + 1] == "."


def _with_initial(book: NameBook, people: frozenset[int], letter: str) -> frozenset[int]:
    return frozenset(p for p in people if any(letter in side for side in book.initials(p)))


def _mark(reading: Reading, book: NameBook, group: _Group, recogniser: str) -> Mark | None:
    titles, start = titles_before(reading, group.first)
    confidence = min(1.0, *(hit.confidence for hit in group.hits), 1.0)
    if all(hit.stem in ALSO_WORDS for hit in group.hits) and group.first == group.last:
        if not titles and not _stands_like_a_name(reading, group.first):
            return None
        confidence = confidence if titles else _UNSURE
    people = _narrowed(book, group, titles)
    end, is_apostrophe = _end(reading, group.last)
    genitive = is_apostrophe or _is_genitive(group, people)
    is_family = any(title.kind == "family" for title in titles)
    if len(people) > 1 and not is_family:
        confidence = min(confidence, _UNSURE)
    if not titles and _is_relative_of_somebody(reading, group):
        return _relative(reading, group, end, recogniser, is_genitive=genitive)
    words = reading.words
    parts = mentioned_parts(reading.text[words[group.first].start : words[group.last].end])
    sex = next((title.sex for title in titles if title.sex), None)
    named = Named(parts, tuple(sorted(people)), None, sex, genitive, is_family)
    return Mark(start, end, _category(book, people, is_family=is_family), confidence,
                (recogniser,), named)  # fmt: skip


def _is_relative_of_somebody(reading: Reading, group: _Group) -> bool:
    """Whether an unknown first name stands before a known surname: another person, same family."""
    if reading.is_lower_case or not group.first or _gap(reading, group.first - 1) != " ":
        return False
    entries = [entry for hit in group.hits for entry in hit.entries]
    before = reading.words[group.first - 1]
    is_surname = all(entry.is_surname for entry in entries)
    return is_surname and len(before.text) >= _SHORT and _is_name_like(before)


def _relative(
    reading: Reading, group: _Group, end: int, recogniser: str, *, is_genitive: bool
) -> Mark:
    words = reading.words[group.first - 1 : group.last + 1]
    parts = mentioned_parts(reading.text[words[0].start : words[-1].end])
    named = Named(parts, role="third", is_genitive=is_genitive)
    return Mark(words[0].start, end, "NAME_THIRD", _RELATIVE, (recogniser,), named)


def _category(book: NameBook, people: frozenset[int], *, is_family: bool) -> str:
    if is_family:
        return "NAME_FAMILY"
    categories = {ROLES[book.person(person).role].category for person in people}
    return categories.pop() if len(categories) == 1 else "NAME_FAMILY"


def titles_before(reading: Reading, place: int) -> tuple[tuple[Title, ...], int]:
    """Titles directly in front of a word, nearest first, and where a mark should begin.

    Forms of address belong to the mark, kinship and functions stay outside of it.
    """
    words = reading.words
    titles: list[Title] = []
    start = words[place].start
    for before in range(place - 1, max(-1, place - 1 - _MOST_TITLES), -1):
        title = TITLES.get(words[before].folded)
        if title is None or _gap(reading, before) not in _TITLE_GAPS:
            break
        titles.append(title)
        if title.kind in {"kin", "function"}:
            break
        start = words[before].start
    return tuple(titles), start


def _stands_like_a_name(reading: Reading, place: int) -> bool:
    word = reading.words[place]
    if reading.is_lower_case or not word.text[0].isupper() or place == 0:
        return False
    before = reading.words[place - 1]
    is_same_clause = reading.text[before.end : word.start] in {" ", ", "}
    return is_same_clause and before.folded not in _MAKE_WORDS


def _narrowed(book: NameBook, group: _Group, titles: Sequence[Title]) -> frozenset[int]:
    people = group.people
    for fits in (
        lambda p: _fits_titles(book, p, titles),
        lambda p: _is_named_exactly(group, p),
        lambda p: _has_whole_surname(book, group, p),
    ):
        people = frozenset(filter(fits, people)) or people
    return people


def _fits_titles(book: NameBook, person: int, titles: Sequence[Title]) -> bool:
    known = book.person(person)
    role = ROLES[known.role]
    for title in titles:
        if title.sex and known.sex and title.sex != known.sex:
            return False
        if title.kind == "address" and role.is_young:
            return False
        if title.kind == "kin" and not known.role.startswith(title.role):
            return False
    return True


def _is_named_exactly(group: _Group, person: int) -> bool:
    return all(
        any(entry.person == person and not entry.is_genitive for entry in hit.entries)
        for hit in group.hits
    )


def _has_whole_surname(book: NameBook, group: _Group, person: int) -> bool:
    used = sum(
        any(entry.person == person and entry.is_surname for entry in hit.entries)
        for hit in group.hits
    )
    return not used or any(len(surname) == used for surname in book.person(person).surnames)


def _is_genitive(group: _Group, people: frozenset[int]) -> bool:
    mine = [entry for entry in group.hits[-1].entries if entry.person in people]
    return bool(mine) and all(entry.is_genitive for entry in mine)


def _end(reading: Reading, place: int) -> tuple[int, bool]:
    words, text = reading.words, reading.text
    end = words[place].end
    if (
        place + 1 < len(words)
        and words[place + 1].folded in SUFFIXES
        and text[end : end + 1] == " "
    ):
        end = words[place + 1].end
        return end + (text[end : end + 1] == "."), False
    if _is_initial(reading, place):
        return end + 1, False
    if text[end : end + 1] == "'":
        has_s = text[end + 1 : end + 2] == "s" and not text[end + 2 : end + 3].isalnum()
        return end + 1 + has_s, True
    return end, False
