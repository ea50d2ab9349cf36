"""HKDF-SHA256 (RFC 5869) with the salt convention of fb/v1."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def hkdf(key: bytes, label: str, length: int, salt: bytes | None = None) -> bytes:
    """`length` bytes for the use that `label` names; an absent salt means 32 zero bytes."""
    return HKDF(hashes.SHA256(), length, salt, label.encode()).derive(key)
