"""A snapshot by keyboard and by mouse: few key presses, nothing lost, nothing confirmed that nobody could read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.frame import LARGE, SMALL, TODAY, frame, opened, screen, seen, settled, small_project
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from verhalen import errors
from verhalen.api.project import Project
from verhalen.api.snapshots import Form
from verhalen.model.snapshot import Assessor, Reason, State
from verhalen.scores.registering import Answer
from verhalen.store.project import ProjectFile
from verhalen.tui.commands.keys import AZERTY_DIGITS
from verhalen.tui.dialogs import Choose
from verhalen.tui.fields import Field
from verhalen.tui.snapshot_reasons import ReasonsDialog
from verhalen.tui.snapshot_screen import DomainList, QuestionList, SnapshotScreen

BEFORE = dt.date(2026, 3, 12)
COACH = Form("G010", "sociale_balans", Assessor.COACH, TODAY)
PEOPLE = (
    "gezin;lid;rol;leeftijdsgroep;van;tot\nG010;moeder;ouder;25-34;;\nG010;vader;ouder;35-44;;\n"
    "G010;kind1;kind;6-11;;\nG010;kind2;kind;3-5;;\n"
)


@pytest.fixture
def four(tmp_path: Path) -> Iterator[Project]:
    """Two adults and two children, of whom everything was scored 3 in March."""
    with small_project(tmp_path) as project:
        project.families.add("G010")
        (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
        project.families.import_file(tmp_path / "people.csv")
        march = Form("G010", "sociale_balans", Assessor.COACH, BEFORE)
        sheet = project.snapshots.open(march)
        project.snapshots.answer(march, {each.place: Answer(State.SCORED, 3) for each in sheet.questions})
        project.snapshots.finish(march)
        yield project


class Keyboard:
    """Presses keys and counts them as a Belgian keyboard needs them: Shift and Ctrl are presses too."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self._pilot = pilot
        self.presses = 0

    async def press(self, *keys: str) -> None:
        for key in keys:
            shifted = len(key) == 1 and (key.isupper() or key.isdecimal())
            self.presses += 1 + key.count("+") + shifted
            await self._pilot.press(key)


def snapshot(pilot: Pilot[None]) -> SnapshotScreen:
    found = screen(pilot)
    assert isinstance(found, SnapshotScreen)
    return found


def here(pilot: Pilot[None]) -> tuple[str | None, str]:
    question = snapshot(pilot).here
    assert question is not None
    return question.place


async def begun(pilot: Pilot[None], form: Form = COACH) -> SnapshotScreen:
    frame(pilot).open_snapshot_form(form)
    await pilot.pause()
    await pilot.pause()
    return snapshot(pilot)


def stored(project: Project, form: Form = COACH) -> dict[tuple[str | None, str], Answer]:
    return {each.place: each.answer for each in project.snapshots.open(form).questions if each.answer}


async def test_a_full_snapshot_of_four_people_with_five_changes_takes_at_most_sixty_key_presses(four: Project) -> None:
    changed = {
        (None, "huishouden.onderhoud_woning"): 4,
        (None, "huishouden.schulden"): 2,
        ("G010.moeder", "volwassene.stress"): 4,
        ("G010.vader", "volwassene.tewerkstelling"): 4,
        ("G010.kind1", "kind.leertraject"): 2,
    }
    async with opened(four) as pilot:
        frame(pilot).open_families("G010")
        await pilot.pause()
        keyboard = Keyboard(pilot)
        await keyboard.press("o", "enter")
        while not isinstance(screen(pilot), Choose):
            block = snapshot(pilot).block
            assert block is not None
            wanted = [each.place for each in block.questions if each.place in changed and each.answer is None]
            if not wanted:
                await keyboard.press("d")
                continue
            while here(pilot) != wanted[0]:
                await keyboard.press("down")
            await keyboard.press(AZERTY_DIGITS[str(changed[wanted[0]])])
            if isinstance(screen(pilot), ReasonsDialog):
                await keyboard.press("enter")
        await keyboard.press("enter")
        await settled(pilot)
        print(f"key presses: {keyboard.presses}")
        assert keyboard.presses <= 60
    answers = stored(four)
    counts = Counter(answer.state for answer in answers.values())
    assert counts == {State.SCORED: 5, State.CONFIRMED_IN_BULK: 75}
    assert {place: answers[place].value for place in changed} == changed
    assert sum(person is None for person, _ in answers) == 10
    assert four.snapshots.unfinished() == []
