"""Shapes in which projects of other programs come, seen in the wild or allowed by the standard: all of them are read."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from tests.copies import made_once
from tests.exchange.refi.foreign_made import ATLAS, MAXQDA, NVIVO, QUOTES, TALK, Program, guid, note
from tests.pdf_making import column, make_pdf

from verhalen import errors
from verhalen.api.project import Project, new_project
from verhalen.exchange.refi_qda.mended_stream import MendedStream


@made_once
def _empty(folder: Path) -> Project:
    return new_project(folder / "w", coder="Hanne", empty=True)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with _empty(tmp_path) as made:
        yield made


def words(project: Project) -> list[str]:
    return [each.text for each in project.codings.fragments()]


def archive(path: Path, xml: str | bytes, members: dict[str, bytes] | None = None, *, qde: str = "project.qde") -> Path:
    """An archive of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(qde, xml)
        for name, data in (members or {f"sources/{guid(20)}.txt": TALK.encode()}).items():
            made.writestr(name, data)
    return path


def sources(inside: str, *, notes: str = "") -> str:
    """A project with two codes and these sources."""
    return MAXQDA.xml().split("<Sources>")[0] + f"<Sources>{inside}</Sources>{notes}</Project>"


def coded(start: int | str, stop: int | str, number: int = 100, *, code: int = 11) -> str:
    """A selection."""
    return (
        f'<PlainTextSelection guid="{guid(number)}" startPosition="{start}" endPosition="{stop}">'
        f'<Coding guid="{guid(number + 500)}"><CodeRef targetGUID="{guid(code)}"/></Coding></PlainTextSelection>'
    )


def inline(text: str, *selections: str) -> str:
    """A text that stands in the XML."""
    content = f"<PlainTextContent>{text}</PlainTextContent>"
    return f'<TextSource guid="{guid(20)}" name="t">{content}{"".join(selections)}</TextSource>'


# -- the XML -----------------------------------------------------------------------------------------------------------

XML = MAXQDA.xml()
LETTERS: dict[str, bytes] = {
    "UTF-16 with a mark": XML.replace("utf-8", "utf-16", 1).encode("utf-16"),
    "UTF-16 without a mark": XML.replace("utf-8", "utf-16", 1).encode("utf-16-le"),
    "UTF-16 the other way round": XML.replace("utf-8", "utf-16", 1).encode("utf-16-be"),
    "said to be UTF-16 but UTF-8": XML.replace("utf-8", "utf-16", 1).encode(),
    "with a mark, said to be UTF-16": b"\xef\xbb\xbf" + XML.replace("utf-8", "utf-16", 1).encode(),
    "blank lines before the declaration": b"\r\n  " + XML.encode(),
    "no declaration": XML.partition("?>")[2].encode(),
    "an encoding that nobody knows": XML.replace("utf-8", "x-klingon", 1).encode(),
    "one byte of Windows in UTF-8": XML.encode().replace(b'name="Gesprek 1"', b'name="Caf\xe9"'),
    "a vertical tab out of Word": XML.replace("Gesprek 1", "Gesprek\x0b1").encode(),
    "a tab that XML has no number for": XML.replace("Gesprek 1", "Gesprek&#xB;1").encode(),
    "half an emoji": XML.replace("Gesprek 1", "Gesprek&#xD83D;1").encode(),
    "comments and instructions": XML.replace("<Sources>", "<!-- a --><?b c?><Sources>").encode(),
    "a namespace with a prefix": re.sub(r"<(/?)(?=[A-Z])", r"<\1q:", XML).replace("xmlns=", "xmlns:q=").encode(),
    "no namespace": XML.replace(f' xmlns="{MAXQDA.namespace}"', "").encode(),
    "the namespace of 1.5": XML.replace(MAXQDA.namespace, "urn:QDA-XML:project:1.5").encode(),
}


@pytest.mark.parametrize("kind", LETTERS)
def test_the_letters_of_the_xml_may_be_written_in_any_way(kind: str, project: Project, tmp_path: Path) -> None:
    project.exchange.import_file(archive(tmp_path / "p.qdpx", LETTERS[kind]))
    assert words(project) == list(QUOTES)


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_numbers_of_letters_are_mended_wherever_a_read_ends(size: int) -> None:
    said = "x" * 65_520 + "&#xD83D;&#xDE00;&#11;&amp;&#x1F600;&#xD800;" + "y" * 70_000 + "é\x0c&"
    stream = MendedStream(io.BytesIO(said.encode()))
    found = b"".join(iter(lambda: stream.read(size), b"")).decode()
    assert found == "x" * 65_520 + "😀 &amp;&#x1F600; " + "y" * 70_000 + "é &"


