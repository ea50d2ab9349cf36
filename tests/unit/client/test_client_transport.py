"""The connection sends what it is told, reads strictly and follows nobody."""

import httpx
import pytest

from fallberatung.client.errors import AddressError, ProblemError, ReplyError, UnreachableError
from fallberatung.client.transport import Exchange, House, is_loopback
from fallberatung.wire.accounts import Kdf
from fallberatung.wire.cases import PhaseChange
from fallberatung.wire.problem import MEDIA_TYPE

ADDRESS = "http://127.0.0.1:8000"
PROBLEM = b'{"type":"urn:fallberatung:problem:rule","title":"x","status":409,"reason":"why"}'


def a_house(answer: httpx.Response, seen: list[httpx.Request] | None = None) -> House:
    """Build a connection that always gets `answer` and notes every request in `seen`."""

    def carry(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        return answer

    return House(ADDRESS, carrier=httpx.MockTransport(carry))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_loopback_is_this_machine(host: str) -> None:
    """Addresses that cannot leave the machine count as loopback."""
    assert is_loopback(host)


@pytest.mark.parametrize(
    "address",
    [
        "http://192.0.2.7:8000",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "ftp://localhost",
        "localhost:8000",
    ],
)
def test_cleartext_to_another_machine_is_refused(address: str) -> None:
    """Plain http is for loopback only."""
    with pytest.raises(AddressError):
        House(address)


def test_the_token_travels_as_bearer_and_never_in_the_repr() -> None:
    """A carried token is sent in its header and shown nowhere."""
    seen: list[httpx.Request] = []
    house = a_house(httpx.Response(200, json={}), seen)
    house.carry("secret-token")
    house.get("/x", Kdf)

    assert seen[0].headers["authorization"] == "Bearer secret-token"
    assert "secret-token" not in repr(house)


def test_a_closed_house_has_forgotten_its_token() -> None:
    """Nothing is left to show after closing."""
    with a_house(httpx.Response(200, json={})) as house:
        house.carry("secret-token")

    assert repr(house).endswith("token=none)")


def test_a_problem_names_its_slug_status_and_reason() -> None:
    """The end of the problem's type is what callers branch on."""
    house = a_house(httpx.Response(409, content=PROBLEM, headers={"content-type": MEDIA_TYPE}))
    with pytest.raises(ProblemError) as caught:
        house.post("/x", PhaseChange(state="closed"), Kdf)

    assert (caught.value.slug, caught.value.status, caught.value.reason) == ("rule", 409, "why")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, text="oops"),
        httpx.Response(404, content=b"{", headers={"content-type": MEDIA_TYPE}),
        httpx.Response(404, content=b'{"type":"x"}', headers={"content-type": MEDIA_TYPE}),
        httpx.Response(302, headers={"location": "https://elsewhere.example"}),
        httpx.Response(200, text="no json"),
        httpx.Response(200, json={"surprise": 1}),
    ],
)
def test_an_answer_of_another_form_is_refused(answer: httpx.Response) -> None:
    """Neither a redirect nor a half-fitting answer is believed."""
    house = a_house(answer)
    with pytest.raises(ReplyError):
        house.get("/x", Kdf)


def test_the_refusal_of_an_answer_does_not_quote_it() -> None:
    """An answer can carry what somebody wrote, so no error repeats it."""
    house = a_house(httpx.Response(200, json={"alg": "Zwetschgenkuchen"}))
    with pytest.raises(ReplyError) as caught:
        house.get("/x", Kdf)

    assert "Zwetschgenkuchen" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_silence_is_one_clear_error() -> None:
    """Whatever breaks on the way is the same error without an address in it."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    house = House(ADDRESS, carrier=httpx.MockTransport(fail))
    with pytest.raises(UnreachableError) as caught:
        house.get("/x", Kdf)

    assert str(caught.value) == "the service cannot be reached"


def test_a_listener_hears_the_body_byte_for_byte() -> None:
    """What the demo shows is what was sent."""
    heard: list[Exchange] = []
    carrier = httpx.MockTransport(lambda _: httpx.Response(200, json={}))
    house = House(ADDRESS, listen=heard.append, carrier=carrier)
    house.post("/cases/x/phase", PhaseChange(state="closed"), Kdf)

    assert heard == [
        Exchange("POST", "/api/v1/cases/x/phase", b'{"state":"closed"}', 200, len(b"{}"))
    ]


def test_text_that_is_no_text_is_refused() -> None:
    """A checkpoint is UTF-8 or nothing."""
    house = a_house(httpx.Response(200, content=b"\xff"))
    with pytest.raises(ReplyError):
        house.text("/audit/checkpoint")
