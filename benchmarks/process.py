"""One process, watched: how long it ran and how much memory it took at its peak."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

#: `ru_maxrss` counts in KiB on Linux and in bytes on macOS.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number with the budget it has to stay under."""

    name: str
    value: float
    unit: str
    budget: float


@dataclass(frozen=True, slots=True)
class Run:
    """Wall time in seconds and peak memory in GiB of one process."""

    seconds: float
    gibibytes: float


def run(command: Sequence[str]) -> Run:
    """Run a command to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"The command ended with {process.returncode}.")
    return Run(seconds, used.ru_maxrss * RSS_UNIT / 2**30)


def python(*arguments: str) -> tuple[str, ...]:
    """A command of this environment's Python."""
    return (sys.executable, *arguments)


def ebbtide(*arguments: str) -> tuple[str, ...]:
    """The command line as its entry point starts it."""
    return python("-c", "from ebbtide.cli import main; main()", *arguments)
