"""Which account filed which case, on SQL: shown to nobody but that account."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from fallberatung.roundtable.procedure.ports import Case, CaseId, OwnCases
from fallberatung.store.case_rows import case_of, here, is_of
from fallberatung.store.tables import cases, own_cases

_ADD: Final = sa.insert(own_cases)
_IS_OWN: Final = sa.select(own_cases.c.uid).where(
    is_of(own_cases), own_cases.c.uid == sa.bindparam("uid")
)
_OF: Final = (
    sa.select(cases)
    .join(
        own_cases,
        (own_cases.c.area == cases.c.area) & (own_cases.c.case_id == cases.c.case_id),
    )
    .where(own_cases.c.area == sa.bindparam("area"), own_cases.c.uid == sa.bindparam("uid"))
    .order_by(cases.c.code)
)


class SqlOwnCases:
    """Who filed which case."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, area: str, case: CaseId, uid: bytes) -> None:
        """Insert the pair."""
        self._connection.execute(_ADD, {"area": area, "case_id": case, "uid": uid})

    def is_own(self, area: str, case: CaseId, uid: bytes) -> bool:
        """Tell whether the pair exists."""
        return self._connection.execute(_IS_OWN, here(area, case, uid=uid)).first() is not None

    def of(self, area: str, uid: bytes) -> Sequence[Case]:
        """Return the account's cases."""
        rows = self._connection.execute(_OF, {"area": area, "uid": uid})
        return tuple(case_of(row) for row in rows)


_own_cases: type[OwnCases] = SqlOwnCases
