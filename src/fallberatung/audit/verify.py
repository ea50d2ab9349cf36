"""Verifies an evidence bundle offline, with nothing but the reader's own policy file.

Trusted: the policy, and an earlier checkpoint if one is given. Everything in the bundle is a
claim until the signed root has been rebuilt from it. See docs/spec/audit.md#verification.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from fallberatung.audit import manifest as names
from fallberatung.audit.archive import unpack
from fallberatung.audit.checkpoint import Checkpoint, verify_checkpoint
from fallberatung.audit.commitment import Opening
from fallberatung.audit.disclosure import Disclosure, read_disclosures
from fallberatung.audit.errors import (
    BundleError,
    EntryError,
    ForkError,
    ProofError,
    RollbackError,
    RootError,
)
from fallberatung.audit.leaf import Leaf, parse_leaf
from fallberatung.audit.manifest import Manifest, digests_of, read_manifest
from fallberatung.audit.note import read_note
from fallberatung.audit.policy import LogPolicy
from fallberatung.audit.proof import read_path
from fallberatung.audit.ranges import RangeProof, read_entries, read_range, rebuild_root
from fallberatung.audit.tree import EMPTY_ROOT, Frontier, leaf_hash, verify_consistency

Members: TypeAlias = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class VerifiedEntry:
    """An entry of which the position, the leaf and every opening are proven."""

    index: int
    leaf: Leaf
    disclosures: tuple[Disclosure, ...]

    def value(self, field: str) -> bytes | None:
        """Return the canonical JSON behind a commitment, None where it is not disclosed."""
        for disclosure in self.disclosures:
            if disclosure.field == field and isinstance(disclosure.content, Opening):
                return disclosure.content.value
        return None


@dataclass(frozen=True, slots=True)
class Verified:
    """A bundle that holds.

    Attributes:
        origin: Name of the log.
        size: Size of the signed tree.
        root: The signed root.
        start: Index of the first entry.
        end: Index after the last entry; between the two nothing is missing.
        made: When the bundle says it was written; not proven.
        entries: The entries in the order of the log.
        has_openings: Whether the bundle tells of the commitments at all.
        continues: Greatest size of an earlier checkpoint this log is proven to continue.
    """

    origin: str
    size: int
    root: bytes
    start: int
    end: int
    made: datetime
    entries: tuple[VerifiedEntry, ...]
    has_openings: bool
    continues: int | None


def verify_bundle(bundle: bytes, policy: LogPolicy, previous_note: str | None = None) -> Verified:
    """Verify a bundle, all or nothing.

    Args:
        bundle: The bytes of the archive.
        policy: From the reader's own store.
        previous_note: A checkpoint the reader kept from before.

    Raises:
        BundleError: Not an intact bundle.
        NoteError: A checkpoint in it is malformed, or `previous_note` is.
        SignatureError: A checkpoint is not signed by a trusted key.
        RootError: The entries do not rebuild the signed root.
        EntryError: An entry is not one, or two bear the same id.
        OpeningError: An opening does not match.
        RollbackError: The log is shorter than `previous_note`.
        ForkError: The log does not continue `previous_note` or the checkpoint it names itself.
        ProofError: The bundle cannot show that it continues `previous_note`.
    """
    members = unpack(bundle)
    manifest = _checked_manifest(members)
    checkpoint = verify_checkpoint(read_note(members[names.CHECKPOINT]), policy)
    proof = read_range(members[names.RANGE])
    _check_claims(manifest, checkpoint, proof)
    leaves = read_entries(members[names.ENTRIES])
    hashes = [leaf_hash(leaf) for leaf in leaves]
    _check_root(proof, hashes, checkpoint)
    entries = _entries(proof.start, leaves, members.get(names.OPENINGS))
    return Verified(
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=checkpoint.root,
        start=proof.start,
        end=proof.end,
        made=manifest.made,
        entries=entries,
        has_openings=names.OPENINGS in members,
        continues=_continues(members, checkpoint, policy, previous_note, (proof.start, hashes)),
    )


def _checked_manifest(members: Members) -> Manifest:
    if names.MANIFEST not in members:
        raise BundleError("bundle without a manifest")
    manifest = read_manifest(members[names.MANIFEST])
    expected = set(names.ALWAYS)
    for group in names.SOMETIMES:
        expected |= group if group & members.keys() else set()
    if members.keys() - {names.MANIFEST} != expected:
        raise BundleError("bundle has not the members of a bundle")
    if manifest.digests != digests_of(members):
        raise BundleError("a member differs from its digest")
    return manifest


def _check_claims(manifest: Manifest, checkpoint: Checkpoint, proof: RangeProof) -> None:
    claimed = (manifest.origin, manifest.size, manifest.start, manifest.end, manifest.size)
    proven = (checkpoint.origin, checkpoint.size, proof.start, proof.end, proof.size)
    if claimed != proven:
        raise BundleError("manifest, checkpoint and range disagree")


def _check_root(proof: RangeProof, hashes: Sequence[bytes], checkpoint: Checkpoint) -> None:
    is_complete = len(hashes) == proof.end - proof.start
    if not is_complete or rebuild_root(proof, hashes) != checkpoint.root:
        raise RootError("entries do not rebuild the signed root")


def _entries(
    start: int, leaves: Sequence[bytes], openings: bytes | None
) -> tuple[VerifiedEntry, ...]:
    parsed = [parse_leaf(leaf) for leaf in leaves]
    if len({leaf.id_text for leaf in parsed}) != len(parsed):
        raise EntryError("two entries bear the same id")
    disclosed = [()] * len(parsed) if openings is None else read_disclosures(openings, parsed)
    return tuple(
        VerifiedEntry(index, leaf, disclosures)
        for index, (leaf, disclosures) in enumerate(
            zip(parsed, disclosed, strict=True), start=start
        )
    )


def _continues(
    members: Members,
    checkpoint: Checkpoint,
    policy: LogPolicy,
    previous_note: str | None,
    known: tuple[int, Sequence[bytes]],
) -> int | None:
    named = _named_previous(members, checkpoint, policy)
    if previous_note is None:
        return None if named is None else named.size
    previous = verify_checkpoint(previous_note, policy)
    if previous.size > checkpoint.size:
        raise RollbackError("log is shorter than a checkpoint seen before")
    if _root_at(previous.size, checkpoint, named, known) != previous.root:
        raise ForkError("log does not continue a checkpoint seen before")
    return previous.size


def _named_previous(
    members: Members, checkpoint: Checkpoint, policy: LogPolicy
) -> Checkpoint | None:
    if names.PREVIOUS not in members:
        return None
    previous = verify_checkpoint(read_note(members[names.PREVIOUS]), policy)
    lines = read_note(members[names.CONSISTENCY]).split("\n")
    if lines.pop():
        raise BundleError("consistency path is malformed")
    sizes = (previous.size, checkpoint.size)
    try:
        verify_consistency(*sizes, previous.root, checkpoint.root, read_path(lines))
    except ProofError:
        raise ForkError("log does not continue the checkpoint it names") from None
    return previous


def _root_at(
    size: int,
    checkpoint: Checkpoint,
    named: Checkpoint | None,
    known: tuple[int, Sequence[bytes]],
) -> bytes:
    """Return the root this log had at `size`, proven by what the bundle holds."""
    for proven in (checkpoint, named):
        if proven is not None and proven.size == size:
            return proven.root
    if size == 0:
        return EMPTY_ROOT
    start, hashes = known
    if start or size > len(hashes):
        raise ProofError("bundle cannot show that it continues this checkpoint")
    frontier = Frontier()
    for hashed in hashes[:size]:
        frontier.add(hashed)
    return frontier.root()
