"""Joint displays in lines for people: counts first, then what a team said of them. Every table fits a narrow terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.cli.tables import table
from verhalen.i18n import mark, t, tn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from verhalen.analysis.joint import JointRow
    from verhalen.analysis.joint_cases import Case, CaseLine
    from verhalen.analysis.joint_crosswalk import Crosswalk
    from verhalen.analysis.joint_factors import Factors
    from verhalen.analysis.joint_families import FamilyApart
    from verhalen.analysis.joint_themes import ThemeTable
    from verhalen.model.verdict import Verdict
    from verhalen.store.verdicts import Since

_WHO = {
    "coach": mark("coach"),
    "samen": mark("together"),
    "ouder": mark("parent"),
    "kind": mark("child"),
    "dienst": mark("service"),
}
"""Who judged, in one word."""
_WAY = {1: "+", 0: "=", -1: "-", None: "."}


# -- J1 --------------------------------------------------------------------------------------------------------------


def side_lines(rows: Sequence[JointRow], *, suggest: bool) -> Iterator[str]:
    """The counts of all rows in use, then what was decided on each, then what is not in use."""
    used = [row for row in rows if row.in_use]
    header = [
        t("life domains"),
        "n",
        t("better"),
        t("same"),
        t("worse"),
        t("stories"),
        t("own words"),
        t("about families"),
    ]
    if used:
        yield from table(header, [_side_cells(row) for row in used])
        yield ""
    for row in used:
        yield _side_verdict(row, suggest=suggest)
        yield from (f"  {line}" for line in _side_words(row))
    unused = [row.name for row in rows if not row.in_use]
    if unused:
        yield t("Nothing is scored or told of: {names}.", names=", ".join(unused))
    if not suggest:
        yield t("What the machine would say of it: --suggest. Write down what you say: verhalen verdict add KEY ...")


def _side_cells(row: JointRow) -> list[object]:
    change = row.change
    numbers = [change.n, change.up, change.same, change.down] if change else ["", "", "", ""]
    return [row.name, *numbers, row.stories.total, row.own.total, row.about.total]


def _side_verdict(row: JointRow, *, suggest: bool) -> str:
    said = verdict_words(row.verdict) if row.verdict else t("not discussed yet")
    line = f"{row.name} ({row.key}): {said}"
    return f"{line} [{t('suggestion')}: {t(row.suggestion.label)}]" if suggest else line


def _side_words(row: JointRow) -> Iterator[str]:
    """How many families tell what, the fragment that stands for it, and what came in since the verdict."""
    up, neither, down = row.voices
    ways = [(up, t("{n} good", n=up)), (neither, t("{n} neither", n=neither)), (down, t("{n} hard", n=down))]
    if any(row.voices):
        yield t("Families that tell: {ways}.", ways=", ".join(said for count, said in ways if count))
    if row.stories_about.total:
        yield tn("{n} story is told by others.", "{n} stories are told by others.", row.stories_about.total)
    if row.quote:
        yield '"' + " ".join(row.quote.text.split()) + '"'
    if row.since and row.verdict:
        yield since_line(row.since)


def verdict_words(verdict: Verdict) -> str:
    """What, why, who and when, in one line."""
    return f"{t(verdict.relation.label)}. {verdict.sentence} ({verdict.coder}, {verdict.day})"


def since_line(since: Iterable[Since]) -> str:
    """That a verdict may be out of date."""
    return t("Read it again: since then came {what}.", what=", ".join(t(each.label) for each in since))


# -- J2 --------------------------------------------------------------------------------------------------------------


def theme_lines(found: ThemeTable) -> Iterator[str]:
    """Own words first, then words about families."""
    classes = list(found.classes)
    if not found.rows:
        yield t("No code is used yet.")
        return
    yield t("Fragments, and behind them in brackets the families they come from.")
    for title, whose in ((t("own words"), "own"), (t("about families"), "about")):
        rows = []
        for row in found.rows:
            cells = row.own if whose == "own" else row.about
            if any(cell.fragments for cell in cells.values()):
                counts = [_pair(cells[each].fragments, len(cells[each].families)) for each in classes]
                rows.append([row.code, *counts])
        if rows:
            yield ""
            yield from table([title, *(f"{t(each.label)} n={len(found.classes[each])}" for each in classes)], rows)


def _pair(fragments: int, families: int) -> str:
    return f"{fragments} ({families})" if fragments else ""


# -- J3 --------------------------------------------------------------------------------------------------------------


def cases_lines(found: Sequence[Case]) -> Iterator[str]:
    """One line per family: where not everybody agrees."""
    header = [t("family"), t("coach"), t("scored"), t("told"), t("where we do not agree"), t("verdict")]
    rows = [
        [
            case.family,
            case.coach,
            sum(bool(line.paths) for line in case.lines),
            sum(bool(line.tellings) for line in case.lines),
            ", ".join(case.disagreeing),
            t(case.history[-1].relation.label) if case.history else "",
        ]
        for case in found
    ]
    yield from table(header, rows)
    yield t("One family with every voice and every score: verhalen joint J3 --family KEY")


def case_lines(case: Case) -> Iterator[str]:
    """Every life domain of one family, with every voice and every assessor."""
    if not case.lines:
        yield t("Nothing is scored or told of family {key} yet.", key=case.family)
        return
    yield t(
        "Family {key}, coach {coach}. + better, = the same, - worse, . not known.",
        key=case.family,
        coach=case.coach or "–",
    )
    header = [t("life domain"), t("who scores"), t("who tells"), t("where we do not agree")]
    yield from table(header, [[line.name, _paths(line), _voices(line), _differ(line)] for line in case.lines])
    for line in case.lines:
        for note in line.notes:
            why = "; ".join([*(t(each.label) for each in note.reasons), *([note.note] if note.note else [])])
            yield f"{line.name}, {note.item} ({t(note.assessor.label)}, {note.day}): {why}"
        if line.history:
            yield f"{line.name}: {verdict_words(line.history[-1])}"
    for note in case.notes:
        yield f"{t(note.assessor.label)}, {note.day}: {note.note}"
    if case.history:
        yield verdict_words(case.history[-1])
        if case.since:
            yield since_line(case.since)


def _paths(line: CaseLine) -> str:
    return ", ".join(f"{t(_WHO[path.assessor])} {_WAY[path.way]}" for path in line.paths)


def _voices(line: CaseLine) -> str:
    said = []
    for each in line.tellings:
        who = each.person.partition(".")[2] if each.person else each.who or t("somebody")
        stories = "".join(f" {key}" for key, _ in each.stories)
        said.append(f"{who} {_WAY[each.way]}{stories}")
    return ", ".join(said)


def _differ(line: CaseLine) -> str:
    return ", ".join(t(each.label) for each in line.differ)


# -- J4 --------------------------------------------------------------------------------------------------------------


def crosswalk_lines(found: Crosswalk) -> Iterator[str]:
    """Items with what is beside them, then the lines of the theory, then the gaps."""
    header = [t("item"), t("life domain"), t("asked in words"), t("codes"), t("stories"), t("lines")]
    rows = [
        [
            row.item.key,
            row.item.domain,
            t("yes") if row.has_question else t("no"),
            ", ".join(row.codes),
            row.stories or None,
            ", ".join(str(line.line) for line in row.lines),
        ]
        for row in found.rows
    ]
    yield from table(header, rows, optional=[] if found.theory else [5])
    if found.theory:
        yield ""
        yield from table(
            [t("line"), t("theory of change"), t("items"), t("codes"), t("stories")],
            [
                [
                    row.line.line,
                    "  " * (row.line.depth - 1) + row.line.title,
                    len(row.items),
                    len(row.codes),
                    row.stories,
                ]
                for row in found.lines
            ],
        )
    yield ""
    yield from _gaps(found)


def _gaps(found: Crosswalk) -> Iterator[str]:
    without, untold = found.without_question, found.untold
    if without:
        yield tn("{n} item has no question in words.", "{n} items have no question in words.", len(without))
    if untold:
        yield t("No words can stand beside: {items}.", items=", ".join(row.item.key for row in untold))
    if found.unasked:
        yield t("No item asks about: {names}.", names=", ".join(found.unasked))
    for row in found.lines:
        gaps = [
            *([] if row.is_measured else [t("nothing measures it")]),
            *([] if row.is_told else [t("nothing tells of it")]),
        ]
        if gaps:
            yield t("Line {line}, {title}: {gaps}.", line=row.line.line, title=row.line.title, gaps=", ".join(gaps))
    if found.theory is None:
        yield t("There is no theory of change yet: write one in codebooks/veranderingstheorie.md.")


# -- J5 --------------------------------------------------------------------------------------------------------------


def factor_lines(found: Factors) -> Iterator[str]:
    """Who names each code, with which life domains, and who never does."""
    sides = list(found.speaking)
    if not found.rows:
        yield t("Nobody names a code yet that is no evidence of a life domain.")
        return
    yield t("Fragments per perspective; of families, how many families behind them in brackets.")
    heard = "; ".join(t("{who}: {n} texts", who=t(side.label), n=found.speaking[side].sources) for side in sides)
    yield t("Heard: {heard}.", heard=heard)
    header = [t("code"), *(t(side.label) for side in sides), t("told with"), t("never by")]
    rows = []
    for row in found.rows:
        cells = [row.by.get(side) for side in sides]
        counts = [
            "" if cell is None else _pair(cell.fragments, len(cell.families)) if cell.families else str(cell.fragments)
            for cell in cells
        ]
        rows.append([row.code, *counts, ", ".join(row.told_with), ", ".join(t(each.label) for each in row.never)])
    yield from table(header, rows)
    if found.unnamed:
        yield t("Nobody names: {codes}.", codes=", ".join(key for key, _ in found.unnamed))


# -- families --------------------------------------------------------------------------------------------------------


def apart_lines(found: Sequence[FamilyApart]) -> Iterator[str]:
    """The list to work through."""
    if not found:
        yield t("In no family do words and scores go apart that was not looked at already.")
        return
    header = [t("family"), t("scores"), t("words"), t("how"), t("look at"), t("verdict")]
    rows = [
        [
            each.family,
            _WAY[each.numbers],
            _WAY[each.words],
            t(each.apart.label),
            ", ".join(side.domain for side in each.sides if side.is_apart),
            t(each.history[-1].relation.label) if each.history else "",
        ]
        for each in found
    ]
    yield from table(header, rows)
    yield t("Look at one: verhalen joint J3 --family KEY. Then: verhalen verdict add gezin:KEY ...")
