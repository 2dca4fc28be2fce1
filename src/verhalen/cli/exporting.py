"""The whole project to another program. An export is a way out: what leaves is said each time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen.cli.output import Context, pass_context, tell
from verhalen.cli.tables import read_by
from verhalen.i18n import t, tn

if TYPE_CHECKING:
    from verhalen.exchange.refi_qda.exporting import Exported


@click.command(
    "export",
    help=t(
        "Write the whole project for another program (.qdpx), its codebook (.qdc), or all codings as a table (.csv, .xlsx, "
        ".sav). What .qdpx has no place for goes into a file beside it, from which verhalen reads it back. No consent is "
        "looked at: keep it all as safe as the project."
    ),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--for",
    "profile",
    type=click.Choice(["standard", "nvivo"]),
    default="standard",
    help=t("As the standard says, or as NVivo counts places in a text."),
)
@click.option("--no-rich", is_flag=True, help=t("Without the Word files from which texts came."))
@click.option("--no-sidecar", is_flag=True, help=t("Without the file beside it."))
@pass_context
def export(state: Context, file: Path, profile: str, no_rich: bool, no_sidecar: bool) -> None:
    """Export."""
    with state.open() as project:
        done = project.exchange.export(file, profile=profile, rich=not no_rich, sidecar=not no_sidecar)
    if file.suffix.lower() == ".qdpx" and done.wide and profile != "nvivo":
        tell(
            tn(
                "{n} text holds emoji or the like, which NVivo counts otherwise. For NVivo add: --for nvivo",
                "{n} texts hold emoji or the like, which NVivo counts otherwise. For NVivo add: --for nvivo",
                done.wide,
            )
        )
    state.emit(_row(done), lambda: _lines(done))


def _row(done: Exported) -> dict[str, object]:
    return {
        "path": done.path,
        "sidecar": done.sidecar,
        "sources": done.sources,
        "rich": done.rich,
        "codes": done.codes,
        "codings": done.codings,
        "memos": done.memos,
        "coders": done.coders,
        "families": done.families,
        "persons": done.persons,
        "wide": done.wide,
    }


def _lines(done: Exported) -> list[str]:
    if done.path.suffix.lower() == ".qdc":
        codes = tn("{n} code", "{n} codes", done.codes)
        return [t("Written to {file}.", file=done.path), f"  {codes}"]
    if done.path.suffix.lower() != ".qdpx":
        rows = tn("{n} coding", "{n} codings", done.codings)
        masked = t("Nothing is masked in it: for research, not to be published as it is.")
        return [t("Written to {file}.", file=done.path), f"  {rows}", masked, *read_by(done.lines)]
    lines = [
        t("Written to {file}. It holds:", file=done.path),
        "  "
        + tn(
            "{n} text, word for word as it is stored here",
            "{n} texts, word for word as they are stored here",
            done.sources,
        ),
        "  " + tn("{n} of them as a Word file too", "{n} of them as Word files too", done.rich),
        "  "
        + ", ".join(
            [
                tn("{n} code", "{n} codes", done.codes),
                tn("{n} coding", "{n} codings", done.codings),
                tn("{n} memo", "{n} memos", done.memos),
            ]
        ),
        "  " + tn("the name of {n} coder", "the names of {n} coders", done.coders),
        "  "
        + tn(
            "{n} family by its code, with its persons by their roles",
            "{n} families by their codes, with their persons by their roles",
            done.families,
        ),
    ]
    if done.sidecar:
        lines.append(
            t(
                "Beside it, only for verhalen: {file} (support, scores, stories, rounds, signals).",
                file=done.sidecar.name,
            )
        )
    lines.append(t("Names from the key are not in it. Nobody's consent was looked at: keep it as safe as the project."))
    return lines


COMMANDS = (export,)
