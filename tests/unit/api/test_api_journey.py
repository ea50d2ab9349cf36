"""A case from the filing to the export, over HTTP, on a real database, with real seals."""

import json

from fakes.open_house import OpenHouse, raw, sealed, text
from fallberatung.audit.commitment import Opening, check_opening
from fallberatung.audit.leaf import parse_leaf
from fallberatung.audit.policy import parse_policy
from fallberatung.audit.receipt import verify_receipt
from fallberatung.audit.verify import verify_bundle
from fallberatung.crypto.opened import caseview
from fallberatung.crypto.sealed.keybundle import parse_bundle
from fallberatung.crypto.sealed.records import Record
from fallberatung.crypto.sealed.roster import parse_roster
from fallberatung.workflow import log


def test_the_desk_is_the_signed_roster_with_the_bundles_of_those_on_duty(
    house: OpenHouse,
) -> None:
    """The client can check the roster and seal for everybody on it who has joined."""
    desk = house.get("/desk", "anna").json()
    roster = parse_roster(
        raw(desk["roster"]),
        institution_key=house.folk.institution.public_key,
        now=int(house.clock.now.timestamp()),
    )

    assert [raw(key) for key in desk["on_duty"]] == list(roster.members)
    assert [parse_bundle(raw(each)).key_id for each in desk["bundles"]] == list(roster.members)


def test_a_case_goes_from_the_filing_to_a_verified_export(house: OpenHouse) -> None:
    """Every station of the first storey, by those who act there."""
    case = house.case_at("in_session")
    path, hands = f"/cases/{case.name}", case.hands
    said = hands.entry(case.records, "gerda")
    house.must(house.post(f"{path}/records", "gerda", {"record": sealed(said)}))
    case.records.append(said)
    answered = hands.own_entry(case.records)
    house.must(house.post(f"{path}/records", "anna", {"record": sealed(answered)}))
    offer = house.get(f"{path}/review-dates?session=1", "frida").json()
    picked = next(each for each in offer["dates"] if each["band"] == "weeks_4")
    signed = hands.choice("frida", "weeks_4", picked["due"], offer["policy"])
    choice = {"session": 1, "band": "weeks_4", "due": picked["due"], "policy": offer["policy"]}
    house.must(house.post(f"{path}/deadlines", "frida", {**choice, "signed": text(signed)}))
    facts = house.get(path, "gerda").json()

    house.service.writer.submit(log.integrate_due(house.service.context())).result(10)
    house.clock.move(hours=2)
    house.service.writer.submit(log.integrate_due(house.service.context())).result(10)
    order = {"start": 0, "end": None, "why": "DSB", "reason": "sample"}
    bundle = house.post("/audit/export", "hanna", order)
    policy = parse_policy(house.get("/audit/policy").text)
    verified = verify_bundle(bundle.content, policy)
    house.clock.move(hours=-2)

    assert facts["state"] == "in_session"
    assert facts["seq"] == 8
    assert facts["deadlines"] == [
        {"kind": "review", "due": picked["due"], "band": "weeks_4", "session": 1}
    ]
    assert bundle.headers["content-type"].startswith("application/x-tar")
    assert verified.size == len(verified.entries) >= 20


def test_a_member_reads_and_opens_what_was_sealed_for_it(house: OpenHouse) -> None:
    """The answer holds records and bundles enough to replay the chain and open the report."""
    case = house.case_at("table_planned")
    answer = house.get(f"/cases/{case.name}/records?why=BERATUNG", "gerda").json()
    records = [Record(raw(each["header"]), raw(each["body"])) for each in answer["records"]]
    view = caseview.begin(case.hands.case, case.hands.seat.bundle)
    people = [parse_bundle(raw(each)) for each in answer["bundles"]]
    view = caseview.with_bundles(view, people)
    for record in records:
        view = caseview.apply(view, record, house.folk["gerda"])

    assert records == case.records
    assert text(view.chain.head) == answer["head"]
    assert caseview.open_entry(view, records[1]).body["t"] == "case_report"


def test_a_part_of_the_records_can_be_asked_for(house: OpenHouse) -> None:
    """Both ends are included, and more than there is is cut off."""
    case = house.case_at("screening")
    path = f"/cases/{case.name}/records?why=BERATUNG"

    middle = house.get(f"{path}&from=2&to=2", "carla").json()
    beyond = house.get(f"{path}&from=3&to=99", "carla").json()

    assert [each["header"] for each in middle["records"]] == [text(case.records[1].header)]
    assert [each["header"] for each in beyond["records"]] == [text(case.records[2].header)]
    assert beyond["seq"] == 3


def test_the_receipt_covers_record_entry_and_opening(house: OpenHouse) -> None:
    """Record, its hash in the opening, commitment, leaf, signed receipt: one unbroken line."""
    hands = house.hands()
    records = hands.filing()
    answer = house.must(house.post("/cases", "anna", house.filing(hands, records)))
    told = answer.json()["acknowledgement"]
    leaf = raw(told["leaf"])
    opening = Opening("detail", raw(told["detail"]["salt"]), raw(told["detail"]["value"]))
    policy = parse_policy(house.get("/audit/policy").text)

    check_opening(parse_leaf(leaf), opening)
    receipt = verify_receipt(raw(answer.headers["Audit-Receipt"]).decode(), leaf, policy)

    digests = [text(record.digest()) for record in records]
    assert json.loads(opening.value)["records"] == digests == told["records"]
    assert receipt.mmd == 3660


