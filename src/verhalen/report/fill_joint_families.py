"""J3 and the families whose words and numbers go apart, in a report: for the team only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from verhalen import errors
from verhalen.analysis.joint import contradicting_families
from verhalen.analysis.joint_cases import Case, CaseLine, cases
from verhalen.analysis.joint_data import JointChoice, JointData, load_joint
from verhalen.analysis.joint_families import families_apart
from verhalen.i18n import mark, t
from verhalen.privacy.clearance import Audience, Cleared
from verhalen.privacy.clearance import own_words as ours
from verhalen.privacy.disclosure import A_FEW, clear_count, clear_sentence
from verhalen.privacy.team_words import clear_team_words
from verhalen.report.blocks import Block, Note, Table
from verhalen.report.data import ReportData, settings_of
from verhalen.report.guarding import ALL, publish
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder

_WAY = {1: "+", 0: "=", -1: "-", None: "."}
ONLY_TEAM = mark(
    "{name} shows family by family and stays in the team; take it out, or make this report with publiek: intern"
)
_SIGNS = mark("+ better, = the same, - worse, . not known. Those who score are never subtracted from each other.")
NOTHING = "–"


def cases_tables(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """A table per family in which not everybody agrees, or of the one that `gezin` names. Refuses outside the team."""
    _refuse_outside(data, placeholder)
    wanted = placeholder.arguments.get("gezin", "")
    found = cases(_joint_data(data), family=wanted, today=data.day)
    if wanted and not found:
        problem = t("there is no family {family} in this report", family=wanted)
        raise errors.BadReport(file="", line=placeholder.line, problem=problem)
    shown = found if wanted else tuple(each for each in found if each.disagreeing)
    if not shown:
        return [Note(ours(t("In no family do those who score and those who tell go opposite ways.")))]
    return [_case(data, each, whole=bool(wanted), explained=each is shown[0]) for each in shown]


def _refuse_outside(data: ReportData, placeholder: Placeholder) -> None:
    if data.audience is not Audience.INTERNAL:
        problem = t(ONLY_TEAM, name=placeholder.name)
        raise errors.BadReport(file="", line=placeholder.line, problem=problem)


def _joint_data(data: ReportData) -> JointData:
    """The same families and settings as the rest of the report."""
    choice = JointChoice(data.change.instrument.key, data.front.period, settings_of(data.front))
    return replace(load_joint(data.project, choice, today=data.day), families=data.families)


def _case(data: ReportData, case: Case, *, whole: bool, explained: bool) -> Table:
    lines = [line for line in case.lines if whole or line.differ]
    header = (
        mark("Life domain"),
        mark("Who scores"),
        mark("Who tells"),
        mark("Where we do not agree"),
        mark("Verdict"),
    )
    title = t("Family {family}, coach {coach}", family=case.family, coach=case.coach)
    return Table(
        header=tuple(ours(t(word)) for word in header),
        rows=tuple(_line(data, line) for line in lines),
        caption=_inside(data, title),
        note=ours(t(_SIGNS)) if explained else None,
    )


def _line(data: ReportData, line: CaseLine) -> tuple[Cleared[str], ...]:
    paths = ", ".join(f"{t(path.assessor.label)} {_WAY[path.way]}" for path in line.paths)
    voices = ", ".join(
        f"{each.person.partition('.')[2] if each.person else each.who or t('somebody')} {_WAY[each.way]}"
        for each in line.tellings
    )
    last = line.history[-1] if line.history else None
    verdict = f"{t(last.relation.label)}: {last.sentence}" if last else t("not discussed yet")
    differ = ", ".join(t(each.label) for each in line.differ)
    return (ours(line.name), *(_inside(data, words or NOTHING) for words in (paths, voices, differ, verdict)))


def _inside(data: ReportData, text: str) -> Cleared[str]:
    cleared = clear_team_words(text, data.audience)
    if cleared is None:  # `_refuse_outside` comes first; a caller that forgets it shows nothing
        return ours(t("for the team only"))
    return cleared


# -- families whose words and numbers go apart -----------------------------------------------------------------------


def apart_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """The list for the team; for others how many families there are, masked like any count."""
    if data.audience is not Audience.INTERNAL:
        # Words that may not be counted outside do not decide here either.
        counted = contradicting_families(data.change.standing, data.pieces, data.stories)
        return [Note(_how_many(data, {each.family for each in counted}, placeholder, log))]
    keys = {each.key for each in data.families}
    listed = [each for each in families_apart(_joint_data(data)) if each.family in keys]
    if not listed:
        return [Note(ours(t("In no family do words and scores go apart.")))]
    header = (mark("Family"), mark("Scores"), mark("Words"), mark("How"), mark("Look at"), mark("Verdict"))
    rows = []
    for each in listed:
        last = each.history[-1] if each.history else None
        verdict = f"{t(last.relation.label)}: {last.sentence}" if last else t("not discussed yet")
        look = ", ".join(side.name for side in each.sides if side.is_apart)
        cells = (each.family, _WAY[each.numbers], _WAY[each.words], t(each.apart.label), look or NOTHING, verdict)
        rows.append(tuple(_inside(data, words) for words in cells))
    return [
        Table(
            header=tuple(ours(t(word)) for word in header),
            rows=tuple(rows),
            caption=ours(t("Families whose words and scores go apart")),
        )
    ]


def _how_many(data: ReportData, families: Collection[str], placeholder: Placeholder, log: Log) -> Cleared[str]:
    shown = clear_count(len(families), data.limits).value
    settings = settings_of(data.front)
    kind = f"apart {data.change.instrument.key} {settings.rule} {settings.days} {settings.window}"
    publish(data, log, kind, ALL, shown, families)
    log.number(t(A_FEW) if shown is None else str(shown), source=placeholder.source, suppressed=shown is None)
    message = mark("Families whose words and scores go different ways: {n}. We talk these over one by one.")
    return clear_sentence(message, data.limits, counts={"n": len(families)})
