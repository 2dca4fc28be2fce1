"""From a story to its text with the interpretation scheme on the digits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from verhalen.i18n import t
from verhalen.model.story import Story
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.dialogs import choose
from verhalen.tui.story_page import who_tells

if TYPE_CHECKING:
    from verhalen.coding.scheme import Element


def mark_up(screen: CommandScreen[Any], story: Story) -> None:
    """Open the text of the story, or of one of its voices; codes of the scheme that are missing are made first."""
    if not story.others:
        _open(screen, story.source_id)
        return
    told = [(story.source_id, story.voice), *((each.source_id, each) for each in story.others)]
    answers = [(str(source), who_tells(voice)) for source, voice in told]
    choose(screen, t("Whose words?"), answers, lambda source: _open(screen, int(source)))


def _open(screen: CommandScreen[Any], source_id: int) -> None:
    number = next(each.number for each in screen.project.sources.all() if each.id == source_id)

    def made(elements: Sequence[Element]) -> None:
        screen.frame.open_coding(number, digits=[each.code_id for each in elements])

    if all(each.code_id for each in screen.project.scheme.elements()):
        made(screen.project.scheme.elements())
    else:
        screen.write(lambda project: project.scheme.make(), made)
