"""What goes wrong on the way is refused or mended, on the real house."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

import httpx
import pytest

from fallberatung.cli.demo_steps import Pseudonymised, Stage
from fallberatung.client.ambient import system_random
from fallberatung.client.author import FiledCase, Prepared, Terms, prepare_case, report_of, submit
from fallberatung.client.cards import comment
from fallberatung.client.casefile import read_case
from fallberatung.client.desk import claim, my_cases
from fallberatung.client.drafting import released
from fallberatung.client.errors import (
    HistoryError,
    ProblemError,
    ServiceChangedError,
    StrangerError,
)
from fallberatung.client.hands import Hands
from fallberatung.client.people import sign_in
from fallberatung.client.steps import change_phase
from fallberatung.client.table import board, convene, write
from fallberatung.client.transport import House
from fallberatung.crypto.opened.identity import new_identity
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.roundtable.procedure.errors import MembershipError


class Notebook(Protocol):
    """The walk's steps."""

    steps: dict[str, object]


class Journey(Protocol):
    """What the fixture gives."""

    stage: Stage
    notebook: Notebook
    filed: FiledCase


class Forger(httpx.BaseTransport):
    """A network that changes answers or loses them, and lets others act before a request."""

    def __init__(
        self,
        forge: Callable[[httpx.Request, httpx.Response], httpx.Response],
        meanwhile: Callable[[httpx.Request], None] = lambda _: None,
    ) -> None:
        self.inner = httpx.HTTPTransport()
        self.forge = forge
        self.meanwhile = meanwhile

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request, and forge its answer."""
        self.meanwhile(request)
        answer = self.inner.handle_request(request)
        answer.read()
        return self.forge(request, answer)

    def close(self) -> None:
        """Let go of the sockets."""
        self.inner.close()


def behind(hands: Hands, carrier: httpx.BaseTransport) -> Hands:
    """The same person, signed in, behind another network."""
    house = House(hands.house.address, carrier=carrier)
    house.carry(hands.house._token)
    return replace(hands, house=house)


def a_filing(journey: Journey) -> Prepared:
    """Another case with the text of the walk, not yet sent."""
    hands = journey.stage.hands("lehrkraft")
    made = cast("Pseudonymised", journey.notebook.steps["Pseudonymised"]).release
    report = report_of(made, journey.stage.policy, hands.clock())
    return prepare_case(hands, report, made.receipt, made.correspondence, Terms())


def swapped(path: str) -> Forger:
    """Replace the first bundle in answers whose path ends so by that of an accomplice."""
    accomplice = new_identity(system_random(16), 1, system_random)

    def forge(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if not request.url.path.endswith(path):
            return answer
        told = json.loads(answer.content)
        told["bundles"][0] = b64u(accomplice.bundle.encoded)
        if "on_duty" in told:
            told["on_duty"][0] = b64u(accomplice.key_id)
        return httpx.Response(answer.status_code, json=told)

    return Forger(forge)


def test_a_swapped_key_at_the_desk_stops_the_filing(journey: Journey) -> None:
    """Before anything is sealed for it, the accomplice's key is refused."""
    hands = behind(journey.stage.hands("lehrkraft"), swapped("/desk"))
    made = cast("Pseudonymised", journey.notebook.steps["Pseudonymised"]).release
    report = report_of(made, journey.stage.policy, hands.clock())
    with hands.house, pytest.raises(StrangerError):
        prepare_case(hands, report, made.receipt, made.correspondence, Terms())


def test_a_swapped_key_in_a_case_stops_the_reading(journey: Journey) -> None:
    """A bundle the invitation does not name ends the reading."""
    hands = behind(journey.stage.hands("moderation"), swapped("/records"))
    with hands.house, pytest.raises(StrangerError):
        read_case(hands, journey.filed.case)


