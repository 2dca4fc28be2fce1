"""Read a table of families in: which file, what every column means, and only then store it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verhalen import errors
from verhalen.exchange.family_plan import FamilyImport
from verhalen.exchange.family_preview import KINDS, FamilyPreview
from verhalen.i18n import t, tn
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.dialogs import AskLine, yes_or_no
from verhalen.tui.page import BAD, HEADING, MUTED, TITLE, Line, heading
from verhalen.tui.paths import path_of
from verhalen.tui.reading_window import ReadingWindow
from verhalen.tui.reviewing import stored

MOST = 50
"""Problems and warnings that are shown."""


async def read_in(screen: CommandScreen[Any]) -> None:
    """Ask, show, ask again, store. Call it from a worker."""
    question = t("Which file? A table of families, people, support or contacts: .csv or .xlsx. Type or paste its path.")
    typed = await screen.app.push_screen_wait(AskLine(question))
    path = path_of(typed or "")
    if path is None:
        return
    try:
        found = await asyncio.to_thread(_look, screen, path)
        await screen.app.push_screen_wait(ReadingWindow(preview_lines(found, path.name)))
        if found.errors or not any(sheet.kind for sheet in found.sheets):
            return
        sure = yes_or_no(t("Read {file} in?", file=path.name), yes=t("Yes, read it in"))
        if await screen.app.push_screen_wait(sure) == "yes":
            done = await stored(screen, lambda project: project.families.import_file(path))
            screen.frame.say(" ".join(line.text for line in _counts(done)))
    except errors.VerhalenError as error:
        screen.frame.say_error(error)


def _look(screen: CommandScreen[Any], path: Path) -> FamilyPreview:
    """On a thread with a door of its own."""
    with screen.project.sibling() as own:
        return own.families.preview_file(path)


def preview_lines(found: FamilyPreview, file: str) -> Iterator[Line]:
    """What stands in the way first, then what would change, then every column."""
    yield Line(file, TITLE)
    if found.errors:
        yield from heading(t("It cannot be imported like this:"))
        for each in found.errors[:MOST]:
            problem = t("row {row}, column {column}: {problem}", row=each.row, column=each.column, problem=each.message)
            yield Line(problem, BAD, 2)
    yield from heading(t("Nothing was stored. An import would do this:"))
    yield from _counts(found.would)
    for notice in found.would.warnings[:MOST]:
        yield Line(str(notice), MUTED, 2)
    for sheet in found.sheets:
        yield Line("")
        name = f"{sheet.sheet}: " if sheet.sheet else ""
        yield Line(f"{name}{t(KINDS[sheet.kind])}, {tn('{n} row', '{n} rows', sheet.rows)}", HEADING)
        for each_column in sheet.columns:
            meaning = f" → {each_column.meaning}" if each_column.meaning else ""
            filled = t("filled in {n}, different {m}", n=each_column.filled, m=each_column.different)
            yield Line(f"{each_column.column}{meaning}: {t(each_column.use)} ({filled})", indent=2)


def _counts(would: FamilyImport) -> Iterator[Line]:
    kinds = zip(KINDS.values(), (would.families, would.persons, would.trajectories, would.contacts), strict=False)
    for name, each in kinds:
        if each.new or each.changed or each.unchanged:
            said = t(
                "{what}: {new} new, {changed} changed, {unchanged} unchanged.",
                what=t(name),
                new=each.new,
                changed=each.changed,
                unchanged=each.unchanged,
            )
            yield Line(said, indent=2)
