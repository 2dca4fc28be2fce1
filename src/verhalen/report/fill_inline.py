"""Words within a sentence: numbers of families by the rules for their n, change in a finished sentence, settings (methods.md D5)."""

from __future__ import annotations

from verhalen import errors
from verhalen.analysis.reach import MONTH
from verhalen.i18n import mark, t, tn
from verhalen.privacy.clearance import Cleared, own_words, phrase, sentences
from verhalen.privacy.disclosure import MaskedTable, clear_share
from verhalen.privacy.inside import clear_before_noun
from verhalen.privacy.wording import TOO_FEW_TO_COUNT, allowed, number_word
from verhalen.report.data import ReportData, settings_of
from verhalen.report.fill_change import DOWN, UP, change_rows, masked_change
from verhalen.report.placeholders import Placeholder
from verhalen.scores.change import DOMINANCE_BORDER
from verhalen.statistics.intervals import wilson


def families(data: ReportData, count: int) -> tuple[Cleared[str], bool]:
    """A number of families or children before its noun, and whether it is hidden."""
    return clear_before_noun(count, data.limits), 0 < count < data.k


def between(data: ReportData) -> Cleared[str]:
    """How long lies between the two moments: `zes maanden`, or weeks where that is nearer."""
    days = settings_of(data.front).days
    months = round(days / MONTH)
    if months >= 2 and abs(days - months * MONTH) <= MONTH / 4:
        return own_words(tn("{word} month", "{word} months", months, word=number_word(months)))
    weeks = max(1, round(days / 7))
    return own_words(tn("{word} week", "{word} weeks", weeks, word=number_word(weeks)))


def municipalities(data: ReportData) -> Cleared[str]:
    """The municipalities that the coordinator chose, in her order; all of them where she chose none."""
    names = data.front.municipalities
    if not names:
        return own_words(t("all municipalities"))
    if len(names) == 1:
        return own_words(names[0])
    return own_words(t("{names} and {last}", names=", ".join(names[:-1]), last=names[-1]))


def change_sentence(data: ReportData, placeholder: Placeholder) -> tuple[Cleared[str], bool]:
    """How it went in a group of life domains, in sentences that fit the number of families; true also where there is none."""
    wanted = placeholder.arguments.get("groep", "")
    name = next((row.name for row in data.joint if row.key == wanted), None)
    if name is None:
        known = ", ".join(row.key for row in data.joint)
        problem = t("there is no group {wanted}; choose from: {known}", wanted=wanted or "?", known=known)
        raise errors.BadReport(file="", line=placeholder.line, problem=problem)
    found = change_rows(data)
    row = next((number for number, (each, _) in enumerate(found) if each.key == wanted), None)
    if row is None:
        return own_words(t("{group}: no family has scores at two moments yet.", group=name)), False
    table = masked_change(data)
    n = table.value.row_totals[row]
    if n is None or not allowed(n, k=data.k).counts:
        few = own_words(t("{group}: {few}.", group=name, few=t(TOO_FEW_TO_COUNT)))
        return sentences([few, *_worsening(table.value, row)]), True
    hidden = None in (table.value.cells[row][UP], table.value.cells[row][DOWN])
    if not any(table.value.words[row][column] or table.value.cells[row][column] is not None for column in (UP, DOWN)):
        closed = own_words(
            t("{group}: how many of the {n} families went forward or back we do not show.", group=name, n=n)
        )
        return sentences([closed, *_worsening(table.value, row)]), True
    said = phrase(
        mark("{group}: better in {better}, worse in {worse}."),
        group=own_words(name),
        better=_with_margin(data, table, row, UP),
        worse=_with_margin(data, table, row, DOWN),
    )
    return sentences([said, *_direction(table.value, row)]), hidden


def _with_margin(data: ReportData, table: Cleared[MaskedTable], row: int, column: int) -> Cleared[str]:
    """A cell in words; from thirty families on with the interval that chance alone would leave (Wilson, 95%)."""
    said = clear_share(table, row, column, k=data.k)
    count, n = table.value.cells[row][column], table.value.row_totals[row]
    if count is None or n is None or not allowed(n, k=data.k).interval:
        return said
    ends = wilson(count, n)
    if ends.low is None or ends.high is None:
        return said
    low, high = (own_words(str(round(100 * end))) for end in (ends.low, ends.high))
    return phrase(mark("{said}, by chance between {low} and {high}%"), said=said, low=low, high=high)


def _direction(table: MaskedTable, row: int) -> list[Cleared[str]]:
    """Where the numbers point to, from ten families on, where nothing of it is hidden."""
    dominance, n = table.dominance(row, up=UP, down=DOWN), table.row_totals[row]
    if dominance is None or n is None:
        return _worsening(table, row)
    group = allowed(n, k=1).interval
    if dominance >= DOMINANCE_BORDER:
        message = mark("In this group more families went forward than back.") if group else _FORWARD
    elif dominance <= -DOMINANCE_BORDER:
        message = mark("In this group more families went back than forward.") if group else _BACK
    else:
        message = mark("That does not point one way.")
    return [own_words(t(message))]


_FORWARD = mark("That points to progress.")
_BACK = mark("That points to a decline.")


def _worsening(table: MaskedTable, row: int) -> list[Cleared[str]]:
    said = table.worsening(row)
    return [own_words(said)] if said else []
