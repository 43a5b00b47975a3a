"""What each message is: text, photo, sticker, voice note, call, deleted, edited, a place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ebbtide.conversation import EVENT_SCHEMA
from ebbtide.simulator.spells import Calendar
from ebbtide.simulator.timing import START, Ints, Messages

#: What a message can be here.
DRAWN = pl.Series(["text", "media", "voice", "call", "missed_call", "deleted", "location"], dtype=EVENT_SCHEMA["kind"])
TEXT, MEDIA, VOICE, CALL, MISSED_CALL, DELETED, LOCATION = range(len(DRAWN))
#: Every combination of flags, the first by ones, the second by twos, the third by fours.
FLAGGED = pl.Series(
    [[flag for bit, flag in enumerate(("image", "sticker", "edited")) if row >> bit & 1] for row in range(8)],
    dtype=pl.List(pl.String),
)


@dataclass(frozen=True, slots=True)
class MediaHabits:
    """Shares of a person's messages that are not text, and of starts that are calls."""

    photo: float
    sticker: float
    voice: float
    deleted: float
    location: float
    edited: float
    calls: float


def draw_media_habits(rng: np.random.Generator) -> MediaHabits:
    """One person's liking for each kind of message."""
    return MediaHabits(
        photo=rng.uniform(0.01, 0.07),
        sticker=rng.uniform(0.0, 0.04),
        voice=rng.uniform(0.0, 0.05) * (rng.random() < 0.7),
        deleted=rng.uniform(0.0, 0.008),
        location=rng.uniform(0.0, 0.004),
        edited=rng.uniform(0.0, 0.015),
        calls=rng.uniform(0.0, 0.12) * (rng.random() < 0.7),
    )


def event_frame(
    messages: Messages, calendar: Calendar, names: tuple[str, str], minute_only: bool, rng: np.random.Generator
) -> pl.DataFrame:
    """Events (with names as `person`, without ids and without text) in the schema of a conversation."""
    kind, flags = draw_kinds(messages, (draw_media_habits(rng), draw_media_habits(rng)), rng)
    step = 60 if minute_only else 1
    seconds = (np.floor(messages.at * 60 / step) * step * 1e6).astype(np.int64)
    origin = int(calendar.origin.timestamp() * 1e6)
    return pl.DataFrame(
        {
            "at": pl.Series(seconds + origin).cast(pl.Datetime("us", "UTC")),
            "minute_only": np.full(len(seconds), minute_only),
            "person": pl.Series(names, dtype=pl.String).gather(messages.person),
            "kind": DRAWN.gather(kind),
            "text": pl.repeat(None, len(seconds), dtype=pl.String, eager=True),
            "seconds": draw_seconds(kind, rng),
            "source": pl.repeat("made-up", len(seconds), eager=True),
            "record": np.arange(1, len(seconds) + 1),
            "flags": FLAGGED.gather(flags),
        }
    )


def draw_kinds(
    messages: Messages, habits: tuple[MediaHabits, MediaHabits], rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """The row of `DRAWN` that every message is, and the row of `FLAGGED` with its flags; scripted ones stay text."""
    draw = rng.random(len(messages.at))
    edit = rng.random(len(messages.at))
    answered = rng.random(len(messages.at)) < 0.7
    kind = np.full(len(draw), TEXT, dtype=np.int64)
    sticker = np.zeros(len(draw), dtype=bool)
    edited = np.zeros(len(draw), dtype=bool)
    scripted = np.array([a is not None for a in messages.act], dtype=bool)
    for person, own in enumerate(habits):
        at = (messages.person == person) & ~scripted
        edges = np.cumsum([own.photo, own.sticker, own.voice, own.deleted, own.location])
        band = np.searchsorted(edges, draw)
        kind[at] = np.array([MEDIA, MEDIA, VOICE, DELETED, LOCATION, TEXT])[band[at]]
        sticker |= at & (band == 1)
        call = at & (messages.why == START) & (messages.place == 0) & (draw > 1 - own.calls)
        kind[call] = np.where(answered[call], CALL, MISSED_CALL)
        edited |= at & (kind == TEXT) & (edit < own.edited)
    image = (kind == MEDIA) & ~sticker
    return kind, image + 2 * sticker + 4 * edited


def draw_seconds(kind: Ints, rng: np.random.Generator) -> pl.Series:
    """Length of calls (log-normal around eight minutes) and voice notes (around twenty seconds), else None."""
    call = np.maximum(5, np.round(480 * np.exp(rng.normal(0, 1.0, len(kind)))))
    voice = np.maximum(1, np.round(20 * np.exp(rng.normal(0, 0.8, len(kind)))))
    return pl.Series(np.where(kind == CALL, call, np.where(kind == VOICE, voice, np.nan)), nan_to_null=True)
