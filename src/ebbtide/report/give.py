"""Give and take as a table: each measure, what each of the two gives in it of late and before."""

from __future__ import annotations

from ebbtide.reading import Reading
from ebbtide.reading.sections import MEASURES, before_words, late_words, tells
from ebbtide.report import numbers
from ebbtide.report.drawn import Row, Table
from ebbtide.report.names import Names

COLUMNS = ("", "In the last four weeks", "Before")


def table(reading: Reading, names: Names) -> Table | None:
    """Every measure that tells anything, a row for each person; None where none does, or something else comes first."""
    if reading.care_first:
        return None
    rows: list[Row] = []
    groups: list[tuple[str, int]] = []
    for id_, words in MEASURES.items():
        told = [r for r in reading.reciprocity if r.id == id_ and tells(r)]
        # The reader's own part first: it is the part they can change.
        told.sort(key=lambda r: r.person != reading.reader)
        own: list[Row] = [
            (
                numbers.sentence(names.told(r.person)),
                late_words(r),
                before_words(r),
            )
            for r in told
        ]
        if own:
            groups.append((numbers.sentence(words.format(who="").strip()), len(own)))
            rows += own
    return Table(COLUMNS, tuple(rows), tuple(groups)) if rows else None
