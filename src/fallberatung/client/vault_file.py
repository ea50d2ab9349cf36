"""The local vault of one person: one file, sealed under a password, replaced as a whole or not.

Layers (docs/spec/fb-v1.md#keys-of-an-account): password → Argon2id → wrapping key → account key →
vault. The password split uses a realm of its own, so the file and the sign-in never share a key,
even with the same password. The file is readable by its owner only. A crash leaves the old file
or the new one.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fallberatung.client.ambient import Random
from fallberatung.client.belongings import Belongings, from_value, to_value
from fallberatung.client.errors import VaultFileError
from fallberatung.crypto.opened.errors import LoginFormError, SealError, WeakKdfError
from fallberatung.crypto.opened.password import KdfParams, login_keys
from fallberatung.crypto.opened.vault import (
    open_vault,
    seal_vault,
    unwrap_account_key,
    wrap_account_key,
)
from fallberatung.crypto.sealed.errors import MalformedSealError
from fallberatung.crypto.sealed.fbcbor import Value, decode, encode

REALM: Final = "vault-file"
METHOD: Final = "password"
OWNER_ONLY: Final = 0o600
_KEYS: Final = {"v", "user", "uid", "salt", "kdf", "wrapped", "counter", "vault"}


@dataclass(frozen=True, slots=True, repr=False)
class _Outside:
    """What stands on the file in clear."""

    user: str
    uid: bytes
    salt: bytes
    params: KdfParams
    wrapped: bytes


class VaultFile:
    """An open vault file; holds the account key in memory until it is let go.

    Made by `create` or `open_file`; `keep` writes changed belongings under the next counter.
    """

    def __init__(
        self, path: Path, outside: _Outside, account_key: bytes, counter: int, kept: Belongings
    ) -> None:
        self.path = path
        self._outside = outside
        self._account_key = account_key
        self._counter = counter
        self._kept = kept

    def __repr__(self) -> str:
        return f"VaultFile({self.path.name!r}, counter={self._counter})"

    @property
    def belongings(self) -> Belongings:
        """What the vault holds now."""
        return self._kept

    def keep(self, belongings: Belongings, random: Random) -> None:
        """Seal `belongings` under the next counter and replace the file with them.

        Raises:
            VaultFileError: the file cannot be written; the old one stands unchanged.
        """
        counter = self._counter + 1
        _write(self.path, self._outside, self._account_key, counter, belongings, random)
        self._counter, self._kept = counter, belongings


def create(path: Path, password: str, belongings: Belongings, random: Random) -> VaultFile:
    """Make a new vault file; one that exists already is never overwritten.

    Raises:
        VaultFileError: `path` exists or cannot be written.
    """
    if path.exists():
        raise VaultFileError("a vault file is there already")
    uid, params = belongings.identity.uid, KdfParams()
    salt, account_key = random(16), random(32)
    key = login_keys(password, belongings.user, REALM, salt, params).wrap
    wrapped = wrap_account_key(key, account_key, method=METHOD, uid=uid, random=random)
    outside = _Outside(belongings.user, uid, salt, params, wrapped)
    _write(path, outside, account_key, 1, belongings, random)
    return VaultFile(path, outside, account_key, 1, belongings)


def open_file(path: Path, password: str) -> VaultFile:
    """Open a vault file.

    Raises:
        VaultFileError: missing, damaged, or the password is another one; the last two are alike.
    """
    try:
        stored = decode(path.read_bytes())
        outside, counter, vault = _read(stored)
        key = login_keys(password, outside.user, REALM, outside.salt, outside.params).wrap
        account_key = unwrap_account_key(key, outside.wrapped, method=METHOD, uid=outside.uid)
        contents = open_vault(account_key, outside.uid, counter, vault)
    except OSError:
        raise VaultFileError("the vault file cannot be read") from None
    except (MalformedSealError, SealError, WeakKdfError, LoginFormError):
        raise VaultFileError("the vault file is damaged or the password is another one") from None
    return VaultFile(path, outside, account_key, counter, from_value(contents))


def _read(stored: Value) -> tuple[_Outside, int, bytes]:
    if type(stored) is not dict or set(stored) != _KEYS or stored["v"] != 1:
        raise MalformedSealError("not a vault file")
    match stored:
        case {
            "user": str() as user,
            "uid": bytes() as uid,
            "salt": bytes() as salt,
            "kdf": [int() as m, int() as t, int() as p],
            "wrapped": bytes() as wrapped,
            "counter": int() as counter,
            "vault": bytes() as vault,
        }:
            return _Outside(user, uid, salt, KdfParams(m=m, t=t, p=p), wrapped), counter, vault
    raise MalformedSealError("not a vault file")


def _write(
    path: Path,
    outside: _Outside,
    account_key: bytes,
    counter: int,
    belongings: Belongings,
    random: Random,
) -> None:
    vault = seal_vault(account_key, outside.uid, counter, to_value(belongings), random)
    params = outside.params
    encoded = encode(
        {
            "v": 1,
            "user": outside.user,
            "uid": outside.uid,
            "salt": outside.salt,
            "kdf": [params.m, params.t, params.p],
            "wrapped": outside.wrapped,
            "counter": counter,
            "vault": vault,
        }
    )
    try:
        replace_file(path, encoded)
    except OSError:
        raise VaultFileError("the vault file cannot be written") from None


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, readable by its owner only, durably and all at once.

    Raises:
        OSError: nothing was replaced.
    """
    half = path.with_name(path.name + ".half")
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        # Only now does the new name survive a power cut.
        os.fsync(folder)
    finally:
        os.close(folder)
