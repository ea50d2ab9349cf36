"""[seeing] `fallberatung institution`: the officer's offline commands; nothing here is ever sent.

The institution's key vouches for the desk. It lives in one file, sealed under a password that is
asked for or read from the file named by FB_INSTITUTION_PASSWORD_FILE.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

import click

from fallberatung.cli import participant_words as words
from fallberatung.client.ambient import system_clock, system_random
from fallberatung.client.officer import (
    LONGEST_DAYS,
    Plan,
    compose_town,
    make_key_file,
    make_roster,
    read_key_file,
    write_town,
)
from fallberatung.client.people import read_request
from fallberatung.client.vault_file import replace_file
from fallberatung.errors import FallberatungError

SHORTEST_PASSWORD: Final = 12
FILE: Final = click.Path(path_type=Path, dir_okay=False)
Decorated = Callable[[Callable[..., None]], Callable[..., None]]

_key: Decorated = click.option("--key", type=FILE, required=True, help=words.HELP_KEY)
_password: Decorated = click.option(
    "--password-file",
    type=FILE,
    envvar="FB_INSTITUTION_PASSWORD_FILE",
    help=words.HELP_PHRASE,
)
_area: Decorated = click.option("--area", required=True, help=words.HELP_AREA)
_out: Decorated = click.option("--out", type=FILE, required=True, help=words.HELP_OUT)


class OfficerError(click.ClickException):
    """One sentence for the officer; exit code 2."""

    exit_code = 2


@click.group(help=words.HELP_INSTITUTION)
def institution() -> None:
    """Hold the institution's key."""


@institution.command(help=words.HELP_INIT)
@_key
@_password
def init(key: Path, password_file: Path | None) -> None:
    """Make the key file."""
    with _plain_errors():
        password = _ask(password_file, is_new=True)
        made = make_key_file(key, password, system_random)
    click.echo(words.MADE.format(key=made.public_key.hex()))


@institution.command(help=words.HELP_DESK)
@_key
@_password
@_area
@click.option("--days", type=click.IntRange(1, LONGEST_DAYS), default=90, help=words.HELP_DAYS)
@_out
@click.argument("requests", type=FILE, nargs=-1, required=True)
def desk(
    *,
    key: Path,
    password_file: Path | None,
    area: str,
    days: int,
    out: Path,
    requests: tuple[Path, ...],
) -> None:
    """Sign a desk roster of the people in the request files."""
    with _plain_errors():
        advisers = [read_request(path) for path in requests]
        opened = read_key_file(key, _ask(password_file))
        roster = make_roster(opened, area, advisers, system_clock(), days)
        _write(out, roster)
    click.echo(words.SIGNED.format(count=len(advisers), days=days))


@institution.command(help=words.HELP_TOWN)
@_key
@_password
@_area
@click.option("--name", required=True, help=words.HELP_NAME)
@click.option("--land", required=True, help=words.HELP_LAND)
@click.option(
    "organisations",
    "--organisation",
    nargs=3,
    multiple=True,
    required=True,
    help=words.HELP_ORGANISATION,
)
@click.option("--roster", type=FILE, required=True, help=words.HELP_ROSTER)
@click.option("--tables", nargs=4, help=words.HELP_TABLES)
@_out
@click.argument("requests", type=FILE, nargs=-1, required=True)
def town(
    *,
    key: Path,
    password_file: Path | None,
    area: str,
    name: str,
    land: str,
    organisations: tuple[tuple[str, str, str], ...],
    roster: Path,
    tables: tuple[str, str, str, str] | None,
    out: Path,
    requests: tuple[Path, ...],
) -> None:
    """Write the town file for the operator."""
    with _plain_errors():
        people = [read_request(path) for path in requests]
        named = tuple((slug, shown, kind) for slug, kind, shown in organisations)
        plan = Plan(area, name, land, named, _basis(tables), is_demo=False)
        opened = read_key_file(key, _ask(password_file))
        write_town(out, compose_town(plan, opened.public_key, _read(roster), people))
    click.echo(words.WRITTEN.format(people=len(people), organisations=len(named)))


def _basis(tables: tuple[str, str, str, str] | None) -> tuple[str, date, tuple[str, str]] | None:
    if tables is None:
        return None
    legal_basis, day, one, other = tables
    try:
        return legal_basis, date.fromisoformat(day), (one, other)
    except ValueError:
        raise OfficerError(words.BAD_DAY) from None


def _ask(password_file: Path | None, *, is_new: bool = False) -> str:
    if password_file is not None:
        try:
            password = password_file.read_text(encoding="utf-8").split("\n")[0]
        except (OSError, UnicodeDecodeError):
            raise OfficerError(words.NO_PHRASE_FILE) from None
    else:
        question = words.ASK_NEW if is_new else words.ASK
        password = click.prompt(question, hide_input=True, confirmation_prompt=is_new)
    if is_new and len(password) < SHORTEST_PASSWORD:
        raise OfficerError(words.TOO_SHORT)
    return password


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise OfficerError(words.NO_ROSTER) from None


def _write(path: Path, content: bytes) -> None:
    try:
        replace_file(path, content)
    except OSError:
        raise OfficerError(words.NOT_WRITTEN.format(file=path)) from None


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except FallberatungError as error:
        # The house's own messages hold no text of a user and are safe to show.
        raise OfficerError(str(error)) from None
