"""Routes of a case's life: one act each, one entry in the log each."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from fallberatung.api import translate
from fallberatung.api.declared import AT_A_CASE, SIGNED_IN
from fallberatung.bootstrap.service import Service
from fallberatung.wire.cases import (
    Acceptance,
    Addition,
    Appended,
    CaseFacts,
    Cases,
    Filed,
    Filing,
    Handover,
    PhaseChange,
    Records,
)
from fallberatung.wire.codes import Purpose
from fallberatung.wire.deadlines import DeadlineChoice, ReviewDate, ReviewDates
from fallberatung.workflow import conclude, convene, deliberate, intake
from fallberatung.workflow.work import Context

From = Annotated[int, QueryParameter(name="from", ge=1, le=2**31)]
To = Annotated[int | None, QueryParameter(name="to", ge=1, le=2**31)]


@post("/cases", operation_id="fileCase", responses=AT_A_CASE)
async def file_case(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    data: JSONBody[Filing],
) -> Response[Filed]:
    """File a case; filing the very same again answers 200 with the first receipt."""
    return translate.filed(await service.write(intake.submit(context, translate.filing(data))))


@get("/cases", operation_id="listCases", responses=SIGNED_IN)
async def list_cases(service: NamedDependency[Service], context: NamedDependency[Context]) -> Cases:
    """Return the cases of this account: its own, and those it is a member of."""
    lines = await service.read(lambda work: deliberate.listed(work, context))
    return Cases(cases=tuple(translate.summary(line) for line in lines))


@get("/cases/{case:str}", operation_id="caseFacts", responses=AT_A_CASE)
async def case_facts(
    service: NamedDependency[Service], context: NamedDependency[Context], case: FromPath[str]
) -> CaseFacts:
    """Return what stands beside the records."""
    done = await service.write(deliberate.look(context, translate.case_id(case)))
    return translate.facts(done.result)


@get("/cases/{case:str}/records", operation_id="readRecords", responses=AT_A_CASE)
async def read_records(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    case: FromPath[str],
    why: FromQuery[Purpose],
    first: From = 1,
    last: To = None,
) -> Records:
    """Return a run of sealed records, at most 500; the reading stands in the log before."""
    step = deliberate.read(context, translate.case_id(case), purpose=why, first=first, last=last)
    loader = await service.audited(step)
    leave = loader.granted.result
    kept = await loader.load(
        lambda sealed: sealed.contents.records(
            leave.case.area, leave.case.case, leave.first, leave.last
        )
    )
    return Records(
        records=translate.sealed(kept),
        head=leave.case.head,
        seq=leave.case.seq,
        bundles=leave.bundles,
    )


@post("/cases/{case:str}/claim", operation_id="claimCase", responses=AT_A_CASE)
async def claim_case(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    case: FromPath[str],
    data: JSONBody[Handover],
) -> Response[Appended]:
    """Take a case from the desk with its second epoch."""
    step = intake.claim(context, translate.case_id(case), translate.records(data.records))
    return translate.appended(await service.write(step))


@post("/cases/{case:str}/accept", operation_id="acceptCase", responses=AT_A_CASE)
async def accept_case(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    case: FromPath[str],
    data: JSONBody[Acceptance],  # noqa: ARG001  # the body is empty, and nothing else is taken
) -> Response[Appended]:
    """Accept the screened case."""
    step = intake.accept(context, translate.case_id(case))
    return translate.appended(await service.write(step))


@post("/cases/{case:str}/convene", operation_id="conveneTable", responses=AT_A_CASE)
async def convene_table(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    case: FromPath[str],
    data: JSONBody[Handover],
) -> Response[Appended]:
    """Seat the table: the next epoch, then a grant of epoch 1 to each of its members."""
    step = convene.convene(context, translate.case_id(case), translate.records(data.records))
    return translate.appended(await service.write(step))


@post("/cases/{case:str}/records", operation_id="appendRecord", responses=AT_A_CASE)
async def append_record(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    case: FromPath[str],
    data: JSONBody[Addition],
) -> Response[Appended]:
    """Append one sealed entry; appending the very same again answers 200 as before."""
    (record,) = translate.records((data.record,))
    step = deliberate.append(context, translate.case_id(case), record)
    return translate.appended(await service.write(step))


@post("/cases/{case:str}/phase", operation_id="setPhase", responses=AT_A_CASE)
async def set_phase(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    case: FromPath[str],
    data: JSONBody[PhaseChange],
) -> Response[Appended]:
    """Lead the case one step on."""
    step = conclude.set_state(context, translate.case_id(case), data.state)
    return translate.appended(await service.write(step))


@get("/cases/{case:str}/review-dates", operation_id="reviewDates", responses=AT_A_CASE)
async def review_dates(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    case: FromPath[str],
    session: FromQuery[int],
) -> ReviewDates:
    """Return one date per band; they are good for today."""
    step = conclude.review_dates(context, translate.case_id(case), session)
    offer = (await service.write(step)).result
    return ReviewDates(
        session=offer.session,
        policy=offer.policy,
        dates=tuple(
            ReviewDate(band=each.band, due=each.due, explanation=each.explanation)
            for each in offer.candidates
        ),
    )


@post("/cases/{case:str}/deadlines", operation_id="setDeadline", responses=AT_A_CASE)
async def set_deadline(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    case: FromPath[str],
    data: JSONBody[DeadlineChoice],
) -> Response[Appended]:
    """Set the offered date somebody chose and signed."""
    choice = conclude.Choice(
        session=data.session,
        band=data.band,
        due=data.due,
        policy=data.policy,
        signed=data.signed,
    )
    step = conclude.set_deadline(context, translate.case_id(case), choice)
    return translate.appended(await service.write(step))
