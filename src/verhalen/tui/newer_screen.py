"""What a newer version of a file does to the codings of a source: look at each, decide, store."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.api.corrections import Proposal, Renewal, Renewed, differences
from verhalen.i18n import mark, t, tn
from verhalen.model.text import Span
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.newer import NEWER
from verhalen.tui.messages import ProjectChanged

_AROUND = 70
"""Characters of the text before and behind a fragment."""
_BESIDE = 34
"""Cells of a line for box, borders and how it was found."""
_SPACE = re.compile(r"\s+")
_MOST = 400
"""Characters of a fragment that are shown."""


class NewerScreen(CommandScreen[None]):
    """The list of fragments that do not simply keep their words."""

    COMMAND_CLASSES = NEWER
    HELP_TITLE: ClassVar[str] = mark("A newer version")
    HELP_TEXT: ClassVar[str] = mark(
        "What keeps its words comes along by itself. In the list stand the codings of which the words changed, that were "
        "found elsewhere in the text, or that are gone. A cross means: it stays, at the place shown below. With the space "
        "bar you let it end instead. Nothing is stored before you say so, and one undo brings the older version back."
    )
    DEFAULT_CSS = """
    NewerScreen #summary { height: auto; max-height: 6; padding: 0 2; }
    NewerScreen OptionList { height: 1fr; margin: 0 1; }
    NewerScreen VerticalScroll { height: 11; padding: 0 2; border-top: solid $border-blurred; }
    NewerScreen #detail { height: auto; max-width: 110; }
    """

    def __init__(self, plan: Renewal, path: Path) -> None:
        super().__init__()
        self._plan = plan
        self._path = path
        self._dropped: set[int] = set()
        self._storing = False

    @property
    def _review(self) -> tuple[Proposal, ...]:
        return self._plan.review

    def body(self) -> ComposeResult:
        """What differs, the list, the fragment at the cursor."""
        yield Static(id="summary", markup=False)
        yield OptionList(markup=False)
        with VerticalScroll(can_focus=False):
            yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Fill it."""
        self._fill()
        self.query_one(OptionList).focus()

    # -- showing ---------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        options = self.query_one(OptionList)
        place = options.highlighted or 0
        options.clear_options().add_options(
            [Option(self._line(each)) for each in self._review]
            or [Option(t("Every coding keeps its words. Ctrl+s stores the newer version."), disabled=True)]
        )
        if self._review:
            options.highlighted = min(place, len(self._review) - 1)
        self.query_one("#summary", Static).update(self._summary())
        self._show()

    def _summary(self) -> str:
        plan = self._plan
        same = len(plan.places) - len(plan.review)
        ending = sum(not self._stays(each) for each in plan.review)
        parts = [
            t(
                "{file} as newer version of source {number}: {gone} words out, {coming} words in.",
                file=self._path.name,
                number=plan.source.number,
                gone=plan.gone,
                coming=plan.coming,
            ),
            tn("{n} coding keeps its words.", "{n} codings keep their words.", same)
            + " "
            + t("To look at: {review}. Would end: {ending}.", review=len(plan.review), ending=ending),
        ]
        if plan.gone > len(plan.old.split()) / 2:
            parts.append(t("Most words are other ones. Is this really the same talk?"))
        if plan.reading.warnings:
            parts.append(
                tn(
                    "The reader of the file has {n} remark: {first}",
                    "The reader of the file has {n} remarks. The first: {first}",
                    len(plan.reading.warnings),
                    first=plan.reading.warnings[0],
                )
            )
        return "\n".join(parts)

    def _stays(self, each: Proposal) -> bool:
        return each.can_stay and each.id not in self._dropped

    def _line(self, each: Proposal) -> Content:
        box = "[x]" if self._stays(each) else "[ ]" if each.can_stay else " – "
        coder = f" · {each.coder}" if each.coder and each.coder != self.project.coder else ""
        label = each.label if each.table == "coding" else t("about {family}", family=each.label)
        return Content.assemble(
            f"{box} ",
            Content(f"{label}{coder}").stylize("bold"),
            f"  {t(each.found.label)}  ",
            Content(_short(each.quote, room=self.size.width - _BESIDE - len(label) - len(coder))).stylize("italic"),
        )

    def on_resize(self) -> None:
        """Other lines."""
        self._fill()

    def on_option_list_option_highlighted(self) -> None:
        """Another fragment."""
        self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        each = self._here
        detail = self.query_one("#detail", Static)
        if each is None:
            detail.update("")
            return
        was, is_now = _places(each.quote, each.words) if each.words else ((), ())
        lines = [
            Content(t("Now:")).stylize("bold"),
            _in_text(self._plan.old, each.old, _marked(each.quote, was)),
            Content(t("In the newer version ({how}):", how=t(each.found.label))).stylize("bold"),
            _in_text(self._plan.reading.text, each.new, _marked(each.words, is_now))
            if each.new
            else Content(self._why_gone(each)),
        ]
        detail.update(Content("\n").join(lines))

    def _why_gone(self, each: Proposal) -> str:
        if each.table == "coding":
            return t("These words were not found again. The coding ends; code the place anew where you still see it.")
        return t("These words were not found again. What was said about the family here ends.")

    @property
    def at_stake(self) -> str:
        """What was decided."""
        return (
            t("What you decided here is not stored yet, and is lost if you leave now.")
            if self._dropped and not self._storing
            else ""
        )

    # -- deciding --------------------------------------------------------------------------------------------------

    @property
    def _here(self) -> Proposal | None:
        place = self.query_one(OptionList).highlighted
        return self._review[place] if place is not None and place < len(self._review) else None

    @property
    def can_toggle(self) -> bool:
        """Whether there is a choice at the cursor."""
        return self._here is not None and self._here.can_stay

    @property
    def has_choices(self) -> bool:
        """Whether there is any choice."""
        return any(each.can_stay for each in self._review)

    def on_option_list_option_selected(self) -> None:
        """Enter does as the space bar."""
        if self.can_toggle:
            self.toggle()

    def toggle(self) -> None:
        """Keep it, or let it end; go to the next."""
        if self._here is not None:
            self._dropped ^= {self._here.id}
            options = self.query_one(OptionList)
            self._fill()
            if (options.highlighted or 0) < len(self._review) - 1:
                options.action_cursor_down()

    def toggle_all(self) -> None:
        """Keep all, or none."""
        choices = {each.id for each in self._review if each.can_stay}
        self._dropped = choices if not self._dropped & choices else set()
        self._fill()

    # -- storing ---------------------------------------------------------------------------------------------------

    def store(self) -> None:
        """Store it in one change."""
        if self._storing:
            return
        self._storing = True
        plan, drop = self._plan, frozenset(self._dropped)
        self.write(lambda project: project.corrections.renew(plan, drop=drop), self._stored, self._refused)

    def _stored(self, done: Renewed) -> None:
        self.frame.go_back()
        self.frame.say(
            tn(
                "The newer version is stored; {n} coding ended. Undo brings the older one back.",
                "The newer version is stored; {n} codings ended. Undo brings the older one back.",
                done.ended,
            )
        )

    def _refused(self, error: errors.VerhalenError) -> None:
        """Somebody worked in the source meanwhile: compare anew; what was decided stays."""
        self._storing = False
        self.frame.say_error(error)
        if isinstance(error, errors.StaleRenewal):
            self._compare_anew()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Somebody stored something: the list may be another one."""
        if not self._storing:
            self._compare_anew()

    def _compare_anew(self) -> None:
        number, path, names = self._plan.source.id, self._path, self._plan.names
        self.write(lambda project: project.corrections.newer(number, path, names=names), self._compared, self._cannot)

    def _compared(self, plan: Renewal) -> None:
        self._plan = plan
        self._fill()

    def _cannot(self, error: errors.VerhalenError) -> None:
        if not self._storing:
            self.frame.go_back()
            self.frame.say_error(error)


def _short(words: str, *, room: int) -> str:
    line = " ".join(words.split())
    most = max(12, room)
    return line if len(line) <= most else line[: most - 1] + "…"


Places = tuple[tuple[int, int], ...]
"""Start and stop of pieces of a quote."""


def _places(quote: str, words: str) -> tuple[Places, Places]:
    """What differs between two quotes, in each of them."""
    was, is_now, moved = [], [], 0
    for hunk in differences(quote, words).hunks:
        was.append((hunk.start, hunk.stop))
        is_now.append((hunk.start + moved, hunk.start + moved + len(hunk.words)))
        moved += hunk.shift
    return tuple(was), tuple(is_now)


def _marked(words: str, places: Places) -> Content:
    """The words in bold; what differs is underlined."""
    if len(words) > _MOST:
        return Content(f"{words[: _MOST // 2]} … {words[-_MOST // 2 :]}").stylize("bold")
    found = Content(words).stylize("bold")
    for start, stop in places:
        found = found.stylize("underline reverse", start, stop)
    return found


def _in_text(text: str, span: Span, words: Content) -> Content:
    """The fragment with a little of the text around it."""
    before = _SPACE.sub(" ", text[max(0, span.start - _AROUND) : span.start])
    after = _SPACE.sub(" ", text[span.stop : span.stop + _AROUND])
    left, right = "…" if span.start > _AROUND else "", "…" if span.stop + _AROUND < len(text) else ""
    return Content.assemble(
        Content(left + before).stylize("dim"), "[", words, "]", Content(after + right).stylize("dim")
    )
