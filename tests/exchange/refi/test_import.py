"""Projects of other programs come in: the same words under the same codes, whatever the habits of who wrote them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from tests.copies import made_once
from tests.exchange.refi.foreign_made import ATLAS, MAXQDA, NVIVO, PROGRAMS, QUOTES, TALK, WAYS, guid, note
from tests.exchange.refi.schemas import schema

from verhalen import errors
from verhalen.api.project import Project, new_project
from verhalen.model.query import FragmentQuery


@made_once
def _empty(folder: Path) -> Project:
    return new_project(folder / "w", coder="Hanne", empty=True)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with _empty(tmp_path) as made:
        yield made


def words(project: Project) -> list[tuple[str, str]]:
    return [(each.text, each.coding.code) for each in project.codings.fragments(FragmentQuery())]


def count(project: Project) -> tuple[int, ...]:
    tables = ("source", "code", "coding", "memo", "family", "person", "mention", "change")
    return tuple(project.file.number(f"select count(*) from {table}") for table in tables)


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_program_comes_in_with_its_words_under_its_codes(name: str, project: Project, tmp_path: Path) -> None:
    done = project.exchange.import_file(PROGRAMS[name].write(tmp_path / "p.qdpx"))
    assert (done.model, done.sure) == (WAYS[name], True)
    codes = ["thema", "thema.slaap"]
    assert words(project) == [(quote, codes[i % 2]) for i, quote in enumerate(QUOTES)]
    source = project.sources.text(1)
    assert "zoë huur" in source.text
    assert [turn.speaker for turn in source.turns] == ["Anna", "Coach", "Anna", "Coach", "Anna"]
    fragment = project.codings.fragments(FragmentQuery())[0].coding
    assert fragment.coder == "Jan"
    if PROGRAMS[name].dates:
        assert fragment.created == "2019-05-01T08:00:00.123Z"
    assert project.history.check().ok
    assert {each.key: each.colour for each in project.codes.book()} == {"thema": "#010203", "thema.slaap": ""}


def test_the_same_file_again_adds_nothing_and_one_undo_takes_all_back(project: Project, tmp_path: Path) -> None:
    path = ATLAS.write(tmp_path / "p.qdpx")
    project.exchange.import_file(path)
    before = count(project)
    again = project.exchange.import_file(path)
    assert (again.sources, again.codes, again.codings, again.existed, again.known_sources) == ([], 0, 0, 5, 1)
    assert count(project) == before
    project.history.undo()
    assert count(project)[:3] == (0, 0, 0)
    assert project.history.check().ok


def test_guids_of_a_file_are_kept_in_our_export(project: Project, tmp_path: Path) -> None:
    project.exchange.import_file(ATLAS.write(tmp_path / "p.qdpx"))
    project.exchange.export(tmp_path / "ours.qdpx")
    with zipfile.ZipFile(tmp_path / "ours.qdpx") as archive:
        ours = archive.read("project.qde").decode()
    for number in (1, 11, 12, 20, 100, 104, 600, 604):
        assert f'guid="{guid(number)}"' in ours


def test_without_users_dates_and_names_it_is_yours_and_of_today(project: Project, tmp_path: Path) -> None:
    program = replace(MAXQDA, users=False, dates=False, names=False)
    xml = program.xml().replace(' name="Gesprek 1"', "").replace(' name="Slaap"', ' name=""')
    done = project.exchange.import_file(program.write(tmp_path / "p.qdpx", xml=xml))
    assert done.discarded["no_user"] == 5
    assert {each.coding.coder for each in project.codings.fragments(FragmentQuery())} == {"Hanne"}


def test_memos_go_where_they_were_and_loose_ones_into_the_diary(project: Project, tmp_path: Path) -> None:
    program = MAXQDA
    start = TALK.index("beter")
    plain = (
        f'<PlainTextSelection guid="{guid(130)}" startPosition="{start}" endPosition="{start + 5}">'
        f'<NoteRef targetGUID="{guid(301)}"/></PlainTextSelection>'
    )
    selections = [
        program.selection(120, TALK, "meer", 11, inside=f'<NoteRef targetGUID="{guid(300)}"/>'),
        plain,
    ]
    notes = [
        note(program, 300, "Bij de codering."), note(program, 301, "Bij de beurt."), note(program, 302, "Los."),
        note(program, 303, ""), note(program, 304, "Bij de code."),
    ]  # fmt: skip
    link = f'<Links><Link guid="{guid(400)}" originGUID="{guid(304)}" targetGUID="{guid(12)}"/></Links>'
    done = project.exchange.import_file(
        replace(program, selections=selections, extra=f"<Notes>{''.join(notes)}</Notes>{link}").write(
            tmp_path / "p.qdpx"
        )
    )
    found = {each.text: (each.target, each.coder) for each in project.memos.all()}
    assert found == {
        "Bij de codering.": ("coding", "Jan"),
        "Bij de beurt.": ("turn", "Jan"),
        "Los.": ("project", "Jan"),
        "Bij de code.": ("code", "Jan"),
    }
    assert done.discarded["note_empty"] == 1
    again = project.exchange.import_file(tmp_path / "p.qdpx")
    assert (again.memos, len(project.memos.all())) == (0, 4)


def test_ids_that_are_no_guids_lead_to_the_same_things_and_stay_the_same(project: Project, tmp_path: Path) -> None:
    xml = MAXQDA.xml()
    for number in (11, 12, 20, 100, 600):
        xml = xml.replace(guid(number).lower(), f"id-{number}")
    project.exchange.import_file(MAXQDA.write(tmp_path / "p.qdpx", xml=xml))
    assert [code for _, code in words(project)] == ["thema", "thema.slaap", "thema", "thema.slaap", "thema"]
    assert project.exchange.import_file(tmp_path / "p.qdpx").codings == 0
    project.exchange.export(tmp_path / "ours.qdpx")
    with zipfile.ZipFile(tmp_path / "ours.qdpx") as archive:
        schema("Project.xsd").assertValid(etree.fromstring(archive.read("project.qde")))


CASES = (
    f'<Variables><Variable guid="{guid(40)}" name="Taal" typeOfVariable="Text"/>'
    f'<Variable guid="{guid(41)}" name="Naam" typeOfVariable="Text"/></Variables><Cases>'
    f'<Case guid="{guid(50)}" name="G012"><VariableValue><VariableRef targetGUID="{guid(40)}"/><TextValue>fr</TextValue>'
    f'</VariableValue><VariableValue><VariableRef targetGUID="{guid(41)}"/><TextValue>Peeters</TextValue></VariableValue>'
    f'<SelectionRef targetGUID="{guid(100)}"/></Case>'
    f'<Case guid="{guid(51)}" name="Jan Peeters"><SelectionRef targetGUID="{guid(102)}"/></Case>'
    f'<Case guid="{guid(52)}" name="G013.jan"/></Cases>'
)


def everything(project: Project) -> str:
    return "\n".join(project.file._connection.iterdump())


def test_a_case_is_a_family_only_where_its_name_is_a_code(project: Project, tmp_path: Path) -> None:
    done = project.exchange.import_file(replace(MAXQDA, cases=CASES).write(tmp_path / "p.qdpx"))
    (family,) = project.families.all()
    assert (family.key, family.attributes) == ("G012", (("Taal", "fr"),))
    assert (done.discarded["case"], done.discarded["identifying"], done.mentions) == (2, 1, 1)
    assert "Peeters" not in everything(project)


def test_other_cases_may_get_a_fresh_code_and_their_names_stay_outside(project: Project, tmp_path: Path) -> None:
    done = project.exchange.import_file(replace(MAXQDA, cases=CASES).write(tmp_path / "p.qdpx"), cases="new")
    assert [each.key[:4] for each in project.families.all()] == ["G012", "G013", "G014"]
    assert done.mentions == 2
    assert "Peeters" not in everything(project)
    assert project.families.all()[0].persons == ()


def test_a_case_that_is_also_a_code_becomes_what_fragments_are_about(project: Project, tmp_path: Path) -> None:
    program = replace(NVIVO, cases=CASES, more_codes=f'<Code guid="{guid(50)}" name="G012" isCodable="true"/>')
    program.selections = [program.selection(140, TALK, "De", 50)]
    project.exchange.import_file(program.write(tmp_path / "p.qdpx"))
    assert project.codes.book().find("g012") is None
    assert {each.family for each in project.sources.mentions(project.sources.get(1).id)} == {"G012"}


def test_what_cannot_be_kept_is_counted_and_the_rest_comes(project: Project, tmp_path: Path) -> None:
    beyond = f'<PlainTextSelection guid="{guid(150)}" startPosition="5" endPosition="99999"><Coding guid="{guid(151)}">'
    beyond += f'<CodeRef targetGUID="{guid(11)}"/></Coding></PlainTextSelection>'
    xml = MAXQDA.xml().replace("</TextSource>", f"{beyond}{beyond.replace('99999', '5')}</TextSource>")
    missing = (
        f'<TextSource guid="{guid(21)}" name="Weg" plainTextPath="internal://../../etc/passwd">{beyond}</TextSource>'
    )
    area = f'<PDFSource guid="{guid(22)}" path="internal://x.pdf"><PDFSelection guid="{guid(23)}" page="0" firstX="0" firstY="0" '
    area += f'secondX="1" secondY="1"><Coding guid="{guid(24)}"><CodeRef targetGUID="{guid(11)}"/></Coding></PDFSelection></PDFSource>'
    xml = xml.replace("</Sources>", f"{missing}{area}</Sources>")
    done = project.exchange.import_file(MAXQDA.write(tmp_path / "p.qdpx", xml=xml))
    assert dict(+done.discarded) == {
        "outside_text": 1, "empty_selection": 1, "no_text": 2, "codings_of_those": 1, "PDFSelection": 1,
    }  # fmt: skip
    assert len(words(project)) == 5


def test_two_codes_of_one_guid_stay_two_and_codings_go_to_the_first(project: Project, tmp_path: Path) -> None:
    program = replace(MAXQDA, more_codes=f'<Code guid="{guid(12)}" name="Tweede" isCodable="true"/>')
    done = project.exchange.import_file(program.write(tmp_path / "p.qdpx"))
    assert done.discarded["guid_twice"] == 1
    assert {each.key: each.codings for each in project.codes.book()} == {
        "thema": 3, "thema.slaap": 2, "tweede": 0,
    }  # fmt: skip


def test_unsure_places_are_refused_with_their_figures_and_taken_when_said(project: Project, tmp_path: Path) -> None:
    program = replace(NVIVO, names=False)
    text = "Een\nkort 😀 woord."
    xml = program.xml(text).replace("</TextSource>", program.selection(100, text, "woord", 11) + "</TextSource>")
    path = program.write(tmp_path / "p.qdpx", text, xml=xml)
    before = count(project)
    with pytest.raises(errors.UnsurePlaces, match="utf16") as raised:
        project.exchange.import_file(path)
    assert "woord" not in str(raised.value).replace("woorden", "")
    assert count(project) == before
    done = project.exchange.import_file(path, offset_model="utf16")
    assert (done.model, done.sure, words(project)) == ("utf16", False, [("woord", "thema")])


def test_a_transcript_of_a_recording_keeps_its_moments(project: Project, tmp_path: Path) -> None:
    text = "Anna: Dag.\nCoach: Dag Anna.\n"
    points = "".join(
        f'<SyncPoint guid="{guid(60 + i)}" timeStamp="{time}" position="{place}"/>'
        for i, (time, place) in enumerate([(0, 0), (1500, 11), (3000, 28)])
    )
    xml = MAXQDA.xml("x").split("<Sources>")[0] + (
        f'<Sources><AudioSource guid="{guid(25)}" name="opname"><Transcript guid="{guid(26)}"><PlainTextContent>{text}</PlainTextContent>'
        f'{points}<TranscriptSelection guid="{guid(70)}" fromSyncPoint="{guid(61)}" toSyncPoint="{guid(62)}">'
        f'<Coding guid="{guid(71)}"><CodeRef targetGUID="{guid(11)}"/></Coding></TranscriptSelection>'
        "</Transcript></AudioSource></Sources></Project>"
    )
    project.exchange.import_file(MAXQDA.write(tmp_path / "p.qdpx", xml=xml))
    found = project.sources.text(1)
    assert (found.source.title, [(each.value, each.start) for each in found.landmarks]) == (
        "opname",
        [(0, 0), (1500, 11)],
    )
    assert words(project) == [("Coach: Dag Anna.\n", "thema")]


def test_a_pdf_by_its_words_a_code_at_the_whole_of_it_and_a_memo_that_is_coded(
    project: Project, tmp_path: Path
) -> None:
    whole = f'<Coding guid="{guid(80)}"><CodeRef targetGUID="{guid(12)}"/></Coding>'
    pdf = (
        f'<PDFSource guid="{guid(27)}" name="brief.pdf" path="internal://{guid(27)}.pdf"><Representation guid="{guid(28)}">'
        f"<PlainTextContent>Geachte, de huur stijgt.</PlainTextContent>"
        f'<PlainTextSelection guid="{guid(81)}" startPosition="9" endPosition="16"><Coding guid="{guid(82)}">'
        f'<CodeRef targetGUID="{guid(11)}"/></Coding></PlainTextSelection></Representation>{whole}</PDFSource>'
    )
    inside = (
        f'<PlainTextSelection guid="{guid(83)}" startPosition="0" endPosition="6"><Coding guid="{guid(84)}">'
        f'<CodeRef targetGUID="{guid(11)}"/></Coding></PlainTextSelection>'
    )
    notes = f"<Notes>{note(MAXQDA, 85, 'Eerste indruk.', inside=inside)}</Notes>"
    xml = MAXQDA.xml().split("<Sources>")[0] + f"<Sources>{pdf}</Sources>{notes}</Project>"
    project.exchange.import_file(MAXQDA.write(tmp_path / "p.qdpx", xml=xml))
    assert [(each.title, each.kind) for each in project.sources.all()] == [
        ("brief", "transcript"),
        ("without a name", "note"),
    ]
    assert sorted(words(project)) == [
        ("Eerste", "thema"), ("Geachte, de huur stijgt.", "thema.slaap"), ("de huur", "thema"),
    ]  # fmt: skip
    assert project.memos.all() == []


def test_a_text_that_was_withdrawn_does_not_come_back(project: Project, tmp_path: Path) -> None:
    xml = replace(MAXQDA, extra=f"<Notes>{note(MAXQDA, 300, 'Over Anna.')}</Notes>").xml()
    path = MAXQDA.write(
        tmp_path / "p.qdpx", xml=xml.replace("</TextSource>", f'<NoteRef targetGUID="{guid(300)}"/></TextSource>')
    )
    project.exchange.import_file(path)
    project.withdraw("1", really=True)
    done = project.exchange.import_file(path)
    assert (done.discarded["withdrawn"], done.sources, done.memos) == (1, [], 0)
    assert "sliep" not in everything(project)
    assert "Over Anna" not in everything(project)


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


BAD = {
    "two projects": {"a.qde": b"<Project/>", "b.qde": b"<Project/>"},
    "no project": {"sources/a.txt": b"x"},
    "bomb": {"project.qde": b" " * 60_000_000},
    "entities": {"project.qde": b'<!DOCTYPE a [<!ENTITY b "c">]><Project name="x"/>'},
    "cut off": {"project.qde": b'<Project name="x"><Users>'},
    "other root": {"project.qde": b"<Other/>"},
    "nothing": {"project.qde": b'<Project name="x"/>'},
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_archive_is_refused_by_name_and_nothing_is_stored(kind: str, project: Project, tmp_path: Path) -> None:
    before = count(project)
    with pytest.raises(errors.UnreadableFile, match="slecht"):
        project.exchange.import_file(_zip(tmp_path / "slecht.qdpx", BAD[kind]))
    assert count(project) == before


def test_what_is_no_archive_is_refused(project: Project, tmp_path: Path) -> None:
    for data in (b"", b"PK\x03\x04half", b"niets"):
        path = tmp_path / "slecht.qdpx"
        path.write_bytes(data)
        with pytest.raises(errors.UnreadableFile, match="slecht"):
            project.exchange.import_file(path)
    with pytest.raises(errors.UnreadableFile):
        project.exchange.import_file(tmp_path / "weg.qdpx")
