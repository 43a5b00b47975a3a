"""The dyad fitted to couples whose parameters are known: python -m validation dyad-fit [--out docs/whatif.md].

Couples are drawn as the prior says and their records fitted. If what is believed is right, the share of the draws below
the truth is uniform (Cook, Gelman & Rubin 2006; Talts et al. 2018). Three levels: records by the day, as the bank has
them; where couples stand at the end and 7 and 30 days on; whole chats, by the message, read as a real chat is.

--build makes the bank of couples anew, which takes about five minutes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.stats import chisquare, kstest

from ebbtide.conversation import Conversation, assemble
from ebbtide.models.engagement import fit_engagement
from ebbtide.signals.stream import stream
from ebbtide.simulator.alternatives import run
from ebbtide.simulator.fitting import bank as made_up
from ebbtide.simulator.fitting import checks, posterior, prior
from ebbtide.simulator.fitting import days as by_day
from ebbtide.simulator.fitting.days import Days
from ebbtide.simulator.fitting.present import present
from ebbtide.simulator.systems import dyad_events
from ebbtide.simulator.systems.dyad import DYAD
from ebbtide.simulator.systems.integrate import euler
from ebbtide.simulator.systems.system import Floats
from validation.couples import HELD_OUT_FROM, KINDS, LAWS, STRANGER_KINDS, other, own, third
from validation.record import texts

BEGIN, END = "<!-- made by python -m validation dyad-fit -->", "<!-- end -->"
BANK = Path("src/ebbtide/simulator/fitting/bank.npz")
TEACHING, BANKED, SEED = 12_000, 24_000, 6
COUPLES, STANDING, CHATS = 500, 120, 60
BINS, START = 10, 1_700_000_000 // 86_400 * 86_400
#: A parameter is claimed where at least so many of the couples had it told; days on at which fans are looked at.
CLAIMED, LATER = 0.05, (0, 7, 30)
MESSAGES = (8.0, 80.0)
#: Couples of each maker, and the kinds that have spells.
OTHERS = 16
MAKERS = (
    ("our first generator", [k for k in KINDS if k != "none"], own),
    ("the rivals", [k for k in LAWS if k != "none"], other),
    ("the strangers", list(STRANGER_KINDS), third),
)


@dataclass(frozen=True, slots=True)
class Ranks:
    """Per person, or couple: share of draws below the truth, spread left against the prior, and whether it was told."""

    name: str
    share: Floats
    left: Floats
    told: Floats

    @property
    def chi_square(self) -> float:
        """Chance of so uneven ranks in ten bins."""
        return float(chisquare(np.histogram(self.share, np.linspace(0, 1, BINS + 1))[0]).pvalue)

    @property
    def kolmogorov(self) -> float:
        """The same by the largest distance from even."""
        return float(kstest(self.share, "uniform").pvalue)

    @property
    def held(self) -> float:
        """Share of the truths in the 90% interval."""
        return float((np.abs(self.share - 0.5) < 0.45).mean())


def packed(bank: made_up.Bank) -> bytes:
    """The bank as bytes of an archive; places to 16 bits, the rest to half or single precision."""
    buffer = BytesIO()
    tables: dict[str, Any] = {f"w{i}": w.astype(np.float32) for i, w in enumerate(bank.network.weights)}
    tables |= {
        "places": np.minimum(bank.places * made_up.STEPS, made_up.STEPS - 1).astype(np.uint16),
        "shown": bank.shown.astype(np.float16),
        "centre": bank.network.centre,
        "spread": bank.network.spread,
        "provenance": np.array(json.dumps(bank.provenance)),
    }
    np.savez_compressed(buffer, **tables)
    return buffer.getvalue()


def by_record(couples: int, seed: int) -> list[Ranks]:
    """Ranks of the parameters, from records by the day."""
    bank = made_up.packaged()
    true = made_up.made(couples, np.random.default_rng(seed))
    seen = made_up.shown_by(bank.network, true)
    return ranked(true.places, [posterior.fitted(seen[:, i], bank) for i in range(couples)])


def ranked(true: Floats, found: list[posterior.Posterior]) -> list[Ranks]:
    """Where the true places (P, couples) lie among the draws."""
    share = np.array([below(f.places, true[:, i]) for i, f in enumerate(found)])
    left = np.array([f.places.std(axis=1) / f.prior_spread for f in found])
    parts = [(name, [prior.ALL.index(f"{name}_{k}") for k in prior.PEOPLE]) for name in prior.EACH]
    parts += [(name, [prior.ALL.index(name)]) for name in prior.SHARED]
    told = left < posterior.TOLD
    return [Ranks(name, *(x[:, at].ravel() for x in (share, left, told))) for name, at in parts]


def below(draws: Floats, true: Floats) -> Floats:
    """The share of draws (…, K) below the truth."""
    return np.asarray((draws < true[..., None]).mean(axis=-1))


def fitting_couple(length: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """One couple the prior is about: places (P, 1), and states by the hour from before a record of this length."""
    while True:
        places = prior.drawn(40, rng)
        p = prior.full(prior.values(places))
        start, days = by_day.started(p, 40), by_day.BEFORE + length + LATER[-1]
        noise = DYAD.noise(p) if DYAD.noise else np.zeros(15)
        rows = euler(DYAD.field(p), start, 1 / 24, days * 24, noise, rng)
        first, last = by_day.BEFORE * 24, (by_day.BEFORE + length) * 24
        kept = np.flatnonzero(made_up.fitting(rows[first:last:12]))
        if kept.size:
            one = kept[:1]
            return places[:, one], rows[first:, :, one]


def standing(couples: int, seed: int) -> list[Ranks]:
    """Ranks of the distances and of closeness at the end of a record and some days on, nothing being changed."""
    rng, bank = np.random.default_rng(seed), made_up.packaged()
    found: dict[str, list[float]] = {}
    for _ in range(couples):
        length = int(np.exp(rng.uniform(*np.log([made_up.FEWEST_DAYS, made_up.MOST_DAYS]))))
        places, rows = fitting_couple(length, rng)
        p = prior.full(prior.values(places))
        seen = by_day.written(p, rows[: length * 24 : 12], rng)
        for label, share in places_now(posterior.fit(seen, bank), seen, rows[length * 24 :, :, 0], rng).items():
            found.setdefault(label, []).append(share)
    return stood(found)


def places_now(belief: posterior.Posterior, seen: Days, later: Floats, rng: np.random.Generator) -> dict[str, float]:
    """Where the truth lies among couples as they may stand at the end of a record and some days on.

    `later` are the true states by the hour from the end of the record on, nothing being changed.
    """
    now = present(belief.places, seen, rng)
    q = prior.full(prior.values(now.places))
    ahead = run(q, DYAD.field(q), now.states, LATER[-1], int(rng.integers(2**31)))
    return {
        f"{name}, {days} days on" if days else f"{name} at the end": float(
            (ahead[days, row] < later[max(days * 24 - 1, 0), row]).mean()
        )
        for days in LATER
        for name, row in (("distance a", 2), ("distance b", 3), ("closeness", by_day.CLOSENESS))
    }


def stood(found: dict[str, list[float]]) -> list[Ranks]:
    """Shares by name as ranks."""
    nothing = np.zeros(0)
    return [Ranks(name, np.array(shares), nothing, nothing) for name, shares in found.items()]


def by_chat(couples: int, seed: int) -> tuple[list[Ranks], list[Ranks], Floats, list[Ranks]]:
    """Ranks from whole chats, from the same couples by the day, how far the guesses lie apart, and where they stand.

    The third is the mean difference of posterior means, as a share of the prior's spread: the bias of reading a chat.
    """
    rng, bank = np.random.default_rng(seed), made_up.packaged()
    true, chats, days = [], [], []
    where: dict[str, list[float]] = {}
    for _ in range(couples):
        length = int(np.exp(rng.uniform(*np.log([made_up.FEWEST_DAYS, made_up.MOST_DAYS]))))
        places, rows = fitting_couple(length, rng)
        p = prior.full(prior.values(places))
        talk = chat(p, rows[: length * 24], rng)
        flow = stream(talk, talk.coverage[-1][1])
        seen = by_day.of_record(flow, fit_engagement(flow, seed=seed), made_up.MOST_DAYS)
        chats.append(posterior.fit(seen, bank))
        for label, share in places_now(chats[-1], seen, rows[length * 24 :, :, 0], rng).items():
            where.setdefault(label, []).append(share)
        usual = seen.expected.mean(axis=1, keepdims=True)
        days.append(posterior.fit(by_day.written(p, rows[: length * 24 : 12], rng, usual), bank))
        true.append(places[:, 0])
    gap = np.array([c.places.mean(axis=1) - d.places.mean(axis=1) for c, d in zip(chats, days, strict=True)])
    places, shift = np.stack(true, axis=1), gap.mean(axis=0) / bank.places.std(axis=1)
    own = len(prior.EACH)
    pooled = np.append(shift[: 2 * own].reshape(own, 2).mean(axis=1), shift[2 * own : len(prior.NAMES)])
    return ranked(places, chats), ranked(places, days), pooled, stood(where)


def by_other_makers(couples: int) -> list[str]:
    """How often the checks warn and refuse on couples that were not made by the dyad, by maker, as a table."""
    bank = made_up.packaged()
    lines = [
        "| couples of | fitted | with a warning | refused | checks failed most |",
        "| --- | --- | --- | --- | --- |",
    ]
    for maker, kinds, make in MAKERS:
        failed: list[list[str]] = []
        for n in range(couples):
            known = make(kinds[n % len(kinds)], HELD_OUT_FROM + 700 + n)
            flow = stream(known.talk, known.now)
            seen = by_day.of_record(flow, fit_engagement(flow, seed=n), made_up.MOST_DAYS)
            if not posterior.long_enough(seen):
                continue
            found = checks.checks(posterior.fit(seen, bank).places, seen, np.random.default_rng(n))
            failed.append([c.id for c in found if not c.passed])
        refused = sum(len(f) >= checks.TOO_MANY for f in failed)
        warned = sum(0 < len(f) < checks.TOO_MANY for f in failed)
        most = Counter(name for f in failed for name in set(f)).most_common(2)
        named = ", ".join(f"{name} ({n})" for name, n in most)
        lines.append(f"| {maker} | {len(failed)} | {warned} | {refused} | {named} |")
    return lines


def chat(p: dict[str, Floats | float], rows: Floats, rng: np.random.Generator) -> Conversation:
    """A chat of one couple by the message: thinned from its states by the hour, with moods on top."""
    hours = len(rows)
    one = {name: float(np.ravel(value)[0]) for name, value in p.items()}
    usual = np.exp(rng.uniform(*np.log(MESSAGES), 2))
    one |= {"messages_a": float(usual[0]), "messages_b": float(usual[1])}
    spread = np.array([[one["mood_a"]], [one["mood_b"]], [one["mood_both"]]])
    mood = by_day.moods(spread, hours // 24, rng)[:, :, 0]
    shape = np.array([[one["steady_a"]], [one["steady_b"]]])
    factor = np.exp(mood[:2] + mood[2]) * rng.gamma(np.broadcast_to(shape, (2, hours // 24))) / shape
    written = rows[:, :, 0].copy()
    written[:, by_day.REACHING] += np.log(np.maximum(np.repeat(factor, 24, axis=1), 1e-6)).T
    found = dyad_events.messages(one, np.arange(hours) / 24, written, rng)
    return conversation(np.array([at for at, _ in found]), [who for _, who in found], hours / 24)


def conversation(days: Floats, who: list[str], length: float) -> Conversation:
    """Messages by the day as an imported conversation without words."""
    at = pl.Series(((START + days * 86_400) * 1e6).astype(np.int64)).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    events = texts(at, [{"a": "Ana", "b": "Ben"}[w] for w in who], [None] * days.size, "dyad")
    ends = [datetime.fromtimestamp(START + d * 86_400, UTC) for d in (0, length)]
    return assemble(events, tz="UTC", tz_source="given", coverage=[(ends[0], ends[1])])


def told_table(ranks: list[Ranks]) -> list[str]:
    """The parameters as a table."""
    lines = [
        "| parameter | spread left | told in | claimed | chi-square p | KS p | 90% holds |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for r in ranks:
        claimed = "yes" if r.told.mean() >= CLAIMED else "cannot tell"
        lines.append(
            f"| {r.name} | {r.left.mean():.2f} | {r.told.mean():.0%} | {claimed} | {r.chi_square:.3f} |"
            f" {r.kolmogorov:.3f} | {r.held:.1%} |"
        )
    return lines


def place_table(ranks: list[Ranks]) -> list[str]:
    """Where couples stand, as a table."""
    lines = ["| what | chi-square p | KS p | 90% holds |", "| --- | --- | --- | --- |"]
    return lines + [f"| {r.name} | {r.chi_square:.3f} | {r.kolmogorov:.3f} | {r.held:.1%} |" for r in ranks]


def chat_table(chats: list[Ranks], days: list[Ranks], gap: Floats) -> list[str]:
    """Whole chats beside records by the day, as a table."""
    lines = [
        "| parameter | 90% holds, chats | by the day | KS p, chats | shift of the guess |",
        "| --- | --- | --- | --- | --- |",
    ]
    for c, d, g in zip(chats, days, gap, strict=True):
        lines.append(f"| {c.name} | {c.held:.1%} | {d.held:.1%} | {c.kolmogorov:.3f} | {g:+.2f} |")
    return lines


def main(argv: list[str]) -> None:
    """Make the bank, or measure and print or publish."""
    parser = argparse.ArgumentParser(prog="python -m validation dyad-fit", description=__doc__)
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--couples", type=int, default=COUPLES)
    parser.add_argument("--standing", type=int, default=STANDING)
    parser.add_argument("--chats", type=int, default=CHATS)
    parser.add_argument("--others", type=int, default=OTHERS)
    parser.add_argument("--seed", type=int, default=20261126)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args(argv)
    if asked.build:
        note = {"made_by": "python -m validation dyad-fit --build", "data": "made-up couples only; no person’s record"}
        BANK.write_bytes(packed(made_up.built(TEACHING, BANKED, SEED, note)))
        return
    parts = [f"Records by the day, {asked.couples} couples:", "", *told_table(by_record(asked.couples, asked.seed))]
    if asked.standing:
        parts += ["", f"Where couples stand, {asked.standing} couples:", ""]
        parts += place_table(standing(asked.standing, asked.seed + 1))
    if asked.chats:
        chats, days, gap, where = by_chat(asked.chats, asked.seed + 2)
        parts += ["", f"Whole chats, {asked.chats} couples:", "", *chat_table(chats, days, gap)]
        parts += ["", "Where the same couples stand, from whole chats:", "", *place_table(where)]
    if asked.others:
        parts += ["", f"Couples of other makers, {asked.others} of each:", "", *by_other_makers(asked.others)]
    text = "\n".join(parts)
    if asked.out is None:
        print(text)
        return
    page = asked.out.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    asked.out.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")
