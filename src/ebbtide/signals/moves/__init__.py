"""Moves: what a message does between two people, learned from text and calibrated on authors left out (moves.md)."""

from ebbtide.signals.moves.labels import AWAY, HEADS, LABELS, PRESSING, RATED, TOGETHER
from ebbtide.signals.moves.model import Message, Model, model, scores
from ebbtide.signals.moves.talk import Moves, moves

__all__ = [
    "AWAY",
    "HEADS",
    "LABELS",
    "PRESSING",
    "RATED",
    "TOGETHER",
    "Message",
    "Model",
    "Moves",
    "model",
    "moves",
    "scores",
]
