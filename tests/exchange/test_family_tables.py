from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.builders import add_family
from tests.exchange_data import ROOT

from verhalen import errors
from verhalen.api.project import Project
from verhalen.exchange.columns import Counts
from verhalen.exchange.family_export import export_families
from verhalen.exchange.family_preview import preview_families
from verhalen.exchange.family_tables import import_families
from verhalen.exchange.table_kinds import table_kind
from verhalen.model.act import Act
from verhalen.model.family import AttributeKind, ValueKind
from verhalen.model.mapping import ColumnMapping
from verhalen.store import declared, families
from verhalen.store.project import ProjectFile

Write = Callable[[str, str], Path]
FAMILIES = "gezin;gemeente;gezinsvorm;kinderen\nG001;Oudermeer;eenouder;2\nG002;Lindebeke;;1\n"
PERSONS = "gezin;lid;rol;leeftijdsgroep;van;tot\nG001;moeder;ouder;25-34;;\nG001;kind1;kind;3-5;01/02/2025;2025-06-30\n"
TRAJECTORIES = (
    "gezin;traject;aanmelding;start;einde;reden_einde;coach;project;verwijzer;gekend\n"
    "G001;1;2025-01-03;2025-01-10;2025-08-01;gestopt;Els;Klaverland;OCMW;nieuw\n"
    "G001;2;;2026-01-05;;;Els;Klaverland;zelf;gekend\n"
)
CONTACTS = "gezin;datum;soort;met\nG001;2025-01-12;huisbezoek;moeder\nG001;2025-01-19;bericht;\n"


def make(folder: Path) -> Path:
    folder.mkdir()
    return folder


def changes(project: ProjectFile) -> int:
    return project.number("select count(*) from change")


def test_four_kinds_of_tables_are_known_by_their_columns(project: ProjectFile, file: Write) -> None:
    found = [
        import_families(project, file(f"{number}.csv", text))
        for number, text in enumerate((FAMILIES, PERSONS, TRAJECTORIES, CONTACTS))
    ]
    assert [each.families.new for each in found] == [2, 0, 0, 0]
    assert [each.persons.new for each in found] == [0, 2, 0, 0]
    assert [each.trajectories.new for each in found] == [0, 0, 2, 0]
    assert [each.contacts.new for each in found] == [0, 0, 0, 2]
    first, second = families.families(project)
    assert (first.municipality, first.attribute("gezinsvorm"), first.attribute("kinderen")) == (
        "Oudermeer",
        "eenouder",
        "2",
    )
    assert second.attributes == (("kinderen", "1"),)
    assert [person.key for person in first.persons] == ["G001.moeder", "G001.kind1"]
    assert (first.persons[1].joined, first.persons[1].left) == (dt.date(2025, 2, 1), dt.date(2025, 6, 30))
    assert [(each.ordinal, each.end, each.reason) for each in first.trajectories] == [
        (1, dt.date(2025, 8, 1), "gestopt"),
        (2, None, ""),
    ]
    assert first.contacts == 2


@pytest.mark.parametrize("text", [FAMILIES, PERSONS, TRAJECTORIES, CONTACTS])
def test_the_same_file_again_changes_nothing(project: ProjectFile, file: Write, text: str) -> None:
    import_families(project, file("f.csv", FAMILIES))
    import_families(project, file("a.csv", text))
    before = changes(project)
    again = import_families(project, file("a.csv", text))
    counts = (again.families, again.persons, again.trajectories, again.contacts)
    assert sum(each.new + each.changed for each in counts) == 0
    assert sum(each.unchanged for each in counts) == 2
    assert changes(project) == before


