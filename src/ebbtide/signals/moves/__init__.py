"""Moves: what a message does between two people, learned from text and calibrated on authors left out (moves.md)."""

from ebbtide.signals.moves.labels import AWAY, HEADS, LABELS, TOGETHER
from ebbtide.signals.moves.model import Message, Model, model, scores
from ebbtide.signals.moves.talk import moves

__all__ = ["AWAY", "HEADS", "LABELS", "TOGETHER", "Message", "Model", "model", "moves", "scores"]
