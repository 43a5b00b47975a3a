"""Two people and their phones: looking, answering what waits or letting it be, opening topics, writing twice.

Nobody is a rate here. A person looks at the phone at moments their day allows, sees what waits, and decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from math import exp

import numpy as np

from .lines import EVERYDAY
from .lives import DAY, Life, Saying
from .weeks import BIN, BINS, Floats

#: A topic is dropped when nobody has written for so many minutes.
LAPSE = 240.0
#: Nobody opens a topic within so many minutes of the last message.
PAUSE = 25.0
#: An owed line is said so many minutes after its date even if nothing else was to be written.
OWED_AT_MOST = 600.0
#: Days lived on trial to learn how often a couple must start.
TRIED_DAYS = 21
MOST_IN_BURST = 6

Line = tuple[float, int, str | None]


@dataclass(frozen=True, slots=True)
class Owner:
    """A person's ways. `start`, `answer` and `double` are chances at a look, `fade` is in hours, `hand` in minutes."""

    start: float
    answer: float
    fade: float
    notice: float
    stay: float
    hand: float
    more: float
    double: float
    typing: float


@dataclass(slots=True)
class _Inbox:
    first: float
    newest: float
    seen: bool = False
    left: bool = False


def owners_of(rng: np.random.Generator, volume: float) -> tuple[Owner, Owner]:
    """Two people with ways of their own, who keep at it the more the more they write; `calibrated` settles starts."""
    lowest = np.array([0.55, 1.0, 0.35, 0.5, 1.0, 0.2, 0.01, 0.3])
    highest = np.array([0.95, 9.0, 0.9, 0.9, 5.0, 0.6, 0.12, 2.0])
    lowest += np.clip((volume - 50) / 150, 0, 1) * np.array([0.2, 0, 0.4, 0.3, 0, 0.3, 0, 0])
    share = rng.uniform(0.3, 0.7)
    one, other = (Owner(s, *rng.uniform(lowest, highest).tolist()) for s in (share, 1 - share))
    return one, other


def calibrated(
    rng: np.random.Generator, owners: tuple[Owner, Owner], life: Life, volume: float, topic: float
) -> tuple[Owner, Owner]:
    """The owners starting so often that a day in which nothing happens holds about `volume` messages."""
    days = min(life.days, TRIED_DAYS)
    tried = Life(days, days * DAY, life.weekday, life.look[:, : days * BINS].copy(), life.awake[:, : days * BINS])
    many = 0.05
    for _ in range(6):
        got = len(Chat(rng, _starting(owners, many), tried, topic, spoken=0.0).run()) / days
        many *= float(np.clip(volume / max(got, 1.0), 0.2, 5))
    return _starting(owners, min(many, 2.0))


def _starting(owners: tuple[Owner, Owner], many: float) -> tuple[Owner, Owner]:
    one, other = owners
    return replace(one, start=one.start * many), replace(other, start=other.start * many)


