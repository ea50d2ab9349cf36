"""Settings, policies, calendar and log lines: what is read from outside, and how strictly."""

import io
import json
import logging
from datetime import date
from pathlib import Path

import pytest

from fallberatung.bootstrap import ambient, logs
from fallberatung.bootstrap.calendar import calendar_of
from fallberatung.bootstrap.errors import SetupError
from fallberatung.bootstrap.pages import build_hash, built_pages
from fallberatung.bootstrap.policies import read_policies
from fallberatung.bootstrap.settings import Settings
from fallberatung.events import Event

REPOSITORY = Path(__file__).parents[3] / "policies"


def test_settings_come_from_the_environment_and_what_is_said_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`FB_DATA` and friends; the value is frozen."""
    monkeypatch.setenv("FB_DATA", str(tmp_path / "environment"))
    monkeypatch.setenv("FB_PORT", "8123")

    settings = Settings(data=tmp_path / "said")

    assert (settings.data, settings.port) == (tmp_path / "said", 8123)
    assert Settings().data == tmp_path / "environment"
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1  # type: ignore[misc]  # this is what must fail


def test_policies_are_hashed_file_by_file_and_as_a_whole(tmp_path: Path) -> None:
    """One changed byte changes its own hash and that of the whole, and no other."""
    for path in REPOSITORY.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = read_policies(tmp_path)
    with (tmp_path / "calendar.toml").open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    after = read_policies(tmp_path)

    changed = {name for name in before.hashes if before.hashes[name] != after.hashes[name]}
    assert changed == {"calendar.toml"}
    assert before.bundle_hash != after.bundle_hash
    assert len(before.hashes) >= 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "deadlines.toml is missing"),
        ("not toml", "not valid TOML"),
        ("a = 1", "not usable"),
    ],
)
def test_a_policy_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, content: str | None, sentence: str
) -> None:
    """Which file, and what is the matter."""
    (tmp_path / "calendar.toml").write_bytes((REPOSITORY / "calendar.toml").read_bytes())
    if content is not None:
        (tmp_path / "deadlines.toml").write_text(content, encoding="utf-8")

    with pytest.raises(SetupError, match=sentence):
        read_policies(tmp_path)


@pytest.mark.parametrize(
    ("land", "day", "name"),
    [
        ("HE", date(2027, 5, 27), "Fronleichnam"),
        ("SN", date(2026, 11, 18), "Buß- und Bettag"),
        ("BE", date(2027, 3, 8), "Frauentag"),
    ],
)
def test_a_calendar_knows_the_holidays_of_its_land(land: str, day: date, name: str) -> None:
    """In German, for the years a deadline can reach."""
    calendar = calendar_of({})(land, 2026)

    assert name in calendar.holidays[day]
    assert not calendar.is_working_day(day)
    assert {holiday.year for holiday in calendar.holidays} == {2025, 2026, 2027, 2028}


def test_a_calendar_takes_the_extra_days_of_the_default_place() -> None:
    """A one-off holiday is a line in a file."""
    policy = {"extra_closed": {"default": {"2026-12-24": "Betriebsruhe"}}}

    assert not calendar_of(policy)("HE", 2026).is_working_day(date(2026, 12, 24))
    assert calendar_of({})("HE", 2026).is_working_day(date(2026, 12, 24))


def test_ambient_draws_what_is_asked_for() -> None:
    """Fresh bytes of the length asked for, and a moment with a zone."""
    assert ambient.random(16) != ambient.random(16)
    assert len(ambient.random(5)) == 5
    assert ambient.clock().tzinfo is not None


def line_of(record: logging.LogRecord) -> dict[str, object]:
    """Render one record."""
    rendered: dict[str, object] = json.loads(logs.formatter().format(record))
    return rendered


def a_record(message: str, **extra: object) -> logging.LogRecord:
    """Make a record as the standard library would."""
    logger = logging.getLogger("fallberatung.test")
    return logger.makeRecord(
        logger.name, logging.INFO, "file", 1, message, (), None, extra=dict(extra)
    )


def test_a_line_holds_its_event_and_allowed_values_only() -> None:
    """A key nobody listed is dropped, whatever it holds."""
    line = line_of(a_record(Event.LOG_LAGGING, lag_seconds=12, name_of_child="Lea"))

    assert line["event"] == "log_lagging"
    assert line["lag_seconds"] == 12
    assert set(line) == {"event", "lag_seconds", "level", "timestamp"}


def test_a_text_of_a_library_is_not_written() -> None:
    """Only that there was one."""
    line = line_of(a_record("GET /fall/Lea failed"))

    assert line["event"] == "foreign"
    assert "Lea" not in json.dumps(line)


def test_of_an_exception_only_the_class_is_written() -> None:
    """Neither its text nor its frames."""
    record = a_record(Event.DUTY_FAILED)
    error = ValueError("private text")
    record.exc_info = (type(error), error, None)

    line = line_of(record)

    assert line["error_class"] == "ValueError"
    assert "private" not in json.dumps(line)


def test_lines_about_requests_carry_the_full_hour_only() -> None:
    """A finer time beside the line of a seat's act would tell its minute."""
    request = line_of(a_record(Event.REQUEST_SERVED, status=200))
    other = line_of(a_record(Event.SERVICE_STARTED))

    assert str(request["timestamp"]).endswith(":00:00Z")
    assert len(str(other["timestamp"])) == len("2026-01-01T00:00:00Z")


def test_libraries_below_a_warning_are_silent() -> None:
    """Setting up sends the whole process through the allow-list."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    try:
        logs.set_up(stream)
        logging.getLogger("library").info("chatter")
        logging.getLogger("library").warning("trouble with Lea")
        logging.getLogger("fallberatung.x").info(Event.SERVICE_STARTED)
    finally:
        root.handlers[:], root.level = before, level
    events = [json.loads(line)["event"] for line in stream.getvalue().splitlines()]

    assert events == ["foreign", "service_started"]


def test_the_build_is_named_by_its_manifest(tmp_path: Path) -> None:
    """Without pages there is no build."""
    assert built_pages(tmp_path) is None
    assert build_hash(None) == ""
    (tmp_path / "index.html").write_text("<!doctype html>", encoding="utf-8")
    (tmp_path / "manifest.sha256.json").write_text("{}", encoding="utf-8")

    assert built_pages(tmp_path) == tmp_path
    assert build_hash(tmp_path) == (
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    )
