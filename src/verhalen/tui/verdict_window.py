"""A small window in which a team writes down what it says of words beside numbers: how they relate, and one sentence why."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import RadioSet, Static

from verhalen.i18n import mark, t
from verhalen.model.verdict import Relation
from verhalen.tui.bars import KeyBar
from verhalen.tui.coding_memo import KEEP_AFTER
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog
from verhalen.tui.fields import Choice, Prose
from verhalen.tui.verdict_draft import VerdictDraft, draft_key, load_draft

WORDS = {
    Relation.CONFIRMS: mark("They confirm each other"),
    Relation.COMPLETES: mark("They complete each other: the one says what the other does not"),
    Relation.CONTRADICTS: mark("They contradict each other"),
    Relation.SILENT: mark("One of them is silent: there is too little to say more"),
}
"""How words and numbers may stand to each other, for who chooses, in the order of the digits."""

Submit = Callable[["VerdictWindow", Relation, str], None]


def closed(sentence: str) -> str:
    """A sentence in one line, with the full stop that somebody who types in a meeting leaves out."""
    words = " ".join(sentence.split())
    return f"{words}." if words[-1:].isalnum() else words


class StoreVerdict(Command["VerdictWindow"]):
    """Keep it, dated."""

    id = "store-verdict"
    key = "ctrl+s"
    title = mark("Store")
    help = mark("Store what you say, with the day and your name. It can be undone.")
    priority = True

    def run(self, screen: VerdictWindow) -> None:
        """Give it."""
        screen.give()


class LaterVerdict(Command["VerdictWindow"]):
    """Close; what is typed stays."""

    id = "later-verdict"
    key = "escape"
    title = mark("Later")
    help = mark("Close this window. What you typed is kept and stands here the next time.")

    def run(self, screen: VerdictWindow) -> None:
        """Keep the draft."""
        screen.keep_now()
        screen.dismiss(None)


class _Relate(Command["VerdictWindow"]):
    """One of the four, by its digit; in the sentence a digit is a digit."""

    shown = False
    relation: ClassVar[Relation]
    help = mark("Choose how numbers and words stand to each other, outside the sentence.")

    def run(self, screen: VerdictWindow) -> None:
        """Choose it, and go on to the sentence."""
        screen.relate(self.relation)


class Confirms(_Relate):
    """Numbers and words say the same."""

    id = "confirms"
    key = "1"
    title = WORDS[Relation.CONFIRMS]
    relation = Relation.CONFIRMS


class Completes(_Relate):
    """The one says what the other does not."""

    id = "completes"
    key = "2"
    title = WORDS[Relation.COMPLETES]
    relation = Relation.COMPLETES


class Contradicts(_Relate):
    """They say the opposite."""

    id = "contradicts"
    key = "3"
    title = WORDS[Relation.CONTRADICTS]
    relation = Relation.CONTRADICTS


class Silent(_Relate):
    """Too little of one of them."""

    id = "silent"
    key = "4"
    title = WORDS[Relation.SILENT]
    relation = Relation.SILENT


class VerdictWindow(CommandDialog[None]):
    """Four relations and a sentence; `submit` stores them, then closes the window or says what is wrong."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (
        *(StoreVerdict, LaterVerdict),
        *(Confirms, Completes, Contradicts, Silent),
    )
    DEFAULT_CSS = """
    VerdictWindow { align: center middle; }
    VerdictWindow > Vertical { width: 76; max-width: 100%; height: auto; max-height: 100%; background: $surface;
        border: round $border; padding: 0 1; }
    VerdictWindow #title { text-style: bold; }
    VerdictWindow #about { color: $text-muted; height: auto; max-height: 5; }
    VerdictWindow RadioSet { background: $surface; padding: 0; margin: 1 0; height: auto; width: 1fr; }
    VerdictWindow Choice { background: $surface; }
    VerdictWindow Prose { height: 6; }
    VerdictWindow #problem { height: auto; color: $text-warning; }
    VerdictWindow KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, title: str, about: str, *, target: str, submit: Submit) -> None:
        super().__init__()
        self._title = title
        self._about = about
        """Finished words: the counts once more."""
        self._target = target
        self._submit = submit
        self._waits = False
        """Whether it was handed over, and nobody said yet what became of it."""
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, counts, the four, the sentence, what is wrong, keys."""
        kept = load_draft(self.project.draft(self._key))
        with Vertical():
            yield Static(self._title, id="title", markup=False)
            yield Static(self._about, id="about", markup=False)
            with RadioSet() as four:
                # The app's style sheet gives it a border; an inline style counts above it.
                four.styles.border = ("none", "transparent")
                for digit, (relation, words) in enumerate(WORDS.items(), 1):
                    yield Choice(f"{digit}  {t(words)}", value=relation is kept.chosen, id=f"r{digit}")
            yield Static(t("Why? One sentence in your own words, as you would say it to each other."), markup=False)
            yield Prose(kept.sentence)
            yield Static(self._note(kept), id="problem", markup=False)
            yield KeyBar()

    @staticmethod
    def _note(kept: VerdictDraft) -> str:
        if not kept.dump():
            return ""
        return t("This is what you typed earlier and did not store. Go on where you stopped.")

    @property
    def _key(self) -> str:
        return draft_key(self._target, self.project.coder_id)

    @property
    def draft(self) -> VerdictDraft:
        """What stands in the window."""
        at = self.query_one(RadioSet).pressed_index
        relation = list(WORDS)[at].value if at >= 0 else ""
        return VerdictDraft(relation, self.query_one(Prose).text)

    def on_mount(self) -> None:
        """Begin with the four, or with the sentence where one was begun."""
        field = self.query_one(Prose)
        if field.text:
            field.focus()
            field.move_cursor(field.document.end)
        else:
            self.query_one(RadioSet).focus()

    def relate(self, relation: Relation) -> None:
        """Choose one of the four; the sentence comes next."""
        self.query_one(f"#r{list(WORDS).index(relation) + 1}", Choice).value = True
        self.query_one(Prose).focus()

    # -- keeping what is not stored --------------------------------------------------------------------------------

    def on_text_area_changed(self) -> None:
        """Keep it in a moment."""
        self._keep_soon()

    def on_radio_set_changed(self) -> None:
        """Keep it in a moment."""
        self._keep_soon()

    def _keep_soon(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(KEEP_AFTER, self.keep_now)

    def keep_now(self) -> None:
        """Keep what is not stored."""
        if self._waiting is not None:
            self._waiting.stop()
        if self._waits:
            return  # being stored: that act throws the draft away
        key, words = self._key, self.draft.dump()
        if words != self.project.draft(key):
            self.write(lambda project: project.keep_draft(key, words))

    # -- handing over ----------------------------------------------------------------------------------------------

    def give(self) -> None:
        """Hand it over, once; say what is missing."""
        draft = self.draft
        if self._waits:
            return
        if draft.chosen is None:
            self.complain(t("Choose first how numbers and words stand to each other: 1, 2, 3 or 4."))
            self.query_one(RadioSet).focus()
        elif not draft.sentence.strip():
            self.complain(t("Write one sentence that says why. Without a sentence nothing is stored."))
            self.query_one(Prose).focus()
        else:
            self.keep_now()
            self._waits = True
            self._submit(self, draft.chosen, closed(draft.sentence))

    def complain(self, sentence: str) -> None:
        """Say what is wrong; everything that was filled in stays, and may be handed over again."""
        self._waits = False
        if self.is_attached:
            self.query_one("#problem", Static).update(sentence)
        elif sentence:  # somebody closed the window meanwhile
            self.frame.say(sentence, severity="warning")

    def close(self) -> None:
        """It is stored."""
        if self.is_current:
            self.dismiss(None)
