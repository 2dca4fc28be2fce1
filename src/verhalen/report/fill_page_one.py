"""What stands up front: one story or quote, one limit, a table of contents."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen.i18n import mark, t
from verhalen.privacy.clearance import own_words
from verhalen.report import fill_words
from verhalen.report.blocks import Block, Callout, Contents, Note
from verhalen.report.data import ReportData
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder

NO_STORY = mark("There is no story or quote yet that its teller lets us print here.")


def contents(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """A table of contents, which Word fills when the document is opened."""
    return [Contents(own_words(t("Contents")))]


def up_front(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """The story that was named; else a quote about the group, or any story for the better; else a sentence that says so."""
    arguments = placeholder.arguments
    group = {"groep": arguments["groep"]} if "groep" in arguments else {}
    before = len(log.warnings)
    if "verhaal" in arguments:
        return fill_words.story(data, _as("verhaal", placeholder, verhaal=arguments["verhaal"]), log) or _none()
    if "codering" in arguments:
        return fill_words.quote(data, _as("citaat", placeholder, codering=arguments["codering"]), log) or _none()
    found = (
        fill_words.quote(data, _as("citaat", placeholder, kleur="positief", **group), log)
        or (fill_words.quote(data, _as("citaat", placeholder, **group), log) if group else ())
        or fill_words.quote(data, _as("citaat", placeholder, kleur="positief"), log)
        or fill_words.story(data, _as("verhaal", placeholder, antwoord="positief"), log)
        or fill_words.story(data, _as("verhaal", placeholder), log)
    )
    if found:  # what was tried before it is no news
        del log.warnings[before:]
        return found
    del log.warnings[before + 1 :]
    return _none()


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
    return [Callout(own_words(t("One limit")), tuple(own_words(t(sentence)) for sentence in said))]
