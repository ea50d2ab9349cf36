"""The chain of a case, replayed without any secret: order, epochs and grants.

Rules: docs/spec/fb-v1.md#chain-rules. Server and client run the same replay; the client opens
keys and entries on top of it. Whether the members fit their roles, the phase and the desk roster
is the procedure's to say. Entries are only placed: who wrote them is sealed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from fallberatung.crypto.sealed import cose, epochs, records
from fallberatung.crypto.sealed.epochs import EpochPayload, GrantPayload, Member
from fallberatung.crypto.sealed.errors import (
    ChainRuleError,
    MalformedSealError,
    StaleHeadError,
)
from fallberatung.crypto.sealed.keybundle import KeyBundle
from fallberatung.crypto.sealed.padding import padded_size
from fallberatung.crypto.sealed.records import Header, Record

COUNTERSIGN_CONTEXT: Final = b"fb/v1/countersign"
"""Context of the second signature under a grant."""

_TAG_BYTES: Final = 16
_TABLE_MANAGERS: Final = 2


@dataclass(frozen=True, slots=True)
class Chain:
    """Where a case stands after its last record.

    Attributes:
        case: case id, 16 bytes.
        root: key id of the author's seat.
        seq: number of the last record, 0 before the first.
        head: digest of the last record, 32 zero bytes before the first.
        epoch: number of the current epoch, 0 before the first.
        members: members of the current epoch, ascending by key id.
        convened: whether a table has been convened; from then on two managers are required.
        why: reason of the current epoch, empty before the first. A chain rebuilt from stored
            values must carry it, or the grants of a rekey are refused.
    """

    case: bytes
    root: bytes
    seq: int
    head: bytes
    epoch: int
    members: tuple[Member, ...]
    convened: bool
    why: str = ""

    def cap_of(self, key_id: bytes) -> str | None:
        """Capability of this key in the current epoch; None if it is no member."""
        return next((member.cap for member in self.members if member.key_id == key_id), None)


def begin(case: bytes, root: bytes) -> Chain:
    """The chain of a case before its first record; `root` is the key id of the author's seat."""
    return Chain(
        case=case, root=root, seq=0, head=records.FIRST_PREV, epoch=0, members=(), convened=False
    )


def advance(chain: Chain, record: Record, bundles: Mapping[bytes, KeyBundle]) -> Chain:
    """The chain after one more record, if that record may stand next.

    Args:
        chain: where the case stands.
        record: the record as received.
        bundles: verified bundles by key id: at least the signers'. Bundles of other members are
            looked at if given, so that no seat but `root` sits at the table.

    Raises:
        StaleHeadError: number, predecessor or epoch is not the next or current one.
        ChainRuleError: the record is of another case, its signer may not write it, or it breaks
            a rule of epochs or grants.
        MalformedSealError: the record is not in its one form.
        BadSignatureError: its signature, or its countersignature, does not hold.
    """
    header = record.parsed()
    _check_place(chain, header)
    moved = replace(chain, seq=header.seq, head=record.digest())
    if header.kind == "epoch":
        return _advance_epoch(chain, moved, record, bundles)
    if header.kind == "grant":
        _check_grant(chain, record, bundles)
    else:
        _check_entry(record)
    return moved


def _check_place(chain: Chain, header: Header) -> None:
    if header.case != chain.case:
        raise ChainRuleError("record of another case")
    if header.seq != chain.seq + 1 or header.prev != chain.head:
        raise StaleHeadError("not the next record")
    expected = chain.epoch + 1 if header.kind == "epoch" else chain.epoch
    if header.epoch != expected:
        raise StaleHeadError("not the current epoch")


def _check_entry(record: Record) -> None:
    length = len(record.body) - _TAG_BYTES
    if length != padded_size(length):
        raise MalformedSealError("the body of an entry has a padded size")


def _advance_epoch(
    chain: Chain, moved: Chain, record: Record, bundles: Mapping[bytes, KeyBundle]
) -> Chain:
    signed = cose.parse(record.body)
    payload = epochs.parse_epoch(signed.payload)
    _check_epoch_signer(chain, signed.kid, payload.why)
    _verify(record.body, record.header, signed.kid, chain.root, bundles)
    moved = replace(
        moved,
        epoch=chain.epoch + 1,
        members=payload.members,
        convened=chain.convened or payload.why == "convene",
        why=payload.why,
    )
    _check_members(moved, payload, bundles)
    return moved


