"""Which epoch may follow which."""

import pytest

from fallberatung.roundtable.procedure.errors import MembershipError
from fallberatung.roundtable.procedure.membership import REASONS, RULES, Triple, check_epoch
from fallberatung.roundtable.procedure.roles import ROLE_CAPS, cap_of

AUTHOR, ANNA, BEN, CLARA, DORA, EMIL, FRIDA = (bytes([n]) * 32 for n in range(1, 8))
GUEST = b"g" * 32
ROSTER = (ANNA, BEN, CLARA, DORA)

Group = dict[bytes, str]

SEAT: Group = {AUTHOR: "author"}
DESK: Group = {**SEAT, ANNA: "adviser", BEN: "adviser", CLARA: "adviser"}
CLAIMED: Group = {**SEAT, ANNA: "adviser", BEN: "deputy"}
TABLE: Group = {**CLAIMED, EMIL: "moderator", FRIDA: "participant"}
TABLE_OF_TWO: Group = {**SEAT, ANNA: "adviser"}
TABLE_OF_FOUR: Group = {**TABLE_OF_TWO, BEN: "deputy", EMIL: "moderator"}


def triples(group: Group, number: int) -> tuple[Triple, ...]:
    """Return a group as members with the capabilities their roles have."""
    return tuple((key, cap_of(role, number), role) for key, role in sorted(group.items()))


def check(number: int, why: str, now: Group, before: Group) -> None:
    """Check an epoch of this group after that one."""
    previous = triples(before, number - 1) if number > 1 else ()
    check_epoch(
        number, why, triples(now, number), previous, author=AUTHOR, roster=frozenset(ROSTER)
    )


ALLOWED = [
    ("create", 1, DESK, {}),
    ("create", 1, {**SEAT, ANNA: "adviser", BEN: "adviser"}, {}),
    ("create", 1, {**DESK, DORA: "adviser"}, {}),
    ("claim", 2, CLAIMED, DESK),
    ("claim", 2, {**SEAT, CLARA: "adviser", ANNA: "deputy"}, DESK),
    ("claim", 4, CLAIMED, DESK),
    ("convene", 3, TABLE, CLAIMED),
    ("convene", 3, {**TABLE, DORA: "recorder", b"o" * 32: "observer"}, CLAIMED),
    ("convene", 3, {**SEAT, ANNA: "adviser", EMIL: "moderator"}, CLAIMED),
    ("add", 4, {**TABLE, DORA: "participant"}, TABLE),
    ("remove", 4, {k: r for k, r in TABLE.items() if k != FRIDA}, TABLE),
    ("recognised", 4, {k: r for k, r in TABLE.items() if k != EMIL}, TABLE),
    ("recognised", 3, {**SEAT, ANNA: "adviser"}, CLAIMED),
    ("recognised", 2, {**SEAT, ANNA: "adviser", BEN: "adviser"}, DESK),
    ("substitute", 3, {**SEAT, BEN: "adviser", ANNA: "deputy"}, CLAIMED),
    ("substitute", 3, {**SEAT, BEN: "adviser", CLARA: "deputy"}, CLAIMED),
    ("substitute", 4, {**CLAIMED, DORA: "moderator", FRIDA: "participant"}, TABLE),
    ("substitute", 4, {**TABLE_OF_TWO, GUEST: "deputy", EMIL: "moderator"}, TABLE_OF_FOUR),
    ("substitute", 4, {**TABLE_OF_TWO, BEN: "deputy", GUEST: "moderator"}, TABLE_OF_FOUR),
    ("rotate", 4, TABLE, TABLE),
    ("rekey", 3, {**SEAT, CLARA: "adviser", DORA: "adviser"}, CLAIMED),
]

