"""Roots and proofs against an independent implementation."""

import hashlib

import pytest
from pymerkle import InmemoryTree

from fallberatung.audit.errors import LogBrokenError, ProofError
from fallberatung.audit.tiles import TileReader, grow
from fallberatung.audit.tree import (
    EMPTY_ROOT,
    Frontier,
    cover,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)

MOST = 600
LEAVES = [f"leaf {number}".encode() for number in range(MOST)]
HASHES = [leaf_hash(leaf) for leaf in LEAVES]
SIZES = [*range(1, 40), 63, 64, 65, 127, 128, 129, 200, 255, 256, 257, 300, 511, 512, 513, 599, 600]


@pytest.fixture(scope="module")
def theirs() -> InmemoryTree:
    """The same leaves in the other implementation."""
    tree = InmemoryTree(algorithm="sha256")
    for leaf in LEAVES:
        tree.append_entry(leaf)
    return tree


@pytest.fixture(scope="module")
def tiles() -> TileReader:
    """The same leaves in our tiles, grown in uneven batches."""
    stored: dict[tuple[int, int], bytes] = {}
    size = 0
    for batch in (1, 2, 250, 3, 100, 244):
        grow(
            lambda level, n: stored.get((level, n)),
            lambda level, n, tile: stored.__setitem__((level, n), tile),
            size,
            HASHES[size : size + batch],
        )
        size += batch
    return TileReader(lambda level, n: stored.get((level, n)))


def frontier_root(size: int) -> bytes:
    """The root of the first leaves, appended one by one."""
    frontier = Frontier()
    for hashed in HASHES[:size]:
        frontier.add(hashed)
    return frontier.root()


def test_roots_agree_with_pymerkle(theirs: InmemoryTree, tiles: TileReader) -> None:
    """Frontier, tiles and the other implementation know the same roots."""
    assert len(SIZES) >= 50
    assert [tiles.root(size) for size in SIZES] == [theirs.get_root(size) for size in SIZES]
    assert [frontier_root(size) for size in SIZES] == [theirs.get_root(size) for size in SIZES]


@pytest.mark.parametrize("size", SIZES)
def test_inclusion_agrees_with_pymerkle(theirs: InmemoryTree, tiles: TileReader, size: int) -> None:
    """Paths are the same hash for hash, and verify."""
    for index in sorted({0, size // 3, size // 2, size - 1}):
        path = tiles.inclusion(index, size)
        proof = theirs.prove_inclusion(index + 1, size).path
        verify_inclusion(index, size, HASHES[index], path, theirs.get_root(size))

        assert [HASHES[index], *path] == proof


@pytest.mark.parametrize("size", SIZES)
def test_a_wrong_leaf_index_size_or_path_is_refused(tiles: TileReader, size: int) -> None:
    """Inclusion holds for one leaf at one place of one tree."""
    index, root = size // 2, tiles.root(size)
    path = tiles.inclusion(index, size)
    attempts = [
        (index, size, leaf_hash(b"another"), path, root),
        (index, size, HASHES[index], (*path, bytes(32)), root),
        (index, size, HASHES[index], path, bytes(32)),
        (size, size, HASHES[index], path, root),
        (-1, size, HASHES[index], path, root),
    ]
    if size > 1:
        attempts.append((index - 1, size, HASHES[index], path, root))
        attempts.append((index, size, HASHES[index], path[:-1], root))
    for attempt in attempts:
        with pytest.raises(ProofError):
            verify_inclusion(*attempt)


def test_consistency_of_any_two_sizes(tiles: TileReader) -> None:
    """Every pair of sizes of the list is proven, and only with its own roots."""
    pairs = [(old, new) for old in (0, *SIZES) for new in SIZES if old <= new]
    for old, new in pairs:
        path = tiles.consistency(old, new)
        verify_consistency(old, new, tiles.root(old), tiles.root(new), path)
        with pytest.raises(ProofError):
            verify_consistency(old, new, bytes(32), tiles.root(new), path)
        with pytest.raises(ProofError):
            verify_consistency(old, new, tiles.root(old), tiles.root(new), (*path, bytes(32)))

    assert len(pairs) >= 1000


def test_the_older_tree_is_never_larger(tiles: TileReader) -> None:
    """A shrinking log is refused."""
    with pytest.raises(ProofError):
        verify_consistency(5, 4, tiles.root(5), tiles.root(4), ())


def test_a_missing_consistency_path_is_refused(tiles: TileReader) -> None:
    """Two different sizes need a path."""
    with pytest.raises(ProofError):
        verify_consistency(3, 5, tiles.root(3), tiles.root(5), ())


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    """RFC 6962 2.1."""
    assert Frontier().root() == EMPTY_ROOT == hashlib.sha256(b"").digest()


def test_a_frontier_is_stored_and_goes_on() -> None:
    """A reloaded frontier continues to the same root."""
    frontier = Frontier()
    for hashed in HASHES[:77]:
        frontier.add(hashed)
    reloaded = Frontier.load(77, frontier.dump())
    for hashed in HASHES[77:100]:
        reloaded.add(hashed)

    assert reloaded.root() == frontier_root(100)


@pytest.mark.parametrize(("size", "stored"), [(1, b""), (3, bytes(32)), (0, bytes(32)), (-1, b"")])
def test_a_frontier_of_another_size_is_refused(size: int, stored: bytes) -> None:
    """A head that contradicts itself stops the log."""
    with pytest.raises(LogBrokenError):
        Frontier.load(size, stored)


def test_a_range_is_covered_without_gap_or_overlap() -> None:
    """Subtrees follow each other and are aligned."""
    for start, end in [(0, 0), (0, 600), (137, 600), (1, 256), (255, 257), (600, 600)]:
        at = start
        for first, height in cover(start, end):
            assert (first, first % (1 << height)) == (at, 0)
            at += 1 << height

        assert at == end


def test_a_missing_tile_stops_the_log() -> None:
    """A store that lost a tile is not read as if it were empty."""
    with pytest.raises(LogBrokenError):
        TileReader(lambda _level, _n: None).root(5)
    with pytest.raises(LogBrokenError):
        grow(lambda _level, _n: None, lambda _level, _n, _tile: None, 5, HASHES[:1])
