"""The report: one Reading as a self-contained HTML page with figures made here, not in the browser; the same as PDF."""

from ebbtide.report.evidence import Level
from ebbtide.report.notebook import notebook
from ebbtide.report.page import html
from ebbtide.report.paper import pdf

__all__ = ["Level", "html", "notebook", "pdf"]
