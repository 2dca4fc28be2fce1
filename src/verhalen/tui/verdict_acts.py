"""Writing a verdict: the window over a row or a family, and storing what it gives."""

from __future__ import annotations

from typing import Any

from verhalen.analysis.joint import JointRow
from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.verdict import Relation, family_target
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.joint_words import number_words, word_sentences
from verhalen.tui.verdict_draft import draft_key
from verhalen.tui.verdict_window import VerdictWindow


class VerdictActs:
    """Of one screen; it hears of what was stored as every screen does."""

    def __init__(self, screen: CommandScreen[Any]) -> None:
        self._screen = screen

    def on_row(self, row: JointRow) -> None:
        """What the team says of a life domain or group."""
        about = " ".join([number_words(row), *word_sentences(row)])
        self._ask(row.name, about, row.key)

    def on_family(self, family: str, about: str, *, domain: str = "", name: str = "") -> None:
        """What the team says of a family, or of one life domain of it, with its name."""
        label = t("Family {key}", key=self._screen.project.privacy.family_label(family))
        self._ask(f"{label}, {name}" if domain else label, about, family_target(family, domain))

    def _ask(self, name: str, about: str, target: str) -> None:
        screen = self._screen
        key = draft_key(target, screen.project.coder_id)

        def store(window: VerdictWindow, relation: Relation, sentence: str) -> None:
            def write(project: Project) -> None:
                project.joining.decide(target, relation, sentence)
                project.keep_draft(key, "")  # only now: of two, the verdict must be there

            def done(_: None) -> None:
                window.close()
                said = t(relation.label)
                screen.frame.say(
                    t("Written down for {name}: {relation}. Ctrl+z takes it back.", name=name, relation=said)
                )

            screen.write(write, done, lambda error: window.complain(str(error)))

        title = t("{name}: how do numbers and words stand to each other?", name=name)
        screen.app.push_screen(VerdictWindow(title, about, target=target, submit=store))
