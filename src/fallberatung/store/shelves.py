"""All ports of one connection at once, for whoever joins them to the steps that use them."""

from dataclasses import dataclass

import sqlalchemy as sa

from fallberatung.store.sql_accounts import SqlAccounts, SqlAreas
from fallberatung.store.sql_audit import SqlLog, SqlOutbox
from fallberatung.store.sql_cases import SqlCases
from fallberatung.store.sql_contents import SqlContents
from fallberatung.store.sql_own_cases import SqlOwnCases


@dataclass(frozen=True, slots=True)
class Shelves:
    """Every port, bound to one connection and so to its transaction."""

    cases: SqlCases
    own_cases: SqlOwnCases
    contents: SqlContents
    accounts: SqlAccounts
    areas: SqlAreas
    outbox: SqlOutbox
    log: SqlLog


def shelves(connection: sa.Connection) -> Shelves:
    """Bind every port to a connection."""
    return Shelves(
        SqlCases(connection),
        SqlOwnCases(connection),
        SqlContents(connection),
        SqlAccounts(connection),
        SqlAreas(connection),
        SqlOutbox(connection),
        SqlLog(connection),
    )
