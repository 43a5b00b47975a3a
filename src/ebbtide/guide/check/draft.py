"""The draft as judged: the moves it makes as a whole, and for each the smallest part that carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ebbtide.guide.check.clauses import Span, clauses, runs, stretches
from ebbtide.guide.check.distance import apologies
from ebbtide.guide.check.judge import COLUMN, Judge
from ebbtide.guide.check.moment import Moment, judged
from ebbtide.guide.check.pack import HELP
from ebbtide.guide.check.spans import During, counted, marked, packaged_spans
from ebbtide.guide.check.topics import names_a_day
from ebbtide.signals import safety
from ebbtide.signals.moves import Message
from ebbtide.signals.phrases import packaged_rules, plain

Array = NDArray[Any]

#: Of the bound from which a sign of harm is possible, so much is enough where plain rules see it: help costs little.
BACKED = 0.25
#: Moves for which the possible is enough where anything that asks for an answer presses.
SOONER = ("pursuit", "demand")
#: Moves for which a wording that often makes them counts beside the model: the two err on different messages.
BY_WORDING = ("pursuit", "demand", "criticism", "ultimatum", "defensiveness", "deflection", "space_request")
#: Of flags by rules that are sure whatever the model says, at least this share is right (docs/validation.md).
SURE = 0.85
#: The rule for words that shrug whatever came before.
SHRUG = "span.curt.shrug"
#: The rule for remedies: to whoever asked for one they turn away from nothing.
SOLVING = "span.deflection.solving"
#: Moves that answer something: where nothing is known to come before, they are looked for at a beginning alone.
ANSWERING = ("defensiveness", "deflection", "curt")
#: Without a conversation a draft is judged at a beginning and after a plain word of the other, half an hour ago, and
#: the log odds averaged. At a beginning alone, three times as many ordinary messages were flagged.
AFTER_A_WORD = Message("", "ok", False, 30.0)
#: Probabilities are kept this far from 0 and 1.
_LEAST = 1e-6
#: What a draft may be as a whole, so that a hard word in it is not held against it unless a part carries it alone.
WARM = ("affection", "appreciation", "reassurance", "repair")


@dataclass(frozen=True, slots=True)
class Found:
    """A move of the draft: its probability as a whole, the part that carries it, whether the moment makes it one."""

    label: str
    probability: float
    span: Span
    timely: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with the probabilities (n, heads) of its whole stretches and of its runs of clauses.

    `whole` and `parts` are their places in the text, row by row; `sizes` the clauses in each part.
    """

    text: str
    before: Moment
    judge: Judge
    whole: Sequence[Span]
    whole_scores: Array
    parts: Sequence[Span]
    part_scores: Array
    sizes: Sequence[int]

    def found(self, label: str) -> Found | None:
        """The move with this label, if the draft as a whole makes it clearly enough and it matters now."""
        best = int(self.whole_scores[:, COLUMN[label]].argmax())
        probability = float(self.whole_scores[best, COLUMN[label]])
        alone = self.smallest(label)
        if label in HELP:
            told = probability >= self.judge.clear[label] or self.ruled(label)
            probability = max(probability, self.surest(label))
            return Found(label, probability, alone or self.whole[best]) if told else None
        if not self.matters(label) or counted(label, self.text, "harmless"):
            return None
        sure = counted(label, self.text, "sure", self.holds)
        if sure is not None and sure[0].during != "any":
            # It is the moment that makes these very words press, so they are what is marked.
            return Found(label, max(probability, SURE), sure[1], timely=True)
        if self.enough(label, probability) and self.carried(best, alone):
            # Where nothing was asked it is the shrug that counts, and its reason that is given.
            shrug = self.shrug if label == "curt" and not self.before.more_asked else None
            # Words that a rule is sure of tell more than the least part of them.
            part = sure[1] if sure is not None and alone is not None and holds_all(sure[1], alone) else alone
            return Found(label, probability, shrug or part or self.whole[best])
        return None if sure is None else Found(label, max(probability, SURE), sure[1])

    def one_more(self) -> Found | None:
        """One more line of whatever kind, where there are many without an answer and it is no matter of the day.

        A first sorry may come late, and is owed.
        """
        rule = counted("pursuit", self.text, "sure", self.before.holds)
        first_sorry = apologies(pl.Series([self.text])) and not self.before.sorries
        spoken_for = self.plain or counted("pursuit", self.text, "harmless") or first_sorry
        told = rule is not None and rule[0].during == "unanswered" and not spoken_for
        return Found("pursuit", SURE, rule[1], timely=True) if told and rule else None

    @property
    def holds(self) -> frozenset[During]:
        """What rules for a moment may count on; room that was asked for is kept by whoever asks for no day before."""
        spared: set[During] = {"unanswered", "room"} if self.before.keeps_to(self.text) else {"unanswered"}
        return self.before.holds - spared

    def worded(self, found: Found) -> bool:
        """Whether a rule says what the words of a move do, and not only that there are more of them."""
        return marked(found.label, self.text, found.span, self.holds) is not None

    def enough(self, label: str, probability: float) -> bool:
        """Whether a move is sure enough to be told: the possible is enough where any question presses.

        Half way there is enough where the words have a rule of their own.
        """
        possible, clear = self.judge.possible[label], self.judge.clear[label]
        if label == "curt" and self.shrugs:
            return probability >= possible
        if label in SOONER and self.before.pressing and not self.plain:
            return probability >= possible
        if probability >= clear or label not in BY_WORDING:
            return probability >= clear
        return probability >= (possible + clear) / 2 and marked(label, self.text, (0, len(self.text))) is not None

    def ruled(self, label: str) -> bool:
        """Whether a sign of harm is not out of the question, as a whole or in a part, and plain rules see it too."""
        backed = self.surest(label) >= BACKED * self.judge.possible[label] and by_rules(self.text, label)
        wished = label == "control_threat" and by_rules(self.text, safety.WISHED)
        return backed or wished or by_rules(self.text, label, plain=True)

    def surest(self, label: str) -> float:
        """The highest probability of a move, as a whole or in a part."""
        return float(max(self.whole_scores[:, COLUMN[label]].max(), self.part_scores[:, COLUMN[label]].max()))

    def carried(self, stretch: int, alone: Span | None) -> bool:
        """Whether some part may carry a move alone, or there is but one part and the draft is not a warm one."""
        return alone is not None or (len(self.parts) == 1 and not self.warm(stretch))

    def smallest(self, label: str) -> Span | None:
        """The smallest run of clauses that may carry a move alone, the surest of its size; None if none may."""
        score, least = self.part_scores[:, COLUMN[label]], self.judge.possible[label]
        sure = [i for i in range(len(self.parts)) if score[i] >= least]
        return self.parts[min(sure, key=lambda i: (self.sizes[i], -score[i]))] if sure else None

    def matters(self, label: str) -> bool:
        """Whether a move matters now: short where more was asked, a shrug, leaving with no day; no advice asked for."""
        if label == "curt":
            return self.before.more_asked or self.shrugs
        if label == "deflection" and self.before.opened and "unasked" not in self.before.holds:
            return self.first_place(SOLVING) is None
        return label != "space_request" or not names_a_day(self.text)

    @property
    def plain(self) -> bool:
        """Whether the draft is about a matter of the day."""
        return counted("pursuit", self.text, "plain") is not None

    @property
    def shrugs(self) -> bool:
        """Whether the draft shrugs in words that shut a door whatever was asked."""
        return self.shrug is not None

    @property
    def shrug(self) -> Span | None:
        """Where it does so first."""
        return self.first_place(SHRUG)

    def first_place(self, rule_id: str) -> Span | None:
        """Where the construction of this rule stands first, in whatever moment."""
        return min((p for rule in packaged_spans() if rule.id == rule_id for p in rule.places(self.text)), default=None)

    def warm(self, stretch: int) -> bool:
        """Whether a stretch is clearly warm."""
        return any(self.whole_scores[stretch, COLUMN[move]] >= self.judge.clear[move] for move in WARM)


