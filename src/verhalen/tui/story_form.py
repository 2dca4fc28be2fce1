"""Write down a story: five questions, and the rest if you want. Every answer is kept at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static, TextArea

from verhalen.exchange.columns import parse_day
from verhalen.i18n import mark, t, tn
from verhalen.model.consent import Answer, Purpose
from verhalen.model.story import Story
from verhalen.tui.answers import OneOf
from verhalen.tui.attachments_window import open_with_system
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.story_form import STORY_FORM
from verhalen.tui.dialogs import Choose, yes_or_no
from verhalen.tui.family_acts import FamilyActs
from verhalen.tui.family_field import FamilyField
from verhalen.tui.story_draft import StoryDraft, is_child, missing, story_of
from verhalen.tui.story_keeping import draft_line, drafts_of, new_key, tell_draft
from verhalen.tui.story_people import People
from verhalen.tui.story_questions import Known, Questions
from verhalen.tui.writing_fields import HiddenLeftOut

KEEP_AFTER = 1.5
"""Seconds of typing after which the draft is kept: less than a sentence."""
WIDE = 130
"""Cells from which the two halves of the form stand side by side."""
MISSING = {
    "family": mark("the family"),
    "teller": mark("who told it"),
    "role": mark("who told it"),
    "better": mark("what got better"),
    "harder": mark("what got harder"),
    "reason": mark("why it was not asked"),
    "text": mark("the story"),
    "report": mark("consent"),
    "parent": mark("consent of a parent"),
    "told": mark("the day, as in 12/03/2026"),
}


class StoryForm(CommandScreen[None]):
    """The form."""

    COMMAND_CLASSES = STORY_FORM
    AUTO_FOCUS = ""  # focusing by itself would scroll the first question away
    HELP_TITLE: ClassVar[str] = mark("Write down a story")
    HELP_TEXT: ClassVar[str] = mark(
        "Tell what the family told you, in their own words. Good news and bad news are equally welcome, and 'nothing' is a good "
        "answer. The first five questions are needed; Enter skips the others. A number chooses an answer, Tab or Enter goes to "
        "the next question. Every answer is kept at once: you can stop and go on later."
    )
    DEFAULT_CSS = """
    StoryForm #questions { height: 1fr; padding: 0 2; }
    StoryForm #needed, StoryForm #more { height: auto; max-width: 96; }
    StoryForm #questions.-wide { layout: horizontal; }
    StoryForm #questions.-wide #needed { width: 1fr; margin-right: 3; }
    StoryForm #questions.-wide #more { width: 1fr; }
    StoryForm #text { height: 8; }
    StoryForm #questions.-wide #text { height: 16; }
    StoryForm #changes { height: 7; }
    StoryForm .row, StoryForm #parent-row, StoryForm #reason-row, StoryForm #tongue-part, StoryForm #own-words-row,
    StoryForm #purposes-own, StoryForm #purposes-ouder { height: auto; }
    StoryForm .beside { width: 30; }
    StoryForm .part { margin-top: 1; color: $text-muted; }
    StoryForm Collapsible { background: $background; border: none; padding: 0; margin-top: 1; }
    StoryForm Button { margin-top: 1; }
    StoryForm #status { height: 1; padding: 0 2; color: $text-muted; }
    """

    def __init__(self, family: str | None = None, *, draft_key: str = "", fresh: bool = False) -> None:
        super().__init__()
        self.draft = StoryDraft()
        """The answers so far."""
        self._wanted = family
        self._key = draft_key
        self._fresh = fresh
        self._ready = False
        self._waiting: Timer | None = None
        self._kept = ""

    # -- the questions ---------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The questions, filled with what was kept."""
        self._people = People(self.project)
        self._take_draft()
        people, domains = self._people, self.project.scores.domains().domains
        known = Known(people.named(), people.tellers(self.draft.family), domains, self._answered)
        self._questions = Questions(self.draft, known)
        with VerticalScroll(id="questions", can_focus=False):
            with Vertical(id="needed"):
                yield from self._questions.needed()
            with Vertical(id="more"):
                yield from self._questions.more()
        yield Static(id="status", markup=False)

    def _take_draft(self) -> None:
        """The draft that is wanted: the one that was chosen, else the newest (of the family, if there is one)."""
        drafts = drafts_of(self.project)
        if not self._key and not self._fresh:
            fitting = [key for key, each in drafts.items() if self._wanted in (None, each.family)]
            self._key = fitting[-1] if fitting else ""
        self.draft = drafts.get(self._key, StoryDraft(family=self._wanted or ""))
        self._key = self._key or new_key(self.project)
        self._kept = self._to_keep()
        if not self.draft.moment:
            self.draft = replace(self.draft, moment=self._moment(self.draft))

    def _moment(self, draft: StoryDraft) -> str:
        return self._people.moment(draft.family, self.frame.day)

    @property
    def _roles(self) -> dict[str, str]:
        return self._people.roles(self.draft.family)

    def on_mount(self) -> None:
        """Say that a draft came back; the cursor stands where somebody stopped, or on the first question without an answer."""
        self._show()
        if greeting := self._greeting():
            self.frame.say(greeting)
        self._go_to_first()
        # Widgets tell of the values they were filled with; only what comes after that is an answer.
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._ready = True

    def _greeting(self) -> str:
        if self.draft.second:
            return t("What became better is stored as story {key}. Now what became harder.", key=self.draft.second)
        return "" if self.draft.is_empty else t("This is what you wrote earlier. Go on where you stopped.")

    def on_resize(self) -> None:
        """Side by side where there is room."""
        self.query_one("#questions").set_class(self.size.width >= WIDE, "-wide")

    def _go_to_first(self) -> None:
        """To where somebody was writing, else to the first that is needed."""
        for area in self._questions.fields.values():
            if isinstance(area, TextArea):
                area.move_cursor(area.document.end)
        lacking = missing(self.draft, self._roles)
        self._field(self.draft.at or (lacking[0] if lacking else "text")).focus()

    def _field(self, name: str) -> Widget:
        if name == "family" and "family" in self._questions.fields:
            return self.query_one("#family-line")
        return self._questions.fields.get(name, self._questions.fields["text"])

    def focus_next(self, selector: str | type[Widget] = "*") -> Widget | None:
        """In the order of the questions. Textual's own order is that of places, which a question has only once it is painted."""
        fields = [each for each in self.walk_children(Widget) if each.focusable and _is_shown(each)]
        if fields:
            at = fields.index(self.focused) if self.focused in fields else -1
            self.set_focus(fields[(at + 1) % len(fields)])
        return self.focused

    # -- answers ---------------------------------------------------------------------------------------------------

    def _answered(self) -> None:
        """A choice: keep it at once, and show what hangs on it."""
        if not self._ready:
            return
        before = self.draft
        self.draft = self._questions.read(before)
        if self.draft.family != before.family:
            self._other_family(before)
        self.keep()
        self._show()
        self.refresh_bindings()

    def _other_family(self, before: StoryDraft) -> None:
        """Other members, and another moment unless somebody chose one."""
        self._one_of("teller").set_answers(self._people.tellers(self.draft.family))
        if before.moment == self._moment(before):
            self._one_of("moment").choose(self._moment(self.draft))

    def _one_of(self, name: str) -> OneOf:
        field = self._questions.fields[name]
        assert isinstance(field, OneOf)
        return field

    def on_input_changed(self) -> None:
        """Typing."""
        self._typed()

    def on_text_area_changed(self) -> None:
        """Typing."""
        self._typed()

    def _typed(self) -> None:
        """Keep it in a moment, however long somebody types on."""
        if self._ready and self._waiting is None:
            self._waiting = self.set_timer(KEEP_AFTER, self._keep_typing)

    def _keep_typing(self) -> None:
        self.keep()
        self._show_status()

    def keep(self) -> None:
        """Keep the answers as they stand; nothing of this is in the history."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        if not self._ready or self.project.read_only_reason:
            return
        at = self.draft.at
        if self.focused is not None:  # else another screen is in front already
            at = (self.focused.id or "") if isinstance(self.focused, TextArea) else ""
        self.draft = replace(self._questions.read(self.draft), at=at)
        key, kept = self._key, self._to_keep()
        if kept != self._kept:
            self._kept = kept
            self.write(lambda project: project.keep_draft(key, kept))

    def on_screen_suspend(self) -> None:
        """Another screen comes before this one, or this one goes. No change of the project tells the others of a draft."""
        if self._ready:
            self.keep()
            frame = self.frame
            frame.write(lambda _: None, lambda _: frame.refresh_screens())

    def _to_keep(self) -> str:
        return self.draft.dump()

    def on_hidden_left_out(self, message: HiddenLeftOut) -> None:
        """Say what happened to what was pasted."""
        self.frame.say(
            tn(
                "{n} hidden character of the other program was left out. You see what is kept.",
                "{n} hidden characters of the other program were left out. You see what is kept.",
                message.count,
            )
        )

    def _show(self) -> None:
        self._questions.show(self.draft, child=is_child(self.draft, self._roles))
        self._show_status()

    def _show_status(self) -> None:
        lacking = list(dict.fromkeys(t(MISSING[name]) for name in missing(self.draft, self._roles)))
        state = t("Still needed: {what}", what=", ".join(lacking)) if lacking else t("All that is needed is there.")
        count = len(self.draft.text.split())
        words = tn("{n} word", "{n} words", count) if count else ""
        self.query_one("#status", Static).update(" · ".join(part for part in (state, words) if part))

    # -- a family that is not there yet ----------------------------------------------------------------------------

    def on_family_field_wanted(self, message: FamilyField.Wanted) -> None:
        """Make it, and go on with it; the draft stays."""
        self.keep()
        FamilyActs(self, self._made).new_family(message.key)

    def _made(self, key: str) -> None:
        self._people.read()
        self.query_one(FamilyField).set_families(self._people.named(), key)
        self.query_one("#teller").focus()

    # -- leaving ---------------------------------------------------------------------------------------------------

    def on_button_pressed(self) -> None:
        """The end of the row of questions, and the way of the mouse."""
        self.finish()

    def finish(self) -> None:
        """Store the story, or say kindly what is missing and go there."""
        if not self._ready:
            return  # it is being stored
        self.keep()
        lacking = missing(self.draft, self._roles)
        if lacking:
            self.frame.say(t("Still needed: {what}", what=t(MISSING[lacking[0]])), severity="warning")
            self._field(lacking[0]).focus()
            return
        self._storing()
        self._store()

    def _storing(self) -> None:
        self._ready = False
        self.query_one("#status", Static).update(t("Storing …"))

    def _store(self) -> None:
        draft, roles, key = self.draft, self._roles, self._key
        recorder, day = self.project.coder, self.frame.day
        told = parse_day(draft.told.strip()) or day
        _, trajectory = self.project.stories.moment_on(self._people.families[draft.family], told)
        story = story_of(draft, roles=roles, recorder=recorder, day=day, trajectory=trajectory)
        self.write(lambda project: tell_draft(project, story, draft, key, day=day), self._stored, self._refused)

    def _refused(self, error: Exception) -> None:
        """Nothing was stored: all that was filled in is still here."""
        self._ready = True
        self._show_status()
        self.frame.say(str(error), severity="error")

    def _stored(self, story: Story) -> None:
        if self.draft.tells_both and not self.draft.second:
            self.frame.switch_screen(StoryForm(draft_key=self._key))
            return
        self.frame.go_back()
        if story.consent(Purpose.REPORT) is Answer.NOT_ASKED:
            self.frame.say(
                t("Stored as story {key}. Asking for consent is on your list for the next visit.", key=story.key)
            )
        else:
            self.frame.say(t("Stored as story {key}. Thank you.", key=story.key))

    def put_off(self) -> None:
        """Go back; the draft stays."""
        self.keep()
        if not self.draft.is_empty:
            self.frame.say(t("Kept. You find it here again when you come back."))
        self.frame.go_back()

    def tell_in_word(self) -> None:
        """A form for this family in the inbox, opened where the system can; the draft stays."""
        self.keep()
        family = self.draft.family
        member = self.draft.teller if self.draft.teller in self._roles else ""

        def opened(path: Path) -> None:
            open_with_system(path)
            self.frame.say(
                t(
                    "{file} is in the folder transcripts. Save it there: then it waits on the first screen.",
                    file=path.name,
                )
            )

        self.write(lambda project: project.story_papers.form(family=family, member=member), opened)

    def start_over(self) -> None:
        """Ask, then throw the draft away and begin again."""

        def answer(key: str | None) -> None:
            if key == "yes":
                self._ready = False
                kept = self._key
                self.write(lambda project: project.keep_draft(kept, ""), lambda _: self._again())

        question = t("Throw away what stands in the form? This cannot be undone.")
        self.app.push_screen(yes_or_no(question, yes=t("Yes, begin again")), answer)

    def _again(self) -> None:
        self.frame.switch_screen(StoryForm(self._wanted, fresh=True))

    @property
    def others_halfway(self) -> list[tuple[str, StoryDraft]]:
        """Other stories that were left halfway, oldest first."""
        return [(key, each) for key, each in drafts_of(self.project).items() if key != self._key]

    def choose_draft(self) -> None:
        """Leave this one halfway, and begin another or go on with one."""
        self.keep()
        answers = [("new", t("A new story"))]
        answers += [(key, draft_line(each, self.project)) for key, each in reversed(self.others_halfway)]

        def chosen(key: str | None) -> None:
            if key == "new":
                self.frame.switch_screen(StoryForm(fresh=True))
            elif key is not None:
                self.frame.switch_screen(StoryForm(draft_key=key))

        self.app.push_screen(Choose(t("This story stays as it is. With which one do you go on?"), answers), chosen)


def _is_shown(field: Widget) -> bool:
    return all(each.display for each in field.ancestors_with_self if isinstance(each, Widget))
