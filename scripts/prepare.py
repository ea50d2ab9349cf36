"""Make the virtual environment the doors need, and heal it after an interruption.

Standard library only, and readable by every Python 3, so that a wrong version is met with a
sentence instead of a syntax error. The marker ``.venv/.ready`` holds the digest of what was
installed; it is written last, so an interrupted install is simply done again.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-dev.lock"
VENV = ROOT / ".venv"
READY = VENV / ".ready"
COLLECTING = re.compile(r"^Collecting ([A-Za-z0-9._-]+)")


class PrepareError(Exception):
    """The environment cannot be made; the message is one clear sentence for a person."""


def interpreter() -> Path:
    """Return the Python of the virtual environment."""
    return VENV / "bin" / "python"


def prepare() -> Path:
    """Make or heal the virtual environment and return its Python.

    Raises:
        PrepareError: With one sentence on what is missing and what to type.
    """
    check_version((sys.version_info[0], sys.version_info[1]))
    wanted = digest()
    if is_ready(wanted):
        return interpreter()
    check_writable(ROOT)
    make_venv()
    install_locked()
    install_project()
    READY.write_text(wanted, encoding="utf-8")
    return interpreter()


def check_version(version: "tuple[int, int]") -> None:
    """Refuse a Python older than the project's oldest."""
    if version < OLDEST:
        raise PrepareError(
            f"Python {version[0]}.{version[1]} is too old: fallberatung needs 3.11 or newer; "
            "install it and call make PYTHON=python3.11"
        )


def check_writable(folder: Path) -> None:
    """Refuse a folder in which nothing can be made."""
    if not os.access(folder, os.W_OK):
        raise PrepareError(
            "the project folder is not writable: the environment, the data and the web assets are "
            "kept beside the source, so clone it somewhere you may write"
        )


def digest() -> str:
    """Return the digest of everything that decides what is installed."""
    parts = (LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_ready(wanted: str) -> bool:
    """Say whether the environment holds exactly what is wanted."""
    if not (READY.is_file() and interpreter().exists()):
        return False
    return READY.read_text(encoding="utf-8") == wanted


def make_venv() -> None:
    """Make an empty environment, or keep a usable one that only lacks packages."""
    if interpreter().exists() and quiet([str(interpreter()), "-m", "pip", "--version"]) == 0:
        READY.unlink(missing_ok=True)
        return
    say("making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    if quiet([sys.executable, "-c", "import ensurepip"]) != 0:
        raise PrepareError(
            "this Python cannot make virtual environments: type apt install python3-venv"
        )
    venv.create(VENV, with_pip=True)


def install_locked() -> None:
    """Install every locked package, refusing what differs from its hash."""
    total = sum(1 for line in LOCK.read_text(encoding="utf-8").splitlines() if "==" in line)
    say(f"installing {total} locked packages (about a minute, 170 MB to download)")
    command = [
        *pip(),
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        str(LOCK),
    ]
    follow(command, total)


def install_project() -> None:
    """Install the project itself, editable, from what is already here."""
    say("installing fallberatung itself")
    follow([*pip(), "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)], 1)


def pip() -> "list[str]":
    """Return the beginning of every install command."""
    return [str(interpreter()), "-m", "pip", "install", "--disable-pip-version-check"]


def follow(command: "list[str]", total: int) -> None:
    """Run *command*, show which of *total* packages it has reached, and keep its last words."""
    seen, tail = 0, [""]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as child:
        for line in child.stdout or ():
            tail = [*tail[-12:], line]
            found = COLLECTING.match(line)
            if found:
                seen += 1
                progress(seen, total, found.group(1))
    progress(0, 0, "")
    if child.returncode:
        sys.stderr.write("".join(tail))
        raise PrepareError(
            "the packages could not be installed (see the lines above): check the network and the "
            "disk, then run the same command again; it goes on where it stopped"
        )


def progress(seen: int, total: int, name: str) -> None:
    """Draw one progress line on a terminal; print every tenth step elsewhere."""
    if sys.stdout.isatty():
        sys.stdout.write("\r\033[K" + (f"  [{seen}/{total}] {name}" if total else ""))
        sys.stdout.flush()
    elif total and seen % 10 == 0:
        say(f"  {seen} of {total}")


def quiet(command: "list[str]") -> int:
    """Run *command* unheard and return its exit status."""
    silent = subprocess.DEVNULL
    return subprocess.run(command, stdout=silent, stderr=silent, check=False).returncode


def say(line: str) -> None:
    """Print one line at once."""
    print("· " + line, flush=True)
