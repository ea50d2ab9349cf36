"""Routes of the access log: its newest checkpoint, its keys, and the evidence bundle."""

from typing import Final

from litestar import MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.status_codes import HTTP_200_OK

from fallberatung.api.declared import OPEN, problems
from fallberatung.api.middleware import PUBLIC
from fallberatung.audit.bundle import write_bundle
from fallberatung.bootstrap.service import Service
from fallberatung.wire.log import ExportOrder
from fallberatung.workflow import log
from fallberatung.workflow.work import Context

TAR: Final = "application/x-tar"


@get(
    "/audit/checkpoint",
    operation_id="checkpoint",
    opt={PUBLIC: True},
    responses=OPEN,
    media_type=MediaType.TEXT,
)
async def checkpoint(service: NamedDependency[Service]) -> str:
    """Return the newest signed checkpoint: size and root, nothing else."""
    return await service.read(lambda work: work.log.checkpoint()) or ""


@get(
    "/audit/policy",
    operation_id="logPolicy",
    opt={PUBLIC: True},
    responses=OPEN,
    media_type=MediaType.TEXT,
)
async def policy(service: NamedDependency[Service]) -> str:
    """Return the keys of the log; whoever verifies compares them by another way."""
    return log.policy_text(service.house)


@post(
    "/audit/export",
    operation_id="exportLog",
    responses=problems(401, 403, 413, 415, 422),
    status_code=HTTP_200_OK,
    media_type=TAR,
)
async def export_log(
    service: NamedDependency[Service],
    context: NamedDependency[Context],
    data: JSONBody[ExportOrder],
) -> Response[bytes]:
    """Return the evidence bundle of a range of entries; the export stands in the log before."""
    step = log.export(context, start=data.start, end=data.end, purpose=data.why, reason=data.reason)
    loader = await service.audited(step)
    start, end = loader.granted
    text = log.policy_text(service.house)
    bundle = await loader.load(
        lambda sealed: write_bundle(sealed.log, start, end, context.now, text)
    )
    return Response(bundle, media_type=TAR)
