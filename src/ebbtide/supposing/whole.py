"""From a conversation to a what-if, in the order in which it is decided whether there may be one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from math import isfinite
from typing import Any

import numpy as np

from ebbtide import analysis, selfreport
from ebbtide.conversation import Conversation
from ebbtide.episodes import Episode
from ebbtide.errors import BadSetting
from ebbtide.models.engagement import Engagement, fit_engagement
from ebbtide.reading import Reading
from ebbtide.signals import words as plain_words
from ebbtide.signals.moves import moves
from ebbtide.signals.stream import Stream, stream
from ebbtide.simulator.alternatives import LARGEST_DAYS, LARGEST_REACH, LEAST_DAYS, Change, ahead
from ebbtide.simulator.fitting import bank as made_up
from ebbtide.simulator.fitting import days as by_day
from ebbtide.simulator.fitting.bank import MOST_DAYS, Bank
from ebbtide.simulator.fitting.checks import TOO_MANY, checks
from ebbtide.simulator.fitting.days import Days
from ebbtide.simulator.fitting.posterior import NEIGHBOURS, Posterior, fit, long_enough
from ebbtide.simulator.fitting.present import present
from ebbtide.supposing import words
from ebbtide.supposing.past import past
from ebbtide.supposing.types import Fitted, Outcome, Reason, WhatIf
from ebbtide.version import VERSION

SEED = analysis.SEED
#: What is asked where nothing is.
USUAL_QUESTION = Change(give_space=7.0)
Progress = Callable[[str], None]


def whatif(
    talk: Conversation,
    now: datetime | None = None,
    *,
    change: Change | None = None,
    reading: Reading | None = None,
    seed: int = SEED,
    progress: Progress | None = None,
    **changed: Any,
) -> WhatIf:
    """What would change in the model if the one who waits did something else; a week of room if nothing is said.

    A change is given by the names of its fields: `give_space` (days), `reach` (messages a day), `say_once`,
    `appreciate`, `both_ease_off`, `stress_falls`. `now` is when observation ends, as for `read`; a `reading` of the
    same record at the same moment saves making it. With signs of harm in the record, or an ending in plain words,
    nothing is supposed. Raises `NotTwoPeople`, and `BadSetting` for changes that make no sense.
    """
    change = asked(change or named_change(changed))
    step = progress or (lambda _: None)
    reading = reading or analysis.read(talk, now, progress=progress)
    refused = refusal(reading)
    if refused is not None:
        return spoken(WhatIf(VERSION, reading, refused, None, change))
    step("Fitting the model")
    flow, engagement = measured(talk.require_two(), now)
    episodes = [e.episode for e in reading.episodes]
    other = who_withdrew(reading, episodes, engagement)
    seen = by_day.of_record(flow, engagement, MOST_DAYS)
    rng = np.random.default_rng(seed)
    found, reason = believed(seen, episodes, rng)
    checked = checks(found.places, seen, rng) if reason is None else ()
    fitted = None if reason else Fitted(seen.count, found.beliefs(), checked)
    whole = WhatIf(
        VERSION, reading, "cannot_tell" if reason else "fitted", reason, change, "ba"["ab".index(other)], other, fitted
    )
    whole = replace(whole, past=past(episodes, other))
    if sum(not c.passed for c in checked) >= TOO_MANY:
        return spoken(replace(whole, outcome="unlike"))
    if fitted is not None and not any(b.told for b in fitted.beliefs.values()):
        whole = replace(whole, outcome="cannot_tell", reason="not_narrowed")
    step("Looking ahead in the model")
    standing = present(found.places, seen, rng)
    actor = "ab".index(whole.actor or "a")
    return spoken(replace(whole, ahead=ahead(standing, change, actor, usual_messages(flow, engagement), seed)))


def named_change(given: Mapping[str, Any]) -> Change:
    """A change from its fields by name."""
    known = [f.name for f in fields(Change)]
    unknown = [name for name in given if name not in known]
    if unknown:
        raise BadSetting("There is no such change.", where=unknown[0], try_=f"There are {', '.join(known)}.")
    return Change(**given)


def asked(change: Change) -> Change:
    """The change if its numbers make sense; room for a week if nothing was asked."""
    for value, most, where in (
        (change.give_space, LARGEST_DAYS, "give_space"),
        (change.reach, LARGEST_REACH, "reach"),
    ):
        if value is not None and not (isfinite(value) and 0 <= value <= most):
            raise BadSetting(
                "This number makes no sense here.", where=f"{where}={value:g}", try_=f"Give one from 0 to {most:g}."
            )
    if change.give_space is not None and change.give_space < LEAST_DAYS:
        raise BadSetting(
            "Room for so short a time cannot be shown in this model.",
            where=f"give_space={change.give_space:g}",
            try_=f"Give {LEAST_DAYS:g} days (3 hours) or more, or leave it out.",
        )
    if change.reach is not None and (change.give_space or change.say_once or change.both_ease_off):
        raise BadSetting(
            "Nobody can leave room and reach at the same time.", where="reach", try_="Ask about one, then the other."
        )
    return USUAL_QUESTION if change == Change() else change


def refusal(reading: Reading) -> Outcome | None:
    """Why nothing is supposed about this record, if so; harm comes first."""
    if reading.safety.level != "none":
        return "harm"
    if reading.tells("parting_named"):
        return "ended"
    return None if reading.enough else "too_little"


def spoken(whole: WhatIf) -> WhatIf:
    """The same with its words."""
    return replace(whole, says=tuple(words.sentences(whole)), limits=tuple(words.limits(whole)))


def measured(talk: Conversation, now: datetime | None) -> tuple[Stream, Engagement]:
    """The record as the reading measures it."""
    end = analysis.ending(talk, now)
    talk = analysis.between(talk, None, end)
    flow = stream(talk, end)
    spoke = plain_words.heard(flow, talk.events, moves(talk.events))
    told = analysis.spoken_days(flow, talk.events, spoke, selfreport.checked(None, talk))
    return flow, fit_engagement(flow, seed=SEED, spoken=told)


def who_withdrew(reading: Reading, episodes: Sequence[Episode], engagement: Engagement) -> str:
    """Whom the question is about: the one who withdrew last; else the one who is not the reader, or seemed further."""
    if episodes:
        return max(episodes, key=lambda e: (e.end is None, e.start)).person
    others = [p.id for p in reading.people if not p.me]
    return others[0] if len(others) == 1 else "ab"[int(np.argmax([p.withdrawn.sum() for p in engagement.people]))]


def believed(seen: Days, episodes: Sequence[Episode], rng: np.random.Generator) -> tuple[Posterior, Reason | None]:
    """What is believed of the parameters; everything possible, and why, where the record has nothing to fit."""
    bank = made_up.packaged()
    if not long_enough(seen):
        return anything(bank, rng), "short"
    if not episodes:
        return anything(bank, rng), "no_spell"
    return fit(seen, bank), None


def anything(bank: Bank, rng: np.random.Generator) -> Posterior:
    """What is believed before any record is read."""
    drawn = rng.choice(bank.places.shape[1], NEIGHBOURS, replace=False)
    return Posterior(bank.places[:, drawn], bank.places.std(axis=1))


def usual_messages(flow: Stream, engagement: Engagement) -> tuple[float, float]:
    """Messages a day of each on days with data on which they had not withdrawn."""
    a, b = (
        np.bincount(flow.day_of(flow.at[flow.who == k]), minlength=flow.days)[-MOST_DAYS:].astype(np.float64)
        for k in (0, 1)
    )
    near = [((1 - p.withdrawn) * (1 - engagement.absent) * flow.covered)[-MOST_DAYS:] for p in engagement.people]
    first, second = ((n * w).sum() / max(w.sum(), 1e-9) for n, w in zip((a, b), near, strict=True))
    return max(float(first), 0.1), max(float(second), 0.1)
