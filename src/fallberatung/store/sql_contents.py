"""The sealed records on SQL, for readers whose reading stands in the log."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from fallberatung.roundtable.procedure.ports import CaseId, Contents, KeptRecord
from fallberatung.store.case_rows import here, is_of
from fallberatung.store.tables import records

_RUN: Final = (
    sa.select(records)
    .where(
        is_of(records),
        records.c.seq >= sa.bindparam("first"),
        records.c.seq <= sa.bindparam("last"),
    )
    .order_by(records.c.seq)
)


class SqlContents:
    """The sealed records, bound to a reader's connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def records(self, area: str, case: CaseId, first: int, last: int) -> Sequence[KeptRecord]:
        """Return a run of records."""
        rows = self._connection.execute(_RUN, here(area, case, first=first, last=last))
        return tuple(
            KeptRecord(
                row.seq,
                row.epoch,
                row.kind,
                row.ret,
                row.size_class,
                row.digest,
                row.header,
                row.body,
                row.at,
            )
            for row in rows
        )


_contents: type[Contents] = SqlContents
