"""The published results of the models of two people: python -m validation systems [--out docs/simulator.md].

Each claim is what a paper, or the derivation of the dyad, says; what the simulator gives; and how far the two may be
apart. With --out the table is put into that page, between its marks.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import asin, pi, sqrt
from pathlib import Path

import numpy as np

from ebbtide.simulator.systems import dyad_loop, simulate, system
from ebbtide.simulator.systems.equilibria import eigenvalues, equilibria
from ebbtide.simulator.systems.integrate import euler, path
from ebbtide.simulator.systems.oscillator_fit import fit_oscillators
from ebbtide.simulator.systems.system import Floats, checked

BEGIN, END = "<!-- made by python -m validation systems -->", "<!-- end -->"
#: Made-up couples behind a claim of the kind "if and only if".
COUPLES = 200

Got = float | str


@dataclass(frozen=True, slots=True)
class Claim:
    """A result: the model, what is said, the value expected, how the simulator gets it, and the share it may be off."""

    model: str
    says: str
    expected: Got
    got: Callable[[], Got]
    tolerance: float = 0.0

    def holds(self, got: Got) -> bool:
        """Whether what came out is what was expected, within the tolerance."""
        if isinstance(got, str) or isinstance(self.expected, str):
            return got == self.expected
        return abs(got - self.expected) <= self.tolerance * max(abs(self.expected), 1e-12) + 1e-12


def period(model: str, **parameters: float) -> Got:
    """The period of the lasting cycle, or "none"."""
    found = simulate(model, parameters=parameters).analysis.cycle
    return "none" if found is None else found.period


def stable(model: str, **parameters: float) -> str:
    """How many stable states of rest."""
    return str(sum(e.stable for e in simulate(model, parameters=parameters).analysis.equilibria))


def at_rest(model: str, state: str, **parameters: float) -> float:
    """Where the only state of rest lies."""
    (rest,) = simulate(model, parameters=parameters).analysis.equilibria
    return rest.at[state]


def last(model: str, state: str, **parameters: float) -> float:
    """Where a run ends."""
    return float(simulate(model, parameters=parameters).states[state][-1])


def both_love() -> float:
    """The share of whole rounds in which both feelings are above 0, over a run."""
    rounds = 5 * 2 * pi / sqrt(6)
    chosen = system("strogatz")
    p = {"a": 2.0, "b": 3.0}
    rows = path(chosen, p, np.array([1.0, 0.3]), np.linspace(0, rounds, 50_001))[:-1]
    return float(np.mean((rows[:, 0] > 0) & (rows[:, 1] > 0)))


def rinaldi_mismatches() -> str:
    """Couples for whom α₁α₂ > β₁β₂ and the stability found disagree."""
    rng, wrong = np.random.default_rng(1), 0
    names = ("alpha1", "alpha2", "beta1", "beta2")
    for draw in rng.uniform(0.1, 2, (COUPLES, 4)):
        p, _ = checked(system("rinaldi"), dict(zip(names, draw, strict=True)))
        (rest,) = equilibria(system("rinaldi"), p, starts=1)
        wrong += rest.stable != (draw[0] * draw[1] > draw[2] * draw[3])
    return f"{wrong} of {COUPLES}"


def turns_back() -> str:
    """Rows of a run from indifference at which a feeling falls."""
    run = simulate("rinaldi", parameters={"alpha1": 1.2, "alpha2": 0.7, "beta1": 0.6, "beta2": 0.8, "A1": 0.4})
    return str(sum(int((np.diff(x) < 0).sum()) for x in run.states.values()))


def border(changed: Callable[[float], bool], low: float, high: float, *, rounds: int = 24) -> float:
    """Where something that is false at the low end and true at the high end changes, by halving."""
    for _ in range(rounds):
        middle = (low + high) / 2
        low, high = (low, middle) if changed(middle) else (middle, high)
    return (low + high) / 2


def fragile_from() -> float:
    """The bound R of returned love above which a couple without appeal has two stable states."""
    alpha = {"alpha1": 0.8, "alpha2": 1.25, "A": 0.0}
    return border(lambda r: stable("secure", **alpha, up=r, down=r) == "2", 0.5, 2.0)


def gottman_mismatches() -> str:
    """Couples for whom the product of slopes and whether a small disturbance dies disagree."""
    rng, wrong, seen = np.random.default_rng(2), 0, 0
    chosen = system("gottman")
    while seen < COUPLES:
        r1, r2, s1, s2 = rng.uniform(0, 1, 4)
        if abs(s1 * s2 - (1 - r1) * (1 - r2)) < 0.04:
            continue
        p, _ = checked(chosen, {"r1": r1, "r2": r2, "positive1": s1, "positive2": s2, "a": 0.0})
        rows = path(chosen, p, np.array([1e-3, 1e-3]), np.arange(601.0))
        wrong += bool(len(rows) == 601 and rows[-1].max() < 1e-3) != (s1 * s2 < (1 - r1) * (1 - r2))
        seen += 1
    return f"{wrong} of {COUPLES}"


def felmlee_mismatches(what: str) -> str:
    """Couples for whom the paper's condition and the eigenvalues of the equations disagree."""
    rng, wrong = np.random.default_rng(3), 0
    chosen = system("felmlee")
    for a1, a2, b1, b2 in rng.uniform(-2, 2, (COUPLES, 4)):
        p, _ = checked(chosen, {"a1": a1, "a2": a2, "b1": b1, "b2": b2})
        eigen = eigenvalues(chosen, p, np.zeros(2))
        if what == "oscillates":
            wrong += bool(np.abs(eigen.imag).max() > 1e-4) != ((a1 + a2 - b1 - b2) ** 2 + 4 * a2 * b2 < 0)
        else:
            said = a1 + a2 + b1 + b2 > 0 and (a1 + a2) * (b1 + b2) > a2 * b2
            wrong += bool(eigen.real.max() < 0) != said
    return f"{wrong} of {COUPLES}"


