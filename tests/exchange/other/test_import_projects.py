"""Projects of QualCoder and RQDA come in whole: what is not kept is said, and nothing is stored of a bad file."""

from __future__ import annotations

import random
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from tests.copies import made_once
from tests.exchange.other.databases import OLD_RQDA, QUALCODER, RQDA, coded, make

from verhalen import errors
from verhalen.api.project import Project, new_project
from verhalen.exchange import foreign_discarded
from verhalen.exchange.foreign_report import TakenIn
from verhalen.model.codebook import Code

TALK = "Anna: Ik sliep slecht die week.\nCoach: En nu?\nAnna: Nu gaat het beter."
WHEN = "2023-05-01 12:00:00"


@made_once
def empty(folder: Path) -> Project:
    """A project without anything in it."""
    return new_project(folder / "w", coder="Hanne", empty=True)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return empty(tmp_path)


def told(project: Project) -> list[tuple[str, str, str, str]]:
    """(words, code, coder, date) of every coding."""
    found = project.codings.fragments()
    return sorted((each.text, each.coding.code, each.coding.coder, each.coding.created) for each in found)


def small(path: Path, version: str = "v6", **more: list[dict[str, object]]) -> Path:
    rows: dict[str, list[dict[str, object]]] = {
        "project": [{"date": "2023-01-01 10:00:00", "memo": ""}],
        "source": [{"id": 1, "name": "anna", "fulltext": TALK, "owner": "Jan", "date": WHEN, "memo": ""}],
        "code_name": [{"cid": 1, "name": "Slaap", "memo": "", "color": "#112233"}],
        "code_text": [{**each, "date": WHEN} for each in coded(TALK, ["Ik sliep slecht", "Nu gaat het beter"])],
    }
    return make(path, QUALCODER[version], {**rows, **more})


# -- QualCoder -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", QUALCODER)
def test_every_version_of_qualcoder_gives_its_codings_with_coder_and_date(
    project: Project, tmp_path: Path, version: str
) -> None:
    done = project.other_programs.take_in(small(tmp_path / "p.qda/data.qda", version).parent)
    assert told(project) == [
        ("Ik sliep slecht", "slaap", "Jan", "2023-05-01T12:00:00.000Z"),
        ("Nu gaat het beter", "slaap", "Jan", "2023-05-01T12:00:00.000Z"),
    ]
    assert (done.program, done.share, done.lost_count, dict(done.left_out.counts)) == ("QualCoder", 1.0, 0, {})
    assert [turn.speaker for turn in project.sources.text("1").turns] == ["Anna", "Coach", "Anna"]


def test_folder_database_and_archive_are_the_same_project(project: Project, tmp_path: Path) -> None:
    database = small(tmp_path / "p.qda/data.qda")
    archive = tmp_path / "packed.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(database, "p.qda/data.qda")
        packed.writestr("p.qda/documents/anna.docx", "x")
    copy = tmp_path / "copy.qda"
    shutil.copy(archive, copy)
    first = project.other_programs.take_in(database)
    again = [project.other_programs.take_in(path) for path in (database.parent, archive, copy)]
    assert (first.codings, [each.codings for each in again]) == (2, [0, 0, 0])
    assert len(project.sources.all()) == 1


