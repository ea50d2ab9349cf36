"""The name of an author's seat in the access log: a pseudonym of one case, never an account."""

from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.crypto.sealed.digest import labelled

_PSEUDONYM_BYTES = 16


def pseudonym(case: bytes, key_id: bytes) -> str:
    """22 characters that name the seat `key_id` within this case and link it to no other."""
    return b64u(labelled("fb/v1/seat-pseudonym", case, key_id)[:_PSEUDONYM_BYTES])
