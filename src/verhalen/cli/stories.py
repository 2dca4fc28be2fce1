"""Stories on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verhalen.cli.output import Context, table
from verhalen.cli.story_papers import COMMANDS as PAPERS
from verhalen.i18n import t
from verhalen.model.consent import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verhalen.model.selecting import Choice, SelectionRound
    from verhalen.model.story import Story


@click.group(
    "stories", invoke_without_command=True, help=t("Stories: list, take in, write out; forms and sheets for families.")
)
@click.pass_context
def stories(context: click.Context) -> None:
    """List the stories when no subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    state = context.ensure_object(Context)
    with state.open() as project:
        found = project.stories.all()
        selected = project.rounds.selected()
    header = (t("story"), t("family"), t("title"), t("answer"), t("life domains"), t("in reports"))
    state.emit(
        [_row(story, selected.get(story.key, ())) for story in found],
        lambda: table(
            header,
            [
                (
                    each.key,
                    each.family,
                    each.title,
                    t(each.answer.label),
                    ", ".join(each.domains),
                    t(each.consent(Purpose.REPORT).label),
                )
                for each in found
            ],
        ),
    )


def _row(story: Story, selected: Iterable[tuple[SelectionRound, Choice]]) -> dict[str, object]:
    return {
        "story": story.key,
        "family": story.family,
        "answer": story.answer.value,
        "moment": story.moment.value if story.moment else None,
        "domains": list(story.domains),
        "consent": {purpose.value: story.consent(purpose).value for purpose in Purpose},
        "selected": [
            {"round": round_.key, "level": round_.level.value, "domain": choice.domain} for round_, choice in selected
        ],
    }


for command in PAPERS:
    stories.add_command(command)
COMMANDS = (stories,)
