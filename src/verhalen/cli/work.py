"""Making, opening and keeping a workspace: new, open, demo, check, backup."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import click

from verhalen import errors
from verhalen.cli.output import Context, given_passphrase, pass_context, tell
from verhalen.i18n import t


def open_app(state: Context) -> None:
    """Open the app. It is loaded by name and late: no command needs it."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise errors.BadInput(reason=t("the app needs a terminal; see verhalen --help for commands"))
    with state.open() as project:
        importlib.import_module("verhalen.tui.app").run(project)


@click.command("open", help=t("Open the app."))
@click.argument("folder", type=click.Path(path_type=Path), required=False, metavar="[DIR]")
@pass_context
def open_command(state: Context, folder: Path | None) -> None:
    """Open the app on a workspace."""
    state.workspace = folder or state.workspace
    open_app(state)


@click.command("new", help=t("Make a workspace: folders, an empty project, life domains, instruments and a codebook."))
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--encrypt", is_flag=True, help=t("Encrypt the project. A forgotten passphrase is final."))
@click.option("--codebook", metavar="FILE|none", help=t("Another codebook, or none."))
@pass_context
def new(state: Context, folder: Path, encrypt: bool, codebook: str | None) -> None:
    """Make a workspace."""
    from verhalen.api.project import new_project
    from verhalen.api.workspace import as_typed

    passphrase = _new_passphrase() if encrypt else None
    chosen = None if codebook in (None, "none") else Path(str(codebook))
    with new_project(
        folder, coder=state.coder, passphrase=passphrase, codebook=chosen, empty=codebook == "none"
    ) as project:
        result = {"workspace": project.workspace, "codes": len(project.codes.book()), "encrypted": encrypt}
        instruments = len(project.scores.instruments())
    state.emit(
        result,
        lambda: [
            t(
                "Made {folder}: {codes} codes, {instruments} instruments.",
                folder=folder,
                codes=result["codes"],
                instruments=instruments,
            ),
            t(
                "Next: put your files in transcripts/ and run: verhalen -w {folder} import transcripts/*",
                folder=as_typed(folder),
            ),
        ],
    )


def _new_passphrase() -> str:
    given = given_passphrase()
    if given:
        return given
    if not sys.stdin.isatty():
        raise errors.NeedsPassphrase(path=t("the new project"))
    tell(
        t(
            "Choose a passphrase. Write it down and keep it safe: without it nobody, not even we, can open the project again."
        )
    )
    return str(click.prompt(t("Passphrase"), hide_input=True, confirmation_prompt=t("Once more"), err=True))


@click.command("demo", help=t("The whole main job on the shipped demo data: import, code, score, join, report."))
@click.argument("folder", type=click.Path(path_type=Path), required=False, metavar="[DIR]")
@pass_context
def demo(state: Context, folder: Path | None) -> None:
    """Run the demo, and open the app on it where there is a terminal."""
    from verhalen.api.demo import run_demo

    target = folder or Path("verhalen-demo")
    shown = sys.stderr.isatty() and not state.as_json
    with click.progressbar(length=100, label=t("Demo"), file=sys.stderr, hidden=not shown, width=30) as bar:
        done = run_demo(target, progress=lambda percent: bar.update(percent - bar.pos))
    state.emit(
        {
            "workspace": done.workspace,
            "report": done.report,
            "sources": done.sources,
            "codings": done.codings,
            "families": done.families,
        },
        lambda: done.lines,
    )
    with_app = (
        sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("VERHALEN_NO_APP") and not state.as_json
    )
    if with_app:
        click.pause(t("Press a key to open the app (ctrl+q leaves it)."))
        state.workspace = target
        state.coder = state.coder or "Els"  # one of the invented coaches: then there are families of one's own
        open_app(state)


@click.command("check", help=t("Is the project whole? File, journal, places, references, search."))
@pass_context
def check(state: Context) -> None:
    """Exit code 1 when something was found."""
    with state.open() as project:
        found = project.history.check()
    state.exit_code = 0 if found.ok else 1
    state.emit(
        {"ok": found.ok, "digest": found.digest, "problems": list(found.problems)},
        lambda: [t("All is well.")] if found.ok else list(found.problems),
    )


@click.command("backup", help=t("A consistent copy, also while the project is open."))
@click.option(
    "-o", "target", type=click.Path(path_type=Path), required=True, metavar="FILE", help=t("Where the copy goes.")
)
@pass_context
def backup(state: Context, target: Path) -> None:
    """Copy the project file."""
    with state.open() as project:
        project.backup(target)
    state.emit({"path": target}, lambda: [t("Copied to {file}.", file=target)])


COMMANDS = (new, open_command, demo, check, backup)
