"""[seeing] The demo town that lasts: made once, used again, made anew after an interruption.

A folder belongs to the demo when it holds the log-in file, which is written first. The mark
`ready.json` is written last; without it, or when the desk roster has run out, everything but the
log-ins is thrown away and made again. Nothing in a folder of somebody else is ever touched.
"""

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from fallberatung.cli import demo_words as words
from fallberatung.cli.demo_house import HouseDownError, serving
from fallberatung.cli.demo_sample import PEOPLE
from fallberatung.cli.demo_town import (
    ROSTER_DAYS,
    Ambience,
    Folders,
    found,
    join_everybody,
    make_passwords,
    make_people,
)
from fallberatung.client.vault_file import replace_file

LOGINS: Final = "demo-logins.json"
READY: Final = "ready.json"
SPARE: Final = timedelta(days=7)
"""A town whose roster ends within this time is made anew."""

Logins = Mapping[str, str]
"""Password by sign-in name."""


def prepare(folder: Path, port: int, ambience: Ambience, tell: Callable[[str], None]) -> Logins:
    """Make the town in `folder` unless a whole one stands there; return the log-ins.

    Args:
        folder: empty, missing, or a demo folder from before.
        port: free; used while people join.
        ambience: clock and randomness.
        tell: is told what is going on.

    Raises:
        HouseDownError: the folder belongs to something else, or an operator's command failed.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    logins = _logins(folder, ambience)
    ends = _ends(folder)
    if ends is not None and ambience.clock().timestamp() < ends - SPARE.total_seconds():
        return logins
    is_new = not Folders(folder).people.exists()
    expired = words.TOWN_HEALING if ends is None else words.TOWN_EXPIRED
    tell(words.TOWN_PREPARING if is_new else expired)
    _make(folder, port, logins, ambience)
    return logins


def show_logins(console: Console, address: str, logins: Logins, folder: Path) -> None:
    """Print where the town is served and who can sign in with what."""
    table = Table(title=words.TOWN_LOGINS.format(file=folder / LOGINS))
    for column in words.TOWN_COLUMNS:
        table.add_column(column)
    for part in PEOPLE:
        table.add_row(part.user, part.name, logins[part.user])
    console.print(table)
    console.print(words.TOWN_SERVING.format(address=address))


def _logins(folder: Path, ambience: Ambience) -> Logins:
    file = folder / LOGINS
    if file.exists():
        try:
            kept = json.loads(file.read_bytes())
            return {part.user: str(kept[part.user]) for part in PEOPLE} | {
                "officer": str(kept["officer"])
            }
        except (OSError, ValueError, KeyError, TypeError):
            raise HouseDownError(words.FOREIGN_FOLDER.format(folder=folder)) from None
    if any(folder.iterdir()):
        raise HouseDownError(words.FOREIGN_FOLDER.format(folder=folder))
    made = make_passwords(ambience)
    replace_file(file, json.dumps(made, indent=2).encode())
    return made


def _ends(folder: Path) -> float | None:
    try:
        return float(json.loads((folder / READY).read_bytes())["roster_ends"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _make(folder: Path, port: int, logins: Logins, ambience: Ambience) -> None:
    folders = Folders(folder)
    (folder / READY).unlink(missing_ok=True)
    for part in (folders.house, folders.people, folders.invitations, folders.office):
        shutil.rmtree(part, ignore_errors=True)
    vaults = make_people(folders, logins, ambience)
    found(folders)
    with serving(folders.house, folder, port) as house:
        join_everybody(house.address, folders, vaults, logins, ambience)
    ends = ambience.clock() + timedelta(days=ROSTER_DAYS)
    replace_file(folder / READY, json.dumps({"roster_ends": ends.timestamp()}).encode())
