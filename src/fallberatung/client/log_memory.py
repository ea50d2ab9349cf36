"""The newest checkpoint this person saw of the access log, and those that others saw.

Every entry carries the checkpoint its writer saw. A server that shows two groups two different
logs of the same size is found out as soon as one of each group sits at one table. Thin for now:
of checkpoints of different size only "not smaller" is checked here; that the larger continues the
smaller is what the verified export proves.
"""

from collections.abc import Sequence
from dataclasses import replace

from fallberatung.audit.checkpoint import Checkpoint, verify_checkpoint
from fallberatung.audit.errors import ForkError, RollbackError
from fallberatung.client.hands import Hands
from fallberatung.crypto.sealed.fbcbor import Value
from fallberatung.roundtable.deliberation.compose import Stamp


def newest_checkpoint(hands: Hands) -> Checkpoint | None:
    """Fetch the checkpoint, verify its signature, hold it against the one remembered, keep it.

    Returns:
        The checkpoint; None from a log that has not signed one yet.

    Raises:
        NoteError, SignatureError: not signed by the pinned key.
        RollbackError: smaller than the one remembered.
        ForkError: of the same size with another root.
    """
    note = hands.house.text("/audit/checkpoint")
    known = _remembered(hands)
    if not note:
        if known is not None:
            raise RollbackError("the log is shorter than seen before")
        return None
    shown = verify_checkpoint(note, hands.policy)
    if known is not None:
        _compare(known, shown)
    if known != shown:
        hands.keep(replace(hands.belongings, checkpoint=note))
    return shown


def stamp(hands: Hands) -> Stamp:
    """Make the stamp of an entry written now: this clock, and the newest checkpoint."""
    shown = newest_checkpoint(hands)
    seen = None if shown is None else (shown.size, shown.root)
    return Stamp(int(hands.clock().timestamp()), seen)


def check_gossip(hands: Hands, seen_by_others: Sequence[Value]) -> None:
    """Hold the checkpoints in opened entries against one's own and against each other.

    Raises:
        ForkError: two of the same size name different roots.
    """
    known = _remembered(hands)
    roots: dict[int, bytes] = {} if known is None else {known.size: known.root}
    for seen in seen_by_others:
        match seen:
            case [int() as size, bytes() as root]:
                if roots.setdefault(size, root) != root:
                    raise ForkError("two people saw different logs of the same size")


def _remembered(hands: Hands) -> Checkpoint | None:
    note = hands.belongings.checkpoint
    return None if note is None else verify_checkpoint(note, hands.policy)


def _compare(known: Checkpoint, shown: Checkpoint) -> None:
    if shown.size < known.size:
        raise RollbackError("the log is shorter than seen before")
    if shown.size == known.size and shown.root != known.root:
        raise ForkError("the log is another one than seen before")
