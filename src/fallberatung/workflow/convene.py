"""From the accepted case to the round table: all members, and the report for each of them."""

from collections.abc import Sequence
from dataclasses import replace

from fallberatung.crypto.sealed.records import Record
from fallberatung.roundtable.procedure.ports import CaseId
from fallberatung.roundtable.procedure.states import State, next_state
from fallberatung.workflow.chains import Extension, Moved, extend, moved, repeated
from fallberatung.workflow.steps import Act, Done, Step, Visit, case_step, moment_of
from fallberatung.workflow.work import Context, Work

AFTER_SCREENING = "after_screening"


def convene(context: Context, case: CaseId, records: Sequence[Record]) -> Step[Done[Moved]]:
    """Seat the table: the next epoch with everybody, then grants of exactly epoch 1.

    Refused where the area allows no tables (`tables_not_allowed`).
    """

    def act(work: Work, visit: Visit) -> Act[Moved]:
        tables_allowed = work.area().tables == AFTER_SCREENING
        was = State(visit.case.state)
        state = next_state(was, "case.convene", tables_allowed=tables_allowed)
        kinds = ("epoch", *("grant" for _ in records[1:]))
        extension = Extension(tuple(records), kinds, "convene", visit.key_id, moment_of(visit))
        after = extend(work, visit.context, visit.case, extension)
        seated = replace(after, state=state.value)
        work.cases.advance(seated)
        count = len(work.cases.members(seated.area, seated.case))
        return moved(seated, records, {"was": was.value, "count": count})

    return case_step(
        "case.convene",
        case,
        context,
        act,
        repeat=lambda work, known: repeated(work, known, records),
    )
