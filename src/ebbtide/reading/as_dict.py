"""A Reading as plain data, field by field as the public contract names them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from ebbtide.episodes import Return
from ebbtide.reading.types import (
    SCHEMA,
    Agreement,
    Answered,
    Effect,
    EpisodeReading,
    Exposure,
    Hypothesis,
    Loop,
    LoopPeriod,
    Reading,
    Reciprocity,
    Rhythm,
    Share,
    Sign,
    Silence,
    Span,
)
from ebbtide.signals.rates import Change


def reading_to_dict(reading: Reading) -> dict[str, Any]:
    """The `--json` contract of `ebbtide read`."""
    return {
        "schema": SCHEMA,
        "version": reading.version,
        "people": [asdict(p) | ({"name": None} if reading.told_only else {}) for p in reading.people],
        "span": None if reading.told_only else span_to_dict(reading.span),
        "import": [r.to_dict() for r in reading.imports],
        "answer": asdict(reading.answer),
        "silence": [silence_to_dict(s) for s in reading.silence],
        "episodes": [episode_to_dict(e) for e in reading.episodes],
        "loop": loop_to_dict(reading.loop),
        "answered": [answered_to_dict(a) for a in reading.loop.answers] if reading.loop else [],
        "signs": [sign_to_dict(s) for s in reading.signs],
        "counter_signs": [sign_to_dict(s) for s in reading.counter_signs],
        "rhythm": rhythm_to_dict(reading.rhythm),
        "reciprocity": [reciprocity_to_dict(r) for r in reading.reciprocity],
        "exposures": [exposure_to_dict(e) for e in reading.exposures],
        "agreements": [agreement_to_dict(a) for a in reading.agreements],
        "hypotheses": [hypothesis_to_dict(h) for h in reading.hypotheses],
        "findings": [asdict(f) for f in reading.findings],
        "advice": [asdict(a) for a in reading.advice],
        "safety": {"level": reading.safety.level, "shown": reading.safety.shown},
        "limits": list(reading.limits),
    }


def silence_to_dict(silence: Silence) -> dict[str, Any]:
    """One entry of the `silence` array; also what `ebbtide now --json` prints."""
    return {
        "person": silence.person,
        "since": iso(silence.since),
        "hours": rounded(silence.hours, 2),
        "probability": rounded(silence.probability, 6),
        "one_in": silence.one_in,
        "word": silence.word,
        "usual_hours": silence.usual_hours,
        "once_in_days": rounded(silence.once_in_days, 2),
        "waiting_turns": silence.waiting_turns,
    }


def episode_to_dict(read: EpisodeReading) -> dict[str, Any]:
    """One entry of the `episodes` array."""
    episode = read.episode
    return {
        "person": episode.person,
        "start": episode.start.isoformat(),
        "end": episode.end.isoformat() if episode.end else None,
        "days": episode.days,
        "depth": rounded(episode.depth, 3),
        "probability": rounded(episode.probability, 4),
        "said_so": episode.said_so,
        "contact_kept": rounded(episode.contact_kept, 3),
        "longest_silence_hours": rounded(episode.longest_silence_hours, 1),
        "space_given": episode.space_given,
        "partner": {
            "unanswered_turns": episode.unanswered_turns,
            "pressing_messages": episode.pressing_messages,
        },
        "return": return_to_dict(episode.return_),
        "kind": read.kind,
        "criteria": [asdict(c) for c in read.criteria],
        "other_explanations": list(read.other_explanations),
        "evidence": list(episode.evidence),
        "noted": list(read.noted),
    }


def exposure_to_dict(found: Exposure) -> dict[str, Any]:
    """One entry of `exposures`: how often a thing is noted before the spells of a person, and otherwise."""
    return asdict(found) | {"difference": change_to_dict(found.difference)}


def agreement_to_dict(agreed: Agreement) -> dict[str, Any]:
    """One entry of `agreements`: what is otherwise after it, measure by measure."""
    return {
        "day": agreed.day.isoformat(),
        "from": agreed.source,
        "days": agreed.days,
        "compared": [
            asdict(c)
            | {"before": rounded(c.before, 4), "after": rounded(c.after, 4), "change": change_to_dict(c.change)}
            for c in agreed.compared
        ],
    }


def change_to_dict(change: Change | None) -> dict[str, float] | None:
    """A change with its interval."""
    return None if change is None else {k: round(getattr(change, k), 3) for k in ("change", "low", "high")}


def sign_to_dict(sign: Sign) -> dict[str, Any]:
    """One entry of `signs` or `counter_signs`."""
    return {
        "id": sign.id,
        "person": sign.person,
        "direction": sign.direction,
        "change": rounded(sign.change, 3),
        "low": rounded(sign.low, 3),
        "high": rounded(sign.high, 3),
        "from": list(sign.source),
        "evidence": list(sign.evidence),
    }


def rhythm_to_dict(rhythm: Rhythm | None) -> dict[str, Any] | None:
    """The `rhythm` object, or None where the record is too short for one."""
    if rhythm is None:
        return None
    return {
        "days": rhythm.days,
        "spells": rhythm.spells,
        "spells_a_year": rounded(rhythm.spells_a_year, 2),
        "typical_days": rhythm.typical_days,
        "depth": rounded(rhythm.depth, 3),
        "affection": share_to_dict(rhythm.affection),
        "appreciation": share_to_dict(rhythm.appreciation),
        "quarter": change_to_dict(rhythm.quarter),
        "months": [
            {
                "first": month.first.isoformat(),
                "days": month.days,
                "affection": share_to_dict(month.affection),
                "starts": round(month.starts, 3),
                "spells": month.spells,
            }
            for month in rhythm.months
        ],
    }


def share_to_dict(share: Share | None) -> dict[str, float] | None:
    """A share with its interval."""
    return None if share is None else {k: round(getattr(share, k), 4) for k in ("share", "low", "high")}


def reciprocity_to_dict(found: Reciprocity) -> dict[str, Any]:
    """One entry of `reciprocity`."""
    return {
        "id": found.id,
        "person": found.person,
        "share": share_to_dict(found.share),
        "before": share_to_dict(found.before),
        "taken": found.taken,
        "chances": found.chances,
    }


def hypothesis_to_dict(found: Hypothesis) -> dict[str, Any]:
    """One entry of `hypotheses`."""
    return {
        "id": found.id,
        "weight": found.weight,
        "title": found.title,
        "for": list(found.for_),
        "against": list(found.against),
        "would_tell": found.would_tell,
    }


def return_to_dict(back: Return | None) -> dict[str, Any] | None:
    """The `return` of an episode, or None while it runs."""
    if back is None:
        return None
    return {
        "date": back.date.isoformat(),
        "warmth": back.warmth,
        "acknowledged": back.acknowledged,
        "explained": back.explained,
    }


def loop_to_dict(loop: Loop | None) -> dict[str, Any]:
    """The `loop` object; without periods where the record is too short."""
    if loop is None:
        return {"periods": [], "goodness": None}
    goodness = {"ks_a": rounded(loop.ks_a, 4), "ks_b": rounded(loop.ks_b, 4)}
    return {
        "periods": [period_to_dict(p) for p in loop.periods],
        "goodness": {**goodness, "placebo": "passed" if loop.placebo else "failed"},
    }


def answered_to_dict(answered: Answered) -> dict[str, Any]:
    """One entry of `answered`, beside the loop: answered more, and answered warmly, are told apart."""
    shares = {name: getattr(answered, name) for name in ("answered", "again", "warm", "warm_again")}
    return {
        "person": answered.person,
        **{name: share_to_dict(each) for name, each in shares.items()},
        "says": answered.says,
    }


def period_to_dict(period: LoopPeriod) -> dict[str, Any]:
    """One entry of `loop.periods`."""
    return {
        "from": period.start.isoformat(),
        "to": period.end.isoformat(),
        "reaching_then_slower": {k: effect_to_dict(e) for k, e in period.reaching_then_slower.items()},
        "withdrawing_then_reaching": {k: effect_to_dict(e) for k, e in period.withdrawing_then_reaching.items()},
        "roles": {"reaching": period.reaching, "withdrawing": period.withdrawing},
    }


def effect_to_dict(effect: Effect) -> dict[str, Any]:
    """One direction of the loop."""
    return {
        "effect": rounded(effect.effect, 4),
        "low": rounded(effect.low, 4),
        "high": rounded(effect.high, 4),
        "says": effect.says,
    }


def span_to_dict(span: Span) -> dict[str, Any]:
    """The `span` object."""
    return {
        "start": iso(span.start),
        "end": iso(span.end),
        "now": iso(span.now),
        "tz": span.tz,
        "tz_source": span.tz_source,
        "events": span.events,
        "messages": span.messages,
        "days": span.days,
        "coverage": [[iso(a), iso(b)] for a, b in span.coverage],
    }


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 with offset, or None."""
    return moment.isoformat() if moment else None


def rounded(value: float | None, digits: int) -> float | None:
    """A number rounded for output; unknown stays None."""
    return None if value is None else round(value, digits)
