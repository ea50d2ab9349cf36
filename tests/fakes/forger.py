"""An attacker with time and a hex editor: opens a bundle, changes it, and mends what gives it away.

Whoever changes a member can recompute the manifest as well, so every attack does, unless it is
about a stale manifest.
"""

import json
from collections.abc import Callable

from fallberatung.audit import manifest as names
from fallberatung.audit.archive import pack, unpack
from fallberatung.audit.jcs import canonical
from fallberatung.audit.manifest import digests_of
from fallberatung.audit.ranges import read_entries, write_entries

Members = dict[str, bytes]
Claims = dict[str, object]
Attack = Callable[[Members, Claims], object]


def forge(bundle: bytes, attack: Attack, *, mend: bool = True) -> bytes:
    """Apply an attack to the members and the manifest's claims, and write the bundle again."""
    members = unpack(bundle)
    claims: Claims = json.loads(members[names.MANIFEST])
    attack(members, claims)
    if mend:
        claims["sha256"] = dict(digests_of(members))
    return pack({**members, names.MANIFEST: canonical(claims)})  # type: ignore[arg-type]  # JSON by origin


def on_entries(change: Callable[[list[bytes]], object]) -> Attack:
    """Change the list of leaves; the claimed range follows their number."""

    def attack(members: Members, claims: Claims) -> None:
        leaves = read_entries(members[names.ENTRIES])
        change(leaves)
        members[names.ENTRIES] = write_entries(leaves)

    return attack


def on_openings(change: Callable[[list[dict[str, object]]], object]) -> Attack:
    """Change the lines of the openings."""

    def attack(members: Members, claims: Claims) -> None:
        lines = [json.loads(line) for line in members[names.OPENINGS].splitlines()]
        change(lines)
        members[names.OPENINGS] = b"".join(canonical(line) + b"\n" for line in lines)

    return attack


def on_member(name: str, change: Callable[[bytes], bytes]) -> Attack:
    """Change the bytes of one member."""

    def attack(members: Members, claims: Claims) -> None:
        members[name] = change(members[name])

    return attack
