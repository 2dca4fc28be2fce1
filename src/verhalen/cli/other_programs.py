"""Whole projects of other programs in: `import` of a .qda or .rqda."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.cli.output import Context, tell
from verhalen.i18n import t, tn
from verhalen.model.ids import encode_id

if TYPE_CHECKING:
    from verhalen.exchange.foreign_report import Spot, TakenIn

_MANY = 20
"""Texts of which the progress is told."""
_SHOWN = 20
"""Codings that are listed on a screen; all that are kept stand in the JSON."""


def import_projects(state: Context, paths: Sequence[Path], *, alone: bool) -> None:
    """Take projects in, one change each. Raises BadInput where other files are among them."""
    if not alone:
        raise errors.BadInput(reason=t("a project of another program is taken in by itself, without other files"))
    with state.open() as project:
        done = [project.other_programs.take_in(path, on_progress=_progress(path)) for path in paths]
    rows = [_row(each) for each in done]
    if any(each.lost_count or each.moved_count for each in done):
        state.exit_code = 1
    state.emit(rows[0] if len(rows) == 1 else rows, lambda: [line for each in done for line in _lines(each)])


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
        "sources": [
            {
                "source_id": encode_id(each.source_id),
                "number": each.number,
                "title": each.title,
                "new": each.is_new,
                "codings": each.codings,
                "offset_model": each.model.name,
                "checked": each.model.checked,
                "share": each.model.share,
            }
            for each in done.texts
        ],
        "codes": {"new": done.new_codes, "all": done.codes},
        "codings": done.codings,
        "coders": done.coders,
        "memos": done.memos,
        "families": done.families,
        "mentions": done.mentions,
        "attributes": done.attributes,
        "offset_model": done.model,
        "share": done.share,
        "moved": {"n": done.moved_count, "codings": [_spot(each) for each in done.moved]},
        "lost": {"n": done.lost_count, "codings": [_spot(each) for each in done.lost]},
        "discarded": [{"n": n, "text": t(sentence, n=n)} for sentence, n in done.left_out.counts.most_common()],
    }


def _spot(each: Spot) -> dict[str, object]:
    return {"source": each.text, "code": each.code, "start": each.start, "now": each.now}


def _lines(done: TakenIn) -> Iterator[str]:
    new = sum(each.is_new for each in done.texts)
    yield t("{file}, a project of {program}, was taken in:", file=done.file, program=done.program)
    yield "  " + tn("{n} new text", "{n} new texts", new)
    yield "  " + tn("{n} new code", "{n} new codes", done.new_codes)
    yield "  " + tn("{n} coding", "{n} codings", done.codings)
    yield "  " + tn("{n} coder", "{n} coders", done.coders)
    yield "  " + tn("{n} memo", "{n} memos", done.memos)
    yield "  " + tn("{n} new family", "{n} new families", done.families)
    if done.share is not None:
        share = f"{100 * done.share:.1f}"
        yield t(
            "Of the codings {share} % stand at their very words (counted as: {model}).", share=share, model=done.model
        )
    yield from _spots(t("Put where their words stand, since they stood beside them:"), done.moved, done.moved_count)
    yield from _spots(t("Not taken in, since their words are not in the text:"), done.lost, done.lost_count)
    if done.left_out.counts:
        yield t("Not kept, or kept otherwise:")
        yield from (f"  {t(sentence, n=n)}" for sentence, n in done.left_out.counts.most_common())
    yield t("Names in the texts were not looked at. Do that before you share anything: verhalen mask")
    yield t("Undo with: verhalen undo")


def _spots(title: str, spots: Sequence[Spot], count: int) -> Iterator[str]:
    if not count:
        return
    yield title
    for each in spots[:_SHOWN]:
        place = f"{each.now[0]}-{each.now[1]}" if each.now else t("nowhere")
        yield f"  {each.text}: {each.code}, {each.start} → {place}"
    if count > _SHOWN:
        yield "  " + tn("and {n} more", "and {n} more", count - _SHOWN)
