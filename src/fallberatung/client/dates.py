"""The next review: the server offers a date per band, the lowest rating picks, a key signs.

The server cannot know the rating; it knows its offers and accepts no other date. Everybody at the
table can hold the band against the ratings they see (docs/spec/roundtable.md#deadlines).
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from fallberatung.client.casefile import CaseFile
from fallberatung.client.errors import BandError
from fallberatung.client.hands import Hands
from fallberatung.client.receipts import ProvenReceipt, check_receipt
from fallberatung.crypto.opened.statement import sign_statement
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.roundtable.deliberation.ratings import band_of
from fallberatung.wire.cases import Appended
from fallberatung.wire.deadlines import DeadlineChoice, ReviewDate, ReviewDates

LABEL: Final = "fb/v1/deadline"


@dataclass(frozen=True, slots=True)
class ReviewSet:
    """A review date that was filed: which band, which day, why in German, and its receipt."""

    band: str
    due: date | None
    explanation: str
    receipt: ProvenReceipt


def offers(hands: Hands, case: bytes, session: int) -> ReviewDates:
    """Ask for every date the server will accept for this session."""
    path = f"/cases/{b64u(case)}/review-dates"
    return hands.house.get(path, ReviewDates, {"session": str(session)}).word


def pick(offered: ReviewDates, lowest: int | None) -> ReviewDate:
    """Take the row whose band the lowest rating demands; raise BandError when it is missing."""
    band = band_of(lowest)
    for row in offered.dates:
        if row.band == band:
            return row
    raise BandError("no date is offered for the band of the lowest rating")


def set_review(hands: Hands, file: CaseFile, lowest: int | None) -> ReviewSet:
    """File the review date that the lowest rating demands, signed by this person's key.

    Args:
        hands: a manager at the table.
        file: the case as just read.
        lowest: the lowest rating on the board, None when nobody rated.

    Raises:
        BandError: the server offers no row for the band.
        ProblemError: the server refuses (not a manager, another policy, not offered).
    """
    case, session = file.facts.case, file.facts.session
    offered = offers(hands, case, session)
    row = pick(offered, lowest)
    day = None if row.due is None else row.due.isoformat()
    signed = sign_statement(file.me, LABEL, [case, session, row.band, day, offered.policy])
    word = DeadlineChoice(
        session=session, band=row.band, due=row.due, policy=offered.policy, signed=signed
    )
    reply = hands.house.post(f"/cases/{b64u(case)}/deadlines", word, Appended)
    receipt = check_receipt(reply.receipt, reply.word.acknowledgement, (), hands.policy)
    return ReviewSet(row.band, row.due, row.explanation, receipt)
