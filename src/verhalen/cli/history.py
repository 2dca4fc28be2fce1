"""The history on the command line: history, undo, redo."""

from __future__ import annotations

import click

from verhalen.api.history import Undone
from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t
from verhalen.model.ids import encode_id


@click.command("history", help=t("Everything that was done, newest first."))
@click.option("--limit", type=int, default=None, metavar="N", help=t("At most so many."))
@pass_context
def history(state: Context, limit: int | None) -> None:
    """List the changes."""
    with state.open() as project:
        found = [(change, project.history.label(change)) for change in project.history.entries(limit=limit)]
    rows = [
        {
            "change": encode_id(change.id),
            "act": change.act.value,
            "label": label,
            "coder": change.coder,
            "time": change.time,
            "undoes": encode_id(change.undoes) if change.undoes else None,
            "undone": change.undone,
        }
        for change, label in found
    ]
    header = (t("change"), t("time"), t("coder"), t("what"), "")
    state.emit(
        rows,
        lambda: table(
            header,
            [
                (row["change"], str(row["time"])[:19], row["coder"], row["label"], t("undone") if row["undone"] else "")
                for row in rows
            ],
        ),
    )


def _say(state: Context, done: Undone) -> None:
    state.emit(
        {"change": encode_id(done.change), "label": done.label, "undone_change": encode_id(done.undone_change)},
        lambda: [done.label[:1].upper() + done.label[1:] + "."],
    )


@click.command("undo", help=t("Undo your own newest change, or the one named."))
@click.argument("change", required=False, metavar="[CHANGE]")
@pass_context
def undo(state: Context, change: str | None) -> None:
    """Undo."""
    with state.open() as project:
        _say(state, project.history.undo(change))


@click.command("redo", help=t("Redo what you undid last."))
@pass_context
def redo(state: Context) -> None:
    """Redo."""
    with state.open() as project:
        _say(state, project.history.redo())


COMMANDS = (history, undo, redo)
