"""How a code looks: its letter and its colour, readable on any ground."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rich.style import Style
from textual.color import Color, ColorParseError

from verhalen.model.codebook import Code

_OTHERS = ("#b75d01", "#1f6f8b", "#6a4fa3", "#2f7d3b", "#a3335c", "#7a6a00", "#3f5fb0", "#8a4b2a")
"""For codes without a colour of their own, by the tree they grow in."""


@dataclass(frozen=True, slots=True)
class CodeLook:
    """Letter and colours of one code."""

    letter: str
    colour: str
    """Of the ground, `#rrggbb`."""
    ink: str
    """Black or white, whichever stands out more: always at least 4.5:1."""

    @property
    def style(self) -> Style:
        """For the margin."""
        return Style(color=self.ink, bgcolor=self.colour, bold=True)

    def chip(self, sign: str = " ", *, mine: bool = True) -> str:
        """Letter and sign; small where somebody else coded."""
        return (self.letter if mine else self.letter.lower()) + sign


def letter_of(key: str) -> str:
    """The first letter of the last part of a key: `rol.vertrouwen` is V."""
    return key.rpartition(".")[2][:1].upper()


def look(key: str, colour: str) -> CodeLook:
    """How a code of this colour looks."""
    light = luminance(Color.parse(colour))
    # Contrast with black is (light + .05) / .05, with white 1.05 / (light + .05): the larger one is never under 4.58.
    return CodeLook(letter_of(key), colour, "#000000" if (light + 0.05) ** 2 >= 0.05 * 1.05 else "#ffffff")


def luminance(colour: Color) -> float:
    """Relative luminance as in WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def looks(codes: Iterable[Code]) -> dict[str, CodeLook]:
    """Look by key. A code without colour takes that of its parent; a tree without any takes one of ours."""
    colours: dict[str, str] = {}
    roots = 0
    for code in codes:
        fallback = colours.get(code.parent or "", _OTHERS[roots % len(_OTHERS)])
        colours[code.key] = _known(code.colour) or fallback
        roots += code.parent is None
    return {key: look(key, colour) for key, colour in colours.items()}


def _known(colour: str) -> str:
    try:
        return Color.parse(colour).hex6.lower() if colour else ""
    except ColorParseError:
        return ""


def look_of(known: Mapping[str, CodeLook], key: str) -> CodeLook:
    """The look of a code; a code that is gone meanwhile still has one."""
    return known.get(key) or look(key, _OTHERS[0])
