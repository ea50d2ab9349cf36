"""An audit log in memory that keeps what the ports promise and refuses what they forbid."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fallberatung.audit.ports import Head, LeafRow, OutboxRow


@dataclass
class MemoryLog:
    """Both ports of the audit room, for one thread and without transactions."""

    rows: list[OutboxRow] = field(default_factory=list)
    tree: list[LeafRow] = field(default_factory=list)
    tiles: dict[tuple[int, int], bytes] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    set_aside: list[tuple[OutboxRow, str]] = field(default_factory=list)
    stored_head: Head | None = None
    last_seq: int = 0

    def add(self, row: OutboxRow) -> None:
        """Give the row the next sequence number."""
        self.last_seq += 1
        self.rows.append(replace(row, seq=self.last_seq))

    def head(self) -> Head | None:
        """Return the head, None before `found`."""
        return self.stored_head

    def found(self, head: Head) -> None:
        """Store the first head."""
        assert self.stored_head is None, "a log is founded once"
        self.stored_head = head

    def due(self, now_ms: int, limit: int) -> Sequence[OutboxRow]:
        """Return the rows whose hold is over."""
        over = [row for row in self.rows if (row.hold_until_ms or 0) <= now_ms]
        return sorted(over, key=lambda row: row.seq or 0)[:limit]

    def drain(self, seqs: Sequence[int]) -> None:
        """Remove rows that are there."""
        drained = set(seqs)
        assert drained <= {row.seq for row in self.rows}, "only rows that exist are drained"
        self.rows = [row for row in self.rows if row.seq not in drained]

    def append(self, rows: Sequence[LeafRow]) -> None:
        """Add leaves densely and once."""
        for row in rows:
            assert row.index == len(self.tree), "indexes have no gaps"
            assert row.entry_id not in {known.entry_id for known in self.tree[-512:]}
            self.tree.append(row)

    def tile(self, level: int, n: int) -> bytes | None:
        """Return a tile as far as it has grown."""
        return self.tiles.get((level, n))

    def put_tile(self, level: int, n: int, data: bytes) -> None:
        """Store a tile that continues its predecessor."""
        assert data.startswith(self.tiles.get((level, n), b"")), "a tile only grows"
        self.tiles[level, n] = data

    def move(self, head: Head) -> None:
        """Move the head forward."""
        assert self.stored_head is not None, "a log is founded first"
        assert (head.origin, True) == (self.stored_head.origin, head.size >= self.stored_head.size)
        self.stored_head = head

    def put_checkpoint(self, size: int, root: bytes, note: str, created_ms: int) -> None:
        """Add a checkpoint once."""
        assert size not in self.notes, "a checkpoint is never changed"
        self.notes[size] = note

    def checkpoint(self) -> str | None:
        """Return the newest checkpoint."""
        return self.notes[max(self.notes)] if self.notes else None

    def leaves(self, start: int, end: int) -> Sequence[LeafRow]:
        """Return a dense part of the tree."""
        return self.tree[start:end]

    def quarantine(self, row: OutboxRow, reason: str) -> None:
        """Set a row aside."""
        self.set_aside.append((row, reason))

    def oldest_due_ms(self, now_ms: int) -> int | None:
        """Return since when the oldest due row waits."""
        waiting = [
            row.db_ms if row.hold_until_ms is None else row.hold_until_ms
            for row in self.due(now_ms, len(self.rows))
        ]
        return min(waiting, default=None)
