"""Columns of other programs on the command line, kept under a name: the same commands for scores, families and stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli.output import Context, pass_context
from verhalen.i18n import t
from verhalen.model.mapping import LEFT_OUT, ColumnMapping

if TYPE_CHECKING:
    from verhalen.api.families import Families
    from verhalen.api.project import Project
    from verhalen.api.scores import Scores
    from verhalen.api.story_papers import StoryPapers

Kept = Callable[["Project"], "Scores | Families | StoryPapers"]
"""The part of a project whose columns are meant."""


def mapping_commands(kept: Kept, example: str) -> tuple[click.Command, click.Command]:
    """The commands `mappings` and `mapping` for one kind of tables; `example` is a line of its help."""

    @click.command("mappings", help=t("Columns of other programs that were kept."))
    @pass_context
    def mappings(state: Context) -> None:
        """List them."""
        with state.open() as project:
            found = kept(project).mappings()
        state.emit(
            [_row(name, mapping) for name, mapping in found.items()],
            lambda: [line for name, mapping in found.items() for line in _lines(name, mapping)],
        )

    about = t(
        "Keep under a name what the columns of another program mean, and what its values mean; without an option show it."
    )

    @click.command("mapping", help=f"{about}\n\n{t('For instance: {example}', example=example)}")
    @click.argument("name", metavar="NAME")
    @click.option("--set", "columns", multiple=True, metavar="TEXT", help=t("COLUMN=OURS; - for OURS leaves it out."))
    @click.option(
        "--value", "values", multiple=True, metavar="TEXT", help=t("COLUMN:WRITTEN=OURS: what a value means.")
    )
    @click.option("--remove", is_flag=True, help=t("Forget this mapping."))
    @pass_context
    def mapping_(state: Context, name: str, columns: tuple[str, ...], values: tuple[str, ...], *, remove: bool) -> None:
        """Show, change or forget one."""
        with state.open() as project:
            part = kept(project)
            mapping = part.mappings().get(name)
            if remove:
                part.forget_mapping(name)
                mapping = ColumnMapping()
            elif columns or values:
                mapping = _changed(mapping or ColumnMapping(), columns, values)
                part.keep_mapping(name, mapping)
            elif mapping is None:
                raise errors.UnknownMapping(key=name)
        said = mapping
        state.emit(_row(name, said), lambda: [t("Forgotten: {name}", name=name)] if remove else _lines(name, said))

    return mapping_, mappings


def _changed(mapping: ColumnMapping, columns: Iterable[str], values: Iterable[str]) -> ColumnMapping:
    """With what was given; what stood there stays."""
    named = dict(mapping.columns)
    for said in columns:
        column, sign, ours = said.rpartition("=")
        if not sign or not column.strip() or not ours.strip():
            raise errors.BadInput(reason=t("write a column as COLUMN=OURS, as in Gezinsnr=gezin"))
        named[column.strip()] = ours.strip()
    meant = {column: dict(known) for column, known in mapping.values.items()}
    for said in values:
        place, sign, ours = said.rpartition("=")
        column, colon, written = place.partition(":")
        if not sign or not colon or not column.strip() or not written.strip():
            raise errors.BadInput(reason=t("write a value as COLUMN:WRITTEN=OURS, as in Score:Ja=5"))
        meant.setdefault(column.strip(), {})[written.strip()] = ours.strip()
    return replace(mapping, columns=named, values=meant)


def _row(name: str, mapping: ColumnMapping) -> dict[str, object]:
    return {"name": name, "columns": mapping.columns, "values": mapping.values}


def _lines(name: str, mapping: ColumnMapping) -> list[str]:
    said = [name]
    said += [f"  {column} → {t('left out') if ours == LEFT_OUT else ours}" for column, ours in mapping.columns.items()]
    for column, known in mapping.values.items():
        said += [f"  {column}: {written} → {ours}" for written, ours in known.items()]
    return said
