"""A case as the server carries it: sealed records, their order, and what stands beside them."""

from datetime import date
from typing import Annotated

from pydantic import Field

from fallberatung.wire.codes import (
    MAX_RECORDS,
    Cap,
    Frame,
    HexDigest,
    LegalBasis,
    SeatRole,
    Urgency,
)
from fallberatung.wire.encoding import Bundle, Bytes, Bytes16, Bytes32, Small, Words


class SealedRecord(Words):
    """One link of a chain (docs/spec/fb-v1.md#record): header in clear, body sealed or signed."""

    header: Small
    body: Bytes


class Desk(Words):
    """Whom a new case is sealed for: the signed roster, who is on duty, and their bundles."""

    roster: Small
    on_duty: tuple[Bytes32, ...]
    bundles: tuple[Bundle, ...]


class PseudonymisationReceipt(Words):
    """What the writer's own device says about the pseudonymisation, and nothing more."""

    policy: HexDigest
    version: str = Field(pattern=r"^[0-9A-Za-z._-]{1,32}$")
    unresolved: int = Field(ge=0)


class Filing(Words):
    """A new case: exactly epoch 1 and the case report, signed and sealed by its seat.

    `asking_kind` is ignored: the server takes the kind of institution from the account.
    """

    case: Bytes16
    seat: Bundle
    records: Annotated[tuple[SealedRecord, ...], Field(min_length=2, max_length=2)]
    asking_kind: str | None = Field(default=None, max_length=32)
    legal_basis: LegalBasis
    urgency: Urgency
    frame: Frame
    receipt: PseudonymisationReceipt


class Opening(Words):
    """The opening of the log entry's `detail`: SHA-256 over salt and value stands in the leaf."""

    salt: Bytes32
    value: Small


class Acknowledgement(Words):
    """What the receipt in the header `Audit-Receipt` covers.

    record → its hash in the list `records` of `detail.value` (canonical JSON, hashes base64url) →
    commitment in `leaf` → leaf hash in the receipt. Steps without records have no such list.
    """

    leaf: Small
    detail: Opening
    records: tuple[Bytes32, ...]


class Filed(Words):
    """A case has been filed; `code` is what people call it, never an authorisation."""

    code: str
    state: str
    acknowledgement: Acknowledgement


class Handover(Words):
    """Records that change who reads a case: an epoch first, then its grants."""

    records: Annotated[tuple[SealedRecord, ...], Field(min_length=1, max_length=MAX_RECORDS)]


class Addition(Words):
    """One entry for a case."""

    record: SealedRecord


class Acceptance(Words):
    """The adviser has screened the report and takes the case; there is nothing to add."""


class PhaseChange(Words):
    """The next state of the case, by its name in the procedure."""

    state: str = Field(pattern=r"^[a-z_]{3,32}$")


class Appended(Words):
    """A step has been taken; `head` and `seq` are the chain's newest link."""

    state: str
    seq: int
    head: Bytes32
    acknowledgement: Acknowledgement


class CaseSummary(Words):
    """One line of a list; `asking` is the kind of institution, coarsened where few exist."""

    case: Bytes16
    code: str
    state: str
    asking: str
    mine: bool
    next_deadline: date | None


class Cases(Words):
    """The cases this account has a part in."""

    cases: tuple[CaseSummary, ...]


class Member(Words):
    """Who holds a key to the current epoch; a key id, never a name."""

    key_id: Bytes32
    cap: Cap
    role: SeatRole


class Deadline(Words):
    """A date the procedure waits for; `band` and `session` belong to review dates."""

    kind: str
    due: date
    band: str | None
    session: int | None


class CaseFacts(Words):
    """All the server can tell a member about a case without its records."""

    case: Bytes16
    code: str
    state: str
    phase: str
    session: int
    asking: str
    legal_basis: LegalBasis
    urgency: Urgency
    frame: Frame
    head: Bytes32
    seq: int
    epoch: int
    members: tuple[Member, ...]
    deadlines: tuple[Deadline, ...]
    seat: Bundle


class Records(Words):
    """A run of records in the order of their chain, and the bundles needed to check them."""

    records: tuple[SealedRecord, ...]
    head: Bytes32
    seq: int
    bundles: tuple[Bundle, ...]
