"""The closed list of log event names: a name from here and allow-listed values, no free text.

Rooms below ``bootstrap`` log through the standard library, ``logger.info(Event.X, extra={...})``;
``bootstrap`` renders. Whatever is not in `ALLOWED_KEYS` is dropped before a line is written.
"""

from enum import StrEnum
from typing import Final


class Event(StrEnum):
    """One name per thing worth an operator's attention."""

    SERVICE_STARTED = "service_started"
    SERVICE_STOPPED = "service_stopped"
    REQUEST_SERVED = "request_served"
    REQUEST_FAILED = "request_failed"
    BATCH_COMMITTED = "batch_committed"
    BATCH_FAILED = "batch_failed"
    LOG_INTEGRATED = "log_integrated"
    LOG_LAGGING = "log_lagging"
    LOG_QUARANTINED = "log_quarantined"
    DUTY_FAILED = "duty_failed"
    AUDIT_UNAVAILABLE = "audit_unavailable"


ALLOWED_KEYS: Final = frozenset(
    {
        "address",
        "commands",
        "duty",
        "entries",
        "error_class",
        "lag_seconds",
        "method",
        "milliseconds",
        "request_id",
        "route",
        "size",
        "status",
        "version",
    }
)
"""Values a log line may carry; none of them can hold what a user typed or who a user is."""
