"""Public vectors: the primitives fb/v1 stands on do what their specifications say."""

import hashlib
import json
from pathlib import Path

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from fallberatung.crypto.opened import identity as identities
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.sealed import ed25519
from fallberatung.crypto.sealed.errors import BadSignatureError

FOLDER = Path(__file__).parent / "crypto"
KDFS = {1: hpke.KDF.HKDF_SHA256, 17: hpke.KDF.SHAKE256}
XWING_LABEL = b"\\.//^\\"


def vectors(name: str, least: int) -> list[dict[str, str]]:
    """The vectors of a file, which holds at least so many."""
    found: list[dict[str, str]] = json.loads((FOLDER / name).read_text(encoding="utf-8"))["vectors"]
    if len(found) < least:
        pytest.fail(f"{name} lost vectors")
    return found


def holder(kem_seed: str) -> Identity:
    """An identity with this KEM seed."""
    return Identity(b"u" * 16, bytes(32), bytes.fromhex(kem_seed), 0)


@pytest.mark.parametrize("vector", vectors("ed25519-wycheproof.json", 151), ids=lambda v: v["id"])
def test_ed25519_agrees_with_wycheproof(vector: dict[str, str]) -> None:
    """Valid signatures hold; malleable, truncated and edge-case ones do not."""
    key, signature, message = (
        bytes.fromhex(vector[part]) for part in ("key", "signature", "message")
    )
    if vector["result"] == "valid":
        ed25519.verify(key, signature, message)
    else:
        with pytest.raises(BadSignatureError):
            ed25519.verify(key, signature, message)


@pytest.mark.parametrize("number", range(2))
def test_hpke_opens_the_vectors_of_kem_647a(number: int) -> None:
    """Key expansion and encapsulation are those of the HPKE-PQ draft."""
    vector = vectors("hpke-pq-647a.json", 2)[number]
    me = holder(vector["kem_seed"])
    suite = hpke.Suite(
        hpke.KEM.MLKEM768_X25519, KDFS[int(vector["kdf"])], hpke.AEAD.CHACHA20_POLY1305
    )
    sealed, info, aad = (
        bytes.fromhex(text)
        for text in (vector["encapsulation"] + vector["ciphertext"], vector["info"], vector["aad"])
    )
    # The vectors carry additional data, which the library's public call has no place for.
    opened = openssl.hpke._decrypt_with_aad(suite, sealed, me.kem_key(), info, aad)

    assert opened.hex() == vector["plaintext"]
    assert me.bundle.kem_key.hex() == vector["kem_key"]


@pytest.mark.parametrize("number", range(3))
def test_the_kem_is_x_wing(number: int) -> None:
    """Public key and shared secret of the X-Wing draft, from our two halves of the seed."""
    vector = vectors("xwing.json", 3)[number]
    lattice, curve = identities._kem_halves(bytes.fromhex(vector["seed"]))
    sealed = bytes.fromhex(vector["encapsulation"])
    public = curve.public_key().public_bytes_raw()
    shared = curve.exchange(X25519PublicKey.from_public_bytes(sealed[1088:]))
    transcript = lattice.decapsulate(sealed[:1088]) + shared + sealed[1088:] + public + XWING_LABEL

    assert hashlib.sha3_256(transcript).hexdigest() == vector["shared_secret"]
    assert holder(vector["seed"]).bundle.kem_key.hex() == vector["public_key"]
