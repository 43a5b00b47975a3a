"""What is named beside the spells: trouble of late, what weighs on either, and a silence that was announced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from ebbtide.reading.phrases import calendar_day, lasting, message_of, on_day
from ebbtide.reading.present import Present, local_today, named, present
from ebbtide.reading.types import Finding, Reading
from ebbtide.signals.named_days import day_back, first_day, last_day

#: An absence that is over is news for two weeks; trouble outside the two, which seldom is over by then, for four.
RECENT_DAYS, TROUBLE_DAYS = 14, 28
#: What weighs longer, by the mark of its messages: the finding, for how many days it is news, and what they tell of.
WEIGHS = {
    "loss": ("loss_named", 60, "tells of a death"),
    "low": ("low_named", 28, "tells of low days"),
    "confession": ("confession", 28, "tells of something that had been hidden"),
    "drinking": ("drinking_named", 28, "speaks of drinking, or of leaving it"),
    "newborn": ("newborn_named", 90, "tells of a new baby"),
    "pregnancy": ("pregnancy_named", 60, "tells of a pregnancy"),
    "eased": ("eased_named", 28, "says that distance is a relief"),
    "shame": ("shame_named", 28, "speaks of shame, or of not being good enough"),
    "bed_trouble": ("bed_named", 28, "speaks of trouble in bed"),
    "old_hurt": ("old_hurt_named", 60, "tells of an old hurt, from before the two of you"),
    "doubts": ("doubts_named", 28, "speaks of being unsure about the bond"),
    "limit": ("limit_named", 60, "sets a limit to what the two of you are for now"),
    "elsewhere": ("elsewhere_named", 28, "speaks of staying somewhere else for now"),
    "far_at_home": ("far_at_home", 28, "speaks of distance at home"),
    "in_person": ("in_person_named", 7, "asks to say something face to face"),
    "pressed": ("pressed_named", 28, "says that it is too much"),
    "punishing": ("punishing", 28, "speaks of silence as an answer or a lesson"),
}
#: Of these, what is about the two of them: trouble outside may stand beside it.
OF_THE_TWO = (
    "bed_named",
    "old_hurt_named",
    "eased_named",
    "doubts_named",
    "limit_named",
    "elsewhere_named",
    "far_at_home",
    "in_person_named",
    "pressed_named",
    "punishing",
)
TROUBLE = "names trouble outside the two of you"
#: An absence is a silence of two days and more; it is announced on the day before, or the one before that.
ABSENT, ANNOUNCED_BEFORE = timedelta(days=2), timedelta(days=2)
#: What is written within so long of the news belongs to it.
IN_ONE_GO = timedelta(hours=1)
#: Or it named the day, further ahead, on which the silence begins, or the one beside it.
NEAR_THE_DAY = timedelta(days=1)
#: A silence of a day that was announced in its last messages is no riddle either.
LAST_WORDS = timedelta(hours=12)


def of_trouble(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """What weighs on either; an announced absence, or the last words of trouble, of the one in question; a load of
    the other's.

    `said` are the marked messages (build.py). A spell that names a cause says so itself.
    """
    now = present(reading)
    weighs = tuple(of_weight(said, reading))
    if now.spell is None or not now.spell.episode.outside_cause:
        found = announced(said, reading, now)
        if found is None:
            outside = told(said, reading, "trouble", now.who, TROUBLE_DAYS + ran(now), "outside_cause", TROUBLE)
            found = unsaid(outside, [f for f in weighs if f.key not in OF_THE_TWO])
        if found is not None:
            yield found
    yield from weighs
    load = told(said, reading, "trouble", now.partner, TROUBLE_DAYS, "load_named", TROUBLE)
    if (news := unsaid(load, [f for f in weighs if f.key in ("loss_named", "low_named")])) is not None:
        yield news


def unsaid(trouble: Finding | None, weighs: Iterable[Finding]) -> Finding | None:
    """The trouble, where nothing that weighs on somebody says it."""
    return None if trouble is None or any(says_it(f, trouble) for f in weighs) else trouble


def says_it(weighs: Finding, trouble: Finding) -> bool:
    """Whether what weighs on somebody says their trouble, too; low days do only where one message tells of both."""
    if weighs.about != trouble.about:
        return False
    return weighs.key != "low_named" or not set(trouble.evidence) - set(weighs.evidence)


def of_weight(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """What weighs on either of the two, in their own words."""
    now = present(reading)
    for mark, (key, days, words) in WEIGHS.items():
        if mark == "far_at_home" and not reading.at_home:
            continue
        for person in reading.people:
            # What was to be said face to face is said, or not, within days.
            through = ran(now) if person.id == now.who and mark != "in_person" else 0
            found = told(said, reading, mark, person.id, days + through, key, words)
            if found is not None:
                yield found


def ran(now: Present) -> int:
    """For how many days the spell at hand has run: what was named before it weighs through all of it."""
    return 0 if now.spell is None else (now.today - now.spell.episode.start).days


def announced(said: pl.DataFrame, reading: Reading, now: Present) -> Finding | None:
    """That the present silence, or one that has just ended, was announced as being away."""
    if now.spell is not None:
        return None
    here = reading.span.now
    rows = said.filter(pl.col("person") == now.who).select("id", "at", "day", "text", "outside_cause").to_dicts()
    ends = [*(row["at"] for row in rows[1:]), here.astimezone(UTC)]
    announcing = [row for row in rows if row["outside_cause"]]
    for i in range(len(rows) - 1, -1, -1):
        since, until = rows[i]["at"], ends[i]
        running = i == len(rows) - 1
        if here - until > timedelta(days=RECENT_DAYS):
            return None
        if until - since < (LAST_WORDS if running else ABSENT):
            continue
        news = [row for row in announcing if row["at"] <= since and tells_of(row, since)]
        if not news and running and until - since >= ABSENT:
            # A quiet that had a reason and is over tells nothing of the one that runs.
            return None
        if news:
            return absence(reading, now, news[-1], since, None if running else until, away_until(rows, news[-1], since))
    return None


def tells_of(row: dict[str, Any], since: datetime) -> bool:
    """Whether news of being away is of the silence since then: it came shortly before, or named the day."""
    if since - row["at"] <= ANNOUNCED_BEFORE:
        return True
    begins = first_day(row["text"], row["day"])
    return begins is not None and abs(begins - since.date()) <= NEAR_THE_DAY


def away_until(rows: list[dict[str, Any]], news: dict[str, Any], since: datetime) -> date | None:
    """The last day of an absence that its news names, or what was written shortly before, or earlier news."""
    before = [row for row in rows if row["text"] and row["at"] <= since + IN_ONE_GO]
    together = [row["text"] for row in before if abs(row["at"] - news["at"]) <= IN_ONE_GO]
    if (named := last_day(" . ".join(together), news["day"])) is not None:
        return named
    for row in reversed(before):
        near = abs(row["at"] - news["at"]) <= ANNOUNCED_BEFORE
        earlier = row["outside_cause"] and since - row["at"] <= timedelta(days=RECENT_DAYS)
        day = (near and day_back(row["text"], row["day"])) or (earlier and last_day(row["text"], row["day"]))
        if day and day > since.date():
            return day
    return None


def absence(
    reading: Reading,
    now: Present,
    news: dict[str, Any],
    since: datetime,
    until: datetime | None,
    back_by: date | None,
) -> Finding:
    """An announced absence in words; while it lasts, `back_by` is the day that was named for its end."""
    here, who = reading.span.now, named(reading, now.who)
    told = on_day(news["day"], here.date())
    over: dict[str, float] = {}
    if until is None:
        words = f"Before it, {told}, {who} wrote of being away or hard to reach."
        if back_by is not None:
            ahead = (back_by - here.date()).days
            words = f"{words[:-1]} until {calendar_day(back_by)}{'' if ahead >= 0 else ', which has passed'}."
            over = {"until_days": float(ahead)}
    else:
        back, long_ = until.astimezone(here.tzinfo).date(), lasting((until - since) / timedelta(hours=1))
        was = who.verb("was", "were")
        words = (
            f"{who.first} {was} silent for {long_} and wrote again {on_day(back, here.date())}; "
            f"a message before it, {told}, said why."
        )
        over = {"silent_hours": (until - since) / timedelta(hours=1)}
    return Finding("outside_cause", now.who, words, over, (news["id"],))


def told(
    said: pl.DataFrame, reading: Reading, mark: str, person: str, days: int, key: str, words: str
) -> Finding | None:
    """The last words of this person that carry the mark, none older than so many days."""
    recent = pl.col("ago") <= timedelta(days=days)
    found = said.filter(pl.col(mark) & (pl.col("person") == person) & recent)
    if found.is_empty():
        return None
    day = on_day(found["day"][-1], local_today(reading))
    message = f"{message_of(named(reading, person), day)} {words}."
    return Finding(key, person, message, evidence=tuple(found["id"].tail(5).to_list()))
