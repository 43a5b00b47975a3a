"""`ebbtide simulate dyad --export`: the chat of a run as a messenger would export it, and its truth beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from ebbtide.cli import files
from ebbtide.errors import BadSetting
from ebbtide.simulator import SHAPES, Couple, chat_of_run, write_telegram, write_truth, write_whatsapp
from ebbtide.simulator.systems import Run

ME = "a"
SCHEMA = "ebbtide.truth/1"


def whatsapp(couple: Couple) -> str:
    """As an Android phone in Britain exports it."""
    talk = couple.conversation
    return write_whatsapp(talk.events, couple.names, tz=talk.tz, shape=SHAPES["android-gb"], me=ME)


def telegram(couple: Couple) -> str:
    """As Telegram Desktop exports it."""
    talk = couple.conversation
    return write_telegram(talk.events, couple.names, tz=talk.tz, me=ME)


#: How each is written, how its name ends, and whether its clock tells no seconds.
FORMS: Mapping[str, tuple[Callable[[Couple], str], str, bool]] = {
    "whatsapp": (whatsapp, ".txt", True),
    "telegram": (telegram, ".json", False),
}


def truth_beside(path: Path) -> Path:
    """Where the truth of a chat goes: chat.txt has chat.truth.json."""
    return path.with_name(f"{path.stem}.truth.json")


def places(path: Path) -> tuple[Path, Path]:
    """Where a chat and its truth go."""
    return path, truth_beside(path)


def made_here(truth: Path) -> bool:
    """Whether a file is the truth of a chat that was made here."""
    try:
        return msgspec.json.decode(truth.read_bytes(), type=dict[str, Any]).get("schema") == SCHEMA
    except (OSError, msgspec.MsgspecError):
        return False


def checked(form: str, path: Path, model: str) -> None:
    """Say before anything runs what cannot be written: a form or a model without messages, a place that is taken."""
    if form not in FORMS:
        raise BadSetting("There is no such export.", where=form, try_=f"Use {' or '.join(FORMS)}.")
    if model != "dyad":
        raise BadSetting("This model writes no messages.", where=model, try_="Use ebbtide simulate dyad.")
    if path.suffix.lower() != FORMS[form][1]:
        raise BadSetting(
            f"A chat of this kind ends in {FORMS[form][1]}.", where=str(path), try_=f"Use {path.stem}{FORMS[form][1]}."
        )
    files.destination(path)
    beside = files.destination(truth_beside(path))
    if (path.exists() or beside.exists()) and not made_here(beside):
        raise BadSetting(
            "There is a file of this name, and it was not made here.", where=str(path), try_="Write to another name."
        )


def write(run: Run, form: str, path: Path) -> str:
    """Write the chat and its truth; what is in them, in a sentence."""
    written, _, minute_only = FORMS[form]
    couple = chat_of_run(run, minute_only=minute_only)
    beside = truth_beside(path)
    files.write_whole(beside, write_truth(couple).encode())
    files.write_whole(path, written(couple).encode())
    messages, episodes = couple.conversation.events.height, len(couple.episodes)
    return (
        f"The chat is in {path}, drawn anew from these states: {messages} messages, {episodes} truly withdrawn "
        f"stretches, told in {beside.name}"
    )
