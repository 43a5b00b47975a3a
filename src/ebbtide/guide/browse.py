"""What can be browsed without a reading: topics, exercises with their times, and advice that fits everyone.

packs/guide.toml names, by topic, its own texts and entries of the advice packs, so that nothing is written twice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from ebbtide.errors import PackInvalid, refused_as
from ebbtide.guide.advice import in_sentences
from ebbtide.guide.pack import Entry, packaged
from ebbtide.reading import Voice
from ebbtide.reading.phrases import UNNAMED

Grade = Literal["supported", "mixed", "weak", "clinical", "popular"]

#: What stands in the slots of an entry where no reading fills them. An entry with another slot cannot be shown.
BLANKS = {"name": UNNAMED, "until": "[day]", "on_until": "on [day]"}


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of an exercise and how long it lasts, in seconds."""

    say: str
    seconds: int


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to read, or to do along its steps, which come `rounds` times."""

    id: str
    voices: tuple[Voice, ...]
    title: str
    text: str
    source: str
    grade: Grade
    caution: str | None = None
    rounds: int = 1
    steps: tuple[Step, ...] = ()

    @property
    def seconds(self) -> int:
        """How long all of its steps last; 0 where it has none."""
        return self.rounds * sum(step.seconds for step in self.steps)

    @property
    def short(self) -> str:
        """The last part of its id, by which an exercise is called: "box"."""
        return self.id.rpartition(".")[2]


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to browse, and what it shows, by ids."""

    id: str
    title: str
    what: str
    shows: tuple[str, ...]


class Guide(msgspec.Struct, frozen=True):
    """The topics, and every text they name, by its id."""

    topics: tuple[Topic, ...]
    texts: dict[str, Text]

    def topic(self, id_: str) -> Topic | None:
        """The topic with this id, None if there is none."""
        return next((topic for topic in self.topics if topic.id == id_), None)

    def of(self, shows: Sequence[str], voice: Voice | None) -> tuple[Text, ...]:
        """The texts with these ids that are for a voice, or all of them."""
        return tuple(text for text in map(self.texts.__getitem__, shows) if voice is None or voice in text.voices)


@cache
def packaged_guide() -> Guide:
    """The guide that comes with Ebbtide, checked."""
    file = files("ebbtide.guide").joinpath("packs", "guide.toml")
    return read_guide(file.read_text(encoding="utf-8"), file.name)


def read_guide(text: str, name: str) -> Guide:
    """A guide from the text of its file; whatever breaks its rules is `PackInvalid` with the place and the reason."""
    with refused_as("The guide cannot be read.", name):
        table = tomllib.loads(text)
        topics = msgspec.convert(table.get("topic", []), tuple[Topic, ...])
        own = msgspec.convert(table.get("text", []), tuple[Text, ...])
    texts = {entry.id: of_entry(entry) for entry in packaged() if entry.slots <= set(BLANKS)}
    for one in own:
        if one.id in texts:
            raise PackInvalid(f"The id {one.id} is used twice.", where=name, try_="Give one a new id.")
        if one.rounds < 1 or any(step.seconds < 1 for step in one.steps):
            raise PackInvalid(f"{one.id} takes no time.", where=name, try_="Give each step at least a second.")
        texts[one.id] = one
    for topic in topics:
        refuse_unknown(topic.shows, texts, f"{name}, topic {topic.id}")
    return Guide(topics, texts)


def of_entry(entry: Entry) -> Text:
    """An entry of the advice packs as it reads without a reading."""
    said = [in_sentences(words, BLANKS) if words else None for words in (entry.title, entry.text, entry.caution)]
    title, text, caution = said
    return Text(entry.id, entry.voices, title or "", text or "", entry.source, entry.grade, caution)  # type: ignore[arg-type]


def refuse_unknown(ids: Sequence[str], texts: dict[str, Text], where: str) -> None:
    """`PackInvalid` if one of the ids names no text that can be shown without a reading."""
    unknown = [id_ for id_ in ids if id_ not in texts]
    if unknown:
        raise PackInvalid(
            f"There is no text {unknown[0]}.", where=where, try_="Name one that needs no more than a name or a day."
        )
