"""What this room asks of a store, and nothing about how it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An entry that is durable and waits for the tree.

    Attributes:
        entry_id: 16 bytes, those in the leaf.
        leaf: At most 2048 bytes.
        openings: As `openings.encode_openings` writes them.
        db_ms: When the row was written, milliseconds since 1970; of a held row the full hour.
        hold_until_ms: Before this moment the row must not enter the tree; set for seats only.
        seq: Given by the store when the row is added; None before. Gaps mean nothing.
    """

    entry_id: bytes
    leaf: bytes
    openings: bytes = field(repr=False)
    db_ms: int
    hold_until_ms: int | None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class LeafRow:
    """An entry that stands in the tree at `index`, counted from 0 without gaps."""

    index: int
    entry_id: bytes
    leaf: bytes
    leaf_hash: bytes
    openings: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the tree stands.

    Attributes:
        origin: The name of the log, also the name of its checkpoint key.
        size: Number of leaves.
        frontier: One 32-byte hash for each set bit of `size`, largest subtree first.
        root: RFC 6962 root hash of the first `size` leaves.
    """

    origin: str
    size: int
    frontier: bytes
    root: bytes


class Outbox(Protocol):
    """Where a command leaves its entry, inside its own transaction."""

    def add(self, row: OutboxRow) -> None:
        """Add a row; it exists if and only if the caller's transaction commits.

        Of two rows where the writer of the second could see the commit of the first, the first
        has the lower ``seq``. Nothing else is promised about order.
        """


class Log(Protocol):
    """The stored tree and its outbox, used inside ONE writing transaction at a time.

    Everything a caller does through one `Log` becomes durable together or not at all, and no
    second integrator moves the same head meanwhile.
    """

    def head(self) -> Head | None:
        """Return the head, locked against other integrators; None before `found`."""

    def found(self, head: Head) -> None:
        """Store the first head; refuse if there is one already."""

    def due(self, now_ms: int, limit: int) -> Sequence[OutboxRow]:
        """Return up to `limit` committed rows whose hold is over, in the order of ``seq``."""

    def drain(self, seqs: Sequence[int]) -> None:
        """Remove exactly these rows from the outbox."""

    def append(self, rows: Sequence[LeafRow]) -> None:
        """Add leaves; refuse an index that exists and an entry id that exists."""

    def tile(self, level: int, n: int) -> bytes | None:
        """Return the hashes of a tile as far as it has grown; None where there is none."""

    def put_tile(self, level: int, n: int, data: bytes) -> None:
        """Store a tile in place of its shorter predecessor, which is a prefix of it."""

    def move(self, head: Head) -> None:
        """Replace the head by one of the same origin that is not shorter."""

    def put_checkpoint(self, size: int, root: bytes, note: str, created_ms: int) -> None:
        """Add a signed checkpoint; one that was stored is never changed."""

    def checkpoint(self) -> str | None:
        """Return the signed checkpoint of the greatest size; None before the first."""

    def leaves(self, start: int, end: int) -> Sequence[LeafRow]:
        """Return the leaves from `start` up to but not including `end`, in order, all of them."""

    def quarantine(self, row: OutboxRow, reason: str) -> None:
        """Keep a row that cannot enter the tree, whole, under the SHA-256 of its leaf.

        The row stays in the outbox until `drain` removes it. `reason` is a code.
        """

    def oldest_due_ms(self, now_ms: int) -> int | None:
        """Return since when the oldest due row has been waiting; None when nothing is due.

        A held row waits from the end of its hold, any other from its ``db_ms``.
        """
