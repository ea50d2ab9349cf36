"""How many examples a property is tried on: small counts while working, large ones in a proof."""

import os
from typing import Any

from hypothesis import settings

FACTOR = 20 if os.environ.get("FB_COUNTS") == "large" else 1
"""How many times more examples a proof tries."""


def examples(small: int, **further: Any) -> settings:  # noqa: ANN401  # hypothesis's own settings
    """Return settings for *small* examples, or their multiple in a proof, without a time limit."""
    return settings(max_examples=small * FACTOR, deadline=None, **further)
