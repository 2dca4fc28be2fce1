"""Families on the screen: contacts in three keys, people and support, timelines, all families together, and what can wait."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.tui.frame import LARGE, SMALL, TODAY, frame, opened, screen, seen, settled
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.family import Contact
from verhalen.scores.states import CellState, Kind
from verhalen.settings import load_settings
from verhalen.tui.ask_form import AskForm
from verhalen.tui.charts import matrix_lines, stacked_bar
from verhalen.tui.families_screen import FamiliesScreen
from verhalen.tui.fields import Field, Picker, Tick
from verhalen.tui.home_screen import HomeScreen, WaitingList
from verhalen.tui.page import Page
from verhalen.tui.table_screen import TableScreen
from verhalen.tui.timeline_lines import places

DEBTS = (
    "gezin;lid;rol;datum;instrument;item;waarde;status;beoordelaar;toelichting\n"
    "G001;;;2026-02-01;sociale_balans;huishouden.schulden;2;gescoord;coach;\n"
    "G001;;;2026-08-01;sociale_balans;huishouden.schulden;4;gescoord;coach;\n"
)


def lines(pilot: Pilot[None]) -> list[str]:
    return [line.text for line in screen(pilot).query_one(Page).lines]


async def fill(pilot: Pilot[None], **values: str) -> AskForm:
    await pilot.pause()
    form = pilot.app.screen
    assert isinstance(form, AskForm)
    for name, value in values.items():
        found = form.query_one(f"#{name}")
        assert isinstance(found, Field | Picker | Tick)
        found.value = value if not isinstance(found, Tick) else bool(value)
    await pilot.press("ctrl+s", "ctrl+s")  # somebody is impatient: it is handed over once
    await settled(pilot)
    return form


async def test_a_contact_takes_three_keys_also_without_shift_and_is_undone(small: Project) -> None:
    async with opened(small, SMALL) as pilot:
        frame(pilot).open_families("G001")
        await pilot.pause()
        await pilot.press("c", "é", "enter")  # the unshifted 2 of a Belgian keyboard
        await settled(pilot)
        assert [(each.day, each.kind, each.with_whom) for each in small.families.contacts("G001")] == [
            (TODAY, "uitstap", "gezin")
        ]
        assert any(t("outing") in line for line in lines(pilot))
        await pilot.press("k")
        await pilot.pause()
        assert t("outing") in seen(pilot)
        await pilot.press("escape", "ctrl+z")
        await settled(pilot)
        assert small.families.contacts("G001") == []


async def test_a_day_to_come_is_asked_again_and_nothing_is_lost(small: Project) -> None:
    async with opened(small) as pilot:
        frame(pilot).open_families("G001")
        await pilot.pause()
        await pilot.press("c", "3", "tab", *"moeder", "tab", *"1/12/2026", "enter")
        await pilot.pause()
        assert t("Write a day that has been, as in 12/03/2026.") in seen(pilot)
        await pilot.press("ctrl+u", *"19/11/2026", "enter")
        await settled(pilot)
        assert [(each.day, each.kind, each.with_whom) for each in small.families.contacts("G001")] == [
            (dt.date(2026, 11, 19), "bericht", "moeder")
        ]


async def test_a_family_is_made_gets_people_and_support_and_a_name_is_asked_about(small: Project) -> None:
    async with opened(small, SMALL) as pilot:
        frame(pilot).open_families("G001")
        await pilot.pause()
        await pilot.press("n")
        form = await fill(pilot, key="Peeters", municipality="Oudermeer")
        assert form.is_current
        assert t("that looks like somebody's name; give families a code, as in G012") in str(
            form.query_one("#problem", Static).render()
        )
        await fill(pilot, key="G900")
        assert isinstance(pilot.app.screen, FamiliesScreen)
        assert pilot.app.screen.chosen == "G900"
        await pilot.press("w", "down", "enter")
        await fill(pilot, member="Wendy", age_group="6-11")
        assert t("No, I change it") in seen(pilot)
        await pilot.press("enter")
        await fill(pilot, member="")
        assert [person.key for person in small.families.get("G900").persons] == ["G900.kind1"]
        await pilot.press("w", "down", "down", "down", "enter")
        await fill(pilot, start="19/11/2026", referrer="OCMW")
        await pilot.press("w", "down", "down", "down", "down", "enter")
        await fill(pilot, end="")
        assert t("Choose why support ended.") in seen(pilot)
        await pilot.press("escape", "w", "enter")
        await fill(pilot, municipality="Oudermeer", more="thuistaal = Tigrinya")
        family = small.families.get("G900")
        assert (family.coach, family.attributes) == ("Hanne", (("thuistaal", "Tigrinya"),))
        assert any("Tigrinya" in line for line in lines(pilot))


async def test_a_snapshot_is_put_off_from_home_and_left_out_of_the_history(small: Project) -> None:
    before = small.last_change()
    async with opened(small) as pilot:
        home = pilot.app.screen
        assert isinstance(home, HomeScreen)
        assert [option.id for option in home.query_one(WaitingList).options][1] == "SNAPSHOT-G002"
        await pilot.press("down", "u")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert "SNAPSHOT-G002" not in [option.id for option in home.query_one(WaitingList).options]
    assert small.last_change() == before
    assert [(each.family.key, each.until) for each in small.families.due(today=TODAY)] == [
        ("G002", TODAY + dt.timedelta(days=14))
    ]


async def test_all_families_together_lead_to_the_families_behind_a_bar(small: Project, tmp_path: Path) -> None:
    async with opened(small, SMALL) as pilot:
        (tmp_path / "schulden.csv").write_text(DEBTS, "utf-8")
        small.scores.import_file(tmp_path / "schulden.csv")
        frame(pilot).open_families()
        await pilot.pause()
        await pilot.press("g")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "1█" in seen(pilot)  # one family stands better with its debts
        await pilot.press("down")
        await pilot.press("v")
        await pilot.pause()
        assert "(1 gezin)" in seen(pilot)
        await pilot.press("escape", "w")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert f"{t('families')}: 2" in seen(pilot)
        await pilot.press("escape", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        families = pilot.app.screen
        assert isinstance(families, FamiliesScreen)
        assert [option.id for option in families.query_one(OptionList).options] == ["G001"]
        assert t("better") in str(families.query_one("#why", Static).render())
        await pilot.press("escape", "d")
        for days in ("0", "30"):  # the first is refused
            await pilot.pause()
            await pilot.press("ctrl+u", *days, "enter")
            await pilot.pause()
            if days == "0":
                assert load_settings().snapshot_days == 92
                await pilot.press("d")
        await pilot.press("s")
        await pilot.pause()
        families = pilot.app.screen
        assert isinstance(families, FamiliesScreen)
        assert [option.id for option in families.query_one(OptionList).options] == ["G002", "G001"]
        assert t("No snapshot for more than {days} days", days=30) in str(families.query_one("#why", Static).render())
        frame(pilot).go_home()
        await pilot.pause()
        assert t("a family waits after {days} days without a snapshot", days=30) in seen(pilot)


def test_the_axis_keeps_proportion_and_one_place_for_each_day() -> None:
    days = [dt.date(2026, 1, 1), dt.date(2026, 1, 2), dt.date(2026, 1, 3), dt.date(2026, 12, 31)]
    assert places(days, 20) == [0, 1, 2, 19]
    assert places(days[:2], 20) == [0, 19]
    assert places(days, 4) == [0, 1, 2, 3]
    assert places(days[:1], 4) == [0]


def test_bars_carry_their_numbers_and_keep_to_the_width() -> None:
    assert stacked_bar((2, 1, 0, 1), 8) == ["2███", "1▒", "", "1▚"]
    assert stacked_bar((0, 0, 0, 0), 8) == ["", "", "", ""]
    assert len("".join(stacked_bar((120, 1, 1, 1), 20))) == 20


def test_a_matrix_shows_nobody_as_a_dot() -> None:
    assert matrix_lines(("1 geen", "2 wat"), ((3, 1), (0, 12)), corner="van", width=30) == [
        "van        1   2",
        "1 geen     3   1",
        "2 wat      ·  12",
    ]


async def test_a_timeline_tells_by_signs_how_an_answer_was_seen(small: Project) -> None:
    small.families.add_contact("G001", Contact(TODAY, "bericht"), today=TODAY)
    async with opened(small, LARGE) as pilot:
        frame(pilot).open_families("G001")
        await pilot.pause()
        text = lines(pilot)
        rule = next(line for line in text if line.startswith("┴"))
        assert rule.endswith("┴")
        assert "┄" in rule  # eight months without a snapshot
        assert any("8" in line and "2026" in line and line.endswith(".") for line in text)
    assert CellState(Kind.CARRIED, 2, 30, Kind.SCORED).kind is Kind.CARRIED


async def table_seen(pilot: Pilot[None]) -> TableScreen:
    while not isinstance(found := pilot.app.screen, TableScreen) or found.is_reading:
        await pilot.pause()
    return found


async def test_columns_of_another_program_are_said_once_and_kept(small: Project, tmp_path: Path) -> None:
    table = tmp_path / "export.csv"
    table.write_text("Dossier;Naam;Stad\nG901;X;Oudermeer\n", "utf-8")
    async with opened(small, SMALL) as pilot:
        frame(pilot).open_families()
        await pilot.pause()
        for _ in range(2):
            await pilot.press("i")
            await pilot.pause()
            pilot.app.screen.query_one(Field).value = str(table)
            await pilot.press("enter")
            looked = await table_seen(pilot)
            if not small.families.mappings():
                await pilot.press("k", "down", "enter")  # no column is ours, so nothing says what it is about
                await table_seen(pilot)
                assert not looked.can_store
                await pilot.press("c")
                form = await fill(pilot, c0="gezin", c2="gemeente", c1="roepnaam", name="Cebud-export")
                assert t("{column} says who somebody is: it can only be left out, with -", column="Naam") in str(
                    form.query_one("#problem", Static).render()
                )
                await fill(pilot, c1="-")
                await table_seen(pilot)
                assert small.families.mappings()["Cebud-export"].columns == {
                    "Dossier": "gezin",
                    "Naam": "-",
                    "Stad": "gemeente",
                }
                assert "G901" not in [family.key for family in small.families.all()]
            looked = await table_seen(pilot)
            assert looked.can_store
            assert "Cebud-export" in seen(pilot) or "Naam" in seen(pilot)
            await pilot.press("i")
            await settled(pilot)
            await pilot.press("escape")
        assert small.families.get("G901").municipality == "Oudermeer"
        assert [option.id for option in pilot.app.screen.query_one(OptionList).options][-1] == "G901"


async def test_what_was_noted_by_mistake_goes_and_a_code_is_mended(small: Project) -> None:
    small.families.add_person("G002", "kind1", role="kind")
    small.families.edit("G002", attributes={"taal": "Tigrinya"})
    async with opened(small, SMALL) as pilot:
        frame(pilot).open_families("G002")
        await pilot.pause()
        for _ in range(2):  # somebody of the family, then its language: the support, between them, is kept
            await pilot.press("w", "end", "up", "enter")
            await pilot.pause()
            await pilot.press(*(["end"] if not small.families.get("G002").persons else []), "enter")
            await settled(pilot)
        family = small.families.get("G002")
        assert (family.persons, family.attributes, len(family.trajectories)) == ((), (), 1)
        await pilot.press("ctrl+z", "ctrl+z")
        await settled(pilot)
        assert small.families.get("G002").persons[0].key == "G002.kind1"
        await pilot.press("w", "end", "enter")
        form = await fill(pilot, key="G001")
        assert "G001" in str(form.query_one("#problem", Static).render())
        await fill(pilot, key="G050")
        assert small.families.get("G050").persons[0].key == "G050.kind1"
        assert any("G050" in line for line in lines(pilot))
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert isinstance(families := pilot.app.screen, FamiliesScreen)
        assert families.chosen == "G002"  # the same family, by its code of before


async def test_what_is_noted_of_families_is_made_and_asked_by_its_kind(small: Project) -> None:
    async with opened(small, SMALL) as pilot:
        frame(pilot).open_families("G001")
        await pilot.pause()
        await pilot.press("e", "enter")
        await fill(pilot, name="Woning", kind="choice", choices="huur, eigen")
        await pilot.press("e", "enter")
        await fill(pilot, name="eerste afspraak", kind="day")
        await pilot.press("w", "enter")
        form = await fill(pilot, a0="eigen", a1="morgen")
        assert "eerste_afspraak" in str(form.query_one("#problem", Static).render())
        await fill(pilot, a1="3/2/26")
        assert small.families.get("G001").attributes == (("woning", "eigen"), ("eerste_afspraak", "2026-02-03"))
        await pilot.press("e", "down", "enter")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        await pilot.press("ctrl+u", *"Huis", "enter")
        await settled(pilot)
        assert [each.name for each in small.families.attribute_kinds()] == ["huis", "eerste_afspraak"]
        await pilot.press("e", "end", "enter")
        await pilot.pause()
        await pilot.press("end", "enter")
        await pilot.pause()
        await pilot.press("down", "enter")
        await settled(pilot)
        assert small.families.get("G001").attributes == (("huis", "eigen"),)


async def test_a_form_for_a_parent_is_made_and_looked_at_when_it_comes_back(small: Project) -> None:
    async with opened(small, SMALL) as pilot:
        frame(pilot).open_families("G001")
        await pilot.pause()
        await pilot.press("p")
        await pilot.pause()
        ticks = [each.id for each in pilot.app.screen.query(Tick)]
        form = await fill(pilot, **dict.fromkeys(map(str, ticks), ""))
        assert t("Tick at least one part.") in str(form.query_one("#problem", Static).render())
        await fill(pilot, m0="1", language="fr", member="moeder", day="19/11/2026")
        (made,) = (small.workspace / "exports").glob("*-G001.docx")
        await pilot.press("r")
        await pilot.pause()
        pilot.app.screen.query_one(Field).value = f"exports/{made.name}"
        await pilot.press("enter")
        looked = await table_seen(pilot)
        assert (looked.can_store, t("nothing is ticked on this form") in seen(pilot)) == (False, True)
