"""Asking for the evidence bundle of the access log."""

from typing import Annotated

from pydantic import Field

from fallberatung.wire.codes import Purpose
from fallberatung.wire.encoding import Words


class ExportOrder(Words):
    """Which entries to export, by index: from `start` up to but without `end` (null: all).

    `why` and `reason` are codes; the order itself becomes an entry of the log.
    """

    start: int = Field(ge=0, le=2**53 - 1)
    end: Annotated[int, Field(ge=0, le=2**53 - 1)] | None = None
    why: Purpose
    reason: str = Field(pattern=r"^[a-z0-9_-]{1,40}$")
