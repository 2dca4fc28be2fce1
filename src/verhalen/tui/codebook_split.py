"""Split a code: go through its fragments, deal each over other codes, and store it all in one step."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from verhalen.api.codes import Split
from verhalen.i18n import mark, t, tn
from verhalen.model.codebook import Code, Codebook
from verhalen.model.coding import Fragment
from verhalen.model.query import FragmentQuery
from verhalen.tui import coding_here as lines
from verhalen.tui.code_picker import Picker, code_detail
from verhalen.tui.codebook_form import CodeForm, CodeText
from verhalen.tui.codebook_lines import chip
from verhalen.tui.coder_looks import CoderLooks, looks_of, signed
from verhalen.tui.coding_fuzzy import Entry
from verhalen.tui.coding_looks import look_of, looks
from verhalen.tui.coding_panes import Lines
from verhalen.tui.coding_slots import DIGITS
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.codebook_split import SPLIT
from verhalen.tui.dialogs import Choose

WIDE = 120
"""From so many columns on the list of fragments gets more room."""
AROUND = 240
"""Letters of the text that are shown before and after a fragment."""


class SplitScreen(CommandScreen[None]):
    """The fragments of one code on the left, one of them in its text on the right, the codes to deal to below."""

    COMMAND_CLASSES = SPLIT
    HELP_TITLE: ClassVar[str] = mark("Split a code")
    HELP_TEXT: ClassVar[str] = mark(
        "Go through the fragments of this code with the arrows and give each another code: c finds one, a makes a new one, "
        "and each gets a digit for the next time. What you leave alone keeps its code. Nothing is stored before you say "
        "so with ctrl+s; then all of it is one step, and ctrl+z takes it back."
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
        self.deals: dict[int, tuple[str, ...]] = {}
        """Keys by id of a coding."""
        self.targets: list[str] = []
        """Keys that fragments were dealt to, in the order of their digits."""
        self.new: list[Code] = []
        """Codes that are made when it is stored."""
        self.fragments: list[Fragment] = []
        self._before: list[tuple[int, tuple[str, ...]]] = []
        """Each deal so far: the fragment, and what it had before."""
        self._book = Codebook(())
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
        found = self.project.codings.fragments(FragmentQuery(code=self.code.key))
        self.fragments = [each for each in found if each.coding.code_id == self.code.id]
        self._read_codes()
        self._fill()
        self._list.highlighted = 0 if self.fragments else None
        self._list.focus()

    def on_resize(self) -> None:
        """Another width, longer or shorter lines."""
        self.set_class(self.size.width >= WIDE, "-wide")
        if self.fragments:
            self.call_after_refresh(self._fill)

    def _read_codes(self) -> None:
        self._book = Codebook((*self.project.codes.book(), *self.new))
        self._looks = looks(self._book)
        self._coders = looks_of(self.project)

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
        keys = self.deals.get(fragment.coding.id, ())
        chips = Content(" ").join([chip(look_of(self._looks, key)) for key in keys]) if keys else Content("·")
        room = (67 if self.has_class("-wide") else 31) - chips.cell_length
        words = Content(" ".join(fragment.text.split())[:200]).truncate(max(8, room), ellipsis=True)
        return Content.assemble(chips, " ", words)

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
        self.query_one("#text Static", Static).update(self._in_text(fragment))
        self.query_one("#text", VerticalScroll).scroll_home(animate=False)
        self.query_one("#targets", Static).update(self._targets(self.deals.get(fragment.coding.id, ())))
        self.refresh_bindings()

    def _in_text(self, fragment: Fragment) -> Content:
        coding = fragment.coding
        text = self.project.sources.text(fragment.source_number).text
        before = text[max(0, coding.start - AROUND) : coding.start]
        after = text[coding.stop : coding.stop + AROUND]
        if coding.start > AROUND:
            before = f"… {before.partition(' ')[2]}"
        if coding.stop + AROUND < len(text):
            after = f"{after.rpartition(' ')[0]} …"
        here = Content(text[coding.start : coding.stop]).stylize("bold reverse")
        told = Content.assemble(Content(before).stylize("$text-muted"), here, Content(after).stylize("$text-muted"))
        memo = Content(f"\n\n{t('memo:')} {coding.memo}") if coding.memo else Content("")
        return Content.assemble(told, memo)

    def _targets(self, mine: tuple[str, ...]) -> Content:
        if not self.targets:
            return Content(t("c finds a code for this fragment, a makes a new one.")).stylize("$text-muted")
        counts = {key: sum(key in keys for keys in self.deals.values()) for key in self.targets}
        rows = []
        for digit, key in zip(DIGITS, self.targets, strict=False):
            code = self._book.find(key)
            name = Content.from_markup(
                f"[@click=screen.run_command('deal-{digit}')][b]$digit[/b] $sign $name[/]",
                digit=digit,
                sign="[x]" if key in mine else "[ ]",
                name=f"{code.name if code else key} ({counts[key]})",
            )
            rows.append(Content.assemble(chip(look_of(self._looks, key)), " ", name))
        return Content("\n").join(rows)

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
        self.targets.extend(key for key in keys if key not in self.targets)
        self._set(fragment.coding.id, keys)
        self.step(1)

    def _set(self, coding_id: int, keys: tuple[str, ...]) -> None:
        self._before.append((coding_id, self.deals.pop(coding_id, ())))
        if keys:
            self.deals[coding_id] = keys
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

    def deal_at(self, digit: str) -> None:
        """The code behind a digit."""
        place = DIGITS.index(digit)
        if place < len(self.targets):
            self.deal((self.targets[place],))

    def leave_alone(self) -> None:
        """The fragment keeps its code after all."""
        fragment = self.fragment
        if fragment is not None:
            self._set(fragment.coding.id, ())

    def pick(self) -> None:
        """Find one or several codes."""
        entries = [Entry(code.key, code.name, code.definition) for code in self._book]

        def detail(key: str) -> Content:
            code = self._book.find(key)
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
                self.new.append(Code(told.key, told.name, told.definition, told.include, told.exclude, parent=parent))
                self._read_codes()
                self.deal((told.key,))

        form = CodeForm(
            t("A new code for this fragment"),
            CodeText(),
            parent=self.code.parent,
            taken=lambda key: self._book.find(key) is not None,
            alike=self.project.codes.alike,
        )
        self.app.push_screen(form, written)

    # -- storing -----------------------------------------------------------------------------------------------------

    @property
    def is_dealt(self) -> bool:
        """Whether there is something to store."""
        return bool(self.deals)

    def store(self) -> None:
        """All of it in one change, then back."""
        number, deals = self.code.id, dict(self.deals)
        used = {key for keys in deals.values() for key in keys}
        new = [replace(code) for code in self.new if code.key in used]
        self.write(lambda project: project.codes.split(number, deals, new=new), self._stored)

    def _stored(self, done: Split) -> None:
        said = tn("{n} fragment is dealt out", "{n} fragments are dealt out", done.dealt)
        self.frame.say(t("{what}. {key} takes it back.", what=said, key=self.key_text(self.commands["undo"])))
        if done.gone:
            self.frame.say(
                tn(
                    "{n} fragment was changed by somebody meanwhile, and was left alone.",
                    "{n} fragments were changed by somebody meanwhile, and were left alone.",
                    done.gone,
                ),
                severity="warning",
            )
        self.frame.go_back()

    def ask_to_leave(self) -> None:
        """What was dealt is not stored yet."""
        answers = [
            ("no", t("No, go on")),
            ("store", t("Store it and go back")),
            ("drop", t("Go back without it")),
        ]

        def answer(key: str | None) -> None:
            if key == "store":
                self.store()
            elif key == "drop":
                self.frame.go_back()

        question = tn(
            "{n} fragment is dealt out, but not stored yet.",
            "{n} fragments are dealt out, but not stored yet.",
            len(self.deals),
        )
        self.app.push_screen(Choose(question, answers), answer)
