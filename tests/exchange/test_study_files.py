"""The 56 families of the published study in score files as other programs write them, beside a count of our own that is naive."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import Workbook

from verhalen.analysis.scoring import Settings
from verhalen.api.project import Project, new_project, open_project
from verhalen.exchange.score_preview import preview_scores
from verhalen.exchange.score_tables import import_scores
from verhalen.model.act import Act
from verhalen.model.family import Person, Trajectory
from verhalen.model.instrument import Instrument
from verhalen.scores.pairs import Rule
from verhalen.scores.poverty_index import BETTER, WORSE
from verhalen.store import families as store

Cell = str | int | dt.date | None
START = dt.date(2024, 1, 8)
LATER, BEFORE = 60, 100
"""Days after the start on which a baby comes and a partner goes."""
INDICATORS: Sequence[Mapping[str, int]] = (
    {"volwassene.tewerkstelling": 3},
    {"huishouden.inkomen": 2, "huishouden.schulden": 2},
    {"huishouden.verblijfplaats": 3, "huishouden.onderhoud_woning": 2},
    {"volwassene.opleiding": 3},
    {"volwassene.mentale_gezondheid": 2, "kind.mentale_gezondheid": 2},
    {"kind.zorg_voor_kinderen": 3, "kind.aanwezigheid_school": 3},
)
FILLED = {
    "volwassene.fysieke_gezondheid": 5, "kind.fysieke_gezondheid": 5, "kind.consult_kind_en_gezin": 5,
    "volwassene.stress": 3, "kind.stress": 3, "huishouden.voeding": 3,
}  # fmt: skip
SCORES = (
    *[(3, 2), (4, 2), (5, 1), (3, 0)], *[(2, 1), (1, 0)], *[(6, 5), (5, 4), (4, 3), (6, 3)] * 4,
    *[(0, 0), (1, 1), (2, 2), (2, 2)], *[(3, 3), (4, 4), (5, 5), (6, 6)] * 4, *[(3, 3), (4, 4), (5, 5)],
    *[(3, 4), (4, 5), (5, 6), (3, 6)] * 2, *[(3, 5), (4, 6), (5, 6)],
)  # fmt: skip
"""Indicators that are insufficient before and after: 4 + 2 + 16 better, 4 + 19 the same, 11 worse."""
SIGNS = {"bevestigd": "=", "bevestigd_in_blok": "==", "nvt": "nvt", "niet_gekend": "?"}


class Seen(NamedTuple):
    """One observation."""

    family: str
    member: str
    day: dt.date
    assessor: str
    item: str
    state: str
    value: int | None


def members(number: int) -> dict[str, str]:
    """Who belongs to a family, with the level of items that are put to them."""
    wanted = {"moeder": 1, "vader": 3, "partner": 7, "kind1": 1, "kind2": 2, "baby": 5}
    return {who: "kind" if who[0] in "kb" else "volwassene" for who, each in wanted.items() if number % each == 0}


def picture(number: int, insufficient: int) -> dict[tuple[str, str], int]:
    """Scores of which so many indicators are insufficient, for the sake of one item or person each."""
    who = members(number)
    cells = {}
    for place, borders in enumerate(INDICATORS):
        weak = list(borders)[number % len(borders)]
        for item, border in borders.items():
            level = item.partition(".")[0]
            people = [""] if level == "huishouden" else [one for one, own in who.items() if own == level]
            for at, member in enumerate(people):
                is_low = place < insufficient and item == weak and (at == 0 or place == 0)
                cells[member, item] = border - number % 2 if is_low else border + 1 + number % (5 - border)
    for item, value in FILLED.items():
        level = item.partition(".")[0]
        for member in [""] if level == "huishouden" else [one for one, own in who.items() if own == level]:
            cells[member, item] = value
    return cells


def study() -> Iterator[Seen]:
    """56 families before and after, and 34 that were not followed: once seen, too soon, or by somebody else."""
    for number, (first, last) in enumerate([*SCORES, *[(4, -1)] * 34], 1):
        family, start = f"G{number:03}", START + dt.timedelta(days=number)
        before = {at: value for at, value in picture(number, first).items() if at[0] != "baby"}
        yield from (Seen(family, member, start, "coach", item, "gescoord", v) for (member, item), v in before.items())
        if last < 0:
            day = start + dt.timedelta(days=(0, 136, 182)[number % 3])
            state, who = ("bevestigd", "coach") if number % 3 == 1 else ("niet_gekend", "ouder")
            if number % 3:
                yield Seen(family, "moeder", day, who, "volwassene.stress", state, None)
            continue
        day = start + dt.timedelta(days=(182, 137, 227, 170)[number % 4])
        after = {at: value for at, value in picture(number, last).items() if at[0] != "partner"}
        for place, ((member, item), value) in enumerate(after.items()):
            if before.get((member, item)) != value:
                yield Seen(family, member, day, "coach", item, "gescoord", value)
            elif state := ("bevestigd", "bevestigd_in_blok", "niet_gekend", "")[(place + number) % 4]:
                yield Seen(family, member, day, "coach", item, state, None)
        if number % 9 == 0:
            yield Seen(family, "", day, "ouder", "huishouden.inkomen", "gescoord", 1)


SEEN = list(study())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A workspace with the families and all scores, from a plain long table."""
    folder = tmp_path_factory.mktemp("onderzoek") / "werk"
    new_project(folder, coder="Els", empty=True).close()
    with open_project(folder, coder="Els") as made:
        with made.file.change(Act.IMPORT_FAMILIES) as writing:
            for number in range(1, 91):
                key, start = f"G{number:03}", START + dt.timedelta(days=number)
                family = store.add_family(writing, key, municipality="Oudermeer")
                store.put_trajectory(writing, family, Trajectory(1, start))
                for who, level in members(number).items():
                    born = start + dt.timedelta(days=LATER) if who == "baby" else None
                    gone = start + dt.timedelta(days=BEFORE) if who == "partner" else None
                    role = "kind" if level == "kind" else "ouder"
                    store.put_person(writing, family, Person(f"{key}.{who}", role, joined=born, left=gone))
        path = folder / "lang.csv"
        path.write_text(as_csv(*long()), "utf-8")
        assert import_scores(made.file, path).new == len(SEEN)
        yield made


