"""What was dealt out of a code: kept as a draft until it is stored or dropped, and taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.api.codes import Split
from verhalen.api.project import Project
from verhalen.i18n import t, tn
from verhalen.tui.dialogs import choose
from verhalen.tui.split_draft import SplitDraft, draft_key, load_draft

if TYPE_CHECKING:
    from verhalen.tui.codebook_split import SplitScreen


class SplitKeeping:
    """The draft of one screen that splits a code."""

    def __init__(self, screen: SplitScreen) -> None:
        self._screen = screen
        self.draft = SplitDraft()
        """What was dealt so far."""

    @property
    def _key(self) -> str:
        return draft_key(self._screen.code.id, self._screen.project.coder_id)

    def resume(self) -> str:
        """Go on with what was dealt earlier, as far as it still fits; give a sentence about it, empty where nothing was."""
        project = self._screen.project
        self.draft = load_draft("" if project.read_only_reason else project.draft(self._key))
        before = len(self.draft.deals)
        self.refit()
        number = len(self.draft.deals)
        lost = before - number
        if lost:
            self.keep()
        said = tn(
            "You dealt out {n} fragment earlier and did not store it: go on where you stopped.",
            "You dealt out {n} fragments earlier and did not store them: go on where you stopped.",
            number,
        )
        gone = tn(
            "{n} fragment that you dealt out earlier has this code no more, or the code that it got is gone.",
            "{n} fragments that you dealt out earlier have this code no more, or the code that they got is gone.",
            lost,
        )
        return " ".join([*([said] if number else []), *([gone] if lost else [])])

    def refit(self) -> None:
        """Leave out what does not fit any more: fragments and texts that are gone, and codes; keys as they are now."""
        screen, draft = self._screen, self.draft
        stored = screen.project.codes.book()
        draft.new = [code for code in draft.new if stored.find(code.key) is None]
        there = {code.key for code in (*stored, *draft.new)}
        named = {*draft.targets, *(key for keys in draft.deals.values() for key in keys)}
        keys = {key: key if key in there else screen.project.codes.now_called(key) for key in named}
        codings = [each.coding.id for each in screen.fragments]
        self.draft = draft.fitted(codings, keys, parent=screen.code.parent)
        self.draft.sources &= {each.coding.source_id for each in screen.fragments}

    def keep(self) -> None:
        """Keep what is dealt, outside the history, so that nothing takes it away before it is stored."""
        if not self._screen.project.read_only_reason:
            key, kept = self._key, self.draft.dump()
            self._screen.write(lambda project: project.keep_draft(key, kept))

    def store(self) -> None:
        """All of it in one change, then back; the draft goes when it is stored."""
        number, deals, draft = self._screen.code.id, dict(self.draft.deals), self._key
        used = {key for keys in deals.values() for key in keys}
        new = [code for code in self.draft.new if code.key in used]

        def split(project: Project) -> Split:
            done = project.codes.split(number, deals, new=new)
            project.keep_draft(draft, "")
            return done

        self._screen.write(split, self._stored)

    def _stored(self, done: Split) -> None:
        screen = self._screen
        said = tn("{n} fragment is dealt out", "{n} fragments are dealt out", done.dealt)
        screen.frame.say(t("{what}. {key} takes it back.", what=said, key=screen.key_text(screen.commands["undo"])))
        if done.gone:
            screen.frame.say(
                tn(
                    "{n} fragment was changed by somebody meanwhile, and was left alone.",
                    "{n} fragments were changed by somebody meanwhile, and were left alone.",
                    done.gone,
                ),
                severity="warning",
            )
        screen.frame.go_back()

    def ask_to_leave(self) -> None:
        """What was dealt is not stored yet."""
        answers = [
            ("no", t("No, go on")),
            ("store", t("Store it and go back")),
            ("later", t("Go back and go on with it later")),
            ("drop", t("Go back without it")),
        ]
        question = tn(
            "{n} fragment is dealt out, but not stored yet.",
            "{n} fragments are dealt out, but not stored yet.",
            len(self.draft.deals),
        )
        choose(self._screen, question, answers, self._leave)

    def _leave(self, answer: str) -> None:
        if answer == "store":
            self.store()
        elif answer == "later":
            self._screen.frame.go_back()
        elif answer == "drop":
            self.draft = SplitDraft()
            self.keep()
            self._screen.frame.go_back()
