"""Couples whose chat follows a dyad: its states make turns and moves likely, and all of it is written beside as truth.

Starts come at the rate habits × mood × the share kept × e^reaching, by the quarter of an hour; answers, follow-ups,
bursts, media and the decoys of ordinary life are those of the first generator. What is said at the edges of an episode
follows the states there (`planned`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from ebbtide.errors import BadSetting
from ebbtide.simulator.couple import Couple, checked_place, draw_drift, draw_names, put_together, random_for
from ebbtide.simulator.dyad_acts import MOVES, Felt
from ebbtide.simulator.dyad_course import (
    REACHES,
    ROW,
    Path,
    courses,
    followed,
    loop,
    partly_away,
    roles,
)
from ebbtide.simulator.dyad_kinds import DYADS, PREFIX, drawn
from ebbtide.simulator.dyad_words import write_chat
from ebbtide.simulator.happenings import DECOYS, IDS, EpisodePlan, Happening, said_after, said_before, told
from ebbtide.simulator.kinds import Kind, draw_habits
from ebbtide.simulator.schedule import Days, draw_decoys, per_record
from ebbtide.simulator.spells import MINUTES_A_DAY, Calendar, Mode, Spell
from ebbtide.simulator.systems.dyad import DYAD
from ebbtide.simulator.systems.dyad_spells import Away, spells_away
from ebbtide.simulator.systems.integrate import euler
from ebbtide.simulator.systems.run import Run
from ebbtide.simulator.systems.system import Floats, Values
from ebbtide.simulator.timing import Habits, Messages, simulate_messages, written_at
from ebbtide.simulator.truth import Reaction, Warmth

START = date(2025, 2, 3)
ZONE = "Europe/London"
HOURS = 24
FEWEST_DAYS = 14
#: Days of a kind's couple that lie before its record, so that not all begin at the same point of their story.
BEFORE = 60
#: Couples whose states go through together.
TOGETHER = 100
#: Of those who withdraw, the share that says so first, at avoidance 0; nobody at avoidance 1.
SAYS_SO = 0.65
#: Chance that a partner who does not reach leaves room, where room was asked for and where it was not.
LEAVES_ROOM = (0.25, 0.7)
#: A return is warm and flat from these on: closeness and feeling valued, less half of what the other still reaches.
WARM_FROM, FLAT_BELOW = 0.95, 0.7
OWNED = {"warm": 0.75, "usual": 0.3, "flat": 0.25}
EXPLAINED = 0.55
#: States written as truth, day by day.
WRITTEN = ("alarm", "distance", "reaching", "stress", "valued")


def make_dyads(
    seeds: Sequence[int],
    *,
    kind: str,
    days: int | None = None,
    start: date = START,
    tz: str = ZONE,
    words: bool = True,
) -> Iterator[Couple]:
    """Couples of a kind in `DYADS` (written with or without `dyad/` before it), one a seed.

    Each is the same whatever else is made with it. Arguments and errors are those of `make_couple`.
    """
    name = kind.removeprefix(PREFIX)
    if name not in DYADS:
        raise BadSetting(f"There is no kind of dyad called {name!r}.", try_=f"Use one of: {', '.join(DYADS)}.")
    for seed in seeds:
        checked_place(seed, tz)
    chosen = DYADS[name]
    length = chosen.writes.days if days is None else days
    for first in range(0, len(seeds), TOGETHER):
        some = seeds[first : first + TOGETHER]
        settings = [drawn(chosen, random_for(seed, PREFIX + name, "dyad")) for seed in some]
        for seed, p, rows in zip(some, settings, states(settings, some, (BEFORE + length) * HOURS), strict=True):
            rows = rows[BEFORE * HOURS :]
            yield chat_of(p, rows, chosen.writes, PREFIX + name, seed, start=start, tz=tz, words=words)


def states(settings: Sequence[Values], seeds: Sequence[int], hours: int) -> Iterator[Floats]:
    """The states of many couples by the hour, (hours + 1, 15) each, as `simulate` with this seed would make them."""
    p = {name: np.array([one[name] for one in settings]) for name in DYAD.defaults}
    start = np.array([DYAD.start(one) for one in settings]).T.copy()
    noise = DYAD.noise(p) if DYAD.noise else np.zeros_like(start)
    rows = euler(DYAD.field(p), start, DYAD.step, hours, noise, Chances(seeds))
    for i in range(len(seeds)):
        yield np.ascontiguousarray(rows[:, :, i])  # what is read over and over lies together


class Chances:
    """Random numbers for many couples at once, each couple's from its own seed."""

    BLOCK = 256

    def __init__(self, seeds: Sequence[int]) -> None:
        self.each = [np.random.default_rng(seed) for seed in seeds]
        self.block, self.used = np.empty((0, 0, 0)), 0

    def standard_normal(self, *, out: Floats) -> None:
        """Fill (states, couples)."""
        if self.used == len(self.block):
            drawn_now = [rng.standard_normal((self.BLOCK, len(out))) for rng in self.each]
            self.block, self.used = np.stack(drawn_now, axis=-1), 0
        out[:] = self.block[self.used]
        self.used += 1


