"""The policies a data-protection officer can read and change: where they lie, and their hashes."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fallberatung.bootstrap.errors import SetupError
from fallberatung.roundtable.procedure.errors import PolicyFileError
from fallberatung.roundtable.procedure.policy import DeadlinePolicy, read_deadline_policy

DEADLINES: Final = "deadlines.toml"
CALENDAR: Final = "calendar.toml"
_PACKAGE: Final = Path(__file__).parent.parent
_CHECKOUT: Final = _PACKAGE.parent.parent


@dataclass(frozen=True, slots=True)
class Policies:
    """All policies in force.

    Attributes:
        hashes: file name to SHA-256 in lower-case hex, of every file of the folder.
        bundle_hash: one hash over all names and hashes.
        deadlines: the deadlines.
        calendar: the parsed calendar.
    """

    hashes: Mapping[str, str]
    bundle_hash: str
    deadlines: DeadlinePolicy
    calendar: Mapping[str, object]


def read_policies(folder: Path | None) -> Policies:
    """Read the policies of a folder, by default the bundled ones, or those of a checkout.

    Raises:
        SetupError: a file is missing, unreadable or says what nobody reads.
    """
    place = folder if folder is not None else _default_folder()
    try:
        contents = {path.name: path.read_bytes() for path in sorted(place.glob("*.toml"))}
    except OSError:
        raise SetupError("the policies cannot be read") from None
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    lines = "".join(f"{digest}  {name}\n" for name, digest in hashes.items())
    try:
        deadlines = read_deadline_policy(_parsed(contents, DEADLINES))
    except PolicyFileError as error:
        raise SetupError(f"the policy {DEADLINES} is not usable: {error}") from None
    bundle_hash = hashlib.sha256(lines.encode()).hexdigest()
    return Policies(hashes, bundle_hash, deadlines, _parsed(contents, CALENDAR))


def _default_folder() -> Path:
    bundled = _PACKAGE / "bundled" / "policies"
    return bundled if bundled.is_dir() else _CHECKOUT / "policies"


def _parsed(contents: Mapping[str, bytes], name: str) -> Mapping[str, object]:
    if name not in contents:
        raise SetupError(f"the policy {name} is missing; set FB_POLICIES to the folder that has it")
    try:
        return tomllib.loads(contents[name].decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise SetupError(f"the policy {name} is not valid TOML") from None
