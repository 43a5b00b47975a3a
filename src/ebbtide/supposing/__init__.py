"""What if: a record read, the dyad fitted to it, and the couple run on as things go now and with something changed."""

from ebbtide.supposing.types import WhatIf
from ebbtide.supposing.whole import whatif

__all__ = ["WhatIf", "whatif"]
