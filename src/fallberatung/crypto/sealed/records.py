"""Records of a case: a signed header in clear and a body that is signed or sealed.

Forms: docs/spec/fb-v1.md#header and docs/spec/fb-v1.md#record. A record's digest covers the
header and the digest of the body, so that a body can be erased and the chain still verifies.
"""

from dataclasses import dataclass
from typing import Final, Literal, cast

from fallberatung.crypto.sealed import fbcbor, shape
from fallberatung.crypto.sealed.digest import labelled, sha256
from fallberatung.crypto.sealed.padding import padded_size

Kind = Literal["epoch", "grant", "entry"]
"""What a record is: a change of members, a handing on of keys, or sealed content."""

RETENTION_CODES: Final = ("n", "c", "p")
"""Retention classes an entry may carry: notes, content, confirmed protocol."""

CASE_BYTES: Final = 16
"""Length of a case id."""

HASH_BYTES: Final = 32
"""Length of a record's digest."""

SALT_BYTES: Final = 32
"""Length of an entry's salt."""

FIRST_PREV: Final = bytes(HASH_BYTES)
"""Predecessor of the first record of a case."""

_KINDS: Final = ("epoch", "grant", "entry")
_KEYS: Final = frozenset({"v", "t", "case", "ep", "seq", "prev"})
_ENTRY_KEYS: Final = _KEYS | {"salt", "ret"}


@dataclass(frozen=True, slots=True)
class Header:
    """What a record says of itself in clear.

    Attributes:
        kind: the kind of record.
        case: case id, 16 bytes.
        epoch: the epoch it belongs to; for kind "epoch" the one it starts. Counts from 1.
        seq: its number in the case. Counts from 1.
        prev: digest of its predecessor, 32 bytes; 32 zero bytes for the first.
        salt: 32 random bytes from which an entry's key is derived; None for other kinds.
        ret: retention code of an entry; None for other kinds.
    """

    kind: Kind
    case: bytes
    epoch: int
    seq: int
    prev: bytes
    salt: bytes | None = None
    ret: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it travels: encoded header and body, both exactly as received."""

    header: bytes
    body: bytes

    def parsed(self) -> Header:
        """The header, read strictly.

        Raises:
            MalformedSealError: the header is not in its one form.
        """
        return parse_header(self.header)

    def digest(self) -> bytes:
        """`record_hash`, which the next record names as its predecessor, 32 bytes."""
        return labelled("fb/v1/record", self.header, sha256(self.body))


def encode_header(header: Header) -> bytes:
    """Write a header in its one encoding.

    Raises:
        MalformedSealError: the header could not be read back.
    """
    value: dict[str, fbcbor.Value] = {
        "v": 1,
        "t": header.kind,
        "case": header.case,
        "ep": header.epoch,
        "seq": header.seq,
        "prev": header.prev,
    }
    optional = {"salt": header.salt, "ret": header.ret}
    value |= {key: given for key, given in optional.items() if given is not None}
    encoded = fbcbor.encode(value)
    parse_header(encoded)
    return encoded


def size_class(length: int) -> int:
    """Binary logarithm, rounded down, of the padded size of `length` bytes: 8 for the smallest."""
    return padded_size(length).bit_length() - 1


def parse_header(encoded: bytes) -> Header:
    """Read a header; the key set must be exactly that of its kind.

    Raises:
        MalformedSealError: not the one encoding, or a key, type, length or code that is not due.
    """
    value = fbcbor.decode(encoded)
    is_entry = type(value) is dict and value.get("t") == "entry"
    parts = shape.fields(value, _ENTRY_KEYS if is_entry else _KEYS)
    shape.version_one(parts["v"])
    return Header(
        kind=cast("Kind", shape.one_of(parts["t"], _KINDS)),  # `one_of` has just checked it
        case=shape.octets(parts["case"], CASE_BYTES),
        epoch=shape.whole(parts["ep"], least=1),
        seq=shape.whole(parts["seq"], least=1),
        prev=shape.octets(parts["prev"], HASH_BYTES),
        salt=shape.octets(parts["salt"], SALT_BYTES) if is_entry else None,
        ret=shape.one_of(parts["ret"], RETENTION_CODES) if is_entry else None,
    )
