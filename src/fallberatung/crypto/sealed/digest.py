"""Digests: plain SHA-256 and the labelled form `H` that keeps the uses of a hash apart."""

import hashlib

from fallberatung.crypto.sealed import fbcbor


def sha256(message: bytes) -> bytes:
    """Digest of FIPS 180-4 over the bytes as they were received, 32 bytes."""
    return hashlib.sha256(message).digest()


def labelled(tag: str, *parts: fbcbor.Value) -> bytes:
    """`H(tag, …)` of docs/spec/fb-v1.md#digest: SHA-256 over the array of tag and parts, 32 bytes.

    Two different tags or two different lists of parts never share an input.

    Raises:
        MalformedSealError: a part is outside the profile.
    """
    return sha256(fbcbor.encode([tag, *parts]))