def test_line_ends_of_windows_in_the_xml_itself_are_counted_as_that_program_does(
    project: Project, tmp_path: Path
) -> None:
    text = "Een.&#xD;&#xA;Twee drie.&#xD;&#xA;Vier vijf."
    plain = "Een.\r\nTwee drie.\r\nVier vijf."
    places = [plain.index(each) for each in ("Twee", "drie", "Vier", "vijf")]
    xml = sources(inline(text, *(coded(at, at + 4, 100 + at) for at in places)))
    done = project.exchange.import_file(archive(tmp_path / "p.qdpx", xml))
    assert (done.model, words(project)) == ("codepoints", ["Twee", "drie", "Vier", "vijf"])


# -- the archive -------------------------------------------------------------------------------------------------------

TEXT = TALK.encode()
PATHS: dict[str, tuple[str, str]] = {
    "capitals": (f"INTERNAL://{guid(20)}.TXT", f"Sources/{guid(20).lower()}.txt"),
    "three slashes": (f"internal:///{guid(20)}.txt", f"sources/{guid(20)}.txt"),
    "relative": ("relative:///gesprekken/een.txt", "sources/een.txt"),
    "absolute of Windows": (r"absolute:///C:\Users\Jan\een.txt", "sources/een.txt"),
    "a file": ("file:///home/jan/een.txt", "sources/een.txt"),
    "no scheme": ("sources/een.txt", "sources/een.txt"),
    "backslashes": (r"Sources\een.txt", r"Sources\een.txt"),
    "a blank": ("internal://gesprek%20%C3%A9%C3%A9n.txt", "sources/gesprek één.txt"),
    "a plus": ("internal://a+b%2520c.txt", "sources/a+b%20c.txt"),
    "loose accents": ("internal://één.txt", "sources/e\u0301e\u0301n.txt"),
    "a folder around all": (f"internal://{guid(20)}.txt", f"Mijn project/sources/{guid(20)}.txt"),
    "no folder": (f"internal://{guid(20)}.txt", f"{guid(20)}.txt"),
}


@pytest.mark.parametrize("kind", PATHS)
def test_a_text_is_found_however_its_place_is_written(kind: str, project: Project, tmp_path: Path) -> None:
    said, member = PATHS[kind]
    xml = XML.replace(f"internal://{guid(20)}.txt", said)
    qde = "Mijn project/project.qde" if kind == "a folder around all" else "project.qde"
    project.exchange.import_file(archive(tmp_path / "p.qdpx", xml, {member: TEXT}, qde=qde))
    assert words(project) == list(QUOTES)


def test_of_two_files_with_one_name_that_with_the_path_is_taken(project: Project, tmp_path: Path) -> None:
    xml = XML.replace(f"internal://{guid(20)}.txt", "relative:///b/een.txt")
    members = {"sources/a/een.txt": b"Iets anders.", "sources/b/een.txt": TEXT}
    project.exchange.import_file(archive(tmp_path / "p.qdpx", xml, members))
    assert words(project) == list(QUOTES)


def test_leavings_of_a_mac_are_no_second_project(project: Project, tmp_path: Path) -> None:
    members = {f"sources/{guid(20)}.txt": TEXT, "__MACOSX/._project.qde": b"\x00\x05", "sources/.root": b""}
    project.exchange.import_file(archive(tmp_path / "p.qdpx", XML, members))
    assert words(project) == list(QUOTES)


def test_an_older_project_that_was_packed_among_the_texts_is_left_alone_and_named(
    project: Project, tmp_path: Path
) -> None:
    members = {f"sources/{guid(20)}.txt": TEXT, "sources/project.qde": XML.replace("Slaap", "Oud").encode()}
    done = project.exchange.import_file(archive(tmp_path / "p.qdpx", XML, members))
    assert (words(project), done.discarded["second_qde"]) == (list(QUOTES), 1)
    assert "Oud" not in {code.name for code in project.codes.book()}