def _check_epoch_signer(chain: Chain, signer: bytes, why: str) -> None:
    if (why == "create") != (chain.epoch == 0):
        raise ChainRuleError("a case is created by its first epoch, and only by that")
    if why in {"create", "rekey"}:
        if signer != chain.root:
            raise ChainRuleError("only the author's seat creates or rekeys a case")
    elif chain.cap_of(signer) != "mgr":
        raise ChainRuleError("the signer is no manager of the epoch before")


def _check_members(chain: Chain, payload: EpochPayload, bundles: Mapping[bytes, KeyBundle]) -> None:
    root_manages = chain.cap_of(chain.root) == "mgr"
    if root_manages != (chain.epoch == 1):
        raise ChainRuleError("the author's seat manages the first epoch, and only that")
    managers = sum(member.cap == "mgr" for member in payload.members)
    if chain.convened and managers < _TABLE_MANAGERS:
        raise ChainRuleError("a convened table has at least two managers")
    for member in payload.members:
        if member.key_id in bundles:
            acceptable_bundle(member.key_id, chain.root, bundles)


def _check_grant(chain: Chain, record: Record, bundles: Mapping[bytes, KeyBundle]) -> None:
    signed = cose.parse(record.body)
    payload = epochs.parse_grant(signed.payload)
    is_rekey = chain.why == "rekey" and payload.why == "rekey"
    may_sign = chain.cap_of(signed.kid) == "mgr" or (is_rekey and signed.kid == chain.root)
    if not may_sign:
        raise ChainRuleError("the signer is no manager of the current epoch")
    if chain.cap_of(payload.to) is None:
        raise ChainRuleError("the receiver is no member of the current epoch")
    _verify(record.body, record.header, signed.kid, chain.root, bundles)
    granted = [wrap.epoch for wrap in payload.wraps]
    if granted[-1] > chain.epoch:
        raise ChainRuleError("an epoch that has not begun cannot be granted")
    if payload.why == "history":
        _check_countersign(chain, payload, signed.kid, bundles)
    else:
        _check_lone_grant(chain, payload, granted)


def _check_lone_grant(chain: Chain, payload: GrantPayload, granted: list[int]) -> None:
    if granted != [1]:
        raise ChainRuleError("only the first epoch is granted without a second signature")
    if payload.countersign is not None:
        raise ChainRuleError("a grant that stands alone carries no second signature")
    if not (chain.convened if payload.why == "convene" else chain.why == "rekey"):
        raise ChainRuleError("the reason of the grant does not fit the case")


def _check_countersign(
    chain: Chain, payload: GrantPayload, signer: bytes, bundles: Mapping[bytes, KeyBundle]
) -> None:
    if payload.countersign is None:
        raise ChainRuleError("a grant of history needs a second signature")
    second = cose.parse(payload.countersign)
    may_sign = chain.cap_of(second.kid) == "mgr" or second.kid == chain.root
    if not may_sign or second.kid == signer:
        raise ChainRuleError("the second signature is not by another manager or the author's seat")
    granted = [wrap.epoch for wrap in payload.wraps]
    if second.payload != epochs.countersigned(chain.case, chain.epoch, payload.to, granted):
        raise ChainRuleError("the second signature is for another grant")
    _verify(payload.countersign, COUNTERSIGN_CONTEXT, second.kid, chain.root, bundles)


def acceptable_bundle(key_id: bytes, root: bytes, bundles: Mapping[bytes, KeyBundle]) -> KeyBundle:
    """The bundle of this key, if it was shown and may be used in the case of `root`.

    Raises:
        ChainRuleError: no such bundle was given, or a seat other than `root` or a person in the
            place of `root`.
    """
    bundle = bundles.get(key_id)
    if bundle is None or bundle.key_id != key_id:
        raise ChainRuleError("the key was not shown")
    if bundle.is_seat != (key_id == root):
        raise ChainRuleError("a seat is accepted as the author of its case only")
    return bundle


def _verify(
    message: bytes, aad: bytes, kid: bytes, root: bytes, bundles: Mapping[bytes, KeyBundle]
) -> None:
    bundle = acceptable_bundle(kid, root, bundles)
    cose.verify(message, aad=aad, public_key=bundle.signing_key)
