"""What a member can open, what stays closed, and what is refused."""

from dataclasses import replace

import pytest

from fallberatung.crypto.opened import caseview, compose, cose, entries, epochkey, hpke
from fallberatung.crypto.opened.caseview import open_entry
from fallberatung.crypto.opened.errors import NoKeyError, SealError
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.sealed import cose as sealed_cose
from fallberatung.crypto.sealed.epochs import EpochPayload, Wrap, encode_epoch
from fallberatung.crypto.sealed.errors import ChainRuleError, MalformedSealError, StaleHeadError
from fallberatung.crypto.sealed.fbcbor import encode
from fallberatung.crypto.sealed.records import Header, Record, encode_header
from unit.crypto.builders import (
    ADVISER,
    AUTHOR,
    CASE,
    DEPUTY,
    DESK,
    GUEST,
    MODERATOR,
    READER,
    REPORT,
    SEAT,
    STRANGER,
    TABLE,
    ACase,
    a_claimed_case,
    a_convened_case,
    a_filed_case,
    a_seat,
    member,
    next_header,
    stream,
    unchecked_epoch,
    unchecked_grant,
)

TALK = 4
REPORTED = 2


def forged_entry(case: ACase, writer: Identity, *, ret: str = "c", ep: int | None = None) -> Record:
    """An entry sealed under the current key by somebody who got hold of it."""
    view = case.view(ADVISER)
    chain = view.chain
    salt = bytes(32)
    header = encode_header(
        Header("entry", CASE, ep or chain.epoch, chain.seq + 1, chain.head, salt, ret)
    )
    message = cose.sign(writer, encode({"t": "comment"}), header)
    return Record(header, entries.seal_body(view.key(chain.epoch), salt, header, message))


def applied_and_opened(case: ACase, record: Record) -> None:
    """Apply a record to the adviser's view and open it."""
    open_entry(caseview.apply(case.view(ADVISER), record, ADVISER), record)


def test_the_desk_opens_the_report() -> None:
    """Everybody in epoch 1 reads what the seat filed."""
    case = a_filed_case()
    for who in (SEAT, ADVISER, DEPUTY):
        opened = open_entry(case.view(who), case.log[1])

        assert (opened.seq, opened.epoch, opened.ret) == (REPORTED, 1, "c")
        assert opened.writer == SEAT.key_id
        assert opened.body == REPORT


def test_a_stranger_replays_the_case_and_opens_nothing() -> None:
    """The chain is open to whoever holds it; the entries are not."""
    case = a_convened_case()

    assert case.view(STRANGER).chain == case.view(ADVISER).chain
    with pytest.raises(NoKeyError):
        open_entry(case.view(STRANGER), case.log[1])


def test_the_table_reads_the_report_but_not_the_talk_before() -> None:
    """Convening grants exactly epoch 1."""
    case = a_convened_case()
    with pytest.raises(NoKeyError):
        open_entry(case.view(GUEST), case.log[1])
    case.grant(ADVISER, GUEST, [1], "convene")

    assert open_entry(case.view(GUEST), case.log[1]).body == REPORT
    with pytest.raises(NoKeyError):
        open_entry(case.view(GUEST), case.log[TALK - 1])
    with pytest.raises(NoKeyError):
        open_entry(case.view(READER), case.log[1])


def test_history_opens_with_two_signatures() -> None:
    """A countersigned grant opens exactly the epochs it names."""
    case = a_convened_case()
    second = compose.countersign_grant(case.view(DEPUTY), DEPUTY, GUEST.key_id, [2])
    view = case.view(ADVISER)
    case.add(
        compose.make_grant(
            view, ADVISER, GUEST.key_id, [2], "history", stream("g"), countersign=second
        )
    )

    assert open_entry(case.view(GUEST), case.log[TALK - 1]).writer == ADVISER.key_id
    with pytest.raises(NoKeyError):
        open_entry(case.view(GUEST), case.log[1])


def test_who_was_removed_opens_nothing_new() -> None:
    """A new epoch shuts out whoever is not in it; what they could read they still can."""
    case = a_convened_case()
    before = case.entry(MODERATOR, {"t": "comment", "v": 1})
    remaining = [each for each in TABLE if each.key_id != GUEST.key_id]
    case.epoch(ADVISER, remaining, "recognised")
    after = case.entry(MODERATOR, {"t": "comment", "v": 1})

    assert open_entry(case.view(GUEST), before).writer == MODERATOR.key_id
    with pytest.raises(NoKeyError):
        open_entry(case.view(GUEST), after)
    with pytest.raises(ChainRuleError):
        case.entry(GUEST, {"t": "comment", "v": 1})


