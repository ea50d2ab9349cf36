"""Headers and payloads are read in one form, with the exact key set of their kind."""

import pytest

from fallberatung.crypto.sealed import epochs, records
from fallberatung.crypto.sealed.digest import sha256
from fallberatung.crypto.sealed.epochs import EpochPayload, GrantPayload, GrantWrap, Member, Wrap
from fallberatung.crypto.sealed.errors import MalformedSealError
from fallberatung.crypto.sealed.fbcbor import Value, encode
from fallberatung.crypto.sealed.records import Header, Record
from unit.crypto.builders import CASE

PREV = bytes(range(32))
PLAIN: dict[str, Value] = {"v": 1, "t": "epoch", "case": CASE, "ep": 1, "seq": 1, "prev": PREV}
ENTRY: dict[str, Value] = {**PLAIN, "t": "entry", "salt": bytes(32), "ret": "c"}

HEADER_CHANGES: dict[str, tuple[dict[str, Value], dict[str, Value]]] = {
    "other version": (PLAIN, {"v": 2}),
    "version as truth": (PLAIN, {"v": True}),
    "unknown kind": (PLAIN, {"t": "note"}),
    "kind as bytes": (PLAIN, {"t": b"epoch"}),
    "case too short": (PLAIN, {"case": bytes(15)}),
    "case as text": (PLAIN, {"case": "a" * 16}),
    "epoch zero": (PLAIN, {"ep": 0}),
    "epoch as text": (PLAIN, {"ep": "1"}),
    "epoch as truth": (PLAIN, {"ep": True}),
    "number zero": (PLAIN, {"seq": 0}),
    "negative number": (PLAIN, {"seq": -1}),
    "predecessor too long": (PLAIN, {"prev": bytes(33)}),
    "predecessor absent": (PLAIN, {"prev": None}),
    "extra key": (PLAIN, {"x": 1}),
    "salt in an epoch": (PLAIN, {"salt": bytes(32)}),
    "retention in an epoch": (PLAIN, {"ret": "c"}),
    "salt and retention in a grant": (ENTRY, {"t": "grant"}),
    "salt too short": (ENTRY, {"salt": bytes(31)}),
    "unknown retention": (ENTRY, {"ret": "x"}),
    "retention as bytes": (ENTRY, {"ret": b"c"}),
    "retention as nothing": (ENTRY, {"ret": None}),
    "extra key in an entry": (ENTRY, {"x": 1}),
}

KEY_A, KEY_B = bytes(31) + b"a", bytes(31) + b"b"
WRAP = bytes(epochs.WRAP_BYTES)
EPOCH: dict[str, Value] = {
    "members": [[KEY_A, "mgr", "adviser"], [KEY_B, "wr", "author"]],
    "kc": bytes(32),
    "wraps": [[KEY_A, WRAP], [KEY_B, WRAP]],
    "why": "claim",
}
GRANT: dict[str, Value] = {"to": KEY_A, "wraps": [[1, WRAP], [2, WRAP]], "why": "history"}

EPOCH_CHANGES: dict[str, dict[str, Value]] = {
    "no members": {"members": [], "wraps": []},
    "members not ascending": {
        "members": [[KEY_B, "wr", "author"], [KEY_A, "mgr", "adviser"]],
        "wraps": [[KEY_B, WRAP], [KEY_A, WRAP]],
    },
    "a member twice": {
        "members": [[KEY_A, "mgr", "adviser"], [KEY_A, "wr", "author"]],
        "wraps": [[KEY_A, WRAP], [KEY_A, WRAP]],
    },
    "a wrap missing": {"wraps": [[KEY_A, WRAP]]},
    "a wrap too many": {"wraps": [[KEY_A, WRAP], [KEY_B, WRAP], [KEY_B, WRAP]]},
    "wraps in another order": {"wraps": [[KEY_B, WRAP], [KEY_A, WRAP]]},
    "a wrap for another": {"wraps": [[KEY_A, WRAP], [bytes(32), WRAP]]},
    "a wrap too short": {"wraps": [[KEY_A, WRAP], [KEY_B, WRAP[1:]]]},
    "unknown capability": {
        "members": [[KEY_A, "admin", "adviser"], [KEY_B, "wr", "author"]],
    },
    "free text as role": {
        "members": [[KEY_A, "mgr", "Frau Beispiel"], [KEY_B, "wr", "author"]],
    },
    "a member without a capability": {"members": [[KEY_A, "mgr"], [KEY_B, "wr"]]},
    "members as a map": {"members": {"a": 1}},
    "commitment too short": {"kc": bytes(31)},
    "free text as reason": {"why": "weil es nötig ist"},
    "a grant's reason": {"why": "history"},
    "extra key": {"reason": "claim"},
}

