"""Password, account key and vault: what a login yields and what it refuses."""

import pytest

from fallberatung.crypto.opened.errors import (
    LoginFormError,
    RolledBackError,
    SealError,
    WeakKdfError,
)
from fallberatung.crypto.opened.password import KdfParams, login_keys
from fallberatung.crypto.opened.recovery import RecoveryCode
from fallberatung.crypto.opened.vault import (
    new_account_key,
    open_vault,
    seal_vault,
    unwrap_account_key,
    wrap_account_key,
)
from fallberatung.crypto.sealed.fbcbor import Value
from unit.crypto.builders import stream

SALT = bytes(range(16))
UID = b"u" * 16
KEY = new_account_key(stream("account"))
KEK = bytes(32)

WEAK = {
    "memory": KdfParams(m=65_535),
    "passes": KdfParams(t=2),
    "lanes": KdfParams(p=2),
    "no lane": KdfParams(p=0),
    "variant": KdfParams(alg="argon2i"),
    "hash": KdfParams(alg="pbkdf2"),
    "version": KdfParams(v=16),
    "absurd memory": KdfParams(m=2**32 - 1),
    "absurd passes": KdfParams(t=10_000),
}

BAD_USERS = ["ab", "a" * 65, "Anna", "anna m", "ännä", "anna\n", "", "anna/../x"]


def test_a_login_is_bound_to_realm_and_user() -> None:
    """One password yields unrelated keys elsewhere, and the same keys again here."""
    spelled = "Übergrößenträger 7 fi"
    composed = "U\u0308bergro\u0308ßentra\u0308ger 7 \ufb01"
    here = login_keys(spelled, "anna", "fallberatung.example", SALT, KdfParams())
    again = login_keys(composed, "anna", "fallberatung.example", SALT, KdfParams())
    elsewhere = login_keys(spelled, "anna", "other.example", SALT, KdfParams())

    assert (here.auth, here.wrap) == (again.auth, again.wrap)
    assert len({here.auth, here.wrap, elsewhere.auth, elsewhere.wrap}) == 4


@pytest.mark.parametrize("name", WEAK)
def test_a_server_cannot_weaken_the_derivation(name: str) -> None:
    """Parameters outside the bounds are refused before anything is computed."""
    with pytest.raises(WeakKdfError):
        login_keys("a long passphrase", "anna", "realm", SALT, WEAK[name])


@pytest.mark.parametrize("user", BAD_USERS)
def test_a_user_name_has_one_form(user: str) -> None:
    """Nothing is folded or trimmed, so nothing is confused."""
    with pytest.raises(LoginFormError):
        login_keys("a long passphrase", user, "realm", SALT, KdfParams())


def test_realm_and_salt_have_their_form() -> None:
    """An empty realm, a short salt and text that is none are refused."""
    with pytest.raises(LoginFormError):
        login_keys("a long passphrase", "anna", "", SALT, KdfParams())
    with pytest.raises(LoginFormError):
        login_keys("a long passphrase", "anna", "realm", SALT[1:], KdfParams())
    with pytest.raises(LoginFormError):
        login_keys("\ud800", "anna", "realm", SALT, KdfParams())


def test_an_account_key_opens_by_its_method_and_for_its_person() -> None:
    """Another key, method or person does not open it, nor any changed byte."""
    wrapped = wrap_account_key(KEK, KEY, method="password", uid=UID, random=stream("w"))

    assert unwrap_account_key(KEK, wrapped, method="password", uid=UID) == KEY
    assert len(wrapped) == 60
    for kek, method, uid in (
        (b"\1" * 32, "password", UID),
        (KEK, "recovery", UID),
        (KEK, "password", bytes(16)),
        (KEK, "prf", UID),
    ):
        with pytest.raises(SealError):
            unwrap_account_key(kek, wrapped, method=method, uid=uid)
    for at in range(len(wrapped)):
        changed = wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :]
        with pytest.raises(SealError):
            unwrap_account_key(KEK, changed, method="password", uid=UID)


def test_something_else_under_the_same_key_is_no_account_key() -> None:
    """A key of another length is refused although it opens."""
    wrapped = wrap_account_key(KEK, KEY[1:], method="password", uid=UID, random=stream("w"))

    with pytest.raises(SealError):
        unwrap_account_key(KEK, wrapped, method="password", uid=UID)


def test_a_recovery_code_opens_the_account_key() -> None:
    """The way back without the password."""
    kek = RecoveryCode(SALT).wrap_key()
    wrapped = wrap_account_key(kek, KEY, method="recovery", uid=UID, random=stream("w"))

    assert unwrap_account_key(kek, wrapped, method="recovery", uid=UID) == KEY


def test_a_vault_opens_as_the_version_it_is() -> None:
    """Neither an older vault under a new number nor an older number passes."""
    contents: dict[str, Value] = {"seats": [bytes(16)], "sig": bytes(32)}
    sealed = seal_vault(KEY, UID, 7, contents, stream("v"))

    assert open_vault(KEY, UID, 7, sealed, last_seen=7) == contents
    with pytest.raises(SealError):
        open_vault(KEY, UID, 8, sealed)
    with pytest.raises(SealError):
        open_vault(KEY, bytes(16), 7, sealed)
    with pytest.raises(SealError):
        open_vault(KEK, UID, 7, sealed)
    with pytest.raises(RolledBackError):
        open_vault(KEY, UID, 7, sealed, last_seen=8)
    with pytest.raises(SealError):
        open_vault(KEY, UID, 7, sealed[:20])
