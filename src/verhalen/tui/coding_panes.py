"""The panes beside the text: sources and families on the left, codes on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import ContentSwitcher, OptionList, Static
from textual.widgets.option_list import Option

from verhalen.i18n import t, tn
from verhalen.model.codebook import Code
from verhalen.model.family import Family
from verhalen.model.text import Source
from verhalen.tui.code_picker import code_detail
from verhalen.tui.coding_looks import CodeLook, look_of


class Lines(OptionList):
    """A list whose lines change while somebody works in it: cursor and scrolling stay."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._shown: dict[str, Content] = {}

    def put(self, lines: Mapping[str, Content]) -> None:
        """Show these lines by key, touching only what differs."""
        if list(lines) != list(self._shown):
            place = self.highlighted
            self.clear_options().add_options([Option(line, id=key) for key, line in lines.items()])
            self.highlighted = min(place or 0, len(lines) - 1) if lines else None
        else:
            for key, line in lines.items():
                if not line.is_same(self._shown[key]):
                    self.replace_option_prompt(key, line)
        self._shown = dict(lines)


class SourcePane(Vertical):
    """Sources and families, one list at a time."""

    class SourcePicked(Message):
        """A source was chosen."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class FamilyPicked(Message):
        """A family was chosen: the selection is about it."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn_to('sources')", show=False),
        Binding("right", "turn_to('families')", show=False),
    ]
    DEFAULT_CSS = """
    SourcePane { width: 30; height: 1fr; border-right: solid $border-blurred; background: $background; }
    SourcePane .heads { height: 1; padding: 0 1; background: $panel; link-color: $foreground; link-style: none;
        link-background: transparent; link-background-hover: $block-cursor-background;
        link-color-hover: $block-cursor-foreground; link-style-hover: none; }
    SourcePane OptionList { height: 1fr; padding: 0; }
    SourcePane ContentSwitcher { height: 1fr; }
    """

    def compose(self) -> ComposeResult:
        """Two heads to click, two lists."""
        yield Static(classes="heads")
        with ContentSwitcher(initial="sources"):
            yield Lines(id="sources")
            yield Lines(id="families")

    def on_mount(self) -> None:
        """The sources come first."""
        self._show_heads()

    @property
    def turned_to(self) -> str:
        """`sources` or `families`."""
        return self.query_one(ContentSwitcher).current or "sources"

    def _show_heads(self) -> None:
        names = {"sources": t("Sources"), "families": t("Families")}
        parts = [
            Content.from_markup(
                f"[@click=turn_to('{key}')]$name[/]", name=f"[{name}]" if key == self.turned_to else f" {name} "
            )
            for key, name in names.items()
        ]
        self.query_one(".heads", Static).update(Content(" ").join(parts))

    def action_turn_to(self, key: str) -> None:
        """Show the other list."""
        had_focus = self.has_focus_within
        self.query_one(ContentSwitcher).current = key
        self._show_heads()
        if had_focus:
            self.focus_list()

    def focus_list(self) -> None:
        """Put the keys on the list that is shown."""
        self.query_one(f"#{self.turned_to}", OptionList).focus()

    def show(
        self,
        sources: Sequence[Source],
        families: Sequence[Family],
        *,
        current: int | None,
        label: Callable[[str], str],
        coders: Sequence[Content],
    ) -> None:
        """Fill both lists; the cursor stands on the source that is open. `coders`: who coded in it."""
        listed = self.query_one("#sources", Lines)
        listed.put(
            {str(each.number): _source_line(each, coders if each.number == current else None) for each in sources}
        )
        self.query_one("#families", Lines).put({each.key: _family_line(each, label(each.key)) for each in families})
        numbers = [source.number for source in sources]
        if current in numbers and not listed.has_focus:
            listed.highlighted = numbers.index(current)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say what was chosen."""
        event.stop()
        key = event.option.id or ""
        if event.option_list.id == "families":
            self.post_message(self.FamilyPicked(key))
        else:
            self.post_message(self.SourcePicked(int(key)))


def _source_line(source: Source, coders: Sequence[Content] | None) -> Content:
    """Name and count; for the source that is open also who coded in it, else `coders` is None."""
    sign = " " if coders is None else "▸"
    name = Content(f"{sign}{source.number} {source.title}").truncate(27, ellipsis=True)
    count = tn("{n} coding", "{n} codings", source.codings) if source.codings else t("no codings")
    lines = [name.stylize("bold"), Content(f"    {count}"), *(Content.assemble("    ", each) for each in coders or ())]
    return Content("\n").join(lines)


def _family_line(family: Family, label: str) -> Content:
    return Content.assemble(Content(f" {label}").stylize("bold"), f"  {family.municipality}")


class CodePane(Vertical):
    """The tree of codes with their digits and counts; what the code under the cursor means stands below."""

    class CodePicked(Message):
        """A code was chosen: it goes on the selection."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    DEFAULT_CSS = """
    CodePane { width: 38; height: 1fr; border-left: solid $border-blurred; background: $background; }
    CodePane .heads { height: 1; padding: 0 1; background: $panel; }
    CodePane OptionList { height: 1fr; padding: 0; }
    CodePane .meaning { height: 9; border-top: solid $border-blurred; padding: 0 1; scrollbar-size-vertical: 1; }
    CodePane .meaning Static { height: auto; }
    """
    ROOM = 33
    """Cells of a line."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, Code] = {}

    def compose(self) -> ComposeResult:
        """Head, list, meaning."""
        head = t("Codes"), t("here / all")
        yield Static(f"{head[0]}{head[1].rjust(self.ROOM + 1 - len(head[0]))}", classes="heads", markup=False)
        yield Lines(id="codes")
        with VerticalScroll(classes="meaning", can_focus=False):
            yield Static()

    @property
    def highlighted(self) -> str | None:
        """Key of the code under the cursor of the list."""
        options = self.query_one(OptionList)
        return options.get_option_at_index(options.highlighted).id if options.highlighted is not None else None

    def focus_list(self) -> None:
        """Put the keys on the list."""
        self.query_one(OptionList).focus()

    def show(
        self,
        codes: Iterable[Code],
        looks: Mapping[str, CodeLook],
        *,
        here: Mapping[str, int],
        digits: Mapping[str, str],
    ) -> None:
        """Show these codes; only lines that differ are touched when the codes are the same as before."""
        known = {code.key: code for code in codes}
        self._codes = known
        lines = {
            key: _code_line(
                _code_text(code, here=here.get(key, 0), digit=digits.get(key, "")),
                look_of(looks, key),
                root=code.parent is None,
            )
            for key, code in known.items()
        }
        self.query_one(Lines).put(lines)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the code means."""
        event.stop()
        code = self._codes.get(event.option.id or "")
        if code is not None:
            self.query_one(".meaning Static", Static).update(code_detail(code))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which code was chosen."""
        event.stop()
        if event.option.id is not None:
            self.post_message(self.CodePicked(event.option.id))


def _code_text(code: Code, *, here: int, digit: str) -> str:
    """Digit, key and counts, in the cells that a line has beside the letter."""
    counts = f"{here}/{code.codings}" if here or code.codings else ""
    room = CodePane.ROOM - 6 - len(counts)
    key = code.key if len(code.key) <= room else code.key[: room - 1] + "…"
    return f"{digit:<2}{key:<{room}} {counts}"


def _code_line(text: str, look: CodeLook, *, root: bool) -> Content:
    letter = Content(look.letter).stylize(f"{look.ink} on {look.colour} bold")
    name = Content(text[2:])
    return Content.assemble(Content(text[:2]).stylize("bold"), letter, " ", name.stylize("bold") if root else name)
