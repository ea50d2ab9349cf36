"""Founding, opening and closing the house, and what it does without being asked."""

import stat
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import pytest

from fakes.open_house import OpenHouse, open_house
from fakes.small_town import REALM, Clock, Dice, town, townsfolk
from fallberatung.bootstrap.doctor import examine
from fallberatung.bootstrap.duties import Duties
from fallberatung.bootstrap.errors import SetupError
from fallberatung.bootstrap.founding import default_realm, found_area, initialise
from fallberatung.bootstrap.service import opened
from fallberatung.bootstrap.settings import Settings
from fallberatung.crypto.custody.errors import CustodyError
from fallberatung.store.errors import LockedError
from fallberatung.wire.invitation import Invitation
from fallberatung.workflow.errors import ConflictError, RuleError


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Initialise a house without an area."""
    made = Settings(data=tmp_path / "data")
    initialise(made, REALM, Clock(), Dice())
    return made


def wait_until(claim: Callable[[], bool]) -> None:
    """Wait up to ten seconds for something a thread does."""
    until = monotonic() + 10
    while not claim():
        assert monotonic() < until
        sleep(0.01)


def test_a_new_house_is_for_its_owner_alone(settings: Settings) -> None:
    """Folder, database, keys and lock."""
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in (settings.data, settings.keys, settings.database, settings.lock)
    }

    assert modes == {"data": 0o700, "keys": 0o700, "fallberatung.sqlite3": 0o600, "lock": 0o600}


def test_a_house_is_initialised_once(settings: Settings) -> None:
    """A second time would orphan the first log."""
    with pytest.raises(SetupError, match="initialised already"):
        initialise(settings, REALM, Clock(), Dice())


@pytest.mark.parametrize("realm", ["", "Muster", "a b", "a/b", "-a", "a" * 101])
def test_a_realm_of_another_form_is_refused(tmp_path: Path, realm: str) -> None:
    """It goes into every salt and into the name of the log."""
    with pytest.raises(SetupError, match="realm"):
        initialise(Settings(data=tmp_path / "data"), realm, Clock(), Dice())
    assert not (tmp_path / "data").exists()


def test_the_default_realm_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the host is called."""
    monkeypatch.setattr("socket.gethostname", lambda: "Büro PC")

    assert default_realm() == "localhost"


def test_a_folder_that_was_never_initialised_is_not_opened(tmp_path: Path) -> None:
    """The sentence says what to type."""
    with (
        pytest.raises(SetupError, match="fallberatung init"),
        opened(Settings(data=tmp_path), Clock(), Dice()),
    ):
        pass


def test_a_house_is_open_once(settings: Settings) -> None:
    """One process writes; afterwards the lock is free."""
    with (
        opened(settings, Clock(), Dice(), is_serving=False),
        pytest.raises(LockedError),
        opened(settings, Clock(), Dice(), is_serving=False),
    ):
        pass
    with opened(settings, Clock(), Dice(), is_serving=False) as again:
        assert again.house.realm == REALM


def test_a_house_without_its_keys_stays_closed(settings: Settings) -> None:
    """And says which file is missing."""
    (settings.keys / "master.key").unlink()

    with pytest.raises(CustodyError, match=r"master\.key"), opened(settings, Clock(), Dice()):
        pass


def test_founding_writes_one_private_invitation_per_person(
    settings: Settings, tmp_path: Path
) -> None:
    """Each pins the keys of the log, of the institution and of everybody."""
    folk, folder = townsfolk(), tmp_path / "letters"
    with opened(settings, Clock(), Dice(), is_serving=False) as service:
        count = found_area(service, town(folk), folder)
        origin = service.house.origin
    letters = [Invitation.model_validate_json(path.read_bytes()) for path in folder.iterdir()]

    assert count == len(letters) == 8
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert {letter.origin for letter in letters} == {origin}
    assert len({letter.token for letter in letters}) == 8
    assert {pin.key_id for pin in letters[0].pins} == {
        identity.key_id for identity in folk.people.values()
    }


def test_an_area_is_founded_once(settings: Settings, tmp_path: Path) -> None:
    """The second founding leaves no invitation behind."""
    folk = townsfolk()
    with opened(settings, Clock(), Dice(), is_serving=False) as service:
        found_area(service, town(folk), tmp_path / "first")

        with pytest.raises(ConflictError, match="area exists"):
            found_area(service, town(folk), tmp_path / "second")
    assert list((tmp_path / "second").iterdir()) == []


