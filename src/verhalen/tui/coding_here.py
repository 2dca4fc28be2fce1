"""Lines of text on the coding screen: what is under the cursor, which digit gives which code, lines of the pickers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from verhalen.i18n import t
from verhalen.tui.coding_fuzzy import Entry
from verhalen.tui.coding_looks import CodeLook, look_of
from verhalen.tui.coding_marks import Mark
from verhalen.tui.coding_slots import Slots

_GAP = "  "


def _chip(look: CodeLook, letters: str) -> Content:
    return Content(letters).stylize(f"{look.ink} on {look.colour} bold")


def here(marks: Sequence[Mark], looks: Mapping[str, CodeLook], families: Sequence[str]) -> Content:
    """The codings under the cursor, shortest first, each to be clicked; then the families it is about."""
    parts = [_named(mark, look_of(looks, mark.code)) for mark in marks]
    parts.extend(Content(f"@{family}").stylize("bold") for family in families)
    return Content(_GAP).join(parts) if parts else Content(t("no coding here")).stylize("$text-muted")


def _named(mark: Mark, look: CodeLook) -> Content:
    coding = mark.coding
    told = f" {mark.code}"
    if coding is not None:
        told += "" if mark.mine else f" · {coding.coder}"
        told += " ✎" if coding.memo else ""
    name = Content(told)
    if coding is not None:
        name = Content.from_markup(f"[@click=screen.take_coding({coding.id})]$told[/]", told=told)
    return Content.assemble(_chip(look, look.chip(mark.sign, mine=mark.mine)), name)


def strip(slots: Slots, looks: Mapping[str, CodeLook]) -> Content:
    """Digits and their codes in one line, each to be clicked."""
    parts = [_slot(key, digit, look_of(looks, key)) for key, digit in slots.digits().items()]
    hint = Content(t("c chooses a code; it gets a digit for the next time")).stylize("$text-muted")
    return Content(_GAP).join(parts) if parts else hint


def _slot(key: str, digit: str, look: CodeLook) -> Content:
    click = f"[@click=screen.run_command('apply-{digit[0]}')]"
    number = Content.from_markup(f"{click}[b]$digit[/b][/] ", digit=digit)
    name = Content.from_markup(f"{click} $name[/]", name=key.rpartition(".")[2])
    return Content.assemble(number, _chip(look, look.letter), name)


def code_line(entry: Entry, looks: Mapping[str, CodeLook]) -> Content:
    """Letter, key and name of a code."""
    look = look_of(looks, entry.key)
    return Content.assemble(_chip(look, look.letter), " ", Content(f"{entry.key:<22} ").stylize("bold"), entry.name)


def family_line(entry: Entry) -> Content:
    """Key and town of a family."""
    return Content.assemble(Content(f"{entry.key}  ").stylize("bold"), entry.name)