def liebovitch_signs(c1: float, c2: float) -> str:
    """The signs of the stable states, in order."""
    rest = [e.at for e in simulate("liebovitch", parameters={"c1": c1, "c2": c2}).analysis.equilibria if e.stable]
    return ", ".join("".join("0" if abs(v) < 1e-6 else "+" if v > 0 else "−" for v in e.values()) for e in rest)


def lag_at_which_swings_grow() -> float:
    """Found by following the equations: the lag above which what was at first 1 is larger later than earlier."""
    chosen = system("delay")

    def grows(tau: float) -> bool:
        rows = path(chosen, {"a": 1.0, "b": 2.0, "tau": tau}, np.array([1.0, 0.0]), np.arange(0, 200, 0.05))
        return len(rows) < 4000 or np.ptp(rows[3000:, 0]) > np.ptp(rows[2000:3000, 0])

    return border(grows, 0.1, 0.6, rounds=12)


def recovered(name: str) -> float:
    """The mean estimate over four noisy series of 150 half days, noise a fifth of the swing."""
    return float(np.mean([fitted(seed)[name] for seed in range(4)]))


FITS: dict[int, dict[str, float]] = {}


def fitted(seed: int) -> dict[str, float]:
    """One fit, made once."""
    if seed not in FITS:
        rng = np.random.default_rng(seed)
        chosen = system("oscillator")
        start = np.array([1.0, 0.0, -0.5, 0.4])
        rows = path(chosen, chosen.defaults, start, np.arange(150) * 0.5)[:, [0, 2]]
        FITS[seed] = fit_oscillators(rows + rng.normal(0, 0.1, rows.shape), 0.5).parameters
    return FITS[seed]


#: An anxious b beside a person a: secure, and uneasy with closeness.
ANXIOUS = {"anxiety_a": 0.2, "avoidance_b": 0.2, "anxiety_b": 0.8, "avoidance_a": 0.2, "easing": 0.0}


def tips_at(**parameters: float) -> float:
    """The pressing at which a couple that starts near ends up apart, noise left out, as a share of that predicted."""
    chosen = system("dyad")
    p, _ = checked(chosen, {**ANXIOUS, **parameters})
    start = chosen.start(p)
    calm = min(equilibria(chosen, {**p, "pressing_a": 0.1}, start, starts=10), key=lambda e: e.at["distance_a"])
    predicted = dyad_loop.threshold(p, calm.at, 0)
    if predicted is None:
        return float("nan")
    tried = predicted * np.linspace(0.7, 1.3, 61)
    rows = euler(
        chosen.field({**p, "pressing_a": tried}),
        np.repeat(start[:, None], tried.size, axis=1),
        chosen.step,
        round(600 / chosen.step),
        chosen.noise(p) if chosen.noise else np.zeros(15),
        None,
        every=round(600 / chosen.step),
    )
    return float(tried[np.argmax(rows[-1, 2] > 0.5)] / predicted)


