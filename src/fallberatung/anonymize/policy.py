"""What to do with each kind of identifying data: read from a file a data-protection officer edits.

Every mistake in the file is one sentence that names the key.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from fallberatung.anonymize.catalogue import CATEGORIES
from fallberatung.anonymize.errors import PolicyFileError

PIPELINE_VERSION = "1.0"

Order = Literal["replace", "generalise", "relate", "remove", "keep"]
Band = tuple[int, int]

_ORDERS: tuple[Order, ...] = ("replace", "generalise", "relate", "remove", "keep")
_SECTIONS = ("version", "age", "dates", "confidence", "actions", "hard_block", "risk", "removed")
_FORMAT = 1
_LONGEST_KEY = 32


@dataclass(frozen=True, slots=True)
class AgeRules:
    """Bands that exact ages become; whole years, both ends inside, without gap.

    Args:
        bands: From 0 upwards; none holds both sides of a year in `never_cross`.
        months_below: Children younger than this many years get a band of months if one is known.
        month_bands: From 0 upwards, in months.
        never_cross: Birthdays that change the law (14, 18).
    """

    bands: tuple[Band, ...]
    months_below: int
    month_bands: tuple[Band, ...]
    never_cross: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DateRules:
    """How far back a date is told in which unit; all in days before or after filing."""

    days_up_to: int
    weeks_up_to: int
    months_up_to: int


@dataclass(frozen=True, slots=True)
class RiskRules:
    """From how many kinds of quasi-identifiers on the report warns or speaks of blocking."""

    warn: int
    block: int


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy that was read and checked.

    Args:
        digest: SHA-256 of the file's bytes, lower-case hex; stands in every receipt.
        actions: Order per category; every category of the catalogue has one.
        removed: What stands in place of a removed detail, per category.
        hard_block: Categories that are never left in a text without a typed reason.
        sure: Confidence from which on the order is proposed without a question.
    """

    digest: str
    age: AgeRules
    dates: DateRules
    risk: RiskRules
    actions: Mapping[str, Order]
    removed: Mapping[str, str]
    hard_block: frozenset[str]
    sure: float


def read_policy(encoded: bytes) -> Policy:
    """The policy in these bytes of a TOML file.

    Raises:
        PolicyFileError: One sentence for the first mistake, naming the key.
    """
    try:
        table = tomllib.loads(encoded.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise PolicyFileError("the policy is not a TOML file in UTF-8") from None
    _check_sections(table)
    actions = _actions(table["actions"])
    return Policy(
        digest=hashlib.sha256(encoded).hexdigest(),
        age=_age(_section(table, "age")),
        dates=_dates(_section(table, "dates")),
        risk=_risk(_section(table, "risk")),
        actions=actions,
        removed=_removed(_section(table, "removed"), actions),
        hard_block=_hard_block(table["hard_block"], actions),
        sure=_share(_section(table, "confidence"), "confidence.sure"),
    )


def _check_sections(table: Mapping[str, object]) -> None:
    for key in _SECTIONS:
        if key not in table:
            raise PolicyFileError(f"{key} is missing")
    for key in table:
        if key not in _SECTIONS:
            raise PolicyFileError(f"{key} is not a key of this file")
    if table["version"] != _FORMAT:
        raise PolicyFileError(f"version must be {_FORMAT}")


def _section(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    section = table[key]
    if not isinstance(section, dict):
        raise PolicyFileError(f"{key} must be a table")
    return section


def _whole(section: Mapping[str, object], key: str, least: int = 0) -> int:
    value = section.get(key.rpartition(".")[2])
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise PolicyFileError(f"{key} must be a whole number of at least {least}")
    return value


def _share(section: Mapping[str, object], key: str) -> float:
    value = section.get(key.rpartition(".")[2])
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise PolicyFileError(f"{key} must be a number from 0 to 1")
    return float(value)


def _age(section: Mapping[str, object]) -> AgeRules:
    crossings = section.get("never_cross")
    if not isinstance(crossings, list) or not all(isinstance(c, int) for c in crossings):
        raise PolicyFileError("age.never_cross must be a list of whole numbers")
    bands = _bands(section, "age.bands")
    for low, high in bands:
        if any(low < year <= high for year in crossings):
            raise PolicyFileError("age.bands holds a band that crosses a year of age.never_cross")
    months = _bands(section, "age.month_bands")
    return AgeRules(bands, _whole(section, "age.months_below"), months, tuple(crossings))


def _bands(section: Mapping[str, object], key: str) -> tuple[Band, ...]:
    value = section.get(key.rpartition(".")[2])
    bands: list[Band] = []
    expected = 0
    for band in value if isinstance(value, list) else []:
        match band:
            case [int(low), int(high)] if low == expected and high >= low:
                bands.append((low, high))
                expected = high + 1
            case _:
                raise PolicyFileError(f"{key} must be pairs [from, to] from 0 on without a gap")
    if not bands:
        raise PolicyFileError(f"{key} must be pairs [from, to] from 0 on without a gap")
    return tuple(bands)


def _dates(section: Mapping[str, object]) -> DateRules:
    days = _whole(section, "dates.days_up_to")
    weeks = _whole(section, "dates.weeks_up_to", days)
    return DateRules(days, weeks, _whole(section, "dates.months_up_to", weeks))


def _risk(section: Mapping[str, object]) -> RiskRules:
    warn = _whole(section, "risk.warn", 1)
    return RiskRules(warn, _whole(section, "risk.block", warn))


def _actions(table: object) -> Mapping[str, Order]:
    if not isinstance(table, dict):
        raise PolicyFileError("actions must be a table")
    _check_categories("actions", table)
    for category in CATEGORIES:
        if category not in table:
            raise PolicyFileError(f"actions.{category} is missing")
        if table[category] not in _ORDERS:
            raise PolicyFileError(f"actions.{category} must be one of {', '.join(_ORDERS)}")
    return MappingProxyType(table)


def _removed(section: Mapping[str, object], actions: Mapping[str, Order]) -> Mapping[str, str]:
    _check_categories("removed", section)
    texts: dict[str, str] = {}
    for category, text in section.items():
        if not isinstance(text, str):
            raise PolicyFileError(f"removed.{category} must be a text")
        texts[category] = text
    for category, order in actions.items():
        if order == "remove" and category not in texts:
            raise PolicyFileError(f"removed.{category} is missing")
    return MappingProxyType(texts)


def _hard_block(value: object, actions: Mapping[str, Order]) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(c, str) for c in value):
        raise PolicyFileError("hard_block must be a list of categories")
    _check_categories("hard_block", value)
    for category in value:
        if actions[category] == "keep":
            raise PolicyFileError(f"actions.{category} must not be keep: it stands in hard_block")
    return frozenset(value)


def _check_categories(key: str, names: Mapping[str, object] | list[str]) -> None:
    for name in names:
        if name not in CATEGORIES:
            raise PolicyFileError(f"{key} names {name[:_LONGEST_KEY]}, which is no category")
