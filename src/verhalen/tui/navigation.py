"""The way between screens. Each is loaded when it is opened, so that the first one paints fast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verhalen.i18n import t
from verhalen.model.story import Story
from verhalen.model.suggestion import Suggestion
from verhalen.model.text import SourceKind, Span
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.typing_ahead import TypingAhead

if TYPE_CHECKING:
    from verhalen.api.snapshot_forms import Form
    from verhalen.tui.change_choices import Asked
    from verhalen.tui.coding_slots import Slots
    from verhalen.tui.matrix_asked import Asked as MatrixAsked
    from verhalen.tui.second_reading import Asked as Compared


class Navigator(TypingAhead):
    """An app with home at the bottom of its stack."""

    @property
    def can_go_back(self) -> bool:
        """Whether there is a screen under this one; a small window before it does not count."""
        return sum(not screen.is_modal for screen in self.screen_stack) > 1

    def go_back(self) -> None:
        """Close the screen in front."""
        if self.can_go_back:
            self.pop_screen()

    def go_home(self) -> None:
        """Close all but home."""
        while self.can_go_back:
            self.pop_screen()

    def if_safe(self, act: Callable[[], None]) -> None:
        """Do what closes screens; ask first where one of them holds decisions that are stored nowhere."""
        from verhalen.tui.dialogs import yes_or_no

        lost = [each.at_stake for each in self.screen_stack if isinstance(each, CommandScreen) and each.at_stake]
        if not lost:
            act()
            return
        question = yes_or_no(lost[-1], yes=t("Leave all the same"), no=t("Stay here"))
        self.push_screen(question, lambda answer: act() if answer == "yes" else None)

    def open_families(self, key: str | None = None, *, only: Sequence[str] | None = None, why: str = "") -> None:
        """See how a family is doing, perhaps only among some; `why` says in finished words why these."""
        from verhalen.tui.families_screen import FamiliesScreen

        self.push_screen(FamiliesScreen(key, only=only, why=why))

    def open_report(self, path: Path) -> None:
        """Write on a report."""
        from verhalen.tui.report_editor import ReportEditor

        self.push_screen(ReportEditor(path))

    def open_service(self) -> None:
        """See how the families are doing all together."""
        from verhalen.tui.service_screen import ServiceScreen

        self.push_screen(ServiceScreen())

    def open_joint(self, instrument: str = "") -> None:
        """See what was counted beside what was told, and what is said of it."""
        from verhalen.tui.joint_screen import JointScreen

        self.push_screen(JointScreen(instrument))

    def open_case(self, family: str) -> None:
        """See of a family every voice beside every score."""
        from verhalen.tui.case_screen import CaseScreen
        from verhalen.tui.change_choices import Asked

        self.push_screen(CaseScreen(Asked(""), family))

    def open_apart(self, asked: Asked | None = None) -> None:
        """Work through the families whose words and numbers contradict each other."""
        from verhalen.tui.apart_screen import ApartScreen
        from verhalen.tui.change_choices import Asked

        self.push_screen(ApartScreen(asked or Asked("")))

    def open_change(self, instrument: str) -> None:
        """See what changed on an instrument, row by row."""
        from verhalen.tui.change_screen import ChangeScreen

        self.push_screen(ChangeScreen(instrument))

    def open_poverty(self) -> None:
        """See where families stand on the approximation of the poverty index."""
        from verhalen.tui.poverty_screen import PovertyScreen

        self.push_screen(PovertyScreen())

    def open_snapshot(self, family: str) -> None:
        """Take a snapshot of a family: first choose with which questions, who judges and of which day."""
        from verhalen.tui.snapshot_start import StartSnapshot

        def chosen(form: Form | None) -> None:
            if form is not None:
                self.open_snapshot_form(form)

        self.push_screen(StartSnapshot(family), chosen)

    def open_snapshot_form(self, form: Form) -> None:
        """Take a snapshot, or go on with it."""
        from verhalen.tui.snapshot_screen import SnapshotScreen

        self.push_screen(SnapshotScreen(form))

    def open_stories(self, key: str | None = None, *, find: str = "") -> None:
        """Read stories, perhaps one of them, perhaps those that a word finds."""
        from verhalen.tui.stories_screen import StoriesScreen

        self.push_screen(StoriesScreen(key, find=find))

    def open_rounds(self, key: str | None = None) -> None:
        """Choose stories together, perhaps in one round."""
        from verhalen.tui.rounds_screen import RoundsScreen

        self.push_screen(RoundsScreen(key))

    def open_feedback(self) -> None:
        """What goes back to tellers and others."""
        from verhalen.tui.feedback_screen import FeedbackScreen

        self.push_screen(FeedbackScreen())

    def open_story_form(self, family: str | None = None, *, draft_key: str = "") -> None:
        """Write a story down, or go on with one that was left halfway."""
        from verhalen.tui.story_form import StoryForm

        self.push_screen(StoryForm(family, draft_key=draft_key))

    def open_story_edit(self, story: Story) -> None:
        """Change a story."""
        from verhalen.tui.story_edit import EditStory

        self.push_screen(EditStory(story))

    def open_voices(self, key: str) -> None:
        """Who tells of the change of a story, beside each other."""
        from verhalen.tui.voices_screen import VoicesScreen

        self.push_screen(VoicesScreen(key))

    def open_beside(self, first: str, second: str) -> None:
        """Read two stories beside each other."""
        from verhalen.tui.beside_screen import BesideScreen

        self.push_screen(BesideScreen(first, second))

    def open_signals(self, key: str | None = None) -> None:
        """Barriers that no family lifts alone, perhaps one of them."""
        from verhalen.tui.signals_screen import SignalsScreen

        self.push_screen(SignalsScreen(key))

    def open_guard(self) -> None:
        """Who tells, and who does not."""
        from verhalen.tui.guard_screen import GuardScreen

        self.push_screen(GuardScreen())

    def open_coding(
        self, source_number: int | None = None, *, place: Span | None = None, digits: Sequence[int] = ()
    ) -> None:
        """Look and code, perhaps in one text, at a place in it, with some codes (by id) on the first digits."""
        from verhalen.tui.coding_screen import CodingScreen

        self.push_screen(CodingScreen(source_number, place=place, digits=digits))

    def open_second(self) -> None:
        """Texts at a second coder, and texts that two coded."""
        from verhalen.tui.second_screen import SecondScreen

        self.push_screen(SecondScreen())

    def open_differences(self, asked: Compared) -> None:
        """See where two coders differ, and settle it."""
        from verhalen.tui.differences_screen import DifferencesScreen

        self.push_screen(DifferencesScreen(asked))

    def open_agreement(self, asked: Compared) -> None:
        """See how far coders agree, per code."""
        from verhalen.tui.agreement_screen import AgreementScreen

        self.push_screen(AgreementScreen(asked))

    def open_matrix(self, row: str = "") -> None:
        """Codes in numbers: by what is known of families, voices and texts; the cursor perhaps on a code."""
        from verhalen.tui.matrix_screen import MatrixScreen

        self.push_screen(MatrixScreen(row=row))

    def open_quotes(self, codes: Sequence[str], code: str, asked: MatrixAsked) -> None:
        """What was said about a code, in the columns of a table; `codes` are those to walk through."""
        from verhalen.tui.quotes_screen import QuotesScreen

        self.push_screen(QuotesScreen(codes, list(codes).index(code), asked))

    def open_typology(self, code: str, instrument: str) -> None:
        """How families that tell of a code stand in the scores."""
        from verhalen.tui.typology_screen import TypologyScreen

        self.push_screen(TypologyScreen(code, instrument))

    def open_memos(
        self, here: Sequence[tuple[str, str]] = (), *, place: Callable[[int, Span], None] | None = None
    ) -> None:
        """Memos. `here`: targets at hand, with their names; `place` hears which text is wanted and where, else it opens."""
        from verhalen.tui.memos_screen import MemosScreen

        def left(wanted: tuple[int, Span] | None) -> None:
            if wanted is not None and place is not None:
                place(*wanted)
            elif wanted is not None:
                self.open_coding(wanted[0], place=wanted[1])

        self.push_screen(MemosScreen(here), left)

    def open_find(self) -> None:
        """Find everywhere; where a list of finds lies open below, go back to it."""
        from verhalen.tui.find_screen import FindScreen

        if not any(isinstance(screen, FindScreen) for screen in self.screen_stack):
            self.push_screen(FindScreen())
            return
        while not isinstance(self.screen, FindScreen):
            self.pop_screen()

    def open_codebook(
        self, *, source_id: int | None = None, key: str | None = None, slots: Slots | None = None
    ) -> None:
        """See and change the codes: counted in a source too, with the cursor on `key`, and with the digits of `slots`."""
        from verhalen.tui.codebook_screen import CodebookScreen

        self.push_screen(CodebookScreen(source_id=source_id, key=key, slots=slots))

    def open_speakers(self, source_number: int, place: Callable[[Span], None]) -> None:
        """Who speaks in a text; `place` hears which turn is wanted in the text."""
        from verhalen.tui.speakers_screen import SpeakersScreen
        from verhalen.tui.speakers_talk import StoredTalk

        def left(turn: Span | None) -> None:
            if turn is not None:
                place(turn)

        self.push_screen(SpeakersScreen(StoredTalk(source_number)), left)

    def open_suggestions(self, source_number: int, place: Callable[[Suggestion], None]) -> None:
        """What may get a code in a text; `place` hears which suggestion is wanted in the text."""
        from verhalen.tui.suggestions_screen import SuggestionsScreen

        def left(wanted: Suggestion | None) -> None:
            if wanted is not None:
                place(wanted)

        self.push_screen(SuggestionsScreen(source_number), left)

    def open_files(self) -> None:
        """Choose what to read in."""
        from verhalen.tui.intake_files import FilesScreen

        self.push_screen(FilesScreen())

    def open_intake(self, paths: Sequence[Path], *, kind: SourceKind) -> None:
        """Read these files in, with a look at each."""
        from verhalen.tui.intake_screen import IntakeScreen

        self.push_screen(IntakeScreen(paths, kind=kind))

    def open_table(self, path: Path) -> None:
        """Look at a table of scores, families or stories before it is stored."""
        from verhalen.tui.table_screen import TableScreen

        self.push_screen(TableScreen(path))

    def open_arrival(self, path: Path) -> None:
        """See what the work of a colleague holds before it is taken in."""
        from verhalen.tui.arrival_screen import ArrivalScreen

        self.push_screen(ArrivalScreen(path))

    def open_decisions(self) -> None:
        """What two people said differently, and nobody chose yet."""
        from verhalen.tui.decisions_screen import DecisionsScreen

        self.push_screen(DecisionsScreen())

    def open_reports(self) -> None:
        """Reports."""
        from verhalen.tui.report_screen import ReportScreen

        self.push_screen(ReportScreen())

    def open_history(self) -> None:
        """What was changed."""
        from verhalen.tui.history_screen import HistoryScreen

        self.push_screen(HistoryScreen())

    def open_help(self, about: CommandScreen[Any]) -> None:
        """The explanation of a screen."""
        from verhalen.tui.help_screen import HelpScreen

        self.push_screen(HelpScreen(about))

    def open_palette(self, about: CommandScreen[Any]) -> None:
        """Find a command and run it on `about`."""
        from verhalen.tui.palette import PaletteScreen

        def run(command: str | None) -> None:
            if command is not None:
                about.action_run_command(command)

        self.push_screen(PaletteScreen(about), run)
