"""A what-if in words: what is asked, what the model makes of it, what the record tells of it, what really happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ebbtide.reading.phrases import Named, counted, in_words, lasting_days, listed
from ebbtide.simulator.alternatives import QUIET_DAYS, Ahead, Change
from ebbtide.simulator.fitting.bank import FEWEST_DAYS
from ebbtide.supposing.past import Past, Spells
from ebbtide.supposing.types import WhatIf

#: Runs are told in tens.
TENS = 10
#: From these shares of runs on; and where runs of both kinds are as many as that, it could go either way.
PROBABLY, EITHER_WAY = 0.75, 0.2
STRENGTHS = ((0.95, "almost certainly"), (PROBABLY, "probably"), (0.4, "perhaps"))

#: What each parameter of the model is, to say that a record tells of it; {k} is the person, {j} the other.
MEANT = {
    "avoidance": "how much closeness unsettles {k}",
    "anxiety": "how much {k} {reaches} when {j} {is_j} far",
    "pressing": "how much being reached for unsettles {k}",
    "returning": "how fast {k} {comes} back",
    "outside_stress": "how much from outside weighs on {k}",
    "quieter": "how much less either writes when far",
    "stress_swing": "how much stress comes and goes",
}
CHECKED = {
    "spells": "how often {k} {goes} quiet",
    "longest": "how long {whose} longest spell is",
    "depth": "how quiet {k} {is_k} in a spell",
    "other_meanwhile": "how much {j} {writes_j} meanwhile",
    "swing": "how much {whose} days differ",
    "busiest": "how much {k} {writes} at most",
    "together": "how far the two of you go up and down together",
}


def sentences(whole: WhatIf) -> Iterator[str]:
    """Everything there is to say, most important first."""
    if whole.outcome == "harm":
        yield whole.reading.safety.shown
        yield "This tool’s what-if does not fit here, so there is none."
        yield "Who can help, by country: ebbtide helplines."
        return
    if whole.outcome == "ended":
        yield "In this record one of you has said that it is over. There is no what-if about winning anyone back."
        yield "If that was taken back, a newer record can show it."
        return
    if whole.outcome == "too_little":
        yield "This record is too short, or holds too few messages, to say anything of the two of you."
        yield f"A what-if needs about six weeks ({FEWEST_DAYS} days) and 40 messages from each."
        yield "Until then the model can be tried with no record: ebbtide simulate dyad."
        return
    yield from shown(whole)


def shown(whole: WhatIf) -> Iterator[str]:
    """The words where something was fitted or looked at."""
    actor, other = (named(whole, k) for k in (whole.actor, whole.other))
    if whole.outcome == "unlike":
        yield "The model does not make records like this one. So it says nothing about what would change."
        yield f"Where they differ: {listed(misses(whole))}."
    elif whole.ahead is not None:
        yield main(whole, whole.ahead, actor, other)
        yield from further(whole, whole.ahead, other)
        yield from how_sure(whole)
    if whole.past is not None and any(e.episode.person == whole.other for e in whole.reading.episodes):
        running = sum(e.episode.person == whole.other and e.episode.end is None for e in whole.reading.episodes)
        yield happened(whole.past, other, actor, running)


def named(whole: WhatIf, person: str | None) -> Named:
    """A person as sentences speak of them."""
    return next(Named(p.name, p.me) for p in whole.reading.people if p.id == person)


def main(whole: WhatIf, ahead: Ahead, actor: Named, other: Named) -> str:
    """What the change does to the distance of the one who withdrew."""
    fan = ahead.fans[f"distance_{whole.other}"]
    same = max(0.0, 1 - fan.less - fan.more)
    nearer, further_away, alike = tens((fan.less, fan.more, same))
    counts = f"nearer in {nearer}, further away in {further_away}, much the same in {alike}"
    # Names beside a strength word read as if it were about these two; where nothing was fitted it is not.
    anybody = "" if whole.fitted else "in couples of any kind, not yours in particular, "
    asked = f"In this model, over {lasting_days(ahead.days)}, if {supposed(whole.change, actor, other)}:"
    best, course = max((fan.less, "nearer"), (fan.more, "further away"), (same, "about as near as without it"))
    strength = next((word for share, word in STRENGTHS if best >= share), None)
    if strength is None or min(fan.less, fan.more) >= EITHER_WAY:
        return f"{asked} {anybody}it could go either way. Of ten runs, {counts}."
    return f"{asked} {anybody}{other} {other.verb('is', 'are')} {strength} {course}. Of ten runs, {counts}."


def tens(shares: Sequence[float]) -> list[str]:
    """Shares of all runs as so many of ten each, in a word; together they are ten (largest remainders)."""
    exact = [share * TENS / sum(shares) for share in shares]
    whole = [int(each) for each in exact]
    most_left = sorted(range(len(exact)), key=lambda n: whole[n] - exact[n])
    for n in most_left[: TENS - sum(whole)]:
        whole[n] += 1
    return [so_many(n) for n in whole]


def so_many(n: int) -> str:
    """A small count that stands alone: "none", "one", "two"."""
    return "none" if n == 0 else in_words(n)


def room_for(days: float) -> str:
    """How long room is left, as asked: "7 days", "12 hours", "2.5 days"."""
    if days == round(days):
        return lasting_days(round(days))
    return counted(round(days * 24), "hour") if days < 2 else f"{days:.3g} days"


def supposed(change: Change, actor: Named, other: Named) -> str:
    """What is changed, after "if"."""
    parts = []
    if change.give_space and not change.both_ease_off:
        leaves = actor.verb("leaves", "leave")
        parts.append(f"{actor} {leaves} {other} room for {room_for(change.give_space)}")
    if change.reach is not None:
        wrote = f"{actor} {actor.verb('writes', 'write')} about {messages(change.reach)} a day"
        parts.append(f"{wrote}, or as usual where that is more")
    if change.say_once:
        says = actor.verb("says", "say")
        parts.append(f"{actor} {says} it once and then {leaves_(actor)} it for {lasting_days(int(QUIET_DAYS))}")
    if change.appreciate:
        lets = actor.verb("lets", "let")
        parts.append(f"{actor} {lets} {other} feel valued")
    if change.both_ease_off:
        parts.append(f"both ease off for {room_for(change.give_space or QUIET_DAYS)}")
    if change.stress_falls:
        parts.append("the stress from outside falls away")
    return listed(parts or ["nothing changes"])


def messages(a_day: float) -> str:
    """A number of messages, as asked."""
    return counted(round(a_day), "message") if a_day == round(a_day) else f"{a_day:.3g} messages"


def leaves_(actor: Named) -> str:
    """The verb alone."""
    return actor.verb("leaves", "leave")


def further(whole: WhatIf, ahead: Ahead, other: Named) -> Iterator[str]:
    """Contact of the one who withdrew, and closeness."""
    contact, close = ahead.fans[f"messages_{whole.other}"], ahead.fans["closeness"]
    now, then, low, high = contact.now[2, -1], contact.changed[2, -1], contact.changed[0, -1], contact.changed[4, -1]
    writes, span = other.verb("writes", "write"), lasting_days(ahead.days)
    yield (
        f"After {span} {other} {writes} about {amount(then)} messages a day in the middle run with it, {amount(now)}"
        f" without. Nine runs in ten with it lie between {amount(low)} and {amount(high)}."
    )
    if max(close.less, close.more) >= PROBABLY:
        yield f"The two of you are probably {'closer' if close.more > close.less else 'less close'} with it."


def amount(x: float) -> str:
    """A number of messages as one says it."""
    return f"{x:.1f}" if x < 3 else f"{x:.0f}"


def how_sure(whole: WhatIf) -> Iterator[str]:
    """What the record tells of the model, and what it does not."""
    if whole.reason == "short":
        yield f"This record is too short to fit the model to: it needs {FEWEST_DAYS} days."
    if whole.reason == "no_spell":
        yield "In this record nobody drew away for long, so it does not tell how either of you would answer."
    if whole.fitted is None:
        yield "What you see is everything the model holds possible for two people, and not yours in particular."
        return
    told = [meant(whole, name) for name, b in whole.fitted.beliefs.items() if b.told]
    open_ = [meant(whole, name) for name in deciding(whole) if not whole.fitted.beliefs[name].told]
    if told:
        yield f"For the model, this record tells: {listed(told)}."
    else:
        yield "This record tells hardly anything of the numbers in the model."
    if open_:
        yield f"It cannot tell: {listed(open_)}. So the runs go over everything plausible there, and lie far apart."
    failed = misses(whole)
    if failed:
        yield f"One warning. The model does not match this record in {listed(failed)}."


def deciding(whole: WhatIf) -> tuple[str, ...]:
    """The parameters that decide what a change does: those of the two between whom it happens."""
    return (f"pressing_{whole.other}", f"returning_{whole.other}", f"anxiety_{whole.actor}")


def meant(whole: WhatIf, parameter: str) -> str:
    """A parameter in words."""
    name, k = (parameter[:-2], parameter[-1]) if parameter[-2:] in ("_a", "_b") else (parameter, "a")
    return filled(whole, MEANT[name], k)


def misses(whole: WhatIf) -> list[str]:
    """What the model does not match, in words."""
    checks = whole.fitted.checks if whole.fitted else ()
    return [filled(whole, CHECKED[c.id], c.person or "a") for c in checks if not c.passed]


def filled(whole: WhatIf, words: str, k: str) -> str:
    """Words with the two people and their verbs put in."""
    one, two = named(whole, k), named(whole, "ba"["ab".index(k)])
    return words.format(
        k=one,
        j=two,
        whose=one.whose,
        reaches=one.verb("reaches", "reach"),
        comes=one.verb("comes", "come"),
        goes=one.verb("goes", "go"),
        writes=one.verb("writes", "write"),
        is_k=one.verb("is", "are"),
        is_j=two.verb("is", "are"),
        writes_j=two.verb("writes", "write"),
    )


def happened(past: Past, other: Named, actor: Named, running: int) -> str:
    """What this record's own spells show, without the model; `running` of them are not over."""
    room, reached = past.room, past.reached
    total = room.count + reached.count + past.unclear
    if total == 0:
        spells_are = "one spell in this record is" if running == 1 else "spells in this record are"
        return f"What really happened: {other.whose} {spells_are} not over, so there is none to look at."
    if not past.enough:
        so_far = f"{so_many(room.count)} with room left, {so_many(reached.count)} with more reaching"
        if past.unclear:
            so_far += f", {in_words(past.unclear)} of which this cannot be told"
        return f"What really happened: too few spells to compare ({so_far}; it takes two of each)."
    leaving = f"where {actor} left room, {kept(room)}"
    pressing = f"where {actor} reached more, {kept(reached)}"
    why = "It may also be that long spells draw more reaching."
    return f"What really happened in {other.whose} past spells: {leaving}; {pressing}. {why}"


def kept(spells: Spells) -> str:
    """Some spells in words."""
    days = lasting_days(round(spells.median_days or 0))
    warm = f", {in_words(spells.warm)} of {in_words(spells.returns)} with a warm return" if spells.returns else ""
    return f"{in_words(spells.count)} spells of {days} in the middle{warm}"


def limits(whole: WhatIf) -> Iterator[str]:
    """What it does not say; empty where nothing is shown."""
    if whole.ahead is None:
        return
    yield "All of this holds in a model of two people. It is no promise and no advice to wait."
    yield "The model knows nothing of what you said to each other, only of how much."
    if whole.fitted is not None:
        yield "Tried on made-up chats, after a month about one in ten lay outside of the wide band, as it should be."
