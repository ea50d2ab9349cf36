"""From an entry to the row that waits for the tree."""

from datetime import datetime

from fallberatung.audit.entry import Entry
from fallberatung.audit.leaf import milliseconds
from fallberatung.audit.openings import encode_openings
from fallberatung.audit.ports import OutboxRow


def outbox_row(entry: Entry, now: datetime) -> OutboxRow:
    """Make the row to add in the transaction of the command.

    A held row carries its full hour instead of `now` (docs/spec/audit.md#seats).
    """
    held = entry.hold_until
    return OutboxRow(
        entry_id=entry.entry_id,
        leaf=entry.leaf,
        openings=encode_openings(entry.openings),
        db_ms=milliseconds(now) if held is None else entry.occurred_ms,
        hold_until_ms=None if held is None else milliseconds(held),
    )
