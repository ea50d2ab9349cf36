"""What can be laid on the table: each waits for its stamp and is sealed by `table.write`.

Words come in as `ReleasedText` only. A kind, source or number outside the lists is refused when
the body is composed, before anything is sealed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from fallberatung.anonymize.release import ReleasedText
from fallberatung.client.table import Compose
from fallberatung.roundtable.deliberation.bodies import (
    COLUMN_OF,
    Comment,
    Kind,
    MapItem,
    RatingReveal,
    RatingRound,
    Source,
)
from fallberatung.roundtable.deliberation.compose import (
    comment_body,
    map_item_body,
    rating_reveal_body,
    rating_round_body,
)


def comment(text: ReleasedText) -> Compose:
    """Say something freely."""
    return lambda stamp: comment_body(Comment(text), stamp)


def map_item(
    kind: str,
    text: ReleasedText,
    *,
    when: ReleasedText | None = None,
    source: str | None = None,
    goal_for: int | None = None,
) -> Compose:
    """Lay a card of the map, not yet discussed with the family.

    Args:
        kind: one of the seven kinds of docs/spec/roundtable.md#entries.
        text: the words.
        when: relative time, for past harm.
        source: `seen`, `heard`, `reported` or `suspected`, for past harm.
        goal_for: for a safety goal, the place of the danger statement it answers.

    Raises:
        KeyError: an unknown kind.
    """
    # `map_item_body` reads back what it composes and refuses codes outside the lists.
    known, whence = cast("Kind", kind), cast("Source | None", source)
    column = COLUMN_OF[known]
    item = MapItem(column, known, text, "professionals_only", when, whence, goal_for)
    return lambda stamp: map_item_body(item, stamp)


def rating_round(number: int, expected: Sequence[bytes], closes: datetime) -> Compose:
    """Ask these key ids for a rating each until `closes`."""
    asked = RatingRound(number, tuple(sorted(expected)), int(closes.timestamp()))
    return lambda stamp: rating_round_body(asked, stamp)


def rating(round_number: int, value: int, reason: ReleasedText) -> Compose:
    """Rate the child's safety from 0 (cannot stay) to 10 (safe enough), with the reason."""
    given = RatingReveal(round_number, value, reason)
    return lambda stamp: rating_reveal_body(given, stamp)
