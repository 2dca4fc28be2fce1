"""The codebook on the command line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from verhalen.cli.output import Context, pass_context
from verhalen.cli.tables import read_by
from verhalen.i18n import t, tn

Function = Callable[..., Any]


@click.group("codebook", invoke_without_command=True, help=t("The codebook: list, change, import, export."))
@click.pass_context
def codebook(context: click.Context) -> None:
    """List the codes when no subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    state = context.ensure_object(Context)
    with state.open() as project:
        book = project.codes.book()
    rows = [
        {
            "key": code.key,
            "name": code.name,
            "definition": code.definition,
            "parent": code.parent,
            "evidence": list(code.evidence),
            "touches": list(code.touches),
            "colour": code.colour,
            "patterns": [each.written for each in code.patterns],
            "deprecated": code.deprecated,
            "codings": code.codings,
        }
        for code in book
    ]
    state.emit(rows, lambda: [f"{'  ' * book.depth(code)}{code.key}  {code.name}  ({code.codings})" for code in book])


@codebook.command("import", help=t("Import a codebook (Markdown, CSV, XLSX, REFI-QDA .qdc)."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@pass_context
def codebook_import(state: Context, file: Path) -> None:
    """Import a codebook."""
    with state.open() as project:
        new, changed, warnings = project.codes.import_file(file)
    state.emit(
        {"new": new, "changed": changed, "warnings": [{"line": each.line, "text": str(each)} for each in warnings]},
        lambda: [t("{new} new codes, {changed} changed.", new=new, changed=changed), *(str(each) for each in warnings)],
    )


@codebook.command("export", help=t("Export the codebook (.md, .csv, .xlsx, .sav or .qdc)."))
@click.option("-o", "target", type=click.Path(path_type=Path), required=True, metavar="FILE", help=t("Where it goes."))
@pass_context
def codebook_export(state: Context, target: Path) -> None:
    """Export the codebook."""
    with state.open() as project:
        lines = project.codes.export_file(target)
    state.emit({"path": target}, lambda: [t("Written to {file}.", file=target), *read_by(lines)])


@codebook.command("sheet", help=t("Write the codes on a Word sheet of two pages, to talk about."))
@click.option(
    "-o", "target", type=click.Path(path_type=Path), required=True, metavar="FILE.docx", help=t("Where it goes.")
)
@pass_context
def codebook_sheet(state: Context, target: Path) -> None:
    """Write the sheet."""
    with state.open() as project:
        project.codes.sheet(target)
    state.emit({"path": target}, lambda: [t("Written to {file}.", file=target)])


# -- one code ----------------------------------------------------------------------------------------------------------


def _texts(function: Function) -> Function:
    """The options that say what a code means; what is not given stays."""
    for option in (
        click.option("--touches", metavar="KEYS", help=t("Life domains that are related, with commas.")),
        click.option("--evidence", metavar="KEYS", help=t("Life domains of which it tells how it goes, with commas.")),
        click.option("--colour", metavar="#RRGGBB", help=t("Its colour; empty for that of the code above it.")),
        click.option("--exclude", metavar="TEXT", help=t("When not to use it.")),
        click.option("--include", metavar="TEXT", help=t("When to use it.")),
        click.option("--definition", metavar="TEXT", help=t("What it means.")),
    ):
        function = option(function)
    return function


def _keys(written: str | None) -> tuple[str, ...] | None:
    return None if written is None else tuple(key for key in re.split(r"[,\s]+", written) if key)


@codebook.command("add", help=t("Add a code, behind the codes beside it."))
@click.argument("key", metavar="KEY")
@click.argument("name", metavar="NAME")
@click.option("--under", metavar="KEY", help=t("The code above it."))
@_texts
@pass_context
def codebook_add(
    state: Context,
    /,
    key: str,
    name: str,
    under: str | None,
    definition: str | None,
    include: str | None,
    exclude: str | None,
    colour: str | None,
    evidence: str | None,
    touches: str | None,
) -> None:
    """Add one code."""
    from verhalen.coding.codebook_editing import checked_key
    from verhalen.model.codebook import Code

    code = Code(
        checked_key(key),
        name,
        definition=definition or "",
        include=include or "",
        exclude=exclude or "",
        parent=under,
        evidence=_keys(evidence) or (),
        touches=_keys(touches) or (),
        colour=colour or "",
    )
    with state.open() as project:
        alike = project.codes.alike(name)
        made = project.codes.add(code, last=True)
    state.emit({"key": made.key, "alike": list(alike)}, lambda: [t("New code: {key}.", key=made.key), *_alike(alike)])


@codebook.command("edit", help=t("Change a code; what you do not name stays. Another key is followed everywhere."))
@click.argument("key", metavar="KEY")
@click.option("--key", "new_key", metavar="KEY", help=t("Another key."))
@click.option("--name", metavar="NAME", help=t("Another name."))
@_texts
@pass_context
def codebook_edit(
    state: Context,
    /,
    key: str,
    new_key: str | None,
    name: str | None,
    definition: str | None,
    include: str | None,
    exclude: str | None,
    colour: str | None,
    evidence: str | None,
    touches: str | None,
) -> None:
    """Change one code."""
    from verhalen.api.codes import Edit

    edit = Edit(
        key=new_key,
        name=name,
        definition=definition,
        include=include,
        exclude=exclude,
        colour=colour,
        evidence=_keys(evidence),
        touches=_keys(touches),
    )
    with state.open() as project:
        number = project.codes.get(key).id
        project.codes.edit(number, edit)
        alike = project.codes.alike(name, besides=number) if name else ()
    state.emit(
        {"key": new_key or key, "alike": list(alike)},
        lambda: [t("Changed: {key}. Undo with: verhalen undo", key=new_key or key), *_alike(alike)],
    )


def _alike(keys: tuple[str, ...]) -> list[str]:
    return [t("Mind: {keys} has the same name.", keys=", ".join(keys))] if keys else []


@codebook.command("move", help=t("Put a code, with all below it, elsewhere in the tree."))
@click.argument("key", metavar="KEY")
@click.option("--under", metavar="KEY", help=t("The code above it; without it the code stays where it is."))
@click.option("--top", is_flag=True, help=t("Above all other levels."))
@click.option(
    "--place", type=click.IntRange(min=1), metavar="N", help=t("Its place among the codes beside it, from 1.")
)
@pass_context
def codebook_move(state: Context, key: str, under: str | None, top: bool, place: int | None) -> None:
    """Move one code."""
    with state.open() as project:
        code = project.codes.get(key)
        parent = None if top else under or code.parent
        project.codes.move(code.id, parent=parent, place=place - 1 if place else None)
    state.emit({"key": key, "parent": parent}, lambda: [t("Moved: {key}. Undo with: verhalen undo", key=key)])


@codebook.command("merge", help=t("Take a code up in another one. The same words of one coder become one coding."))
@click.argument("key", metavar="KEY")
@click.argument("into", metavar="INTO")
@click.option("--overlaps", is_flag=True, help=t("Fragments of one coder that overlap become one too."))
@click.option("--plan", "only_plan", is_flag=True, help=t("Only say what would be done."))
@pass_context
def codebook_merge(state: Context, key: str, into: str, overlaps: bool, only_plan: bool) -> None:
    """Merge, or say what it would do."""
    with state.open() as project:
        act = project.codes.merge_plan if only_plan else project.codes.merge
        plan = act(project.codes.get(key).id, project.codes.get(into).id, join_overlaps=overlaps)
    state.emit(
        {
            "done": not only_plan,
            "codings": plan.codings,
            "joined": plan.joined,
            "overlapping": plan.apart,
            "children": list(plan.children),
            "memos": plan.memos,
        },
        lambda: [
            t("{key} would go into {into}:", key=key, into=into)
            if only_plan
            else t("{key} went into {into}. Undo with: verhalen undo", key=key, into=into),
            tn("{n} coding", "{n} codings", plan.codings),
            tn("{n} is taken up in another one", "{n} are taken up in another one", plan.joined),
            tn(
                "{n} overlaps another one and stays apart (--overlaps joins them)",
                "{n} overlap another one and stay apart (--overlaps joins them)",
                plan.apart,
            ),
            tn("{n} code below it", "{n} codes below it", len(plan.children)),
        ],
    )


@codebook.command("deprecate", help=t("Say that a code is out of use; its codings stay."))
@click.argument("key", metavar="KEY")
@click.option("--back", is_flag=True, help=t("In use again."))
@pass_context
def codebook_deprecate(state: Context, key: str, back: bool) -> None:
    """Out of use, or in use again."""
    from verhalen.api.codes import Edit

    with state.open() as project:
        project.codes.edit(project.codes.get(key).id, Edit(deprecated=not back))
    state.emit(
        {"key": key, "deprecated": not back},
        lambda: [t("{key} is in use again.", key=key) if back else t("{key} is out of use now.", key=key)],
    )


@codebook.command("remove", help=t("Delete a code on which nothing hangs."))
@click.argument("key", metavar="KEY")
@pass_context
def codebook_remove(state: Context, key: str) -> None:
    """Delete one code."""
    with state.open() as project:
        project.codes.remove(project.codes.get(key).id)
    state.emit({}, lambda: [t("Removed. Undo with: verhalen undo")])


COMMANDS = (codebook,)
