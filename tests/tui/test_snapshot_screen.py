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
from verhalen.api.snapshot_forms import Form
from verhalen.model.snapshot import Assessor, Reason, State
from verhalen.scores.registering import Answer, Last
from verhalen.store.project import ProjectFile
from verhalen.tui.commands.keys import AZERTY_DIGITS
from verhalen.tui.dialogs import Choose
from verhalen.tui.fields import Field
from verhalen.tui.snapshot_reasons import ReasonsDialog
from verhalen.tui.snapshot_screen import DomainList, QuestionList, SnapshotScreen
from verhalen.tui.snapshot_words import last_words

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
    while not snapshot(pilot).is_painted:
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
                while not snapshot(pilot).may_confirm_domain:
                    await pilot.pause()  # the key counts only once the domain is painted
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


def test_where_there_is_no_room_the_age_goes_first_and_then_words_but_never_the_day(four: Project) -> None:
    sheet, last = four.snapshots.open(COACH), Last(4, BEFORE, "Eigen plek met hier en daar een klein gebrek")
    whole = "vorige keer 4 'Eigen plek met hier en daar een klein gebrek' (12 maart, 8 maanden geleden)"
    assert last_words(last, sheet, width=len(whole)) == whole
    assert last_words(last, sheet, width=len(whole) - 1) == whole.replace(", 8 maanden geleden", "")
    assert last_words(last, sheet, width=40) == "vorige keer 4 'Eigen plek m…' (12 maart)"


async def test_one_thing_changed_is_a_jump_a_digit_and_done_and_one_undo_takes_it_back(four: Project) -> None:
    async with opened(four, LARGE) as pilot:
        frame(pilot).open_families("G010")
        await pilot.pause()
        await pilot.press("o", "enter")
        await pilot.pause()
        await pilot.press("f", *"leertr", "enter")
        await pilot.pause()
        assert "vorige keer 3 'Leren gaat, met hier en daar een hindernis' (12 maart, 8 maanden geleden)" in seen(pilot)
        await pilot.press(AZERTY_DIGITS["2"])
        await pilot.pause()
        assert "Leertraject · Kind1 ging van 3 naar 2. Weet je waardoor?" in " ".join(seen(pilot).split())
        await pilot.press(AZERTY_DIGITS["4"], "enter")
        await pilot.press("k")
        await pilot.pause()
        words = seen(pilot)
        assert "1 nieuw antwoord" in words
        assert "79 niet bekeken: wat het laatst gezegd is, loopt door" in words
        assert "zonder reden" not in words
        await pilot.press("enter")
        await settled(pilot)
        place = ("G010.kind1", "kind.leertraject")
        assert stored(four) == {place: Answer(State.SCORED, 2, reasons=(Reason.EVENT,))}
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert stored(four) == {}
        await pilot.press("ctrl+y")
        await settled(pilot)
        assert len(stored(four)) == 1


async def test_everything_can_be_done_with_the_mouse(four: Project) -> None:
    async with opened(four, LARGE) as pilot:
        form = await begun(pilot)
        await pilot.click(DomainList, offset=(10, 1))
        await pilot.pause()
        assert here(pilot) == (None, "huishouden.inkomen")
        for sign, place in (("→", "huishouden.voeding"), ("←", "huishouden.inkomen")):
            heading = str(form.query_one("#block", Static).render())
            await pilot.click("#block", offset=(2 + heading.index(sign), 0))
            await pilot.pause()
            assert here(pilot) == (None, place)
        await pilot.click(QuestionList, offset=(10, 2))
        await pilot.pause()
        assert here(pilot) == (None, "huishouden.schulden")
        answers = form.query_one("#answers", Static)
        await pilot.click(answers, offset=(10, 5))  # the name, then the answers from 1 on
        await settled(pilot)
        assert stored(four) == {(None, "huishouden.schulden"): Answer(State.SCORED, 5)}
        assert here(pilot) == (None, "huishouden.inkomen")
        bar = str(form.query_one("KeyBar").render())
        for title in ("Klopt nog", "Heel dit domein klopt nog", "Weet ik niet", "Zoek een vraag", "Klaar", "Later"):
            assert title.replace(" ", "\u00a0") in bar


