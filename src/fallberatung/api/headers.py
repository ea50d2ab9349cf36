"""Security headers on every answer, errors included (docs/decisions/0009)."""

import re
from typing import Final

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
    "connect-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html"
)
"""The policy of the pages and of the API."""

WORKER_POLICY: Final = (
    "default-src 'none'; script-src 'wasm-unsafe-eval'; worker-src 'none'; connect-src 'none'"
)
"""The policy of the sealed pseudonymiser worker: no network at all."""

_WORKER: Final = re.compile(r"/assets/pseudonymiser[A-Za-z0-9._-]*\.js")
_HASHED: Final = re.compile(r"/assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+")

FIXED: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
)


async def secure(message: Message, scope: Scope) -> None:
    """Put the headers on an answer that begins; a hook of the application, for every answer."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    path = str(scope["path"])
    for name, value in FIXED:
        headers[name] = value
    headers["Content-Security-Policy"] = WORKER_POLICY if _WORKER.fullmatch(path) else PAGE_POLICY
    headers["Cache-Control"] = _caching(path)


def _caching(path: str) -> str:
    if path.startswith("/api/"):
        return "no-store"
    if _HASHED.fullmatch(path):
        return "public, max-age=31536000, immutable"
    return "no-cache"
