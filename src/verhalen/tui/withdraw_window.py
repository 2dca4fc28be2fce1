"""Withdrawing in the app: first what would go, in plain words, then a question, and only then it goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from verhalen.api.withdrawing import Withdrawal
from verhalen.i18n import mark, t
from verhalen.model.consent import KEY_STAYS
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, CommandDialog, CommandScreen
from verhalen.tui.dialogs import CancelDialog
from verhalen.tui.fields import Tick
from verhalen.tui.page import BLANK, HEADING, Line, Page, heading

NO, ALL, KEEP = "no", "all", "keep"
_GOES = {
    "story": mark("stories"),
    "voice": mark("further voices"),
    "attachment": mark("attachments"),
    "coding": mark("coded fragments"),
    "memo": mark("memos"),
    "verification": mark("checks with the teller"),
    "observation": mark("scores"),
}


class WithdrawWindow(CommandDialog[tuple[str, bool] | None]):
    """Gives `all` or `keep` (what was told goes, scores stay), and whether files are deleted too; None for no."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (CancelDialog,)
    DEFAULT_CSS = """
    WithdrawWindow { align: center middle; }
    WithdrawWindow > Vertical { width: 76; max-width: 100%; height: auto; max-height: 100%; background: $surface;
        border: round $border; padding: 0 1; }
    WithdrawWindow VerticalScroll { height: auto; max-height: 14; }
    WithdrawWindow OptionList { height: auto; border: none; background: $surface; padding: 0; margin: 1 0; }
    WithdrawWindow Tick { background: $surface; }
    WithdrawWindow KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, found: Withdrawal, *, may_keep_scores: bool) -> None:
        super().__init__()
        self._found = found
        self._may_keep = may_keep_scores and "observation" in found.removed

    def compose(self) -> ComposeResult:
        """What goes, what stays, the question."""
        answers = [(NO, t("No, go back"))]
        if self._may_keep:
            answers += [
                (KEEP, t("Yes, what was told goes; the scores stay")),
                (ALL, t("Yes, everything, the scores too")),
            ]
        else:
            answers.append((ALL, t("Yes, take it away")))
        with Vertical():
            with VerticalScroll():
                yield Page()
            if any(each.may_go for each in self._found.left):
                yield Tick(t("Delete the files marked with × too; of a .csv table only these rows"))
            yield OptionList(*(Option(text, id=key) for key, text in answers), markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Enter is safe."""
        self.query_one(Page).fill(withdrawal_page(self._found))
        options = self.query_one(OptionList)
        options.highlighted = 0
        options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the answer."""
        files = any(each.value for each in self.query(Tick))
        self.dismiss(None if event.option.id == NO else (str(event.option.id), files))


def withdrawal_page(found: Withdrawal) -> Iterator[Line]:
    """What goes and what does not."""
    yield Line(
        t("You take {what} away, also from search and the journal. This cannot be undone.", what=found.what), HEADING
    )
    yield BLANK
    for table, word in _GOES.items():
        if found.removed.get(table):
            yield Line(f"{t(word)}: {found.removed[table]}", indent=2)
    if found.texts:
        yield Line(t("whole conversations or notes: {numbers}", numbers=_row(found.texts)), indent=2)
    if found.blanked:
        said = t("only these words, in conversations with others: {numbers}", numbers=_row(found.blanked))
        yield Line(said, indent=2)
    if found.about:
        yield BLANK
        yield Line(t("Others speak of this family in: {numbers}. Read those afterwards.", numbers=_row(found.about)))
    if found.names_in_key:
        yield BLANK
        yield Line(t(KEY_STAYS, n=found.names_in_key))
    if found.left:
        yield from heading(t("What the program cannot take back by itself"))
    for each in found.left:
        sign = "×" if each.may_go else "·"
        yield Line(f"{sign} {each.file}: {t(each.kind.advice)}", indent=2)
    yield BLANK
    yield Line(t("A report that was sent already cannot be taken back. Do you want to go on?"))


def _row(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def withdraw(screen: CommandScreen[Any], key: str, *, may_keep_scores: bool = False) -> None:
    """Look up what would go, ask, and do it."""

    def asked(answer: tuple[str, bool] | None) -> None:
        if answer is None:
            return
        kept, files = answer[0] == KEEP, answer[1]
        screen.write(
            lambda project: project.withdraw(key, really=True, keep_scores=kept, files=files),
            lambda done: _say(screen, done),
        )

    def looked_up(found: Withdrawal) -> None:
        screen.app.push_screen(WithdrawWindow(found, may_keep_scores=may_keep_scores), asked)

    screen.write(lambda project: project.withdraw(key), looked_up)


def _say(screen: CommandScreen[Any], done: Withdrawal) -> None:
    screen.frame.say(t("{what} is taken away.", what=done.what[:1].upper() + done.what[1:]))
    if not done.clean:
        said = t("Close all other windows and open the project once more: only then the last traces are gone.")
        screen.frame.say(said, severity="warning")
    elif done.left:
        files = ", ".join(done.stays[:4])
        screen.frame.say(t("Still to do by yourself: {files}.", files=files), severity="warning")
