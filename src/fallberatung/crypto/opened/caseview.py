"""A case as one member sees it: the chain, the keys it was given, and what they open.

See docs/spec/fb-v1.md#chain-rules and docs/spec/fb-v1.md#entry. A view is a value: every step
gives a new one, and a record that is refused leaves the old one as it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from fallberatung.crypto.opened import entries, epochkey
from fallberatung.crypto.opened.errors import NoKeyError, SealError
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.sealed import chain as chains
from fallberatung.crypto.sealed import cose, epochs
from fallberatung.crypto.sealed.chain import Chain
from fallberatung.crypto.sealed.epochs import Member
from fallberatung.crypto.sealed.errors import BadSignatureError, ChainRuleError, MalformedSealError
from fallberatung.crypto.sealed.fbcbor import Value
from fallberatung.crypto.sealed.keybundle import KeyBundle
from fallberatung.crypto.sealed.records import Record


@dataclass(frozen=True, slots=True)
class EpochView:
    """One epoch: who was in it, the commitment to its key, and the key if this member holds it."""

    members: tuple[Member, ...]
    commitment: bytes
    key: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CaseView:
    """What one member knows of a case.

    Attributes:
        chain: where the case stands.
        epochs: the epochs so far; epoch `n` stands at `n - 1`.
        bundles: verified bundles of the people in it, by key id.
        digests: digests of the records so far; record `seq` stands at `seq - 1`.
    """

    chain: Chain
    bundles: Mapping[bytes, KeyBundle] = field(repr=False)
    epochs: tuple[EpochView, ...] = ()
    digests: tuple[bytes, ...] = field(default=(), repr=False)

    def epoch(self, number: int) -> EpochView:
        """The epoch of this number.

        Raises:
            ChainRuleError: it has not begun.
        """
        if not 1 <= number <= len(self.epochs):
            raise ChainRuleError("an epoch that has not begun")
        return self.epochs[number - 1]

    def key(self, number: int) -> bytes:
        """The key of this epoch, 32 bytes.

        Raises:
            ChainRuleError: the epoch has not begun.
            NoKeyError: it was never given to this member.
        """
        if (key := self.epoch(number).key) is None:
            raise NoKeyError("the key of this epoch was never granted")
        return key


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """An entry in clear, proven to be by `writer` and for this place in this case.

    Attributes:
        seq: number of its record.
        epoch: epoch it was written in.
        ret: retention code of its header, bound by the writer's signature.
        writer: key id of the member who signed it.
        body: the entry; untrusted in form, never shown by `repr`.
    """

    seq: int
    epoch: int
    ret: str
    writer: bytes
    body: dict[str, Value] = field(repr=False)


def begin(case: bytes, root_bundle: KeyBundle) -> CaseView:
    """The view of a case before its first record; `root_bundle` is the author's seat.

    Raises:
        ChainRuleError: the bundle is a person's, not a seat's.
    """
    root = root_bundle.key_id
    chains.acceptable_bundle(root, root, {root: root_bundle})
    return CaseView(chains.begin(case, root), MappingProxyType({root: root_bundle}))


def with_bundles(view: CaseView, bundles: Iterable[KeyBundle]) -> CaseView:
    """The view with more people's keys known; the caller has checked whose they are.

    Raises:
        ChainRuleError: a seat that is not the author of this case.
    """
    known = dict(view.bundles) | {bundle.key_id: bundle for bundle in bundles}
    for key_id in known:
        chains.acceptable_bundle(key_id, view.chain.root, known)
    return replace(view, bundles=MappingProxyType(known))


def apply(view: CaseView, record: Record, me: Identity) -> CaseView:
    """The view after one more record, with the keys it holds for `me` opened and proven.

    Raises:
        StaleHeadError: not the next record.
        ChainRuleError: a rule is broken, or the signer's bundle is not known to the view.
        MalformedSealError: not in its one form.
        BadSignatureError: a signature does not hold.
        SealError: a key sealed to `me` does not open or is not the one committed to.
    """
    moved = replace(
        view,
        chain=chains.advance(view.chain, record, view.bundles),
        digests=(*view.digests, record.digest()),
    )
    match record.parsed().kind:
        case "epoch":
            return _enter_epoch(moved, record, me)
        case "grant":
            return _take_grant(moved, record, me)
        case _:
            return moved


def open_entry(view: CaseView, record: Record) -> OpenedEntry:
    """The entry in a record that was applied to this view.

    Raises:
        MalformedSealError: the header is not in its one form.
        NoKeyError: the key of its epoch was never given to this member.
        SealError: it is no entry of this view, does not open, is not signed for this place, or
            its writer had no right to write in its epoch.
    """
    header = record.parsed()
    is_here = header.seq <= len(view.digests) and view.digests[header.seq - 1] == record.digest()
    if header.kind != "entry" or not is_here or header.salt is None or header.ret is None:
        raise SealError
    signed = entries.open_body(view.key(header.epoch), header.salt, record)
    try:
        writer = chains.acceptable_bundle(signed.kid, view.chain.root, view.bundles)
        cose.verify(signed.message, aad=record.header, public_key=writer.signing_key)
        body = entries.decode_body(signed.payload)
    except (BadSignatureError, ChainRuleError, MalformedSealError):
        raise SealError from None
    if not _may_write(view.epoch(header.epoch), signed.kid):
        raise SealError
    return OpenedEntry(header.seq, header.epoch, header.ret, signed.kid, body)


def _may_write(epoch: EpochView, key_id: bytes) -> bool:
    return any(each.key_id == key_id and each.cap in {"mgr", "wr"} for each in epoch.members)


def _enter_epoch(view: CaseView, record: Record, me: Identity) -> CaseView:
    payload = epochs.parse_epoch(cose.parse(record.body).payload)
    entered = EpochView(payload.members, payload.commitment)
    for wrap in payload.wraps:
        if wrap.key_id == me.key_id:
            key = epochkey.unwrap_key(
                me, "epoch", view.chain.case, view.chain.epoch, payload.commitment, wrap.sealed
            )
            entered = replace(entered, key=key)
    return replace(view, epochs=(*view.epochs, entered))


def _take_grant(view: CaseView, record: Record, me: Identity) -> CaseView:
    payload = epochs.parse_grant(cose.parse(record.body).payload)
    if payload.to != me.key_id:
        return view
    known = list(view.epochs)
    for wrap in payload.wraps:
        epoch = view.epoch(wrap.epoch)
        key = epochkey.unwrap_key(
            me, "grant", view.chain.case, wrap.epoch, epoch.commitment, wrap.sealed
        )
        known[wrap.epoch - 1] = replace(epoch, key=key)
    return replace(view, epochs=tuple(known))
