"""Column types that mean the same on SQLite (STRICT tables) and on PostgreSQL."""

from datetime import UTC, date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

_SPELLING: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


class DateTimeUTC(TypeDecorator[datetime]):
    """A moment in UTC; a datetime without a zone is refused.

    SQLite keeps it as text of one fixed length, so that text order is time order.
    """

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, a time stamp with zone elsewhere."""
        return dialect.type_descriptor(
            sa.Text() if dialect.name == "sqlite" else sa.TIMESTAMP(timezone=True)
        )

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401  # SQLAlchemy's signature
        """Turn a moment into what the dialect keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        moment = value.astimezone(UTC)
        return moment.strftime(_SPELLING) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002  # SQLAlchemy's signature
        """Turn what the dialect keeps into a moment in UTC."""
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.strptime(value, _SPELLING).replace(tzinfo=UTC)
        moment: datetime = value
        return moment.astimezone(UTC)


class Day(TypeDecorator[date]):
    """A calendar day as ISO 8601 text, the same on every database."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Spell the day."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:  # noqa: ANN401, ARG002  # SQLAlchemy's signature
        """Read the day."""
        return None if value is None else date.fromisoformat(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """A short tuple of codes in one text column, separated by commas."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Join the codes."""
        return None if value is None else ",".join(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...] | None:  # noqa: ANN401, ARG002  # SQLAlchemy's signature
        """Part the codes."""
        return None if value is None else tuple(code for code in value.split(",") if code)


class Flag(TypeDecorator[bool]):
    """A truth as 0 or 1."""

    impl = sa.Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002, FBT001  # SQLAlchemy's signature
        """Write 0 or 1."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bool | None:  # noqa: ANN401, ARG002  # SQLAlchemy's signature
        """Read 0 or 1."""
        return None if value is None else bool(value)


def whole() -> TypeEngine[int]:
    """Return the type of a whole number of up to 63 bits."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
