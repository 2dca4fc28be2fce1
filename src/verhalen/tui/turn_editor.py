"""A window for the words of one turn. It shows meanwhile what the correction does to the codings."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from verhalen import errors
from verhalen.api.corrections import Corrected, Touched, merged, touched
from verhalen.api.project import Project
from verhalen.api.sources import SourceText
from verhalen.i18n import mark, t, tn
from verhalen.model.coding import Coding
from verhalen.model.text import Turn
from verhalen.tui.bars import KeyBar
from verhalen.tui.coder_looks import looks_of, signed
from verhalen.tui.commands.base import CommandDialog
from verhalen.tui.commands.turn_editor import TURN_EDITOR
from verhalen.tui.dialogs import Choose
from verhalen.tui.fields import Prose
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.turn_quotes import shown_change

_SOON = 0.15
"""Seconds after the last letter before the codings are looked at."""
_KEEP_AFTER = 1.0
"""Seconds after the last letter before the draft is kept."""


class TurnEditor(CommandDialog[str | None]):
    """Gives the sentence to say when something was stored, else None."""

    COMMAND_CLASSES = TURN_EDITOR
    HELP_TITLE: ClassVar[str] = mark("Correct a turn")
    DEFAULT_CSS = """
    TurnEditor { align: center middle; }
    TurnEditor > Vertical { width: 110; max-width: 96%; height: 92%; max-height: 40; background: $surface;
        border: round $border; padding: 0 1; }
    TurnEditor Prose { height: 1fr; min-height: 5; }
    TurnEditor VerticalScroll { height: auto; max-height: 50%; }
    TurnEditor #note { height: auto; color: $text-warning; text-style: bold; display: none; }
    TurnEditor #note.-shown { display: block; }
    TurnEditor KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, source: SourceText, turn: Turn, codings: list[Coding]) -> None:
        super().__init__()
        self._source = source
        self._turn = turn
        self._codings = codings
        self._ready = False
        self._storing = False
        self._waiting: dict[str, Timer] = {}

    @property
    def _before(self) -> str:
        """The words as they are stored, as far as we know."""
        return self._source.text[self._turn.start : self._turn.stop]

    @property
    def _words(self) -> str:
        """The words as they stand in the window."""
        return self.query_one(Prose).text

    @property
    def is_changed(self) -> bool:
        """Whether something stands there that is not stored."""
        return self._words.strip() != self._before.strip()

    def compose(self) -> ComposeResult:
        """Who speaks, the words, what happens to the codings, keys."""
        with Vertical():
            yield Static(self._head(), classes="label", markup=False)
            yield Prose(self._before)
            yield Static(id="note", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(id="touched", markup=False)
            yield KeyBar()

    def _head(self) -> str:
        return t(
            "Correct a turn of {speaker} · source {number}",
            speaker=self._turn.speaker or t("nobody in particular"),
            number=self._source.source.number,
        )

    def on_mount(self) -> None:
        """Bring a draft back; write on at the beginning."""
        self.query_one(Prose).focus()
        self._bring_draft_back()
        self._show_touched()
        # The field tells of the words that it was filled with; only what comes after that is typing.
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._ready = True

    # -- what was typed --------------------------------------------------------------------------------------------

    def on_text_area_changed(self) -> None:
        """Show in a moment what it does, and keep it."""
        if self._ready:
            self._soon("touched", _SOON, self._show_touched)
            self._soon("draft", _KEEP_AFTER, self._keep)

    def _soon(self, what: str, seconds: float, act: Callable[[], None]) -> None:
        waiting = self._waiting.pop(what, None)
        if waiting is not None:
            waiting.stop()
        self._waiting[what] = self.set_timer(seconds, act)

    @property
    def _key(self) -> str:
        # Withdrawing a source finds its drafts by the id.
        return f"turn {self._source.source.id} {self._turn.id}"

    def _keep(self) -> None:
        """Keep what is not stored; nothing of this is in the history."""
        if self._storing:
            return
        kept = {"before": self._before, "words": self._words}
        value = json.dumps(kept, ensure_ascii=False) if self.is_changed else ""
        key = self._key
        self.write(lambda project: project.keep_draft(key, value))

    def _bring_draft_back(self) -> None:
        before, words = _draft(self.project.draft(self._key))
        if not words or words.strip() == self._before.strip():
            return
        together = words if before == self._before else merged(before, words, self._before)
        self.query_one(Prose).text = words if together is None else together
        if together is None:
            self._note(t("You typed this earlier; the turn was corrected since. It was: {words}", words=self._before))
        else:
            self._note(t("This is what you typed earlier and did not store. Go on where you stopped."))

    def _note(self, sentence: str) -> None:
        note = self.query_one("#note", Static)
        note.update(sentence)
        note.set_class(bool(sentence), "-shown")

    # -- what happens to the codings -------------------------------------------------------------------------------

    def _show_touched(self) -> None:
        lines = self._lines()
        self.query_one("#touched", Static).update(Content("\n").join(lines))

    def _lines(self) -> list[Content]:
        if not self.is_changed:
            return [
                Content(t("Nothing is changed yet. The name of the speaker cannot be changed here.")).stylize("dim")
            ]
        if not self._words.strip():
            return [Content(str(errors.EmptyTurn())).stylize("bold")]
        found = touched(self._source.text, self._turn, self._words, self._codings)
        hidden = [Content(t("Codings of others are hidden here.")).stylize("dim")] if self.project.hides_others else []
        if not found:
            return [Content(t("No coding gets other words.")), *hidden]
        head = tn("This changes {n} coding:", "This changes {n} codings:", len(found))
        return [Content(head).stylize("bold"), *(self._line(each) for each in found), *hidden]

    def _line(self, each: Touched) -> Content:
        coding, label = each.coding, Content(each.coding.code)
        if coding.coder_id != self.project.coder_id:
            label = Content.assemble(label, " · ", signed(coding.coder_id, coding.coder, looks_of(self.project)))
        before, after = shown_change(each.before, each.after)
        if not after:
            gone = Content(t("disappears")).stylize("bold")
            return Content.assemble(label, ": ", gone, f" (“{before}”)")
        return Content.assemble(label, f": “{before}” → “{after}”")

    # -- somebody else ---------------------------------------------------------------------------------------------

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Something was stored, perhaps in this very turn."""
        if not self._storing:
            self._look_again()

    def _look_again(self) -> None:
        """Read the turn anew; what was typed stays, and goes together with the correction of somebody else if it can."""
        old, mine = self._before, self._words
        turn = self._read_again()
        if turn is None:
            self._note(str(errors.UnknownTurn()))
        elif self._before != old:
            together = merged(old, mine, self._before)
            if together is None:
                self._note(
                    t(
                        "Somebody corrected the same words meanwhile. Stored is now: {words} · If you store, yours come in "
                        "their place.",
                        words=self._before,
                    )
                )
            else:
                self.query_one(Prose).text = together
                self._note(
                    t("Somebody corrected this turn meanwhile. Both corrections stand here now: look, then store.")
                )
        self._show_touched()

    def _read_again(self) -> Turn | None:
        try:
            fresh = self.project.sources.text(self._source.source.id)
        except errors.UnknownSource:
            return None
        turn = next((each for each in fresh.turns if each.id == self._turn.id), None)
        if turn is not None:
            self._source, self._turn = fresh, turn
            self._codings = self.project.codings.of(fresh.source.id)
        return turn

    # -- storing and leaving ---------------------------------------------------------------------------------------

    def store(self) -> None:
        """Store the words in one change; with nothing changed just go back."""
        if self._storing:
            return
        if not self.is_changed:
            self._leave_unchanged()
            return
        if not self._words.strip():
            self._note(str(errors.EmptyTurn()))
            return
        self._storing = True
        source, turn, before, after, key = self._source.source, self._turn, self._before, self._words, self._key

        def act(project: Project) -> Corrected | None:
            done = project.corrections.turn(source.id, turn.id, before=before, after=after)
            project.keep_draft(key, "")
            return done

        self.write(act, self._stored, self._refused)

    def _stored(self, done: Corrected | None) -> None:
        if done is None:
            self.dismiss(t("Nothing changed."))
        elif done.ended:
            self.dismiss(tn("Corrected; {n} coding ended", "Corrected; {n} codings ended", len(done.ended)))
        else:
            self.dismiss(t("Corrected"))

    def _refused(self, error: errors.VerhalenError) -> None:
        """Nothing was stored, and what was typed is still here."""
        self._storing = False
        if isinstance(error, errors.StaleTurn):
            self._look_again()
        else:
            self._note(str(error))
        self._keep()

    def leave(self) -> None:
        """Go back; ask where something is not stored."""
        if not self.is_changed:
            self._leave_unchanged()
            return
        answers = [
            ("on", t("Go on correcting")),
            ("store", t("Store it")),
            ("later", t("Keep it for later, without storing")),
            ("drop", t("Throw away what I typed")),
        ]
        self.app.push_screen(Choose(t("You changed words that are not stored yet."), answers), self._answered)

    def _answered(self, answer: str | None) -> None:
        if answer == "store":
            self.store()
        elif answer == "later":
            self._keep()
            self.dismiss(None)
        elif answer == "drop":
            self._leave_unchanged()

    def _leave_unchanged(self) -> None:
        self._storing = True  # no draft any more
        key = self._key
        self.write(lambda project: project.keep_draft(key, ""))
        self.dismiss(None)


def _draft(kept: str) -> tuple[str, str]:
    """The words of then and those that were typed; empty where there is no draft, or an unreadable one."""
    try:
        found = json.loads(kept)
        return str(found["before"]), str(found["words"])
    except (ValueError, TypeError, KeyError):
        return "", ""
