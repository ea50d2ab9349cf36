"""What holds of every tree, every value, every entry and every changed bundle."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from counts import examples
from fakes.small_log import NOON, a_log, occurrence, policy, stream
from fallberatung.audit.actions import ACTIONS, PURPOSES
from fallberatung.audit.bundle import write_bundle
from fallberatung.audit.commitment import check_opening
from fallberatung.audit.entry import Actor, Occurrence, make_entry
from fallberatung.audit.errors import CanonicalError, EntryError, ProofError
from fallberatung.audit.jcs import Json, canonical, parse, parse_object
from fallberatung.audit.leaf import parse_leaf
from fallberatung.audit.openings import decode_openings, encode_openings
from fallberatung.audit.tiles import TileReader
from fallberatung.audit.tree import verify_consistency, verify_inclusion
from fallberatung.audit.verify import Verified, verify_bundle
from fallberatung.errors import MalformedError

LOG = a_log(700)
TILES = TileReader(LOG.tile)
BUNDLE = write_bundle(a_log(12), 3, 9, NOON, "# policy\n")
LEAF = make_entry(occurrence(0), stream("x")).leaf
SIZES = st.integers(0, 700)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="ascii")), inner),
    max_leaves=8,
)


@given(SIZES, SIZES)
@examples(300)
def test_any_two_sizes_are_consistent(one: int, other: int) -> None:
    """Every earlier tree is provably a beginning of every later one."""
    old, new = sorted((one, other))
    roots = TILES.root(old), TILES.root(new)
    path = TILES.consistency(old, new)
    verify_consistency(old, new, *roots, path)

    if old not in {0, new}:
        with pytest.raises(ProofError):
            verify_consistency(old, new, roots[1], roots[0], path)


@given(st.integers(1, 700), st.data())
@examples(150)
def test_every_leaf_is_included_in_every_later_tree(size: int, data: st.DataObject) -> None:
    """And at no other place."""
    index = data.draw(st.integers(0, size - 1))
    elsewhere = data.draw(st.integers(0, size - 1))
    hashed, path, root = LOG.tree[index].leaf_hash, TILES.inclusion(index, size), TILES.root(size)
    verify_inclusion(index, size, hashed, path, root)

    assume(index != elsewhere)
    with pytest.raises(ProofError):
        verify_inclusion(elsewhere, size, hashed, path, root)


@given(JSON)
@examples(100)
def test_every_value_of_the_profile_is_read_back(value: Json) -> None:
    """Writing then reading changes nothing, and both agree on the spelling."""
    encoded = canonical(value)

    assert parse(encoded) == value
    assert canonical(parse(encoded)) == encoded


@given(st.binary(max_size=60) | st.from_regex(rb'\A[\[\]{}",:0-9a-z.\- ]{0,30}\Z'))
@examples(300)
def test_whatever_is_read_is_canonical(encoded: bytes) -> None:
    """Random bytes are refused, or they are the one spelling of their value."""
    try:
        value = parse(encoded)
    except CanonicalError:
        return

    assert canonical(value) == encoded


@given(st.integers(0, len(LEAF) - 1), st.binary(max_size=3), st.integers(0, 3))
@examples(500)
@example(0, b"", 0)
def test_a_changed_leaf_is_refused_or_another_canonical_leaf(
    at: int, inserted: bytes, removed: int
) -> None:
    """The grammar accepts canonical JSON only, whatever is done to a leaf."""
    changed = LEAF[:at] + inserted + LEAF[at + removed :]
    try:
        parse_leaf(changed)
    except EntryError:
        assert changed != LEAF
        return

    assert canonical(parse_object(changed)) == changed


MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis wants naive bounds
ACTORS = st.builds(
    Actor,
    st.from_regex(r"[A-Za-z0-9._-]{1,64}", fullmatch=True),
    st.sampled_from([None, "adviser"]),
    st.sampled_from(["user", "seat", "service", "operator"]),
    st.sampled_from([None, "s1"]),
)


@given(st.sampled_from(sorted(ACTIONS)), ACTORS, MOMENTS, st.sampled_from(sorted(PURPOSES)))
@examples(300)
def test_every_action_of_everybody_can_be_logged(
    name: str, actor: Actor, at: datetime, why: str
) -> None:
    """Whatever the registry holds becomes a leaf whose openings fit and survive storage."""
    told = Occurrence(name, "ok", actor, at, "app1", why=why, detail={"reason": "r1"})
    made = make_entry(told, stream("x"))
    leaf = parse_leaf(made.leaf)
    for opening in decode_openings(encode_openings(made.openings)):
        check_opening(leaf, opening)

    assert (leaf.action, leaf.purpose) == (name, why)
    assert (leaf.at.minute, leaf.at.second) == (0, 0) or actor.kind != "seat"


PLACES = ("actor", "role", "sess", "user", "reason", "ip", "ua")


@given(st.text(min_size=1), st.sampled_from(PLACES))
@examples(400)
@example("Mia Muster", "user")
@example("mia@example.org", "reason")
@example("x" * 65, "actor")
def test_no_free_text_enters_any_opening(text: str, place: str) -> None:
    """A value is refused, or it is opaque: at most 64 characters without white space."""
    texts = {**dict.fromkeys(PLACES, "x1"), "ip": "::1", place: text}
    actor = Actor(texts["actor"], texts["role"], "user", texts["sess"])
    told = replace(
        occurrence(0),
        actor=actor,
        object={"user": texts["user"]},
        client={"ip": texts["ip"], "ua": texts["ua"]},
        detail={"reason": texts["reason"]},
    )
    try:
        made = make_entry(told, stream("x"))
    except EntryError:
        return

    assert (len(text) <= 64, text.isascii(), len(text.split())) == (True, True, 1)
    assert len(made.openings) == 4


def told_by(forged: bytes) -> Verified:
    """Verify and forget the one claim that nothing proves: when the bundle was written."""
    return replace(verify_bundle(forged, policy()), made=NOON)


GENUINE = told_by(BUNDLE)


@given(st.integers(0, len(BUNDLE) - 1), st.integers(1, 255))
@examples(500)
def test_any_changed_byte_of_a_bundle_is_detected(at: int, change: int) -> None:
    """No byte of a bundle is without meaning, not even of its outer form."""
    forged = bytearray(BUNDLE)
    forged[at] ^= change
    try:
        told = told_by(bytes(forged))
    except MalformedError:
        return

    assert told == GENUINE
    assert BUNDLE.index(b'"made":"') < at < BUNDLE.index(b'"origin"')


@given(st.integers(0, len(BUNDLE)), st.integers(0, 40), st.binary(max_size=40))
@examples(200)
def test_any_cut_or_insertion_is_detected(at: int, removed: int, inserted: bytes) -> None:
    """Bundles are verified whole or not at all."""
    forged = BUNDLE[:at] + inserted + BUNDLE[at + removed :]
    assume(forged != BUNDLE)
    try:
        told = told_by(forged)
    except MalformedError:
        return

    assert told == GENUINE
