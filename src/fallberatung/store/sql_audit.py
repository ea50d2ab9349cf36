"""The access log's ports on SQL: outbox, leaves, tiles, head and checkpoints.

See docs/spec/audit.md#integration.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from fallberatung.audit.ports import Head, LeafRow, Log, Outbox, OutboxRow
from fallberatung.store.errors import DatabaseError
from fallberatung.store.tables import (
    audit_checkpoint,
    audit_head,
    audit_leaf,
    audit_outbox,
    audit_quarantine,
    audit_tile,
)

_IS_DUE: Final = sa.or_(
    audit_outbox.c.hold_until_ms.is_(None),
    audit_outbox.c.hold_until_ms <= sa.bindparam("now_ms"),
)
_ADD: Final = sa.insert(audit_outbox)
_DUE: Final = (
    sa.select(audit_outbox).where(_IS_DUE).order_by(audit_outbox.c.seq).limit(sa.bindparam("most"))
)
_DRAIN: Final = sa.delete(audit_outbox).where(audit_outbox.c.seq == sa.bindparam("drained"))
_OLDEST: Final = sa.select(
    sa.func.min(sa.func.coalesce(audit_outbox.c.hold_until_ms, audit_outbox.c.db_ms))
).where(_IS_DUE)


class SqlOutbox:
    """Where commands leave their entries."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, row: OutboxRow) -> None:
        """Insert the row; its `seq` is given by the database."""
        self._connection.execute(
            _ADD,
            {
                "entry_id": row.entry_id,
                "leaf": row.leaf,
                "openings": row.openings,
                "db_ms": row.db_ms,
                "hold_until_ms": row.hold_until_ms,
            },
        )


class SqlLog:
    """The tree and what has to go into it."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def head(self) -> Head | None:
        """Return the head; the writer's transaction already excludes other integrators."""
        row = self._connection.execute(sa.select(audit_head).with_for_update()).first()
        return None if row is None else Head(row.origin, row.size, row.frontier, row.root)

    def found(self, head: Head) -> None:
        """Store the first head, once."""
        if self.head() is not None:
            raise DatabaseError("the log is founded already")
        self._connection.execute(sa.insert(audit_head).values(_of_head(head)))

    def due(self, now_ms: int, limit: int) -> Sequence[OutboxRow]:
        """Return rows whose hold is over, in the order of their `seq`."""
        rows = self._connection.execute(_DUE, {"now_ms": now_ms, "most": limit})
        return tuple(
            OutboxRow(row.entry_id, row.leaf, row.openings, row.db_ms, row.hold_until_ms, row.seq)
            for row in rows
        )

    def drain(self, seqs: Sequence[int]) -> None:
        """Delete exactly these rows."""
        if seqs:
            self._connection.execute(_DRAIN, [{"drained": seq} for seq in seqs])

    def append(self, rows: Sequence[LeafRow]) -> None:
        """Insert leaves; the keys of the table refuse doubles."""
        if rows:
            self._connection.execute(
                sa.insert(audit_leaf),
                [
                    {
                        "idx": row.index,
                        "entry_id": row.entry_id,
                        "leaf": row.leaf,
                        "leaf_hash": row.leaf_hash,
                        "openings": row.openings,
                    }
                    for row in rows
                ],
            )

    def tile(self, level: int, n: int) -> bytes | None:
        """Return a tile as far as it has grown."""
        found: bytes | None = self._connection.scalar(
            sa.select(audit_tile.c.nodes).where(audit_tile.c.level == level, audit_tile.c.n == n)
        )
        return found

    def put_tile(self, level: int, n: int, data: bytes) -> None:
        """Replace a tile by its longer self."""
        here = (audit_tile.c.level == level) & (audit_tile.c.n == n)
        grown = self._connection.execute(sa.update(audit_tile).where(here).values(nodes=data))
        if grown.rowcount == 0:
            self._connection.execute(sa.insert(audit_tile).values(level=level, n=n, nodes=data))

    def move(self, head: Head) -> None:
        """Move the head of the same origin forward, never back."""
        moved = self._connection.execute(
            sa.update(audit_head)
            .where(audit_head.c.origin == head.origin, audit_head.c.size <= head.size)
            .values(_of_head(head))
        )
        if moved.rowcount != 1:
            raise DatabaseError("the head of the log moves forward only")

    def put_checkpoint(self, size: int, root: bytes, note: str, created_ms: int) -> None:
        """Insert a checkpoint; the key refuses a second one of the same size."""
        self._connection.execute(
            sa.insert(audit_checkpoint).values(
                size=size, root=root, note=note, created_ms=created_ms
            )
        )

    def checkpoint(self) -> str | None:
        """Return the newest checkpoint."""
        note: str | None = self._connection.scalar(
            sa.select(audit_checkpoint.c.note).order_by(audit_checkpoint.c.size.desc()).limit(1)
        )
        return note

    def leaves(self, start: int, end: int) -> Sequence[LeafRow]:
        """Return a run of leaves."""
        rows = self._connection.execute(
            sa.select(audit_leaf)
            .where(audit_leaf.c.idx >= start, audit_leaf.c.idx < end)
            .order_by(audit_leaf.c.idx)
        )
        return tuple(
            LeafRow(row.idx, row.entry_id, row.leaf, row.leaf_hash, row.openings) for row in rows
        )

    def quarantine(self, row: OutboxRow, reason: str) -> None:
        """Keep a row that cannot enter the tree; keeping it twice is the same as once."""
        digest = hashlib.sha256(row.leaf).digest()
        known = sa.select(audit_quarantine.c.sha256).where(audit_quarantine.c.sha256 == digest)
        if self._connection.execute(known).first() is None:
            self._connection.execute(
                sa.insert(audit_quarantine).values(
                    sha256=digest, leaf=row.leaf, openings=row.openings, reason=reason
                )
            )

    def oldest_due_ms(self, now_ms: int) -> int | None:
        """Return since when the oldest due row has been waiting."""
        oldest: int | None = self._connection.scalar(_OLDEST, {"now_ms": now_ms})
        return oldest


_outbox: type[Outbox] = SqlOutbox
_log: type[Log] = SqlLog


def _of_head(head: Head) -> dict[str, str | int | bytes]:
    return {
        "origin": head.origin,
        "size": head.size,
        "frontier": head.frontier,
        "root": head.root,
    }
