"""Progress on standard error for anything that takes over a second, where somebody is looking."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE_SECONDS = 1.0


@contextmanager
def progress(first: str) -> Iterator[Callable[[str], None]]:
    """A function that names the step under way; what it says shows up after a second, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True, markup=False), transient=True)
    task = bar.add_task(first, total=None)
    timer = threading.Timer(PATIENCE_SECONDS, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda step: bar.update(task, description=step)
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
