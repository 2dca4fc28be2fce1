"""A window with the panel of a round: who chooses, in which role, who stopped."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t, tn
from verhalen.model.selecting import PANEL_ROLES, Panelist, SelectionRound
from verhalen.msc.round_words import ROLES
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.words import day_text


class AddMember(Command["PanelWindow"]):
    """Somebody more."""

    id = "add-member"
    key = "n"
    title = mark("Add")
    help = mark("Add somebody to the panel, by first name or initials, and in which role.")

    def possible(self, screen: PanelWindow) -> bool:
        """A closed round keeps its panel."""
        return screen.round.is_open

    def run(self, screen: PanelWindow) -> None:
        """Ask who."""
        screen.add()


class StopMember(Command["PanelWindow"]):
    """Somebody leaves, or is back."""

    id = "stop-member"
    key = "s"
    title = mark("Stops / is back")
    help = mark("Note that this member stops; the votes stay and are counted apart. Again: is back.")

    def possible(self, screen: PanelWindow) -> bool:
        """There must be somebody."""
        return screen.round.is_open and screen.member is not None

    def run(self, screen: PanelWindow) -> None:
        """Note it."""
        screen.stop_or_back()


class RemoveMember(Command["PanelWindow"]):
    """Never should have been there."""

    id = "remove-member"
    key = "delete"
    title = mark("Remove")
    help = mark("Take this member off the panel, who never voted.")

    def possible(self, screen: PanelWindow) -> bool:
        """There must be somebody."""
        return screen.round.is_open and screen.member is not None

    def run(self, screen: PanelWindow) -> None:
        """Take off."""
        screen.remove_member()


class ClosePanel(Command["PanelWindow"]):
    """Back to the round."""

    id = "close-panel"
    key = "escape"
    title = mark("Close")
    help = mark("Close this window.")

    def run(self, screen: PanelWindow) -> None:
        """Close."""
        screen.dismiss(None)


class PanelWindow(CommandDialog[None]):
    """The panel of one round."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (AddMember, StopMember, RemoveMember, ClosePanel)
    DEFAULT_CSS = """
    PanelWindow { align: center middle; }
    PanelWindow > Vertical { width: 76; max-width: 100%; height: auto; max-height: 100%; background: $surface;
        border: round $border; padding: 0 1; }
    PanelWindow OptionList { height: auto; max-height: 12; margin: 1 0; background: $surface; padding: 0; }
    PanelWindow .label { margin-top: 0; }
    PanelWindow #families { height: auto; color: $text-warning; }
    PanelWindow KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._round: SelectionRound | None = None

    @property
    def round(self) -> SelectionRound:
        """As it was read last."""
        if self._round is None:
            self._round = self.project.rounds.get(self._key)
        return self._round

    @property
    def member(self) -> Panelist | None:
        """On the line of the cursor."""
        at, members = self.query_one(OptionList).highlighted, self.round.members
        return members[at] if at is not None and at < len(members) else None

    def compose(self) -> ComposeResult:
        """Title, members, a hint, keys."""
        with Vertical():
            yield Static(t("Who chooses in round {key}?", key=self._key), classes="label", markup=False)
            yield OptionList()
            yield Static(id="families", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Show who is there."""
        self.reload()
        self.query_one(OptionList).focus()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Who is there now."""
        self._round = None
        options, round_ = self.query_one(OptionList), self.round
        at = options.highlighted or 0
        lines = [Option(_line(each, round_)) for each in round_.members]
        nobody = t("Nobody yet. Ask a parent or an expert by experience along.")
        options.clear_options().add_options(lines or [Option(nobody, disabled=True)])
        if lines:
            options.highlighted = min(at, len(lines) - 1)
        alone = bool(lines) and not {each.role for each in round_.members} & {"gezin", "ervaringsdeskundige"}
        hint = t("Nobody on this panel is there for the families: ask a parent or an expert by experience along.")
        self.query_one("#families", Static).update(hint if alone else "")
        self.refresh_bindings()

    def on_option_list_option_highlighted(self) -> None:
        """Another member, other keys."""
        self.refresh_bindings()

    def add(self) -> None:
        """Ask who, and in which role."""
        there = {each.role for each in self.round.members}
        first = next((role for role in PANEL_ROLES if role not in there), PANEL_ROLES[0])
        questions = [
            Question("name", t("First name or initials")),
            Question("role", t("For whom or as what"), first, tuple((each, t(ROLES[each])) for each in PANEL_ROLES)),
        ]

        def submit(form: AskForm, said: Answers) -> None:
            self.write(
                lambda project: project.rounds.add_member(self._key, said["name"], said["role"]),
                lambda _: form.close(),
                lambda error: form.complain(str(error)),
            )

        self.app.push_screen(AskForm(t("Somebody on the panel"), questions, submit))

    def stop_or_back(self) -> None:
        """The other of both."""
        member = self.member
        if member is not None:
            day = None if member.stopped else self.frame.day
            self.write(lambda project: project.rounds.stop_member(self._key, member.name, day))

    def remove_member(self) -> None:
        """Off the panel; refused by name for who voted."""
        member = self.member
        if member is not None:
            self.write(lambda project: project.rounds.remove_member(self._key, member.name))


def _line(member: Panelist, round_: SelectionRound) -> str:
    votes = sum(each.member_id == member.id for each in round_.votes)
    parts = [member.name, t(ROLES.get(member.role, member.role))]
    if votes:
        parts.append(tn("{n} vote", "{n} votes", votes))
    if member.stopped:
        parts.append(t("stopped on {day}", day=day_text(member.stopped)))
    return " · ".join(parts)