def test_filing_the_same_again_is_answered_as_the_first_time(house: OpenHouse) -> None:
    """200 instead of 201, the same words, the same receipt, and no second entry."""
    hands = house.hands()
    filing = house.filing(hands, hands.filing())
    first = house.must(house.post("/cases", "anna", filing))

    again = house.post("/cases", "anna", filing)

    assert again.status_code == 200
    assert again.json() == first.json()
    assert again.headers["Audit-Receipt"] == first.headers["Audit-Receipt"]
    assert len(house.entries_of(hands.case)) == 1


def test_appending_the_same_again_is_answered_as_the_first_time(house: OpenHouse) -> None:
    """Also when others have written meanwhile."""
    case = house.case_at("screening")
    path = f"/cases/{case.name}/records"
    said = {"record": sealed(case.hands.entry(case.records, "carla"))}
    first = house.must(house.post(path, "carla", said))
    case.records.append(case.hands.entry(case.records, "carla"))
    count = len(house.entries_of(case.hands.case))

    again = house.post(path, "carla", said)

    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["Audit-Receipt"] == first.headers["Audit-Receipt"]
    assert len(house.entries_of(case.hands.case)) == count


def test_who_comes_second_is_told_where_the_chain_stands(house: OpenHouse) -> None:
    """409 with head and number, to build the record anew."""
    case = house.case_at("screening")
    path = f"/cases/{case.name}/records"
    one, other = (case.hands.entry(case.records, "carla") for _ in range(2))
    house.must(house.post(path, "carla", {"record": sealed(one)}))

    late = house.post(path, "carla", {"record": sealed(other)})

    assert late.status_code == 409
    assert late.json()["type"] == "urn:fallberatung:problem:stale_head"
    assert (late.json()["head"], late.json()["seq"]) == (text(one.digest()), 4)


def test_a_claimed_case_is_gone_for_the_rest_of_the_desk(house: OpenHouse) -> None:
    """Emma stood in epoch 1 and is not in epoch 2."""
    case = house.case_at("submitted")
    path = f"/cases/{case.name}/records?why=BERATUNG"
    before = house.get(path, "emma").status_code
    house.hand_over(case, "claim", (case.hands.claim(case.records),))

    after = house.get(path, "emma").status_code

    assert (before, after) == (200, 404)


def test_the_second_claim_is_refused(house: OpenHouse) -> None:
    """The first who opens takes the case."""
    case = house.case_at("submitted")
    late = case.hands.claim(case.records, by="emma", deputy="dora")
    house.hand_over(case, "claim", (case.hands.claim(case.records),))

    answer = house.post(f"/cases/{case.name}/claim", "emma", {"records": [sealed(late)]})

    assert answer.status_code == 404


def test_somebody_elses_signature_is_not_accepted(house: OpenHouse) -> None:
    """An epoch is posted by the account whose key signed it."""
    case = house.case_at("submitted")
    claim = case.hands.claim(case.records, by="carla", deputy="emma")

    answer = house.post(f"/cases/{case.name}/claim", "emma", {"records": [sealed(claim)]})

    assert (answer.status_code, answer.json()["reason"]) == (422, "not_your_signature")


def test_only_an_offered_date_is_accepted(house: OpenHouse) -> None:
    """Not a day of one's own, not under another policy, not signed over other words."""
    case = house.case_at("in_session")
    path = f"/cases/{case.name}"
    offer = house.get(f"{path}/review-dates?session=1", "frida").json()
    due = next(each["due"] for each in offer["dates"] if each["band"] == "weeks_2")
    wrong = [
        ("weeks_2", "2026-12-08", offer["policy"], "2026-12-08", "not_offered"),
        ("weeks_2", due, "0" * 64, due, "another_policy"),
        ("weeks_2", due, offer["policy"], "2026-12-08", "another_statement"),
    ]

    for band, day, policy, signed_day, reason in wrong:
        signed = case.hands.choice("frida", band, signed_day, policy)
        said = {"session": 1, "band": band, "due": day, "policy": policy, "signed": text(signed)}
        answer = house.post(f"{path}/deadlines", "frida", said)
        assert (answer.status_code, answer.json()["reason"]) == (422, reason)
    assert house.get(path, "frida").json()["deadlines"] == []


def test_where_tables_are_not_allowed_nobody_convenes(tmp_path: object) -> None:
    """The area's switch, not a person, says no."""
    from pathlib import Path  # noqa: PLC0415  # one use

    from fakes.open_house import open_house  # noqa: PLC0415  # one use

    with open_house(Path(str(tmp_path)), tables="adviser_only") as house:
        case = house.case_at("accepted")
        records = [sealed(record) for record in case.hands.convening(case.records)]

        answer = house.post(f"/cases/{case.name}/convene", "carla", {"records": records})

        assert (answer.status_code, answer.json()["reason"]) == (409, "tables_not_allowed")
