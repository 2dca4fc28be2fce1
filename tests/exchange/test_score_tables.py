from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.exchange_data import BALANCE, ROOT

from verhalen import errors
from verhalen.exchange.family_tables import import_families
from verhalen.exchange.score_tables import ScoreImport, import_scores
from verhalen.model.act import Act
from verhalen.scores.instruments import read_domains, read_instrument
from verhalen.store import families, scores
from verhalen.store.project import ProjectFile

Write = Callable[[str, str], Path]
HEAD = "gezin;lid;rol;datum;instrument;item;waarde;status;beoordelaar;toelichting\n"
LONG = (
    HEAD
    + "G001;;;2025-03-12;balans;gezin.dak;3;gescoord;coach;nog vochtig\n"
    + "G001;moeder;ouder;2025-03-12;balans;volwassene.stress;;bevestigd;coach;\n"
    + "G001;kind1;kind;2025-03-12;balans;kind.spelen;;niet_gekend;coach;\n"
    + "G002;;;2025-03-12;balans;gezin.dak;5;gescoord;samen;\n"
)
WIDE = "gezin;lid;rol;datum;beoordelaar;gezin.dak;volwassene.stress;kind.spelen\n"


def observations(project: ProjectFile) -> list[tuple[str, str | None, str, str, str, str, int | None]]:
    return [
        (each.family, each.person, each.item, each.day, each.assessor, each.state, each.value)
        for each in scores.observation_rows(project, "balans")
    ]


def changes(project: ProjectFile) -> int:
    return project.number("select count(*) from change")


def counts(found: ScoreImport) -> tuple[int, int, int, int, int, int]:
    return found.families, found.persons, found.snapshots, found.observations, found.new, found.unchanged


def test_a_long_table_has_one_observation_per_row(register: ProjectFile, file: Write) -> None:
    found = import_scores(register, file("a.csv", LONG))
    assert counts(found) == (2, 2, 2, 4, 4, 0)
    assert (found.warnings[1:], found.errors) == ((), ())
    assert observations(register) == [
        ("G001", None, "gezin.dak", "2025-03-12", "coach", "gescoord", 3),
        ("G001", "G001.moeder", "volwassene.stress", "2025-03-12", "coach", "bevestigd", None),
        ("G001", "G001.kind1", "kind.spelen", "2025-03-12", "coach", "niet_gekend", None),
        ("G002", None, "gezin.dak", "2025-03-12", "samen", "gescoord", 5),
    ]


def test_a_wide_table_has_one_column_per_item(register: ProjectFile, file: Write) -> None:
    text = WIDE + "G001;;;12/03/2025;;4;;\nG001;moeder;ouder;12/03/2025;;;nvt;\nG001;kind1;kind;12/03/2025;;;;=\n"
    text += "G002;kind1;kind;2025-03-13;ouder;;;?\n"
    found = import_scores(register, file("a.csv", text), instrument="balans")
    assert counts(found) == (2, 3, 2, 4, 4, 0)
    assert observations(register) == [
        ("G001", None, "gezin.dak", "2025-03-12", "coach", "gescoord", 4),
        ("G001", "G001.moeder", "volwassene.stress", "2025-03-12", "coach", "nvt", None),
        ("G001", "G001.kind1", "kind.spelen", "2025-03-12", "coach", "bevestigd", None),
        ("G002", "G002.kind1", "kind.spelen", "2025-03-13", "ouder", "niet_gekend", None),
    ]


def test_the_instrument_is_found_by_its_items(register: ProjectFile, file: Write) -> None:
    assert import_scores(register, file("a.csv", WIDE + "G001;;;2025-03-12;coach;4;;\n")).new == 1


def test_a_table_of_no_known_instrument_says_so(register: ProjectFile, file: Write) -> None:
    with pytest.raises(errors.BadInput, match="of which instrument"):
        import_scores(register, file("a.csv", "gezin;datum;vreemd\nG001;2025-03-12;4\n"))
    with pytest.raises(errors.UnknownInstrument):
        import_scores(register, file("a.csv", WIDE), instrument="weg")


