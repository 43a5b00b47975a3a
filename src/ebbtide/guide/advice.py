"""Advice: from a reading to the few things that fit it, for the one waiting and for the one pulling away."""

from __future__ import annotations

from collections.abc import Sequence

from ebbtide.guide.conditions import holds
from ebbtide.guide.pack import Entry, packaged
from ebbtide.guide.slots import filled
from ebbtide.reading import Advice, Present, Reading, Voice, present, situation

#: No screen carries more steps than this.
MOST = 3


def advise(reading: Reading, voice: Voice | None = None, entries: Sequence[Entry] | None = None) -> tuple[Advice, ...]:
    """At most three pieces of advice for one voice, the first the one to show; for both voices if none is named.

    With both, those for the reader come first: for the one waiting, unless the reader is the one who withdrew.
    """
    now = present(reading)
    voices = (voice,) if voice else ordered_voices(reading, now)
    known = packaged() if entries is None else entries
    return tuple(advice for one in voices for advice in for_voice(reading, now, one, known))


def ordered_voices(reading: Reading, now: Present) -> tuple[Voice, Voice]:
    """Both voices, the reader's first."""
    reader = next((p.id for p in reading.people if p.me), None)
    return ("withdrawing", "waiting") if reader == now.who else ("waiting", "withdrawing")


def for_voice(reading: Reading, now: Present, voice: Voice, entries: Sequence[Entry]) -> list[Advice]:
    """The advice for one voice, by priority; entries of the same priority keep their order."""
    found = situation(reading)
    meant = [e for e in entries if voice in e.voices and found in e.situations]
    fitting = (said(e, voice, reading, now) for e in sorted(meant, key=lambda e: -e.priority))
    return [advice for advice in fitting if advice is not None][:MOST]


def said(entry: Entry, voice: Voice, reading: Reading, now: Present) -> Advice | None:
    """The entry with its slots filled, or None where it does not fit.

    It fits if its conditions hold, if a finding it rests on is there, and if every slot has something to say.
    """
    found = {f.key for f in reading.findings}
    because = tuple(key for key in entry.because if key in found)
    asked = all(holds(c, reading, now) for c in entry.when) and not any(holds(c, reading, now) for c in entry.unless)
    words = filled(entry.slots, reading, now, voice) if because and asked else None
    if words is None:
        return None
    return Advice(
        id=entry.id,
        voice=voice,
        title=entry.title.format(**words),
        text=entry.text.format(**words),
        because=because,
        source=entry.source,
        grade=entry.grade,
        caution=entry.caution.format(**words) if entry.caution else None,
    )
