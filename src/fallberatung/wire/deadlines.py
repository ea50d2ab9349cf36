"""Review dates: the server offers one per band, the moderator's hands pick and sign one."""

from datetime import date

from pydantic import Field

from fallberatung.wire.codes import HexDigest
from fallberatung.wire.encoding import Small, Words


class ReviewDate(Words):
    """One band of the policy; `due` is null where the band has no review date."""

    band: str
    due: date | None
    explanation: str


class ReviewDates(Words):
    """Every date the server will accept for this session, under the policy of this hash."""

    session: int
    policy: HexDigest
    dates: tuple[ReviewDate, ...]


class DeadlineChoice(Words):
    """One offered date, signed by the chooser's key.

    `signed` is a COSE_Sign1 under label `fb/v1/deadline` over
    `enc([case bstr16, session uint, band tstr, due tstr ISO 8601 | null, policy tstr hex])`.
    """

    session: int = Field(ge=1, le=1_000)
    band: str = Field(pattern=r"^[a-z0-9_-]{1,32}$")
    due: date | None
    policy: HexDigest
    signed: Small
