"""Signatures hold in one form, for one key and in one context only."""

import pytest

from fallberatung.crypto.opened import cose as signing
from fallberatung.crypto.opened.statement import sign_statement
from fallberatung.crypto.sealed import cose, ed25519
from fallberatung.crypto.sealed.errors import BadSignatureError, MalformedSealError
from fallberatung.crypto.sealed.fbcbor import Value, encode
from fallberatung.crypto.sealed.statement import verify_statement
from unit.crypto.builders import ADVISER, DEPUTY

KID = ADVISER.key_id
PUBLIC = ADVISER.bundle.signing_key
MESSAGE = signing.sign(ADVISER, b"payload", b"context")
GOOD_HEAD = encode({1: -19, 4: KID})
SIGNATURE = bytes(64)

MALFORMED: dict[str, Value] = {
    "not an array": {},
    "three parts": [GOOD_HEAD, {}, b"p"],
    "five parts": [GOOD_HEAD, {}, b"p", SIGNATURE, 1],
    "protected header not bytes": [{1: -19, 4: KID}, {}, b"p", SIGNATURE],
    "protected header empty": [b"", {}, b"p", SIGNATURE],
    "protected header no map": [encode([]), {}, b"p", SIGNATURE],
    "unprotected header": [GOOD_HEAD, {4: KID}, b"p", SIGNATURE],
    "unprotected header absent": [GOOD_HEAD, None, b"p", SIGNATURE],
    "other algorithm": [encode({1: -8, 4: KID}), {}, b"p", SIGNATURE],
    "algorithm as text": [encode({1: "EdDSA", 4: KID}), {}, b"p", SIGNATURE],
    "no algorithm": [encode({4: KID}), {}, b"p", SIGNATURE],
    "no key id": [encode({1: -19}), {}, b"p", SIGNATURE],
    "key id too short": [encode({1: -19, 4: KID[:31]}), {}, b"p", SIGNATURE],
    "key id as text": [encode({1: -19, 4: "a" * 32}), {}, b"p", SIGNATURE],
    "critical header": [encode({1: -19, 2: [4], 4: KID}), {}, b"p", SIGNATURE],
    "content type": [encode({1: -19, 3: 0, 4: KID}), {}, b"p", SIGNATURE],
    "detached payload": [GOOD_HEAD, {}, None, SIGNATURE],
    "payload as text": [GOOD_HEAD, {}, "p", SIGNATURE],
    "signature too short": [GOOD_HEAD, {}, b"p", SIGNATURE[:63]],
    "signature too long": [GOOD_HEAD, {}, b"p", SIGNATURE + b"\0"],
    "signature absent": [GOOD_HEAD, {}, b"p", None],
}

SMALL_ORDER = {
    "order 1": "0100000000000000000000000000000000000000000000000000000000000000",
    "order 2": "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "order 4": "0000000000000000000000000000000000000000000000000000000000000000",
    "order 4, sign": "0000000000000000000000000000000000000000000000000000000000000080",
    "order 8": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "order 8, sign": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "order 8, other": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "order 8, other, sign": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "not canonical": "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
}


def test_a_signed_message_verifies_in_its_context() -> None:
    """Signer and payload come back as they went in."""
    signed = cose.verify(MESSAGE, aad=b"context", public_key=PUBLIC)

    assert signed == cose.Signed(KID, b"payload")


@pytest.mark.parametrize("name", MALFORMED)
def test_other_forms_are_refused(name: str) -> None:
    """There is one header, one algorithm and one number of parts."""
    assert len(MALFORMED) >= 20
    with pytest.raises(MalformedSealError):
        cose.verify(encode(MALFORMED[name]), aad=b"context", public_key=PUBLIC)


@pytest.mark.parametrize("prefix", [b"\xd2", b"\xd8\x12"])
def test_a_tagged_message_is_refused(prefix: bytes) -> None:
    """The tag of COSE_Sign1 is not written, so it is not read."""
    with pytest.raises(MalformedSealError):
        cose.parse(prefix + MESSAGE)


def test_a_signature_does_not_hold_in_another_context() -> None:
    """A message cannot be moved to another place."""
    with pytest.raises(BadSignatureError):
        cose.verify(MESSAGE, aad=b"other", public_key=PUBLIC)


def test_a_signature_does_not_hold_for_another_key() -> None:
    """A key id alone proves nothing."""
    with pytest.raises(BadSignatureError):
        cose.verify(MESSAGE, aad=b"context", public_key=DEPUTY.bundle.signing_key)


def test_no_byte_of_a_message_can_be_changed() -> None:
    """Every changed byte makes the message malformed or the signature fail."""
    for at in range(len(MESSAGE)):
        changed = MESSAGE[:at] + bytes([MESSAGE[at] ^ 1]) + MESSAGE[at + 1 :]
        with pytest.raises((MalformedSealError, BadSignatureError)):
            cose.verify(changed, aad=b"context", public_key=PUBLIC)


@pytest.mark.parametrize("name", SMALL_ORDER)
def test_keys_that_sign_for_everybody_are_refused(name: str) -> None:
    """A point of small order, or one with two spellings, is no public key."""
    key = bytes.fromhex(SMALL_ORDER[name])

    with pytest.raises(MalformedSealError):
        ed25519.check_public_key(key)
    with pytest.raises(BadSignatureError):
        ed25519.verify(key, key + bytes(32), b"anything")


def test_a_statement_holds_under_its_label_only() -> None:
    """A choice of a deadline is no other statement."""
    value: Value = [bytes(16), 1, "two_weeks", "2026-12-01", bytes(32)]
    statement = sign_statement(ADVISER, "fb/v1/deadline", value)

    assert verify_statement(statement, label="fb/v1/deadline", public_key=PUBLIC) == value
    assert cose.parse(statement).kid == KID
    with pytest.raises(BadSignatureError):
        verify_statement(statement, label="fb/v1/other", public_key=PUBLIC)


def test_a_statement_is_in_the_profile() -> None:
    """A signed payload that is no value of the profile is malformed."""
    statement = signing.sign(ADVISER, b"\x18\x01", b"fb/v1/deadline")

    with pytest.raises(MalformedSealError):
        verify_statement(statement, label="fb/v1/deadline", public_key=PUBLIC)
