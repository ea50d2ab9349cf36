"""Importing any module of the house opens nothing, connects to nothing, starts nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"

WATCHED_IMPORT = """
import importlib, sys
done = []
def watch(event, arguments):
    if event in FORBIDDEN or (event == "open" and is_written(arguments)):
        done.append(event)
def is_written(arguments):
    path, mode, _ = arguments
    return isinstance(mode, str) and set(mode) & set("wax+") and "pycache" not in str(path)
FORBIDDEN = {"socket.connect", "socket.bind", "subprocess.Popen", "os.system", "sqlite3.connect",
             "os.mkdir", "os.rename", "os.remove", "_thread.start_new_thread"}
import importlib.metadata, logging, ssl
sys.dont_write_bytecode = True
import threading
threads = threading.active_count()
sys.addaudithook(watch)
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*done, threading.active_count() - threads)
"""


def modules() -> list[str]:
    """Return the dotted name of every module of the package."""
    paths = (path for path in SOURCE.rglob("*.py") if "bundled" not in path.parts)
    names = (".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in paths)
    return sorted(
        name.removesuffix(".__init__")
        for name in names
        if "versions" not in name and not name.endswith(".env")
    )


def rooms() -> dict[str, list[str]]:
    """Return the modules of each room."""
    found: dict[str, list[str]] = {}
    for name in modules():
        found.setdefault(".".join(name.split(".")[:2]), []).append(name)
    return found


@pytest.mark.parametrize("room", rooms())
def test_importing_a_room_does_nothing(room: str) -> None:
    """No file is written, no socket opened, no process or thread started by an import."""
    program = [sys.executable, "-c", WATCHED_IMPORT, *rooms()[room]]
    done = subprocess.run(program, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["0"]


def test_every_room_was_imported() -> None:
    """The list of modules is not empty by mistake."""
    assert len(modules()) >= 80
    assert len(rooms()) >= 13
