"""What changed, on the screen: every family stands in a cell, and every cell says who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from tests.tui.frame import LARGE, SMALL, frame, opened, screen, seen, small_project
from textual.pilot import Pilot
from textual.widgets import OptionList

from verhalen.api.project import Project
from verhalen.scores.pairs import Rule
from verhalen.tui.change_screen import ChangeScreen
from verhalen.tui.families_screen import FamiliesScreen
from verhalen.tui.poverty_screen import PovertyScreen
from verhalen.tui.service_screen import ServiceScreen

MONEY, STRESS, SAFE = "huishouden.inkomen", "volwassene.stress", "huishouden.veiligheid"
WHO = {STRESS: ("moeder", "vader")}
BEFORE = {
    "G101": {MONEY: [2], STRESS: [2, 4], SAFE: [5]},
    "G102": {MONEY: [3], STRESS: [3, 3], SAFE: [3]},
    "G103": {MONEY: [4], STRESS: [3, 3]},
    "G104": {MONEY: [1]},
}
AFTER = {"G101": {MONEY: [4], STRESS: [3, 3], SAFE: [3]}, "G102": {MONEY: [2]}, "G103": {MONEY: [4]}}
"""One forward, one backward, one scored the same, one without a second snapshot; stress of G102 and G103 is carried."""


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Four families; nothing writes here."""
    folder = tmp_path_factory.mktemp("change")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(tmp_path_factory.mktemp("home")))
        made = small_project(folder)
    with made as project:
        families = "".join(f"{key};{'Oudermeer' if key < 'G103' else 'Lindebeke'}\n" for key in BEFORE)
        persons = "".join(f"{key};{who};ouder;35-44;;\n" for key in BEFORE for who in WHO[STRESS])
        spells = "".join(f"{key};1;2026-01-02;2026-01-10;;;Hanne;Klaverland;school;nieuw\n" for key in BEFORE)
        head = "gezin;traject;aanmelding;start;einde;reden_einde;coach;project;verwijzer;gekend\n"
        rows = [
            f"{family};{who};{'ouder' if who else ''};{day};sociale_balans;{item};{value};gescoord;coach;\n"
            for day, given in ((dt.date(2026, 1, 12), BEFORE), (dt.date(2026, 7, 13), AFTER))
            for family, items in given.items()
            for item, values in items.items()
            for who, value in zip(WHO.get(item, ("",)), values, strict=True)
        ]
        for name, table in (
            ("families", f"gezin;gemeente\n{families}"),
            ("persons", f"gezin;lid;rol;leeftijdsgroep;van;tot\n{persons}"),
            ("spells", f"{head}{spells}"),
        ):
            (folder / f"{name}.csv").write_text(table, "utf-8")
            project.families.import_file(folder / f"{name}.csv")
        scores = "gezin;lid;rol;datum;instrument;item;waarde;status;beoordelaar;toelichting\n"
        (folder / "more.csv").write_text(scores + "".join(rows), "utf-8")
        project.scores.import_file(folder / "more.csv")
        yield project


async def counted(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def change(pilot: Pilot[None]) -> ChangeScreen:
    await pilot.press("7")
    await counted(pilot)
    assert isinstance(screen(pilot), ServiceScreen)
    await pilot.press("c")
    await counted(pilot)
    found = screen(pilot)
    assert isinstance(found, ChangeScreen)
    return found


def cells(pilot: Pilot[None], name: str) -> list[str]:
    line = next(each for each in seen(pilot).splitlines() if each.strip().startswith(name))
    return line.rpartition(name)[2].split()


async def to_row(pilot: Pilot[None], key: str) -> None:
    found = screen(pilot)
    assert isinstance(found, ChangeScreen)
    at = [row.target.key if row else "" for row in found._rows].index(key)
    found.query_one(OptionList).highlighted = at
    await pilot.pause()


async def test_every_family_stands_in_a_cell_that_says_who_under_any_rule_and_split(four: Project) -> None:
    async with opened(four, LARGE) as pilot:
        found = await change(pilot)
        assert cells(pilot, "Inkomen") == ["3", "1", "1", "·", "1", "3", "0,00"]
        assert cells(pilot, "Stress, volwassenen") == ["3", "1", "·", "2", "·", "3", "+0,33"]
        assert cells(pilot, "Veiligheid *") == ["2", "·", "·", "1", "1", "4", "-0,50"]
        assert "niet opnieuw bekeken" in seen(pilot)
        await to_row(pilot, SAFE)
        assert "Gewijzigd, duiding nodig" in seen(pilot)
        await to_row(pilot, MONEY)
        assert "Bij gelijk: opnieuw hetzelfde gescoord 1." in seen(pilot)
        await pilot.press("v")
        await counted(pilot)
        assert "4 Komt rond" in seen(pilot)
        assert "█ 1 vooruit  ▒ 1 gelijk  ▚ 1 achteruit" in seen(pilot)
        await pilot.press("escape", "r", "down", "down", "enter")
        await counted(pilot)
        assert found.asked.settings.rule is Rule.BEST
        assert cells(pilot, "Stress, volwassenen") == ["3", "·", "·", "2", "1", "3", "-0,33"]
        await pilot.press("a")
        await counted(pilot)
        words = seen(pilot)
        assert "1 / 2 / 0" in words
        assert "0 / 2 / 1" in words
        await pilot.press("escape", "s", "down", "enter")
        await counted(pilot)
        assert seen(pilot).index("── Lindebeke") > seen(pilot).index("Opgedeeld volgens: gemeente.")
        assert [row.change.n for row in found._rows if row and row.target.key == MONEY] == [1, 2]
        await pilot.press("w")
        await counted(pilot)
        assert "45 dagen: 4 gezinnen (nu in gebruik)" in seen(pilot)
        await pilot.press("enter")
        await counted(pilot)
        assert found.asked.settings.window == 30
        await pilot.press("s", "enter", "p", "down", "enter")
        await counted(pilot)
        assert cells(pilot, "Inkomen en schulden") == ["3", "1", "1", "·", "1", "3", "0,00"]
        await to_row(pilot, "INK")
        await pilot.press("enter")
        await pilot.pause()
        assert "1 gezin: achteruit" in seen(pilot)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        families = screen(pilot)
        assert isinstance(families, FamiliesScreen)
        assert [option.id for option in families.query_one(OptionList).options] == ["G102"]


async def test_at_eighty_columns_signs_stand_for_words_and_the_index_is_a_key_away(four: Project) -> None:
    async with opened(four, SMALL) as pilot:
        await change(pilot)
        assert "+ vooruit  o gelijk  . niet opnieuw bekeken  - achteruit  x geen paar  * lezen" in seen(pilot)
        assert cells(pilot, "Betaalbaarheid van de woning")[0] == "·"
        await pilot.press("escape", "k")
        await counted(pilot)
        found = screen(pilot)
        assert isinstance(found, PovertyScreen)
        assert found.found is not None
        assert found.found.table.followed == 4
        assert "onbeslist: een ontbrekende indicator beslist" in " ".join(seen(pilot).split())
        await pilot.press("g", "enter")
        await counted(pilot)
        assert found.found.table.threshold == 1
        assert "Kansarm vanaf 1 van de 6 indicatoren." in " ".join(seen(pilot).split())
        assert frame(pilot).project.workspace == four.workspace
        await pilot.press("enter")
        await pilot.pause()
        assert "Welke gezinnen?" in seen(pilot)