class _Pipe(io.RawIOBase):
    """Nothing can be put right afterwards: the archive gets data descriptors."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.data += bytes(data)  # type: ignore[call-overload]
        return len(bytes(data))  # type: ignore[call-overload]


def test_an_archive_that_was_written_as_a_stream_or_for_large_files_is_read(project: Project, tmp_path: Path) -> None:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in (("project.qde", XML.encode()), (f"sources/{guid(20)}.txt", TEXT)):
            with made.open(name, "w", force_zip64=True) as member:
                member.write(data)
    (tmp_path / "p.qdpx").write_bytes(pipe.data)
    project.exchange.import_file(tmp_path / "p.qdpx")
    assert words(project) == list(QUOTES)


def test_an_archive_with_a_password_is_refused_in_words(project: Project, tmp_path: Path) -> None:
    path = archive(tmp_path / "p.qdpx", XML)
    data = bytearray(path.read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(sign, place + 1)) >= 0:
            data[place + at] |= 1
    path.write_bytes(data)
    with pytest.raises(errors.BadExchange, match=r"p\.qdpx"):
        project.exchange.import_file(path)
    assert project.sources.all() == []


@pytest.mark.parametrize("name", ["uitgepakt.qdpx", "uitgepakt.qdpx/project.qde"])
def test_a_project_that_was_unpacked_is_read_from_its_folder(name: str, project: Project, tmp_path: Path) -> None:
    with zipfile.ZipFile(NVIVO.write(tmp_path / "p.qdpx")) as packed:
        packed.extractall(tmp_path / "uitgepakt.qdpx")
    done = project.exchange.import_file(tmp_path / name)
    assert (done.model, words(project)) == ("utf16", list(QUOTES))


# -- places ------------------------------------------------------------------------------------------------------------


def test_a_selection_that_takes_the_last_paragraph_mark_along_ends_with_the_text(
    project: Project, tmp_path: Path
) -> None:
    xml = sources(inline("Een twee.", coded(4, 10), coded(0, 11, 101), coded(0, 12, 102)))
    done = project.exchange.import_file(archive(tmp_path / "p.qdpx", xml))
    assert sorted(words(project)) == ["Een twee.", "twee."]
    assert (done.discarded["cut_off"], done.discarded["outside_text"]) == (2, 1)


def test_places_may_be_written_from_back_to_front_or_with_a_fraction(project: Project, tmp_path: Path) -> None:
    xml = sources(inline("Een twee drie.", coded(8, 4), coded("9.0", " 13,00", 101), coded("9.5", "13", 102)))
    done = project.exchange.import_file(archive(tmp_path / "p.qdpx", xml))
    assert words(project) == ["twee", "drie"]
    assert done.discarded["PlaceMissing"] == 1


def test_codings_that_say_no_code_or_one_that_is_not_there_are_counted(project: Project, tmp_path: Path) -> None:
    without = coded(0, 3).replace(f'<CodeRef targetGUID="{guid(11)}"/>', "")
    xml = sources(inline("Een twee.", without, coded(0, 3, 101, code=99), coded(4, 8, 102)))
    done = project.exchange.import_file(archive(tmp_path / "p.qdpx", xml))
    assert (words(project), done.discarded["unknown_code"]) == (["twee"], 2)


# -- GUIDs -------------------------------------------------------------------------------------------------------------


def guids_out(project: Project, path: Path) -> Counter[str]:
    """How often each GUID of something comes in our own file."""
    project.exchange.export(path)
    with zipfile.ZipFile(path) as made:
        root = etree.fromstring(made.read("project.qde"))
    return Counter(str(each.get("guid")) for each in root.iter() if each.get("guid"))


def test_one_guid_for_everything_becomes_one_for_each(project: Project, tmp_path: Path) -> None:
    one = (coded(0, 3) + coded(4, 8)).replace(guid(600), guid(100))
    xml = sources(inline("Een twee.", one) + inline("Drie vier.", one))
    project.exchange.import_file(archive(tmp_path / "p.qdpx", xml))
    assert sorted(words(project)) == [" vie", "Dri", "Een", "twee"]
    assert set(guids_out(project, tmp_path / "uit.qdpx").values()) == {1}
    moved = archive(tmp_path / "q.qdpx", xml.replace('"8"', '"7"'))
    project.exchange.import_file(moved)
    assert set(guids_out(project, tmp_path / "weer.qdpx").values()) == {1}


# -- what is no text ---------------------------------------------------------------------------------------------------


def test_pictures_sound_and_film_are_named_and_their_transcripts_come(project: Project, tmp_path: Path) -> None:
    film = (
        f'<VideoSource guid="{guid(30)}" name="film" path="internal://f.mp4"><Transcript guid="{guid(31)}" name="deel 1">'
        f'<PlainTextContent>Dag allemaal.</PlainTextContent></Transcript><VideoSelection guid="{guid(32)}" begin="0" '
        f'end="9"><Coding guid="{guid(33)}"><CodeRef targetGUID="{guid(11)}"/></Coding></VideoSelection></VideoSource>'
    )
    picture = (
        f'<PictureSource guid="{guid(34)}" path="internal://p.jpg"><PictureSelection guid="{guid(35)}" firstX="0" firstY="0" '
        f'secondX="1" secondY="1"/></PictureSource>'
    )
    sound = f'<AudioSource guid="{guid(36)}" path="relative:///a.mp3"/><VideoSource guid="{guid(37)}"/>'
    done = project.exchange.import_file(archive(tmp_path / "p.qdpx", sources(film + picture + sound)))
    assert dict(+done.discarded) == {
        "VideoSelection": 1, "only_words": 1, "PictureSelection": 1, "PictureSource": 1, "AudioSource": 1, "VideoSource": 1,
    }  # fmt: skip
    assert [each.title for each in project.sources.all()] == ["deel 1"]


def test_a_pdf_that_comes_alone_says_its_words_itself(project: Project, tmp_path: Path) -> None:
    area = f'<PDFSelection guid="{guid(38)}" page="1" firstX="0" firstY="0" secondX="9" secondY="9"><Coding guid="{guid(39)}">'
    area += f'<CodeRef targetGUID="{guid(11)}"/></Coding></PDFSelection>'
    xml = sources(f'<PDFSource guid="{guid(40)}" name="brief.pdf" path="internal://{guid(40)}.pdf">{area}</PDFSource>')
    members = {f"sources/{guid(40)}.pdf": make_pdf([column(["De huur stijgt weer."])])}
    done = project.exchange.import_file(archive(tmp_path / "p.qdpx", xml, members))
    assert "De huur stijgt weer." in project.sources.text(1).text
    assert dict(+done.discarded) == {"PDFSelection": 1, "only_words": 1}
    assert project.exchange.import_file(tmp_path / "p.qdpx").sources == []


def test_a_memo_in_a_word_file_is_a_memo(project: Project, tmp_path: Path) -> None:
    document, data = Document(), io.BytesIO()
    document.add_paragraph("Wat mij opvalt.")
    document.save(data)
    notes = f'<Notes><Note guid="{guid(41)}" name="m" richTextPath="internal://{guid(41)}.docx"/></Notes>'
    members = {f"sources/{guid(41)}.docx": data.getvalue()}
    project.exchange.import_file(archive(tmp_path / "p.qdpx", sources(inline("Een."), notes=notes), members))
    assert [each.text for each in project.memos.all()] == ["Wat mij opvalt."]


# -- the rest of the tree ----------------------------------------------------------------------------------------------


def test_codes_may_stand_right_in_the_codebook_with_sets_beside_them(project: Project, tmp_path: Path) -> None:
    codes = re.search("<Codes>(.*)</Codes>", XML)
    assert codes is not None
    sets = f'<Sets><Set guid="{guid(42)}" name="groep"><MemberCode guid="{guid(11)}"/></Set></Sets>'
    done = project.exchange.import_file(archive(tmp_path / "p.qdpx", XML.replace(codes[0], codes[1] + sets)))
    assert (words(project), done.discarded["set"]) == (list(QUOTES), 1)


VALUES = {
    "TextValue": "heel & al", "BooleanValue": "TRUE", "IntegerValue": "drie", "FloatValue": "3,5", "DateValue": "31/12/2019",
    "DateTimeValue": "2019-12-31T00:00:00.0000000",
}  # fmt: skip


def test_values_of_each_type_come_as_they_are_written_also_where_they_are_none(
    project: Project, tmp_path: Path
) -> None:
    variables = "".join(
        f'<Variable guid="{guid(50 + at)}" name="v{at}" typeOfVariable="{name[:-5]}"/>'
        for at, name in enumerate(VALUES)
    )
    values = "".join(
        f'<VariableValue><VariableRef targetGUID="{guid(50 + at)}"/><{name}>{said.replace("&", "&amp;")}</{name}></VariableValue>'
        for at, (name, said) in enumerate(VALUES.items())
    )
    empty = f'<VariableValue><VariableRef targetGUID="{guid(50)}"/></VariableValue>'
    odd = f'<VariableValue><VariableRef targetGUID="{guid(99)}"/><TextValue>x</TextValue></VariableValue>'
    cases = f'<Variables>{variables}</Variables><Cases><Case guid="{guid(60)}" name="G012">{values}{empty}{odd}</Case></Cases>'
    project.exchange.import_file(replace(MAXQDA, cases=cases).write(tmp_path / "p.qdpx"))
    (family,) = project.families.all()
    assert dict(family.attributes) == {
        "v0": "heel & al", "v1": "ja", "v2": "drie", "v3": "3,5", "v4": "31/12/2019", "v5": "2019-12-31T00:00:00.0000000",
    }  # fmt: skip
    project.exchange.export(tmp_path / "uit.qdpx")


DATES = {
    "2019-05-01T10:00:00Z": "2019-05-01T10:00:00.000Z",
    "2019-05-01T10:00:00": "2019-05-01T10:00:00.000Z",
    "2019-05-01T10:00:00.1234567Z": "2019-05-01T10:00:00.123Z",
    "2019-05-01T10:00:00.5+02:00": "2019-05-01T08:00:00.500Z",
    "2019-05-01 10:00:00": "2019-05-01T10:00:00.000Z",
    "2019-05-01": "2019-05-01T00:00:00.000Z",
}


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_kept_however_much_of_it_is_written(written: str, project: Project, tmp_path: Path) -> None:
    xml = XML.replace("<Coding ", f'<Coding creationDateTime="{written}" ')
    project.exchange.import_file(archive(tmp_path / "p.qdpx", xml))
    assert {each.coding.created for each in project.codings.fragments()} == {DATES[written]}


@pytest.mark.parametrize("written", ["gisteren", "0001-01-01T00:00:00", "2019-13-45T99:00:00Z", "01/05/2019 10:00"])
def test_a_date_that_is_none_stops_nothing(written: str, project: Project, tmp_path: Path) -> None:
    xml = XML.replace("<Coding ", f'<Coding creationDateTime="{written}" ')
    project.exchange.import_file(archive(tmp_path / "p.qdpx", xml))
    assert words(project) == list(QUOTES)
    project.exchange.export(tmp_path / "uit.qdpx")
    assert project.history.check().ok


def _nothing_known(program: Program) -> str:
    """No user, no date, no name, no order, and things that are nowhere in the standard."""
    xml = replace(program, users=False, dates=False, names=False).xml()
    xml = re.sub(r' (name|origin)="[^"]*"', "", xml)
    return xml.replace("<Sources>", "<OtherData><Deep><Coding/></Deep></OtherData><Graphs><Graph/></Graphs><Sources>")


@pytest.mark.parametrize("program", [MAXQDA, ATLAS], ids=["maxqda", "atlas"])
def test_hardly_anything_must_be_there(program: Program, project: Project, tmp_path: Path) -> None:
    path = program.write(tmp_path / "p.qdpx", xml=_nothing_known(program))
    done = project.exchange.import_file(path)
    assert words(project) == list(QUOTES)
    assert done.discarded["Graph"] == 1
    looked = project.exchange.look(path)
    assert (looked.texts, looked.known_texts, looked.codings, looked.coders) == (1, 1, 5, ())


def _survives(change: Callable[[str], str], project: Project, path: Path) -> None:
    try:
        project.exchange.import_file(archive(path, change(XML)))
    except errors.VerhalenError:
        assert project.sources.all() == []
    assert project.history.check().ok


@pytest.mark.parametrize(
    "element", ["Project", "User", "Code", "TextSource", "PlainTextSelection", "Coding", "CodeRef"]
)
def test_without_the_attributes_of_one_kind_of_element_nothing_breaks(
    element: str, project: Project, tmp_path: Path
) -> None:
    _survives(lambda xml: re.sub(rf"<{element}( [^>]*?)(/?)>", rf"<{element}\2>", xml), project, tmp_path / "p.qdpx")


def test_what_is_looked_at_before_is_what_comes(project: Project, tmp_path: Path) -> None:
    notes = f"<Notes>{note(NVIVO, 300, 'Los.')}{note(NVIVO, 301, '')}</Notes>"
    beyond = NVIVO.selection(150, TALK, "meer", 98) + coded(5, 99_999, 151) + coded(5, 5, 152)
    program = replace(NVIVO, extra=notes)
    path = program.write(tmp_path / "p.qdpx", xml=program.xml().replace("</TextSource>", f"{beyond}</TextSource>"))
    looked = project.exchange.look(path)
    assert project.sources.all() == []
    done = project.exchange.import_file(path)
    assert (looked.model, looked.texts, looked.codes, looked.memos) == (done.model, 1, 2, 1)
    assert looked.lost(looked.model, "families") == +done.discarded
    assert (
        looked.codings - sum(done.discarded[kind] for kind in ("unknown_code", "outside_text", "empty_selection")) == 5
    )
