"""One person's connection to the service: typed words out, typed words in, nothing cached.

The laws of this file: plain http only to this very machine, everything else over https; no
redirect is followed; the token travels in the `Authorization` header and nowhere else; an answer
that does not fit its model is refused, never half-read. A request may be repeated after
`UnreachableError`: the service recognises a record it already holds and answers with the first
receipt.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from types import TracebackType
from typing import Final, Generic, Self, TypeVar

import httpx

from fallberatung.client.errors import AddressError, ProblemError, ReplyError, UnreachableError
from fallberatung.wire.encoding import Words
from fallberatung.wire.problem import MEDIA_TYPE, Problem

PREFIX: Final = "/api/v1"
SECONDS: Final = 30.0

Carrier = httpx.BaseTransport
"""What moves bytes; a test hands in one that records or forges them."""


Spoken = TypeVar("Spoken", bound=Words)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as it left this device, and the outline of its answer.

    `sent` is the body byte for byte; `received` counts the answer's body in bytes.
    """

    method: str
    path: str
    sent: bytes
    status: int
    received: int


Listener = Callable[[Exchange], None]


@dataclass(frozen=True, slots=True)
class Reply(Generic[Spoken]):
    """An answer that fitted its model; `receipt` is the raw `Audit-Receipt` header if any."""

    word: Spoken
    status: int
    receipt: str | None


def is_loopback(host: str) -> bool:
    """Tell whether `host` can only be this machine; a name other than localhost cannot."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class House:
    """An open connection to one service; use it as a context manager or `close` it.

    Args:
        address: scheme, host and port, such as `http://127.0.0.1:8000`.
        listen: called after every answer with what was exchanged.
        carrier: replaces the network.

    Raises:
        AddressError: neither https nor http to loopback.
    """

    def __init__(
        self, address: str, *, listen: Listener | None = None, carrier: Carrier | None = None
    ) -> None:
        url = httpx.URL(address)
        is_local = is_loopback(url.host)
        if url.scheme != "https" and not (url.scheme == "http" and is_local):
            raise AddressError("the service must be reached over https")
        self.address = address
        self._listen = listen
        self._token: str | None = None
        # Proxy settings of the environment would carry loopback traffic off this machine.
        self._client = httpx.Client(
            base_url=url, transport=carrier, timeout=SECONDS, trust_env=not is_local
        )

    def __repr__(self) -> str:
        return f"House({self.address!r}, token={'held' if self._token else 'none'})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every socket; the token is forgotten."""
        self._token = None
        self._client.close()

    def carry(self, token: str | None) -> None:
        """Send `token` with every further request, or none."""
        self._token = token

    def get(
        self, path: str, model: type[Spoken], params: Mapping[str, str] | None = None
    ) -> Reply[Spoken]:
        """Read `path` below the prefix as `model`; raises as `post` does."""
        return self._speak("GET", path, model, params=params)

    def post(self, path: str, word: Words | None, model: type[Spoken]) -> Reply[Spoken]:
        """Send `word` (an empty object for None) and read the answer as `model`.

        Raises:
            ProblemError: the service said no.
            ReplyError: the answer does not fit `model`.
            UnreachableError: no complete answer came.
        """
        return self._speak("POST", path, model, word=word)

    def text(self, path: str) -> str:
        """Read a text/plain resource, such as the checkpoint; raises as `post` does."""
        answer = self._send("GET", path)
        try:
            return answer.content.decode()
        except UnicodeDecodeError:
            raise ReplyError("the answer is no text") from None

    def fetch(self, path: str, word: Words) -> bytes:
        """Send `word` and return the answer's bytes unread, such as a bundle."""
        return self._send("POST", path, word=word).content

    def tell(self, path: str, word: Words | None = None) -> None:
        """Send `word` where success has no body."""
        self._send("POST", path, word=word)

    def _speak(
        self,
        method: str,
        path: str,
        model: type[Spoken],
        *,
        word: Words | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Reply[Spoken]:
        answer = self._send(method, path, word=word, params=params)
        try:
            read = model.model_validate_json(answer.content)
        except ValueError:
            # The cause quotes the answer, and an answer can quote what a person wrote.
            raise ReplyError("the answer does not fit its model") from None
        return Reply(read, answer.status_code, answer.headers.get("audit-receipt"))

    def _send(
        self,
        method: str,
        path: str,
        *,
        word: Words | None = None,
        params: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        body = _body(method, word)
        headers = {"accept": "*/*"}
        if body:
            headers["content-type"] = "application/json"
        if self._token is not None:
            headers["authorization"] = f"Bearer {self._token}"
        try:
            answer = self._client.request(
                method, PREFIX + path, content=body, headers=headers, params=params
            )
        except httpx.HTTPError:
            raise UnreachableError("the service cannot be reached") from None
        if self._listen is not None:
            self._listen(
                Exchange(method, PREFIX + path, body, answer.status_code, len(answer.content))
            )
        if not answer.is_success:
            raise _problem(answer)
        return answer


def _body(method: str, word: Words | None) -> bytes:
    if method == "GET":
        return b""
    return b"{}" if word is None else word.model_dump_json(exclude_none=True).encode()


def _problem(answer: httpx.Response) -> ProblemError | ReplyError:
    if not answer.headers.get("content-type", "").startswith(MEDIA_TYPE):
        return ReplyError("the service failed without saying why")
    try:
        told = Problem.model_validate_json(answer.content)
    except ValueError:
        return ReplyError("the service's problem has no known form")
    return ProblemError(told.slug, answer.status_code, told.reason)
