"""An exercise along a calm count, for somebody at a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable

from ebbtide.guide.browse import Text

#: A step as short as this is counted aloud; along a longer one nothing moves.
COUNTED_SECONDS = 10

Wait = Callable[[float], None]


def count(text: Text, say: Callable[[str], object], wait: Wait = time.sleep) -> bool:
    """Say each step when its time comes and wait for as many seconds; False if Ctrl-C ended it before."""
    try:
        for round_ in range(1, text.rounds + 1):
            if text.rounds > 1:
                say(f"Round {round_} of {text.rounds}")
            for step in text.steps:
                say(step.say)
                for second in range(1, step.seconds + 1):
                    if step.seconds <= COUNTED_SECONDS:
                        say(f"  {second}")
                    wait(1.0)
    except KeyboardInterrupt:
        say("Stopped here. That is fine.")
        return False
    say("Done.")
    return True
