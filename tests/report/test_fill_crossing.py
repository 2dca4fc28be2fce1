"""A crosstab in a report: who is counted for whom, what hides, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from tests.analysis.crossing_made import add_family, make
from tests.builders import code_words, story

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.family import Person, Trajectory
from verhalen.model.release import Release
from verhalen.msc.telling import tell
from verhalen.privacy.clearance import Audience, Cleared
from verhalen.report.blocks import Block, Note, Table
from verhalen.report.data import load
from verhalen.report.fill import answers
from verhalen.report.fill_crossing import ONLY_FAMILIES, crosstab
from verhalen.report.front import Front
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.store import families, scores, stories
from verhalen.store.project import ProjectFile

DAY = dt.date(2026, 3, 2)
TOWNS = (
    "Kontich",
    "Kontich",
    "Kontich",
    "Kontich",
    "Kontich",
    "Kontich",
    "Lint",
    "Lint",
    "Lint",
    "Mol",
    "Mol",
    "Mol",
    "Mol",
)
"""Of the families G101, G102 ..."""
TELLING = ("G101", "G102", "G103", "G104", "G107", "G108", "G109", "G110")
"""Four of the six of Kontich, all three of Lint, one of the four of Mol."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectFile]:
    """For tests that leave the families alone."""
    folder = tmp_path_factory.mktemp("crossing")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(folder / "home"))
        made = _furnished(folder)
        yield made
        made.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[ProjectFile]:
    made = _furnished(tmp_path)
    yield made
    made.close()


def _furnished(folder: Path) -> ProjectFile:
    """Stories of eight families about two life domains; a mother of Zandhoven who says something in a talk."""
    made = make(folder)
    for nth, town in enumerate(TOWNS, 101):
        with made.change(Act.ADD_FAMILY) as writing:
            family = families.add_family(writing, f"G{nth}", municipality=town)
            families.put_person(writing, family, Person(f"G{nth}.moeder", "ouder"))
            families.put_trajectory(writing, family, Trajectory(1, DAY, coach="Els"))
    for key in TELLING:
        tell(made, story("", key, f"Zo ging het bij ons in {key}, met de bus."))
    source = made.number("select min(id) from source")
    speaker, person = (made.number(f"select min(id) from {table}") for table in ("speaker", "person"))
    with made.change(Act.LINK_SPEAKER) as writing:
        writing.execute("update speaker set person_id = ? where id = ?", (person, speaker))
    code_words(made, source, "de huur was te hoog", "ld.won.huur")
    code_words(made, source, "Ik sliep niet", "ld.ink")
    return made


def filled(project: ProjectFile, audience: Audience, **arguments: str) -> tuple[list[Block], Log]:
    log = Log()
    data = load(project, Front(instrument="balans"), audience, day=DAY)
    return [*crosstab(data, Placeholder("kruistabel", arguments, 7), log)], log


def said(blocks: list[Block]) -> Mapping[str, tuple[str, ...]]:
    (table,) = (each for each in blocks if isinstance(each, Table))
    words = [tuple(cell.value for cell in row if not isinstance(cell, tuple)) for row in (table.header, *table.rows)]
    return {row[0]: row[1:] for row in words}


def test_the_team_sees_every_family_that_tells_in_a_story_or_in_its_own_words(project: ProjectFile) -> None:
    rows = said(filled(project, Audience.INTERNAL, rijen="domein", langs="gemeente")[0])
    assert rows["Levensdomeinen"][:-1] == ("Kontich", "Lint", "Mol", "Ranst", "Zandhoven", rows["Levensdomeinen"][5])
    assert rows["Sociaal netwerk"] == ("4", "3", "1", "0", "1", "0", "9")
    group = said(filled(project, Audience.INTERNAL, langs="gemeente")[0])
    assert group["Mensen"] == ("4", "3", "1", "0", "1", "0", "9"), (
        "a family that tells of two of its domains counts once"
    )


