"""The commands. This package imports little: what a command needs, it loads when it runs."""

import os

from ebbtide.cli.app import app, main

# Set before numpy is loaded. The matrices here are small: threads gain nothing, and where another program keeps a core
# busy they wait for one another, so that a second became ten.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__all__ = ["app", "main"]
