"""Desk rosters: which advisers an institution names to receive new cases.

Form: docs/spec/fb-v1.md#roster. The institution's key is held by its officer, never by a server;
the client takes the receivers of a new case from a verified roster and from nowhere else.
"""

from dataclasses import dataclass
from typing import Final

from fallberatung.crypto.sealed import cose, fbcbor, shape
from fallberatung.crypto.sealed.digest import labelled
from fallberatung.crypto.sealed.errors import MalformedSealError, OutOfDateError

CONTEXT: Final = b"fb/v1/desk"
"""Context of the signature under a roster."""

FEWEST_MEMBERS: Final = 2
"""Advisers a roster names at least."""

MOST_MEMBERS: Final = 12
"""Advisers a roster names at most."""

LONGEST_VALIDITY: Final = 92 * 86_400
"""Seconds a roster may be valid: one quarter."""

_LONGEST_AREA: Final = 64
_KEYS: Final = frozenset({"v", "t", "inst", "area", "members", "nbf", "exp"})


@dataclass(frozen=True, slots=True)
class DeskRoster:
    """A roster as signed.

    Attributes:
        institution: id of the institution that signed it, 32 bytes.
        area: slug of the area it serves.
        members: key ids of the advisers, in the order of the roster.
        not_before: Unix seconds from which it holds.
        expires: Unix seconds at which it ends; it no longer holds at this second.
        encoded: the roster as received.
    """

    institution: bytes
    area: str
    members: tuple[bytes, ...]
    not_before: int
    expires: int
    encoded: bytes


def institution_id(public_key: bytes) -> bytes:
    """The id under which an institution's Ed25519 key signs, 32 bytes."""
    return labelled("fb/v1/institution", public_key)


def encode_payload(
    institution: bytes, area: str, members: tuple[bytes, ...], not_before: int, expires: int
) -> bytes:
    """The signed part of a roster."""
    return fbcbor.encode(
        {
            "v": 1,
            "t": "desk",
            "inst": institution,
            "area": area,
            "members": members,
            "nbf": not_before,
            "exp": expires,
        }
    )


def parse_roster(encoded: bytes, *, institution_key: bytes, now: int) -> DeskRoster:
    """Read a roster that this institution signed and that holds at `now` (Unix seconds).

    Raises:
        MalformedSealError: not the one form, another institution's, fewer than 2 or more than
            12 members, one named twice, or valid for more than 92 days.
        BadSignatureError: not signed by this institution.
        OutOfDateError: not yet or no longer valid at `now`.
    """
    signed = cose.verify(encoded, aad=CONTEXT, public_key=institution_key)
    roster = read_payload(signed.payload, encoded)
    expected = institution_id(institution_key)
    if signed.kid != expected or roster.institution != expected:
        raise MalformedSealError("roster of another institution")
    if not roster.not_before <= now < roster.expires:
        raise OutOfDateError("the roster does not hold at this time")
    return roster


def read_payload(payload: bytes, encoded: bytes) -> DeskRoster:
    """The roster in a signed part, checked for form but not for signature or date.

    Raises:
        MalformedSealError: as for `parse_roster`.
    """
    parts = shape.fields(fbcbor.decode(payload), _KEYS)
    shape.version_one(parts["v"])
    shape.one_of(parts["t"], ("desk",))
    roster = DeskRoster(
        institution=shape.octets(parts["inst"], cose.KEY_ID_BYTES),
        area=shape.text(parts["area"]),
        members=tuple(
            shape.octets(member, cose.KEY_ID_BYTES) for member in shape.items(parts["members"])
        ),
        not_before=shape.whole(parts["nbf"]),
        expires=shape.whole(parts["exp"]),
        encoded=encoded,
    )
    _check_bounds(roster)
    return roster


def _check_bounds(roster: DeskRoster) -> None:
    if not 0 < len(roster.area) <= _LONGEST_AREA:
        raise MalformedSealError("an area has a short name")
    if not FEWEST_MEMBERS <= len(roster.members) <= MOST_MEMBERS:
        raise MalformedSealError("a roster names two to twelve advisers")
    if len(set(roster.members)) != len(roster.members):
        raise MalformedSealError("a roster names nobody twice")
    if not 0 < roster.expires - roster.not_before <= LONGEST_VALIDITY:
        raise MalformedSealError("a roster holds for at most 92 days")
