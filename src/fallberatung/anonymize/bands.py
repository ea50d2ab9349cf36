"""Exact ages as bands, „unter 3 J.“, never across a birthday at which the law changes."""

from fallberatung.anonymize.marks import Age
from fallberatung.anonymize.policy import AgeRules

_MONTHS = 12


def banded(age: Age, rules: AgeRules) -> str:
    """The band in the grammar of the sentence it stands in."""
    months = age.months if age.years < rules.months_below else None
    span, unit = _span(age, months, rules)
    if age.shape == "adjective":
        return f"{span}-{unit[1]}{age.ending}"
    if age.shape == "turning":
        return f"ist {span} {unit[0]}"
    return f"Alter {span} {unit[0]}" if age.shape == "born" else f"{span} {unit[0]}"


def _years(low: int, high: int) -> str:
    return _range(low, high) if low else f"unter {high + 1}"


def _range(low: int, high: int) -> str:
    return f"{low}\u2013{high}"


def _span(age: Age, months: int | None, rules: AgeRules) -> tuple[str, tuple[str, str]]:
    if months is not None:
        for low, high in rules.month_bands:
            if low <= months <= high:
                return _range(low, high), ("Monate", "monatig")
    for low, high in rules.bands:
        if low <= age.years <= high:
            return _years(low, high), ("J.", "jährig")
    return f"über {rules.bands[-1][1]}", ("J.", "jährig")
