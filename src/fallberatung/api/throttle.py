"""How often somebody may try to sign in.

Thin for now: kept in the memory of the one process. An account is throttled, and more so from one
address; an address alone never locks out, because a whole school sits behind one.
"""

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from typing import Final

from fallberatung.api.errors import TooManyError

WINDOW: Final = timedelta(minutes=15)
MOST_PER_ACCOUNT: Final = 30
MOST_PER_ACCOUNT_AND_SOURCE: Final = 10
MOST_KEYS: Final = 10_000
"""How many accounts and pairs are remembered; the longest unused is forgotten first."""


class Throttle:
    """Counts failed sign-ins; unknown user names are counted like known ones."""

    def __init__(
        self, per_account: int = MOST_PER_ACCOUNT, per_pair: int = MOST_PER_ACCOUNT_AND_SOURCE
    ) -> None:
        self._most = (per_account, per_pair)
        self._failures: OrderedDict[tuple[str, str], deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, user: str, source: str, now: datetime) -> None:
        """Let an attempt pass.

        Raises:
            TooManyError: there were too many failed ones of late.
        """
        with self._lock:
            for key, most in zip(_keys(user, source), self._most, strict=True):
                failures = self._recent(key, now)
                if len(failures) >= most:
                    wait = failures[0] + WINDOW - now
                    raise TooManyError(max(1, int(wait.total_seconds())))

    def failed(self, user: str, source: str, now: datetime) -> None:
        """Count a failed attempt."""
        with self._lock:
            for key in _keys(user, source):
                self._recent(key, now).append(now)
                self._failures.move_to_end(key)
            while len(self._failures) > MOST_KEYS:
                self._failures.popitem(last=False)

    def _recent(self, key: tuple[str, str], now: datetime) -> deque[datetime]:
        failures = self._failures.setdefault(key, deque())
        while failures and now - failures[0] >= WINDOW:
            failures.popleft()
        return failures


def _keys(user: str, source: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (user, ""), (user, source)
