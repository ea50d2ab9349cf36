"""The officer's commands make files that the operator and the clients take, or say why not."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fallberatung.cli.participant import institution
from fallberatung.client.ambient import system_clock, system_random
from fallberatung.client.officer import read_key_file
from fallberatung.client.people import request_keys
from fallberatung.crypto.sealed.roster import parse_roster
from fallberatung.wire.town import Town

PHRASE = "five words nobody would guess"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with two advisers' requests, a participant's, and a password file."""
    for user, role in (("one", "adviser"), ("two", "adviser"), ("kita", "participant")):
        person = (f"user-{user}", f"Beispiel: {user}", "stelle", (role,))
        _, request = request_keys(
            tmp_path / f"{user}.vault", PHRASE, person, system_clock, system_random
        )
        (tmp_path / f"{user}.json").write_text(request.model_dump_json())
    (tmp_path / "phrase").write_text(PHRASE + "\n")
    return tmp_path


def run(office: Path, command: str, *arguments: str) -> Result:
    """Type one command, with key and password file of the office."""
    key = ("--key", str(office / "institution.key"))
    environment = {"FB_INSTITUTION_PASSWORD_FILE": str(office / "phrase")}
    return CliRunner().invoke(institution, [command, *key, *arguments], env=environment)


def desk(office: Path, *users: str) -> Result:
    """Sign a roster of these people."""
    requests = [str(office / f"{user}.json") for user in users]
    out = str(office / "desk.roster")
    return run(office, "desk", "--area", "stadt", "--out", out, *requests)


def test_from_key_to_town(office: Path) -> None:
    """Key, roster and town file fit together; nothing was sent anywhere."""
    made = run(office, "init")
    signed = desk(office, "one", "two")
    people = [str(office / f"{user}.json") for user in ("one", "two", "kita")]
    written = run(
        office,
        "town",
        *("--area", "stadt", "--name", "Stadt", "--land", "HE"),
        *("--organisation", "stelle", "jugendamt", "Beispiel: Stelle"),
        *("--roster", str(office / "desk.roster"), "--out", str(office / "town.json")),
        *("--tables", "Beispiel", "2026-11-01", "Beispiel: A", "Beispiel: B"),
        *people,
    )
    key = read_key_file(office / "institution.key", PHRASE)
    town = Town.model_validate_json((office / "town.json").read_bytes())
    now = int(system_clock().timestamp())
    roster = parse_roster(town.roster, institution_key=town.institution_key, now=now)

    assert (made.exit_code, signed.exit_code, written.exit_code) == (0, 0, 0)
    assert town.institution_key == key.public_key
    assert len(roster.members) == 2
    assert [person.user for person in town.people] == ["user-one", "user-two", "user-kita"]
    assert (town.tables, town.demo) == ("after_screening", False)


def test_a_password_that_is_too_short_makes_no_key(office: Path) -> None:
    """The offline key is worth a long password."""
    (office / "phrase").write_text("short")
    result = run(office, "init")

    assert result.exit_code == 2
    assert not (office / "institution.key").exists()


def test_without_a_file_the_password_is_asked_for_twice(office: Path) -> None:
    """Typed differently the second time, nothing is made until both are the same."""
    arguments = ["init", "--key", str(office / "institution.key")]
    typed = f"{PHRASE}\nanother thing\n{PHRASE}\n{PHRASE}\n"
    result = CliRunner().invoke(institution, arguments, input=typed)

    assert result.exit_code == 0
    assert PHRASE not in result.output


@pytest.mark.parametrize("users", [("one",), ("one", "one"), ("one", "kita")])
def test_a_desk_that_is_none_is_refused_in_one_line(office: Path, users: tuple[str, ...]) -> None:
    """One person, one twice, or somebody who does not advise: exit 2, one sentence, no file."""
    run(office, "init")
    result = desk(office, *users)

    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1
    assert not (office / "desk.roster").exists()


def test_a_missing_file_is_one_line(office: Path) -> None:
    """No key, no request, no roster: each says so without a traceback."""
    no_key = desk(office, "one", "two")
    run(office, "init")
    no_request = desk(office, "one", "nobody")
    (office / "phrase").unlink()
    no_phrase = desk(office, "one", "two")

    assert [each.exit_code for each in (no_key, no_request, no_phrase)] == [2, 2, 2]
    assert [len(each.output.strip().splitlines()) for each in (no_key, no_request, no_phrase)] == [
        1,
        1,
        1,
    ]


def test_a_day_that_is_none_is_refused(office: Path) -> None:
    """The basis for round tables needs a real day."""
    run(office, "init")
    desk(office, "one", "two")
    result = run(
        office,
        "town",
        *("--area", "stadt", "--name", "Stadt", "--land", "HE"),
        *("--organisation", "stelle", "jugendamt", "Beispiel: Stelle"),
        *("--roster", str(office / "desk.roster"), "--out", str(office / "town.json")),
        *("--tables", "Beispiel", "01.11.2026", "Beispiel: A", "Beispiel: B"),
        str(office / "one.json"),
    )

    assert result.exit_code == 2
    assert not (office / "town.json").exists()
