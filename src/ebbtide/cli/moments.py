"""Options that are moments, and the rule for where the record ends. The only place that reads the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, cast, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from ebbtide.errors import BadSetting

if TYPE_CHECKING:
    from ebbtide.analysis import ExplainedAway
    from ebbtide.conversation import Conversation

#: An export made this long ago or less is taken to reach to the present (contract.md).
FRESH = timedelta(days=2)


def clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def coverage_end(talk: Conversation, given: str | None, clock: datetime) -> datetime | None:
    """Until when the record is known: `--now`; else the clock if the last event is at most 2 days old; else None.

    None stands for the last event of a record that stopped before anyone asked. A naive `given` is in the zone of the
    conversation. A last event shortly ahead of the clock (the zone of the phone was assumed) counts as now.
    """
    if given is not None:
        return moment(given, talk.tz)
    last = talk.events["at"].max()
    if isinstance(last, datetime) and abs(clock - last) <= FRESH:
        return max(clock, last)
    return None


def holding_messages(talk: Conversation, since: date | None, end: datetime | None, until: date | None = None) -> None:
    """Refuse a stretch of time in which nobody wrote: it is asked for by mistake, and nothing can be said about it."""
    from ebbtide import analysis

    if not analysis.between(talk, since, analysis.ending(talk, end, until)).events.is_empty():
        return
    first, last = (at.astimezone(ZoneInfo(talk.tz)).date() for at in (talk.events["at"][0], talk.events["at"][-1]))
    raise BadSetting(
        "The time asked for holds no messages.",
        where=f"the record goes from {first} to {last}",
        try_="Choose --now, --since and --until within it.",
    )


def moment(text: str, tz: str) -> datetime:
    """A date or a date with time as ISO writes it, in UTC; a date alone is its first moment."""
    try:
        when = datetime.fromisoformat(text.strip())
        return (when if when.tzinfo else when.replace(tzinfo=ZoneInfo(tz))).astimezone(UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            f"{text!r} is not a date. Write it like 2025-05-03 or 2025-05-03T21:30.", param_hint="--now"
        ) from None


def checked_now(text: str | None) -> str | None:
    """`--now` as given, refused before any file is read if it is no date."""
    if text is not None:
        moment(text, "UTC")
    return text


def day(text: str | None, option: str) -> date | None:
    """A calendar day, if one was given."""
    return None if text is None else iso_day(text, option)


def iso_day(text: str, option: str) -> date:
    """A calendar day as ISO writes it."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day. Write it like 2025-05-03.", param_hint=option) from None


def zone(text: str | None) -> str | None:
    """The name of a time zone, if it is one."""
    if text is None:
        return None
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise typer.BadParameter(
            f"{text!r} is not a time zone. Names look like Europe/London or America/New_York.", param_hint="--tz"
        ) from None
    return text


def explained_away(texts: Sequence[str]) -> tuple[ExplainedAway, ...]:
    """`--explain-away D..D=reason` as stretches of days with their reason."""
    return tuple(explained(text) for text in texts)


def explained(text: str) -> ExplainedAway:
    """One stretch: first day, last day, reason; one day alone will do."""
    from ebbtide.analysis import ExplainedAway, Reason

    option, reasons = "--explain-away", get_args(Reason)
    days, _, reason = text.partition("=")
    if reason not in reasons:
        raise typer.BadParameter(
            f"{text!r} needs a reason: {', '.join(reasons)}. Like 2025-05-03..2025-05-10=travel.", param_hint=option
        )
    first, _, last = days.partition("..")
    start, end = (iso_day(part, option) for part in (first, last or first))
    if end < start:
        raise typer.BadParameter(f"{text!r} ends before it starts.", param_hint=option)
    return ExplainedAway(start, end, cast(Reason, reason))
