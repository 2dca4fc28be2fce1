"""What stands up front: one story or quote, one limit, a table of contents."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen.i18n import mark, t
from verhalen.model.story import Story, StoryAnswer
from verhalen.model.text import Notice
from verhalen.privacy.clearance import own_words
from verhalen.report import fill_words
from verhalen.report.blocks import Block, Contents, Note, Paragraph, Run
from verhalen.report.data import ReportData
from verhalen.report.log import Log, quote_name
from verhalen.report.placeholders import Placeholder

MOST_WORDS = 200
"""Of a story for page one, so that it stays one page."""
NO_STORY = mark("There is no story or quote yet that its teller lets us print here.")


def contents(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """A table of contents, which Word fills when the document is opened."""
    return [Contents(own_words(t("Contents")))]


def up_front(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """The story or fragment that was named; else the shortest story for the better, about the group if possible.

    Else a quote (with `kort=ja` it goes before a story); else a sentence that says that there is none.
    """
    arguments = placeholder.arguments
    if "verhaal" in arguments:
        return fill_words.story(data, _as("verhaal", placeholder, verhaal=arguments["verhaal"]), log) or _none()
    if "fragment" in arguments:
        return fill_words.quote(data, _as("citaat", placeholder, fragment=arguments["fragment"]), log) or _none()
    before = len(log.warnings)
    if "kort" in arguments:
        found = _quote(data, placeholder, log) or _story(data, placeholder, log)
    else:
        found = _story(data, placeholder, log) or _quote(data, placeholder, log)
    del log.warnings[before:]  # what was tried before something was found is no news
    if not found:
        log.warnings.append(Notice(placeholder.line, mark("no story with consent fits here; the document says so")))
    return found or _none()


def _story(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    group = placeholder.arguments.get("groep", "")
    domains = {each.key for each in data.domains.in_group(group)}
    short = [each for each in data.stories if each.answer is StoryAnswer.POSITIVE and _words(each) <= MOST_WORDS]
    found = sorted(short, key=lambda story: (not domains & set(story.domains), _words(story), story.key))
    for each in log.as_before(found, lambda story: quote_name(None, story.key)):
        if each.key not in log.used_stories:
            told = fill_words.story(data, _as("verhaal", placeholder, verhaal=each.key), log)
            if told:
                return told
    return ()


def _words(story: Story) -> int:
    return len(story.text.split())


def _quote(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    group = {key: value for key, value in placeholder.arguments.items() if key == "groep"}
    for wanted in ({"kleur": "positief", **group}, group, {"kleur": "positief"}, {}):
        found = fill_words.quote(data, _as("citaat", placeholder, **wanted), log)
        if found:
            return found
    return ()


def _none() -> list[Block]:
    return [Note(own_words(t(NO_STORY)))]


def _as(name: str, placeholder: Placeholder, **arguments: str) -> Placeholder:
    return Placeholder(name, arguments, placeholder.line)


def one_limit(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """The one limit that nobody may miss; the others stand at `grenzen`."""
    said = (
        mark("This is a snapshot of these families, without a comparison group."),
        mark("The numbers say what changed, not why: others helped too, and life went on."),
    )
    words = own_words(" ".join(t(sentence) for sentence in said))
    return [Paragraph((Run(own_words(t("One limit") + ". "), strong=True), Run(words)))]
