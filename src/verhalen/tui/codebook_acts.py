"""What one does in the codebook: ask what is needed, let the writer store it, say what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from verhalen import errors
from verhalen.api.codes import Edit, MergePlan
from verhalen.api.project import Project
from verhalen.coding.codebook_editing import below, by_id, siblings
from verhalen.i18n import t
from verhalen.model.codebook import Code
from verhalen.tui import coding_here as lines
from verhalen.tui.code_picker import Picker, code_detail
from verhalen.tui.codebook_form import CodeForm, CodeText
from verhalen.tui.codebook_lines import COLOURS, plan_lines
from verhalen.tui.codebook_links import Links, LinksDialog
from verhalen.tui.coding_fuzzy import Entry
from verhalen.tui.coding_looks import look
from verhalen.tui.dialogs import ask_line, choose

if TYPE_CHECKING:
    from verhalen.tui.codebook_screen import CodebookScreen

_OTHER, _NONE = "*other", "*none"
_TOP = "*top"


class CodebookActs:
    """Acts of one screen of the codebook."""

    def __init__(self, screen: CodebookScreen) -> None:
        self._screen = screen

    @property
    def _code(self) -> Code:
        code = self._screen.code
        if code is None:
            raise errors.UnknownCode(key="")
        return code

    def _store(
        self,
        act: Callable[[Project], object],
        said: str,
        *,
        then: int | None = None,
        failed: Callable[[errors.VerhalenError], None] | None = None,
    ) -> None:
        """Store it, say so; the cursor goes to the code `then`, or to the one that was made."""
        screen = self._screen

        def done(made: object) -> None:
            screen.reload()
            to = made.id if isinstance(made, Code) else then
            if to is not None:
                screen.tree_of_codes.choose(to)
            undo = screen.key_text(screen.commands["undo"])
            screen.frame.say(t("{what}. {key} takes it back.", what=said, key=undo))

        screen.write(act, done, failed)

    def _edit(self, code: Code, edit: Edit, said: str) -> None:
        self._store(lambda project: project.codes.edit(code.id, edit, seen=code), said, then=code.id)

    # -- words -------------------------------------------------------------------------------------------------------

    def _form(
        self,
        title: str,
        before: CodeText,
        *,
        parent: str | None,
        besides: int = 0,
        typed: CodeText | None = None,
        problem: str = "",
    ) -> CodeForm:
        book, codes = self._screen.book, self._screen.project.codes
        return CodeForm(
            title,
            before,
            parent=parent,
            taken=lambda key: book.find(key) is not None,
            alike=lambda name: codes.alike(name, besides=besides),
            typed=typed,
            problem=problem,
        )

    def add(self, *, inside: bool) -> None:
        """A new code below the one of the cursor, or right behind it."""
        code = self._screen.code
        parent = code.key if code and inside else code.parent if code else None
        place = None if inside or code is None else self._screen.place + 1

        def written(told: CodeText | None) -> None:
            if told is None:
                return
            made = Code(told.key, told.name, told.definition, told.include, told.exclude, parent=parent)
            said = t("New code: {name}", name=told.name)
            self._store(lambda project: project.codes.add(made, last=place is None, place=place), said)

        above = self._screen.book.find(parent or "")
        title = t("A new code below {name}", name=above.name) if above else t("A new code on top")
        self._screen.app.push_screen(self._form(title, CodeText(), parent=parent), written)

    def edit(self) -> None:
        """Name, key and texts."""
        self._ask_words(self._code)

    def _ask_words(self, code: Code, *, typed: CodeText | None = None, problem: str = "") -> None:
        before = CodeText.of(code)

        def written(now: CodeText | None) -> None:
            if now is not None:
                self._store(
                    lambda project: project.codes.edit(code.id, _difference(before, now), seen=code),
                    t("{name} is changed", name=now.name),
                    then=code.id,
                    failed=lambda error: self._words_refused(code, now, error),
                )

        form = self._form(code.name, before, parent=None, besides=code.id, typed=typed, problem=problem)
        self._screen.app.push_screen(form, written)

    def _words_refused(self, code: Code, written: CodeText, error: errors.VerhalenError) -> None:
        """Where somebody wrote at the same place meanwhile, ask again, with what was written here."""
        now = next((each for each in self._screen.project.codes.book() if each.id == code.id), None)
        if not isinstance(error, errors.StaleCode) or now is None:
            self._screen.frame.say_error(error)
            return
        theirs = CodeText.of(now)
        problem = t(
            "Meanwhile somebody else wrote: {words} Keep yours, or leave it as it was: then theirs stays.",
            words=quoted(CodeText.of(code), theirs),
        )
        self._ask_words(now, typed=written.upon(CodeText.of(code), theirs), problem=problem)

    def turn_deprecated(self) -> None:
        """Out of use, or in use again."""
        code = self._code
        said = (
            t("{name} is in use again", name=code.name)
            if code.deprecated
            else t("{name} is out of use", name=code.name)
        )
        self._edit(code, Edit(deprecated=not code.deprecated), said)

    # -- looks and links ---------------------------------------------------------------------------------------------

    def colour(self) -> None:
        """A colour by name, one of your own, or that of the code above."""
        code = self._code
        answers: list[tuple[str, str | Content]] = [
            (each, Content.assemble(Content("  A  ").stylize(f"{look('a', each).ink} on {each}"), f"  {t(name)}"))
            for each, name in COLOURS.items()
        ]
        answers += [(_NONE, t("The colour of the code above it")), (_OTHER, t("Another colour…"))]
        question = t("Which colour for {name}?", name=code.name)
        choose(self._screen, question, answers, lambda colour: self._colour_chosen(code, colour))

    def _colour_chosen(self, code: Code, colour: str) -> None:
        if colour == _OTHER:
            question = t("Which colour? Write it as #2f6f9f.")
            ask_line(self._screen, question, lambda typed: self._colour_chosen(code, typed), code.colour or "#")
        else:
            edit = Edit(colour="" if colour == _NONE else colour.lower())
            self._edit(code, edit, t("{name} has another colour", name=code.name))

    def link(self) -> None:
        """Life domains."""
        code = self._code

        def answer(links: Links | None) -> None:
            if links is not None and links != (code.evidence, code.touches):
                edit = Edit(evidence=links[0], touches=links[1])
                self._edit(code, edit, t("{name} has other life domains", name=code.name))

        self._screen.app.push_screen(LinksDialog(code, self._screen.domains), answer)

    # -- the tree ----------------------------------------------------------------------------------------------------

    def step(self, step: int) -> None:
        """Up or down among the codes beside it."""
        code = self._code
        said = t("{name} is moved", name=code.name)
        self._store(lambda project: _step(project, code.id, step), said, then=code.id)

    def move(self) -> None:
        """Below another code."""
        code = self._code
        inside = {each.key for each in below(self._screen.book, code)} | {code.key}
        top = Entry(_TOP, t("On top, below no code"))
        entries = [top, *(each for each in self._entries() if each.key not in inside)]

        def answer(keys: tuple[str, ...] | None) -> None:
            if keys:
                parent = None if keys[0] == _TOP else keys[0]
                self._store(
                    lambda project: project.codes.move(code.id, parent=parent),
                    t("{name} is moved", name=code.name),
                    then=code.id,
                )

        self._pick(entries, t("Below which code does {name} come?", name=code.name), answer)

    def _entries(self) -> list[Entry]:
        return [Entry(each.key, each.name, each.definition) for each in self._screen.book]

    def _pick(self, entries: list[Entry], question: str, answer: Callable[[tuple[str, ...] | None], None]) -> None:
        screen = self._screen

        def line(entry: Entry) -> Content:
            return Content(entry.name).stylize("bold") if entry.key == _TOP else lines.code_line(entry, screen.looks)

        def detail(key: str) -> Content:
            code = screen.book.find(key)
            return code_detail(code) if code else Content("")

        screen.app.push_screen(Picker(entries, line, placeholder=question, detail=detail), answer)

    def remove(self) -> None:
        """Delete it, if nothing hangs on it."""
        code = self._code
        self._store(lambda project: project.codes.remove(code.id), t("{name} is deleted", name=code.name))

    # -- merge and split ---------------------------------------------------------------------------------------------

    def merge(self) -> None:
        """Into another code, after a look at what that does."""
        code = self._code
        entries = [each for each in self._entries() if each.key != code.key]

        def answer(keys: tuple[str, ...] | None) -> None:
            target = self._screen.book.find(keys[0]) if keys else None
            if target is not None:
                self._preview(self._screen.project.codes.merge_plan(code.id, target.id))

        self._pick(entries, t("Into which code does {name} go? That one stays.", name=code.name), answer)

    def _preview(self, plan: MergePlan) -> None:
        together = t("Take them together")
        if plan.apart:
            together = t("Take them together; what overlaps stays apart")
        answers: list[tuple[str, str | Content]] = [("no", t("No, go back")), ("yes", together)]
        if plan.apart:
            answers.append(("join", t("Take them together; what overlaps becomes one")))
        told = plan_lines(plan)
        if self._screen.project.hides_others:
            told.append(t("· Codings of others are hidden here; they move along."))
        choose(self._screen, "\n".join(told), answers, lambda key: self._merge(plan, key))

    def _merge(self, plan: MergePlan, key: str) -> None:
        if key != "no":
            self._store(
                lambda project: project.codes.merge(plan.source.id, plan.target.id, join_overlaps=key == "join"),
                t("{name} went into {into}", name=plan.source.name, into=plan.target.name),
                then=plan.target.id,
            )

    def split(self) -> None:
        """Go through its fragments."""
        from verhalen.tui.codebook_split import SplitScreen

        self._screen.app.push_screen(SplitScreen(self._code))


def _step(project: Project, code_id: int, step: int) -> None:
    """From where it stands now: the key may come again before the screen has heard of the step before."""
    book = project.codes.book()
    code = by_id(book, code_id)
    place = siblings(book, code.parent).index(code) + step
    project.codes.move(code_id, parent=code.parent, place=max(0, place))


def quoted(before: CodeText, now: CodeText) -> str:
    """The beginning of what was changed, as many lines as there are places."""
    fields = ("key", "name", "definition", "include", "exclude")
    changed = [getattr(now, each) for each in fields if getattr(now, each) != getattr(before, each)]
    return " · ".join(f"“{lines.short(' '.join(each.split()), 60)}”" for each in changed)


def _difference(before: CodeText, now: CodeText) -> Edit:
    """Only what was changed, so that somebody else's work on the rest stays."""

    def changed(field: str) -> str | None:
        value: str = getattr(now, field)
        return value if value != getattr(before, field) else None

    return Edit(
        key=changed("key"),
        name=changed("name"),
        definition=changed("definition"),
        include=changed("include"),
        exclude=changed("exclude"),
    )