def test_invitations_are_never_overwritten(settings: Settings, tmp_path: Path) -> None:
    """A folder that holds some is refused, and the area is not founded."""
    folk, folder = townsfolk(), tmp_path / "letters"
    folder.mkdir()
    (folder / "hanna.invitation.json").write_text("old", encoding="utf-8")
    with opened(settings, Clock(), Dice(), is_serving=False) as service:
        with pytest.raises(SetupError, match="invitations already"):
            found_area(service, town(folk), folder)
        assert service.house.area == ""
    assert (folder / "hanna.invitation.json").read_text(encoding="utf-8") == "old"


def test_a_roster_names_advisers_of_the_town_only(settings: Settings, tmp_path: Path) -> None:
    """A stranger on the roster would read every case."""
    folk = townsfolk()
    described = town(folk)
    without_emma = described.model_copy(
        update={"people": tuple(each for each in described.people if each.user != "emma")}
    )
    with (
        opened(settings, Clock(), Dice(), is_serving=False) as service,
        pytest.raises(RuleError, match="stranger"),
    ):
        found_area(service, without_emma, tmp_path / "letters")


def test_a_key_serves_one_person(settings: Settings, tmp_path: Path) -> None:
    """The same bundle for two people is a mistake of the officer."""
    described = town(townsfolk())
    twin = described.people[0].model_copy(update={"user": "twin"})
    doubled = described.model_copy(update={"people": (*described.people, twin)})
    with (
        opened(settings, Clock(), Dice(), is_serving=False) as service,
        pytest.raises(RuleError, match="bad key"),
    ):
        found_area(service, doubled, tmp_path / "letters")


def test_serving_says_so_in_the_log_and_integrates_by_itself(settings: Settings) -> None:
    """`log.start` and the first `policy.change` stand in the tree within moments."""
    with opened(settings, Clock(), Dice()) as service:

        def size() -> int:
            head = service.readers.read(lambda found: found.log.head()).result(5)
            return 0 if head is None else head.size

        wait_until(lambda: size() == 2)
    with opened(settings, Clock(), Dice(), is_serving=False) as service:
        head = service.readers.read(lambda found: found.log.head()).result(5)

    assert head is not None
    assert head.size == 2


def test_the_heart_beats_once_an_hour(settings: Settings) -> None:
    """Also when nobody comes."""
    clock = Clock()
    with opened(settings, clock, Dice(), is_serving=False) as service:
        duties = Duties(service.writer, service.readers, service.context, every=0.005)
        duties.start()

        def beats() -> int:
            rows = service.readers.read(lambda found: found.log.leaves(0, 99)).result(5)
            return sum(b"log.heartbeat" in row.leaf for row in rows)

        sleep(0.05)
        assert beats() == 0
        clock.move(hours=1)
        wait_until(lambda: beats() == 1)
        clock.move(minutes=59)
        sleep(0.05)
        duties.stop()
        assert beats() == 1


def test_a_failing_duty_does_not_end_the_others(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is tried again, and the operator hears of it by its class."""
    failures = iter([ValueError("private text")])

    def sometimes(*_: object) -> int | None:
        for failure in failures:
            raise failure
        return None

    with opened(settings, Clock(), Dice(), is_serving=False) as service:
        monkeypatch.setattr("fallberatung.store.sql_audit.SqlLog.oldest_due_ms", sometimes)
        duties = Duties(service.writer, service.readers, service.context, every=0.005)
        duties.start()
        wait_until(lambda: bool(caplog.records))
        duties.stop()

    assert [record.error_class for record in caplog.records] == ["ValueError"]  # type: ignore[attr-defined]  # given as extra
    assert "private" not in caplog.text


def test_the_doctor_finds_a_healthy_house_in_order(tmp_path: Path) -> None:
    """Eight looks, all good, also while it runs."""
    with open_house(tmp_path, joined=()) as house:
        running = look(house)

    assert {name for name, is_good in running.items() if not is_good} == set()
    assert len(running) == 7


def test_the_doctor_names_what_is_wrong_and_goes_on(tmp_path: Path) -> None:
    """A missing key hides neither the roster that ran out nor the log that lags."""
    with open_house(tmp_path, joined=()) as house:
        (house.folder / "data" / "keys" / "master.key").unlink()
        house.login("anna", bytes(32))
        house.clock.move(days=40)

        found = look(house)

    assert {name for name, is_good in found.items() if not is_good} == {"keys", "area", "log"}


def test_the_doctor_changes_nothing_where_nothing_is(tmp_path: Path) -> None:
    """An empty folder stays empty."""
    findings = examine(Settings(data=tmp_path), Clock()())

    assert [finding.name for finding in findings if not finding.is_good] == ["keys", "database"]
    assert list(tmp_path.iterdir()) == []


def look(house: OpenHouse) -> dict[str, bool]:
    """Let the doctor look at a house."""
    settings = Settings(data=house.folder / "data")
    return {finding.name: finding.is_good for finding in examine(settings, house.clock())}
