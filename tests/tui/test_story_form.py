"""The five-minute story: its questions by keys alone, its drafts, two stories in a row, and what is pasted."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.frame import LARGE, SMALL, TODAY, frame, opened, screen, seen, settled
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea

from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.consent import PARENT, Answer, Purpose
from verhalen.model.pasting import pasted
from verhalen.model.story import Moment, StoryAnswer
from verhalen.msc.telling import TODO_SENTENCES
from verhalen.tui import story_form
from verhalen.tui.fields import Field
from verhalen.tui.home_screen import HomeScreen
from verhalen.tui.story_draft import DRAFT_KEY
from verhalen.tui.story_form import MISSING, StoryForm


async def form_of(pilot: Pilot[None], family: str | None = None) -> StoryForm:
    """Open the form, and wait until it listens."""
    frame(pilot).open_story_form(family)
    return await listening(pilot)


async def listening(pilot: Pilot[None]) -> StoryForm:
    """The form in front, once it listens."""
    await pilot.pause()
    await pilot.pause()
    shown = pilot.app.screen
    assert isinstance(shown, StoryForm)
    return shown


def drafts(project: Project) -> list[str]:
    """What is kept of stories that are half told."""
    return list(project.drafts(DRAFT_KEY).values())


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_story_is_told_by_keys_alone_and_enter_skips_the_rest(small: Project, size: tuple[int, int]) -> None:
    async with opened(small, size) as pilot:
        await pilot.press("1")
        await listening(pilot)
        # G001 by a piece of its town; the mother; better, and nothing harder (Belgian keys need no Shift).
        await pilot.press(*"ouder", "enter", "ampersand", "enter", "1", "enter", "é", "enter")
        await pilot.press(*"Ze is thuis.", "tab", "enter")
        assert isinstance(pilot.app.focused, TextArea)  # the first that may be skipped
        await pilot.press(*["enter"] * 2, *"De bus.", "enter", "1", "right", "space", "enter")
        await pilot.press("enter", "enter", "5", "enter", "enter", "enter", "enter", "ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
    story = small.stories.get("V03")
    assert (story.family, story.text, story.answer) == ("G001", "Ze is thuis.", StoryAnswer.POSITIVE)
    assert (story.voice.role, story.voice.member, story.how) == ("ouder", "moeder", "De bus.")
    assert (story.asked_positive, story.asked_negative, story.not_asked_reason) == (True, True, "")
    assert (story.shares, story.emoticon, story.told) == (("wij", "andere dienst"), 5, TODAY)
    assert (story.moment, story.trajectory) == (Moment.HALFWAY, 1)
    assert story.consent(Purpose.REPORT) is Answer.NOT_ASKED  # under the cursor where nothing was chosen
    assert [(change.act, change.targets) for change in small.history.entries(limit=1)] == [(Act.STORY, (story.id,))]
    assert drafts(small) == []


async def test_better_and_harder_are_two_stories_and_a_kill_between_them_loses_neither(small: Project) -> None:
    async with opened(small) as pilot:
        await form_of(pilot, "G001")
        await pilot.press("1", "enter", "1", "enter", "1", "enter", *"Goed.", "tab", "1", "ctrl+s")
        await settled(pilot)
        form = await listening(pilot)
        assert form.draft.second == "V03"
        told = t("What became better is stored as story {key}. Now what became harder.", key="V03")
        assert told in [note.message for note in frame(pilot)._notifications]
    async with opened(small) as pilot:  # the first window is gone: the second story waits
        await pilot.press("1")
        await listening(pilot)
        await pilot.press(*"Slecht.", "ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
    first, second = small.stories.get("V03"), small.stories.get("V04")
    assert [(each.text, each.answer) for each in (first, second)] == [
        ("Goed.", StoryAnswer.POSITIVE),
        ("Slecht.", StoryAnswer.NEGATIVE),
    ]
    assert second.voice == first.voice
    assert second.consents == first.consents
    assert (second.asked_positive, second.asked_negative) == (True, True)
    small.history.undo()
    assert [each.key for each in small.stories.all()] == ["V01", "V02", "V03"]
    assert drafts(small) == []


async def test_nothing_and_not_asked_are_different_and_need_no_words(small: Project) -> None:
    async with opened(small) as pilot:
        await form_of(pilot, "G001")
        await pilot.press("1", "enter", "2", "enter", "3", "enter", "1", "enter", "tab", "2", "ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
    story = small.stories.get("V03")
    assert (story.answer, story.asked_positive, story.asked_negative) == (StoryAnswer.NONE, True, False)
    assert (story.not_asked_reason, story.consent(Purpose.REPORT)) == ("crisis", Answer.NO)
    assert story.text


async def test_a_child_needs_the_answer_of_a_parent_too_and_the_form_says_what_is_missing(small: Project) -> None:
    async with opened(small) as pilot:
        form = await form_of(pilot)
        await pilot.press("escape")
        await form_of(pilot, "G001")
        await pilot.press("2", "enter", "1", "enter", "2", "enter", *"Ik slaap.", "tab", "1", "ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, StoryForm)
        assert t("Still needed: {what}", what=t(MISSING["parent"])) in seen(pilot)
        assert form.project.stories.all()[-1].key == "V02"
        await pilot.press("3", "ctrl+s")
        await settled(pilot)
    story = small.stories.get("V03")
    assert {(each.side, each.answer) for each in story.consents} == {("", Answer.YES), (PARENT, Answer.NOT_ASKED)}
    assert story.consent(Purpose.REPORT) is Answer.NOT_ASKED
    points = small.stories.open_points(story)
    assert TODO_SENTENCES["parent"] in points
    assert TODO_SENTENCES["consent"] not in points


async def test_typing_is_kept_while_one_types_without_a_write_for_each_key_or_a_trace(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_form, "KEEP_AFTER", 0.05)
    newest, writes = small.last_change(), []
    async with opened(small) as pilot:
        await form_of(pilot, "G001")
        screen(pilot).query_one("#text").focus()
        frame(pilot).watch(frame(pilot), "unstored", lambda waiting: writes.append(waiting), init=False)
        await pilot.press(*"Nog niet af, maar")
        await pilot.pause(0.1)
        # Nothing is left by a command: whoever kills the window now finds the words again.
        assert "Nog niet af" in drafts(small)[0]
        assert 0 < writes.count(1) < len("Nog niet af, maar")
    assert small.last_change() == newest


async def test_one_story_left_halfway_does_not_lose_another(small: Project) -> None:
    async with opened(small) as pilot:
        await form_of(pilot, "G001")
        screen(pilot).query_one("#text", TextArea).text = "De buurvrouw kwam kijken."
        await pilot.press("escape")
        await settled(pilot)
        form = await form_of(pilot, "G002")
        assert form.draft.is_empty
        screen(pilot).query_one("#text", TextArea).text = "De huur is betaald."
        await pilot.press("f6")
        await pilot.pause()
        assert "De buurvrouw kwam kijken." in seen(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        form = await listening(pilot)
        assert (form.draft.family, form.draft.text) == ("G001", "De buurvrouw kwam kijken.")
    assert len(drafts(small)) == 2
    assert small.withdraw("G001", really=True).clean
    assert ["huur" in each for each in drafts(small)] == [True]


async def test_a_family_that_does_not_exist_yet_is_made_from_the_form(small: Project) -> None:
    async with opened(small) as pilot:
        form = await form_of(pilot)
        screen(pilot).query_one("#text", TextArea).text = "Net aangemeld."
        screen(pilot).query_one("#family-line").focus()
        await pilot.press(*"G050", "enter")
        await pilot.pause()
        assert pilot.app.screen.query_one("#key", Field).value == "G050"
        await pilot.press("ctrl+s")
        await settled(pilot)
        await settled(pilot)
        assert pilot.app.screen is form
        assert (form.draft.family, form.draft.text) == ("G050", "Net aangemeld.")
    assert small.families.get("G050").key == "G050"


async def test_a_list_that_opens_is_for_the_mouse_too(small: Project) -> None:
    async with opened(small, LARGE) as pilot:
        form = await form_of(pilot)
        await pilot.click(form.query_one("#family OptionList", OptionList), offset=(6, 1))
        await pilot.pause()
        assert form.draft.family == "G001"
        await pilot.click("#teller", offset=(3, 0))
        await pilot.click("#harder", offset=(12, 0))
        await pilot.pause()
        assert (form.draft.teller, form.draft.harder) == ("moeder", "niets")


async def test_what_is_pasted_comes_without_what_nobody_can_see(small: Project) -> None:
    raw = "\ufeff“Zo’n dag” \u00adzei\u00a0ze\u200b.\x0bE\u0301\u0301n keer\r\nشكرا \u200f👩\u200d👧"
    clean = "“Zo’n dag” zei ze.\n\u00c9\u0301n keer\nشكرا \u200f👩\u200d👧"
    assert (pasted(raw).text, pasted(raw).hidden) == (clean, 3)
    async with opened(small) as pilot:
        form = await form_of(pilot, "G001")
        area = form.query_one("#text", TextArea)
        area.focus()
        area.post_message(events.Paste(raw))
        await pilot.pause()
        await pilot.pause()
        assert area.text == clean
        assert any("3" in str(note.message) for note in frame(pilot)._notifications)
        await pilot.press("ctrl+z")
        assert area.text == ""


def test_the_longest_and_the_shortest_story_are_kept_whole(small: Project, tmp_path: Path) -> None:
    from dataclasses import replace

    from verhalen.tui.story_draft import StoryDraft, load_draft, story_of

    for words in ("Ja.", "woord " * 49_999 + "einde"):
        draft = StoryDraft("G001", "moeder", better="ja", harder="niets", text=words)
        assert load_draft(draft.dump()) == draft
        story = story_of(draft, roles={"moeder": "ouder"}, recorder="Hanne", day=TODAY)
        assert small.stories.tell(replace(story, key=f"V{len(words)}"), today=TODAY).text == words
