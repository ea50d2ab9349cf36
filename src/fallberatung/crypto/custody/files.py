"""The server's keys at rest: `server.keys` sealed under `master.key`, both for the owner alone.

The two files are backed up apart: either one without the other is worthless.
"""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fallberatung.crypto.custody.errors import CustodyError
from fallberatung.crypto.custody.keys import SECRET_BYTES, Custody
from fallberatung.crypto.sealed import fbcbor, shape
from fallberatung.crypto.sealed.errors import MalformedSealError

MASTER_FILE: Final = "master.key"
"""Holds the 32 bytes of the master key and nothing else."""

SERVER_FILE: Final = "server.keys"
"""Holds nonce and AES-256-GCM ciphertext of the server's keys."""

_AAD: Final = b"fb/v1/server-keys"
_NONCE_BYTES: Final = 12
_SEALED_LIMIT: Final = 4096
_KEYS: Final = frozenset({"v", "checkpoint", "receipt", "pepper", "decoy"})
_FOR_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def create(directory: Path, random: Callable[[int], bytes]) -> Custody:
    """Draw new keys and write both files, mode 0600, flushed to disk before this returns.

    The directory is made, mode 0700, if it is missing. Files that exist are never overwritten,
    because the log signed by lost keys could not be continued.

    Raises:
        CustodyError: key files exist already, or the directory cannot be written.
    """
    custody = Custody(*(random(SECRET_BYTES) for _ in range(4)))
    master = random(SECRET_BYTES)
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any((directory / name).exists() for name in (MASTER_FILE, SERVER_FILE)):
            raise CustodyError("the key directory already holds key files")
        _write(directory / SERVER_FILE, _seal(custody, master, random(_NONCE_BYTES)))
        _write(directory / MASTER_FILE, master)
        _flush_directory(directory)
    except OSError:
        raise CustodyError("the key directory cannot be written") from None
    return custody


def load(directory: Path) -> Custody:
    """Read both files and open the server's keys.

    Raises:
        CustodyError: a file is missing, unreadable, readable or writable by group or others, or
            damaged, or the two do not belong together.
    """
    master = _read(directory / MASTER_FILE)
    sealed = _read(directory / SERVER_FILE)
    if len(master) != SECRET_BYTES:
        raise CustodyError("the master key file is damaged")
    try:
        opened = AESGCM(master).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _AAD)
        return _unpack(opened)
    except (InvalidTag, ValueError, MalformedSealError):
        raise CustodyError("the server key file is damaged or sealed under another key") from None


def _seal(custody: Custody, master: bytes, nonce: bytes) -> bytes:
    packed = fbcbor.encode(
        {
            "v": 1,
            "checkpoint": custody.checkpoint_seed,
            "receipt": custody.receipt_seed,
            "pepper": custody.pepper,
            "decoy": custody.decoy_key,
        }
    )
    return nonce + AESGCM(master).encrypt(nonce, packed, _AAD)


def _unpack(packed: bytes) -> Custody:
    parts = shape.fields(fbcbor.decode(packed), _KEYS)
    shape.version_one(parts["v"])
    return Custody(
        checkpoint_seed=shape.octets(parts["checkpoint"], SECRET_BYTES),
        receipt_seed=shape.octets(parts["receipt"], SECRET_BYTES),
        pepper=shape.octets(parts["pepper"], SECRET_BYTES),
        decoy_key=shape.octets(parts["decoy"], SECRET_BYTES),
    )


def _write(path: Path, content: bytes) -> None:
    # O_EXCL: two starts at the same time never mix their keys.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(_SEALED_LIMIT)
    except FileNotFoundError:
        raise CustodyError(f"{path.name} is missing") from None
    except OSError:
        raise CustodyError(f"{path.name} cannot be read") from None
    if mode & _FOR_OTHERS:
        raise CustodyError(f"{path.name} is open to group or others; its mode must be 0600")
    return content
