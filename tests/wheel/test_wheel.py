"""What is shipped is what was tested: the wheel, installed alone, starts and serves."""

import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built once by the build hook."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    isolation = ["--no-deps", "--no-build-isolation", "--no-index", "-w", str(target)]
    subprocess.run([*command, *isolation, str(ROOT)], check=True)
    return next(target.glob("fallberatung-*.whl"))


@pytest.fixture(scope="module")
def clean_environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds the wheel and the locked runtime packages, and nothing else."""
    home = tmp_path_factory.mktemp("clean")
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    lock = str(ROOT / "requirements.lock")
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", lock]
    subprocess.run([*pip, *locked], check=True)
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    return home


@pytest.fixture
def address(clean_environment: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the installed service, started on an empty folder far from the source."""
    fallberatung = str(clean_environment / "bin" / "fallberatung")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = str(listener.getsockname()[1])
    subprocess.run([fallberatung, "init", "--data", "data"], cwd=tmp_path, check=True)
    serve = [fallberatung, "serve", "--data", "data", "--port", port]
    with subprocess.Popen(serve, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        yield served.stdout.readline().removeprefix("listening on ").strip()
        served.send_signal(signal.SIGTERM)


def test_the_wheel_carries_assets_and_policies(wheel: Path) -> None:
    """Page and policies are inside, tests and sources of the page are not."""
    names = zipfile.ZipFile(wheel).namelist()

    assert "fallberatung/bundled/web/index.html" in names
    assert "fallberatung/bundled/policies/deadlines.toml" in names
    assert [name for name in names if name.startswith(("tests/", "web/", "training/"))] == []
    assert len(names) >= 100


def test_the_installed_service_serves_page_and_facts(address: str) -> None:
    """The installed wheel answers with its page and with the facts about itself."""
    page = httpx.get(f"{address}/")
    facts = httpx.get(f"{address}/api/v1/service")

    assert "<html" in page.text
    assert "realm" in facts.json()
