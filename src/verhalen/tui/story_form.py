"""Write down a story: five questions, and the rest if you want. Every answer is kept at once."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Grid, VerticalScroll
from textual.widgets import Button, Collapsible, Input, RadioSet, Select, Static
from textual.widgets import TextArea as AnyTextArea

from verhalen.api.project import Project
from verhalen.i18n import mark, t
from verhalen.model.consent import Answer
from verhalen.model.family import Family
from verhalen.model.story import Story, StoryAnswer
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.story_form import STORY_FORM
from verhalen.tui.dialogs import yes_or_no
from verhalen.tui.fields import Choice, Field, Picker, Prose, Tick
from verhalen.tui.story_draft import COACH, DRAFT_KEY, SOMEBODY_ELSE, StoryDraft, load_draft, missing, story_of

ANSWERS = (
    (StoryAnswer.POSITIVE, mark("Something became better")),
    (StoryAnswer.NEGATIVE, mark("Something became harder")),
    (StoryAnswer.NONE, mark("Nothing changed")),
)
CONSENTS = ((Answer.YES, mark("Yes")), (Answer.NO, mark("No")), (Answer.NOT_ASKED, mark("Still to ask")))
MORE = (
    ("before", mark("How was it before?")),
    ("now", mark("How is it now?")),
    ("how", mark("How did it come about?")),
    ("why", mark("Why does it matter to them?")),
)
MISSING = {
    "family": mark("Choose the family first."),
    "answer": mark("Did something change? Choose an answer."),
    "text": mark("There are no words yet. One sentence is enough."),
}


class StoryForm(CommandScreen[None]):
    """The form. It asks five things; the rest is folded away."""

    COMMAND_CLASSES = STORY_FORM
    AUTO_FOCUS = ""  # focusing by itself would scroll the first question away
    HELP_TITLE: ClassVar[str] = mark("Write down a story")
    HELP_TEXT: ClassVar[str] = mark(
        "Tell what the family told you, in their own words. Good news and bad news are equally welcome, and 'nothing' is a good "
        "answer. Tab goes to the next question. Every answer is kept at once: you can stop and go on later."
    )
    DEFAULT_CSS = """
    StoryForm #questions { height: 1fr; padding: 0 2; }
    StoryForm #questions > * { max-width: 96; }
    StoryForm Prose { height: 8; }
    StoryForm .short { height: 4; }
    StoryForm RadioSet { border: none; background: $background; padding: 0; width: 1fr; height: auto; }
    StoryForm RadioSet:focus { border: none; background: $background; }
    StoryForm #both { margin-top: 1; }
    StoryForm Select { width: 1fr; }
    StoryForm #domains { grid-size: 2; grid-rows: 1; height: auto; }
    StoryForm Collapsible { background: $background; border: none; padding: 0; margin-top: 1; }
    StoryForm Button { margin: 1 0; }
    """

    def __init__(self, family: str | None = None) -> None:
        super().__init__()
        self.draft = StoryDraft()
        """The answers so far."""
        self._wanted = family
        self._families: dict[str, Family] = {}
        self._ready = False

    def body(self) -> ComposeResult:
        """The questions, filled with what was kept."""
        self._families = {each.key: each for each in self._mine_first()}
        self.draft = load_draft(self.project.draft(DRAFT_KEY))
        if self._wanted and self.draft.is_empty:
            self.draft = StoryDraft(family=self._wanted)
        draft = self.draft
        with VerticalScroll(id="questions", can_focus=False):
            yield _question(t("About which family?"))
            yield Picker(
                [(self._named(each), each.key) for each in self._families.values()],
                prompt=t("Choose a family"),
                value=draft.family if draft.family in self._families else Select.NULL,
                id="family",
            )
            yield _question(t("Who told it?"))
            yield self._tellers(draft)
            yield _question(t("What changed, according to the family?"))
            yield _radios("answer", ANSWERS, draft.answer)
            yield Tick(t("I asked both: what became better, and what became harder."), draft.both, id="both")
            yield _question(t("Tell it. Feel free to use their own words."))
            yield Prose(draft.text, key="text")
            yield _question(t("May it be used in a report, without a name?"))
            yield _radios("consent", CONSENTS, draft.consent)
            with Collapsible(title=t("More, if you want"), collapsed=True, collapsed_symbol="▶", expanded_symbol="▼"):
                yield from self._more(draft)
            yield Button(t("Ready"), variant="primary", id="ready")

    def _tellers(self, draft: StoryDraft) -> Picker:
        options = self._teller_options(draft.family)
        known = draft.teller in [value for _, value in options]
        return Picker(options, prompt=t("Choose who"), value=draft.teller if known else Select.NULL, id="teller")

    def _more(self, draft: StoryDraft) -> ComposeResult:
        yield _question(t("A title of a few words"))
        yield Field(draft.title, key="title")
        for name, question in MORE:
            yield _question(t(question))
            area = Prose(getattr(draft, name), key=name)
            area.add_class("short")
            yield area
        yield _question(t("What is it about?"))
        with Grid(id="domains"):
            for each in self.project.scores.domains().domains:
                yield Tick(each.name, each.key in draft.domains, name=each.key)

    def on_mount(self) -> None:
        """Say that a draft came back; the cursor stands on the first question."""
        self.query_one("#family" if not self.draft.family else "#teller").focus(scroll_visible=False)
        if not self.draft.is_empty:
            self.frame.say(t("This is what you wrote earlier. Go on where you stopped."))
        # Widgets tell of the values they were filled with; only what comes after that is an answer.
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._ready = True

    def _mine_first(self) -> list[Family]:
        coder = self.project.coder.casefold()
        return sorted(self.project.families.all(), key=lambda each: (each.coach.casefold() != coder, each.key))

    def _named(self, family: Family) -> str:
        label = self.project.privacy.family_label(family.key)
        return " · ".join(part for part in (label, family.municipality, family.coach) if part)

    def _teller_options(self, family: str) -> list[tuple[str, str]]:
        persons = self._families[family].persons if family in self._families else ()
        members = [(f"{each.member} ({each.role})", each.member) for each in persons]
        return [*members, (t("I saw it myself, as coach"), COACH), (t("Somebody else"), SOMEBODY_ELSE)]

    # -- answers ---------------------------------------------------------------------------------------------------

    def on_select_changed(self, event: Select.Changed) -> None:
        """Another family has other members."""
        if event.select.id == "family" and self._ready:
            family = str(event.value) if event.value is not Select.NULL else ""
            if family != self.draft.family:
                self.query_one("#teller", Picker).set_options(self._teller_options(family))
        self._keep()

    def on_radio_set_changed(self) -> None:
        """An answer."""
        self._keep()

    def on_checkbox_changed(self) -> None:
        """An answer."""
        self._keep()

    def on_input_changed(self) -> None:
        """An answer."""
        self._keep()

    def on_text_area_changed(self) -> None:
        """An answer."""
        self._keep()

    def _keep(self) -> None:
        """Keep the answers; nothing of this is in the history."""
        if not self._ready:
            return
        draft = self._read()
        if draft != self.draft:
            self.draft = draft
            kept = draft.dump()
            self.write(lambda project: project.keep_draft(DRAFT_KEY, kept))
            self.refresh_bindings()

    def _read(self) -> StoryDraft:
        """The answers as they stand in the form."""
        return StoryDraft(
            family=self._choice("#family"),
            teller=self._choice("#teller"),
            answer=_pressed(self.query_one("#answer", RadioSet)),
            both=self.query_one("#both", Tick).value,
            title=self.query_one("#title", Input).value.strip(),
            text=self.query_one("#text", AnyTextArea).text,
            consent=_pressed(self.query_one("#consent", RadioSet)) or Answer.NOT_ASKED.value,
            domains=tuple(each.name or "" for each in self.query("#domains Tick").results(Tick) if each.value),
            **{name: self.query_one(f"#{name}", AnyTextArea).text for name, _ in MORE},
        )

    def _choice(self, field: str) -> str:
        value = self.query_one(field, Select).value
        return "" if value is Select.NULL else str(value)

    # -- leaving ---------------------------------------------------------------------------------------------------

    def on_button_pressed(self) -> None:
        """The mouse way to finish."""
        self.finish()

    def finish(self) -> None:
        """Store the story, or say kindly what is missing and go there."""
        self.draft = self._read()
        lacking = missing(self.draft)
        if lacking:
            self.frame.say(t(MISSING[lacking]), severity="warning")
            self.query_one(f"#{lacking}").focus()
            return
        family = self._families[self.draft.family]
        roles = {each.member: each.role for each in family.persons}
        story = story_of(self.draft, roles=roles, recorder=self.project.coder, day=self.frame.day)
        self._ready = False
        self.write(lambda project: _tell(project, story), self._stored)
        self.frame.go_back()

    def _stored(self, story: Story) -> None:
        if self.draft.consent == Answer.NOT_ASKED.value:
            self.frame.say(
                t("Stored as story {key}. Asking for consent is on your list for the next visit.", key=story.key)
            )
        else:
            self.frame.say(t("Stored as story {key}. Thank you.", key=story.key))

    def put_off(self) -> None:
        """Go back; the draft stays."""
        self._keep()
        if not self.draft.is_empty:
            self.frame.say(t("Kept. You find it here again when you come back."))
        self.frame.go_back()

    def start_over(self) -> None:
        """Ask, then empty the form and its draft."""

        def answer(key: str | None) -> None:
            if key == "yes":
                self._ready = False
                self.write(lambda project: project.keep_draft(DRAFT_KEY, ""), lambda _: self._again())

        question = t("Throw away what stands in the form? This cannot be undone.")
        self.app.push_screen(yes_or_no(question, yes=t("Yes, begin again")), answer)

    def _again(self) -> None:
        self.frame.switch_screen(StoryForm(self._wanted))


def _tell(project: Project, story: Story) -> Story:
    """On the writer's thread: the draft goes only after the story is stored."""
    told = project.stories.tell(story)
    project.keep_draft(DRAFT_KEY, "")
    return told


def _question(words: str) -> Static:
    return Static(words, classes="label", markup=False)


def _radios(name: str, choices: tuple[tuple[StoryAnswer | Answer, str], ...], chosen: str) -> RadioSet:
    return RadioSet(
        *(Choice(t(words), value=each.value == chosen, name=each.value) for each, words in choices), id=name
    )


def _pressed(radios: RadioSet) -> str:
    return (radios.pressed_button.name or "") if radios.pressed_button else ""
