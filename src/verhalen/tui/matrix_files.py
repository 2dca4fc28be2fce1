"""What is shown of a crosstab, as a file: picture, CSV or workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.analysis.grid import grid_of
from verhalen.i18n import t
from verhalen.tui.exporting import TABLE, export
from verhalen.tui.matrix_asked import write
from verhalen.tui.matrix_words import about_words, axis_name, caption_of
from verhalen.tui.words import day_text

if TYPE_CHECKING:
    from verhalen.exchange.drawing import Drawing
    from verhalen.tui.matrix_screen import MatrixScreen


def export_matrix(screen: MatrixScreen) -> None:
    """Ask which kind and where; the picture is of what is shown, the files hold all of the table."""
    counted, look = screen.counted, screen.look
    if counted is None:
        return

    def draw() -> Drawing:
        from verhalen.exchange.matrix_picture import matrix_drawing

        caption = caption_of(counted, look.measure, day_text(screen.frame.day))
        return matrix_drawing(grid_of(counted.table, look), caption)

    def put(path: Path) -> None:
        with screen.project.sibling() as own:
            write(own, path, counted, look.measure, about_words(counted, look.measure))

    name = t("together") if counted.axis is None else t("codes-by-{what}", what=axis_name(counted.axis))
    export(screen, name, draw=draw, write=put, kinds=TABLE if counted.axis else (*TABLE, ".sav"))