def test_english_names_and_words_are_understood(register: ProjectFile, file: Write) -> None:
    text = (
        "family,person,role,date,instrument,item,value,status,assessor,note\n"
        "G001,moeder,parent,2025-03-12,balans,volwassene.stress,2,scored,parent,x\n"
        "G001,kind1,child,2025-03-12,balans,kind.spelen,,unknown,parent,\n"
    )
    import_scores(register, file("a.csv", text))
    assert [(row[4], row[5], row[6]) for row in observations(register)] == [
        ("ouder", "gescoord", 2),
        ("ouder", "niet_gekend", None),
    ]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("bevestigd_in_blok", "bevestigd_in_blok"),
        ("in_blok_bevestigd", "bevestigd_in_blok"),
        ("bevestigd_ongewijzigd", "bevestigd"),
        ("NVT", "nvt"),
        ("n.v.t.", "nvt"),
        ("niet gekend", "niet_gekend"),
    ],
)
def test_synonyms_of_a_status_mean_the_same(register: ProjectFile, file: Write, status: str, state: str) -> None:
    import_scores(register, file("a.csv", HEAD + f"G001;moeder;;2025-03-12;balans;volwassene.stress;;{status};;\n"))
    assert [row[5] for row in observations(register)] == [state]


def test_without_a_status_the_value_says_all(register: ProjectFile, file: Write) -> None:
    text = "gezin;lid;datum;item;waarde\nG001;;2025-03-12;gezin.dak;3\nG001;moeder;2025-03-12;volwassene.stress;?\n"
    import_scores(register, file("a.csv", text))
    assert [(row[5], row[6]) for row in observations(register)] == [("gescoord", 3), ("niet_gekend", None)]


def test_the_usual_assessor_is_that_of_the_instrument(register: ProjectFile, file: Write) -> None:
    import_scores(register, file("a.csv", HEAD + "G001;;;2025-03-12;balans;gezin.dak;3;;;\n"))
    assert observations(register)[0][4] == "coach"


LINE = "G001;;;2025-03-12;balans;gezin.dak;3;gescoord;coach;"


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        (LINE.replace("G001", "G999"), "gezin", "there is no family G999"),
        (LINE.replace("G001", ""), "gezin", "this cell is empty"),
        (LINE.replace(";3;", ";6;"), "waarde", "6 is off the scale of 1 to 5"),
        (LINE.replace(";3;", ";0;"), "waarde", "0 is off the scale of 1 to 5"),
        (LINE.replace(";3;", ";1,5;"), "waarde", '"1,5" is no whole number'),
        (LINE.replace(";3;", ";;"), "waarde", "a score needs a value"),
        (LINE.replace(";3;gescoord", ";;"), "waarde", "this cell is empty"),
        (LINE.replace("gescoord", "bevestigd"), "waarde", "only a score has a value"),
        (LINE.replace("gescoord", "overgedragen"), "status", '"overgedragen" is not one of'),
        (LINE.replace("gezin.dak", "gezin.deur"), "item", r"there is no item gezin\.deur"),
        (LINE.replace("balans", "weegschaal"), "instrument", "there is no instrument weegschaal"),
        (LINE.replace("coach", "juf"), "beoordelaar", '"juf" is not one of: coach, samen, ouder, kind, dienst'),
        (LINE.replace("2025-03-12", "2025-13-12"), "datum", '"2025-13-12" is no date'),
        (LINE.replace("2025-03-12", "2999-01-01"), "datum", "2999-01-01 lies in the future"),
        (LINE.replace("G001;;", "G001;oma;"), "lid", r"there is no person G001\.oma"),
        (LINE.replace("G001;;", "G001;moeder;"), "lid", "about the family"),
        (LINE.replace("gezin.dak", "volwassene.stress"), "lid", "about an adult"),
        (LINE.replace("G001;;", "G001;moeder;").replace("gezin.dak", "kind.spelen"), "lid", "about a child"),
    ],
)
def test_an_error_in_a_row_refuses_the_whole_file(
    register: ProjectFile, file: Write, line: str, column: str, problem: str
) -> None:
    before = changes(register)
    with pytest.raises(errors.BadTable, match=problem) as caught:
        import_scores(register, file("a.csv", f"{LONG}{line}\n"))
    assert [each[:2] for each in caught.value.problems] == [(6, column)]
    assert observations(register) == []
    assert changes(register) == before


