"""Bytes as text: base64url without padding, and only the one canonical spelling of it.

Every byte string on the wire is one of the types below, so that a size limit and the canonical
check cannot be forgotten. docs/spec/fb-v1.md#encoding (transport is JSON with base64url strings).
"""

import base64
import binascii
import re
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

_ALPHABET: Final = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)


class Words(BaseModel):
    """What every message is: immutable, and refused when it carries a field nobody asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def to_text(value: bytes) -> str:
    """Spell bytes as base64url (RFC 4648 section 5) without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def from_text(text: str) -> bytes:
    """Read base64url without padding; only the spelling `to_text` writes is taken.

    Raises:
        ValueError: padding, a foreign character, or unused bits that are not zero. The message
            never quotes the text.
    """
    if _ALPHABET.fullmatch(text) is None:
        raise ValueError("not base64url without padding")
    try:
        value = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise ValueError("not base64url without padding") from None
    if to_text(value) != text:
        raise ValueError("not the canonical base64url")
    return value


def _read(value: object) -> object:
    return from_text(value) if isinstance(value, str) else value


_AS_TEXT: Final = PlainSerializer(to_text, return_type=str)
_SCHEMA: Final = WithJsonSchema({"type": "string", "format": "base64url"})
_READ: Final = BeforeValidator(_read)

Bytes = Annotated[bytes, Field(max_length=180_000), _READ, _AS_TEXT, _SCHEMA]
"""Sealed or signed bytes of any length that fits into a request."""

Bundle = Annotated[bytes, Field(min_length=1, max_length=2_048), _READ, _AS_TEXT, _SCHEMA]
"""An encoded key bundle (docs/spec/fb-v1.md#key-bundle)."""

Small = Annotated[bytes, Field(min_length=1, max_length=8_192), _READ, _AS_TEXT, _SCHEMA]
"""A small signed message: a roster, a statement, a header."""

Bytes16 = Annotated[bytes, Field(min_length=16, max_length=16), _READ, _AS_TEXT, _SCHEMA]
"""A case id, an account id or a salt."""

Bytes32 = Annotated[bytes, Field(min_length=32, max_length=32), _READ, _AS_TEXT, _SCHEMA]
"""A key id, a hash, a token or the login value."""
