"""What the screen of change says: the table line by line, and one row in full."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from verhalen.analysis.change_table import ChangeRow, ChangeTable
from verhalen.i18n import mark, t, tn
from verhalen.model.family import Level
from verhalen.scores.change import Change
from verhalen.scores.moments import At
from verhalen.scores.splitting import COACH, ONLY_INTERNAL, START_SCORE
from verhalen.scores.wording import NO_COMPARISON, change_sentence, decimals
from verhalen.tui.matrix_page import bar_lines
from verhalen.tui.page import HEADING, MUTED, Line
from verhalen.tui.words import capital

ABOUT = {Level.ADULT: mark("adults"), Level.CHILD: mark("children")}
FORWARD, SAME, UNSEEN, BACKWARD = mark("forward"), mark("same"), mark("not looked at again"), mark("backward")
TO_READ = mark("changed in a way that must be read")
BY_START = mark(
    "Who begins low can nearly only rise, who begins high nearly only fall, also without support: compare no starting scores."
)
SIGNS = ("n", "+", "o", ".", "-", "x", "D")
"""Above the columns, as in the timelines; `legend` says what they are."""
_CELLS = (5, 5, 5, 5, 5, 5, 8)
_WORDS = (FORWARD, SAME, UNSEEN, BACKWARD, mark("no pair"))
_NAME = 48
"""Cells that the names keep where words stand above the columns."""


def row_name(row: ChangeRow) -> str:
    """What a row is about; an asterisk where a change must be read."""
    level = row.target.level
    about = f", {t(ABOUT[level])}" if level in ABOUT else ""
    return f"{capital(row.target.name)}{about}{' *' if row.change.flag or row.change.to_read else ''}"


def legend() -> str:
    """What the columns are; n and D are explained by the help, and by the words of a row."""
    return "  ".join(
        f"{sign} {t(word)}" for sign, word in zip((*SIGNS[1:6], "*"), (*_WORDS, mark("read it")), strict=True)
    )


def _columns(width: int) -> list[tuple[str, int]]:
    """What stands above each column and its cells: words where there is room for them, else signs."""
    words = [SIGNS[0], *(t(each) for each in _WORDS), SIGNS[-1]]
    columns = [(word, max(room, len(word) + 3)) for word, room in zip(words, _CELLS, strict=True)]
    if width - sum(room for _, room in columns) < _NAME:
        return list(zip(SIGNS, _CELLS, strict=True))
    return columns


def head_line(width: int) -> Content:
    """What stands above the columns."""
    columns = _columns(width)
    cells = "".join(head.rjust(room) for head, room in columns)
    return Content(" " * max(8, width - sum(room for _, room in columns)) + cells).stylize("bold")


def row_line(row: ChangeRow, width: int) -> Content:
    """A row on one line; a dot at the foot stands for nobody."""
    change, columns = row.change, _columns(width)
    room = max(8, width - sum(size for _, size in columns))
    numbers = (change.n, *parts(change), sum(map(len, change.not_paired.values())))
    cells = [*(str(each) if each else "·" for each in numbers), signed(change.dominance.value)]
    name = row_name(row)
    words = name if len(name) < room else f"{name[: room - 2]}…"
    return Content(
        words.ljust(room) + "".join(cell.rjust(size) for cell, (_, size) in zip(cells, columns, strict=True))
    )


def parts(change: Change) -> tuple[int, int, int, int]:
    """Forward, same and looked at again, not looked at again, backward."""
    return (change.up, change.same - change.same_carried, change.same_carried, change.down)


def signed(value: float | None) -> str:
    """Dominance with its sign; a dash where there is none."""
    return "–" if value is None else f"{'+' if value > 0 else ''}{decimals(value)}"


def step_words(value: float) -> str:
    """A step with its sign, without needless decimals: +1, 0, -0,5."""
    return f"{'+' if value > 0 else ''}{decimals(value, 0 if value == int(value) else 1)}"


def group_words(table: ChangeTable, value: str | int) -> str:
    """The value by which families are split."""
    if table.by == START_SCORE:
        return t("Began with {value}", value=value)
    return str(value) if value != "" else t("not noted")


# -- above the table -----------------------------------------------------------------------------------------------------


def basis_words(table: ChangeTable) -> str:
    """Which two moments, whose judgement, which rule, who is in it and who is not; what must be said beside the numbers."""
    scored, settings = table.scored, table.scored.settings
    moments = (
        t("from the first registration to the last when support ended")
        if settings.at is At.END
        else t("day {days}, {window} days before and after", days=settings.days, window=settings.window)
    )
    said = [
        t(
            "{instrument}: {moments}; {rule}; judged by: {assessor}.",
            instrument=scored.instrument.name,
            moments=moments,
            rule=t(settings.rule.label),
            assessor=t(scored.assessor.label),
        ),
        t(
            "{registered} families registered, {followed} followed, of whom {late} without a registration in the window.",
            registered=sum(each.t0 is not None for each in scored.moments),
            followed=len(scored.views.followed),
            late=len(scored.views.after_window),
        ),
    ]
    if table.by:
        said.append(t("Split by: {name}.", name=table.by))
    if table.by == START_SCORE:
        said.append(t(BY_START))
    if table.by == COACH:
        said.append(t(ONLY_INTERNAL))
    return " ".join(said)


# -- one row in full -----------------------------------------------------------------------------------------------------


def row_lines(table: ChangeTable, row: ChangeRow, width: int) -> Iterator[Line]:
    """All that is known of a row."""
    change = row.change
    value = f" · {group_words(table, row.value)}" if row.value is not None else ""
    yield Line(f"{row_name(row)}{value}", HEADING)
    if change.n:
        yield from bar_lines(parts(change), (FORWARD, SAME, UNSEEN, BACKWARD), width)
    yield Line(change_sentence(change))
    yield from (Line(words) for words in _more(row))
    yield Line(t(NO_COMPARISON), MUTED)


def _more(row: ChangeRow) -> Iterator[str]:
    change = row.change
    if change.n_persons:
        families = tn("{n} family", "{n} families", change.n_families)
        yield f"{families}, {tn('{n} person', '{n} persons', change.n_persons)}."
    again = change.same - change.same_confirmed - change.same_in_bulk - change.same_carried
    kinds = (
        (again, mark("scored the same again")),
        (change.same_confirmed, mark("confirmed one by one")),
        (change.same_in_bulk, mark("confirmed with the whole domain")),
        (change.same_carried, UNSEEN),
    )
    if change.same:
        yield t("Of the same: {parts}.", parts=_listed((n, t(word)) for n, word in kinds))
    if change.median_change.value is not None:
        yield t("The middle step is {step}.", step=step_words(change.median_change.value))
    if change.to_read and not change.flag:
        yield tn(
            "{n} family changed in a way that must be read.",
            "{n} families changed in a way that must be read.",
            change.to_read,
        )
    if change.mixed:
        yield tn("Of {n} as much went up as down.", "Of {n} as much went up as down.", change.mixed)
    if change.not_paired:
        gaps = _listed((len(them), t(why.label)) for why, them in change.not_paired.items())
        yield t("No pair: {reasons}.", reasons=gaps)
    if row.reasons:
        given = _listed((n, t(reason.label)) for reason, n in row.reasons.items())
        yield t("Reasons given for a worsening: {given}.", given=given)
    if row.revised is not None:
        later = row.revised
        words = t("with the revised baseline {up}, {same}, {down}", up=later.up, same=later.same, down=later.down)
        yield f"{capital(words)}."
    if change.at_floor or change.at_ceiling:
        yield t(
            "Began at the bottom and could only rise: {low}. Began at the top and could only fall: {high}.",
            low=change.at_floor,
            high=change.at_ceiling,
        )
    if change.composition_changed:
        yield tn(
            "In {n} family somebody came or left in between.",
            "In {n} families somebody came or left in between.",
            change.composition_changed,
        )
    if change.after_window:
        yield tn(
            "{n} of them has no registration in the window, only a later one.",
            "{n} of them have no registration in the window, only a later one.",
            change.after_window,
        )


def _listed(found: Iterator[tuple[int, str]]) -> str:
    return "; ".join(f"{words} {n}" for n, words in found if n)


# -- other rules ---------------------------------------------------------------------------------------------------------


def rule_lines(table: ChangeTable) -> Iterator[Line]:
    """What comes out otherwise under another rule for families."""
    yield Line(t("What another rule changes"), "bold $text-primary")
    rows = table.rules()
    if not rows:
        yield Line(t("Every rule gives the same numbers."))
        return
    yield Line(
        t(
            "Families forward / same / backward, where the rules differ. In use: {rule}.",
            rule=t(table.scored.settings.rule.label),
        ),
        MUTED,
    )
    for row in rows:
        level = f", {t(ABOUT[row.item.level])}" if row.item.level in ABOUT else ""
        yield Line("")
        yield Line(f"{capital(row.item.name)}{level}", HEADING)
        for rule, change in row.changes.items():
            words = f"{change.up} / {change.same} / {change.down}".ljust(14).replace(" ", "\u00a0")
            yield Line(f"{words}{t(rule.label)}", indent=2)
