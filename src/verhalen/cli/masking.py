"""Masking a stored text on the command line. The app shows each place; here all that is found goes, or nothing."""

from __future__ import annotations

from collections import Counter

import click

from verhalen.cli.output import Context, left_lines, pass_context
from verhalen.i18n import t, tn
from verhalen.model.masking import NameKind


@click.command(
    "mask", help=t("Replace the names in a stored text for good. Without --yes only says how many there are.")
)
@click.argument("source", metavar="ID")
@click.option("--yes", is_flag=True, help=t("Really do it; it cannot be undone."))
@click.option(
    "--original",
    type=click.Choice(["none", "masked"]),
    default="none",
    help=t("What is kept in place of the original: nothing, or the masked text."),
)
@click.option("--read", is_flag=True, help=t("Only note that a person read the text whose names were replaced."))
@pass_context
def mask(state: Context, source: str, yes: bool, original: str, read: bool) -> None:
    """Mask everything that is found, or count it."""
    with state.open() as project:
        masking = project.masking
        found = project.sources.get(source)
        if read:
            masking.mark_read(found)
            nothing: dict[str, object] = {"masked": 0, "found": {}, "stays": [], "clean": True}
            state.emit(nothing, lambda: [t("Noted: a person read source {number} through.", number=found.number)])
            return
        if not yes:
            kinds = Counter(each.kind for each in masking.find_in(found))
            state.emit({"masked": 0, "found": _json(kinds), "stays": [], "clean": True}, lambda: _found_lines(kinds))
            return
        review = masking.review(found)
        kinds = Counter(review.names[place.name].kind for place in review.places)
        done = masking.mask(found, review, keeps_copy=original == "masked", read=False)
        path = project.privacy.key_path
    state.exit_code = 0 if done.clean else 1

    def lines() -> list[str]:
        said = [
            tn("{n} place was replaced for good.", "{n} places were replaced for good.", done.places),
            t("Which name is which stands in the key: {path}. Keep it apart, and safe.", path=path),
            t("No computer finds every name. Read the text yourself."),
        ]
        return said + left_lines(done.stays, clean=done.clean)

    state.emit({"masked": done.places, "found": _json(kinds), "stays": list(done.stays), "clean": done.clean}, lines)


def _json(kinds: Counter[NameKind]) -> dict[str, int]:
    return {kind.value: count for kind, count in sorted(kinds.items())}


def _found_lines(kinds: Counter[NameKind]) -> list[str]:
    said = [f"  {t(kind.label)}: {count}" for kind, count in sorted(kinds.items())]
    count = kinds.total()
    return [
        tn("{n} place could identify somebody.", "{n} places could identify somebody.", count),
        *said,
        t("Look at each of them in the app, or replace them all: repeat with --yes when you are sure."),
    ]


COMMANDS = (mask,)
