"""The start page as the real service delivers it."""

import hashlib
import queue
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from playwright.sync_api import expect

from browser.conftest import Open
from fallberatung.api.headers import PAGE_POLICY

COMMAND = Path(sys.executable).with_name("fallberatung")
PATIENCE = 60
LOADED = "() => [...document.fonts].filter((font) => font.status === 'loaded').length"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, pages: Path) -> Iterator[str]:
    """The address of a service that has just been initialised and serves the built pages."""
    home = str(tmp_path_factory.mktemp("house") / "data")
    realm = ("--realm", "fallberatung.example")
    subprocess.run((COMMAND, "init", "--data", home, *realm), check=True, capture_output=True)
    with subprocess.Popen(
        (COMMAND, "serve", "--data", home, "--port", "0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as service:
        try:
            yield announced(service.stdout)
        finally:
            service.terminate()


def announced(spoken: IO[str] | None) -> str:
    """Return the address of the line ``listening on …``; fail when none comes in time."""
    found: queue.Queue[str] = queue.Queue()

    def listen() -> None:
        for line in spoken or ():
            if line.startswith("listening on "):
                found.put(line.split()[-1])

    threading.Thread(target=listen, daemon=True).start()
    return found.get(timeout=PATIENCE)


def test_the_service_shows_its_own_facts_and_its_page_is_quiet(
    house: str, open_at: Open, words: dict[str, Any], pages: Path
) -> None:
    """The real API, the real headers, the real files: facts shown, nothing blocked."""
    digest = hashlib.sha256((pages / "manifest.sha256.json").read_bytes()).hexdigest()
    watched = open_at(f"{house}/")
    page = watched.page
    page.wait_for_load_state("networkidle")

    expect(page.locator("[data-step=arrived]")).to_contain_text("fallberatung.example")
    expect(page.get_by_text(words["facts"]["noArea"])).to_be_visible()
    expect(page.get_by_role("row", name="deadlines.toml")).to_be_visible()
    expect(page.locator("#delivered")).to_have_text(f"{digest[:4]} {digest[4:8]} {digest[8:12]}")
    expect(page.locator("footer")).to_contain_text(words["code"]["agrees"])
    assert page.evaluate(LOADED) >= 3
    assert watched.foreign(house) == []
    assert watched.violations() == []
    assert watched.console == []


@pytest.mark.parametrize("path", ["/", "/manifest.sha256.json", "/licences.txt", "/favicon.svg"])
def test_every_file_the_page_points_to_is_served_under_the_policy(house: str, path: str) -> None:
    """The links of the footer lead somewhere, and no answer goes without the policy."""
    with urllib.request.urlopen(f"{house}{path}", timeout=PATIENCE) as answer:  # noqa: S310  # the loopback address of our own service
        assert answer.status == 200
        assert answer.headers["Content-Security-Policy"] == PAGE_POLICY
