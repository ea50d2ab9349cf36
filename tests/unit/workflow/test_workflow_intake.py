"""Filing and claiming: what the server refuses although every seal is genuine."""

from dataclasses import replace

import pytest

from fakes.memory_house import MemoryHouse, founded
from fakes.small_town import AREA
from fallberatung.crypto.opened import compose
from fallberatung.crypto.sealed.errors import ChainRuleError, OutOfDateError
from fallberatung.crypto.sealed.records import Record
from fallberatung.errors import FallberatungError
from fallberatung.roundtable.procedure.errors import AccessError, MembershipError
from fallberatung.roundtable.procedure.ports import CaseId
from fallberatung.workflow import convene, deliberate, intake
from fallberatung.workflow.errors import ConflictError, RuleError, StaleError


@pytest.fixture
def house() -> MemoryHouse:
    """Found a house in memory."""
    return founded()


def refusal(house: MemoryHouse, filing: intake.Filing, user: str = "anna") -> FallberatungError:
    """File and return what was raised."""
    with pytest.raises(FallberatungError) as caught:
        house.take(intake.submit(house.context(user), filing))
    return caught.value


def test_a_filed_case_is_submitted_and_belongs_to_its_account(house: MemoryHouse) -> None:
    """Kind of institution from the account, calendar from the area, a code to say aloud."""
    hands, records = house.file()
    case = house.desk.shelves.cases.find(AREA, CaseId(hands.case))

    assert case is not None
    assert (case.state, case.asking_kind, case.land) == ("submitted", "school", "HE")
    assert (case.seq, case.epoch, case.head) == (2, 1, records[-1].digest())
    assert len(case.code) == 5
    assert house.desk.shelves.own_cases.is_own(AREA, case.case, house.folk["anna"].uid)


def test_a_refused_filing_leaves_nothing_but_one_entry(house: MemoryHouse) -> None:
    """No case, no code, no row of whose it is."""
    hands = house.hands()
    filing = replace(house.filing(hands, hands.filing()), unresolved=1)
    before = len(house.told())

    refusal(house, filing)

    shelves = house.desk.shelves
    assert (shelves.cases.rows, shelves.cases.codes, shelves.own_cases.pairs) == ({}, set(), {})
    assert len(house.told()) == before + 1


def test_only_authors_file(house: MemoryHouse) -> None:
    """An adviser has other ways."""
    hands = house.hands()

    error = refusal(house, house.filing(hands, hands.filing()), "carla")

    assert isinstance(error, AccessError)
    assert error.reason == "wrong_role"


def test_a_filing_is_epoch_one_and_the_report(house: MemoryHouse) -> None:
    """Not in another order, not twice the same kind."""
    hands = house.hands()
    first, report = hands.filing()

    for records in ((report, first), (first, first), (report, report)):
        error = refusal(house, house.filing(hands, records))
        assert isinstance(error, RuleError | StaleError | ChainRuleError)


def test_a_person_cannot_file_in_the_place_of_a_seat(house: MemoryHouse) -> None:
    """The root of a case names nobody."""
    hands = house.hands()
    filing = replace(house.filing(hands, hands.filing()), seat=house.folk["anna"].bundle.encoded)

    assert getattr(refusal(house, filing), "reason", "") == "not_a_seat"


def test_the_report_is_content_and_not_notes(house: MemoryHouse) -> None:
    """Class `n` would be erased long before the case."""
    hands = house.hands()
    first, _ = hands.filing()
    view = hands.seen_by("carla", [first])
    notes = compose.make_entry(
        replace(view, epochs=hands.view.epochs), hands.seat, {"t": "x"}, "n", house.random
    )

    error = refusal(house, house.filing(hands, (first, notes)))

    assert getattr(error, "reason", "") == "wrong_retention"


def test_the_desk_of_a_filing_is_the_signed_roster(house: MemoryHouse) -> None:
    """Somebody who is no adviser of the roster cannot be wrapped in."""
    hands = house.hands()

    error = refusal(house, house.filing(hands, hands.filing(("carla", "frida"))))

    assert isinstance(error, MembershipError)
    assert error.reason == "not_on_roster"


def test_a_roster_that_has_run_out_stops_the_desk(house: MemoryHouse) -> None:
    """The officer has to sign a new one."""
    house.clock.move(days=40)
    hands = house.hands()

    assert isinstance(refusal(house, house.filing(hands, hands.filing())), OutOfDateError)


