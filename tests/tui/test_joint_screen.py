"""Numbers beside stories on the screen: counts before any suggestion, verdicts with a sentence, families to work through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.copies import made_once
from tests.tui.frame import LARGE, SMALL, frame, opened, screen, seen, settled, small_project
from textual.pilot import Pilot
from textual.widgets import OptionList

from verhalen.api.codings import Intent
from verhalen.api.project import Project, new_project, open_project
from verhalen.i18n import t, tn
from verhalen.model.coding import Valence
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.model.verdict import Relation
from verhalen.settings import PROJECT_FILE
from verhalen.tui.apart_screen import ApartScreen
from verhalen.tui.case_screen import CaseScreen
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.fields import Prose
from verhalen.tui.home_screen import WaitingList
from verhalen.tui.joint_row import JointRowScreen
from verhalen.tui.joint_screen import JointScreen
from verhalen.tui.joint_tables import CrosswalkScreen, FactorsScreen, ThemesScreen
from verhalen.tui.verdict_window import VerdictWindow

HOUSE = "huishouden.verblijfplaats"
LEVELS = {"G101": (2, 4), "G102": (2, 3), "G103": (3, 4), "G104": (2, 4), "G105": (3, 3), "G106": (4, 3)}
"""Four forward, one the same, one backward: D is 3 / 6 = 0.50, up. Three tell bad news, one good news: down."""
TOLD = (
    ("V01", "G101", StoryAnswer.NEGATIVE, "De huisbaas wil ons buiten."),
    ("V02", "G102", StoryAnswer.NEGATIVE, "Weer schimmel in de kamer van de kleinste."),
    ("V03", "G105", StoryAnswer.POSITIVE, "We zitten warm en droog."),
)
TALK = "MOEDER: We moeten hier weg voor de winter.\nCOACH: En toch is de woning nu in orde.\n"
BY_WORDS = "It looks like: {relation}. {why}"
WHY = "De huur stijgt mee, zeggen ze."


@made_once
def six(folder: Path) -> Project:
    """Six families in whom housing went forward, of whom three tell the opposite."""
    project = new_project(folder / "w", coder="Hanne")
    tables = {
        "families": "gezin;gemeente\n" + "".join(f"{key};Oudermeer\n" for key in LEVELS),
        "persons": "gezin;lid;rol;leeftijdsgroep;van;tot\n"
        + "".join(f"{key};moeder;ouder;25-34;;\n" for key in LEVELS),
        "spells": "gezin;traject;aanmelding;start;einde;reden_einde;coach;project;verwijzer;gekend\n"
        + "".join(f"{key};1;2026-01-02;2026-01-10;;;Hanne;Klaverland;school;nieuw\n" for key in LEVELS),
    }
    for name, table in tables.items():
        (folder / f"{name}.csv").write_text(table, "utf-8")
        project.families.import_file(folder / f"{name}.csv")
    rows = [
        f"{key};;;{day};sociale_balans;{HOUSE};{value};gescoord;coach;\n"
        for key, values in LEVELS.items()
        for day, value in zip(("2026-01-12", "2026-07-13"), values, strict=True)
    ]
    head = "gezin;lid;rol;datum;instrument;item;waarde;status;beoordelaar;toelichting\n"
    (folder / "scores.csv").write_text(head + "".join(rows), "utf-8")
    project.scores.import_file(folder / "scores.csv")
    for key, family, answer, text in TOLD:
        project.stories.tell(Story(key, family, text, answer, Voice("ouder", "moeder"), domains=("WON",)))
    (folder / "gesprek.txt").write_text(TALK, "utf-8")
    assert [each.error for each in project.sources.import_files([folder / "gesprek.txt"])] == [None]
    talk = project.sources.all("transcript")[0]
    project.sources.link_speaker(talk.number, "MOEDER", person="G103.moeder", role="ouder")
    project.sources.link_speaker(talk.number, "COACH", role="gezinscoach")
    text = project.sources.text(talk.number).text
    for words, valence in (("We moeten hier weg", Valence.NEGATIVE), ("nu in orde", Valence.POSITIVE)):
        start = text.index(words)
        project.codings.apply(Intent(talk.id, start, start + len(words), "ld.won", valence))
    start = text.index("En toch")
    project.sources.mention(talk.number, "G104", start=start, stop=len(text) - 1)
    return project


@pytest.fixture
def joined(tmp_path: Path) -> Iterator[Project]:
    """A copy of the six."""
    with six(tmp_path) as project:
        yield project


def words(pilot: Pilot[None]) -> str:
    """What is painted, without its line breaks."""
    return " ".join(seen(pilot).split())


async def counted(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await settled(pilot)


async def joint(pilot: Pilot[None]) -> JointScreen:
    frame(pilot).open_joint()
    await counted(pilot)
    found = screen(pilot)
    assert isinstance(found, JointScreen)
    return found


async def write(pilot: Pilot[None], sentence: str) -> None:
    """Into the sentence of a verdict."""
    pilot.app.screen.query_one(Prose).text = sentence
    await pilot.pause()


async def test_counts_come_first_and_what_it_looks_like_only_when_asked(joined: Project) -> None:
    async with opened(joined, SMALL) as pilot:
        found = await joint(pilot)
        assert found.row is not None
        assert (found.row.key, found.row.suggestion) == ("wonen_geld", Relation.CONTRADICTS)
        line = next(each for each in seen(pilot).splitlines() if "+0,50" in each)
        numbers, _, told = line.partition("│")
        assert numbers.split()[0] == "6"
        assert numbers.split()[1] == "4████████1▒1▚"
        assert told.split()[1:3] == ["+1", "-2"]
        why = t("The numbers go up, the stories do not: those go down.")
        looks = t(BY_WORDS, relation=t(Relation.CONTRADICTS.label), why=why)
        assert why not in words(pilot)
        assert t(Relation.CONTRADICTS.label) not in words(pilot)
        await pilot.press("l")
        await pilot.pause()
        assert looks in words(pilot)
        assert t("What do you see? Write a sentence; the program does not judge.") in words(pilot)
        await pilot.press("down")
        await pilot.pause()
        assert t("What do you see? Write a sentence; the program does not judge.") not in words(pilot)
        await pilot.press("up", "l")
        await pilot.pause()
        assert why not in words(pilot)


async def test_a_verdict_needs_a_sentence_survives_a_restart_and_is_undone_by_name(
    joined: Project, tmp_path: Path
) -> None:
    async with opened(joined, SMALL) as pilot:
        await joint(pilot)
        await pilot.press("v", "ctrl+s")
        await pilot.pause()
        assert t("Choose first how numbers and words stand to each other: 1, 2, 3 or 4.") in words(pilot).replace(
            "│ │ ", ""
        )
        await pilot.press("quotation_mark")  # the third key of the top row, without shift
        assert isinstance(pilot.app.focused, Prose)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert t("Write one sentence that says why. Without a sentence nothing is stored.") in words(pilot).replace(
            "│ │ ", ""
        )
        await write(pilot, "Ja")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, VerdictWindow)  # too short to understand next year
        await write(pilot, WHY[:-1])
        await pilot.press("escape")
        await settled(pilot)
        assert joined.joining.verdicts() == {}
    async with opened(joined, SMALL) as pilot:  # what was typed stands there again
        await joint(pilot)
        await pilot.press("v")
        await pilot.pause()
        assert pilot.app.screen.query_one(Prose).text == WHY[:-1]
        await pilot.press("ctrl+s")
        await counted(pilot)
        assert isinstance(pilot.app.screen, JointScreen)
    with open_project(tmp_path / "w" / PROJECT_FILE, coder="Hanne") as again:
        verdict = again.joining.verdicts()["wonen_geld"][-1]
        assert (verdict.relation, verdict.sentence, verdict.coder) == (Relation.CONTRADICTS, WHY, "Hanne")
        async with opened(again, SMALL) as pilot:
            await joint(pilot)
            assert t(Relation.CONTRADICTS.label) in words(pilot)
            await pilot.press("v")
            await pilot.pause()
            assert pilot.app.screen.query_one(Prose).text == ""
            await pilot.press("escape", "ctrl+z")
            await counted(pilot)
            undone = again.history.label(again.history.entries(limit=1)[0])
            assert "Wonen en geld" in undone  # by its name, not by its key
            assert t("not discussed yet") in words(pilot)
            assert again.joining.verdicts() == {}


async def test_what_is_behind_a_row_opens_and_comes_back_to_the_same_line(joined: Project) -> None:
    joined.joining.decide("WON", Relation.COMPLETES, "Eerst dachten we dat het nog moest komen.")
    joined.joining.decide("WON", Relation.CONTRADICTS, WHY)
    async with opened(joined, LARGE) as pilot:
        found = await joint(pilot)
        await pilot.press("g", "enter")
        await counted(pilot)
        behind = screen(pilot)
        assert isinstance(behind, JointRowScreen)
        lines = behind.query_one(OptionList)
        at = next(at for at, each in enumerate(behind._lines) if "We moeten hier weg" in each.content.plain)
        told = [each.story for each in behind._lines if each.story]
        assert told == ["V01", "V02", "V03"]
        assert any("nu in orde" in each.content.plain and "G104" in each.content.plain for each in behind._lines)
        said = [each.content.plain.strip() for each in behind._lines if "Hanne" in each.content.plain]
        assert [WHY in said[0], said[1].startswith(t("before that")), len(said)] == [True, True, 2]
        counts = behind.row
        assert counts is not None  # as many lines as the numbers say
        assert (counts.stories.total, counts.own.total, counts.about.total) == (3, 1, 1)
        lines.highlighted = at
        await pilot.press("enter")
        await pilot.pause()
        text = screen(pilot)
        assert isinstance(text, CodingScreen)
        await pilot.press("escape", "escape")  # lets go of the words, then goes back
        await counted(pilot)
        assert pilot.app.screen is behind
        assert lines.highlighted == at
        await pilot.press("escape")
        await pilot.pause()
        assert found.row is not None
        assert found.row.key == "WON"


async def test_families_who_tell_the_opposite_are_worked_through_until_something_new_comes(joined: Project) -> None:
    async with opened(joined, SMALL) as pilot:
        await joint(pilot)
        await pilot.press("t")
        await counted(pilot)
        apart = screen(pilot)
        assert isinstance(apart, ApartScreen)
        assert [each.family for each in apart.shown] == ["G101", "G102", "G103", "G105"]
        await pilot.press("enter")
        await counted(pilot)
        case = screen(pilot)
        assert isinstance(case, CaseScreen)
        assert f"⚠ {t('here we do not agree')}" in words(pilot)
        await pilot.press("n")
        await counted(pilot)
        assert case.case is not None
        assert case.case.family == "G102"
        await pilot.press("v", "2")
        await write(pilot, "Ze telt de schimmel, wij telden de kamers.")
        await pilot.press("ctrl+s")
        await counted(pilot)
        await pilot.press("escape")
        await counted(pilot)
        assert [each.family for each in apart.shown] == ["G101", "G103", "G105"]
        assert tn("{n} family still to talk about", "{n} families still to talk about", 3) in words(pilot)
        story = Story(
            "V04", "G102", "Het raam sluit niet.", StoryAnswer.NEGATIVE, Voice("ouder", "moeder"), domains=("WON",)
        )
        frame(pilot).write(lambda project: project.stories.tell(story))
        await counted(pilot)
        await counted(pilot)
        assert "G102" in [each.family for each in apart.shown]
        assert t("new since then") in words(pilot)
        frame(pilot).open_families("G104")  # of any family, from its own page
        await pilot.pause()
        await pilot.press("j")
        await counted(pilot)
        case = screen(pilot)
        assert isinstance(case, CaseScreen)
        assert case.case is not None
        assert case.case.family == "G104"
        assert not case.has_next


async def test_home_leads_to_what_nobody_discussed(joined: Project) -> None:
    async with opened(joined) as pilot:
        waiting = screen(pilot).query_one(WaitingList)
        waiting.focus()
        waiting.highlighted = waiting.get_option_index("VERDICT-")
        await pilot.press("enter")
        await counted(pilot)
        assert isinstance(screen(pilot), JointScreen)
    joined.joining.decide("WON", Relation.CONTRADICTS, WHY)  # the only life domain in use of its group
    async with opened(joined) as pilot:
        assert "VERDICT-" not in [option.id for option in screen(pilot).query_one(WaitingList).options]


async def test_without_scores_or_codes_every_display_says_so_and_nothing_breaks(tmp_path: Path) -> None:
    with small_project(tmp_path) as project:
        async with opened(project, SMALL) as pilot:
            await joint(pilot)
            for key, kind in (("t", ApartScreen), ("k", FactorsScreen), ("c", ThemesScreen), ("q", CrosswalkScreen)):
                await pilot.press(key)
                await counted(pilot)
                assert isinstance(screen(pilot), kind)
                await pilot.press("enter", "escape")
                await pilot.pause()
            await pilot.press("down", "down", "enter")
            await counted(pilot)
            assert t("Nothing.") in words(pilot)


async def test_a_display_is_saved_as_a_picture_that_says_itself_in_words_and_as_a_workbook(joined: Project) -> None:
    joined.joining.decide("wonen_geld", Relation.CONTRADICTS, WHY)
    async with opened(joined) as pilot:
        await joint(pilot)
        for steps in (["down"], ["down", "down"]):
            await pilot.press("x", *steps, "enter", "enter")
            await counted(pilot)
    folder = joined.workspace / "exports"
    picture, told = folder / f"{t('numbers-and-stories')}.svg", folder / f"{t('numbers-and-stories')}.svg.txt"
    drawn = picture.read_text("utf-8")
    for words_ in (drawn, told.read_text("utf-8")):
        assert "+0,50" in words_
        assert WHY in words_
        assert (
            t("The numbers go up, the stories do not: those go down.") not in words_
        )  # the machine publishes no verdict
    assert f"{t('better')} 4" in told.read_text("utf-8").lower()
    assert (folder / f"{t('numbers-and-stories')}.xlsx").stat().st_size > 2_000


async def test_a_period_counts_the_stories_of_that_year_only(joined: Project) -> None:
    story = Story(
        "V05",
        "G106",
        "Dit jaar is het stil.",
        StoryAnswer.POSITIVE,
        Voice("ouder", "moeder"),
        domains=("WON",),
        told=dt.date(2025, 5, 1),
    )
    joined.stories.tell(story)
    async with opened(joined) as pilot:
        found = await joint(pilot)
        assert found.row is not None
        assert found.row.stories.total == 4
        await pilot.press("p", "enter")
        await counted(pilot)
        assert found.asked.year == 2026
        assert found.row.stories.total == 3
