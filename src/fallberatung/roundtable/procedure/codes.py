"""Case codes that people say on the telephone (docs/spec/fb-v1.md#seat); never an authorisation."""

from collections.abc import Callable
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 symbols: no I, L, O, U."""


def case_code(random: Callable[[int], bytes]) -> str:
    """Return a code such as `7Q-M2`: 20 uniform random bits, two and two symbols.

    There are 1,048,576 of them; whoever stores one keeps it unique per area for ever and asks
    again on a collision.
    """
    bits = int.from_bytes(random(3), "big")
    first, second, third, fourth = (ALPHABET[bits >> shift & 31] for shift in (15, 10, 5, 0))
    return f"{first}{second}-{third}{fourth}"
