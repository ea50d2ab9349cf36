"""How names are compared."""
# ruff: noqa: RUF001 (German ranges take an en dash, names come in their own letters)

import pytest

from fallberatung.anonymize.names import folded, forms, is_slip, name_parts

SLIPS = (
    ("leoon", "leon", True),  # a doubled letter
    ("leonie", "leon", False),  # another child
    ("leona", "leon", False),  # short names forgive doubled letters only
    ("kowalksi", "kowalski", True),  # swapped
    ("kowlski", "kowalski", True),  # lost
    ("kowallski", "kowalski", True),  # added
    ("kovalski", "kowalski", True),  # changed
    ("mowalski", "kowalski", False),  # nobody mistypes the first letter
    ("kwalsi", "kowalski", False),  # two edits
    ("kowalski", "kowalski", False),  # no slip at all
)


@pytest.mark.parametrize(("word", "stem", "expected"), SLIPS)
def test_one_slip_of_the_keyboard_is_forgiven(word: str, stem: str, *, expected: bool) -> None:
    """One edit in longer names, a doubled letter in shorter ones, nothing more."""
    assert is_slip(word, stem) is expected


def test_turkish_and_german_spellings_fold_together() -> None:
    """Dotless i, capitals and lost diacritics are the same name."""
    spellings = {"Yıldız", "YILDIZ", "Yildiz", "yıldız", "YİLDİZ"}

    assert {folded(name) for name in spellings} == {"yildiz"}


def test_spelled_out_umlauts_are_a_form_of_the_name() -> None:
    """People without umlauts on their keyboard write „Oezdemir“."""
    assert {"ozdemir", "oezdemir"} <= {form for form, _ in forms("Özdemir")}


def test_parts_of_a_name_come_without_titles() -> None:
    """„Frau Dr.“ says nothing about who it is."""
    assert name_parts("Frau Dr. Hartmann-Voss") == ("Hartmann", "Voss")
