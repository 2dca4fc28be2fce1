"""Placeholders -> blocks and words, through consent and disclosure. Which names there are stands in `KNOWN`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from verhalen import errors
from verhalen.i18n import t
from verhalen.privacy.clearance import Cleared, own_words
from verhalen.privacy.disclosure import A_FEW, clear_count, clear_number_of_texts
from verhalen.report import (
    fill_change,
    fill_change_chart,
    fill_checklists,
    fill_coverage,
    fill_crossing,
    fill_guard,
    fill_inline,
    fill_joint,
    fill_joint_factors,
    fill_joint_families,
    fill_joint_items,
    fill_joint_themes,
    fill_method,
    fill_month,
    fill_page_one,
    fill_reach,
    fill_rounds,
    fill_signals,
    fill_stories,
    fill_study,
    fill_transitions,
    fill_words,
)
from verhalen.report.blocks import Block
from verhalen.report.compose import Answers
from verhalen.report.data import ReportData
from verhalen.report.guarding import ALL, FAMILIES, guarded, guarded_number, publish
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder

Alone = Callable[[ReportData, Placeholder, Log], Sequence[Block]]

_ALONE: dict[str, Alone] = {
    "tabel bereik": fill_reach.reach_table,
    "wie niet": fill_reach.not_seen,
    "tabel verandering": fill_change.change_table,
    "grafiek verandering": fill_change_chart.change_chart,
    "tabel overgang": fill_transitions.item_table,
    "grafiek overgang": fill_transitions.item_chart,
    "tabel kansarmoede": fill_transitions.poverty_table,
    "grafiek kansarmoede": fill_transitions.poverty_chart,
    "samen": fill_joint.joint_table,
    "samen thema's": fill_joint_themes.themes_table,
    "samen per gezin": fill_joint_families.cases_tables,
    "woorden tegen cijfers": fill_joint_families.apart_table,
    "vragen en items": fill_joint_items.items_table,
    "werkende factoren": fill_joint_factors.factors_table,
    "dekking": fill_coverage.coverage_table,
    "kruistabel": fill_crossing.crosstab,
    "signalen": fill_signals.signals_table,
    "citaat": fill_words.quote,
    "citaten": fill_words.quotes,
    "verhaal": fill_words.story,
    "grenzen": fill_method.limits,
    "methode": fill_guard.method,
    "telwerk": fill_reach.counting_cost,
    "inhoud": fill_page_one.contents,
    "voorop": fill_page_one.up_front,
    "grens": fill_page_one.one_limit,
    "verhalen": fill_stories.stories,
    "tabel verhalen": fill_stories.told_table,
    "rondes": fill_rounds.chosen,
    "teruggekoppeld": fill_rounds.told_back,
    "tabel maand": fill_month.month_table,
    "te doen": fill_month.to_do,
    "tabel materiaal": fill_study.material_table,
    "tabel toestemming": fill_study.consent_table,
    "codeboom": fill_study.code_tree,
    "controlelijst": fill_checklists.whole_list,
}
_INLINE = (
    "aantal gezinnen",
    "aantal kinderen",
    "aantal verhalen",
    "aantal fragmenten",
    "aantal gevolgd",
    "periode",
    "instrument",
    "beter",
    "slechter",
    "verandering",
    "tussentijd",
    "gemeenten",
    "punt",
)

KNOWN: Mapping[str, frozenset[str]] = {
    **dict.fromkeys((*_ALONE, *_INLINE), frozenset[str]()),
    "kruistabel": frozenset({"rijen", "langs", "eenheid"}),
    "tabel bereik": frozenset({"gemeenten", "perioden"}),
    "citaat": frozenset({"groep", "domein", "kleur", "fragment"}),
    "citaten": frozenset({"groep", "domein", "kleur", "n"}),
    "verhaal": frozenset({"antwoord", "verhaal"}),
    "samen": frozenset({"per"}),
    "samen thema's": frozenset({"code"}),
    "samen per gezin": frozenset({"gezin"}),
    "vragen en items": frozenset({"instrument"}),
    "werkende factoren": frozenset({"code"}),
    "signalen": frozenset({"wanneer"}),
    "beter": frozenset({"groep"}),
    "slechter": frozenset({"groep"}),
    "tabel overgang": frozenset({"item", "drempel", "woorden"}),
    "grafiek overgang": frozenset({"item", "drempel"}),
    "tabel kansarmoede": frozenset({"drempel", "woorden"}),
    "grafiek kansarmoede": frozenset({"drempel"}),
    "verandering": frozenset({"groep"}),
    "voorop": frozenset({"verhaal", "fragment", "groep", "kort"}),
    "dekking": frozenset({"kort"}),
    "grenzen": frozenset({"kort"}),
    "verhalen": frozenset({"aantal"}),
    "rondes": frozenset({"ronde"}),
    "controlelijst": frozenset({"lijst"}),
    "punt": frozenset({"lijst", "punt"}),
}
"""Name of each placeholder and the arguments it takes."""


NEEDED: Mapping[str, tuple[str, ...]] = {
    "kruistabel": ("langs",),
    "beter": ("groep",),
    "slechter": ("groep",),
    "verandering": ("groep",),
    "tabel overgang": ("item",),
    "grafiek overgang": ("item",),
    "controlelijst": ("lijst",),
    "punt": ("lijst", "punt"),
}
"""Arguments that a placeholder cannot do without."""


def stands_alone(name: str) -> bool:
    """Whether a placeholder fills a whole paragraph, and cannot stand within a sentence."""
    return name in _ALONE


def answers(data: ReportData, log: Log) -> Answers:
    """Who fills the placeholders of one report."""
    said: dict[str, Cleared[str]] = {}
    return Answers(
        within=lambda placeholder: _once(data, placeholder, log, said=said),
        alone=lambda placeholder: _alone(data, placeholder, log),
    )


def _once(data: ReportData, placeholder: Placeholder, log: Log, *, said: dict[str, Cleared[str]]) -> Cleared[str]:
    """What was counted once is not counted again for the same words elsewhere; each place stands in the log."""
    asked = placeholder.source
    if asked not in said:
        said[asked] = _within(data, placeholder, log)
        return said[asked]
    first = next((each for each in log.numbers if each.source == asked), None)
    if first is not None:
        log.number(first.value, source=asked, suppressed=first.suppressed)
    return said[asked]


def _alone(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    filler = _ALONE.get(placeholder.name)
    if filler is None:
        from verhalen.report.blocks import Paragraph

        return [Paragraph(_within(data, placeholder, log))]
    return guarded(data, placeholder, log, lambda: filler(data, placeholder, log))


def _within(data: ReportData, placeholder: Placeholder, log: Log) -> Cleared[str]:
    if placeholder.name in _ALONE:
        problem = t("{name} stands alone in its paragraph, not within a sentence", name=placeholder.name)
        raise errors.BadReport(file="", line=placeholder.line, problem=problem)
    if placeholder.name == "punt":
        return fill_checklists.one_point(data, placeholder, log)
    said, suppressed = guarded_number(data, placeholder, log, lambda: _words(data, placeholder, log))
    if placeholder.name.startswith(("aantal", "beter", "slechter", "verandering")):
        log.number(said.value, source=placeholder.source, suppressed=suppressed)
    return said


def _words(data: ReportData, placeholder: Placeholder, log: Log) -> tuple[Cleared[str], bool]:
    match placeholder.name:
        case "aantal gezinnen":
            return _families(data, log, FAMILIES, data.reach.families, data.reach.keys)
        case "aantal kinderen":
            return _families(data, log, "children", data.reach.children, data.reach.keys)
        case "aantal gevolgd":
            followed = data.change.pairs.followed
            if followed and not fill_change.knows_followed(data):
                return own_words(t(A_FEW)), True
            return fill_inline.families(data, len(followed))
        case "aantal verhalen":
            return clear_number_of_texts(len(data.stories)), False
        case "aantal fragmenten":
            return clear_number_of_texts(len(data.pieces)), False
        case "instrument":
            return own_words(data.change.instrument.name), False
        case "periode":
            return own_words(_period(data)), False
        case "tussentijd":
            return fill_inline.between(data), False
        case "gemeenten":
            return fill_inline.municipalities(data), False
        case "verandering":
            fill_change.publish_change(data, placeholder, log)
            return fill_inline.change_sentence(data, placeholder)
        case _:
            fill_change.publish_change(data, placeholder, log)
            return fill_change.said_cell(data, placeholder)


def _families(
    data: ReportData, log: Log, kind: str, count: int, families: Collection[str]
) -> tuple[Cleared[str], bool]:
    publish(data, log, kind, ALL, clear_count(count, data.limits).value, families)
    return fill_inline.families(data, count)


def _period(data: ReportData) -> str:
    if data.front.period is None:
        return t("the whole time of the project")
    first, last = data.front.period
    return t("{first} to {last}", first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