def test_a_stranded_case_is_rekeyed_by_its_author() -> None:
    """The seat gives the present roster a new epoch and the report."""
    case = a_claimed_case()
    roster = (member(MODERATOR, "mgr", "adviser"), member(GUEST, "mgr", "adviser"))
    case.epoch(SEAT, (AUTHOR, *roster), "rekey")
    case.grant(SEAT, MODERATOR, [1], "rekey")
    case.grant(SEAT, GUEST, [1], "rekey")
    case.epoch(MODERATOR, (AUTHOR, *roster), "claim")

    assert open_entry(case.view(GUEST), case.log[1]).body == REPORT
    assert case.view(GUEST).chain.epoch == 4


def test_a_reader_writes_nothing() -> None:
    """An observer's entry is not made, and one forged is not opened."""
    case = a_convened_case()
    with pytest.raises(ChainRuleError):
        case.entry(READER, {"t": "comment", "v": 1})
    with pytest.raises(SealError):
        applied_and_opened(case, forged_entry(case, READER))


@pytest.mark.parametrize("writer", [STRANGER, a_seat("other seat")])
def test_an_entry_by_nobody_at_the_table_does_not_open(writer: Identity) -> None:
    """Holding the epoch key is not enough to write."""
    case = a_convened_case()

    with pytest.raises(SealError):
        applied_and_opened(case, forged_entry(case, writer))


def test_a_member_cannot_write_in_the_name_of_another() -> None:
    """Whoever holds the epoch key still needs the other's signature over this very place."""
    case = a_convened_case()
    view = case.view(GUEST)
    header = next_header(view, "entry", 3)
    payload = encode({"t": "comment"})
    protected = sealed_cose.protected_header(ADVISER.key_id)
    by_guest = GUEST.sign(sealed_cose.to_be_signed(protected, header, payload))
    forged = sealed_cose.assemble(protected, payload, by_guest)
    moved = cose.sign(ADVISER, payload, case.log[3].header)
    for message in (forged, moved):
        record = Record(header, entries.seal_body(view.key(3), bytes(32), header, message))
        with pytest.raises(SealError):
            applied_and_opened(case, record)
    honest = cose.sign(ADVISER, payload, header)

    applied_and_opened(
        case, Record(header, entries.seal_body(view.key(3), bytes(32), header, honest))
    )


def test_an_entry_of_somebody_who_wrote_earlier_does_not_open() -> None:
    """The right to write is that of the entry's own epoch."""
    case = a_convened_case()
    case.epoch(ADVISER, [each for each in TABLE if each.key_id != GUEST.key_id], "remove")

    with pytest.raises(SealError):
        applied_and_opened(case, forged_entry(case, GUEST))


def test_an_entry_that_was_not_applied_does_not_open() -> None:
    """A branch shown beside the log is not read."""
    case = a_filed_case()
    twin = a_filed_case()
    twin.entry(SEAT, {"t": "comment", "v": 1})
    case.entry(SEAT, {"t": "other", "v": 1})

    with pytest.raises(SealError):
        open_entry(case.view(ADVISER), twin.log[2])


def test_an_epoch_is_no_entry() -> None:
    """Only entries open."""
    case = a_filed_case()

    with pytest.raises(SealError):
        open_entry(case.view(ADVISER), case.log[0])


def test_a_body_that_is_no_map_does_not_open() -> None:
    """A writer's nonsense is refused as mutely as a forgery."""
    case = a_filed_case()
    view = case.view(ADVISER)
    header = next_header(view, "entry", 1)
    message = cose.sign(SEAT, encode([1]), header)
    record = Record(header, entries.seal_body(view.key(1), bytes(32), header, message))

    with pytest.raises(SealError):
        applied_and_opened(case, record)


def test_a_manager_cannot_hand_out_different_keys() -> None:
    """The receiver recomputes the commitment and refuses the epoch."""
    case = a_filed_case()
    view = case.view(ADVISER)
    committed = epochkey.commitment(bytes(32), CASE, 2)
    members = tuple(sorted((AUTHOR, *DESK), key=lambda each: each.key_id))
    wraps = tuple(
        Wrap(each.key_id, split_wrap(view.bundles[each.key_id].key_id, committed, view))
        for each in members
    )
    header = next_header(view, "epoch", 2)
    payload = encode_epoch(EpochPayload(members, committed, wraps, "claim"))
    record = Record(header, cose.sign(ADVISER, payload, header))

    with pytest.raises(SealError):
        caseview.apply(case.view(DEPUTY), record, DEPUTY)
    assert caseview.apply(case.view(STRANGER), record, STRANGER).chain.epoch == 2


def split_wrap(key_id: bytes, committed: bytes, view: caseview.CaseView) -> bytes:
    """Another key than the committed one, sealed in the right context."""
    info = epochkey._info("epoch", CASE, 2, key_id, committed)
    return hpke.seal(view.bundles[key_id], info, b"\1" * 32)


def test_a_wrap_that_does_not_open_is_refused() -> None:
    """An epoch that gives a member a broken key does not stand for that member."""
    case = a_filed_case()
    record = unchecked_epoch(case.view(ADVISER), ADVISER, (AUTHOR, *DESK), "claim")

    with pytest.raises(SealError):
        caseview.apply(case.view(DEPUTY), record, DEPUTY)


