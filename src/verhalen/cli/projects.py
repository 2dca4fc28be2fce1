"""A project of another program on the command line: what came, how its places were counted, and what could not be kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli.other_programs import take_in
from verhalen.cli.output import Context, tell
from verhalen.i18n import t
from verhalen.model.ids import encode_id

if TYPE_CHECKING:
    from verhalen.exchange.refi_qda.offsets import Score
    from verhalen.exchange.refi_qda.outcome import Imported

SUFFIXES = (".qdpx", ".qde")


def is_project(files: Sequence[Path], *, mask: str | None) -> bool:
    """Whether this is one project of another program. Raises BadInput where it is mixed with what goes another way."""
    from verhalen.readers.other_program import is_project as is_of_qualcoder_or_rqda

    if not any(each.suffix.lower() in SUFFIXES or is_of_qualcoder_or_rqda(each) for each in files):
        return False
    if len(files) > 1:
        raise errors.BadInput(reason=t("import a project of another program alone, without other files"))
    if mask in ("auto", "review"):
        raise errors.BadInput(
            reason=t("in a project of another program names are masked after the import: verhalen mask ID")
        )
    return True


def import_one(state: Context, file: Path, *, offset_model: str, cases: str, speakers: bool) -> None:
    """Import it, and say everything."""
    if file.suffix.lower() not in SUFFIXES:
        take_in(state, file, offset_model=offset_model, cases=cases, speakers=speakers)
        return
    from verhalen.exchange.refi_qda.discarded import listed, lost_codings

    asks = sys.stdin.isatty() and sys.stderr.isatty() and not state.as_json
    with state.open() as project:
        done = project.exchange.import_file(
            file,
            offset_model=offset_model,
            cases=cases,
            speakers=speakers,
            choose=_ask if asks else None,
            on_progress=_bar() if asks else None,
        )
    state.exit_code = int(lost_codings(done.discarded))
    discarded = [{"kind": kind, "n": n, "text": t(words)} for kind, n, words in listed(done.discarded)]
    state.emit(_row(done) | {"discarded": discarded}, lambda: _lines(done))


def _ask(scores: list[Score]) -> str:
    """Show the figures and let a person choose."""
    from verhalen.exchange.refi_qda.importing import score_line

    tell(t("How this file counts places in its texts is not sure. Which way puts most codings at whole words?"))
    for score in scores:
        tell(f"  {score_line(score)}")
    names = [each.model for each in scores]
    # No default: where nobody can tell, Enter may not decide.
    chosen: str = click.prompt(t("Which"), type=click.Choice(names), show_choices=False, err=True)
    return chosen


def _bar() -> Callable[[int, int], None]:
    def say(done: int, total: int) -> None:
        if total:
            click.echo("\r" + t("{n} of {total} selections", n=done, total=total), nl=done >= total, err=True)
        else:
            click.echo("\r" + t("{n} selections read", n=done), nl=False, err=True)

    return say


def _row(done: Imported) -> dict[str, object]:
    return {
        "file": done.file,
        "sources": len(done.sources),
        "source_ids": [encode_id(number) for number in done.sources],
        "known_sources": done.known_sources,
        "codes": done.codes,
        "changed_codes": done.changed_codes,
        "codings": done.codings,
        "existed": done.existed,
        "coders": done.coders,
        "families": done.families,
        "persons": done.persons,
        "mentions": done.mentions,
        "memos": done.memos,
        "rows": done.rows,
        "sidecar": done.sidecar,
        "offset_model": done.model,
        "offset_sure": done.sure,
        "offset_scores": [
            {
                "model": each.model,
                "selections": each.selections,
                "starts": each.starts,
                "ends": each.ends,
                "quotes": each.quotes,
            }
            for each in done.scores
        ],
    }


def _lines(done: Imported) -> list[str]:
    from verhalen.exchange.refi_qda.words import told

    return [
        *told(done),
        t("Names in the texts were not looked for. Look with: verhalen mask ID"),
        t("Undo all of it with: verhalen undo"),
    ]
