"""A project of QualCoder or RQDA on the command line: what came, where its codings stand, and what could not be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.cli.output import Context, tell
from verhalen.i18n import t, tn
from verhalen.model.ids import encode_id

if TYPE_CHECKING:
    from verhalen.exchange.foreign_report import Spot, TakenIn

_MANY = 20
"""Texts of which the progress is told."""
_SHOWN = 20
"""Codings that are listed on a screen; all that are kept stand in the JSON."""


def take_in(state: Context, path: Path, *, offset_model: str, cases: str, speakers: bool) -> None:
    """Take a project in, in one change, and say everything."""
    from verhalen.exchange.foreign_discarded import LOSSES, SENTENCES

    with state.open() as project:
        done = project.other_programs.take_in(
            path, offset_model=offset_model, cases=cases, speakers=speakers, on_progress=_progress(path)
        )
    discarded = [
        {"kind": kind, "n": n, "text": t(SENTENCES[kind], n=n)} for kind, n in done.left_out.counts.most_common()
    ]
    state.exit_code = int(any(kind in LOSSES for kind in done.left_out.counts))
    state.emit(_row(done) | {"discarded": discarded}, lambda: _lines(done, discarded))


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
        "mentions": done.mentions,
        "attributes": done.attributes,
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


def _lines(done: TakenIn, discarded: Sequence[dict[str, object]]) -> Iterator[str]:
    came = [
        tn("{n} text", "{n} texts", sum(each.is_new for each in done.texts)),
        tn("{n} code", "{n} codes", done.new_codes),
        tn("{n} coding", "{n} codings", done.codings),
        tn("{n} memo", "{n} memos", done.memos),
        tn("{n} coder", "{n} coders", done.coders),
        tn("{n} family", "{n} families", done.families),
    ]
    yield t("Imported from {file}: {what}.", file=done.file, what=", ".join(came))
    if done.existed or done.known_sources:
        known = tn("{n} text", "{n} texts", done.known_sources), tn("{n} coding", "{n} codings", done.existed)
        yield t("Here already: {what}.", what=", ".join(known))
    if done.share is not None:
        share = f"{100 * done.share:.1f}"
        yield t(
            "{share} % of the codings stand at their very words (counted as {model}).", share=share, model=done.model
        )
    yield from _spots(t("Put where their words stand, since they stood beside them:"), done.moved, done.moved_count)
    yield from _spots(t("Not taken in, since their words cannot be found:"), done.lost, done.lost_count)
    if discarded:
        yield t("What could not be kept, or is kept otherwise:")
        yield from (f"  {each['text']}" for each in discarded)
    yield t("Names in the texts were not looked for. Look with: verhalen mask ID")
    yield t("Undo all of it with: verhalen undo")


def _spots(title: str, spots: Sequence[Spot], count: int) -> Iterator[str]:
    if not count:
        return
    yield title
    for each in spots[:_SHOWN]:
        place = f"{each.now[0]}-{each.now[1]}" if each.now else t("nowhere")
        yield f"  {each.text}: {each.code}, {each.start} → {place}"
    if count > _SHOWN:
        yield "  " + tn("and {n} more", "and {n} more", count - _SHOWN)
