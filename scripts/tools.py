"""Programs of the machine that some gates need, and how to come by them."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

POSTGRES_HOMES = "/usr/lib/postgresql"


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that Debian has and PyPI has not."""

    name: str
    package: str
    find: Callable[[], str | None]

    @property
    def apt_line(self) -> str:
        """What a person types to install it."""
        return f"sudo apt install {self.package}"


def chromium() -> str | None:
    """Return the path of Debian's browser."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def postgres() -> str | None:
    """Return the folder that holds ``initdb`` and ``postgres``, or nothing."""
    candidates = sorted(Path(POSTGRES_HOMES).glob("*/bin/initdb"), reverse=True)
    if candidates:
        return str(candidates[0].parent)
    found = shutil.which("initdb")
    return str(Path(found).parent) if found else None


CHROMIUM = Tool("chromium", "chromium", chromium)
POSTGRES = Tool("postgresql", "postgresql", postgres)
TOOLS = (CHROMIUM, POSTGRES)


def install_missing(wanted: tuple[Tool, ...], say: Callable[[str], None]) -> None:
    """Install what is missing through apt, when this is root on a machine that has apt.

    Without root, or when apt fails, nothing happens here: the gate concerned is reported as not
    run.
    """
    missing = [tool for tool in wanted if tool.find() is None]
    apt = shutil.which("apt-get")
    if not missing or apt is None or os.geteuid() != 0:
        return
    packages = sorted({tool.package for tool in missing})
    say(f"installing {', '.join(packages)} through apt (a few minutes)")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", *packages]):
        subprocess.run([apt, *arguments], env=environment, check=False, stdout=subprocess.DEVNULL)
