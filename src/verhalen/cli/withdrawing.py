"""Withdrawing on the command line: first what would go, and with --yes it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verhalen.cli.consents import purpose_of
from verhalen.cli.output import Context, pass_context
from verhalen.i18n import mark, t, tn
from verhalen.model.consent import KEY_STAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verhalen.api.withdrawing import PurposeWithdrawn, Withdrawal
    from verhalen.privacy.remnants import Remnant

SHOWN = {
    "story": mark("stories"),
    "voice": mark("further voices"),
    "attachment": mark("attachments"),
    "coding": mark("coded fragments"),
    "memo": mark("memos"),
    "person": mark("persons"),
    "snapshot": mark("snapshots"),
    "observation": mark("scores"),
}
"""Tables of which the number is said; the rest are details of these."""


@click.command(
    "withdraw",
    help=t(
        "Forget a family, person, story, further voice, attachment or source everywhere. Without --yes only says what "
        "would go. With --purpose nothing is deleted: it may no longer be used for that."
    ),
)
@click.argument("key", metavar="KEY")
@click.option("--purpose", metavar="PURPOSE", help=t("Withdraw only the consent for this purpose."))
@click.option("--keep-scores", is_flag=True, help=t("A family or person stays with its scores; what was told goes."))
@click.option(
    "--files",
    is_flag=True,
    help=t(
        "Also delete the files beside the project that may go: what was read in, reports, old copies, and rows of .csv tables."
    ),
)
@click.option("--yes", is_flag=True, help=t("Really do it; it cannot be undone."))
@pass_context
def withdraw(state: Context, key: str, purpose: str | None, keep_scores: bool, files: bool, yes: bool) -> None:
    """Forget, or say what would go."""
    with state.open() as project:
        if purpose is not None:
            ended = project.withdraw_purpose(key, purpose_of(purpose), really=yes)
            state.emit(_purpose_row(ended, yes=yes), lambda: purpose_lines(ended, yes=yes))
            return
        done = project.withdraw(key, really=yes, keep_scores=keep_scores, files=files)
    state.exit_code = 0 if done.clean else 1
    state.emit(_row(done, yes=yes), lambda: withdrawal_lines(done, yes=yes))


def _row(done: Withdrawal, *, yes: bool) -> dict[str, object]:
    return {
        "removed": done.removed if yes else {},
        "would_remove": done.removed,
        "stays": list(done.stays),
        "left": _left(done.left),
        "deleted": list(done.deleted),
        "cut": list(done.cut),
        "texts": list(done.texts),
        "blanked": list(done.blanked),
        "about": list(done.about),
        "names_in_key": done.names_in_key,
        "purpose": None,
        "keys": [],
    }


def _purpose_row(ended: PurposeWithdrawn, *, yes: bool) -> dict[str, object]:
    return {
        "removed": {},
        "would_remove": {},
        "stays": [each.file for each in ended.left],
        "left": _left(ended.left),
        "deleted": [],
        "cut": [],
        "texts": [],
        "blanked": [],
        "about": [],
        "names_in_key": 0,
        "purpose": ended.purpose.value,
        "keys": list(ended.keys),
    }


def _left(left: Iterable[Remnant]) -> list[dict[str, str]]:
    return [{"file": each.file, "kind": each.kind.value} for each in left]


def withdrawal_lines(done: Withdrawal, *, yes: bool) -> list[str]:
    """What went or would go, what stays and what to do about it."""
    rows = sum(done.removed.values())
    said = [
        t("You withdrew {what}.", what=done.what) if yes else t("This would withdraw {what}:", what=done.what),
        *(f"  {t(word)}: {done.removed[table]}" for table, word in SHOWN.items() if table in done.removed),
    ]
    numbers = ", ".join(map(str, done.texts))
    blanked = ", ".join(map(str, done.blanked))
    about = ", ".join(map(str, done.about))
    if numbers:
        said.append("  " + t("whole conversations or notes: {numbers}", numbers=numbers))
    if blanked:
        said.append("  " + t("only these words, in conversations with others: {numbers}", numbers=blanked))
    said.append(
        tn("{n} row was removed.", "{n} rows were removed.", rows)
        if yes
        else tn(
            "{n} row would go. Repeat with --yes when you are sure.",
            "{n} rows would go. Repeat with --yes when you are sure.",
            rows,
        )
    )
    if about:
        said.append(t("Others speak of this family in: {numbers}. Read those afterwards.", numbers=about))
    if done.names_in_key:
        said.append(t(KEY_STAYS, n=done.names_in_key))
    return [*said, *_deleted(done), *remnant_lines(done.left), *_not_clean(done)]


def _deleted(done: Withdrawal) -> list[str]:
    cut = [t("Rows taken out of: {file}", file=each) for each in done.cut]
    return [*(t("Deleted: {file}", file=each) for each in done.deleted), *cut]


def _not_clean(done: Withdrawal) -> list[str]:
    if done.clean:
        return []
    return [t("Close all other windows and open the project once more: only then the last traces are gone.")]


def remnant_lines(left: Iterable[Remnant]) -> list[str]:
    """Files that the program leaves alone, each with what to do."""
    lines = [f"  {each.file}: {t(each.kind.advice)}" for each in left]
    return [t("These files beside the project still hold words of it, or may:"), *lines] if lines else []


def purpose_lines(ended: PurposeWithdrawn, *, yes: bool) -> list[str]:
    """For what a purpose ended or would end, and where it was used."""
    purpose, keys = t(ended.purpose.label), ", ".join(ended.keys)
    if not ended.keys:
        said = t("Nothing changes: for {purpose} all of it is withdrawn already.", purpose=purpose)
    elif yes:
        said = t("Withdrawn for {purpose}: {keys}.", purpose=purpose, keys=keys)
    else:
        said = t(
            "This would be withdrawn for {purpose}: {keys}. Repeat with --yes when you are sure.",
            purpose=purpose,
            keys=keys,
        )
    return [said, *remnant_lines(ended.left)]


COMMANDS = (withdraw,)
