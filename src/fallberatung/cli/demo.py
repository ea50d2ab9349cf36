"""[seeing] `fallberatung demo walk` and `fallberatung demo town`: see the house at work.

`walk` takes one invented case through an empty house and cleans up after itself; `town` keeps a
small town for trying the pages. Both start the real service as a process of its own.
"""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
from rich.console import Console

from fallberatung.cli import demo_words as words
from fallberatung.cli.demo_house import HouseDownError, free_port, is_port_free, serving
from fallberatung.cli.demo_lasting import Logins, prepare, show_logins
from fallberatung.cli.demo_sample import story
from fallberatung.cli.demo_show import Show
from fallberatung.cli.demo_steps import Notes, Stage
from fallberatung.cli.demo_story import Story
from fallberatung.cli.demo_town import (
    Ambience,
    Folders,
    found,
    join_everybody,
    make_passwords,
    make_people,
)
from fallberatung.cli.demo_walk import Audience, everybody, leave, walk_through
from fallberatung.client.ambient import local_day, system_clock, system_random
from fallberatung.client.author import FiledCase
from fallberatung.client.drafting import find_policy
from fallberatung.errors import FallberatungError

TICK = 0.2


@click.group(help=words.HELP_DEMO)
def demo() -> None:
    """Show the house with invented cases."""


@demo.command(help=words.HELP_WALK)
@click.option("--data", type=click.Path(path_type=Path), help=words.HELP_DATA)
@click.option("--keep", is_flag=True, help=words.HELP_KEEP)
@click.option("--text", type=click.Path(path_type=Path), help=words.HELP_TEXT)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help=words.HELP_DAY)
@click.option(
    "--policies",
    type=click.Path(path_type=Path),
    envvar="FB_POLICIES",
    help=words.HELP_POLICIES,
)
def walk(
    data: Path | None,
    *,
    keep: bool,
    text: Path | None,
    day: datetime | None,
    policies: Path | None,
) -> None:
    """Take one case through the house."""
    console = Console()
    began = time.monotonic()
    ambience = Ambience(system_clock, system_random)
    told = _story(text, None if day is None else day.date(), local_day(system_clock()))
    console.print(words.INTRO)
    console.print(words.FOUNDING)
    with _plain_errors(), _folder(data, is_kept=keep or data is not None) as folder:
        with open_stage(Folders(folder), ambience, policies) as stage:
            ready = time.monotonic() - began
            address = next(iter(stage.people.values())).house.address
            console.print(words.READY.format(seconds=ready, address=address))
            walk_through(stage, told, Show(console))
        if keep or data is not None:
            console.print(words.KEPT.format(folder=folder), markup=False)
    console.print(words.DONE.format(seconds=time.monotonic() - began))


@demo.command(help=words.HELP_TOWN)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path(".local/demo"),
    show_default=True,
    help=words.HELP_DATA,
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help=words.HELP_PORT)
def town(data: Path, port: int) -> None:
    """Prepare the demo's town once and serve it until Ctrl-C."""
    console = Console()
    if not is_port_free(port):
        raise HouseDownError(words.PORT_BUSY.format(port=port))
    with _plain_errors(), _stoppable():
        try:
            logins = prepare(data, port, Ambience(system_clock, system_random), console.print)
            _serve(data, port, logins, console)
        except KeyboardInterrupt:
            console.print()
            console.print(words.TOWN_STOPPED)


@contextmanager
def open_stage(folders: Folders, ambience: Ambience, policies: Path | None) -> Iterator[Stage]:
    """Found an empty town below `folders`, serve it, sign everybody in; undo all but the files.

    Args:
        folders: an empty folder's parts.
        ambience: clock, randomness, and for tests a carrier that records.
        policies: folder of the policies, None for the installation's.
    """
    policy = find_policy(policies)
    passwords = make_passwords(ambience)
    vaults = make_people(folders, passwords, ambience)
    found(folders)
    notes = Notes()
    with serving(folders.house, folders.root, free_port()) as house:
        join_everybody(house.address, folders, vaults, passwords, ambience)
        people = everybody(house.address, vaults, passwords, ambience, notes)
        try:
            yield Stage(people, policy, notes, folders.root)
        finally:
            leave(people)


def run_walk(
    folder: Path, told: Story, audience: Audience, ambience: Ambience, policies: Path | None = None
) -> FiledCase:
    """Do all of `demo walk` but the printing, in an empty folder that is kept."""
    with open_stage(Folders(folder), ambience, policies) as stage:
        return walk_through(stage, told, audience)


def _story(text: Path | None, day: date | None, today: date) -> Story:
    if text is None:
        return story(None, day, today)
    try:
        return story(text.read_text(encoding="utf-8"), day, today)
    except (OSError, UnicodeDecodeError):
        raise HouseDownError(words.TEXT_UNREADABLE) from None


@contextmanager
def _folder(data: Path | None, *, is_kept: bool) -> Iterator[Path]:
    if data is None:
        folder = Path(tempfile.mkdtemp(prefix="fallberatung-demo-"))
    else:
        folder = data
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise HouseDownError(words.FOLDER_UNUSABLE.format(folder=folder)) from None
        if any(folder.iterdir()):
            raise HouseDownError(words.FOREIGN_FOLDER.format(folder=folder))
    try:
        yield folder
    finally:
        if not is_kept:
            shutil.rmtree(folder, ignore_errors=True)


def _serve(data: Path, port: int, logins: Logins, console: Console) -> None:
    folders = Folders(data)
    with serving(folders.house, data, port) as house:
        show_logins(console, house.address, logins, data)
        while house.process.poll() is None:
            time.sleep(TICK)
    raise HouseDownError(words.HOUSE_STOPPED.format(file=data / "serve.err"))


@contextmanager
def _stoppable() -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except FallberatungError as error:
        # The house's own messages hold no text of a user and are safe to show.
        raise HouseDownError(str(error)) from None
    except OSError as error:
        folder = os.fspath(error.filename or "")
        raise HouseDownError(words.FOLDER_UNUSABLE.format(folder=folder)) from None
