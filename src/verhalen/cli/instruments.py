"""Instruments on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t
from verhalen.model.instrument import Instrument


@click.group("instruments", invoke_without_command=True, help=t("Instruments: list, import, export, template."))
@click.pass_context
def instruments(context: click.Context) -> None:
    """List the instruments when no subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    state = context.ensure_object(Context)
    with state.open() as project:
        found = project.scores.instruments()
        older = {each.key: [one.version for one in project.scores.versions(each.key)] for each in found}
    header = (t("key"), t("name"), t("items"), t("version"), t("wording"))
    state.emit(
        [{**_row(each), "older": older[each.key]} for each in found],
        lambda: table(
            header,
            [(each.key, each.name, len(each.asked) or each.high, each.version, _wording(each)) for each in found],
        ),
    )


def _row(each: Instrument) -> dict[str, object]:
    return {
        "key": each.key,
        "name": each.name,
        "version": each.version,
        "items": [
            {"key": item.key, "name": item.name, "life_domain": item.domain, "retired": item.retired}
            for item in each.items
        ],
        "wording": "official" if each.wording == "officieel" else "own",
    }


def _wording(each: Instrument) -> str:
    return t("official") if each.wording == "officieel" else t("our own")


@instruments.command("import", help=t("Load an instrument (YAML), such as your organisation's official wording."))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@pass_context
def instruments_import(state: Context, files: tuple[Path, ...]) -> None:
    """Import instruments."""
    with state.open() as project:
        done = project.scores.import_instruments(*files)
    state.emit(
        [
            {
                "key": each.key,
                "name": each.name,
                "items": len(each.asked),
                "version": each.version,
                "retired": [item.key for item in each.items if item.retired],
            }
            for each in done
        ],
        lambda: [line for each in done for line in _imported(each)],
    )


def _imported(each: Instrument) -> list[str]:
    asked, gone = len(each.asked), [item.name for item in each.items if item.retired]
    said = [
        t(
            "{name}: {n} items. Version {version}, wording: {wording}.",
            name=each.name,
            n=asked or each.high,
            version=each.version,
            wording=_wording(each),
        )
    ]
    if gone:
        said.append(t("No longer asked; old scores stay readable: {items}.", items=", ".join(gone)))
    return said


@instruments.command("export", help=t("Write an instrument as YAML, to read, change and import again."))
@click.argument("key", metavar="KEY")
@click.option(
    "-o", "path", required=True, type=click.Path(path_type=Path), metavar="FILE", help=t("Where to write it.")
)
@pass_context
def instruments_export(state: Context, key: str, path: Path) -> None:
    """Export one."""
    with state.open() as project:
        written = project.scores.export_instrument(key, path)
    state.emit({"path": written}, lambda: [t("Written to {file}.", file=written)])


@instruments.command("template", help=t("Write a small instrument with explanations, to begin your own with."))
@click.option(
    "-o", "path", required=True, type=click.Path(path_type=Path), metavar="FILE", help=t("Where to write it.")
)
@pass_context
def instruments_template(state: Context, path: Path) -> None:
    """Write the template."""
    with state.open() as project:
        written = project.scores.instrument_template(path)
    state.emit({"path": written}, lambda: [t("Written to {file}.", file=written)])


COMMANDS = (instruments,)
