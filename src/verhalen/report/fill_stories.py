"""A few stories together, never only the bright ones (methods.md F): where none of the other kind may be told, that is said."""

from __future__ import annotations

from collections.abc import Sequence, Set

from verhalen.i18n import mark, t
from verhalen.model.consent import Answer, Purpose
from verhalen.model.story import StoryAnswer
from verhalen.privacy.clearance import Audience, Cleared, own_words
from verhalen.privacy.disclosure import clear_number_of_texts
from verhalen.report import fill_words
from verhalen.report.blocks import Block, Heading, Note, Table
from verhalen.report.data import ReportData
from verhalen.report.fill_change import numbers_right
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder

USUAL = 3
_HEADINGS = {
    StoryAnswer.POSITIVE: mark("A change for the better"),
    StoryAnswer.NEGATIVE: mark("A change for the worse"),
    StoryAnswer.NONE: mark("Nothing changed"),
    StoryAnswer.OPEN: mark("An open story"),
}
_TURNS = (StoryAnswer.POSITIVE, StoryAnswer.NEGATIVE, StoryAnswer.NONE)
"""In which order kinds of stories take their turn; with one story asked for, the first that there is."""


def stories(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """As many as `aantal` says, in turn for the better, for the worse and without change, each under its heading."""
    wanted = int(placeholder.arguments.get("aantal", USUAL))
    found: dict[StoryAnswer, list[Block]] = {}
    count, before = 0, len(log.warnings)
    turns, empty = list(_TURNS), set[StoryAnswer]()
    while count < wanted and len(empty) < len(turns):
        for answer in turns:
            if count == wanted or answer in empty:
                continue
            told = fill_words.story(data, Placeholder("verhaal", {"antwoord": answer.value}, placeholder.line), log)
            if told:
                found.setdefault(answer, []).extend(told)
                count += 1
            else:
                empty.add(answer)
    del log.warnings[before:]
    blocks: list[Block] = []
    for answer in turns:
        if answer in found:
            blocks += [Heading(2, own_words(t(_HEADINGS[answer]))), *found[answer]]
    return [*blocks, *_what_lacks(data, found.keys(), log)]


def _what_lacks(data: ReportData, there: Set[StoryAnswer], log: Log) -> list[Block]:
    """A report with bright stories only says why; one without any says so too."""
    said: list[Cleared[str]] = []
    if not data.all_stories:
        return [Note(own_words(t("No stories were told in this period.")))]
    if not there and not any(each.shown and each.story for each in log.quotes):
        said.append(own_words(t("No story of this period may be printed yet: nobody who told one agreed to that.")))
    elif not there:
        said.append(own_words(t("There are no further stories of this period that may be printed.")))
    if not there & {StoryAnswer.NEGATIVE, StoryAnswer.NONE}:
        said.append(_no_other_side(data))
    return [Note(each) for each in said]


def _no_other_side(data: ReportData) -> Cleared[str]:
    """Whether stories for the worse or without change were told, of which none may stand here."""
    told = sum(each.answer in (StoryAnswer.NEGATIVE, StoryAnswer.NONE) for each in data.all_stories)
    if not told:
        return own_words(t("Nobody told a story of a change for the worse, or that nothing changed."))
    return own_words(
        t("Stories of a change for the worse or of no change were told too, but none of them may stand here.")
    )


def told_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """How many stories of each kind; outside the team only those that may stand in reports."""
    if not data.all_stories:
        return [Note(own_words(t("No stories were told in this period.")))]
    may = [each for each in data.all_stories if each.consent(Purpose.REPORT) is Answer.YES]
    counted = data.all_stories if data.audience is Audience.INTERNAL else tuple(may)
    header = (mark("What the story tells"), mark("Stories"))
    rows = [
        (own_words(t(_HEADINGS[answer])), clear_number_of_texts(sum(each.answer is answer for each in counted)))
        for answer in StoryAnswer
    ]
    rows.append((own_words(t("All stories that were told")), clear_number_of_texts(len(data.all_stories))))
    return [
        Table(
            header=tuple(own_words(t(word)) for word in header),
            rows=tuple(rows),
            caption=own_words(t("The stories of this period")),
            align=numbers_right(2),
            note=None if data.audience is Audience.INTERNAL else own_words(t(_OF_CONSENT)),
        )
    ]


_OF_CONSENT = mark("Per kind only stories that may stand in reports are counted.")
