"""What nobody may learn: the author behind a seat, the minute of an act, the words of a body."""

import json
import logging
from datetime import UTC, datetime

import pytest

from fakes.open_house import OpenHouse, sealed, text
from fakes.small_town import NOON
from fallberatung.store.shelves import Shelves

HOUR = NOON.replace(minute=0, second=0, microsecond=0)


def test_no_entry_about_a_case_names_its_author(house: OpenHouse) -> None:
    """Filing, reading, writing, being denied: always the seat, never the account."""
    case = house.case_at("screening")
    account = text(house.folk["anna"].uid)
    house.get(f"/cases/{case.name}", "anna")
    house.get(f"/cases/{case.name}/records?why=BERATUNG", "anna")
    house.post(f"/cases/{case.name}/accept", "anna", {})
    said = case.hands.own_entry(case.records)
    house.must(house.post(f"/cases/{case.name}/records", "anna", {"record": sealed(said)}))
    entries = house.entries_of(case.hands.case)
    seats = [entry for entry in entries if entry["actor"]["kind"] == "seat"]

    assert account not in json.dumps(entries, default=str)
    assert [entry["action"] for entry in seats] == [
        "case.submit",
        "case.list",
        "case.read",
        "case.accept",
        "case.append",
    ]


def test_an_act_of_a_seat_is_dated_to_the_hour_and_carries_no_trace(house: OpenHouse) -> None:
    """No minute, no request, no session, no address."""
    case = house.case_at("submitted")
    (entry,) = house.entries_of(case.hands.case)

    assert entry["at"] == HOUR
    assert entry["request"] is None
    assert "client" not in entry
    assert set(entry["actor"]) == {"id", "kind"}


def test_rows_of_a_seat_are_held_until_the_next_hour(house: OpenHouse) -> None:
    """Otherwise the place in the tree would tell the minute."""
    house.case_at("submitted")

    row = house.service.readers.read(_latest_row).result()

    assert row == (_ms(HOUR), _ms(HOUR) + 3_600_000)


def test_business_rows_of_a_seat_hold_the_day_or_the_hour(house: OpenHouse) -> None:
    """A filing the day, a later entry the hour; a member's entry the moment."""
    case = house.case_at("screening")
    path = f"/cases/{case.name}/records"
    house.must(house.post(path, "anna", {"record": sealed(case.hands.own_entry(case.records))}))
    times = house.service.readers.read(
        lambda found: [
            row.at
            for row in found.contents.records(
                house.service.house.area,
                case.hands.case,  # type: ignore[arg-type]  # bytes in tests
                1,
                9,
            )
        ]
    ).result()

    midnight = datetime(NOON.year, NOON.month, NOON.day, tzinfo=UTC)
    assert times == [midnight, midnight, NOON, HOUR]


def test_a_refused_filing_does_not_lead_from_the_account_to_the_case(house: OpenHouse) -> None:
    """The entry names the seat, so mending and filing again within minutes tells nothing."""
    hands = house.hands()
    records = hands.filing()
    receipt = {"policy": "0" * 64, "version": "1.0", "unresolved": 1}
    before = len(house.entries())

    answer = house.post("/cases", "anna", house.filing(hands, records, receipt=receipt))

    (entry,) = [each for each in house.entries()[before:] if each["action"] == "case.submit"]
    assert (answer.status_code, answer.json()["reason"]) == (422, "undecided_findings")
    assert (entry["outcome"], entry["actor"]["kind"]) == ("failed", "seat")
    assert "object" not in entry


def test_nobody_is_told_who_the_author_is(house: OpenHouse) -> None:
    """No answer to a member or to the DSB holds the account, the name or the house of the author.

    The list of people names everybody of the area, so it is left out here.
    """
    case = house.case_at("in_session")
    account = house.service.readers.read(
        lambda found: found.accounts.by_user(house.service.house.area, "anna")
    ).result()
    assert account is not None
    secrets = [text(account.uid), account.name, account.organisation.name, text(account.key_id)]
    answers = [
        house.get(path, user)
        for user in ("carla", "frida", "gerda", "hanna")
        for path in (
            "/cases",
            f"/cases/{case.name}",
            f"/cases/{case.name}/records?why=BERATUNG",
            f"/cases/{case.name}/review-dates?session=1",
        )
    ]
    text_of_all = "\n".join(answer.text for answer in answers)

    assert [secret for secret in secrets if secret in text_of_all] == []
    assert sum(answer.status_code == 200 for answer in answers) >= 8


def test_the_kind_of_institution_is_coarsened_where_it_points_at_one(house: OpenHouse) -> None:
    """Three schools are many, one kita is not."""
    case = house.case_at("submitted")

    shown = {each["case"]: each["asking"] for each in house.get("/cases", "carla").json()["cases"]}

    assert shown[case.name] == "Schule"


def test_a_list_shows_own_cases_to_their_author_alone(house: OpenHouse) -> None:
    """Berta files too and sees hers, not Anna's; the desk sees both as strangers'."""
    mine, other = house.case_at("submitted"), house.case_at("submitted", author="berta")
    lists = {
        user: {
            each["case"]: each["mine"]
            for each in house.get("/cases", user).json()["cases"]
            if each["case"] in {mine.name, other.name}
        }
        for user in ("anna", "berta", "carla", "gerda")
    }

    assert lists == {
        "anna": {mine.name: True},
        "berta": {other.name: True},
        "carla": {mine.name: False, other.name: False},
        "gerda": {},
    }


def test_a_list_leaves_no_entry(house: OpenHouse) -> None:
    """It would put an account beside the hour of its seat."""
    before = len(house.entries())

    house.get("/cases", "anna")

    assert len(house.entries()) == before


@pytest.mark.parametrize("place", ["case", "legal_basis", "seat", "extra"])
def test_no_error_quotes_what_was_sent(house: OpenHouse, place: str) -> None:
    """Neither a value nor the name of a field nobody asked for."""
    hands = house.hands()
    canary = "Lea-Mustermann-Kanarienvogel"
    filing = house.filing(hands, hands.filing())
    filing[canary if place == "extra" else place] = canary

    answer = house.post("/cases", "anna", filing)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert canary not in answer.text


def test_the_line_about_a_request_holds_its_template_and_nothing_of_its_content(
    house: OpenHouse, caplog: pytest.LogCaptureFixture
) -> None:
    """Method, route template, status, duration."""
    case = house.case_at("submitted")
    house.token("carla")
    caplog.clear()
    with caplog.at_level(logging.INFO):
        house.get(f"/cases/{case.name}/records?why=BERATUNG", "carla")

    (line,) = [record for record in caplog.records if record.getMessage() == "request_served"]
    known = {key: getattr(line, key) for key in ("method", "route", "status")}
    assert known == {"method": "GET", "route": "/api/v1/cases/{case}/records", "status": 200}
    assert case.name not in str(line.__dict__)


def _latest_row(found: Shelves) -> tuple[int, int | None] | None:
    rows = found.log.due(2**52, 10**6)
    return (rows[-1].db_ms, rows[-1].hold_until_ms) if rows else None


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
