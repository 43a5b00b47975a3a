"""Wall clock to UTC, and whose zone it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.errors import BadSetting
from ebbtide.importers import open as read_export
from ebbtide.importers.clock import checked_zone, machine_zone, to_utc, zone_with


def utc(times: list[datetime], zone: str) -> list[str]:
    return to_utc(pl.Series("local", times, dtype=pl.Datetime("us")), zone).dt.strftime("%H:%M").to_list()


def test_the_repeated_hour_follows_the_file() -> None:
    autumn = [datetime(2025, 10, 26, h, m) for h, m in [(0, 50), (1, 10), (1, 50), (1, 5), (1, 40), (2, 1)]]
    assert utc(autumn, "Europe/London") == ["23:50", "00:10", "00:50", "01:05", "01:40", "02:01"]


def test_the_missing_hour_moves_forward() -> None:
    spring = [datetime(2025, 3, 30, h, m) for h, m in [(0, 59), (1, 30), (2, 31)]]
    assert utc(spring, "Europe/London") == ["00:59", "01:30", "01:31"]
    assert utc([datetime(2025, 10, 5, 2, 10)], "Australia/Lord_Howe") == ["15:40"]


@given(
    start=st.datetimes(datetime(2024, 10, 1), datetime(2024, 11, 10)),
    steps=st.lists(st.integers(0, 7200), max_size=60),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe"]),
)
def test_forward_in_time_stays_forward(start: datetime, steps: list[int], zone: str) -> None:
    """Whatever the clock shows of instants in order, they come back in order, and as the clock showed them."""
    moment, shown = start.replace(tzinfo=ZoneInfo("UTC")), []
    for step in steps:
        moment += timedelta(seconds=step)
        shown.append(moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0))
    back = to_utc(pl.Series("local", shown, dtype=pl.Datetime("us")), zone)
    assert back.is_sorted()
    assert back.dt.convert_time_zone(zone).dt.replace_time_zone(None).to_list() == shown


def test_given_and_assumed(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export.write_text("14/07/2025, 08:01 - Robin: Morning\n", encoding="utf-8")
    assumed, given_ = read_export(export), read_export(export, tz="America/New_York")
    assert (assumed.tz, assumed.tz_source, assumed.events["at"][0].hour) == ("Europe/London", "assumed", 7)
    assert (given_.tz, given_.tz_source, given_.events["at"][0].hour) == ("America/New_York", "given", 12)
    monkeypatch.setenv("TZ", "Nowhere/Land")
    assert checked_zone(machine_zone())


def test_an_unknown_zone_is_a_setting_that_cannot_be_used(export: Path) -> None:
    export.write_text("14/07/2025, 08:01 - Robin: Morning\n", encoding="utf-8")
    for zone in ("Atlantis/Capital", "", "../etc/passwd", "localtime"):
        with pytest.raises(BadSetting, match="no time zone called") as caught:
            read_export(export, tz=zone)
        assert "Europe/London" in str(caught.value)


def test_zone_that_had_these_offsets() -> None:
    winter, summer = 1736942400, 1752580800
    assert zone_with([(winter, 7200), (summer, 7200)]) == "Etc/GMT-2"
    assert zone_with([(winter, -18000), (summer, -14400)]) == "America/New_York"
    assert zone_with([(winter, 19800)]) == "Asia/Kolkata"
    assert zone_with([(winter, 0)]) == "UTC"
    assert zone_with([(winter, 1234)]) is None
