"""`ebbtide checkin`: how today was, in two answers and more where wanted, into a table that `read --checkins` reads."""

from __future__ import annotations

import json as json_
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer

from ebbtide.cli import asking, moments, notes
from ebbtide.cli.plain import plain
from ebbtide.cli.screen import console, paragraph
from ebbtide.errors import BadSetting
from ebbtide.importers.notebook import Note, item_id
from ebbtide.reading import phrases
from ebbtide.selfreport.asked import GROUPS, HAPPENED, packaged_words
from ebbtide.selfreport.checkins import DISTANCE, HIGHEST, ITEMS, LOWEST, TOGETHER, TRIGGERS

SCHEMA = "ebbtide.checkin/1"
DEFAULT = Path("ebbtide-checkins.csv")
#: As many days with notes as `--list` shows.
LATEST = 7
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: the day, the file, whom it is about, and answers given as item=value."""

    date: str | None
    file: Path | None
    person: str | None
    set: tuple[str, ...]


def tell(asked: Asked, *, listed: bool, undone: bool, items: bool = False, json: bool) -> None:
    """Note a day, list the last ones, take the last sitting back, or list what can be noted."""
    if sum((listed, undone, items, bool(asked.set))) > 1:
        raise BadSetting("Only one of --set, --list, --items and --undo can be done.", try_="Do one after the other.")
    if items:
        show_items(json=json)
        return
    path = notes.usable(asked.file or DEFAULT)
    if listed:
        show_list(path, asked.person, json=json)
    elif undone:
        show_undone(path, notes.undo(path), json=json)
    else:
        show_noted(path, sitting(asked, notes.read(path), path), json=json)


def sitting(asked: Asked, standing: Sequence[Note], path: Path) -> tuple[Note, ...]:
    """The answers of this sitting, as they were noted."""
    today = moments.clock().astimezone().date()
    day = checked_day(asked.date, today)
    given = dict(setting(text) for text in asked.set)
    if len(given) < len(asked.set):
        raise BadSetting("An item is set twice.", where="--set", try_="Set each once.")
    may_ask = asking.can_ask()
    if not given and not may_ask:
        raise BadSetting(
            "There is nobody to ask.", where="--set", try_="Say it like --set distance=3 --set together=0."
        )
    name = whom(asked.person, standing, may_ask=may_ask)
    values = given or answered(name, day, today)
    found = [Note(day, name, item, value) for item, value in values.items()]
    return notes.add(path, found).notes if found else ()


def checked_day(text: str | None, today: date) -> date:
    """The day it is about, today or before."""
    day = moments.day(text, "--date") or today
    if day > today:
        raise BadSetting("This day is still to come.", where=f"--date {day}", try_="Note it when it is over.")
    return day


def setting(text: str) -> tuple[str, int]:
    """`item=value` as an item and a number; `BadSetting` says what there is."""
    item, _, value = text.partition("=")
    item, value = item_id(item), value.strip()
    if item not in ITEMS:
        close = get_close_matches(item, ITEMS, 1)
        advice = f"Perhaps {close[0]} was meant." if close else f"The items are {', '.join(ITEMS)}."
        raise BadSetting("There is no such item.", where=f"--set {item}", try_=advice)
    if value not in {str(n) for n in range(LOWEST, HIGHEST + 1)}:
        raise BadSetting(
            "This is not on the scale from 0 to 4.",
            where=f"--set {item}",
            try_=f"0 is not at all, 4 very much, like {item}=2. Leave it out where you cannot tell.",
        )
    return item, int(value)


def whom(given: str | None, standing: Sequence[Note], *, may_ask: bool) -> str:
    """Whom it is about: as given, as asked about last, or as somebody at the terminal says."""
    earlier = [note.person for note in standing if note.item == DISTANCE] or [note.person for note in standing]
    if given is None and earlier:
        return earlier[-1]
    if given is None and not may_ask:
        raise BadSetting("It is not said whom this is about.", where="--person", try_="Say it like --person Sam.")
    name = given if given is not None else asking.word("Whom is it about? The name as the chat has it")
    name = " ".join(name.split())
    if given is None and not name:
        asking.leave()
    if not name or len(name) > LONGEST_NAME or name != plain(name):
        raise BadSetting("This is not a name.", where="--person", try_="Write it as the chat has it, like Sam.")
    return next((one for one in reversed(earlier) if one.casefold() == name.casefold()), name)


def answered(name: str, day: date, today: date) -> dict[str, int]:
    """What somebody at the terminal answers: the two questions, then more where they wish."""
    words = packaged_words()
    when = phrases.day_of(day, today) if (today - day).days < 2 else f"on {phrases.calendar_day(day)}"
    asking.say("Enter skips a question. q leaves and keeps nothing.")
    two = {i: asking.number(words[i].asks.format(name=name, day=when), LOWEST, HIGHEST) for i in (DISTANCE, TOGETHER)}
    values = answered_only(two)
    signs = [item for item, said in words.items() if said.offered]
    lists = {"s": signs, "t": list(TRIGGERS), "h": list(HAPPENED)}
    asks = f"More? s: signs, t: what may weigh on {name}, h: thanks, plans, agreements, Enter: that is all"
    while more := asking.word(asks).casefold():
        if more in lists:
            values |= picked(lists[more])
    return values


def picked(items: Sequence[str]) -> dict[str, int]:
    """The items that somebody picks from a list, each with how much of it there was."""
    words = packaged_words()
    for place, item in enumerate(items, 1):
        asking.say(f"{place:>3}  {words[item].label}")
    chosen = [items[place - 1] for place in asking.numbers("Which? Numbers, like 2 5", 1, len(items))]
    asked = {i: asking.number(f"{words[i].label}. 0: not at all, 4: very much", LOWEST, HIGHEST) for i in chosen}
    return answered_only(asked)


def answered_only(asked: Mapping[str, int | None]) -> dict[str, int]:
    """What was not skipped."""
    return {item: value for item, value in asked.items() if value is not None}


def show_noted(path: Path, noted: Sequence[Note], *, json: bool) -> None:
    """Say what was noted, and what it took the place of."""
    if json:
        print_json({"file": str(path), "noted": [as_json(note) for note in noted]})
        return
    out = console()
    if not noted:
        paragraph(out, "Nothing was noted.", below=0)
        return
    first, replaced = noted[0], [note for note in noted if note.before is not None]
    paragraph(out, f"Noted for {phrases.dated(first.date)}, {first.person}: {said(noted)}.", below=0)
    if replaced:
        was = ", ".join(f"{labelled(note.item)} {note.before}" for note in replaced)
        paragraph(out, f"It takes the place of what you noted before: {was}.", below=0)
    paragraph(out, f"It is in {path.name}. --undo takes it back.", style="dim", below=0)


def show_undone(path: Path, undone: Sequence[Note], *, json: bool) -> None:
    """Say what was taken back, and what stands there again."""
    if json:
        print_json({"file": str(path), "taken_back": [as_json(note) for note in undone]})
        return
    out, first = console(), undone[0]
    paragraph(out, f"Taken back for {phrases.dated(first.date)}, {first.person}: {said(undone)}.", below=0)
    again = ", ".join(f"{labelled(note.item)} {note.before}" for note in undone if note.before is not None)
    if again:
        paragraph(out, f"What stood there before is back: {again}.", below=0)


def show_list(path: Path, person: str | None, *, json: bool) -> None:
    """The last days on which something was noted, the latest last."""
    found = [
        note
        for note in notes.read(path)
        if person is None or note.person.strip().casefold() == person.strip().casefold()
    ]
    days = sorted({note.date for note in found})[-LATEST:]
    shown = sorted((note for note in found if note.date in days), key=lambda note: note.date)
    if json:
        print_json({"file": str(path), "rows": [as_json(note, before=False) for note in shown]})
        return
    out = console()
    for day, name in dict.fromkeys((note.date, note.person) for note in shown):
        mine = [note for note in shown if (note.date, note.person) == (day, name)]
        paragraph(out, f"{phrases.dated(day)}, {name}: {said(mine)}.", hang=2, below=0)
    if not shown:
        paragraph(out, f"Nothing is noted in {path.name}.", below=0)


def show_items(*, json: bool) -> None:
    """Every item that can be noted, in words and under its heading."""
    words = packaged_words()
    if json:
        print_json(
            {"items": [{"item": i, "label": words[i].label, "group": g} for g, items in GROUPS.items() for i in items]}
        )
        return
    out = console()
    for group, items in GROUPS.items():
        paragraph(out, group, style="bold", below=0)
        for item in items:
            paragraph(out, f"{item}: {words[item].label}", left=2, hang=2, below=0)
    out.print()
    paragraph(
        out, "From 0, not at all, to 4, very much. For a plan or an agreement any number above 0 is one.", below=0
    )


def said(found: Sequence[Note]) -> str:
    """Answers in words: "far away 3, together in person 0"."""
    return ", ".join(f"{labelled(note.item)} {note.value}" for note in found)


def labelled(item: str) -> str:
    """An item in words; what is in the file and no item stays as it is."""
    known = packaged_words().get(item_id(item))
    return known.label if known else item


def as_json(note: Note, *, before: bool = True) -> dict[str, Any]:
    """A note as a row."""
    row = {"date": note.date.isoformat(), "person": note.person, "item": note.item, "value": note.value}
    return row | {"before": note.before} if before else row


def print_json(told: dict[str, Any]) -> None:
    """Print it with its schema."""
    typer.echo(json_.dumps({"schema": SCHEMA, **told}, ensure_ascii=False, indent=2))
