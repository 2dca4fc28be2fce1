"""A small invented project, and what the tests of the app's frame ask of a screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from rich.segment import Segment
from tests.copies import made_once
from textual.pilot import Pilot

from verhalen.api.project import Project, new_project
from verhalen.i18n import language, set_language
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.tui.app import VerhalenApp
from verhalen.tui.commands.base import CommandScreen

TODAY = dt.date(2026, 11, 20)
SMALL, LARGE = (80, 24), (160, 48)
ASKED = Consent(Purpose.REPORT, Answer.YES, dt.date(2026, 10, 1), "Hanne")
TABLES = {
    "families.csv": "gezin;gemeente\nG001;Oudermeer\nG002;Lindebeke\n",
    "persons.csv": "gezin;lid;rol;leeftijdsgroep;van;tot\nG001;moeder;ouder;25-34;;\nG001;kind1;kind;6-11;;\n",
    "trajectories.csv": (
        "gezin;traject;aanmelding;start;einde;reden_einde;coach;project;verwijzer;gekend\n"
        "G001;1;2026-01-05;2026-01-20;;;Karim;Klaverland;school;nieuw\n"
        "G002;1;2026-01-05;2026-01-20;;;Hanne;Klaverland;OCMW;gekend\n"
    ),
}
SCORES = (
    "gezin;lid;rol;datum;instrument;item;waarde;status;beoordelaar;toelichting\n"
    "G001;;;2026-02-01;sociale_balans;huishouden.verblijfplaats;2;gescoord;coach;\n"
    "G001;;;2026-10-01;sociale_balans;huishouden.verblijfplaats;4;gescoord;coach;\n"
)


@made_once
def small_project(folder: Path) -> Project:
    """Two families (one of Hanne, without a snapshot), two stories (one without consent), one text without a code."""
    project = new_project(folder / "w", coder="Hanne", empty=True)
    for name, table in TABLES.items():
        (folder / name).write_text(table, "utf-8")
        project.families.import_file(folder / name)
    (folder / "scores.csv").write_text(SCORES, "utf-8")
    project.scores.import_file(folder / "scores.csv")
    teller = Voice("ouder", "moeder")
    project.stories.tell(
        Story("V01", "G001", "Hij slaapt nu door.", StoryAnswer.POSITIVE, teller, title="Slapen", consents=(ASKED,))
    )
    project.stories.tell(Story("V02", "G001", "De bus is afgeschaft.", StoryAnswer.NEGATIVE, teller, title="De bus"))
    (folder / "gesprek.txt").write_text("ANNA: Ik heb niet geslapen.\nCOACH: Vertel eens.\n", "utf-8")
    assert [each.error for each in project.sources.import_files([folder / "gesprek.txt"])] == [None]
    return project


@contextmanager
def speaking_on_screen(code: str) -> Iterator[None]:
    """Another language for the whole app."""
    before = language()
    set_language(code)
    try:
        yield
    finally:
        set_language(before)


@asynccontextmanager
async def opened(project: Project, size: tuple[int, int] = SMALL) -> AsyncIterator[Pilot[None]]:
    """The app on a project, with its notes in the corner."""
    async with VerhalenApp(project, day=TODAY).run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield pilot


def frame(pilot: Pilot[None]) -> VerhalenApp:
    """The app, as ours."""
    assert isinstance(pilot.app, VerhalenApp)
    return pilot.app


def screen(pilot: Pilot[None]) -> CommandScreen[Any]:
    """The screen in front, as ours."""
    assert isinstance(pilot.app.screen, CommandScreen)
    return pilot.app.screen


def segments(pilot: Pilot[None]) -> list[Segment]:
    """Everything that is painted now; of a small window only itself, as what lies behind is dimmed on purpose."""
    strips = pilot.app.screen._compositor.render_strips()
    if pilot.app.screen.is_modal:
        place = pilot.app.screen.query("*").first().region
        strips = [strip.crop(place.x, place.right) for strip in strips[place.y : place.bottom]]
    return [segment for strip in strips for segment in strip]


def seen(pilot: Pilot[None]) -> str:
    """The words that are painted now, line by line."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips).replace("\u00a0", " ")


async def settled(pilot: Pilot[None]) -> None:
    """Until the writer is done and the screen has heard of it."""
    while frame(pilot).unstored and frame(pilot).is_running:
        await pilot.pause()
    await pilot.pause()
    await pilot.pause()
