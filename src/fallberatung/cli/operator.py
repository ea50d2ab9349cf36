"""[blind] What the operator of a service types: init, area found, serve, doctor.

Whatever goes wrong is one sentence on stderr and exit status 2, never a traceback.
"""

import ipaddress
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any, Final, ParamSpec

import click
import uvicorn

from fallberatung.api.app import create_app
from fallberatung.bootstrap import ambient, logs
from fallberatung.bootstrap.doctor import examine
from fallberatung.bootstrap.errors import SetupError
from fallberatung.bootstrap.founding import default_realm, found_area, initialise
from fallberatung.bootstrap.service import opened
from fallberatung.bootstrap.settings import Settings
from fallberatung.errors import FallberatungError
from fallberatung.wire.town import read_town

P = ParamSpec("P")

UNUSABLE: Final = 2
_FOLDER: Final = click.Path(path_type=Path, file_okay=False)
_FILE: Final = click.Path(path_type=Path, dir_okay=False)

_data = click.option(
    "--data", type=_FOLDER, help="Folder of database, keys and lock (FB_DATA, else ./data)."
)


class Sentence(click.ClickException):
    """A bad situation in one sentence."""

    exit_code = UNUSABLE

    def show(self, file: Any = None) -> None:  # noqa: ANN401, ARG002  # click's signature
        """Print the sentence alone."""
        click.echo(f"fallberatung: {self.message}", err=True)


def speaking(command: Callable[P, None]) -> Callable[P, None]:
    """Turn every refusal of a command into its sentence; messages are publishable by rule."""

    @wraps(command)
    def spoken(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except FallberatungError as error:
            raise Sentence(f"{error}.") from None
        except OSError as error:
            raise Sentence(f"{error.strerror or type(error).__name__}.") from None

    return spoken


@click.command()
@_data
@click.option("--realm", help="Name that goes into every password's salt; default: host name.")
@speaking
def init(data: Path | None, realm: str | None) -> None:
    """Make keys, database and an empty log."""
    settings = _settings(data=data)
    initialise(settings, realm or default_realm(), ambient.clock, ambient.random)
    click.echo(f"initialised {settings.data}")


@click.group()
def area() -> None:
    """Found the area this installation serves."""


@area.command()
@click.argument("town", type=_FILE)
@_data
@click.option(
    "--invitations", type=_FOLDER, required=True, help="Folder for one invitation per person."
)
@speaking
def found(town: Path, data: Path | None, invitations: Path) -> None:
    """Found the area that TOWN describes; the service must not be running."""
    read = read_town(_content(town))
    with opened(_settings(data=data), ambient.clock, ambient.random, is_serving=False) as service:
        count = found_area(service, read, invitations)
    click.echo(f"founded {read.area}: {count} invitations in {invitations}")


@click.command()
@_data
@click.option("--host", help="Address to listen on; loopback only in this version.")
@click.option("--port", type=click.IntRange(0, 65_535), help="Port; 0 takes a free one.")
@speaking
def serve(data: Path | None, host: str | None, port: int | None) -> None:
    """Serve the pages and the API until SIGTERM or SIGINT."""
    settings = _settings(data=data, host=host, port=port)
    _check_loopback(settings.host)
    logs.set_up()
    with (
        _listening(settings.host, settings.port) as listener,
        opened(settings, ambient.clock, ambient.random) as service,
    ):
        taken = int(listener.getsockname()[1])
        if not service.house.area:
            click.echo("no area has been founded yet; run `fallberatung area found`", err=True)
        _run(create_app(service, _names(settings.host, taken)), listener, settings.host, taken)


@click.command()
@_data
@speaking
def doctor(data: Path | None) -> None:
    """Look whether everything is in order; changes nothing."""
    findings = examine(_settings(data=data), ambient.clock())
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_good else 'BAD '} {finding.name}: {finding.words}")
    if not all(finding.is_good for finding in findings):
        sys.exit(UNUSABLE)


class _Server(uvicorn.Server):
    """Says when it accepts connections, and lets the house close its doors after a signal."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            click.echo(f"listening on {self._address}")
            sys.stdout.flush()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # The inherited one raises the signal again after the shutdown and so kills the process
        # before the last entries are integrated and the lock is let go.
        def stop(number: int, frame: FrameType | None) -> None:
            self.handle_exit(number, frame)

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _run(app: Any, listener: socket.socket, host: str, port: int) -> None:  # noqa: ANN401  # any ASGI application
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=10,
        limit_concurrency=512,
        lifespan="off",
    )
    _Server(config, f"http://{_bracketed(host)}:{port}").run(sockets=[listener])


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=512)
    except PermissionError:
        raise SetupError(f"port {port} may be opened by an administrator only") from None
    except OSError:
        raise SetupError(f"port {port} on {host} is taken; choose another with --port") from None
    with listener:
        yield listener


def _names(host: str, port: int) -> frozenset[str]:
    hosts = {_bracketed(host), "127.0.0.1", "localhost", "[::1]"}
    return frozenset(f"{name}:{port}" for name in hosts)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _check_loopback(host: str) -> None:
    try:
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise SetupError("this version serves on loopback only; use --host 127.0.0.1")


def _settings(**given: Any) -> Settings:  # noqa: ANN401  # values of several options
    return Settings(**{name: value for name, value in given.items() if value is not None})


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise SetupError(f"{path.name} cannot be read") from None
