"""Key bundles: the public half of a person, or of an author's seat, under its own signature.

Form and fingerprint: docs/spec/fb-v1.md#key-bundle. A bundle proves only that its maker holds
the signing key; whose it is, an institution attests elsewhere. A seat is attested by nobody and
is accepted as `root` of one case only.
"""

from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey

from fallberatung.crypto.sealed import cose, ed25519, fbcbor, shape
from fallberatung.crypto.sealed.digest import labelled, sha256
from fallberatung.crypto.sealed.errors import MalformedSealError

LABEL: Final = "fb/v1/keybundle"
"""Tag of the key id and, as bytes, context of the signature."""

UID_BYTES: Final = 16
"""Length of a user id."""

SEAT_UID: Final = bytes(UID_BYTES)
"""The user id of every author's seat: it names nobody."""

MLKEM_BYTES: Final = 1184
"""Length of the ML-KEM-768 half of a KEM key; the X25519 half follows it."""

KEM_BYTES: Final = MLKEM_BYTES + 32
"""Length of an MLKEM768-X25519 public key."""

_KEYS: Final = frozenset({"v", "t", "uid", "sig", "kem", "ts"})


@dataclass(frozen=True, slots=True)
class KeyBundle:
    """A verified bundle.

    Attributes:
        key_id: `kb`, the digest by which records name this key, 32 bytes.
        uid: user id, 16 bytes; all zero for a seat.
        signing_key: Ed25519 public key, 32 bytes.
        kem_key: MLKEM768-X25519 public key, 1216 bytes.
        made_at: Unix seconds at which the keys were made; full hours for a seat.
        encoded: the bundle as received.
    """

    key_id: bytes
    uid: bytes
    signing_key: bytes
    kem_key: bytes
    made_at: int
    encoded: bytes

    @property
    def is_seat(self) -> bool:
        """Whether these are the keys of an author's seat, acceptable as `root` only."""
        return self.uid == SEAT_UID


def encode_core(uid: bytes, signing_key: bytes, kem_key: bytes, made_at: int) -> bytes:
    """The signed part of a bundle."""
    return fbcbor.encode(
        {"v": 1, "t": "keybundle", "uid": uid, "sig": signing_key, "kem": kem_key, "ts": made_at}
    )


def parse_bundle(encoded: bytes) -> KeyBundle:
    """Read a bundle, hold its own signature against it and recompute its key id.

    Raises:
        MalformedSealError: not the one form, a key that is no key, or a key id of other keys.
        BadSignatureError: not signed by the key it carries.
    """
    signed = cose.parse(encoded)
    core = shape.fields(fbcbor.decode(signed.payload), _KEYS)
    shape.version_one(core["v"])
    shape.one_of(core["t"], ("keybundle",))
    if signed.kid != labelled(LABEL, signed.payload):
        raise MalformedSealError("key id belongs to other keys")
    bundle = KeyBundle(
        key_id=signed.kid,
        uid=shape.octets(core["uid"], UID_BYTES),
        signing_key=shape.octets(core["sig"], ed25519.PUBLIC_KEY_BYTES),
        kem_key=shape.octets(core["kem"], KEM_BYTES),
        made_at=shape.whole(core["ts"]),
        encoded=encoded,
    )
    _check_keys(bundle)
    cose.verify(encoded, aad=LABEL.encode(), public_key=bundle.signing_key)
    return bundle


def fingerprint(bundle: KeyBundle) -> str:
    """Eight groups of five digits (about 132 bits) that two people compare by telephone."""
    identity = bundle.uid + bundle.signing_key + bundle.kem_key
    digest = sha256(b"fb/v1/fingerprint\0" + identity)
    numbers = (int.from_bytes(digest[at : at + 4], "big") % 100_000 for at in range(0, 32, 4))
    return " ".join(f"{number:05d}" for number in numbers)


def _check_keys(bundle: KeyBundle) -> None:
    ed25519.check_public_key(bundle.signing_key)
    if bundle.is_seat and bundle.made_at % 3600:
        raise MalformedSealError("a seat's time is a full hour")
    try:
        MLKEM768PublicKey.from_public_bytes(bundle.kem_key[:MLKEM_BYTES])
    except ValueError:
        raise MalformedSealError("not a kem key") from None