def test_what_differs_is_brought_up_to_date(project: ProjectFile, file: Write) -> None:
    for text in (FAMILIES, PERSONS, TRAJECTORIES):
        import_families(project, file("a.csv", text))
    moved = import_families(project, file("a.csv", FAMILIES.replace("G002;Lindebeke;;1", "G002;Wilgenrode;koppel;1")))
    older = import_families(project, file("a.csv", PERSONS.replace("3-5", "6-11")))
    ended = import_families(
        project, file("a.csv", TRAJECTORIES.replace("2026-01-05;;;", "2026-01-05;2026-06-01;afgerond;"))
    )
    assert (moved.families, older.persons, ended.trajectories) == (Counts(0, 1, 1), Counts(0, 1, 1), Counts(0, 1, 1))
    first, second = families.families(project)
    assert (second.municipality, second.attribute("gezinsvorm")) == ("Wilgenrode", "koppel")
    assert (first.persons[1].age_group, first.trajectories[1].reason) == ("6-11", "afgerond")


def test_a_column_that_is_not_there_takes_nothing_away(project: ProjectFile, file: Write) -> None:
    import_families(project, file("a.csv", FAMILIES))
    import_families(project, file("a.csv", "gezin;thuistaal\nG001;Tigrinya\n"))
    first = families.families(project)[0]
    assert (first.municipality, dict(first.attributes)) == (
        "Oudermeer",
        {"gezinsvorm": "eenouder", "kinderen": "2", "thuistaal": "Tigrinya"},
    )


def test_english_names_of_columns_are_understood(project: ProjectFile, file: Write) -> None:
    import_families(project, file("a.csv", "family,municipality\nG001,Oudermeer\n"))
    import_families(project, file("a.csv", "Family,Member,Role,Age group\nG001,moeder,parent,25-34\n"))
    import_families(project, file("a.csv", "family,trajectory,start,known\nG001,1,2025-01-01,new\n"))
    (family,) = families.families(project)
    assert (family.persons[0].role, family.persons[0].age_group, family.trajectories[0].known) == (
        "ouder",
        "25-34",
        "nieuw",
    )


