"""PADMÉ sizes: how long a padded message is, so that its length tells little of its content.

Padding: docs/spec/fb-v1.md#padding; PADMÉ from "Reducing Metadata Leakage from Encrypted Files"
(PETS 2019), with a floor of 256 bytes.
"""

from typing import Final

FLOOR: Final = 256
"""No padded message is shorter."""


def padded_size(length: int) -> int:
    """Smallest allowed size that holds `length` bytes; at most 12 % longer above the floor."""
    if length <= FLOOR:
        return FLOOR
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask
