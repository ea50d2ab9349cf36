"""What a bundle proves when nobody has touched it, and the forms of its parts."""

import io
import json
import tarfile
from datetime import datetime, timedelta

import pytest

from fakes.memory_log import MemoryLog
from fakes.small_log import (
    NOON,
    ORIGIN,
    a_log,
    add,
    custody,
    entries,
    grow,
    policy,
    seat_occurrence,
    signer,
    stream,
)
from fallberatung.audit import manifest as names
from fallberatung.audit.archive import FOLDER, pack, unpack
from fallberatung.audit.bundle import write_bundle
from fallberatung.audit.disclosure import Disclosure, read_disclosures, write_disclosures
from fallberatung.audit.entry import make_entry
from fallberatung.audit.errors import (
    BundleError,
    ForkError,
    LogBrokenError,
    OpeningError,
    ProofError,
    RangeError,
    RollbackError,
)
from fallberatung.audit.integrate import integrate
from fallberatung.audit.jcs import canonical
from fallberatung.audit.leaf import parse_leaf
from fallberatung.audit.policy import write_policy
from fallberatung.audit.ranges import read_entries, read_range, write_entries
from fallberatung.audit.verify import verify_bundle

POLICY = policy()
TEXT = write_policy(POLICY)
MADE_AT = datetime.fromisoformat("2026-11-22T09:00:00+00:00")


def written(
    log: MemoryLog, start: int = 0, end: int | None = None, since: str | None = None
) -> bytes:
    """Write a bundle of this log."""
    return write_bundle(log, start, end, MADE_AT, TEXT, since)


def test_a_whole_log_verifies() -> None:
    """Every entry comes back, opened, in order."""
    log = a_log(300)
    verified = verify_bundle(written(log), POLICY)

    assert (verified.origin, verified.size, verified.made) == (ORIGIN, 300, MADE_AT)
    assert (verified.start, verified.end, verified.continues) == (0, 300, None)
    assert [entry.leaf for entry in verified.entries] == [parse_leaf(r.leaf) for r in log.tree]
    assert verified.entries[1].value("actor") == (
        b'{"id":"u1","kind":"user","role":"adviser","sess":"s1"}'
    )


@pytest.mark.parametrize(
    ("start", "end"), [(0, 1), (0, 256), (137, 211), (255, 300), (299, 300), (7, 7), (300, 300)]
)
def test_any_part_of_a_log_verifies(start: int, end: int) -> None:
    """The part is proven to be complete between its bounds."""
    log = a_log(300)
    verified = verify_bundle(written(log, start, end), POLICY)

    assert (verified.start, verified.end, verified.size) == (start, end, 300)
    assert [entry.index for entry in verified.entries] == list(range(start, end))


def test_an_empty_log_verifies() -> None:
    """There is nothing in it, provably."""
    assert verify_bundle(written(a_log(0)), POLICY).entries == ()


def test_a_seat_shows_as_a_pseudonym_without_minute() -> None:
    """What the data protection officer sees of an author."""
    log = a_log(0)
    add(log, make_entry(seat_occurrence(), stream("seat")))
    integrate(log, signer(custody()), NOON + timedelta(hours=1), stream("x"))
    entry = verify_bundle(written(log), POLICY).entries[0]

    assert entry.value("actor") == b'{"id":"pSeUdOnYmOfASeat0123456","kind":"seat"}'
    assert (entry.value("client"), entry.leaf.at.minute) == (None, 0)


def test_a_bundle_may_leave_every_field_closed() -> None:
    """The skeleton is proven all the same, and says that nothing is disclosed."""
    bundle = write_bundle(a_log(30), 0, None, MADE_AT, TEXT, with_openings=False)
    verified = verify_bundle(bundle, POLICY)

    assert (verified.has_openings, verified.entries[0].value("actor")) == (False, None)


def test_the_log_continues_an_earlier_checkpoint() -> None:
    """Since a remembered checkpoint nothing was rewritten, for a whole bundle and for a part."""
    log = a_log(100)
    since = log.checkpoint() or ""
    grow(log, 100, seed="later")

    assert verify_bundle(written(log), POLICY, since).continues == 100
    assert verify_bundle(written(log, 50, 150, since), POLICY, since).continues == 100
    assert verify_bundle(written(log, 50, 150, since), POLICY).continues == 100