def test_a_workbook_may_hold_several_kinds_in_any_order(project: ProjectFile, tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, text in (("Leden", PERSONS), ("Uitleg", "Zomaar\nwat uitleg\n"), ("Gezinnen", FAMILIES)):
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            sheet.append(line.split(";"))
    book.save(tmp_path / "a.xlsx")
    found = import_families(project, tmp_path / "a.xlsx")
    assert (found.families.new, found.persons.new) == (2, 2)
    assert [notice.values for notice in found.warnings] == [{"sheet": "Uitleg"}]


@pytest.mark.parametrize(
    ("text", "row", "column", "problem"),
    [
        ("gezin;lid;rol\nG009;moeder;ouder\n", 2, "gezin", "there is no family G009"),
        ("gezin;lid;rol\nG001;moeder;buurvrouw\n", 2, "rol", '"buurvrouw" is not one of: ouder, partner'),
        ("gezin;lid;rol\nG001;;ouder\n", 2, "lid", "this cell is empty"),
        ("gezin;lid;rol\nG001;kind.1;kind\n", 2, "lid", "without dots"),
        ("gezin;lid;rol\nG001;moeder;ouder\nG001;moeder;ouder\n", 3, "lid", "stands on row 2 already"),
        ("gezin;gemeente\nG001;a\nG001;b\n", 3, "gezin", "G001 stands on row 2 already"),
        ("gezin;gemeente\nG0.01;a\n", 2, "gezin", "no dot"),
        ("family;start;trajectory\nG001;morgen;1\n", 2, "start", '"morgen" is no date'),
        ("gezin;start;traject\nG001;2025-01-01;nul\n", 2, "traject", "no whole number"),
        ("gezin;start;traject\nG001;2025-01-01;0\n", 2, "traject", "count from 1"),
        ("gezin;start;traject;einde\nG001;2025-02-01;1;2025-01-01\n", 2, "einde", "before the beginning"),
        ("gezin;start;traject;reden_einde\nG001;2025-02-01;1;moe\n", 2, "reden_einde", "afgerond, gestopt"),
        ("gezin;datum;soort\nG001;;bericht\n", 2, "datum", "this cell is empty"),
    ],
)
def test_an_error_in_a_row_refuses_the_whole_file(
    project: ProjectFile, file: Write, text: str, row: int, column: str, problem: str
) -> None:
    import_families(project, file("f.csv", FAMILIES))
    before = changes(project)
    with pytest.raises(errors.BadTable, match=problem) as caught:
        import_families(project, file("a.csv", text))
    assert caught.value.problems[0][:2] == (row, column)
    assert changes(project) == before


def test_every_error_is_listed(project: ProjectFile, file: Write) -> None:
    with pytest.raises(errors.BadTable) as caught:
        import_families(project, file("a.csv", "gezin;lid;rol\nG001;moeder;x\nG002;vader;ouder\n"))
    assert [problem[:2] for problem in caught.value.problems] == [(2, "gezin"), (2, "rol"), (3, "gezin")]


def test_columns_that_say_who_somebody_is_are_left_out(project: ProjectFile, file: Write) -> None:
    found = import_families(project, file("a.csv", "gezin;Naam;Adres;gezinsvorm\nG001;Verzonnen;Straat 1;koppel\n"))
    assert [notice.values["column"] for notice in found.warnings] == ["Naam", "Adres"]
    assert families.families(project)[0].attributes == (("gezinsvorm", "koppel"),)


def test_the_key_of_a_family_is_no_name_and_that_of_a_person_gives_a_warning(project: ProjectFile, file: Write) -> None:
    with pytest.raises(errors.BadTable) as caught:
        import_families(project, file("a.csv", "gezin;gemeente\nPeeters;a\nG 003;b\nwendy;c\nG004;d\n"))
    assert [problem[:2] for problem in caught.value.problems] == [(2, "gezin"), (3, "gezin"), (4, "gezin")]
    add_family(project, "familie x")  # an older version took it: it stays valid, and is told
    found = import_families(project, file("a.csv", "gezin;gemeente\nfamilie x;b\nG003;c\n"))
    assert [notice.values["key"] for notice in found.warnings] == ["familie x"]
    found = import_families(project, file("a.csv", "gezin;lid;rol;nota\nG003;Wendy;ouder;x\nG003;kind1;kind;\n"))
    assert [notice.values for notice in found.warnings] == [{"column": "nota"}, {"key": "Wendy"}]


def test_values_that_say_who_somebody_is_are_told_by_place_and_never_repeated(
    project: ProjectFile, file: Write
) -> None:
    table = (
        "gezin;gemeente;thuistaal;nota;bereikbaar\nG001;Oudermeer;Tigrinya;;\n"
        "G002;Kerkstraat 12;Nederlands;Amina;0478 12 34 56\n"
    )
    found = import_families(project, file("a.csv", table))
    assert [notice.values["where"] for notice in found.warnings] == [
        "row 3, column gemeente",
        "row 3, column nota",
        "row 3, column bereikbaar",
    ]
    assert not any(word in str(notice) for notice in found.warnings for word in ("Amina", "Kerkstraat", "0478"))


def test_a_planned_start_is_told_and_what_cannot_have_been_yet_is_refused(project: ProjectFile, file: Write) -> None:
    import_families(project, file("f.csv", FAMILIES))
    found = import_families(
        project,
        file("a.csv", "gezin;traject;aanmelding;start\nG001;1;2025-01-03;2199-01-10\nG002;1;2025-02-01;2025-01-10\n"),
    )
    assert [notice.values["where"] for notice in found.warnings] == ["row 2, column start", "row 3, column aanmelding"]
    for text, column in (
        ("gezin;traject;aanmelding;start\nG001;2;2199-01-03;2199-01-10\n", "aanmelding"),
        ("gezin;datum;soort\nG001;01/02/2199;bericht\n", "datum"),
    ):
        with pytest.raises(errors.BadTable) as caught:
            import_families(project, file("a.csv", text))
        assert caught.value.problems[0][:2] == (2, column)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("G001;3;2025-07-01;\n", (2, "start")),  # within trajectory 1 of the project
        ("G001;3;2024-12-01;\n", (2, "einde")),  # still open when trajectory 1 began
        ("G002;1;2025-01-01;2025-03-01\nG002;2;2025-02-01;\n", (3, "start")),
    ],
)
def test_periods_of_support_that_overlap_are_refused(
    project: ProjectFile, file: Write, text: str, place: tuple[int, str]
) -> None:
    for table in (FAMILIES, TRAJECTORIES):
        import_families(project, file("a.csv", table))
    with pytest.raises(errors.BadTable) as caught:
        import_families(project, file("b.csv", "gezin;traject;start;einde\n" + text))
    assert [problem[:2] for problem in caught.value.problems] == [place]


