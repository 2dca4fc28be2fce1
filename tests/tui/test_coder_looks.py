"""A colour for each coder: to be told apart, and to be read on light and dark."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.tui.test_frame_looks import luminance
from textual.color import Color

from verhalen.model.coding import Coder
from verhalen.tui.coder_looks import COLOURS, NOBODY, coder_looks, signed
from verhalen.tui.coding_looks import CodeLook, look
from verhalen.tui.themes import THEMES

NINE = [
    Coder(number, name, f"id-{name}")
    for number, name in enumerate(["Ann", "Bea", "Cas", "Dré", "Els", "Fem", "Guy", "Han", "Ivo"], 1)
]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(*Color.parse(each).rgb) for each in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("found", [*(look("", colour) for colour in COLOURS), NOBODY], ids=lambda each: each.colour)
def test_an_initial_can_be_read_and_its_ground_be_seen_in_both_themes(found: CodeLook) -> None:
    assert contrast(found.ink, found.colour) >= 4.5
    for theme in THEMES:
        for ground in (theme.background, theme.surface):
            assert ground is not None
            assert contrast(found.colour, ground) >= 3


def test_the_first_eight_differ_and_nobody_changes_when_another_comes() -> None:
    grown = [coder_looks(NINE[:count]) for count in range(1, 10)]
    assert len({each.colour for each in grown[7].values()}) == 8
    for fewer, more in pairwise(grown):
        assert fewer.items() <= more.items()
    assert grown[8][9].colour in COLOURS


def test_a_colour_goes_by_identity_and_comes_with_the_initial() -> None:
    here = coder_looks([Coder(7, "Els", "one")])[7]
    elsewhere = coder_looks([Coder(912, "Els Peeters", "one")])[912]
    assert here.colour == elsewhere.colour
    told = signed(7, "Els", {7: here})
    assert told.plain == "E Els"
    assert [(span.start, span.end, span.style) for span in told.spans] == [(0, 1, f"{here.ink} on {here.colour} bold")]
    assert signed(8, "Jan", {7: here}).spans[0].style == f"{NOBODY.ink} on {NOBODY.colour} bold"
