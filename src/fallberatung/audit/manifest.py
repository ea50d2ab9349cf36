"""The manifest of a bundle: what it claims to hold, and the digest of every member.

A manifest proves nothing, whoever changes a member can change it too; it tells damage from
intent and says what range to expect. See docs/spec/audit.md#manifest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from fallberatung.audit.errors import BundleError, CanonicalError
from fallberatung.audit.jcs import Json, canonical, parse_object
from fallberatung.crypto.sealed.digest import sha256

MANIFEST: Final = "bundle.json"
CHECKPOINT: Final = "checkpoint"
ENTRIES: Final = "entries.bin"
RANGE: Final = "proof/range.bin"
POLICY: Final = "policy.txt"
OPENINGS: Final = "openings.jsonl"
PREVIOUS: Final = "checkpoint.prev"
CONSISTENCY: Final = "consistency.txt"

ALWAYS: Final = frozenset({CHECKPOINT, ENTRIES, RANGE, POLICY})
SOMETIMES: Final = (frozenset({OPENINGS}), frozenset({PREVIOUS, CONSISTENCY}))
"""Members that come together or not at all."""

_TYPE: Final = "fallberatung-audit-bundle"
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The leaves from `start` to before `end` of the log `origin` when it had `size` leaves.

    Attributes:
        origin: Name of the log.
        start: First index.
        end: The index after the last.
        size: Size of the tree the checkpoint signs.
        made: When the bundle was written, UTC, whole seconds.
        digests: SHA-256 of every other member in hex, by name.
    """

    origin: str
    start: int
    end: int
    size: int
    made: datetime
    digests: tuple[tuple[str, str], ...]


def digests_of(members: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """Return the SHA-256 in hex of every member but the manifest, in the order of their names."""
    return tuple(
        (name, sha256(members[name]).hex()) for name in sorted(members) if name != MANIFEST
    )


def write_manifest(manifest: Manifest) -> bytes:
    """Write the manifest as canonical JSON."""
    value: dict[str, Json] = {
        "entries": manifest.end - manifest.start,
        "from": manifest.start,
        "made": manifest.made.astimezone(UTC).strftime(_TIME),
        "origin": manifest.origin,
        "pruned": 0,
        "sha256": dict(manifest.digests),
        "size": manifest.size,
        "sparse": False,
        "to": manifest.end,
        "type": _TYPE,
        "v": 1,
    }
    return canonical(value)


def read_manifest(encoded: bytes) -> Manifest:
    """Read a manifest of a dense bundle without pruned entries, the only kind written so far.

    Raises:
        BundleError: Not byte for byte what `write_manifest` would have written.
    """
    try:
        match parse_object(encoded):
            case {
                "from": int(start),
                "to": int(end),
                "size": int(size),
                "origin": str(origin),
                "made": str(made),
                "sha256": dict(digests),
            } if not {bool} & {type(start), type(end), type(size)}:
                digested = tuple((name, str(digest)) for name, digest in sorted(digests.items()))
                manifest = Manifest(origin, start, end, size, _moment(made), digested)
                if write_manifest(manifest) == encoded:
                    return manifest
    except (CanonicalError, ValueError):
        pass
    raise BundleError("manifest is malformed")


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
