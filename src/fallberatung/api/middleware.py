"""Who may ask at all, who is asking, and one line in the service's log about each answer."""

import logging
from time import perf_counter
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.middleware import (
    AbstractAuthenticationMiddleware,
    AuthenticationResult,
    DefineMiddleware,
)
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from fallberatung.api.errors import HostRefusedError
from fallberatung.bootstrap.service import Service
from fallberatung.events import Event
from fallberatung.wire.encoding import from_text
from fallberatung.workflow import accounts
from fallberatung.workflow.accounts import Presence
from fallberatung.workflow.errors import NotSignedInError

PUBLIC: Final = "is_public"
"""Routes that carry this option are answered to everybody; all others want a sign-in."""

_SCHEME: Final = "Bearer "
_TOKEN_LENGTH: Final = 43
_LOGGER: Final = logging.getLogger(__name__)


class Bearer(AbstractAuthenticationMiddleware):
    """Finds out who is signed in from `Authorization: Bearer`, the one carrier for now."""

    def __init__(self, app: ASGIApp, service: Service, **settings: Any) -> None:  # noqa: ANN401  # Litestar's own settings
        super().__init__(app, **settings)
        self._service = service

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        """Return the presence behind the token.

        Raises:
            NotSignedInError: no token, or one that opens nothing (any more).
        """
        token = _token(connection.headers.get("authorization", ""))
        service, now = self._service, self._service.clock()
        presence = await service.read(lambda work: accounts.present(work, token, now))
        if presence.is_worth_noting:
            await service.write(accounts.keep_alive(service.context(), presence.token_hash))
        return AuthenticationResult(user=presence, auth=None)


class Hosts:
    """Answers only to its own names: a page of another origin cannot reach it by a name of theirs.

    Litestar's own check answers outside problem+json, so it is done here.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass or refuse it.

        Raises:
            HostRefusedError: the Host header is missing or names somebody else.
        """
        names = [value for name, value in scope["headers"] if name == b"host"]
        if len(names) != 1 or names[0].decode("latin-1") not in self._hosts:
            raise HostRefusedError
        await self._app(scope, receive, send)


class AccessLine:
    """Writes one line per answer: method, route template, status, duration.

    No address, no path, no identifier; the time of the line is the full hour (bootstrap.logs).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note the status of its answer."""
        began = perf_counter()
        status = 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        await self._app(scope, receive, noting)
        _LOGGER.info(
            Event.REQUEST_SERVED,
            extra={
                "method": str(scope.get("method", "")),
                "route": str(scope.get("path_template", "")),
                "status": status,
                "milliseconds": round((perf_counter() - began) * 1000),
            },
        )


def middleware_of(service: Service, hosts: frozenset[str]) -> list[DefineMiddleware]:
    """Return the layers around every route, the outermost first."""
    return [
        DefineMiddleware(AccessLine),
        DefineMiddleware(Hosts, hosts=hosts),
        DefineMiddleware(Bearer, service=service, exclude_from_auth_key=PUBLIC),
    ]


def presence_of(user: object) -> Presence:
    """Return who is signed in.

    Raises:
        NotSignedInError: nobody is.
    """
    if not isinstance(user, Presence):
        raise NotSignedInError
    return user


def _token(header: str) -> bytes:
    text = header.removeprefix(_SCHEME)
    if text == header or len(text) != _TOKEN_LENGTH:
        raise NotSignedInError
    try:
        return from_text(text)
    except ValueError:
        raise NotSignedInError from None
