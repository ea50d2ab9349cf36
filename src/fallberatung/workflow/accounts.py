"""People: joining by invitation, signing in and out, who is there (docs/spec/fb-v1.md#login)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from fallberatung.audit.entry import ANONYMOUS, Actor
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.crypto.sealed.digest import sha256
from fallberatung.crypto.sealed.keybundle import parse_bundle
from fallberatung.roundtable.procedure.ports import Account, SignIn
from fallberatung.workflow.errors import (
    ConflictError,
    NotSignedInError,
    RuleError,
    WrongLoginError,
)
from fallberatung.workflow.steps import Step, plain_step
from fallberatung.workflow.trail import account_actor, occur
from fallberatung.workflow.work import Context, Work

TOKEN_BYTES: Final = 32
IDLE: Final = timedelta(minutes=60)
"""How long a sign-in lasts without use."""
ABSOLUTE: Final = timedelta(hours=12)
"""How long a sign-in lasts at all."""
KEPT_ALIVE_EVERY: Final = timedelta(minutes=5)
"""How fine the last use is kept: each request would otherwise be a write."""

_SESSION_CODE_BYTES: Final = 9


@dataclass(frozen=True, slots=True)
class Joining:
    """Accepting an invitation; `auth` is derived from the password by the person's own device."""

    token: bytes = field(repr=False)
    user: str
    salt: bytes = field(repr=False)
    auth: bytes = field(repr=False)
    bundle: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh sign-in; the token is told once and kept hashed."""

    token: bytes = field(repr=False)
    account: Account


@dataclass(frozen=True, slots=True)
class Presence:
    """Who is signed in with a token, and under which code the log calls the sign-in."""

    account: Account
    session: str
    token_hash: bytes = field(repr=False)
    is_worth_noting: bool


def hash_of(token: bytes) -> bytes:
    """Return what is kept of a token or an invitation: a thief of the table gets in nowhere."""
    return sha256(b"fb/v1/token" + token)


def join(context: Context, joining: Joining) -> Step[Account]:
    """Make an account from an invitation and the very key it names; the invitation is used up."""

    def act(work: Work) -> Account:
        token_hash = hash_of(joining.token)
        account = _joined(work, context, joining, token_hash)
        work.accounts.add(account)
        work.accounts.use_invitation(token_hash)
        return account

    return plain_step(
        "user.create",
        context,
        act,
        lambda account: occur(
            context,
            "user.create",
            _named(account),
            target={"user": b64u(account.uid)},
            detail={"key": b64u(account.key_id), "role": account.roles[0]},
        ),
        refused_as=lambda _work, _error: ANONYMOUS,
    )


def login_salt(work: Work, context: Context, user: str) -> bytes:
    """Return the salt of a user name; an unknown name gets one that is always the same."""
    account = work.accounts.by_user(context.house.area, user)
    decoy = context.house.custody.decoy_salt(user)
    return decoy if account is None else account.salt


def login(context: Context, user: str, auth: bytes) -> Step[SignedIn]:
    """Open a sign-in; an unknown user and a wrong password go the same way."""
    custody = context.house.custody

    def act(work: Work) -> SignedIn:
        account = work.accounts.by_user(context.house.area, user)
        tag = bytes(TOKEN_BYTES) if account is None else account.login_tag
        is_right = custody.check_login(auth, tag)
        if account is None or not is_right:
            raise WrongLoginError
        token = context.house.random(TOKEN_BYTES)
        work.accounts.open_sign_in(SignIn(hash_of(token), account.uid, context.now, context.now))
        return SignedIn(token, account)

    def refused_as(work: Work, _error: Exception) -> Actor:
        account = work.accounts.by_user(context.house.area, user)
        return ANONYMOUS if account is None else _named(account)

    return plain_step(
        "auth.login",
        context,
        act,
        lambda done: occur(
            context,
            "auth.login",
            _named(done.account, session_code(hash_of(done.token))),
            detail={"method": "password"},
        ),
        refused_as=refused_as,
    )


def logout(context: Context, token_hash: bytes) -> Step[None]:
    """Close a sign-in."""

    def act(work: Work) -> None:
        work.accounts.close_sign_in(token_hash)

    return plain_step(
        "auth.logout",
        context,
        act,
        lambda _none: occur(context, "auth.logout", account_actor(context)),
    )


def present(work: Work, token: bytes, now: datetime) -> Presence:
    """Return who is signed in with this token.

    Raises:
        NotSignedInError: nobody: unknown, closed, unused for `IDLE` or older than `ABSOLUTE`.
    """
    token_hash = hash_of(token)
    found = work.accounts.sign_in(token_hash)
    if found is None:
        raise NotSignedInError
    sign_in, account = found
    if now - sign_in.began >= ABSOLUTE or now - sign_in.used >= IDLE:
        raise NotSignedInError
    is_worth_noting = now - sign_in.used >= KEPT_ALIVE_EVERY
    return Presence(account, session_code(token_hash), token_hash, is_worth_noting)


def keep_alive(context: Context, token_hash: bytes) -> Step[None]:
    """Note that a sign-in was used, and forget the stale ones; housekeeping, so no entry."""

    def act(work: Work) -> None:
        work.accounts.keep_alive(token_hash, context.now)
        work.accounts.sweep(context.now - ABSOLUTE, context.now - IDLE)

    return Step(context.house.area, b"", act, lambda _work, _error: None)


def people(work: Work, context: Context) -> tuple[Account, ...]:
    """Return everybody who has joined, for whoever is signed in."""
    return tuple(work.accounts.everybody(context.person.area))


def session_code(token_hash: bytes) -> str:
    """Return the code under which the log calls a sign-in; it opens nothing."""
    return b64u(sha256(b"fb/v1/session-code" + token_hash)[:_SESSION_CODE_BYTES])


def _named(account: Account, session: str | None = None) -> Actor:
    return Actor(b64u(account.uid), account.roles[0], "user", session)


def _joined(work: Work, context: Context, joining: Joining, token_hash: bytes) -> Account:
    invited = work.accounts.invited(token_hash)
    if invited is None or invited.user != joining.user:
        raise RuleError("unknown_invitation")
    bundle = parse_bundle(joining.bundle)
    if bundle.key_id != invited.key_id:
        raise RuleError("another_key")
    organisation = work.areas.organisation(invited.area, invited.organisation)
    if organisation is None or work.accounts.by_user(invited.area, invited.user) is not None:
        raise ConflictError("account_exists")
    return Account(
        uid=bundle.uid,
        area=invited.area,
        user=invited.user,
        name=invited.name,
        organisation=organisation,
        roles=invited.roles,
        key_id=bundle.key_id,
        bundle=bundle.encoded,
        salt=joining.salt,
        login_tag=context.house.custody.login_tag(joining.auth),
    )
