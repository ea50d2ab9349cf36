"""The closed registry of actions."""

import re
from pathlib import Path

import pytest

from fallberatung.audit.actions import ACTIONS, PURPOSES, action
from fallberatung.audit.errors import EntryError
from fallberatung.audit.fields import DETAIL_FORMS

SPECIFICATION = Path(__file__).resolve().parents[3] / "docs" / "spec" / "audit.md"
SPECIFIED = """
auth.login|logout|mfa|step_up|recover|login_burst
case.submit|list|read|append|claim|accept|return|convene|phase|close|reopen|withdraw|export|archive|erase
deadline.set|pause|extend|overdue
member.add|remove|recognise|substitute|acknowledge
key.grant|rotate|revoke|attest
incident.open|decide|close
hold.set|lift
user.create|lock|delete
role.grant|revoke
org.change
policy.change
admin.config|backup|restore
audit.query|reveal|export|verify|erase|prune|sample
log.start|heartbeat|key_rotate|clock_skew|quarantine|restore
"""


def specified() -> set[str]:
    """Spell out the list of the specification."""
    lines = (line.split(".") for line in SPECIFIED.split())
    return {f"{room}.{verb}" for room, verbs in lines for verb in verbs.split("|")}


def test_the_registry_is_the_specified_list() -> None:
    """No action more and no action less."""
    assert set(ACTIONS) == specified()
    assert len(ACTIONS) == 62


def test_every_name_has_the_form_a_leaf_can_hold() -> None:
    """Names fit the grammar of leaves."""
    form = re.compile(r"[a-z]{2,16}(\.[a-z_]{2,24}){1,2}")

    assert [name for name in ACTIONS if form.fullmatch(name) is None] == []


def test_reading_and_everything_about_the_log_needs_a_purpose() -> None:
    """A purpose is required for reads, exports and acts of the data protection officer."""
    required = {name for name, known in ACTIONS.items() if known.purpose_required}
    audit = {name for name in ACTIONS if name.startswith("audit.")}

    assert required == audit | {"case.read", "case.export"}


def test_every_detail_key_has_a_closed_form() -> None:
    """There is no key whose value nobody checks."""
    keys = {key for known in ACTIONS.values() for key in known.detail}

    assert keys == set(DETAIL_FORMS)


def test_purposes_are_the_eight_codes() -> None:
    """The list is closed."""
    assert len(PURPOSES) == 8


def test_an_unknown_action_is_refused() -> None:
    """What is not in the registry cannot be logged."""
    with pytest.raises(EntryError):
        action("case.peek")


def test_the_specification_lists_the_same_actions_classes_and_keys() -> None:
    """Document and code are one vocabulary."""
    text = SPECIFICATION.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z]+)\.([a-z_ ]+)` \| ([ABC]) \| `(.*?)` \|$", text, re.MULTILINE)
    told = {
        f"{room}.{verb}": (retention, frozenset({"reason", *keys.split()}))
        for room, verbs, retention, keys in rows
        for verb in verbs.split()
    }

    assert told == {name: (known.retention, known.detail) for name, known in ACTIONS.items()}
