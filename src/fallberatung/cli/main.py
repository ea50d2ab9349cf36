"""The one command and its parts; it knows their modules by name only.

Law of the file: no room is imported here. `fallberatung serve` must never load a room that can
see cleartext, and the auditor's commands must work where neither service nor client is installed.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final

import click


@dataclass(frozen=True, slots=True)
class Part:
    """A command: where it lives, what it does, and which extra of the package it needs."""

    module: str
    name: str
    summary: str
    extra: str


_OPERATOR: Final = "fallberatung.cli.operator"

PARTS: Final[Mapping[str, Part]] = {
    "init": Part(_OPERATOR, "init", "Make keys, database and an empty log.", "server"),
    "area": Part(_OPERATOR, "area", "Found the area this installation serves.", "server"),
    "serve": Part(_OPERATOR, "serve", "Serve the pages and the API.", "server"),
    "doctor": Part(_OPERATOR, "doctor", "Look whether everything is in order.", "server"),
    "audit": Part("fallberatung.cli.auditor", "audit", "Verify the access log offline.", "none"),
    "institution": Part(
        "fallberatung.cli.participant", "institution", "Keys and rosters, offline.", "client"
    ),
    "demo": Part("fallberatung.cli.demo", "demo", "Walk through a case on this machine.", "all"),
}
"""Every command there is."""

UNUSABLE: Final = 2
"""The exit status of everything that could not even begin."""


class LazyGroup(click.Group):
    """Imports the module of a command when that command is called, and no other."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Name the commands in the order of the table."""
        return list(PARTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Import one command, or return None where there is none of this name."""
        part = PARTS.get(cmd_name)
        if part is None:
            return None
        try:
            command = getattr(import_module(part.module), part.name, None)
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("fallberatung"):
                raise
            click.echo(f"This command needs fallberatung[{part.extra}].", err=True)
            sys.exit(UNUSABLE)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        """List the commands from the table, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, part.summary) for name, part in PARTS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fallberatung")
def main() -> None:
    """Case consultation for child and youth welfare: pseudonymised, sealed, accountable."""
