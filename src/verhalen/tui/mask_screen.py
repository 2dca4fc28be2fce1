"""Names that were found in a text, with what would come in their place. A person decides; the computer only proposes."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.model.masking import NameKind
from verhalen.privacy.places import Named, Place
from verhalen.privacy.review import Review
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.mask import MASK
from verhalen.tui.dialogs import AskLine, Choose

HONEST = mark("No computer finds every name. Read the text through yourself: press L.")
_PARTS = {
    "title": mark("in the title"),
    "speakers": mark("as the name of a speaker"),
    "memos": mark("in a memo"),
    "file": mark("in the name of the file"),
}


class MaskScreen(CommandScreen[bool | None]):
    """Names on the left, the places of one name on the right. Gives True when the review is done."""

    COMMAND_CLASSES = MASK
    UNDOES_PROJECT: ClassVar[bool] = False
    HELP_TITLE: ClassVar[str] = mark("Which names are replaced?")
    HELP_TEXT: ClassVar[str] = mark(
        "On the left stand the names that were found, each with what comes in its place. On the right you see every "
        "place of the name with the words around it. A cross in the box means: this will be replaced. A question mark means: "
        "perhaps no name. "
        "No computer finds every name: read the whole text too (L), select what was missed and add it. "
        "The same name gets the same replacement in all texts; which is which stands in the key, a file beside the project."
    )
    DEFAULT_CSS = """
    MaskScreen #honest { padding: 0 2; color: $text-warning; text-style: bold; height: auto; }
    MaskScreen #count { padding: 0 2; height: 1; color: $text-muted; }
    MaskScreen #left { width: 34; height: 1fr; border-right: solid $border-blurred; }
    MaskScreen #left OptionList { height: 1fr; padding: 0; }
    MaskScreen #right { width: 1fr; height: 1fr; }
    MaskScreen #about { padding: 0 1; height: auto; text-style: bold; }
    MaskScreen #places { height: 1fr; padding: 0; }
    """

    def __init__(self, review: Review, title: str) -> None:
        super().__init__()
        self.review = review
        self._of = title
        self._names: list[str] = []
        self._by_name: dict[str, list[int]] = {}
        """Folded name to the numbers of its places, as in `review.places`."""
        self._shown: list[int] = []
        """Numbers of the places on the right."""

    def body(self) -> ComposeResult:
        """What it is, how it stands, names, places."""
        yield Static(t(HONEST), id="honest", markup=False)
        yield Static(id="count", markup=False)
        with Horizontal():
            with Vertical(id="left"):
                yield OptionList(id="names")
            with Vertical(id="right"):
                yield Static(id="about", markup=False)
                yield OptionList(id="places")

    def on_mount(self) -> None:
        """Fill both; the cursor is on the names."""
        self._fill()
        self.query_one("#names", OptionList).focus()

    @property
    def at_stake(self) -> str:
        """What was decided."""
        return (
            t("What you decided here is not stored yet, and is lost if you leave now.")
            if self.review.is_changed
            else ""
        )

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def has_names(self) -> bool:
        """Whether anything was found."""
        return bool(self._names)

    @property
    def _chosen(self) -> str | None:
        place = self.query_one("#names", OptionList).highlighted
        return self._names[place] if place is not None and place < len(self._names) else None

    def on_screen_resume(self) -> None:
        """Say of which text; show what was decided in it meanwhile."""
        super().on_screen_resume()
        self.title = f"{t(self.HELP_TITLE)}  {self._of}"
        self._fill()

    def _fill(self) -> None:
        """Names by kind, then as they come in the text; the cursor stays on its name."""
        before, names = self._chosen, self.review.names
        self._by_name = {}
        for number, place in enumerate(self.review.places):
            self._by_name.setdefault(place.name, []).append(number)
        kinds = list(NameKind)
        # The order of a dict: as they come in the text.
        self._names = sorted(self._by_name, key=lambda name: kinds.index(names[name].kind))
        options = self.query_one("#names", OptionList)
        options.clear_options().add_options(
            [Option(self._name_line(name, names[name])) for name in self._names]
            or [Option(t("Nothing was found. That does not mean that there is nothing."), disabled=True)]
        )
        if self._names:
            options.highlighted = self._names.index(before) if before in self._names else 0
        counts = self.review.counts()
        self.query_one("#count", Static).update(
            tn("{n} place found", "{n} places found", counts.places)
            + " · "
            + t("{n} will be replaced, {m} stay", n=counts.accepted, m=counts.rejected)
        )
        self._show_places()
        self.refresh_bindings()

    def _places_of(self, name: str) -> list[Place]:
        places = self.review.places
        return [places[number] for number in self._by_name[name]]

    def _name_line(self, name: str, named: Named) -> Content:
        places = self._places_of(name)
        accepted = sum(place.accepted for place in places)
        box = "[x]" if accepted == len(places) else "[-]" if accepted else "[ ]"
        count = f"{accepted}/{len(places)}" if 0 < accepted < len(places) else f"{len(places)}×"
        sure = "" if any(place.sure for place in places) else " ?"
        becomes = f"→ {named.replacement}" if accepted else t("stays as it is")
        return Content.assemble(f"{box} ", Content(f"{named.name}{sure}").stylize("bold"), f"  {count}\n    ", becomes)

    def _show_places(self) -> None:
        name = self._chosen
        options = self.query_one("#places", OptionList)
        at = options.highlighted
        options.clear_options()
        self._shown = []
        about = self.query_one("#about", Static)
        if name is None:
            about.update("")
            return
        named = self.review.names[name]
        self._shown = self._by_name[name]
        about.update(
            t(
                "{kind}: {name} becomes {replacement}",
                kind=t(named.kind.label),
                name=named.name,
                replacement=named.replacement,
            )
        )
        options.add_options([Option(self._place_line(number)) for number in self._shown])
        options.highlighted = min(at or 0, len(self._shown) - 1)

    def _place_line(self, number: int) -> Content:
        place = self.review.places[number]
        around = self.review.context(place)
        where = f" ({t(_PARTS[place.part])})" if place.part in _PARTS else ""
        guess = "" if place.sure else " ?"
        return Content.assemble(
            f"{'[x]' if place.accepted else '[ ]'}{guess} …{around.before}",
            Content(around.name).stylize("bold underline"),
            f"{around.after}…{where}",
        )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another name."""
        if event.option_list.id == "names":
            self._show_places()
            self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter goes from the name to its places, and back."""
        self.query_one("#places" if event.option_list.id == "names" else "#names", OptionList).focus()

    # -- deciding --------------------------------------------------------------------------------------------------

    def switch(self) -> None:
        """The name everywhere, or the one place."""
        name, places = self._chosen, self.query_one("#places", OptionList)
        if name is None:
            return
        if self.focused is places and places.highlighted is not None:
            number = self._shown[places.highlighted]
            self.review.decide(number, accepted=not self.review.places[number].accepted)
        else:
            accepted = all(place.accepted for place in self._places_of(name))
            self.review.decide_name(name, accepted=not accepted)
        self._fill()

    def switch_all(self) -> None:
        """All, or none when all are accepted."""
        self.review.decide_all(accepted=self.review.counts().rejected > 0)
        self._fill()

    def undo(self) -> None:
        """Take the last decision back."""
        self.review.undo()
        self._fill()

    def ask_replacement(self) -> None:
        """Type another one."""
        name = self._chosen
        if name is None:
            return

        def answered(typed: str | None) -> None:
            if typed is not None:
                self._try(lambda: self.review.set_replacement(name, typed))

        named = self.review.names[name]
        self.app.push_screen(AskLine(t("What comes in the place of this name?"), named.replacement), answered)

    def ask_kind(self) -> None:
        """Say what it is."""
        name = self._chosen
        if name is None:
            return

        def answered(kind: str | None) -> None:
            if kind is not None:
                self._try(lambda: self.review.set_kind(name, NameKind(kind)))

        self.app.push_screen(kind_question(), answered)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except errors.VerhalenError as error:
            self.frame.say_error(error)
        self._fill()

    def read(self) -> None:
        """Read the whole text, and add what was missed."""
        from verhalen.tui.mask_reading import MaskReadingScreen

        name = self._chosen
        places = self._places_of(name) if name else []
        start = next((place.span.start for place in places if place.part == "text"), 0)
        self.app.push_screen(MaskReadingScreen(self.review, self._of, start=start))

    def finish(self) -> None:
        """Done with deciding."""
        self.dismiss(True)


def kind_question() -> Choose:
    """Which kind of name it is."""
    return Choose(t("What is it?"), [(kind.value, t(kind.label)) for kind in NameKind])
