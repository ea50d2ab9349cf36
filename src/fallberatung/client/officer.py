"""The institution's officer, offline: the key that vouches for the desk, and the town file.

This key never meets a server. Whoever holds it decides whom new cases are sealed for; the
invitation carries its public half, and clients believe no other (docs/spec/fb-v1.md#roster).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from fallberatung.client.ambient import Random
from fallberatung.client.errors import KeyFileError
from fallberatung.client.vault_file import replace_file
from fallberatung.crypto.opened.errors import LoginFormError, SealError, WeakKdfError
from fallberatung.crypto.opened.institution import (
    InstitutionKey,
    new_institution_key,
    open_key_file,
    seal_key_file,
    sign_roster,
)
from fallberatung.crypto.sealed.errors import MalformedSealError
from fallberatung.crypto.sealed.keybundle import parse_bundle
from fallberatung.crypto.sealed.roster import LONGEST_VALIDITY
from fallberatung.wire.town import KeyRequest, Town

LONGEST_DAYS: Final = LONGEST_VALIDITY // 86_400


def make_key_file(path: Path, passphrase: str, random: Random) -> InstitutionKey:
    """Make the institution's key and seal it into a new file.

    Raises:
        KeyFileError: a file is there already, or cannot be written.
    """
    if path.exists():
        raise KeyFileError("a key file is there already")
    key = new_institution_key(random)
    try:
        replace_file(path, seal_key_file(key, passphrase, random))
    except OSError:
        raise KeyFileError("the key file cannot be written") from None
    return key


def read_key_file(path: Path, passphrase: str) -> InstitutionKey:
    """Open the institution's key.

    Raises:
        KeyFileError: missing, damaged, or another passphrase; the last two are alike.
    """
    try:
        return open_key_file(path.read_bytes(), passphrase)
    except OSError:
        raise KeyFileError("the key file cannot be read") from None
    except (MalformedSealError, SealError, WeakKdfError, LoginFormError):
        raise KeyFileError("the key file is damaged or the passphrase is another one") from None


def make_roster(
    key: InstitutionKey, area: str, advisers: Sequence[KeyRequest], now: datetime, days: int
) -> bytes:
    """Sign a desk roster of these people, in this order, from now on for `days`.

    Raises:
        KeyFileError: somebody asked for another role than adviser, or the time is too long.
        MalformedSealError: fewer than 2, more than 12, or one twice.
    """
    if any("adviser" not in person.roles for person in advisers):
        raise KeyFileError("only advisers stand in a desk roster")
    if not 1 <= days <= LONGEST_DAYS:
        raise KeyFileError(f"a desk roster holds for 1 to {LONGEST_DAYS} days")
    members = [parse_bundle(person.bundle).key_id for person in advisers]
    expires = now + timedelta(days=days)
    return sign_roster(key, area, members, int(now.timestamp()), int(expires.timestamp()))


@dataclass(frozen=True, slots=True)
class Plan:
    """What an officer decides about an area before it is founded.

    `organisations` are (slug, name, kind); `basis` is (legal basis, day, two names) and allows
    round tables after screening, None leaves them switched off.
    """

    area: str
    name: str
    land: str
    organisations: tuple[tuple[str, str, str], ...]
    basis: tuple[str, date, tuple[str, str]] | None
    is_demo: bool


def compose_town(
    plan: Plan, institution_key: bytes, roster: bytes, people: Sequence[KeyRequest]
) -> Town:
    """Put an area together: what was decided, the signed roster, and everybody's request.

    Raises:
        KeyFileError: a code, a name or a combination that no town file may hold.
    """
    organisations = [
        {"slug": slug, "name": name, "kind": kind, "land": plan.land}
        for slug, name, kind in plan.organisations
    ]
    try:
        return Town.model_validate(
            {
                "area": plan.area,
                "name": plan.name,
                "land": plan.land,
                "tables": "adviser_only" if plan.basis is None else "after_screening",
                "tables_basis": _basis(plan),
                "institution_key": institution_key,
                "roster": roster,
                "organisations": organisations,
                "people": list(people),
                "demo": plan.is_demo,
            }
        )
    except ValueError:
        raise KeyFileError("the parts do not make a town file") from None


def _basis(plan: Plan) -> dict[str, object] | None:
    if plan.basis is None:
        return None
    legal_basis, day, by = plan.basis
    return {"legal_basis": legal_basis, "date": day, "by": by}


def write_town(path: Path, town: Town) -> None:
    """Write the town file for the operator; raise KeyFileError where that is impossible.

    It holds no secret, yet it names people, so it is readable by its owner only.
    """
    try:
        replace_file(path, town.model_dump_json(indent=2).encode())
    except OSError:
        raise KeyFileError("the town file cannot be written") from None
