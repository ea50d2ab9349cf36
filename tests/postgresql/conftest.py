"""A PostgreSQL cluster of its own for the tests of this folder, on a Unix socket only."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import tools


def unprivileged() -> list[str]:
    """Return the prefix that leaves root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    return ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The socket folder of a running cluster that nobody else can reach."""
    binaries = tools.POSTGRES.find()
    assert binaries is not None, "the gate runs only where PostgreSQL is installed"
    # pytest's own folders are closed to the unprivileged user that PostgreSQL needs.
    with tempfile.TemporaryDirectory(prefix="fb-pg-") as name:
        yield from running(Path(name), binaries)


def running(home: Path, binaries: str) -> Iterator[str]:
    """Make a cluster under *home*, keep it running, and stop it."""
    as_user = unprivileged()
    if as_user:
        shutil.chown(home, as_user[1].rpartition("=")[2])
    initdb = [*as_user, f"{binaries}/initdb", "-D", f"{home}/data", "-U", "postgres", "-A", "trust"]
    subprocess.run([*initdb, "--no-sync"], check=True, cwd=home, stdout=subprocess.DEVNULL)
    control = [*as_user, f"{binaries}/pg_ctl", "-D", f"{home}/data", "-w", "-s"]
    options = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
    subprocess.run([*control, "-o", options, "-l", f"{home}/log", "start"], check=True, cwd=home)
    yield str(home)
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd=home)


@pytest.fixture
def address(cluster: str) -> str:
    """The SQLAlchemy address of the cluster's database."""
    return f"postgresql+psycopg://postgres@/postgres?host={cluster}"
