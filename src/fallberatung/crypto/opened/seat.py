"""The author's seat: an identity made for one case from a code of 128 bits, naming nobody.

See docs/spec/fb-v1.md#seat. Whoever holds the code is the author of the case; the code lives in
the author's vault and, if the author wishes, on paper.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from fallberatung.crypto.opened import code as written
from fallberatung.crypto.opened.derive import hkdf
from fallberatung.crypto.opened.errors import CodeError
from fallberatung.crypto.opened.identity import SEED_BYTES, Identity
from fallberatung.crypto.sealed.keybundle import SEAT_UID

_HOUR = 3600
_MAILBOX_BYTES = 16


@dataclass(frozen=True, slots=True)
class SeatCode:
    """The secret of a seat, 16 bytes.

    Raises:
        CodeError: another length.
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != written.CODE_BYTES:
            raise CodeError("a code has sixteen bytes")


def new_seat_code(random: Callable[[int], bytes]) -> SeatCode:
    """A fresh code; one code serves one case."""
    return SeatCode(random(written.CODE_BYTES))


def seat_identity(code: SeatCode, made_at: int) -> Identity:
    """The seat's keys; the time (Unix seconds) is rounded down to the hour.

    The same code and the same hour give the same key id; whoever reopens a case with a code
    takes the hour from the bundle that the case serves.
    """
    return Identity(
        uid=SEAT_UID,
        signing_seed=hkdf(code.secret, "fb/v1/receipt/sig-seed", SEED_BYTES),
        kem_seed=hkdf(code.secret, "fb/v1/receipt/kem-seed", SEED_BYTES),
        made_at=made_at - made_at % _HOUR,
    )


def mailbox(code: SeatCode) -> bytes:
    """The address under which a case is found by its code alone, 16 bytes; not a secret key."""
    return hkdf(code.secret, "fb/v1/receipt/mailbox", _MAILBOX_BYTES)


def encode_code(code: SeatCode) -> str:
    """The code as its holder writes it down, six groups of five characters."""
    return written.encode(code.secret)


def decode_code(text: str) -> SeatCode:
    """A code as typed.

    Raises:
        CodeError: wrong length, a foreign character or a typing error.
    """
    return SeatCode(written.decode(text))
