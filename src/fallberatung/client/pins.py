"""Whom this person believes: the keys of the invitation, and nobody the server adds.

The invitation came by another way than the server (a file or paper from the institution's
officer). Every bundle is checked against it before anything is sealed to the key or believed of
it; the one exception is a case's seat, which is a key without a name and accepted only as the
root of its own case (docs/spec/fb-v1.md#seat).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fallberatung.audit.policy import LogPolicy
from fallberatung.client.errors import ServiceChangedError, StrangerError
from fallberatung.crypto.sealed.keybundle import KeyBundle, parse_bundle
from fallberatung.crypto.sealed.roster import DeskRoster, parse_roster
from fallberatung.wire.cases import Desk
from fallberatung.wire.invitation import Invitation, Pin
from fallberatung.wire.service import ServiceFacts

FEWEST_ON_DUTY: Final = 2
MOST_ON_DUTY: Final = 4


@dataclass(frozen=True, slots=True)
class Intake:
    """The advisers a new case is sealed for, in the order of the duty plan, all of the roster."""

    roster: DeskRoster
    advisers: tuple[KeyBundle, ...]


def pin_of(invitation: Invitation, key_id: bytes) -> Pin:
    """Return the person the invitation names for `key_id`; raise StrangerError for any other."""
    for pin in invitation.pins:
        if pin.key_id == key_id:
            return pin
    raise StrangerError("the key is not one of those the invitation names")


def admit(
    invitation: Invitation, encoded: Iterable[bytes], *, root: KeyBundle | None = None
) -> dict[bytes, KeyBundle]:
    """Read bundles and refuse everyone outside; `root` is the one seat admitted unnamed.

    Returns:
        The bundles by key id, each with a valid signature of its own.

    Raises:
        StrangerError: a key the invitation does not name, a seat that is not `root` among them.
    """
    admitted = {}
    for one in encoded:
        bundle = parse_bundle(one)
        if root is None or bundle.key_id != root.key_id:
            pin_of(invitation, bundle.key_id)
        admitted[bundle.key_id] = bundle
    if root is not None:
        admitted[root.key_id] = root
    return admitted


def check_roster(invitation: Invitation, encoded: bytes, now: datetime) -> DeskRoster:
    """Read a desk roster signed by the pinned institution, in date, all of pinned advisers."""
    roster = parse_roster(
        encoded, institution_key=invitation.institution_key, now=int(now.timestamp())
    )
    if roster.area != invitation.area:
        raise StrangerError("the desk roster is of another area")
    for member in roster.members:
        if "adviser" not in pin_of(invitation, member).roles:
            raise StrangerError("the desk roster names somebody who is no adviser")
    return roster


def intake(invitation: Invitation, desk: Desk, now: datetime) -> Intake:
    """Choose who a new case is sealed for: the server orders, the signed roster decides.

    Raises:
        StrangerError: somebody on duty stands outside the roster, a bundle is missing, or fewer
            than two advisers remain.
    """
    roster = check_roster(invitation, desk.roster, now)
    bundles = admit(invitation, desk.bundles)
    chosen = tuple(dict.fromkeys(desk.on_duty))[:MOST_ON_DUTY]
    if len(chosen) < FEWEST_ON_DUTY or not set(chosen) <= set(roster.members):
        raise StrangerError("those on duty do not stand in the desk roster")
    if not set(chosen) <= bundles.keys():
        raise StrangerError("the bundle of an adviser is missing")
    return Intake(roster, tuple(bundles[key_id] for key_id in chosen))


def check_service(invitation: Invitation, facts: ServiceFacts) -> None:
    """Refuse a service that shows another realm, area, origin or log key than was pinned."""
    shown = (facts.realm, facts.area, facts.origin, facts.checkpoint_key, facts.receipt_key)
    pinned = (
        invitation.realm,
        invitation.area,
        invitation.origin,
        invitation.checkpoint_key,
        invitation.receipt_key,
    )
    if shown != pinned:
        raise ServiceChangedError("the service is not the one the invitation names")


def log_policy(invitation: Invitation) -> LogPolicy:
    """Return the keys that checkpoints and receipts must be signed with, as pinned."""
    return LogPolicy(
        origin=invitation.origin,
        checkpoint_keys=(invitation.checkpoint_key,),
        receipt_keys=(invitation.receipt_key,),
    )
