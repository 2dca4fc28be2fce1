"""One report after the other: what the ledger keeps out, row by row and table by table; thresholds; what stays said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from tests.made_reports import Made, many, report_data

from verhalen.i18n import language, set_language
from verhalen.model.release import Release, Threshold
from verhalen.privacy.clearance import Audience, Thresholds, thresholds
from verhalen.report.blocks import Block, Note, Table
from verhalen.report.data import ReportData
from verhalen.report.fill import answers
from verhalen.report.fill_change import masked_change
from verhalen.report.fill_guard import own_thresholds
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


def given_out(made: Sequence[Made], *names: str, audience: Audience = Audience.COUNCIL) -> Release:
    """What a report of these families with these placeholders shows."""
    data, log = report_data(made, audience), Log()
    for name in names:
        _fill(data, log, name)
    rows = tuple(each.row for each in log.rows.values())
    return Release(1, "eerste.md", "Eerste", audience, "", "2026-01-05", "2026-01-12", "Greet", rows)


def _fill(data: ReportData, log: Log, name: str) -> Sequence[Block] | str:
    filler = answers(data, log)
    if name.startswith("aantal"):
        return filler.within(Placeholder(name, {}, 3)).value
    key, _, rest = name.partition("|")
    arguments = dict(pair.split("=") for pair in rest.split()) if rest else {}
    return filler.alone(Placeholder(key, arguments, 3))


def second(made: Sequence[Made], first: Release, name: str) -> tuple[Sequence[Block] | str, Log]:
    log = Log()
    return _fill(report_data(made, Audience.COUNCIL, earlier=(first,)), log, name), log


FORTY = many(1, 40)


def test_the_same_report_again_is_no_danger() -> None:
    first = given_out(FORTY, "aantal gezinnen", "tabel bereik", "tabel verandering", "dekking", "wie niet")
    for name in ("aantal gezinnen", "tabel bereik", "tabel verandering", "dekking", "wie niet", "samen"):
        said, log = second(FORTY, first, name)
        assert log.refused == []
        assert said == _fill(report_data(FORTY, Audience.COUNCIL), Log(), name)


def test_one_family_more_keeps_numbers_and_tables_out_and_the_log_says_beside_which_report() -> None:
    more = [*FORTY, replace(FORTY[0], start=dt.date(2025, 3, 1), end=None)]
    first = given_out(FORTY, "aantal gezinnen", "tabel bereik")
    said, log = second(more, first, "aantal gezinnen")
    assert said == "a number of"
    (entry,) = log.refused
    assert (entry.report, entry.day, entry.line) == ("eerste.md", "2026-01-12", 3)
    blocks, log = second(more, first, "tabel bereik")
    assert isinstance(blocks, list)
    notes = [each for each in blocks if isinstance(each, Note)]
    assert notes
    assert log.refused
    assert len(notes) >= len(log.refused)
    assert any("eerste.md" in str(each) and "12/01/2026" in str(each) for each in log.warnings)
    # What was left out is not in the ledger either.
    assert ("known", "*") not in log.rows


def test_a_group_of_life_domains_stays_out_alone_and_the_others_stand() -> None:
    # One more family that was followed in both groups.
    more = [*FORTY, replace(FORTY[0], start=dt.date(2025, 3, 1), end=None, scores=((1, 4, True), (2, 2, True)))]
    first = given_out(FORTY, "tabel verandering")
    kept = replace(first, rows=tuple(row for row in first.rows if "wonen_geld" in row.kind))
    blocks, log = second(more, kept, "tabel verandering")
    table = next(each for each in blocks if isinstance(each, Table))
    cells = {row[0].value: [cell.value for cell in row[1:]] for row in table.rows}  # type: ignore[union-attr]
    assert set(cells["Wonen en geld"]) <= {"not shown", "see same"}
    assert cells["Gezondheid"][0].isdigit()
    assert [each.what for each in log.refused] == ["Wonen en geld"]
    # Whether that one family got worse is not said either.
    worse = masked_change(report_data(more, Audience.COUNCIL, earlier=(kept,))).value.also_worse
    assert worse[0] is False


def test_a_chart_and_a_number_in_a_sentence_follow_the_same_refusal() -> None:
    more = [*FORTY, replace(FORTY[0], start=dt.date(2025, 3, 1), end=None, scores=((1, 4, True), (2, 2, True)))]
    first = given_out(FORTY, "tabel verandering")
    data, log = report_data(more, Audience.COUNCIL, earlier=(first,)), Log()
    said = answers(data, log).within(Placeholder("beter", {"groep": "wonen_geld"}, 7)).value
    assert not any(letter.isdigit() for letter in said)
    # Both groups stay out: no chart, and one note in place of the table.
    assert answers(data, log).alone(Placeholder("grafiek verandering", {}, 9)) == []
    (note,) = answers(data, log).alone(Placeholder("tabel verandering", {}, 11))
    assert isinstance(note, Note)
    assert log.rows == {}
    assert len(log.warnings) == 1


def test_inside_the_team_nothing_is_kept_or_refused() -> None:
    data, log = report_data(FORTY, Audience.INTERNAL), Log()
    for name in ("aantal gezinnen", "tabel bereik", "tabel verandering", "dekking"):
        _fill(data, log, name)
    assert log.rows == {}
    assert log.masked == []


def test_municipalities_together_is_a_step_of_the_ladder_that_keeps_its_promise() -> None:
    made = [replace(each, town="Zandhoven") if n in (3, 9) else each for n, each in enumerate(many(2, 40))]
    log = Log()
    _fill(report_data(made, Audience.COUNCIL), log, "tabel bereik")
    (entry,) = [each for each in log.masked if each.what == "Families per municipality"]
    assert entry.hidden == 2
    step = entry.steps[0]
    assert (step.rung.value, step.argument, step.hidden) == ("towns", "gemeenten=samen", 0)
    log = Log()
    _fill(report_data(made, Audience.COUNCIL), log, "tabel bereik|gemeenten=samen")
    assert not [each for each in log.masked if each.what == "Families per municipality"]


def test_an_item_offers_the_cut_that_hides_least() -> None:
    log = Log()
    _fill(report_data(FORTY, Audience.COUNCIL), log, "tabel overgang|item=huishouden.schulden")
    (entry,) = log.masked
    assert [each.rung.value for each in entry.steps] == ["coarser", "hide"]  # no words are wide enough here
    cut = entry.steps[0]
    log = Log()
    _fill(report_data(FORTY, Audience.COUNCIL), log, f"tabel overgang|item=huishouden.schulden {cut.argument}")
    assert sum(each.hidden for each in log.masked) == cut.hidden


def test_two_reports_that_cut_an_item_elsewhere_do_not_give_the_value_between_away() -> None:
    made = [replace(each, scores=((3 if n == 5 else 2, 4, True), (2, 2, True))) for n, each in enumerate(FORTY[:20])]
    made += [replace(each, scores=((4, 4, True), (2, 2, True))) for each in FORTY[20:]]
    first = given_out(made, "tabel overgang|item=huishouden.schulden drempel=3")
    blocks, log = second(made, first, "tabel overgang|item=huishouden.schulden drempel=4")
    assert log.refused
    assert all(isinstance(each, Note) for each in blocks)


def test_thresholds_of_the_project_count_and_the_front_only_raises() -> None:
    assert thresholds(Audience.COUNCIL, None, at_least=1) == Thresholds(Audience.COUNCIL, 3, 5)
    assert thresholds(Audience.COUNCIL, (2, 4), at_least=3) == Thresholds(Audience.COUNCIL, 3, 4)
    assert thresholds(Audience.PUBLIC, None, at_least=7) == Thresholds(Audience.PUBLIC, 7, 10)
    assert thresholds(Audience.INTERNAL, (9, 9)) == Thresholds(Audience.INTERNAL, 1, 1)


def test_a_threshold_of_the_project_masks_more_and_prints_its_reason() -> None:
    own = Threshold("council", 8, 12, "De gemeente is klein en iedereen kent iedereen.", "2026-02-03", "Greet")
    data = report_data(FORTY, Audience.COUNCIL, own=own)
    shown = [n for row in masked_change(data).value.cells for n in row if n]
    assert shown
    assert min(shown) >= 8
    (said,) = own_thresholds(data)
    assert "De gemeente is klein en iedereen kent iedereen." in said.value
    assert "03/02/2026" in said.value
    assert own_thresholds(report_data(FORTY, Audience.COUNCIL)) == []


def test_a_hidden_worsening_is_said_in_the_table() -> None:
    scores = [((1, 4, True), (3, 3, True))] * 30 + [((4, 1, True), (3, 3, True))] * 2
    made = [replace(each, scores=own) for each, own in zip(many(4, 32), scores, strict=True)]
    blocks = _fill(report_data(made, Audience.COUNCIL), Log(), "tabel verandering")
    assert any("also got worse: Wonen en geld" in str(each.words.value) for each in blocks if isinstance(each, Note))  # type: ignore[union-attr]


def test_a_number_that_may_not_be_told_does_not_follow_from_others_of_the_same_document() -> None:
    more = [*FORTY, replace(FORTY[0], start=dt.date(2025, 3, 1), end=None, scores=None)]
    first = given_out(FORTY, "aantal gezinnen")
    data, log = report_data(more, Audience.COUNCIL, earlier=(first,)), Log()
    filler = answers(data, log)
    everybody = str(data.reach.families)
    assert filler.within(Placeholder("aantal gezinnen", {}, 1)).value == "a number of"
    for name in ("tabel bereik", "wie niet", "tabel verandering", "samen", "dekking"):
        for block in filler.alone(Placeholder(name, {}, 2)):
            # Neither itself, nor the two parts of it: who was followed, and who was not.
            said = str(block)
            assert f"{everybody} " not in said
            assert not isinstance(block, Table) or _sum_of(block) != data.reach.families
    followed, unfollowed = len(data.change.pairs.followed), data.reach.families - len(data.change.pairs.followed)
    assert filler.within(Placeholder("aantal gevolgd", {}, 3)).value == str(followed)
    assert not [each for each in log.numbers if each.value == str(unfollowed) and "wie niet" in each.source]


def _sum_of(table: Table) -> int:
    """The first column of numbers added up."""
    cells = [row[1].value for row in table.rows]  # type: ignore[union-attr]
    return sum(int(cell) for cell in cells if cell.isdigit())
