"""Small acts: picking a date, releasing words, reading names back, joining."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import pytest

from fallberatung.anonymize.correspondence import Correspondence
from fallberatung.anonymize.errors import PolicyFileError, UndecidedError
from fallberatung.client.ambient import local_day, system_clock, system_random
from fallberatung.client.belongings import OwnSeat
from fallberatung.client.cards import map_item
from fallberatung.client.dates import pick
from fallberatung.client.drafting import find_policy, released, with_names
from fallberatung.client.errors import BandError, ServiceChangedError, StrangerError, VaultFileError
from fallberatung.client.hands import Hands
from fallberatung.client.people import join, sign_in
from fallberatung.client.transport import House
from fallberatung.crypto.opened.errors import WeakKdfError
from fallberatung.roundtable.deliberation.compose import Stamp
from fallberatung.roundtable.deliberation.errors import EntryBodyError
from fallberatung.wire.accounts import Kdf, LoginParams
from fallberatung.wire.deadlines import ReviewDate, ReviewDates
from fallberatung.wire.encoding import Words
from fallberatung.wire.invitation import Invitation
from fallberatung.wire.service import ServiceFacts

TODAY = date(2026, 11, 20)
OFFERED = ReviewDates(
    session=1,
    policy="0" * 64,
    dates=(
        ReviewDate(band="call_back", due=None, explanation="heute"),
        ReviewDate(band="weeks_2", due=date(2026, 12, 4), explanation="2 Wochen"),
    ),
)


class Cast(Protocol):
    """Invitations."""

    def invitation(self, user: str = "lehrkraft") -> Invitation:
        """Invite one."""


class Paper(Protocol):
    """A service on paper."""

    answers: Mapping[str, object]
    requests: list[object]

    def say(self, route: str, word: Words) -> None:
        """Answer."""

    def house(self) -> House:
        """Connect."""


class Company(Protocol):
    """Who acts."""

    cast: Cast
    paper: Paper

    def hands(self, user: str, seats: tuple[OwnSeat, ...] = ()) -> Hands:
        """Sign in."""


def facts_of(invitation: Invitation) -> ServiceFacts:
    """The service as the invitation pinned it."""
    return ServiceFacts(
        realm=invitation.realm,
        version="0",
        area=invitation.area,
        origin=invitation.origin,
        checkpoint_key=invitation.checkpoint_key,
        receipt_key=invitation.receipt_key,
        policies={},
        build="",
    )


@pytest.mark.parametrize(
    ("lowest", "band"), [(0, "call_back"), (2, "call_back"), (3, "weeks_2"), (None, "call_back")]
)
def test_the_lowest_rating_picks_the_row(lowest: int | None, band: str) -> None:
    """The band of the lowest value decides; without ratings the most careful one does."""
    row = pick(OFFERED, lowest)

    assert row.band == band


def test_a_band_that_is_not_offered_is_no_other_band() -> None:
    """The client never takes the next best date."""
    with pytest.raises(BandError):
        pick(OFFERED, 7)


def test_words_with_a_name_are_not_released() -> None:
    """A short text in which something is found needs a person's decision."""
    policy = find_policy()
    with pytest.raises(UndecidedError):
        released("Bitte 069 90009-418 anrufen.", policy, TODAY)

    assert released("Das sehe ich auch so.", policy, TODAY).text == "Das sehe ich auch so."


def test_a_folder_without_the_policy_is_said_so(tmp_path: Path) -> None:
    """Nothing is pseudonymised by a policy nobody chose."""
    with pytest.raises(PolicyFileError):
        find_policy(tmp_path)


def test_names_come_back_from_the_correspondence() -> None:
    """Labels in other people's words become the names the author knows."""
    kept = Correspondence((("Kind A", "Lea"),), ()).to_bytes()

    assert with_names("Kind A kommt.", kept) == "Lea kommt."


def test_a_card_of_an_unknown_source_is_refused() -> None:
    """Codes outside the lists are refused before anything is sealed."""
    words = released("Das sehe ich auch so.", find_policy(), TODAY)
    card = map_item("past_harm", words, when=words, source="dreamt")
    with pytest.raises(EntryBodyError):
        card(Stamp(1, None))
    with pytest.raises(KeyError):
        map_item("wish", words)


def test_the_day_is_counted_in_germany() -> None:
    """Late in the evening UTC it is already tomorrow in Berlin."""
    assert local_day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)


def test_the_clock_tells_utc_and_the_dice_the_length() -> None:
    """The two ambient sources do what everything else relies on."""
    assert system_clock().tzinfo is UTC
    assert len(system_random(7)) == 7
    assert system_random(16) != system_random(16)


def test_an_invitation_for_somebody_else_is_refused(company: Company) -> None:
    """Whoever picks up another person's invitation cannot join with it."""
    hands = company.hands("kita")
    with pytest.raises(StrangerError):
        join(
            company.paper.house(),
            hands.vault,
            company.cast.invitation("moderation"),
            "x",
            system_random,
        )

    assert company.paper.requests == []


def test_an_invitation_that_does_not_know_the_key_is_refused(company: Company) -> None:
    """The pins must name the key in this vault, or the operator invited somebody else."""
    hands = company.hands("kita")
    invitation = company.cast.invitation("kita")
    others = tuple(pin for pin in invitation.pins if pin.key_id != hands.account.key_id)
    with pytest.raises(StrangerError):
        join(
            company.paper.house(),
            hands.vault,
            invitation.model_copy(update={"pins": others}),
            "x",
            system_random,
        )


def test_joining_the_wrong_service_sends_nothing_secret(company: Company) -> None:
    """Only the public facts are asked for before the refusal."""
    hands = company.hands("kita")
    invitation = company.cast.invitation("kita")
    wrong = facts_of(invitation).model_copy(update={"realm": "elsewhere"})
    company.paper.say("GET /service", wrong)
    with pytest.raises(ServiceChangedError):
        join(company.paper.house(), hands.vault, invitation, "x", system_random)

    assert len(company.paper.requests) == 1


def test_weak_password_hashing_is_refused(company: Company) -> None:
    """A server that asks for less than fb/v1 gets no login at all."""
    hands = company.hands("kita")
    company.paper.say("GET /service", facts_of(hands.invitation))
    weak = LoginParams(salt=b"s" * 16, kdf=Kdf(m=8, t=1))
    company.paper.say("GET /login/params", weak)
    with pytest.raises(WeakKdfError):
        sign_in(company.paper.house(), hands.vault, "x", hands.clock, hands.random)

    assert len(company.paper.requests) == 2


def test_who_has_not_joined_cannot_sign_in(company: Company) -> None:
    """Without an invitation there is nothing to trust."""
    hands = company.hands("kita")
    hands.keep(replace(hands.belongings, invitation=None))
    with pytest.raises(VaultFileError):
        sign_in(company.paper.house(), hands.vault, "x", hands.clock, hands.random)


def test_hands_show_a_user_name_and_nothing_else(company: Company) -> None:
    """Keys, pins and token stay out of tracebacks."""
    assert repr(company.hands("kita")) == "Hands('kita')"