# -- ways of writing -------------------------------------------------------------------------------------------------

Line = list[Cell]


def long() -> tuple[Line, list[Line]]:
    head: Line = ["gezin", "lid", "datum", "item", "waarde", "status", "beoordelaar"]
    return head, [[s.family, s.member, s.day, s.item, s.value, s.state, s.assessor] for s in SEEN]


def wide(level: str = "") -> tuple[Line, list[Line]]:
    items = list(dict.fromkeys(seen.item for seen in SEEN if seen.item.startswith(level)))
    lines: dict[tuple[str, str, dt.date, str], dict[str, Cell]] = defaultdict(dict)
    for s in SEEN:
        if s.item in items:
            lines[s.family, s.member, s.day, s.assessor][s.item] = s.value or SIGNS[s.state]
    return ["Family", "Person", "Date", "Assessor", *items], [
        [*head, *(cells.get(item) for item in items)] for head, cells in lines.items()
    ]


def as_csv(head: Line, lines: list[Line], sign: str = ";", day: str = "%Y-%m-%d", end: str = "\n") -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign, lineterminator=end)
    writer.writerows(
        [cell.strftime(day) if isinstance(cell, dt.date) else cell for cell in line] for line in [head, *lines]
    )
    return out.getvalue()


def by_comma(path: Path, _: Instrument) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + as_csv(*wide(), ",", "%d/%m/%Y", "\r\n").encode())


def in_words(path: Path, instrument: Instrument) -> None:
    """Names of items that an adult and a child share, labels in place of numbers, older letters, three notations of a day."""
    items = {item.key: item for item in instrument.items}
    head, lines = long()
    told: list[Line] = []
    for at, (family, member, day, key, value, state, who) in enumerate(lines):
        item = items[str(key)]
        label = item.labels[value - 1] if isinstance(value, int) else None
        written = f"{value} - {label}" if at % 5 == 0 and label else label
        assert isinstance(day, dt.date)
        told.append(
            [
                family,
                member,
                day.strftime(("%d-%m-%y", "%d/%m/%Y 0:00", "%Y-%m-%d")[at % 3]),
                item.name,
                written,
                state,
                who,
            ]
        )
    path.write_bytes(as_csv([*head, "toelichting"], [[*line, ""] for line in told]).encode("cp1252"))


def in_a_workbook(path: Path, instrument: Instrument) -> None:
    """A sheet for each level under a merged title, names over the columns, real days, numbers as text, hidden rows, other sheets."""
    names = {item.key: item.name for item in instrument.items}
    book = Workbook()
    for level in ("huishouden", "volwassene", "kind"):
        sheet = book.create_sheet(level)
        sheet.append(["Sociale Balans in 2024"])
        sheet.merge_cells("A1:D1")
        head, lines = wide(level)
        sheet.append([names.get(str(cell), cell) for cell in head])
        for at, line in enumerate(lines):
            sheet.append([str(cell) if isinstance(cell, int) and at % 2 else cell for cell in line])
        sheet.row_dimensions[5].hidden = True
    notes = book.create_sheet("Uitleg")
    for row in (["Zo vul je in", None, "bij twijfel"], [1, 2, 3], ["=SUM(A2:B2)"]):
        notes.append(row)
    book.save(path)


