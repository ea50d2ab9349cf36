"""The officer's files: the key stays sealed, the roster is signed, the town fits together."""

from datetime import UTC, date, datetime
from pathlib import Path
from stat import S_IMODE

import pytest

from fallberatung.client.ambient import system_random
from fallberatung.client.errors import KeyFileError
from fallberatung.client.officer import (
    Plan,
    compose_town,
    make_key_file,
    make_roster,
    read_key_file,
    write_town,
)
from fallberatung.client.people import read_invitation, read_request
from fallberatung.crypto.opened.identity import new_identity
from fallberatung.crypto.opened.institution import new_institution_key
from fallberatung.crypto.sealed.roster import parse_roster
from fallberatung.wire.town import KeyRequest, Town

NOW = datetime(2026, 11, 20, 10, 17, 31, tzinfo=UTC)
PHRASE = "five words nobody would guess"
PLAN = Plan(
    "beispielstadt",
    "Beispielstadt",
    "HE",
    (("schule", "Beispiel: Schule", "school"),),
    ("Beispiel", date(2026, 11, 1), ("Beispiel: A", "Beispiel: B")),
    is_demo=True,
)


def a_request(user: str, role: str) -> KeyRequest:
    """Somebody's request with fresh keys."""
    bundle = new_identity(system_random(16), 1_790_000_000, system_random).bundle.encoded
    return KeyRequest.model_validate(
        {
            "user": user,
            "name": f"Beispiel: {user}",
            "organisation": "schule",
            "roles": [role],
            "bundle": bundle,
        }
    )


def test_the_key_survives_its_file_and_nobody_else_reads_it(tmp_path: Path) -> None:
    """The same phrase opens it, its file is private, and the seed does not stand in it."""
    path = tmp_path / "institution.key"
    key = make_key_file(path, PHRASE, system_random)

    assert read_key_file(path, PHRASE).public_key == key.public_key
    assert S_IMODE(path.stat().st_mode) == 0o600
    assert key.seed not in path.read_bytes()


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    """A second key in the same place is refused: the first vouches for people."""
    path = tmp_path / "institution.key"
    make_key_file(path, PHRASE, system_random)
    before = path.read_bytes()
    with pytest.raises(KeyFileError):
        make_key_file(path, PHRASE, system_random)

    assert path.read_bytes() == before


def test_a_wrong_phrase_and_damage_are_alike(tmp_path: Path) -> None:
    """The refusal tells nobody which of the two it was."""
    path = tmp_path / "institution.key"
    make_key_file(path, PHRASE, system_random)
    with pytest.raises(KeyFileError) as wrong:
        read_key_file(path, "another phrase")
    path.write_bytes(b"\xa0")
    with pytest.raises(KeyFileError) as damaged:
        read_key_file(path, PHRASE)

    assert str(wrong.value) == str(damaged.value)


def test_files_that_cannot_be_read_or_written_are_one_sentence(tmp_path: Path) -> None:
    """No traceback of the operating system reaches the officer."""
    with pytest.raises(KeyFileError):
        read_key_file(tmp_path / "none", PHRASE)
    with pytest.raises(KeyFileError):
        make_key_file(tmp_path / "none" / "key", PHRASE, system_random)
    with pytest.raises(KeyFileError):
        read_request(tmp_path / "none")
    (tmp_path / "odd").write_text("{}")
    with pytest.raises(KeyFileError):
        read_invitation(tmp_path / "odd")


def test_a_roster_names_advisers_in_order() -> None:
    """The signed roster verifies with the public key and keeps the order of the plan."""
    key = new_institution_key(system_random)
    advisers = [a_request(f"adviser-{n}", "adviser") for n in range(3)]
    encoded = make_roster(key, "beispielstadt", advisers, NOW, 90)
    roster = parse_roster(encoded, institution_key=key.public_key, now=int(NOW.timestamp()) + 60)

    assert len(roster.members) == 3
    assert roster.expires - roster.not_before == 90 * 86_400


def test_who_is_no_adviser_stands_in_no_roster() -> None:
    """The officer cannot put a participant at the desk by mistake."""
    key = new_institution_key(system_random)
    people = [a_request("one", "adviser"), a_request("two", "participant")]
    with pytest.raises(KeyFileError):
        make_roster(key, "beispielstadt", people, NOW, 90)


@pytest.mark.parametrize("days", [0, -1, 93])
def test_a_roster_has_an_end(days: int) -> None:
    """It holds for one to ninety-two days."""
    key = new_institution_key(system_random)
    people = [a_request("one", "adviser"), a_request("two", "adviser")]
    with pytest.raises(KeyFileError):
        make_roster(key, "beispielstadt", people, NOW, days)


def test_a_town_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    """What the operator gets is what the officer composed."""
    people = [a_request("one", "adviser"), a_request("two", "adviser")]
    key = new_institution_key(system_random)
    roster = make_roster(key, "beispielstadt", people, NOW, 90)
    town = compose_town(PLAN, key.public_key, roster, people)
    write_town(tmp_path / "town.json", town)

    assert Town.model_validate_json((tmp_path / "town.json").read_bytes()) == town
    assert town.tables == "after_screening"


def test_without_a_basis_there_are_no_tables() -> None:
    """Round tables stay off until two persons decide otherwise."""
    people = [a_request("one", "adviser")]
    plan = Plan(PLAN.area, PLAN.name, PLAN.land, PLAN.organisations, None, is_demo=False)
    town = compose_town(plan, bytes(32), b"r", people)

    assert (town.tables, town.tables_basis, town.demo) == ("adviser_only", None, False)


def test_parts_that_do_not_fit_make_no_town() -> None:
    """A person of an organisation the town does not have is refused."""
    stranger = a_request("one", "adviser").model_copy(update={"organisation": "anderswo"})
    with pytest.raises(KeyFileError):
        compose_town(PLAN, bytes(32), b"r", [stranger])
