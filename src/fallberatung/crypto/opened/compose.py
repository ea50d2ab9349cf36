"""Making records: each is replayed before it is returned, so nothing leaves that others refuse.

See docs/spec/fb-v1.md#chain-rules. A record is made for the head of the view; if another record
comes first, the server answers with the new head and the record is made anew.
"""

from collections.abc import Callable, Mapping, Sequence

from fallberatung.crypto.opened import cose, entries, epochkey
from fallberatung.crypto.opened.caseview import CaseView
from fallberatung.crypto.opened.epochkey import KEY_BYTES
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.sealed import chain as chains
from fallberatung.crypto.sealed import fbcbor, records
from fallberatung.crypto.sealed.chain import COUNTERSIGN_CONTEXT
from fallberatung.crypto.sealed.epochs import (
    EpochPayload,
    GrantPayload,
    GrantWrap,
    Member,
    Wrap,
    countersigned,
    encode_epoch,
    encode_grant,
)
from fallberatung.crypto.sealed.errors import ChainRuleError
from fallberatung.crypto.sealed.keybundle import KeyBundle
from fallberatung.crypto.sealed.records import Header, Kind, Record


def make_epoch(
    view: CaseView,
    me: Identity,
    members: Sequence[Member],
    bundles: Mapping[bytes, KeyBundle],
    why: str,
    random: Callable[[int], bytes],
) -> Record:
    """The next epoch with a fresh key, sealed to every member and to nobody else.

    Args:
        view: where the case stands.
        me: who signs.
        members: in any order.
        bundles: bundles of members whom the view does not know yet; the caller has checked
            whose they are. Those known to the view need not be given.
        why: one of `epochs.EPOCH_REASONS`.
        random: source of the key.

    Raises:
        ChainRuleError: `me` may not write it, a member's bundle is missing or may not sit here,
            or a rule of epochs is broken.
        MalformedSealError: a member named twice, an unknown code or the like.
        SealError: a member's key cannot be sealed to.
    """
    known = dict(view.bundles) | dict(bundles)
    case, number, root = view.chain.case, view.chain.epoch + 1, view.chain.root
    key = random(KEY_BYTES)
    ordered = sorted(members, key=lambda member: member.key_id)
    receivers = [chains.acceptable_bundle(member.key_id, root, known) for member in ordered]
    payload = EpochPayload(
        members=tuple(ordered),
        commitment=epochkey.commitment(key, case, number),
        wraps=tuple(
            Wrap(bundle.key_id, epochkey.wrap_key(bundle, "epoch", case, number, key))
            for bundle in receivers
        ),
        why=why,
    )
    header = _next_header(view, "epoch", number)
    record = Record(header, cose.sign(me, encode_epoch(payload), header))
    chains.advance(view.chain, record, known)
    return record


def make_grant(
    view: CaseView,
    me: Identity,
    to: bytes,
    epochs: Sequence[int],
    why: str,
    random: Callable[[int], bytes],
    *,
    countersign: bytes | None = None,
) -> Record:
    """The keys of earlier epochs handed on to the member `to`.

    Args:
        view: where the case stands; it holds the keys and the receiver's bundle.
        me: who signs.
        to: key id of the receiver, a member of the current epoch.
        epochs: numbers of the epochs, in any order.
        why: one of `epochs.GRANT_REASONS`.
        random: not drawn from today; the sealing draws inside its library.
        countersign: what `countersign_grant` made; needed for "history".

    Raises:
        NoKeyError: a key that `me` was never given.
        ChainRuleError: `me` may not write it, or a rule of grants is broken.
        MalformedSealError: an epoch named twice, an unknown code or the like.
        SealError: the receiver's key cannot be sealed to.
    """
    del random  # Kept so that callers need not change when the library takes randomness.
    case, root = view.chain.case, view.chain.root
    receiver = chains.acceptable_bundle(to, root, view.bundles)
    wraps = tuple(
        GrantWrap(number, epochkey.wrap_key(receiver, "grant", case, number, view.key(number)))
        for number in sorted(epochs)
    )
    header = _next_header(view, "grant", view.chain.epoch)
    payload = encode_grant(GrantPayload(to, wraps, why, countersign))
    record = Record(header, cose.sign(me, payload, header))
    chains.advance(view.chain, record, view.bundles)
    return record


def countersign_grant(view: CaseView, me: Identity, to: bytes, epochs: Sequence[int]) -> bytes:
    """The second signature that lets another manager grant these epochs to `to`.

    It holds in the current epoch only and is asked for before the grant is written.
    """
    granted = sorted(epochs)
    payload = countersigned(view.chain.case, view.chain.epoch, to, granted)
    return cose.sign(me, payload, COUNTERSIGN_CONTEXT)


def make_entry(
    view: CaseView,
    me: Identity,
    body: Mapping[str, fbcbor.Value],
    ret: str,
    random: Callable[[int], bytes],
) -> Record:
    """One entry, signed by `me` and sealed for the members of the current epoch.

    Args:
        view: where the case stands; it holds the current key.
        me: who writes.
        body: what is said.
        ret: one of `records.RETENTION_CODES`.
        random: source of the salt.

    Raises:
        NoKeyError: `me` was never given the current key.
        ChainRuleError: no epoch has begun, or `me` may not write in it.
        MalformedSealError: the body is outside the profile or `ret` is unknown.
    """
    if view.chain.cap_of(me.key_id) not in {"mgr", "wr"}:
        raise ChainRuleError("the writer may not write in the current epoch")
    salt = random(records.SALT_BYTES)
    header = _next_header(view, "entry", view.chain.epoch, salt, ret)
    payload = fbcbor.encode(dict(body))
    entries.decode_body(payload)
    message = cose.sign(me, payload, header)
    return Record(header, entries.seal_body(view.key(view.chain.epoch), salt, header, message))


def _next_header(
    view: CaseView, kind: Kind, epoch: int, salt: bytes | None = None, ret: str | None = None
) -> bytes:
    chain = view.chain
    return records.encode_header(
        Header(kind, chain.case, epoch, chain.seq + 1, chain.head, salt, ret)
    )
