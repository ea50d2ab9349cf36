"""What `policies/deadlines.toml` may say, read strictly from the already parsed table.

The ground floors open no file: whoever has the bytes parses them, hashes them and hands the
table in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from string import Formatter
from types import MappingProxyType
from typing import Final, Literal, get_args

from fallberatung.roundtable.procedure.errors import PolicyFileError

Unit = Literal["working_days", "days", "weeks", "months", "hours"]
"""What a period is counted in."""

UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
"""All units."""

SCALE_TOP: Final = 10
"""The safety scale runs from 0 (cannot stay there now) to 10 (safe enough)."""

BANDS: Final = ("call_back", "weeks_2", "weeks_4", "weeks_12", "closing")
"""The keys of the bands, lowest first; they are stored and signed, so they never change."""


@dataclass(frozen=True, slots=True)
class Band:
    """What follows from a lowest rating between `low` and `high`, both included.

    Attributes:
        key: one of `BANDS`.
        low: lower end on the scale.
        high: upper end.
        unit: of the period; None where there is no date.
        count: length of the period, 0 without one.
        text: German sentence with the slots `{how}` and `{due}`.
    """

    key: str
    low: int
    high: int
    unit: Literal["working_days", "weeks"] | None
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A deadline of the procedure: its key, length and, when urgent, the shorter length."""

    key: str
    unit: Unit
    count: int
    urgent_count: int | None


@dataclass(frozen=True, slots=True)
class Templates:
    """The German building stones of an explanation.

    Attributes:
        one: unit to its word after "1".
        many: unit to its word after any other number.
        period: slots `{count}`, `{unit}`, `{start}`.
        plain: slots `{period}`, `{due}`.
        shifted: slots `{period}`, `{reason}`, `{due}`.
        skipped: like `shifted`.
        weekend: the word for Saturday and Sunday.
        conjunction: stands before the last of several reasons.
    """

    one: Mapping[str, str]
    many: Mapping[str, str]
    period: str
    plain: str
    shifted: str
    skipped: str
    weekend: str
    conjunction: str


@dataclass(frozen=True, slots=True)
class DeadlinePolicy:
    """The whole file: bands of the review, duties, templates."""

    bands: tuple[Band, ...]
    duties: tuple[Duty, ...]
    templates: Templates

    def duty(self, key: str) -> Duty:
        """Return a duty by its key.

        Raises:
            PolicyFileError: the policy names no such duty.
        """
        for duty in self.duties:
            if duty.key == key:
                return duty
        raise PolicyFileError("the policy names no such duty")


_SLOTS: Final = MappingProxyType(
    {
        "period": {"count", "unit", "start"},
        "plain": {"period", "due"},
        "shifted": {"period", "reason", "due"},
        "skipped": {"period", "reason", "due"},
    }
)


def read_deadline_policy(mapping: Mapping[str, object]) -> DeadlinePolicy:
    """Return the policy a parsed `deadlines.toml` states.

    Raises:
        PolicyFileError: a part is missing, unknown or of the wrong kind; the bands are not
            exactly `BANDS` or do not cover the scale without gap and overlap.
    """
    _only(mapping, {"bands", "duties", "explain"}, "file")
    bands = tuple(_band(key, _table(_table(mapping, "bands"), key)) for key in BANDS)
    _only(_table(mapping, "bands"), set(BANDS), "bands")
    _check_cover(bands)
    duties = _table(mapping, "duties")
    return DeadlinePolicy(
        bands,
        tuple(_duty(key, _table(duties, key)) for key in duties),
        _templates(_table(mapping, "explain")),
    )


def _band(key: str, table: Mapping[str, object]) -> Band:
    _only(table, {"low", "high", "unit", "count", "text"}, f"bands.{key}")
    low, high = _number(table, "low"), _number(table, "high")
    text = _text(table, "text", {"how", "due"})
    if "unit" not in table:
        return Band(key, low, high, None, 0, text)
    unit = table["unit"]
    if unit not in {"working_days", "weeks"}:
        raise PolicyFileError(f"bands.{key}.unit is neither working_days nor weeks")
    return Band(
        key,
        low,
        high,
        unit,
        _length(table, "count"),
        text,
    )


def _check_cover(bands: tuple[Band, ...]) -> None:
    covered = [value for band in bands for value in range(band.low, band.high + 1)]
    if covered != list(range(SCALE_TOP + 1)):
        raise PolicyFileError("bands do not cover the scale from 0 to 10 once each")


def _duty(key: str, table: Mapping[str, object]) -> Duty:
    _only(table, {"unit", "count", "urgent"}, f"duties.{key}")
    if (unit := table.get("unit")) not in UNITS:
        raise PolicyFileError(f"duties.{key}.unit is not a unit")
    urgent = _length(table, "urgent") if "urgent" in table else None
    return Duty(key, unit, _length(table, "count"), urgent)


def _templates(table: Mapping[str, object]) -> Templates:
    _only(table, {field.name for field in fields(Templates)}, "explain")
    words = {name: _words(_table(table, name)) for name in ("one", "many")}
    slots = {name: _text(table, name, allowed) for name, allowed in _SLOTS.items()}
    plain = {name: _text(table, name, set()) for name in ("weekend", "conjunction")}
    return Templates(words["one"], words["many"], **slots, **plain)


def _words(table: Mapping[str, object]) -> Mapping[str, str]:
    _only(table, set(UNITS), "explain")
    return MappingProxyType({unit: _text(table, unit, set()) for unit in UNITS})


def _only(table: Mapping[str, object], known: set[str], place: str) -> None:
    if unknown := sorted(set(table) - known):
        # Names of keys are the file's own words; values are not quoted.
        raise PolicyFileError(f"{place} has a key nobody reads: {unknown[0]}")


def _table(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = table.get(key)
    if not isinstance(value, Mapping):
        raise PolicyFileError(f"{key} is not a table")
    return value


def _number(table: Mapping[str, object], key: str) -> int:
    value = table.get(key)
    if type(value) is not int or value < 0:
        raise PolicyFileError(f"{key} is not a whole number")
    return value


def _length(table: Mapping[str, object], key: str) -> int:
    if (value := _number(table, key)) < 1:
        raise PolicyFileError(f"{key} is not a positive number")
    return value


def _text(table: Mapping[str, object], key: str, slots: set[str]) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise PolicyFileError(f"{key} is not a text")
    try:
        named = {name for _, name, _, _ in Formatter().parse(value) if name is not None}
    except ValueError:
        raise PolicyFileError(f"{key} has an unbalanced brace") from None
    if not named <= slots:
        raise PolicyFileError(f"{key} has a slot nobody fills")
    return value
