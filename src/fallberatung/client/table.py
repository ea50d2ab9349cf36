"""The round table: convene it, say something, read the board.

Whatever is written goes through `write`: sealed for the head this person has checked; if somebody
was faster, the case is read anew, checked anew, and the record is made anew on the new head.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from fallberatung.client.casefile import CaseFile, read_case, triples
from fallberatung.client.errors import ProblemError
from fallberatung.client.hands import Hands
from fallberatung.client.log_memory import stamp
from fallberatung.client.pins import admit, pin_of
from fallberatung.client.receipts import ProvenReceipt
from fallberatung.client.steps import Taken, hand_over, sealed, take
from fallberatung.crypto.opened.caseview import apply, with_bundles
from fallberatung.crypto.opened.compose import make_entry, make_epoch, make_grant
from fallberatung.crypto.sealed.epochs import Member
from fallberatung.crypto.sealed.fbcbor import Value
from fallberatung.crypto.sealed.keybundle import KeyBundle
from fallberatung.crypto.sealed.records import Record
from fallberatung.roundtable.deliberation.board import Board, Opened, fold
from fallberatung.roundtable.deliberation.compose import RET_OF_TYPE, Stamp
from fallberatung.roundtable.deliberation.decode import decode_shown
from fallberatung.roundtable.procedure.membership import check_epoch
from fallberatung.roundtable.procedure.roles import cap_of
from fallberatung.wire.accounts import People, Person
from fallberatung.wire.cases import Addition

Compose = Callable[[Stamp], Mapping[str, object]]
"""One of the `*_body` functions of deliberation, waiting for its stamp."""

STALE: Final = "stale_head"
MOST_TRIES: Final = 5
REPORT_EPOCH: Final = 1


@dataclass(frozen=True, slots=True)
class Written:
    """An entry that stands: its place in the case, its receipt, and the case as of then."""

    seq: int
    receipt: ProvenReceipt
    file: CaseFile


def everybody(hands: Hands) -> tuple[Person, ...]:
    """List the members of the area whose keys the invitation names; others are left out."""
    pinned = {pin.key_id for pin in hands.invitation.pins}
    people = hands.house.get("/people", People).word.people
    return tuple(person for person in people if person.key_id in pinned)


def convene(hands: Hands, case: bytes, newcomers: Sequence[tuple[bytes, str]]) -> Taken:
    """Seat more people: the next epoch with all of them, and to each newcomer exactly epoch 1.

    Args:
        hands: the adviser who claimed the case, or a deputy.
        case: the case id.
        newcomers: key id and role at the table, at least one moderator.

    Raises:
        StrangerError: a key the invitation does not name.
        MembershipError: the table would break a rule of the procedure.
        ProblemError: the area does not allow tables, or the state does not.
    """
    file = read_case(hands, case)
    view = with_bundles(file.view, _bundles_of(hands, [key for key, _ in newcomers]))
    number, chain = view.chain.epoch + 1, view.chain
    members = [
        *(replace(each, cap=cap_of(each.role, number)) for each in chain.members),
        *(Member(key_id, cap_of(role, number), role) for key_id, role in newcomers),
    ]
    before = triples(chain.members)
    check_epoch(number, "convene", triples(members), before, author=chain.root, roster=())
    records = [make_epoch(view, file.me, members, {}, "convene", hands.random)]
    view = apply(view, records[0], file.me)
    for key_id, _ in newcomers:
        grant = make_grant(view, file.me, key_id, [REPORT_EPOCH], "convene", hands.random)
        view = apply(view, grant, file.me)
        records.append(grant)
    return hand_over(hands, case, "convene", records)


def write(hands: Hands, file: CaseFile, compose: Compose) -> Written:
    """Seal one entry on top of `file`, or of what the case has become meanwhile, and send it.

    Args:
        hands: who writes.
        file: the case as this person last checked it.
        compose: makes the body; called anew for every try.

    Raises:
        ProblemError: the service refuses, or somebody else was faster every time.
        ChainRuleError: this person may not write.
    """
    body = compose(stamp(hands))
    for _ in range(MOST_TRIES - 1):
        try:
            return _write_once(hands, file, body)
        except ProblemError as problem:
            if problem.slug != STALE:
                raise
        file = read_case(hands, file.facts.case)
    return _write_once(hands, file, body)


def board(file: CaseFile) -> Board:
    """Fold what this person may read into the board."""
    entries = [
        Opened(
            said.entry.seq,
            said.entry.writer,
            said.role,
            said.entry.ret,
            decode_shown(said.entry.body),
        )
        for said in file.entries
    ]
    return fold(entries, {member.key_id for member in file.members})


def _write_once(hands: Hands, file: CaseFile, body: Mapping[str, object]) -> Written:
    ret = RET_OF_TYPE[str(body["t"])]
    # The composers promise values of the encoding; their type says only `object`.
    value = cast("Mapping[str, Value]", body)
    record: Record = make_entry(file.view, file.me, value, ret, hands.random)
    word = Addition(record=sealed(record))
    taken = take(hands, file.facts.case, "records", word, (record,))
    moved = replace(file, view=apply(file.view, record, file.me))
    return Written(taken.seq, taken.receipt, moved)


def _bundles_of(hands: Hands, key_ids: Sequence[bytes]) -> list[KeyBundle]:
    for key_id in key_ids:
        pin_of(hands.invitation, key_id)
    shown = [each.bundle for each in everybody(hands) if each.key_id in set(key_ids)]
    return list(admit(hands.invitation, shown).values())
