"""A case and its row: how the one becomes the other, and how rows of a case are found."""

from typing import Any

import sqlalchemy as sa

from fallberatung.roundtable.procedure.ports import Case, CaseId, PseudonymisationReceipt


def is_of(table: sa.Table) -> sa.ColumnElement[bool]:
    """Say that a row of this table belongs to the case given as `here`."""
    return sa.and_(
        table.c.area == sa.bindparam("of_area"), table.c.case_id == sa.bindparam("of_case")
    )


def here(area: str, case: CaseId, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # any column
    """Name the case that `is_of` speaks of, beside other values."""
    return {"of_area": area, "of_case": case, **more}


def case_of(row: sa.Row[Any]) -> Case:
    """Read a case off its row."""
    return Case(
        area=row.area,
        case=CaseId(row.case_id),
        code=row.code,
        asking_kind=row.asking_kind,
        legal_basis=row.legal_basis,
        urgency=row.urgency,
        frame=row.frame,
        state=row.state,
        phase=row.phase,
        session=row.session,
        land=row.land,
        seat_key=row.seat_key,
        seat=row.seat,
        head=row.head,
        seq=row.seq,
        epoch=row.epoch,
        epoch_why=row.epoch_why,
        is_convened=row.is_convened,
        receipt=PseudonymisationReceipt(row.receipt_policy, row.receipt_version),
    )


def columns_of(case: Case) -> dict[str, Any]:
    """Write a case into its columns, all but the counter of acts."""
    return {
        "area": case.area,
        "case_id": case.case,
        "code": case.code,
        "asking_kind": case.asking_kind,
        "legal_basis": case.legal_basis,
        "urgency": case.urgency,
        "frame": case.frame,
        "state": case.state,
        "phase": case.phase,
        "session": case.session,
        "land": case.land,
        "seat_key": case.seat_key,
        "seat": case.seat,
        "head": case.head,
        "seq": case.seq,
        "epoch": case.epoch,
        "epoch_why": case.epoch_why,
        "is_convened": case.is_convened,
        "receipt_policy": case.receipt.policy,
        "receipt_version": case.receipt.version,
    }
