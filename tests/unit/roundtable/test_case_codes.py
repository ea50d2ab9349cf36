"""Codes, and how the asking organisation is shown."""

import pytest

from fallberatung.roundtable.procedure.codes import ALPHABET, case_code
from fallberatung.roundtable.procedure.errors import ProcedureError
from fallberatung.roundtable.procedure.shown import KINDS, shown_kind


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        (b"\x00\x00\x00", "00-00"),
        (b"\x0f\xff\xff", "ZZ-ZZ"),
        (b"\xff\xff\xff", "ZZ-ZZ"),
        (b"\x03\xde\x82", "7Q-M2"),
    ],
)
def test_a_case_code_is_twenty_bits_in_two_pairs(drawn: bytes, code: str) -> None:
    """The lowest twenty bits drawn become four symbols, every one equally likely."""
    assert case_code(lambda length: drawn[:length]) == code


def test_codes_use_no_letter_that_is_misread() -> None:
    """I, L, O and U are not there to be confused with 1, 0 and V."""
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize(
    ("organisations", "shown"), [(0, "Einrichtung"), (2, "Einrichtung"), (3, "Schule")]
)
def test_a_kind_that_would_point_at_one_is_coarsened(organisations: int, shown: str) -> None:
    """Below three organisations of a kind the kind itself would be a name."""
    assert shown_kind("school", organisations) == shown


def test_every_kind_can_be_shown_and_no_other() -> None:
    """The list of kinds is closed."""
    with pytest.raises(ProcedureError):
        shown_kind("castle", 5)

    assert {shown_kind(kind, 3) for kind in KINDS} == set(KINDS.values())
    assert len(KINDS) >= 5
