"""The schemas describe the same bodies as the dataclasses and the decoder."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import fallberatung.roundtable.deliberation as room
from fakes.entry_examples import BODIES
from fallberatung.roundtable.deliberation.decode import RETRACTABLE, SHAPES, decode_body
from fallberatung.roundtable.deliberation.errors import EntryBodyError
from fallberatung.roundtable.deliberation.registry import TYPE_OF

ENTRIES = Path(room.__path__[0]) / "entries"
SCHEMAS: dict[str, dict[str, Any]] = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8"))
    for path in sorted(ENTRIES.glob("*.schema.json"))
}
SHARED = {"t", "v", "ts", "cp"}

KNOWN_WORDS = {
    "$id $schema additionalProperties const contentEncoding description enum format items",
    "maxItems maxLength maximum minItems minimum oneOf pattern prefixItems properties required",
    "title type x-octets",
}


def is_type(value: object, name: str) -> bool:
    """Say whether a value has a JSON type; a byte string counts as string."""
    types: dict[str, tuple[type, ...]] = {
        "object": (dict,),
        "array": (list,),
        "string": (str, bytes),
        "integer": (int,),
        "boolean": (bool,),
        "null": (type(None),),
    }
    return type(value) in types[name]


def is_day(value: object) -> bool:
    """Say whether a value is a day written as the format `date` wants it."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def violations(value: Any, schema: dict[str, Any]) -> Iterator[str]:  # noqa: ANN401  any value
    """Yield the words of a schema that a value breaks; it knows what these schemas use."""
    if "oneOf" in schema and sum(not [*violations(value, one)] for one in schema["oneOf"]) != 1:
        yield "oneOf"
    if "type" in schema and not is_type(value, schema["type"]):
        yield "type"
        return
    yield from scalar_violations(value, schema)
    if isinstance(value, dict):
        yield from object_violations(value, schema)
    if isinstance(value, list):
        yield from array_violations(value, schema)


def scalar_violations(value: Any, schema: dict[str, Any]) -> Iterator[str]:  # noqa: ANN401  any value
    """Yield what a single value breaks."""
    octets = schema.get("x-octets")
    checks = {
        "const": "const" in schema
        and (type(value), value) != (type(schema["const"]), schema["const"]),
        "enum": "enum" in schema and value not in schema["enum"],
        "minimum": "minimum" in schema and value < schema["minimum"],
        "maximum": "maximum" in schema and value > schema["maximum"],
        "x-octets": isinstance(value, bytes) != (octets is not None)
        and isinstance(value, str | bytes),
        "length": isinstance(value, bytes) and octets is not None and len(value) != octets,
        "pattern": isinstance(value, str)
        and "pattern" in schema
        and not re.search(schema["pattern"], value),
        "maxLength": isinstance(value, str) and len(value) > schema.get("maxLength", len(value)),
        "format": schema.get("format") == "date" and not is_day(value),
    }
    yield from (word for word, broken in checks.items() if broken)


def object_violations(value: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    """Yield what a map breaks."""
    properties = schema.get("properties", {})
    if not set(schema.get("required", ())) <= set(value) <= set(properties):
        yield "keys"
    for key in set(value) & set(properties):
        yield from violations(value[key], properties[key])


def array_violations(value: list[Any], schema: dict[str, Any]) -> Iterator[str]:
    """Yield what an array breaks."""
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield "items"
    items = [schema["items"]] * len(value) if "items" in schema else []
    parts = schema.get("prefixItems", items)
    for part, one in zip(value, parts, strict=False):
        yield from violations(part, one)


def words(schema: dict[str, Any]) -> set[str]:
    """Return every schema word used, outside names of properties."""
    found = set(schema)
    for one in (*schema.get("properties", {}).values(), *schema.get("oneOf", ())):
        found |= words(one)
    for one in (*schema.get("prefixItems", ()), *([schema["items"]] if "items" in schema else ())):
        found |= words(one)
    return found


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_schema_decoder_and_dataclass_name_the_same_keys(name: str) -> None:
    """A key added in one place and forgotten in another fails here."""
    schema, shape = SCHEMAS[name], SHAPES[name]
    own = set(schema["properties"]) - SHARED
    value_class = next(kind for kind, t in TYPE_OF.items() if t == name)

    assert own == {*shape.required, *shape.optional}
    assert set(schema["required"]) - SHARED == set(shape.required)
    assert own == {field.name for field in fields(value_class)}
    assert schema["properties"]["t"]["const"] == name


def test_the_schemas_are_exactly_the_types_and_the_retraction() -> None:
    """One file per type, each saying who it is, and no keyword the checker does not know."""
    used = set().union(*map(words, SCHEMAS.values()))

    assert set(SCHEMAS) == {*SHAPES, "retraction"}
    assert {schema["$id"] for schema in SCHEMAS.values()} == {
        f"urn:fallberatung:entry:{name}:1" for name in SCHEMAS
    }
    assert set(SCHEMAS["retraction"]["properties"]["t"]["enum"]) == RETRACTABLE
    assert used == set(" ".join(KNOWN_WORDS).split())


@pytest.mark.parametrize("name", sorted(BODIES))
def test_a_full_body_fits_its_schema(name: str) -> None:
    """What the decoder reads, the schema allows."""
    assert [*violations(BODIES[name], SCHEMAS[name])] == []


def spoiled(value: Any) -> Iterator[Any]:  # noqa: ANN401  any value
    """Yield values near a good one that may be wrong."""
    yield from (None, True, -1, 2**53, 1.5, "", " ", "x" * 41, b"x", [], {}, "2026-02-30")
    if isinstance(value, list):
        yield value * 201
        yield from ([one] for part in value for one in spoiled(part))
    if isinstance(value, dict):
        yield {**value, "foreign": 1}
        for key, part in value.items():
            yield {other: kept for other, kept in value.items() if other != key}
            yield from ({**value, key: one} for one in spoiled(part))


@pytest.mark.parametrize("name", sorted(set(BODIES) - {"retraction"}))
def test_schema_and_decoder_refuse_the_same_bodies(name: str) -> None:
    """Spoil every place of a body in every way: both say yes or both say no."""
    tried = 0
    for body in spoiled(BODIES[name]):
        if not isinstance(body, dict) or (body.get("t"), body.get("v")) != (name, 1):
            continue
        tried += 1
        try:
            decode_body(body)
            is_read = True
        except EntryBodyError:
            is_read = False

        fits = [not [*violations(body, SCHEMAS[one])] for one in (name, "retraction")]
        assert is_read == any(fits), body
    assert tried >= 40
