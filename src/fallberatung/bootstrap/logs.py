"""How log lines are written: one JSON object each, an event name and allow-listed values.

Rooms below log through the standard library; here structlog renders. What is not in
`events.ALLOWED_KEYS` is dropped, and of an exception nothing but its class is kept: its text and
its frames could hold what a user typed. Lines about requests carry the full hour only, all of
them: a finer time beside the line of a seat's act would tell its minute (docs/spec/audit.md#seats).
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Final, TextIO

import structlog

from fallberatung.events import ALLOWED_KEYS, Event

_EVENTS: Final = frozenset(event.value for event in Event)
_REQUESTS: Final = frozenset({Event.REQUEST_SERVED.value, Event.REQUEST_FAILED.value})
_HOUR_DIGITS: Final = len("2026-01-01T00")
_FOREIGN: Final = "foreign"
"""What stands in place of a text some library logged."""


def set_up(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send every log record of the process through the allow-list, to stderr by default."""
    handler = logging.StreamHandler(stream if stream is not None else sys.stderr)
    handler.setFormatter(formatter())
    handler.addFilter(_is_worth_a_line)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def formatter() -> logging.Formatter:
    """Return the formatter that lets nothing through but the allow-list."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(), structlog.stdlib.add_log_level],
        processors=[
            _only_known,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%SZ", utc=True),
            _hour_of_requests,
            structlog.processors.JSONRenderer(),
        ],
        keep_exc_info=True,
    )


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    # Of foreign libraries only warnings are worth a line, and of those only that there was one.
    return record.name.startswith("fallberatung") or record.levelno >= logging.WARNING


def _only_known(
    _logger: Any,  # noqa: ANN401  # structlog's signature
    _name: str,
    line: MutableMapping[str, Any],
) -> MutableMapping[str, Any]:
    record: logging.LogRecord | None = line.get("_record")
    kept = {key: value for key, value in line.items() if key in ALLOWED_KEYS}
    event = str(line.get("event", ""))
    kept["event"] = event if event in _EVENTS else _FOREIGN
    kept["level"] = line.get("level", "info")
    if record is not None:
        if record.exc_info and record.exc_info[0] is not None:
            kept["error_class"] = record.exc_info[0].__name__
        # The standard formatter would append the text and the frames below the rendered line.
        record.exc_info = record.exc_text = record.stack_info = None
    return kept


def _hour_of_requests(
    _logger: Any,  # noqa: ANN401  # structlog's signature
    _name: str,
    line: MutableMapping[str, Any],
) -> MutableMapping[str, Any]:
    if line["event"] in _REQUESTS:
        line["timestamp"] = str(line["timestamp"])[:_HOUR_DIGITS] + ":00:00Z"
    return line
