"""What is wrong with a report source is told before anything is built, all at once; what its writer should look at again too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.copies import made_once

from verhalen import errors
from verhalen.api.project import Project, new_project
from verhalen.i18n import language, set_language
from verhalen.model.codebook import Code
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.masking import NameKind
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.privacy.keyring import need_key
from verhalen.report.checks import problems, repeated
from verhalen.report.placeholders import Placeholder
from verhalen.report.source import parse_report
from verhalen.report.values import Values


@made_once
def service(folder: Path) -> Project:
    """Two families in two towns, two stories of which one was withdrawn, codes that were renamed and merged."""
    project = new_project(folder / "w", coder="Hanne")
    project.families.add("G001", municipality="Oudermeer")
    project.families.add("G002", municipality="Lindebeke")
    for key in ("G001", "G002"):
        project.families.start_trajectory(key, dt.date(2025, 1, 6))
    teller, yes = Voice("ouder", "moeder"), Consent(Purpose.REPORT, Answer.YES)
    for key in ("V01", "V02"):
        project.stories.tell(Story(key, "G001", "Hij slaapt nu door.", StoryAnswer.POSITIVE, teller, consents=(yes,)))
    project.withdraw("V02", really=True)
    for key in ("bus.oud", "rust.oud", "rust.alles"):
        project.codes.add(Code(key, key))
    project.codes.change(replace(project.codes.get("bus.oud"), key="bus.nieuw"))
    project.codes.merge(project.codes.get("rust.oud").id, project.codes.get("rust.alles").id)
    return project


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with service(tmp_path) as opened:
        yield opened


def told(project: Project, text: str) -> list[tuple[int | None, str]]:
    found = problems(parse_report(text), project._file, beside=project.workspace / "exports")
    return [(each.line, str(each)) for each in found]


def remarks(project: Project, tmp_path: Path, text: str) -> list[tuple[int | None, str]]:
    (tmp_path / "v.md").write_text(text + "\n{{ grenzen }}\n\n{{ dekking }}\n", "utf-8")
    built = project.reports.build(tmp_path / "v.md", tmp_path / "v.docx")
    return [(each.line, str(each)) for each in built.warnings if each.line]


def test_all_problems_are_told_at_once_with_their_lines_and_the_nearest_name(project: Project) -> None:
    text = (
        "---\npublik: raad\nregel: laagse\ninstrument: sociale_balns\ngemeenten: Oudermere\n---\n\n"
        "{{ citaat groep=wonen_gelt }}\n\n{{ citaat kleur=posietief }}\n\nZin {{ grenzen }} hier.\n\n{{ beter }}\n\n"
        "{{ tabel overgang item=huishouden.schuld drempel=x }}\n\n{{ verhaal verhaal=V1 }}\n\n{{ citaat domein=WNO }}\n"
    )
    assert told(project, text) == [
        (2, 'I do not know "publik" at the top of a report; did you mean "publiek"?'),
        (3, '"laagse" is not known here; did you mean "laagste"?'),
        (4, 'there is no instrument "sociale_balns"; did you mean "sociale_balans"?'),
        (5, 'no family lives in "Oudermere"; did you mean "Oudermeer"?'),
        (8, 'groep=wonen_gelt in "citaat" is not known; did you mean groep=wonen_geld?'),
        (10, 'kleur=posietief in "citaat" is not known; did you mean kleur=positief?'),
        (12, "grenzen stands alone in its paragraph, not within a sentence"),
        (14, '"beter" needs groep=...'),
        # Without a known instrument no item is known.
        (16, 'item=huishouden.schuld in "tabel overgang" is not known; there are none yet'),
        (16, '"x" is not a number; drempel is a whole number from 1'),
        (18, "story V1 is no longer in the project; take it out of the text"),
        (20, 'domein=WNO in "citaat" is not known; did you mean domein=WON?'),
    ]


def test_a_sound_source_has_no_problems(project: Project) -> None:
    text = (
        "---\ngemeenten: lindebeke, OUDERMEER\ntaal: nl\n---\n\n{{ verhaal verhaal=V01 }}\n\n{{ citaat domein=won }}\n\n"
        "{{ tabel overgang item=huishouden.schulden drempel=3 }}\n\n{{ controlelijst lijst=gramms }}\n"
    )
    assert told(project, text) == []


def test_a_withdrawn_story_is_refused_and_nothing_is_written(project: Project, tmp_path: Path) -> None:
    (tmp_path / "v.md").write_text("Zin.\n\n{{ verhaal verhaal=V02 }}\n", "utf-8")
    with pytest.raises(errors.BadReport) as caught:
        project.reports.build(tmp_path / "v.md", tmp_path / "v.docx")
    assert (caught.value.values["line"], "V02 is no longer in the project" in str(caught.value)) == (3, True)
    assert not (tmp_path / "v.docx").exists()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("code", "bus.oud", "code=bus.oud is called bus.nieuw now; write code=bus.nieuw"),
        ("code", "rust.oud", "code=rust.oud is called rust.alles now; write code=rust.alles"),
        ("code", "bus.niew", 'code=bus.niew in "x" is not known; did you mean code=bus.nieuw?'),
        ("fragment", "abc", "abc is not the id of a fragment"),
        ("fragment", "0000000000001", "fragment 0000000000001 is no longer in the project; take it out of the text"),
    ],
)
def test_what_was_renamed_or_merged_is_told_by_its_name_of_today(
    project: Project, key: str, value: str, said: str
) -> None:
    found = Values(project._file, None).problem(Placeholder("x", {key: value}, 4), key)
    assert found is not None
    assert (found.line, str(found)) == (4, said)


def test_a_house_style_lies_beside_the_source(project: Project, tmp_path: Path) -> None:
    (tmp_path / "ander.docx").write_bytes(b"")
    found = problems(parse_report("---\nhuisstijl: huis.docx\n---\n"), project._file, beside=tmp_path)
    assert [(each.line, str(each)) for each in found] == [
        (2, 'the house style "huis.docx" does not lie beside this text; there I see: ander.docx')
    ]
    (tmp_path / "huis.docx").write_bytes(b"")
    assert problems(parse_report("---\nhuisstijl: huis.docx\n---\n"), project._file, beside=tmp_path) == ()


def test_only_what_makes_no_sense_twice_is_a_remark() -> None:
    nodes = parse_report(
        "{{ dekking }}\n\n{{ citaat }}\n\n{{ citaat }}\n\n{{ dekking }}\n\n{{ verhaal verhaal=V01 }}\n\n{{ voorop verhaal=V01 }}\n"
        "\n{{ periode }} en {{ periode }}\n"
    ).nodes
    assert [(each.line, str(each)) for each in repeated(nodes)] == [
        (7, '"dekking" stands on line 1 already; a reader needs it once'),
        (11, '"V01" stands on line 9 already; a reader needs it once'),
    ]


def test_names_that_somebody_typed_are_told_by_line_and_kind_and_never_by_name(
    project: Project, tmp_path: Path
) -> None:
    key = need_key(project._file)
    key.replacement_for("Mieke Peeters", NameKind.PERSON)
    key.save()
    text = (
        "---\ntitel: Over G001\n---\n\nMieke\nPeeters belde. En Mieke Peeters kwam.\n\nIn Oudermeer wonen\nveel mensen.\n\n"
        "Een moeder in Oudermeer verhuisde.\n\nG0011 is geen code.\n"
    )
    said = remarks(project, tmp_path, text)
    assert said == [
        (2, "here stands the code of a family; take it out"),
        (6, "here stands a name that the key of this project replaces; take it out"),
        (11, "one family and its municipality stand in one sentence; would somebody recognise it?"),
    ]


def test_limits_and_coverage_are_added_where_they_lack(project: Project, tmp_path: Path) -> None:
    (tmp_path / "v.md").write_text("Zin.\n\n{{ grenzen }}\n", "utf-8")
    built = project.reports.build(tmp_path / "v.md", tmp_path / "v.docx")
    assert [str(each) for each in built.warnings if "dekking" in str(each) or "grenzen" in str(each)] == [
        "{{ dekking }} was not in the text and stands at the end: it belongs in every report"
    ]


def test_places_to_fill_in_are_counted_with_their_lines(project: Project, tmp_path: Path) -> None:
    text = "[nog in te vullen: dit]\n\n| a | b |\n|---|---|\n| x | [nog in te vullen] |\n| y | [Nog in te vullen] |\n"
    assert remarks(project, tmp_path, text) == [(1, "3 places are still to be filled in: lines 1, 5-6")]


def test_a_report_on_one_municipality_knows_its_own_families_only(project: Project, tmp_path: Path) -> None:
    (tmp_path / "v.md").write_text(
        "---\npubliek: intern\ngemeenten: Lindebeke\n---\n\n{{ aantal gezinnen }} in {{ gemeenten }}, {{ aantal verhalen }}.\n",
        "utf-8",
    )
    built = project.reports.build(tmp_path / "v.md", tmp_path / "v.docx")
    assert [each.value for each in built.numbers[:2]] == ["1", "0"]
