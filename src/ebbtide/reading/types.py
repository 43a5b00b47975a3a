"""What a reading is made of, and its JSON form (schema `ebbtide.reading/1`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from statistics import median
from typing import Any, Literal

from ebbtide.conversation import ImportReport, Interval
from ebbtide.episodes import Episode
from ebbtide.reading.beside import Agreement as Agreement
from ebbtide.reading.beside import Exposure as Exposure
from ebbtide.reading.beside import Noted as Noted
from ebbtide.selfreport.intake import Intake
from ebbtide.selfreport.intake import Voice as Voice
from ebbtide.signals.rates import Change

SCHEMA = "ebbtide.reading/1"

SilenceWord = Literal["usual", "long", "unusual", "unknown"]
Kind = Literal["processing", "concerning", "mixed", "open", "unclear"]


@dataclass(frozen=True, slots=True)
class QuietCurve:
    """The share of a person's quiet spells that last at least `hours`, at this time of the week, with a 90% band."""

    hours: tuple[float, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """How unusual one person's present silence is. All but `person` and `word` are None when it cannot be told.

    `probability` is the share of this person's quiet spells (60 minutes and more) that last at least this long;
    `one_in` its inverse; `once_in_days` how often so long a spell comes, counted where there were some. `by_words`:
    such spells were not rare, and what the other wrote since makes this one so.
    """

    person: str
    since: datetime | None
    hours: float | None
    probability: float | None
    one_in: int | None
    word: SilenceWord
    usual_hours: dict[str, float] | None
    once_in_days: float | None = None
    waiting_turns: int = 0
    curve: QuietCurve | None = None
    by_words: bool = False


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Each person's level of engagement by day against their own usual, for the ribbon of months.

    `level[person][i]` is what the person did over what was to be expected given the opportunity, smoothed over a
    week (1 = as usual); None where nothing can be told. `low` and `high` bound the usual (middle 80% of days).
    """

    days: tuple[date, ...]
    level: dict[str, tuple[float | None, ...]]
    low: dict[str, float]
    high: dict[str, float]


#: Hours of a week, from Monday midnight on.
HOURS_OF_WEEK = 168


@dataclass(frozen=True, slots=True)
class Week:
    """When each person writes: `share[person][hour]` of that person's own messages by local hour of the week.

    Over `days` calm days, with `messages` of each; every weekday counts the same, however often it was seen.
    """

    share: dict[str, tuple[float, ...]]
    messages: dict[str, int]
    days: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the two lists of S8: met, not met, or (None) not knowable from this record, and why."""

    id: str
    list: Literal["processing", "concerning"]
    met: bool | None
    title: str
    why: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EpisodeReading:
    """An episode with its criteria, the kind they add up to, and what else could explain it.

    `weighed` is what check-ins note to have weighed on the one who withdrew, about then, and `carried` on the other;
    `noted` are sentences about what they note of the week up to it, and how often otherwise.
    """

    episode: Episode
    kind: Kind
    criteria: tuple[Criterion, ...]
    other_explanations: tuple[str, ...]
    weighed: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the record shows: a key, whom it is about, words and numbers, the events it rests on, its limits."""

    key: str
    about: str | None
    words: str
    numbers: dict[str, float] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    other_explanations: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice, the findings it rests on, and how well it is supported."""

    id: str
    voice: Voice
    title: str
    text: str
    because: tuple[str, ...]
    source: str
    grade: str
    caution: str | None = None


@dataclass(frozen=True, slots=True)
class Safety:
    """Whether signs of harm were seen, the words shown about it, and who wrote the signs, last on which local day."""

    level: Literal["none", "look", "urgent"]
    shown: str
    evidence: tuple[str, ...] = ()
    wrote: tuple[str, ...] = ()
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One of the two people as the reading shows them."""

    id: str
    name: str
    me: bool


@dataclass(frozen=True, slots=True)
class Span:
    """What stretch of time the reading is about."""

    start: datetime
    end: datetime
    now: datetime
    tz: str
    tz_source: str
    events: int
    messages: int
    days: int
    coverage: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The sentence about now, what it may be, and what is not known: shown first everywhere."""

    now: str
    may_be: str
    unknown: str


#: What an effect says when no claim holds.
CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Effect:
    """One direction of the loop: θ or φ of models.md with its 90% interval, and in words, or "cannot tell"."""

    effect: float
    low: float
    high: float
    says: str


@dataclass(frozen=True, slots=True)
class LoopPeriod:
    """The loop from the local day `start` up to, but not including, `end`.

    Effects by direction: "a→b" is what b does when a acts. `reaching` and `withdrawing` are "a", "b", "both" or
    "neither".
    """

    start: date
    end: date
    reaching_then_slower: dict[str, Effect]
    withdrawing_then_reaching: dict[str, Effect]
    reaching: str
    withdrawing: str

    @property
    def effects(self) -> list[Effect]:
        """All effects of the period."""
        return [*self.reaching_then_slower.values(), *self.withdrawing_then_reaching.values()]

    @property
    def claims(self) -> list[Effect]:
        """Those of them that carry words."""
        return [e for e in self.effects if e.says != CANNOT_TELL]


@dataclass(frozen=True, slots=True)
class Answered:
    """How a person answered the other: the share of first turns and of those that came `again` before an answer.

    `warm` and `warm_again` are the shares of these answers that read as warm; None where too few tell. `says` is what
    follows, in words.
    """

    person: str
    answered: Share | None
    again: Share | None
    warm: Share | None
    warm_again: Share | None
    says: str


@dataclass(frozen=True, slots=True)
class Loop:
    """The loop over the whole record (first) and by period, and how well the model behind it fits.

    `ks_a` and `ks_b` are the distances of rescaled gaps from the unit exponential; `placebo` whether effects vanish
    when the other's record is moved in time. `answers` tell answering more from answering warmly.
    """

    periods: tuple[LoopPeriod, ...]
    ks_a: float
    ks_b: float
    placebo: bool
    answers: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of S7 against this person's own usual.

    `change` is the log ratio to it with a 90% interval, or the difference on the 0–4 scale where only check-ins or the
    intake tell (`source`); None where nothing can be told, and then `direction` is "unknown". Both are of the sign and
    not of what is counted: "more" `fewer_contacts`, with a positive change, are contacts that became fewer. Where
    messages and check-ins both tell, both are the source and the figures are those of the messages. `says_space` can be
    "more" without figures: that room was asked for once around the start of a spell.
    """

    id: str
    person: str
    direction: Literal["more", "less", "usual", "unknown"]
    change: float | None
    low: float | None
    high: float | None
    source: tuple[Literal["messages", "checkins", "intake"], ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One reason of S19 with what speaks for and against it in this record, and what would tell it from the others.

    `weight` is in words: "speaks for it", "possible", "little speaks for it", "cannot tell".
    """

    id: str
    weight: str
    title: str
    for_: tuple[str, ...]
    against: tuple[str, ...]
    would_tell: str


@dataclass(frozen=True, slots=True)
class Share:
    """A share of messages, 0 to 1, with a 90% interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """One measure of give and take of one person, over the last four weeks and before; None where not measurable.

    `starts` and `asks` are shares of what both do; `warmth` and `calls` of what the other opened up or called; `plans`
    of the own plans noted in check-ins, those kept; `returns` of the own returns, those that only ask for something.
    `taken` out of `chances` of late, and as many before.
    """

    id: str
    person: str
    share: Share | None
    before: Share | None
    taken: int | None = None
    chances: int | None = None
    before_taken: int | None = None
    before_chances: int | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month from `first` on, of which there is data for so many `days`.

    `affection` is the share of messages with words of affection (None with too few), `starts` how often either begins
    out of quiet per day, `spells` how many quiet spells of either began.
    """

    first: date
    days: int
    affection: Share | None
    starts: float
    spells: int


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How closeness and time apart come and go between the two, over so many `days` with data.

    `spells` of either person in all and `spells_a_year`, the `lengths` in days of those that ended and the mean `depth`
    (None without any); shares of messages with `affection` and `appreciation`; `quarter` the log ratio of warm words
    per message in the last three months to the three before.
    """

    days: int
    spells: int
    spells_a_year: float
    lengths: tuple[int, ...]
    depth: float | None
    affection: Share | None
    appreciation: Share | None
    quarter: Change | None
    months: tuple[Month, ...]

    @property
    def typical_days(self) -> float | None:
        """The median length; None where no spell has ended."""
        return float(median(self.lengths)) if self.lengths else None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything Ebbtide says about one conversation.

    `let_be` is the person whose last words, the last of all, asked for room or named a day, or who has only just
    answered: the other has not fallen quiet by leaving them be, or by waiting. `voice` is as whom the reader asks,
    where that was said. `at_home` is whether the two seem to share a home, by the messages.
    """

    version: str
    people: tuple[Person, Person]
    span: Span
    imports: tuple[ImportReport, ...]
    answer: Answer
    silence: tuple[Silence, ...]
    episodes: tuple[EpisodeReading, ...]
    findings: tuple[Finding, ...]
    advice: tuple[Advice, ...]
    safety: Safety
    limits: tuple[str, ...]
    ribbon: Ribbon | None = None
    enough: bool = True
    loop: Loop | None = None
    signs: tuple[Sign, ...] = ()
    counter_signs: tuple[Sign, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    intake: Intake | None = None
    week: Week | None = None
    rhythm: Rhythm | None = None
    reciprocity: tuple[Reciprocity, ...] = ()
    noted: tuple[Noted, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    let_be: str | None = None
    voice: Voice | None = None
    at_home: bool = False

    @property
    def reader(self) -> str | None:
        """The id of the one who reads; None where that is not known."""
        return next((p.id for p in self.people if p.me), None)

    @property
    def asker(self) -> str | None:
        """The id of the one who reads, where they asked in a voice; None elsewhere."""
        return self.reader if self.voice is not None else None

    def tells(self, key: str) -> bool:
        """Whether there is a finding with this key."""
        return any(f.key == key for f in self.findings)

    @property
    def care_first(self) -> bool:
        """Whether there are signs of harm, or last words like a goodbye: then what was found about quiet stays out of
        sight."""
        return self.safety.level != "none" or self.tells("farewell")

    @property
    def told_only(self) -> bool:
        """Whether all of it rests on an intake, with no conversation beside it."""
        return self.intake is not None and self.span.events == 0

    def name(self, person: str) -> str:
        """The name of person "a" or "b"."""
        return next(p.name for p in self.people if p.id == person)

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain data: the `--json` contract."""
        from ebbtide.reading.as_dict import reading_to_dict

        return reading_to_dict(self)

    def _repr_html_(self) -> str:
        """The answer and the figures, for a notebook."""
        # By name: a reading knows nothing of the report, but a notebook that asks for HTML wants it loaded.
        shown: str = import_module("ebbtide.report").notebook(self)
        return shown
