"""What a coder does to the text on the desk. Each act is painted at once with a mark and stored by the writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from verhalen import errors
from verhalen.api.codings import Applied, Intent
from verhalen.api.project import Project
from verhalen.i18n import mark, t, tn
from verhalen.model.coding import Coding, Valence
from verhalen.model.ids import encode_id
from verhalen.model.text import Mention, Span
from verhalen.tui.coder_looks import signed
from verhalen.tui.coding_desk import WAITING, Desk
from verhalen.tui.coding_here import LONGEST, short, short_list
from verhalen.tui.coding_marks import Mark
from verhalen.tui.coding_memo import MemoDialog
from verhalen.tui.coding_units import Unit
from verhalen.tui.dialogs import Choose

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen

SOURCE_GONE = mark("The source that was open here was taken away.")
GONE: dict[type[errors.VerhalenError], str] = {
    errors.UnknownSource: SOURCE_GONE,
    errors.UnknownCoding: mark("This coding is no longer there: it was taken away in another window."),
}
"""What another window took away, said without the number that programs know it by."""
_ROUND = (Valence.NONE, Valence.POSITIVE, Valence.NEGATIVE, Valence.MIXED)


class Acts:
    """Acts of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen

    @property
    def _desk(self) -> Desk:
        return self._screen.the_desk

    def place(self) -> Span | None:
        """The selection; where nothing is selected, the sentence at the cursor gets selected."""
        view = self._screen.view
        if view.selection.span is None:
            view.select_next(Unit.SENTENCE)
        if view.selection.span is None:
            self._screen.tell(t("There is nothing to code here."))
        return view.selection.span

    # -- codes -----------------------------------------------------------------------------------------------------

    def apply(self, keys: Sequence[str]) -> None:
        """Give the selection these codes, in one undo step."""
        span = self.place()
        if span is None or not keys:
            return
        desk, screen = self._desk, self._screen
        there = {each.code: each.id for each in desk.codings.values() if _same(each, span, desk.coder_id)}
        new = [key for key in keys if key not in there]
        for key in keys:
            screen.slots.use(key)
        screen.slots_changed()
        if not new:
            desk.last = there[keys[-1]]
            self._say_there(keys)
            return
        asked = [Mark(span.start, span.stop, key, WAITING, mine=True) for key in new]
        desk.intents.extend(asked)
        screen.show_marks()
        screen.tell(t("{codes}: being stored…", codes=short_list(new)))
        intents = [Intent(desk.source.id, span.start, span.stop, key, version=desk.source.version) for key in new]
        screen.write(
            lambda project: project.codings.apply_all(intents),
            lambda applied: self._applied(desk, asked, applied),
            lambda error: self._refused(desk, asked, error),
        )

    def _say_there(self, keys: Sequence[str]) -> None:
        names = short_list(keys)
        self._screen.tell(
            tn(
                "{codes} stands here already. Nothing changed.",
                "{codes} stand here already. Nothing changed.",
                len(keys),
                codes=names,
            )
        )

    def _applied(self, desk: Desk, asked: Sequence[Mark], applied: Sequence[Applied]) -> None:
        """The codings are on disk."""
        self._forget(desk, asked)
        desk.take(self._screen.project, [each.coding_id for each in applied])
        desk.last = applied[-1].coding_id
        new = [mark.code for mark, each in zip(asked, applied, strict=True) if not each.existed]
        if not new:
            self._say_there([mark.code for mark in asked])
        else:
            self.stored(tn("Coded: {codes}", "Coded: {codes}", len(new), codes=short_list(new)))
        self._screen.show_marks()

    def _refused(self, desk: Desk, asked: Sequence[Mark], error: errors.VerhalenError) -> None:
        self._forget(desk, asked)
        self._failed(error)

    def _forget(self, desk: Desk, asked: Sequence[Mark]) -> None:
        desk.intents = [each for each in desk.intents if not any(each is mark for mark in asked)]

    def _failed(self, error: errors.VerhalenError) -> None:
        """Nothing was stored: show what is, and say why."""
        self._screen.reload(None)
        self._screen.tell(t(GONE[type(error)]) if type(error) in GONE else str(error), whole=True)

    def stored(self, what: str) -> None:
        """Say what was done, and how to undo it."""
        undo = self._screen.key_text(self._screen.commands["undo"])
        more = len(t("{what} · stored · {key} takes it back", what="", key=undo))
        what = short(what, max(LONGEST, self._screen.room_to_tell - more))
        self._screen.tell(t("{what} · stored · {key} takes it back", what=what, key=undo))

    # -- codings that are there --------------------------------------------------------------------------------------

    def stored_here(self) -> list[Coding]:
        """Stored codings under the cursor or selection: the one touched last first, then one's own, then the shortest."""
        desk = self._desk
        found = [mark.coding for mark in self._screen.view.under_cursor() if mark.coding is not None]
        found = [each for each in found if each.id in desk.codings and each.id not in desk.going]
        return sorted(found, key=lambda each: (each.id != desk.last, each.coder_id != desk.coder_id))

    def choose(self, question: str, act: Callable[[Sequence[Coding]], None], *, together: str = "") -> None:
        """Do `act` on the only coding of one's own here, or on the one that is chosen from a list."""
        here = self.stored_here()
        mine = [each for each in here if each.coder_id == self._desk.coder_id]
        if not here:
            self._screen.tell(t("No coding stands here."))
        elif len(here) == len(mine) == 1:
            act(mine)
        else:
            answers: list[tuple[str, str | Content]] = [(str(each.id), self._line(each)) for each in here]
            if together and len(mine) > 1:
                answers.append(("mine", together))

            def chosen(answer: str | None) -> None:
                if answer is not None:
                    act(mine if answer == "mine" else [each for each in here if str(each.id) == answer])

            self._screen.app.push_screen(Choose(question, answers), chosen)

    def _line(self, coding: Coding) -> Content:
        piece = " ".join(self._desk.text[coding.start : coding.stop].split())
        piece = piece if len(piece) <= 30 else piece[:29] + "…"
        parts = [Content(f"{short(coding.code)} {coding.valence.sign}".strip()), Content(piece)]
        if coding.coder_id != self._desk.coder_id:
            parts.insert(1, signed(coding.coder_id, coding.coder, self._screen.lists.coders))
        return Content(" · ").join(parts)

    def remove(self) -> None:
        """Take a coding away; ask which where several overlap."""
        self.choose(t("Which coding do you want to take away?"), self._remove, together=t("All of mine here"))

    def _remove(self, codings: Sequence[Coding]) -> None:
        desk, ids = self._desk, [each.id for each in codings]
        desk.going.update(ids)
        self._screen.show_marks()
        what = t("Removed: {codes}", codes=short_list([each.code for each in codings]))

        def done(_: None) -> None:
            desk.going.difference_update(ids)
            desk.take(self._screen.project, ids)
            self._screen.show_marks()
            self.stored(what)

        def failed(error: errors.VerhalenError) -> None:
            desk.going.difference_update(ids)
            self._failed(error)

        self._screen.write(lambda project: project.codings.remove(*ids), done, failed)

    def turn_valence(self) -> None:
        """Good news, bad news, both, not said: the next one, for the coding touched last or the shortest here."""
        here = self.stored_here()
        if not here:
            self._screen.tell(t("No coding stands here."))
            return
        coding = here[0]
        wanted = _ROUND[(_ROUND.index(coding.valence) + 1) % len(_ROUND)]
        self.change(
            coding,
            lambda project: project.codings.set_valence(coding.id, wanted),
            t("{code} is now: {valence}", code=short(coding.code), valence=t(wanted.label)),
        )

    def write_memo(self) -> None:
        """A note at a coding."""
        self.choose(t("At which coding do you want to write?"), lambda codings: self._ask_memo(codings[0]))

    def _ask_memo(self, coding: Coding) -> None:
        draft = f"memo {coding.id} {coding.source_id}"  # withdrawing a source finds its drafts by the id
        what = t("Memo at {code}", code=short(coding.code))

        def written(memo: str | None) -> None:
            def store(project: Project) -> None:
                project.codings.set_memo(coding.id, memo or "", seen=coding.memo)
                project.keep_draft(draft, "")

            if memo is not None and memo != coding.memo:
                self.change(coding, store, what)

        self._screen.app.push_screen(MemoDialog(what, coding.memo, draft=draft), written)

    def memo_targets(self) -> list[tuple[str, str]]:
        """What a memo can be about here, nearest first: the turn, the fragments and their codes, the text."""
        if self._screen.desk is None:
            return []
        number, here = self._desk.source.number, self.stored_here()
        place = min(self._screen.view.selection.start, max(0, len(self._desk.text) - 1))
        fragments = [(encode_id(each.id), t("the fragment '{code}'", code=short(each.code))) for each in here]
        codes = [(code, t("the code '{code}'", code=short(code))) for code in dict.fromkeys(each.code for each in here)]
        return [(f"{number}@{place}", t("this turn")), *fragments, *codes, (str(number), t("this text"))]

    def change(self, coding: Coding, act: Callable[[Project], None], what: str) -> None:
        """Change a coding; until it is stored, a mark says that it waits."""
        desk = self._desk
        desk.waiting.add(coding.id)
        desk.last = coding.id
        self._screen.show_marks()

        def done(_: None) -> None:
            desk.waiting.discard(coding.id)
            desk.moved.pop(coding.id, None)
            desk.take(self._screen.project, [coding.id])
            self._screen.show_marks()
            self.stored(what)

        def failed(error: errors.VerhalenError) -> None:
            desk.waiting.discard(coding.id)
            desk.moved.pop(coding.id, None)
            self._failed(error)

        self._screen.write(act, done, failed)

    # -- about a family ----------------------------------------------------------------------------------------------

    def mentions_here(self) -> list[Mention]:
        """Which families the selection, or the place of the cursor, is about."""
        now = self._screen.view.selection
        stop = now.stop if now.span else now.cursor + 1
        return [each for each in self._desk.mentions if each.start < stop and now.start < each.stop]

    def turn_about(self, family: str) -> None:
        """Say that the selection is about a family; where that was said, take it back."""
        if self.place() is not None:
            now = {each.family for each in self.mentions_here()}
            self.about(sorted(now ^ {family}))

    def about(self, families: Sequence[str]) -> None:
        """Let the selection be about these families and no others, in one undo step."""
        desk, span, here = self._desk, self.place(), self.mentions_here()
        if span is None:
            return
        new = [key for key in families if key not in {each.family for each in here}]
        gone = [each for each in here if each.family not in families]
        if not new and not gone:
            self._screen.tell(t("Nothing changed."))
            return
        said = self._said_about(new, [each.family for each in gone])
        number, version = desk.source.number, desk.source.version
        self._screen.tell(t("{what}: being stored…", what=said))
        self._screen.write(
            lambda project: project.sources.mention_many(
                number, new, start=span.start, stop=span.stop, gone=gone, version=version
            ),
            lambda _: self.stored(said),
            self._failed,
        )

    def _said_about(self, new: Sequence[str], gone: Sequence[str]) -> str:
        parts = [t("About {family}", family=", ".join(new))] if new else []
        if gone:
            parts.append(t("No longer about {family}", family=", ".join(dict.fromkeys(gone))))
        return ". ".join(parts)


def _same(coding: Coding, span: Span, coder_id: int) -> bool:
    return (coding.start, coding.stop, coding.coder_id) == (span.start, span.stop, coder_id)
