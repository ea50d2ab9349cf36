"""The application: routes, layers, headers, and one table of errors around them."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from litestar import Litestar, Request, Router
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from fallberatung.api import routes_cases, routes_log, routes_people
from fallberatung.api.errors import NoSuchPageError, answer
from fallberatung.api.headers import secure
from fallberatung.api.middleware import PUBLIC, middleware_of
from fallberatung.api.pages import pages
from fallberatung.api.throttle import Throttle
from fallberatung.bootstrap.service import Service
from fallberatung.workflow.accounts import Presence
from fallberatung.workflow.work import Context

PREFIX: Final = "/api/v1"
MOST_BODY: Final = 256_000
"""The largest body in bytes (docs/spec/fb-v1.md#encoding)."""

ROUTES: Final = (
    routes_people.service_facts,
    routes_people.login_params,
    routes_people.login,
    routes_people.logout,
    routes_people.join,
    routes_people.me,
    routes_people.people,
    routes_people.desk,
    routes_people.openapi,
    routes_cases.file_case,
    routes_cases.list_cases,
    routes_cases.case_facts,
    routes_cases.read_records,
    routes_cases.claim_case,
    routes_cases.accept_case,
    routes_cases.convene_table,
    routes_cases.append_record,
    routes_cases.set_phase,
    routes_cases.review_dates,
    routes_cases.set_deadline,
    routes_log.checkpoint,
    routes_log.policy,
    routes_log.export_log,
)


def create_app(
    service: Service, hosts: Iterable[str], throttle: Throttle | None = None
) -> Litestar:
    """Join the routes to a service.

    Args:
        service: the open house.
        hosts: every Host header that is answered, with its port.
        throttle: how often somebody may try to sign in.
    """
    known_throttle = throttle if throttle is not None else Throttle()
    return Litestar(
        [Router(PREFIX, route_handlers=list(ROUTES)), pages(service.pages)],
        dependencies={
            "service": Provide(lambda: service, sync_to_thread=False),
            "throttle": Provide(lambda: known_throttle, sync_to_thread=False),
            "context": Provide(_context_of(service), sync_to_thread=False),
        },
        middleware=middleware_of(service, frozenset(hosts)),
        before_send=[secure],
        exception_handlers={HTTPException: answer, Exception: answer},
        request_max_body_size=MOST_BODY,
        logging_config=None,
        openapi_config=_openapi(service),
    )


def _context_of(service: Service) -> Callable[[Request[Any, Any, Any]], Context]:
    def context_of(request: Request[Any, Any, Any]) -> Context:
        presence = request.scope.get("user")
        address = request.client.host if request.client is not None else ""
        if isinstance(presence, Presence):
            return service.context(address, presence.account, presence.session)
        return service.context(address)

    return context_of


def _no_such_page(_request: Request[Any, Any, Any]) -> None:
    # Litestar's own pages about the API answer outside problem+json and want scripts; the
    # document itself is a route of ours.
    raise NoSuchPageError


def _openapi(service: Service) -> OpenAPIConfig:
    return OpenAPIConfig(
        title="fallberatung",
        version=service.version,
        use_handler_docstrings=True,
        render_plugins=[JsonRenderPlugin()],
        openapi_router=Router(
            "/openapi",
            route_handlers=[],
            before_request=_no_such_page,
            opt={PUBLIC: True},
            include_in_schema=False,
        ),
    )
