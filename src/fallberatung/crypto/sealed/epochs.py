"""What epochs and grants say: members, sealed keys, and a reason from a closed list.

Forms: docs/spec/fb-v1.md#epoch and docs/spec/fb-v1.md#grant. Both are payloads of a signature
whose context is the record's header. Roles are carried unread; who may have which capability is
the procedure's to say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from fallberatung.crypto.sealed import fbcbor, shape
from fallberatung.crypto.sealed.cose import KEY_ID_BYTES
from fallberatung.crypto.sealed.errors import MalformedSealError

CAPS: Final = ("mgr", "wr", "rd")
"""Capabilities: change members and write, write, read."""

EPOCH_REASONS: Final = (
    "create",
    "claim",
    "convene",
    "add",
    "remove",
    "recognised",
    "substitute",
    "rotate",
    "rekey",
)
"""Why an epoch may begin: a code, never free text."""

GRANT_REASONS: Final = ("convene", "rekey", "history")
"""Why keys of earlier epochs may be handed on."""

COMMITMENT_BYTES: Final = 32
"""Length of the commitment to an epoch key."""

WRAP_BYTES: Final = 1168
"""Length of an epoch key sealed to one member: 1120 bytes encapsulation, 32 key, 16 tag."""

_Key = TypeVar("_Key", bytes, int)
_ROLE: Final = re.compile(r"[a-z_]{1,24}")
_EPOCH_KEYS: Final = frozenset({"members", "kc", "wraps", "why"})
_GRANT_KEYS: Final = frozenset({"to", "wraps", "why"})
_COUNTERSIGN: Final = frozenset({"countersign"})


@dataclass(frozen=True, slots=True)
class Member:
    """A key at the table, with its capability (one of `CAPS`) and a role that is carried unread."""

    key_id: bytes
    cap: str
    role: str


@dataclass(frozen=True, slots=True)
class Wrap:
    """The epoch key sealed to the key `key_id`, 1168 bytes."""

    key_id: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class EpochPayload:
    """A new epoch: its members ascending by key id, wraps in the same order, and the commitment.

    The commitment, 32 bytes, lets every member prove to itself that all were given one key.
    """

    members: tuple[Member, ...]
    commitment: bytes
    wraps: tuple[Wrap, ...]
    why: str


@dataclass(frozen=True, slots=True)
class GrantWrap:
    """The key of the earlier epoch `epoch` sealed to the grant's receiver, 1168 bytes."""

    epoch: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class GrantPayload:
    """Keys of earlier epochs, ascending, for the member `to`; `countersign` as COSE_Sign1."""

    to: bytes
    wraps: tuple[GrantWrap, ...]
    why: str
    countersign: bytes | None = None


def encode_epoch(payload: EpochPayload) -> bytes:
    """Write an epoch payload in its one encoding.

    Raises:
        MalformedSealError: the payload could not be read back.
    """
    encoded = fbcbor.encode(
        {
            "members": [[each.key_id, each.cap, each.role] for each in payload.members],
            "kc": payload.commitment,
            "wraps": [[wrap.key_id, wrap.sealed] for wrap in payload.wraps],
            "why": payload.why,
        }
    )
    parse_epoch(encoded)
    return encoded


def parse_epoch(encoded: bytes) -> EpochPayload:
    """Read an epoch payload; there is at least one member, and exactly one wrap for each.

    Raises:
        MalformedSealError: not the one form, members not strictly ascending, or wraps not theirs.
    """
    parts = shape.fields(fbcbor.decode(encoded), _EPOCH_KEYS)
    members = tuple(_member(each) for each in shape.items(parts["members"]))
    wraps = tuple(_wrap(each) for each in shape.items(parts["wraps"]))
    _check_ascending([member.key_id for member in members])
    if [wrap.key_id for wrap in wraps] != [member.key_id for member in members]:
        raise MalformedSealError("wraps do not match members")
    commitment = shape.octets(parts["kc"], COMMITMENT_BYTES)
    return EpochPayload(members, commitment, wraps, shape.one_of(parts["why"], EPOCH_REASONS))


def encode_grant(payload: GrantPayload) -> bytes:
    """Write a grant payload in its one encoding.

    Raises:
        MalformedSealError: the payload could not be read back.
    """
    value: dict[str, fbcbor.Value] = {
        "to": payload.to,
        "wraps": [[wrap.epoch, wrap.sealed] for wrap in payload.wraps],
        "why": payload.why,
    }
    if payload.countersign is not None:
        value["countersign"] = payload.countersign
    encoded = fbcbor.encode(value)
    parse_grant(encoded)
    return encoded


def parse_grant(encoded: bytes) -> GrantPayload:
    """Read a grant payload; it hands on at least one key.

    Raises:
        MalformedSealError: not the one form, or epochs not strictly ascending.
    """
    parts = shape.fields(fbcbor.decode(encoded), _GRANT_KEYS, _COUNTERSIGN)
    wraps = tuple(_grant_wrap(each) for each in shape.items(parts["wraps"]))
    _check_ascending([wrap.epoch for wrap in wraps])
    return GrantPayload(
        to=shape.octets(parts["to"], KEY_ID_BYTES),
        wraps=wraps,
        why=shape.one_of(parts["why"], GRANT_REASONS),
        countersign=shape.octets(parts["countersign"]) if "countersign" in parts else None,
    )


def countersigned(case: bytes, epoch: int, to: bytes, granted: Sequence[int]) -> bytes:
    """What a second person signs to let a grant pass: docs/spec/fb-v1.md#countersign."""
    return fbcbor.encode([case, epoch, to, list(granted)])


def _member(value: fbcbor.Value) -> Member:
    key_id, cap, role = shape.items(value, 3)
    if not _ROLE.fullmatch(shape.text(role)):
        raise MalformedSealError("a role is a short code")
    return Member(shape.octets(key_id, KEY_ID_BYTES), shape.one_of(cap, CAPS), shape.text(role))


def _wrap(value: fbcbor.Value) -> Wrap:
    key_id, sealed = shape.items(value, 2)
    return Wrap(shape.octets(key_id, KEY_ID_BYTES), shape.octets(sealed, WRAP_BYTES))


def _grant_wrap(value: fbcbor.Value) -> GrantWrap:
    epoch, sealed = shape.items(value, 2)
    return GrantWrap(shape.whole(epoch, least=1), shape.octets(sealed, WRAP_BYTES))


def _check_ascending(keys: Sequence[_Key]) -> None:
    if not keys or list(keys) != sorted(set(keys)):
        raise MalformedSealError("not in strictly ascending order")