def chat_of_run(run: Run, *, start: date = START, tz: str = ZONE, minute_only: bool | None = None) -> Couple:
    """The couple whose states are those of a run of the dyad.

    `BadSetting` for other models, for short runs, and for runs in which nobody writes.

    `minute_only`: whether clocks tell no seconds, as in an export without them, so that events bear the ids that a
    reader of that export gives them; drawn where None.
    """
    if run.model != DYAD.id:
        raise BadSetting(
            "Only the dyad writes messages.", where=run.model, try_="Use ebbtide simulate dyad --export ...."
        )
    # Ordinary life (a journey that is announced) would put lines into a chat that was asked to have none.
    if not any(run.parameters[f"messages_{k}"] for k in IDS):
        raise nobody_writes()
    rows = np.column_stack([run.states[name] for name in DYAD.names])
    made = chat_of(run.parameters, rows, Kind(), DYAD.id, run.seed, start=start, tz=tz, minute_only=minute_only)
    if made.conversation.events.is_empty():
        raise nobody_writes()
    asked = {"days": float(run.t[-1]), "start": dict(run.start)}
    return replace(made, beside={**made.beside, "run": asked})


def nobody_writes() -> BadSetting:
    """The error for a run without a message."""
    return BadSetting(
        "In this run nobody writes, so there is no chat.",
        where="messages_a, messages_b",
        try_="Set them higher (messages a day, 20 by default), or run it for longer.",
    )


def chat_of(
    p: Values,
    rows: Floats,
    kind: Kind,
    name: str,
    seed: int,
    *,
    start: date = START,
    tz: str = ZONE,
    words: bool = True,
    minute_only: bool | None = None,
) -> Couple:
    """A couple whose states by the hour are `rows`: messages, words and truth."""
    days = len(rows) // HOURS
    if days < FEWEST_DAYS:
        raise BadSetting(f"{days} days are too few for a chat.", where="--for", try_=f"Ask for at least {FEWEST_DAYS}.")
    rng = random_for(seed, name, "timing")
    calendar = Calendar(start, days, tz)
    over = calendar.minute(days - 1, rng.uniform(9.0, 23.0))
    course = followed(p, rows[: int(over / 60) + 1])
    names = draw_names(rng)
    habits = habits_of(p, kind, name == DYAD.id, tz, rng)
    away = spells_away(course.share, course.rows)
    happenings = [happened(course, each, calendar, over, rng) for each in away]
    happenings += [h for h in decoys(kind, calendar, away, rng) if all(writes(p, s.person) for s in h.scripts)]
    happenings.sort(key=lambda h: h.truth.start)
    drift, drifts = draw_drift(kind, calendar, rng)
    spells = [s for h in happenings for s in h.spells]
    scripts = [s for h in happenings for s in h.scripts if writes(p, s.person)]
    bins = courses(course, calendar.days * 24 * 4 + 8)
    messages = simulate_messages(habits, calendar, over, spells, scripts, drift, rng, bins)
    acts: list[str] = []

    def say(is_text: list[bool]) -> list[str | None]:
        hours, day = written_at(messages, calendar)
        rng = random_for(seed, name, "words")
        texts, chosen = write_chat(messages, hours, day, is_text, felt(course, messages), rng)
        acts.extend(chosen)
        return texts

    made = put_together(
        messages,
        calendar,
        over,
        tuple(happenings),
        drifts,
        names,
        kind=name,
        seed=seed,
        words=words,
        minute_only=minute_only,
        say=say,
    )
    return replace(made, beside={**beside(course, away, calendar), "moves": moves(made, messages, acts)})


