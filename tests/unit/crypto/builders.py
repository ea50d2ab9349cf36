"""Builders of the crypto room's tests: people, seats, and a case that others can go on writing."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from fallberatung.crypto.opened import caseview, compose, cose
from fallberatung.crypto.opened.caseview import CaseView
from fallberatung.crypto.opened.identity import Identity, new_identity
from fallberatung.crypto.opened.seat import SeatCode, seat_identity
from fallberatung.crypto.sealed.epochs import (
    WRAP_BYTES,
    EpochPayload,
    GrantPayload,
    GrantWrap,
    Member,
    Wrap,
    encode_epoch,
    encode_grant,
)
from fallberatung.crypto.sealed.fbcbor import Value
from fallberatung.crypto.sealed.keybundle import KeyBundle
from fallberatung.crypto.sealed.records import Header, Kind, Record, encode_header

MADE_AT = 1_789_000_000
CASE = bytes(range(16))


def stream(seed: str) -> Callable[[int], bytes]:
    """Random bytes that are the same in every run of this seed."""
    count = 0

    def draw(length: int) -> bytes:
        nonlocal count
        count += 1
        return hashlib.shake_256(f"{seed}/{count}".encode()).digest(length)

    return draw


def person(name: str) -> Identity:
    """Somebody whose keys follow from the name."""
    random = stream(name)
    return new_identity(random(16), MADE_AT, random)


def a_seat(name: str = "seat") -> Identity:
    """An author's seat whose code follows from the name."""
    return seat_identity(SeatCode(stream(name)(16)), MADE_AT)


SEAT = a_seat()
ADVISER = person("adviser")
DEPUTY = person("deputy")
MODERATOR = person("moderator")
GUEST = person("guest")
READER = person("reader")
STRANGER = person("stranger")
PEOPLE = (ADVISER, DEPUTY, MODERATOR, GUEST, READER, STRANGER)
BUNDLES: Mapping[bytes, KeyBundle] = {who.key_id: who.bundle for who in (SEAT, *PEOPLE)}


def member(who: Identity, cap: str, role: str) -> Member:
    """A place at the table."""
    return Member(who.key_id, cap, role)


ROOT = member(SEAT, "mgr", "author")
AUTHOR = member(SEAT, "wr", "author")
DESK = (member(ADVISER, "mgr", "adviser"), member(DEPUTY, "mgr", "deputy"))
TABLE = (
    AUTHOR,
    *DESK,
    member(MODERATOR, "mgr", "moderator"),
    member(GUEST, "wr", "participant"),
    member(READER, "rd", "observer"),
)


@dataclass
class ACase:
    """A case with the views of everybody in it; each step is applied to all of them."""

    views: dict[bytes, CaseView] = field(default_factory=dict)
    log: list[Record] = field(default_factory=list)
    random: Callable[[int], bytes] = field(default_factory=lambda: stream("case"))

    def __post_init__(self) -> None:
        empty = caseview.begin(CASE, SEAT.bundle)
        known = caseview.with_bundles(empty, [who.bundle for who in PEOPLE])
        self.views = dict.fromkeys(BUNDLES, known)

    def view(self, who: Identity) -> CaseView:
        """The case as this person sees it."""
        return self.views[who.key_id]

    def add(self, record: Record) -> Record:
        """Let everybody apply one more record."""
        for who in (SEAT, *PEOPLE):
            self.views[who.key_id] = caseview.apply(self.view(who), record, who)
        self.log.append(record)
        return record

    def epoch(self, who: Identity, members: Sequence[Member], why: str) -> Record:
        """Begin an epoch."""
        return self.add(compose.make_epoch(self.view(who), who, members, {}, why, self.random))

    def grant(self, who: Identity, to: Identity, epochs: Sequence[int], why: str) -> Record:
        """Hand on keys without a second signature."""
        view = self.view(who)
        return self.add(compose.make_grant(view, who, to.key_id, epochs, why, self.random))

    def entry(self, who: Identity, body: Mapping[str, Value], ret: str = "c") -> Record:
        """Write an entry."""
        return self.add(compose.make_entry(self.view(who), who, body, ret, self.random))


REPORT: Mapping[str, Value] = {"t": "case_report", "v": 1, "text": "Person A, 8 Jahre"}


def a_filed_case() -> ACase:
    """Epoch 1 for seat and desk, and the report."""
    case = ACase()
    case.epoch(SEAT, (ROOT, *DESK), "create")
    case.entry(SEAT, REPORT)
    return case


def a_claimed_case() -> ACase:
    """Epoch 2 for seat, adviser and deputy."""
    case = a_filed_case()
    case.epoch(ADVISER, (AUTHOR, *DESK), "claim")
    return case


def a_convened_case() -> ACase:
    """Epoch 3 for the whole table; nobody has been granted anything yet."""
    case = a_claimed_case()
    case.entry(ADVISER, {"t": "comment", "v": 1, "text": "Vorgespräch"})
    case.epoch(ADVISER, TABLE, "convene")
    return case


def unchecked_epoch(
    view: CaseView, signer: Identity, members: Sequence[Member], why: str, ahead: int = 1
) -> Record:
    """An epoch that is well formed and signed, whether or not its signer may write it."""
    ordered = sorted(members, key=lambda each: each.key_id)
    wraps = tuple(Wrap(each.key_id, bytes(WRAP_BYTES)) for each in ordered)
    payload = encode_epoch(EpochPayload(tuple(ordered), bytes(32), wraps, why))
    header = next_header(view, "epoch", view.chain.epoch + ahead)
    return Record(header, cose.sign(signer, payload, header))


def unchecked_grant(
    view: CaseView,
    signer: Identity,
    to: Identity,
    epochs: Sequence[int],
    why: str,
    countersign: bytes | None = None,
) -> Record:
    """A grant that is well formed and signed, whether or not its signer may write it."""
    wraps = tuple(GrantWrap(epoch, bytes(WRAP_BYTES)) for epoch in epochs)
    payload = encode_grant(GrantPayload(to.key_id, wraps, why, countersign))
    header = next_header(view, "grant", view.chain.epoch)
    return Record(header, cose.sign(signer, payload, header))


def next_header(view: CaseView, kind: Kind, epoch: int) -> bytes:
    """The header of the record that may stand next in this view."""
    chain = view.chain
    salt, ret = (bytes(32), "c") if kind == "entry" else (None, None)
    return encode_header(Header(kind, chain.case, epoch, chain.seq + 1, chain.head, salt, ret))
