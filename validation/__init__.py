"""Figures over many couples whose truth is known: couples made by other hands, and how readings of them are scored."""
