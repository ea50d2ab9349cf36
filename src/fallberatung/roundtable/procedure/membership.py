"""Which epoch may follow which: the rules of intake desk, claiming and convening.

Law of this file: it takes plain values, never a key object or a seal. A member is the triple
(key id, capability, role). Order, signatures and wraps are checked by `crypto.sealed.chain`; here
stands what a membership *means* (docs/spec/roundtable.md#membership,
docs/spec/roundtable.md#intake-desk, docs/spec/roundtable.md#convening). Whoever calls has both
checked.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from fallberatung.roundtable.procedure.errors import MembershipError
from fallberatung.roundtable.procedure.roles import (
    ADVISER,
    AUTHOR,
    DEPUTY,
    MANAGERS,
    MODERATOR,
    cap_of,
)

Triple = tuple[bytes, str, str]
"""A member as records carry it: key id, capability (`mgr`, `wr`, `rd`), role."""

DESK_LEAST: Final = 2
DESK_MOST: Final = 4
"""How many advisers of the roster stand in epoch 1."""
ROSTER_MOST: Final = 12
"""How many a roster, and so the rekey of a stranded case, can hold."""
MANAGERS_LEAST: Final = 2
"""From convening on, so that one can rotate when the other is gone."""

REASONS: Final = frozenset(
    {
        "already_convened",
        "author_changed",
        "author_missing",
        "desk_role",
        "desk_size",
        "duplicate_member",
        "moderator_missing",
        "nobody_added",
        "nobody_removed",
        "not_claimed",
        "not_from_desk",
        "not_on_roster",
        "not_one_removed",
        "not_the_same",
        "nothing_to_claim",
        "others_changed",
        "adviser_missing",
        "second_author",
        "seats_changed",
        "too_few_managers",
        "unknown_role",
        "unknown_why",
        "wrong_cap",
        "wrong_claim",
        "wrong_number",
    }
)
"""The closed list of codes a `MembershipError` of `check_epoch` carries."""


@dataclass(frozen=True, slots=True)
class _Change:
    number: int
    now: Mapping[bytes, str]
    before: Mapping[bytes, str]
    roster: frozenset[bytes]

    @property
    def joined(self) -> frozenset[bytes]:
        return frozenset(self.now) - frozenset(self.before)

    @property
    def left(self) -> frozenset[bytes]:
        return frozenset(self.before) - frozenset(self.now)

    @property
    def is_table(self) -> bool:
        return bool(frozenset(self.before.values()) - {AUTHOR, ADVISER, DEPUTY})

    @property
    def is_intake(self) -> bool:
        return (
            frozenset(self.before.values()) == {AUTHOR, ADVISER} and len(self.before) > DESK_LEAST
        )

    def holders(self, role: str) -> frozenset[bytes]:
        return frozenset(key for key, held in self.now.items() if held == role)


def check_epoch(
    number: int,
    why: str,
    members: Sequence[Triple],
    previous: Sequence[Triple],
    *,
    author: bytes,
    roster: Collection[bytes],
) -> None:
    """Refuse an epoch that its reason does not allow.

    Args:
        number: of the new epoch, from 1.
        why: the code in the epoch record.
        members: of the new epoch.
        previous: of the epoch before; empty for epoch 1.
        author: key id of the author's seat, the root of the case.
        roster: key ids of the current signed desk roster (for epoch 1: those on duty).

    Raises:
        MembershipError: with one of `REASONS`.
    """
    if (rule := RULES.get(why)) is None:
        raise MembershipError("unknown_why")
    if number < 1 or (number == 1) != (why == "create") or (number == 1) != (not previous):
        raise MembershipError("wrong_number")
    _check_roles(number, members, author)
    now, before = ({key: role for key, _, role in group} for group in (members, previous))
    change = _Change(number, now, before, frozenset(roster))
    rule(change)
    if change.is_table or why == "convene":
        _check_managers(change)


def _check_roles(number: int, members: Sequence[Triple], author: bytes) -> None:
    if len({key for key, _, _ in members}) != len(members):
        raise MembershipError("duplicate_member")
    for _, cap, role in members:
        if cap_of(role, number) != cap:
            raise MembershipError("wrong_cap")
    authors = [key for key, _, role in members if role == AUTHOR]
    if len(authors) > 1:
        raise MembershipError("second_author")
    if author not in {key for key, _, _ in members}:
        raise MembershipError("author_missing")
    if authors != [author]:
        raise MembershipError("author_changed")


def _check_managers(change: _Change) -> None:
    if sum(role in MANAGERS for role in change.now.values()) < MANAGERS_LEAST:
        raise MembershipError("too_few_managers")


def _check_desk(change: _Change, most: int) -> None:
    advisers = change.holders(ADVISER)
    if len(advisers) != len(change.now) - 1:
        raise MembershipError("desk_role")
    if not DESK_LEAST <= len(advisers) <= most:
        raise MembershipError("desk_size")
    if not advisers <= change.roster:
        raise MembershipError("not_on_roster")


def _create(change: _Change) -> None:
    _check_desk(change, DESK_MOST)


def _rekey(change: _Change) -> None:
    _check_desk(change, ROSTER_MOST)


def _claim(change: _Change) -> None:
    if not change.is_intake:
        raise MembershipError("nothing_to_claim")
    if Counter(change.now.values()) != {AUTHOR: 1, ADVISER: 1, DEPUTY: 1}:
        raise MembershipError("wrong_claim")
    if change.joined:
        raise MembershipError("not_from_desk")


def _convene(change: _Change) -> None:
    if change.is_intake:
        raise MembershipError("not_claimed")
    if change.is_table:
        raise MembershipError("already_convened")
    advised = {key for key, role in change.before.items() if role == ADVISER}
    if not advised or not advised <= change.holders(ADVISER):
        raise MembershipError("adviser_missing")
    if not change.holders(MODERATOR):
        raise MembershipError("moderator_missing")


def _kept_roles(change: _Change) -> None:
    if any(change.now.get(key, role) != role for key, role in change.before.items()):
        raise MembershipError("others_changed")


def _add(change: _Change) -> None:
    _after_claim(change)
    if not change.joined:
        raise MembershipError("nobody_added")
    if change.left:
        raise MembershipError("others_changed")
    _kept_roles(change)


def _remove(change: _Change) -> None:
    _after_claim(change)
    if not change.left:
        raise MembershipError("nobody_removed")
    if change.joined:
        raise MembershipError("others_changed")
    _kept_roles(change)


def _recognised(change: _Change) -> None:
    if len(change.left) != 1:
        raise MembershipError("not_one_removed")
    if change.joined:
        raise MembershipError("others_changed")
    _kept_roles(change)


def _substitute(change: _Change) -> None:
    _after_claim(change)
    if change.now == change.before:
        raise MembershipError("nobody_added")
    if Counter(change.now.values()) != Counter(change.before.values()):
        raise MembershipError("seats_changed")
    # Until the table is convened the case lies at the desk: whoever steps in is of its roster.
    desk_roles = {ADVISER} if change.is_table else {ADVISER, DEPUTY}
    newcomers = {key for key in change.joined if change.now[key] in desk_roles}
    if not newcomers <= change.roster:
        raise MembershipError("not_on_roster")


def _rotate(change: _Change) -> None:
    if change.now != change.before:
        raise MembershipError("not_the_same")


def _after_claim(change: _Change) -> None:
    if change.is_intake:
        raise MembershipError("not_claimed")


RULES: Final[Mapping[str, Callable[[_Change], None]]] = MappingProxyType(
    {
        "create": _create,
        "claim": _claim,
        "convene": _convene,
        "add": _add,
        "remove": _remove,
        "recognised": _recognised,
        "substitute": _substitute,
        "rotate": _rotate,
        "rekey": _rekey,
    }
)
"""One rule per reason of an epoch (docs/spec/fb-v1.md#epoch); without a rule it is refused."""