@pytest.mark.parametrize(("file", "fill"), [("a.csv", by_comma), ("b.csv", in_words), ("c.xlsx", in_a_workbook)])
def test_every_way_of_writing_it_says_the_same(
    project: Project, tmp_path: Path, file: str, fill: Callable[[Path, Instrument], None]
) -> None:
    fill(tmp_path / file, project.scores.instrument("sociale_balans"))
    done = import_scores(project.file, tmp_path / file, instrument="sociale_balans")
    assert (done.new, done.changed, done.unchanged, done.errors) == (0, 0, len(SEEN), ())


def test_a_name_that_several_items_share_asks_who_is_meant(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("gezin;datum;beoordelaar;Stress;huishouden_inkomen\nG001;12 maart 2024;samen;3;2\n", "utf-8")
    found = preview_scores(project.file, path, instrument="sociale_balans").would
    assert [(each.row, each.column) for each in found.errors] == [(2, "Stress")]
    assert "volwassene.stress, kind.stress" in found.errors[0].message
    path.write_text("gezin;lid;datum;beoordelaar;item;status\nG001;kind1;12/03/2024 0:00;samen;Stress;?\n", "utf-8")
    assert preview_scores(project.file, path, instrument="sociale_balans").would.new == 1


# -- what it comes to ------------------------------------------------------------------------------------------------


def test_the_published_classes_come_out_whatever_stands_beside_them(project: Project) -> None:
    found = project.scores.poverty()
    assert (found.registered, found.table.followed, len(found.table.undecided)) == (90, 56, 0)
    assert list(found.table.classes().values()) == [22, 4, 19, 11]
    assert list(found.table.steps(BETTER).values()) == [4, 2, 16]
    assert list(found.table.steps(WORSE).values()) == [0, 11, 0]
    assert found.table.poor() == (50, 46)
    assert (round(found.table.sign_p().value or 0, 4), found.table.mcnemar_p().value) == (0.0801, 0.125)


def naive(rule: Rule) -> dict[str, tuple[int, int, int, int, int]]:
    """By item: n, up, same, down and persons, found by walking through the rows as one would by hand."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    persons: dict[str, int] = defaultdict(int)
    for number in range(1, len(SCORES) + 1):
        own = [seen for seen in SEEN if seen.family == f"G{number:03}" and seen.assessor == "coach"]
        first = min(seen.day for seen in own)
        here = [who for who in members(number) if who not in ("baby", "partner")]
        for item in dict.fromkeys(seen.item for seen in own):
            steps = []
            for who in ["", *here]:
                rows = [seen for seen in own if (seen.item, seen.member) == (item, who)]
                scored = [seen.value for seen in rows if seen.value is not None]
                if any(seen.day == first for seen in rows):
                    steps.append((scored[0] or 0, scored[-1] or 0))
            at = {Rule.BEST: -1, Rule.MEDIAN: (len(steps) - 1) // 2}.get(rule, 0)
            each = [sorted(step[moment] for step in steps)[at] for moment in (0, 1)]
            found[item] += steps if rule is Rule.PER_PERSON else [(each[0], each[1])]
            persons[item] += 0 if item.startswith("huishouden") else len(steps)
    return {
        item: (
            *(len(steps), sum(a < b for a, b in steps), sum(a == b for a, b in steps), sum(a > b for a, b in steps)),
            persons[item],
        )
        for item, steps in found.items()
    }


@pytest.mark.parametrize("rule", [Rule.LOWEST, Rule.MEDIAN, Rule.BEST, Rule.PER_PERSON])
def test_change_is_that_of_a_count_by_hand_under_every_rule(project: Project, rule: Rule) -> None:
    found = project.scores.change("sociale_balans", settings=Settings(rule=rule))
    wanted = naive(rule)
    rows = {row.target.key: row.change for row in found.rows}
    assert {key: (c.n, c.up, c.same, c.down, c.n_persons) for key, c in rows.items() if key in wanted} == wanted
    assert all(c.n == 0 for key, c in rows.items() if key not in wanted)
    assert all(c.n_families + sum(map(len, c.not_paired.values())) == 90 for c in rows.values())