def test_an_existing_case_is_not_overwritten(house: MemoryHouse) -> None:
    """Neither by its author with other records nor by somebody else with the same."""
    hands, records = house.file()
    again = house.hands()
    other = replace(again, case=hands.case)
    first_again = house.filing(hands, (records[0], records[1]))

    assert isinstance(refusal(house, first_again, "berta"), ConflictError)
    assert isinstance(
        refusal(house, replace(house.filing(other, other.filing()), case=CaseId(hands.case))),
        ConflictError,
    )


def test_codes_are_never_given_twice(house: MemoryHouse) -> None:
    """A code that is taken is drawn again."""
    drawn = iter([b"\x00\x00\x00", b"\x00\x00\x00", b"\x00\x00\x01"])

    def random(length: int) -> bytes:
        return next(drawn) if length == 3 else house.random(length)

    house.house = replace(house.house, random=random)
    cases = [house.file()[0] for _ in range(2)]
    found = [house.desk.shelves.cases.find(AREA, CaseId(hands.case)) for hands in cases]

    assert [case.code for case in found if case is not None] == ["00-00", "00-01"]


def test_a_claim_names_its_claimer_as_adviser(house: MemoryHouse) -> None:
    """Carla cannot claim for Dora."""
    hands, records = house.file()
    view = hands.seen_by("carla", records)
    seats = [
        (hands.seat.key_id, "author"),
        (house.folk["dora"].key_id, "adviser"),
        (house.folk["carla"].key_id, "deputy"),
    ]
    claim = hands.epoch(house.folk["carla"], "claim", seats, view)

    with pytest.raises(RuleError, match="wrong claim"):
        house.take(intake.claim(house.context("carla"), CaseId(hands.case), [claim]))


def test_a_claim_is_one_epoch_for_that_reason(house: MemoryHouse) -> None:
    """Not two records, not another reason."""
    hands, records = house.file()
    claim = hands.claim(records)
    case, context = CaseId(hands.case), house.context("carla")

    with pytest.raises(RuleError, match="wrong kinds"):
        house.take(intake.claim(context, case, [claim, claim]))
    with pytest.raises(AccessError):
        house.take(convene.convene(context, case, [claim]))


def test_an_entry_is_no_epoch_and_an_epoch_no_entry(house: MemoryHouse) -> None:
    """`case.append` takes sealed entries only."""
    hands, records = house.file()
    case, context = CaseId(hands.case), house.context("carla")
    claim = hands.claim(records)
    house.take(intake.claim(context, case, [claim]))
    second = hands.convening([*records, claim])

    with pytest.raises(RuleError, match="wrong kinds"):
        house.take(deliberate.append(context, case, second[0]))


def test_a_key_that_belongs_to_nobody_here_is_not_seated(house: MemoryHouse) -> None:
    """The server knows everybody at the table by an account."""
    hands, records = house.file()
    case, context = CaseId(hands.case), house.context("carla")
    claim = hands.claim(records)
    house.take(intake.claim(context, case, [claim]))
    house.take(intake.accept(context, case))
    table = hands.convening([*records, claim])
    known = house.desk.shelves.accounts.known
    del known[house.folk["gerda"].uid]

    with pytest.raises(RuleError, match="unknown key"):
        house.take(convene.convene(context, case, table))


def test_a_record_of_another_case_is_refused(house: MemoryHouse) -> None:
    """Nothing is forwarded from one case to another."""
    hands, records = house.file()
    other, other_records = house.file()
    claim = hands.claim(records)
    case = CaseId(other.case)

    with pytest.raises(ChainRuleError):
        house.take(intake.claim(house.context("carla"), case, [claim]))
    assert len(other_records) == 2


def test_a_tampered_record_is_refused(house: MemoryHouse) -> None:
    """One bit in a signed body."""
    hands, records = house.file()
    claim = hands.claim(records)
    bent = Record(claim.header, claim.body[:-1] + bytes([claim.body[-1] ^ 1]))

    with pytest.raises(FallberatungError):
        house.take(intake.claim(house.context("carla"), CaseId(hands.case), [bent]))
    assert house.desk.shelves.cases.find(AREA, CaseId(hands.case)).state == "submitted"  # type: ignore[union-attr]  # it was filed above
