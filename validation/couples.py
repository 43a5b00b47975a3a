"""Couples to validate on: our generators' kinds, the rivals' laws and the strangers, with true episodes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ebbtide.conversation import Conversation
from ebbtide.simulator import DYADS, KINDS, Couple, chat_of_run, make_couple, make_dyads
from ebbtide.simulator.systems import simulate
from validation.rivals import LAWS, rival, to_conversation, true_days
from validation.score import Span
from validation.strangers import KINDS as STRANGER_KINDS
from validation.strangers import stranger

#: Seeds up to here were looked at while the models were made; figures use later ones.
HELD_OUT_FROM = 5000
#: Bare runs of the dyad, as `ebbtide simulate dyad --set … --for 300 --export` writes them: what is not as by default.
RUNS = {
    "default": {},
    "stressed": {"stress_swing": 0.25, "avoidance": 0.5, "anxiety": 0.5},
    "alternating": {"avoidance": 0.6, "anxiety": 0.6},
    "anxious-avoidant": {"avoidance_a": 0.8, "anxiety_b": 0.8, "pressing_a": 0.5},
    "reaching": {"avoidance_a": 0.7, "anxiety_b": 0.8, "stress_swing": 0.15},
}
RUN_DAYS = 300
#: Kinds whose record says little by design; reported apart.
WITHOUT_EPISODES = ("none",)


@dataclass(frozen=True, slots=True)
class Known:
    """A conversation and its true episodes, as (0 or 1, first day, first day back or None) in local days.

    `partly` are stretches that are neither an episode nor calm, where a generator has such.
    """

    name: str
    seed: int
    talk: Conversation
    now: datetime
    true: tuple[Span, ...]
    first_day: date
    days: float
    partly: tuple[Span, ...] = ()


def own(kind: str, seed: int) -> Known:
    """A couple of our own generator."""
    return known(f"own/{kind}", make_couple(seed, kind=kind))


def mechanistic(kind: str, seed: int) -> Known:
    """A couple whose chat follows the states of the dyad."""
    return known(f"dyad/{kind}", next(make_dyads([seed], kind=kind)))


def bare(kind: str, seed: int) -> Known:
    """A bare run of the dyad, exported as a chat."""
    return known(f"run/{kind}", chat_of_run(simulate("dyad", parameters=RUNS[kind], days=RUN_DAYS, seed=seed)))


def known(name: str, couple: Couple) -> Known:
    """A couple of ours with its true episodes in days of the record."""
    talk = couple.conversation
    start, now = talk.coverage[0][0], talk.coverage[-1][1]
    origin = datetime.combine(start.astimezone(ZoneInfo(talk.tz)).date(), datetime.min.time())

    def day(moment: datetime | None) -> float | None:
        return None if moment is None else (moment - origin).total_seconds() / 86400

    true = tuple(("ab".index(e.person), day(e.start) or 0.0, day(e.end)) for e in couple.episodes)
    partly = tuple(
        ("ab".index(p["person"]), *(day(datetime.fromisoformat(p[edge])) or 0.0 for edge in ("start", "end")))
        for p in couple.beside.get("partly_away", ())
    )
    return Known(name, couple.seed, talk, now, true, origin.date(), (now - start).total_seconds() / 86400, partly)


def other(law: str, seed: int) -> Known:
    """A couple made by other hands."""
    made = rival(seed, law)
    talk = to_conversation(made)
    now = talk.coverage[-1][1]
    days = (now - talk.coverage[0][0]).total_seconds() / 86400
    return Known(f"rival/{law}", seed, talk, now, tuple(true_days(made)), made.grid.first_day, days)


def third(kind: str, seed: int) -> Known:
    """A couple made by a third hand."""
    made = stranger(seed, kind)
    true = tuple((person, start, end) for person, start, end, _ in made.true)
    now = made.talk.coverage[-1][1]
    return Known(f"stranger/{kind}", seed, made.talk, now, true, made.first_day, made.days)


def make(name: str, seed: int) -> Known:
    """The couple of a name such as own/settled, dyad/secure, run/default, rival/dense or stranger/plain."""
    where, kind = name.split("/")
    return {"own": own, "dyad": mechanistic, "run": bare, "rival": other, "stranger": third}[where](kind, seed)


def names() -> list[str]:
    """Every kind and law there is."""
    strangers = (f"stranger/{k}" for k in STRANGER_KINDS)
    ours = [*(f"own/{k}" for k in KINDS), *(f"dyad/{k}" for k in DYADS), *(f"run/{k}" for k in RUNS)]
    return [*ours, *(f"rival/{law}" for law in LAWS), *strangers]
