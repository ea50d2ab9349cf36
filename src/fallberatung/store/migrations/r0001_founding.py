"""The founding tables: area, people, cases, access log.

What stands here is never changed again; the next change is the next file.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

from fallberatung.store.columns import DateTimeUTC, Day, Flag, Words, whole

revision: Final = "r0001"
down_revision: Final = None

_APPEND_ONLY: Final = (
    ("records_stay", "DELETE ON records"),
    ("records_same", "UPDATE OF seq, epoch, kind, ret, digest, header ON records"),
    ("audit_leaf_stay", "DELETE ON audit_leaf"),
    ("audit_leaf_same", "UPDATE OF idx, entry_id, leaf_hash ON audit_leaf"),
    ("audit_checkpoint_stay", "DELETE ON audit_checkpoint"),
    ("audit_checkpoint_same", "UPDATE ON audit_checkpoint"),
)


def upgrade() -> None:
    """Make all tables of the first version, and on SQLite the triggers that keep logs whole."""
    _area_and_people()
    _cases()
    _beside_cases()
    _access_log()
    if op.get_context().dialect.name == "sqlite":
        for name, when in _APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, 'append only'); END"
            )


def _area_and_people() -> None:
    op.create_table(
        "areas",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("land", sa.Text(), nullable=False),
        sa.Column("tables", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("institution_key", sa.LargeBinary(), nullable=False),
        sa.Column("roster", sa.LargeBinary(), nullable=False),
        sa.Column("is_demo", Flag(), nullable=False),
        sa.PrimaryKeyConstraint("area", name="pk_areas"),
        sqlite_strict=True,
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
        sqlite_strict=True,
    )
    op.create_table(
        "organisations",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("land", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["area"], ["areas.area"], name="fk_organisations_areas"),
        sa.PrimaryKeyConstraint("area", "slug", name="pk_organisations"),
        sqlite_strict=True,
    )
    op.create_table(
        "accounts",
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("roles", Words(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(), nullable=False),
        sa.Column("bundle", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("login_tag", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area", "organisation"],
            ["organisations.area", "organisations.slug"],
            name="fk_accounts_organisations",
        ),
        sa.PrimaryKeyConstraint("uid", name="pk_accounts"),
        sa.UniqueConstraint("area", "key_id", name="uq_accounts_area_key_id"),
        sa.UniqueConstraint("area", "user", name="uq_accounts_area_user"),
        sqlite_strict=True,
    )
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("roles", Words(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(), nullable=False),
        sa.Column("bundle", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area", "organisation"],
            ["organisations.area", "organisations.slug"],
            name="fk_invitations_organisations",
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_invitations"),
        sa.UniqueConstraint("area", "user", name="uq_invitations_area_user"),
        sqlite_strict=True,
    )
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("began", DateTimeUTC(), nullable=False),
        sa.Column("used", DateTimeUTC(), nullable=False),
        sa.ForeignKeyConstraint(["uid"], ["accounts.uid"], name="fk_sign_ins_accounts"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sign_ins"),
        sqlite_strict=True,
    )


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("asking_kind", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("frame", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("land", sa.Text(), nullable=False),
        sa.Column("seat_key", sa.LargeBinary(), nullable=False),
        sa.Column("seat", sa.LargeBinary(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("epoch_why", sa.Text(), nullable=False),
        sa.Column("is_convened", Flag(), nullable=False),
        sa.Column("receipt_policy", sa.Text(), nullable=False),
        sa.Column("receipt_version", sa.Text(), nullable=False),
        sa.Column("audit_n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area"], ["areas.area"], name="fk_cases_areas"),
        sa.PrimaryKeyConstraint("area", "case_id", name="pk_cases"),
        sa.UniqueConstraint("area", "code", name="uq_cases_area_code"),
        sqlite_strict=True,
    )
    op.create_table(
        "case_members",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(), nullable=False),
        sa.Column("from_epoch", sa.Integer(), nullable=False),
        sa.Column("to_epoch", sa.Integer(), nullable=True),
        sa.Column("cap", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area", "case_id"], ["cases.area", "cases.case_id"], name="fk_case_members_cases"
        ),
        sa.PrimaryKeyConstraint("area", "case_id", "key_id", "from_epoch", name="pk_case_members"),
        sqlite_strict=True,
    )
    op.create_index("ix_case_members_key", "case_members", ["area", "key_id"], unique=False)
    op.create_table(
        "records",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ret", sa.Text(), nullable=True),
        sa.Column("size_class", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", DateTimeUTC(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area", "case_id"], ["cases.area", "cases.case_id"], name="fk_records_cases"
        ),
        sa.PrimaryKeyConstraint("area", "case_id", "seq", name="pk_records"),
        sqlite_strict=True,
    )


def _beside_cases() -> None:
    op.create_table(
        "case_codes",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("area", "code", name="pk_case_codes"),
        sqlite_strict=True,
    )
    op.create_table(
        "acknowledgements",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(), nullable=False),
        sa.Column("last", sa.LargeBinary(), nullable=False),
        sa.Column("records", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area", "case_id"], ["cases.area", "cases.case_id"], name="fk_acknowledgements_cases"
        ),
        sa.PrimaryKeyConstraint("area", "case_id", "last", name="pk_acknowledgements"),
        sqlite_strict=True,
    )
    op.create_table(
        "deadlines",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("due", Day(), nullable=False),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["area", "case_id"], ["cases.area", "cases.case_id"], name="fk_deadlines_cases"
        ),
        sa.PrimaryKeyConstraint("area", "case_id", "kind", "session", name="pk_deadlines"),
        sqlite_strict=True,
    )
    op.create_table(
        "own_cases",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area", "case_id"], ["cases.area", "cases.case_id"], name="fk_own_cases_cases"
        ),
        sa.PrimaryKeyConstraint("area", "case_id", name="pk_own_cases"),
        sqlite_strict=True,
    )
    op.create_index("ix_own_cases_uid", "own_cases", ["area", "uid"], unique=False)


def _access_log() -> None:
    op.create_table(
        "audit_checkpoint",
        sa.Column("size", whole(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_ms", whole(), nullable=False),
        sa.PrimaryKeyConstraint("size", name="pk_audit_checkpoint"),
        sqlite_strict=True,
    )
    op.create_table(
        "audit_head",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("size", whole(), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name="pk_audit_head"),
        sqlite_strict=True,
    )
    op.create_table(
        "audit_leaf",
        sa.Column("idx", whole(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=True),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.Column("openings", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("idx", name="pk_audit_leaf"),
        sa.UniqueConstraint("entry_id", name="uq_audit_leaf_entry_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "audit_outbox",
        sa.Column("seq", whole(), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("openings", sa.LargeBinary(), nullable=False),
        sa.Column("db_ms", whole(), nullable=False),
        sa.Column("hold_until_ms", whole(), nullable=True),
        sa.CheckConstraint("length(leaf) <= 2048", name="ck_audit_outbox_leaf_size"),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_outbox"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "audit_quarantine",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("openings", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_audit_quarantine"),
        sqlite_strict=True,
    )
    op.create_table(
        "audit_tile",
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("n", whole(), autoincrement=False, nullable=False),
        sa.Column("nodes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "n", name="pk_audit_tile"),
        sqlite_strict=True,
    )
