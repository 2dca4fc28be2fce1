"""A newer version of the file of a source: what it would do, then doing it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli.output import Context, pass_context
from verhalen.i18n import t, tn
from verhalen.model.ids import decode_id, encode_id

if TYPE_CHECKING:
    from verhalen.api.corrections import Proposal, Renewal

_QUOTE = 60
"""Characters of a fragment on one line."""


@click.command(
    "renew",
    help=t(
        "Read in a newer version of the file of a text. Codings are found again; without --yes only says what would happen."
    ),
)
@click.argument("source", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--drop", "drop", multiple=True, metavar="CODING_ID", help=t("Let this coding end; may be given several times.")
)
@click.option("--yes", is_flag=True, help=t("Really do it; undo brings the older version back."))
@pass_context
def renew(state: Context, source: str, file: Path, drop: tuple[str, ...], yes: bool) -> None:
    """Show what would happen, or do it."""
    with state.open() as project:
        plan = project.corrections.newer(source, file)
        ending = _chosen(plan, drop)
        done = project.corrections.renew(plan, drop=ending) if yes else None
    ended = [each for each in plan.places if not each.can_stay or each.id in ending]
    row = {
        "source_id": encode_id(plan.source.id),
        "stored": done is not None,
        "words_gone": plan.gone,
        "words_new": plan.coming,
        "kept": len(plan.places) - len(ended),
        "ended": [encode_id(each.id) for each in ended],
        "review": [_review_row(each) for each in plan.review],
        "warnings": [{"line": each.line, "text": str(each)} for each in plan.reading.warnings],
    }
    state.emit(row, lambda: _lines(plan, ended=len(ended), stored=done is not None))


def _chosen(plan: Renewal, wanted: tuple[str, ...]) -> set[int]:
    there = {each.id for each in plan.places}
    chosen = set()
    for each in wanted:
        number = decode_id(each)
        if number not in there or number is None:
            raise errors.UnknownCoding(key=each)
        chosen.add(number)
    return chosen


def _review_row(each: Proposal) -> dict[str, object]:
    return {
        "id": encode_id(each.id),
        "kind": each.table,
        "label": each.label,
        "coder": each.coder,
        "found": each.found.value,
        "old": each.quote,
        "new": each.words or None,
        "start": each.new.start if each.new else None,
        "stop": each.new.stop if each.new else None,
    }


def _lines(plan: Renewal, *, ended: int, stored: bool) -> list[str]:
    same = len(plan.places) - len(plan.review)
    said = [
        t("{gone} words out, {coming} words in.", gone=plan.gone, coming=plan.coming),
        tn(
            "{n} coding or mention keeps its words.",
            "{n} codings and mentions keep their words.",
            same,
        ),
    ]
    for each in plan.review:
        said.append(f"{encode_id(each.id)}  {each.label}  ({t(each.found.label)})")
        said.append("  - " + _quote(each.quote))
        said += ["  + " + _quote(each.words)] if each.words else []
    if stored:
        said.append(
            tn("Stored; {n} ended. Undo with: verhalen undo", "Stored; {n} ended. Undo with: verhalen undo", ended)
        )
    else:
        said.append(t("Nothing was changed. Repeat with --yes to store it."))
    return said


def _quote(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _QUOTE else line[: _QUOTE - 1] + "…"


COMMANDS = (renew,)