def test_all_of_a_qualcoder_project_comes_in_and_what_does_not_is_counted(project: Project, tmp_path: Path) -> None:
    path = small(
        tmp_path / "p.qda/data.qda",
        "v14",
        project=[{"date": "2023-01-01 10:00:00", "memo": "Het plan."}],
        source=[
            {"id": 1, "name": "anna", "fulltext": TALK, "owner": "Jan", "date": WHEN, "memo": "Bij de tekst."},
            {"id": 2, "name": "foto", "mediapath": "images:C:/weg/foto.png"},
            {"id": 3, "name": "opname", "mediapath": "/audio/opname.mp3"},
        ],
        code_cat=[
            {"catid": 1, "name": "Dag", "memo": "Alles van de dag.", "supercatid": 2},
            {"catid": 2, "name": "Rond", "supercatid": 1},
        ],
        code_name=[
            {"cid": 1, "name": "Slaap", "memo": "Hoe iemand slaapt.", "catid": 1, "color": "#112233"},
            {"cid": 2, "name": "Diep", "supercid": 1},
        ],
        code_text=[
            {**coded(TALK, ["Ik sliep slecht"])[0], "memo": "Zie ook later.", "important": 1, "date": WHEN},
            {**coded(TALK, ["En nu?"], code=2)[0], "pos0": 60, "pos1": 66, "date": WHEN},
            {**coded(TALK, ["En nu?"], code=2, owner="Mia")[0], "seltext": "Dat zei niemand", "date": WHEN},
            {**coded(TALK, ["beter"], code=9)[0], "date": WHEN},
            {**coded(TALK, ["beter"], fid=9)[0], "date": WHEN},
        ],
        code_image=[{"imid": 1, "id": 2, "cid": 1}],
        code_av=[{"avid": 1, "id": 3, "cid": 1}],
        annotation=[{"fid": 1, "pos0": 40, "pos1": 44, "memo": "Hier lacht ze.", "owner": "Mia", "date": WHEN}],
        cases=[
            {"caseid": 1, "name": "G012", "memo": "Komt terug.", "date": WHEN},
            {"caseid": 2, "name": "Anna Peeters"},
            {"caseid": 3, "name": "G013"},
            {"caseid": 4, "name": "G012.moeder"},
        ],
        case_text=[
            {"caseid": 1, "fid": 1, "pos0": 0, "pos1": len(TALK)},
            {"caseid": 2, "fid": 1, "pos0": 0, "pos1": 20},
            {"caseid": 3, "fid": 1, "pos0": 6, "pos1": 31, "owner": "Jan"},
        ],
        attribute=[
            {"name": "gezinsvorm", "attr_type": "case", "value": "eenouder", "id": 1},
            {"name": "Naam", "attr_type": "case", "value": "Peeters", "id": 1},
            {"name": "jaar", "attr_type": "file", "value": "2023", "id": 1},
            {"name": "Gemeente", "attr_type": "case", "value": "Lindebeke", "id": 1},
        ],
        journal=[{"jid": 1, "name": "Dag 1", "jentry": "Veel over slaap.", "owner": "Jan", "date": WHEN}],
    )
    (path.parent / "documents").mkdir()
    (path.parent / "documents/anna.docx").write_bytes(b"x")
    done = project.other_programs.take_in(path.parent)
    assert [(code.name, code.parent, code.definition, code.colour) for code in project.codes.book()] == [
        ("Dag", None, "Alles van de dag.", ""),
        ("Rond", "dag", "", ""),
        ("Slaap", "dag", "Hoe iemand slaapt.", "#112233"),
        ("Diep", "dag.slaap", "", ""),
    ]
    assert [row[:3] for row in told(project)] == [
        ("En nu?", "dag.slaap.diep", "Jan"),
        ("Ik sliep slecht", "dag.slaap", "Jan"),
    ]
    assert [(spot.start, spot.now) for spot in done.moved] == [(60, (39, 45))]
    assert [(spot.text, spot.code, spot.start, spot.now) for spot in done.lost] == [
        ("anna", "dag.slaap.diep", 39, None)
    ]
    assert {(memo.target, memo.text, memo.coder) for memo in project.memos.all()} == {
        ("project", "Het plan.", "Hanne"),
        ("project", "Dag 1\n\nVeel over slaap.", "Jan"),
        ("source", "Bij de tekst.", "Jan"),
        ("source", "jaar: 2023", "Jan"),
        ("turn", "Hier lacht ze.", "Mia"),
        ("family", "Komt terug.", "Hanne"),
        ("coding", "Zie ook later.", "Jan"),
    }
    assert [(each.key, each.municipality, each.attributes) for each in project.families.all()] == [
        ("G012", "Lindebeke", (("gezinsvorm", "eenouder"),)),
        ("G013", "", ()),
    ]
    assert [person.key for person in project.families.get("G012").persons] == ["G012.moeder"]
    assert [(each.family, each.start, each.stop) for each in project.sources.mentions("1")] == [("G013", 6, 31)]
    assert dict(done.left_out.counts) == {
        foreign_discarded.DOCUMENTS: 1,
        foreign_discarded.PICTURES: 1,
        foreign_discarded.RECORDINGS: 1,
        foreign_discarded.OUTSIDE: 1,
        foreign_discarded.PICTURE_CODINGS: 1,
        foreign_discarded.RECORDING_CODINGS: 1,
        foreign_discarded.IMPORTANT: 1,
        foreign_discarded.NO_CODE: 1,
        foreign_discarded.NO_TEXT: 1,
        foreign_discarded.CASE_NAMES: 1,
        foreign_discarded.IDENTIFYING_VALUE: 1,
        foreign_discarded.CODING_LOST: 1,
        foreign_discarded.TEXT_VALUES: 1,
        foreign_discarded.REMARKS: 1,
    }


