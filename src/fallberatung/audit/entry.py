"""An entry of the log: the leaf that is hashed, and the openings that are kept beside it.

The leaf is a skeleton: when, what, outcome, purpose, and for everything that could point to a
person a salted commitment. Its bytes are hashed and stored as they are. The names of `leaf` and
`commitment` that other rooms need are handed on from here.
See docs/spec/audit.md#entry and docs/spec/audit.md#seats.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, TypeAlias

from fallberatung.audit.actions import Action, action
from fallberatung.audit.commitment import (
    ENTRY_ID_BYTES,
    SALT_BYTES,
    Opening,
    check_opening,
    commit,
)
from fallberatung.audit.errors import EntryError
from fallberatung.audit.fields import (
    NOBODY,
    SEAT,
    actor_value,
    client_value,
    detail_value,
    object_value,
)
from fallberatung.audit.jcs import Json, canonical
from fallberatung.audit.leaf import Leaf, milliseconds, parse_leaf
from fallberatung.crypto.sealed.b64 import b64u

__all__ = [
    "ANONYMOUS",
    "Actor",
    "ActorKind",
    "Entry",
    "Leaf",
    "Occurrence",
    "Opening",
    "Outcome",
    "check_opening",
    "commit",
    "full_hour",
    "make_entry",
    "milliseconds",
    "parse_leaf",
]

Outcome: TypeAlias = Literal["ok", "denied", "failed"]
ActorKind: TypeAlias = Literal["user", "seat", "service", "operator", "anon"]

_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted.

    Attributes:
        id: An opaque identifier of at most 64 characters ``A-Z a-z 0-9 . _ -``. For a seat its
            pseudonym in the case (``crypto.sealed.seat.pseudonym``), for ``anon`` always
            ``anon``: what somebody typed at the door is nobody's identifier.
        role: The role acted in, None where no role is at stake; not written for a seat.
        kind: What kind of actor stands behind `id`.
        session: An opaque session identifier; not written for a seat.
    """

    id: str
    role: str | None
    kind: ActorKind
    session: str | None = attribute(default=None, repr=False)


ANONYMOUS: Final = Actor(NOBODY, None, "anon")
"""Nobody is signed in, for example at a failed sign-in."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What happened, as a caller tells it; `make_entry` decides what of it may be written.

    Attributes:
        action: A name of the registry.
        outcome: ``ok``, ``denied`` (a rule said no) or ``failed``.
        actor: Who acted.
        at: When, aware; of a seat only the hour is written.
        source: The instance that logs, ``[a-z0-9-]{1,32}``.
        why: The purpose, one of `PURPOSES`; some actions require it.
        object: What was acted upon: ``{"case": id, "n": count}`` or another opaque identifier.
        client: ``{"ip": …}``; not written for a seat.
        detail: Keys the action lists.
        request: The request's identifier; not written for a seat.
    """

    action: str
    outcome: Outcome
    actor: Actor
    at: datetime
    source: str
    why: str | None = None
    object: Mapping[str, Json] | None = None
    client: Mapping[str, Json] | None = attribute(default=None, repr=False)
    detail: Mapping[str, Json] | None = None
    request: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What `make_entry` made: the leaf, its openings, and when it may enter the tree.

    Attributes:
        entry_id: 16 random bytes; they carry no time.
        leaf: The bytes that are hashed.
        openings: One for each commitment of the leaf.
        hold_until: Set for seats: before this full hour the entry must not enter the tree.
        occurred_ms: The time in the leaf, milliseconds since 1970; of a seat the full hour.
    """

    entry_id: bytes
    leaf: bytes
    openings: tuple[Opening, ...]
    hold_until: datetime | None
    occurred_ms: int


def make_entry(occurrence: Occurrence, random: Callable[[int], bytes]) -> Entry:
    """Turn an occurrence into a leaf and its openings.

    An act of a seat is written with its hour only, without client, session and request, and is
    held back to the next full hour: otherwise its place in the tree would tell the minute.

    Raises:
        EntryError: Something that cannot be logged, or a purpose missing where one is due.
    """
    known = action(occurrence.action)
    is_seat = occurrence.actor.kind == SEAT
    at = _moment(occurrence.at, is_seat=is_seat)
    entry_id = random(ENTRY_ID_BYTES)
    openings = tuple(
        Opening(name, random(SALT_BYTES), value) for name, value in _values(occurrence, known)
    )
    members: dict[str, Json] = {
        "act": known.name,
        "c": {
            opening.field: b64u(commit(entry_id, opening.field, opening.salt, opening.value))
            for opening in openings
        },
        "id": b64u(entry_id),
        "out": occurrence.outcome,
        "ret": known.retention,
        "src": occurrence.source,
        "t": _written_time(at),
        "v": 1,
    }
    leaf = canonical(members | _optional_members(occurrence, known))
    parse_leaf(leaf)
    hold_until = at + _HOUR if is_seat else None
    return Entry(entry_id, leaf, openings, hold_until, milliseconds(at))


def full_hour(at: datetime) -> datetime:
    """Round down to the hour, in UTC."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _moment(at: datetime, *, is_seat: bool) -> datetime:
    if at.tzinfo is None:
        raise EntryError("time without a zone")
    return full_hour(at) if is_seat else at.astimezone(UTC)


def _written_time(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _values(occurrence: Occurrence, known: Action) -> list[tuple[str, bytes]]:
    actor = occurrence.actor
    values = [("actor", actor_value(actor.id, actor.kind, actor.role, actor.session))]
    if occurrence.client is not None and actor.kind != SEAT:
        values.append(("client", client_value(occurrence.client)))
    if occurrence.detail is not None:
        values.append(("detail", detail_value(occurrence.detail, action=known)))
    if occurrence.object is not None:
        values.append(("object", object_value(occurrence.object, by_seat=actor.kind == SEAT)))
    return values


def _optional_members(occurrence: Occurrence, known: Action) -> dict[str, Json]:
    members: dict[str, Json] = {}
    if occurrence.request is not None and occurrence.actor.kind != SEAT:
        members["corr"] = occurrence.request
    if occurrence.why is not None:
        members["why"] = occurrence.why
    elif known.purpose_required:
        raise EntryError("this action needs a purpose")
    return members
