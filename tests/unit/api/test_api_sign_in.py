"""Joining, signing in and out: who gets in, and what those who do not are told."""

import hashlib
from pathlib import Path

import pytest

from fakes.open_house import OpenHouse, open_house, text
from fakes.small_town import auth_of, salt_of
from fallberatung.api.errors import TooManyError
from fallberatung.api.throttle import Throttle


def test_an_invitation_works_once(tmp_path: Path) -> None:
    """The second use is refused like an invented one."""
    with open_house(tmp_path, joined=()) as house:
        first = house.join("anna")
        second = house.join("anna")
        invented = house.post(
            "/join", None, {**house.joining("berta"), "invitation": text(bytes(32))}
        )

        assert first.status_code == 201
        assert first.json()["user"] == "anna"
        assert (second.status_code, second.json()["reason"]) == (422, "unknown_invitation")
        assert invented.json() == second.json()


def test_an_invitation_works_with_the_key_and_the_user_it_names_only(tmp_path: Path) -> None:
    """Whoever finds it cannot put a key of their own in its place."""
    with open_house(tmp_path, joined=()) as house:
        stranger = text(house.folk["berta"].bundle.encoded)
        other_key = house.post("/join", None, {**house.joining("anna"), "bundle": stranger})
        other_user = house.post("/join", None, {**house.joining("anna"), "user": "berta"})
        entries = [each for each in house.entries() if each["action"] == "user.create"]

        assert (other_key.status_code, other_key.json()["reason"]) == (422, "another_key")
        assert other_user.json()["reason"] == "unknown_invitation"
        assert [each["outcome"] for each in entries] == ["failed", "failed"]
        assert {each["actor"]["kind"] for each in entries} == {"anon"}
        assert house.join("anna").status_code == 201


def test_an_unknown_user_and_a_wrong_password_look_alike(house: OpenHouse) -> None:
    """The same status, the same words, the same headers but for the date."""
    wrong = house.login("anna", bytes(32))
    unknown = house.login("nobody.here", bytes(32))

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert {**wrong.headers, "date": ""} == {**unknown.headers, "date": ""}
    assert "reason" not in wrong.json()


def test_an_unknown_user_has_a_salt_that_stays(house: OpenHouse) -> None:
    """The same parameters as everybody, and the same salt for the same name."""
    known, one, again, other = (
        house.get(f"/login/params?user={user}").json()
        for user in ("anna", "nobody.here", "nobody.here", "nobody.else")
    )

    assert known["salt"] == text(salt_of("anna"))
    assert one == again
    assert one["salt"] != other["salt"]
    assert len(one["salt"]) == len(known["salt"])
    assert known["kdf"] == one["kdf"] == {"alg": "argon2id", "v": 19, "m": 65536, "t": 3, "p": 1}


@pytest.mark.parametrize("user", ["Anna", "an", "an na", "a" * 65, "änna"])
def test_a_user_name_of_another_form_is_refused(house: OpenHouse, user: str) -> None:
    """Never folded, never quoted."""
    answers = (
        house.get("/login/params", params={"user": user}),
        house.post("/login", None, {"user": user, "auth": text(bytes(32))}),
    )

    assert [answer.status_code for answer in answers] == [400, 400]
    assert all(user not in answer.text for answer in answers if len(user) > 2)


def test_sign_ins_are_in_the_log(house: OpenHouse) -> None:
    """Right, wrong and unknown: who, where known; never what was typed."""
    before = len(house.entries())
    house.login("berta")
    house.login("berta", bytes(32))
    house.login("never.typed", bytes(32))

    entries = house.entries()[before:]
    told = [(each["action"], each["outcome"], each["actor"]["kind"]) for each in entries]
    assert told == [
        ("auth.login", "ok", "user"),
        ("auth.login", "failed", "user"),
        ("auth.login", "failed", "anon"),
    ]
    assert "never.typed" not in str(entries)


