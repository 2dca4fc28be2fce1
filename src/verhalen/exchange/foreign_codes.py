"""Codes and categories of programs that keep them apart, as one tree: parents first, whatever circles a file has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verhalen.exchange.refi_qda.code_keys import ForeignCode
from verhalen.exchange.refi_qda.colours import as_hex

DEEPEST = 49
"""Levels below the first. A key names all that a code stands below."""
Node = tuple[str, int]
"""`("cat", 3)` or `("code", 3)`: both count from 1."""


@dataclass(frozen=True, slots=True)
class NewNode:
    """A code or category as its table has it."""

    node: Node
    name: str
    description: str
    colour: str = ""
    parents: Sequence[Node] = ()
    """The first one that there is counts."""


def as_tree(nodes: Iterable[NewNode]) -> tuple[list[ForeignCode], dict[int, int], int]:
    """The codes in order, the number of each code -> its place in that order, and how many stood too deep."""
    known: dict[Node, NewNode] = {}
    for each in nodes:
        known.setdefault(each.node, each)
    above = {
        node: next((up for up in each.parents if up in known and up != node), None) for node, each in known.items()
    }
    _break_circles(above)
    below: dict[Node | None, list[Node]] = defaultdict(list)
    for node, up in above.items():
        below[up].append(node)
    codes: list[ForeignCode] = []
    levels: list[int] = []
    places: dict[Node, int] = {}
    flattened = 0
    waiting = below[None][::-1]
    while waiting:
        node = waiting.pop()
        each, up = known[node], above[node]
        places[node] = len(codes)
        parent = places[up] if up else None
        if parent is not None and levels[parent] >= DEEPEST:
            parent, flattened = codes[parent].parent, flattened + 1
        levels.append(0 if parent is None else levels[parent] + 1)
        codes.append(ForeignCode("", each.name or "?", parent, each.description, as_hex(each.colour)))
        waiting.extend(reversed(below[node]))
    return codes, {node[1]: place for node, place in places.items() if node[0] == "code"}, flattened


def _break_circles(above: dict[Node, Node | None]) -> None:
    """Whoever stands above itself stands at the top."""
    settled: set[Node] = set()
    for node in above:
        way: list[Node] = []
        at: Node | None = node
        on_the_way: set[Node] = set()
        while at is not None and at not in settled and at not in on_the_way:
            way.append(at)
            on_the_way.add(at)
            at = above[at]
        if at is not None and at in on_the_way:
            above[at] = None
        settled.update(way)
