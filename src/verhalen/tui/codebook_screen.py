"""The codebook: the tree of codes on the left, all about one of them on the right."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from verhalen.i18n import mark, t
from verhalen.model.codebook import Code, Codebook
from verhalen.model.instrument import DomainList
from verhalen.tui import coding_slots
from verhalen.tui.codebook_acts import CodebookActs
from verhalen.tui.codebook_files import CodebookFiles
from verhalen.tui.codebook_lines import details
from verhalen.tui.codebook_tree import CodebookTree
from verhalen.tui.coding_looks import CodeLook, look_of, looks
from verhalen.tui.coding_places import view_key
from verhalen.tui.coding_slots import Slots
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.codebook import CODEBOOK
from verhalen.tui.fields import Field
from verhalen.tui.messages import ProjectChanged

WIDE = 120
"""From so many columns on the tree gets more room."""


class CodebookScreen(CommandScreen[None]):
    """See and change the codes. `acts` does what the commands ask."""

    COMMAND_CLASSES = CODEBOOK
    HELP_TITLE: ClassVar[str] = mark("Codebook")
    HELP_TEXT: ClassVar[str] = mark(
        "On the left stands the tree of codes with the number of codings, on the right what the code of the cursor means. "
        "Arrows move, left and right fold and open, Enter and a click do too. Everything you change here is stored at "
        "once, for all texts, and ctrl+z takes it back in one step. A code in use cannot be deleted: merge it with another "
        "one, or put it out of use. A digit key gives the code that digit for good."
    )
    DEFAULT_CSS = """
    CodebookScreen.-wide CodebookTree { width: 72; }
    CodebookScreen #about { width: 1fr; height: 1fr; padding: 0 1; }
    CodebookScreen #about Static { height: auto; link-color: $text-primary; link-style: underline;
        link-background: transparent; link-background-hover: $block-cursor-background;
        link-color-hover: $block-cursor-foreground; link-style-hover: none; }
    """

    def __init__(self, *, source_id: int | None = None, key: str | None = None, slots: Slots | None = None) -> None:
        super().__init__()
        self.tree_of_codes = CodebookTree()
        self.acts = CodebookActs(self)
        self.files = CodebookFiles(self)
        self.book = Codebook(())
        self.looks: dict[str, CodeLook] = {}
        self.domains = DomainList((), ())
        self._source_id = source_id
        self._key = key
        self._slots = slots

    def body(self) -> ComposeResult:
        """Tree and details."""
        with Horizontal():
            yield self.tree_of_codes
            with VerticalScroll(id="about"):
                yield Static()

    def on_mount(self) -> None:
        """Fill it when all parts have their size."""
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        self.set_class(self.size.width >= WIDE, "-wide")
        self.domains = self.project.scores.domains()
        if self._slots is None:
            keys = {code.id: code.key for code in self.project.codes.book()}
            self._slots = coding_slots.load(self.project.view(view_key(self.project, "digits")), keys)
        self.reload()
        code = self.book.find(self._key or "")
        if code is not None:
            self.tree_of_codes.choose(code.id)
        self.tree_of_codes.lines.focus()

    def on_resize(self) -> None:
        """Another width, another tree."""
        self.set_class(self.size.width >= WIDE, "-wide")

    # -- what there is -----------------------------------------------------------------------------------------------

    @property
    def slots(self) -> Slots:
        """The digits; those of the coding screen, where it is open."""
        return self._slots or Slots()

    def open_memos(self) -> None:
        """Read memos, and write one about the code of the cursor."""
        if self.code is not None:
            self.frame.open_memos([(self.code.key, t("the code '{code}'", code=self.code.key))])

    @property
    def code(self) -> Code | None:
        """The code under the cursor."""
        row = self.tree_of_codes.row
        return row.code if row else None

    @property
    def place(self) -> int:
        """Its place among the codes beside it, from 0."""
        code = self.code
        beside = [each.id for each in self.book if code is not None and each.parent == code.parent]
        return beside.index(code.id) if code is not None and code.id in beside else 0

    @property
    def is_searching(self) -> bool:
        """Whether Escape has a search to let go."""
        # The key bar asks before there is a field.
        field = next(iter(self.query("#find").results(Field)), None)
        return field is not None and (field.has_focus or bool(field.value))

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read the codes again."""
        self.book = self.project.codes.book()
        self.slots.know({code.id: code.key for code in self.book})
        self.looks = looks(self.book)
        self.show()

    # -- showing -----------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Fill the tree; the details follow its cursor."""
        here = None
        if self._source_id is not None:
            counted = self.project.codes.book(source_id=self._source_id)
            here = {code.key: code.codings for code in counted}
        self._here = here
        self.tree_of_codes.show(list(self.book), self.looks, here=here, digits=self.slots.digits())

    _here: dict[str, int] | None = None
    """Codings by key in the source that is open on the coding screen."""

    def on_codebook_tree_code_picked(self) -> None:
        """Say all about the code of the cursor."""
        row = self.tree_of_codes.row
        told = self.query_one("#about Static", Static)
        if row is None:
            told.update(t("Add a first code, or import a codebook file."))
        else:
            here = None if self._here is None else self._here.get(row.code.key, 0)
            digit = self.slots.digits().get(row.code.key, "")
            look = look_of(self.looks, row.code.key)
            told.update(details(row, look, here=here, digit=digit, domains=self.domains))
        self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        """Other keys work in the field."""
        self.refresh_bindings()

    # -- digits ------------------------------------------------------------------------------------------------------

    def pin(self, digit: str) -> None:
        """Fix the code to this digit, or let it go."""
        code = self.code
        if code is None:
            return
        pinned = self.slots.pin_at(code.key, digit)
        self.keep_slots()
        self.show()
        if pinned:
            self.frame.say(t("{code} has digit {digit} from now on.", code=code.name, digit=digit))
        else:
            self.frame.say(t("{code} may lose digit {digit} again.", code=code.name, digit=digit))

    def keep_slots(self) -> None:
        """Remember the digits with the project, outside its history."""
        if not self.project.read_only_reason:
            key, value = view_key(self.project, "digits"), self.slots.dump()
            self.write(lambda project: project.keep_view(key, value))
