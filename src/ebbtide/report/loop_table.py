"""The table behind the loop: what goes with what, how much, and in which range, period by period."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import timedelta

from ebbtide.reading import Effect, Loop, LoopPeriod, Person
from ebbtide.report import numbers
from ebbtide.report.drawn import Row, Table
from ebbtide.report.names import Names

#: What a ratio is of: how soon answers come, how much is written; each with its word for more and for less.
Kind = tuple[str, str]
SPEED: Kind = ("as fast", "as slowly")
AMOUNT: Kind = ("as much", "as much")
COLUMNS = ("What goes with what", "How much", "Range")
WRITTEN_AGAIN = "When one writes again before an answer"
BOTH = {"both": "both of you", "neither": "neither of you"}


def table(loop: Loop, people: Sequence[Person], names: Names, *, whole: bool = True) -> Table:
    """Every effect with its range; the whole record first, each period under its days and who did what in it."""
    rows: list[Row] = []
    groups: list[tuple[str, int]] = []
    for i, period in enumerate(loop.periods):
        own = list(rows_of(period, people, names))
        whole_record = ", all of it" if whole and i == 0 and len(loop.periods) > 1 else ""
        did = f"Reached: {who(period.reaching, names)}. Was distant: {who(period.withdrawing, names)}."
        groups.append((f"{when(period)}{whole_record}. {did}", len(own)))
        rows += own
    if answers := of_answers(loop, people, names):
        rows += answers.rows
        groups += answers.groups
    return Table(COLUMNS, tuple(rows), tuple(groups))


def of_answers(loop: Loop, people: Sequence[Person], names: Names) -> Table | None:
    """How often each answers, and how warmly, where the other writes once and where again before an answer."""
    rows: list[Row] = []
    for each in loop.answers:
        other = next(p.id for p in people if p.id != each.person)
        who, writes = (
            names.told(each.person),
            f"{names.told(other)} {'write' if names.told(other) == 'you' else 'writes'}",
        )
        answer = "answer" if who == "you" else "answers"
        for share, words in (
            (each.answered, f"Where {writes}, {who} {answer} before more is written"),
            (each.again, f"Where {writes} again before an answer, {who} {answer}"),
            (each.warm, f"Where {writes} once, and {who} {answer}: warmly"),
            (each.warm_again, f"Where {writes} again, and {who} {answer}: warmly"),
        ):
            if share is not None:
                rows.append((words, f"{share.share:.0%}", f"{share.low:.0%} to {share.high:.0%}"))
    return Table(COLUMNS, tuple(rows), ((WRITTEN_AGAIN, len(rows)),)) if rows else None


def rows_of(period: LoopPeriod, people: Sequence[Person], names: Names) -> Iterator[Row]:
    """The effects of one period, the reader's acts first."""
    one, other = (p.id for p in people)
    for acts, responds in ((one, other), (other, one)):
        way, them = f"{acts}→{responds}", names.told(responds)
        yours = them == "you"
        slower, reaches = period.reaching_then_slower.get(way), period.withdrawing_then_reaching.get(way)
        if slower:
            waiting = f"While {names.whose(acts)} messages wait, {them} {'answer' if yours else 'answers'}"
            yield waiting, multiple(slower, SPEED), span_of(slower, SPEED)
        if reaches:
            less = f"When {names.told(acts)} {'write' if names.told(acts) == 'you' else 'writes'} less"
            yield (
                f"{less}, {them} {'write' if yours else 'writes'}",
                multiple(reaches, AMOUNT),
                span_of(reaches, AMOUNT),
            )


def multiple(effect: Effect, kind: Kind) -> str:
    """An effect as so many times the usual: "1.5 times as slowly", "1.9 times as much"."""
    return f"{times(turned(effect.effect, effect, kind))} times {kind[effect.effect < 0]}"


def span_of(effect: Effect, kind: Kind) -> str:
    """The range of an effect, in the same direction as its `multiple`."""
    low, high = sorted(turned(v, effect, kind) for v in (effect.low, effect.high))
    return f"{times(low)} to {times(high)}"


def turned(value: float, effect: Effect, kind: Kind) -> float:
    """A value of an effect as a ratio of what its word counts: of slowness where answers come slower."""
    return math.exp(-value if kind[0] != kind[1] and effect.effect < 0 else value)


def times(ratio: float) -> str:
    """A ratio in two figures."""
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 0.95 else f"{ratio:.2g}"


def when(period: LoopPeriod) -> str:
    """The days of a period; its end is the first day after it."""
    return numbers.day_range(period.start, period.end - timedelta(days=1))


def who(role: str, names: Names) -> str:
    """Whom a role names."""
    return BOTH.get(role) or names.told(role)