def habits_of(p: Values, kind: Kind, as_set: bool, tz: str, rng: np.random.Generator) -> tuple[Habits, Habits]:
    """Two people's habits; `as_set`: as many messages as the dyad's parameters say, else as many as the kind draws."""
    if not as_set:
        return draw_habits(kind, tz, rng)
    wanted = [max(float(p[f"messages_{k}"]), 1e-6) for k in "ab"]
    a, b = draw_habits(replace(kind, messages=(sum(wanted), sum(wanted))), tz, rng)
    starts = (a.starts_per_day + b.starts_per_day) / sum(wanted)
    a, b = replace(a, starts_per_day=starts * wanted[0]), replace(b, starts_per_day=starts * wanted[1])
    return a if writes(p, 0) else replace(a, answer=0.0), b if writes(p, 1) else replace(b, answer=0.0)


def writes(p: Values, person: int) -> bool:
    """Whether this person writes at all."""
    return bool(p[f"messages_{IDS[person]}"] > 0)


def felt(course: Path, messages: Messages) -> Felt:
    """The writer's states at each message."""
    hour = np.minimum((messages.at / 60).astype(np.int64), len(course.rows) - 1)
    reaching = np.column_stack([course.of("reaching", k) for k in (0, 1)])[hour, messages.person]
    valued = np.column_stack([course.of("valued", k) for k in (0, 1)])[hour, messages.person]
    warmth = np.clip(course.closeness[hour] * (0.5 + valued), 0.0, 1.0)
    return Felt(np.minimum(course.share[hour, messages.person], 1.0), reaching, warmth)


def happened(course: Path, away: Away, calendar: Calendar, over: float, rng: np.random.Generator) -> Happening:
    """An episode of the states with what is said around it; what is written in it follows from the states."""
    plan = planned(course, away, rng)
    other, until = 1 - plan.person, over if plan.end is None else plan.end
    spells = []
    if plan.reaction == "space":
        noticed = plan.start + (0.0 if plan.said_so else rng.uniform(0.4, 1.2) * MINUTES_A_DAY)
        spells.append(Spell(other, noticed, until, Mode.GIVING_SPACE, starts=rng.uniform(0.3, 0.7), follow=0.3))
    if plan.end is not None and plan.warmth != "usual":
        mode = Mode.RETURNED_WARM if plan.warmth == "warm" else Mode.RETURNED_FLAT
        spells.append(Spell(plan.person, plan.end, plan.end + rng.uniform(1.0, 2.5) * MINUTES_A_DAY, mode))
    scripts = (*said_before(plan, calendar, rng), *said_after(plan, calendar, rng))
    return Happening(told(plan, calendar), tuple(spells), scripts)


