"""Commitments: what a leaf says of a person without saying it.

See docs/spec/audit.md#commitment.
"""

from dataclasses import dataclass
from dataclasses import field as attribute
from hmac import compare_digest
from typing import Final

from fallberatung.audit.errors import EntryError, OpeningError
from fallberatung.audit.fields import FIELDS
from fallberatung.audit.leaf import Leaf
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.crypto.sealed.digest import sha256

COMMIT_LABEL: Final = b"fallberatung/audit/commit/v1\x00"
ENTRY_ID_BYTES: Final = 16
SALT_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Opening:
    """The value behind one commitment: canonical JSON, and the 32 random bytes that hide it."""

    field: str
    salt: bytes = attribute(repr=False)
    value: bytes = attribute(repr=False)


def commit(entry_id: bytes, field: str, salt: bytes, value: bytes) -> bytes:
    """Commit to one field: 32 bytes that hide `value` and bind to it.

    SHA-256 over label, entry id, length and name of the field, salt and value; everything before
    the value has a fixed or stated length, so no two inputs run together
    (docs/spec/audit.md#commitment). Every field needs a salt of its own: with a shared one, a
    kept field would let anybody try out an erased one.

    Raises:
        EntryError: The entry id is not 16 bytes, the salt not 32, or the field unknown.
    """
    if len(entry_id) != ENTRY_ID_BYTES or len(salt) != SALT_BYTES or field not in FIELDS:
        raise EntryError("commitment takes 16 bytes of id, a known field, 32 bytes of salt")
    name = field.encode()
    return sha256(COMMIT_LABEL + entry_id + bytes([len(name)]) + name + salt + value)


def check_opening(leaf: Leaf, opening: Opening) -> None:
    """Accept an opening only if it is what the leaf committed to.

    Raises:
        OpeningError: The leaf has no such commitment, or it is to another value.
    """
    committed = leaf.commitment(opening.field)
    if committed is None or len(opening.salt) != SALT_BYTES:
        raise OpeningError("opening has no commitment")
    found = commit(leaf.entry_id, opening.field, opening.salt, opening.value)
    if not compare_digest(b64u(found), committed):
        raise OpeningError("opening does not match its commitment")
