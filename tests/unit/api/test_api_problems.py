"""Every failure is a problem of the closed list, and every answer carries its headers."""

import json
import logging
from typing import Any

import pytest
from litestar.testing import TestClient

from fakes.open_house import API, HOST, OpenHouse, text
from fallberatung.api import errors
from fallberatung.api.app import MOST_BODY, create_app
from fallberatung.api.headers import PAGE_POLICY, WORKER_POLICY, _caching
from fallberatung.errors import BrokenError, MalformedError
from fallberatung.roundtable.procedure.errors import AccessError
from fallberatung.store.errors import BusyError
from fallberatung.wire.problem import Problem, Slug
from fallberatung.workflow.errors import AuditUnavailableError, StaleError


def failures(house: OpenHouse) -> dict[str, tuple[int, Any]]:
    """Provoke one failure of each kind a client can provoke."""
    json_headers = {"Content-Type": "application/json"}
    return {
        "malformed": (400, house.post("/login", None, {"user": "anna"})),
        "no json": (
            400,
            house.call("POST", "/login", content=b"{broken", headers=json_headers),
        ),
        "other host": (400, house.get("/service", headers={"Host": "evil.example"})),
        "query": (400, house.get(f"/cases/{text(bytes(16))}/records", "carla")),
        "not signed in": (401, house.get("/me")),
        "wrong login": (401, house.login("anna", bytes(32))),
        "forbidden": (403, house.get("/cases", "hanna")),
        "no such path": (404, house.get("/nothing/here")),
        "no such case": (404, house.get("/cases/nonsense", "carla")),
        "wrong method": (405, house.call("DELETE", "/me")),
        "too large": (
            413,
            house.call("POST", "/login", content=b" " * (MOST_BODY + 1), headers=json_headers),
        ),
        "rule": (422, house.post("/join", None, {**house.joining("anna"), "user": "xyz"})),
    }


def test_every_failure_is_a_problem(house: OpenHouse) -> None:
    """Media type, type, title and status, and nothing that is not in the model."""
    found = failures(house)
    for name, (status, answer) in found.items():
        assert answer.status_code == status, (name, answer.text)
        assert answer.headers["content-type"] == "application/problem+json", name
        problem = Problem.model_validate(answer.json())
        assert problem.status == status, name
        assert problem.slug in set(Slug), name

    assert len(found) >= 12


def test_every_answer_carries_the_security_headers(house: OpenHouse) -> None:
    """Also the errors, also those outside any route."""
    answers = [house.get("/service"), house.get("/nothing/here"), house.get("/me")]

    for answer in answers:
        assert answer.headers["content-security-policy"] == PAGE_POLICY
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "server" not in answer.headers


def test_the_sealed_worker_has_a_policy_of_its_own(house: OpenHouse) -> None:
    """No network at all for the thread that holds cleartext."""
    answer = house.client.get("/assets/pseudonymiser-AbCdEf12.js")

    assert answer.headers["content-security-policy"] == WORKER_POLICY
    assert _caching("/assets/index-AbCdEf12.js").endswith("immutable")
    assert _caching("/") == "no-cache"


