"""Pin the dependencies anew: every file with its hash, no host name anywhere.

Python through ``uv pip compile`` (with ``--universal``), npm through ``npm install
--package-lock-only``. A lock in which an address slipped in is refused: an address would tie the
project to one mirror, and says nothing that the hash does not already hold.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import node

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"://|--(?:extra-)?index|--find-links")
COMPILE = (
    "pip",
    "compile",
    "pyproject.toml",
    "--extra=all",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
    "--quiet",
)


def main() -> int:
    """Write the three locks; return 2 with a sentence when that cannot be done rightly."""
    uv = shutil.which("uv")
    if uv is None:
        return refuse("pinning needs uv: type pip install uv")
    for extra, name in (((), "requirements.lock"), (("--group=dev",), "requirements-dev.lock")):
        print(f"· {name}", flush=True)
        subprocess.run([uv, *COMPILE, *extra, "-o", name], cwd=ROOT, check=True)
    print("· web/package-lock.json", flush=True)
    if not lock_web():
        return refuse("npm could not pin the web packages (see the lines above)")
    for name in ("requirements.lock", "requirements-dev.lock", "web/package-lock.json"):
        if ADDRESS.search((ROOT / name).read_text(encoding="utf-8")):
            return refuse(f"{name} names an address: nothing was checked in, look at it")
    return 0


def lock_web() -> bool:
    """Pin the web packages in an empty folder; say whether npm could.

    Beside installed packages npm would write entries without their hash.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("package.json", ".npmrc"):
            shutil.copy(ROOT / "web" / file, folder)
        if node.npm(("install", "--package-lock-only", "--ignore-scripts"), folder):
            return False
        strip_funding(folder / "package-lock.json")
        shutil.copy(folder / "package-lock.json", ROOT / "web")
    return True


def strip_funding(lock: Path) -> None:
    """Take the funding addresses out of an npm lock; they are no part of what it pins."""
    content = json.loads(lock.read_text(encoding="utf-8"))
    for package in content["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    lock.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def refuse(sentence: str) -> int:
    """Say one sentence on standard error; return the exit status of a refusal."""
    sys.stderr.write(sentence + "\n")
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
