"""Language packs: what it takes to read a language, one folder each. Timing needs none of them."""

from ebbtide.signals.languages.pack import ENCODER, HELD_OUT, MODEL, LanguagePack, pack, packs, read_pack

__all__ = ["ENCODER", "HELD_OUT", "MODEL", "LanguagePack", "pack", "packs", "read_pack"]
