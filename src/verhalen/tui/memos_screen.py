"""Memos and the journal of the analysis: the list on the left, one memo on the right with what it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.api.project import Project
from verhalen.i18n import mark, t
from verhalen.model.memo import Memo
from verhalen.model.text import Span
from verhalen.tui.coder_looks import CoderLooks, looks_of, signed
from verhalen.tui.coding_memo import MemoDialog
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.memos import MEMOS
from verhalen.tui.dialogs import Choose
from verhalen.tui.fields import Field
from verhalen.tui.memo_page import memo_page
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Page
from verhalen.tui.words import capital

Filter = Literal["all", "diary", "here"]


class MemosScreen(CommandScreen[tuple[int, Span] | None]):
    """Memos and one memo. Gives the text and the place that are wanted, or None."""

    COMMAND_CLASSES = MEMOS
    HELP_TITLE: ClassVar[str] = mark("Memos and journal")
    HELP_TEXT: ClassVar[str] = mark(
        "On the left stand all memos, the newest first; type in the field to find one by any word. On the right you read "
        "it, with what it is about. Memos about the project itself are the journal of your analysis. What you type is "
        "kept while you type; ctrl+z takes back what you stored."
    )
    DEFAULT_CSS = """
    MemosScreen #left { width: 34; height: 1fr; border-right: solid $border-blurred; }
    MemosScreen.-wide #left { width: 56; }
    MemosScreen #left OptionList { height: 1fr; padding: 0; }
    MemosScreen #which { height: 1; padding: 0 1; color: $text-muted; }
    MemosScreen #right { width: 1fr; height: 1fr; padding: 0 1; }
    """

    def __init__(self, here: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.here = tuple(here)
        """Targets that were at hand, nearest first, each with its name."""
        self._only: Filter = "all"
        self._chosen: int | None = None
        self._memos: list[Memo] = []
        """What the filter leaves."""
        self._shown: dict[int, Memo] = {}
        self._coders: CoderLooks = {}

    def body(self) -> ComposeResult:
        """List and page."""
        with Horizontal():
            with Vertical(id="left"):
                yield Field(placeholder=t("Find a memo"))
                yield Static(id="which", markup=False)
                yield OptionList()
            with VerticalScroll(id="right"):
                yield Page()

    def on_mount(self) -> None:
        """Fill both; the cursor is on the list."""
        self.reload()
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        """Another width, another list."""
        wide = self.size.width >= WIDE
        if wide != self.has_class("-wide"):
            self.set_class(wide, "-wide")
            self._fill()

    # -- showing -----------------------------------------------------------------------------------------------------

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read the memos again; the cursor stays on its memo."""
        found = self.project.memos
        self._coders = looks_of(self.project)
        if self._only == "diary":
            self._memos = found.all(target="project")
        elif self._only == "here":
            self._memos = self._about_here()
        else:
            self._memos = found.all()
        self._fill()

    def _about_here(self) -> list[Memo]:
        found: dict[int, Memo] = {}
        for target, _ in self.here:
            try:
                found |= {memo.id: memo for memo in self.project.memos.all(target=target)}
            except errors.VerhalenError:
                continue  # it was removed meanwhile
        return sorted(found.values(), key=lambda memo: (memo.created, memo.id), reverse=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only what fits."""
        event.stop()
        self._fill()

    def on_input_submitted(self) -> None:
        """Enter in the field goes to the list."""
        self.query_one(OptionList).focus()

    def _fill(self) -> None:
        found = self.project.memos.matching(self._memos, self.query_one(Field).value)
        self._shown = {memo.id: memo for memo in found}
        options = self.query_one(OptionList)
        place = options.highlighted or 0
        options.clear_options().add_options(
            [Option(self._line(each), id=str(each.id)) for each in found] or [Option(self._none(), disabled=True)]
        )
        if found:
            ids = list(self._shown)
            options.highlighted = ids.index(self._chosen) if self._chosen in ids else min(place, len(ids) - 1)
        else:
            self._chosen = None
        self.query_one("#which", Static).update(self._which(len(found)))
        self._show()

    def _which(self, count: int) -> str:
        name = {"all": t("all memos"), "diary": t("journal of the analysis"), "here": t("only about what was at hand")}
        return f"{capital(name[self._only])}: {count}"

    def _none(self) -> str:
        if self._memos:
            return t("No memo fits. Try another word.")
        return t("There are no memos here yet. {key} writes one.", key=self.key_text(self.commands["new-memo"]))

    def _line(self, memo: Memo) -> Content:
        label = Content(capital(self.project.memos.label(memo))).stylize("bold")
        when = Content(f"{memo.created[:10]} ").stylize("italic")
        who = signed(memo.coder_id, memo.coder, self._coders)
        room = BEGINS_WIDE if self.has_class("-wide") else BEGINS
        words = " ".join(memo.text.split())
        begins = words if len(words) <= room else words[: room - 1] + "…"
        return Content.assemble(label, "\n  ", when, who, f"\n  {begins}")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another memo."""
        self._chosen = int(event.option.id) if event.option.id else None
        self._show()

    def _show(self) -> None:
        memo = self.memo
        self.query_one(Page).fill(memo_page(self.project, memo) if memo else ())
        self.query_one("#right").scroll_home(animate=False)
        self.refresh_bindings()

    @property
    def memo(self) -> Memo | None:
        """The memo on the right."""
        return self._shown.get(self._chosen or 0)

    @property
    def is_mine(self) -> bool:
        """Whether the coder at work wrote it."""
        return self.memo is not None and self.memo.coder_id == self.project.coder_id

    # -- filters -----------------------------------------------------------------------------------------------------

    def toggle_diary(self) -> None:
        """Only the journal of the analysis, or all."""
        self._filter("diary")

    def toggle_here(self) -> None:
        """Only about what was at hand, or all."""
        self._filter("here")

    def _filter(self, only: Filter) -> None:
        self._only = "all" if self._only == only else only
        self.reload()

    # -- going there -------------------------------------------------------------------------------------------------

    @property
    def has_place(self) -> bool:
        """Whether the memo is about something to go to."""
        memo = self.memo
        return memo is not None and not memo.place.gone and not memo.is_diary

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter goes there."""
        if self.has_place:
            self.go_there()
        else:
            self.query_one("#right").focus()

    def go_there(self) -> None:
        """To the place in the text, the code, the family or the story."""
        memo = self.memo
        if memo is None:
            return
        if memo.target == "code":
            self.frame.open_codebook(key=memo.place.key)
        elif memo.target == "family":
            self.frame.open_families(memo.place.key)
        elif memo.target == "story":
            self.frame.open_stories(memo.place.key)
        elif memo.place.source is not None:
            start = memo.place.start or 0
            self.dismiss((memo.place.source, Span(start, memo.place.stop or start)))

    # -- writing -----------------------------------------------------------------------------------------------------

    def write_new(self) -> None:
        """Ask about what, then write."""
        choices = [*self.here, ("project", t("the journal of the analysis"))]
        if self._only == "diary" or len(choices) == 1:
            self._write_about("project")
            return
        answers = [(str(index), capital(name)) for index, (_, name) in enumerate(choices)]

        def chosen(answer: str | None) -> None:
            if answer is not None:
                self._write_about(choices[int(answer)][0])

        self.app.push_screen(Choose(t("What is the memo about?"), answers), chosen)

    def _write_about(self, target: str) -> None:
        try:
            draft = self.project.memos.draft_key(self.project.memos.about(target))
        except errors.VerhalenError as error:
            self.frame.say_error(error)
            return
        name = dict(self.here).get(target, t("the journal of the analysis"))

        def written(words: str | None) -> None:
            if words:
                self._store(lambda project: project.memos.add(target, words), draft, t("Memo stored."))

        self.app.push_screen(MemoDialog(t("New memo: {about}", about=name), "", draft=draft), written)

    def edit(self) -> None:
        """Write on in one's own memo."""
        memo = self.memo
        if memo is None:
            return
        # Withdrawing finds drafts by the id of a source or the key of a family or story.
        draft = " ".join(("memo", str(memo.id), str(memo.place.source_id or ""), memo.place.key)).strip()

        def written(words: str | None) -> None:
            if words == "":
                self._remove(memo, draft)
            elif words is not None and words != memo.text:
                self._store(lambda project: project.memos.change(memo.id, words), draft, t("Memo stored."))

        title = t("Memo: {about}", about=self.project.memos.label(memo))
        self.app.push_screen(MemoDialog(title, memo.text, draft=draft), written)

    def remove_memo(self) -> None:
        """Take one's own memo away."""
        if self.memo is not None:
            self._remove(self.memo, "")

    def _remove(self, memo: Memo, draft: str) -> None:
        undo = self.key_text(self.commands["undo"])
        said = t("Memo removed. {key} brings it back.", key=undo)

        def act(project: Project) -> None:
            project.memos.remove(memo.id)

        self._store(act, draft, said)

    def _store(self, act: Callable[[Project], Memo | None], draft: str, said: str) -> None:
        """Store, then throw the draft away: what is refused stays a draft."""

        def store(project: Project) -> Memo | None:
            made = act(project)
            if draft:
                project.keep_draft(draft, "")
            return made

        def done(made: Memo | None) -> None:
            self._chosen = made.id if made is not None else self._chosen
            self.reload()
            self.frame.say(said)

        self.write(store, done)


WIDE = 120
"""From so many columns on the list gets more room."""
BEGINS, BEGINS_WIDE = 28, 50
"""Characters of a memo in the list."""
