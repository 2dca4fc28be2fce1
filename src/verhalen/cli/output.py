"""What a command gives back: JSON on stdout and nothing else there, or sentences for people; errors with their exit code."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli import tables
from verhalen.i18n import mark, t

if TYPE_CHECKING:
    from verhalen.api.project import Project


@dataclass(slots=True)
class Context:
    """What the options before the command said."""

    workspace: Path | None = None
    coder: str | None = None
    as_json: bool = False
    exit_code: int = 0

    def open(self, *, tells_of: Path | None = None) -> Project:
        """Open the project, asking for a passphrase where a person can answer.

        A conflict copy is named, but where the command is about that very file.
        """
        from verhalen.api.project import open_project

        where = self.workspace or Path.cwd()
        passphrase = given_passphrase()
        try:
            project = open_project(where, coder=self.coder, passphrase=passphrase)
        except errors.NeedsPassphrase:
            if not sys.stdin.isatty():
                raise
            asked = click.prompt(t("Passphrase"), hide_input=True, err=True)
            project = open_project(where, coder=self.coder, passphrase=asked)
        for copy in project.place.conflicts:
            if tells_of is None or tells_of.name != copy:
                _tell_of_conflict(project.workspace / copy)
        if project.place.is_shared:
            tell(t("This project lies in a shared or synchronised folder. Work there with one computer at a time."))
        if project.read_only_reason:
            tell(t("Open for reading only: {reason}.", reason=project.read_only_reason))
        return project

    def emit(self, value: object, human: Callable[[], Iterable[str]]) -> None:
        """Print `value` as JSON, or the lines for people."""
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False, default=plain))
        else:
            for line in human():
                click.echo(tables.folded(line))


def _tell_of_conflict(copy: Path) -> None:
    from verhalen.api.workspace import as_typed

    tell(
        t(
            "{file} looks like a conflict copy of this project. Take in what was done in it with: {command}",
            file=copy.name,
            command=f"verhalen bundle in {as_typed(copy)}",
        )
    )


pass_context = click.make_pass_decorator(Context)


def given_passphrase() -> str | None:
    """The passphrase from the environment, if any."""
    import os

    return os.environ.get("VERHALEN_PASSPHRASE") or None


def plain(value: object) -> object:
    """What JSON does not know: days and paths."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"no JSON for {type(value)}")


def tell(sentence: str) -> None:
    """Progress and messages go to stderr."""
    click.echo(tables.folded(sentence), err=True)


def left_lines(stays: Iterable[str], *, clean: bool) -> list[str]:
    """What a withdrawal or a mask cannot reach: files beside the project, and traces that other windows hold."""
    files = [f"  {name}" for name in stays]
    said = [t("These files beside the project still hold words of it; remove or rebuild them yourself:"), *files]
    if clean:
        return said if files else []
    last = t("Close all other windows and open the project once more: only then the last traces are gone.")
    return [*(said if files else []), last]


def failure(context: Context, code: str, message: str) -> int:
    """Say what stopped us; exit code 2: nothing was done."""
    if context.as_json:
        click.echo(json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False))
    else:
        tell(message)
    return 2


table = tables.table
"""Every command shows its rows by this one."""

METAVARS = (
    mark("ANSWER"),
    mark("CHANGE"),
    mark("CODING_ID"),
    mark("DAY"),
    mark("DIR"),
    mark("FAMILY"),
    mark("FILE"),
    mark("ID"),
    mark("KEY"),
    mark("KIND"),
    mark("MEMBER"),
    mark("NAME"),
    mark("OUT"),
    mark("PATH"),
    mark("PERSON"),
    mark("PURPOSE"),
    mark("ROLE"),
    mark("SIDE"),
    mark("START"),
    mark("STOP"),
    mark("STORY"),
    mark("TEXT"),
    mark("VALUE"),
)
"""The words in capitals that stand for a value in the help of a command."""


def translate_metavars(command: click.Command) -> None:
    """Say the words in capitals of a command, and of all below it, in the reader's language: click has them in English only."""
    command.options_metavar = t("[OPTIONS]")
    for parameter in command.params:
        if isinstance(parameter.type, click.types.IntParamType):  # click names the kind of number in its message
            parameter.type.name = t("a whole number")
        elif isinstance(parameter.type, click.types.FloatParamType):
            parameter.type.name = t("such as 0.5")
        if isinstance(parameter, click.Argument) and parameter.metavar is None and parameter.name:
            parameter.metavar = parameter.name.upper()
        if parameter.metavar:
            parameter.metavar = re.sub("[A-Z][A-Z_]+", lambda word: t(word.group()), parameter.metavar)
    if isinstance(command, click.Group):
        command.subcommand_metavar = t("[COMMAND]...") if command.invoke_without_command else t("COMMAND...")
        for below in command.commands.values():
            translate_metavars(below)
