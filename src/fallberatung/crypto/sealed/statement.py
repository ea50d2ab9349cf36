"""Signed statements outside a record, such as the choice of a deadline.

Form: docs/spec/fb-v1.md#statement. The label is the signature's context, so that a statement of
one kind never passes for another, nor for a record.
"""

from fallberatung.crypto.sealed import cose, fbcbor


def verify_statement(encoded: bytes, *, label: str, public_key: bytes) -> fbcbor.Value:
    """What the holder of this key stated under this label.

    Who that is, the caller learns from `cose.parse(encoded).kid` and must hold against the
    person it expects; the key given here must be that person's.

    Raises:
        MalformedSealError: not the one form.
        BadSignatureError: not signed by this key, or under another label.
    """
    return fbcbor.decode(cose.verify(encoded, aad=label.encode(), public_key=public_key).payload)
