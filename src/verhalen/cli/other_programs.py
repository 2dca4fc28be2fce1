"""A project of QualCoder or RQDA on the command line: what came, where its codings stand, and what could not be kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.cli.output import Context, tell
from verhalen.i18n import t
from verhalen.model.ids import encode_id

if TYPE_CHECKING:
    from verhalen.exchange.foreign_report import Spot, TakenIn

_MANY = 20
"""Texts of which the progress is told."""


def take_in(state: Context, path: Path, *, offset_model: str, cases: str, speakers: bool) -> None:
    """Take a project in, in one change, and say everything."""
    from verhalen.exchange.foreign_discarded import LOSSES
    from verhalen.exchange.foreign_words import listed, told

    with state.open() as project:
        done = project.other_programs.take_in(
            path, offset_model=offset_model, cases=cases, speakers=speakers, on_progress=_progress(path)
        )
    discarded = [{"kind": kind, "n": n, "text": words} for kind, n, words in listed(done)]
    state.exit_code = int(any(kind in LOSSES for kind in done.left_out.counts))
    state.emit(_row(done) | {"discarded": discarded}, lambda: [*told(done), t("Undo all of it with: verhalen undo")])


def _progress(path: Path) -> Callable[[int, int], None]:
    """Says how far it is, where a person looks: every tenth of the texts."""
    told = -1

    def say(done: int, total: int) -> None:
        nonlocal told
        tenth = 10 * done // max(total, 1)
        if total >= _MANY and tenth > told:
            told = tenth
            tell(t("{file}: {done} of {total} texts", file=path.name, done=done, total=total))

    return say


def _row(done: TakenIn) -> dict[str, object]:
    return {
        "file": done.file,
        "program": done.program,
        "sources": sum(each.is_new for each in done.texts),
        "source_ids": [encode_id(each.source_id) for each in done.texts if each.is_new],
        "known_sources": done.known_sources,
        "codes": done.new_codes,
        "codings": done.codings,
        "existed": done.existed,
        "coders": done.coders,
        "families": done.families,
        "persons": done.persons,
        "mentions": done.mentions,
        "memos": done.memos,
        "offset_model": done.model,
        "share": done.share,
        "texts": [
            {
                "source_id": encode_id(each.source_id),
                "title": each.title,
                "codings": each.codings,
                "offset_model": each.model.name,
                "checked": each.model.checked,
                "share": each.model.share,
            }
            for each in done.texts
        ],
        "moved": [_spot(each) for each in done.moved],
        "lost": [_spot(each) for each in done.lost],
    }


def _spot(each: Spot) -> dict[str, object]:
    return {"source": each.text, "code": each.code, "start": each.start, "now": each.now}
