"""Cleaning up the project file on the command line: first what would go, and with --yes it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verhalen.cli.output import Context, pass_context
from verhalen.i18n import t, tn

if TYPE_CHECKING:
    from verhalen.api.upkeep import Compacted


@click.command(
    "compact",
    help=t(
        "Clean up how things were before old changes, and files of what was removed. The history stays, but these changes "
        "can no longer be undone. Without --yes only says what would go."
    ),
)
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=90,
    show_default=True,
    metavar="N",
    help=t("Only what is older than so many days."),
)
@click.option("--all", "everything", is_flag=True, help=t("Everything, whatever its age."))
@click.option("--yes", is_flag=True, help=t("Really do it; it cannot be undone."))
@pass_context
def compact(state: Context, days: int, everything: bool, yes: bool) -> None:
    """Clean up, or say what would go."""
    with state.open() as project:
        done = project.upkeep.compact(days, everything=everything, really=yes)
    state.exit_code = 0 if done.clean else 1
    row = {
        "done": yes,
        "changes": done.changes,
        "images": done.images,
        "versions": done.versions,
        "files": done.files,
        "before_bytes": done.before_bytes,
        "after_bytes": done.after_bytes,
        "clean": done.clean,
    }
    state.emit(row, lambda: _done(done) if yes else _would(done))


def _what(done: Compacted) -> list[str]:
    parts = (
        (done.images, tn("{n} former state of a row", "{n} former states of rows", done.images)),
        (
            done.versions,
            tn("{n} older version of a text, made smaller", "{n} older versions of texts, made smaller", done.versions),
        ),
        (done.files, tn("{n} file of what was removed", "{n} files of what was removed", done.files)),
    )
    return [f"  {sentence}" for count, sentence in parts if count]


def _would(done: Compacted) -> list[str]:
    if done.is_empty:
        return [t("There is nothing to clean up.")]
    return [
        t("This would go:"),
        *_what(done),
        t(
            "It gives about {room} of {size}.",
            room=_size(done.before_bytes - done.after_bytes),
            size=_size(done.before_bytes),
        ),
        tn(
            "{n} change can no longer be undone afterwards. It stays in the history.",
            "{n} changes can no longer be undone afterwards. They stay in the history.",
            done.changes,
        ),
        t("Nothing was changed. Make a copy first: verhalen backup -o FILE"),
        t("Then repeat with --yes; it cannot be undone."),
    ]


def _done(done: Compacted) -> list[str]:
    lines = [t("There was nothing to clean up.")] if done.is_empty else [t("Gone:"), *_what(done)]
    lines.append(
        t("The file was {before} and is now {after}.", before=_size(done.before_bytes), after=_size(done.after_bytes))
    )
    if not done.clean:
        lines.append(
            t(
                "Its room comes back when no other window has the project open: close them and run verhalen compact --yes again."
            )
        )
    return lines


def _size(count: int) -> str:
    """Bytes, in the largest unit of which there is one."""
    unit, size = (
        ("kB", 1_000) if count < 1_000_000 else ("MB", 1_000_000) if count < 1_000_000_000 else ("GB", 1_000_000_000)
    )
    number = max(0, count) / size
    return f"{number:.0f} {unit}" if number >= 10 else f"{number:.1f} {unit}"


COMMANDS = (compact,)