GRANT_CHANGES: dict[str, dict[str, Value]] = {
    "no wraps": {"wraps": []},
    "wraps not ascending": {"wraps": [[2, WRAP], [1, WRAP]]},
    "an epoch twice": {"wraps": [[1, WRAP], [1, WRAP]]},
    "epoch zero": {"wraps": [[0, WRAP]]},
    "epoch as truth": {"wraps": [[True, WRAP]]},
    "wrap too long": {"wraps": [[1, WRAP + b"\0"]]},
    "receiver too short": {"to": KEY_A[1:]},
    "an epoch's reason": {"why": "claim"},
    "countersignature as text": {"countersign": "x"},
    "countersignature as nothing": {"countersign": None},
    "extra key": {"reason": "history"},
}


@pytest.mark.parametrize("value", [PLAIN, {**PLAIN, "t": "grant"}, ENTRY])
def test_a_header_reads_back_as_it_was_written(value: dict[str, Value]) -> None:
    """Each kind has its own set of keys."""
    encoded = encode(value)

    assert records.encode_header(records.parse_header(encoded)) == encoded


@pytest.mark.parametrize("name", HEADER_CHANGES)
def test_other_headers_are_refused(name: str) -> None:
    """A header has the exact keys, types and lengths of its kind."""
    original, change = HEADER_CHANGES[name]

    assert len(HEADER_CHANGES) >= 22
    with pytest.raises(MalformedSealError):
        records.parse_header(encode({**original, **change}))


@pytest.mark.parametrize("missing", sorted(ENTRY))
def test_no_key_of_a_header_may_be_missing(missing: str) -> None:
    """Left-out keys are malformed, never defaulted."""
    with pytest.raises(MalformedSealError):
        records.parse_header(encode({key: each for key, each in ENTRY.items() if key != missing}))


def test_a_header_that_could_not_be_read_is_not_written() -> None:
    """The encoder refuses what the parser refuses."""
    with pytest.raises(MalformedSealError):
        records.encode_header(Header("entry", CASE, 1, 1, PREV))
    with pytest.raises(MalformedSealError):
        records.encode_header(Header("epoch", CASE, 1, 1, PREV, salt=bytes(32)))


def test_a_digest_covers_the_header_and_the_digest_of_the_body() -> None:
    """A body may be erased, and the chain still verifies from its digest."""
    header, body = encode(PLAIN), b"body"
    expected = sha256(encode(["fb/v1/record", header, sha256(body)]))

    assert Record(header, body).digest() == expected


@pytest.mark.parametrize(
    ("length", "expected"), [(0, 8), (256, 8), (257, 8), (272, 8), (512, 9), (70_000, 16)]
)
def test_a_size_class_is_the_logarithm_of_the_padded_size(length: int, expected: int) -> None:
    """The server keeps a class, not a length."""
    assert records.size_class(length) == expected


def test_payloads_read_back_as_they_were_written() -> None:
    """Epochs and grants have one encoding."""
    epoch = EpochPayload(
        members=(Member(KEY_A, "mgr", "adviser"), Member(KEY_B, "wr", "author")),
        commitment=bytes(32),
        wraps=(Wrap(KEY_A, WRAP), Wrap(KEY_B, WRAP)),
        why="claim",
    )
    grant = GrantPayload(KEY_A, (GrantWrap(1, WRAP), GrantWrap(2, WRAP)), "history")

    assert epochs.encode_epoch(epoch) == encode(EPOCH)
    assert epochs.parse_epoch(encode(EPOCH)) == epoch
    assert epochs.encode_grant(grant) == encode(GRANT)
    assert epochs.parse_grant(encode(GRANT)) == grant


@pytest.mark.parametrize("name", EPOCH_CHANGES)
def test_other_epoch_payloads_are_refused(name: str) -> None:
    """Members ascend, wraps are theirs, codes come from closed lists."""
    assert len(EPOCH_CHANGES) >= 16
    with pytest.raises(MalformedSealError):
        epochs.parse_epoch(encode({**EPOCH, **EPOCH_CHANGES[name]}))


@pytest.mark.parametrize("name", GRANT_CHANGES)
def test_other_grant_payloads_are_refused(name: str) -> None:
    """Epochs ascend, codes come from closed lists."""
    assert len(GRANT_CHANGES) >= 11
    with pytest.raises(MalformedSealError):
        epochs.parse_grant(encode({**GRANT, **GRANT_CHANGES[name]}))
