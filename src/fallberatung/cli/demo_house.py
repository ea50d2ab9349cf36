"""[seeing] The demo's house: the real service, started as a process of its own and stopped again.

The demo never imports the service; it types the operator's commands like an operator would.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

PROGRAM: Final = (
    sys.executable,
    "-c",
    "import sys; from fallberatung.cli.main import main; sys.exit(main())",
)
LISTENING: Final = "listening on "
START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 15.0
TICK: Final = 0.05


class HouseDownError(click.ClickException):
    """A command of the operator failed; the message is that command's own sentence."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class RunningHouse:
    """A service that accepts connections at `address`; its two output streams grow as files."""

    address: str
    process: subprocess.Popen[bytes]
    out: Path
    err: Path


def operate(arguments: Sequence[str]) -> str:
    """Run one command of `fallberatung` to its end and return what it printed.

    Raises:
        HouseDownError: it did not end with 0; carries the last line it wrote to stderr.
    """
    done = subprocess.run(  # noqa: S603  the program is this very package, never a shell
        [*PROGRAM, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise HouseDownError(_last_line(done.stderr))
    return done.stdout


def free_port() -> int:
    """Return a TCP port of loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def is_port_free(port: int) -> bool:
    """Tell whether a service could listen on this port of loopback now."""
    with socket.socket() as probe:
        # The service sets the same option, so a port in TIME_WAIT counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def serving(data: Path, logs: Path, port: int) -> Iterator[RunningHouse]:
    """Serve `data` on loopback for the length of the block, then stop the process.

    Args:
        data: a data directory in which an area has been founded.
        logs: where `serve.out` and `serve.err` are appended to.
        port: a free port.

    Raises:
        HouseDownError: it ended before it listened, or did not listen in time.
    """
    out, err = logs / "serve.out", logs / "serve.err"
    with out.open("ab") as out_file, err.open("ab") as err_file:
        start = out.stat().st_size
        process = subprocess.Popen(  # noqa: S603  the program is this very package, never a shell
            [*PROGRAM, "serve", "--data", str(data), "--port", str(port)],
            stdout=out_file,
            stderr=err_file,
            start_new_session=True,
        )
        try:
            yield RunningHouse(_wait_until_listening(process, out, start, err), process, out, err)
        finally:
            _stop(process)


def _wait_until_listening(
    process: subprocess.Popen[bytes], out: Path, start: int, err: Path
) -> str:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        for line in out.read_bytes()[start:].decode(errors="replace").splitlines():
            if line.startswith(LISTENING):
                return line.removeprefix(LISTENING).strip()
        if process.poll() is not None:
            raise HouseDownError(_last_line(err.read_text(errors="replace")))
        time.sleep(TICK)
    raise HouseDownError(f"the service did not listen within {START_SECONDS:.0f} seconds")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "the command failed without a word"
