"""What the codebook screen says of a code: its line in the tree, its details, its colour by name. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from verhalen.api.codes import MergePlan
from verhalen.i18n import mark, t, tn
from verhalen.model.codebook import Code
from verhalen.model.instrument import DomainList
from verhalen.tui.coding_looks import CodeLook
from verhalen.tui.palette import plain

COLOURS = {
    "#b75d01": mark("orange"),
    "#a32020": mark("red"),
    "#a3335c": mark("wine red"),
    "#6a4fa3": mark("purple"),
    "#3f5fb0": mark("blue"),
    "#1f6f8b": mark("petrol"),
    "#2f7d3b": mark("green"),
    "#7a6a00": mark("olive"),
    "#8a4b2a": mark("brown"),
    "#5a5f66": mark("grey"),
}
"""Colours that are offered, with their marked names."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the tree."""

    code: Code
    depth: int
    below: int
    """How many codes stand below it, at any depth."""
    folded: bool = False


def colour_name(colour: str) -> str:
    """The name of the nearest colour that has one."""
    parts = _parts(colour)
    if parts is None:
        return colour
    nearest = min(COLOURS, key=lambda each: sum((a - b) ** 2 for a, b in zip(parts, _parts(each) or (), strict=True)))
    return t(COLOURS[nearest])


def _parts(colour: str) -> tuple[int, ...] | None:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return None
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def chip(look: CodeLook, letters: str = "") -> Content:
    """A letter on the colour of a code."""
    return Content(letters or look.letter).stylize(f"{look.ink} on {look.colour} bold")


def tree_line(row: Row, look: CodeLook, *, here: int | None, total: int, digit: str, room: int) -> Content:
    """Fold sign, letter, name, digit and counts in `room` cells; `here` is None where no source is open."""
    code = row.code
    sign = "▸" if row.folded else "▾" if row.below else " "
    counts = f"{here}/{total}" if here is not None else f"{total}"
    counts = counts if total or here else ""
    tail = f" {digit:>2} {counts:>7}" if digit else f" {counts:>7}"
    indent = "  " * min(row.depth, 6)
    name = Content(f"{code.name} ({t('out of use')})" if code.deprecated else code.name)
    width = max(4, room - len(indent) - 4 - cell_len(tail))
    name = name.truncate(width, ellipsis=True)
    gap = " " * (width - name.cell_length)
    style = "$text-muted" if code.deprecated else "bold" if row.depth == 0 else ""
    return Content.assemble(f"{indent}{sign} ", chip(look), " ", name.stylize(style) if style else name, gap, tail)


def details(row: Row, look: CodeLook, *, here: int | None, digit: str, domains: DomainList) -> Content:
    """All about one code; a click on a head changes what stands below it."""
    code = row.code
    parts = [
        Content.assemble(chip(look, f" {look.letter} "), " ", Content(code.name).stylize("bold")),
        Content(_where(code)).stylize("$text-muted"),
        Content(_counts(row, here)),
        Content(""),
        *_field("edit-code", t("What it means"), code.definition),
        *_field("edit-code", t("When to use it"), code.include),
        *_field("edit-code", t("When not"), code.exclude),
        *_field("code-domains", t("Tells how it goes with"), _domains(code.evidence, domains)),
        *_field("code-domains", t("Has to do with"), _domains(code.touches, domains)),
        *_field("code-colour", t("Colour"), _colour(code, look)),
        *_field("", t("Digit"), _digit(digit)),
    ]
    if code.deprecated:
        parts.insert(
            2, Content(t("This code is out of use: the list of codes still shows it.")).stylize("$text-warning")
        )
    return Content("\n").join(parts)


def _where(code: Code) -> str:
    return t("{key}, below {parent}", key=code.key, parent=code.parent) if code.parent else code.key


def _counts(row: Row, here: int | None) -> str:
    parts = [tn("{n} coding in all", "{n} codings in all", row.code.codings)]
    if here is not None:
        parts.insert(0, t("{n} in this source", n=here))
    if row.below:
        parts.append(tn("{n} code below it", "{n} codes below it", row.below))
    return " · ".join(parts)


def _field(command: str, head: str, told: str) -> list[Content]:
    name = (
        Content.from_markup(f"[@click=screen.run_command('{command}')]$head[/]", head=head)
        if command
        else Content(head)
    )
    return [name.stylize("bold"), Content(f"  {told}" if told else "  –")]


def _domains(keys: tuple[str, ...], domains: DomainList) -> str:
    found = [(key, domains.find(key)) for key in keys]
    return ", ".join(f"{domain.name} ({key})" if domain else key for key, domain in found)


def _colour(code: Code, look: CodeLook) -> str:
    name = colour_name(look.colour)
    return f"{name}, {code.colour}" if code.colour else t("{colour}, from above", colour=name)


def _digit(digit: str) -> str:
    if not digit:
        return t("none; a digit key gives it that digit")
    return (
        t("{digit}, fixed", digit=digit[0]) if len(digit) > 1 else t("{digit}, until others are used more", digit=digit)
    )


def key_for(name: str, parent: str | None) -> str:
    """A key made of a name: `Samen eten` below `rol` is `rol.samen_eten`."""
    words = re.sub(r"[^a-z0-9]+", "_", plain(name)).strip("_")[:30].strip("_")
    return f"{parent}.{words}" if parent and words else words


def plan_lines(plan: MergePlan) -> list[str]:
    """What a merge does, in sentences."""
    said = [
        t("{name} goes into {into}:", name=plan.source.name, into=plan.target.name),
        tn("· {n} coding gets the other code.", "· {n} codings get the other code.", plan.codings),
    ]
    if plan.joined:
        said.append(
            tn(
                "· {n} is on the same words of the same coder, and becomes one with it.",
                "· {n} are on the same words of the same coder, and become one with them.",
                plan.joined,
            )
        )
    if plan.apart:
        said.append(
            tn(
                "· {n} overlaps another one of the same coder: you choose below.",
                "· {n} overlap another one of the same coder: you choose below.",
                plan.apart,
            )
        )
    if plan.children:
        said.append(tn("· {n} code below it moves along.", "· {n} codes below it move along.", len(plan.children)))
    if plan.memos:
        said.append(tn("· {n} memo moves along.", "· {n} memos move along.", plan.memos))
    more = [
        key
        for key in (*plan.merged.evidence, *plan.merged.touches)
        if key not in (*plan.target.evidence, *plan.target.touches)
    ]
    if more:
        said.append(t("· The code that stays gets the life domains {domains} too.", domains=", ".join(more)))
    lost = [text for text in (plan.source.definition, plan.source.include, plan.source.exclude) if text]
    if lost and plan.merged.definition == plan.target.definition:
        said.append(t("· The texts of {into} stay; those of {name} go.", into=plan.target.name, name=plan.source.name))
    return said
