"""The guide: from findings to a few fitting words of advice, for either of the two. The words are in packs/*.toml."""

from ebbtide.guide.advice import advise
from ebbtide.guide.pack import Entry, packaged, read_pack

__all__ = ["Entry", "advise", "packaged", "read_pack"]
