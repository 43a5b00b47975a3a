"""Conversations that Jo reads, for the check of a draft."""

from __future__ import annotations

from ebbtide.conversation import Conversation
from tests.talks import Line, talk


def written(*lines: Line, until: float = 96) -> Conversation:
    """A talk that Jo reads, with lines at hours of the record."""
    return talk(lines, until=until, me="a")
