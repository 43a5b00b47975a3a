"""Made-up couples: a conversation, and the truth of what was put into it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import polars as pl

from ebbtide.conversation import Conversation, assemble
from ebbtide.errors import BadSetting
from ebbtide.simulator.happenings import Happening
from ebbtide.simulator.kinds import KINDS, Kind, draw_habits
from ebbtide.simulator.media import event_frame
from ebbtide.simulator.schedule import draw_happenings
from ebbtide.simulator.spells import Calendar
from ebbtide.simulator.timing import Floats, Habits, Messages, moods, simulate_messages, written_at
from ebbtide.simulator.truth import Decoy, TrueEpisode, decoy_to_dict, episode_to_dict
from ebbtide.simulator.words import write_words

#: Made-up people; names that say nothing about gender, for nothing here depends on it.
NAMES = (
    "Alex", "Ari", "Bo", "Charlie", "Dana", "Eli", "Jo", "Jules", "Kai", "Kim", "Lee", "Luca",
    "Max", "Mika", "Nico", "Noa", "Quinn", "Remi", "Robin", "Rowan", "Sam", "Sasha", "Toni", "Yuki",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Couple:
    """A made-up couple: what an export would hold, and what is true about it. `names` maps "a" and "b" to names.

    `beside` is further truth, ready for JSON: of a dyad its parameters, states, roles, loop and moves.
    """

    conversation: Conversation
    episodes: tuple[TrueEpisode, ...]
    decoys: tuple[Decoy, ...]
    kind: str
    seed: int
    names: Mapping[str, str]
    beside: Mapping[str, Any] = field(default_factory=dict)


def make_couple(
    seed: int,
    *,
    kind: str = "settled",
    days: int | None = None,
    start: date = date(2025, 2, 3),
    tz: str = "Europe/London",
    words: bool = True,
) -> Couple:
    """Make up a couple: everything follows from the arguments, and the timing does not depend on `words`.

    `days` is the kind's own where None (180, of new couples 70). The record begins at local midnight of `start` and
    ends at some hour of its last day. Without `words` the `text` of every event is None. Raises `BadSetting` for a
    kind that is not in `KINDS`, fewer than 14 days, a negative seed or an unknown time zone.
    """
    settings = checked_kind(seed, kind, tz)
    length = settings.days if days is None else days
    if length < 14:
        raise BadSetting(f"{length} days are too few for a made-up couple.", try_="Ask for at least 14.")
    rng = random_for(seed, kind, "timing")
    calendar = Calendar(start, length, tz)
    over = calendar.minute(length - 1, rng.uniform(9.0, 23.0))
    names = draw_names(rng)
    habits = draw_habits(settings, tz, rng)
    happenings = draw_happenings(settings, calendar, over, rng)
    drift, drifts = draw_drift(settings, calendar, rng)
    messages = play(habits, calendar, over, happenings, drift, rng)
    return put_together(
        messages,
        calendar,
        over,
        tuple(happenings),
        drifts,
        names,
        kind=kind,
        seed=seed,
        words=words,
        at_home=settings.home < 1,
    )


def checked_kind(seed: int, kind: str, tz: str) -> Kind:
    """The settings of a kind; `BadSetting` where the kind, the seed or the time zone cannot be used."""
    if kind not in KINDS:
        raise BadSetting(f"There is no kind of couple called {kind!r}.", try_=f"Use one of: {', '.join(KINDS)}.")
    checked_place(seed, tz)
    return KINDS[kind]


def checked_place(seed: int, tz: str) -> None:
    """`BadSetting` where the seed or the time zone cannot be used."""
    if seed < 0:
        raise BadSetting(f"A seed cannot be below 0, and {seed} is.", try_="Use 0 or any whole number above.")
    try:
        ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadSetting(f"There is no time zone called {tz!r}.", try_="Use a name like Europe/London.") from None


def draw_names(rng: np.random.Generator) -> tuple[str, str]:
    """Two different names, "a" and "b" in the order of the alphabet, as the importers give them."""
    first, second = sorted(NAMES[i] for i in rng.choice(len(NAMES), 2, replace=False))
    return first, second


def random_for(seed: int, kind: str, part: str) -> np.random.Generator:
    """Independent random numbers for each part of a couple, so that words never change timing."""
    return np.random.default_rng([seed, zlib.crc32(kind.encode()), zlib.crc32(part.encode())])


def draw_drift(kind: Kind, calendar: Calendar, rng: np.random.Generator) -> tuple[Floats, tuple[Decoy, ...]]:
    """The couple's shared log level per day: small wandering, and in some couples a slow swell or fade over months."""
    level = moods(calendar.days + 2, 0.15, rng)
    if "slow_drift" not in kind.decoys or rng.random() > 0.4:
        return level, ()
    phase, size = rng.uniform(0, 2 * np.pi), rng.uniform(0.2, 0.45)
    level = level + size * np.sin(2 * np.pi * np.arange(len(level)) / 300 + phase)
    first, last = calendar.local(0.0), calendar.local(calendar.minute(calendar.days))
    return level, (Decoy("slow_drift", None, first, last, False),)


