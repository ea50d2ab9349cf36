"""The four openable fields of an entry and their closed schemas: no room for free text.

What a person could be recognised by never stands in a leaf but behind a commitment, in one of
``actor``, ``object``, ``client``, ``detail``. Whatever is not listed here cannot be logged:
case text, titles, file names, search words, typed user names, keys and tokens have no key to
stand under. See docs/spec/audit.md#fields.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from fallberatung.audit.actions import Action
from fallberatung.audit.errors import EntryError
from fallberatung.audit.jcs import LARGEST_INT, Json, canonical

FIELDS: Final = ("actor", "client", "detail", "object")
"""The openable fields, in the order in which a leaf names them."""

_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HASH: Final = re.compile(r"[A-Za-z0-9_-]{43}|[0-9a-f]{64}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ADDRESS: Final = re.compile(r"[0-9A-Fa-f.:]{2,45}")
_MOST_HASHES: Final = 64


NOBODY: Final = "anon"
"""The kind, and the only identifier, of an actor who is not signed in."""

SEAT: Final = "seat"
"""The kind of an actor who is known by a pseudonym in one case and by nothing else."""


def is_id(value: object) -> bool:
    """Tell whether `value` is an opaque identifier: 1 to 64 of ``A-Z a-z 0-9 . _ -``."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _is_hash_list(value: object) -> bool:
    return (
        isinstance(value, list | tuple)
        and 1 <= len(value) <= _MOST_HASHES
        and all(_is_hash(item) for item in value)
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_INT


def _is_difference(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_INT


def _is_day(value: object) -> bool:
    return isinstance(value, str) and _DAY.fullmatch(value) is not None


def _is_code(value: object) -> bool:
    return _is_count(value) or is_id(value)


def _is_address(value: object) -> bool:
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None


_FORMS: Final[tuple[tuple[Callable[[object], bool], str], ...]] = (
    (_is_hash, "record policy replaced leaf root seed"),
    (_is_hash_list, "records"),
    (_is_count, "seq epoch from to session count size"),
    (_is_difference, "delta"),
    (_is_day, "due"),
    (is_id, "reason state was kind role method name version format key entry"),
    (_is_code, "band urgency frame basis ret"),
)

DETAIL_FORMS: Final[Mapping[str, Callable[[object], bool]]] = MappingProxyType(
    {key: form for form, keys in _FORMS for key in keys.split()}
)
"""The form of every key ``detail`` may hold.

``record policy replaced leaf root seed``: a hash, 43 characters base64url or 64 hex digits.
``records``: 1 to 64 such hashes. ``seq epoch from to session count size``: integers from 0.
``delta``: an integer, milliseconds. ``due``: a day, ``YYYY-MM-DD``. All others: a code or an
opaque identifier of at most 64 characters; ``band urgency frame basis ret`` also an integer.
"""

OBJECT_KEYS: Final = frozenset(
    {"area", "backup", "case", "entry", "export", "hold", "incident", "key", "org", "policy"}
    | {"role", "user"}
)
"""What an act can be upon; each names one opaque identifier. ``n`` counts the acts on a case."""


def actor_value(actor_id: str, kind: str, role: str | None, session: str | None) -> bytes:
    """Write the field ``actor``; a seat is written with its pseudonym and nothing more.

    Raises:
        EntryError: An identifier is not opaque, or nobody has one.
    """
    value: dict[str, Json] = {"id": actor_id, "kind": kind}
    if kind == NOBODY and actor_id != NOBODY:
        raise EntryError("nobody has no identifier")
    if kind not in {SEAT, NOBODY}:
        value |= {"role": role} if role is not None else {}
        value |= {"sess": session} if session is not None else {}
    return _written(value, dict.fromkeys(value, is_id), "actor")


def object_value(target: Mapping[str, Json], *, by_seat: bool) -> bytes:
    """Write the field ``object``: what was acted upon.

    Whoever names a case also gives ``n``, the count of acts on this case from 1 without gaps,
    taken in the same transaction; only so can completeness be shown for one case.

    Raises:
        EntryError: An unknown key, an identifier that is not opaque, a case without ``n``, or
            a seat together with an account.
    """
    is_counted = _is_count(target.get("n")) and target["n"] != 0
    if ("case" in target) != ("n" in target) or ("n" in target and not is_counted):
        raise EntryError("a case is named with its count of acts, and nothing else is counted")
    if by_seat and not set(target) <= {"case", "key", "n"}:
        raise EntryError("no account stands beside a seat")
    forms = {**dict.fromkeys(OBJECT_KEYS, is_id), "n": _is_count}
    return _written(target, forms, "object")


def client_value(client: Mapping[str, Json]) -> bytes:
    """Write the field ``client``: ``ip`` in its text form and optionally the code ``ua``.

    Raises:
        EntryError: Another key, or a value that is neither.
    """
    return _written(client, {"ip": _is_address, "ua": is_id}, "client")


def detail_value(detail: Mapping[str, Json], *, action: Action) -> bytes:
    """Write the field ``detail`` with the keys this action allows.

    Raises:
        EntryError: A key the action does not list, or a value not of the key's form.
    """
    return _written(detail, {key: DETAIL_FORMS[key] for key in action.detail}, "detail")


def _written(
    value: Mapping[str, Json], forms: Mapping[str, Callable[[object], bool]], name: str
) -> bytes:
    for key, member in value.items():
        if key not in forms or not forms[key](member):
            raise EntryError(f"{name} holds something that cannot be logged")
    if not value:
        raise EntryError(f"{name} is empty")
    return canonical(value)
