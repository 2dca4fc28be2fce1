"""A panel chooses stories: who may be a candidate, votes and ties, reasons, levels, blind reading, what goes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from tests.copies import made_once

from verhalen import errors
from verhalen.api.project import Project, new_project
from verhalen.api.round_choosing import Outcome
from verhalen.model.act import Act
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.following import Feedback
from verhalen.model.selecting import CandidateRule, RoundLevel, Rule, SelectionRound
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.msc.candidates import ADDED, draw
from verhalen.msc.selecting import reason_problem, tie_sentence, votes_apart
from verhalen.msc.trail import shares

FIRST, LAST, DAY = dt.date(2026, 1, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 2)
GOOD, BAD, NONE = StoryAnswer.POSITIVE, StoryAnswer.NEGATIVE, StoryAnswer.NONE
REASON = "Dit toont wat een kleine hulp kan doen."
BACK = "Het panel las jouw verhaal en koos het."
PANEL = (("An", "gezin"), ("Bo", "ervaringsdeskundige"), ("Cas", "coach"))
STORIES = (
    ("V01", GOOD, Answer.YES, "2026-01-10", ("NET",)),
    ("V02", GOOD, Answer.NOT_ASKED, "2026-02-10", ("NET",)),
    ("V03", NONE, Answer.YES, "2026-02-11", ("PSY",)),
    ("V04", BAD, Answer.YES, "2026-03-31", ("PSY",)),
    ("V05", GOOD, Answer.NO, "2026-03-01", ("NET",)),
    ("V06", BAD, Answer.YES, "2025-12-31", ("NET",)),
)


@made_once
def service_made(folder: Path) -> Project:
    """Six stories of one family with a coach called Karim Bos; one before the period, one refused, one not asked."""
    project = new_project(folder / "w", coder="Hanne", empty=True)
    project.families.add("G001")
    project.families.start_trajectory("G001", FIRST, coach="Karim Bos")
    for key, answer, consent, day, domains in STORIES:
        project.stories.tell(
            Story(
                key,
                "G001",
                f"In verhaal {key} kwam Karim langs bij g001.",
                answer,
                Voice("ouder", "moeder"),
                title=f"Titel {key}",
                how="" if key == "V03" else "Met Karim Bos erbij.",
                recorder="Els",
                told=dt.date.fromisoformat(day),
                domains=domains,
                consents=(Consent(Purpose.TEAM, consent),) if consent is not Answer.NOT_ASKED else (),
            )
        )
    return project


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Project]:
    """A copy of it."""
    with service_made(tmp_path) as project:
        yield project


def made(project: Project, rule: CandidateRule, level: RoundLevel = RoundLevel.TEAM, **more: object) -> SelectionRound:
    """A round with the panel of three."""
    round_, _ = project.rounds.add(
        "Ronde", level=level, first=FIRST, last=LAST, members=PANEL, rule=rule, blind=bool(more.get("blind"))
    )
    return round_


def keys(round_: SelectionRound) -> list[str]:
    return [each.story for each in round_.candidates]


def words_of(path: Path) -> str:
    """All words of a Word file."""
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_rules_find_the_stories_of_the_period_that_may_be_read_and_never_good_news_alone(service: Project) -> None:
    rounds = service.rounds
    assert keys(made(service, CandidateRule(Rule.ALL))) == ["V01", "V02", "V03", "V04"]

    plan = rounds.plan("R1", CandidateRule(Rule.DOMAIN, domains=("WON",)))
    assert plan.candidates == ()
    assert len(plan.notices) == 1
    drawn = rounds.find_candidates("R1", CandidateRule(Rule.RANDOM, number=2, seed=7))
    assert rounds.find_candidates("R1", drawn.rule).candidates == drawn.candidates
    two = draw(["V01", "V02", "V03", "V04"], 7)[:2]
    assert [each.story for each in drawn.candidates][:2] == sorted(two)
    assert rounds.get("R1").rule.seed == 7

    picked = rounds.find_candidates("R1", CandidateRule(Rule.BY_HAND), by_hand=("V01", "V05"))
    assert [(each.story, each.why) for each in picked.candidates] == [("V01", "zelf"), ("V04", ADDED)]
    assert [each.story for each in picked.left_out] == ["V05"]
    assert picked.rule.seed is not None

    higher = made(service, CandidateRule(Rule.ALL), RoundLevel.SERVICE)
    assert keys(higher) == ["V01", "V03", "V04"]
    none_bad, plan_none = rounds.add(
        "Kort", level=RoundLevel.TEAM, first=FIRST, last=dt.date(2026, 2, 28), rule=CandidateRule(Rule.ALL)
    )
    assert keys(none_bad) == ["V01", "V02", "V03"]
    assert plan_none is not None
    assert len(plan_none.notices) == 1
    with pytest.raises(errors.BadInput):
        rounds.add_candidates("R1", ["V05"])
    with pytest.raises(errors.BadInput):
        rounds.plan("R1", CandidateRule(Rule.RANDOM))
    with pytest.raises(errors.UnknownStory):
        rounds.add_candidates("R1", ["V99"])


def test_a_round_of_three_with_a_tie_a_member_who_stops_and_a_second_level(service: Project) -> None:
    rounds = service.rounds
    made(service, CandidateRule(Rule.ALL))
    rounds.vote("R1", "an", "V01", argument="Klein maar groot.", day=DAY)
    rounds.vote("R1", "Bo", "V04", day=DAY)
    tied = rounds.vote("R1", "Cas", "V04", day=DAY)
    assert tied.tied() == ()
    stopped = rounds.stop_member("R1", "Cas", DAY)
    assert stopped.tied() == ("V01", "V04")
    assert votes_apart(stopped) == {"V04": 1}
    assert "V01, V04" in tie_sentence(stopped)
    with pytest.raises(errors.BadInput):
        rounds.vote("R1", "Cas", "V01", day=DAY)
    with pytest.raises(errors.BadInput):
        rounds.remove_member("R1", "Cas")
    with pytest.raises(errors.RoundNotReady, match="V01, V04") as caught:
        rounds.close("R1", DAY)
    assert "V01, V04" in str(caught.value)
    with pytest.raises(errors.RoundNotReady):
        rounds.remove_candidates("R1", ["V04"])

    outcome = Outcome(
        story="V01",
        reason=REASON,
        criteria=(("eigen kracht", 3),),
        goes_back=BACK,
        dissents=(("Bo", "Ik zie vooral V04."), ("", "Te vroeg.")),
    )
    with pytest.raises(errors.BadInput):
        rounds.enter("R1", Outcome(story="V01", reason="te kort"), day=DAY)
    chosen = rounds.enter("R1", outcome, day=DAY)
    assert len(chosen.dissents) == 2
    again = rounds.enter(
        "R1", Outcome(story="V01", reason=REASON, goes_back=BACK, dissents=(("", "Te vroeg."),)), day=DAY
    )
    assert [each.body for each in again.dissents] == ["Te vroeg."]
    assert len(again.choices) == 1
    rounds.enter("R1", outcome, day=DAY)
    assert "eigen kracht" in rounds.criteria()

    closed = rounds.close("R1", DAY)
    assert closed.closed == DAY
    [planned] = service.feedback.to_do()
    assert (planned.whom, planned.story, planned.round, planned.body) == ("verteller", "V01", "R1", BACK)
    with pytest.raises(errors.RoundClosed):
        rounds.vote("R1", "An", "V04", day=DAY)
    with pytest.raises(errors.RoundClosed):
        rounds.edit("R1", title="Anders")

    rounds.reopen("R1")
    assert service.history.entries(limit=1)[0].act is Act.REOPEN_ROUND
    rounds.choose("R1", "V04", "Hier leren wij het meest van.", goes_back="We vertellen het.", day=DAY)
    rounds.take_choice_back("R1", "V01")
    rounds.close("R1", DAY)
    assert [(each.story, each.body) for each in service.feedback.to_do()] == [("V04", "We vertellen het.")]

    second = made(service, CandidateRule(Rule.WINNERS), RoundLevel.SERVICE)
    assert [(each.story, each.from_round) for each in second.candidates] == [("V04", "R1")]
    with pytest.raises(errors.RoundNotReady):
        rounds.plan("R1", CandidateRule(Rule.WINNERS, rounds=("R2",)))
    rounds.enter("R2", Outcome(votes={"An": "V04"}, story="V04", reason=REASON), day=DAY)
    rounds.close("R2", DAY)
    found = {each.story.key: each for each in rounds.trails()}
    assert [(step.round, step.votes, bool(step.choices)) for step in found["V04"].steps] == [
        ("R1", 1, True),
        ("R2", 1, True),
    ]
    assert not found["V06"].steps
    assert not found["V01"].was_chosen
    bad = next(each for each in shares(list(found.values())) if each.value == "negatief")
    assert (bad.told, bad.stood, bad.chosen) == (2, 1, 1)
    assert [each.key for each, _ in rounds.selected()["V04"]] == ["R1", "R2"]


def test_a_story_that_is_withdrawn_in_the_middle_leaves_its_place_and_no_words(service: Project) -> None:
    rounds = service.rounds
    made(service, CandidateRule(Rule.ALL))
    rounds.enter(
        "R1",
        Outcome(votes={"An": "V01", "Bo": "V03"}, arguments={"An": "Wegens de bus."}, story="V01", reason=REASON),
        day=DAY,
    )
    service.stories.set_consent("V03", Consent(Purpose.TEAM, Answer.WITHDRAWN, DAY))
    card = rounds.read("R1").card("V03")
    assert card is not None
    assert card.told is None
    with pytest.raises(errors.BadInput):
        rounds.vote("R1", "Bo", "V03", day=DAY)

    service.withdraw("V01", really=True)
    left = rounds.get("R1")
    assert keys(left) == ["V02", "V03", "V04"]
    assert [each.was_chosen for each in left.gone] == [True]
    assert (left.choices, [each.story for each in left.votes]) == ((), ["V03"])
    with pytest.raises(errors.RoundNotReady):
        rounds.close("R1", DAY)
    stored = service.file.path.read_bytes()
    assert REASON.encode() not in stored
    assert b"Wegens de bus" not in stored

    done = rounds.agenda("R1", service.workspace / "agenda.docx", today=DAY)
    assert done.stories == ("V02", "V04")
    assert [key for key, _ in done.left_out] == ["V03"]
    paper = words_of(service.workspace / "agenda.docx")
    assert "verhaal V03" not in paper
    assert "verhaal V04" in paper


def test_a_blind_round_shows_neither_coach_nor_family_anywhere(service: Project) -> None:
    rounds = service.rounds
    made(service, CandidateRule(Rule.ALL), blind=True)
    rounds.vote("R1", "An", "V01", argument="Karim deed dat goed.", day=DAY)
    rounds.choose("R1", "V01", "Zo zie je wat Karim Bos bij g001 deed.", day=DAY)
    rounds.agenda("R1", service.workspace / "agenda.docx", today=DAY)
    rounds.summary("R1", service.workspace / "blad.docx", today=DAY, level=RoundLevel.PARTNERSHIP)
    told = [str(each.told) for each in (*rounds.read("R1").cards, *rounds.shelf("R1").cards)]
    ways = [step.choices for each in rounds.trails() for step in each.steps]
    papers = [words_of(service.workspace / name) for name in ("agenda.docx", "blad.docx")]
    everything = "\n".join([*told, *map(str, ways), *papers])
    assert [name for name in ("Karim", "Bos", "Els", "G001", "g001") if name in everything] == []
    assert "verhaal V01" in papers[0]
    assert "verhaal V01" in papers[1]

    rounds.edit("R1", blind=False)
    card = rounds.read("R1").card("V01")
    assert card is not None
    assert card.told is not None
    assert (card.told.family, card.told.recorder, card.told.words) == ("G001", "Els", 8)
    rounds.summary("R1", service.workspace / "open.docx", today=DAY)
    assert "Karim" not in words_of(service.workspace / "open.docx")
    rounds.choose("R1", "V02", REASON, day=DAY)
    done = rounds.summary("R1", service.workspace / "hoger.docx", today=DAY, level=RoundLevel.SERVICE)
    assert (done.stories, [key for key, _ in done.left_out]) == (("V01",), ["V02"])
    assert "V02" not in words_of(service.workspace / "hoger.docx")


def test_a_round_without_stories_or_panel_says_what_to_do(service: Project) -> None:
    service.rounds.add("Leeg", level=RoundLevel.TEAM, first=FIRST, last=LAST)
    for act in (
        lambda: service.rounds.vote("R1", "An", "V01", day=DAY),
        lambda: service.rounds.choose("R1", "V01", REASON, day=DAY),
        lambda: service.rounds.close("R1", DAY),
        lambda: service.rounds.agenda("R1", service.workspace / "x.docx", today=DAY),
    ):
        with pytest.raises(errors.RoundNotReady):
            act()
    assert not (service.workspace / "x.docx").exists()
    service.rounds.add_candidates("R1", ["V06"])
    with pytest.raises(errors.RoundNotReady):
        service.rounds.vote("R1", "An", "V06", day=DAY)
    service.rounds.add_member("R1", "An", "gezin")
    for name, role in (("an", "coach"), ("Bo", "baas"), (" ", "gezin")):
        with pytest.raises(errors.BadInput):
            service.rounds.add_member("R1", name, role)
    with pytest.raises(errors.UnknownMember):
        service.rounds.vote("R1", "Zus", "V06", day=DAY)
    with pytest.raises(errors.BadInput):
        service.rounds.vote("R1", "An", "V01", day=DAY)
    assert service.rounds.vote("R1", "An", "V06", day=DAY).tally() == {"V06": 1}
    service.rounds.remove("R1")
    with pytest.raises(errors.UnknownRound):
        service.rounds.get("R1")
    service.history.undo()
    assert service.rounds.get("R1").tally() == {"V06": 1}


def test_feedback_stays_a_task_until_it_was_told(service: Project) -> None:
    log = service.feedback
    line = log.add(Feedback("het team", "We bespraken het.", story="V01"), today=DAY)
    assert log.to_do() == [line]
    told = log.edit(line.id, day=DAY, reaction="Fijn om te horen.", today=DAY)
    assert log.to_do() == []
    for wrong in (Feedback("", "x"), Feedback("x", ""), Feedback("x", "y", DAY + dt.timedelta(days=1))):
        with pytest.raises(errors.BadInput):
            log.add(wrong, today=DAY)
    with pytest.raises(errors.UnknownRound):
        log.add(Feedback("x", "y", round="R9"), today=DAY)
    log.remove(told.id)
    service.history.undo()
    assert [each.reaction for each in log.all(story="V01")] == ["Fijn om te horen."]


@pytest.mark.parametrize(
    ("reason", "good"),
    [
        ("", False),
        ("Omdat het mooi is.", False),
        ("Omdat dit ons veel leerde", False),
        ("omdat dit ons veel leerde.", False),
        ("Omdat dit ons veel leerde.", True),
        ('Iemand zei: "ik durf nu wel."', True),
        ("'t Was de eerste keer dat het lukte!", True),
        ("لأن هذا مهم جدا لنا.", True),
    ],
)
def test_a_reason_is_a_full_sentence(reason: str, good: bool) -> None:
    assert (reason_problem(reason) == "") is good
