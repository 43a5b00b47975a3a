"""The report: one Reading as a self-contained HTML page with figures made here, not in the browser."""

from ebbtide.report.evidence import Level
from ebbtide.report.page import html

__all__ = ["Level", "html"]
