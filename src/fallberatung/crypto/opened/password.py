"""From a password to two keys: one proves the login, one opens the vault and stays here.

Exact derivation: docs/spec/fb-v1.md#login. The server learns the first key only, and cannot ask
for a cheaper derivation than fb/v1 names.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from fallberatung.crypto.opened.derive import hkdf
from fallberatung.crypto.opened.errors import LoginFormError, WeakKdfError
from fallberatung.crypto.sealed.digest import labelled

KEY_BYTES: Final = 32
"""Length of every derived key."""

SALT_BYTES: Final = 16
"""Length of a salt."""

_USER: Final = re.compile(r"[a-z0-9._@-]{3,64}")
_LEAST_MEMORY: Final = 65_536
_MOST_MEMORY: Final = 1_048_576
_LEAST_PASSES: Final = 3
_MOST_PASSES: Final = 16


@dataclass(frozen=True, slots=True)
class KdfParams:
    """Parameters of Argon2 (RFC 9106) as a server names them.

    Attributes:
        alg: the variant; only "argon2id" is accepted.
        v: the version; only 19 (0x13) is accepted.
        m: memory in KiB.
        t: passes over the memory.
        p: lanes; only 1 is accepted.
    """

    alg: str = "argon2id"
    v: int = 19
    m: int = _LEAST_MEMORY
    t: int = _LEAST_PASSES
    p: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class LoginKeys:
    """What a password yields.

    Attributes:
        auth: goes to the server, 32 bytes.
        wrap: opens the account key and never leaves the device, 32 bytes.
    """

    auth: bytes = field(repr=False)
    wrap: bytes = field(repr=False)


def login_keys(password: str, user: str, realm: str, salt: bytes, params: KdfParams) -> LoginKeys:
    """Derive both keys; takes about a tenth of a second and 64 MiB on purpose.

    Args:
        password: as typed; brought into Unicode form NFKC.
        user: the user name, `[a-z0-9._@-]{3,64}`; never folded or trimmed.
        realm: the deployment's fixed name, pinned by the client, so that one table of guesses
            never serves two deployments.
        salt: 16 bytes from the server.
        params: the server's wishes, refused outside the bounds of fb/v1.

    Raises:
        WeakKdfError: the parameters are outside the bounds.
        LoginFormError: user name, realm, salt or password are not in their form.
    """
    if not _USER.fullmatch(user) or not realm or len(salt) != SALT_BYTES:
        raise LoginFormError("user name, realm or salt is not in its form")
    bound_salt = labelled("fb/v1/argon2-salt", realm, user, salt)[:SALT_BYTES]
    master = derive(password, bound_salt, params)
    return LoginKeys(
        auth=hkdf(master, "fb/v1/login/auth", KEY_BYTES),
        wrap=hkdf(master, "fb/v1/login/wrap", KEY_BYTES),
    )


def derive(password: str, salt: bytes, params: KdfParams) -> bytes:
    """Argon2id over the password in Unicode form NFKC, 32 bytes.

    Raises:
        WeakKdfError: the parameters are outside the bounds, or need more memory than there is.
        LoginFormError: the password is not valid Unicode text.
    """
    _check_params(params)
    try:
        secret = unicodedata.normalize("NFKC", password).encode()
    except UnicodeEncodeError:
        raise LoginFormError("the password is not valid text") from None
    try:
        return hash_secret_raw(
            secret, salt, params.t, params.m, params.p, KEY_BYTES, Type.ID, params.v
        )
    except HashingError:
        raise WeakKdfError("the password derivation cannot run here") from None


def _check_params(params: KdfParams) -> None:
    is_variant = (params.alg, params.v, params.p) == ("argon2id", 19, 1)
    is_bounded = (
        _LEAST_MEMORY <= params.m <= _MOST_MEMORY and _LEAST_PASSES <= params.t <= _MOST_PASSES
    )
    if not (is_variant and is_bounded):
        raise WeakKdfError("the password derivation is outside the accepted bounds")
