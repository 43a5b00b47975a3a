"""`--why ID`: what one thing in a reading rests on: a finding, a criterion, a reason, a sign, a piece of advice."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from ebbtide.cli.details import criterion_line, heading, points
from ebbtide.cli.screen import named, paragraph, short_day
from ebbtide.errors import BadSetting
from ebbtide.reading import Reading, phrases


def ids(reading: Reading) -> list[str]:
    """Everything that can be asked about, each once, in the order of the reading."""
    criteria = [c.id for e in reading.episodes for c in e.criteria]
    signs = [s.id for s in (*reading.signs, *reading.counter_signs) if s.direction != "unknown"]
    found = [f.key for f in reading.findings] + criteria + [h.id for h in reading.hypotheses if h.for_ or h.against]
    return list(dict.fromkeys([*found, *signs, *(a.id for a in reading.advice)]))


def show_why(out: Console, reading: Reading, asked: str) -> None:
    """Print what one thing rests on; `BadSetting` lists what can be asked where there is no such thing."""
    parts = list(about(reading, asked))
    if not parts:
        known = ", ".join(ids(reading))
        raise BadSetting("There is nothing of that name in this reading.", where=asked, try_=f"Ask about {known}.")
    heading(out, asked)
    for words, lines in parts:
        paragraph(out, words, below=0 if lines else 1)
        if lines:
            points(out, lines)


def about(reading: Reading, asked: str) -> Iterator[tuple[str, list[str]]]:
    """What is known under this name: words, and the points below them."""
    for finding in reading.findings:
        if finding.key == asked:
            numbers = [f"{k.replace('_', ' ')}: {v:.4g}" for k, v in finding.numbers.items()]
            yield finding.words, [*numbers, *rests(finding.evidence), *finding.other_explanations, *finding.limits]
    for read in reading.episodes:
        lines = [criterion_line(c) for c in read.criteria if c.id == asked]
        if lines:
            episode = read.episode
            yield f"{named(reading, episode.person).first}, {short_day(episode.start)}", lines
    for reason in reading.hypotheses:
        if reason.id == asked:
            yield (
                f"{reason.title}: {reason.weight}.",
                [
                    *(f"for it: {p}" for p in reason.for_),
                    *(f"against it: {p}" for p in reason.against),
                    f"what would tell: {reason.would_tell}",
                ],
            )
    for sign in (*reading.signs, *reading.counter_signs):
        if sign.id == asked:
            said = f"{named(reading, sign.person).first}: {sign.direction}"
            known = sign.change is not None and sign.low is not None and sign.high is not None
            interval = [f"log ratio {sign.change:.2f}, 90% between {sign.low:.2f} and {sign.high:.2f}"] if known else []
            yield (
                said,
                [*interval, *([f"from {phrases.listed(sign.source)}"] if sign.source else []), *rests(sign.evidence)],
            )
    for step in reading.advice:
        if step.id == asked:
            because = [f"because of {key}" for key in step.because]
            yield f"{step.title}. {step.text}", [*because, f"source: {step.source} ({step.grade})"]


def rests(evidence: tuple[str, ...]) -> list[str]:
    """How many messages something rests on."""
    return [f"rests on {phrases.counted(len(evidence), 'message')}"] if evidence else []
