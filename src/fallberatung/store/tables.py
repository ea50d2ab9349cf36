"""The tables. Every primary key of a case's row starts with the area, the natural shard.

The columns of the case tables are the closed list of
docs/spec/roundtable.md#what-the-server-knows, plus the chain's head and the counter of acts
(docs/spec/audit.md#fields); a test compares them.
"""

from typing import Any, Final

import sqlalchemy as sa

from fallberatung.store.columns import DateTimeUTC, Day, Flag, Words, whole

METADATA: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""All tables of this version; migrations from empty lead exactly here."""


def _key(name: str, kind: Any = sa.Text) -> sa.Column[Any]:  # noqa: ANN401  # any column type
    return sa.Column(name, kind, primary_key=True, nullable=False)


def _must(name: str, kind: Any = sa.Text) -> sa.Column[Any]:  # noqa: ANN401  # any column type
    return sa.Column(name, kind, nullable=False)


def _of_case() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["area", "case_id"], ["cases.area", "cases.case_id"])


def _table(name: str, *parts: sa.schema.SchemaItem, **options: Any) -> sa.Table:  # noqa: ANN401  # options of the dialects
    return sa.Table(name, METADATA, *parts, sqlite_strict=True, **options)


# ------------------------------------------------------------------ the area and its people
facts = _table("facts", _key("name"), _must("value"))

areas = _table(
    "areas",
    _key("area"),
    _must("name"),
    _must("land"),
    _must("tables"),
    sa.Column("basis", sa.Text),
    _must("institution_key", sa.LargeBinary),
    _must("roster", sa.LargeBinary),
    _must("is_demo", Flag),
)

organisations = _table(
    "organisations",
    _key("area"),
    _key("slug"),
    _must("name"),
    _must("kind"),
    _must("land"),
    sa.ForeignKeyConstraint(["area"], ["areas.area"]),
)

accounts = _table(
    "accounts",
    _key("uid", sa.LargeBinary),
    _must("area"),
    _must("user"),
    _must("name"),
    _must("organisation"),
    _must("roles", Words),
    _must("key_id", sa.LargeBinary),
    _must("bundle", sa.LargeBinary),
    _must("salt", sa.LargeBinary),
    _must("login_tag", sa.LargeBinary),
    sa.UniqueConstraint("area", "user"),
    sa.UniqueConstraint("area", "key_id"),
    sa.ForeignKeyConstraint(["area", "organisation"], ["organisations.area", "organisations.slug"]),
)

invitations = _table(
    "invitations",
    _key("token_hash", sa.LargeBinary),
    _must("area"),
    _must("user"),
    _must("name"),
    _must("organisation"),
    _must("roles", Words),
    _must("key_id", sa.LargeBinary),
    _must("bundle", sa.LargeBinary),
    sa.UniqueConstraint("area", "user"),
    sa.ForeignKeyConstraint(["area", "organisation"], ["organisations.area", "organisations.slug"]),
)

sign_ins = _table(
    "sign_ins",
    _key("token_hash", sa.LargeBinary),
    _must("uid", sa.LargeBinary),
    _must("began", DateTimeUTC),
    _must("used", DateTimeUTC),
    sa.ForeignKeyConstraint(["uid"], ["accounts.uid"]),
)

# ------------------------------------------------------------------ cases
cases = _table(
    "cases",
    _key("area"),
    _key("case_id", sa.LargeBinary),
    _must("code"),
    _must("asking_kind"),
    _must("legal_basis"),
    _must("urgency"),
    _must("frame"),
    _must("state"),
    _must("phase"),
    _must("session", sa.Integer),
    _must("land"),
    _must("seat_key", sa.LargeBinary),
    _must("seat", sa.LargeBinary),
    _must("head", sa.LargeBinary),
    _must("seq", sa.Integer),
    _must("epoch", sa.Integer),
    _must("epoch_why"),
    _must("is_convened", Flag),
    _must("receipt_policy"),
    _must("receipt_version"),
    _must("audit_n", sa.Integer),
    sa.UniqueConstraint("area", "code"),
    sa.ForeignKeyConstraint(["area"], ["areas.area"]),
)

case_members = _table(
    "case_members",
    _key("area"),
    _key("case_id", sa.LargeBinary),
    _key("key_id", sa.LargeBinary),
    _key("from_epoch", sa.Integer),
    sa.Column("to_epoch", sa.Integer),
    _must("cap"),
    _must("role"),
    _of_case(),
    sa.Index("ix_case_members_key", "area", "key_id"),
)

records = _table(
    "records",
    _key("area"),
    _key("case_id", sa.LargeBinary),
    _key("seq", sa.Integer),
    _must("epoch", sa.Integer),
    _must("kind"),
    sa.Column("ret", sa.Text),
    _must("size_class", sa.Integer),
    _must("digest", sa.LargeBinary),
    _must("header", sa.LargeBinary),
    _must("body", sa.LargeBinary),
    _must("at", DateTimeUTC),
    _of_case(),
)

acknowledgements = _table(
    "acknowledgements",
    _key("area"),
    _key("case_id", sa.LargeBinary),
    _key("last", sa.LargeBinary),
    _must("records", sa.LargeBinary),
    _must("seq", sa.Integer),
    _must("leaf", sa.LargeBinary),
    _must("salt", sa.LargeBinary),
    _must("value", sa.LargeBinary),
    _must("note"),
    _of_case(),
)

deadlines = _table(
    "deadlines",
    _key("area"),
    _key("case_id", sa.LargeBinary),
    _key("kind"),
    _key("session", sa.Integer),
    _must("due", Day),
    sa.Column("band", sa.Text),
    _must("policy"),
    sa.Column("signed", sa.LargeBinary),
    _of_case(),
)

case_codes = _table("case_codes", _key("area"), _key("code"))
"""Codes ever given, without the case they were given to: unique for ever."""

own_cases = _table(
    "own_cases",
    _key("area"),
    _key("case_id", sa.LargeBinary),
    _must("uid", sa.LargeBinary),
    _of_case(),
    sa.Index("ix_own_cases_uid", "area", "uid"),
)
"""Account and case: the one table nobody but that account is served from."""

CASE_TABLES: Final = (cases, case_members, records, acknowledgements, deadlines)
"""What the closed list speaks about."""

# ------------------------------------------------------------------ the access log
audit_outbox = _table(
    "audit_outbox",
    sa.Column("seq", whole(), primary_key=True, autoincrement=True),
    _must("entry_id", sa.LargeBinary),
    _must("leaf", sa.LargeBinary),
    _must("openings", sa.LargeBinary),
    _must("db_ms", whole()),
    sa.Column("hold_until_ms", whole()),
    sa.CheckConstraint("length(leaf) <= 2048", name="leaf_size"),
    sqlite_autoincrement=True,
)

audit_leaf = _table(
    "audit_leaf",
    sa.Column("idx", whole(), primary_key=True, autoincrement=False),
    _must("entry_id", sa.LargeBinary),
    sa.Column("leaf", sa.LargeBinary),
    _must("leaf_hash", sa.LargeBinary),
    sa.Column("openings", sa.LargeBinary),
    sa.UniqueConstraint("entry_id"),
)

audit_tile = _table(
    "audit_tile",
    _key("level", sa.Integer),
    sa.Column("n", whole(), primary_key=True, autoincrement=False),
    _must("nodes", sa.LargeBinary),
)

audit_head = _table(
    "audit_head",
    _key("origin"),
    _must("size", whole()),
    _must("frontier", sa.LargeBinary),
    _must("root", sa.LargeBinary),
)

audit_checkpoint = _table(
    "audit_checkpoint",
    sa.Column("size", whole(), primary_key=True, autoincrement=False),
    _must("root", sa.LargeBinary),
    _must("note"),
    _must("created_ms", whole()),
)

audit_quarantine = _table(
    "audit_quarantine",
    _key("sha256", sa.LargeBinary),
    _must("leaf", sa.LargeBinary),
    _must("openings", sa.LargeBinary),
    _must("reason"),
)
