"""Ask how a story was read back to its teller, and what came of it."""

from __future__ import annotations

from typing import Any

from verhalen.i18n import t
from verhalen.model.story import Outcome, Story, Verification
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.family_asking import read_day, written_day


def ask_verification(screen: CommandScreen[Any], story: Story) -> None:
    """A small form; what was filled in is stored as a check of the story."""
    teller = story.voice.member or story.voice.role
    questions = [
        Question(
            "outcome",
            t("What did the teller say of it?"),
            Outcome.RIGHT.value,
            tuple((each.value, t(each.label)) for each in Outcome),
        ),
        Question("who", t("With whom? A role, no name."), teller),
        Question("how", t("How?"), hint=t("read aloud, on the sheet, by telephone")),
        Question("day", t("When?"), written_day(screen.frame.day)),
        Question("note", t("What should be different? Anything else?")),
    ]

    def store(form: AskForm, answers: Answers) -> None:
        day = read_day(form, answers["day"])
        if day is False:
            return
        checked = Verification(
            day or screen.frame.day,
            answers["who"] or teller,
            answers["how"],
            Outcome(answers["outcome"] or Outcome.RIGHT.value),
            answers["note"],
        )
        screen.write(
            lambda project: project.verifying.add(story.key, checked),
            lambda _: done(form, checked),
            lambda error: form.complain(str(error)),
        )

    def done(form: AskForm, checked: Verification) -> None:
        form.close()
        said = t("Stored: story {key} was read back.", key=story.key)
        if checked.outcome is Outcome.OTHERWISE:
            said = t("Stored. Change the text of story {key} together, with the reason.", key=story.key)
        screen.frame.say(said)

    screen.app.push_screen(AskForm(t("Story {key} was read back", key=story.key), questions, store))
