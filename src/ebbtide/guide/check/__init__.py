"""The check of a draft before it is sent: what in it presses, blames or threatens, why, and two gentler wordings."""

from ebbtide.guide.check.flags import Flag, as_json, beside_danger, check, readable
from ebbtide.guide.check.judge import Judge

__all__ = ["Flag", "Judge", "as_json", "beside_danger", "check", "readable"]
