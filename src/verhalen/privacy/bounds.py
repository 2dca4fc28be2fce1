"""What a reader can work out about a hidden cell: its exact smallest and largest value, given everything published.

A two-way table with its totals is a flow in a small network: source -> row (row total) -> column (cell) -> sink (column
total) -> source (grand total). What is published is fixed; what is hidden may be anything from 0 up, or within the
interval of the words that stand for it. The largest value of one arc is its own plus the most that can flow back from its
end to its beginning, so the bounds are exact and whole numbers (integrality of flows; Cox 1995 for tables), with no
solver.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence

Cell = tuple[int, int]
"""Row and column in the table with its totals: the last row holds column totals, the last column row totals."""
Range = tuple[int, int | None]
"""Smallest and largest, both included; None is without end."""
Network = dict[int, dict[int, int]]
_ENDLESS = 1 << 60


def bounds(
    grid: Sequence[Sequence[int]], hidden: Collection[Cell], target: Cell, *, known: Mapping[Cell, Range] | None = None
) -> Range:
    """The smallest and largest value of the hidden cell `target`. `grid` holds the true values with their totals."""
    network = _room_to_move(grid, hidden, known or {})
    start, end = _ends(target, grid)
    # Its own room is taken out: only the way around says what the others allow.
    upward = network[start].pop(end, 0)
    downward = network[end].pop(start, 0)
    value = grid[target[0]][target[1]]
    more = min(upward, _most(network, end, start))
    less = min(downward, _most(network, start, end))
    return value - less, None if more >= _ENDLESS else value + more


def is_wide(found: Range, k: int) -> bool:
    """Whether the interval is at least `k` wide."""
    low, high = found
    return high is None or high - low >= k


def _ends(cell: Cell, grid: Sequence[Sequence[int]]) -> tuple[int, int]:
    """The nodes that the arc of a cell joins: rows are 0.., columns follow, then source and sink."""
    rows, columns = len(grid) - 1, len(grid[0]) - 1
    source, sink = rows + columns, rows + columns + 1
    row, column = cell
    if row == rows:
        return (sink, source) if column == columns else (rows + column, sink)
    return (source, row) if column == columns else (row, rows + column)


def _room_to_move(grid: Sequence[Sequence[int]], hidden: Collection[Cell], known: Mapping[Cell, Range]) -> Network:
    """How far each hidden value can rise (along its arc) and fall (against it)."""
    network: Network = {node: {} for node in range(len(grid) + len(grid[0]))}
    for cell in hidden:
        start, end = _ends(cell, grid)
        value = grid[cell[0]][cell[1]]
        low, high = known.get(cell, (0, None))
        network[start][end] = _ENDLESS if high is None else high - value
        network[end][start] = value - low
    return network


def _most(network: Network, start: int, end: int) -> int:
    """Maximum flow by shortest augmenting paths (Edmonds and Karp 1972); the network is left as it was."""
    room = {node: dict(arcs) for node, arcs in network.items()}
    flow = 0
    while path := _path(room, start, end):
        step = min(room[a][b] for a, b in path)
        if step >= _ENDLESS:
            return _ENDLESS
        for a, b in path:
            _move(room, a, b, by=-step)
            _move(room, b, a, by=step)
        flow += step
    return flow


def _move(room: Network, a: int, b: int, *, by: int) -> None:
    if room[a].get(b, 0) < _ENDLESS:
        room[a][b] = room[a].get(b, 0) + by


def _path(room: Network, start: int, end: int) -> list[tuple[int, int]]:
    """A shortest path on which something can still move; empty when there is none."""
    came: dict[int, int] = {start: start}
    queue = deque([start])
    while queue and end not in came:
        node = queue.popleft()
        for following, left in room[node].items():
            if left > 0 and following not in came:
                came[following] = node
                queue.append(following)
    path: list[tuple[int, int]] = []
    while end in came and end != start:
        path.append((came[end], end))
        end = came[end]
    return path
