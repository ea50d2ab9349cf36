"""Making signed statements outside a record; `crypto.sealed.statement` verifies them."""

from fallberatung.crypto.opened import cose
from fallberatung.crypto.opened.identity import Identity
from fallberatung.crypto.sealed import fbcbor


def sign_statement(identity: Identity, label: str, value: fbcbor.Value) -> bytes:
    """The value signed under `label`, such as "fb/v1/deadline".

    Raises:
        MalformedSealError: the value is outside the profile.
    """
    return cose.sign(identity, fbcbor.encode(value), label.encode())
