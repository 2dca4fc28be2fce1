"""A sheet that came back from a family: what it said of the text becomes a check, its ticks become consent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.exchange.columns import parse_day, today
from verhalen.exchange.story_plan import latest_consents
from verhalen.i18n import mark, t
from verhalen.model.act import Act
from verhalen.model.consent import PARENT, Answer, Consent, Purpose
from verhalen.model.form import SHEET, FilledPaper
from verhalen.model.story import Outcome, Story, Verification, Voice
from verhalen.model.story_paper import OTHERWISE, OUTCOME, SHEET_DAY
from verhalen.model.text import Notice, normal_text, text_digest
from verhalen.readers.story_form import read_paper
from verhalen.store import around, drafts, stories
from verhalen.store.project import ProjectFile

_READ = "story-sheet "
"""Before the id of a sheet: what is kept is the day for which it counted."""
CHANGED_SINCE = mark(
    "The text of {story} was changed after this sheet was printed. Look whether the answer still fits."
)
TO_CHANGE = mark("The teller of {story} wants it otherwise. It is on the list; the text itself was not changed.")
STAYS = mark("A consent on this sheet is older than the stored answer, which still counts.")


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What a sheet brought."""

    story: str
    """`V07`, or `V07.2` of a further voice."""
    outcome: Outcome | None
    """What the teller said of the text; None where that was left open."""
    consents: tuple[Consent, ...]
    """Answers that were new."""
    is_new: bool
    """Whether anything was stored; a sheet that comes twice brings nothing."""
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """A sheet beside the story that it is about."""

    story: Story
    voice: Voice | None
    """The further voice; None for the first."""
    check: Verification | None
    consents: tuple[Consent, ...]
    """Of them those that are new."""
    day: dt.date
    is_older: bool

    @property
    def brings_something(self) -> bool:
        return bool(self.check or self.consents)


def read_sheet(project: ProjectFile, path: Path) -> SheetRead:
    """Take in a sheet, in one change. Raises UnreadableFile, UnknownStory, BadForm for answers that contradict each other."""
    paper = read_paper(path)
    file = normal_text(path.name)
    if paper.kind != SHEET:
        reason = t("it is the form of a coach; take it in with: verhalen stories import")
        raise errors.UnreadableFile(file=file, suffix=".docx", reason=reason)
    if problems := _problems(paper):
        raise errors.BadForm(problems, file=file)
    said = _said(project, paper)
    outcome = _outcome(paper)
    if said.brings_something:
        with project.change(Act.VERIFY if said.check else Act.CONSENT, said.story.id) as writing:
            if said.check:
                around.add_verification(writing, said.story.id, said.check, coder_id=project.coder_id)
            if said.voice:
                around.set_voice_consents(writing, said.voice.id, said.consents)
            else:
                stories.set_consents(writing, said.story.id, said.consents)
            drafts.put_view(writing, f"{_READ}{paper.head[1]}", said.day.isoformat())
    key, digest = paper.head[0], paper.head[-1]
    warnings = []
    if digest != text_digest((said.voice or said.story).text)[: len(digest)]:
        warnings.append(Notice(None, CHANGED_SINCE, {"story": key}))
    if outcome is Outcome.OTHERWISE:
        warnings.append(Notice(None, TO_CHANGE, {"story": key}))
    if said.is_older:
        warnings.append(Notice(None, STAYS))
    return SheetRead(key, outcome, said.consents, said.brings_something, tuple(warnings))


def is_read(project: ProjectFile, paper: FilledPaper) -> bool:
    """Whether a filled sheet has nothing new: it was read already, or its story is gone."""
    if _problems(paper):
        return False  # somebody must look at it
    try:
        return not _said(project, paper).brings_something
    except errors.UnknownStory:
        return True


def _problems(paper: FilledPaper) -> list[tuple[int, str, str]]:
    problems = [
        (0, _label(name), t("more than one answer is ticked: {values}", values=", ".join(ticked)))
        for name, ticked in paper.ticked.items()
        if len(ticked) > 1
    ]
    if not any(paper.ticked.values()) and OTHERWISE not in paper.fields:
        problems.append((0, _label(OUTCOME), t("nothing is ticked on this sheet")))
    day = paper.fields.get(SHEET_DAY, "")
    found = parse_day(day) if day else None
    if day and found is None:
        problems.append((0, _label(SHEET_DAY), t("this is no date; write it as 12/03/2026")))
    elif found is not None and found > today():
        problems.append((0, _label(SHEET_DAY), t("{day} lies in the future", day=found.isoformat())))
    return problems


def _label(name: str) -> str:
    """What a question is called in a message."""
    if name in (OUTCOME, SHEET_DAY):
        return t("Is this right?") if name == OUTCOME else t("Day")
    return t(Purpose(name.removesuffix(f"_{PARENT}")).label)


def _outcome(paper: FilledPaper) -> Outcome | None:
    said = paper.one(OUTCOME)
    if not said and OTHERWISE in paper.fields:
        return Outcome.OTHERWISE
    return Outcome(said) if said else None


def _said(project: ProjectFile, paper: FilledPaper) -> _Said:
    key, _, position = paper.head[0].partition(".")
    story = next((each for each in stories.stories(project) if each.key == key), None)
    voice = next((each for each in story.others if str(each.position) == position), None) if story else None
    if story is None or (position and voice is None):
        raise errors.UnknownStory(key=paper.head[0])
    teller = voice or story.voice
    kept = drafts.view(project, f"{_READ}{paper.head[1]}")
    day = parse_day(paper.fields.get(SHEET_DAY, "")) or (dt.date.fromisoformat(kept) if kept else today())
    outcome = _outcome(paper)
    check = None
    if outcome is not None:
        who = teller.member or teller.role
        check = Verification(day, who, t("on the sheet"), outcome, paper.fields.get(OTHERWISE, ""))
        same = {(each.day, each.who, each.outcome, each.note) for each in story.verifications}
        if (check.day, check.who, check.outcome, check.note) in same:
            check = None
    stored = voice.consents if voice else story.consents
    given = _consents(paper, teller, day)
    counting = latest_consents(stored, given)
    new = tuple(each for each in counting if each not in stored and each in given)
    older = any(each not in counting and not _is_there(each, stored) for each in given)
    return _Said(story, voice, check, new, day, older)


def _is_there(given: Consent, stored: Sequence[Consent]) -> bool:
    return any((each.purpose, each.side, each.answer) == (given.purpose, given.side, given.answer) for each in stored)


def _consents(paper: FilledPaper, teller: Voice, day: dt.date) -> tuple[Consent, ...]:
    """What was ticked; a box without a tick changes nothing."""
    who = {"": teller.member or teller.role, PARENT: PARENT}
    sides = ("", PARENT) if teller.is_child else ("",)
    return tuple(
        Consent(purpose, Answer(answer), day, who[side], side)
        for purpose in Purpose
        for side in sides
        if (answer := paper.one(f"{purpose.value}_{side}" if side else purpose.value))
    )
