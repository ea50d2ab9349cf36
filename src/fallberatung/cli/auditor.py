"""[blind] `fallberatung audit`: a data protection officer verifies the access log offline.

Reads files only, writes none, needs no service and no network. Exit status 0: the bundle holds;
1: it does not; 2: a file cannot be read or the command was typed wrongly.
"""

import json
from pathlib import Path
from typing import Final, NoReturn

import click
from rich.console import Console

from fallberatung.audit.checkpoint import verify_checkpoint
from fallberatung.audit.errors import BundleError, NoteError, ProofError
from fallberatung.audit.note import read_note
from fallberatung.audit.policy import LogPolicy, parse_policy
from fallberatung.audit.verify import Verified, verify_bundle
from fallberatung.cli.auditor_report import as_json, as_lines, as_table
from fallberatung.cli.auditor_words import FAULTS, WORDS
from fallberatung.errors import MalformedError

INVALID: Final = 1
UNREADABLE: Final = 2
PAGE_WIDTH: Final = 180
"""Columns of a table that goes into a file or a pager instead of onto a terminal."""

_FILE: Final = click.Path(path_type=Path)


class UnreadableError(click.ClickException):
    """A file of the auditor's own cannot be used; the message is one German sentence."""

    exit_code = UNREADABLE

    def show(self, _file: object = None) -> None:
        """Print the sentence alone."""
        click.echo(self.message, err=True)


@click.group(name="audit", help=WORDS["audit"])
def audit() -> None:
    """Gather the auditor's commands."""


@audit.command(help=WORDS["verify"])
@click.argument("bundle", type=_FILE)
@click.option("--policy", type=_FILE, required=True, help=WORDS["policy"])
@click.option("--since", type=_FILE, help=WORDS["since"])
@click.option("--json", "wants_json", is_flag=True, help=WORDS["json"])
def verify(bundle: Path, policy: Path, since: Path | None, *, wants_json: bool) -> None:
    """Verify a bundle and say what is in it."""
    try:
        verified = _verified(bundle, policy, since)
    except MalformedError as error:
        _refuse(error, wants_json=wants_json)
    click.echo(as_json(verified) if wants_json else "\n".join(as_lines(verified)))


@audit.command(help=WORDS["show"])
@click.argument("bundle", type=_FILE)
@click.option("--policy", type=_FILE, required=True, help=WORDS["policy"])
def show(bundle: Path, policy: Path) -> None:
    """Verify a bundle and list its entries; nothing is shown of one that does not hold."""
    try:
        verified = _verified(bundle, policy, None)
    except MalformedError as error:
        _refuse(error, wants_json=False)
    console = Console()
    if not console.is_terminal:
        console.width = PAGE_WIDTH
    console.print(as_table(verified))


def _verified(bundle: Path, policy_file: Path, since: Path | None) -> Verified:
    policy = _policy(policy_file)
    previous_note = None if since is None else _previous(since, policy)
    return verify_bundle(_read(bundle), policy, previous_note)


def _policy(path: Path) -> LogPolicy:
    try:
        return parse_policy(read_note(_read(path)))
    except NoteError:
        raise UnreadableError(WORDS["bad_policy"].format(name=path.name)) from None


def _previous(path: Path, policy: LogPolicy) -> str:
    try:
        note = read_note(_read(path))
        verify_checkpoint(note, policy)
    except (NoteError, ProofError):
        raise UnreadableError(WORDS["bad_since"].format(name=path.name)) from None
    return note


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise UnreadableError(WORDS["unreadable"].format(name=path.name)) from None


def _refuse(error: MalformedError, *, wants_json: bool) -> NoReturn:
    if wants_json:
        fault = {"valid": False, "fault": type(error).__name__, "reason": str(error)}
        click.echo(json.dumps(fault))
    else:
        known = [FAULTS[each] for each in type(error).__mro__ if each in FAULTS]
        reason = known[0] if known else FAULTS[BundleError]
        click.echo(f"{WORDS['invalid']}\n\n  {reason}\n\n  {WORDS['keep']}", err=True)
    raise click.exceptions.Exit(INVALID)
