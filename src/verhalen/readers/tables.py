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
    # In one go: a hostile row has 100,000 cells.
    number = next(line.number for cell in cells for line in cell)
    last = max(index for index, cell in enumerate(cells) if cell)
    done: list[Line] = []
    begun: list[Line] = []
    for cell in cells[: last + 1]:
        first, *more = cell or [Line("", begun[0].number if begun else number)]
        begun.append(first)
        if more:
            done.append(_joined(begun))
            done += more[:-1]
            begun = more[-1:]
    return [*done, _joined(begun)]


def _joined(parts: list[Line]) -> Line:
    return Line("\t".join([part.text for part in parts]), parts[0].number, parts[0].bold)