def test_a_defect_tells_nothing(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Status 500, a fixed sentence, and in the log the class alone."""

    def broken(*_: object) -> None:
        raise ValueError("private text")

    monkeypatch.setattr("fallberatung.workflow.accounts.people", broken)
    with caplog.at_level(logging.INFO):
        answer = house.get("/people", "anna")

    assert answer.status_code == 500
    assert answer.json() == {
        "type": "urn:fallberatung:problem:internal",
        "title": "internal",
        "status": 500,
    }
    assert "private" not in caplog.text
    assert [record.error_class for record in caplog.records if hasattr(record, "error_class")] == [
        "ValueError"
    ]


@pytest.mark.parametrize(
    ("error", "status", "slug"),
    [
        (BusyError("full"), 503, Slug.BUSY),
        (AuditUnavailableError(), 503, Slug.AUDIT_UNAVAILABLE),
        (StaleError(b"h" * 32, 7), 409, Slug.STALE_HEAD),
        (AccessError("not_a_member"), 404, Slug.NOT_FOUND),
        (AccessError("wrong_state"), 409, Slug.NOT_NOW),
        (AccessError("wrong_role"), 403, Slug.FORBIDDEN),
        (MalformedError("anything"), 400, Slug.MALFORMED),
        (BrokenError("anything"), 500, Slug.INTERNAL),
        (KeyError("anything"), 500, Slug.INTERNAL),
    ],
)
def test_the_table_knows_each_class(error: Exception, status: int, slug: Slug) -> None:
    """Refusals by their meaning, everything unknown as a defect."""
    problem = errors.problem(errors.slug_of(error), error)

    assert (problem.status, problem.slug) == (status, slug)


def test_every_problem_has_a_status() -> None:
    """No slug is forgotten in the table."""
    assert set(errors.STATUS) == set(Slug)


def test_a_busy_house_says_when_to_come_again(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 with Retry-After."""

    def full(*_: object) -> None:
        raise BusyError("the writer's queue is full")

    monkeypatch.setattr(house.service.writer, "submit", full)

    answer = house.login("anna")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


def test_a_log_that_lags_stops_the_reading_and_not_the_filing(own_house: OpenHouse) -> None:
    """After a minute no content, after a quarter of an hour nothing but a filing."""
    house = own_house
    case = house.case_at("screening")
    path = f"/cases/{case.name}"
    read = f"{path}/records?why=BERATUNG"
    house.clock.move(seconds=59)
    fresh = [house.get(read, "carla").status_code]
    house.clock.move(seconds=2)
    lagging = [house.get(read, "carla"), house.get(path, "carla")]
    house.clock.move(minutes=15)
    stuck = house.get(path, "carla")
    hands = house.hands()
    filed = house.post("/cases", "anna", house.filing(hands, hands.filing()))

    assert fresh == [200]
    assert [answer.status_code for answer in lagging] == [503, 200]
    assert lagging[0].json()["type"] == "urn:fallberatung:problem:audit_unavailable"
    assert (stuck.status_code, filed.status_code) == (503, 201)
    refused = [each for each in house.entries_of(case.hands.case) if each["outcome"] == "failed"]
    assert {each["detail"]["reason"] for each in refused} == {"audit_unavailable"}


def test_pages_that_were_not_built_are_a_clear_sentence(house: OpenHouse) -> None:
    """503 in words, and the API works without them."""
    from dataclasses import replace  # noqa: PLC0415  # one use

    app = create_app(replace(house.service, pages=None), [HOST])
    with TestClient(app, base_url=f"http://{HOST}") as client:
        page = client.get("/fall/neu")
        lost = client.get(f"{API}/nothing/here")
        facts = client.get(f"{API}/service")

    assert (page.status_code, page.headers["content-type"]) == (503, "text/plain; charset=utf-8")
    assert "make" in page.text
    assert (lost.status_code, lost.headers["content-type"]) == (404, "application/problem+json")
    assert facts.status_code == 200


def test_the_openapi_names_every_route_and_its_failures(house: OpenHouse) -> None:
    """Each operation has an id and declares problems as problems."""
    answer = house.get("/openapi.json")
    document = json.loads(answer.text)
    operations = {
        (method.upper(), path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }

    assert len(operations) == 22
    assert len({each["operationId"] for each in operations.values()}) == len(operations)
    for operation in operations.values():
        problem = operation["responses"]["503"]["content"]["application/problem+json"]
        assert problem["schema"]["$ref"].endswith("/Problem")


def test_the_facts_of_the_service_are_those_of_the_invitation(house: OpenHouse) -> None:
    """Realm, origin and keys: what clients pin."""
    facts = house.get("/service").json()
    invitation = house.invitations["anna"]

    assert (facts["realm"], facts["origin"]) == (invitation.realm, invitation.origin)
    assert facts["checkpoint_key"] == invitation.checkpoint_key
    assert facts["receipt_key"] == invitation.receipt_key
    assert set(facts["policies"]) >= {"deadlines.toml", "calendar.toml"}


def test_only_the_data_protection_officer_exports(house: OpenHouse) -> None:
    """Others are told so, and the log says that they tried."""
    order = {"start": 0, "end": None, "why": "DSB", "reason": "sample"}
    before = len(house.entries())

    answers = [house.post("/audit/export", user, order) for user in ("carla", "anna", "hanna")]

    told = [
        (each["outcome"], each["purpose"])
        for each in house.entries()[before:]
        if each["action"] == "audit.export"
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 200]
    assert told == [("denied", "DSB"), ("denied", "DSB"), ("ok", "DSB")]


def test_an_export_of_entries_that_do_not_exist_is_refused(house: OpenHouse) -> None:
    """A range beyond the log."""
    order = {"start": 5, "end": 10**9, "why": "DSB", "reason": "sample"}

    answer = house.post("/audit/export", "hanna", order)

    assert (answer.status_code, answer.json()["reason"]) == (422, "no_such_entries")