def planned(course: Path, away: Away, rng: np.random.Generator) -> EpisodePlan:
    """What the states make of the edges of an episode.

    Avoidant people say less before they go, and what began before the record was said before it. A partner reaches who
    reaches by `REACHES` and more; of the others some leave room. The return is the warmer the more closeness and
    feeling valued are left and the less the other still reaches.
    """
    k = away.person
    p, other = course.parameters, IDS[1 - k]
    says = rng.random() < SAYS_SO * (1 - course.of("avoidance", k)[away.first])
    said_so = bool(says and away.first > 0 and writes(p, k))
    agreed = p["space_from"] * HOURS <= away.first < (p["space_from"] + p[f"space_by_{other}"]) * HOURS
    leaves = rng.random() < LEAVES_ROOM[said_so] or agreed
    reaction: Reaction = "reaches" if away.reached >= REACHES else "space" if leaves else "carries_on"
    warmth, draws = returned(course, away), rng.random(2)
    acknowledged = bool(draws[0] < OWNED[warmth] and writes(p, k))
    return EpisodePlan(
        person=k,
        start=away.first * 60.0,
        end=None if away.back is None else away.back * 60.0,
        depth=away.depth,
        said_so=said_so,
        reaction=reaction,
        warmth=warmth,
        acknowledged=acknowledged,
        explained=bool(acknowledged and draws[1] < EXPLAINED),
    )


def returned(course: Path, away: Away) -> Warmth:
    """How warm a return is by the states of its first day."""
    if away.back is None:
        return "usual"
    first = slice(away.back, away.back + HOURS)
    left = course.closeness[first] + course.of("valued", away.person)[first]
    warmth = float(np.mean(left - 0.5 * course.of("reaching", 1 - away.person)[first]))
    return "warm" if warmth >= WARM_FROM else "flat" if warmth < FLAT_BELOW else "usual"


def decoys(kind: Kind, calendar: Calendar, away: Sequence[Away], rng: np.random.Generator) -> list[Happening]:
    """The decoys of ordinary life, on days without an episode."""
    days = Days(calendar.days)
    for each in away:
        first, back = each.first // HOURS, calendar.days if each.back is None else each.back // HOURS + 1
        days.take(first, back - first)
    found: list[Happening] = []
    for name in sorted((n for n in kind.decoys if n in DECOYS), key=lambda n: -DECOYS[n][2]):
        found += draw_decoys(name, per_record(kind.decoys[name], calendar.days, rng), calendar, days, rng)
    return found


def beside(course: Path, away: list[Away], calendar: Calendar) -> dict[str, Any]:
    """What the truth of a dyad holds beside episodes: stretches partly away, parameters, daily states, roles, loop."""
    days = len(course.rows) // HOURS
    names = [f"{name}_{k}" for name in WRITTEN for k in IDS]
    hourly = np.column_stack([course.rows[:, [ROW[name] for name in names]], course.share, course.closeness])
    daily = hourly[: days * HOURS].reshape(days, HOURS, -1).mean(axis=1).round(4).T.tolist()
    kept = dict(zip([*names, *(f"share_{k}" for k in IDS), "closeness"], daily, strict=True))

    def clock(hour: int) -> str:
        return calendar.local(hour * 60.0).isoformat()

    partly = [{"person": IDS[k], "start": clock(a), "end": clock(b)} for k, a, b in partly_away(course, away)]
    return {
        "partly_away": partly,
        "parameters": {name: round(float(value), 6) for name, value in course.parameters.items()},
        "states": {"unit": "days", **kept},
        "roles": roles(course, away),
        "loop": loop(course),
    }


def moves(couple: Couple, messages: Messages, acts: Sequence[str]) -> list[dict[str, Any]]:
    """Every text that makes a move: its id among the events, when, whose, which."""
    if not acts:
        return []
    made = [i for i, act in enumerate(acts) if act in MOVES]
    events = couple.conversation.events.select("id", "at")[made]
    at = events["at"].dt.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_list()
    rows = zip(events["id"].to_list(), at, messages.person[made].tolist(), made, strict=True)
    return [{"event": event, "at": when, "person": IDS[who], "moves": MOVES[acts[i]]} for event, when, who, i in rows]
