"""Build what the service delivers to browsers, and carry the policies beside it.

``src/fallberatung/bundled/`` holds build output only: ``web/`` (the pages, with
``manifest.sha256.json`` over every file) and ``policies/`` (a copy). The file ``.inputs`` holds the
digest of everything that decides what comes out; it is taken away before the first change and
written after the last, so an interrupted build is simply done again. Until the new pages are
complete the old ones stay where they are.

`make` calls this file, the wheel hook calls `build_assets`. Standard library only.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import node

if sys.platform != "win32":
    import fcntl

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "fallberatung" / "bundled"
PARTS = ("web", "policies")
MANIFEST = "manifest.sha256.json"
INPUTS = ("web", "policies", "src/fallberatung/anonymize", "scripts/assets.py", "scripts/node.py")
NOT_INPUTS = frozenset({"node_modules", "dist", "tests", "__pycache__"})
BEAT_SECONDS = 5.0
INSTALL = (
    "ci",
    "--ignore-scripts",
    "--include=dev",
    "--no-audit",
    "--no-fund",
    "--fetch-retry-mintimeout=2000",
    "--fetch-retry-maxtimeout=10000",
)
REASONS = (
    (
        r"ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ENOTCACHED|ERR_SOCKET",
        "no package registry answers",
    ),
    (r"EINTEGRITY", "a package differs from the checksum in the lock"),
    (r"EUSAGE", "web/package.json and its lock do not fit together, type make lock"),
    (r"ENOSPC", "the disk is full"),
    (r"EACCES|EROFS|EPERM", "the folder web is not writable"),
)

Say = Callable[[str], None]


class AssetsError(Exception):
    """The assets could not be built, the old ones were kept; the message is one clear sentence."""


def build_assets(root: Path, target: Path, say: Say) -> str:
    """Bring ``target/web`` and ``target/policies`` up to date and return the hash of the build.

    Nothing is done when they already are. Two builds of the same inputs are byte-identical.

    Args:
        root: The project folder; ``web/node_modules`` and ``.cache`` below it may be written.
        target: The folder of build output, made when missing; only what lies in it is changed.
        say: Takes one line about each slow step, as it happens.

    Returns:
        The SHA-256, in hex, of the manifest of the pages.

    Raises:
        AssetsError: With one sentence on what is missing; what was in *target* is still there.
    """
    wanted = inputs_digest(root)
    if is_current(target, wanted):
        say("the web assets are up to date")
        return build_hash(target)
    try:
        with one_at_a_time(root, say):
            heal(target)
            if not is_current(target, wanted):
                rebuild(root, target, wanted, say)
    except OSError as problem:
        raise AssetsError(
            f"the web assets cannot be written ({problem.strerror or problem}): "
            "look at the disk and the rights of the project folder; the old ones were kept"
        ) from problem
    return build_hash(target)


def inputs_digest(root: Path) -> str:
    """Return one digest over the name and content of every file that decides what is built."""
    digest = hashlib.sha256()
    for path in sorted(inputs(root)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def inputs(root: Path) -> Iterator[Path]:
    """Yield every input file: no tests, no build output, no caches."""
    for name in INPUTS:
        place = root / name
        for path in (place,) if place.is_file() else place.rglob("*"):
            if path.is_file() and NOT_INPUTS.isdisjoint(path.relative_to(root).parts):
                yield path


def is_current(target: Path, wanted: str) -> bool:
    """Say whether *target* was built from these inputs and its pages are whole."""
    marker = target / ".inputs"
    if not marker.is_file() or marker.read_text(encoding="utf-8").strip() != wanted:
        return False
    return (target / "policies").is_dir() and is_whole(target / "web")


def is_whole(web: Path) -> bool:
    """Say whether every file that the manifest names is there and has the digest it names."""
    try:
        named: dict[str, str] = json.loads((web / MANIFEST).read_text(encoding="utf-8"))
        return all(
            hashlib.sha256((web / name).read_bytes()).hexdigest() == digest
            for name, digest in named.items()
        )
    except (OSError, ValueError):
        return False


def build_hash(target: Path) -> str:
    """Return the SHA-256, in hex, of the manifest of the pages in *target*."""
    return hashlib.sha256((target / "web" / MANIFEST).read_bytes()).hexdigest()


@contextmanager
def one_at_a_time(root: Path, say: Say) -> Iterator[None]:
    """Keep a second build of the same project waiting; the lock ends with the process."""
    cache = root / ".cache"
    cache.mkdir(exist_ok=True)
    with (cache / "assets.lock").open("w") as lock:
        if sys.platform != "win32":
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("another build of the web assets is running: waiting for it")
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def heal(target: Path) -> None:
    """Put back what an interrupted swap had taken away, and clear what it left lying."""
    old = target / ".old"
    for name in PARTS:
        if (old / name).is_dir() and not (target / name).exists():
            (old / name).rename(target / name)
    for leftover in (old, *target.glob(".staging-*")):
        shutil.rmtree(leftover, ignore_errors=True)


def rebuild(root: Path, target: Path, wanted: str, say: Say) -> None:
    """Build into a folder of its own below *target*, then swap it in."""
    target.mkdir(parents=True, exist_ok=True)
    try:
        toolchain = node.find()
    except node.NodeError as missing:
        raise AssetsError(str(missing)) from None
    install(root, toolchain, say)
    with tempfile.TemporaryDirectory(prefix=".staging-", dir=target) as staging:
        staged = Path(staging)
        build = ("run", "build", "--", "--outDir", str(staged / "web"), "--emptyOutDir")
        run_npm(toolchain, build, root, say, "building the pages (5 to 30 seconds)")
        shutil.copytree(root / "policies", staged / "policies")
        if not is_whole(staged / "web"):
            raise AssetsError("the pages were built without a sound manifest; the old ones stay")
        swap(target, staged, wanted)
    say(f"web assets built: {build_hash(target)[:12]}")


def install(root: Path, toolchain: node.Toolchain, say: Say) -> None:
    """Install the packages of the lock into ``web/node_modules``, unless they are there.

    Raises:
        AssetsError: npm could not, with the reason in words.
    """
    lock = json.loads((root / "web" / "package-lock.json").read_text(encoding="utf-8"))
    if is_installed(root, lock["packages"]):
        return
    count = len(lock["packages"]) - 1
    label = f"installing up to {count} web packages (20 to 90 seconds, 30 MB to download)"
    run_npm(toolchain, INSTALL, root, say, label)


def is_installed(root: Path, wanted: dict[str, dict[str, object]]) -> bool:
    """Compare the lock with npm's own note of what it installed, which npm writes last."""
    note = root / "web" / "node_modules" / ".package-lock.json"
    try:
        present = json.loads(note.read_text(encoding="utf-8"))["packages"]
    except (OSError, ValueError, KeyError):
        return False
    return all(
        present[path].get("integrity") == package.get("integrity")
        if path in present
        else bool(package.get("optional"))
        for path, package in wanted.items()
        if path
    )


