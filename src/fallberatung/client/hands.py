"""One signed-in person: own keys, the pins of the invitation, the connection, clock and chance.

Every act of this room takes a `Hands` first. It holds secrets; its repr shows none.
"""

from dataclasses import dataclass

from fallberatung.audit.policy import LogPolicy
from fallberatung.client.ambient import Clock, Random
from fallberatung.client.belongings import Belongings
from fallberatung.client.errors import VaultFileError
from fallberatung.client.pins import log_policy
from fallberatung.client.transport import House
from fallberatung.client.vault_file import VaultFile
from fallberatung.crypto.opened.identity import Identity
from fallberatung.wire.accounts import Account
from fallberatung.wire.invitation import Invitation


@dataclass(frozen=True, slots=True, repr=False)
class Hands:
    """What somebody holds after signing in; `house` carries their token."""

    house: House
    vault: VaultFile
    account: Account
    clock: Clock
    random: Random

    def __repr__(self) -> str:
        return f"Hands({self.account.user!r})"

    @property
    def belongings(self) -> Belongings:
        """What the vault holds now."""
        return self.vault.belongings

    @property
    def invitation(self) -> Invitation:
        """The pins; raise VaultFileError before the person has joined."""
        return pinned(self.vault)

    @property
    def policy(self) -> LogPolicy:
        """The pinned keys of the access log."""
        return log_policy(self.invitation)

    def identity_for(self, case: bytes) -> Identity:
        """Return the keys this person acts with in a case: the seat of an own one, else theirs."""
        seat = self.belongings.seat_of(case)
        return self.belongings.identity if seat is None else seat.identity()

    def keep(self, belongings: Belongings) -> None:
        """Write changed belongings to the vault file."""
        self.vault.keep(belongings, self.random)


def pinned(vault: VaultFile) -> Invitation:
    """Return the invitation kept in a vault; raise VaultFileError when there is none yet."""
    if vault.belongings.invitation is None:
        raise VaultFileError("this person has not joined yet")
    return vault.belongings.invitation