REFUSED = [
    ("why of tomorrow", "unknown_why", 2, "merge", CLAIMED, DESK),
    ("create later", "wrong_number", 2, "create", DESK, DESK),
    ("claim first", "wrong_number", 1, "claim", DESK, {}),
    ("epoch zero", "wrong_number", 0, "rotate", TABLE, TABLE),
    ("no author", "author_missing", 3, "convene", {ANNA: "adviser", EMIL: "moderator"}, CLAIMED),
    ("author as adviser", "author_changed", 2, "claim", {**CLAIMED, AUTHOR: "deputy"}, DESK),
    ("two authors", "second_author", 4, "add", {**TABLE, DORA: "author"}, TABLE),
    ("one adviser at the desk", "desk_size", 1, "create", {**SEAT, ANNA: "adviser"}, {}),
    (
        "five advisers at the desk",
        "desk_size",
        1,
        "create",
        {**DESK, DORA: "adviser", EMIL: "adviser"},
        {},
    ),
    ("stranger at the desk", "not_on_roster", 1, "create", {**DESK, EMIL: "adviser"}, {}),
    ("participant at the desk", "desk_role", 1, "create", {**DESK, EMIL: "participant"}, {}),
    ("claim with all", "wrong_claim", 2, "claim", DESK, DESK),
    ("claim without deputy", "wrong_claim", 2, "claim", {**SEAT, ANNA: "adviser"}, DESK),
    (
        "claim with two deputies",
        "wrong_claim",
        2,
        "claim",
        {**CLAIMED, CLARA: "deputy"},
        DESK,
    ),
    (
        "deputy from outside epoch 1",
        "not_from_desk",
        2,
        "claim",
        {**SEAT, ANNA: "adviser", DORA: "deputy"},
        DESK,
    ),
    ("claim twice", "nothing_to_claim", 3, "claim", CLAIMED, CLAIMED),
    ("convene before claim", "not_claimed", 2, "convene", TABLE, DESK),
    ("convene twice", "already_convened", 4, "convene", TABLE, TABLE),
    ("table without moderator", "moderator_missing", 3, "convene", CLAIMED, CLAIMED),
    (
        "table without its adviser",
        "adviser_missing",
        3,
        "convene",
        {**SEAT, DORA: "adviser", EMIL: "moderator"},
        CLAIMED,
    ),
    ("add nobody", "nobody_added", 4, "add", TABLE, TABLE),
    (
        "add and drop",
        "others_changed",
        4,
        "add",
        {**{k: r for k, r in TABLE.items() if k != FRIDA}, DORA: "participant"},
        TABLE,
    ),
    (
        "add and promote",
        "others_changed",
        4,
        "add",
        {**TABLE, FRIDA: "moderator", DORA: "participant"},
        TABLE,
    ),
    ("add at the desk", "not_claimed", 2, "add", {**DESK, EMIL: "participant"}, DESK),
    ("remove nobody", "nobody_removed", 4, "remove", TABLE, TABLE),
    (
        "remove down to one manager",
        "too_few_managers",
        4,
        "remove",
        {**SEAT, ANNA: "adviser", FRIDA: "participant"},
        TABLE,
    ),
    (
        "two recognise at once",
        "not_one_removed",
        4,
        "recognised",
        {**SEAT, ANNA: "adviser", BEN: "deputy"},
        TABLE,
    ),
    (
        "recognised and replaced",
        "others_changed",
        4,
        "recognised",
        {**{k: r for k, r in TABLE.items() if k != FRIDA}, DORA: "participant"},
        TABLE,
    ),
    ("substitute nobody", "nobody_added", 4, "substitute", TABLE, TABLE),
    (
        "substitute into another role",
        "seats_changed",
        4,
        "substitute",
        {**CLAIMED, DORA: "recorder", FRIDA: "participant"},
        TABLE,
    ),
    (
        "substitute adviser from outside",
        "not_on_roster",
        3,
        "substitute",
        {**SEAT, EMIL: "adviser", BEN: "deputy"},
        CLAIMED,
    ),
    (
        "substitute deputy from outside before convening",
        "not_on_roster",
        3,
        "substitute",
        {**SEAT, ANNA: "adviser", EMIL: "deputy"},
        CLAIMED,
    ),
    (
        "rotate with a newcomer",
        "not_the_same",
        4,
        "rotate",
        {**TABLE, DORA: "participant"},
        TABLE,
    ),
    (
        "rekey for a stranger",
        "not_on_roster",
        3,
        "rekey",
        {**SEAT, ANNA: "adviser", EMIL: "adviser"},
        CLAIMED,
    ),
]


@pytest.mark.parametrize(("why", "number", "now", "before"), ALLOWED)
def test_an_epoch_that_its_reason_allows_passes(
    why: str, number: int, now: Group, before: Group
) -> None:
    """Intake, claim, convening and every later change have a form that passes."""
    check(number, why, now, before)

    assert {case[0] for case in ALLOWED} == set(RULES)


@pytest.mark.parametrize(
    ("reason", "number", "why", "now", "before"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_an_epoch_that_its_reason_does_not_allow_is_refused(
    reason: str, number: int, why: str, now: Group, before: Group
) -> None:
    """Each refusal names the rule."""
    with pytest.raises(MembershipError) as refused:
        check(number, why, now, before)

    assert refused.value.reason == reason


def test_refusals_cover_the_closed_list() -> None:
    """Every code has a case of its own, and there are at least fifteen cases."""
    shown = {case[1] for case in REFUSED} | {"duplicate_member", "unknown_role", "wrong_cap"}

    assert shown == REASONS
    assert len(REFUSED) >= 15


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ((*triples(TABLE, 4), (FRIDA, "wr", "participant")), "duplicate_member"),
        ((*triples(CLAIMED, 4), (EMIL, "mgr", "guest")), "unknown_role"),
        ((*triples(CLAIMED, 4), (EMIL, "wr", "moderator")), "wrong_cap"),
        ((*triples(CLAIMED, 4)[1:], (AUTHOR, "mgr", "author")), "wrong_cap"),
        ((*triples(TABLE, 4), (DORA, "wr", "observer")), "wrong_cap"),
    ],
)
def test_roles_and_capabilities_follow_the_one_table(
    members: tuple[Triple, ...], reason: str
) -> None:
    """A capability that departs from the role is refused, also the author's after epoch 1."""
    with pytest.raises(MembershipError) as refused:
        check_epoch(4, "add", members, triples(TABLE, 3), author=AUTHOR, roster=ROSTER)

    assert refused.value.reason == reason


def test_the_author_manages_epoch_one_only() -> None:
    """The root signs epoch 1; afterwards the author writes."""
    assert [cap_of("author", epoch) for epoch in (1, 2, 9)] == ["mgr", "wr", "wr"]


def test_the_table_of_roles_is_the_specified_one() -> None:
    """Adviser, moderator, deputy manage; the observer reads; the rest write."""
    assert dict(ROLE_CAPS) == {
        "author": "wr",
        "adviser": "mgr",
        "moderator": "mgr",
        "deputy": "mgr",
        "participant": "wr",
        "recorder": "wr",
        "observer": "rd",
    }
