"""Codes in numbers: walking, going behind a cell and back to it, other measures, and the files of what is shown."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.copies import made_once
from tests.tui.frame import LARGE, SMALL, frame, opened, screen, seen, segments, settled
from tests.tui.test_frame_looks import ratio
from textual.pilot import Pilot
from textual.widgets import OptionList

from verhalen.analysis.grid import Look, Paint
from verhalen.analysis.typology import Group
from verhalen.api.codings import Intent
from verhalen.api.project import Project, new_project
from verhalen.i18n import set_language
from verhalen.model.codebook import Code
from verhalen.model.coding import Valence
from verhalen.model.cooccurrence import How
from verhalen.model.crosstable import Measure, Rows, Unit, Whose
from verhalen.tui import matrix_asked, matrix_screen
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.dialogs import AskLine, Choose
from verhalen.tui.families_screen import FamiliesScreen
from verhalen.tui.fields import Field
from verhalen.tui.fragments_screen import FragmentsScreen
from verhalen.tui.matrix_asked import Asked, Counted
from verhalen.tui.matrix_memory import kept, remembered
from verhalen.tui.matrix_screen import MatrixScreen
from verhalen.tui.quotes_screen import QuotesScreen
from verhalen.tui.themes import DARK, LIGHT
from verhalen.tui.typology_screen import TypologyScreen

TEXTS = {
    "anna.txt": "Anna: De huur is te hoog. De muren zijn nat. De school belde.\nEls: En nu?\n",
    "bea.txt": "Bea: Ons huis is droog. De school belt nooit. Ik slaap beter.\nEls: Ja?\n",
}
FAMILIES = "gezin;gemeente\nG001;Oudermeer\nG002;Lindebeke\n"
PERSONS = "gezin;lid;rol;leeftijdsgroep;van;tot\nG001;moeder;ouder;25-34;;\nG002;moeder;ouder;25-34;;\n"
SPELLS = (
    "gezin;traject;aanmelding;start;einde;reden_einde;coach;project;verwijzer;gekend\n"
    "G001;1;2026-01-02;2026-01-10;;;Hanne;Klaverland;school;nieuw\n"
    "G002;1;2026-01-02;2026-01-10;;;Hanne;Klaverland;school;nieuw\n"
)
SCORES = "gezin;lid;rol;datum;instrument;item;waarde;status;beoordelaar;toelichting\n" + "".join(
    f"{family};;;{day};sociale_balans;huishouden.verblijfplaats;{value};gescoord;coach;\n"
    for family, day, value in (
        ("G001", "2026-01-12", 3),
        ("G001", "2026-07-13", 3),
        ("G002", "2026-01-12", 2),
        ("G002", "2026-07-13", 4),
    )
)
"""Of rust only G002 tells: forward from 2 to 4, where G001 stays at 3."""
CODED = (
    (1, "De huur is te hoog.", "wonen.huur"),
    (1, "De muren zijn nat.", "wonen.vocht"),
    (1, "De school belde.", "school"),
    (2, "Ons huis is droog.", "wonen.vocht"),
    (2, "De school belt nooit.", "school"),
    (2, "De school belt nooit. Ik slaap beter.", "rust"),
)
"""Source, words, code: by municipality, wonen 1 and 2 (Lindebeke first), huur 0 1, vocht 1 1, school 1 1, rust 1 0."""


@made_once
def made(folder: Path) -> Project:
    """Two families in two municipalities, each in a talk of its own; five codes, of which two stand below one."""
    project = new_project(folder / "w", coder="Hanne", empty=True)
    for name, table in (("families.csv", FAMILIES), ("persons.csv", PERSONS), ("trajectories.csv", SPELLS)):
        (folder / name).write_text(table, "utf-8")
        project.families.import_file(folder / name)
    for code in (
        Code("wonen", "Wonen"),
        Code("wonen.huur", "Huur", parent="wonen"),
        Code("wonen.vocht", "Vocht", parent="wonen"),
        Code("school", "School"),
        Code("rust", "Rust"),
        Code("leeg", "Niets"),
    ):
        project.codes.add(code)
    for at, (name, text) in enumerate(TEXTS.items(), 1):
        (folder / name).write_text(text, "utf-8")
        assert [each.error for each in project.sources.import_files([folder / name])] == [None]
        teller = next(each for each in project.speakers.of(at) if each.name in ("Anna", "Bea"))
        project.speakers.link(at, str(teller.name), person=f"G00{at}.moeder")
    for number, words, key in CODED:
        start = project.sources.text(number).text.index(words)
        source = project.sources.get(number).id
        project.codings.apply(Intent(source, start, start + len(words), key, valence=Valence.NONE))
    return project


@pytest.fixture
def coded(tmp_path: Path) -> Iterator[Project]:
    set_language("en")
    with made(tmp_path) as project:
        yield project


async def at_rest(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await at_rest(pilot)


async def table(pilot: Pilot[None]) -> MatrixScreen:
    await press(pilot, "G")
    found = screen(pilot)
    assert isinstance(found, MatrixScreen)
    return found


def line(pilot: Pilot[None], name: str) -> list[str]:
    """What stands behind a name in the table."""
    rows = (each.split(name, 1)[1].split() for each in seen(pilot).splitlines() if each.strip().startswith(name))
    return next(cells for cells in rows if cells[0] == "·" or cells[0].isdecimal())


def measure(found: MatrixScreen) -> Measure:
    return found.look.measure


def how(found: MatrixScreen) -> How | None:
    return found.asked.how


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_from_a_cell_to_its_fragments_into_the_text_and_back_to_the_same_cell(
    coded: Project, size: tuple[int, int]
) -> None:
    async with opened(coded, size) as pilot:
        found = await table(pilot)
        assert line(pilot, "Wonen") == ["3", "1", "██", "2", "██"]
        assert line(pilot, "Huur") == ["1", "·", "1", "██"]
        assert line(pilot, "Rust") == ["1", "1", "██", "·"]
        assert "Niets" not in seen(pilot)
        assert found.view.cell == ("rust", "Lindebeke")
        await press(pilot, "down", "end", "pagedown")
        assert found.view.cell == ("wonen.vocht", "Oudermeer")
        await press(pilot, "enter")
        behind = screen(pilot)
        assert isinstance(behind, FragmentsScreen)
        assert [each.line.text for each in behind.found] == ["De muren zijn nat."]
        assert "Anna" in seen(pilot)
        await press(pilot, "enter")
        text = screen(pilot)
        assert isinstance(text, CodingScreen)
        chosen = text.view.selection
        assert text.view.text[chosen.start : chosen.stop] == "De muren zijn nat."
        while not isinstance(screen(pilot), MatrixScreen):
            await press(pilot, "escape")
        assert found.view.cell == ("wonen.vocht", "Oudermeer")


async def test_a_row_that_counts_others_leads_to_their_fragments_too_and_an_empty_cell_to_none(coded: Project) -> None:
    async with opened(coded, SMALL) as pilot:
        found = await table(pilot)
        await press(pilot, "down", "down", "end", "enter")
        behind = screen(pilot)
        assert isinstance(behind, FragmentsScreen)
        assert [each.line.text for each in behind.found] == ["De huur is te hoog.", "De muren zijn nat."]
        await press(pilot, "escape", "a")
        whole = screen(pilot)
        assert isinstance(whole, FragmentsScreen)
        assert len(whole.found) == 3
        await press(pilot, "escape", "down", "home", "enter")
        assert screen(pilot) is found
        assert found.view.cell == ("wonen.huur", "Lindebeke")


async def test_what_was_coded_meanwhile_is_counted_and_the_cursor_stays(coded: Project) -> None:
    async with opened(coded, SMALL) as pilot:
        found = await table(pilot)
        await press(pilot, "ctrl+end")
        assert found.view.cell == ("wonen.vocht", "Oudermeer")
        source = coded.sources.get(1).id
        frame(pilot).write(lambda own: own.codings.apply(Intent(source, 6, 10, "leeg")))
        await asyncio.sleep(0.4)
        await at_rest(pilot)
        assert line(pilot, "Niets") == ["1", "·", "1", "██"]
        assert found.view.cell == ("wonen.vocht", "Oudermeer")


async def test_measures_units_bars_order_and_questions(coded: Project) -> None:
    async with opened(coded, LARGE) as pilot:
        found = await table(pilot)
        await press(pilot, "m")
        assert measure(found) is Measure.ROW_PERCENT
        assert line(pilot, "Wonen")[:2] == ["3", "33%"]
        await press(pilot, "b")
        assert line(pilot, "Vocht")[:2] == ["2", "50%"]
        assert "█" in "".join(line(pilot, "Vocht"))
        await press(pilot, "b", "m", "m", "m")
        assert measure(found) is Measure.COUNT
        assert line(pilot, "Vocht") == ["2", "1", "1"]
        await press(pilot, "s")
        words = seen(pilot)
        assert words.index("Wonen") < words.index("School") < words.index("Huur")
        await press(pilot, "l")
        assert line(pilot, "Niets")[0] == "·"
        await press(pilot, "e", "down", "enter")
        assert found.asked.unit is Unit.FAMILIES
        assert line(pilot, "Wonen") == ["2", "1", "1"]
        await press(pilot, "f")
        assert isinstance(screen(pilot), AskLine)
        screen(pilot).query_one(Field).value = "school"
        await press(pilot, "enter")
        assert line(pilot, "Wonen")[0] == "·"
        assert line(pilot, "School") == ["2", "1", "1"]
        await press(pilot, "w", "down", "enter")
        assert found.asked.whose is Whose.ABOUT
        assert line(pilot, "School")[0] == "·"


async def test_a_question_that_is_none_says_why_and_leaves_the_table(coded: Project) -> None:
    async with opened(coded, LARGE) as pilot:
        found = await table(pilot)
        await press(pilot, "f")
        screen(pilot).query_one(Field).value = "school en ("
        await press(pilot, "enter")
        assert found.asked.query == ""
        assert line(pilot, "School") == ["2", "1", "██", "1", "██"]


async def test_the_mouse_puts_the_cursor_and_goes_behind_a_cell(coded: Project) -> None:
    async with opened(coded, LARGE) as pilot:
        found = await table(pilot)
        rows = [at for at, each in enumerate(seen(pilot).splitlines()) if each.strip().startswith("Huur")]
        column = seen(pilot).splitlines()[rows[0]].rindex("1")
        for _ in range(2):
            await pilot.click(offset=(column, rows[0]))
            await at_rest(pilot)
            assert found.view.cell == ("wonen.huur", "Oudermeer")
        behind = screen(pilot)
        assert isinstance(behind, FragmentsScreen)
        assert [each.line.text for each in behind.found] == ["De huur is te hoog."]


async def test_counting_that_takes_long_can_be_stopped(coded: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def slow(project: Project, asked: Asked) -> Counted:
        go_on.wait(20)
        return matrix_asked.count(project, asked)

    async with opened(coded, SMALL) as pilot:
        found = await table(pilot)
        monkeypatch.setattr(matrix_screen, "count", slow)
        monkeypatch.setattr(matrix_screen, "_SLOW", -1.0)
        await pilot.press("e", "down", "enter")
        await pilot.pause()
        assert found.is_slow
        await pilot.press("escape")
        go_on.set()
        await at_rest(pilot)
        assert screen(pilot) is found
        assert found.asked.unit is Unit.CODINGS
        assert line(pilot, "Wonen") == ["3", "1", "██", "2", "██"]


async def test_codes_that_stand_together_lead_to_both_fragments(coded: Project) -> None:
    async with opened(coded, LARGE) as pilot:
        found = await table(pilot)
        await press(pilot, "c", "enter")
        assert how(found) is How.OVERLAP
        assert line(pilot, "Rust") == ["1", "1", "1", "██"]
        await press(pilot, "p", "enter")
        assert found.view.cell == ("school", "rust")
        await press(pilot, "m")
        assert "0.50" in line(pilot, "School")
        await press(pilot, "enter")
        behind = screen(pilot)
        assert isinstance(behind, FragmentsScreen)
        assert len(behind.found) == 1
        assert "De school belt nooit. Ik slaap beter." in seen(pilot)
        await press(pilot, "escape", "k", "enter")
        assert how(found) is None
        assert line(pilot, "Wonen")[0] == "3"


async def test_quotes_stand_side_by_side_and_lead_into_the_text(coded: Project) -> None:
    async with opened(coded, LARGE) as pilot:
        await table(pilot)
        await press(pilot, "down", "down", "q")
        quotes = screen(pilot)
        assert isinstance(quotes, QuotesScreen)
        words = seen(pilot)
        assert "Ons huis is droog." in words
        assert "De huur is te hoog." in words
        await press(pilot, "right", "down")
        assert quotes.here is not None
        assert quotes.here.line.text == "De muren zijn nat."
        await press(pilot, "n")
        assert "De muren zijn nat." not in seen(pilot)
        await press(pilot, "enter")
        assert isinstance(screen(pilot), CodingScreen)


async def test_at_eighty_columns_one_column_of_quotes_is_read_at_a_time(coded: Project) -> None:
    async with opened(coded, SMALL) as pilot:
        await table(pilot)
        await press(pilot, "down", "down", "q")
        assert "Ons huis is droog." in seen(pilot)
        assert "De huur is te hoog." not in seen(pilot)
        await press(pilot, "right")
        assert "De huur is te hoog." in seen(pilot)
        assert "Ons huis is droog." not in seen(pilot)


def is_svg(path: Path) -> bool:
    return ET.parse(path).getroot().tag.endswith("svg") and "Oudermeer" in path.read_text("utf-8")


def is_png(path: Path) -> bool:
    with Image.open(path) as image:
        image.load()
        return "Oudermeer" in str(image.info["Description"])


def has_rows(path: Path) -> bool:
    return any("Wonen" in row for row in path.read_text("utf-8-sig").splitlines())


def is_workbook(path: Path) -> bool:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    return any("Wonen" in map(str, row) for row in book.worksheets[0].iter_rows(values_only=True))


async def test_what_is_shown_goes_to_files_that_open(coded: Project) -> None:
    checks: list[Callable[[Path], bool]] = [is_png, is_svg, is_workbook, has_rows]
    async with opened(coded, LARGE) as pilot:
        await table(pilot)
        for at, check in enumerate(checks):
            await press(pilot, "x", *["down"] * at, "enter")
            name = screen(pilot).query_one(Field).value
            await press(pilot, "enter")
            assert check(coded.workspace / name)
        words = next(iter((coded.workspace / "exports").glob("*.png.txt"))).read_text("utf-8")
        assert "Wonen: Lindebeke 1, Oudermeer 2" in words


@pytest.mark.parametrize("theme", [LIGHT.name, DARK.name])
async def test_shades_bars_lists_and_quotes_can_be_read_in_both_themes(coded: Project, theme: str) -> None:
    async with opened(coded, LARGE) as pilot:
        frame(pilot).theme = theme
        await table(pilot)
        for keys in ((), ("b",), ("enter",), ("escape", "q")):
            await press(pilot, *keys)
            painted = [each for each in segments(pilot) if any(letter.isalnum() for letter in each.text)]
            assert painted
            assert [(each.text, ratio(each)) for each in painted if ratio(each) < 4.5] == []


async def test_an_empty_project_and_one_family_have_something_to_say(tmp_path: Path) -> None:
    set_language("en")
    with new_project(tmp_path / "w", coder="Hanne", empty=True) as empty:
        async with opened(empty, SMALL) as pilot:
            found = await table(pilot)
            assert not found.has_cell
            assert "Nothing was coded yet" in " ".join(seen(pilot).split())
            await press(pilot, "enter", "m", "b", "s", "l", "right", "down")
            assert screen(pilot) is found
            await press(pilot, "c", "enter", "p")
            assert how(found) is How.OVERLAP
        (tmp_path / "families.csv").write_text("gezin;gemeente\nG001;Oudermeer\n", "utf-8")
        empty.families.import_file(tmp_path / "families.csv")
        async with opened(empty, SMALL) as pilot:
            found = await table(pilot)
            await press(pilot, "k", "enter", "l")
            assert "Oudermeer" in seen(pilot)
            assert not found.has_cell


async def test_scores_of_those_who_tell_lead_to_the_families_and_to_a_picture(coded: Project) -> None:
    (coded.workspace / "scores.csv").write_text(SCORES, "utf-8")
    coded.scores.import_file(coded.workspace / "scores.csv")
    async with opened(coded, LARGE) as pilot:
        await table(pilot)
        await press(pilot, "t")
        if isinstance(screen(pilot), Choose):
            names = [str(each.prompt) for each in screen(pilot).query_one(OptionList).options]
            await press(pilot, *["down"] * names.index("Sociale Balans"), "enter")
        scores = screen(pilot)
        assert isinstance(scores, TypologyScreen)
        assert scores.table is not None
        by_group = {row.group: (row.n, row.change.up) for row in scores.table.rows if row.target.key == "WON"}
        assert by_group[Group.TELLING] == (1, 1)
        assert by_group[Group.OTHER] == (1, 0)
        assert "1 family: tell of it" in seen(pilot)
        await press(pilot, "x", "down", "enter")
        name = screen(pilot).query_one(Field).value
        await press(pilot, "enter")
        assert "n=1; before 2 (2-2), after 4 (4-4); 1 forward" in (coded.workspace / name).read_text("utf-8")
        await press(pilot, "enter")
        families = screen(pilot)
        assert isinstance(families, FamiliesScreen)
        assert [each.id for each in families.query_one(OptionList).options] == ["G002"]


async def test_who_codes_blind_reads_that_only_own_codings_count(coded: Project) -> None:
    coded.keep_hiding(True)
    async with opened(coded, LARGE) as pilot:
        await table(pilot)
        assert "only your own codings" in seen(pilot)
        assert line(pilot, "Wonen")[0] == "3"


async def test_the_table_comes_back_as_it_was_left_but_without_the_question(coded: Project) -> None:
    async with opened(coded, LARGE) as pilot:
        await table(pilot)
        await press(pilot, "e", "down", "enter", "m", "f")
        screen(pilot).query_one(Field).value = "school"
        await press(pilot, "enter", "escape")
        await settled(pilot)
        found = await table(pilot)
        assert (found.asked.unit, found.asked.query, measure(found)) == (Unit.FAMILIES, "", Measure.ROW_PERCENT)
        await press(pilot, "escape")
        assert "school" not in coded.view(found._view_key)


@given(st.text(max_size=60))
def test_what_was_kept_and_cannot_be_read_is_as_one_begins(text: str) -> None:
    assert remembered(text) == (Asked(), Look())


@given(
    st.builds(
        Asked,
        by=st.text(max_size=9),
        rows=st.sampled_from(Rows),
        unit=st.sampled_from(Unit),
        whose=st.sampled_from([None, *Whose]),
        how=st.sampled_from([None, *How]),
        distance=st.sampled_from([None, 0, 40]),
        below=st.booleans(),
    ),
    st.builds(Look, measure=st.sampled_from(Measure), paint=st.sampled_from(Paint), hides_empty=st.booleans()),
)
def test_what_is_kept_is_read_back(asked: Asked, look: Look) -> None:
    assert remembered(kept(asked, look)) == (asked, look)
