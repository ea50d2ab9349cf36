"""Courses a case may take, and builders of records that depart from them."""

from collections.abc import Callable, Sequence

from fallberatung.crypto.opened import compose
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.sealed.epochs import Member
from fallberatung.crypto.sealed.fbcbor import decode, encode
from fallberatung.crypto.sealed.records import Record
from unit.crypto.builders import (
    ADVISER,
    AUTHOR,
    DEPUTY,
    DESK,
    GUEST,
    MODERATOR,
    ROOT,
    SEAT,
    TABLE,
    ACase,
    a_claimed_case,
    a_convened_case,
    a_filed_case,
    a_seat,
    member,
    next_header,
    unchecked_epoch,
    unchecked_grant,
)

FRESH = ACase()
FILED = a_filed_case()
CLAIMED = a_claimed_case()
CONVENED = a_convened_case()
REKEYED = a_convened_case()
REKEYED.epoch(SEAT, (AUTHOR, *DESK), "rekey")

OTHER_SEAT = a_seat("other seat")
GUEST_HERE = member(GUEST, "wr", "participant")


def entry(at: ACase, length: int = 272, **change: int | bytes) -> Record:
    """An entry whose header departs from the next one in the given fields."""
    header = decode(next_header(at.view(ADVISER), "entry", at.view(ADVISER).chain.epoch))
    assert isinstance(header, dict)
    return Record(encode({**header, **change}), bytes(length))


def epoch(case: ACase, who: Identity, members: Sequence[Member], why: str) -> Record:
    """An epoch, whether or not this person may write it."""
    return unchecked_epoch(case.view(ADVISER), who, members, why)


def grant(
    case: ACase,
    who: Identity,
    to: Identity,
    epochs: Sequence[int],
    why: str,
    second: bytes | None = None,
) -> Record:
    """A grant, whether or not this person may write it."""
    return unchecked_grant(case.view(ADVISER), who, to, epochs, why, second)


def second(case: ACase, who: Identity, to: Identity, epochs: Sequence[int]) -> bytes:
    """A second signature, whether or not this person may give it."""
    return compose.countersign_grant(case.view(ADVISER), who, to.key_id, epochs)


def damaged(record: Record) -> Record:
    """The same record with one bit of its signature changed."""
    return Record(record.header, record.body[:-1] + bytes([record.body[-1] ^ 1]))


ALLOWED: dict[str, tuple[ACase, Callable[[], Record]]] = {
    "the seat creates the case": (FRESH, lambda: epoch(FRESH, SEAT, (ROOT, *DESK), "create")),
    "an adviser of the desk claims": (
        FILED,
        lambda: epoch(FILED, ADVISER, (AUTHOR, *DESK), "claim"),
    ),
    "the seat rekeys a stranded case": (
        FILED,
        lambda: epoch(FILED, SEAT, (AUTHOR, *DESK), "rekey"),
    ),
    "a manager convenes": (CLAIMED, lambda: epoch(CLAIMED, DEPUTY, TABLE, "convene")),
    "a manager grants the report at convening": (
        CONVENED,
        lambda: grant(CONVENED, MODERATOR, GUEST, [1], "convene"),
    ),
    "the seat grants the report of a rekeyed case": (
        REKEYED,
        lambda: grant(REKEYED, SEAT, ADVISER, [1], "rekey"),
    ),
    "a manager grants the report of a rekeyed case": (
        REKEYED,
        lambda: grant(REKEYED, ADVISER, DEPUTY, [1], "rekey"),
    ),
    "two managers grant history": (
        CONVENED,
        lambda: grant(
            CONVENED, ADVISER, GUEST, [1, 2], "history", second(CONVENED, DEPUTY, GUEST, [1, 2])
        ),
    ),
    "a manager and the seat grant history": (
        CONVENED,
        lambda: grant(CONVENED, ADVISER, GUEST, [2], "history", second(CONVENED, SEAT, GUEST, [2])),
    ),
    "an entry stands in the current epoch": (CONVENED, lambda: entry(CONVENED)),
}
