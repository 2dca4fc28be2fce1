"""Suggestions on the command line: a list with reasons. Accepting is for a person, in the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verhalen.cli.output import Context, pass_context
from verhalen.i18n import t
from verhalen.model.ids import encode_id

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.model.suggestion import Reason, Suggestion

_WIDTH = 80


@click.command("suggest", help=t("Places that may get a code, with the reasons. Nothing is coded by it."))
@click.option("--code", "key", metavar="KEY", help=t("With the codes below it."))
@click.option("--source", metavar="ID", help=t("Of one text."))
@pass_context
def suggest(state: Context, key: str | None, source: str | None) -> None:
    """List suggestions, the best of each text first."""
    with state.open() as project:
        found = project.suggestions.of(source, code=key)
        words = _words(project, found)
        numbers = {each.id: each.number for each in project.sources.all()}
    rows = [_row(each, text) for each, text in zip(found, words, strict=True)]
    state.emit(rows, lambda: _lines(found, words, numbers))


def _words(project: Project, found: list[Suggestion]) -> list[str]:
    texts = {number: project.sources.text(number).text for number in {each.source_id for each in found}}
    return [texts[each.source_id][each.start : each.stop] for each in found]


def _row(each: Suggestion, text: str) -> dict[str, object]:
    return {
        "source_id": encode_id(each.source_id),
        "start": each.start,
        "stop": each.stop,
        "text": text,
        "code": each.code,
        "score": each.score,
        "reasons": [_reason(reason) for reason in each.reasons],
    }


def _reason(reason: Reason) -> dict[str, object]:
    from verhalen.model.suggestion import ByPattern

    if isinstance(reason, ByPattern):
        return {"kind": "pattern", "pattern": reason.pattern.written, "start": reason.start, "stop": reason.stop}
    return {"kind": "alike", "coding_id": encode_id(reason.coding_id), "lemmas": list(reason.lemmas)}


def _lines(found: list[Suggestion], words: list[str], numbers: dict[int, int]) -> list[str]:
    from verhalen.api.suggestions import reason_text

    lines = []
    for each, text in zip(found, words, strict=True):
        lines.append(f"{numbers[each.source_id]:>4} {each.start:>7} {each.stop:>7} {each.code}  {text[:_WIDTH]}")
        lines += [f"{'':>21}{reason_text(reason)}" for reason in each.reasons]
    return lines or [t("There is nothing to suggest.")]


COMMANDS = (suggest,)
