"""Chromium, the built pages, and a site that serves them, for every browser test."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import assets
import node
from browser.site import Site, running

PROJECT = Path(__file__).resolve().parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
});
"""


@dataclass
class Watched:
    """A page, and everything it did that a quiet page does not do."""

    page: Page
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """Return every breach of the content security policy so far."""
        found: list[str] = self.page.evaluate("window.violations")
        return found

    def foreign(self, address: str) -> list[str]:
        """Return every request that went elsewhere than to *address*."""
        return [request for request in self.requests if not request.startswith(f"{address}/")]


Open = Callable[..., Watched]


@pytest.fixture(scope="session")
def pages() -> Path:
    """The folder of the built pages, built now when they are not current."""
    assets.build_assets(PROJECT, assets.TARGET, print)
    return assets.TARGET / "web"


@pytest.fixture(scope="session")
def words() -> dict[str, Any]:
    """The German catalogue."""
    return catalogue("de")


@pytest.fixture(scope="session")
def english() -> dict[str, Any]:
    """The English catalogue."""
    return catalogue("en")


def catalogue(language: str) -> dict[str, Any]:
    """Read one catalogue of the pages."""
    file = PROJECT / "web" / "src" / "words" / f"{language}.json"
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core as the lock pins it."""
    source = PROJECT / "web" / "node_modules" / "axe-core" / "axe.min.js"
    if not source.is_file():
        assets.install(PROJECT, node.find(), print)
    return source.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def running_site(pages: Path) -> Iterator[Site]:
    """One site for the whole run."""
    with running(pages) as site:
        yield site


@pytest.fixture
def site(running_site: Site) -> Iterator[Site]:
    """The site, well at the beginning and at the end of every test."""
    running_site.recover()
    yield running_site
    running_site.recover()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's browser; a machine without it does not run these tests."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("these tests need Chromium: type sudo apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(site: Site, open_at: Open) -> Open:
    """A function that opens a page of the site; further keywords are those of a new context."""

    def opened(path: str = "/", **options: Any) -> Watched:  # noqa: ANN401  # Playwright's own keywords, handed through
        return open_at(f"{site.address}{path}", **options)

    return opened


@pytest.fixture
def open_at(chromium: Browser) -> Iterator[Open]:
    """A function that opens any address and waits until the facts have come to *step*."""
    contexts: list[BrowserContext] = []

    def opened(address: str, step: str | None = "arrived", **options: Any) -> Watched:  # noqa: ANN401  # Playwright's own keywords, handed through
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        watched = Watched(page)
        page.on("console", lambda message: watched.console.append(message.text))
        page.on("pageerror", lambda error: watched.console.append(str(error)))
        page.on("request", lambda request: watched.requests.append(request.url))
        page.goto(address)
        if step is not None:
            page.wait_for_selector(f"[data-step={step}]")
        return watched

    yield opened
    for context in contexts:
        context.close()