def test_the_token_is_nowhere_in_the_house(house: OpenHouse) -> None:
    """Its hash is; whoever steals the database signs in nowhere."""
    token = house.login("gerda").json()["token"]
    content = b"".join(
        path.read_bytes() for path in (house.folder / "data").glob("fallberatung.sqlite3*")
    )
    stored = hashlib.sha256(b"fb/v1/token" + _raw(token)).digest()

    assert token.encode() not in content
    assert _raw(token) not in content
    assert stored in content
    assert auth_of("gerda") not in content


def test_a_sign_in_ends_with_its_sign_out(house: OpenHouse) -> None:
    """The token opens nothing any more."""
    token = house.login("gerda").json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    before = house.get("/me", headers=headers).status_code

    out = house.call("POST", "/logout", headers=headers)

    assert (before, out.status_code) == (200, 204)
    assert house.get("/me", headers=headers).status_code == 401


def test_a_sign_in_ends_unused_and_it_ends_at_last(own_house: OpenHouse) -> None:
    """After an hour without use, and after twelve in any case."""
    house = own_house

    def is_in(user: str) -> bool:
        return bool(house.get("/me", user).status_code == 200)

    assert is_in("anna")
    house.clock.move(minutes=59)
    assert is_in("anna")
    assert not _is_in_after(house, "anna", minutes=60)
    house.tokens.clear()
    for _ in range(12):
        assert is_in("berta")
        house.clock.move(minutes=59)
    assert is_in("berta")
    assert not _is_in_after(house, "berta", minutes=12)


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer x", "Basic YTpi", "bearer " + "A" * 43, "Bearer " + "A" * 43, "B" * 50],
)
def test_without_a_known_token_nothing_is_answered(house: OpenHouse, header: str) -> None:
    """Whatever stands in its place."""
    answer = house.get("/me", headers={"Authorization": header} if header else {})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["type"] == "urn:fallberatung:problem:not_signed_in"


def test_people_are_listed_without_their_sign_in_names(house: OpenHouse) -> None:
    """Name, institution, kind, roles, key; the bundle is the one of the key."""
    people = house.get("/people", "gerda").json()["people"]

    assert len(people) == 8
    assert all(
        set(each) == {"name", "organisation", "kind", "roles", "key_id", "bundle"}
        for each in people
    )
    assert {each["key_id"] for each in people} == {
        text(identity.key_id) for identity in house.folk.people.values()
    }


def test_too_many_wrong_attempts_have_to_wait(own_house: OpenHouse) -> None:
    """The eleventh from one place is not even looked at, whether the account exists or not."""
    house = own_house
    for user in ("anna", "nobody.here"):
        statuses = [house.login(user, bytes(32)).status_code for _ in range(11)]
        assert statuses == [401] * 10 + [429]
    waiting = house.login("anna")
    house.clock.move(minutes=15)

    assert waiting.status_code == 429
    assert 0 < int(waiting.headers["Retry-After"]) <= 900
    assert house.login("anna").status_code == 201


def test_one_address_never_locks_out_its_neighbours(own_house: OpenHouse) -> None:
    """A whole school sits behind one address."""
    house = own_house
    for _ in range(11):
        house.login("anna", bytes(32))

    assert house.login("berta").status_code == 201


def test_an_account_is_throttled_across_addresses(own_house: OpenHouse) -> None:
    """Thirty from many places are thirty."""
    throttle, now = Throttle(), own_house.clock.now
    for number in range(30):
        throttle.check("anna", f"192.0.2.{number}", now)
        throttle.failed("anna", f"192.0.2.{number}", now)

    with pytest.raises(TooManyError):
        throttle.check("anna", "192.0.2.99", now)


def _raw(token: str) -> bytes:
    import base64  # noqa: PLC0415  # one use

    return base64.urlsafe_b64decode(token + "=")


def _is_in_after(house: OpenHouse, user: str, **by: float) -> bool:
    house.clock.move(**by)
    return bool(house.get("/me", user).status_code == 200)
