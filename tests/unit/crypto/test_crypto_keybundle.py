"""A key bundle is one form, signed by the key it carries."""

import pytest

from fallberatung.crypto.opened import cose as signing
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.sealed import cose, keybundle
from fallberatung.crypto.sealed.digest import labelled
from fallberatung.crypto.sealed.errors import BadSignatureError, MalformedSealError
from fallberatung.crypto.sealed.fbcbor import Value, decode, encode
from fallberatung.crypto.sealed.keybundle import fingerprint, parse_bundle
from unit.crypto.builders import ADVISER, DEPUTY, MADE_AT, SEAT

CORE = decode(cose.parse(ADVISER.bundle.encoded).payload)
CONTEXT = keybundle.LABEL.encode()

CHANGES: dict[str, dict[str, Value]] = {
    "other version": {"v": 2},
    "version as truth": {"v": True},
    "other type": {"t": "attest"},
    "user id too short": {"uid": bytes(15)},
    "user id as text": {"uid": "a" * 16},
    "signing key too short": {"sig": bytes(31)},
    "signing key of small order": {"sig": bytes(32)},
    "kem key too short": {"kem": bytes(1215)},
    "kem key out of range": {"kem": b"\xff" * 1216},
    "negative time": {"ts": -1},
    "time as text": {"ts": "now"},
    "extra key": {"name": "x"},
    "reserved rotation": {"prev": bytes(32)},
    "a seat off the hour": {"uid": bytes(16), "ts": 3601},
}


def bundle_of(core: Value) -> bytes:
    """A core signed by the adviser under its right key id, whatever it says."""
    payload = encode(core)
    protected = cose.protected_header(labelled(keybundle.LABEL, payload))
    signature = ADVISER.sign(cose.to_be_signed(protected, CONTEXT, payload))
    return cose.assemble(protected, payload, signature)


def test_a_bundle_reads_back() -> None:
    """The public half of an identity is what its bundle says."""
    bundle = parse_bundle(ADVISER.bundle.encoded)

    assert bundle == ADVISER.bundle
    assert bundle.uid == ADVISER.uid
    assert bundle.made_at == MADE_AT
    assert not bundle.is_seat


def test_a_seat_names_nobody_and_its_time_is_a_full_hour() -> None:
    """Sixteen zero bytes in place of a user id, and no minute that could betray one."""
    assert SEAT.bundle.is_seat
    assert SEAT.bundle.made_at % 3600 == 0


@pytest.mark.parametrize("name", CHANGES)
def test_other_cores_are_refused(name: str) -> None:
    """Every key has one type, one length and its closed values."""
    assert isinstance(CORE, dict)
    assert len(CHANGES) >= 14
    with pytest.raises(MalformedSealError):
        parse_bundle(bundle_of({**CORE, **CHANGES[name]}))


@pytest.mark.parametrize("missing", ["v", "t", "uid", "sig", "kem", "ts"])
def test_no_key_of_a_core_may_be_missing(missing: str) -> None:
    """The set of keys is closed."""
    assert isinstance(CORE, dict)
    with pytest.raises(MalformedSealError):
        parse_bundle(bundle_of({key: each for key, each in CORE.items() if key != missing}))


def test_a_bundle_under_another_key_id_is_refused() -> None:
    """The key id is recomputed, never believed."""
    payload = cose.parse(ADVISER.bundle.encoded).payload

    with pytest.raises(MalformedSealError):
        parse_bundle(signing.sign(DEPUTY, payload, CONTEXT))


def test_a_bundle_signed_by_another_key_is_refused() -> None:
    """Nobody can publish keys of another."""
    payload = cose.parse(ADVISER.bundle.encoded).payload
    protected = cose.protected_header(ADVISER.key_id)
    signature = DEPUTY.sign(cose.to_be_signed(protected, CONTEXT, payload))

    with pytest.raises(BadSignatureError):
        parse_bundle(cose.assemble(protected, payload, signature))


def test_no_byte_of_a_bundle_can_be_changed() -> None:
    """Every changed byte makes the bundle malformed or its signature fail."""
    encoded = ADVISER.bundle.encoded
    for at in range(len(encoded)):
        changed = encoded[:at] + bytes([encoded[at] ^ 1]) + encoded[at + 1 :]
        with pytest.raises((MalformedSealError, BadSignatureError)):
            parse_bundle(changed)


def test_a_fingerprint_is_eight_groups_of_five_digits() -> None:
    """People compare forty digits, which differ between people."""
    groups = fingerprint(ADVISER.bundle).split(" ")

    assert [len(group) for group in groups] == [5] * 8
    assert all(group.isdecimal() for group in groups)
    assert fingerprint(DEPUTY.bundle).split(" ") != groups


def test_the_key_id_follows_from_the_seeds() -> None:
    """The same seeds, user id and time are the same identity on every device."""
    again = Identity(ADVISER.uid, ADVISER.signing_seed, ADVISER.kem_seed, MADE_AT)
    later = Identity(ADVISER.uid, ADVISER.signing_seed, ADVISER.kem_seed, MADE_AT + 1)

    assert again.key_id == ADVISER.key_id
    assert later.key_id != ADVISER.key_id
