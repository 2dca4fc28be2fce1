"""Scores out and in again, SPSS files, columns of other programs, previews, and odd files."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from tests.exchange_data import BALANCE

from verhalen import errors
from verhalen.api.project import Project
from verhalen.exchange.sav_writing import SavValue, SavVariable, sav_bytes
from verhalen.exchange.score_export import export_scores
from verhalen.exchange.score_preview import preview_scores
from verhalen.exchange.score_tables import import_scores
from verhalen.exchange.tables import read_table
from verhalen.model.act import Act
from verhalen.model.mapping import ColumnMapping
from verhalen.model.snapshot import Assessor, Reason, State
from verhalen.store import families, revisions, score_sheets, scores
from verhalen.store.project import ProjectFile

Write = Callable[[str, str], Path]
DAY = dt.date(2026, 3, 12)
FULL = (
    "gezin;lid;datum;instrument;item;waarde;status;beoordelaar;toelichting;reden\n"
    "G001;;2026-03-12;balans;gezin.dak;3;gescoord;coach;'=vochtig;onvolledig_begin|gebeurtenis\n"
    "G001;moeder;2026-03-12;balans;volwassene.stress;;bevestigd;coach;;\n"
    "G001;kind1;2026-03-12;balans;kind.spelen;;bevestigd_in_blok;samen;;\n"
    "G002;moeder;2026-03-12;balans;volwassene.stress;;nvt;ouder;;\n"
    "G002;kind1;2026-03-12;balans;kind.spelen;;niet_gekend;dienst;;wachtlijst\n"
)
needs_spss = pytest.mark.skipif(
    __import__("importlib.util").util.find_spec("pyreadstat") is None, reason="SPSS files need pyreadstat"
)


def changes(project: ProjectFile) -> int:
    return project.number("select count(*) from change")


WHOLE = (
    FULL.replace("reden\n", "reden;herzien_op\n").replace(";\n", ";;\n").replace("gebeurtenis\n", "gebeurtenis;\n")
    + 'G001;;2026-03-12;balans;momentopname;;;coach;\'+ alles gezien ""samen"";;\n'
    "G003;;2026-03-12;balans;momentopname;;;ouder;;;\n"
    "G001;;2026-03-12;balans;gezin.dak;2;herzien;coach;lag al open;later_gebleken;2026-04-01\n"
    "G002;moeder;2026-03-12;balans;volwassene.stress;nvt;revised;ouder;;andere;2/4/2026\n"
)
"""Everything that can stand beside scores: a registration without an answer, its note, revised baselines."""


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("suffix", ["csv", "xlsx", pytest.param("sav", marks=needs_spss)])
def test_what_goes_out_comes_back_with_nothing_changed_and_nothing_lost(
    register: ProjectFile, file: Write, tmp_path: Path, suffix: str, wide: bool
) -> None:
    first = import_scores(register, file("a.csv", WHOLE))
    assert (first.snapshots, first.observations, first.new) == (5, 5, 5)
    before, seen, revised = changes(register), _everything(register), _revised(register)
    assert [(each[2], each[5:8]) for each in revised] == [
        ("gezin.dak", (2, dt.date(2026, 4, 1), Reason.CAME_TO_LIGHT)),
        ("volwassene.stress", (None, dt.date(2026, 4, 2), Reason.OTHER)),
    ]
    out = tmp_path / f"uit.{suffix}"
    done = export_scores(register, out, instrument="balans", wide=wide)
    assert (done.observations, done.notes) == (5, 2 if wide else 3)
    assert [each.values for each in done.not_held] == ([{"n": 2}] if wide else [])
    again = import_scores(register, out)
    assert (again.new, again.changed, again.unchanged, again.errors) == (0, 0, 5, ())
    assert changes(register) == before
    # And into a project that has none of it: states, notes, reasons, assessors and empty registrations come along.
    with register.change(Act.IMPORT_SCORES) as writing:
        for table in ("revised_baseline", "observation_reason", "observation", "snapshot"):
            writing.execute(f"delete from {table}")
    assert import_scores(register, out).new == 5
    assert _everything(register) == seen
    assert _revised(register) == ([] if wide else revised)
    other = tmp_path / f"weer.{suffix}"
    export_scores(register, other, instrument="balans", wide=wide)
    assert [list(row.cells.values()) for row in read_table(other).rows] == [
        list(row.cells.values()) for row in read_table(out).rows
    ]


def _everything(project: ProjectFile) -> list[tuple[object, ...]]:
    return [
        (each.assessor, each.day, each.version, each.note, *(replace(one, id=0) for one in each.observations))
        for number in families.family_ids(project).values()
        for each in scores.snapshots_of(project, number)
    ]


def _revised(project: ProjectFile) -> list[tuple[object, ...]]:
    """Without the ids of families, items and persons, which stand last."""
    return [
        (row.family, row.person, row.item, row.snapshot_day, row.assessor, row.value, row.day, row.reason, row.note)
        for row in revisions.all_revised(project, scores.instruments(project)[0].id)
    ]


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ("G001;;2026-03-12;balans;gezin.dak;2;herzien;coach;;later_gebleken;", "herzien_op", "empty"),
        ("G001;;2026-03-12;balans;gezin.dak;2;herzien;coach;;;2026-04-01", "reden", "one reason"),
        ("G001;moeder;2026-03-12;balans;gezin.dak;2;herzien;coach;;andere;2026-04-01", "lid", "about the family"),
        ("G001;;2026-03-12;balans;gezin.dak;9;herzien;coach;;andere;2026-04-01", "waarde", "off the scale"),
        ("G001;;2026-03-12;balans;momentopname;;;coach;anders;;", "toelichting", "something else of this snapshot"),
    ],
)
def test_what_stands_beside_scores_is_looked_at_as_closely(
    register: ProjectFile, file: Write, row: str, column: str, sentence: str
) -> None:
    before = changes(register)
    with pytest.raises(errors.BadTable, match=sentence) as caught:
        import_scores(register, file("a.csv", WHOLE + row + "\n"))
    assert [(line, place) for line, place, _ in caught.value.problems] == [(11, column)]
    assert changes(register) == before


def test_a_note_that_looks_like_a_formula_is_text_in_every_export(
    register: ProjectFile, file: Write, tmp_path: Path
) -> None:
    import_scores(register, file("a.csv", FULL))
    export_scores(register, tmp_path / "uit.csv")
    assert "'=vochtig" in (tmp_path / "uit.csv").read_text("utf-8")
    export_scores(register, tmp_path / "uit.xlsx")
    book = load_workbook(tmp_path / "uit.xlsx")
    assert book.sheetnames == ["scores", "codeboek"]
    assert [cell.data_type for cell in book["scores"]["J"]][:2] == ["s", "s"]
    assert next(book["codeboek"].iter_rows(min_row=2, values_only=True))[:9] == (
        *("balans", 1, "eigen", "gezin.dak", "Dak", "gezin", "WON", 1, "slecht"),
    )


def test_corrections_are_counted_apart_and_undone_in_one_step(register: ProjectFile, file: Write) -> None:
    import_scores(register, file("a.csv", FULL))
    changed = FULL.replace(";3;gescoord", ";4;gescoord").replace("wachtlijst", "andere")
    done = import_scores(register, file("b.csv", changed))
    assert (done.new, done.changed, done.unchanged) == (0, 2, 3)
    project = Project(register)
    project.history.undo()
    assert (
        import_scores(register, file("a.csv", FULL)).changed,
        import_scores(register, file("b.csv", changed)).changed,
    ) == (0, 2)


def test_a_note_with_a_nul_is_stored_without_it(register: ProjectFile) -> None:
    item = scores.instruments(register)[0].items[0].id
    key = scores.instruments(register)[0].id
    family = families.family_ids(register)["G001"]
    with register.change(Act.IMPORT_SCORES) as writing:
        (number,) = score_sheets.add_snapshots(
            writing, [score_sheets.NewSnapshot(family, key, DAY, Assessor.COACH, None, 1)]
        )
        said = [
            scores.NewObservation(item, None, State.SCORED, value, note) for value, note in ((3, "a\x00b"), (4, "c"))
        ]
        scores.add_observations(writing, [(number, each) for each in said])
    assert register.rows("select value, note from observation order by id") == [(3, "ab"), (4, "c")]


def test_a_table_without_notes_and_reasons_leaves_those_that_are_there(register: ProjectFile, file: Write) -> None:
    import_scores(register, file("a.csv", FULL))
    seen = _everything(register)
    short = (
        "gezin;lid;datum;beoordelaar;gezin.dak;kind.spelen\nG001;;12-3-26;coach;3,0;\nG002;Kind1;12-3-26;dienst;;?\n"
    )
    assert import_scores(register, file("b.csv", short)).unchanged == 2
    assert _everything(register) == seen


# -- SPSS ------------------------------------------------------------------------------------------------------------

SAV_COLUMNS = [
    SavVariable("Gezin"),
    SavVariable("lid", kind="number", value_labels={1: "moeder", 2: "kind1"}),
    SavVariable("datum", kind="date"),
    SavVariable("beoordelaar", kind="number", value_labels={1: "coach", 2: "samen"}),
    SavVariable("gezin.dak", "Dak", "number", {1: "slecht", 5: "heel goed", 97: "Niet gekend", 99: "x"}, (97, 99)),
    SavVariable("kind.spelen", "Spelen", "number", {98: "n.v.t."}, (97, 99)),
]


def sav(path: Path, rows: list[list[SavValue]]) -> Path:
    path.write_bytes(sav_bytes(SAV_COLUMNS, rows, day=DAY))
    return path


@needs_spss
def test_spss_labels_and_missing_values_are_understood(register: ProjectFile, tmp_path: Path) -> None:
    rows: list[list[SavValue]] = [
        ["G001", None, DAY, 1, 4, None],
        ["G002", None, DAY, 2, 97, None],
        ["G003", None, DAY, 2, 99, None],
        ["G003", 2, DAY, 2, None, 98],
    ]
    done = import_scores(register, sav(tmp_path / "a.sav", rows))
    assert [
        (each.family, each.person, each.item, each.assessor, each.state, each.value)
        for each in scores.observation_rows(register, "balans")
    ] == [
        ("G001", None, "gezin.dak", "coach", "gescoord", 4),
        ("G002", None, "gezin.dak", "samen", "niet_gekend", None),
        ("G003", "G003.kind1", "kind.spelen", "samen", "nvt", None),
    ]
    assert {"column": "gezin.dak", "n": 1} in [notice.values for notice in done.warnings]


@needs_spss
def test_a_broken_spss_file_is_refused(tmp_path: Path) -> None:
    whole = sav_bytes(SAV_COLUMNS, [["G001", None, DAY, 1, 4, None]], day=DAY)
    for number, data in enumerate((b"$FL2" + b"x" * 300, whole[:400], whole[:-40])):
        path = tmp_path / f"{number}.sav"
        path.write_bytes(data)
        with pytest.raises(errors.NotWhatItSays):
            read_table(path)


def test_without_the_library_for_spss_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verhalen.exchange.sav_reading._LIBRARY", "no_such_library")
    with pytest.raises(errors.NeedsSpss, match=r"To read a\.sav .* pip install pyreadstat"):
        read_table(sav(tmp_path / "a.sav", [["G001", None, DAY, 1, 4, None]]))


# -- columns of other programs ---------------------------------------------------------------------------------------


def test_columns_and_values_of_another_program_are_kept_and_recognised(register: ProjectFile, file: Write) -> None:
    project = Project(register)
    project.scores.keep_mapping(
        "Cebud-export",
        ColumnMapping(
            {"Gezinsnr": "gezin", "Dag": "date", "Woning": "gezin.dak", "Naam": "-"},
            {"Woning": {"Ja": "5", "Geen idee": "?"}, "Gezinsnr": {"17": "G002"}},
        ),
    )
    path = file("c.csv", "Gezinsnr,Dag,Naam,Woning\nG001,12/03/2026,Jan,ja\n17,12.3.2026,Piet,geen idee\n")
    done = import_scores(register, path)
    assert done.mapping == "Cebud-export"
    assert next(map(str, done.warnings)) == "The columns are those of Cebud-export: read as it says."
    assert [(each.family, each.state, each.value) for each in scores.observation_rows(register, "balans")] == [
        ("G001", "gescoord", 5),
        ("G002", "niet_gekend", None),
    ]
    assert preview_scores(register, path).skipped == ("Naam",)
    project.history.undo()
    project.scores.forget_mapping("Cebud-export")
    with pytest.raises(errors.BadTable, match="column gezin: this column is missing"):
        import_scores(register, path)
    with pytest.raises(errors.UnknownMapping):
        import_scores(register, path, mapping="Cebud-export")


@pytest.mark.parametrize(
    ("columns", "problem"),
    [({"X": "gezinsnaam"}, "gezinsnaam is no column of ours"), ({" ": "gezin"}, "must not be empty")],
)
def test_a_mapping_that_could_never_be_used_is_refused(
    register: ProjectFile, columns: dict[str, str], problem: str
) -> None:
    with pytest.raises(errors.BadInput, match=problem):
        Project(register).scores.keep_mapping("x", ColumnMapping(columns))


def test_a_preview_says_what_columns_mean_and_stores_nothing(register: ProjectFile, file: Write) -> None:
    import_scores(register, file("a.csv", FULL))
    before = changes(register)
    path = file("b.csv", "Gezin;datum;Dak;kind.spelen;schoen\nG001;2026-03-12;9;;\nG003;12-3-26;2;;\n")
    found = preview_scores(register, path, instrument="balans")
    assert changes(register) == before
    (sheet,) = found.sheets
    assert [(each.column, each.meaning, each.filled) for each in sheet.columns] == [
        ("Gezin", "gezin", 2),
        ("datum", "datum", 2),
        ("Dak", "dak", 2),
        ("kind.spelen", "kind.spelen", 0),
        ("schoen", "", 0),
    ]
    assert (found.would.new, found.would.changed, found.would.unchanged) == (1, 0, 0)
    assert [(each.row, each.column, each.message) for each in found.would.errors] == [
        (1, "schoen", "there is no item schoen"),
        (2, "Dak", "9 is off the scale of 1 to 5"),
    ]


# -- odd files -------------------------------------------------------------------------------------------------------

LINE = "gezin;lid;datum;instrument;item;waarde\n"


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        ("g 001;;2026-03-12;balans;gezin.dak;3", "gezin", "G001 is one: is that meant"),
        ("Jan Peeters;;2026-03-12;balans;gezin.dak;3", "gezin", "this looks like somebody's name"),
        ("G001;Jan;2026-03-12;balans;gezin.dak;3", "lid", "never a name"),
        ("G001;G002.moeder;2026-03-12;balans;volwassene.stress;3", "lid", "belongs to family G002"),
        ("G001;;12/31/2026;balans;gezin.dak;3", "datum", "is no date"),
        ("G001;;1-1-62;balans;gezin.dak;3", "datum", "2062-01-01 lies in the future"),
        ("G001;;2026-03-12;balans;gezin.dak;1,5", "waarde", '"1,5" is no whole number'),
    ],
)
def test_odd_cells_are_named_with_what_to_do(
    register: ProjectFile, file: Write, line: str, column: str, problem: str
) -> None:
    with pytest.raises(errors.BadTable, match=problem) as caught:
        import_scores(register, file("a.csv", LINE + line + "\n"))
    assert [each[:2] for each in caught.value.problems] == [(2, column)]
    assert "Peeters" not in str(caught.value)


def test_a_tab_file_of_old_windows_with_decomposed_letters_and_empty_edges_is_read(
    register: ProjectFile, tmp_path: Path
) -> None:
    path = tmp_path / "oud.csv"
    text = "gezin\tdatum\tgezin.dak\ttoelichting.gezin.dak\t\t\r\nG001\t12-3-26\t3\tcaf\xe9\t\t\r\n\t\t\t\t\t\r\n"
    path.write_bytes(text.encode("cp1252"))
    assert import_scores(register, path).new == 1
    path.write_text(text.replace("\xe9", "e\u0301"), "utf-8-sig")
    assert import_scores(register, path).unchanged == 1


def workbook(path: Path, fill: Callable[[Workbook], None]) -> Path:
    book = Workbook()
    fill(book)
    book.save(path)
    return path


def test_a_workbook_of_several_sheets_gives_those_with_scores(register: ProjectFile, tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        for year, value in ((2025, 3), (2026, 4)):
            sheet = book.create_sheet(str(year))
            sheet.append(["gezin", "datum", "gezin.dak", None])
            sheet.append(["G001", dt.date(year, 1, 5), value])
        book.worksheets[0].append(["Uitleg"])
        book.create_sheet("leeg")

    done = import_scores(register, workbook(tmp_path / "a.xlsx", fill))
    assert (done.snapshots, done.new) == (2, 2)
    assert [str(each) for each in done.warnings][:1] == ["The sheet Sheet is no table of scores and was left out."]


def test_workbooks_that_would_lose_scores_are_refused_with_the_way_out(register: ProjectFile, tmp_path: Path) -> None:
    def formula(book: Workbook) -> None:
        book.worksheets[0].append(["gezin", "datum", "gezin.dak"])
        book.worksheets[0].append(["G001", dt.date(2026, 1, 5), "=1+2"])

    def merged(book: Workbook) -> None:
        book.worksheets[0].append(["gezin", "datum", "gezin.dak"])
        book.worksheets[0].append(["G001", dt.date(2026, 1, 5), 3, 4])
        book.worksheets[0].merge_cells("C1:D1")

    with pytest.raises(errors.BadTable, match="row 2, column C: this cell holds a formula without its result"):
        import_scores(register, workbook(tmp_path / "a.xlsx", formula))
    with pytest.raises(errors.BadTable, match="row 2, column D: this cell stands under no column name; were cells"):
        import_scores(register, workbook(tmp_path / "b.xlsx", merged))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    for data, problem in ((ole + "EncryptedPackage".encode("utf-16-le"), "password"), (ole, "an old Excel")):
        (tmp_path / "c.xlsx").write_bytes(data)
        with pytest.raises(errors.UnreadableFile, match=problem):
            import_scores(register, tmp_path / "c.xlsx")
    for name in ("d.xls", "d.ods"):
        (tmp_path / name).write_bytes(ole)
        with pytest.raises(errors.UnknownFormat, match=r"Save d\..* as \.csv, \.xlsx"):
            import_scores(register, tmp_path / name)
    with pytest.raises(errors.EmptyFile):
        import_scores(register, workbook(tmp_path / "e.xlsx", lambda book: None))


def test_rows_that_hold_only_a_layout_cost_nothing_and_a_bomb_is_refused(register: ProjectFile, tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0].append(["gezin", "datum", "gezin.dak"])
        book.worksheets[0].append(["G001", dt.date(2026, 1, 5), 3])

    plain = workbook(tmp_path / "a.xlsx", fill)
    rows = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(3, 10_000))
    full = with_rows(plain, tmp_path / "b.xlsx", rows)
    assert full.stat().st_size < 2_000_000
    assert import_scores(register, full).new == 1
    with pytest.raises(errors.TooLarge):
        import_scores(register, with_rows(plain, tmp_path / "c.xlsx", " " * 9_000_000))


def with_rows(plain: Path, path: Path, rows: str) -> Path:
    """The workbook with more behind its rows."""
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
            new.writestr(name, data)
    return path


def test_a_formula_with_its_result_is_read_as_that_result(register: ProjectFile, tmp_path: Path) -> None:
    plain = workbook(tmp_path / "a.xlsx", lambda book: book.worksheets[0].append(["gezin", "datum", "gezin.dak"]))
    cells = '<c r="A2" t="str"><f>"G001"</f><v>G001</v></c><c r="B2"><v>46093</v></c><c r="C2"><f>1+2</f><v>3</v></c>'
    import_scores(register, with_rows(plain, tmp_path / "b.xlsx", f'<row r="2">{cells}</row>'))
    assert [(row.family, row.day, row.value) for row in scores.observation_rows(register, "balans")] == [
        ("G001", "2026-03-12", 3)
    ]


def test_a_version_is_stored_with_a_snapshot_where_the_file_says_it(register: ProjectFile, file: Write) -> None:
    with register.change(Act.IMPORT_INSTRUMENTS) as writing:
        scores.put_instrument(writing, replace(BALANCE, version=3))
    head = "gezin;datum;instrument;versie;item;waarde\n"
    import_scores(
        register, file("a.csv", head + "G001;2026-01-01;balans;2;gezin.dak;3\nG002;2026-01-01;balans;;gezin.dak;3\n")
    )
    assert [row[0] for row in register.rows("select version from snapshot order by family_id")] == [2, 3]
    with pytest.raises(errors.BadTable, match="there is no version 4 of this instrument"):
        import_scores(register, file("a.csv", head + "G001;2026-01-01;balans;4;gezin.dak;3\n"))
