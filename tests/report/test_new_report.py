"""`report new`: eight questions, four kinds of reports; each first version builds at once, also on bare projects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from docx.text.paragraph import Paragraph
from tests.copies import made_once
from tests.word_dump import dump

from verhalen import errors
from verhalen.api.project import Project, new_project
from verhalen.cli.new_report import ask
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.report.checklists import checklists
from verhalen.report.first_version import first_version
from verhalen.report.kinds import Kind
from verhalen.report.lint import lint
from verhalen.report.questions import KEYS, answers_of, checked, questions, usual_period
from verhalen.report.source import parse_report

START = dt.date(2025, 2, 1)
YES = Consent(Purpose.REPORT, Answer.YES)


def told(key: str, answer: StoryAnswer, *consents: Consent) -> Story:
    words = {StoryAnswer.POSITIVE: "Hij slaapt nu door.", StoryAnswer.NEGATIVE: "De bus is afgeschaft."}[answer]
    return Story(
        key,
        "G001",
        words,
        answer,
        Voice("ouder", "moeder"),
        told=dt.date(2025, 3, 1),
        domains=("WON",),
        consents=consents,
    )


@made_once
def empty(folder: Path) -> Project:
    """A codebook and instruments, and nobody."""
    return new_project(folder / "w", coder="Hanne")


def begun(folder: Path) -> Project:
    project = new_project(folder / "w", coder="Hanne")
    project.families.add("G001", municipality="Oudermeer")
    project.families.start_trajectory("G001", START)
    return project


@made_once
def one_family(folder: Path) -> Project:
    """One family without scores, and no story."""
    return begun(folder)


@made_once
def no_consent(folder: Path) -> Project:
    """Two stories, and nobody agreed to reports."""
    project = begun(folder)
    project.stories.tell(told("V01", StoryAnswer.POSITIVE))
    project.stories.tell(told("V02", StoryAnswer.NEGATIVE, Consent(Purpose.REPORT, Answer.NO)))
    return project


@made_once
def bright_only(folder: Path) -> Project:
    """A story for the better that may be told, one for the worse that may not."""
    project = begun(folder)
    project.stories.tell(told("V01", StoryAnswer.POSITIVE, YES))
    project.stories.tell(told("V02", StoryAnswer.NEGATIVE, Consent(Purpose.REPORT, Answer.NO)))
    return project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with bright_only(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("make", [empty, one_family, no_consent, bright_only])
@pytest.mark.parametrize("kind", list(Kind))
def test_every_first_version_builds_on_a_bare_project(
    make: Callable[[Path], Project], kind: Kind, tmp_path: Path
) -> None:
    with make(tmp_path) as project:
        source = project.reports.new(tmp_path / "v.md", {"for": kind.value, "period": "2025"})
        project.reports.build(source, tmp_path / "v.docx")
        said = dump(tmp_path / "v.docx")
    assert "Dit is een momentopname van deze gezinnen, zonder vergelijkingsgroep." in said
    assert "@" not in said
    if make in (empty, one_family, no_consent):
        assert "Hij slaapt nu door" not in said or kind is Kind.MONTH  # the team reads what nobody refused


def test_a_report_without_a_dark_story_says_so(project: Project, tmp_path: Path) -> None:
    source = project.reports.new(tmp_path / "v.md", {"period": "2025"})
    project.reports.build(source, tmp_path / "v.docx")
    said = dump(tmp_path / "v.docx")
    assert "Hij slaapt nu door" in said
    assert "De bus is afgeschaft" not in said
    assert "maar geen ervan mag hier staan" in said


def test_an_empty_project_says_in_each_part_that_there_is_nothing(tmp_path: Path) -> None:
    with empty(tmp_path) as project:
        source = project.reports.new(tmp_path / "v.md", {"period": "2025"})
        project.reports.build(source, tmp_path / "v.docx")
    said = dump(tmp_path / "v.docx")
    said_in_parts = (
        "We begeleidden **geen**** gezinnen**",
        "nog geen enkel gezin heeft scores op twee momenten",
        "Er is nog geen verhaal of citaat dat hier mag staan",
        "In deze periode zijn er geen drempels opgeschreven.",
    )
    assert [part for part in said_in_parts if part not in said] == []
    assert "Levensdomeinen" not in said  # no table that has a header only


def test_of_one_family_every_heading_has_something_below_it(tmp_path: Path) -> None:
    with one_family(tmp_path) as project:
        source = project.reports.new(tmp_path / "v.md", {"period": "2025"})
        project.reports.build(source, tmp_path / "v.docx")
    said = [each for each in docx.Document(str(tmp_path / "v.docx")).paragraphs if each.text.strip()]
    at = next(number for number, each in enumerate(said) if each.text == "Wat er verandert" and is_heading(each))
    assert not is_heading(said[at - 1])


def is_heading(paragraph: Paragraph) -> bool:
    return paragraph.style is not None and str(paragraph.style.name).startswith("Heading")


@pytest.mark.parametrize(
    "ask", ["- Wat vindt u van {{ dit }} & <b> *a* [x](y) `z` @vraag@?", "1. Meer", "# Kop", "> q", "2026 wordt beter"]
)
def test_what_is_asked_stands_there_as_it_was_typed(ask: str, project: Project, tmp_path: Path) -> None:
    source = project.reports.new(tmp_path / "v.md", {"period": "2025", "ask": ask})
    project.reports.build(source, tmp_path / "v.docx")
    assert [each.text for each in docx.Document(str(tmp_path / "v.docx")).paragraphs].count(ask) == 2


def test_the_answers_stand_in_the_source(project: Project, tmp_path: Path) -> None:
    given = {
        "title": "Ons verslag",
        "service": "Huis Klaver",
        "period": "2025-03",
        "municipalities": "oudermeer",
        "first": "Gezondheid",
        "story": "v01",
        "ask": "Bouw meer woningen.",
    }
    text = project.reports.new(tmp_path / "v.md", given).read_text("utf-8")
    front = parse_report(text).front
    assert (front.title, front.subtitle) == ("Ons verslag", "Verslag voor de gemeenteraad · Huis Klaver")
    assert front.period == (dt.date(2025, 3, 1), dt.date(2025, 3, 31))
    assert front.municipalities == ("Oudermeer",)
    assert "{{ voorop verhaal=V01 }}" in text
    assert text.count("Bouw meer woningen.") == 2
    assert "nog in te vullen" not in text


def test_an_existing_file_stays_and_a_wrong_answer_writes_nothing(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "v.md"
    with pytest.raises(errors.BadInput, match="wonen_geld"):
        project.reports.new(path, {"first": "wonne_geld"})
    assert not path.exists()
    path.write_text("van mij", "utf-8")
    with pytest.raises(errors.FileExists):
        project.reports.new(path)
    assert path.read_text("utf-8") == "van mij"


def test_the_first_versions_are_plain_language_themselves(project: Project) -> None:
    for kind in Kind:
        wanted = answers_of(project._file, {"for": kind.value, "ask": "Wat verandert er voor gezinnen?"})
        notices = [str(each) for each in lint(parse_report(first_version(wanted)).nodes)]
        assert notices == [], kind


def test_research_reports_carry_every_point_of_the_three_lists(project: Project) -> None:
    text = first_version(answers_of(project._file, {"for": "research"}))
    counted = {each.key: (len(each.items), sum(not item.fact for item in each.items)) for each in checklists()}
    assert counted == {"coreq": (32, 18), "srqr": (21, 8), "gramms": (6, 2)}
    for each in checklists():
        assert all(f"| {item.number} | {item.names['nl']} |" in text for item in each.items)


def test_there_are_eight_questions_whose_defaults_follow_the_answers(project: Project) -> None:
    asked = questions(project._file, {})
    assert tuple(each.key for each in asked) == KEYS
    assert sorted({each.step for each in asked}) == list(range(1, 9))
    assert asked[-1].text != questions(project._file, {"for": "research"})[-1].text
    story = next(each for each in asked if each.key == "story")
    assert [each.key for each in story.choices] == ["", "V01"]  # V02 may not stand in reports
    assert {each.key: each.default for each in asked}["first"] == "wonen_geld"  # where the stories are


def test_several_municipalities_are_chosen_together_and_each_is_checked(project: Project) -> None:
    where = next(each for each in questions(project._file, {}) if each.key == "municipalities")
    assert checked(where, "oudermeer, Oudermeer") == "Oudermeer"
    assert checked(where, "") == ""
    with pytest.raises(errors.BadInput, match="Oudermeer"):
        checked(where, "Oudermere")


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        (Kind.COUNCIL, "2025-11-30", "2025-01-01", "2025-11-30"),  # the year so far
        (Kind.COUNCIL, "2026-02-10", "2025-01-01", "2025-12-31"),  # nothing this year yet
        (Kind.COUNCIL, "2030-08-01", "2025-01-01", "2025-12-31"),  # the last year with anything
        (Kind.MONTH, "2025-03-20", "2025-02-01", "2025-02-28"),  # the last full month
        (Kind.MONTH, "2026-01-05", "2025-03-01", "2025-03-31"),  # the last month with anything
    ],
)
def test_the_usual_period_follows_what_was_registered(
    project: Project, kind: Kind, day: str, first: str, last: str
) -> None:
    found = usual_period(project._file, kind, dt.date.fromisoformat(day))
    assert [each.isoformat() for each in found] == [first, last]


@pytest.mark.parametrize(
    "written",
    [
        "1/10/2025 - 31/10/2025",
        "01-10-2025 tot 31-10-2025",
        "1/10/2025..31/10/2025",
        "2025-10",
        "1/10/2025 t/m 31/10/2025",
    ],
)
def test_a_period_may_be_written_as_one_writes_days(project: Project, written: str) -> None:
    asked = {each.key: each for each in questions(project._file, {})}["period"]
    assert checked(asked, written) == "2025-10-01..2025-10-31"


@pytest.mark.parametrize(
    "written", ["31/02/2025 - 1/3/2025", "1/10/2025 en 31/10/2025", "1/10/2025", "31/10/2025 - 1/10/2025"]
)
def test_a_period_that_is_none_is_refused(project: Project, written: str) -> None:
    asked = {each.key: each for each in questions(project._file, {})}["period"]
    with pytest.raises(errors.BadInput):
        checked(asked, written)


def test_on_a_terminal_digits_choose_also_those_of_a_belgian_keyboard(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["9", "é"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(typed))
    question = questions(project._file, {})[0]
    assert ask(question, last=8) == "month"  # 9 is none of the four: asked again
