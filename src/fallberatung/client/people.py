"""Becoming somebody here: keys of one's own, the invitation, signing in.

The order is: `request_keys` on the person's own device, the officer puts the request into the
town file, the operator's founding answers with an invitation, `join` pins it, `sign_in` compares
the service with it every time.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from fallberatung.client.ambient import Clock, Random
from fallberatung.client.belongings import Belongings
from fallberatung.client.errors import KeyFileError, ReplyError, StrangerError
from fallberatung.client.hands import Hands, pinned
from fallberatung.client.pins import check_service, pin_of
from fallberatung.client.transport import House
from fallberatung.client.vault_file import VaultFile, create
from fallberatung.crypto.opened.identity import new_identity
from fallberatung.crypto.opened.password import KdfParams, login_keys
from fallberatung.wire.accounts import Account, Join, Login, LoginParams, SignedIn
from fallberatung.wire.invitation import Invitation
from fallberatung.wire.service import ServiceFacts
from fallberatung.wire.town import KeyRequest

UID_BYTES: Final = 16
SALT_BYTES: Final = 16


def request_keys(
    path: Path,
    password: str,
    person: tuple[str, str, str, Sequence[str]],
    clock: Clock,
    random: Random,
) -> tuple[VaultFile, KeyRequest]:
    """Make a person's keys in a new vault file at `path`, and the request for the officer.

    Args:
        path: the vault file to make.
        password: at least what `crypto.opened.password` demands; used for the file alone.
        person: sign-in name, name people read, slug of the organisation, roles asked for.
        clock: tells when the keys were made.
        random: draws the keys.
    """
    user, name, organisation, roles = person
    identity = new_identity(random(UID_BYTES), int(clock().timestamp()), random)
    vault = create(path, password, Belongings(user, identity), random)
    bundle = identity.bundle.encoded
    request = KeyRequest.model_validate(
        {
            "user": user,
            "name": name,
            "organisation": organisation,
            "roles": roles,
            "bundle": bundle,
        }
    )
    return vault, request


def read_request(path: Path) -> KeyRequest:
    """Read somebody's request file; raise KeyFileError when it is none."""
    try:
        return KeyRequest.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        raise KeyFileError("the request file cannot be read or is none") from None


def read_invitation(path: Path) -> Invitation:
    """Read one's invitation file; raise KeyFileError when it is none."""
    try:
        return Invitation.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        raise KeyFileError("the invitation file cannot be read or is none") from None


def join(
    house: House, vault: VaultFile, invitation: Invitation, password: str, random: Random
) -> Account:
    """Accept an invitation: check that it names this vault's key, pin it, register the login.

    The pins are in the vault before the token is used, so an interruption loses nothing.

    Raises:
        StrangerError: the invitation names another user or does not know this key.
        ServiceChangedError: the service is not the one the invitation names.
    """
    kept = vault.belongings
    if invitation.user != kept.user:
        raise StrangerError("the invitation is for somebody else")
    pin_of(invitation, kept.identity.key_id)
    check_service(invitation, house.get("/service", ServiceFacts).word)
    vault.keep(replace(kept, invitation=invitation), random)
    salt = random(SALT_BYTES)
    keys = login_keys(password, kept.user, invitation.realm, salt, KdfParams())
    word = Join(
        invitation=invitation.token,
        user=kept.user,
        salt=salt,
        auth=keys.auth,
        bundle=kept.identity.bundle.encoded,
    )
    return house.post("/join", word, Account).word


def sign_in(house: House, vault: VaultFile, password: str, clock: Clock, random: Random) -> Hands:
    """Sign in; the password never leaves, and weak parameters of the server are refused.

    Raises:
        ServiceChangedError: realm, origin or log keys are not the pinned ones.
        WeakKdfError: the service offers weaker password hashing than fb/v1 demands.
        ProblemError: slug `wrong_login`.
        ReplyError: the service signed somebody else in, or shows another key as ours.
    """
    kept, invitation = vault.belongings, pinned(vault)
    check_service(invitation, house.get("/service", ServiceFacts).word)
    offered = house.get("/login/params", LoginParams, {"user": kept.user}).word
    params = KdfParams(**offered.kdf.model_dump())
    keys = login_keys(password, kept.user, invitation.realm, offered.salt, params)
    signed_in = house.post("/login", Login(user=kept.user, auth=keys.auth), SignedIn).word
    if (signed_in.account.user, signed_in.account.key_id) != (kept.user, kept.identity.key_id):
        raise ReplyError("the service shows another key as one's own")
    house.carry(signed_in.token)
    return Hands(house, vault, signed_in.account, clock, random)


def sign_out(hands: Hands) -> None:
    """End the sign-in at the service and forget the token."""
    hands.house.tell("/logout")
    hands.house.carry(None)
