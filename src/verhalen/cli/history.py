"""The history on the command line: history, undo, redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t, tn
from verhalen.model.ids import encode_id

if TYPE_CHECKING:
    from verhalen.api.history import Gone, Undone
    from verhalen.model.act import Change


@click.group("history", invoke_without_command=True, help=t("Everything that was done, newest first."))
@click.option("--limit", type=int, default=None, metavar="N", help=t("At most so many."))
@click.pass_context
def history(context: click.Context, limit: int | None) -> None:
    """List the changes when no subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    state = context.ensure_object(Context)
    with state.open() as project:
        found = [(change, project.history.label(change)) for change in project.history.entries(limit=limit)]
    rows = [_row(change, label) for change, label in found]
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


def _row(change: Change, label: str) -> dict[str, object]:
    return {
        "change": encode_id(change.id),
        "act": change.act.value,
        "label": label,
        "coder": change.coder,
        "time": change.time,
        "undoes": encode_id(change.undoes) if change.undoes else None,
        "undone": change.undone,
    }


@history.command("back", help=t("Undo all your own changes after the one named; without --yes only say which."))
@click.argument("change", metavar="CHANGE")
@click.option("--yes", is_flag=True, help=t("Really do it."))
@pass_context
def history_back(state: Context, change: str, *, yes: bool) -> None:
    """Go back to a point, as far as others' work allows."""
    from verhalen.api.history import Gone

    with state.open() as project:
        would = [(each.id, project.history.label(each)) for each in project.history.would_go_back(change)]
        gone = project.history.go_back(change) if yes else Gone(())
    state.exit_code = 1 if gone.refused else 0
    coming = [] if yes else would
    said = {
        "would_undo": [{"change": encode_id(number), "label": label} for number, label in coming],
        "undone": _done(gone),
        "refused": _refused(gone),
        "others": gone.others,
    }
    asking = [t("Nothing was changed. With --yes these are taken back:"), *(f"  {label}" for _, label in coming)]
    state.emit(said, lambda: _told(gone) if yes else asking if coming else [t("Nothing of yours came after it.")])


@history.command("forth", help=t("Redo everything that you took back since your last act."))
@pass_context
def history_forth(state: Context) -> None:
    """Bring all back."""
    with state.open() as project:
        gone = project.history.go_forth()
    state.exit_code = 1 if gone.refused else 0
    state.emit({"redone": _done(gone), "refused": _refused(gone)}, lambda: _told(gone))


def _done(gone: Gone) -> list[dict[str, str]]:
    return [
        {"change": encode_id(each.change), "label": each.label, "undone_change": encode_id(each.undone_change)}
        for each in gone.done
    ]


def _refused(gone: Gone) -> list[dict[str, str]]:
    return [{"change": encode_id(each.change), "label": each.label, "reason": each.reason} for each in gone.refused]


def _told(gone: Gone) -> list[str]:
    lines = [each.label[:1].upper() + each.label[1:] + "." for each in gone.done] or [t("Nothing was changed.")]
    lines += [t("Not taken back: {label}: {reason}.", label=each.label, reason=each.reason) for each in gone.refused]
    if gone.others:
        others = gone.others
        lines.append(tn("{n} change of others stays.", "{n} changes of others stay.", others))
    return lines


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