def test_outside_small_and_full_cells_hide_and_only_consented_words_count(project: ProjectFile) -> None:
    blocks, log = filled(project, Audience.COUNCIL, rijen="domein", langs="gemeente")
    rows = said(blocks)
    # Lint has three families, and four other values one each: together, so that no column tells of one family.
    assert rows["Levensdomeinen"] == ("Kontich", "Mol", "4 andere samen", "Gezinnen")
    # G001 told a story, with consent. Of Mol one family tells, and what it hides behind is large enough.
    assert rows["Sociaal netwerk"] == ("4", "niet getoond", "niet getoond", "9")
    assert all(number.suppressed or int(number.value) == 0 or int(number.value) >= 3 for number in log.numbers)
    strict = rows["Zich goed voelen"]
    assert strict[0] not in ("1", "2", "3", "4"), "below five in a sensitive life domain"


def test_what_all_families_of_a_column_tell_hides_too(project: ProjectFile) -> None:
    data = load(project, Front(instrument="balans"), Audience.COUNCIL, day=DAY)
    few = replace(data, families=tuple(each for each in data.families if each.municipality in ("Lint", "Kontich")))
    log = Log()
    blocks = [*crosstab(few, Placeholder("kruistabel", {"rijen": "domein", "langs": "gemeente"}), log)]
    # All three of Lint and four of Kontich: with their seven together, as only three live in Lint and six in Kontich, at least
    # one of Lint would tell of it. So the seven hide too, and nothing is left of the row.
    assert [type(each) for each in blocks] == [Note]
    assert "7" not in str(blocks[0])
    assert all(number.suppressed for number in log.numbers)


def _scored(project: ProjectFile) -> None:
    """Four more families for whom it went better and four for whom it went worse; three and two of them tell."""
    instrument = project.number("select min(id) from instrument")
    item = next(each.id for each in scores.instruments(project)[0].items if each.key == "gezin.steun")
    for nth, levels in enumerate([(2, 4)] * 4 + [(4, 2)] * 4, 201):
        add_family(project, f"G{nth}", "Ranst", instrument, item, levels)
    for nth in (201, 202, 203, 205, 206):
        tell(project, story("", f"G{nth}", f"Dit vertelt G{nth} over de bus."))


def test_classes_of_change_never_go_together_and_a_worsening_that_hides_is_said(own: ProjectFile) -> None:
    _scored(own)
    blocks, _ = filled(own, Audience.COUNCIL, rijen="domein", langs="verandering")
    rows = said(blocks)
    assert rows["Levensdomeinen"] == ("beter", "slechter", t("not compared"), "Gezinnen")
    # Four of the five for whom it went better tell of it, two of the five for whom it went worse, eight others.
    assert rows["Sociaal netwerk"] == ("niet getoond", "niet getoond", "8", "14")
    notes = [each.words.value for each in blocks if isinstance(each, Note) and isinstance(each.words, Cleared)]
    assert any("achteruit" in each and "Sociaal netwerk" in each for each in notes)


def test_codes_count_families_whose_words_may_be_counted(project: ProjectFile) -> None:
    inside = said(filled(project, Audience.INTERNAL, rijen="code", langs="gemeente")[0])
    assert inside["ld.won.huur"] == ("0", "0", "0", "0", "1", "0", "1")
    outside, _ = filled(project, Audience.COUNCIL, rijen="code", langs="gemeente")
    assert [type(each) for each in outside] == [Note], "nobody said yes to it"
    person = project.number("select min(id) from person")
    with project.change(Act.CONSENT) as writing:
        stories.set_person_consent(writing, person, Consent(Purpose.REPORT, Answer.YES, DAY, "moeder"))
        stories.set_person_consent(writing, person, Consent(Purpose.TEAM, Answer.YES, DAY, "moeder"))
    outside, log = filled(project, Audience.COUNCIL, rijen="code", langs="gemeente")
    assert log.numbers, "now it is counted"
    assert [type(each) for each in outside] == [Note], "and too small to be shown"
    assert all(number.suppressed for number in log.numbers if number.value not in ("0",))


def test_fragments_are_for_the_team_and_leave_out_what_somebody_refused(project: ProjectFile) -> None:
    asked = {"rijen": "domein", "langs": "taal", "eenheid": "fragmenten"}
    person = project.number("select min(id) from person")
    for answer, fragments in ((Answer.NO, None), (Answer.YES, "2")):
        with project.change(Act.CONSENT) as writing:
            stories.set_person_consent(writing, person, Consent(Purpose.TEAM, answer, DAY, "moeder"))
        blocks, _ = filled(project, Audience.INTERNAL, **asked)
        if fragments is None:
            assert [type(each) for each in blocks] == [Note]
        else:
            assert said(blocks)["Zich goed voelen"][0] == fragments
    _, log = filled(project, Audience.COUNCIL, rijen="domein", langs="gemeente", eenheid="fragmenten")
    assert log.warnings[0].message == ONLY_FAMILIES