def test_bad_rows_may_be_skipped_and_are_told(register: ProjectFile, file: Write) -> None:
    text = f"{LONG}{LINE.replace(';3;', ';9;')}\n{LINE.replace('G001', 'G003')}\n"
    found = import_scores(register, file("a.csv", text), skip_bad_rows=True)
    assert found.new == 5
    assert [(each.row, each.column) for each in found.errors] == [(6, "waarde")]


def test_an_unknown_column_of_a_wide_table_is_refused_even_when_rows_may_be_skipped(
    register: ProjectFile, file: Write
) -> None:
    text = "gezin;datum;gezin.dak;gezin.deur\nG001;2025-03-12;3;4\n"
    with pytest.raises(errors.BadTable, match=r"row 1, column gezin\.deur"):
        import_scores(register, file("a.csv", text), instrument="balans", skip_bad_rows=True)


def test_the_same_file_again_is_no_change(register: ProjectFile, file: Write) -> None:
    import_scores(register, file("a.csv", LONG))
    before = changes(register)
    again = import_scores(register, file("a.csv", LONG))
    assert counts(again) == (2, 2, 2, 4, 0, 4)
    assert changes(register) == before


def test_another_value_corrects_the_stored_one(register: ProjectFile, file: Write) -> None:
    import_scores(register, file("a.csv", LONG))
    found = import_scores(register, file("a.csv", LONG.replace(";3;gescoord", ";4;gescoord")))
    assert (found.new, found.changed, found.unchanged) == (0, 1, 3)
    assert observations(register)[0][6] == 4
    assert len(observations(register)) == 4


def test_rows_of_one_day_and_assessor_are_one_snapshot(register: ProjectFile, file: Write) -> None:
    text = (
        LONG
        + LINE.replace("G001;;", "G001;moeder;").replace("gezin.dak;3;gescoord", "volwassene.stress;;bevestigd")
        + "\n"
    )
    assert counts(import_scores(register, file("a.csv", text))) == (2, 2, 2, 4, 4, 0)
    first = families.family_ids(register)["G001"]
    assert [len(each.observations) for each in scores.snapshots_of(register, first)] == [3]


def test_of_two_answers_for_one_item_on_one_day_the_later_counts_and_it_is_said(
    register: ProjectFile, file: Write
) -> None:
    """As with two snapshots that are stored (methods.md D2)."""
    twice = file("a.csv", f"{LONG}{LINE.replace(';3;', ';4;')}nog vochtig\n")
    found = import_scores(register, twice)
    assert [(each.line, each.values) for each in found.warnings if each.line] == [
        (6, {"item": "gezin.dak", "earlier": 2})
    ]
    first = families.family_ids(register)["G001"]
    (snapshot,) = scores.snapshots_of(register, first)
    assert [each.value for each in snapshot.observations if each.item == "gezin.dak"] == [4]
    again = import_scores(register, twice)
    assert (again.new, again.changed) == (0, 0)


def test_a_snapshot_belongs_to_the_trajectory_of_its_day(register: ProjectFile, file: Write) -> None:
    text = HEAD + "".join(
        LINE.replace("2025-03-12", day) + "\n" for day in ("2024-12-31", "2025-06-30", "2025-07-15", "2025-10-01")
    )
    found = import_scores(register, file("a.csv", text))
    family = next(each for each in families.families(register) if each.key == "G001")
    first, second = (each.id for each in family.trajectories)
    assert [each.trajectory_id for each in scores.snapshots_of(register, family.id)] == [None, first, None, second]
    assert [notice.values for notice in found.warnings] == [{"n": 2}]


