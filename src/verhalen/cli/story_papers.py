"""Stories on paper and in files, on the command line: form, import, export, columns, the sheet for a family."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli.mappings import mapping_commands
from verhalen.cli.output import Context, pass_context, table
from verhalen.cli.tables import read_by
from verhalen.i18n import t, tn

if TYPE_CHECKING:
    from verhalen.api.story_papers import FileTaken
    from verhalen.exchange.story_preview import StoryPreview
    from verhalen.exchange.story_sheets import SheetRead
    from verhalen.exchange.story_tables import StoryImport

_FEW = 20


@click.command(
    "form", help=t("Write the form on which a story is written down or dictated in Word; a filled one is imported.")
)
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE.docx",
    help=t("Where it goes (default: transcripts/)."),
)
@click.option("--family", default="", metavar="KEY", help=t("Fill in the code of the family."))
@click.option("--person", default="", metavar="KEY", help=t("Fill in who tells, as in moeder."))
@click.option("--language", default="", metavar="XX", help=t("Language of the form: nl or en."))
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help=t("Fill in the day."))
@pass_context
def stories_form(
    state: Context, target: Path | None, family: str, person: str, language: str, day: dt.datetime | None
) -> None:
    """Write the form."""
    on = day.date() if day else None
    with state.open() as project:
        path = project.story_papers.form(target, family=family, member=person, day=on, language=language)
    state.emit(
        {"path": str(path)},
        lambda: [t("{file} is ready. Take it in with: verhalen stories import {file}", file=path.name)],
    )


@click.command(
    "import",
    help=t(
        "Take in stories: tables (CSV, XLSX), Markdown, filled forms and sheets of families (DOCX), or a folder of these."
    ),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--mapping", metavar="NAME", help=t("Columns that were kept under this name."))
@click.option("--preview", is_flag=True, help=t("Say what would change; store nothing."))
@pass_context
def stories_import(state: Context, file: Path, mapping: str | None, preview: bool) -> None:
    """Import stories."""
    with state.open() as project:
        papers = project.story_papers
        if file.is_dir():
            if preview:
                raise errors.BadInput(reason=t("a preview shows one file; name it"))
            _show_folder(state, papers.import_folder(file))
        elif preview:
            _show_preview(state, papers.preview(file, mapping=mapping))
        else:
            _show(state, papers.take_in(file, mapping=mapping))


def _show(state: Context, done: StoryImport | SheetRead) -> None:
    from verhalen.exchange.story_sheets import SheetRead

    if isinstance(done, SheetRead):
        state.emit(_sheet(done), lambda: _sheet_lines(done))
    else:
        state.emit(_counts(done), lambda: [_sentence(done), *map(str, done.warnings)])


def _counts(done: StoryImport) -> dict[str, object]:
    return {
        "new": done.new,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "stories": list(done.keys),
        "warnings": [{"line": each.line, "text": str(each)} for each in done.warnings],
    }


def _sentence(done: StoryImport) -> str:
    return t(
        "{new} new, {changed} changed, {unchanged} unchanged.",
        new=done.new,
        changed=done.changed,
        unchanged=done.unchanged,
    )


def _show_folder(state: Context, taken: list[FileTaken]) -> None:
    """Every file with what became of it; exit code 1 where one was refused, 2 where all were."""
    refused = [each for each in taken if each.error]
    state.exit_code = 0 if not refused else 2 if len(refused) == len(taken) else 1

    def said(each: FileTaken) -> list[str]:
        from verhalen.exchange.story_sheets import SheetRead

        if each.error is not None or each.done is None:
            return [f"{each.path.name}: {each.error}"]
        if isinstance(each.done, SheetRead):
            return [f"{each.path.name}: {line}" for line in _sheet_lines(each.done)]
        return [f"{each.path.name}: {_sentence(each.done)}", *(f"  {notice}" for notice in each.done.warnings)]

    state.emit([_taken(each) for each in taken], lambda: [line for each in taken for line in said(each)])


def _taken(each: FileTaken) -> dict[str, object]:
    from verhalen.exchange.story_sheets import SheetRead

    found: dict[str, object] = {"file": each.path.name, "error": None, "done": None}
    if each.error is not None:
        found["error"] = {"code": each.error.code, "message": str(each.error)}
    elif isinstance(each.done, SheetRead):
        found["done"] = _sheet(each.done)
    elif each.done is not None:
        found["done"] = _counts(each.done)
    return found


def _show_preview(state: Context, found: StoryPreview) -> None:
    """Say what columns mean, what would change and what stands in the way; exit code 1 where something does."""
    state.exit_code = 1 if found.errors else 0
    header = (t("column"), t("meaning"), t("what happens with it"), t("filled"))

    def lines() -> list[str]:
        said: list[str] = []
        for sheet in found.sheets:
            rows = [(each.column, each.meaning, t(each.use), each.filled) for each in sheet.columns]
            said += [*([sheet.sheet] if sheet.sheet else []), *table(header, rows), ""]
        if found.skipped:
            said += [t("Left out, as the mapping says: {columns}.", columns=", ".join(found.skipped)), ""]
        said += [errors.row_words(each.row, each.column, each.message) for each in found.errors[:_FEW]]
        if len(found.errors) > _FEW:
            said.append(t("And {n} more.", n=len(found.errors) - _FEW))
        return [
            *said,
            _sentence(found.would),
            *map(str, found.would.warnings),
            t("This was a preview. Nothing was stored."),
        ]

    state.emit(
        {
            "sheets": [
                {
                    "sheet": sheet.sheet,
                    "rows": sheet.rows,
                    "columns": [
                        {"column": each.column, "meaning": each.meaning, "use": t(each.use), "filled": each.filled}
                        for each in sheet.columns
                    ],
                }
                for sheet in found.sheets
            ],
            "skipped": list(found.skipped),
            "mapping": found.would.mapping,
            "would": _counts(found.would),
            "errors": [{"row": each.row, "column": each.column, "message": each.message} for each in found.errors],
        },
        lines,
    )


@click.command(
    "export",
    help=t(
        "Write stories with all their fields as CSV, XLSX or Markdown; an import of the file changes nothing. As SAV: for SPSS "
        "and R.\n\n"
        "Without --for everything is in it: for inside only. With it only stories and voices that said yes to that."
    ),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--for", "audience", type=click.Choice(["council", "research"]), help=t("For whom: only what they may have.")
)
@pass_context
def stories_export(state: Context, file: Path, audience: str | None) -> None:
    """Export stories."""
    with state.open() as project:
        done = project.story_papers.export(file, audience=audience or "")

    def said() -> list[str]:
        count = tn("{n} story: {file}", "{n} stories: {file}", done.stories, file=done.path)
        if audience is None:
            inside = t("Consent was not looked at: this file is for inside. For others use --for.")
            return [count, inside, *read_by(done.lines)]
        left = tn("{n} story was left out: no yes.", "{n} stories were left out: no yes.", done.left_out)
        names = t("Names may still stand in the words: read them before you pass the file on.")
        return [count, left, names, *read_by(done.lines)]

    state.emit(
        {"path": str(done.path), "stories": done.stories, "voices": done.voices, "left_out": done.left_out}, said
    )


_MAPPINGS = mapping_commands(
    lambda project: project.story_papers,
    'verhalen stories mapping Dienst --set "Ons nummer=gezin" --value Soort:goed=positief',
)


@click.command(
    "sheet", help=t("Write the page on which a family reads what it told, says whether it is right, and gives consent.")
)
@click.argument("key", metavar="KEY")
@click.option(
    "-o", "target", type=click.Path(path_type=Path), required=True, metavar="FILE.docx", help=t("Where it goes.")
)
@click.option("--child", is_flag=True, help=t("For a child: faces and fewer words."))
@click.option(
    "--language", default="nl", show_default=True, metavar="XX", help=t("Language of the sheet: nl, en, fr, ar.")
)
@pass_context
def stories_sheet(state: Context, key: str, target: Path, child: bool, language: str) -> None:
    """Write the sheet."""
    with state.open() as project:
        project.story_papers.sheet(key, target, child=child, language=language)
    said = [t("{file} is ready. When it comes back: verhalen stories import {file}", file=target.name)]
    if language != "nl":
        said.append(t("This translation is a draft, and the sheet says so. Let somebody who speaks it read it first."))
    state.emit({"path": str(target), "story": key, "language": language}, lambda: said)


def _sheet(done: SheetRead) -> dict[str, object]:
    return {
        "story": done.story,
        "outcome": done.outcome.value if done.outcome else None,
        "consents": [
            {"purpose": each.purpose.value, "answer": each.answer.value, "side": each.side, "day": each.day}
            for each in done.consents
        ],
        "new": done.is_new,
        "warnings": [str(each) for each in done.warnings],
    }


def _sheet_lines(done: SheetRead) -> list[str]:
    if not done.is_new:
        return [t("Nothing new on this sheet of story {key}.", key=done.story), *map(str, done.warnings)]
    said = t(done.outcome.label) if done.outcome else t("not answered")
    lines = [t("Story {key}: {said}", key=done.story, said=said)]
    for each in done.consents:
        values = {"purpose": t(each.purpose.label), "answer": t(each.answer.label)}
        lines.append(
            "  "
            + (
                t("{purpose}, says a parent: {answer}", **values)
                if each.side
                else "{purpose}: {answer}".format(**values)
            )
        )
    return [*lines, *map(str, done.warnings)]


COMMANDS = (
    *(stories_form, stories_import, stories_export, stories_sheet),
    *_MAPPINGS,
)
