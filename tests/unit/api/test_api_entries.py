"""Every act on a case leaves exactly one entry: done, denied or failed."""

from collections.abc import Callable
from typing import Any

import pytest

from fakes.open_house import API, OpenHouse, Standing, sealed, text
from fallberatung.api.app import create_app

Asking = Callable[[OpenHouse, Standing, str], Any]


def _handover(house: OpenHouse, case: Standing, user: str, step: str, records: Any) -> Any:  # noqa: ANN401  # httpx
    content = {"records": [sealed(record) for record in records]}
    return house.post(f"/cases/{case.name}/{step}", user, content)


def _choice(house: OpenHouse, case: Standing, user: str) -> Any:  # noqa: ANN401  # httpx
    policy = house.service.house.deadlines_hash
    signed = case.hands.choice(user, "weeks_2", "2026-12-07", policy)
    said = {"session": 1, "band": "weeks_2", "due": "2026-12-07", "policy": policy}
    return house.post(f"/cases/{case.name}/deadlines", user, {**said, "signed": text(signed)})


ROUTES: dict[tuple[str, str], tuple[str, str, str, Asking]] = {
    ("GET", "/cases/{case}"): (
        "case.list",
        "screening",
        "carla",
        lambda house, case, user: house.get(f"/cases/{case.name}", user),
    ),
    ("GET", "/cases/{case}/records"): (
        "case.read",
        "screening",
        "carla",
        lambda house, case, user: house.get(f"/cases/{case.name}/records?why=BERATUNG", user),
    ),
    ("POST", "/cases/{case}/records"): (
        "case.append",
        "screening",
        "carla",
        lambda house, case, user: house.post(
            f"/cases/{case.name}/records",
            user,
            {"record": sealed(case.hands.entry(case.records, "carla"))},
        ),
    ),
    ("POST", "/cases/{case}/claim"): (
        "case.claim",
        "submitted",
        "carla",
        lambda house, case, user: _handover(
            house, case, user, "claim", [case.hands.claim(case.records)]
        ),
    ),
    ("POST", "/cases/{case}/accept"): (
        "case.accept",
        "screening",
        "carla",
        lambda house, case, user: house.post(f"/cases/{case.name}/accept", user, {}),
    ),
    ("POST", "/cases/{case}/convene"): (
        "case.convene",
        "accepted",
        "carla",
        lambda house, case, user: _handover(
            house, case, user, "convene", case.hands.convening(case.records)
        ),
    ),
    ("POST", "/cases/{case}/phase"): (
        "case.phase",
        "table_planned",
        "frida",
        lambda house, case, user: house.post(
            f"/cases/{case.name}/phase", user, {"state": "in_session"}
        ),
    ),
    ("GET", "/cases/{case}/review-dates"): (
        "case.list",
        "in_session",
        "frida",
        lambda house, case, user: house.get(f"/cases/{case.name}/review-dates?session=1", user),
    ),
    ("POST", "/cases/{case}/deadlines"): ("deadline.set", "in_session", "frida", _choice),
}
"""Route: action in the log, state the case must be in, who may, and how it is asked."""


def routes_of_a_case(house: OpenHouse) -> set[tuple[str, str]]:
    """Ask the application itself which routes name a case."""
    app = create_app(house.service, ["x"])
    return {
        (str(method), route.path_format.removeprefix(API).replace("{case:str}", "{case}"))
        for route in app.routes
        for method in getattr(route, "route_handler_map", {})
        if "{case" in route.path_format and method != "OPTIONS"
    }