def test_a_service_with_other_log_keys_gets_no_password(journey: Journey) -> None:
    """The facts are compared with the invitation before anything of the login is sent."""
    sent: list[str] = []

    def forge(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        sent.append(request.url.path)
        told = json.loads(answer.content)
        return httpx.Response(200, json={**told, "origin": "another/audit/1"})

    hands = journey.stage.hands("kita")
    with (
        House(hands.house.address, carrier=Forger(forge)) as house,
        pytest.raises(ServiceChangedError),
    ):
        sign_in(house, hands.vault, "never used", hands.clock, hands.random)

    assert sent == ["/api/v1/service"]


def test_a_lost_reply_gives_the_same_receipt(journey: Journey) -> None:
    """Sent again, the very same filing is one case with one receipt."""
    hands = journey.stage.hands("lehrkraft")
    prepared = a_filing(journey)
    before = len(my_cases(hands))
    first, second = submit(hands, prepared), submit(hands, prepared)

    assert second == first
    assert len(my_cases(hands)) == before + 1


def test_the_client_itself_asks_again_after_a_lost_reply(journey: Journey) -> None:
    """The service took the case, the answer was lost, the client repeats: one case, one receipt."""
    lost: list[str] = []

    def forge(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if request.method == "POST" and not lost:
            lost.append(request.url.path)
            raise httpx.ReadError("gone", request=request)
        return answer

    author = journey.stage.hands("lehrkraft")
    prepared = a_filing(journey)
    before = len(my_cases(author))
    hands = behind(author, Forger(forge))
    with hands.house:
        filed = submit(hands, prepared)

    assert lost == ["/api/v1/cases"]
    assert filed.receipt.action == "case.submit"
    assert len(my_cases(author)) == before + 1


def test_a_stale_head_is_rebuilt(journey: Journey) -> None:
    """Two people write on the same head; the second is read anew, made anew, and stands behind."""
    stage, case = journey.stage, journey.filed.case
    words = released("Das sehe ich auch so.", stage.policy, stage.today())
    moderator, kita = stage.hands("moderation"), stage.hands("kita")
    at_once = read_case(moderator, case), read_case(kita, case)
    first = write(moderator, at_once[0], comment(words))
    second = write(kita, at_once[1], comment(words))

    assert second.seq == first.seq + 1
    assert len(board(read_case(moderator, case)).comments) >= 2


def test_an_older_head_than_seen_is_never_believed(journey: Journey) -> None:
    """What the second writer's vault remembers is the newest link it has checked."""
    kita = journey.stage.hands("kita")
    file = read_case(kita, journey.filed.case)
    seen = kita.belongings.seen_of(journey.filed.case)

    assert seen is not None
    assert (seen.seq, seen.head) == (file.view.chain.seq, file.view.chain.head)


@pytest.mark.parametrize(
    ("user", "answer"),
    [("kita", (404, "not_found")), ("moderation", (404, "not_found")), ("dsb", (403, "forbidden"))],
)
def test_who_does_not_sit_at_the_table_is_refused(
    journey: Journey, user: str, answer: tuple[int, str]
) -> None:
    """People without a part in a case do not even learn that it exists; the DSB sees no case."""
    filed = submit(journey.stage.hands("lehrkraft"), a_filing(journey))
    hands = journey.stage.hands(user)
    with pytest.raises(ProblemError) as caught:
        read_case(hands, filed.case)

    assert (caught.value.status, caught.value.slug) == answer


def test_a_second_adviser_comes_too_late(journey: Journey) -> None:
    """Both open the case at once; one claim stands, and the other adviser is the deputy now."""
    stage = journey.stage
    filed = submit(stage.hands("lehrkraft"), a_filing(journey))
    faster: list[str] = []

    def overtake(request: httpx.Request) -> None:
        if request.url.path.endswith("/claim"):
            faster.append(claim(stage.hands("fachberatung-1"), filed.case).state)

    slower = behind(stage.hands("fachberatung-2"), Forger(lambda _, answer: answer, overtake))
    with slower.house, pytest.raises(ProblemError) as caught:
        claim(slower, filed.case)

    assert faster == ["screening"]
    assert (caught.value.status, caught.value.slug) == (403, "forbidden")


def test_a_claimed_case_is_not_claimed_again(journey: Journey) -> None:
    """Whoever reads it after the claim learns so from the rules, before anything is sent."""
    filed = submit(journey.stage.hands("lehrkraft"), a_filing(journey))
    claim(journey.stage.hands("fachberatung-1"), filed.case)
    with pytest.raises((HistoryError, MembershipError)):
        claim(journey.stage.hands("fachberatung-2"), filed.case)


def test_a_case_that_was_not_accepted_has_no_table(journey: Journey) -> None:
    """The order of the steps is the server's to hold."""
    stage = journey.stage
    filed = submit(stage.hands("lehrkraft"), a_filing(journey))
    adviser = stage.hands("fachberatung-1")
    claim(adviser, filed.case)
    seat = (stage.hands("moderation").account.key_id, "moderator")
    with pytest.raises(ProblemError) as caught:
        convene(adviser, filed.case, [seat])
    with pytest.raises(ProblemError):
        change_phase(adviser, filed.case, "in_session")

    assert caught.value.status in {403, 409}


def test_signing_in_with_another_password_is_refused(journey: Journey) -> None:
    """The service says wrong_login, and the client has no token afterwards."""
    hands = journey.stage.hands("kita")
    with House(hands.house.address) as house, pytest.raises(ProblemError) as caught:
        sign_in(house, hands.vault, "not the password", hands.clock, hands.random)

    assert caught.value.slug == "wrong_login"
    assert Path(hands.vault.path).exists()
