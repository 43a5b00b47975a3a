"""Figures over many couples whose truth is known: couples made by other hands, and how readings of them are scored."""

import os

# Before numpy is loaded: the couples are what runs side by side, and threads of the linear algebra only get in the way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
