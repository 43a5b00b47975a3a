"""Advice: from a reading to the few things that fit it, for the one waiting and for the one pulling away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ebbtide.guide.conditions import holds
from ebbtide.guide.pack import Entry, packaged
from ebbtide.guide.place import place
from ebbtide.guide.slots import filled
from ebbtide.reading import Advice, Present, Reading, Voice, present
from ebbtide.reading.phrases import large

#: No screen carries more steps than this.
MOST = 3
#: Conditions of the teller that a step answers.
OWN_CARE = frozenset({"tense", "own_ill"})
#: A slot, and what stands before it where a sentence begins with it.
SLOT = re.compile(r"(?P<begins>^|[.?]”? |“)?\{(?P<slot>\w+)\}")


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
    return ("withdrawing", "waiting") if reading.reader == now.who else ("waiting", "withdrawing")


def for_voice(reading: Reading, now: Present, voice: Voice, entries: Sequence[Entry]) -> list[Advice]:
    """The advice for one voice, by priority; entries of the same priority keep their order.

    The first is the thing to do now. A question that was asked is answered once, in the second place at the latest.
    """
    found = place(reading)
    meant = [e for e in entries if voice in e.voices and found in e.situations]
    fitting = [e for e in sorted(meant, key=lambda e: -e.priority) if fits(e, voice, reading, now)]
    said = [(e, advice) for e in fitting if (advice := written(e, voice, reading, now)) is not None]
    answers = [advice for e, advice in said if e.answers][:1]
    steps = [advice for _, advice in with_own_care([(e, advice) for e, advice in said if not e.answers])]
    before = said[0][0].answers if said else False
    return (answers + steps if before else steps[:1] + answers + steps[1:])[:MOST]


def with_own_care(steps: list[tuple[Entry, Advice]]) -> list[tuple[Entry, Advice]]:
    """The steps, with the first one for the teller’s own worry or illness no later than second."""
    at = next((i for i, (e, _) in enumerate(steps) if OWN_CARE & set(e.when)), 0)
    return steps if at < 2 else [steps[0], steps[at], *steps[1:at], *steps[at + 1 :]]


def fits(entry: Entry, voice: Voice, reading: Reading, now: Present) -> bool:
    """Whether the conditions of an entry hold."""
    return all(holds(c, reading, now, voice) for c in entry.when) and not any(
        holds(c, reading, now, voice) for c in entry.unless
    )


def written(entry: Entry, voice: Voice, reading: Reading, now: Present) -> Advice | None:
    """The entry with its slots filled; None if nothing it rests on is there, or a slot has nothing to say."""
    because = tuple(key for key in entry.because if key in known(reading))
    words = filled(entry.slots, reading, now, voice) if because else None
    if words is None:
        return None
    return Advice(
        id=entry.id,
        voice=voice,
        title=in_sentences(entry.title, words),
        text=in_sentences(entry.text, words),
        because=because,
        source=entry.source,
        grade=entry.grade,
        caution=in_sentences(entry.caution, words) if entry.caution else None,
    )


def known(reading: Reading) -> frozenset[str]:
    """What advice can rest on: the findings, and what was told."""
    told = () if reading.intake is None else ("told", "safety") if reading.intake.safety.any else ("told",)
    return frozenset((*(f.key for f in reading.findings), *told))


def in_sentences(text: str, words: Mapping[str, str]) -> str:
    """The text with its slots filled; where a slot begins a sentence, the words begin with a capital."""

    def put(match: re.Match[str]) -> str:
        begins, said = match["begins"], words[match["slot"]]
        return said if begins is None else f"{begins}{large(said)}"

    return SLOT.sub(put, text)