def rest_lost_at() -> float:
    """The pressing at which a very avoidant person can no longer rest near, as a share of that predicted."""
    chosen = system("dyad")
    p, _ = checked(chosen, {**ANXIOUS, "avoidance_a": 0.8})
    start = chosen.start(p)

    def nearest(pressing: float) -> dict[str, float]:
        found = [dict(e.at) for e in equilibria(chosen, {**p, "pressing_a": pressing}, start)]
        return min(found, key=lambda at: at["distance_a"])

    predicted = dyad_loop.threshold(p, nearest(0.5), 0) or float("nan")
    return border(lambda pressing: nearest(pressing)["distance_a"] > 0.5, 0.6, 1.4, rounds=10) / predicted


def gain_at_threshold() -> float:
    """The gain of the loop where the calm state of rest is lost, without avoidance."""
    chosen = system("dyad")
    p, _ = checked(chosen, {**ANXIOUS, "avoidance": 0.0})
    p["pressing_a"] = (dyad_loop.threshold(p, {"distance_b": 0.0}, 0) or 0.0) * (1 - 1e-6)
    rest = [e.at for e in equilibria(chosen, p, chosen.start(p))]
    calm = min(rest, key=lambda at: at["distance_a"])
    return dyad_loop.gain(p, calm, 0)


def course(days: int, couples: int = 100, start: dict[str, float] | None = None, **parameters: float) -> Floats:
    """Daily states of many couples: (days + 1, states, couples)."""
    chosen = system("dyad")
    p, given = checked(chosen, {**parameters, **(start or {})})
    first = np.repeat(chosen.start(p, given)[:, None], couples, axis=1)
    noise = chosen.noise(p) if chosen.noise else np.zeros(15)
    return euler(chosen.field(p), first, chosen.step, 24 * days, noise, np.random.default_rng(4), every=24)


