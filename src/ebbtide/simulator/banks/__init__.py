"""The word banks of made-up couples: lines by act, and what fills their slots."""
