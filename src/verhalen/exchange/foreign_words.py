"""What was taken in from QualCoder or RQDA, in sentences: for the command line and the app."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verhalen.exchange.foreign_discarded import SENTENCES
from verhalen.exchange.foreign_report import Spot, TakenIn
from verhalen.i18n import language, t, tn

_SHOWN = 20
"""Codings that are listed; all that are kept stand in the JSON of the command."""


def listed(done: TakenIn) -> list[tuple[str, int, str]]:
    """(kind, how many, sentence) of what could not be kept, most first."""
    return [(kind, n, t(SENTENCES[kind], n=n)) for kind, n in done.left_out.counts.most_common()]


def told(done: TakenIn, *, spots: bool = True) -> Iterator[str]:
    """What came and what did not, line by line; without `spots` no title of a text."""
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
        share = share.replace(".", ",") if language() == "nl" else share
        yield t(
            "{share} % of the codings stand at their very words (counted as {model}).", share=share, model=done.model
        )
    if spots:
        yield from _spots(t("Put where their words stand, since they stood beside them:"), done.moved, done.moved_count)
        yield from _spots(t("Not taken in, since their words cannot be found:"), done.lost, done.lost_count)
    if left_out := listed(done):
        yield t("What could not be kept, or is kept otherwise:")
        yield from (f"  {words}" for _, _, words in left_out)
    yield t("Names in these texts were not looked for yet: do that before you share anything.")


def _spots(title: str, spots: Sequence[Spot], count: int) -> Iterator[str]:
    if not count:
        return
    yield title
    for each in spots[:_SHOWN]:
        place = f"{each.now[0]}-{each.now[1]}" if each.now else t("nowhere")
        yield f"  {each.text}: {each.code}, {each.start} → {place}"
    if count > _SHOWN:
        yield "  " + tn("and {n} more", "and {n} more", count - _SHOWN)
