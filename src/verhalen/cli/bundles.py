"""Work to and from other copies of the project: bundle out, in, open, decide, partners."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from verhalen import errors
from verhalen.cli import bundle_lines
from verhalen.cli.output import Context, given_passphrase, pass_context, table, tell
from verhalen.i18n import t
from verhalen.model.ids import encode_id

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.model.merging import OpenDecision, Sent, Taken

T = TypeVar("T")


@click.group("bundle", help=t("Work to and from other copies of the project, by mail, stick or folder."))
def bundle() -> None:
    """Hold the commands."""


# -- out ---------------------------------------------------------------------------------------------------------------


@bundle.command(
    "out",
    help=t(
        "Write what another copy of the project may lack, closed with a passphrase (asked, or in VERHALEN_BUNDLE_PASSPHRASE)."
    ),
)
@click.option("-o", "target", type=click.Path(path_type=Path), required=True, metavar="FILE", help=t("Where it goes."))
@click.option(
    "--for",
    "partner",
    default="",
    metavar="NAME",
    help=t("For this person: only what is new since a bundle of theirs."),
)
@pass_context
def bundle_out(state: Context, target: Path, partner: str) -> None:
    """Make a bundle."""
    with state.open() as project:
        sent = project.bundles.out(target, passphrase=_new_passphrase(), partner=partner)
        waiting = len(project.bundles.decisions())
    state.emit(_sent_row(sent, target, partner, waiting), lambda: bundle_lines.sent(sent, target, partner))


def _sent_row(sent: Sent, target: Path, partner: str, waiting: int) -> dict[str, object]:
    return {
        "file": target,
        "for": partner or None,
        "since": sent.since,
        "changes": sent.changes,
        "sources": sent.sources,
        "codings": sent.codings,
        "stories": sent.stories,
        "snapshots": sent.snapshots,
        "open_decisions": waiting,
    }


def _new_passphrase() -> str:
    given = _given()
    if given:
        return given
    if not sys.stdin.isatty():
        raise errors.NeedsBundlePassphrase
    tell(t("Choose a passphrase for this bundle, and tell it by phone or face to face: never beside the file."))
    return str(click.prompt(t("Passphrase"), hide_input=True, confirmation_prompt=t("Once more"), err=True))


def _given() -> str:
    return os.environ.get("VERHALEN_BUNDLE_PASSPHRASE", "")


# -- in ----------------------------------------------------------------------------------------------------------------


@bundle.command(
    "in",
    help=t(
        "Take in a bundle, or another file of the same project. First says what comes, and asks; --yes does not ask, "
        "--plan only says it."
    ),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--plan", is_flag=True, help=t("Only say what would come; nothing is changed."))
@click.option("--yes", is_flag=True, help=t("Take it in without asking."))
@click.option("--new", is_flag=True, help=t("There is no project yet: make it here from the bundle."))
@pass_context
def bundle_in(state: Context, file: Path, plan: bool, yes: bool, new: bool) -> None:
    """Show what comes; take it in."""
    if plan and (yes or new):
        raise click.UsageError(t("--plan only looks: leave out --yes and --new"))
    if new or _has_none(state):
        _begin(state, file, new=new)
        return
    with state.open(tells_of=file) as project:
        passphrase, would = _preview(project, file)
        known = {each.key for each in project.bundles.decisions()}
        waiting = len(known | {each.key for each in would.decisions})
        if plan:
            state.emit(_taken_row(would, file, waiting, stored=False), lambda: bundle_lines.coming(would, file))
            return
        asks = not (yes or bundle_lines.is_nothing(would))
        if asks:
            _confirm(state, would, file)
        taken = project.bundles.take_in(file, passphrase=passphrase)
        waiting = len(project.bundles.decisions())
    state.exit_code = 0 if taken.clean else 1
    row = _taken_row(taken, file, waiting, stored=True)
    state.emit(row, lambda: bundle_lines.came(taken, file, waiting, seen=asks))


def _confirm(state: Context, would: Taken, file: Path) -> None:
    """Only where a person can answer. Raises NotTakenIn; ends the command at a no."""
    if not _can_ask(state):
        raise errors.NotTakenIn(file=file.name)
    for line in bundle_lines.coming(would, file):
        tell(line)
    _stop_at_no(t("Take this in?"))


def _stop_at_no(question: str) -> None:
    """Everything but a yes is a no. click asks for an English y, also in Dutch."""
    said = click.prompt(f"{question} [{t('y/N')}]", default="", show_default=False, err=True)
    if said.strip().lower() not in ("y", "yes", "j", "ja"):
        raise click.Abort


def _can_ask(state: Context) -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty() and not state.as_json


def _preview(project: Project, file: Path) -> tuple[str, Taken]:
    """The passphrase that opens the file, asked where a person can answer, and what is in it."""
    return _with_passphrase(lambda given: (given, project.bundles.preview(file, passphrase=given)))


def _with_passphrase(do: Callable[[str], T]) -> T:
    """Another file of the project is closed with the passphrase of the project, a bundle with its own."""
    try:
        return do(_given())
    except (errors.NeedsPassphrase, errors.WrongPassphrase) as error:
        of_the_project = given_passphrase()
        if of_the_project:
            return do(of_the_project)
        needed: errors.VerhalenError = error
    except errors.NeedsBundlePassphrase as error:
        needed = error
    if not sys.stdin.isatty():
        raise needed
    return do(str(click.prompt(t("Passphrase"), hide_input=True, err=True)))


def _taken_row(taken: Taken, file: Path, waiting: int, *, stored: bool) -> dict[str, object]:
    return {
        "file": file,
        "stored": stored,
        "changes": taken.changes,
        "sources": taken.sources,
        "codings": taken.codings,
        "stories": taken.stories,
        "snapshots": taken.snapshots,
        "others": taken.others,
        "withdrawn": taken.withdrawn,
        "ended": taken.ended,
        "people": [
            {
                "name": each.name,
                "changes": each.changes,
                "codings": each.codings,
                "stories": each.stories,
                "snapshots": each.snapshots,
            }
            for each in taken.people
        ],
        "decisions": [_decision_row(each) for each in taken.decisions],
        "open_decisions": waiting,
        "same_names": list(taken.same_names),
        "twice": list(taken.twice),
        "dropped": taken.dropped,
        "left": list(taken.left),
        "clean": taken.clean,
    }


# -- a first bundle, where there is no project yet -----------------------------------------------------------------------


def _has_none(state: Context) -> bool:
    from verhalen.settings import find_workspace

    where = state.workspace or Path.cwd()
    return not where.is_file() and find_workspace(where) is None


def _begin(state: Context, file: Path, *, new: bool) -> None:
    """Make the project in the workspace that was named, or here."""
    from verhalen.api.bundles import new_from_bundle
    from verhalen.settings import coder_name

    folder = state.workspace or Path.cwd()
    if not new:
        if not _can_ask(state):
            raise errors.NoProjectYet(path=folder.resolve())
        tell(t("There is no project in {folder} or above it.", folder=folder.resolve()))
        _stop_at_no(t("Make one there from this bundle?"))
    taken = _with_passphrase(
        lambda given: new_from_bundle(folder, file, passphrase=given, coder=coder_name(state.coder))
    )
    state.emit(
        _taken_row(taken, file, len(taken.decisions), stored=True),
        lambda: bundle_lines.begun(taken, file, folder),
    )


# -- what is open --------------------------------------------------------------------------------------------------------


@bundle.command("open", help=t("What people must still decide: two copies said different things."))
@pass_context
def bundle_open(state: Context) -> None:
    """List the open decisions."""
    with state.open() as project:
        found = project.bundles.decisions()
    state.emit([_decision_row(each) for each in found], lambda: bundle_lines.open_ones(found))


@bundle.command("decide", help=t("Choose a side of an open decision; see them with: verhalen bundle open"))
@click.argument("key", metavar="KEY")
@click.argument("side", type=int, metavar="SIDE")
@pass_context
def bundle_decide(state: Context, key: str, side: int) -> None:
    """Decide."""
    with state.open() as project:
        found = _decision(project.bundles.decisions(), key)
        if not 1 <= side <= len(found.sides):
            raise errors.BadInput(reason=t("choose a side from 1 to {n}", n=len(found.sides)))
        project.bundles.decide(found.key, side - 1)
        waiting = len(project.bundles.decisions())
    chosen = found.sides[side - 1]
    row = {"key": found.key, "side": side, "value": chosen.value, "open_decisions": waiting}
    state.emit(row, lambda: bundle_lines.decided(found, chosen, waiting))


def _decision(found: list[OpenDecision], key: str) -> OpenDecision:
    """By its key, or by as much of the beginning as no other has."""
    fit = [each for each in found if key and each.key.lower().startswith(key.lower())]
    if len(fit) != 1:
        raise errors.UnknownDecision(key=key)
    return fit[0]


def _decision_row(each: OpenDecision) -> dict[str, object]:
    return {
        "key": each.key,
        "kind": each.kind,
        "what": each.what,
        "field": each.field,
        "sides": [
            {"side": number, "who": side.who, "time": side.time, "value": side.value}
            for number, side in enumerate(each.sides, 1)
        ],
    }


@bundle.command("partners", help=t("Whose work came in, and when last."))
@pass_context
def bundle_partners(state: Context) -> None:
    """List them."""
    with state.open() as project:
        found = project.bundles.partners()
    rows = [{"name": each.name, "replica": encode_id(each.replica), "time": each.time} for each in found]
    shown = [(each.name, bundle_lines.moment(each.time)) for each in found]
    state.emit(
        rows,
        lambda: table((t("who"), t("when")), shown) if shown else [t("Nothing came in from other copies yet.")],
    )


COMMANDS = (bundle,)
