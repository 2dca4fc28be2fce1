"""Whatever a document of a word processor holds: a Reading in order, or one of our own errors, within seconds."""

from __future__ import annotations

import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.odt_files import NAMES, make_odt, zipped

from verhalen.errors import NotWhatItSays, TooLarge, UnreadableFile
from verhalen.model.text import Reading, normal_text
from verhalen.readers import read_source

SAMPLES = Path(__file__).with_name("samples")
DOCUMENTS = [".docx", ".odt", ".rtf"]


def outcome(data: bytes, suffix: str) -> Reading | UnreadableFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        try:
            return read_source(path)
        except UnreadableFile as error:
            return error


def check(data: bytes, suffix: str) -> Reading | UnreadableFile:
    """Turns in order and apart, within a text in normal form; notices that can be said; or an error that can."""
    found = outcome(data, suffix)
    if isinstance(found, UnreadableFile):
        assert "a." in str(found)
        return found
    assert found.text == normal_text(found.text)
    assert found.original == data
    last = 0
    for turn in found.turns:
        assert last <= turn.start < turn.stop <= len(found.text)
        last = turn.stop
    assert all(str(notice).encode() and (notice.line is None or notice.line >= 1) for notice in found.warnings)
    return found


@cache
def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


@cache
def parts(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(sample(name))) as archive:
        return {member: archive.read(member) for member in archive.namelist()}


def repacked(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def damaged(data: bytes, changes: list[tuple[int, int]], cut: int) -> bytes:
    """Some bytes changed; cut off at a place, if that is above zero."""
    made = bytearray(data)
    for place, value in changes:
        made[place % len(made)] = value
    return bytes(made[: cut % len(made)] if cut else made)


CHANGES = st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=8)
CUT = st.one_of(st.just(0), st.integers(1, 1 << 20))


@given(st.sampled_from([f"{name}{suffix}" for name in ("panel", "verslag") for suffix in DOCUMENTS]), CHANGES, CUT)
@settings(max_examples=250)
def test_a_damaged_file_gives_a_sound_reading_or_our_own_error(
    name: str, changes: list[tuple[int, int]], cut: int
) -> None:
    check(damaged(sample(name), changes, cut), Path(name).suffix)


@given(st.sampled_from(["verslag.odt", "verslag.docx"]), st.integers(0, 20), CHANGES, CUT)
@settings(max_examples=250)
def test_a_damaged_part_gives_a_sound_reading_or_our_own_error(
    name: str, nth: int, changes: list[tuple[int, int]], cut: int
) -> None:
    members = dict(parts(name))
    member = sorted(members)[nth % len(members)]
    members[member] = damaged(members[member], changes, cut) if members[member] else b"x"
    check(repacked(members), Path(name).suffix)


@pytest.mark.parametrize("name", ["verslag.odt", "verslag.docx"])
def test_a_file_that_lacks_a_part_is_read_or_refused(name: str) -> None:
    for member in parts(name):
        check(repacked({key: data for key, data in parts(name).items() if key != member}), Path(name).suffix)


PIECES = [
    "{", "}", "{", "}", "\\par ", "\\b ", "\\b0 ", "Anna: ", "ja ", "\\'e9", "\\'8", "\\u233?", "\\u-10179?", "\\u-8704?", "\\uc0 ",
    "\\intbl ", "\\itap2 ", "\\cell ", "\\row ", "\\nestcell ", "\\nestrow ", "\\trowd ", "\\pard ", "\\plain ", "{\\footnote ",
    "{\\*\\annotation ", "{\\*\\atnauthor Els}", "{\\header ", "{\\shp{\\shptxt ", "{\\field{\\*\\fldinst SYMBOL 74}", "{\\fldrslt ",
    "{\\deleted ", "{\\revised ", "{\\mvf ", "\\v ", "{\\pict 00", "\\bin3 ", "\\ftnalt ", "{\\fonttbl{\\f0\\fcharset2 Symbol;}}", "\\f0 ",
    "{\\upr", "{\\listtext 1.}", "{\\*\\x", "\\*", "\\", "\n", "\\\n", "\\~", "{\\mmath{\\mr x}", "\\sect ", "{\\object ", "\x00", "\xe9",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=500)
def test_rtf_in_any_order_gives_a_sound_reading_or_our_own_error(inside: str) -> None:
    check(b"{\\rtf1 " + inside.encode("latin-1") + b"}", ".rtf")


ELEMENTS = (
    "text:p text:h text:span text:a text:list text:list-item text:section text:note text:note-body office:annotation text:ruby"
    " text:ruby-text table:table table:table-row table:table-cell table:covered-table-cell draw:frame draw:text-box draw:image"
    " draw:custom-shape text:tracked-changes text:changed-region text:deletion text:numbered-paragraph draw:g form:form"
)
XML = st.recursive(
    st.sampled_from(["Anna: ja ", " nee", "\n", "<text:s text:c='3'/>", "<text:tab/>", "<text:line-break/>", "<draw:image/>",
                     "<text:change text:change-id='a'/>", "<office:annotation-end office:name='a'/>", "<text:s text:c='x'/>"]),
    lambda inner: st.tuples(st.sampled_from(ELEMENTS.split()), st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]} office:name='a' text:id='a'>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=25,
)  # fmt: skip


