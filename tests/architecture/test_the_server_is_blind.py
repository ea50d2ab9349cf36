"""What import contracts cannot see: a package's ``__init__`` runs when its child is imported."""

import ast
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEEING_ROOMS = (
    "fallberatung.anonymize",
    "fallberatung.client",
    "fallberatung.crypto.opened",
    "fallberatung.roundtable.deliberation",
)
LIST_MODULES = "import {module}, sys; print(*sys.modules, sep='\\n')"


def modules_loaded_by(module: str, source: Path) -> set[str]:
    """Return every module that a fresh interpreter holds after importing *module*."""
    program = LIST_MODULES.format(module=module)
    environment = {**os.environ, "PYTHONPATH": str(source)}
    return set(
        subprocess.check_output([sys.executable, "-c", program], text=True, env=environment).split()
    )


def seeing(modules: set[str]) -> set[str]:
    """Return the modules that stand in a seeing room."""
    return {name for name in modules if name.startswith(SEEING_ROOMS)}


def free_port() -> int:
    """Return a port of the loopback address that is free just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def modules_loaded_by_serving(folder: Path) -> set[str]:
    """Start the real service, wait until it listens, stop it, and return what it had imported."""
    fallberatung = str(Path(sys.executable).with_name("fallberatung"))
    data = folder / "data"
    subprocess.run([fallberatung, "init", "--data", data], check=True, capture_output=True)
    trace = folder / "imports.txt"
    with trace.open("w", encoding="utf-8") as stderr:
        served = subprocess.Popen(
            [
                *(sys.executable, "-X", "importtime", fallberatung, "serve"),
                *("--data", data, "--port", str(free_port())),
            ],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
        with served:
            assert served.stdout is not None
            first_line = served.stdout.readline()
            served.send_signal(signal.SIGTERM)
    assert first_line.startswith("listening on "), trace.read_text(encoding="utf-8")[-2000:]
    lines = trace.read_text(encoding="utf-8").splitlines()
    return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}


@pytest.mark.parametrize(
    "module", ["fallberatung.api.app", "fallberatung.cli.operator", "fallberatung.cli.auditor"]
)
def test_a_blind_door_loads_no_seeing_room(module: str) -> None:
    """A fresh interpreter that opens a blind door holds no module of a seeing room."""
    loaded = modules_loaded_by(module, ROOT / "src")

    assert seeing(loaded) == set()
    assert module in loaded


def test_serving_loads_no_seeing_room(tmp_path: Path) -> None:
    """The running service has imported the API and no module of a seeing room."""
    loaded = modules_loaded_by_serving(tmp_path)

    assert seeing(loaded) == set()
    assert "fallberatung.api.app" in loaded


def test_a_reexport_in_a_doorstep_is_caught(tmp_path: Path) -> None:
    """The tenth breach: a re-export that keeps every static contract green is seen at run time."""
    ignored = shutil.ignore_patterns("__pycache__", "bundled")
    shutil.copytree(ROOT / "src" / "fallberatung", tmp_path / "fallberatung", ignore=ignored)
    doorstep = tmp_path / "fallberatung" / "crypto" / "__init__.py"
    sentence = doorstep.read_text(encoding="utf-8")
    doorstep.write_text(sentence + "\nimport fallberatung.crypto.opened\n", encoding="utf-8")

    loaded = modules_loaded_by("fallberatung.crypto.sealed", tmp_path)

    assert seeing(loaded) == {"fallberatung.crypto.opened"}
    assert not is_doorstep(doorstep)


def is_doorstep(path: Path) -> bool:
    """Say whether a module is one docstring of one sentence and nothing else."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return len(tree.body) == 1 and ast.get_docstring(tree) is not None


def test_every_doorstep_holds_one_docstring_and_nothing_else() -> None:
    """No ``__init__.py`` imports, defines or re-exports anything."""
    doorsteps = sorted((ROOT / "src").rglob("__init__.py"))

    assert [path for path in doorsteps if not is_doorstep(path)] == []
    assert len(doorsteps) >= 16


def test_every_doorstep_says_whether_its_room_may_see() -> None:
    """Each room's first words are the answer to the question that decides every line."""
    marks = ("[seeing]", "[blind]", "[both]", "[both, never in one file]")
    rooms = [
        path for path in (ROOT / "src").rglob("__init__.py") if path.parent.name != "fallberatung"
    ]
    docstrings = {path: ast.get_docstring(ast.parse(path.read_text("utf-8"))) for path in rooms}

    assert [path for path, text in docstrings.items() if not (text or "").startswith(marks)] == []
    assert len(rooms) >= 15
