"""The nine import contracts hold, and a deliberate breach of each is caught by it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

BREACHES = {
    "floors": ("roundtable/procedure/breach.py", "import fallberatung.audit"),
    "blind": ("cli/operator_breach.py", "import fallberatung.api.breach"),
    "seal": ("cli/breach.py", "import fallberatung.crypto.opened"),
    "strangers": ("crypto/sealed/breach.py", "import fallberatung.roundtable.procedure"),
    "ground": ("anonymize/breach.py", "import sqlite3"),
    "doors": ("workflow/breach.py", "import sqlalchemy"),
    "light": ("client/breach.py", "import fallberatung.workflow"),
    "custody": ("audit/breach.py", "import fallberatung.crypto.custody"),
    "hands": ("audit/verify_breach.py", "import fallberatung.audit.sign"),
}
"""One static breach per contract id: the file that commits it, and its one line."""

SECOND_LINE = {
    "blind": ("api/breach.py", "import fallberatung.crypto.opened"),
    "hands": ("client/breach.py", "import fallberatung.audit.verify_breach"),
}
"""The other half of a breach that goes through a second module."""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts on the copy of the source under *folder*."""
    return subprocess.run(
        [LINT_IMPORTS, "--no-logo", "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def broken_contracts(output: str) -> set[str]:
    """Return the names of the contracts reported as broken."""
    lines = (line.partition("BROKEN") for line in output.splitlines())
    return {name.strip() for name, verdict, _ in lines if verdict}


def contract_names() -> dict[str, str]:
    """Return the sentence that names each contract, by its id."""
    import tomllib  # noqa: PLC0415  # only this helper reads the configuration

    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return {contract["id"]: contract["name"] for contract in contracts}


@pytest.fixture
def copied_source(tmp_path: Path) -> Path:
    """A copy of the package that a breach may spoil."""
    ignored = shutil.ignore_patterns("__pycache__", "bundled")
    shutil.copytree(ROOT / "src" / "fallberatung", tmp_path / "fallberatung", ignore=ignored)
    return tmp_path


def commit_breach(folder: Path, breach: tuple[str, str]) -> None:
    """Write one offending module into the copy."""
    name, line = breach
    (folder / "fallberatung" / name).write_text(f'"""A breach."""\n\n{line}\n', encoding="utf-8")


def test_all_contracts_hold(copied_source: Path) -> None:
    """The house as it stands breaks none of its nine contracts."""
    done = lint(copied_source)

    assert done.returncode == 0, done.stdout
    assert "9 kept, 0 broken" in done.stdout


def test_there_is_a_breach_for_every_contract() -> None:
    """No contract is without the breach that shows it can fail."""
    assert set(BREACHES) == set(contract_names())
    assert len(BREACHES) == 9


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_is_caught_by_its_contract(copied_source: Path, contract: str) -> None:
    """The contract meant for a breach reports it."""
    commit_breach(copied_source, BREACHES[contract])
    if contract in SECOND_LINE:
        commit_breach(copied_source, SECOND_LINE[contract])

    done = lint(copied_source)

    assert done.returncode == 1, done.stdout
    assert contract_names()[contract] in broken_contracts(done.stdout)
