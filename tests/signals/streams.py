"""Streams drawn by chance, for what must hold whatever two people write."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from ebbtide.signals.stream import Stream
from tests.talks import START, flow_of

ORIGIN = START.timestamp()

#: Seconds between messages; the half keeps every gap off the exact limits (an hour, twelve hours).
GAPS = st.one_of(st.integers(2, 120), st.integers(100, 9000), st.integers(3000, 6 * 86400)).map(lambda s: s + 0.5)


@st.composite
def streams(draw: st.DrawFn, least: int = 1) -> Stream:
    """Any stream of up to 25 messages, observed for up to three days beyond the last."""
    gaps = draw(st.lists(GAPS, min_size=least - 1, max_size=24))
    who = draw(st.lists(st.integers(0, 1), min_size=len(gaps) + 1, max_size=len(gaps) + 1))
    at = ORIGIN + 1000.0 + np.cumsum([0.0, *gaps])
    return flow_of(at, np.array(who), at[-1] + draw(st.integers(0, 3 * 86400)))
