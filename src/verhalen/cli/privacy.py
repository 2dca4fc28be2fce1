"""The key and leaks on the command line. Names are printed by `key list` alone."""

from __future__ import annotations

from pathlib import Path

import click

from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import mark, t
from verhalen.model.masking import NameKind

_KINDS = click.Choice([each.value for each in NameKind])


_WAY_OUT = mark("Replace the names of a text with: verhalen mask ID. Other files you put right or delete yourself.")


@click.command("leaks", help=t("Look for real names of the key in the whole workspace and in finished reports."))
@click.argument("further", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PATH]...")
@click.option(
    "--key", "key", type=click.Path(path_type=Path), metavar="FILE", help=t("Another key than the project's.")
)
@pass_context
def leaks(state: Context, further: tuple[Path, ...], key: Path | None) -> None:
    """Exit code 1 when a name was found."""
    with state.open() as project:
        found = project.privacy.leaks(key=key, further=further)
    state.exit_code = 1 if found else 0
    state.emit(
        [{"file": each.file, "count": each.count} for each in found],
        lambda: (
            [*table((t("file"), t("places")), [(each.file, each.count) for each in found]), t(_WAY_OUT)]
            if found
            else [t("No name of the key was found. A name that is not in the key cannot be found: a person must read.")]
        ),
    )


@click.group("key", help=t("The key: real names and what stands for them, in a file apart from the project."))
def key_group() -> None:
    """Hold the subcommands."""


@key_group.command("show", help=t("Where the key lies and how many names it holds."))
@pass_context
def key_show(state: Context) -> None:
    """Path and numbers, no names."""
    with state.open() as project:
        key = project.privacy.key()
    names, nicknames = len(key.entries), len(key.nicknames())
    state.emit(
        {"path": str(key.path), "names": names, "nicknames": nicknames},
        lambda: [
            t("The key lies at {path}.", path=key.path),
            t("Names: {names}. Nicknames of families: {nicknames}.", names=names, nicknames=nicknames),
        ],
    )


@key_group.command("list", help=t("Show the names with what stands for them. Mind who looks along."))
@pass_context
def key_list(state: Context) -> None:
    """The one command that prints names."""
    with state.open() as project:
        entries = project.privacy.key().entries
    rows = [{"name": each.name, "kind": each.kind.value, "replacement": each.replacement} for each in entries]
    header = (t("name"), t("kind"), t("replacement"))
    state.emit(rows, lambda: table(header, [tuple(row.values()) for row in rows]))


@key_group.command("new", help=t("Begin a key for this project."))
@click.option("-o", "out", type=click.Path(path_type=Path), metavar="FILE", help=t("Where to put it."))
@click.option("--yes", "lost", is_flag=True, help=t("The old key is lost: begin another; its names do not come back."))
@pass_context
def key_new(state: Context, out: Path | None, lost: bool) -> None:
    """Make an empty key."""
    with state.open() as project:
        key = project.privacy.new_key(out, lost=lost)
    state.emit(
        {"path": str(key.path)},
        lambda: [
            t("The key lies at {path}.", path=key.path),
            t("Keep it apart from the project, and keep a copy: without it nobody can say who is who."),
        ],
    )


@key_group.command("use", help=t("Take the key from this file from now on."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@pass_context
def key_use(state: Context, file: Path) -> None:
    """Remember another place."""
    with state.open() as project:
        key = project.privacy.use_key(file)
    state.emit({"path": str(key.path)}, lambda: [t("The key lies at {path}.", path=key.path)])


@key_group.command("add", help=t("Put a name in the key; it is found and masked from now on."))
@click.argument("name", metavar="NAME")
@click.option("--kind", type=_KINDS, default=NameKind.PERSON.value, help=t("What it names."))
@click.option("--as", "replacement", default="", metavar="TEXT", help=t("What stands for it, as in [stad]."))
@pass_context
def key_add(state: Context, name: str, kind: str, replacement: str) -> None:
    """Reserve a replacement."""
    with state.open() as project:
        given = project.privacy.add_name(name, NameKind(kind), replacement=replacement)
    state.emit({"replacement": given}, lambda: [t("{replacement} stands for this name.", replacement=given)])


@key_group.command("import", help=t("Put a list of names in the key: one on a line, or a CSV with naam and soort."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--kind", type=_KINDS, default=NameKind.PERSON.value, help=t("What they name, where the list says nothing.")
)
@pass_context
def key_import(state: Context, file: Path, kind: str) -> None:
    """Reserve a replacement for each."""
    with state.open() as project:
        new, names = project.privacy.import_names(file, NameKind(kind))
    state.emit(
        {"new": new, "names": names},
        lambda: [t("{new} new names; the key holds {names}.", new=new, names=names)],
    )


@key_group.command("nickname", help=t("Show a nickname beside a family's code on this computer; it stays in the key."))
@click.argument("family", metavar="KEY")
@click.argument("nickname", metavar="[NAME]", default="")
@pass_context
def key_nickname(state: Context, family: str, nickname: str) -> None:
    """Without a name, take the nickname away."""
    with state.open() as project:
        project.privacy.set_nickname(family, nickname)
        shown = project.privacy.family_label(family)
    state.emit({"family": family}, lambda: [t("This family is shown as: {family}", family=shown)])


COMMANDS = (leaks, key_group)
