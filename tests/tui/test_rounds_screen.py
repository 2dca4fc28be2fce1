"""A round from beginning to end on the screens: prepare, panel, candidates, read, write down, close, tell back."""

from __future__ import annotations

from tests.tui.frame import LARGE, SMALL, TODAY, opened, screen, seen, settled
from textual.pilot import Pilot
from textual.widgets import Input, Select

from verhalen.api.project import Project
from verhalen.model.act import Act
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.following import Feedback
from verhalen.model.selecting import RoundLevel
from verhalen.tui.ask_form import AskForm
from verhalen.tui.fields import Field, Picker, Prose
from verhalen.tui.round_candidates import RoundCandidates
from verhalen.tui.round_reading import RoundReading, Side
from verhalen.tui.round_result import RoundResult
from verhalen.tui.rounds_screen import RoundsScreen
from verhalen.tui.weight_list import WeightList

REASON = "Hier zie je hoe moeilijk het nog is."


async def fill(pilot: Pilot[None], **answers: str) -> None:
    """Answer the questions of the small form in front, and store."""
    form = screen(pilot)
    assert isinstance(form, AskForm)
    for name, value in answers.items():
        field = form.query_one(f"#{name}")
        if isinstance(field, Select | Input):
            field.value = value
    await pilot.press("ctrl+s")
    await settled(pilot)


async def test_a_round_is_held_from_beginning_to_end_with_the_keyboard(small: Project) -> None:
    async with opened(small, SMALL) as pilot:
        await pilot.press("4", "r")
        await settled(pilot)
        assert isinstance(screen(pilot), RoundsScreen)
        await pilot.press("n")
        await pilot.pause()
        await fill(pilot, title="Herfst", rule="zelf")
        assert isinstance(screen(pilot), RoundCandidates)
        await pilot.press("space", "down")
        await settled(pilot)
        await pilot.press("space")
        await settled(pilot)
        assert [each.story for each in small.rounds.get("R1").candidates] == ["V01", "V02"]
        await pilot.press("escape", "u")
        await pilot.pause()
        assert isinstance(screen(pilot), RoundsScreen)

        await pilot.press("p")
        for name in ("An", "Bo", "Cas"):
            await pilot.press("n")
            await pilot.pause()
            await fill(pilot, name=name)
        await pilot.press("down", "down", "s")
        await settled(pilot)
        members = small.rounds.get("R1").members
        assert [(each.name, each.role, each.stopped) for each in members] == [
            ("An", "gezin", None),
            ("Bo", "ervaringsdeskundige", None),
            ("Cas", "coach", TODAY),
        ]
        await pilot.press("escape", "l")
        await pilot.pause()
        assert isinstance(screen(pilot), RoundReading)
        painted = seen(pilot)
        assert "Hij slaapt nu door." in painted
        assert "De bus is afgeschaft." in painted
        await pilot.press("right", "n")
        assert [side.border_title for side in screen(pilot).query(Side)] == ["1 van 2", "1 van 2"]

        await pilot.press("escape", "u")
        await settled(pilot)
        form = screen(pilot)
        assert isinstance(form, RoundResult)
        assert not form.query(f"#vote-{members[2].id}")
        form.query_one(f"#vote-{members[0].id}", Picker).value = "V01"
        form.query_one(f"#vote-{members[1].id}", Picker).value = "V02"
        await pilot.pause()
        assert "V01, V02" in str(form.query_one("#standing").render())
        form.query_one("#story", Picker).value = "V02"
        form.query_one("#reason", Prose).text = "kort"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert screen(pilot) is form
        assert small.rounds.get("R1").votes == ()
        await pilot.press("escape")
        await pilot.pause()
        assert screen(pilot) is not form
        await pilot.press("escape")
        form.query_one("#reason", Prose).text = REASON
        form.query_one("#said-0", Field).value = "V01 is sterker."
        weights = form.query_one(WeightList)
        weights.focus()
        await pilot.press("down", "3")
        form.query_one("#back", Prose).text = "Het panel koos dit."
        await pilot.press("ctrl+s")
        await settled(pilot)
        kept = small.rounds.get("R1")
        assert [(each.story, each.reason, each.criteria[0][1]) for each in kept.choices] == [("V02", REASON, 3)]
        assert [each.body for each in kept.dissents] == ["V01 is sterker."]
        assert small.history.entries(limit=1)[0].act is Act.CHOICE

        await pilot.press("s")
        await settled(pilot)
        assert small.rounds.get("R1").closed == TODAY
        await pilot.press("t", "enter")
        await pilot.pause()
        await fill(pilot, reaction="Ze was blij.")
        [told] = small.feedback.all()
        assert (told.day, told.reaction, told.story) == (TODAY, "Ze was blij.", "V02")
        await pilot.press("escape", "v")
        await pilot.pause()
        assert REASON in " ".join(line.text for line in screen(pilot).query_one("Page").lines)  # type: ignore[attr-defined]


async def test_what_is_still_to_be_told_waits_on_the_first_screen_and_blind_rounds_stay_blind(small: Project) -> None:
    small.stories.set_consent("V02", Consent(Purpose.TEAM, Answer.NO))
    small.rounds.add("Blind", level=RoundLevel.TEAM, first=TODAY, last=TODAY, blind=True)
    small.rounds.add_candidates("R1", ["V01"])
    small.feedback.add(Feedback("het team", "We spraken erover.", round="R1"), today=TODAY)
    async with opened(small, LARGE) as pilot:
        assert "het team (" in seen(pilot)
        await pilot.press("4", "r", "k")
        await settled(pilot)
        candidates = screen(pilot)
        assert isinstance(candidates, RoundCandidates)
        assert "G001" not in seen(pilot)
        await pilot.press("down", "space")
        await settled(pilot)
        assert [each.story for each in small.rounds.get("R1").candidates] == ["V01"]
        await pilot.press("up", "space")
        await settled(pilot)
        assert small.rounds.get("R1").candidates == ()
        await pilot.press("escape", "l")
        assert isinstance(screen(pilot), RoundsScreen)
        await pilot.press("delete")
        await settled(pilot)
        assert small.rounds.all() == []
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert [each.key for each in small.rounds.all()] == ["R1"]
