"""Reading a case: the whole chain from its first record, opened as far as one's keys reach.

Everything is checked before it is used (docs/spec/fb-v1.md#chain-rules): each key against the
pins, each link of the chain, each commitment to an epoch key, each membership against the rules
of the table, each writer's capability in the epoch of the entry, each retention code against the
type of the entry, and the whole against what this person saw last time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from fallberatung.client.belongings import Seen
from fallberatung.client.errors import HistoryError, RollbackError
from fallberatung.client.hands import Hands
from fallberatung.client.log_memory import check_gossip
from fallberatung.client.pins import admit
from fallberatung.crypto.opened.caseview import (
    CaseView,
    OpenedEntry,
    apply,
    begin,
    open_entry,
    with_bundles,
)
from fallberatung.crypto.opened.errors import NoKeyError
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.crypto.sealed.epochs import Member
from fallberatung.crypto.sealed.keybundle import KeyBundle, parse_bundle
from fallberatung.crypto.sealed.records import Record, size_class
from fallberatung.roundtable.deliberation.compose import RET_OF_TYPE
from fallberatung.roundtable.procedure.membership import Triple, check_epoch
from fallberatung.roundtable.procedure.roles import ADVISER
from fallberatung.wire.cases import CaseFacts, Records


@dataclass(frozen=True, slots=True)
class Said:
    """An opened entry and the role its writer had in its epoch."""

    entry: OpenedEntry
    role: str


@dataclass(frozen=True, slots=True)
class Link:
    """A record as the server sees it; `size_class` is the binary step of the padded size."""

    seq: int
    kind: str
    epoch: int
    ret: str | None
    size_class: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as this person may see it.

    `view` stands at the head; `entries` are the opened ones in order, each with its writer's role
    in its epoch; `closed` counts those whose epoch was never granted. `links` is what the server
    itself can tell of each record.
    """

    facts: CaseFacts
    me: Identity
    view: CaseView
    entries: tuple[Said, ...]
    closed: int
    links: tuple[Link, ...]

    @property
    def members(self) -> tuple[Member, ...]:
        """Who sits here now."""
        return self.view.chain.members


@dataclass(slots=True)
class _Replay:
    """The walk along the chain; `members` is the membership before the next record."""

    view: CaseView
    roster: Collection[bytes]
    entries: list[Said]
    closed: int = 0


def read_case(hands: Hands, case: bytes, why: str = "BERATUNG") -> CaseFile:
    """Fetch and check a case from its first record; remember how far it was seen.

    Args:
        hands: who reads; the author of the case reads with the keys of its seat.
        case: the case id.
        why: the purpose that goes into the access log.

    Raises:
        RollbackError: the service shows less or other records than were seen before.
        HistoryError: a record breaks a rule of the table.
        StrangerError: a key that is not pinned.
        ProblemError: the service refuses to show the case.
    """
    path = f"/cases/{b64u(case)}"
    facts = hands.house.get(path, CaseFacts).word
    sent = _fetch(hands, f"{path}/records", why)
    root = parse_bundle(facts.seat)
    if facts.case != case or not root.is_seat:
        raise HistoryError("the case is not rooted in a seat")
    records = [Record(each.header, each.body) for each in sent.records]
    bundles = admit(hands.invitation, sent.bundles, root=root)
    _check_memory(hands, case, records)
    read = replay(case, root, records, bundles, hands.identity_for(case), _desk(hands))
    chain = read.view.chain
    if (chain.seq, chain.head) != (sent.seq, sent.head):
        raise RollbackError("the service shows fewer records than it counts")
    check_gossip(hands, [said.entry.body.get("cp") for said in read.entries])
    hands.keep(hands.belongings.with_seen(Seen(case, chain.seq, chain.head)))
    me = hands.identity_for(case)
    return CaseFile(facts, me, read.view, tuple(read.entries), read.closed, _links(records))


def _fetch(hands: Hands, path: str, why: str) -> Records:
    # The service answers at most some hundred records at once; every page is a logged reading.
    pages: list[Records] = []
    taken = 0
    while not pages or taken < pages[-1].seq:
        asked = {"why": why, "from": str(taken + 1)}
        page = hands.house.get(path, Records, asked).word
        if pages and not page.records:
            raise RollbackError("the service shows fewer records than it counts")
        pages.append(page)
        taken += len(page.records)
    return Records(
        records=tuple(record for page in pages for record in page.records),
        head=pages[-1].head,
        seq=pages[-1].seq,
        bundles=tuple(dict.fromkeys(bundle for page in pages for bundle in page.bundles)),
    )


def replay(
    case: bytes,
    root: KeyBundle,
    records: Sequence[Record],
    bundles: Mapping[bytes, KeyBundle],
    me: Identity,
    roster: Collection[bytes],
) -> _Replay:
    """Walk the chain from its first record with one's own keys; raises as `read_case`."""
    walk = _Replay(with_bundles(begin(case, root), bundles.values()), roster, [])
    for record in records:
        before = walk.view.chain
        walk.view = apply(walk.view, record, me)
        kind = record.parsed().kind
        if kind == "epoch":
            _check_epoch(walk, before.members, root.key_id)
        elif kind == "entry":
            _take_entry(walk, record)
    return walk


def triples(members: Sequence[Member]) -> list[Triple]:
    """Write members as the procedure reads them: key id, capability, role."""
    return [(member.key_id, member.cap, member.role) for member in members]


def _links(records: Sequence[Record]) -> tuple[Link, ...]:
    parsed = [(record.parsed(), size_class(len(record.body))) for record in records]
    return tuple(
        Link(header.seq, header.kind, header.epoch, header.ret, size) for header, size in parsed
    )


def _check_epoch(walk: _Replay, before: Sequence[Member], author: bytes) -> None:
    chain = walk.view.chain
    check_epoch(
        chain.epoch,
        chain.why,
        triples(chain.members),
        triples(before),
        author=author,
        roster=walk.roster,
    )


def _take_entry(walk: _Replay, record: Record) -> None:
    try:
        entry = open_entry(walk.view, record)
    except NoKeyError:
        walk.closed += 1
        return
    kind = entry.body.get("t")
    if isinstance(kind, str) and RET_OF_TYPE.get(kind, entry.ret) != entry.ret:
        raise HistoryError("the retention code does not fit the kind of entry")
    roles = {member.key_id: member.role for member in walk.view.chain.members}
    walk.entries.append(Said(entry, roles[entry.writer]))


def _check_memory(hands: Hands, case: bytes, records: Sequence[Record]) -> None:
    seen = hands.belongings.seen_of(case)
    if seen is None:
        return
    if len(records) < seen.seq or records[seen.seq - 1].digest() != seen.head:
        raise RollbackError("the service shows another past than before")


def _desk(hands: Hands) -> frozenset[bytes]:
    # A case outlives the roster it was filed under, so reading asks only that the desk's seats
    # belong to advisers the institution's officer named; filing asks for the roster in date.
    return frozenset(pin.key_id for pin in hands.invitation.pins if ADVISER in pin.roles)
