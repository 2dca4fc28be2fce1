"""Tables as lines: a row after the other, a tab between cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from verhalen.readers.content import Line


@dataclass(slots=True)
class Table:
    """Rows of cells; a cell is its lines."""

    rows: list[list[list[Line]]] = field(default_factory=list)

    def block(self) -> list[Line]:
        """The lines of all rows with words in them."""
        return [line for row in self.rows if any(row) for line in _row(row)]


def _row(cells: list[list[Line]]) -> list[Line]:
    """One row: the first line of a cell stands behind the last line of the cell before it."""
    while not cells[-1]:
        cells = cells[:-1]
    number = next(line.number for cell in cells for line in cell)
    done = cells[0][:-1]
    begun = cells[0][-1] if cells[0] else Line("", number)
    for cell in cells[1:]:
        first, *more = cell or [Line("", begun.number)]
        begun = Line(f"{begun.text}\t{first.text}", begun.number, begun.bold)
        for line in more:
            done.append(begun)
            begun = line
    return [*done, begun]
