"""Signed notes and verifier keys (C2SP signed-note), Ed25519 only.

Thin for now: signature type ``0x01`` alone is made and checked; ML-DSA-44 lines and
cosignatures of witnesses will be added as further lines. Lines of keys nobody trusts are
skipped whatever their type, as the specification asks, so notes with more lines verify today.
See docs/spec/audit.md#note.
"""

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from fallberatung.audit.errors import NoteError, SignatureError
from fallberatung.crypto.sealed import ed25519
from fallberatung.crypto.sealed.digest import sha256
from fallberatung.crypto.sealed.errors import BadSignatureError

ED25519: Final = 0x01
KEY_BYTES: Final = 32
KEY_ID_BYTES: Final = 4
LONGEST_NOTE: Final = 256 * 1024
MOST_SIGNATURES: Final = 64

_NAME: Final = re.compile(r"[^\s+]+")
_LINE: Final = re.compile(r"\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_KEY: Final = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under and the 4-byte id that announces it."""

    name: str
    key_id: bytes
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note; nothing about it has been verified."""

    name: str
    key_id: bytes
    signature: bytes


def b64(value: bytes) -> str:
    """Encode in standard base64 with padding, the base64 of notes, keys and proofs."""
    return base64.b64encode(value).decode()


def from_b64(text: str) -> bytes:
    """Decode standard base64, refusing any second spelling of the same bytes.

    Raises:
        NoteError: Not base64, or not the canonical text of its bytes.
    """
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteError("not base64") from None
    if b64(value) != text:
        raise NoteError("base64 is not canonical")
    return value


def verifier_key(name: str, public_key: bytes) -> VerifierKey:
    """Give a 32-byte Ed25519 key its name and the key id that follows from both.

    Raises:
        NoteError: A name with white space or ``+``, or a key of another length.
    """
    if _NAME.fullmatch(name) is None or len(public_key) != KEY_BYTES:
        raise NoteError("not a key name, or not an ed25519 key")
    typed = bytes([ED25519]) + public_key
    return VerifierKey(name, sha256(name.encode() + b"\n" + typed)[:KEY_ID_BYTES], public_key)


def encode_vkey(name: str, public_key: bytes) -> str:
    """Write a verifier key as ``name+key id+base64(type, key)``."""
    key = verifier_key(name, public_key)
    return f"{name}+{key.key_id.hex()}+{b64(bytes([ED25519]) + public_key)}"


def parse_vkey(text: str) -> VerifierKey:
    """Read a verifier key and recompute its key id.

    Raises:
        NoteError: Another form, another signature type, or a key id that does not follow.
    """
    found = _KEY.fullmatch(text)
    if found is None:
        raise NoteError("not a verifier key")
    name, key_id, encoded = found.groups()
    typed = from_b64(encoded)
    if typed[0] != ED25519:
        raise NoteError("verifier key of a type this version cannot check")
    key = verifier_key(name, typed[1:])
    if key.key_id.hex() != key_id:
        raise NoteError("key id does not follow from the key")
    return key


def sign_note(text: str, key: VerifierKey, sign: Callable[[bytes], bytes]) -> str:
    """Make a note of `text` with one signature line.

    Args:
        text: Ends in a newline.
        key: Names the line.
        sign: Signs bytes with the private key that belongs to `key`.
    """
    return f"{text}\n\u2014 {key.name} {b64(key.key_id + sign(text.encode()))}\n"


def split_note(note: str) -> tuple[str, tuple[Signature, ...]]:
    """Split a note into its text, which ends in a newline, and its signature lines, unverified.

    Raises:
        NoteError: Not a signed note.
    """
    head, blank, tail = note.rpartition("\n\n")
    if len(note) > LONGEST_NOTE or not blank or not tail.endswith("\n") or _CONTROL.search(note):
        raise NoteError("not a signed note")
    lines = tail.removesuffix("\n").split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteError("too many signatures")
    return head + "\n", tuple(_signature(line) for line in lines)


def verify_note(note: str, keys: Sequence[VerifierKey]) -> str:
    """Return the text of a note that at least one of `keys` signed.

    Every line that names one of `keys` must verify; lines of other keys are skipped.

    Raises:
        NoteError: Not a signed note.
        SignatureError: No line of these keys, or a wrong signature in one.
    """
    text, signatures = split_note(note)
    known = {(key.name, key.key_id): key for key in keys}
    trusted = [
        (known[line.name, line.key_id], line.signature)
        for line in signatures
        if (line.name, line.key_id) in known
    ]
    if not trusted:
        raise SignatureError("no signature of a trusted key")
    for key, signature in trusted:
        _verify(key, signature, text)
    return text


def read_note(encoded: bytes) -> str:
    """Decode a stored note.

    Raises:
        NoteError: Not UTF-8.
    """
    try:
        return encoded.decode()
    except UnicodeDecodeError:
        raise NoteError("a note is utf-8") from None


def _signature(line: str) -> Signature:
    found = _LINE.fullmatch(line)
    if found is None:
        raise NoteError("not a signature line")
    name, encoded = found.groups()
    value = from_b64(encoded)
    if len(value) <= KEY_ID_BYTES:
        raise NoteError("signature line without a signature")
    return Signature(name, value[:KEY_ID_BYTES], value[KEY_ID_BYTES:])


def _verify(key: VerifierKey, signature: bytes, text: str) -> None:
    try:
        ed25519.verify(key.public_key, signature, text.encode())
    except BadSignatureError:
        raise SignatureError("signature of a trusted key is wrong") from None
