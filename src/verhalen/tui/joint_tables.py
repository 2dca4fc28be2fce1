"""Codes by how it went (J2), questions beside codes (J4), what helps or hinders and who names it (J5), as tables to walk through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from verhalen.analysis.joint_crosswalk import Crosswalk, CrosswalkRow, LineRow
from verhalen.analysis.joint_data import JointData
from verhalen.analysis.joint_factors import FactorCell, FactorRow, Factors
from verhalen.analysis.joint_themes import ThemeCell, ThemeRow, ThemeTable
from verhalen.analysis.perspectives import Perspective
from verhalen.api.project import Project
from verhalen.i18n import mark, t, tn
from verhalen.tui.change_choices import Asked
from verhalen.tui.commands.counted import COUNTED, FACTORS
from verhalen.tui.counted_screen import Counted, CountedRow, CountedScreen
from verhalen.tui.joint_reading import load
from verhalen.tui.page import HEADING, MUTED, Line
from verhalen.tui.words import capital

_NONE = "·"


class FactorsScreen(CountedScreen):
    """J5."""

    COMMAND_CLASSES = FACTORS
    HELP_TITLE: ClassVar[str] = mark("What helps or hinders")
    HELP_TEXT: ClassVar[str] = mark(
        "Each line is something that helps or stands in the way. The columns say from where it is named: by families, coaches, "
        "the coordinator, partners; a number counts fragments. Below stands with which parts of life it is told, and who never "
        "names it. Who is not heard in this project at all has no column: silence says nothing then. Enter opens the fragments."
    )

    @property
    def file_name(self) -> str:
        """Of a file."""
        return t("what-helps-or-hinders")

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._by_domain = False
        """Whether the columns are life domains."""

    def count(self, project: Project) -> Counted:
        """Count by perspective, or by the life domain with which each is told."""
        data = load(project, self.asked, today=self.frame.day)
        found = project.joining.factors(data)
        names = {each.key: each.name for each in data.domains.domains}
        if self._by_domain:
            domains = tuple(key for key in names if any(key in row.told_with for row in found.rows))
            told = ", ".join(f"{key} {names[key]}" for key in domains)
            rows = tuple(_factor(row, _in_domains(row, domains), names) for row in found.rows)
            return Counted(told, domains, (*rows, *_unnamed(found, len(domains))), found, data)
        sides = tuple(each for each in Perspective if each in found.speaking)
        rows = tuple(_factor(row, _by_sides(row, sides), names) for row in found.rows)
        columns = (*(capital(t(each.label)) for each in sides), t("never"))
        return Counted(_heard(found), columns, (*rows, *_unnamed(found, len(columns))), found, data)

    def turn(self) -> None:
        """Who names it, or with which life domain."""
        self._by_domain = not self._by_domain
        self.reload()


def _heard(found: Factors) -> str:
    """Who is heard at all."""
    parts = [f"{t(side.label)}: {tn('{n} text', '{n} texts', heard.sources)}" for side, heard in found.speaking.items()]
    return t("Heard: {who}.", who=", ".join(parts)) if parts else t("Nobody is heard yet.")


def _unnamed(found: Factors, columns: int) -> tuple[CountedRow, ...]:
    """What nobody names, as a last line."""
    if not found.unnamed:
        return ()
    told = (Line(t("Named by nobody"), HEADING), Line(", ".join(name for _, name in found.unnamed)))
    name = f"{t('Named by nobody')}: {len(found.unnamed)}"
    return (CountedRow(" unnamed", name, ("",) * columns, told),)


def _by_sides(row: FactorRow, sides: Sequence[Perspective]) -> tuple[str, ...]:
    """Fragments from each side, and who never names it."""
    counts = (str(row.by[side].fragments) if side in row.by else _NONE for side in sides)
    return (*counts, ", ".join(t(each.label) for each in row.never))


def _in_domains(row: FactorRow, domains: Sequence[str]) -> tuple[str, ...]:
    """Fragments that are told in one breath with each life domain."""
    counts = (sum(cell.fragments for cell in row.told_with.get(domain, {}).values()) for domain in domains)
    return tuple(str(n) if n else _NONE for n in counts)


def _factor(row: FactorRow, cells: tuple[str, ...], names: Mapping[str, str]) -> CountedRow:
    groups = tuple((capital(t(side.label)), cell.codings) for side, cell in row.by.items())
    return CountedRow(row.code, row.name, cells, tuple(_factor_lines(row, names)), row.depth, groups)


def _factor_lines(row: FactorRow, names: Mapping[str, str]) -> Iterator[Line]:
    yield Line(f"{row.name}: {_sides(row.by)}", HEADING)
    if row.never:
        yield Line(t("Never named by: {who}.", who=", ".join(t(each.label) for each in row.never)), HEADING)
    if row.told_with:
        yield Line(t("Told in one breath with:"), MUTED)
    for domain, by in sorted(row.told_with.items(), key=lambda each: -sum(cell.fragments for cell in each[1].values())):
        yield Line(f"{names.get(domain, domain)}: {_sides(by)}", indent=2)


def _sides(by: Mapping[Perspective, FactorCell]) -> str:
    """How many fragments, and of how many families."""
    parts = []
    for side, cell in by.items():
        families = tn("{n} family", "{n} families", len(cell.families)) if cell.families else ""
        parts.append(f"{t(side.label)} {cell.fragments}{f' ({families})' if families else ''}")
    return ", ".join(parts)


class ThemesScreen(CountedScreen):
    """J2. For researchers."""

    COMMAND_CLASSES = COUNTED
    HELP_TITLE: ClassVar[str] = mark("Codes by how it went")
    HELP_TEXT: ClassVar[str] = mark(
        "For researchers. Each line is a code; the columns are families by how it went over all questions. A number says how "
        "many families tell of it in their own words, with their fragments in brackets. Who says nothing cannot name a code: "
        "above stands how many families of each kind tell at all. Enter opens the fragments."
    )

    @property
    def file_name(self) -> str:
        """Of a file."""
        return t("codes-by-how-it-went")

    def count(self, project: Project) -> Counted:
        """Count by class."""
        data = load(project, self.asked, today=self.frame.day)
        found = project.joining.themes(data)
        columns = tuple(capital(t(each.label)) for each in found.classes)
        return Counted(_classes(found, data), columns, tuple(_theme(row, found) for row in found.rows), found, data)


def _classes(found: ThemeTable, data: JointData) -> str:
    parts = [
        t("{what}: {telling} of {n} tell", what=t(each.label), telling=len(found.telling[each]), n=len(families))
        for each, families in found.classes.items()
    ]
    return f"{data.instrument.name} · {' · '.join(parts)}"


def _theme(row: ThemeRow, found: ThemeTable) -> CountedRow:
    cells = tuple(_theme_cell(row.own[each]) for each in found.classes)
    parts = ((mark("In their own words"), row.own), (mark("Others about families"), row.about))
    groups = tuple(
        (f"{t(words)}: {t(each.label)}", cell.codings) for words, cells_ in parts for each, cell in cells_.items()
    )
    told = [Line(row.name, HEADING)]
    for words, by in parts:
        said = ", ".join(f"{t(each.label)} {_theme_words(cell)}" for each, cell in by.items() if cell.fragments)
        told.append(Line(f"{t(words)}: {said or t('nothing told')}"))
    return CountedRow(row.code, row.name, cells, tuple(told), row.depth, groups)


def _theme_words(cell: ThemeCell) -> str:
    families = tn("{n} family", "{n} families", len(cell.families))
    return f"{families} ({tn('{n} fragment', '{n} fragments', cell.fragments)})"


def _theme_cell(cell: ThemeCell) -> str:
    return f"{len(cell.families)} ({cell.fragments})" if cell.fragments else _NONE


class CrosswalkScreen(CountedScreen):
    """J4."""

    COMMAND_CLASSES = COUNTED
    HELP_TITLE: ClassVar[str] = mark("Questions beside codes")
    HELP_TEXT: ClassVar[str] = mark(
        "For planning. Each line is a question that is scored, with the codes, fragments and stories that can tell of the same "
        "part of life; then the lines of your theory of change, from the file veranderingstheorie.md among the codebooks. A line "
        "with nothing beside it is measured and never told, or told and never measured."
    )

    @property
    def file_name(self) -> str:
        """Of a file."""
        return t("questions-beside-codes")

    def count(self, project: Project) -> Counted:
        """Set beside each other."""
        found = project.joining.crosswalk()
        columns = (t("Codes"), t("Fragments"), t("Stories"), t("Lines"))
        rows = (*(_question(row) for row in found.rows), *(_theory(row, found) for row in found.lines))
        return Counted(_crossed(found), columns, rows, found)


def _crossed(found: Crosswalk) -> str:
    said = [tn("{n} question", "{n} questions", len(found.rows))]
    said.append(tn("{n} without a word beside it", "{n} without a word beside them", len(found.untold)))
    if found.theory is None:
        said.append(t("no theory of change yet"))
    else:
        said.append(tn("{n} line of your theory of change", "{n} lines of your theory of change", len(found.lines)))
    unasked = f"\n{t('Only told, never asked: {what}.', what=', '.join(found.unasked))}" if found.unasked else ""
    return " · ".join(said) + unasked


def _question(row: CrosswalkRow) -> CountedRow:
    counts = (len(row.codes), row.fragments, row.stories, len(row.lines))
    told = [Line(f"{capital(row.item.name)} ({row.domain_name})", HEADING)]
    told.append(
        Line(t("Question: {words}", words=row.item.question) if row.has_question else t("No question in words."))
    )
    told.append(Line(t("Codes: {codes}", codes=", ".join(row.codes) or t("none"))))
    told += [Line(t("Theory of change: {line}", line=line.title)) for line in row.lines]
    return CountedRow(f"{row.instrument} {row.item.key}", capital(row.item.name), _numbers(*counts), tuple(told))


def _theory(row: LineRow, found: Crosswalk) -> CountedRow:
    names = {(each.instrument, each.item.key): each.item.name for each in found.rows}
    told = [Line(t("Theory of change: {line}", line=row.line.title), HEADING)]
    told.append(Line(t("Questions: {names}", names=", ".join(names[key] for key in row.items) or t("none"))))
    told.append(Line(t("Codes: {codes}", codes=", ".join(row.codes) or t("none"))))
    name = f"{'#' * row.line.depth} {row.line.title}"
    return CountedRow(f"line {row.line.line}", name, _numbers(len(row.codes), 0, row.stories, 0), tuple(told))


def _numbers(*counts: int) -> tuple[str, ...]:
    return tuple(str(each) if each else _NONE for each in counts)
