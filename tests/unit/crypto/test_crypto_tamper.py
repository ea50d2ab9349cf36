"""No byte of a record can be changed without its refusal, wherever it stands."""

import pytest

from fallberatung.crypto.opened import caseview
from fallberatung.crypto.opened.caseview import CaseView, open_entry
from fallberatung.crypto.opened.errors import SealError
from fallberatung.crypto.sealed.errors import (
    BadSignatureError,
    ChainRuleError,
    MalformedSealError,
    StaleHeadError,
)
from fallberatung.crypto.sealed.records import Record
from unit.crypto.builders import ADVISER, GUEST, ACase, a_convened_case

REFUSALS = (BadSignatureError, ChainRuleError, MalformedSealError, SealError, StaleHeadError)


def a_full_case() -> ACase:
    """One record of every kind, the last one an entry the guest can read."""
    case = a_convened_case()
    case.grant(ADVISER, GUEST, [1], "convene")
    case.entry(GUEST, {"t": "comment", "v": 1, "text": "x"})
    return case


CASE_LOG = a_full_case()


def view_before(at: int) -> CaseView:
    """The guest's view before the record at this place of the log."""
    fresh = ACase().view(GUEST)
    for record in CASE_LOG.log[:at]:
        fresh = caseview.apply(fresh, record, GUEST)
    return fresh


def take(view: CaseView, record: Record) -> None:
    """Do with a record whatever a client does with it."""
    after = caseview.apply(view, record, GUEST)
    if record.parsed().kind == "entry":
        open_entry(after, record)


def flipped(octets: bytes, at: int, bit: int) -> bytes:
    """The same bytes with one bit changed."""
    return octets[:at] + bytes([octets[at] ^ bit]) + octets[at + 1 :]


@pytest.mark.parametrize("at", [4, 5, 6], ids=["epoch", "grant", "entry"])
def test_no_byte_of_a_header_can_be_changed(at: int) -> None:
    """Every byte of the header is bound by a signature or a seal."""
    view, record = view_before(at), CASE_LOG.log[at]
    take(view, record)
    for place in range(len(record.header)):
        changed = Record(flipped(record.header, place, 1 << place % 8), record.body)
        with pytest.raises(REFUSALS):
            take(view, changed)


@pytest.mark.parametrize("at", [4, 5, 6], ids=["epoch", "grant", "entry"])
def test_no_region_of_a_body_can_be_changed(at: int) -> None:
    """Bytes all over the body, dense at both ends, are bound too."""
    view, record = view_before(at), CASE_LOG.log[at]
    length = len(record.body)
    places = {*range(80), *range(80, length - 80, 23), *range(length - 80, length)}

    assert len(places) >= 160
    for place in places:
        changed = Record(record.header, flipped(record.body, place, 1 << place % 8))
        with pytest.raises(REFUSALS):
            take(view, changed)


@pytest.mark.parametrize("at", [4, 5, 6], ids=["epoch", "grant", "entry"])
def test_no_body_can_be_shortened_or_lengthened(at: int) -> None:
    """Cut and trailing bytes are refused."""
    view, record = view_before(at), CASE_LOG.log[at]
    for body in (b"", record.body[:-1], record.body[:256], record.body + b"\0"):
        with pytest.raises(REFUSALS):
            take(view, Record(record.header, body))


@pytest.mark.parametrize("at", range(1, 6))
def test_no_record_can_be_left_out_or_moved(at: int) -> None:
    """A dropped record and two in the wrong order break the chain."""
    view = view_before(at)

    with pytest.raises(REFUSALS):
        caseview.apply(view, CASE_LOG.log[at + 1], GUEST)
    with pytest.raises(REFUSALS):
        caseview.apply(view, CASE_LOG.log[at - 1], GUEST)


def test_a_record_of_another_case_does_not_fit() -> None:
    """Headers of two cases cannot be exchanged, nor bodies under one header."""
    view, entry = view_before(6), CASE_LOG.log[6]
    report = CASE_LOG.log[1]

    with pytest.raises(SealError):
        take(view, Record(entry.header, report.body))
