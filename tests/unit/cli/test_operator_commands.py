"""What an operator types: every bad situation is one sentence and exit status 2."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner, Result

from fakes.small_town import REALM, Clock, Dice, town, townsfolk
from fallberatung.bootstrap import ambient
from fallberatung.bootstrap.founding import initialise
from fallberatung.bootstrap.service import opened
from fallberatung.bootstrap.settings import Settings
from fallberatung.cli import main as cli
from fallberatung.cli.main import PARTS, main


def type_in(*words: object) -> Result:
    """Type a command."""
    return CliRunner().invoke(main, [str(word) for word in words])


def assert_sentence(result: Result, part: str) -> None:
    """Expect one sentence on stderr, nothing else, and status 2."""
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("fallberatung: ")
    assert result.stderr.count("\n") == 1
    assert part in result.stderr
    assert result.stdout == ""


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before, level


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Initialise a house."""
    initialise(Settings(data=tmp_path / "data"), REALM, Clock(), Dice())
    return tmp_path / "data"


@contextmanager
def served(data: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve in a process of its own until the block ends."""
    code = "from fallberatung.cli.main import main; main()"
    command = [sys.executable, "-c", code, "serve", "--data", str(data), "--port", "0", *words]
    environment = {**os.environ, "PYTHONWARNINGS": "default"}
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    with process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_a_house_is_initialised_and_looked_at(tmp_path: Path) -> None:
    """`init`, then `doctor`, which says that the area is not founded yet."""
    data = tmp_path / "data"
    made = type_in("init", "--data", data, "--realm", "test.example")
    seen = type_in("doctor", "--data", data)

    assert (made.exit_code, made.stdout) == (0, f"initialised {data}\n")
    assert seen.exit_code == 0
    assert "area: not founded yet" in seen.stdout


def test_a_house_is_initialised_once(data: Path) -> None:
    """The second time is refused."""
    assert_sentence(type_in("init", "--data", data), "initialised already")


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert_sentence(type_in("init", "--data", tmp_path / "file" / "data"), "cannot be made")


@pytest.mark.parametrize("command", ["serve", "doctor"])
def test_nothing_runs_where_nothing_was_initialised(tmp_path: Path, command: str) -> None:
    """`serve` says what to type, `doctor` says what is missing."""
    result = type_in(command, "--data", tmp_path)

    assert result.exit_code == 2
    assert "fallberatung init" in result.output


def test_an_area_is_founded_from_its_file(data: Path, tmp_path: Path) -> None:
    """One invitation per person; a second founding is refused."""
    file = tmp_path / "town.json"
    described = town(townsfolk(), now=ambient.clock())
    file.write_text(described.model_dump_json(), encoding="utf-8")
    words = ("area", "found", file, "--data", data, "--invitations")

    first = type_in(*words, tmp_path / "letters")
    second = type_in(*words, tmp_path / "more")

    assert (first.exit_code, first.stdout) == (
        0,
        f"founded musterstadt: 8 invitations in {tmp_path / 'letters'}\n",
    )
    assert len(list((tmp_path / "letters").iterdir())) == 8
    assert_sentence(second, "area exists")


def test_a_roster_that_has_run_out_is_a_sentence(data: Path, tmp_path: Path) -> None:
    """The officer has to sign a new one."""
    file = tmp_path / "town.json"
    described = town(townsfolk(), now=ambient.clock() - timedelta(days=40))
    file.write_text(described.model_dump_json(), encoding="utf-8")

    result = type_in("area", "found", file, "--data", data, "--invitations", tmp_path / "x")

    assert_sentence(result, "roster")


@pytest.mark.parametrize(
    ("content", "part"), [("{}", "no town file"), ("{", "no town file"), (None, "cannot be read")]
)
def test_a_town_that_is_none_is_a_sentence(
    data: Path, tmp_path: Path, content: str | None, part: str
) -> None:
    """Which place is wrong, never what stands there."""
    file = tmp_path / "town.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")

    result = type_in("area", "found", file, "--data", data, "--invitations", tmp_path / "x")

    assert_sentence(result, part)
    assert not (tmp_path / "x").exists()


def test_a_busy_port_is_a_sentence(data: Path) -> None:
    """And nothing of the house was opened."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert_sentence(type_in("serve", "--data", data, "--port", port), "is taken")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org", "::"])  # noqa: S104  # these must be refused
def test_only_loopback_is_served(data: Path, host: str) -> None:
    """Everything else needs what this version does not have."""
    assert_sentence(type_in("serve", "--data", data, "--host", host), "loopback")


def test_a_house_that_is_open_elsewhere_is_a_sentence(data: Path) -> None:
    """One process writes."""
    with opened(Settings(data=data), Clock(), Dice(), is_serving=False):
        result = type_in("serve", "--data", data, "--port", "0")

    assert_sentence(result, "another process")


def test_open_keys_are_a_sentence(data: Path) -> None:
    """Readable by others."""
    (data / "keys" / "master.key").chmod(0o644)

    assert_sentence(type_in("serve", "--data", data, "--port", "0"), "0600")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serving_answers_stops_gracefully_and_leaves_nothing_due(
    data: Path, number: signal.Signals
) -> None:
    """One line when it listens, exit status 0 after a signal, the log integrated."""
    with served(data) as (process, line):
        address = line.removeprefix("listening on ")
        with urlopen(f"{address}/api/v1/service", timeout=20) as answer:  # noqa: S310  # our own service
            facts = json.load(answer)
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(f"{address}/api/v1/me", method="GET"), timeout=20)  # noqa: S310  # our own service
        process.send_signal(number)
        status = process.wait(30)
        assert process.stderr is not None
        errors = process.stderr.read()
    with opened(Settings(data=data), Clock(), Dice(), is_serving=False) as service:
        waiting = service.readers.read(lambda found: found.log.due(2**52, 9)).result(5)

    assert line.startswith("listening on http://127.0.0.1:")
    assert (facts["realm"], refused.value.code) == (REALM, 401)
    assert (status, list(waiting)) == (0, [])
    assert "Traceback" not in errors


def test_help_names_every_command_and_imports_none() -> None:
    """The auditor's help works where neither service nor client is installed."""
    code = (
        "import sys\nfrom fallberatung.cli.main import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print([name for name in sys.modules if name.startswith('fallberatung.')])\n"
    )
    output = subprocess.check_output([sys.executable, "-c", code], text=True)

    assert all(f"  {name} " in output for name in PARTS)
    assert output.splitlines()[-1] == "['fallberatung.cli', 'fallberatung.cli.main']"


def test_every_part_is_where_the_table_says() -> None:
    """Names as strings can be wrong; this is where that shows."""
    group = main
    context = group.make_context("fallberatung", ["--help"], resilient_parsing=True)
    found = {name: cli.LazyGroup.get_command(group, context, name) for name in PARTS}

    assert [name for name, command in found.items() if command is None] == []
    assert len(found) == 7


def test_a_command_nobody_knows_is_refused() -> None:
    """By click, with status 2."""
    assert type_in("nonsense").exit_code == 2


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of a traceback."""

    def missing(_name: str) -> None:
        raise ModuleNotFoundError("no module", name="uvicorn")

    monkeypatch.setattr(cli, "import_module", missing)

    result = type_in("serve")

    assert result.exit_code == 2
    assert "fallberatung[server]" in result.stderr
