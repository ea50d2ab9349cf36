"""Nobody outside the invitation is believed."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from fallberatung.client.ambient import system_random
from fallberatung.client.errors import ServiceChangedError, StrangerError
from fallberatung.client.pins import admit, check_roster, check_service, intake, pin_of
from fallberatung.crypto.opened.identity import Identity, new_identity
from fallberatung.crypto.opened.institution import InstitutionKey, new_institution_key, sign_roster
from fallberatung.crypto.opened.seat import new_seat_code, seat_identity
from fallberatung.crypto.sealed.errors import MalformedSealError, OutOfDateError
from fallberatung.errors import MalformedError
from fallberatung.wire.cases import Desk
from fallberatung.wire.invitation import Invitation
from fallberatung.wire.service import ServiceFacts

NOW = datetime(2026, 11, 20, 10, 17, 31, tzinfo=UTC)


class Cast(Protocol):
    """What the fixture gives."""

    people: dict[str, Identity]
    institution: InstitutionKey

    def invitation(self, user: str = "lehrkraft") -> Invitation:
        """Invite one."""

    def desk(self, *users: str, area: str = "beispielstadt") -> Desk:
        """Make a desk."""


def a_stranger() -> Identity:
    """A valid key of somebody nobody invited."""
    return new_identity(system_random(16), 1, system_random)


def test_a_pinned_key_has_a_person(cast_of_people: Cast) -> None:
    """The invitation tells who stands behind a key."""
    adviser = cast_of_people.people["fachberatung-1"]
    pin = pin_of(cast_of_people.invitation(), adviser.key_id)

    assert pin.roles == ("adviser",)


def test_bundles_of_pinned_people_are_admitted(cast_of_people: Cast) -> None:
    """Everybody of the invitation may be sealed to."""
    people = cast_of_people.people.values()
    admitted = admit(cast_of_people.invitation(), [each.bundle.encoded for each in people])

    assert set(admitted) == {each.key_id for each in people}
    assert len(admitted) == 5


def test_a_swapped_key_is_refused(cast_of_people: Cast) -> None:
    """A bundle that is valid in itself and not pinned never enters."""
    with pytest.raises(StrangerError):
        admit(cast_of_people.invitation(), [a_stranger().bundle.encoded])


def test_a_bundle_with_another_signature_is_refused(cast_of_people: Cast) -> None:
    """One changed byte is enough."""
    encoded = bytearray(cast_of_people.people["kita"].bundle.encoded)
    encoded[-1] ^= 1
    with pytest.raises(MalformedError):
        admit(cast_of_people.invitation(), [bytes(encoded)])


def test_a_seat_is_admitted_as_root_of_its_case_only(cast_of_people: Cast) -> None:
    """A key without a name has one place, and only there it is taken."""
    invitation = cast_of_people.invitation()
    seat = seat_identity(new_seat_code(system_random), 1_790_000_000).bundle
    other = seat_identity(new_seat_code(system_random), 1_790_000_000).bundle

    assert admit(invitation, [seat.encoded], root=seat) == {seat.key_id: seat}
    with pytest.raises(StrangerError):
        admit(invitation, [other.encoded], root=seat)
    with pytest.raises(StrangerError):
        admit(invitation, [seat.encoded])


def test_a_case_is_sealed_for_those_on_duty(cast_of_people: Cast) -> None:
    """The desk's order is kept, everybody stands in the signed roster."""
    desk = cast_of_people.desk("fachberatung-2", "fachberatung-1")
    chosen = intake(cast_of_people.invitation(), desk, NOW)

    assert [each.key_id for each in chosen.advisers] == list(desk.on_duty)


def test_somebody_on_duty_outside_the_roster_is_refused(cast_of_people: Cast) -> None:
    """The server may order the roster and add nobody, not even another pinned person."""
    desk = cast_of_people.desk("fachberatung-1", "fachberatung-2")
    moderator = cast_of_people.people["moderation"]
    forged = desk.model_copy(
        update={
            "on_duty": (*desk.on_duty, moderator.key_id),
            "bundles": (*desk.bundles, moderator.bundle.encoded),
        }
    )
    with pytest.raises(StrangerError):
        intake(cast_of_people.invitation(), forged, NOW)


def test_one_adviser_alone_is_no_desk(cast_of_people: Cast) -> None:
    """With one person the case would be lost when she is ill; twice the same is still one."""
    desk = cast_of_people.desk("fachberatung-1", "fachberatung-2")
    first = desk.on_duty[0]
    with pytest.raises(StrangerError):
        intake(
            cast_of_people.invitation(), desk.model_copy(update={"on_duty": (first, first)}), NOW
        )


def test_a_missing_bundle_is_refused(cast_of_people: Cast) -> None:
    """Nobody is silently left out of a case."""
    desk = cast_of_people.desk("fachberatung-1", "fachberatung-2")
    with pytest.raises(StrangerError):
        intake(
            cast_of_people.invitation(),
            desk.model_copy(update={"bundles": desk.bundles[:1]}),
            NOW,
        )


def test_a_roster_of_another_institution_is_refused(cast_of_people: Cast) -> None:
    """Only the pinned key vouches for the desk."""
    members = [cast_of_people.people[f"fachberatung-{n}"].key_id for n in (1, 2)]
    begin = int(NOW.timestamp()) - 60
    forged = sign_roster(
        new_institution_key(system_random), "beispielstadt", members, begin, begin + 3600
    )
    with pytest.raises(MalformedError):
        check_roster(cast_of_people.invitation(), forged, NOW)


def test_a_roster_out_of_date_is_refused(cast_of_people: Cast) -> None:
    """Neither yesterday's nor tomorrow's desk takes a case."""
    desk = cast_of_people.desk("fachberatung-1", "fachberatung-2")
    for moment in (NOW + timedelta(days=2), NOW - timedelta(days=2)):
        with pytest.raises(OutOfDateError):
            check_roster(cast_of_people.invitation(), desk.roster, moment)


def test_a_roster_of_another_area_is_refused(cast_of_people: Cast) -> None:
    """A genuine roster serves its own area only."""
    desk = cast_of_people.desk("fachberatung-1", "fachberatung-2", area="anderswo")
    with pytest.raises(StrangerError):
        check_roster(cast_of_people.invitation(), desk.roster, NOW)


def test_a_roster_with_somebody_who_is_no_adviser_is_refused(cast_of_people: Cast) -> None:
    """The pins say who may advise; a signature alone does not."""
    desk = cast_of_people.desk("fachberatung-1", "moderation")
    with pytest.raises(StrangerError):
        check_roster(cast_of_people.invitation(), desk.roster, NOW)


def test_an_unreadable_roster_is_refused(cast_of_people: Cast) -> None:
    """Bytes that are no roster say so."""
    with pytest.raises(MalformedSealError):
        check_roster(cast_of_people.invitation(), b"\xa0", NOW)


@pytest.mark.parametrize("name", ["realm", "area", "origin", "checkpoint_key", "receipt_key"])
def test_a_service_that_shows_anything_else_is_refused(cast_of_people: Cast, name: str) -> None:
    """Every fact the invitation pinned is compared."""
    invitation = cast_of_people.invitation()
    facts = ServiceFacts(
        realm=invitation.realm,
        version="0",
        area=invitation.area,
        origin=invitation.origin,
        checkpoint_key=invitation.checkpoint_key,
        receipt_key=invitation.receipt_key,
        policies={},
        build="",
    )
    check_service(invitation, facts)
    with pytest.raises(ServiceChangedError):
        check_service(invitation, facts.model_copy(update={name: "another"}))