@pytest.mark.parametrize(
    ("arguments", "audience", "hint"),
    [
        ({"langs": "gemente"}, Audience.COUNCIL, "gemeente"),
        ({}, Audience.COUNCIL, "gemeente"),
        ({"langs": "coach"}, Audience.COUNCIL, "coach"),
        ({"langs": "role"}, Audience.INTERNAL, "langs"),
        ({"langs": "gemeente", "rijen": "kolom"}, Audience.COUNCIL, "groep, domein"),
        ({"langs": "gemeente", "eenheid": "kilo"}, Audience.COUNCIL, "gezinnen"),
    ],
)
def test_what_no_table_can_be_made_of_is_an_error_with_its_line(
    project: ProjectFile, arguments: dict[str, str], audience: Audience, hint: str
) -> None:
    with pytest.raises(errors.BadReport) as found:
        filled(project, audience, **arguments)
    assert found.value.values["line"] == 7
    assert hint in str(found.value)


def _one_report(project: ProjectFile, *asked: Mapping[str, str]) -> tuple[list[list[Block]], Log]:
    """Several crosstabs of one report for the council."""
    log = Log()
    filler = answers(load(project, Front(instrument="balans"), Audience.COUNCIL, day=DAY), log)
    return [[*filler.alone(Placeholder("kruistabel", dict(each), 7))] for each in asked], log


def test_two_crosstabs_of_one_report_are_not_subtracted_from_each_other(own: ProjectFile) -> None:
    # Kontich and Mol are one region: of the region five tell and of Kontich four, so of Mol one does.
    ids = {each.key: each.id for each in families.families(own)}
    with own.change(Act.ADD_FAMILY) as writing:
        for nth, town in enumerate(TOWNS, 101):
            families.set_attribute(writing, ids[f"G{nth}"], "streek", "zuid" if town == "Lint" else "noord")
        for key in ("G001", "G002", "G003"):
            families.set_attribute(writing, ids[key], "streek", "zuid")
    by_town, by_region = ({"rijen": "domein", "langs": by} for by in ("gemeente", "streek"))
    (first, second), log = _one_report(own, by_town, by_region)
    assert said(first)["Sociaal netwerk"] == ("4", "niet getoond", "niet getoond", "9")
    assert [type(each) for each in second] == [Note]
    assert [(each.line, each.values["k"]) for each in log.warnings if "another table" in each.message] == [(7, 3)]
    # On its own the second stands; and the same one again tells nothing new.
    (alone, again), _ = _one_report(own, by_region, by_region)
    assert said(alone)["Sociaal netwerk"][0] == "5"
    assert alone == again


def test_nor_are_those_of_two_reports_one_after_the_other(own: ProjectFile) -> None:
    ids = {each.key: each.id for each in families.families(own)}
    with own.change(Act.ADD_FAMILY) as writing:
        for key, number in ids.items():
            families.set_attribute(writing, number, "streek", "noord" if key in ("G107", "G108", "G101") else "zuid")
    log = Log()
    data = load(own, Front(instrument="balans"), Audience.COUNCIL, day=DAY)
    answers(data, log).alone(Placeholder("kruistabel", {"rijen": "domein", "langs": "gemeente"}, 7))
    rows = tuple(each.row for each in log.rows.values())
    sent = Release(1, "eerste.md", "Eerste", "council", "", "2026-01-05", "2026-01-12", "Greet", rows)
    for earlier, kinds in (((), [Table]), ((sent,), [Note])):
        blocks = answers(replace(data, earlier=earlier, remembered={}), Log()).alone(
            Placeholder("kruistabel", {"rijen": "domein", "langs": "streek"}, 7)
        )
        assert [type(each) for each in blocks if isinstance(each, Table)] == [kind for kind in kinds if kind is Table]
    again = answers(replace(data, earlier=(sent,)), Log()).alone(
        Placeholder("kruistabel", {"rijen": "domein", "langs": "gemeente"}, 7)
    )
    assert any(isinstance(each, Table) for each in again), "the same table again tells nothing new"
