"""The account key and the vault it opens: everything a person keeps on the server, sealed.

Forms: docs/spec/fb-v1.md#keys-of-an-account. The context of each seal names the person, so the
server cannot hand one person's blob to another, and the vault's counter, so it cannot quietly
return to an old one.
"""

from collections.abc import Callable, Mapping
from typing import Final

from fallberatung.crypto.opened import aead
from fallberatung.crypto.opened.errors import RolledBackError, SealError
from fallberatung.crypto.sealed import fbcbor
from fallberatung.crypto.sealed.errors import MalformedSealError

ACCOUNT_KEY_BYTES: Final = 32
"""Length of the account key."""

METHODS: Final = ("password", "recovery")
"""Ways to the account key: by the key of a login, by the key of a recovery code."""


def new_account_key(random: Callable[[int], bytes]) -> bytes:
    """A fresh account key, 32 bytes."""
    return random(ACCOUNT_KEY_BYTES)


def wrap_account_key(
    kek: bytes, account_key: bytes, *, method: str, uid: bytes, random: Callable[[int], bytes]
) -> bytes:
    """The account key sealed under `kek` for this person and this way of opening, 60 bytes.

    Raises:
        SealError: no such method.
    """
    return aead.seal(kek, account_key, _account_context(method, uid), random)


def unwrap_account_key(kek: bytes, wrapped: bytes, *, method: str, uid: bytes) -> bytes:
    """The account key.

    Raises:
        SealError: another key, person or method, or altered bytes.
    """
    account_key = aead.open_seal(kek, wrapped, _account_context(method, uid))
    if len(account_key) != ACCOUNT_KEY_BYTES:
        raise SealError
    return account_key


def seal_vault(
    account_key: bytes,
    uid: bytes,
    counter: int,
    contents: Mapping[str, fbcbor.Value],
    random: Callable[[int], bytes],
) -> bytes:
    """The vault with these contents; each new version takes the next counter.

    Raises:
        MalformedSealError: the contents are outside the profile.
    """
    plaintext = fbcbor.encode(dict(contents))
    return aead.seal(account_key, plaintext, _vault_context(uid, counter), random)


def open_vault(
    account_key: bytes, uid: bytes, counter: int, sealed: bytes, *, last_seen: int = 0
) -> dict[str, fbcbor.Value]:
    """The contents of the vault that the server calls version `counter`.

    Args:
        account_key: 32 bytes.
        uid: whose vault it is, 16 bytes.
        counter: the version as the server names it; a lie does not open.
        sealed: the vault.
        last_seen: the highest version this device has seen.

    Raises:
        RolledBackError: `counter` is smaller than `last_seen`.
        SealError: another key, person or version, altered bytes, or contents that are no map.
    """
    if counter < last_seen:
        raise RolledBackError("the vault is older than one seen before")
    plaintext = aead.open_seal(account_key, sealed, _vault_context(uid, counter))
    try:
        contents = fbcbor.decode(plaintext)
    except MalformedSealError:
        raise SealError from None
    if type(contents) is not dict or not all(type(key) is str for key in contents):
        raise SealError
    return contents


def _account_context(method: str, uid: bytes) -> bytes:
    if method not in METHODS:
        raise SealError
    return fbcbor.encode(["fb/v1/auk", method, uid])


def _vault_context(uid: bytes, counter: int) -> bytes:
    return fbcbor.encode(["fb/v1/vault", uid, counter])
