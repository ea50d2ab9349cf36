"""The two commands meet a bad machine with one clear sentence, and heal after an interruption."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import door
import gates
import prepare
import tools

ROOT = Path(__file__).resolve().parents[2]


def one_sentence(text: str) -> bool:
    """Say whether *text* is one line without a traceback."""
    return text.count("\n") == 1 and "Traceback" not in text


def test_an_old_python_is_refused_with_the_way_out() -> None:
    """Python 3.10 is told which version is needed and how to name another."""
    with pytest.raises(prepare.PrepareError, match=r"Python 3\.10 is too old.*make PYTHON="):
        prepare.check_version((3, 10))


def test_the_first_script_can_be_read_by_old_pythons() -> None:
    """A version check that an old Python cannot even parse would help nobody."""
    for name in ("door.py", "prepare.py"):
        source = (ROOT / "scripts" / name).read_text(encoding="utf-8")
        tree = ast.parse(source, name, feature_version=(3, 7))

        assert len(tree.body) > 5


def test_a_missing_venv_module_is_named_with_the_apt_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian's python3 without python3-venv is met with what to type."""
    monkeypatch.setattr(prepare, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(prepare, "quiet", lambda _: 1)

    with pytest.raises(prepare.PrepareError, match="apt install python3-venv"):
        prepare.make_venv()


def test_an_unwritable_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clone one may not write into is refused before anything is tried."""
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(prepare.PrepareError, match="not writable"):
        prepare.check_writable(tmp_path)


def test_an_interrupted_install_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the marker, which is written last, an environment counts as unfinished."""
    monkeypatch.setattr(prepare, "VENV", tmp_path)
    monkeypatch.setattr(prepare, "READY", tmp_path / ".ready")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    unfinished = prepare.is_ready("digest")
    (tmp_path / ".ready").write_text("digest", encoding="utf-8")

    assert not unfinished
    assert prepare.is_ready("digest")
    assert not prepare.is_ready("another digest")


def test_a_failing_install_ends_in_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The installer's last words are shown, then what to do; nothing is marked as ready."""
    monkeypatch.setattr(prepare, "READY", tmp_path / ".ready")
    failing = [sys.executable, "-c", "print('no matching distribution'); raise SystemExit(1)"]

    with pytest.raises(prepare.PrepareError, match="run the same command again"):
        prepare.follow(failing, 1)
    assert "no matching distribution" in capfd.readouterr().err
    assert not (tmp_path / ".ready").exists()


def test_an_unknown_door_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    """A mistyped door lists the doors there are."""
    status = door.main(["tset"])
    said = capfd.readouterr().err

    assert status == 2
    assert one_sentence(said)
    assert "test" in said


def test_help_names_every_door(capfd: pytest.CaptureFixture[str]) -> None:
    """`make help` shows one line for each door."""
    door.main(["help"])
    said = capfd.readouterr().out

    assert [name for name in door.DOORS if f"make {name}" not in said] == []


def test_a_missing_make_has_a_way_around() -> None:
    """Without make, the README's other line opens the same doors."""
    done = subprocess.run(
        [sys.executable, "scripts/door.py", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "python3 scripts/door.py run" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make test" in done.stdout


def gate_needing(find: str | None) -> gates.Gate:
    """Return a gate that always passes once its tool is found."""
    tool = tools.Tool("browser", "chromium", lambda: find)
    return gates.Gate("sample", (sys.executable, "-c", ""), gates.TEST, "nothing", (tool,))


def test_a_gate_without_its_tool_is_reported_and_not_skipped(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The table names gate, reason and apt line, and the status is 3."""
    verdicts = [gates.judged(gate_needing(None), dict(os.environ))]
    gates.report(verdicts, sys.stdout.write)
    said = capfd.readouterr().out

    assert gates.status(verdicts) == 3
    assert "sample: needs browser; type: sudo apt install chromium" in said
    assert "gates: 0 passed, 0 failed, 1 skipped" in said


def test_a_failing_gate_fails_the_door() -> None:
    """One failing gate outweighs every gate that could not run."""
    failing = gates.Gate("sample", (sys.executable, "-c", "raise SystemExit(1)"), gates.TEST, "")
    verdicts = [gates.judged(gate, dict(os.environ)) for gate in (failing, gate_needing(None))]

    assert gates.status(verdicts) == 1


def test_missing_apt_installs_nothing_and_raises_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine without apt the gate is reported like any other that could not run."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    said: list[str] = []
    tools.install_missing((tools.Tool("browser", "chromium", lambda: None),), said.append)

    assert said == []


def test_the_ci_fails_when_a_gate_could_not_run() -> None:
    """CI stops at any status that is not zero, so status 3 is a failure there."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "set -euo pipefail" in script
    assert script.rstrip().endswith("make test")


def test_every_gate_says_where_its_minutes_come_from() -> None:
    """A gate without an account of its time does not get in."""
    assert [gate.name for gate in gates.GATES if not gate.minutes_from] == []
    assert len(gates.GATES) >= 15
