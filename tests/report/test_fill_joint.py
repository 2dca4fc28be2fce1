"""Joint displays in a report: what stays in the team is refused outside it, and families are masked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.joint_made import DAY, code, furnished
from tests.word_dump import dump

from verhalen import errors
from verhalen.api.project import Project
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.verdict import Relation
from verhalen.privacy.clearance import Audience
from verhalen.report.placeholders import Placeholder, parse_placeholder

EVERYTHING = (
    "samen", "samen thema's", "woorden tegen cijfers", "werkende factoren", "vragen en items instrument=impactmeter_mgo",
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with furnished(tmp_path) as made:
        yield made


def build(project: Project, *placeholders: str, audience: Audience = Audience.INTERNAL) -> str:
    """The words of a report that holds these placeholders from line 5 on, each on a line of its own."""
    source, out = project.workspace / "exports" / "proef.md", project.workspace / "exports" / "proef.docx"
    body = "\n\n".join(f"{{{{ {each} }}}}" for each in placeholders)
    source.write_text(f"---\ntitel: Proef\n---\n\n{body}\n", "utf-8")
    project.reports.build(source, out, audience=audience)
    return dump(out)


def test_the_team_reads_every_voice_and_the_families_to_talk_over(project: Project) -> None:
    project.joining.decide("gezin:G001:WON", Relation.CONTRADICTS, "Ze is blij met de coach, niet met het huis.")
    said = build(project, "samen per gezin gezin=G001", "woorden tegen cijfers")
    assert "Ze is blij met de coach, niet met het huis." in said
    assert "G001" in said
    assert "G002" in said  # on the list
    assert "Wonen" in build(project, "samen per=domein")


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
@pytest.mark.parametrize("wanted", ["samen per gezin", "samen per gezin gezin=G001", "samen per=domein"])
def test_what_is_shown_family_by_family_is_refused_outside_with_its_line(
    project: Project, wanted: str, audience: Audience
) -> None:
    with pytest.raises(errors.BadReport) as caught:
        build(project, "samen", wanted, audience=audience)
    assert caught.value.values["line"] == 7
    assert not (project.workspace / "exports" / "proef.docx").exists()


@pytest.mark.parametrize(
    "wanted", ["samen per=gezin", "vragen en items instrument=bestaat_niet", "samen per gezin gezin=G999"]
)
def test_a_wrong_value_is_refused_with_its_line(project: Project, wanted: str) -> None:
    with pytest.raises(errors.BadReport) as caught:
        build(project, wanted)
    assert caught.value.values["line"] == 5


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
def test_no_family_leaves_the_team(project: Project, audience: Audience) -> None:
    said = build(project, *EVERYTHING, audience=audience)
    assert not [key for key in ("G001", "G002", "moeder") if key in said]
    assert "Het huis is droog" not in said
    inside = build(project, *EVERYTHING)
    assert "Nabij en bereikbaar" in inside


def test_what_one_family_tells_of_is_not_named_beside_a_working_factor(project: Project) -> None:
    project.stories.set_person_consent("G001.moeder", Consent(Purpose.REPORT, Answer.YES, DAY, "moeder"))
    inside = build(project, "werkende factoren code=rol.nabij")
    assert "Nabij en bereikbaar | 1 | 0 | Wonen | coach" in inside
    outside = build(project, "werkende factoren code=rol.nabij", "samen thema's", audience=Audience.COUNCIL)
    assert "Nabij en bereikbaar | niet getoond | 0 |  | coach" in outside
    assert "Wonen" not in outside


def test_the_project_s_own_thresholds_count_and_the_ledger_remembers(project: Project) -> None:
    talk = next(each for each in project.sources.all() if each.title == "gesprek")
    project.speakers.link(talk.number, "Sven", person="G002.moeder", role="ouder")
    code(project, "nog altijd schimmel", "rol.nabij")
    for mother in ("G001.moeder", "G002.moeder"):
        project.stories.set_person_consent(mother, Consent(Purpose.REPORT, Answer.YES, DAY, "moeder"))
    wanted = ("werkende factoren code=rol.nabij", "samen thema's code=rol.nabij")
    assert "Nabij en bereikbaar | niet getoond" in build(project, *wanted, audience=Audience.COUNCIL)
    why = "De raad kent deze gezinnen allemaal al."
    project.releases.set_threshold(Audience.COUNCIL, today=DAY, plain=2, strict=2, reason=why)
    assert "Nabij en bereikbaar | 2 | Wonen" in build(project, *wanted, audience=Audience.COUNCIL)
    rows = {each.kind.partition(" ")[0]: each.total for each in project.releases.latest("proef.md").rows}
    assert (rows["factor"], "themes" in rows) == (2, False)  # of the theme nothing can be shown beside what is hidden


def test_a_verdict_of_before_the_newest_numbers_is_told_to_who_builds(project: Project) -> None:
    project.joining.decide("wonen_geld", Relation.CONTRADICTS, "De woorden zijn vrolijker dan de huizen.")
    code(project, "belt elke week", "ld.won")
    source = project.workspace / "exports" / "proef.md"
    source.write_text("{{ samen }}\n", "utf-8")
    built = project.reports.build(source, source.with_suffix(".docx"), audience=Audience.COUNCIL)
    assert [warning.line for warning in built.warnings if "Wonen en geld" in str(warning)] == [1]


def test_a_bad_theory_of_change_stops_the_report_with_both_lines(project: Project) -> None:
    path = project.workspace / "codebooks" / "veranderingstheorie.md"
    path.write_text("# Een dak\n\n[WIN]\n", "utf-8")
    with pytest.raises(errors.BadReport) as caught:
        build(project, "vragen en items")
    assert caught.value.values["line"] == 5
    assert "veranderingstheorie.md" in str(caught.value)
    path.write_text("# Een droog dak [WON]\n", "utf-8")
    assert "Een droog dak" in build(project, "vragen en items", audience=Audience.PUBLIC)


@pytest.mark.parametrize("written", ["samen thema's", "Samen  thema’s", "samen thema‘s"])
def test_an_apostrophe_is_read_straight_or_curly(written: str) -> None:
    found = parse_placeholder(written, line=3)
    assert isinstance(found, Placeholder)
    assert found.name == "samen thema's"