@given(XML)
@settings(max_examples=400)
def test_opendocument_elements_in_any_nesting_give_a_sound_reading_or_our_own_error(xml: str) -> None:
    check(make_odt(xml), ".odt")


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".rtf", ".txt", ".md"])
@pytest.mark.parametrize("name", ["panel.docx", "panel.odt", "panel.rtf"])
def test_a_renamed_document_is_recognised(name: str, suffix: str) -> None:
    if Path(name).suffix != suffix:
        assert isinstance(check(sample(name), suffix), NotWhatItSays)


def test_an_old_word_file_or_a_sheet_in_another_coat_is_recognised() -> None:
    for suffix in DOCUMENTS:
        assert isinstance(check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000, suffix), NotWhatItSays)
        assert isinstance(check(zipped({"xl/workbook.xml": "<x/>"}), suffix), NotWhatItSays)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://voorbeeld.be/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_documents_that_declare_or_reach_outside_are_refused(head: str) -> None:
    words = "<office:body><office:text><text:p>&a;</text:p></office:text></office:body>"
    content = f"{head}<office:document-content {NAMES}>{words}</office:document-content>"
    assert isinstance(check(zipped({"content.xml": content}), ".odt"), NotWhatItSays)
    assert isinstance(check(zipped({"word/document.xml": content}), ".docx"), NotWhatItSays)


def test_zip_bombs_are_too_large_in_every_coat() -> None:
    bombs = (
        {"content.xml": "a" * 9_000_000, "word/document.xml": "a" * 9_000_000},
        {f"a{n}": "" for n in range(5001)},
    )
    for suffix in (".docx", ".odt"):
        for bomb in bombs:
            assert isinstance(check(zipped(bomb), suffix), TooLarge)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_parts_packed_in_a_way_that_no_office_program_writes_are_refused(method: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in parts("panel.odt").items():
            archive.writestr(name, data)
    assert isinstance(check(stream.getvalue(), ".odt"), NotWhatItSays)


def test_a_path_out_of_the_archive_is_refused() -> None:
    for suffix in (".docx", ".odt"):
        assert isinstance(check(zipped({"../content.xml": "x", "content.xml": "x"}), suffix), NotWhatItSays)


@pytest.mark.parametrize("nested", ["text:span", "text:section", "text:list", "text:note"])
def test_opendocument_too_deep_is_refused(nested: str) -> None:
    xml = f"<text:p>{f'<{nested}>' * 1000}x{f'</{nested}>' * 1000}</text:p>"
    assert isinstance(check(make_odt(xml), ".odt"), NotWhatItSays)
    shallow = f"<text:p>{f'<{nested}>' * 200}x{f'</{nested}>' * 200}y</text:p>"
    check(make_odt(shallow), ".odt")


def test_more_elements_than_a_talk_can_have_are_refused_with_the_way_out() -> None:
    found = check(make_odt("<text:p/>" * 1_300_000, x=str(list(range(60_000)))), ".odt")
    assert isinstance(found, UnreadableFile)


FULL = "<table:table-cell><text:p>woord</text:p></table:table-cell>"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (make_odt("<text:p/>" * 800_000 + "<text:p>woord</text:p>"), ".odt"),
        (make_odt(f"<text:p>{'woord ' * 800_000}</text:p>"), ".odt"),
        (make_odt("<text:p>" + "<text:span>woord </text:span>" * 100_000 + "</text:p>"), ".odt"),
        (
            make_odt(
                f"<table:table><table:table-row>{FULL}{'<table:table-cell/>' * 200_000}</table:table-row></table:table>"
            ),
            ".odt",
        ),
        (b"{\\rtf1 " + b"\\par " * 1_000_000 + b"woord}", ".rtf"),
        (b"{\\rtf1 " + b"woord " * 800_000 + b"}", ".rtf"),
        (b"{\\rtf1 " + b"\\'e9" * 1_250_000 + b"}", ".rtf"),
        (b"{\\rtf1 " + b"\\'e9 " * 900_000 + b"}", ".rtf"),
        (b"{\\rtf1 {\\pict " + b"00" * 5_000_000 + b"}woord}", ".rtf"),
    ],
    ids=[
        "blank odt",
        "long odt",
        "spans odt",
        "wide odt",
        "blank rtf",
        "long rtf",
        "bytes rtf",
        "mixed rtf",
        "picture rtf",
    ],
)
def test_huge_documents_are_read_to_the_end(data: bytes, suffix: str) -> None:
    found = check(data, suffix)
    assert isinstance(found, Reading)