def run_npm(
    toolchain: node.Toolchain, arguments: tuple[str, ...], root: Path, say: Say, label: str
) -> None:
    """Run npm in ``web``, with a sign of life every few seconds; its words go to a log file."""
    say(label)
    log = root / ".cache" / "assets.log"
    started = time.monotonic()
    with (
        log.open("wb") as words,
        subprocess.Popen(
            (*toolchain.npm, *arguments),
            cwd=root / "web",
            env=toolchain.environment(),
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
        ) as child,
    ):
        while child.poll() is None:
            try:
                child.wait(BEAT_SECONDS)
            except subprocess.TimeoutExpired:
                say(f"  still at it after {time.monotonic() - started:.0f} s")
    if child.returncode:
        raise AssetsError(explain(arguments[0], log.read_text(encoding="utf-8", errors="replace")))


def explain(command: str, words: str) -> str:
    """Return one sentence on why npm failed, out of what it said."""
    reason = next((text for pattern, text in REASONS if re.search(pattern, words)), "")
    step = "installing the web packages" if command == "ci" else "building the pages"
    return (
        f"{step} failed{f': {reason}' if reason else ''}; "
        "the old web assets were kept, the whole story is in .cache/assets.log"
    )


def swap(target: Path, staged: Path, wanted: str) -> None:
    """Put the new parts in the place of the old ones, each by one rename."""
    marker, old = target / ".inputs", target / ".old"
    marker.unlink(missing_ok=True)
    old.mkdir()
    for name in PARTS:
        if (target / name).exists():
            (target / name).rename(old / name)
        (staged / name).rename(target / name)
    written = staged / ".inputs"
    written.write_text(f"{wanted}\n", encoding="utf-8")
    written.replace(marker)
    shutil.rmtree(old)


def main() -> int:
    """Build into the source tree; 0, or 2 with one sentence, or 130 when interrupted."""
    try:
        build_assets(ROOT, TARGET, lambda line: print(f"· {line}", flush=True))
    except AssetsError as sentence:
        sys.stderr.write(f"{sentence}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("interrupted: run it again, it begins anew; the old assets were kept\n")
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
