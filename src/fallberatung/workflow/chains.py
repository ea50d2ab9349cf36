"""Extending a case's chain: order, signatures, membership, and who posts what.

The chain is rebuilt from the columns of its head, never by replaying it. Whatever crypto cannot
know is asked of the procedure here: whether an epoch's members fit their roles and the desk
roster, and whether it is signed by the key of the account that posts it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from fallberatung.audit.jcs import Json
from fallberatung.crypto.sealed import chain as chains
from fallberatung.crypto.sealed import cose
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.crypto.sealed.chain import Chain
from fallberatung.crypto.sealed.epochs import EpochPayload, Member, parse_epoch
from fallberatung.crypto.sealed.errors import StaleHeadError
from fallberatung.crypto.sealed.keybundle import KeyBundle, parse_bundle
from fallberatung.crypto.sealed.records import Header, Record, size_class
from fallberatung.crypto.sealed.roster import parse_roster
from fallberatung.roundtable.procedure.membership import check_epoch
from fallberatung.roundtable.procedure.ports import Case, KeptRecord, Membership
from fallberatung.workflow.errors import RuleError, StaleError
from fallberatung.workflow.steps import Act, Done
from fallberatung.workflow.work import Context, Work


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a case stands after a step."""

    state: str
    seq: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Extension:
    """Records to append.

    Attributes:
        records: in their order.
        kinds: the kind each must have; an epoch comes first, grants follow, entries come alone.
        why: the reason the epoch must give, if there is one.
        signer: the key that must have signed epochs and grants.
        at: the time the rows may hold.
    """

    records: tuple[Record, ...]
    kinds: tuple[str, ...]
    why: str
    signer: bytes
    at: datetime


def extend(work: Work, context: Context, case: Case, extension: Extension) -> Case:
    """Append records to a case and return it with its new head; the state stays.

    Raises:
        StaleError: another record came first.
        RuleError: wrong kinds or reason, a signature that is not the poster's, or a key that
            belongs to nobody here.
        MembershipError: the members do not fit.
        ChainRuleError: the chain does not allow it.
        MalformedSealError: a record is not in its one form.
        BadSignatureError: a signature does not hold.
    """
    headers = [record.parsed() for record in extension.records]
    if tuple(header.kind for header in headers) != extension.kinds:
        raise RuleError("wrong_kinds")
    chain = _chain(work, case)
    bundles = _bundles(work, case, chain, extension.records)
    for record, header in zip(extension.records, headers, strict=True):
        before, chain = chain, _advance(chain, record, bundles)
        if header.kind != "entry" and cose.parse(record.body).kid != extension.signer:
            raise RuleError("not_your_signature")
        if header.kind == "epoch":
            _check_members(work, context, case, before, record, extension.why, bundles)
            work.cases.set_members(case.area, case.case, chain.epoch, _memberships(chain))
        work.cases.add_record(case.area, case.case, _kept(record, header, extension.at))
    return replace(
        case,
        head=chain.head,
        seq=chain.seq,
        epoch=chain.epoch,
        epoch_why=chain.why,
        is_convened=chain.convened,
    )


def moved(case: Case, records: Sequence[Record], detail: Mapping[str, Json]) -> Act[Moved]:
    """Tell of a step that may have added records, for the answer and for the log."""
    digests = tuple(record.digest() for record in records)
    told: dict[str, Json] = {"state": case.state, **detail}
    if digests:
        told |= {"records": [b64u(digest) for digest in digests], "seq": case.seq}
        told |= {"epoch": case.epoch}
    return Act(Moved(case.state, case.seq, case.head), told, digests, case.seq)


def repeated(work: Work, case: Case, records: Sequence[Record]) -> Done[Moved] | None:
    """Return the first answer if exactly these records were brought before."""
    digests = tuple(record.digest() for record in records)
    answer = work.cases.acknowledged(case.area, case.case, digests[-1])
    if answer is None or answer.records != digests:
        return None
    return Done(Moved(case.state, answer.seq, answer.last), answer, is_repeat=True)


def roster_members(work: Work, context: Context) -> tuple[bytes, ...]:
    """Return the advisers of the signed desk roster in its order.

    Raises:
        OutOfDateError: the roster has run out; the officer has to sign a new one.
    """
    area = work.area()
    now = int(context.now.timestamp())
    roster = parse_roster(area.roster, institution_key=area.institution_key, now=now)
    return roster.members


def bundles_of(work: Work, area: str, key_ids: Collection[bytes]) -> dict[bytes, KeyBundle]:
    """Return the verified bundles of those keys that belong to accounts."""
    found = work.accounts.bundles(area, sorted(key_ids))
    return {bundle.key_id: bundle for bundle in map(known_bundle, found)}


@lru_cache(maxsize=2_048)
def known_bundle(encoded: bytes) -> KeyBundle:
    """Verify a bundle once: it is what its bytes are, for ever.

    Raises:
        MalformedSealError: not in its one form.
        BadSignatureError: not signed by itself.
    """
    return parse_bundle(encoded)


def _chain(work: Work, case: Case) -> Chain:
    members = tuple(
        Member(member.key_id, member.cap, member.role)
        for member in work.cases.members(case.area, case.case)
    )
    return Chain(
        case=case.case,
        root=case.seat_key,
        seq=case.seq,
        head=case.head,
        epoch=case.epoch,
        members=members,
        convened=case.is_convened,
        why=case.epoch_why,
    )


def _advance(chain: Chain, record: Record, bundles: Mapping[bytes, KeyBundle]) -> Chain:
    try:
        return chains.advance(chain, record, bundles)
    except StaleHeadError:
        raise StaleError(chain.head, chain.seq) from None


def _bundles(
    work: Work, case: Case, chain: Chain, records: Sequence[Record]
) -> dict[bytes, KeyBundle]:
    wanted = {member.key_id for member in chain.members}
    for record in records:
        if record.parsed().kind == "epoch":
            wanted |= {member.key_id for member in _payload(record).members}
    seat = known_bundle(case.seat)
    return {**bundles_of(work, case.area, wanted), seat.key_id: seat}


def _check_members(
    work: Work,
    context: Context,
    case: Case,
    before: Chain,
    record: Record,
    why: str,
    bundles: Mapping[bytes, KeyBundle],
) -> None:
    payload = _payload(record)
    if payload.why != why:
        raise RuleError("wrong_reason")
    if any(member.key_id not in bundles for member in payload.members):
        raise RuleError("unknown_key")
    check_epoch(
        before.epoch + 1,
        payload.why,
        _triples(payload.members),
        _triples(before.members),
        author=case.seat_key,
        roster=roster_members(work, context),
    )


def _payload(record: Record) -> EpochPayload:
    return parse_epoch(cose.parse(record.body).payload)


def _triples(members: Sequence[Member]) -> tuple[tuple[bytes, str, str], ...]:
    return tuple((member.key_id, member.cap, member.role) for member in members)


def _memberships(chain: Chain) -> tuple[Membership, ...]:
    return tuple(Membership(member.key_id, member.cap, member.role) for member in chain.members)


def _kept(record: Record, header: Header, at: datetime) -> KeptRecord:
    return KeptRecord(
        seq=header.seq,
        epoch=header.epoch,
        kind=header.kind,
        ret=header.ret,
        size_class=size_class(len(record.body)),
        digest=record.digest(),
        header=record.header,
        body=record.body,
        at=at,
    )
