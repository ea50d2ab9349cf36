"""The demo's commands: a town that lasts, heals and gives way, and sentences where it cannot."""

import json
import os
import signal
import socket
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from fallberatung.cli import demo_lasting, demo_words
from fallberatung.cli.demo import demo
from fallberatung.cli.demo_house import (
    PROGRAM,
    HouseDownError,
    free_port,
    is_port_free,
    operate,
    serving,
)
from fallberatung.cli.demo_lasting import LOGINS, READY, prepare
from fallberatung.cli.demo_sample import ITEMS, RATINGS, SAMPLE_DAY, SHORT_SAMPLE, story
from fallberatung.cli.demo_town import Ambience
from fallberatung.client.ambient import system_clock, system_random
from fallberatung.client.drafting import find_policy, released

AMBIENCE = Ambience(system_clock, system_random)
TODAY = system_clock().date()
WAIT = 120.0


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Count how often a town is made, without making it."""
    folders: list[Path] = []

    def make(folder: Path, port: int, logins: object, ambience: Ambience) -> None:
        folders.append(folder)
        (folder / "people").mkdir(exist_ok=True)
        ends = ambience.clock() + timedelta(days=90)
        (folder / READY).write_text(json.dumps({"roster_ends": ends.timestamp()}))

    monkeypatch.setattr(demo_lasting, "_make", make)
    return folders


def told_by(folder: Path, ambience: Ambience = AMBIENCE) -> list[str]:
    """Prepare a town and return what the person was told."""
    told: list[str] = []
    prepare(folder, 1, ambience, told.append)
    return told


def test_a_town_is_made_once(tmp_path: Path, made: list[Path]) -> None:
    """The second time it is only opened, with the same log-ins."""
    folder = tmp_path / "demo"
    first = prepare(folder, 1, AMBIENCE, print)
    second = prepare(folder, 1, AMBIENCE, print)

    assert made == [folder]
    assert second == first
    assert (folder / LOGINS).stat().st_mode & 0o777 == 0o600


def test_an_interrupted_town_is_made_anew_with_the_same_log_ins(
    tmp_path: Path, made: list[Path]
) -> None:
    """Without the mark of completion nothing half-made is used."""
    folder = tmp_path / "demo"
    told_by(folder)
    before = (folder / LOGINS).read_bytes()
    (folder / READY).unlink()

    assert told_by(folder) == [demo_words.TOWN_HEALING]
    assert (folder / LOGINS).read_bytes() == before
    assert len(made) == 2


def test_a_town_whose_desk_has_run_out_is_made_anew(tmp_path: Path, made: list[Path]) -> None:
    """A roster holds 92 days; after that the demo does not greet people with a refusal."""
    folder = tmp_path / "demo"
    told_by(folder)
    later = Ambience(lambda: system_clock() + timedelta(days=85), system_random)

    assert told_by(folder, later) == [demo_words.TOWN_EXPIRED]
    assert len(made) == 2


@pytest.mark.parametrize("name", ["diary.txt", LOGINS])
def test_a_folder_of_somebody_else_is_not_touched(
    tmp_path: Path, made: list[Path], name: str
) -> None:
    """Neither a stranger's file nor a log-in file of another form is taken for the demo's."""
    (tmp_path / name).write_text("mine")
    with pytest.raises(HouseDownError):
        told_by(tmp_path)

    assert made == []
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_busy_port_is_one_sentence(tmp_path: Path) -> None:
    """Nothing is prepared when the address is taken."""
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        arguments = ["town", "--data", str(tmp_path / "demo"), "--port", str(port)]
        result = CliRunner().invoke(demo, arguments)

        assert not is_port_free(port)
    assert result.exit_code == 2
    assert result.output.strip() == f"Error: {demo_words.PORT_BUSY.format(port=port)}"
    assert not (tmp_path / "demo").exists()


def test_a_walk_needs_an_empty_folder_and_a_readable_text(tmp_path: Path) -> None:
    """Both are one sentence and exit code 2."""
    (tmp_path / "diary.txt").write_bytes(b"\xff")
    full = CliRunner().invoke(demo, ["walk", "--data", str(tmp_path)])
    no_text = CliRunner().invoke(demo, ["walk", "--text", str(tmp_path / "none")])
    odd_text = CliRunner().invoke(demo, ["walk", "--text", str(tmp_path / "diary.txt")])
    no_folder = CliRunner().invoke(demo, ["walk", "--data", str(tmp_path / "diary.txt" / "x")])

    assert [each.exit_code for each in (full, no_text, odd_text, no_folder)] == [2, 2, 2, 2]
    assert demo_words.TEXT_UNREADABLE in no_text.output
    assert demo_words.TEXT_UNREADABLE in odd_text.output


def test_a_house_that_was_never_made_says_so_and_leaves_no_process(tmp_path: Path) -> None:
    """The operator's own sentence comes through."""
    with (
        pytest.raises(HouseDownError) as caught,
        serving(tmp_path / "none", tmp_path, free_port()),
    ):
        pytest.fail("nothing can be served")

    assert "Traceback" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_command_that_fails_carries_its_last_line(tmp_path: Path) -> None:
    """What the operator is told is what the demo tells."""
    with pytest.raises(HouseDownError) as caught:
        operate(("doctor", "--data", str(tmp_path / "none")))

    assert str(caught.value) != ""


def test_the_sample_has_its_own_day_and_a_text_of_ones_own_has_today() -> None:
    """Relative times of the vignette count from the day it assumes."""
    own = story("Ein eigener Text.", None, TODAY)

    assert story(None, None, TODAY).day == SAMPLE_DAY
    assert (own.text, own.day) == ("Ein eigener Text.", TODAY)
    assert "Ein eigener Text" not in repr(own)
    assert len(SHORT_SAMPLE) > 200


def test_every_word_of_the_demos_table_is_released_without_a_question() -> None:
    """Cards and reasons pass the pseudonymiser as they stand, so the demo shows them unchanged."""
    policy = find_policy()
    words = [text for item in ITEMS for text in (item.text, item.when, item.goal) if text]
    words += [reason for _, _, reason in RATINGS]

    assert [released(text, policy, TODAY).text for text in words] == words
    assert len(words) == 17


def test_a_real_town_serves_stops_and_serves_again(tmp_path: Path) -> None:
    """Made, served, stopped by SIGTERM with exit code 0, served again without being made."""
    folder, port = tmp_path / "demo", free_port()
    first = serve_once(folder, port)
    logins = (folder / LOGINS).read_bytes()
    second = serve_once(folder, port)

    assert demo_words.TOWN_PREPARING in first
    assert demo_words.TOWN_PREPARING not in second
    assert (folder / LOGINS).read_bytes() == logins
    assert json.loads(logins)["lehrkraft"] in second
    assert is_port_free(port)


def serve_once(folder: Path, port: int) -> str:
    """Run `demo town` until it answers, end it politely, and return what it printed."""
    command = [*PROGRAM, "demo", "town", "--data", str(folder), "--port", str(port)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200"}
    )
    try:
        give_up = time.monotonic() + WAIT
        while not is_served(folder, port):
            assert process.poll() is None
            assert time.monotonic() < give_up
            time.sleep(0.2)
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0
    return out


def is_served(folder: Path, port: int) -> bool:
    """Tell whether the finished town answers."""
    if not (folder / READY).exists():
        return False
    try:
        return httpx.get(f"http://127.0.0.1:{port}/api/v1/service").is_success
    except httpx.HTTPError:
        return False