def test_a_whole_import_is_undone_in_one_step(project: Project, tmp_path: Path) -> None:
    before = project.codes.book()
    project.other_programs.take_in(small(tmp_path / "p.qda/data.qda"))
    project.history.undo()
    assert (project.sources.all(), project.codes.book()) == ([], before)


def test_a_later_copy_adds_only_what_is_new_and_leaves_our_codes_alone(project: Project, tmp_path: Path) -> None:
    path = small(tmp_path / "p.qda/data.qda")
    project.other_programs.take_in(path)
    project.codes.change(replace(project.codes.book().codes[0], definition="Ons woord."))
    with closing(sqlite3.connect(path)) as database:
        row = {**coded(TALK, ["En nu?"], owner="Mia")[0], "date": WHEN}
        marks = ", ".join("?" * len(row))
        database.execute(f"insert into code_text ({', '.join(row)}) values ({marks})", list(row.values()))
        database.commit()
    done = project.other_programs.take_in(path)
    assert (done.codings, done.new_codes, len(project.sources.all())) == (1, 0, 1)
    assert project.codes.book().codes[0].definition == "Ons woord."
    assert [coder.name for coder in project.codings.coders()].count("Jan") == 1


def test_who_has_our_name_there_is_somebody_else(project: Project, tmp_path: Path) -> None:
    rows = [{**each, "date": WHEN} for each in coded(TALK, ["En nu?"], owner="Hanne")]
    project.other_programs.take_in(small(tmp_path / "p.qda/data.qda", code_text=rows))
    assert [row[2] for row in told(project)] == ["Hanne (QualCoder)"]


def test_a_withdrawn_text_and_a_text_corrected_here_do_not_come_back(project: Project, tmp_path: Path) -> None:
    path = small(tmp_path / "p.qda/data.qda")
    project.other_programs.take_in(path)
    project.sources.correct("1", start=6, stop=8, replacement="Wij")
    done = project.other_programs.take_in(path)
    assert (done.texts, done.left_out.counts[foreign_discarded.TEXT_CHANGED]) == ([], 1)


# -- RQDA ----------------------------------------------------------------------------------------------------------------


def test_an_rqda_project_comes_in_without_what_was_deleted_there(project: Project, tmp_path: Path) -> None:
    talk, when = "Anna: ’t Is één café.\r\nJa, zo'n café!", "Mon May  1 12:00:00 2023"
    rows = coded(talk, ["één café", "zo'n café"])
    codings = [
        {
            "cid": 1,
            "fid": 1,
            "seltext": each["seltext"],
            "selfirst": float(str(each["pos0"])),
            "selend": float(str(each["pos1"])),
            "status": 1,
            "owner": "default",
            "date": when,
        }
        for each in rows
    ]
    path = make(
        tmp_path / "p.rqda",
        RQDA,
        {
            "project": [{"databaseversion": "0.2.2", "date": "Sun Jan  1 10:00:00 2023"}],
            "source": [
                {"name": "anna", "id": 1, "file": talk, "status": 1, "owner": "default", "date": when},
                {"name": "weg", "id": 2, "file": "Weg.", "status": 0},
            ],
            "freecode": [
                {"name": "koffie", "id": 1, "status": 1, "color": "tomato", "memo": "Drinken."},
                {"name": "weg", "id": 2, "status": -1},
            ],
            "codecat": [{"name": "Thuis", "catid": 1, "status": 1}, {"name": "Buiten", "catid": 2, "status": 1}],
            "treecode": [{"cid": 1, "catid": 2, "status": 1}, {"cid": 1, "catid": 1, "status": 1}],
            "coding": [*codings, codings[0], {**codings[0], "status": 0}, {**codings[0], "fid": 2}],
            "cases": [{"name": "G007", "id": 1, "status": 1}, {"name": "Jan Peeters", "id": 2, "status": 1}],
            "caselinkage": [{"caseid": 1, "fid": 1, "selfirst": 0.0, "selend": float(len(talk)), "status": 1}],
            "caseAttr": [{"variable": "taal", "value": "frans", "caseID": 1, "status": 1}],
            "fileAttr": [{"variable": "plaats", "value": "thuis", "fileID": 1, "status": 1}],
            "annotation": [
                {"fid": 1, "position": 8, "annotation": "Lacht.", "status": 1, "owner": "Mia", "date": when}
            ],
            "journal": [{"name": "Dag 1", "journal": "Nog eens lezen.", "status": 1, "owner": "Mia", "date": when}],
            "imageCoding": [{"cid": 1, "iid": 1, "status": 1}],
        },
    )
    done = project.other_programs.take_in(path)
    assert told(project) == [
        ("zo'n café", "buiten.koffie", "default", "2023-05-01T12:00:00.000Z"),
        ("één café", "buiten.koffie", "default", "2023-05-01T12:00:00.000Z"),
    ]
    assert (done.model, done.share) == ("codepoints", 1.0)
    assert project.codes.book().codes[-1].colour == "#ff6347"
    assert [(each.key, each.attributes) for each in project.families.all()] == [("G007", (("taal", "frans"),))]
    assert dict(done.left_out.counts) == {
        foreign_discarded.DELETED: 3,
        foreign_discarded.CATEGORIES: 1,
        foreign_discarded.NO_TEXT: 1,
        foreign_discarded.PICTURE_CODINGS: 1,
        foreign_discarded.CASE_NAMES: 1,
        foreign_discarded.TEXT_VALUES: 1,
        foreign_discarded.REMARKS: 1,
    }