def test_the_log_continues_itself_and_the_empty_log() -> None:
    """The two ends of the memory rule."""
    log = a_log(100)
    empty, full = log.notes[0], log.notes[100]

    assert verify_bundle(written(log, 5, 9), POLICY, full).continues == 100
    assert verify_bundle(written(log, 5, 9), POLICY, empty).continues == 0


def test_a_part_without_a_consistency_proof_says_so() -> None:
    """It is neither called consistent nor a fork."""
    log = a_log(100)
    since = log.checkpoint() or ""
    grow(log, 100, seed="later")

    with pytest.raises(ProofError) as caught:
        verify_bundle(written(log, 50, 150), POLICY, since)
    assert type(caught.value) is ProofError


def test_a_shorter_log_is_a_rollback() -> None:
    """Entries that were once signed are missing."""
    longer = a_log(100)

    with pytest.raises(RollbackError):
        verify_bundle(written(a_log(99)), POLICY, longer.checkpoint())


@pytest.mark.parametrize("size", [100, 150])
def test_another_history_is_a_fork(size: int) -> None:
    """A log that was rewritten under its own keys does not continue what was remembered."""
    remembered = a_log(100).checkpoint()
    rewritten = a_log(size, seed="rewritten")

    with pytest.raises(ForkError):
        verify_bundle(written(rewritten), POLICY, remembered)
    with pytest.raises(ForkError):
        verify_bundle(written(rewritten, 0, 10, remembered), POLICY)


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 4), (0, 11), (11, None)])
def test_no_such_range_no_bundle(start: int, end: int | None) -> None:
    """The writer refuses what it cannot prove."""
    with pytest.raises(RangeError):
        written(a_log(10), start, end)


def test_a_log_shorter_than_the_readers_checkpoint_writes_no_bundle() -> None:
    """There is no proof to write."""
    with pytest.raises(RangeError):
        written(a_log(10), since=a_log(11).checkpoint())


def test_a_log_without_head_or_leaves_writes_no_bundle() -> None:
    """A damaged store is not exported as if it were whole."""
    log = a_log(10)
    del log.tree[3]

    with pytest.raises(LogBrokenError):
        written(log)
    with pytest.raises(LogBrokenError):
        written(MemoryLog())


def test_any_tar_program_opens_a_bundle() -> None:
    """The archive is plain ustar with the names of the specification."""
    bundle = written(a_log(10), since=a_log(10).checkpoint())
    with tarfile.open(fileobj=io.BytesIO(bundle)) as tar:
        found = {m.name: (tar.extractfile(m) or io.BytesIO()).read() for m in tar.getmembers()}

    assert found == {FOLDER + name: content for name, content in unpack(bundle).items()}
    assert next(iter(found)) == FOLDER + "bundle.json"
    assert len(found) == 8


@pytest.mark.parametrize(
    "archive",
    [
        b"",
        bytes(10240),
        b"x",
        b"x" * 10240,
        pack({"a": b"1"})[:-1],
        pack({"a": b"1"}) + bytes(10240),
    ],
)
def test_what_is_no_archive_is_refused(archive: bytes) -> None:
    """Truncated, padded or foreign bytes are no bundle."""
    with pytest.raises(BundleError):
        unpack(archive)


@pytest.mark.parametrize("at", [0, 100, 124, 136, 148, 156, 257, 300, 511, 513, 600, 1100])
def test_every_byte_of_an_archive_has_its_meaning(at: int) -> None:
    """Not even padding can carry a hidden message."""
    archive = bytearray(pack({"bundle.json": b"{}", "x": b"y" * 20}))
    archive[at] ^= 1
    try:
        members = unpack(bytes(archive))
    except BundleError:
        return

    assert members != {"bundle.json": b"{}", "x": b"y" * 20}


@pytest.mark.parametrize("name", ["n" * 80, "näh"])
def test_a_member_name_has_to_fit(name: str) -> None:
    """Names are short and ASCII."""
    with pytest.raises(BundleError):
        pack({name: b""})


