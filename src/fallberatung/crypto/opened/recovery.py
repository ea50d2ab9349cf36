"""The recovery code: the only way back into an account whose password is lost.

See docs/spec/fb-v1.md#keys-of-an-account.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from fallberatung.crypto.opened import code as written
from fallberatung.crypto.opened.derive import hkdf
from fallberatung.crypto.opened.errors import CodeError


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """The secret a person keeps on paper, 16 bytes.

    Raises:
        CodeError: another length.
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != written.CODE_BYTES:
            raise CodeError("a code has sixteen bytes")

    def wrap_key(self) -> bytes:
        """The key that opens the account key by method "recovery", 32 bytes."""
        return hkdf(self.secret, "fb/v1/recovery-wrap", 32)


def new_recovery_code(random: Callable[[int], bytes]) -> RecoveryCode:
    """A fresh code."""
    return RecoveryCode(random(written.CODE_BYTES))


def encode_recovery(code: RecoveryCode) -> str:
    """The code as its holder writes it down, six groups of five characters."""
    return written.encode(code.secret)


def decode_recovery(text: str) -> RecoveryCode:
    """A code as typed.

    Raises:
        CodeError: wrong length, a foreign character or a typing error.
    """
    return RecoveryCode(written.decode(text))