def test_the_table_of_this_file_names_every_route_of_a_case(house: OpenHouse) -> None:
    """A new route is not forgotten here."""
    assert routes_of_a_case(house) == set(ROUTES)
    assert len(ROUTES) >= 9


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_an_act_that_is_done_leaves_one_entry(house: OpenHouse, route: tuple[str, str]) -> None:
    """With the action of the registry, the actor, and the next number of the case."""
    action, state, user, ask = ROUTES[route]
    case = house.case_at(state)
    before = house.entries_of(case.hands.case)

    answer = ask(house, case, user)

    (entry,) = house.entries_of(case.hands.case)[len(before) :]
    assert answer.status_code in {200, 201}, answer.text
    assert (entry["action"], entry["outcome"]) == (action, "ok")
    assert entry["object"] == {"case": case.name, "n": len(before) + 1}
    assert entry["actor"]["id"] == text(house.folk[user].uid)


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_an_act_that_is_denied_leaves_one_entry_and_looks_like_nothing_there(
    house: OpenHouse, route: tuple[str, str]
) -> None:
    """Berta has no part in the case: she is told 404, and the log says who asked."""
    action, state, _, ask = ROUTES[route]
    case = house.case_at(state)
    before = house.entries_of(case.hands.case)

    answer = ask(house, case, "berta")

    (entry,) = house.entries_of(case.hands.case)[len(before) :]
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:fallberatung:problem:not_found"
    assert (entry["action"], entry["outcome"]) == (action, "denied")
    assert entry["detail"] == {"reason": "not_a_member"}
    assert entry["object"]["n"] == len(before) + 1


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_a_case_that_does_not_exist_looks_like_one_that_is_not_mine(
    house: OpenHouse, route: tuple[str, str]
) -> None:
    """The same status and the same words; nothing is logged, because nothing was touched."""
    _, state, user, ask = ROUTES[route]
    case = house.case_at(state)
    denied = ask(house, case, "berta")
    elsewhere = Standing(case.hands, text(b"n" * 16), case.records)
    before = len(house.entries())

    missing = ask(house, elsewhere, user)

    assert (missing.status_code, missing.json()) == (denied.status_code, denied.json())
    assert len(house.entries()) == before


def test_an_act_that_fails_leaves_one_entry_and_nothing_else(house: OpenHouse) -> None:
    """The same record at a place that is taken; the case itself stays as it was."""
    case = house.case_at("screening")
    path = f"/cases/{case.name}/records"
    one, other = (case.hands.entry(case.records, "carla") for _ in range(2))
    house.must(house.post(path, "carla", {"record": sealed(one)}))
    before = house.entries_of(case.hands.case)

    house.post(path, "carla", {"record": sealed(other)})

    (entry,) = house.entries_of(case.hands.case)[len(before) :]
    assert (entry["action"], entry["outcome"]) == ("case.append", "failed")
    assert entry["detail"] == {"reason": "stale_head"}
    assert house.get(f"/cases/{case.name}", "carla").json()["seq"] == 4


def test_a_step_out_of_turn_leaves_one_denied_entry(house: OpenHouse) -> None:
    """Accepting what is not yet claimed: wrong state, said openly to a member."""
    case = house.case_at("submitted")
    before = house.entries_of(case.hands.case)

    answer = house.post(f"/cases/{case.name}/accept", "carla", {})

    (entry,) = house.entries_of(case.hands.case)[len(before) :]
    assert (answer.status_code, answer.json()["reason"]) == (409, "wrong_state")
    assert (entry["outcome"], entry["detail"]) == ("denied", {"reason": "wrong_state"})


def test_the_numbers_of_a_case_have_no_gaps(house: OpenHouse) -> None:
    """Done, denied and failed acts count alike, from one."""
    case = house.case_at("in_session")
    house.get(f"/cases/{case.name}", "berta")
    house.post(f"/cases/{case.name}/phase", "frida", {"state": "nonsense"})
    house.get(f"/cases/{case.name}", "anna")
    numbers = [entry["object"]["n"] for entry in house.entries_of(case.hands.case)]

    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 8


def test_reading_is_in_the_log_before_anything_is_loaded(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When loading fails, the entry stands; when the entry fails, nothing is loaded."""
    case = house.case_at("screening")
    path = f"/cases/{case.name}/records?why=BERATUNG"
    before = len(house.entries_of(case.hands.case))

    def broken(*_: object) -> None:
        raise ValueError("private text")

    with monkeypatch.context() as patched:
        patched.setattr("fallberatung.store.sql_contents.SqlContents.records", broken)
        failed = house.get(path, "carla")
    loaded: list[object] = []
    with monkeypatch.context() as patched:
        patched.setattr("fallberatung.store.sql_audit.SqlOutbox.add", broken)
        patched.setattr(
            "fallberatung.store.sql_contents.SqlContents.records",
            lambda *given: loaded.append(given),
        )
        unlogged = house.get(path, "carla")

    assert (failed.status_code, unlogged.status_code, loaded) == (500, 500, [])
    assert "private" not in failed.text + unlogged.text
    assert len(house.entries_of(case.hands.case)) == before + 1
