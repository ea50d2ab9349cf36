"""A small site for the browser tests: the built pages under the real policy, an API that can fail.

The headers are the service's own. What only a real service shows stands in `test_served_pages.py`.
"""

import functools
import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fallberatung.api.headers import FIXED, PAGE_POLICY

HEADERS = {**dict(FIXED), "Content-Security-Policy": PAGE_POLICY}
KEY = (
    "fallberatung.example/nordstadt/log/2026+5a7c1f02+AQ0Jb8x3nV2r6tYw1mKc5uDzLq8e4hXsPfGoTiNaUyEk"
)


@dataclass
class Site:
    """The running site and what its API does next.

    `mood` is ``well``, ``refusing`` (503), ``garbled`` (no JSON) or ``gone`` (the connection
    breaks); a path
    in `altered` is delivered with a byte more than was built.
    """

    pages: Path
    address: str = ""
    mood: str = "well"
    facts: dict[str, object] = field(default_factory=dict)
    altered: set[str] = field(default_factory=set)
    may_answer: threading.Event = field(default_factory=threading.Event)

    def recover(self) -> None:
        """Return to what a healthy service answers."""
        self.mood = "well"
        self.altered = set()
        self.may_answer.set()
        manifest = (self.pages / "manifest.sha256.json").read_bytes()
        self.facts = {
            "realm": "fallberatung.example",
            "version": "0.1.0",
            "area": "nordstadt",
            "origin": "fallberatung.example/nordstadt/log/2026",
            "checkpoint_key": KEY,
            "receipt_key": KEY.replace("+5a7c", "+91be"),
            "policies": {
                name: hashlib.sha256(name.encode()).hexdigest()
                for name in ("retention.toml", "deadlines.toml", "pseudonymisation.toml")
            },
            "build": hashlib.sha256(manifest).hexdigest(),
        }


class Answering(http.server.SimpleHTTPRequestHandler):
    """Answers with the built files and with the facts, under the policy."""

    def __init__(self, *arguments: object, site: Site) -> None:
        self.site = site
        super().__init__(*arguments, directory=str(site.pages))  # type: ignore[arg-type]  # three arguments of socketserver, handed through

    def do_GET(self) -> None:
        """Answer one request as the site's mood has it."""
        if self.path == "/api/v1/service":
            self.answer_facts()
        elif self.path in self.site.altered:
            content = (self.site.pages / self.path.lstrip("/")).read_bytes()
            self.answer(200, self.guess_type(self.path), content + b"\n")
        else:
            super().do_GET()

    def answer_facts(self) -> None:
        """Answer with the facts, or fail in the way the mood names."""
        self.site.may_answer.wait(20)
        if self.site.mood == "gone":
            self.close_connection = True
        elif self.site.mood == "refusing":
            self.answer(503, "application/problem+json", b"{}")
        elif self.site.mood == "garbled":
            self.answer(200, "application/json", b"<html>")
        else:
            self.answer(200, "application/json", json.dumps(self.site.facts).encode())

    def answer(self, status: int, kind: str, content: bytes) -> None:
        """Send one whole response."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        """Put the policy on every response."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # the name http.server gives it
        """Keep quiet."""


@contextmanager
def running(pages: Path) -> Iterator[Site]:
    """Serve *pages* on a free port of the loopback while the block runs."""
    site = Site(pages)
    site.recover()
    handler = functools.partial(Answering, site=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield site
        finally:
            site.may_answer.set()
            server.shutdown()
            thread.join()
