"""J4 in a report: items beside codes and the lines of the theory of change. It holds nothing that any family said."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen import errors
from verhalen.analysis.joint_crosswalk import Crosswalk, CrosswalkRow, LineRow, crosswalk
from verhalen.analysis.joint_data import instrument_of
from verhalen.analysis.theory import USUAL_NAME, Names, Theory, read_theory
from verhalen.i18n import mark, t
from verhalen.model.instrument import Instrument
from verhalen.privacy.clearance import Cleared, own_words
from verhalen.report.blocks import Block, Table
from verhalen.report.data import ReportData
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.store.codebook import codebook
from verhalen.store.scores import instruments


def items_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Items by life domain with their question and codes; then the lines of the theory of change, where there is one."""
    found = _crosswalk(data, placeholder)
    header = (mark("Items"), mark("Question"), mark("Life domain"), mark("Codes"))
    blocks: list[Block] = [
        Table(
            header=tuple(own_words(t(word)) for word in header),
            rows=tuple(_item(row) for row in found.rows),
            caption=own_words(t("What is asked, and which codes can tell of it")),
            note=_gaps(found),
        )
    ]
    if found.lines:
        of_lines = (mark("Theory of change"), mark("Measured by"), mark("Told by"))
        blocks.append(
            Table(
                header=tuple(own_words(t(word)) for word in of_lines),
                rows=tuple(_line(row, found) for row in found.lines),
                caption=own_words(t("Lines of the theory of change, and what measures and tells them")),
            )
        )
    return blocks


def _crosswalk(data: ReportData, placeholder: Placeholder) -> Crosswalk:
    everything = [each for each in instruments(data.project) if each.asked and each.kind != "afgeleid"]
    book = codebook(data.project, counted=False)
    theory = _theory(data, Names.of(data.domains, book, everything), placeholder)
    return crosswalk([_instrument(data, placeholder)], data.domains, book, stories={}, theory=theory)


def _instrument(data: ReportData, placeholder: Placeholder) -> Instrument:
    wanted = placeholder.arguments.get("instrument", "")
    if not wanted:
        return data.change.instrument
    try:
        return instrument_of(data.project, wanted)
    except errors.VerhalenError as error:
        known = ", ".join(each.key for each in instruments(data.project) if each.kind != "afgeleid")
        problem = t("there is no instrument {wanted}; choose from: {known}", wanted=wanted, known=known)
        raise errors.BadReport(file="", line=placeholder.line, problem=problem) from error


def _theory(data: ReportData, names: Names, placeholder: Placeholder) -> Theory | None:
    path = data.project.path.parent / "codebooks" / USUAL_NAME
    if not path.is_file():
        return None
    try:
        return read_theory(path, names)
    except errors.VerhalenError as error:
        # The file is not the report: its own sentence says which line of it is wrong.
        raise errors.BadReport(file="", line=placeholder.line, problem=str(error).removesuffix(".")) from error


def _item(row: CrosswalkRow) -> tuple[Cleared[str], ...]:
    question = row.item.question or t("no question in words")
    codes = ", ".join(row.codes) or t("none")
    return tuple(own_words(words) for words in (row.item.name, question, row.domain_name, codes))


def _line(row: LineRow, found: Crosswalk) -> tuple[Cleared[str], ...]:
    names = {(each.instrument, each.item.key): each.item.name for each in found.rows}
    items = ", ".join(names[key] for key in row.items) or t("nothing measures it")
    codes = ", ".join(row.codes) or t("nothing tells of it")
    return tuple(own_words(words) for words in (row.line.title, items, codes))


def _gaps(found: Crosswalk) -> Cleared[str] | None:
    if not found.unasked:
        return None
    return own_words(t("No item asks about: {names}.", names=", ".join(found.unasked)))
