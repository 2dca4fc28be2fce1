"""The feedback log on the command line: what went back, and what is still to be told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from verhalen.cli.days import one_day, today
from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.model.following import Feedback


@click.group(
    "feedback",
    invoke_without_command=True,
    help=t("Feedback: what went back to tellers and others, and what still must."),
)
@click.option("--open", "only_open", is_flag=True, help=t("Only what is still to be told."))
@click.pass_context
def feedback(context: click.Context, *, only_open: bool) -> None:
    """List the log when no subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    state = context.ensure_object(Context)
    with state.open() as project:
        found = project.feedback.to_do() if only_open else project.feedback.all()
    state.emit(
        [_row(each) for each in found],
        lambda: table(
            (t("id"), t("day"), t("to whom"), t("story"), t("round"), t("what goes back"), t("reaction")),
            [
                (_id(each), each.day or t("still to do"), each.whom, each.story, each.round, each.body, each.reaction)
                for each in found
            ],
        ),
    )


def _id(line: Feedback) -> str:
    from verhalen.model.ids import encode_id

    return encode_id(line.id)


def _row(line: Feedback) -> dict[str, object]:
    return {
        "feedback": _id(line),
        "whom": line.whom,
        "day": line.day,
        "how": line.how,
        "text": line.body,
        "reaction": line.reaction,
        "story": line.story,
        "round": line.round,
    }


@feedback.command("add", help=t("Write down what went back to somebody, or with --planned what still must."))
@click.argument("whom", metavar="TEXT")
@click.argument("text", metavar="TEXT")
@click.option("--story", default="", metavar="KEY", help=t("About which story."))
@click.option("--round", "round_", default="", metavar="KEY", help=t("After which round."))
@click.option("--how", default="", metavar="TEXT", help=t("How: at home, by telephone, on paper."))
@click.option("--reaction", default="", metavar="TEXT", help=t("What they said."))
@click.option("--day", type=one_day, metavar="DAY", help=t("When; without it today."))
@click.option("--planned", is_flag=True, help=t("Still to be told."))
@pass_context
def feedback_add(
    state: Context,
    whom: str,
    text: str,
    story: str,
    round_: str,
    how: str,
    reaction: str,
    day: dt.date | None,
    *,
    planned: bool,
) -> None:
    """Store a line."""
    from verhalen.model.following import Feedback

    wanted = Feedback(whom, text, None if planned else day or today(), how, reaction, story, round_)
    with state.open() as project:
        made = project.feedback.add(wanted, today=today())
    state.emit(_row(made), lambda: [t("Noted.")])


@feedback.command("done", help=t("It was told: when, how, and what they said."))
@click.argument("key", metavar="ID")
@click.option("--how", default="", metavar="TEXT", help=t("How: at home, by telephone, on paper."))
@click.option("--reaction", default="", metavar="TEXT", help=t("What they said."))
@click.option("--day", type=one_day, metavar="DAY", help=t("When; without it today."))
@pass_context
def feedback_done(state: Context, key: str, how: str, reaction: str, day: dt.date | None) -> None:
    """Note it on the line."""
    with state.open() as project:
        there = project.feedback.get(key)
        said = {"how": how or there.how, "reaction": reaction or there.reaction}
        done = project.feedback.edit(there.id, day=day or today(), **said, today=today())
    state.emit(_row(done), lambda: [t("Noted.")])


@feedback.command("remove", help=t("Take a line away; undo brings it back."))
@click.argument("key", metavar="ID")
@pass_context
def feedback_remove(state: Context, key: str) -> None:
    """Take it away."""
    with state.open() as project:
        project.feedback.remove(project.feedback.get(key).id)
    state.emit({}, lambda: [t("Removed. Undo brings it back.")])


COMMANDS = (feedback,)