async def test_answers_are_taken_back_one_by_one_and_words_stay_when_the_answer_changes(four: Project) -> None:
    async with opened(four) as pilot:
        form = await begun(pilot)
        await pilot.press("d")
        assert form.sheet is not None
        assert form.sheet.answered == 4
        await pilot.press("up", AZERTY_DIGITS["5"], "up", "t")
        await pilot.pause()
        await pilot.press(*"dak", "escape")
        await settled(pilot)
        last = (None, "huishouden.onderhoud_woning")
        assert stored(four)[last] == Answer(State.SCORED, 5, note="dak")
        await pilot.press(AZERTY_DIGITS["4"])
        await settled(pilot)
        assert stored(four)[last] == Answer(State.SCORED, 4, note="dak")
        for expected in (
            Answer(State.SCORED, 5, note="dak"),
            Answer(State.SCORED, 5),
            Answer(State.CONFIRMED_IN_BULK),
            None,
        ):
            await pilot.press("ctrl+z")
            await settled(pilot)
            assert stored(four).get(last) == expected
        assert stored(four) == {}
        await pilot.press("ctrl+y")
        await settled(pilot)
        assert len(stored(four)) == 4
        await pilot.press("f4", "down", "enter")
        await settled(pilot)
        assert stored(four) == {}


async def test_what_is_said_about_the_start_is_taken_back_and_brought_back_by_name(four: Project) -> None:
    place = (None, "huishouden.verblijfplaats")

    def start() -> int | None:
        question = four.snapshots.open(COACH).at(place)
        return question.revised.value if question and question.revised else None

    async with opened(four) as pilot:
        await begun(pilot)
        assert "Gezin · Wonen  (1 van 36)" in seen(pilot)
        await pilot.press("t")
        await pilot.pause()
        assert "Geef hier eerst een antwoord" in seen(pilot)
        await pilot.press("b")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert start() == 1
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert start() is None
        assert "Ongedaan gemaakt: het begin van Verblijfplaats · Gezin" in seen(pilot)
        await pilot.press("ctrl+y", "b")
        await settled(pilot)
        assert start() == 1
        await pilot.press("end", "enter")  # it was right after all
        await settled(pilot)
        assert start() is None
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert start() == 1
        await pilot.press("ctrl+z", "k")
        await settled(pilot)
        assert start() is None
        assert four.snapshots.unfinished() == []


async def test_a_snapshot_left_halfway_waits_on_the_first_screen(four: Project) -> None:
    async with opened(four) as pilot:
        await begun(pilot)
        await pilot.press("enter", "w", "escape")
        await settled(pilot)
        assert "Gezin G010: momentopname van 20 november 2026 nog niet af (2 antwoorden)" in seen(pilot)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert here(pilot) == (None, "huishouden.zelfstandig_wonen")
        await pilot.press("escape")
        await settled(pilot)
        frame(pilot).open_families("G010")
        await pilot.pause()
        assert "o Momentopname afwerken" in seen(pilot)
        await pilot.press("o", "enter")
        await pilot.pause()
        await pilot.press("k", "enter")
        await settled(pilot)
        assert "Momentopname afwerken" not in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "nog niet af" not in seen(pilot)
        assert four.snapshots.unfinished() == []
        frame(pilot).open_snapshot("G010")
        await pilot.pause()
        first = screen(pilot).query_one(OptionList).get_option_at_index(0)
        assert str(first.prompt) == "Verdergaan met de momentopname van die dag (2 antwoorden)"


