"""Codes survive handwriting: every single typing error is noticed."""

import pytest

from fallberatung.crypto.opened.errors import CodeError
from fallberatung.crypto.opened.recovery import (
    decode_recovery,
    encode_recovery,
    new_recovery_code,
)
from fallberatung.crypto.opened.seat import (
    SeatCode,
    decode_code,
    encode_code,
    mailbox,
    new_seat_code,
    seat_identity,
)
from fallberatung.crypto.sealed.seat import pseudonym
from unit.crypto.builders import CASE, MADE_AT, SEAT, stream

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = new_seat_code(stream("code"))
WRITTEN = encode_code(CODE)

REFUSED = {
    "empty": "",
    "too short": WRITTEN[:-1],
    "too long": WRITTEN + "0",
    "foreign letter": "U" + WRITTEN[1:],
    "foreign sign": WRITTEN.replace("-", "/"),
    "not ascii": "\N{LATIN SMALL LETTER DOTLESS I}" + WRITTEN[1:],
    "line feed": WRITTEN + "\n",
}


def test_a_code_has_six_groups_of_five() -> None:
    """It is written as people can copy it, and reads back."""
    assert [len(group) for group in WRITTEN.split("-")] == [5] * 6
    assert decode_code(WRITTEN) == CODE


def test_every_single_wrong_character_is_noticed() -> None:
    """All 930 ways of mistyping one character of this code."""
    tried = 0
    for at, right in enumerate(WRITTEN):
        for wrong in ALPHABET if right != "-" else "":
            if wrong != right:
                tried += 1
                with pytest.raises(CodeError):
                    decode_code(WRITTEN[:at] + wrong + WRITTEN[at + 1 :])

    assert tried == 930


def test_spelling_is_forgiving_where_it_is_unambiguous() -> None:
    """Case, spaces and look-alike letters do not matter."""
    zeros = SeatCode(bytes(16))
    sloppy = encode_code(zeros).lower().replace("-", " ").replace("0", "o")

    assert decode_code(sloppy) == zeros
    assert decode_code(WRITTEN.replace("1", "l").lower()) == CODE


@pytest.mark.parametrize("name", REFUSED)
def test_other_texts_are_no_codes(name: str) -> None:
    """Wrong length, foreign characters and stray signs are refused."""
    with pytest.raises(CodeError):
        decode_code(REFUSED[name])


def test_a_secret_has_sixteen_bytes() -> None:
    """A code of another length is none."""
    with pytest.raises(CodeError):
        SeatCode(bytes(15))


def test_a_recovery_code_reads_back() -> None:
    """It has the same form, and another use."""
    code = new_recovery_code(stream("recovery"))

    assert decode_recovery(encode_recovery(code)) == code
    assert code.wrap_key() != seat_identity(SeatCode(code.secret), MADE_AT).signing_seed


def test_the_same_code_reopens_the_same_seat() -> None:
    """Keys and mailbox follow from the code; the minute of filing does not matter."""
    hour = MADE_AT - MADE_AT % 3600
    early, late = seat_identity(CODE, hour), seat_identity(CODE, hour + 3599)

    assert early.key_id == late.key_id
    assert early.made_at == hour
    assert mailbox(CODE) == mailbox(decode_code(WRITTEN))
    assert seat_identity(new_seat_code(stream("another")), hour).key_id != early.key_id


def test_a_pseudonym_names_a_seat_in_one_case_only() -> None:
    """Two cases of one author are not linked by the log."""
    here = pseudonym(CASE, SEAT.key_id)

    assert len(here) == 22
    assert here == pseudonym(CASE, SEAT.key_id)
    assert here != pseudonym(bytes(16), SEAT.key_id)
