"""Memos on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t
from verhalen.model.ids import decode_id, encode_id

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.model.memo import Memo

TARGET = t("project, the number of a text, a place in one (12@1530), a coding, or the key of a code, family or story")


@click.group(
    "memos", invoke_without_command=True, help=t("Memos, newest first; with a subcommand export or import them.")
)
@click.option("--target", default="", metavar="TARGET", help=t("Only about this: {target}.", target=TARGET))
@click.option("--find", "words", default="", metavar="TEXT", help=t("Only those with these words."))
@click.pass_context
def memos(context: click.Context, target: str, words: str) -> None:
    """List the memos when no subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    state = context.ensure_object(Context)
    with state.open() as project:
        rows = [_row(project, memo) for memo in project.memos.all(target=target, find=words)]
    header = (t("memo"), t("time"), t("coder"), t("about"), t("text"))
    state.emit(
        rows,
        lambda: table(
            header, [(row["memo_id"], row["created"][:16], row["coder"], row["label"], row["text"]) for row in rows]
        ),
    )


def _row(project: Project, memo: Memo) -> dict[str, str]:
    return {
        "memo_id": encode_id(memo.id),
        "kind": memo.target,
        "target": project.memos.reference(memo),
        "label": project.memos.label(memo),
        "text": memo.text,
        "coder": memo.coder,
        "created": memo.created,
    }


@memos.command("export", help=t("Write all memos to a file: Markdown or CSV, by suffix."))
@click.option("-o", "out", required=True, type=click.Path(path_type=Path), metavar="FILE", help=t("The file to write."))
@pass_context
def memos_export(state: Context, out: Path) -> None:
    """Write them."""
    with state.open() as project:
        count = project.memos.export_file(out)
    state.emit({"path": str(out), "memos": count}, lambda: [t("{n} memos: {path}", n=count, path=out)])


@memos.command("import", help=t("Read memos back from a file that export wrote, perhaps with other words in it."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@pass_context
def memos_import(state: Context, file: Path) -> None:
    """Store what is missing, change one's own, list what has no place."""
    with state.open() as project:
        done = project.memos.import_file(file)
    state.emit(
        {
            "new": done.new,
            "changed": done.changed,
            "unchanged": done.unchanged,
            "left_out": [{"line": each.line, "text": str(each)} for each in done.left_out],
        },
        lambda: [
            t(
                "{what}: {new} new, {changed} changed, {unchanged} unchanged.",
                what=t("memos"),
                new=done.new,
                changed=done.changed,
                unchanged=done.unchanged,
            ),
            *(t("line {n}: {what}", n=each.line, what=each) if each.line else str(each) for each in done.left_out),
        ],
    )


@click.group("memo", help=t("Write, change or remove a memo."))
def memo() -> None:
    """The acts on one memo."""


@memo.command("add", help=t("Write a memo about {target}.", target=TARGET))
@click.argument("target", metavar="TARGET")
@click.argument("text", metavar="TEXT")
@pass_context
def memo_add(state: Context, target: str, text: str) -> None:
    """Store it."""
    with state.open() as project:
        made = project.memos.add(target, text)
        label = project.memos.label(made)
    state.emit({"memo_id": encode_id(made.id)}, lambda: [t("Memo stored: {label}.", label=label)])


@memo.command("change", help=t("Write your own memo anew."))
@click.argument("memo_id", metavar="MEMO")
@click.argument("text", metavar="TEXT")
@pass_context
def memo_change(state: Context, memo_id: str, text: str) -> None:
    """Give it other words."""
    with state.open() as project:
        project.memos.change(_number(memo_id), text)
    state.emit({}, lambda: [t("The memo was changed.")])


@memo.command("remove", help=t("Remove your own memo; undo brings it back."))
@click.argument("memo_id", metavar="MEMO")
@pass_context
def memo_remove(state: Context, memo_id: str) -> None:
    """Take it away."""
    with state.open() as project:
        project.memos.remove(_number(memo_id))
    state.emit({}, lambda: [t("The memo was removed.")])


def _number(text: str) -> int:
    number = decode_id(text)
    if number is None:
        raise errors.UnknownMemo(key=text)
    return number


COMMANDS = (memos, memo)
