"""What an import of a .qdpx did, and how places are counted, in sentences: for the command line and the app."""

from __future__ import annotations

from collections.abc import Iterator

from verhalen.exchange.refi_qda.discarded import listed
from verhalen.exchange.refi_qda.importing import score_line
from verhalen.exchange.refi_qda.outcome import Imported
from verhalen.i18n import t, tn


def told(done: Imported) -> Iterator[str]:
    """What came, how its places were counted and what did not come, line by line."""
    came = [
        tn("{n} text", "{n} texts", len(done.sources)),
        tn("{n} code", "{n} codes", done.codes),
        tn("{n} coding", "{n} codings", done.codings),
        tn("{n} memo", "{n} memos", done.memos),
        tn("{n} coder", "{n} coders", done.coders),
        tn("{n} family", "{n} families", done.families),
    ]
    yield t("Imported from {file}: {what}.", file=done.file, what=", ".join(came))
    if done.existed or done.known_sources:
        known = tn("{n} text", "{n} texts", done.known_sources), tn("{n} coding", "{n} codings", done.existed)
        yield t("Here already: {what}.", what=", ".join(known))
    if done.sidecar:
        yield tn("From the file beside it: {n} row more.", "From the file beside it: {n} rows more.", done.rows)
    best = next(each for each in done.scores if each.model == done.model)
    if best.selections:
        yield from (t("Places are counted as:"), f"  {score_line(best)}")
        other = next((each for each in done.scores if each.total < best.total), None)
        yield from (t("The next best way:"), f"  {score_line(other)}") if other else ()
    if discarded := listed(done.discarded):
        yield t("What could not be kept:")
        yield from (f"  {n:>6}  {t(words)}" for _, n, words in discarded)


def way_in_words(model: str) -> str:
    """A way to count, for people."""
    unit = t("an emoji counts two") if model.startswith("utf16") else t("every character counts one")
    line = t("a line end counts one") if "-crlf1" in model else ""
    mark = t("the mark at the beginning counts too") if model.endswith("-bom") else ""
    return ", ".join(part for part in (unit, line, mark) if part)