def test_a_person_belongs_to_one_family(project: ProjectFile, file: Write) -> None:
    import_families(project, file("f.csv", FAMILIES))
    table = "gezin;lid;rol\nG002;G001.moeder;ouder\nG001;P0171;kind\nG002;P0171;kind\n"
    with pytest.raises(errors.BadTable) as caught:
        import_families(project, file("a.csv", table))
    assert [problem[:2] for problem in caught.value.problems] == [(2, "lid"), (4, "lid")]


def test_attributes_are_held_to_their_kind(project: ProjectFile, file: Write) -> None:
    with project.change(Act.ATTRIBUTE_KIND) as writing:
        for kind in (
            AttributeKind("taal", ValueKind.CHOICE, ("Nederlands", "Frans")),
            AttributeKind("sinds", ValueKind.DAY),
            AttributeKind("huur", ValueKind.NUMBER),
            AttributeKind("auto", ValueKind.YES_NO),
        ):
            declared.put_attribute_kind(writing, kind)
    import_families(project, file("a.csv", 'gezin;taal;sinds;huur;auto\nG001;frans;3/2/2025;"612,5";yes\nG002;;;;\n'))
    assert dict(families.families(project)[0].attributes) == {
        "taal": "Frans", "sinds": "2025-02-03", "huur": "612.5", "auto": "ja",
    }  # fmt: skip
    with pytest.raises(errors.BadTable) as caught:
        import_families(project, file("a.csv", "gezin;taal;sinds;huur;auto\nG001;Chinees;ooit;veel;soms\n"))
    assert [problem[1] for problem in caught.value.problems] == ["taal", "sinds", "huur", "auto"]


@pytest.mark.parametrize("name", ["uit.xlsx", "uit"])
def test_what_is_exported_comes_back_unchanged(project: ProjectFile, file: Write, tmp_path: Path, name: str) -> None:
    for text in (FAMILIES, PERSONS, TRAJECTORIES, CONTACTS):
        import_families(project, file("a.csv", text))
    before = families.families(project)
    written = export_families(project, tmp_path / name)
    again = [import_families(project, path) for path in written]
    touched = [each for done in again for each in (done.families, done.persons, done.trajectories, done.contacts)]
    assert sum(each.new + each.changed for each in touched) == 0
    assert sum(each.unchanged for each in touched) == 8
    assert [done.warnings for done in again] == [()] * len(written)
    with ProjectFile.create(make(tmp_path / "ander"), coder="Hanne") as other:
        for path in written:
            import_families(other, path)
        bare = [replace(each, id=0, persons=(), trajectories=()) for each in families.families(other)]
        assert bare == [replace(each, id=0, persons=(), trajectories=()) for each in before]
        assert [len(each.persons) + len(each.trajectories) for each in families.families(other)] == [4, 0]