class Chat:
    """One run through a life. `topic` is the mean number of turns of a topic, `spoken` the share with known text."""

    def __init__(
        self, rng: np.random.Generator, owners: tuple[Owner, Owner], life: Life, topic: float, spoken: float
    ) -> None:
        self.rng, self.owners, self.life, self.topic, self.spoken = rng, owners, life, topic, spoken
        self.start, self.answer = life.start.tolist(), life.answer.tolist()
        self.slow, self.terse, self.nudge = life.slow.tolist(), life.terse.tolist(), life.nudge.tolist()
        self.at_hand = np.minimum(1, life.look / life.most).tolist()
        self.lines: list[Line] = []
        self.inbox: list[_Inbox | None] = [None, None]
        self.writing, self.owed = [False, False], ["", ""]
        self.turns_left, self.last, self.last_by = 0, -LAPSE, 0
        self.number = 0
        self.agenda: list[tuple[float, int, int, str, Saying | None]] = []

    def run(self) -> list[Line]:
        """Every message as (minute, person, text or None), in order."""
        self.agenda = [(t, i, p, "look", None) for i, (t, p) in enumerate(self._looks())]
        self.number = len(self.agenda)
        heapify(self.agenda)
        for dated in self.life.sayings:
            self._plan(dated.at, dated.person, "owe" if dated.owed else "say", dated)
        while self.agenda:
            t, _, person, what, saying = heappop(self.agenda)
            if t >= self.life.end:
                break
            if what == "look":
                self._look(t, person)
            elif what == "write":
                self.writing[person] = False
                self._write(t, person, opens=False)
            elif saying is not None:
                self._keep(t, saying, what)
        return sorted((line for line in self.lines if line[0] < self.life.end), key=lambda line: line[0])

    def _looks(self) -> list[tuple[float, int]]:
        found: list[tuple[float, int]] = []
        for person in (0, 1):
            counts = self.rng.poisson(self.life.look[person] * BIN / 60)
            place = np.repeat(np.arange(len(counts)), counts)
            at: Floats = (place + self.rng.random(len(place))) * BIN
            found += [(t, person) for t in at.tolist()]
        return found

    def _plan(self, at: float, person: int, what: str, saying: Saying | None = None) -> None:
        self.number += 1
        heappush(self.agenda, (at, self.number, person, what, saying))

    def _look(self, t: float, person: int) -> None:
        if self.writing[person] or self._answers(t, person):
            return
        quiet = t - self.last
        if quiet < PAUSE:
            return
        if quiet > LAPSE:
            self.turns_left = 0
        owner, keen = self.owners[person], self.start[person][int(t / BIN)]
        waits = self.last_by == person and self.turns_left > 0
        chance = owner.double * self.nudge[person][int(t / BIN)] if waits else owner.start
        if self.rng.random() < chance * keen:
            self._write(t, person, opens=not waits)

    def _answers(self, t: float, person: int) -> bool:
        """Whether the person sets about answering what waits; what is let be on seeing it stays unanswered."""
        box = self.inbox[person]
        if box is None:
            return False
        now = int(t / BIN)
        if not box.seen:
            box.seen, box.left = True, bool(self.rng.random() > self.answer[person][now])
        if box.left:
            return False
        owner = self.owners[person]
        chance = owner.answer * exp(-max(0.0, t - box.newest) / 60 / owner.fade)
        if self.rng.random() > (chance if self.turns_left > 0 else 0.3 * chance):
            return False
        slow = self.slow[person][now]
        at = t + owner.typing * slow * float(self.rng.lognormal(0, 0.7))
        if slow > 1:
            at = self.life.waking(person, at + min((slow - 1) * (t - box.first), DAY), 1)
        self.writing[person] = True
        self._plan(at, person, "write")
        return True

    def _keep(self, t: float, saying: Saying, what: str) -> None:
        """Say a line that has a date, or remember that it is owed, or say at last what is still owed."""
        person = saying.person
        if what == "owe":
            self.owed[person] = saying.line
            self._plan(self.life.waking(person, t + OWED_AT_MOST, 1), person, "settle", saying)
        elif what == "say" or self.owed[person] == saying.line:
            self.owed[person] = saying.line
            self._write(t, person, opens=True)

    def _write(self, t: float, person: int, *, opens: bool) -> None:
        """A burst, the partner's phone buzzing, and perhaps the writer's own staying in the hand."""
        owner, other, rng, now = self.owners[person], 1 - person, self.rng, int(t / BIN)
        if opens:
            self.turns_left = 1 + int(rng.geometric(1 / self.topic))
        self.turns_left -= 1
        more, began = owner.more / self.terse[person][now], t
        for i in range(MOST_IN_BURST):
            self.lines.append((t, person, self._text(person, now)))
            if i + 1 == MOST_IN_BURST or rng.random() > more:
                break
            t += float(rng.lognormal(-1.2, 0.8))
        self.inbox[person] = None
        box = self.inbox[other]
        self.inbox[other] = _Inbox(began if box is None or box.left else box.first, t)
        self.last, self.last_by = t, person
        if rng.random() < owner.stay * self.at_hand[person][now]:
            self._plan(t + float(rng.exponential(owner.hand)), person, "look")
        partner = self.owners[other]
        if rng.random() < partner.notice * self.at_hand[other][now]:
            self._plan(t + float(rng.exponential(2 * partner.hand)), other, "look")

    def _text(self, person: int, now: int) -> str | None:
        """What is owed first; else, for the share that is spoken, a line, the shorter the terser the person is."""
        owed, self.owed[person] = self.owed[person], ""
        if owed:
            return owed
        if self.rng.random() > self.spoken:
            return None
        return EVERYDAY[int(len(EVERYDAY) * self.rng.random() ** self.terse[person][now])]
