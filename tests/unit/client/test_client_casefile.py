"""A case is believed link by link, or not at all."""

from typing import Protocol

import pytest

from fallberatung.audit.errors import ForkError
from fallberatung.client.ambient import system_random
from fallberatung.client.belongings import OwnSeat
from fallberatung.client.casefile import read_case
from fallberatung.client.errors import (
    HistoryError,
    ProblemError,
    RollbackError,
    StrangerError,
    VaultFileError,
)
from fallberatung.client.hands import Hands
from fallberatung.client.readback import read_own
from fallberatung.crypto.opened.caseview import CaseView
from fallberatung.crypto.opened.compose import make_entry, make_epoch
from fallberatung.crypto.opened.errors import SealError
from fallberatung.crypto.opened.identity import Identity, new_identity
from fallberatung.crypto.sealed.epochs import Member
from fallberatung.crypto.sealed.errors import ChainRuleError
from fallberatung.crypto.sealed.fbcbor import Value
from fallberatung.crypto.sealed.records import Record
from fallberatung.roundtable.procedure.errors import MembershipError

REPORT: dict[str, Value] = {
    "t": "case_report",
    "v": 1,
    "questions": ["Reicht das?"],
    "account": "Kind A kommt oft zu spät.",
    "ts": 1,
    "cp": None,
}


class PaperCase(Protocol):
    """A case on paper."""

    case: bytes
    seat: OwnSeat
    records: list[Record]

    @property
    def view(self) -> CaseView:
        """See it."""

    def serve(self, bundles: tuple[bytes, ...] | None = None) -> None:
        """Show it."""


class Cast(Protocol):
    """Everybody's keys."""

    people: dict[str, Identity]


class Company(Protocol):
    """Who acts."""

    cast: Cast

    def hands(self, user: str, seats: tuple[OwnSeat, ...] = ()) -> Hands:
        """Sign in."""

    def case(self, body: dict[str, Value]) -> PaperCase:
        """File."""


def _after_first(made: PaperCase) -> CaseView:
    whole, made.records = made.records, made.records[:1]
    view = made.view
    made.records = whole
    return view


def test_an_adviser_of_epoch_1_reads_the_report(company: Company) -> None:
    """Everything verifies, and the entry opens with its writer's role."""
    made = company.case(REPORT)
    file = read_case(company.hands("fachberatung-1"), made.case)

    assert [(said.role, said.entry.body["account"]) for said in file.entries] == [
        ("author", "Kind A kommt oft zu spät.")
    ]
    assert [(link.kind, link.epoch, link.ret) for link in file.links] == [
        ("epoch", 1, None),
        ("entry", 1, "c"),
    ]


def test_the_author_reads_with_the_seat(company: Company) -> None:
    """The person's own key is no member; the key of the seat is."""
    made = company.case(REPORT)
    hands = company.hands("lehrkraft", (made.seat,))
    file = read_case(hands, made.case)

    assert file.me.key_id == made.seat.identity().key_id
    assert len(file.entries) == 1


def test_who_holds_no_key_sees_closed_entries(company: Company) -> None:
    """Being shown sealed records opens nothing, and it is counted, not hidden."""
    made = company.case(REPORT)
    file = read_case(company.hands("moderation"), made.case)

    assert (file.entries, file.closed) == ((), 1)


def test_a_swapped_bundle_is_refused(company: Company) -> None:
    """A key the invitation does not name ends the reading before anything is opened."""
    made = company.case(REPORT)
    stranger = new_identity(system_random(16), 1, system_random).bundle.encoded
    known = tuple(each.bundle.encoded for each in company.cast.people.values())
    made.serve((*known, stranger))
    with pytest.raises(StrangerError):
        read_case(company.hands("fachberatung-1"), made.case)


