"""What the texts promise: no addresses in locks, no machine paths, no dead references."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = ROOT / "docs" / "decisions"
LOCKS = ("requirements.lock", "requirements-dev.lock", "web/package-lock.json")

REGISTRY_HOSTS = re.compile(
    "|".join(("registry" + r"\.npmjs", "python" + "hosted", "deb" + r"\.debian"))
)
MACHINE_PATHS = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:work|farm|root|home)/")
NAMED_PATH = re.compile(
    r"`((?:src|docs|tests|scripts|policies|web|benchmarks|training)/[A-Za-z0-9_./-]+)`"
)
ANCHOR = re.compile(r"(docs/spec/[a-z0-9-]+\.md)#([a-z0-9-]+)")


def tracked() -> list[Path]:
    """Return every text file of the project that git knows or would know."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in names.splitlines())
    return [path for path in paths if path.is_file() and is_text(path)]


def is_text(path: Path) -> bool:
    """Say whether a file's first bytes hold no zero byte."""
    return b"\0" not in path.read_bytes()[:4096]


def read(path: Path) -> str:
    """Return a file's text."""
    return path.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    """A lock holds versions and hashes, and works with whatever mirror a machine has."""
    text = read(ROOT / name)

    assert "://" not in text
    assert len(re.findall(r"sha256:|sha512-", text)) >= 50


def test_no_text_names_a_registry_host_or_a_machine_path() -> None:
    """The tree says nothing about the machines it was written on."""
    files = tracked()
    offenders = [
        path.relative_to(ROOT).as_posix()
        for path in files
        if REGISTRY_HOSTS.search(read(path)) or MACHINE_PATHS.search(read(path))
    ]

    assert offenders == []
    assert len(files) >= 150


def test_every_path_named_in_a_document_exists() -> None:
    """A document that points somewhere points at something."""
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {(d.name, p) for d in documents for p in NAMED_PATH.findall(read(d))}

    assert {(d, p) for d, p in named if not (ROOT / p).exists()} == set()
    assert len(named) >= 20


def test_every_decision_carries_its_number_and_its_enforcement() -> None:
    """A decision's heading is its file's number, and it ends by saying what enforces it."""
    files = sorted(DECISIONS.glob("*.md"))
    wrong = [
        path.name
        for path in files
        if not read(path).startswith(f"# {path.name[:4]} ")
        or "**Enforced by**" not in read(path).rstrip().splitlines()[-1]
    ]

    assert wrong == []
    assert len(files) >= 5


def test_every_cited_anchor_of_a_specification_exists() -> None:
    """Code cites a specification by anchor; the anchor is a heading there."""
    cited = {
        c for p in tracked() if p.suffix in {".py", ".ts", ".md"} for c in ANCHOR.findall(read(p))
    }

    assert {(f, a) for f, a in cited if a not in anchors(ROOT / f)} == set()
    assert len(cited) >= 8


def anchors(document: Path) -> set[str]:
    """Return the anchors that a document's headings make."""
    headings = re.findall(r"^#+ (.+)$", read(document), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", h.lower()).strip().replace(" ", "-") for h in headings}
