"""How a coder looks: the initial on a colour of his or her own, the same on every screen and in every project."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from textual.content import Content

from verhalen.api.project import Project
from verhalen.model.coding import Coder
from verhalen.tui.coding_looks import CodeLook, look

COLOURS = ("#5f87d7", "#d75f00", "#00875f", "#d75faf", "#0087af", "#878700", "#af5fd7", "#af5f5f")
"""Grounds for an initial. In both themes each stands out from what is around it (3:1), and its ink from it (4.5:1);
terminals with 256 colours have them just so."""
NOBODY = look("", "#808080")
"""For a coder who wrote something a moment ago and is not known yet."""

CoderLooks = Mapping[int, CodeLook]
"""Look by id of the coder."""


def coder_looks(coders: Iterable[Coder]) -> dict[int, CodeLook]:
    """A look for each coder, in the order in which they came to the project.

    Everybody has a colour of preference, by identity; where somebody was first, the next free one. So nobody's colour
    changes when another coder comes, and the first eight differ.
    """
    found: dict[int, CodeLook] = {}
    free = list(range(len(COLOURS)))
    for coder in coders:
        wanted = int(hashlib.sha256(coder.identity.encode()).hexdigest(), 16) % len(COLOURS)
        place = min(free, key=lambda each: (each - wanted) % len(COLOURS)) if free else wanted
        if free:
            free.remove(place)
        found[coder.id] = replace(look("", COLOURS[place]), letter=coder.name[:1])
    return found


def looks_of(project: Project) -> dict[int, CodeLook]:
    """The looks of everybody who wrote in this project."""
    return coder_looks(project.codings.coders())


def signed(coder_id: int, name: str, looks: CoderLooks) -> Content:
    """The initial on its colour, then the name: never the colour alone."""
    look = looks.get(coder_id, NOBODY)
    return Content.assemble(Content(name[:1]).stylize(f"{look.ink} on {look.colour} bold"), f" {name}")