def holds_all(one: Span, other: Span) -> bool:
    """Whether one part of a draft holds another."""
    return one[0] <= other[0] and other[1] <= one[1]


def read(text: str, before: Moment, judge: Judge) -> Draft | None:
    """The draft, judged in one go with the other's last messages; None where it holds no words."""
    single = clauses(text)
    if not single:
        return None
    whole, parts = stretches(text, single), runs(single)
    places = (before.place,) if before.known else (before.place, AFTER_A_WORD)
    views = [replace(p, text=typed) for a, b in whole for typed in typings(text[a:b]) for p in places]
    scores = judge.scores([*views, *(replace(before.place, text=text[a:b]) for a, b in parts), *before.heard])
    seen, rest = scores[: len(views)], scores[len(views) :]
    return Draft(
        text=text,
        before=judged(before, rest[len(parts) :], judge),
        judge=judge,
        whole=whole,
        whole_scores=together(seen.reshape(len(whole), -1, len(places), seen.shape[1])),
        parts=parts,
        part_scores=rest[: len(parts)],
        sizes=[sum(a <= start and end <= b for start, end in single) for a, b in parts],
    )


def typings(text: str) -> tuple[str, str]:
    """A text as it stands and as typed in haste: what it does should not hang on a capital or a mark."""
    bare = text.lower().replace("?", "").replace("!", "").rstrip(" .…")
    return text, bare or text


def together(views: Array) -> Array:
    """Probabilities (n, heads) of views (n, typings, places, heads): the mean over places, the least of the typings.

    The mean is that of log odds.
    """
    known = np.clip(views, _LEAST, 1 - _LEAST)
    odds = np.log(known / (1 - known))
    mean = odds.mean(axis=2)
    answering = [COLUMN[move] for move in ANSWERING]
    mean[..., answering] = odds[:, :, 0, answering]
    return np.asarray(1 / (1 + np.exp(-mean.min(axis=1))))


def by_rules(text: str, label: str, *, plain: bool = False) -> bool:
    """Whether rules see this sign of harm too; with `plain` those whose words are never a figure of speech."""
    one = pl.DataFrame({"id": ["draft"], "person": ["a"], "text": [text]})
    if not some_pattern(one, label):
        return False
    seen = safety.ruled(one)
    return bool(seen[label][0] and (not plain or seen[f"{safety.PLAIN}{label}"][0]))


def some_pattern(one: pl.DataFrame, label: str) -> bool:
    """Whether any pattern of the rules fits, looked for only where one of its cues is there: most drafts end here."""
    said = one.select(plain(pl.col("text"))).to_series()
    words = said[0]
    patterns = (pattern for rule in packaged_rules(label) for pattern in rule.patterns)
    near = (p for p in patterns if all(any(cue in words for cue in cues) for cues in p.cues))
    return any(said.str.contains(p.regex)[0] for p in near)