def test_a_granted_key_that_does_not_open_is_refused() -> None:
    """A grant of a broken key does not stand for its receiver."""
    case = a_convened_case()
    record = unchecked_grant(case.view(ADVISER), ADVISER, GUEST, [1], "convene")

    with pytest.raises(SealError):
        caseview.apply(case.view(GUEST), record, GUEST)
    assert caseview.apply(case.view(READER), record, READER).chain.seq == len(case.log) + 1


def test_a_wrap_of_an_epoch_does_not_serve_as_a_grant() -> None:
    """The purpose is part of what a key is sealed for."""
    case = a_filed_case()
    view = case.view(ADVISER)
    sealed = epochkey.wrap_key(ADVISER.bundle, "epoch", CASE, 1, view.key(1))
    committed = view.epoch(1).commitment

    assert epochkey.unwrap_key(ADVISER, "epoch", CASE, 1, committed, sealed) == view.key(1)
    with pytest.raises(SealError):
        epochkey.unwrap_key(ADVISER, "grant", CASE, 1, committed, sealed)


def test_a_case_begins_with_a_seat() -> None:
    """A person's bundle is no root, and a second seat is nobody's colleague."""
    with pytest.raises(ChainRuleError):
        caseview.begin(CASE, ADVISER.bundle)
    with pytest.raises(ChainRuleError):
        caseview.with_bundles(caseview.begin(CASE, SEAT.bundle), [a_seat("other seat").bundle])


def test_a_refused_record_leaves_the_view_as_it_was() -> None:
    """Views are values."""
    case = a_filed_case()
    before = case.view(ADVISER)
    with pytest.raises(StaleHeadError):
        caseview.apply(before, case.log[1], ADVISER)

    assert case.view(ADVISER) is before
    assert open_entry(before, case.log[1]).body == REPORT


def test_keys_are_granted_by_those_who_hold_them() -> None:
    """Nobody hands on a key they were never given."""
    case = a_convened_case()
    view = case.view(MODERATOR)

    with pytest.raises(NoKeyError):
        compose.make_grant(view, MODERATOR, GUEST.key_id, [1], "convene", stream("g"))
    with pytest.raises(ChainRuleError):
        compose.make_grant(case.view(ADVISER), ADVISER, GUEST.key_id, [9], "convene", stream("g"))


def test_records_that_others_would_refuse_are_not_made() -> None:
    """Whoever composes a record replays it first."""
    case = a_convened_case()
    with pytest.raises(ChainRuleError):
        compose.make_epoch(case.view(GUEST), GUEST, TABLE, {}, "rotate", stream("e"))
    with pytest.raises(ChainRuleError):
        compose.make_grant(
            case.view(ADVISER), ADVISER, GUEST.key_id, [1, 2], "convene", stream("g")
        )


def test_a_member_whose_bundle_is_unknown_gets_no_key() -> None:
    """Nothing is sealed to a key id alone."""
    view = caseview.begin(CASE, SEAT.bundle)
    members = (member(SEAT, "mgr", "author"), *DESK)

    with pytest.raises(ChainRuleError):
        compose.make_epoch(view, SEAT, members, {}, "create", stream("e"))


def test_a_body_is_a_map_with_text_keys() -> None:
    """What could not be opened is not sealed."""
    case = a_filed_case()
    with pytest.raises(MalformedSealError):
        case.entry(SEAT, {1: "x"})  # type: ignore[dict-item]  # the wrong type is the point
    with pytest.raises(MalformedSealError):
        case.entry(SEAT, {"t": "x"}, ret="x")


def test_equal_entries_are_sealed_to_different_bytes() -> None:
    """A salt serves one entry."""
    case = a_filed_case()
    first = case.entry(SEAT, {"t": "comment"})
    second = case.entry(SEAT, {"t": "comment"})

    assert first.body[:32] != second.body[:32]
    assert len(first.body) == len(second.body)


def test_a_view_rebuilt_without_a_commitment_is_refused() -> None:
    """A key opens only against the commitment its epoch published."""
    case = a_filed_case()
    view = case.view(ADVISER)
    wrong = replace(view.epoch(1), commitment=bytes(32))
    altered = replace(view, epochs=(wrong,))
    second_epoch = compose.make_epoch(
        case.view(DEPUTY), DEPUTY, (AUTHOR, *DESK), {}, "claim", stream("e")
    )
    after = caseview.apply(altered, second_epoch, ADVISER)
    countersign = compose.countersign_grant(after, SEAT, ADVISER.key_id, [1])
    whole = caseview.apply(case.view(DEPUTY), second_epoch, DEPUTY)
    grant = compose.make_grant(
        whole, DEPUTY, ADVISER.key_id, [1], "history", stream("g"), countersign=countersign
    )

    with pytest.raises(SealError):
        caseview.apply(after, grant, ADVISER)
