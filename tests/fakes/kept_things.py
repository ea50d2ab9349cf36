"""Values to put on the shelves, small and of no meaning."""

from dataclasses import replace
from datetime import UTC, date, datetime

from fallberatung.roundtable.procedure.ports import (
    Account,
    Acknowledged,
    Area,
    Case,
    CaseId,
    Invited,
    KeptDeadline,
    KeptRecord,
    Membership,
    Organisation,
    PseudonymisationReceipt,
    SignIn,
)

AREA = "musterstadt"
CASE = CaseId(b"c" * 16)
OTHER = CaseId(b"d" * 16)
MOMENT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

SCHOOL = Organisation("school-1", "Haus", "school", "HE")
OFFICE = Organisation("office", "Amt", "jugendamt", "HE")


def an_area() -> Area:
    """Return an area."""
    return Area(
        AREA, "Musterstadt", "HE", "after_screening", "{}", b"k" * 32, b"roster", is_demo=True
    )


def a_case(case: CaseId = CASE, code: str = "7Q-M2") -> Case:
    """Return a case nobody has written in."""
    return Case(
        area=AREA,
        case=case,
        code=code,
        asking_kind="school",
        legal_basis="KKG_4_2",
        urgency="normal",
        frame="table",
        state="submitted",
        phase="roles",
        session=1,
        land="HE",
        seat_key=b"s" * 32,
        seat=b"bundle of the seat",
        head=bytes(32),
        seq=0,
        epoch=0,
        epoch_why="",
        is_convened=False,
        receipt=PseudonymisationReceipt("0" * 64, "1.0"),
    )


def a_record(seq: int) -> KeptRecord:
    """Return a record."""
    return KeptRecord(seq, 1, "entry", "c", 9, bytes([seq]) * 32, b"header", b"body", MOMENT)


def a_member(letter: bytes, role: str = "adviser") -> Membership:
    """Return a member whose key is one letter."""
    return Membership(letter * 32, "mgr", role)


def an_answer(last: bytes) -> Acknowledged:
    """Return a first answer to two records."""
    return Acknowledged(last, (b"1" * 32, last), 2, b"leaf", b"x" * 32, b"{}", "note")


def a_deadline(day: int, session: int = 1) -> KeptDeadline:
    """Return a review date in December."""
    return KeptDeadline("review", session, date(2026, 12, day), "weeks_2", "0" * 64, b"signed")


def an_account(user: str = "anna", organisation: Organisation = SCHOOL) -> Account:
    """Return an account."""
    letter = user[:1].encode()
    return Account(
        uid=letter * 16,
        area=AREA,
        user=user,
        name=f"Person {user}",
        organisation=organisation,
        roles=("author", "adviser"),
        key_id=letter * 32,
        bundle=b"bundle of " + user.encode(),
        salt=b"s" * 16,
        login_tag=b"t" * 32,
    )


def an_invitation(token_hash: bytes = b"h" * 32) -> Invited:
    """Return an invitation."""
    return Invited(
        token_hash, AREA, "anna", "Person anna", "school-1", ("author",), b"a" * 32, b"bundle"
    )


def a_sign_in(user: str = "anna", token_hash: bytes = b"z" * 32) -> SignIn:
    """Return a sign-in that has just begun."""
    return SignIn(token_hash, user[:1].encode() * 16, MOMENT, MOMENT)


def moved(case: Case, **changes: object) -> Case:
    """Return a case that has gone on."""
    return replace(case, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass
