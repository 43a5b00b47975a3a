"""What holds for every drawing."""

from __future__ import annotations

from xml.etree import ElementTree


def parsed(drawing: str) -> ElementTree.Element:
    """The drawing, which is well formed, named, described and without numbers that are none."""
    root = ElementTree.fromstring(drawing)
    assert root.get("aria-labelledby") == root[0].get("id")
    assert root.get("aria-describedby") == root[1].get("id")
    assert len(root[1].text or "") > 20
    assert "nan" not in drawing
    return root
