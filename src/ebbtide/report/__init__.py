"""The report: one Reading as a self-contained HTML page with figures made here, not in the browser."""

from ebbtide.report.page import Level, html

__all__ = ["Level", "html"]
