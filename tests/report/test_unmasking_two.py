"""Try to unmask by subtraction: a reader holds two reports of which one has the families of the other and some more (D6).

What the second adds to the first is a third set of numbers: what stands in both, less each other. scipy's linear programmes say
how closely a reader of both pins down any of the three.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from scipy.optimize import linprog
from tests.made_reports import many, report_data
from tests.report.test_guarding import given_out
from tests.report.test_unmasking import ASKED, Reader, Truth, reader_of, secrets

from verhalen.i18n import language, set_language
from verhalen.privacy.clearance import Audience

CLASSES = (":up", ":same", ":unseen", ":down", ":story", ":none")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


class Both:
    """The numbers of two reports and what lies between them, as one system of equations."""

    def __init__(self, readers: dict[str, Reader]) -> None:
        self.order = {f"{tag}{name}": 0 for tag, reader in readers.items() for name in reader.truth.value}
        self.order = {name: place for place, name in enumerate(self.order)}
        self.rows: list[np.ndarray] = []
        self.ends: list[int] = []
        self.limits: list[tuple[int, int | None]] = []
        for tag, reader in readers.items():
            for whole, parts in reader.truth.sums:
                self._line({f"{tag}{whole}": -1} | {f"{tag}{part}": 1 for part in parts}, 0)
            for parts, total in reader.sums:
                self._line({f"{tag}{part}": 1 for part in parts}, total)
            for name in reader.truth.value:
                exact = reader.exact.get(name)
                self.limits.append(reader.ranges.get(name, (0, None)) if exact is None else (exact, exact))
        for name in readers["first "].truth.value:
            if f"second {name}" in self.order and f"more {name}" in self.order:
                self._line({f"second {name}": 1, f"first {name}": -1, f"more {name}": -1}, 0)

    def _line(self, parts: dict[str, int], total: int) -> None:
        line = np.zeros(len(self.order))
        for name, times in parts.items():
            line[self.order[name]] += times
        self.rows.append(line)
        self.ends.append(total)

    def between(self, name: str) -> tuple[float, float]:
        aim = np.zeros(len(self.order))
        aim[self.order[name]] = 1
        low, high = (
            linprog(sign * aim, A_eq=np.array(self.rows), b_eq=np.array(self.ends), bounds=self.limits, method="highs")
            for sign in (1, -1)
        )
        assert {low.status, high.status} <= {0, 3}, (low.message, high.message)
        return (low.fun if low.status == 0 else 0), (-high.fun if high.status == 0 else float("inf"))


@pytest.mark.parametrize(("seed", "count", "more"), [(1, 24, 2), (2, 40, 7), (3, 60, 15), (4, 90, 4), (5, 30, 1)])
def test_no_reader_of_two_reports_finds_out_a_small_number(seed: int, count: int, more: int) -> None:
    made = many(seed, count)
    first = given_out(made[:-more], *ASKED)
    one = reader_of(made[:-more], report_data(made[:-more], Audience.COUNCIL))
    two = reader_of(made, report_data(made, Audience.COUNCIL, earlier=(first,)))
    between = Reader(Truth(made[-more:], report_data(made[-more:], Audience.COUNCIL)), 3)
    readers = {"first ": one, "second ": two, "more ": between}
    both = Both(readers)
    few = (
        between.truth.value["followed"] < 3
    )  # known by number, which is no secret: all classes lie between none and that
    found = {}
    for tag, reader in readers.items():
        for name in sorted(secrets(reader.truth, 3)):
            told_of = f"first {name}" in both.order and f"second {name}" in both.order
            if tag == "more " and (not told_of or (few and name.endswith(CLASSES))):
                continue
            low, high = both.between(f"{tag}{name}")
            if high - low < 3 - 1e-6:
                found[f"{tag}{name}"] = (reader.truth.value[name], low, high)
    assert found == {}


def test_without_the_ledger_the_same_reader_finds_out_a_lot() -> None:
    made = many(2, 40)
    one = reader_of(made[:-2], report_data(made[:-2], Audience.COUNCIL))
    two = reader_of(made, report_data(made, Audience.COUNCIL))
    between = Reader(Truth(made[-2:], report_data(made[-2:], Audience.COUNCIL)), 3)
    both = Both({"first ": one, "second ": two, "more ": between})
    names = [name for name in secrets(between.truth, 3) if f"first {name}" in both.order]
    assert any(low == high for low, high in (both.between(f"more {name}") for name in names))
