"""Who may do what: the golden table, and the rules one by one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fallberatung.audit.actions import ACTIONS
from fallberatung.roundtable.procedure.access import (
    ACCOUNT_ROLES,
    NOBODY,
    REASONS,
    AccessError,
    Standing,
    actions,
    may,
)
from fallberatung.roundtable.procedure.roles import ROLE_CAPS
from fallberatung.roundtable.procedure.states import READABLE, WRITABLE, Phase, State

GOLDEN = Path(__file__).with_name("access_table.txt")

SEAT = Standing("seat", "author", "wr")
ROOT_SEAT = Standing("seat", "author", "mgr")

Subject = tuple[Standing, frozenset[str]]

SUBJECTS: dict[str, Subject] = {
    "author": (SEAT, frozenset({"author"})),
    "adviser": (Standing("member", "adviser", "mgr"), frozenset({"adviser"})),
    "moderator": (Standing("member", "moderator", "mgr"), frozenset({"moderator"})),
    "deputy": (Standing("member", "deputy", "mgr"), frozenset({"adviser"})),
    "participant": (Standing("member", "participant", "wr"), frozenset({"participant"})),
    "recorder": (Standing("member", "recorder", "wr"), frozenset({"participant"})),
    "observer": (Standing("member", "observer", "rd"), frozenset({"participant"})),
    "stranger": (NOBODY, frozenset({"author", "adviser", "moderator", "participant"})),
    "dsb": (NOBODY, frozenset({"dsb"})),
    "administration": (NOBODY, frozenset({"administration"})),
    "officer": (NOBODY, frozenset({"officer"})),
}


def refusal(action: str, subject: Subject, state: State | None) -> str | None:
    """Return the code of the refusal, None when it is allowed."""
    standing, account_roles = subject
    try:
        may(action, standing=standing, account_roles=account_roles, state=state)
    except AccessError as refused:
        return refused.reason
    return None


def cell(action: str, subject: Subject) -> str:
    """Return where an action is allowed, or why it never is."""
    answers = {state: refusal(action, subject, state) for state in (None, *State)}
    allowed = [str(state) for state, answer in answers.items() if answer is None]
    if len(allowed) == len(answers):
        return "always"
    return " ".join(allowed) or "- " + " ".join(sorted({str(a) for a in answers.values()}))


def rows() -> Iterator[str]:
    """Yield the golden table, one line per action and subject."""
    for action in sorted(ACTIONS):
        for name, subject in SUBJECTS.items():
            yield f"{action} | {name} | {cell(action, subject)}"


def test_the_table_of_roles_and_actions_is_the_signed_one() -> None:
    """A change of who may do what is a change of a file that a data protection officer reads."""
    golden = GOLDEN.read_text(encoding="utf-8").splitlines()

    assert list(rows()) == golden
    assert len(golden) >= 400


def test_every_action_stands_in_the_audit_registry() -> None:
    """Nothing can be done that the log has no name for."""
    assert actions() <= set(ACTIONS)


@pytest.mark.parametrize("action", ["case.shred", "", "CASE.READ", "audit.reveal", "log.start"])
def test_what_nobody_offers_is_refused(action: str) -> None:
    """The default is no, for everybody and in every state."""
    answers = {refusal(action, subject, State.ACCEPTED) for subject in SUBJECTS.values()}

    assert answers == {"unknown_action"}


@pytest.mark.parametrize("role", sorted(ROLE_CAPS))
@pytest.mark.parametrize("account", ["dsb", "administration", "officer"])
def test_who_keeps_the_house_sees_no_case(account: str, role: str) -> None:
    """Even an account that holds a key of the case gets nothing of it through such a role."""
    standing = Standing("seat" if role == "author" else "member", role, ROLE_CAPS[role])
    about_cases = [name for name in actions() if name.split(".")[0] in {"case", "member"}]
    answers = {
        refusal(action, (standing, frozenset({account})), state)
        for action in about_cases
        for state in State
    }

    assert answers == {"no_case_role"}
    assert len(about_cases) >= 15


def test_a_data_protection_officer_gets_no_case_through_a_second_role() -> None:
    """Supervision and case work do not mix in one account."""
    subject = (Standing("member", "adviser", "mgr"), frozenset({"dsb", "adviser"}))

    assert refusal("case.read", subject, State.ACCEPTED) == "no_case_role"


def test_the_author_writes_from_epoch_two_on() -> None:
    """While the case is only submitted it holds the report and nothing else."""
    account = frozenset({"author"})

    assert refusal("case.append", (ROOT_SEAT, account), State.SUBMITTED) == "wrong_state"
    assert refusal("case.read", (ROOT_SEAT, account), State.SUBMITTED) is None
    assert {refusal("case.append", (SEAT, account), state) for state in WRITABLE} == {None}


@pytest.mark.parametrize("phase", list(Phase))
def test_the_author_listens_while_the_table_thinks_aloud(phase: Phase) -> None:
    """In three phases the author reads only; everybody else writes in all."""
    listening = phase in {Phase.HYPOTHESES, Phase.RESPONSE, Phase.IDEAS}
    may(
        "case.append",
        standing=SUBJECTS["participant"][0],
        account_roles=SUBJECTS["participant"][1],
        state=State.IN_SESSION,
        phase=phase,
    )
    try:
        may(
            "case.append",
            standing=SEAT,
            account_roles=frozenset({"author"}),
            state=State.IN_SESSION,
            phase=phase,
        )
        answer = None
    except AccessError as refused:
        answer = refused.reason

    assert answer == ("read_only" if listening else None)


@pytest.mark.parametrize(
    ("action", "name", "state", "reason"),
    [
        ("case.accept", "deputy", State.SCREENING, "wrong_role"),
        ("case.accept", "adviser", State.SUBMITTED, "wrong_state"),
        ("case.convene", "participant", State.ACCEPTED, "wrong_role"),
        ("deadline.set", "participant", State.IN_SESSION, "wrong_role"),
        ("deadline.set", "observer", State.IN_SESSION, "read_only"),
        ("case.append", "observer", State.IN_SESSION, "read_only"),
        ("case.append", "stranger", State.IN_SESSION, "not_a_member"),
        ("case.read", "stranger", State.SUBMITTED, "not_a_member"),
        ("case.read", "adviser", State.ERASED, "wrong_state"),
        ("case.read", "author", State.RETURNED, "wrong_state"),
        ("case.withdraw", "adviser", State.ACCEPTED, "wrong_role"),
        ("case.erase", "adviser", State.RETENTION, "wrong_role"),
        ("case.submit", "moderator", None, "wrong_role"),
        ("audit.export", "adviser", None, "not_dsb"),
        ("audit.export", "administration", None, "not_dsb"),
        ("user.create", "dsb", None, "not_administration"),
        ("key.attest", "administration", None, "not_officer"),
        ("member.recognise", "author", State.IN_SESSION, "wrong_role"),
    ],
)
def test_a_refusal_names_its_reason(
    action: str, name: str, state: State | None, reason: str
) -> None:
    """The code says which of the questions was answered with no."""
    assert refusal(action, SUBJECTS[name], state) == reason
    assert reason in REASONS


def test_an_adviser_whose_account_is_none_any_more_advises_no_more() -> None:
    """A role withdrawn from the account ends at once, though the epoch still holds the key."""
    subject = (Standing("member", "adviser", "mgr"), frozenset({"participant"}))

    assert refusal("case.read", subject, State.ACCEPTED) == "wrong_role"


def test_a_seat_is_an_author_and_a_member_is_none() -> None:
    """A standing that contradicts itself gets nothing."""
    account = frozenset({"author", "adviser"})

    assert refusal("case.read", (Standing("seat", "adviser", "mgr"), account), State.ACCEPTED)
    assert refusal("case.read", (Standing("member", "author", "wr"), account), State.ACCEPTED)


def test_the_author_learns_of_every_state_of_the_own_case() -> None:
    """A returned, withdrawn or erased case still stands in the author's list."""
    answers = {refusal("case.list", SUBJECTS["author"], state) for state in State}

    assert answers == {None}


def test_content_is_served_exactly_where_it_still_exists() -> None:
    """What was returned, withdrawn or erased is read by nobody."""
    served = {s for s in State if refusal("case.read", SUBJECTS["adviser"], s) is None}

    assert served == set(READABLE)
    assert {"participant", "dsb", "officer"} <= ACCOUNT_ROLES
