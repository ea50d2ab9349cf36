"""[seeing] Founding the demo's town: everybody's keys, the officer's roster, the operator's part.

Every person makes keys in a vault of their own, as they would on a device of their own; the
officer signs; the operator founds; each joins with an invitation. The demo does all of it in one
place, which a real town must never do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from fallberatung.cli import demo_sample
from fallberatung.cli.demo_house import operate
from fallberatung.cli.demo_sample import PEOPLE
from fallberatung.client.ambient import Clock, Random
from fallberatung.client.hands import Hands
from fallberatung.client.officer import (
    LONGEST_DAYS,
    Plan,
    compose_town,
    make_key_file,
    make_roster,
    write_town,
)
from fallberatung.client.people import join, read_invitation, request_keys, sign_in
from fallberatung.client.transport import Carrier, House, Listener
from fallberatung.client.vault_file import VaultFile

ROSTER_DAYS: Final = LONGEST_DAYS
CLOCK_SLACK: Final = timedelta(minutes=1)
OFFICER: Final = "officer"


@dataclass(frozen=True, slots=True)
class Ambience:
    """Clock and randomness of one run, and for tests another carrier of bytes."""

    clock: Clock
    random: Random
    carrier: Carrier | None = None

    def house(self, address: str, listen: Listener | None = None) -> House:
        """Connect to the service at `address`."""
        return House(address, listen=listen, carrier=self.carrier)


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the parts of a demo lie below one folder."""

    root: Path

    @property
    def house(self) -> Path:
        """The service's data directory: all that the server has."""
        return self.root / "house"

    @property
    def people(self) -> Path:
        """One vault file per person: what each would have on a device of their own."""
        return self.root / "people"

    @property
    def invitations(self) -> Path:
        """One invitation per person, as the operator hands them out."""
        return self.root / "invitations"

    @property
    def office(self) -> Path:
        """What the institution's officer has offline: key file and town file."""
        return self.root / "office"

    def vault(self, user: str) -> Path:
        """The vault file of one person."""
        return self.people / f"{user}.vault"


def make_people(
    folders: Folders, passwords: Mapping[str, str], ambience: Ambience
) -> dict[str, VaultFile]:
    """Make everybody's keys, the officer's key and the town file; nothing is sent anywhere."""
    for folder in (folders.people, folders.office):
        folder.mkdir(mode=0o700)
    vaults, requests = {}, {}
    for part in PEOPLE:
        person = (part.user, part.name, part.organisation, part.roles)
        vaults[part.user], requests[part.user] = request_keys(
            folders.vault(part.user),
            passwords[part.user],
            person,
            ambience.clock,
            ambience.random,
        )
    now = ambience.clock()
    key = make_key_file(folders.office / "institution.key", passwords[OFFICER], ambience.random)
    advisers = [requests[part.user] for part in PEOPLE if "adviser" in part.roles]
    roster = make_roster(key, demo_sample.AREA, advisers, now - CLOCK_SLACK, ROSTER_DAYS)
    plan = Plan(
        demo_sample.AREA,
        demo_sample.AREA_NAME,
        demo_sample.LAND,
        demo_sample.ORGANISATIONS,
        (demo_sample.LEGAL_BASIS, now.date(), demo_sample.DECIDED_BY),
        is_demo=True,
    )
    town = compose_town(plan, key.public_key, roster, list(requests.values()))
    write_town(folders.office / "town.json", town)
    return vaults


def found(folders: Folders) -> None:
    """Type the operator's two commands: an empty house, then the area out of the town file.

    Raises:
        HouseDownError: one of them failed.
    """
    data = ("--data", str(folders.house))
    operate(("init", *data, "--realm", demo_sample.REALM))
    town = str(folders.office / "town.json")
    operate(("area", "found", town, *data, "--invitations", str(folders.invitations)))


def join_everybody(
    address: str,
    folders: Folders,
    vaults: Mapping[str, VaultFile],
    passwords: Mapping[str, str],
    ambience: Ambience,
) -> None:
    """Accept every invitation against a running service."""
    for user, vault in vaults.items():
        invitation = read_invitation(folders.invitations / f"{user}.invitation.json")
        with ambience.house(address) as house:
            join(house, vault, invitation, passwords[user], ambience.random)


def enter(
    address: str,
    vault: VaultFile,
    password: str,
    ambience: Ambience,
    listen: Listener | None = None,
) -> Hands:
    """Sign one person in; `listen` hears every request of theirs."""
    house = ambience.house(address, listen)
    return sign_in(house, vault, password, ambience.clock, ambience.random)


def make_passwords(ambience: Ambience) -> dict[str, str]:
    """Draw a random password for everybody and for the officer's key file: 128 bits each, hex."""
    users = [part.user for part in PEOPLE] + [OFFICER]
    return {user: ambience.random(16).hex() for user in users}