def play(
    habits: tuple[Habits, Habits],
    calendar: Calendar,
    over: float,
    happenings: tuple[Happening, ...],
    drift: Floats,
    rng: np.random.Generator,
) -> Messages:
    """Simulate the timing with everything that happens."""
    spells = [s for h in happenings for s in h.spells]
    scripts = [s for h in happenings for s in h.scripts]
    return simulate_messages(habits, calendar, over, spells, scripts, drift, rng)


def put_together(
    messages: Messages,
    calendar: Calendar,
    over: float,
    happenings: tuple[Happening, ...],
    drifts: tuple[Decoy, ...],
    names: tuple[str, str],
    *,
    kind: str,
    seed: int,
    words: bool,
    at_home: bool = False,
    minute_only: bool | None = None,
    say: Callable[[list[bool]], list[str | None]] | None = None,
) -> Couple:
    """Make events of the messages and gather the truth.

    `minute_only`: clocks tell no seconds; so of one couple in two where None. `say` makes the texts, told which
    messages are text; without it they are those of `write_words`.
    """
    media = random_for(seed, kind, "media")
    drawn = bool(media.random() < 0.5)
    events = event_frame(messages, calendar, names, drawn if minute_only is None else minute_only, media)
    if words:
        is_text = (events["kind"] == "text").to_list()
        if say is None:
            hours, _ = written_at(messages, calendar)
            said = write_words(messages, hours, is_text, at_home, random_for(seed, kind, "words"))
        else:
            said = say(is_text)
        events = events.with_columns(text=pl.Series(said, dtype=pl.String))
    now = calendar.origin + timedelta(minutes=over)
    talk = assemble(events, tz=calendar.tz, tz_source="given", coverage=[(calendar.origin, now)])
    truths = [h.truth for h in happenings]
    return Couple(
        conversation=talk,
        episodes=tuple(t for t in truths if isinstance(t, TrueEpisode)),
        decoys=tuple(t for t in truths if isinstance(t, Decoy)) + drifts,
        kind=kind,
        seed=seed,
        names={"a": names[0], "b": names[1]},
    )


def write_truth(couple: Couple) -> str:
    """The truth of a couple as JSON (schema `ebbtide.truth/1`): episodes with local days and exact edges, decoys."""
    start, end = couple.conversation.coverage[0]
    truth = {
        "schema": "ebbtide.truth/1",
        "kind": couple.kind,
        "seed": couple.seed,
        "people": [{"id": person, "name": name} for person, name in couple.names.items()],
        "tz": couple.conversation.tz,
        "start": start.isoformat(),
        "now": end.isoformat(),
        "episodes": [episode_to_dict(e) for e in couple.episodes],
        "decoys": [decoy_to_dict(d) for d in couple.decoys],
        **couple.beside,
    }
    return json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
