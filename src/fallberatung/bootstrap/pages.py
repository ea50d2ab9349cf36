"""The built pages: where they lie in an installation, and the hash that names the build."""

import hashlib
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent.parent / "bundled" / "web"
MANIFEST: Final = "manifest.sha256.json"
"""Lists every other file with its SHA-256, so its own hash names them all."""


def built_pages(folder: Path = FOLDER) -> Path | None:
    """Return the folder of the built pages, or None where they were not built."""
    is_built = (folder / "index.html").is_file() and (folder / MANIFEST).is_file()
    return folder if is_built else None


def build_hash(folder: Path | None) -> str:
    """Return SHA-256 in hex of the manifest, empty without pages."""
    if folder is None:
        return ""
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
