"""Lines of text on the coding screen: what is under the cursor, which digit gives which code, lines of the pickers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from textual.content import Content

from verhalen.i18n import t
from verhalen.model.coding import Coding
from verhalen.tui.coder_looks import CoderLooks, signed
from verhalen.tui.coding_fuzzy import Entry
from verhalen.tui.coding_looks import CodeLook, look_of
from verhalen.tui.coding_marks import Mark
from verhalen.tui.coding_slots import Slots

_GAP = "  "
LONGEST = 24
"""Characters of a key or a name in a line; names of codes may be as long as people like."""


def short(words: str, room: int = LONGEST) -> str:
    """The beginning of words that are too long for a line."""
    return words if len(words) <= room else words[: room - 1] + "…"


def short_list(keys: Sequence[str]) -> str:
    """Several keys in a sentence."""
    return ", ".join(short(key) for key in keys)


def _chip(look: CodeLook, letters: str) -> Content:
    return Content(letters).stylize(f"{look.ink} on {look.colour} bold")


def here(
    marks: Sequence[Mark], looks: Mapping[str, CodeLook], families: Sequence[str], *, coders: CoderLooks, blind: bool
) -> Content:
    """The codings under the cursor, shortest first, each to be clicked; then the families it is about.

    `blind`: those of other coders are hidden.
    """
    parts = [_named(mark, look_of(looks, mark.code), coders) for mark in marks]
    parts.extend(Content(f"@{family}").stylize("bold") for family in families)
    none = t("no coding of yours here") if blind else t("no coding here")
    return Content(_GAP).join(parts) if parts else Content(none).stylize("$text-muted")


def with_place(line: Content, place: str, *, room: int) -> Content:
    """A line with the place in the text at its right end, where both fit."""
    gap = room - line.cell_length - cell_len(place)
    return Content.assemble(line, " " * gap, Content(place).stylize("$text-muted")) if gap > 1 else line


def place(*, time: str, page: str, share: float, blind: bool) -> str:
    """Moment, page, and how much of the text is coded; `blind`: by oneself."""
    percent = round(100 * share)
    told = t("{percent}% coded by you", percent=percent) if blind else t("{percent}% coded", percent=percent)
    return " · ".join(each for each in (time, page, told) if each)


def _named(mark: Mark, look: CodeLook, coders: CoderLooks) -> Content:
    coding, told = mark.coding, Content(f" {short(mark.code)}")
    if coding is not None:
        click = f"@click=screen.take_coding({coding.id})"
        told = told.stylize(click)
        if not mark.mine:
            # The initial keeps its own ink, which that of a link would paint over.
            told = Content.assemble(told, " · ", signed(coding.coder_id, coding.coder, coders).stylize(click, 1))
        told = Content.assemble(told, Content(" ✎" if coding.memo else "").stylize(click))
    return Content.assemble(_chip(look, look.chip(mark.sign, mine=mark.mine)), told)


def coders_of(codings: Iterable[Coding], coders: CoderLooks) -> list[Content]:
    """Everybody who coded with how often, the most first; nothing where that is one person at most."""
    counts = Counter((each.coder_id, each.coder) for each in codings)
    told = [Content.assemble(signed(*coder, coders), f" {count}") for coder, count in counts.most_common()]
    return told if len(told) > 1 else []


def strip(slots: Slots, looks: Mapping[str, CodeLook]) -> Content:
    """Digits and their codes in one line, each to be clicked."""
    parts = [_slot(key, digit, look_of(looks, key)) for key, digit in slots.digits().items()]
    hint = Content(t("c chooses a code; it gets a digit for the next time")).stylize("$text-muted")
    return Content(_GAP).join(parts) if parts else hint


def _slot(key: str, digit: str, look: CodeLook) -> Content:
    click = f"[@click=screen.run_command('apply-{digit[0]}')]"
    number = Content.from_markup(f"{click}[b]$digit[/b][/] ", digit=digit)
    name = Content.from_markup(f"{click} $name[/]", name=short(key.rpartition(".")[2], 20))
    return Content.assemble(number, _chip(look, look.letter), name)


def code_line(entry: Entry, looks: Mapping[str, CodeLook]) -> Content:
    """Letter, key and name of a code."""
    look = look_of(looks, entry.key)
    key = Content(f"{short(entry.key, 30):<22} ").stylize("bold")
    return Content.assemble(_chip(look, look.letter), " ", key, short(entry.name, 60))


def family_line(entry: Entry) -> Content:
    """Key and town of a family."""
    return Content.assemble(Content(f"{entry.key}  ").stylize("bold"), entry.name)
