"""Stories that are changed: fields, words with a reason, further voices, and what cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import add_code
from tests.tui.frame import TODAY, small_project

from verhalen import errors
from verhalen.api.project import Project
from verhalen.coding.editing import Intent
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.consent import PARENT, Answer, Consent, Purpose
from verhalen.model.family import Family, Trajectory
from verhalen.model.story import Moment, Outcome, Story, StoryAnswer, Verification, Voice
from verhalen.msc.story_rules import moment_on
from verhalen.msc.telling import TODO_SENTENCES, open_points

TOMORROW = dt.date(2026, 11, 21)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Project]:
    """A small project with one code."""
    with small_project(tmp_path) as project:
        add_code(project.file, "rol")
        yield project


def coded(project: Project, source: int, words: str) -> int:
    """Code these words."""
    text = project.sources.text(source).text
    start = text.index(words)
    return project.codings.apply(Intent(source, start, start + len(words), "rol")).coding_id


def test_fields_change_in_one_act_and_the_words_only_by_a_correction(small: Project) -> None:
    story = small.stories.get("V01")
    changed = replace(story, how=" De dokter.\r\n", title="Rust\nen slaap", domains=("WON",), changes=("a", " ", "b"))
    done = small.stories.edit(changed, today=TODAY)
    assert (done.how, done.title, done.domains, done.changes) == ("De dokter.", "Rust en slaap", ("WON",), ("a", "b"))
    assert small.sources.get(1).title == "V01 Rust en slaap"
    assert small.history.entries(limit=1)[0].act is Act.EDIT_STORY
    newest = small.last_change()
    for wrong in (replace(done, text="Iets anders."), replace(done, family="G002"), replace(done, domains=("NIX",))):
        with pytest.raises(errors.BadInput):
            small.stories.edit(wrong, today=TODAY)
    small.stories.edit(done, today=TODAY)
    assert small.last_change() == newest
    small.history.undo()
    assert small.stories.get("V01") == story


def test_a_correction_keeps_its_reason_and_moves_codings_and_is_undone_by_name(small: Project) -> None:
    coding = coded(small, small.stories.get("V01").source_id, "slaapt")
    done = small.stories.correct_text("V01", "Hij, de kleinste, slaapt nu door.", reason="tikfout")
    assert done is not None
    moved = small.codings.get(coding)
    assert small.stories.get("V01").text[moved.start : moved.stop] == "slaapt"
    assert [memo.text for memo in small.memos.all(target="V01")] == [t("Words corrected: {reason}", reason="tikfout")]
    entry = small.history.entries(limit=1)[0]
    assert (entry.act, entry.targets) == (Act.CORRECT, (small.stories.get("V01").id,))
    checked = Verification(TODAY, "moeder", "telefoon", Outcome.OTHERWISE)
    small.stories.correct_text("V01", "Hij slaapt.", reason="Zo zei ik het niet.", verification=checked)
    assert small.stories.get("V01").verifications[0].note == "Zo zei ik het niet."
    for text, reason in (("", "leeg"), ("Iets.", " ")):
        with pytest.raises(errors.BadInput):
            small.stories.correct_text("V01", text, reason=reason)
    assert small.stories.correct_text("V01", " Hij slaapt.\n", reason="") is None
    small.history.undo()
    small.history.undo()
    assert small.stories.get("V01").text == "Hij slaapt nu door."
    assert small.memos.all(target="V01") == []
    small.history.redo()
    assert small.stories.get("V01").text == "Hij, de kleinste, slaapt nu door."
    assert len(small.memos.all(target="V01")) == 1


def test_a_voice_goes_with_its_text_unless_others_worked_on_it(small: Project) -> None:
    told = Voice("kind", "kind1", "fr", text="Ik heb\r\neen kamer.", own_words="J'ai une chambre.", told=TODAY)
    story = small.stories.add_voice("V01", told, today=TODAY)
    voice = story.others[0]
    assert (voice.position, voice.text, voice.own_words) == (2, "Ik heb\neen kamer.", "J'ai une chambre.")
    assert {TODO_SENTENCES["voices"], TODO_SENTENCES["translation"]} <= set(open_points(story))
    yes = tuple(Consent(Purpose.REPORT, Answer.YES, TODAY, "Hanne", side) for side in ("", PARENT))
    better = replace(voice, translated_by="tolk", consents=yes)
    story = small.stories.edit_voice("V01", better, today=TODAY)
    assert not {TODO_SENTENCES["voices"], TODO_SENTENCES["translation"]} & set(open_points(story))
    small.stories.correct_text("V01.2", "Ik heb een kamer alleen.", reason="woord vergeten")
    coded(small, voice.source_id, "kamer")
    with small.sibling(coder="Jan") as other:
        theirs = coded(other, voice.source_id, "alleen")
        with pytest.raises(errors.VoiceInUse, match="Jan"):
            small.stories.remove_voice("V01", 2)
        assert small.stories.plan_removal("V01", 2).held_by == ("Jan",)
        other.codings.remove(theirs)
    assert small.stories.remove_voice("V01", 2).codings == 1
    assert small.stories.get("V01").others == ()
    assert [each.title for each in small.sources.all()] == ["V01 Slapen", "V02 De bus", "gesprek"]
    with pytest.raises(errors.UnknownStory):
        small.stories.remove_voice("V01", 2)
    small.history.undo()
    assert small.stories.get("V01").others[0].text == "Ik heb een kamer alleen."
    assert len(small.codings.of(voice.source_id)) == 1


def test_no_day_of_a_story_lies_in_the_future_and_nothing_is_stored(small: Project) -> None:
    good = Story("", "G001", "Iets.", StoryAnswer.POSITIVE, Voice("ouder"), told=TODAY)
    late = Consent(Purpose.REPORT, Answer.YES, TOMORROW)
    bad = (replace(good, told=TOMORROW), replace(good, consents=(late,)), replace(good, voice=Voice("baas")))
    for each in (*bad, replace(good, emoticon=6), replace(good, changes=("x",) * 6), replace(good, text=" ")):
        with pytest.raises(errors.BadInput):
            small.stories.tell(each, today=TODAY)
    with pytest.raises(errors.UnknownFamily):
        small.stories.tell(replace(good, family="G404"), today=TODAY)
    assert len(small.stories.all()) == 2


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-04", (None, None)),
        ("2026-01-05", (Moment.START, 1)),
        ("2026-03-01", (Moment.HALFWAY, 1)),
        ("2026-07-10", (Moment.CLOSING, 1)),
        ("2026-09-01", (Moment.FOLLOW_UP, 1)),
        ("2028-09-01", (Moment.LONG_AFTER, 1)),
    ],
)
def test_the_moment_follows_from_the_support(day: str, expected: tuple[Moment | None, int | None]) -> None:
    family = Family("G1", trajectories=(Trajectory(1, dt.date(2026, 1, 5), end=dt.date(2026, 7, 1)),))
    assert moment_on(family, dt.date.fromisoformat(day)) == expected
