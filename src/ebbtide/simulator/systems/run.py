"""One run of a model: its course, its messages where it has any, and what can be said of it without running it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import inf, isfinite
from typing import Any

import numpy as np

from ebbtide.errors import BadSetting
from ebbtide.simulator.systems import dyad_events
from ebbtide.simulator.systems.cycles import Cycle, cycle
from ebbtide.simulator.systems.equilibria import equilibria
from ebbtide.simulator.systems.integrate import path
from ebbtide.simulator.systems.library import system
from ebbtide.simulator.systems.system import DAYS, Equilibrium, Floats, System, Unit, Values, checked, for_both_first

SCHEMA = "ebbtide.run/1"
#: A run of more rows is refused: ten years by the hour are fewer.
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Analysis:
    """States of rest, the lasting cycle this start ends on if there is one, and what else the model lets one say."""

    equilibria: tuple[Equilibrium, ...]
    cycle: Cycle | None
    more: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """As the schema writes it."""
        return {
            "equilibria": [asdict(e) for e in self.equilibria],
            "cycle": None if self.cycle is None else asdict(self.cycle),
            **self.more,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A run: states over time, messages as (time, person), and for made-up couples the truth behind them.

    `events` and `truth` are None for models that write no messages. Where a state grew without end, the run is cut
    there and `grew_at` tells when.
    """

    model: str
    parameters: Mapping[str, float]
    start: Mapping[str, float]
    seed: int
    unit: Unit
    t: Floats
    states: Mapping[str, Floats]
    events: tuple[tuple[float, str], ...] | None
    truth: Mapping[str, Any] | None
    analysis: Analysis
    grew_at: float | None

    def to_dict(self) -> dict[str, Any]:
        """The run as the schema `ebbtide.run/1`, ready for JSON."""
        return {
            "schema": SCHEMA,
            "model": self.model,
            "parameters": dict(self.parameters),
            "start": dict(self.start),
            "seed": self.seed,
            "unit": self.unit,
            "t": [float(f"{x:.10g}") for x in self.t],
            "states": {name: [float(f"{x:.8g}") for x in column] for name, column in self.states.items()},
            "events": None if self.events is None else [[float(f"{at:.8g}"), who] for at, who in self.events],
            "truth": self.truth,
            "grew_at": self.grew_at,
            "analysis": self.analysis.to_dict(),
        }


def simulate(
    model: str,
    *,
    parameters: Mapping[str, float] | None = None,
    duration: float | None = None,
    days: float | None = None,
    seed: int = 1,
) -> Run:
    """Run a model by its id, for a duration in its own unit or for a number of days.

    Parameters are by name; a name without its ending ("anxiety" for "anxiety_a" and "anxiety_b") sets both, and the
    name of a state sets where it starts. Raises `BadSetting` for unknown models and names and for impossible values.
    """
    chosen = system(model)
    if seed < 0:
        raise BadSetting("A seed is a whole number from 0 on.", where="seed", try_="Leave it out, or give one.")
    values, given = checked(chosen, for_both_first(chosen, parameters or {}))
    t = times(chosen, length(chosen, duration, days))
    start = chosen.start(values, given)
    rng = np.random.default_rng(seed)
    rows = path(chosen, values, start, t, rng=rng)
    grew_at = None if len(rows) == len(t) else float(t[min(len(rows), len(t) - 1)])
    t = t[: len(rows)]
    further = chosen.derived(values, t, rows) if chosen.derived else {}
    states = {**dict(zip(chosen.names, rows.T, strict=True)), **further}
    wrote = chosen.id == "dyad"
    return Run(
        model=chosen.id,
        parameters=values,
        start=dict(zip(chosen.names, map(float, start), strict=True)),
        seed=seed,
        unit=chosen.unit,
        t=t,
        states=states,
        events=dyad_events.messages(values, t, rows, rng) if wrote else None,
        truth=dyad_events.truth(values, t, rows) if wrote else None,
        analysis=analysed(chosen, values, start),
        grew_at=grew_at,
    )


def analysed(chosen: System, values: Values, start: Floats) -> Analysis:
    """States of rest, cycle and further figures for these parameters and this start."""
    rest: Sequence[Equilibrium] = equilibria(chosen, values, start)
    return Analysis(tuple(rest), cycle(chosen, values, start), chosen.more(values, rest) if chosen.more else {})


def length(chosen: System, duration: float | None, days: float | None) -> float:
    """How long to run, in the model's own unit."""
    if days is None:
        return chosen.span if duration is None else duration
    if duration is not None:
        raise BadSetting("Give the duration or the days, not both.", where="days", try_="Leave one out.")
    if chosen.unit not in DAYS:
        raise BadSetting(f"The model {chosen.id} runs in steps, not in days.", where="days", try_="Give a duration.")
    return days / DAYS[chosen.unit]


def times(chosen: System, duration: float) -> Floats:
    """The times of the rows, from 0 to the duration."""
    if not isfinite(duration) or duration < chosen.step:
        raise BadSetting(
            "This is too short to run.", where=f"{duration:g}", try_=f"Give at least {chosen.step:.3g} {chosen.unit}."
        )
    rows = duration / chosen.step
    if rows > MOST_ROWS:
        most = int(MOST_ROWS * chosen.step)
        raise BadSetting("This is too long to run.", where=f"{duration:g}", try_=f"Give at most {most} {chosen.unit}.")
    return np.asarray(np.arange(int(rows + 1e-9) + 1) * chosen.step, dtype=np.float64)


def plain(bounds: tuple[float, float]) -> list[float | None]:
    """Bounds for JSON, None where there is none."""
    return [None if abs(b) == inf else b for b in bounds]


def described(chosen: System) -> dict[str, Any]:
    """A model as `--list` tells it: unit, states, parameters with range, meaning and source."""
    return {
        "id": chosen.id,
        "title": chosen.title,
        "kind": chosen.kind,
        "unit": chosen.unit,
        "source": chosen.source,
        "span": chosen.span,
        "states": [{"name": s.name, "start": s.start, "meaning": s.meaning} for s in chosen.states],
        "parameters": [
            {
                "name": p.name,
                "default": p.default,
                "plausible": list(p.plausible),
                "possible": plain(p.possible),
                "meaning": p.meaning,
                "source": p.source,
            }
            for p in chosen.parameters
        ],
    }
