"""What one person keeps in the vault: keys, pins, own seats, and what was seen of each case.

Written as one FBCBOR map, so that the same vault can later lie sealed on the server
(docs/spec/fb-v1.md#keys-of-an-account). Everything in here is secret or tells of cases; the repr
shows only counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, cast

from fallberatung.client.errors import VaultFileError
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.opened.seat import SeatCode, seat_identity
from fallberatung.crypto.sealed.fbcbor import Value
from fallberatung.wire.invitation import Invitation

LAYOUT: Final = 1


@dataclass(frozen=True, slots=True, repr=False)
class OwnSeat:
    """The code of a case this person filed, and what puts the real names back.

    `made_at` (Unix seconds) belongs to the derivation of the seat's bundle; `correspondence` is
    what the pipeline wrote down to put the real names back.
    """

    case: bytes
    code: bytes
    made_at: int
    correspondence: bytes

    def __repr__(self) -> str:
        return "OwnSeat(redacted)"

    def identity(self) -> Identity:
        """Derive the seat's keys from its code."""
        return seat_identity(SeatCode(self.code), self.made_at)


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest link of a case's chain this person has verified."""

    case: bytes
    seq: int
    head: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Belongings:
    """All of one person's vault; changing it makes another value."""

    user: str
    identity: Identity
    invitation: Invitation | None = None
    seats: tuple[OwnSeat, ...] = ()
    seen: tuple[Seen, ...] = ()
    checkpoint: str | None = None

    def __repr__(self) -> str:
        return f"Belongings(seats={len(self.seats)}, seen={len(self.seen)})"

    def seat_of(self, case: bytes) -> OwnSeat | None:
        """Return the seat of a case this person filed, None for all others."""
        return next((seat for seat in self.seats if seat.case == case), None)

    def seen_of(self, case: bytes) -> Seen | None:
        """Return how far this person has seen a case, None if never."""
        return next((seen for seen in self.seen if seen.case == case), None)

    def with_seen(self, seen: Seen) -> "Belongings":
        """Remember a newer link of a case in place of the older one."""
        others = tuple(each for each in self.seen if each.case != seen.case)
        return replace(self, seen=(*others, seen))


def to_value(kept: Belongings) -> Mapping[str, Value]:
    """Write belongings as the vault's map."""
    invitation = "" if kept.invitation is None else kept.invitation.model_dump_json()
    return {
        "layout": LAYOUT,
        "user": kept.user,
        "uid": kept.identity.uid,
        "signing_seed": kept.identity.signing_seed,
        "kem_seed": kept.identity.kem_seed,
        "made_at": kept.identity.made_at,
        "invitation": invitation,
        "seats": [[seat.case, seat.code, seat.made_at, seat.correspondence] for seat in kept.seats],
        "seen": [[seen.case, seen.seq, seen.head] for seen in kept.seen],
        "checkpoint": kept.checkpoint or "",
    }


def from_value(value: Mapping[str, Value]) -> Belongings:
    """Read what `to_value` wrote; the vault's seal has vouched for it already.

    Raises:
        VaultFileError: a later layout, or something is missing.
    """
    if value.get("layout") != LAYOUT:
        raise VaultFileError("the vault was written by another version")
    try:
        return _read(value)
    except (KeyError, TypeError, ValueError):
        raise VaultFileError("the vault is incomplete") from None


def _read(value: Mapping[str, Value]) -> Belongings:
    # The vault is authenticated and was written by `to_value`, so the casts restate its layout.
    invitation = cast("str", value["invitation"])
    seats = cast("list[tuple[bytes, bytes, int, bytes]]", value["seats"])
    seen = cast("list[tuple[bytes, int, bytes]]", value["seen"])
    return Belongings(
        user=cast("str", value["user"]),
        identity=Identity(
            uid=cast("bytes", value["uid"]),
            signing_seed=cast("bytes", value["signing_seed"]),
            kem_seed=cast("bytes", value["kem_seed"]),
            made_at=cast("int", value["made_at"]),
        ),
        invitation=Invitation.model_validate_json(invitation) if invitation else None,
        seats=tuple(
            OwnSeat(case, code, made_at, correspondence)
            for case, code, made_at, correspondence in seats
        ),
        seen=tuple(Seen(case, seq, head) for case, seq, head in seen),
        checkpoint=cast("str", value["checkpoint"]) or None,
    )
