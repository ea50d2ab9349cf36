"""Writes the evidence bundle: a part of the log that anybody can verify offline.

Thin for now: dense bundles only, the whole log or a part without gaps; every opening is in it or
none. Bundles of a single case, pruned entries and withheld openings keep the same form and come
later. See docs/spec/audit.md#bundle.
"""

from collections.abc import Sequence
from datetime import datetime

from fallberatung.audit import manifest as names
from fallberatung.audit.archive import pack
from fallberatung.audit.checkpoint import parse_body
from fallberatung.audit.disclosure import Disclosure, write_disclosures
from fallberatung.audit.errors import LogBrokenError, RangeError
from fallberatung.audit.manifest import Manifest, digests_of, write_manifest
from fallberatung.audit.note import split_note
from fallberatung.audit.openings import decode_openings
from fallberatung.audit.ports import LeafRow, Log
from fallberatung.audit.proof import write_path
from fallberatung.audit.ranges import prove_range, write_entries, write_range
from fallberatung.audit.tiles import TileReader


def write_bundle(
    log: Log,
    start: int,
    end: int | None,
    made: datetime,
    policy_text: str,
    previous_note: str | None = None,
    *,
    with_openings: bool = True,
) -> bytes:
    """Write the leaves from `start` to before `end` with everything needed to verify them.

    Args:
        log: Read only; in one transaction, so that leaves, tiles and checkpoint agree.
        start: First index.
        end: The index after the last; None for the whole rest.
        made: The moment written into the manifest.
        policy_text: For information; a verifier uses a policy of its own.
        previous_note: An earlier checkpoint the reader holds, to prove that the log continued it.
        with_openings: False leaves every field closed.

    Raises:
        RangeError: No such range, or `previous_note` is larger than the log.
        NoteError: `previous_note` is no checkpoint.
        LogBrokenError: The log was not founded, or its parts contradict each other.
    """
    note = log.checkpoint()
    if note is None:
        raise LogBrokenError("log was not founded")
    checkpoint = parse_body(split_note(note)[0])
    end = checkpoint.size if end is None else end
    if not 0 <= start <= end <= checkpoint.size:
        raise RangeError("no such range")
    rows = log.leaves(start, end)
    if len(rows) != end - start:
        raise LogBrokenError("leaves are missing")
    tiles = TileReader(log.tile)
    members = {
        names.CHECKPOINT: note.encode(),
        names.ENTRIES: write_entries(row.leaf for row in rows),
        names.POLICY: policy_text.encode(),
        names.RANGE: write_range(prove_range(tiles, start, end, checkpoint.size)),
    }
    if with_openings:
        members[names.OPENINGS] = _openings(rows)
    if previous_note is not None:
        members |= _continuation(tiles, previous_note, checkpoint.size)
    manifest = Manifest(checkpoint.origin, start, end, checkpoint.size, made, digests_of(members))
    return pack({names.MANIFEST: write_manifest(manifest), **members})


def _openings(rows: Sequence[LeafRow]) -> bytes:
    return b"".join(
        write_disclosures(
            row.entry_id,
            [Disclosure(each.field, each) for each in decode_openings(row.openings)],
        )
        for row in rows
    )


def _continuation(tiles: TileReader, previous_note: str, size: int) -> dict[str, bytes]:
    previous = parse_body(split_note(previous_note)[0])
    if previous.size > size:
        raise RangeError("the log is shorter than the checkpoint given")
    path = tiles.consistency(previous.size, size)
    return {names.PREVIOUS: previous_note.encode(), names.CONSISTENCY: write_path(path)}
