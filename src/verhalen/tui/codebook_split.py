"""Split a code: go through its fragments, deal each over other codes, and store it all in one step."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from verhalen.i18n import mark, t
from verhalen.model.codebook import Code, Codebook
from verhalen.model.coding import Fragment
from verhalen.model.query import FragmentQuery
from verhalen.tui import coding_here as lines
from verhalen.tui.code_picker import Picker, code_detail
from verhalen.tui.codebook_form import CodeForm, CodeText
from verhalen.tui.coder_looks import CoderLooks, looks_of, signed
from verhalen.tui.coding_fuzzy import Entry
from verhalen.tui.coding_looks import looks
from verhalen.tui.coding_panes import Lines
from verhalen.tui.coding_slots import DIGITS
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.codebook_split import SPLIT
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.split_draft import SplitDraft
from verhalen.tui.split_keeping import SplitKeeping
from verhalen.tui.split_lines import fragment_line, in_text, target_lines

WIDE = 120
"""From so many columns on the list of fragments gets more room."""


class SplitScreen(CommandScreen[None]):
    """The fragments of one code on the left, one of them in its text on the right, the codes to deal to below."""

    COMMAND_CLASSES = SPLIT
    HELP_TITLE: ClassVar[str] = mark("Split a code")
    HELP_TEXT: ClassVar[str] = mark(
        "Go through the fragments of this code with the arrows and give each another code: c finds one, a makes a new one, "
        "and each gets a digit for the next time. What you leave alone keeps its code. Nothing changes before you say "
        "so with ctrl+s; then all of it is one step, and ctrl+z takes it back. What you dealt is kept until then, also "
        "when the program stops."
    )
    DEFAULT_CSS = """
    SplitScreen #fragments { width: 36; height: 1fr; border-right: solid $border-blurred; padding: 0; }
    SplitScreen.-wide #fragments { width: 72; }
    SplitScreen #right { width: 1fr; height: 1fr; }
    SplitScreen #whose { height: auto; padding: 0 1; color: $text-muted; }
    SplitScreen #text { height: 1fr; padding: 0 1; }
    SplitScreen #text Static { height: auto; }
    SplitScreen #targets { height: auto; max-height: 8; padding: 0 1; border-top: solid $border-blurred;
        link-color: $foreground; link-style: none; link-background: transparent;
        link-background-hover: $block-cursor-background; link-color-hover: $block-cursor-foreground; }
    """

    def __init__(self, code: Code) -> None:
        super().__init__()
        self.code = code
        self.keeping = SplitKeeping(self)
        self.fragments: list[Fragment] = []
        self._before: list[tuple[int, tuple[str, ...]]] = []
        """Each deal so far: the fragment, and what it had before."""
        self.book = Codebook(())
        """All codes, those that are made when it is stored among them."""
        self._looks = looks(())
        self._coders: CoderLooks = {}

    def body(self) -> ComposeResult:
        """List, text, codes."""
        with Horizontal():
            yield Lines(id="fragments")
            with Vertical(id="right"):
                yield Static(id="whose", markup=False)
                with VerticalScroll(id="text", can_focus=False):
                    yield Static()
                yield Static(id="targets")

    def on_mount(self) -> None:
        """Fill it when all parts are there."""
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        self.title = t("Split: {name}", name=self.code.name)
        self._read()
        said = self.keeping.resume()
        self._read_codes()
        self._fill()
        open_ones = [place for place, each in enumerate(self.fragments) if each.coding.id not in self.draft.deals]
        self._list.highlighted = (open_ones or [0])[0] if self.fragments else None
        self._list.focus()
        if said:
            self.frame.say(said)

    def _read(self) -> None:
        """The code as it is called now, its fragments, and all codes."""
        self._read_codes()
        now = next((code for code in self.book if code.id == self.code.id), None)
        found = self.project.codings.fragments(FragmentQuery(code=now.key)) if now else []
        self.code = now or self.code
        self.fragments = [each for each in found if each.coding.code_id == self.code.id]

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Something was stored elsewhere: fragments may be gone, codes may be called otherwise."""
        self._read()
        self.keeping.refit()
        self._read_codes()
        here = {each.coding.id for each in self.fragments}
        self._before = [each for each in self._before if each[0] in here]
        self._fill()

    def on_resize(self) -> None:
        """Another width, longer or shorter lines."""
        self.set_class(self.size.width >= WIDE, "-wide")
        if self.fragments:
            self.call_after_refresh(self._fill)

    def _read_codes(self) -> None:
        stored = self.project.codes.book()
        self.book = Codebook((*stored, *(code for code in self.draft.new if stored.find(code.key) is None)))
        self._looks = looks(self.book)
        self._coders = looks_of(self.project)

    @property
    def draft(self) -> SplitDraft:
        """What was dealt so far."""
        return self.keeping.draft

    @property
    def _list(self) -> Lines:
        return self.query_one("#fragments", Lines)

    @property
    def fragment(self) -> Fragment | None:
        """The one of the cursor."""
        listed = next(iter(self.query("#fragments").results(Lines)), None)
        place = listed.highlighted if listed is not None else None
        return self.fragments[place] if place is not None and place < len(self.fragments) else None

    # -- showing -----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._list.put({str(each.coding.id): self._line(each) for each in self.fragments})
        self._show()

    def _line(self, fragment: Fragment) -> Content:
        width = 67 if self.has_class("-wide") else 31
        return fragment_line(fragment, self.draft.deals.get(fragment.coding.id, ()), self._looks, width=width)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another fragment."""
        event.stop()
        self._show()

    def _show(self) -> None:
        fragment = self.fragment
        if fragment is None:
            return
        number = self.fragments.index(fragment) + 1
        said = t("Fragment {number} of {all}", number=number, all=len(self.fragments))
        parts = [Content(each) for each in (said, fragment.source_title, fragment.speaker) if each]
        coder = signed(fragment.coding.coder_id, fragment.coding.coder, self._coders)
        self.query_one("#whose", Static).update(Content(" · ").join([*parts, coder]))
        text = self.project.sources.text(fragment.source_number).text
        self.query_one("#text Static", Static).update(in_text(fragment, text))
        self.query_one("#text", VerticalScroll).scroll_home(animate=False)
        draft, mine = self.draft, self.draft.deals.get(fragment.coding.id, ())
        told = target_lines(draft.targets, draft.deals.values(), self.book, self._looks, mine=mine)
        self.query_one("#targets", Static).update(told)
        self.refresh_bindings()

    # -- dealing -----------------------------------------------------------------------------------------------------

    def step(self, step: int) -> None:
        """The next fragment, or the one before."""
        place = (self._list.highlighted or 0) + step
        if 0 <= place < len(self.fragments):
            self._list.highlighted = place

    def deal(self, keys: tuple[str, ...]) -> None:
        """The fragment of the cursor gets these codes; on to the next."""
        fragment = self.fragment
        if fragment is None:
            return
        self.draft.targets.extend(key for key in keys if key not in self.draft.targets)
        self._set(fragment.coding.id, keys)
        self.step(1)

    def _set(self, coding_id: int, keys: tuple[str, ...]) -> None:
        self._before.append((coding_id, self.draft.deals.pop(coding_id, ())))
        if keys:
            self.draft.deals[coding_id] = keys
        self.draft.sources |= {each.coding.source_id for each in self.fragments if each.coding.id == coding_id}
        self.keeping.keep()
        self._fill()

    def take_back(self) -> None:
        """The last deal was not meant: back to that fragment."""
        if self._before:
            number, keys = self._before.pop()
            self._set(number, keys)
            self._before.pop()
            self._list.highlighted = [each.coding.id for each in self.fragments].index(number)

    @property
    def can_take_back(self) -> bool:
        """Whether anything was dealt."""
        return bool(self._before)

    @property
    def is_dealt(self) -> bool:
        """Whether there is something to store."""
        return bool(self.draft.deals)

    def deal_at(self, digit: str) -> None:
        """The code behind a digit."""
        place = DIGITS.index(digit)
        if place < len(self.draft.targets):
            self.deal((self.draft.targets[place],))

    def leave_alone(self) -> None:
        """The fragment keeps its code after all."""
        fragment = self.fragment
        if fragment is not None:
            self._set(fragment.coding.id, ())

    def pick(self) -> None:
        """Find one or several codes."""
        entries = [Entry(code.key, code.name, code.definition) for code in self.book]

        def detail(key: str) -> Content:
            code = self.book.find(key)
            return code_detail(code) if code else Content("")

        picker = Picker(
            entries,
            lambda entry: lines.code_line(entry, self._looks),
            placeholder=t("Which code does this fragment get?"),
            detail=detail,
            several=True,
        )
        self.app.push_screen(picker, lambda keys: self.deal(keys) if keys else None)

    def add(self) -> None:
        """A new code beside this one; the fragment gets it."""

        def written(told: CodeText | None) -> None:
            if told is not None:
                parent = self.code.parent
                made = Code(told.key, told.name, told.definition, told.include, told.exclude, parent=parent)
                self.draft.new.append(made)
                self._read_codes()
                self.deal((told.key,))

        form = CodeForm(
            t("A new code for this fragment"),
            CodeText(),
            parent=self.code.parent,
            taken=lambda key: self.book.find(key) is not None,
            alike=self.project.codes.alike,
        )
        self.app.push_screen(form, written)
