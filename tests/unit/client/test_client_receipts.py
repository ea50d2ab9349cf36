"""A receipt proves what was sent, or it proves nothing."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

import pytest

from fallberatung.audit.entry import Actor, Entry, Occurrence, make_entry
from fallberatung.audit.receipt import MMD_SECONDS
from fallberatung.audit.sign import log_policy, sign_receipt
from fallberatung.audit.tree import leaf_hash
from fallberatung.client.ambient import system_random
from fallberatung.client.errors import ReceiptError
from fallberatung.client.receipts import check_receipt
from fallberatung.crypto.custody.keys import Custody
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.crypto.sealed.records import Record
from fallberatung.wire.cases import Acknowledgement

NOW = datetime(2026, 11, 20, 10, 17, 31, tzinfo=UTC)
ORIGIN = "demo.localhost/audit/1"
RECORDS = (Record(b"header 1", b"body 1"), Record(b"header 2", b"body 2"))


class Cast(Protocol):
    """Whoever signs for the house."""

    custody: Custody


@dataclass(frozen=True)
class Answer:
    """A reply as the service would give it."""

    header: str
    acknowledgement: Acknowledgement


def an_answer(cast: Cast, records: tuple[Record, ...] = RECORDS, origin: str = ORIGIN) -> Answer:
    """Acknowledge these records the way the service does."""
    detail = {"records": [b64u(each.digest()) for each in records]} if records else {"seq": 3}
    occurrence = Occurrence(
        "case.claim", "ok", Actor("a" * 22, "adviser", "user"), NOW, "house", detail=detail
    )
    entry = make_entry(occurrence, system_random)
    return Answer(_signed(cast, entry, origin), _acknowledged(entry, records))


def _signed(cast: Cast, entry: Entry, origin: str) -> str:
    hashed = leaf_hash(entry.leaf)
    note = sign_receipt(cast.custody, origin, entry, hashed, MMD_SECONDS)
    return b64u(note.encode())


def _acknowledged(entry: Entry, records: tuple[Record, ...]) -> Acknowledgement:
    opening = next(each for each in entry.openings if each.field == "detail")
    return Acknowledgement.model_validate(
        {
            "leaf": entry.leaf,
            "detail": {"salt": opening.salt, "value": opening.value},
            "records": [each.digest() for each in records],
        }
    )


def test_a_whole_receipt_proves_the_records(cast_of_people: Cast) -> None:
    """Record, hash in the entry, entry, signature: every link holds."""
    answer = an_answer(cast_of_people)
    policy = log_policy(cast_of_people.custody, ORIGIN)
    proven = check_receipt(answer.header, answer.acknowledgement, RECORDS, policy)

    assert proven.action == "case.claim"
    assert proven.leaf == answer.acknowledgement.leaf


def test_a_step_without_records_is_proven_too(cast_of_people: Cast) -> None:
    """Accepting a case brings no record, and still has a receipt."""
    answer = an_answer(cast_of_people, ())
    policy = log_policy(cast_of_people.custody, ORIGIN)
    proven = check_receipt(answer.header, answer.acknowledgement, (), policy)

    assert proven.action == "case.claim"


def test_no_receipt_is_no_proof(cast_of_people: Cast) -> None:
    """An answer without the header is refused."""
    answer = an_answer(cast_of_people)
    policy = log_policy(cast_of_people.custody, ORIGIN)
    with pytest.raises(ReceiptError):
        check_receipt(None, answer.acknowledgement, RECORDS, policy)


def test_a_receipt_for_other_records_is_refused(cast_of_people: Cast) -> None:
    """A genuine receipt about something else proves nothing about this."""
    answer = an_answer(cast_of_people)
    policy = log_policy(cast_of_people.custody, ORIGIN)
    with pytest.raises(ReceiptError):
        check_receipt(answer.header, answer.acknowledgement, RECORDS[:1], policy)


def test_an_entry_about_other_records_is_refused(cast_of_people: Cast) -> None:
    """The list in the reply is the server's word; the entry's own list is what counts."""
    answer = an_answer(cast_of_people, RECORDS[:1])
    policy = log_policy(cast_of_people.custody, ORIGIN)
    lying = answer.acknowledgement.model_copy(
        update={"records": tuple(each.digest() for each in RECORDS)}
    )
    with pytest.raises(ReceiptError):
        check_receipt(answer.header, lying, RECORDS, policy)


def test_an_opening_that_does_not_match_is_refused(cast_of_people: Cast) -> None:
    """The commitment in the leaf binds what the entry says."""
    answer = an_answer(cast_of_people)
    policy = log_policy(cast_of_people.custody, ORIGIN)
    detail = answer.acknowledgement.detail.model_copy(update={"salt": bytes(32)})
    forged = answer.acknowledgement.model_copy(update={"detail": detail})
    with pytest.raises(ReceiptError):
        check_receipt(answer.header, forged, RECORDS, policy)


def test_a_receipt_for_another_leaf_is_refused(cast_of_people: Cast) -> None:
    """The signature covers one leaf."""
    one, other = an_answer(cast_of_people), an_answer(cast_of_people)
    policy = log_policy(cast_of_people.custody, ORIGIN)
    with pytest.raises(ReceiptError):
        check_receipt(other.header, one.acknowledgement, RECORDS, policy)


def test_a_receipt_by_another_key_is_refused(cast_of_people: Cast) -> None:
    """Only the pinned receipt key counts."""
    answer = an_answer(cast_of_people)
    other = Custody(*(system_random(32) for _ in range(4)))
    with pytest.raises(ReceiptError):
        check_receipt(answer.header, answer.acknowledgement, RECORDS, log_policy(other, ORIGIN))


def test_a_receipt_of_another_log_is_refused(cast_of_people: Cast) -> None:
    """The same key for another log proves nothing for this one."""
    answer = an_answer(cast_of_people, origin="demo.localhost/audit/2")
    policy = log_policy(cast_of_people.custody, ORIGIN)
    with pytest.raises(ReceiptError):
        check_receipt(answer.header, answer.acknowledgement, RECORDS, policy)


@pytest.mark.parametrize("header", ["", "=", "bm8gbm90ZQ", "_w"])
def test_what_is_no_note_is_refused(cast_of_people: Cast, header: str) -> None:
    """Neither padding nor any other text passes for a receipt."""
    answer = replace(an_answer(cast_of_people), header=header)
    policy = log_policy(cast_of_people.custody, ORIGIN)
    with pytest.raises(ReceiptError):
        check_receipt(answer.header, answer.acknowledgement, RECORDS, policy)