CLAIMS: Sequence[Claim] = (
    Claim("strogatz", "period 2π/√(ab), a 2, b 3", 2 * pi / sqrt(6), lambda: period("strogatz", a=2, b=3), 1e-3),
    Claim("strogatz", "both love a quarter of the time", 0.25, both_love, 1e-3),
    Claim(
        "rinaldi",
        "rests at (α₂γ₁A₂ + β₁γ₂A₁)/(α₁α₂ − β₁β₂)",
        (0.7 * 1.0 * 1.0 + 0.6 * 1.0 * 0.4) / (1.2 * 0.7 - 0.6 * 0.8),
        lambda: at_rest("rinaldi", "x1", alpha1=1.2, alpha2=0.7, beta1=0.6, beta2=0.8, A1=0.4),
        1e-6,
    ),
    Claim("rinaldi", "stable iff α₁α₂ > β₁β₂: couples against it", f"0 of {COUPLES}", rinaldi_mismatches),
    Claim("rinaldi", "rises from indifference: rows that fall", "0", turns_back),
    Claim("gragnani", "cycle of period about 18.8", 18.8, lambda: period("gragnani"), 0.01),
    Claim("gragnani", "no cycle without synergism, b (0, 0)", "none", lambda: period("gragnani", b=0)),
    Claim("gragnani", "no cycle with less insecurity, k₂ 0.3", "none", lambda: period("gragnani", k2=0.3)),
    Claim("secure", "robust pair: stable states", "1", lambda: stable("secure")),
    Claim("secure", "fragile pair (appeal 0.1): stable states", "2", lambda: stable("secure", A=0.1)),
    Claim("secure", "without appeal fragile from R on with R² = α₁α₂", 1.0, fragile_from, 0.01),
    Claim("laura", "cycle of about 4 years", 4.0, lambda: period("laura"), 0.10),
    Claim(
        "gottman",
        "alone at a/(1 − r)",
        0.4 / 0.5,
        lambda: last("gottman", "W", negative=0, positive=0),
        1e-6,
    ),
    Claim(
        "gottman",
        "bilinear set point (a₁(1 − r₂) + s₁a₂)/((1 − r₁)(1 − r₂) − s₁s₂)",
        (0.4 * 0.4 + 0.2 * 0.3) / (0.5 * 0.4 - 0.2 * 0.2),
        lambda: last("gottman", "W"),
        1e-6,
    ),
    Claim(
        "gottman",
        "ojive set point (a₁ + lift₁)/(1 − r₁) when both are high",
        (0.8 + 1.0) / 0.5,
        lambda: last("gottman", "W", ojive=1, a1=0.8, W=5, H=5),
        1e-6,
    ),
    Claim("gottman", "stable iff s₁s₂ < (1 − r₁)(1 − r₂): couples against it", f"0 of {COUPLES}", gottman_mismatches),
    Claim(
        "felmlee",
        "swings iff (a₁ + a₂ − b₁ − b₂)² + 4a₂b₂ < 0: couples against it",
        f"0 of {COUPLES}",
        lambda: felmlee_mismatches("oscillates"),
    ),
    Claim(
        "felmlee", "conditions of stability: couples against them", f"0 of {COUPLES}", lambda: felmlee_mismatches("")
    ),
    Claim("liebovitch", "weak mutual help: one state", "00", lambda: liebovitch_signs(0.5, 0.5)),
    Claim("liebovitch", "strong mutual help: two, both good or both bad", "−−, ++", lambda: liebovitch_signs(2, 2)),
    Claim("liebovitch", "strong mutual harm: two opposed", "−+, +−", lambda: liebovitch_signs(-2, -2)),
    Claim("liebovitch", "help against harm: one state", "00", lambda: liebovitch_signs(2, -2)),
    Claim(
        "delay",
        "swings grow from τ = asin(a/b)/√(b² − a²) on",
        asin(0.5) / sqrt(3),
        lag_at_which_swings_grow,
        0.01,
    ),
    Claim(
        "oscillator",
        "alone and undamped, period 2π/√(−η)",
        2 * pi / sqrt(0.4),
        lambda: period("oscillator", gamma=0, zeta=0, eta=-0.4),
        1e-3,
    ),
    Claim("oscillator", "η₁ −0.4 recovered from noise", -0.4, lambda: recovered("eta1"), 0.05),
    Claim("oscillator", "η₂ −0.3 recovered from noise", -0.3, lambda: recovered("eta2"), 0.05),
    Claim("oscillator", "γ₁ 0.2 recovered from noise", 0.2, lambda: recovered("gamma1"), 0.15),
    Claim("dyad", "gain of the loop where calm is lost, no avoidance", 1.0, gain_at_threshold, 0.02),
    Claim("dyad", "tips where predicted: no avoidance", 1.0, lambda: tips_at(avoidance=0), 0.10),
    Claim("dyad", "tips where predicted: some avoidance", 1.0, lambda: tips_at(), 0.10),
    Claim(
        "dyad",
        "tips where predicted: less anxious, more avoidant",
        1.0,
        lambda: tips_at(anxiety_b=0.5, avoidance_a=0.5),
        0.10,
    ),
    Claim("dyad", "rest near is lost where predicted: strong avoidance", 1.0, rest_lost_at, 0.10),
    Claim("dyad", "tips where predicted: stress", 1.0, lambda: tips_at(outside_stress_a=0.2), 0.10),
)


def table() -> tuple[list[str], bool]:
    """The claims as a table in Markdown, and whether all hold."""
    lines, all_hold = (
        ["| model | what is said | expected | got | within | holds |", "| --- | --- | --- | --- | --- | --- |"],
        True,
    )
    for claim in CLAIMS:
        got = claim.got()
        holds = claim.holds(got)
        all_hold &= holds
        within = f"{claim.tolerance:.3g}" if claim.tolerance else "same"
        cells = (claim.model, claim.says, shown(claim.expected), shown(got), within, "yes" if holds else "NO")
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", *(f"- {name}: {system(name).source}." for name in dict.fromkeys(c.model for c in CLAIMS))]
    return lines, all_hold


def shown(value: Got) -> str:
    """A figure with four digits, or the word."""
    return value if isinstance(value, str) else f"{value:.4g}"


def main(argv: list[str]) -> None:
    """Print the table, or put it into a page."""
    parser = argparse.ArgumentParser(prog="python -m validation systems", description=__doc__)
    parser.add_argument("--out", type=Path, help="a page with the marks; what is between them is replaced")
    given = parser.parse_args(argv)
    lines, all_hold = table()
    print("\n".join(lines))
    if given.out is not None:
        page = given.out.read_text(encoding="utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        given.out.write_text("\n".join([before + BEGIN, "", *lines, "", END]) + after, encoding="utf-8")
    if not all_hold:
        raise SystemExit(1)