def test_a_withheld_bundle_is_refused(company: Company) -> None:
    """Without the writer's key nothing can be checked, so nothing is shown."""
    made = company.case(REPORT)
    adviser = company.cast.people["fachberatung-1"]
    claim = [
        Member(made.seat.identity().key_id, "wr", "author"),
        Member(adviser.key_id, "mgr", "adviser"),
        Member(company.cast.people["fachberatung-2"].key_id, "mgr", "deputy"),
    ]
    made.records.append(make_epoch(made.view, adviser, claim, {}, "claim", system_random))
    made.serve(())
    with pytest.raises(ChainRuleError):
        read_case(company.hands("fachberatung-2"), made.case)


def test_a_case_that_lost_its_end_is_a_rollback(company: Company) -> None:
    """What was seen once must be shown for ever."""
    made = company.case(REPORT)
    hands = company.hands("fachberatung-1")
    read_case(hands, made.case)
    made.records.pop()
    made.serve()
    with pytest.raises(RollbackError):
        read_case(hands, made.case)


def test_another_past_is_a_rollback(company: Company) -> None:
    """The same number of records with another content is another past."""
    made = company.case(REPORT)
    hands = company.hands("fachberatung-1")
    read_case(hands, made.case)
    made.records.pop()
    seat = made.seat.identity()
    made.records.append(make_entry(made.view, seat, REPORT, "c", system_random))
    made.serve()
    with pytest.raises(RollbackError):
        read_case(hands, made.case)


def test_a_membership_outside_the_rules_is_refused(company: Company) -> None:
    """The chain admits a lone claim; the table's rules do not."""
    made = company.case(REPORT)
    adviser = company.cast.people["fachberatung-1"]
    members = [
        Member(made.seat.identity().key_id, "wr", "author"),
        Member(adviser.key_id, "mgr", "adviser"),
        Member(company.cast.people["kita"].key_id, "mgr", "deputy"),
    ]
    made.records.append(make_epoch(made.view, adviser, members, {}, "claim", system_random))
    made.serve()
    with pytest.raises(MembershipError):
        read_case(company.hands("fachberatung-2"), made.case)


def test_a_retention_code_that_does_not_fit_is_refused(company: Company) -> None:
    """A case report in the class that is erased first would be lost too early."""
    made = company.case(REPORT)
    seat = made.seat.identity()
    made.records[1:] = [make_entry(_after_first(made), seat, REPORT, "n", system_random)]
    made.serve()
    with pytest.raises(HistoryError):
        read_case(company.hands("fachberatung-1"), made.case)


def test_two_views_of_the_log_at_one_table_are_a_fork(company: Company) -> None:
    """Two writers who saw different roots of one size were shown different logs."""
    made = company.case({**REPORT, "cp": [7, b"r" * 32]})
    seat = made.seat.identity()
    other: dict[str, Value] = {"t": "comment", "v": 1, "text": "x", "ts": 1, "cp": [7, b"s" * 32]}
    made.records.append(make_entry(made.view, seat, other, "c", system_random))
    made.serve()
    with pytest.raises(ForkError):
        read_case(company.hands("fachberatung-1"), made.case)


def test_an_altered_entry_is_refused_mutely(company: Company) -> None:
    """One changed bit of a sealed body does not open and does not say why."""
    made = company.case(REPORT)
    entry = made.records[1]
    forged = Record(entry.header, entry.body[:-1] + bytes([entry.body[-1] ^ 1]))
    made.records[1] = forged
    made.serve()
    with pytest.raises(SealError):
        read_case(company.hands("fachberatung-1"), made.case)


def test_a_case_of_somebody_else_is_not_read_back(company: Company) -> None:
    """Names are put back only where this vault filed the case."""
    made = company.case(REPORT)
    with pytest.raises(VaultFileError, match="did not file"):
        read_own(company.hands("fachberatung-1"), made.case)


def test_a_refused_case_says_so(company: Company) -> None:
    """The service's no comes through with its slug."""
    with pytest.raises(ProblemError) as caught:
        read_case(company.hands("kita"), b"x" * 16)

    assert caught.value.slug == "not_found"
