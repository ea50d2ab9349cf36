"""Cases on SQL: exactly the closed list of what the server knows."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, Final

import sqlalchemy as sa

from fallberatung.roundtable.procedure.ports import (
    Acknowledged,
    Case,
    CaseId,
    Cases,
    KeptDeadline,
    KeptRecord,
    Membership,
)
from fallberatung.store.case_rows import case_of, columns_of, here, is_of
from fallberatung.store.tables import (
    acknowledgements,
    case_codes,
    case_members,
    cases,
    deadlines,
    records,
)

_HASH_BYTES: Final = 32

# Statements are made once: building them anew costs more than running them.
_TOUCH: Final = (
    sa.update(cases)
    .where(is_of(cases))
    .values(audit_n=cases.c.audit_n + 1)
    .returning(cases.c.audit_n)
)
_FIND: Final = sa.select(cases).where(is_of(cases))
_ADD: Final = sa.insert(cases)
_ADVANCE: Final = sa.update(cases).where(is_of(cases))
_ADD_RECORD: Final = sa.insert(records)
_CODE: Final = sa.select(case_codes.c.code).where(
    case_codes.c.area == sa.bindparam("area"), case_codes.c.code == sa.bindparam("code")
)
_TAKE_CODE: Final = sa.insert(case_codes)
_MEMBERS: Final = (
    sa.select(case_members.c.key_id, case_members.c.cap, case_members.c.role)
    .where(is_of(case_members), case_members.c.to_epoch.is_(None))
    .order_by(case_members.c.key_id)
)
_END_MEMBER: Final = sa.update(case_members).where(
    is_of(case_members),
    case_members.c.key_id == sa.bindparam("ended"),
    case_members.c.to_epoch.is_(None),
)
_BEGIN_MEMBER: Final = sa.insert(case_members)
_EVER: Final = (
    sa.select(case_members.c.key_id)
    .where(is_of(case_members))
    .distinct()
    .order_by(case_members.c.key_id)
)
_ACKNOWLEDGED: Final = sa.select(acknowledgements).where(
    is_of(acknowledgements), acknowledgements.c.last == sa.bindparam("of_last")
)
_ACKNOWLEDGE: Final = sa.insert(acknowledgements)
_DEADLINES: Final = (
    sa.select(deadlines)
    .where(is_of(deadlines))
    .order_by(deadlines.c.due, deadlines.c.kind, deadlines.c.session)
)
_DROP_DEADLINE: Final = sa.delete(deadlines).where(
    is_of(deadlines),
    deadlines.c.kind == sa.bindparam("of_kind"),
    deadlines.c.session == sa.bindparam("of_session"),
)
_SET_DEADLINE: Final = sa.insert(deadlines)
_WITH_MEMBER: Final = (
    sa.select(cases)
    .join(
        case_members,
        (case_members.c.area == cases.c.area) & (case_members.c.case_id == cases.c.case_id),
    )
    .where(
        case_members.c.area == sa.bindparam("area"),
        case_members.c.key_id == sa.bindparam("key_id"),
        case_members.c.to_epoch.is_(None),
    )
    .order_by(cases.c.code)
)


class SqlCases:
    """Cases bound to one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def touch(self, area: str, case: CaseId) -> int | None:
        """Count one more act; the row stays locked until the transaction ends."""
        count: int | None = self._connection.scalar(_TOUCH, here(area, case))
        return count

    def find(self, area: str, case: CaseId) -> Case | None:
        """Return the case."""
        row = self._connection.execute(_FIND, here(area, case)).first()
        return None if row is None else case_of(row)

    def add(self, case: Case) -> None:
        """Insert a case nobody has acted on yet."""
        self._connection.execute(_ADD, {**columns_of(case), "audit_n": 0})

    def take_code(self, area: str, code: str) -> bool:
        """Reserve a code unless it was ever given."""
        taken = {"area": area, "code": code}
        if self._connection.execute(_CODE, taken).first() is not None:
            return False
        self._connection.execute(_TAKE_CODE, taken)
        return True

    def advance(self, case: Case) -> None:
        """Overwrite what moves."""
        moves = {
            "state": case.state,
            "phase": case.phase,
            "session": case.session,
            "head": case.head,
            "seq": case.seq,
            "epoch": case.epoch,
            "epoch_why": case.epoch_why,
            "is_convened": case.is_convened,
        }
        self._connection.execute(_ADVANCE, here(case.area, case.case, **moves))

    def add_record(self, area: str, case: CaseId, record: KeptRecord) -> None:
        """Insert one record."""
        columns = {"area": area, "case_id": case, **_shallow(record)}
        self._connection.execute(_ADD_RECORD, columns)

    def members(self, area: str, case: CaseId) -> Sequence[Membership]:
        """Return the members of the current epoch."""
        rows = self._connection.execute(_MEMBERS, here(area, case))
        return tuple(Membership(row.key_id, row.cap, row.role) for row in rows)

    def set_members(
        self, area: str, case: CaseId, epoch: int, members: Sequence[Membership]
    ) -> None:
        """End the parts that change and begin the new ones; an unchanged part goes on."""
        before, now = set(self.members(area, case)), set(members)
        ended = [here(area, case, ended=each.key_id, to_epoch=epoch - 1) for each in before - now]
        place = {"area": area, "case_id": case, "from_epoch": epoch}
        begun = [{**place, **_shallow(each)} for each in now - before]
        if ended:
            self._connection.execute(_END_MEMBER, ended)
        if begun:
            self._connection.execute(_BEGIN_MEMBER, begun)

    def ever_members(self, area: str, case: CaseId) -> Sequence[bytes]:
        """Return everybody who was ever a member."""
        return tuple(self._connection.scalars(_EVER, here(area, case)))

    def acknowledged(self, area: str, case: CaseId, last: bytes) -> Acknowledged | None:
        """Return the first answer to a request."""
        row = self._connection.execute(_ACKNOWLEDGED, here(area, case, of_last=last)).first()
        if row is None:
            return None
        digests = _parted(row.records)
        return Acknowledged(row.last, digests, row.seq, row.leaf, row.salt, row.value, row.note)

    def acknowledge(self, area: str, case: CaseId, answer: Acknowledged) -> None:
        """Keep the first answer."""
        columns = {**_shallow(answer), "records": b"".join(answer.records)}
        self._connection.execute(_ACKNOWLEDGE, {"area": area, "case_id": case, **columns})

    def deadlines(self, area: str, case: CaseId) -> Sequence[KeptDeadline]:
        """Return the deadlines, the next one first."""
        rows = self._connection.execute(_DEADLINES, here(area, case))
        return tuple(
            KeptDeadline(row.kind, row.session, row.due, row.band, row.policy, row.signed)
            for row in rows
        )

    def set_deadline(self, area: str, case: CaseId, deadline: KeptDeadline) -> None:
        """Put the deadline in the place of its kind and session."""
        place = here(area, case, of_kind=deadline.kind, of_session=deadline.session)
        self._connection.execute(_DROP_DEADLINE, place)
        columns = {"area": area, "case_id": case, **_shallow(deadline)}
        self._connection.execute(_SET_DEADLINE, columns)

    def with_member(self, area: str, key_id: bytes) -> Sequence[Case]:
        """Return the cases this key has a part in now."""
        rows = self._connection.execute(_WITH_MEMBER, {"area": area, "key_id": key_id})
        return tuple(case_of(row) for row in rows)


_cases: type[Cases] = SqlCases


def _parted(joined: bytes) -> tuple[bytes, ...]:
    starts: Iterable[int] = range(0, len(joined), _HASH_BYTES)
    return tuple(joined[start : start + _HASH_BYTES] for start in starts)


def _shallow(value: KeptRecord | Membership | Acknowledged | KeptDeadline) -> dict[str, Any]:
    # The columns are called like the attributes; `dataclasses.asdict` would copy every byte.
    return {field.name: getattr(value, field.name) for field in fields(value)}