def test_the_oldest_rqda_and_its_letters_of_windows_are_read(project: Project, tmp_path: Path) -> None:
    path = make(
        tmp_path / "p.rqda",
        OLD_RQDA,
        {
            "source": [{"name": "anna", "id": 1, "file": "x", "status": 1}],
            "freecode": [{"name": "koffie", "id": 1, "status": 1}],
            "coding": [{"cid": 1, "fid": 1, "seltext": "x", "selfirst": 4.0, "selend": 8.0, "status": 1}],
        },
    )
    with closing(sqlite3.connect(path)) as database:
        database.execute("update source set file = cast(x'4e6f6720636166e92e' as text)")
        database.execute("update coding set seltext = cast(x'636166e9' as text)")
        database.commit()
    done = project.other_programs.take_in(path)
    assert [row[:3] for row in told(project)] == [("café", "koffie", "Hanne")]
    assert (done.coders, done.left_out.counts) == (0, {foreign_discarded.NO_DATE: 1})


# -- bad files -----------------------------------------------------------------------------------------------------------


def damaged(path: Path, kind: str) -> Path:
    """A project that cannot be taken in."""
    good = small(path / "p.qda/data.qda")
    if kind == "no database":
        good.unlink()
    elif kind == "empty":
        good.write_bytes(b"")
    elif kind == "password":
        good.write_bytes(bytes(range(256)) * 64)
    elif kind == "half":
        good.write_bytes(good.read_bytes()[:8192])
    elif kind == "open":
        good.with_name("data.qda-wal").write_bytes(b"x")
    elif kind == "holes":
        good.write_bytes(good.read_bytes()[:4096] + b"\xff" * (good.stat().st_size - 4096))
    elif kind == "other":
        good.unlink()
        make(good, "create table recipe (id integer)", {})
    elif kind == "view":
        good.unlink()
        hostile = (
            "create view code_text as with recursive n(cid) as (select 1 union all select cid + 1 from n)"
            " select cid, 1 fid, 0 pos0, 1 pos1 from n;"
        )
        make(good, QUALCODER["v1"].replace("create table code_text", "create table code_texts") + hostile, {})
    return path / "p.qda"


@pytest.mark.parametrize(
    ("kind", "raised"),
    [
        ("no database", errors.BadExchange),
        ("empty", errors.EmptyFile),
        ("password", errors.BadExchange),
        ("half", errors.BadExchange),
        ("open", errors.LockedFile),
        ("holes", errors.BadExchange),
        ("other", errors.BadExchange),
        ("view", errors.BadExchange),
    ],
)
def test_a_bad_project_is_refused_by_name_and_leaves_nothing(
    project: Project, tmp_path: Path, kind: str, raised: type[errors.VerhalenError]
) -> None:
    with pytest.raises(raised, match=r"p\.qda"):
        project.other_programs.take_in(damaged(tmp_path, kind))
    assert (project.sources.all(), len(project.codes.book())) == ([], 0)


def test_what_breaks_half_way_leaves_nothing(project: Project, tmp_path: Path) -> None:
    path = small(tmp_path / "p.qda/data.qda")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        project.other_programs.take_in(path, on_progress=stop)
    assert (project.sources.all(), len(project.codes.book())) == ([], 0)


