"""The integrator: moves committed entries from the outbox into the tree and signs the result.

Thin for now: it runs inside the serving process, as a duty of its single writer. Everything
below happens in ONE writing transaction of the caller, so a crash at any point leaves either
the old tree or the new one with its checkpoint. See docs/spec/audit.md#integration.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from fallberatung.audit.commitment import check_opening
from fallberatung.audit.entry import Actor, Occurrence, make_entry
from fallberatung.audit.errors import EntryError, LogBrokenError, OpeningError
from fallberatung.audit.leaf import milliseconds, parse_leaf
from fallberatung.audit.openings import decode_openings
from fallberatung.audit.outbox import outbox_row
from fallberatung.audit.ports import Head, LeafRow, Log, OutboxRow
from fallberatung.audit.tiles import grow
from fallberatung.audit.tree import EMPTY_ROOT, Frontier, leaf_hash
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.crypto.sealed.digest import sha256

Random: TypeAlias = Callable[[int], bytes]
Sign: TypeAlias = Callable[[int, bytes], str]
"""Signs size and root as a checkpoint note."""

SOURCE: Final = "integrator"
_INTEGRATOR: Final = Actor("integrator", "service", "service")
_SHUFFLE_BYTES: Final = 16


def found_log(log: Log, origin: str, sign: Sign, now: datetime) -> None:
    """Begin a log: an empty tree and its first checkpoint. An origin is never used twice."""
    log.found(Head(origin, 0, b"", EMPTY_ROOT))
    log.put_checkpoint(0, EMPTY_ROOT, sign(0, EMPTY_ROOT), milliseconds(now))


def integrate(log: Log, sign: Sign, now: datetime, random: Random, limit: int = 4096) -> int:
    """Append the due entries to the tree, sign it, and return how many leaves were added.

    Nothing due, nothing done. A row that is no entry, or whose openings do not match it, is put
    aside and a ``log.quarantine`` entry with the SHA-256 of its leaf takes its place, so that
    one bad row neither stops the log nor vanishes.

    Args:
        log: The store, inside the caller's transaction.
        sign: Called once, with the new size and root.
        now: Which holds are over.
        random: Randomness for the order of held rows and for quarantine entries.
        limit: Most rows taken at once.

    Raises:
        LogBrokenError: The stored tree contradicts itself; nothing may be committed.
    """
    head = log.head()
    if head is None:
        raise LogBrokenError("log was not founded")
    due = log.due(milliseconds(now), limit)
    if not due:
        return 0
    leaves = _leaves(head.size, _admitted(log, _ordered(due, random), now, random))
    moved = _moved(head, leaves)
    log.append(leaves)
    grow(log.tile, log.put_tile, head.size, [row.leaf_hash for row in leaves])
    log.move(moved)
    log.drain([row.seq for row in due if row.seq is not None])
    log.put_checkpoint(moved.size, moved.root, sign(moved.size, moved.root), milliseconds(now))
    return len(leaves)


def _ordered(due: Sequence[OutboxRow], random: Random) -> list[OutboxRow]:
    # Held rows go first and in random order: neither their neighbours nor their sequence tells
    # when within the hour a seat acted.
    held = [row for row in due if row.hold_until_ms is not None]
    others = [row for row in due if row.hold_until_ms is None]
    return [
        *sorted(held, key=lambda _: random(_SHUFFLE_BYTES)),
        *sorted(others, key=lambda row: row.seq or 0),
    ]


def _admitted(
    log: Log, rows: Sequence[OutboxRow], now: datetime, random: Random
) -> list[OutboxRow]:
    admitted: list[OutboxRow] = []
    seen: set[bytes] = set()
    for row in rows:
        reason = "repeated" if row.entry_id in seen else _fault(row)
        if reason is not None:
            log.quarantine(row, reason)
        admitted.append(row if reason is None else _quarantine_row(row, reason, now, random))
        seen.add(row.entry_id)
    return admitted


def _fault(row: OutboxRow) -> str | None:
    try:
        leaf = parse_leaf(row.leaf)
        openings = decode_openings(row.openings)
        for opening in openings:
            check_opening(leaf, opening)
    except EntryError:
        return "leaf"
    except OpeningError:
        return "openings"
    if leaf.entry_id != row.entry_id:
        return "identity"
    is_complete = [opening.field for opening in openings] == [name for name, _ in leaf.commitments]
    return None if is_complete else "openings"


def _quarantine_row(row: OutboxRow, reason: str, now: datetime, random: Random) -> OutboxRow:
    detail = {"leaf": b64u(sha256(row.leaf)), "reason": reason}
    occurrence = Occurrence("log.quarantine", "ok", _INTEGRATOR, now, SOURCE, detail=detail)
    return outbox_row(make_entry(occurrence, random), now)


def _leaves(size: int, rows: Sequence[OutboxRow]) -> list[LeafRow]:
    return [
        LeafRow(index, row.entry_id, row.leaf, leaf_hash(row.leaf), row.openings)
        for index, row in enumerate(rows, start=size)
    ]


def _moved(head: Head, leaves: Sequence[LeafRow]) -> Head:
    frontier = Frontier.load(head.size, head.frontier)
    if frontier.root() != head.root:
        raise LogBrokenError("head and frontier differ")
    for row in leaves:
        frontier.add(row.leaf_hash)
    return Head(head.origin, frontier.size, frontier.dump(), frontier.root())
