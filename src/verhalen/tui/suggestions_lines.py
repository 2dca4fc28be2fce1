"""Lines of the screen of suggestions: what may get which code, the words around it, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content

from verhalen.i18n import t
from verhalen.model.codebook import Code
from verhalen.model.suggestion import Suggestion

AROUND = 120
"""Characters of the text shown before and after."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason, ready to be read."""

    said: str
    fragment: str = ""
    """Words of the earlier fragment that it is like."""
    where: str = ""


def line(each: Suggestion, words: str, *, ticked: bool, number: int | None, room: int) -> Content:
    """Box, code and first words, in `room` cells; `number` of the source where several are listed."""
    box = "[x] " if ticked else "[ ] "
    place = "" if number is None else f"{number:>3} "
    head = f"{each.code:<14} "
    words = " ".join(words.split())
    left = max(10, room - len(box) - len(place) - len(head))
    shown = words if len(words) <= left else words[: left - 1].rstrip() + "…"
    return Content.assemble(box, place, Content(head).stylize("bold"), shown)


def detail(each: Suggestion, code: Code | None, text: str, *, where: str, why: Iterable[Why]) -> Content:
    """The reasons, the words in their place, and what the code is for."""
    head = Content(f"{each.code}  {code.name if code else ''}").stylize("bold $text-primary")
    lines = [head, *(part for reason in why for part in _reason(reason))]
    lines += [Content(""), Content(where).stylize("$text-muted"), _in_place(each, text)]
    if code and (code.definition or code.include):
        lines.append(Content(""))
    if code and code.definition:
        lines.append(Content(code.definition.split("\n\n")[0]))
    if code and code.include:
        lines.append(Content.assemble(Content(t("use it for:") + " ").stylize("bold"), code.include))
    return Content("\n").join(lines)


def _in_place(each: Suggestion, text: str) -> Content:
    """The sentence between arrows, since bold alone is not seen by everybody."""
    before = " ".join(text[max(0, each.start - AROUND) : each.start].split())
    after = " ".join(text[each.stop : each.stop + AROUND].split())
    sentence = Content(f"»{' '.join(text[each.start : each.stop].split())}«").stylize("bold")
    first = "…" if each.start > AROUND else ""
    last = "…" if each.stop + AROUND < len(text) else ""
    return Content.assemble(f"{first}{before} ", sentence, f" {after}{last}")


def _reason(why: Why) -> list[Content]:
    said = Content.assemble(Content(t("Why:") + " ").stylize("bold"), why.said)
    if not why.fragment:
        return [said]
    return [said, Content(f"„{why.fragment}” ({why.where})").stylize("$text-muted")]