def test_an_archive_that_explodes_or_holds_two_projects_is_refused(project: Project, tmp_path: Path) -> None:
    two, bomb = tmp_path / "two.qda", tmp_path / "bomb.qda"
    with zipfile.ZipFile(two, "w") as packed:
        packed.writestr("a/data.qda", "x")
        packed.writestr("b/data.qda", "x")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a/data.qda", b"\0" * 30_000_000)
    with pytest.raises(errors.BadExchange):
        project.other_programs.take_in(two)
    with pytest.raises(errors.TooLarge):
        project.other_programs.take_in(bomb)


def test_the_file_of_the_other_program_stays_as_it_was(project: Project, tmp_path: Path) -> None:
    path = small(tmp_path / "p.qda/data.qda")
    before = path.read_bytes()
    project.other_programs.take_in(path)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["data.qda"]


def test_a_fresh_code_is_never_one_that_was_withdrawn(project: Project, tmp_path: Path) -> None:
    project.families.add("G001C")
    project.withdraw("G001C", really=True)
    cases = [{"caseid": 1, "name": "Anna Peeters"}, {"caseid": 2, "name": "Jan Peeters"}]
    project.other_programs.take_in(small(tmp_path / "p.qda/data.qda", cases=cases), cases="new")
    assert [each.key[:4] for each in project.families.all()] == ["G002", "G003"]


def test_circles_and_endless_trees_of_codes_come_in_flat(project: Project, tmp_path: Path) -> None:
    circle = [{"catid": 1, "name": "a", "supercatid": 2}, {"catid": 2, "name": "b", "supercatid": 1}]
    deep = [{"catid": i, "name": f"c{i}", "supercatid": i - 1} for i in range(4, 2004)]
    path = small(tmp_path / "p.qda/data.qda", code_cat=[*circle, {"catid": 3, "name": "c3", "supercatid": 3}, *deep])
    done = project.other_programs.take_in(path)
    assert (done.new_codes, done.left_out.counts) == (2004, {foreign_discarded.TOO_DEEP: 1951})
    assert max(code.key.count(".") for code in project.codes.book()) == 49


def test_the_way_of_counting_is_that_of_the_texts_that_tell(project: Project, tmp_path: Path) -> None:
    raw = "Mia: 😀 Ik sliep.\r\nAnna: Goed.\r\n"
    emoji = [
        {"cid": 1, "fid": 2, "seltext": "Ik sliep", "pos0": 8, "pos1": 16, "owner": "Jan", "date": WHEN},
        {"cid": 1, "fid": 2, "seltext": "Goed", "pos0": 24, "pos1": 28, "owner": "Jan", "date": WHEN},
    ]
    path = small(
        tmp_path / "p.qda/data.qda",
        source=[{"id": 1, "name": "anna", "fulltext": TALK}, {"id": 2, "name": "mia", "fulltext": raw}],
        code_text=[*({**each, "date": WHEN} for each in coded(TALK, ["Ik sliep slecht", "beter"])), *emoji],
    )
    done = project.other_programs.take_in(path)
    assert [(each.title, each.model.name, each.model.share) for each in done.texts] == [
        ("anna", "codepoints", 1.0),
        ("mia", "utf16-crlf1", 1.0),
    ]
    assert (done.model, done.share) == ("utf16-crlf1", 1.0)


def test_codes_that_are_here_by_name_are_used(project: Project, tmp_path: Path) -> None:
    project.codes.add(Code("nacht", "slaap"))
    done: TakenIn = project.other_programs.take_in(small(tmp_path / "p.qda/data.qda"))
    assert (done.new_codes, {row[1] for row in told(project)}) == (0, {"nacht"})


def test_a_file_with_changed_bytes_is_read_or_refused_in_a_sentence(project: Project, tmp_path: Path) -> None:
    good, chance = small(tmp_path / "p.qda/data.qda", "v14").read_bytes(), random.Random(3)
    bad = tmp_path / "bad.qda"
    refused: list[str] = []
    for _ in range(40):
        data = bytearray(good)
        for _ in range(chance.choice([1, 5, 30])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        bad.write_bytes(data)
        try:
            project.other_programs.take_in(bad)
        except errors.UnreadableFile as error:
            refused.append(str(error))
    assert 0 < len(refused) < 40
    assert [each for each in refused if "bad.qda" not in each] == []
    assert project.history.check().ok
