"""Ebbtide: reads the conversation of two people, on their own machine, for distance and return.

The names below load on first use, so that `import ebbtide` stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ebbtide.version import VERSION as __version__

_HOMES = {
    "open": "ebbtide.importers",
    "read": "ebbtide.analysis",
    "intake": "ebbtide.analysis",
    "now": "ebbtide.analysis",
    "fit_silence": "ebbtide.analysis",
    "events": "ebbtide.analysis",
    "rescaled": "ebbtide.analysis",
    "check": "ebbtide.guide.check",
    "simulate": "ebbtide.simulator.systems",
    "whatif": "ebbtide.supposing",
    "Conversation": "ebbtide.conversation",
    "Flag": "ebbtide.guide.check",
    "Reading": "ebbtide.reading",
    "Run": "ebbtide.simulator.systems",
    "WhatIf": "ebbtide.supposing",
    "EbbtideError": "ebbtide.errors",
}

__all__ = ["__version__", "errors", "report", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in ("errors", "report"):
        return import_module(f"ebbtide.{name}")
    raise AttributeError(f"module 'ebbtide' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
