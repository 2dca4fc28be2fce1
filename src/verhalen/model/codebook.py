"""The codebook: a tree of codes, each perhaps linked to life domains as evidence or as merely touching them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from verhalen.model.patterns import Pattern

KEY = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*")


@dataclass(frozen=True, slots=True)
class Code:
    """One code with its definition."""

    key: str
    """What people and files name it by, as in `rol.vertrouwen`."""
    name: str
    definition: str = ""
    include: str = ""
    """When to use."""
    exclude: str = ""
    """When not to use."""
    parent: str | None = None
    evidence: tuple[str, ...] = ()
    """Life domains about which a fragment says how it goes or changes there. Only these feed the join."""
    touches: tuple[str, ...] = ()
    """Related life domains: for finding and crossing, never for the join."""
    colour: str = ""
    """`#rrggbb` or empty."""
    position: int = 0
    """Order among its siblings."""
    deprecated: bool = False
    patterns: tuple[Pattern, ...] = ()
    """Words at which this code is suggested."""
    id: int = 0
    codings: int = 0

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise ValueError(f"no code key: {self.key!r}")


@dataclass(frozen=True, slots=True)
class Codebook:
    """All codes, parents before children, siblings in their order."""

    codes: tuple[Code, ...]

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def find(self, key: str) -> Code | None:
        """The code with this key."""
        return next((code for code in self.codes if code.key == key), None)

    def depth(self, code: Code) -> int:
        """0 for a root."""
        by_key = {each.key: each for each in self.codes}
        depth = 0
        while code.parent is not None and code.parent in by_key:
            code = by_key[code.parent]
            depth += 1
        return depth


def in_tree_order(codes: Iterable[Code]) -> Codebook:
    """Sort codes so that parents stand before their children and siblings by position, then key."""
    children: dict[str | None, list[Code]] = {}
    known = {code.key: code for code in codes}
    for code in known.values():
        parent = code.parent if code.parent in known else None
        children.setdefault(parent, []).append(code)
    ordered: list[Code] = []

    def walk(parent: str | None) -> None:
        for code in sorted(children.get(parent, []), key=lambda each: (each.position, each.key)):
            ordered.append(code)
            walk(code.key)

    walk(None)
    return Codebook(tuple(ordered))
