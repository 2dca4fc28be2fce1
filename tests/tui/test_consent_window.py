"""Consents, attachments, reading back and withdrawing in the app, by keys and by mouse."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.tui.frame import frame, opened, screen, seen, settled
from textual.widgets import OptionList

from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.consent import PARENT, Answer, Consent, Purpose
from verhalen.model.story import Outcome, Story, StoryAnswer, Voice
from verhalen.tui.attachments_window import AttachmentsWindow
from verhalen.tui.consent_grid import ConsentGrid
from verhalen.tui.consent_window import ConsentWindow
from verhalen.tui.fields import Field
from verhalen.tui.withdraw_window import WithdrawWindow

REPORT = Purpose.REPORT


async def test_answers_are_given_by_arrows_digits_and_mouse_for_a_child_by_both_sides(small: Project) -> None:
    child = Voice("kind", "kind1")
    small.stories.tell(Story("V00", "G001", "Ik slaap nu op mijn kamer.", StoryAnswer.POSITIVE, child))
    small.consents.set("V00", Consent(REPORT, Answer.NO, dt.date(2026, 3, 1), "An"))
    async with opened(small) as pilot:
        frame(pilot).open_stories("V00")
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        window = screen(pilot)
        assert isinstance(window, ConsentWindow)
        grid = window.query_one(ConsentGrid)
        assert window.region.contains_region(window.query_one("KeyBar").region)
        assert t("Written down before") in seen(pilot)
        await pilot.press("down", "ampersand")  # the parent, for the team: the unshifted 1 of a Belgian keyboard
        await pilot.press("down", "left", "left", "left", "enter")  # the child says yes after all
        await settled(pilot)
        found = small.consents.of("V00")
        assert {(each.purpose, each.side): each.answer for each in found.consents} == {
            (Purpose.TEAM, PARENT): Answer.YES,
            (REPORT, ""): Answer.YES,
        }
        assert found.answer(REPORT) is Answer.NOT_ASKED
        head = grid.render_line(0).text
        await pilot.click(ConsentGrid, offset=(head.index("1 ") + 1, 4))
        await settled(pilot)
        assert small.consents.of("V00").answer(REPORT) is Answer.YES
        given = [each for each in small.consents.of("V00").consents if each.purpose is REPORT]
        assert {(each.side, each.by, each.day) for each in given} == {
            ("", "Hanne", frame(pilot).day),
            (PARENT, "Hanne", frame(pilot).day),
        }
        await pilot.press("escape")
        assert t("in reports: {answer}", answer=t("yes")) in seen(pilot)


async def test_a_story_is_read_back_gets_a_photo_and_is_withdrawn(small: Project, tmp_path: Path) -> None:
    photo = tmp_path / "Mieke Peeters.png"
    ends = b"".join(len(b).to_bytes(4, "big") + k + b + b"crc!" for k, b in ((b"IHDR", b"x"), (b"IEND", b"")))
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + ends)
    async with opened(small) as pilot:
        frame(pilot).open_stories("V01")
        await pilot.pause()
        await pilot.press("n")
        await pilot.press("tab", "tab")
        await pilot.press(*"voorgelezen", "ctrl+s")
        await settled(pilot)
        (check,) = small.verifying.of("V01")
        assert (check.outcome, check.how, check.who) == (Outcome.RIGHT, "voorgelezen", "moeder")
        await pilot.press("a", "a")
        await pilot.pause()
        field = screen(pilot).query_one(Field)
        field.focus()
        field.value = f"'{photo}'"
        await pilot.press("enter")
        await settled(pilot)
        window = screen(pilot)
        assert isinstance(window, AttachmentsWindow)
        assert "foto 1.png" in seen(pilot)
        assert "Mieke" not in seen(pilot)
        await pilot.press("t", "1", "escape", "escape")
        await settled(pilot)
        assert [each.answer for each in small.attachments.all()] == [Answer.YES]
        await pilot.press("x", "enter")
        await settled(pilot)
        asking = screen(pilot)
        assert isinstance(asking, WithdrawWindow)
        assert t("attachments") in seen(pilot)
        await pilot.press("enter")  # the first answer is no
        await settled(pilot)
        assert len(small.stories.all()) == 2
        await pilot.press("x", "enter")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert [each.key for each in small.stories.all()] == ["V02"]
        assert b"slaapt nu door" not in (small.workspace / "project.verhalen").read_bytes()


async def test_a_family_page_shows_whom_to_ask_and_withdraws_one_person(small: Project) -> None:
    async with opened(small) as pilot:
        frame(pilot).open_families("G001")
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        lines = screen(pilot).query_one(OptionList)
        assert [lines.get_option_at_index(at).id for at in range(lines.option_count)] == [
            *("V01", "V02", "G001.kind1", "G001.moeder")
        ]
        await pilot.press("down", "down", "down", "enter", "1", "escape")
        await settled(pilot)
        assert small.consents.of("G001.moeder").answer(Purpose.TEAM) is Answer.YES
        await pilot.press("x", "down", "enter")
        await settled(pilot)
        assert isinstance(screen(pilot), WithdrawWindow)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert small.stories.all() == []
        assert [person.key for person in small.families.get("G001").persons] == ["G001.kind1"]
