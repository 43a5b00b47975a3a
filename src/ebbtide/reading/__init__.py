"""The reading: findings with evidence, limits and other explanations, built from what the models say."""

from ebbtide.reading.types import (
    SCHEMA,
    Advice,
    Answer,
    Criterion,
    EpisodeReading,
    Finding,
    Kind,
    Person,
    QuietCurve,
    Reading,
    Ribbon,
    Safety,
    Silence,
    Span,
    Voice,
)

__all__ = [
    "SCHEMA",
    "Advice",
    "Answer",
    "Criterion",
    "EpisodeReading",
    "Finding",
    "Kind",
    "Person",
    "QuietCurve",
    "Reading",
    "Ribbon",
    "Safety",
    "Silence",
    "Span",
    "Voice",
]
