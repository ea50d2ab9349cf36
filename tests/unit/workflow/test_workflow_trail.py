"""What acts leave in the log, and when the log stops them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.memory_house import MemoryHouse, founded
from fakes.small_town import AREA
from fallberatung.audit.actions import ACTIONS
from fallberatung.audit.receipt import parse_body
from fallberatung.errors import RefusedError
from fallberatung.roundtable.procedure.errors import AccessError, TransitionError
from fallberatung.roundtable.procedure.ports import CaseId
from fallberatung.workflow import conclude, deliberate, intake, log
from fallberatung.workflow.errors import AuditUnavailableError, StaleError, UnknownCaseError
from fallberatung.workflow.trail import NEVER_REFUSED, SHOWING, check_lag, outcome_of, reason_of


@pytest.fixture
def house() -> MemoryHouse:
    """Found a house in memory."""
    return founded()


class SomethingElseError(RefusedError):
    """A class with two humps."""


@pytest.mark.parametrize(
    ("error", "outcome", "reason"),
    [
        (AccessError("wrong_role"), "denied", "wrong_role"),
        (TransitionError("no_such_step"), "failed", "no_such_step"),
        (StaleError(b"", 1), "failed", "stale_head"),
        (SomethingElseError("private text"), "failed", "something_else"),
        (ValueError("private text"), "failed", "internal"),
    ],
)
def test_a_refusal_is_told_by_a_code(error: Exception, outcome: str, reason: str) -> None:
    """Never by the text of an exception."""
    assert (outcome_of(error), reason_of(error)) == (outcome, reason)


@pytest.mark.parametrize(
    ("action", "seconds", "goes_on"),
    [
        ("case.read", 60, True),
        ("case.read", 61, False),
        ("audit.export", 61, False),
        ("case.convene", 61, False),
        ("case.list", 61, True),
        ("case.append", 900, True),
        ("case.append", 901, False),
        ("auth.login", 9_999, True),
        ("case.submit", 9_999, True),
    ],
)
def test_a_lagging_log_stops_acts_by_their_weight(
    house: MemoryHouse, action: str, seconds: int, *, goes_on: bool
) -> None:
    """A minute for content, a quarter of an hour for the rest, never for a filing."""
    context = house.context("anna")
    late = replace(context, now=context.now + timedelta(seconds=seconds))

    if goes_on:
        check_lag(house.desk.work(), late, action)
        return
    with pytest.raises(AuditUnavailableError):
        check_lag(house.desk.work(), late, action)


def test_the_acts_the_lag_speaks_of_are_in_the_registry() -> None:
    """No typing error makes an act exempt."""
    assert set(ACTIONS) >= SHOWING | NEVER_REFUSED
    assert not SHOWING & NEVER_REFUSED


def test_an_empty_outbox_is_no_lag(house: MemoryHouse) -> None:
    """However long nothing has happened."""
    house.take(log.integrate_due(house.context()))
    house.clock.move(days=2)

    check_lag(house.desk.work(), house.context("anna"), "case.read")


def test_integrating_twice_is_integrating_once(house: MemoryHouse) -> None:
    """The second time finds nothing to do and signs nothing."""
    first = house.take(log.integrate_due(house.context()))
    note = house.desk.shelves.log.checkpoint()

    second = house.take(log.integrate_due(house.context()))

    assert (first > 0, second) == (True, 0)
    assert house.desk.shelves.log.checkpoint() == note


def test_held_entries_enter_the_tree_at_the_full_hour(house: MemoryHouse) -> None:
    """Not a second before."""
    house.take(log.integrate_due(house.context()))
    house.file()
    house.clock.move(minutes=25)
    early = house.take(log.integrate_due(house.context()))
    house.clock.move(seconds=4)

    assert early == 0
    assert house.take(log.integrate_due(house.context())) == 1


def test_a_receipt_promises_the_entry_that_was_written(house: MemoryHouse) -> None:
    """Id and time of the leaf; a minute for a person, an hour and a minute for a seat."""
    hands, _ = house.file()
    context, case = house.context("carla"), CaseId(hands.case)
    done = house.take(deliberate.look(context, case))
    receipt = parse_body(done.answer.note.rpartition("\n\n")[0] + "\n")

    assert receipt.mmd == 60
    assert receipt.origin == house.house.origin
    assert receipt.entry_id == house.desk.shelves.log.rows[-1].entry_id


def test_reading_is_granted_by_an_entry_and_loads_nothing(house: MemoryHouse) -> None:
    """The step's result names a run of records and holds none."""
    hands, _ = house.file()
    step = deliberate.read(
        house.context("carla"), CaseId(hands.case), purpose="BERATUNG", first=1, last=None
    )

    done = house.take(step)

    assert (done.result.first, done.result.last) == (1, 2)
    assert '"why":"BERATUNG"' in house.told()[-1][0]
    assert not hasattr(house.desk.work(), "contents")


def test_an_unknown_case_is_not_touched_and_not_logged(house: MemoryHouse) -> None:
    """There is nothing to count."""
    before = len(house.told())

    with pytest.raises(UnknownCaseError):
        house.take(deliberate.look(house.context("carla"), CaseId(b"n" * 16)))
    assert len(house.told()) == before


def test_the_observer_of_a_case_that_is_not_theirs_gets_nothing(house: MemoryHouse) -> None:
    """The data protection officer audits and does not look in."""
    hands, _ = house.file()

    with pytest.raises(AccessError, match="no case role"):
        house.take(deliberate.look(house.context("hanna"), CaseId(hands.case)))
    with pytest.raises(AccessError):
        deliberate.listed(house.desk.work(), house.context("hanna"))


def test_a_new_policy_is_noted_once(house: MemoryHouse) -> None:
    """At the first start and at each change, with what it replaced."""
    starts = [
        house.take(log.started(house.context(), "0.1.0", digest))
        for digest in ("a" * 64, "a" * 64, "b" * 64)
    ]
    changes = [opened for leaf, opened in house.told() if '"act":"policy.change"' in leaf]

    assert starts == [True, False, True]
    assert len(changes) == 2
    assert "replaced" not in changes[0]
    assert '"replaced":"' + "a" * 64 in changes[1]


def test_a_heartbeat_says_how_long_the_log_is(house: MemoryHouse) -> None:
    """Silence is then not the same as suppression."""
    size = house.take(log.integrate_due(house.context()))

    house.take(log.heartbeat(house.context()))

    leaf, opened = house.told()[-1]
    assert '"act":"log.heartbeat"' in leaf
    assert f'"size":{size}' in opened


def test_states_follow_the_table_of_steps(house: MemoryHouse) -> None:
    """A state nobody knows and a step that is not there are refused alike."""
    hands, records = house.file()
    case, context = CaseId(hands.case), house.context("carla")
    house.take(intake.claim(context, case, [hands.claim(records)]))
    house.take(intake.accept(context, case))

    for wanted in ("nonsense", "closed", "erased"):
        with pytest.raises(TransitionError):
            house.take(conclude.set_state(context, case, wanted))
    done = house.take(conclude.set_state(context, case, "consultation"))
    assert done.result.state == "consultation"
    assert house.desk.shelves.cases.counts[AREA, hands.case] == 7
