"""Joint displays and verdicts through the Python door: what is kept, what comes in since, what goes with a family."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import undo
from tests.joint_made import DAY, HOME, STRESS, code, furnished, snapshot, story

from verhalen import errors
from verhalen.analysis.joint_cases import Differ
from verhalen.analysis.joint_data import JointChoice
from verhalen.analysis.joint_families import Apart
from verhalen.analysis.perspectives import Perspective
from verhalen.api.project import Project
from verhalen.exchange.joint_tables import Shown
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.snapshot import Assessor
from verhalen.model.story import StoryAnswer
from verhalen.model.verdict import Relation
from verhalen.msc.telling import tell
from verhalen.store import families
from verhalen.store.verdicts import Since


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with furnished(tmp_path) as made:
        yield made


def test_happy_words_while_homes_got_worse_contradict_by_hand(project: Project) -> None:
    rows = {row.key: row for row in project.joining.side_by_side(by_domain=True)}
    home = rows["WON"]
    assert home.change is not None
    # 1 up, 1 the same, 4 down of 6: D = -3/6. Two families tell, both of good news; the coach's words do not count.
    assert (home.change.n, home.change.up, home.change.same, home.change.down) == (6, 1, 1, 4)
    assert (home.change.dominance.value, home.numbers, home.words) == (-0.5, -1, 1)
    assert (home.voices, home.own.positive, home.about.total) == ((2, 0, 0), 1, 0)
    assert home.suggestion is Relation.CONTRADICTS
    assert home.quote is not None
    assert (home.quote.text, home.quote.families, home.quote.of) == ("Het huis is droog", 2, 2)
    assert [row.key for row in project.joining.undecided(by_domain=True)] == ["WON", "PSY"]


def test_what_the_team_says_is_kept_dated_and_told_to_be_old_when_numbers_move(project: Project) -> None:
    first = project.joining.decide("WON", Relation.SILENT, "We weten het  nog niet goed.")
    last = project.joining.decide("WON", Relation.CONTRADICTS, "De woorden zijn vrolijker dan de huizen.")
    assert (first.sentence, first.coder) == ("We weten het nog niet goed.", "Hanne")

    def home(data: JointChoice | None = None) -> tuple[Relation | None, int, tuple[Since, ...]]:
        row = next(
            row for row in project.joining.side_by_side(project.joining.load(data), by_domain=True) if row.key == "WON"
        )
        return row.verdict.relation if row.verdict else None, len(row.history), row.since

    assert home() == (Relation.CONTRADICTS, 2, ())
    snapshot(project, "G003", 200, {STRESS: 2})
    assert home()[2] == ()  # another life domain
    snapshot(project, "G003", 201, {HOME: 5})
    coding = code(project, "droog", "ld.won")
    assert home()[2] == (Since.SCORES, Since.FRAGMENTS)
    tell(project.file, story("G004", StoryAnswer.NEGATIVE))
    assert home()[2] == (Since.SCORES, Since.STORIES, Since.FRAGMENTS)
    project.joining.decide("WON", Relation.CONTRADICTS, "We lazen het nog eens samen.")
    assert home()[2] == ()
    project.codings.remove(coding)
    assert home()[2] == (Since.FRAGMENTS,)
    undo(project.file)
    undo(project.file)
    assert home()[:2] == (Relation.CONTRADICTS, 2)
    assert project.joining.verdicts()["WON"][-1] == last


def test_a_family_leaves_the_list_when_it_was_talked_over_and_comes_back_with_something_new(project: Project) -> None:
    def listed() -> list[tuple[str, Apart, bool]]:
        return [(each.family, each.apart, each.is_open) for each in project.joining.families_apart()]

    # G001 is happy while its home got worse; G002 is happy and nothing moved.
    assert listed() == [("G001", Apart.OPPOSITE, True), ("G002", Apart.HAPPY, True)]
    sides = project.joining.families_apart()[0].sides
    assert [(side.domain, side.numbers, side.words, side.stories, side.is_apart) for side in sides] == [
        ("WON", -1, 1, ("V01",), True),
        ("PSY", 0, None, (), False),
    ]
    project.joining.decide("gezin:G001", Relation.CONTRADICTS, "Ze is blij met de coach, niet met het huis.")
    assert listed() == [("G002", Apart.HAPPY, True), ("G001", Apart.OPPOSITE, False)]
    snapshot(project, "G001", 190, {STRESS: 3})
    assert listed()[0] == ("G001", Apart.OPPOSITE, True)
    assert project.joining.families_apart()[0].since == (Since.SCORES,)


def test_a_verdict_follows_a_family_to_its_new_code_and_goes_with_it(project: Project) -> None:
    project.joining.decide("gezin:G001", Relation.CONTRADICTS, "Ze lacht om kwetterkanaries.")
    project.joining.decide("gezin:G001:WON", Relation.SILENT, "Hier weten we niets van.")
    project.joining.decide("WON", Relation.CONTRADICTS, "Dat zien we bij meer gezinnen.")
    project.families.rename("G001", "K77")
    assert sorted(project.joining.verdicts()) == ["WON", "gezin:K77", "gezin:K77:WON"]
    undo(project.file)
    assert "gezin:G001:WON" in project.joining.verdicts()
    project.families.rename("G001", "K77")
    project.joining.decide("gezin:K77", Relation.SILENT, "Dit namen we weer terug.")
    undo(project.file)
    plan = project.withdraw("K77")
    assert plan.removed["verdict"] == 2
    project.withdraw("K77", really=True)
    assert sorted(project.joining.verdicts()) == ["WON"]
    assert (
        project.file.number(
            "select count(*) from change_row where image like '%kanarie%' or image like '%namen we weer%'"
        )
        == 0
    )
    row = next(row for row in project.joining.side_by_side(by_domain=True) if row.key == "WON")
    assert Since.WITHDRAWN in row.since


def test_a_family_that_keeps_its_scores_takes_its_verdicts_along_all_the_same(project: Project) -> None:
    project.joining.decide("gezin:G002", Relation.CONTRADICTS, "Ze vertelt iets anders dan wij zien.")
    project.withdraw("G002", really=True, keep_scores=True)
    assert project.joining.verdicts() == {}
    assert project.families.get("G002").snapshots == 2


@pytest.mark.parametrize(
    ("target", "sentence", "error"),
    [
        ("WONN", "Dit is een hele zin.", errors.BadInput),
        ("WON.opa", "Dit is een hele zin.", errors.BadInput),
        ("gezin:G999", "Dit is een hele zin.", errors.UnknownFamily),
        ("gezin:G001:XYZ", "Dit is een hele zin.", errors.BadInput),
        ("WON", "Te kort.", errors.BadInput),
    ],
)
def test_a_verdict_on_nothing_or_without_a_sentence_is_refused(
    project: Project, target: str, sentence: str, error: type[errors.VerhalenError]
) -> None:
    with pytest.raises(error):
        project.joining.decide(target, Relation.SILENT, sentence)
    assert project.joining.verdicts() == {}


def test_every_voice_and_assessor_of_a_family_stand_on_one_line(project: Project) -> None:
    snapshot(project, "G001", 0, {HOME: 2}, by=Assessor.PARENT)
    snapshot(project, "G001", 180, {HOME: 4}, by=Assessor.PARENT)
    tell(project.file, story("G001", StoryAnswer.NEGATIVE, role="coach", member=""))
    (case,) = project.joining.cases(family="G001", today=DAY)
    home = next(line for line in case.lines if line.domain == "WON")
    assert [(path.assessor, path.way, path.items[0].values) for path in home.paths] == [
        (Assessor.COACH, -1, (3, 2)),
        (Assessor.PARENT, 1, (2, 4)),
    ]
    assert [(each.who, each.person, each.is_own, each.way) for each in home.tellings] == [
        ("ouder", "G001.moeder", True, 1),
        ("coach", None, False, -1),
    ]
    assert home.differ == (Differ.ASSESSORS, Differ.VOICES, Differ.WORDS)
    assert case.disagreeing == ("WON",)
    with pytest.raises(errors.UnknownFamily):
        project.joining.cases(family="G999")


def test_codes_are_split_by_change_and_factors_by_who_names_them(project: Project) -> None:
    found = project.joining.themes(below=["rol"])
    assert {each.value: families for each, families in found.classes.items()} == {
        "up": ("G006",),
        "same": ("G002",),
        "unseen": (),
        "down": ("G001", "G003", "G004", "G005"),
        "none": (),
    }
    (near,) = found.rows
    assert [(each.value, cell.families) for each, cell in near.own.items() if cell.fragments] == [("down", ("G001",))]
    factors = project.joining.factors(below=["rol.nabij"])
    (row,) = factors.rows
    assert (list(row.by), list(row.told_with), row.never) == ([Perspective.FAMILY], ["WON"], (Perspective.COACH,))
    with pytest.raises(errors.UnknownCode):
        project.joining.themes(below=["bestaat.niet"])


def test_another_choice_of_days_families_and_consent_changes_what_is_counted(project: Project) -> None:
    data = project.joining.load(JointChoice(border=0.6))
    assert next(row for row in data.rows(by_domain=True) if row.key == "WON").numbers == 0
    nobody = project.joining.load(JointChoice(period=(dt.date(2030, 1, 1), dt.date(2030, 12, 31))))
    assert (nobody.families, nobody.stories, [row for row in nobody.rows() if row.in_use]) == ((), (), [])
    mother = families.person_ids(project.file)["G001.moeder"]
    assert mother
    project.stories.set_person_consent("G001.moeder", Consent(Purpose.TEAM, Answer.NO, DAY, "moeder"))
    refused = next(row for row in project.joining.side_by_side(by_domain=True) if row.key == "WON")
    assert (refused.own.total, refused.quote) == (0, None)
    with pytest.raises(errors.BadInput):
        JointChoice(border=0)
    with pytest.raises(errors.BadInput):
        project.joining.load(JointChoice(instrument="kansarmoede_index"))
    with pytest.raises(errors.UnknownInstrument):
        project.joining.load(JointChoice(instrument="bestaat_niet"))


def test_displays_are_written_with_the_codebook_and_how_was_counted(project: Project, tmp_path: Path) -> None:
    data = project.joining.load()
    displays: dict[str, Shown] = {
        "j1": data.rows(by_domain=True),
        "j2": project.joining.themes(data),
        "j3": project.joining.cases(data, today=DAY),
        "j4": project.joining.crosswalk("sociale_balans"),
        "j5": project.joining.factors(data),
        "gezinnen": project.joining.families_apart(data),
    }
    for name, found in displays.items():
        assert project.joining.write(tmp_path / f"{name}.csv", found, data).rows > 0
    rows = list(csv.DictReader((tmp_path / "j1.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    home = next(row for row in rows if row["sleutel"] == "WON")
    assert (home["achteruit"], home["cijfers"], home["woorden"], home["voorstel"]) == (
        "4", "slechter", "beter", "spreekt_tegen",
    )  # fmt: skip
    assert project.joining.write(tmp_path / "j2.xlsx", displays["j2"], data).path.is_file()
    with pytest.raises(errors.BadInput):
        project.joining.write(tmp_path / "j1.txt", displays["j1"])


def test_a_theory_of_change_is_found_in_the_workspace_and_a_bad_one_is_refused(project: Project) -> None:
    assert project.joining.theory_file() is None
    path = project.workspace / "codebooks" / "veranderingstheorie.md"
    path.write_text("# Een dak [WON]\n", "utf-8")
    (line,) = project.joining.crosswalk("sociale_balans").lines
    assert (line.line.title, line.codes, line.stories, len(line.items)) == ("Een dak", ("ld.won",), 2, 4)
    path.write_text("# Een dak [WIN]\n", "utf-8")
    with pytest.raises(errors.BadTheory):
        project.joining.crosswalk()


def test_words_that_turn_out_to_be_somebody_elses_open_a_verdict_again(project: Project) -> None:
    project.joining.decide("WON", Relation.CONTRADICTS, "De woorden zijn vrolijker dan de huizen.")
    talk = next(each for each in project.sources.all() if each.title == "gesprek")
    project.speakers.link(talk.number, "Sven", person="G002.moeder", role="ouder")
    home = next(row for row in project.joining.side_by_side(by_domain=True) if row.key == "WON")
    assert (home.since, home.own.negative, home.voices) == ((Since.FRAGMENTS,), 1, (1, 1, 0))


def test_a_withdrawn_story_is_told_no_more(project: Project) -> None:
    told = replace(project.stories.all()[0])
    project.withdraw(told.key, really=True)
    home = next(row for row in project.joining.side_by_side(by_domain=True) if row.key == "WON")
    assert home.stories.total == 1
