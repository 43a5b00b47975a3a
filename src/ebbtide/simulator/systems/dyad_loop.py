"""The loop of the dyad: how strongly one's withdrawing feeds itself through the other's reaching, and from when on.

With closeness held, k's alarm, distance and the other's reaching form one ring of three, each raising the next. Near
a state of rest the product of the three slopes over the three rates of decay is its gain G; the ring is stable there
if and only if G < 1, since all its feedback is positive. Following the states of rest as pressing grows, rest is lost
where G reaches 1 (a fold): the threshold. Where closeness is above comfort and avoidance above 0, closeness feeds
back negatively: the threshold follows it, and swings may begin before; the eigenvalues decide.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import expit, logit

from ebbtide.simulator.systems.system import Floats, Values

#: From which distance on, and how sharply, distance is noticed.
NOTICED, NOTICE_WIDTH = 0.4, 0.1
#: Alarm from one demand a day, as a share of that from being reached for.
DEMAND = 0.5
#: Parameters that each of the two has and that the equations use.
PAIRS = (
    *("calming", "returning", "letting_go", "withdrawing", "pressing", "reaching_drive", "comfort"),
    *("outside_stress", "appreciated", "demand_by", "space_by"),
)
GRID = 4000


def both(p: Values, name: str) -> Floats:
    """A parameter of both people, (2, 1) for one couple and (2, couples) for many."""
    a, b = np.atleast_1d(p[f"{name}_a"]), np.atleast_1d(p[f"{name}_b"])
    return np.array(np.broadcast_arrays(a, b), dtype=np.float64)


def gain(p: Values, at: Mapping[str, float], k: int) -> float:
    """The gain of k's loop (0 for a, 1 for b) at a state; with closeness held, above 1 it runs away."""
    me, other = "ab"[k], "ba"[k]
    alarm, distance = at[f"alarm_{me}"], at[f"distance_{me}"]
    return float(ring(p, me, other, alarm, distance, at[f"anxiety_{other}"], at[f"valued_{other}"]))


def ring(
    p: Values, me: str, other: str, alarm: Floats | float, distance: Floats | float, anxiety: float, valued: float
) -> Floats:
    """Slope by slope: alarm → distance, distance → the other's reaching, reaching → alarm."""
    width = p["hesitating"]
    pulled, noticed = expit((alarm - 1) / width), expit((distance - NOTICED) / NOTICE_WIDTH)
    speed = p[f"withdrawing_{me}"]
    withdraws = speed * pulled * (1 - pulled) / width * (1 - distance) / (p[f"returning_{me}"] + speed * pulled)
    reaches = p[f"reaching_drive_{other}"] * anxiety * (1 - valued) * noticed * (1 - noticed) / NOTICE_WIDTH
    product = p[f"pressing_{me}"] / p[f"calming_{me}"] * withdraws * reaches / p[f"letting_go_{other}"]
    return np.asarray(product, dtype=np.float64)


def distances(p: Values, me: str) -> tuple[Floats, Floats]:
    """Every distance k can rest at, nearest first, and the alarm that goes with it."""
    speed, back = p[f"withdrawing_{me}"], p[f"returning_{me}"]
    furthest = speed / (back + speed)
    distance = furthest * (np.arange(GRID) + 0.5) / GRID
    return distance, 1 + p["hesitating"] * logit(back * distance / (speed * (1 - distance)))


def strongest(p: Values, k: int) -> float:
    """The highest gain k's loop reaches at any distance; below 1 there is no threshold to cross."""
    me, other = "ab"[k], "ba"[k]
    distance, alarm = distances(p, me)
    return float(ring(p, me, other, alarm, distance, p[f"anxiety_{other}"], p[f"appreciated_{other}"]).max())


def threshold(p: Values, calm: Mapping[str, float], k: int) -> float | None:
    """The pressing at which k's calm state of rest is lost, all else as it is; None where it never is.

    At each distance there is exactly one pressing that holds it, closeness having followed and the other being as near
    as in `calm`. As distance grows from the calm end, that pressing first rises; where it turns, rest is lost. Without
    avoidance that is where G = 1.
    """
    me, other = "ab"[k], "ba"[k]
    distance, alarm = distances(p, me)
    moved = p[f"reaching_drive_{other}"] * p[f"anxiety_{other}"] * (1 - p[f"appreciated_{other}"])
    most = moved / p[f"letting_go_{other}"]
    if most <= 0:
        return None
    reached = most * expit((distance - NOTICED) / NOTICE_WIDTH) + DEMAND * p[f"demand_by_{other}"]
    closeness = p["growing"] / p["fading"] * (1 - distance) * (1 - calm[f"distance_{other}"])
    frightened = p["closeness_alarm"] * p[f"avoidance_{me}"] * np.maximum(closeness - p[f"comfort_{me}"], 0.0)
    outside = frightened + p[f"outside_stress_{me}"] - p["protection"] * p[f"appreciated_{me}"]
    needed = (p[f"calming_{me}"] * alarm - outside) / reached
    turn = np.flatnonzero((needed[1:-1] > needed[:-2]) & (needed[1:-1] >= needed[2:]) & (needed[1:-1] > 0))
    return float(needed[turn[0] + 1]) if turn.size else None
