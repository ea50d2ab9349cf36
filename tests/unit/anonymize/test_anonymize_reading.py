"""What recognisers see of a text, and the way back to the original."""

import sys
import unicodedata

import pytest

from fallberatung.anonymize.reading import read
from fallberatung.anonymize.unicode14 import is_known

DISGUISES = (
    ("soft hyphen", "Ko\u00adwalski", "Kowalski"),
    ("zero-width space", "Ko\u200bwalski", "Kowalski"),
    ("direction mark", "\u202bKowalski\u202c", "Kowalski"),
    ("decomposed umlaut", "O\u0308zdemir", "Özdemir"),
    ("no-break space", "Frau\u00a0Engel", "Frau Engel"),
    ("tabulator", "Frau\tEngel", "Frau Engel"),
    ("windows line end", "Frau\r\nEngel", "Frau\nEngel"),
    ("typographic apostrophe", "Lea\u2019s", "Lea's"),
    ("lone surrogate", "a\ud800b", "a\ufffdb"),
    ("younger than Unicode 14", "a\U0001faa9b", "a\U0001faa9b"),
    ("unassigned in Unicode 14", "a\U0001fae8b", "a\ufffdb"),
)


@pytest.mark.parametrize(("name", "original", "readable"), DISGUISES, ids=[d[0] for d in DISGUISES])
def test_disguised_letters_read_like_plain_ones(name: str, original: str, readable: str) -> None:
    """Whatever pasting leaves inside a word does not hide it from the recognisers."""
    assert read("f", original).text == readable


@pytest.mark.parametrize(("name", "original", "readable"), DISGUISES, ids=[d[0] for d in DISGUISES])
def test_a_place_in_the_reading_leads_back(name: str, original: str, readable: str) -> None:
    """The whole reading is the whole original, but for marks at its very edges."""
    start, end = read("f", original).original(0, len(readable))

    assert original[start:end] == original.strip("\u202b\u202c")


def test_words_keep_their_place_behind_removed_characters() -> None:
    """Offsets count in the reading and lead to the word in the original."""
    original = "zwei\u00ad\u200bteilig O\u0308z"
    reading = read("f", original)
    last = reading.words[-1]
    start, end = reading.original(last.start, last.end)

    assert (last.text, original[start:end]) == ("Öz", "O\u0308z")


def test_an_endless_run_of_marks_is_cut() -> None:
    """Normalising an unbounded cluster takes quadratic time, so a cluster is bounded."""
    reading = read("f", "a" + "\u0301\u0316" * 5000)

    assert len(reading.text) > 9000


def test_lower_case_style_is_recognised() -> None:
    """Capitals tell nothing about an author who writes without them."""
    small = "hallo, kurz noch wegen leon aus der gruppe, mama kommt immer später zum abholen"
    usual = "Hallo, kurz noch wegen Leon aus der Gruppe, die Mutter kommt immer später"

    assert (read("f", small).is_lower_case, read("f", usual).is_lower_case) == (True, False)


def test_the_repr_of_a_reading_is_silent() -> None:
    """A reading holds cleartext."""
    assert "Kowalski" not in repr(read("f", "Kowalski"))


@pytest.mark.skipif(
    unicodedata.unidata_version != "14.0.0", reason="needs the database the table was made from"
)
def test_the_table_of_known_code_points_is_that_of_unicode_14() -> None:
    """Every code point, against the database of CPython 3.11."""
    wrong = [
        code
        for code in range(sys.maxunicode + 1)
        if is_known(chr(code)) != (unicodedata.category(chr(code)) != "Cn")
    ]

    assert wrong == []
