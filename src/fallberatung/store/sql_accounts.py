"""The area and its people on SQL: accounts, invitations, sign-ins, institutions, fixed facts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from fallberatung.roundtable.procedure.ports import (
    Account,
    Accounts,
    Area,
    Areas,
    Invited,
    Organisation,
    SignIn,
)
from fallberatung.store.tables import (
    accounts,
    areas,
    facts,
    invitations,
    organisations,
    sign_ins,
)

_ORGANISATION = sa.select(
    accounts,
    organisations.c.name.label("organisation_name"),
    organisations.c.kind.label("organisation_kind"),
    organisations.c.land.label("organisation_land"),
).join(
    organisations,
    (organisations.c.area == accounts.c.area) & (organisations.c.slug == accounts.c.organisation),
)


_BY_USER: Final = _ORGANISATION.where(
    accounts.c.area == sa.bindparam("of_area"), accounts.c.user == sa.bindparam("of_user")
)
_BUNDLES: Final = (
    sa.select(accounts.c.bundle)
    .where(
        accounts.c.area == sa.bindparam("of_area"),
        accounts.c.key_id.in_(sa.bindparam("of_keys", expanding=True)),
    )
    .order_by(accounts.c.key_id)
)
_SIGN_IN: Final = (
    _ORGANISATION.add_columns(sign_ins.c.began, sign_ins.c.used)
    .join(sign_ins, sign_ins.c.uid == accounts.c.uid)
    .where(sign_ins.c.token_hash == sa.bindparam("of_token"))
)
_AREA: Final = sa.select(areas)


class SqlAccounts:
    """People bound to one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def by_user(self, area: str, user: str) -> Account | None:
        """Return the account with this sign-in name."""
        row = self._connection.execute(_BY_USER, {"of_area": area, "of_user": user}).first()
        return None if row is None else _account(row)

    def everybody(self, area: str) -> Sequence[Account]:
        """Return all accounts by name."""
        rows = self._connection.execute(
            _ORGANISATION.where(accounts.c.area == area).order_by(accounts.c.name, accounts.c.uid)
        )
        return tuple(_account(row) for row in rows)

    def bundles(self, area: str, key_ids: Sequence[bytes]) -> Sequence[bytes]:
        """Return the bundles of accounts' keys."""
        asked = {"of_area": area, "of_keys": list(key_ids)}
        return tuple(self._connection.scalars(_BUNDLES, asked))

    def add(self, account: Account) -> None:
        """Insert an account."""
        self._connection.execute(
            sa.insert(accounts).values(
                uid=account.uid,
                area=account.area,
                user=account.user,
                name=account.name,
                organisation=account.organisation.slug,
                roles=account.roles,
                key_id=account.key_id,
                bundle=account.bundle,
                salt=account.salt,
                login_tag=account.login_tag,
            )
        )

    def invite(self, invited: Invited) -> None:
        """Insert an invitation."""
        self._connection.execute(
            sa.insert(invitations).values(
                token_hash=invited.token_hash,
                area=invited.area,
                user=invited.user,
                name=invited.name,
                organisation=invited.organisation,
                roles=invited.roles,
                key_id=invited.key_id,
                bundle=invited.bundle,
            )
        )

    def invited(self, token_hash: bytes) -> Invited | None:
        """Return the invitation of a token."""
        row = self._connection.execute(
            sa.select(invitations).where(invitations.c.token_hash == token_hash)
        ).first()
        return None if row is None else Invited(**row._mapping)  # noqa: SLF001  # SQLAlchemy's public accessor

    def use_invitation(self, token_hash: bytes) -> None:
        """Delete an invitation."""
        self._connection.execute(
            sa.delete(invitations).where(invitations.c.token_hash == token_hash)
        )

    def open_sign_in(self, sign_in: SignIn) -> None:
        """Insert a sign-in."""
        self._connection.execute(
            sa.insert(sign_ins).values(
                token_hash=sign_in.token_hash,
                uid=sign_in.uid,
                began=sign_in.began,
                used=sign_in.used,
            )
        )

    def sign_in(self, token_hash: bytes) -> tuple[SignIn, Account] | None:
        """Return a sign-in with its account."""
        row = self._connection.execute(_SIGN_IN, {"of_token": token_hash}).first()
        if row is None:
            return None
        return SignIn(token_hash, row.uid, row.began, row.used), _account(row)

    def keep_alive(self, token_hash: bytes, used: datetime) -> None:
        """Note the use of a sign-in."""
        self._connection.execute(
            sa.update(sign_ins).where(sign_ins.c.token_hash == token_hash).values(used=used)
        )

    def close_sign_in(self, token_hash: bytes) -> None:
        """Delete a sign-in."""
        self._connection.execute(sa.delete(sign_ins).where(sign_ins.c.token_hash == token_hash))

    def sweep(self, began_before: datetime, used_before: datetime) -> int:
        """Delete stale sign-ins."""
        swept = self._connection.execute(
            sa.delete(sign_ins).where(
                sa.or_(sign_ins.c.began < began_before, sign_ins.c.used < used_before)
            )
        )
        return swept.rowcount


class SqlAreas:
    """The area bound to one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._area: Area | None = None

    def found(self, area: Area, institutions: Sequence[Organisation]) -> None:
        """Insert an area with its institutions."""
        self._connection.execute(
            sa.insert(areas).values(
                area=area.area,
                name=area.name,
                land=area.land,
                tables=area.tables,
                basis=area.basis,
                institution_key=area.institution_key,
                roster=area.roster,
                is_demo=area.is_demo,
            )
        )
        self._connection.execute(
            sa.insert(organisations),
            [
                {"area": area.area, "slug": one.slug, "name": one.name}
                | {"kind": one.kind, "land": one.land}
                for one in institutions
            ],
        )

    def only(self) -> Area | None:
        """Return the one area; within a transaction it does not change once it is there."""
        if self._area is None:
            row = self._connection.execute(_AREA).first()
            self._area = None if row is None else Area(**row._mapping)  # noqa: SLF001  # SQLAlchemy's public accessor
        return self._area

    def organisation(self, area: str, slug: str) -> Organisation | None:
        """Return one institution."""
        table = organisations.c
        row = self._connection.execute(
            sa.select(organisations).where(table.area == area, table.slug == slug)
        ).first()
        return None if row is None else Organisation(row.slug, row.name, row.kind, row.land)

    def count_of_kind(self, area: str, kind: str) -> int:
        """Count the institutions of a kind."""
        table = organisations.c
        count = self._connection.scalar(
            sa.select(sa.func.count())
            .select_from(organisations)
            .where(table.area == area, table.kind == kind)
        )
        return count or 0

    def fact(self, name: str) -> str | None:
        """Return a fact."""
        value: str | None = self._connection.scalar(
            sa.select(facts.c.value).where(facts.c.name == name)
        )
        return value

    def state_fact(self, name: str, value: str) -> None:
        """Insert or overwrite a fact."""
        self._connection.execute(sa.delete(facts).where(facts.c.name == name))
        self._connection.execute(sa.insert(facts).values(name=name, value=value))


_accounts: type[Accounts] = SqlAccounts
_areas: type[Areas] = SqlAreas


def _account(row: sa.Row[Any]) -> Account:
    return Account(
        uid=row.uid,
        area=row.area,
        user=row.user,
        name=row.name,
        organisation=Organisation(
            row.organisation, row.organisation_name, row.organisation_kind, row.organisation_land
        ),
        roles=row.roles,
        key_id=row.key_id,
        bundle=row.bundle,
        salt=row.salt,
        login_tag=row.login_tag,
    )
