"""Commands of the codebook screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.matrix import CodesInNumbers

if TYPE_CHECKING:
    from verhalen.tui.codebook_screen import CodebookScreen


class OnCode(Command["CodebookScreen"]):
    """A command for the code under the cursor."""

    def possible(self, screen: CodebookScreen) -> bool:
        """There must be one."""
        return screen.code is not None


class EditCode(OnCode):
    """Its words."""

    id = "edit-code"
    key = "e"
    title = mark("Edit")
    help = mark("Change the name and the key of this code, what it means, when to use it and when not.")

    def run(self, screen: CodebookScreen) -> None:
        """Open the form."""
        screen.acts.edit()


class AddBeside(Command["CodebookScreen"]):
    """One more at this level."""

    id = "add-code"
    key = "a"
    title = mark("New beside")
    help = mark("Make a new code right behind this one, at the same level.")

    def run(self, screen: CodebookScreen) -> None:
        """Open the form."""
        screen.acts.add(inside=False)


class AddBelow(OnCode):
    """One level deeper."""

    id = "add-below"
    key = "b"
    title = mark("New below")
    help = mark("Make a new code below this one.")

    def run(self, screen: CodebookScreen) -> None:
        """Open the form."""
        screen.acts.add(inside=True)


class MoveCode(OnCode):
    """Elsewhere."""

    id = "move-code"
    key = "v"
    title = mark("Move")
    help = mark("Put this code, with all below it, below another code.")

    def run(self, screen: CodebookScreen) -> None:
        """Ask where."""
        screen.acts.move()


class CodeUp(OnCode):
    """Among its siblings."""

    id = "code-up"
    key = "u"
    title = mark("Up")
    help = mark("Put this code before the one above it, at the same level.")

    def possible(self, screen: CodebookScreen) -> bool:
        """Not for the first one."""
        return screen.code is not None and screen.place > 0

    def run(self, screen: CodebookScreen) -> None:
        """Move it."""
        screen.acts.step(-1)


class CodeDown(OnCode):
    """Among its siblings."""

    id = "code-down"
    key = "n"
    title = mark("Down")
    help = mark("Put this code behind the one below it, at the same level.")

    def possible(self, screen: CodebookScreen) -> bool:
        """Not for the last one."""
        code = screen.code
        beside = sum(code is not None and each.parent == code.parent for each in screen.book)
        return code is not None and screen.place < beside - 1

    def run(self, screen: CodebookScreen) -> None:
        """Move it."""
        screen.acts.step(1)


class ColourCode(OnCode):
    """Its colour."""

    id = "code-colour"
    key = "k"
    title = mark("Colour")
    help = mark("Give this code a colour; codes below it without a colour of their own follow.")

    def run(self, screen: CodebookScreen) -> None:
        """Ask which."""
        screen.acts.colour()


class LinkDomains(OnCode):
    """The hinge to the numbers."""

    id = "code-domains"
    key = "d"
    title = mark("Life domains")
    help = mark("Link this code to life domains: as evidence of how it goes there, or as touching them.")

    def run(self, screen: CodebookScreen) -> None:
        """Ask which."""
        screen.acts.link()


class MergeCode(OnCode):
    """Two become one."""

    id = "merge-codes"
    key = "s"
    title = mark("Merge")
    help = mark("Take this code up in another one. You see first what becomes of its codings.")

    def possible(self, screen: CodebookScreen) -> bool:
        """There must be another one."""
        return screen.code is not None and len(screen.book) > 1

    def run(self, screen: CodebookScreen) -> None:
        """Ask which one, and show what it does."""
        screen.acts.merge()


class SplitCode(OnCode):
    """One becomes several."""

    id = "split-code"
    key = "p"
    title = mark("Split")
    help = mark("Go through the fragments of this code and deal them over other codes, in one step.")

    def possible(self, screen: CodebookScreen) -> bool:
        """There must be fragments."""
        return screen.code is not None and screen.code.codings > 0

    def run(self, screen: CodebookScreen) -> None:
        """Open the screen for it."""
        screen.acts.split()


class OutOfUse(OnCode):
    """Kept, but not for new codings."""

    id = "deprecate-code"
    key = "o"
    title = mark("Out of use")
    help = mark("Put this code out of use, or in use again. Its codings stay.")

    def run(self, screen: CodebookScreen) -> None:
        """Turn it."""
        screen.acts.turn_deprecated()


class DeleteCode(OnCode):
    """Gone."""

    id = "delete-code"
    key = "x"
    title = mark("Delete")
    help = mark("Delete this code. Only a code without codings, memos and codes below it can go.")

    def run(self, screen: CodebookScreen) -> None:
        """Delete it; a refusal says what hangs on it."""
        screen.acts.remove()


class MemosOfCode(OnCode):
    """What was thought about it."""

    id = "memos-of-code"
    key = "m"
    title = mark("Memos")
    help = mark("Read memos, and write one about this code.")
    shown = False

    def run(self, screen: CodebookScreen) -> None:
        """Open the list."""
        screen.open_memos()


class CodeInNumbers(OnCode):
    """How often, and where."""

    id = CodesInNumbers.id
    key = CodesInNumbers.key
    title = CodesInNumbers.title
    help = CodesInNumbers.help
    shown = False

    def run(self, screen: CodebookScreen) -> None:
        """Open the table at this code."""
        if screen.code is not None:
            screen.frame.open_matrix(screen.code.key)


class SearchCode(Command["CodebookScreen"]):
    """By a few letters."""

    id = "search-code"
    key = "f"
    title = mark("Search")
    help = mark("Find a code by a few letters of its name, its key or what it means.")

    def run(self, screen: CodebookScreen) -> None:
        """Go to the field."""
        screen.tree_of_codes.search()


class LeaveSearch(Command["CodebookScreen"]):
    """Back to the tree."""

    id = "leave-search"
    key = "escape"
    title = mark("Let go")
    help = mark("Leave the search and show all codes again.")

    def possible(self, screen: CodebookScreen) -> bool:
        """Only while something is searched."""
        return screen.is_searching

    def run(self, screen: CodebookScreen) -> None:
        """Empty the field."""
        screen.tree_of_codes.leave_search()


class FoldAll(Command["CodebookScreen"]):
    """The outline."""

    id = "fold-codes"
    key = "z"
    title = mark("Fold")
    help = mark("Show only the codes on top, or everything again. Left and right fold and open one code.")
    shown = False

    def run(self, screen: CodebookScreen) -> None:
        """Fold, or open."""
        screen.tree_of_codes.fold_all()


class WordSheet(Command["CodebookScreen"]):
    """On paper."""

    id = "code-sheet"
    key = "w"
    title = mark("Word sheet")
    help = mark("Write the codes in use on a Word sheet of two pages, to talk about with coaches.")

    def run(self, screen: CodebookScreen) -> None:
        """Ask where it goes."""
        screen.files.sheet()


class ExportCodes(Command["CodebookScreen"]):
    """To a file."""

    id = "export-codes"
    key = "y"
    title = mark("Export")
    help = mark("Write the codebook to a Markdown or CSV file.")
    shown = False

    def run(self, screen: CodebookScreen) -> None:
        """Ask where it goes."""
        screen.files.export()


class ImportCodes(Command["CodebookScreen"]):
    """From a file."""

    id = "import-codes"
    key = "i"
    title = mark("Import")
    help = mark("Read codes from a Markdown, CSV or Excel file. Codes that it does not name stay as they are.")
    shown = False

    def run(self, screen: CodebookScreen) -> None:
        """Ask which."""
        screen.files.read_file()


class PinAt(OnCode):
    """A digit for the coding screen."""

    digit: ClassVar[str]
    help = mark("Give this code this digit for good, for coding with one key. Again lets it go.")
    shown = False

    def run(self, screen: CodebookScreen) -> None:
        """Pin, or let go."""
        screen.pin(self.digit)


def _pin(digit: str, title: str) -> type[PinAt]:
    return type(f"PinAt{digit}", (PinAt,), {"id": f"pin-{digit}", "key": digit, "digit": digit, "title": title})


PIN_COMMANDS = (
    _pin("1", mark("Digit 1")),
    _pin("2", mark("Digit 2")),
    _pin("3", mark("Digit 3")),
    _pin("4", mark("Digit 4")),
    _pin("5", mark("Digit 5")),
    _pin("6", mark("Digit 6")),
    _pin("7", mark("Digit 7")),
    _pin("8", mark("Digit 8")),
    _pin("9", mark("Digit 9")),
    _pin("0", mark("Digit 0")),
)

CODEBOOK: tuple[type[AnyCommand], ...] = (
    EditCode,
    AddBeside,
    AddBelow,
    SearchCode,
    MergeCode,
    SplitCode,
    MoveCode,
    CodeUp,
    CodeDown,
    ColourCode,
    LinkDomains,
    OutOfUse,
    DeleteCode,
    MemosOfCode,
    CodeInNumbers,
    WordSheet,
    LeaveSearch,
    FoldAll,
    ExportCodes,
    ImportCodes,
    *PIN_COMMANDS,
)
"""In the order of the key bar."""
