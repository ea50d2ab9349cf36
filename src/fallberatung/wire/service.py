"""What the service says about itself to everybody."""

from fallberatung.wire.codes import HexDigest
from fallberatung.wire.encoding import Words


class ServiceFacts(Words):
    """Public facts; clients compare them with what their invitation pinned.

    `checkpoint_key` and `receipt_key` are C2SP verifier keys of the log named by `origin`;
    `policies` maps the file name of each policy to the SHA-256 of its bytes; `build` is the hash of
    the pages served, empty when none were built.
    """

    realm: str
    version: str
    area: str
    origin: str
    checkpoint_key: str
    receipt_key: str
    policies: dict[str, HexDigest]
    build: str
