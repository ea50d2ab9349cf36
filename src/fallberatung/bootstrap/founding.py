"""Founding the house and its area: what the operator does once, before anything is served."""

import os
import re
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from fallberatung.audit.sign import log_policy
from fallberatung.bootstrap.errors import SetupError
from fallberatung.bootstrap.service import Service, opened, work_of
from fallberatung.bootstrap.settings import Settings
from fallberatung.crypto.custody import files
from fallberatung.crypto.sealed.b64 import b64u
from fallberatung.crypto.sealed.keybundle import parse_bundle
from fallberatung.roundtable.procedure.ports import Area, Invited, Organisation
from fallberatung.store import engine, lock, migrate
from fallberatung.store.shelves import shelves
from fallberatung.wire.invitation import Invitation, Pin
from fallberatung.wire.town import KeyRequest, Town
from fallberatung.workflow import accounts, areas, log

_REALM: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}")
_TOKEN_BYTES: Final = 32


def default_realm() -> str:
    """Return the name of this host in lower case, or `localhost` where it has no usable name."""
    name = socket.gethostname().lower()
    return name if _REALM.fullmatch(name) else "localhost"


def initialise(
    settings: Settings,
    realm: str,
    clock: Callable[[], datetime],
    random: Callable[[int], bytes],
) -> None:
    """Make keys, database and an empty log in the data folder.

    Raises:
        SetupError: it was initialised before, the folder cannot be written, or the realm is not
            of lower-case letters, digits, dots and hyphens.
        CustodyError: key files stand there already.
    """
    if _REALM.fullmatch(realm) is None:
        raise SetupError("a realm has lower-case letters, digits, dots and hyphens only")
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise SetupError("the data folder cannot be made") from None
    if settings.database.exists():
        raise SetupError("this folder is initialised already")
    with lock.held(settings.lock):
        files.create(settings.keys, random)
        _empty_database(settings, realm)
    with opened(settings, clock, random, is_serving=False) as service:
        context = service.context()
        service.writer.submit(log.founded(context)).result()


def found_area(service: Service, town: Town, folder: Path) -> int:
    """Keep an area and write one invitation per person; return how many.

    Either the area is founded and all invitations lie in the folder, readable by the operator
    alone, or the area is not founded.

    Raises:
        SetupError: the folder cannot be written or holds invitations already.
        StepError: the town does not fit together; see `workflow.areas.found`.
        MalformedError: a key or a signature in the town does not verify.
    """
    tokens = {person.user: service.house.random(_TOKEN_BYTES) for person in town.people}
    letters = {
        f"{person.user}.invitation.json": _invitation(service, town, person, tokens[person.user])
        for person in town.people
    }
    _write_letters(folder, letters)
    founding = areas.Founding(
        area=_area(town),
        organisations=tuple(
            Organisation(each.slug, each.name, each.kind, each.land) for each in town.organisations
        ),
        invited=tuple(_invited(town, person, tokens[person.user]) for person in town.people),
    )
    try:
        service.writer.submit(areas.found(service.context(), founding)).result()
    except Exception:
        for name in letters:
            (folder / name).unlink(missing_ok=True)
        raise
    return len(letters)


def _empty_database(settings: Settings, realm: str) -> None:
    os.close(os.open(settings.database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    made = engine.for_writing(settings.database)
    try:
        migrate.upgrade(made)
        with made.begin() as connection:
            work = work_of(shelves(connection))
            work.areas.state_fact("realm", realm)
            work.areas.state_fact("origin", f"{realm}/audit/1")
    finally:
        made.dispose()


def _area(town: Town) -> Area:
    basis = town.tables_basis
    return Area(
        area=town.area,
        name=town.name,
        land=town.land,
        tables=town.tables,
        basis=None if basis is None else basis.model_dump_json(),
        institution_key=town.institution_key,
        roster=town.roster,
        is_demo=town.demo,
    )


def _invited(town: Town, person: KeyRequest, token: bytes) -> Invited:
    return Invited(
        token_hash=accounts.hash_of(token),
        area=town.area,
        user=person.user,
        name=person.name,
        organisation=person.organisation,
        roles=person.roles,
        key_id=parse_bundle(person.bundle).key_id,
        bundle=person.bundle,
    )


def _invitation(service: Service, town: Town, person: KeyRequest, token: bytes) -> Invitation:
    house = service.house
    keys = log_policy(house.custody, house.origin)
    return Invitation(
        realm=house.realm,
        area=town.area,
        user=person.user,
        token=b64u(token),
        origin=house.origin,
        checkpoint_key=keys.checkpoint_keys[0],
        receipt_key=keys.receipt_keys[0],
        institution_key=town.institution_key,
        pins=tuple(_pin(town, each) for each in town.people),
    )


def _pin(town: Town, person: KeyRequest) -> Pin:
    organisation = next(each for each in town.organisations if each.slug == person.organisation)
    return Pin(
        key_id=parse_bundle(person.bundle).key_id,
        name=person.name,
        organisation=organisation.name,
        kind=organisation.kind,
        roles=person.roles,
    )


def _write_letters(folder: Path, letters: dict[str, Invitation]) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, letter in letters.items():
            handle = os.open(folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(letter.model_dump_json(indent=2) + "\n")
    except FileExistsError:
        raise SetupError("the folder holds invitations already; choose an empty one") from None
    except OSError:
        raise SetupError("the invitations cannot be written to this folder") from None
