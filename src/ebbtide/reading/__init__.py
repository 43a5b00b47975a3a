"""The reading: findings with evidence, limits and other explanations, built from what the models say."""

from ebbtide.reading.build import build
from ebbtide.reading.criteria import KIND_WORDS
from ebbtide.reading.present import Present, Situation, present, situation
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
    "KIND_WORDS",
    "SCHEMA",
    "Advice",
    "Answer",
    "Criterion",
    "EpisodeReading",
    "Finding",
    "Kind",
    "Person",
    "Present",
    "QuietCurve",
    "Reading",
    "Ribbon",
    "Safety",
    "Silence",
    "Situation",
    "Span",
    "Voice",
    "build",
    "present",
    "situation",
]
