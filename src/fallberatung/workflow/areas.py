"""Founding the area: institutions, invitations, and the desk roster its officer signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from fallberatung.audit.entry import Actor
from fallberatung.crypto.sealed.keybundle import parse_bundle
from fallberatung.crypto.sealed.roster import parse_roster
from fallberatung.roundtable.procedure.ports import Area, Invited, Organisation
from fallberatung.workflow.errors import ConflictError, RuleError
from fallberatung.workflow.steps import Step, plain_step
from fallberatung.workflow.trail import occur
from fallberatung.workflow.work import Context, Work

OPERATOR = Actor("operator", "operator", "operator")


@dataclass(frozen=True, slots=True)
class Founding:
    """An area as its officer and the operator found it."""

    area: Area
    organisations: tuple[Organisation, ...]
    invited: tuple[Invited, ...]


def found(context: Context, founding: Founding) -> Step[None]:
    """Keep the area, its institutions and an invitation for each of its people.

    Refused: a second area (`area_exists`), a roster that names somebody who is no adviser of
    this area (`roster_names_stranger`), a key that is a seat or given twice (`bad_key`).
    """

    def act(work: Work) -> None:
        if work.areas.only() is not None:
            raise ConflictError("area_exists")
        _check_keys(founding.invited)
        _check_roster(context, founding)
        work.areas.found(founding.area, founding.organisations)
        for invited in founding.invited:
            work.accounts.invite(invited)

    return plain_step(
        "org.change",
        context,
        act,
        lambda _none: occur(
            context,
            "org.change",
            OPERATOR,
            target={"area": founding.area.area},
            detail={"state": "founded", "count": len(founding.organisations)},
        ),
        refused_as=lambda _work, _error: OPERATOR,
    )


def _check_keys(invited: Sequence[Invited]) -> None:
    bundles = [parse_bundle(each.bundle) for each in invited]
    are_people = not any(bundle.is_seat for bundle in bundles)
    keys = {bundle.key_id for bundle in bundles}
    users = {bundle.uid for bundle in bundles}
    if not are_people or len(keys) != len(bundles) or len(users) != len(bundles):
        raise RuleError("bad_key")


def _check_roster(context: Context, founding: Founding) -> None:
    area = founding.area
    now = int(context.now.timestamp())
    roster = parse_roster(area.roster, institution_key=area.institution_key, now=now)
    advisers = {each.key_id for each in founding.invited if "adviser" in each.roles}
    if roster.area != area.area or not set(roster.members) <= advisers:
        raise RuleError("roster_names_stranger")
