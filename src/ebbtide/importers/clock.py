"""Wall clock to UTC: whose zone it is, the hour that comes twice in autumn, the one that is missing in spring."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

import polars as pl

from ebbtide.errors import BadSetting

#: Tried in this order when an export shows its offsets from UTC but not the name of its zone.
WELL_KNOWN = (
    "Europe/London", "Europe/Berlin", "Europe/Athens", "Europe/Moscow", "Europe/Lisbon", "America/New_York",
    "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Sao_Paulo",
    "America/Bogota", "America/Argentina/Buenos_Aires", "America/Mexico_City", "Africa/Lagos",
    "Africa/Johannesburg", "Africa/Nairobi", "Africa/Cairo", "Asia/Jerusalem", "Asia/Dubai", "Asia/Tehran",
    "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Jakarta", "Asia/Shanghai", "Asia/Tokyo",
    "Australia/Perth", "Australia/Adelaide", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip


def checked_zone(name: str) -> str:
    """The name of a time zone if it is one, else `BadSetting`."""
    try:
        ZoneInfo(name)
        pl.Series([datetime(2024, 1, 1)]).dt.replace_time_zone(name)
    except (KeyError, ValueError, OSError, pl.exceptions.PolarsError):
        raise BadSetting(
            f"There is no time zone called {name}.",
            where="--tz",
            try_="Use a name like Europe/London or America/New_York.",
        ) from None
    return name


def machine_zone() -> str:
    """The zone this machine is set to, by name; "UTC" where it does not say."""
    for name in (os.environ.get("TZ", "").lstrip(":"), _linked_zone(Path("/etc/localtime"))):
        if name:
            try:
                return checked_zone(name)
            except BadSetting:
                continue
    return "UTC"


def _linked_zone(link: Path) -> str:
    """The zone a link into the zone database names: /usr/share/zoneinfo/Europe/London → Europe/London."""
    try:
        target = str(link.readlink()) if link.is_symlink() else ""
    except OSError:
        return ""
    _, found, name = target.partition("zoneinfo/")
    return name.removeprefix("posix/").removeprefix("right/") if found else ""


def to_utc(local: pl.Series, zone: str) -> pl.Series:
    """UTC instants of local wall-clock times in file order.

    A time of the missing hour moves forward by what the clock skipped. A time of the repeated hour is the first of
    its two readings, unless that would run backwards from the line before: then it is the second.
    """
    early, late = _placed(local, zone, "earliest"), _placed(local, zone, "latest")
    utc = early.fill_null(0).to_numpy().copy()
    for i in early.is_null().arg_true().to_list():
        utc[i] = round(local[i].replace(tzinfo=ZoneInfo(zone)).timestamp()) * 1_000_000
    for i in (early != late).fill_null(False).arg_true().to_list():
        if i and utc[i] < utc[i - 1]:
            utc[i] = late[i]
    return pl.Series(local.name, utc).cast(pl.Datetime("us", "UTC"))


def _placed(local: pl.Series, zone: str, which: Literal["earliest", "latest"]) -> pl.Series:
    """Microseconds since 1970 of local times, null where the clock never showed them."""
    return local.dt.replace_time_zone(zone, ambiguous=which, non_existent="null").dt.epoch("us")


def agrees(zone: str, offsets: Iterable[tuple[int, int]]) -> bool:
    """Whether a zone had these offsets from UTC: pairs of (seconds since 1970, offset in seconds)."""
    info = ZoneInfo(zone)
    for moment, offset in offsets:
        shift = datetime.fromtimestamp(moment, info).utcoffset()
        if shift is None or int(shift.total_seconds()) != offset:
            return False
    return True


def zone_with(offsets: list[tuple[int, int]]) -> str | None:
    """A zone that had these offsets from UTC: a fixed one if there is only one, else the first that fits."""
    distinct = {offset for _, offset in offsets}
    if len(distinct) == 1:
        hours, rest = divmod(distinct.pop(), 3600)
        if rest == 0 and -12 <= hours <= 14:
            return "UTC" if hours == 0 else f"Etc/GMT{-hours:+d}"
    names = (*WELL_KNOWN, *sorted(name for name in available_timezones() if "/" in name))
    return next((name for name in names if agrees(name, offsets)), None)
