"""Numbers and stories side by side, families that contradict themselves and one family, as tables that can be drawn."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen.analysis.joint import JointRow
from verhalen.analysis.joint_cases import Case
from verhalen.analysis.joint_families import FamilyApart
from verhalen.exchange.table_picture import Bar, Cell, Table
from verhalen.i18n import mark, t
from verhalen.tui.case_words import DIFFER, paths_words, said_of, side_words, telling_words
from verhalen.tui.change_words import parts, signed
from verhalen.tui.joint_words import CLASSES, NOT_YET, NOTHING, by_sign, since_text, verdict_text
from verhalen.tui.words import capital

_BAR_ORDER = mark("Families from left to right: {parts}. D is better less worse, divided by n.")
_SIGNS = mark("Before a number: + good news, - bad news, ± both, o no change, ? not sorted yet.")
_WAYS = mark("Scores: ▲ better, = the same, ▼ worse than at the start. Words: + good news, o neither, - bad news.")


def joint_picture(title: str, basis: str, rows: Sequence[JointRow]) -> Table:
    """J1. Numbers left, words right, what the team says last; what the program would say is not in it."""
    classes = tuple(capital(t(each)) for each in CLASSES)
    heads = ("n", t("families"), "D", t("stories"), t("own words"), t("about families"), t("what you say of it"))
    return Table(
        title,
        [basis],
        ("", *(capital(each) if each != "n" else each for each in heads)),
        [_joint_row(row, classes) for row in rows],
        (t(_BAR_ORDER, parts=", ".join(t(each) for each in CLASSES)), t(_SIGNS)),
    )


def _joint_row(row: JointRow, classes: tuple[str, ...]) -> list[Cell]:
    change = row.change
    numbers: list[Cell] = ["–", t("not asked here"), ""]
    if change is not None:
        bar: Cell = Bar(parts(change), classes) if change.n else t("nobody seen twice")
        numbers = [str(change.n), bar, signed(change.dominance.value)]
    told = [by_sign(each) for each in (row.stories, row.own, row.about)]
    said = verdict_text(row.verdict) if row.verdict else capital(t(NOT_YET))
    new = f" {since_text(row.since)}" if row.since else ""
    return [row.name, *numbers, *("" if each == NOTHING else each for each in told), f"{said}{new}"]


def apart_picture(title: str, basis: str, found: Sequence[FamilyApart]) -> Table:
    """The families to work through, by their codes: a nickname stays on this machine."""
    heads = ("", t("How"), t("Where"), capital(t("what you say of it")))
    rows = [
        [
            each.family,
            capital(t(each.apart.label)),
            ", ".join(side_words(side) for side in each.sides if side.is_apart),
            capital(said_of(each.history)),
        ]
        for each in found
    ]
    return Table(title, [basis], heads, rows, (t(_WAYS),))


def case_picture(title: str, about: Sequence[str], case: Case) -> Table:
    """J3: one family, every assessor left and every voice right."""
    heads = ("", t("Who scored it"), t("Who told of it"), "")
    rows = [
        [
            line.name,
            paths_words(line),
            " · ".join(telling_words(each) for each in line.tellings) or t("nothing told"),
            capital(t(DIFFER)) if line.differ else "",
        ]
        for line in case.lines
    ]
    return Table(title, about, heads, rows, (t(_WAYS),))
