"""An institution's key, held by its officer offline: it signs rosters and never meets a server.

The key file is for the officer's device: docs/spec/fb-v1.md#institution-key-file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fallberatung.crypto.opened import aead
from fallberatung.crypto.opened.errors import SealError
from fallberatung.crypto.opened.password import SALT_BYTES, KdfParams, derive
from fallberatung.crypto.sealed import cose, fbcbor, roster, shape

SEED_BYTES: Final = 32
"""Length of the seed."""

_FILE_KEYS: Final = frozenset({"v", "t", "kdf", "salt", "sealed"})
_KDF_KEYS: Final = frozenset({"alg", "v", "m", "t", "p"})


@dataclass(frozen=True, slots=True, eq=False)
class InstitutionKey:
    """The Ed25519 seed, 32 bytes, by which an institution vouches for people and desks.

    Raises:
        SealError: another length.
    """

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_BYTES:
            raise SealError

    @property
    def public_key(self) -> bytes:
        """The public key that clients pin, 32 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()

    @property
    def institution(self) -> bytes:
        """The id under which this key signs, 32 bytes."""
        return roster.institution_id(self.public_key)

    def sign(self, payload: bytes, aad: bytes) -> bytes:
        """The payload as COSE_Sign1 by this institution in the context `aad`."""
        protected = cose.protected_header(self.institution)
        message = cose.to_be_signed(protected, aad, payload)
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)
        return cose.assemble(protected, payload, signature)


def new_institution_key(random: Callable[[int], bytes]) -> InstitutionKey:
    """A fresh key."""
    return InstitutionKey(random(SEED_BYTES))


def sign_roster(
    key: InstitutionKey, area: str, members: Sequence[bytes], not_before: int, expires: int
) -> bytes:
    """A desk roster of this institution, as `crypto.sealed.roster` reads it.

    Raises:
        MalformedSealError: the roster could not be read back, such as one with 13 advisers.
    """
    payload = roster.encode_payload(key.institution, area, tuple(members), not_before, expires)
    roster.read_payload(payload, b"")
    return key.sign(payload, roster.CONTEXT)


def seal_key_file(
    key: InstitutionKey,
    passphrase: str,
    random: Callable[[int], bytes],
    params: KdfParams | None = None,
) -> bytes:
    """The key sealed under a passphrase by Argon2id and AES-256-GCM, to be kept offline.

    Raises:
        LoginFormError: the passphrase is not valid text.
        WeakKdfError: `params` are outside the bounds.
    """
    head = _file_head(random(SALT_BYTES), params or KdfParams())
    file_key = derive(passphrase, shape.octets(head["salt"]), params or KdfParams())
    sealed = aead.seal(file_key, key.seed, fbcbor.encode(head), random)
    return fbcbor.encode({**head, "sealed": sealed})


def open_key_file(sealed: bytes, passphrase: str) -> InstitutionKey:
    """The key in a file that `seal_key_file` wrote.

    Raises:
        MalformedSealError: not such a file.
        WeakKdfError: the file names a derivation outside the bounds.
        LoginFormError: the passphrase is not valid text.
        SealError: another passphrase, or altered bytes.
    """
    parts = shape.fields(fbcbor.decode(sealed), _FILE_KEYS)
    shape.version_one(parts["v"])
    shape.one_of(parts["t"], ("institution-key",))
    params = _read_params(parts["kdf"])
    salt = shape.octets(parts["salt"], SALT_BYTES)
    file_key = derive(passphrase, salt, params)
    context = fbcbor.encode(_file_head(salt, params))
    return InstitutionKey(aead.open_seal(file_key, shape.octets(parts["sealed"]), context))


def _file_head(salt: bytes, params: KdfParams) -> dict[str, fbcbor.Value]:
    kdf: dict[str, fbcbor.Value] = {
        "alg": params.alg,
        "v": params.v,
        "m": params.m,
        "t": params.t,
        "p": params.p,
    }
    return {"v": 1, "t": "institution-key", "kdf": kdf, "salt": salt}


def _read_params(value: fbcbor.Value) -> KdfParams:
    parts = shape.fields(value, _KDF_KEYS)
    numbers = {name: shape.whole(parts[name]) for name in ("v", "m", "t", "p")}
    return KdfParams(alg=shape.text(parts["alg"]), **numbers)