async def test_a_domain_that_does_not_fit_on_the_screen_is_not_confirmed_with_one_key(
    four: Project, tmp_path: Path
) -> None:
    items = "\n".join(f"      - {{id: vraag{n}, naam: Vraag {n}, levensdomein: WON}}" for n in range(13))
    (tmp_path / "lang.yaml").write_text(
        "instrument: lang\nversie: 1\nnaam: Lang\nwording: eigen\nbeoordelaar: coach\nschaal: {min: 1, max: 10}\n"
        f"niveaus:\n  - {{id: g, naam: Gezin, per: gezin}}\ndomeinen:\n  - id: een\n    naam: Een\n    niveau: g\n    items:\n{items}\n",
        "utf-8",
    )
    four.scores.import_instruments(tmp_path / "lang.yaml")
    before, now = (Form("G010", "lang", Assessor.COACH, day) for day in (BEFORE, TODAY))
    places = [each.place for each in four.snapshots.open(before).questions]
    four.snapshots.answer(before, dict.fromkeys(places, Answer(State.SCORED, 3)))
    for size, scored, confirmed in ((SMALL, 1, 0), (LARGE, 2, 11)):
        async with opened(four, size) as pilot:
            await begun(pilot, now)
            await pilot.press(AZERTY_DIGITS["0"], "d")
            await settled(pilot)
            states = Counter(answer.state for answer in stored(four, now).values())
            assert (states[State.SCORED], states[State.CONFIRMED_IN_BULK]) == (scored, confirmed)
            assert stored(four, now)[places[0]].value == 10


async def test_a_full_disk_keeps_the_answer_until_it_can_be_stored(
    four: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = [False]
    change = ProjectFile.change

    def full(self: ProjectFile, *given: object, **more: object) -> object:
        if not room[0]:
            raise errors.DiskFull
        return change(self, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(ProjectFile, "change", full)
    monkeypatch.setattr("verhalen.tui.writer.PATIENCE", 0.01)
    async with opened(four) as pilot:
        await begun(pilot)
        await pilot.press("enter", AZERTY_DIGITS["4"])
        await pilot.pause()
        assert "nog niet bewaard: 2" in seen(pilot)
        assert here(pilot) == (None, "huishouden.zelfstandig_wonen")
        room[0] = True
        await settled(pilot)
        assert "alles bewaard" in seen(pilot)
    assert [answer.state for answer in stored(four).values()] == [State.CONFIRMED, State.SCORED]


async def test_what_another_window_does_to_the_family_is_seen_and_never_a_crash(four: Project, tmp_path: Path) -> None:
    async with opened(four, LARGE) as pilot:
        form = await begun(pilot)
        await pilot.press("enter")
        await settled(pilot)
        with four.sibling() as twin:  # joins the change of this window
            twin.snapshots.answer(COACH, {("G010.moeder", "volwassene.stress"): Answer(State.UNKNOWN)})
            frame(pilot).poll()
            await pilot.pause()
            assert form.sheet is not None
            assert form.sheet.answered == 2
        with four.sibling(coder="Jan") as jan:
            (tmp_path / "weg.csv").write_text(PEOPLE.replace("kind2;kind;3-5;;", "kind2;kind;3-5;;2026-06-01"), "utf-8")
            jan.families.import_file(tmp_path / "weg.csv")
            frame(pilot).poll()
            await pilot.pause()
            assert len(form.sheet.questions) == 66
            await pilot.press("enter")
            await settled(pilot)
            assert len(stored(four)) == 3
            jan.withdraw("G010", really=True)
        await pilot.press("enter")
        await settled(pilot)
        assert not isinstance(screen(pilot), SnapshotScreen)
        assert "Er is geen gezin G010" in " ".join(seen(pilot).split())


async def test_before_a_snapshot_one_may_choose_other_questions_another_judge_and_an_earlier_day(four: Project) -> None:
    async with opened(four) as pilot:
        frame(pilot).open_snapshot("G010")
        await pilot.pause()
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        screen(pilot).query_one(Field).value = "21/11/2026"
        await pilot.press("enter")
        await pilot.pause()
        assert "Die dag moet nog komen." in " ".join(seen(pilot).split())
        await pilot.press("enter")
        await pilot.pause()
        screen(pilot).query_one(Field).value = "2026-11-01"
        await pilot.press("enter", "down", "down", "enter", "down", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        expected = Form("G010", "sociale_balans", Assessor.TOGETHER, dt.date(2026, 11, 1))
        assert snapshot(pilot).form == expected
        await pilot.press("escape")
        await settled(pilot)
        assert stored(four, expected) == {}
        assert four.snapshots.remembered().assessors == {"sociale_balans": Assessor.TOGETHER}
