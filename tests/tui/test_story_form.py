"""The five-minute story: its questions by keys alone, its drafts, two stories in a row, and what is pasted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.tui.frame import ASKED, LARGE, TODAY, frame, opened, screen, seen, settled
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea

from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.consent import PARENT, Answer, Purpose
from verhalen.model.pasting import Pasted, pasted
from verhalen.model.story import Moment, Story, StoryAnswer
from verhalen.msc.telling import TODO_SENTENCES, open_points
from verhalen.readers.story_form import read_paper
from verhalen.tui import story_form
from verhalen.tui.answers import OneOf
from verhalen.tui.fields import Field
from verhalen.tui.home_screen import HomeScreen, WaitingList
from verhalen.tui.stories_screen import StoriesScreen
from verhalen.tui.story_draft import DRAFT_KEY, StoryDraft, draft_of, edited, load_draft, missing, story_of
from verhalen.tui.story_edit import EditStory
from verhalen.tui.story_form import StoryForm
from verhalen.tui.voices_screen import VoicesScreen


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


ROLES = {"moeder": "ouder", "kind1": "kind"}


def told(draft: StoryDraft) -> Story:
    """The story that a draft becomes."""
    return story_of(draft, roles=ROLES, recorder="Hanne", day=TODAY)


def drafts(project: Project) -> list[str]:
    """What is kept of stories that are half told."""
    return list(project.drafts(DRAFT_KEY).values())


async def test_two_stories_are_told_by_keys_alone_and_leaving_between_them_loses_neither(small: Project) -> None:
    async with opened(small) as pilot:
        await pilot.press("1")
        await listening(pilot)
        # G001 by a piece of its town; the mother; better and harder too (Belgian keys need no Shift).
        await pilot.press("u", "enter", "ampersand", "enter", "1", "enter", "ampersand", "enter")
        await pilot.press("A", "tab", "enter")
        assert isinstance(pilot.app.focused, TextArea)  # the first that may be skipped
        await pilot.press("enter", "enter", "B", "enter", "1", "right", "space", "enter")
        await pilot.press("enter", "enter", "5", *["enter"] * 5)  # the last one on the button
        await settled(pilot)
        form = await listening(pilot)
        assert form.draft.second == "V03"
        heard = t("What became better is stored as story {key}. Now what became harder.", key="V03")
        assert heard in [note.message for note in frame(pilot)._notifications]
        await pilot.press("x", "ctrl+q")  # before the draft was kept
        await pilot.pause()
    first = small.stories.get("V03")
    assert [(change.act, change.targets) for change in small.history.entries(limit=1)] == [(Act.STORY, (first.id,))]
    assert (first.family, first.text, first.answer) == ("G001", "A", StoryAnswer.POSITIVE)
    assert (first.voice.role, first.voice.member, first.how) == ("ouder", "moeder", "B")
    assert (first.shares, first.emoticon, first.told) == (("wij", "andere dienst"), 5, TODAY)
    assert (first.moment, first.trajectory) == (Moment.HALFWAY, 1)
    assert first.consent(Purpose.REPORT) is Answer.NOT_ASKED  # under the cursor where nothing was chosen
    async with opened(small) as pilot:
        await pilot.press("1")
        await listening(pilot)
        await pilot.press("b", "ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
    second = small.stories.get("V04")
    assert (second.text, second.answer, second.how) == ("xb", StoryAnswer.NEGATIVE, "")
    assert (second.voice, second.consents) == (first.voice, first.consents)
    assert [(each.asked_positive, each.asked_negative) for each in (first, second)] == [(True, True)] * 2
    small.history.undo()
    assert [each.key for each in small.stories.all()] == ["V01", "V02", "V03"]
    assert drafts(small) == []


def test_nothing_and_not_asked_are_different_and_need_no_words() -> None:
    draft = StoryDraft("G001", "moeder", better="niets", harder="niet_gevraagd")
    assert missing(draft, ROLES) == ["reason", "report"]
    story = told(replace(draft, reason="crisis"))
    assert (story.answer, story.asked_positive, story.asked_negative) == (StoryAnswer.NONE, True, False)
    assert (story.not_asked_reason, bool(story.text)) == ("crisis", True)
    unasked = told(replace(draft, better="niet_gevraagd", reason="andere", reason_words="de hond"))
    assert (unasked.answer, unasked.not_asked_reason) == (StoryAnswer.OPEN, "de hond")
    assert missing(replace(draft, better="ja"), ROLES) == ["reason", "text", "report"]


def test_a_child_needs_the_answer_of_a_parent_too_and_that_becomes_a_point_to_do() -> None:
    yes = (Purpose.REPORT.value, "", Answer.YES.value)
    draft = StoryDraft("G001", "kind1", better="ja", harder="niets", text="Ik slaap.", consents=(yes,))
    assert missing(draft, ROLES) == ["parent"]
    story = told(replace(draft, consents=(yes, (Purpose.REPORT.value, PARENT, Answer.NOT_ASKED.value))))
    assert story.consent(Purpose.REPORT) is Answer.NOT_ASKED
    points = open_points(story)
    assert TODO_SENTENCES["parent"] in points
    assert TODO_SENTENCES["consent"] not in points
    assert TODO_SENTENCES["translation"] in open_points(replace(story, voice=replace(story.voice, language="ar")))


async def test_typing_is_kept_without_a_write_for_each_key_and_one_story_does_not_lose_another(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_form, "KEEP_AFTER", 0.5)
    newest = small.last_change()
    writes: list[int] = []
    async with opened(small) as pilot:
        form = await form_of(pilot, "G001")
        area = form.query_one("#text", TextArea)
        area.focus()
        frame(pilot).watch(frame(pilot), "unstored", lambda waiting: writes.append(waiting), init=False)  # noqa: PLW0108
        await pilot.press(*"Niet af")
        while not drafts(small) or "Niet af" not in drafts(small)[0]:
            await pilot.pause(0.05)
        # Nothing is left by a command: whoever kills the window now finds the words again.
        assert 0 < writes.count(1) < len("Niet af")
        area.post_message(events.Paste(RAW))
        await pilot.pause()
        await pilot.pause()
        assert area.text == f"Niet af{CLEAN}"
        assert any("3" in str(note.message) for note in frame(pilot)._notifications)
        await pilot.press("ctrl+z")
        assert area.text == "Niet af"
        await pilot.press("f8")
        await pilot.pause()
        await pilot.press("enter")  # a new one, of whatever family
        await settled(pilot)
        form = await listening(pilot)
        assert form.draft.is_empty
        form.query_one("#text", TextArea).text = "De huur is betaald."
        await pilot.press("f2")
        await settled(pilot)
        await pilot.pause()
        assert t("A story is half told") in seen(pilot)
        waiting = screen(pilot).query_one(WaitingList)
        waiting.focus()
        waiting.highlighted = 1
        await pilot.press("enter")
        form = await listening(pilot)
        assert form.draft.text == "Niet af"
        assert pilot.app.focused is form.query_one("#text", TextArea)  # where somebody was writing
    assert small.last_change() == newest
    assert len(drafts(small)) == 2
    assert small.withdraw("G001", really=True).clean
    assert ["huur" in each for each in drafts(small)] == [True]


RAW = "\ufeff“Zo’n dag” \u00adzei\u00a0ze\u200b.\x0bE\u0301\u0301n keer\r\nشكرا \u200f👩\u200d👧"
CLEAN = "“Zo’n dag” zei ze.\n\u00c9\u0301n keer\nشكرا \u200f👩\u200d👧"


def test_what_is_pasted_comes_without_what_nobody_can_see() -> None:
    assert pasted(RAW) == Pasted(CLEAN, 3)


async def test_a_family_is_chosen_by_a_click_or_made_from_the_form_and_the_draft_stays(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(story_form, "open_with_system", shown.append)
    async with opened(small, LARGE) as pilot:
        form = await form_of(pilot)
        await pilot.click(form.query_one("#family OptionList", OptionList), offset=(6, 1))
        await pilot.click("#teller", offset=(3, 0))
        await pilot.click("#harder", offset=(12, 0))
        await pilot.pause()
        assert (form.draft.family, form.draft.teller, form.draft.harder) == ("G001", "moeder", "niets")
        form.query_one("#harder", OneOf).focus()
        for key in ("3", "enter"):  # so fast that nothing is painted in between
            pilot.app.post_message(events.Key(key, key if key.isdigit() else None))
        await pilot.pause()
        assert pilot.app.focused is form.query_one("#reason", OneOf)
        form.query_one("#text", TextArea).text = "Net aangemeld."
        line = form.query_one("#family-line", Field)
        line.focus()
        line.value = "linde"
        await pilot.press("tab")
        await pilot.pause()
        assert form.draft.family == "G002"  # no other fits
        line.focus()
        line.value = "G050"
        await line.action_submit()  # before anybody heard of the words
        await pilot.pause()
        assert pilot.app.screen.query_one("#key", Field).value == "G050"
        await pilot.press("ctrl+s")
        await settled(pilot)
        await settled(pilot)
        assert pilot.app.screen is form
        assert (form.draft.family, form.draft.text, form.draft.teller) == ("G050", "Net aangemeld.", "")
        await pilot.press("f9")
        await settled(pilot)
        (paper,) = small.story_papers.inbox.glob("*.docx")
        assert shown == [paper]
    assert read_paper(paper).fields["gezin"] == "G050"
    assert small.families.get("G050").key == "G050"


def test_the_longest_and_the_shortest_story_are_kept_whole(small: Project) -> None:
    for words in ("Ja.", "woord " * 49_999 + "einde"):
        draft = StoryDraft("G001", "moeder", better="ja", harder="niets", text=words)
        assert load_draft(draft.dump()) == draft
        assert small.stories.tell(replace(told(draft), key=f"V{len(words)}"), today=TODAY).text == words


# -- changing a story, and its voices ----------------------------------------------------------------------------------


async def test_changed_words_ask_for_a_reason_and_survive_leaving_and_a_voice_stands_beside(small: Project) -> None:
    async with opened(small, LARGE) as pilot:
        frame(pilot).open_stories("V01")
        await pilot.pause()
        await pilot.press("w")
        await pilot.pause()
        await pilot.press(*" Ja", "escape")
        await settled(pilot)
        assert small.stories.get("V01").text == "Hij slaapt nu door."
        await pilot.press("w")
        await pilot.pause()
        await pilot.pause()
        form = pilot.app.screen
        assert isinstance(form, EditStory)
        assert form.draft.text == "Hij slaapt nu door. Ja"
        form.query_one("#how", TextArea).text = "De dokter."
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert type(screen(pilot)) is StoriesScreen
        story = small.stories.get("V01")
        assert (story.text, story.how, len(small.memos.all(target="V01"))) == (form.draft.text, "De dokter.", 1)
        assert story.consents == (ASKED,)
        await pilot.press("s")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        await pilot.pause()
        await pilot.press("3", "enter", *"Mooi", "tab", "1", "ctrl+s")
        await settled(pilot)
        await pilot.pause()
        assert type(screen(pilot)) is VoicesScreen
        # Side by side: both on one line of the screen.
        assert [line for line in seen(pilot).splitlines() if "Hij slaapt" in line and "Mooi" in line]
        await pilot.press("tab", "delete")
        await pilot.pause()
        await pilot.press("down", "enter")
        await settled(pilot)
    assert small.stories.get("V01").others == ()
    small.history.undo()
    voice = small.stories.get("V01").others[0]
    assert (voice.role, voice.text, voice.recorder, voice.told) == ("coach", "Mooi", "Hanne", TODAY)
    assert voice.consent(Purpose.REPORT) is Answer.YES
    small.stories.edit_voice("V01", replace(voice, language="fr", own_words="C'est beau"), today=TODAY)
    async with opened(small) as pilot:
        frame(pilot).open_voices("V01")
        await pilot.pause()
        await pilot.pause()
        assert [line for line in seen(pilot).splitlines() if "C'est beau" in line and "Mooi" in line]


def test_a_story_that_goes_through_the_form_unchanged_stays_as_it_was(small: Project) -> None:
    story = replace(small.stories.get("V01"), domains=("WON", "BUD"), shares=("gebeurtenis", "wij"), main_domain="BUD")
    draft = draft_of(replace(story, not_asked_reason="Ze begon er zelf over.", asked_negative=False))
    assert (draft.reason, draft.reason_words) == ("andere", "Ze begon er zelf over.")
    back = edited(story, replace(draft_of(story), domains=("BUD", "INK", "WON"), shares=("wij", "gebeurtenis")), ROLES)
    assert back == replace(story, domains=("WON", "BUD", "INK"))
