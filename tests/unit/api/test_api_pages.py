"""The built pages, as a browser or a monitor asks for them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from fakes.open_house import HOST, OpenHouse
from fallberatung.api.app import create_app


@pytest.fixture
def client(house: OpenHouse, tmp_path: Path) -> Iterator[TestClient[Litestar]]:
    """A browser before a service with one page and one font."""
    (tmp_path / "index.html").write_text("<html></html>", encoding="utf-8")
    (tmp_path / "letters.woff2").write_bytes(b"wOF2")
    app = create_app(replace(house.service, pages=tmp_path), [HOST])
    with TestClient(app, base_url=f"http://{HOST}") as opened:
        yield opened


@pytest.mark.parametrize("path", ["/", "/index.html"])
def test_a_page_may_be_asked_for_its_head_alone(client: TestClient[Litestar], path: str) -> None:
    """A monitor's HEAD gets the status and the headers of the page, and no page."""
    answer = client.head(path)

    assert answer.status_code == 200
    assert "content-security-policy" in answer.headers
    assert answer.content == b""


def test_a_font_says_what_it_is(client: TestClient[Litestar]) -> None:
    """Fonts carry their type, also where the system's table of types lacks it."""
    assert client.get("/letters.woff2").headers["content-type"] == "font/woff2"
