"""The one table from what the house refuses to what a client is told.

Nothing of the request and nothing of an exception's text goes into an answer: a status, a stable
type, a fixed title, and the code of a rule where one said no.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final

from litestar import Request, Response
from litestar.exceptions import HTTPException

from fallberatung.crypto.sealed.errors import (
    BadSignatureError,
    ChainRuleError,
    MalformedSealError,
    OutOfDateError,
)
from fallberatung.errors import MalformedError
from fallberatung.events import Event
from fallberatung.roundtable.procedure.errors import AccessError, ProcedureError, TransitionError
from fallberatung.store.errors import BusyError
from fallberatung.wire.problem import MEDIA_TYPE, TYPE_PREFIX, Problem, Slug
from fallberatung.workflow.errors import (
    AuditUnavailableError,
    ConflictError,
    NotSignedInError,
    StaleError,
    StepError,
    UnknownCaseError,
    WrongLoginError,
)

_LOGGER: Final = logging.getLogger(__name__)


class TooManyError(StepError):
    """Too many attempts; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__("too_many")


class HostRefusedError(StepError):
    """The Host header names somebody else."""

    def __init__(self) -> None:
        super().__init__("host_refused")


class NoSuchPageError(StepError):
    """There is no such path."""

    def __init__(self) -> None:
        super().__init__("no_such_page")


STATUS: Final[Mapping[Slug, int]] = {
    Slug.MALFORMED: 400,
    Slug.BAD_SIGNATURE: 400,
    Slug.HOST_REFUSED: 400,
    Slug.NOT_SIGNED_IN: 401,
    Slug.WRONG_LOGIN: 401,
    Slug.FORBIDDEN: 403,
    Slug.NOT_FOUND: 404,
    Slug.METHOD_NOT_ALLOWED: 405,
    Slug.STALE_HEAD: 409,
    Slug.NOT_NOW: 409,
    Slug.CONFLICT: 409,
    Slug.TOO_LARGE: 413,
    Slug.UNSUPPORTED_MEDIA: 415,
    Slug.RULE: 422,
    Slug.TOO_MANY: 429,
    Slug.INTERNAL: 500,
    Slug.BUSY: 503,
    Slug.AUDIT_UNAVAILABLE: 503,
    Slug.NOT_BUILT: 503,
}
"""The status of each problem."""

TABLE: Final[tuple[tuple[type[Exception], Slug], ...]] = (
    (HostRefusedError, Slug.HOST_REFUSED),
    (TooManyError, Slug.TOO_MANY),
    (NotSignedInError, Slug.NOT_SIGNED_IN),
    (WrongLoginError, Slug.WRONG_LOGIN),
    (UnknownCaseError, Slug.NOT_FOUND),
    (NoSuchPageError, Slug.NOT_FOUND),
    (StaleError, Slug.STALE_HEAD),
    (ConflictError, Slug.CONFLICT),
    (AuditUnavailableError, Slug.AUDIT_UNAVAILABLE),
    (BusyError, Slug.BUSY),
    (TransitionError, Slug.NOT_NOW),
    (ProcedureError, Slug.RULE),
    (StepError, Slug.RULE),
    (ChainRuleError, Slug.RULE),
    (OutOfDateError, Slug.RULE),
    (BadSignatureError, Slug.BAD_SIGNATURE),
    (MalformedSealError, Slug.MALFORMED),
)
"""Classes and their problems, the first match rules; what is not here is a defect of the house."""

_OF_STATUS: Final[Mapping[int, Slug]] = {
    400: Slug.MALFORMED,
    401: Slug.NOT_SIGNED_IN,
    403: Slug.FORBIDDEN,
    404: Slug.NOT_FOUND,
    405: Slug.METHOD_NOT_ALLOWED,
    413: Slug.TOO_LARGE,
    415: Slug.UNSUPPORTED_MEDIA,
}

_OF_ACCESS: Final[Mapping[str, Slug]] = {
    # Who has no part in a case learns nothing of it, not even that it exists.
    "not_a_member": Slug.NOT_FOUND,
    "wrong_state": Slug.NOT_NOW,
}

_WITHOUT_CODE: Final = {Slug.NOT_FOUND, Slug.WRONG_LOGIN, Slug.NOT_SIGNED_IN}
_RETRY_SECONDS: Final = {Slug.BUSY: 1, Slug.AUDIT_UNAVAILABLE: 5}


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[dict[str, Any]]:
    """Turn any exception into problem+json; a defect is noted by its class alone."""
    slug = slug_of(error)
    if slug is Slug.INTERNAL:
        _LOGGER.error(
            Event.REQUEST_FAILED,
            extra={
                "method": request.method,
                "route": str(request.scope.get("path_template", "")),
                "error_class": type(error).__name__,
            },
        )
    return respond(problem(slug, error), headers=_headers(slug, error))


def respond(told: Problem, headers: Mapping[str, str]) -> Response[dict[str, Any]]:
    """Send a problem without the members it does not need."""
    content = told.model_dump(mode="json", exclude_none=True)
    return Response(content, status_code=told.status, media_type=MEDIA_TYPE, headers=headers)


def slug_of(error: Exception) -> Slug:
    """Return the problem an exception amounts to."""
    if isinstance(error, HTTPException):
        return _OF_STATUS.get(error.status_code, Slug.INTERNAL)
    if isinstance(error, AccessError):
        return _OF_ACCESS.get(error.reason, Slug.FORBIDDEN)
    for known, slug in TABLE:
        if isinstance(error, known):
            return slug
    return Slug.MALFORMED if isinstance(error, MalformedError) else Slug.INTERNAL


def problem(slug: Slug, error: Exception | None = None) -> Problem:
    """Word a problem; the code of a rule is told where it reveals nothing of others."""
    reason = getattr(error, "reason", None)
    is_told = isinstance(reason, str) and slug not in _WITHOUT_CODE
    return Problem(
        type=TYPE_PREFIX + slug,
        title=slug.replace("_", " "),
        status=STATUS[slug],
        reason=reason if is_told else None,
        head=error.head if isinstance(error, StaleError) else None,
        seq=error.seq if isinstance(error, StaleError) else None,
    )


def _headers(slug: Slug, error: Exception) -> dict[str, str]:
    if isinstance(error, TooManyError):
        return {"Retry-After": str(error.seconds)}
    if slug in _RETRY_SECONDS:
        return {"Retry-After": str(_RETRY_SECONDS[slug])}
    if slug is Slug.NOT_SIGNED_IN:
        return {"WWW-Authenticate": "Bearer"}
    allowed = getattr(error, "headers", None) or {}
    return {"Allow": allowed["allow"]} if "allow" in allowed else {}