MANIFEST = json.loads(unpack(written(a_log(3)))["bundle.json"])
MANIFESTS = {
    "version": {"v": 2},
    "type": {"type": "x"},
    "pruned": {"pruned": 1},
    "sparse": {"sparse": True},
    "entries": {"entries": 4},
    "from is true": {"from": True, "entries": 2},
    "time": {"made": "2026-11-22 09:00:00"},
    "time does not exist": {"made": "2026-02-30T09:00:00Z"},
    "digests": {"sha256": []},
    "extra": {"note": "x"},
    "origin": {"origin": 1},
}


@pytest.mark.parametrize("name", sorted(MANIFESTS))
def test_what_is_no_manifest_is_refused(name: str) -> None:
    """Exactly the known names with the known values."""
    with pytest.raises(BundleError):
        names.read_manifest(canonical({**MANIFEST, **MANIFESTS[name]}))  # type: ignore[dict-item]  # JSON


@pytest.mark.parametrize("encoded", [b"", b"[]", b"{}", json.dumps(MANIFEST).encode()])
def test_a_manifest_is_canonical(encoded: bytes) -> None:
    """Another spelling is no manifest."""
    with pytest.raises(BundleError):
        names.read_manifest(encoded)


def test_entries_are_framed_by_their_length() -> None:
    """Two bytes of length, then the leaf."""
    assert write_entries([b"ab", b"c"]) == b"\x00\x02ab\x00\x01c"
    assert read_entries(b"\x00\x02ab\x00\x01c") == [b"ab", b"c"]


@pytest.mark.parametrize(
    "encoded", [b"\x00", b"\x00\x02a", b"\x00\x01a\x00", b"\x00\x00" + bytes(32)]
)
def test_entries_end_where_their_bytes_end(encoded: bytes) -> None:
    """No entry is cut, and none hides behind its hash."""
    with pytest.raises(BundleError):
        read_entries(encoded)


RANGE = unpack(written(a_log(30), 5, 9))[names.RANGE]


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        RANGE[:-1],
        RANGE + bytes(32),
        RANGE[:24] + b"\x00\x03" + RANGE[26:],
        bytes(7) + b"\x0a" + RANGE[8:],
        RANGE[:8] + bytes(7) + b"\x1f" + RANGE[16:],
    ],
)
def test_a_range_proof_holds_exactly_the_hashes_it_needs(encoded: bytes) -> None:
    """Nothing more, nothing less, and the bounds in order."""
    with pytest.raises(BundleError):
        read_range(encoded)


LEAVES = [parse_leaf(made.leaf) for made in entries(1)]
OPENED = entries(1)[0].openings


def test_a_field_may_be_gone_or_withheld() -> None:
    """Why a field stays closed is said for each field."""
    disclosures = (
        Disclosure("actor", "withheld"),
        Disclosure("client", "expired"),
        Disclosure("detail", "erased"),
        Disclosure("object", OPENED[3]),
    )
    lines = write_disclosures(LEAVES[0].entry_id, disclosures)

    assert read_disclosures(lines, LEAVES) == [disclosures]


LINES = write_disclosures(LEAVES[0].entry_id, [Disclosure(o.field, o) for o in OPENED])
FIRST, SECOND, *_ = LINES.splitlines(keepends=True)


@pytest.mark.parametrize(
    "lines",
    [
        b"",
        LINES[:-1],
        LINES + FIRST,
        LINES.replace(FIRST, b""),
        LINES.replace(FIRST, SECOND),
        SECOND + LINES.replace(SECOND, b""),
        LINES.replace(FIRST, b"{}\n"),
        LINES.replace(FIRST, b"x\n"),
        LINES.replace(FIRST, FIRST.replace(b'"s":"', b'"s":"A')),
        LINES.replace(FIRST, FIRST.replace(b'"f":"actor"', b'"f":"actor","x":1')),
        LINES.replace(FIRST, b'{"f":"actor","gone":"lost","id":"' + FIRST[19:41] + b'"}\n'),
    ],
)
def test_every_commitment_has_exactly_its_line(lines: bytes) -> None:
    """No line too few, too many, moved, or of another form."""
    with pytest.raises(OpeningError):
        read_disclosures(lines, LEAVES)
