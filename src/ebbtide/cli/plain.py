"""Text that is safe to print: a name in an export can hold the codes that steer a terminal."""

from __future__ import annotations

import unicodedata

#: Control characters, and marks that turn the direction of the rest of the line around.
STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069")


def plain(text: str) -> str:
    """The text without control characters; line ends stay."""
    return "".join(c for c in text if c == "\n" or (unicodedata.category(c) != "Cc" and c not in STEERING))