def test_trajectories_that_come_later_are_linked_at_the_next_import(register: ProjectFile, file: Write) -> None:
    import_scores(register, file("a.csv", LONG))
    import_families(register, file("t.csv", "gezin;traject;start\nG002;1;2025-01-01\n"))
    assert import_scores(register, file("a.csv", LONG)).new == 0
    second = next(each for each in families.families(register) if each.key == "G002")
    assert [each.trajectory_id for each in scores.snapshots_of(register, second.id)] == [second.trajectories[0].id]


def test_not_applicable_where_the_item_does_not_offer_it_gives_a_warning(register: ProjectFile, file: Write) -> None:
    found = import_scores(register, file("a.csv", HEAD + LINE.replace(";3;gescoord", ";;nvt") + "\n"))
    assert [notice.values for notice in found.warnings if "item" in notice.values] == [{"item": "gezin.dak", "n": 1}]


def test_a_workbook_with_dates_of_three_kinds_is_read(register: ProjectFile, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["gezin", "datum", "gezin.dak"])
    sheet.append(["G001", dt.date(2025, 3, 12), 3])
    sheet.append(["G002", "12/03/2025", 4.0])
    sheet.append(["G003", 45728, "?"])
    book.save(tmp_path / "a.xlsx")
    import_scores(register, tmp_path / "a.xlsx")
    assert [(row[3], row[6]) for row in observations(register)] == [
        ("2025-03-12", 3),
        ("2025-03-12", 4),
        ("2025-03-12", None),
    ]


def test_one_import_is_one_change_that_can_be_undone(register: ProjectFile, file: Write) -> None:
    before = changes(register)
    import_scores(register, file("a.csv", LONG))
    assert changes(register) == before + 1
    acts = register.rows("select act from change order by id desc limit 1")
    assert acts == [(Act.IMPORT_SCORES.value,)]


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read_and_each_place_is_stored_once(register: ProjectFile, tmp_path: Path) -> None:
    first = dt.date(2000, 1, 1)
    days = [(first + dt.timedelta(days=number)).isoformat() for number in range(5556)]
    lines = [
        f"{family};{lid};;{day};balans;{item};{1 + number % 5};gescoord;coach;"
        for number, day in enumerate(days)
        for family in ("G001", "G002", "G003")
        for lid, item in (("", "gezin.dak"), ("moeder", "volwassene.stress"), ("kind1", "kind.spelen"))
    ]
    path = tmp_path / "veel.csv"
    path.write_text(HEAD + "\n".join([*lines, *lines]) + "\n", "utf-8")
    found = import_scores(register, path)
    assert counts(found) == (3, 6, 16_668, 50_004, 50_004, 0)


def test_the_shipped_scores_load_and_load_again(project: ProjectFile) -> None:
    domains = read_domains(ROOT / "codebooks" / "levensdomeinen.yaml")
    with project.change(Act.IMPORT_INSTRUMENTS) as writing:
        scores.put_domains(writing, domains)
        scores.put_instrument(writing, BALANCE)
        for path in (ROOT / "codebooks" / "instrumenten").glob("*.yaml"):
            scores.put_instrument(writing, read_instrument(path, domains))
    for name in ("families", "persons", "trajectories"):
        import_families(project, ROOT / "transcripts" / f"{name}.csv")
    late = dt.date(2026, 12, 31)
    for name, new in (("sociale_balans", 4301), ("impactmeter", 376)):
        path = ROOT / "transcripts" / f"scores_{name}.csv"
        assert import_scores(project, path, latest=late).new == new
        again = import_scores(project, path, latest=late)
        assert (again.new, again.unchanged, again.warnings) == (0, new, ())
