"""The end of a snapshot: its closing page, stopping halfway, throwing away. What is stored is said once it is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verhalen.i18n import mark, t, tn
from verhalen.scores.answering import count
from verhalen.scores.registering import Sheet
from verhalen.tui.coding_memo import MemoDialog
from verhalen.tui.dialogs import choose, yes_or_no
from verhalen.tui.snapshot_words import closing_words, question_name, said_words

if TYPE_CHECKING:
    from verhalen.tui.snapshot_acts import SnapshotActs
    from verhalen.tui.snapshot_screen import SnapshotScreen

NOTHING = mark("Nothing was answered, so there is no snapshot of this day. That is fine.")
REVISED = mark("Stored: what you said about the start. There is no snapshot of this day.")
_DONE, _NOTE, _BACK = "done", "note", "back"


class Leaving:
    """The ways out of one screen."""

    def __init__(self, screen: SnapshotScreen, acts: SnapshotActs) -> None:
        self._screen = screen
        self._acts = acts

    def close(self) -> None:
        """The closing page; where nothing was answered there is nothing to close."""
        screen, sheet = self._screen, self._screen.sheet
        if sheet is None:
            return
        if not sheet.answered:
            self._end(t(REVISED if self._acts.beside.has_revised else NOTHING))
            return
        found = count(sheet.questions)
        why = [
            (str(at), t("Say why: {name}", name=question_name(each)))
            for at, each in enumerate(sheet.questions)
            if each in found.unexplained
        ]
        answers = [
            (_DONE, t("Done")),
            *why,
            (_NOTE, t("Write something about the whole")),
            (_BACK, t("Back to the questions")),
        ]
        choose(screen, closing_words(found, sheet.day), answers, self._closing)

    def _closing(self, key: str) -> None:
        screen, sheet = self._screen, self._screen.sheet
        if sheet is None or key == _BACK:
            return
        if key == _NOTE:
            self._write_whole(sheet)
        elif key == _DONE:
            said = tn(
                "Stored: a snapshot with {n} answer. Thank you.",
                "Stored: a snapshot with {n} answers. Thank you.",
                sheet.answered,
            )
            self._end(said)
        else:
            at = int(key)
            screen.go_to(at)
            self._acts.beside.ask_reasons(sheet.questions[at], then=self.close)

    def _write_whole(self, sheet: Sheet) -> None:
        screen, form = self._screen, self._screen.form

        def written(note: str | None) -> None:
            if note is not None and note != sheet.note:
                if screen.sheet is not None:
                    screen.sheet = replace(screen.sheet, note=note)
                screen.write(
                    lambda project: project.snapshots.set_note(form, note),
                    lambda _: screen.reload(),
                    self._acts.refused,
                )
            self.close()

        title = t("About this snapshot as a whole")
        if sheet.said is not None:
            title = f"{title}\n{said_words(sheet.said, sheet)}"
        screen.app.push_screen(MemoDialog(title, sheet.note), written)

    def _end(self, sentence: str) -> None:
        """Close it; say so once all of it is stored."""
        screen, form, frame = self._screen, self._screen.form, self._screen.frame

        def finished(_: None) -> None:
            frame.say(sentence)
            frame.refresh_screens()  # that it is finished stands in no change: the first screen would go on to list it

        if self._did_something:
            screen.write(lambda project: project.snapshots.finish(form), finished)
        else:
            frame.say(sentence)
        frame.go_back()

    @property
    def _did_something(self) -> bool:
        """Whether something was stored, in this sitting or in an unfinished one before."""
        return bool(self._acts.done or self._acts.undone) or self._acts.beside.has_revised or self._screen.is_unfinished

    def put_off(self) -> None:
        """Stop halfway."""
        screen, sheet = self._screen, self._screen.sheet
        if sheet is not None and not sheet.answered:
            self._end(t(REVISED if self._acts.beside.has_revised else NOTHING))
            return
        frame = screen.frame
        if self._did_something:
            words = t("Stored. You find this snapshot on the first screen, to go on with it.")
            screen.write(lambda _: None, lambda _: frame.say(words))  # comes after all that is still to be stored
        frame.go_back()

    def throw_away(self) -> None:
        """Ask, then take back all that was stored for it."""
        screen, form, frame = self._screen, self._screen.form, self._screen.frame

        def gone(_: None) -> None:
            frame.say(t("Thrown away. What was said before goes on as it was."))
            frame.refresh_screens()

        def answered(key: str | None) -> None:
            if key == "yes":
                screen.write(lambda project: project.snapshots.discard(form), gone)
                frame.go_back()

        question = t("Throw away what you answered in this snapshot? What was finished earlier stays.")
        screen.app.push_screen(yes_or_no(question, yes=t("Yes, throw it away")), answered)
