"""The commands. This package imports little: what a command needs, it loads when it runs."""

from ebbtide.cli.app import app, main

__all__ = ["app", "main"]
