"""A desk roster is one form, signed by its institution, for a limited time."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fallberatung.crypto.opened.institution import InstitutionKey, new_institution_key, sign_roster
from fallberatung.crypto.sealed import cose
from fallberatung.crypto.sealed.errors import BadSignatureError, MalformedSealError, OutOfDateError
from fallberatung.crypto.sealed.fbcbor import Value, encode
from fallberatung.crypto.sealed.roster import CONTEXT, LONGEST_VALIDITY, parse_roster
from unit.crypto.builders import stream

KEY = new_institution_key(stream("institution"))
OTHER = new_institution_key(stream("other institution"))
START = 1_789_000_000
END = START + LONGEST_VALIDITY
ADVISERS = tuple(bytes([number]) * 32 for number in range(13))
ROSTER = sign_roster(KEY, "nordstadt", ADVISERS[:3], START, END)

PLAIN: dict[str, Value] = {
    "v": 1,
    "t": "desk",
    "inst": KEY.institution,
    "area": "nordstadt",
    "members": list(ADVISERS[:3]),
    "nbf": START,
    "exp": END,
}

CHANGES: dict[str, dict[str, Value]] = {
    "other version": {"v": 2},
    "other type": {"t": "attest"},
    "other institution": {"inst": OTHER.institution},
    "institution too short": {"inst": KEY.institution[1:]},
    "no area": {"area": ""},
    "area too long": {"area": "a" * 65},
    "area as bytes": {"area": b"nordstadt"},
    "one adviser": {"members": [ADVISERS[0]]},
    "thirteen advisers": {"members": list(ADVISERS)},
    "an adviser twice": {"members": [ADVISERS[0], ADVISERS[0]]},
    "an adviser's key id too short": {"members": [ADVISERS[0], b"x"]},
    "ends before it begins": {"exp": START - 1},
    "ends as it begins": {"exp": START},
    "valid for longer than a quarter": {"exp": END + 1},
    "negative beginning": {"nbf": -1},
    "extra key": {"note": "x"},
}


def signed(key: InstitutionKey, payload: Value) -> bytes:
    """A payload signed as a roster, whatever it says."""
    return key.sign(encode(payload), CONTEXT)


def test_a_roster_reads_back() -> None:
    """Institution, area, advisers in their order, and dates."""
    roster = parse_roster(ROSTER, institution_key=KEY.public_key, now=START)

    assert roster.institution == KEY.institution
    assert (roster.area, roster.members) == ("nordstadt", ADVISERS[:3])
    assert (roster.not_before, roster.expires) == (START, END)
    assert signed(KEY, PLAIN) == ROSTER


@pytest.mark.parametrize("name", CHANGES)
def test_other_rosters_are_refused(name: str) -> None:
    """Form, number of advisers and length of validity are closed."""
    changed = signed(KEY, {**PLAIN, **CHANGES[name]})

    assert len(CHANGES) >= 16
    with pytest.raises(MalformedSealError):
        parse_roster(changed, institution_key=KEY.public_key, now=START)


@pytest.mark.parametrize("now", [START - 1, END, END + 86_400])
def test_a_roster_holds_within_its_dates_only(now: int) -> None:
    """Before and after, it is genuine but no longer to be used."""
    with pytest.raises(OutOfDateError):
        parse_roster(ROSTER, institution_key=KEY.public_key, now=now)


def test_a_roster_of_another_institution_is_refused() -> None:
    """Neither another's signature nor another's name under one's own signature."""
    with pytest.raises(BadSignatureError):
        parse_roster(ROSTER, institution_key=OTHER.public_key, now=START)
    with pytest.raises(MalformedSealError):
        parse_roster(signed(OTHER, PLAIN), institution_key=OTHER.public_key, now=START)


def test_a_roster_under_another_key_id_is_refused() -> None:
    """The name under the signature is the institution's, like the name in the roster."""
    payload = encode(PLAIN)
    protected = cose.protected_header(OTHER.institution)
    message = cose.to_be_signed(protected, CONTEXT, payload)
    signature = Ed25519PrivateKey.from_private_bytes(KEY.seed).sign(message)
    renamed = cose.assemble(protected, payload, signature)

    with pytest.raises(MalformedSealError):
        parse_roster(renamed, institution_key=KEY.public_key, now=START)


def test_a_signature_of_another_kind_is_no_roster() -> None:
    """What the institution signed elsewhere names no desk."""
    attested = KEY.sign(encode(PLAIN), b"fb/v1/attest")

    with pytest.raises(BadSignatureError):
        parse_roster(attested, institution_key=KEY.public_key, now=START)


def test_a_roster_that_could_not_be_read_is_not_signed() -> None:
    """The officer's client refuses what everybody else would refuse."""
    with pytest.raises(MalformedSealError):
        sign_roster(KEY, "nordstadt", ADVISERS, START, END)
    with pytest.raises(MalformedSealError):
        sign_roster(KEY, "nordstadt", ADVISERS[:2], START, END + 1)


def test_no_byte_of_a_roster_can_be_changed() -> None:
    """Every changed byte makes it malformed or its signature fail."""
    for at in range(len(ROSTER)):
        changed = ROSTER[:at] + bytes([ROSTER[at] ^ 1]) + ROSTER[at + 1 :]
        with pytest.raises((MalformedSealError, BadSignatureError)):
            parse_roster(changed, institution_key=KEY.public_key, now=START)