def test_a_preview_tells_every_column_and_stores_nothing(project: ProjectFile, file: Write) -> None:
    table = "gezin;Naam;gemeente;kinderen;sinds\nG001;X;Oudermeer;2;2025-01-01\nG 2;Y;Lindebeke;1;1/2/2025\n"
    found = preview_families(project, file("a.csv", table))
    (sheet,) = found.sheets
    assert [(each.column, each.meaning, each.filled, each.different) for each in sheet.columns] == [
        ("gezin", "gezin", 2, 2),
        ("Naam", "", 2, 2),
        ("gemeente", "gemeente", 2, 2),
        ("kinderen", "kinderen", 2, 2),
        ("sinds", "sinds", 2, 2),
    ]
    assert [each.use for each in sheet.columns[3:]] == ["attribute, looks like a number", "attribute, looks like a day"]
    assert (found.would.families.new, [(each.row, each.column) for each in found.errors]) == (2, [(3, "gezin")])
    assert families.families(project) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("gezin;lid;datum;item;waarde\nG001;;2025-01-01;x;3\n", "scores import"),
        ("verhaal;gezin;tekst\nV01;G001;x\n", "stories import"),
        ("iets;anders\na;b\n", "no column named gezin"),
    ],
)
def test_other_tables_are_sent_to_the_right_door(project: ProjectFile, file: Write, text: str, reason: str) -> None:
    with pytest.raises(errors.BadInput, match=reason):
        import_families(project, file("a.csv", text))


def test_the_shipped_families_load(project: ProjectFile) -> None:
    found = [
        import_families(project, ROOT / "transcripts" / f"{name}.csv")
        for name in ("families", "persons", "trajectories", "contacts")
    ]
    assert [each.warnings for each in found] == [(), (), (), ()]
    assert (found[0].families.new, found[1].persons.new, found[2].trajectories.new, found[3].contacts.new) == (
        24,
        94,
        25,
        594,
    )


def test_columns_of_another_program_are_kept_for_families_and_bring_in_no_name(
    project: ProjectFile, file: Write
) -> None:
    door = Project(project)
    people = {"Dossier": "family", "Persoon": "lid", "Wie": "rol", "Opm": "-"}
    with pytest.raises(errors.BadInput):
        door.families.keep_mapping("Cebud", ColumnMapping({"Voornaam": "roepnaam"}))
    door.families.keep_mapping("Cebud", ColumnMapping(people, {"Wie": {"M": "ouder", "K": "kind"}}))
    door.families.keep_mapping("Cebud-gezin", ColumnMapping({"Dossier": "gezin", "Type woning": "woning"}))
    door.families.import_file(file("g.csv", "Dossier;Type woning\nG001;huur\n"))
    table = file("p.csv", "Dossier;Persoon;Wie;Opm\nG001;moeder;M;x\nG001;kind1;k;\n")
    assert table_kind(project, table) == "families"
    seen = door.families.preview_file(table)
    assert (seen.would.mapping, seen.skipped, seen.would.persons.new) == ("Cebud", ("Opm",), 2)
    assert door.families.import_file(table).mapping == "Cebud"
    assert door.families.import_file(table, mapping="Cebud").persons == Counts(unchanged=2)
    (family,) = door.families.all()
    assert [(each.key, each.role) for each in family.persons] == [("G001.moeder", "ouder"), ("G001.kind1", "kind")]
    assert family.attributes == (("woning", "huur"),)
    assert door.families.preview_file(table, mapping="").sheets[0].kind == ""  # by its own names it is nothing of ours
    door.families.forget_mapping("Cebud")
    with pytest.raises(errors.UnknownMapping):
        door.families.import_file(table, mapping="Cebud")


def test_a_person_of_the_project_stays_in_one_family_and_capitals_make_no_family(
    project: ProjectFile, file: Write
) -> None:
    import_families(project, file("g.csv", "gezin\nG001\nG002\n"))
    import_families(project, file("p.csv", "gezin;lid;rol\nG001;P0171;kind\n"))
    for table, column in (("gezin;lid;rol\nG002;P0171;kind\n", "lid"), ("gezin\ng001\n", "gezin")):
        with pytest.raises(errors.BadTable) as refused:
            import_families(project, file("x.csv", table))
        assert [(row, name) for row, name, _ in refused.value.problems] == [(2, column)]
