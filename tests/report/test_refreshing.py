"""A coordinator writes on in her report; a refresh brings numbers, tables, charts and quotes, and touches nothing else."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from tests.report import built
from tests.report.built import around, held, outside, swap, within
from tests.word_dump import dump

from verhalen.api.project import Project
from verhalen.i18n import language, set_language
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.privacy.clearance import Audience

NEW_CELL = "4_1_3_2"
"""Better, in the third group of the table of change: 3 at first, 4 later."""
WORDS = "<w:p><w:r><w:t>Dit is van mij.</w:t></w:r></w:p>"
OWN = "<w:r><w:t>eigen</w:t></w:r>"


@dataclass(frozen=True)
class Later:
    project: Project
    council: Path
    team: Path


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Later]:
    """The demo takes seconds, so it is made once: reports from before, and the project of some weeks later."""
    folder, before = tmp_path_factory.mktemp("later"), language()
    set_language("en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(folder / "home"))
        project, council = built.build(folder)
        project.reports.build(folder / "bron.md", folder / "team.docx", audience=Audience.INTERNAL)
        built.go_on(project, folder)
        yield Later(project, council, folder / "team.docx")
        project.close()
    set_language(before)


@pytest.fixture
def report(later: Later, tmp_path: Path) -> Path:
    return Path(shutil.copy(later.council, tmp_path / "rapport.docx"))


def paragraph_of(xml: str, words: str) -> str:
    at = xml.index(words)
    return xml[xml.rindex("<w:p>", 0, at) : xml.index("</w:p>", at) + 6]


def moved(words: str, behind: str) -> built.Edit:
    def edit(xml: str) -> str:
        piece, other = paragraph_of(xml, words), paragraph_of(xml, behind)
        return xml.replace(piece, "").replace(other, other + piece)

    return edit


def beside(words: str, more: str, *, before: bool = False) -> built.Edit:
    def edit(xml: str) -> str:
        piece = paragraph_of(xml, words)
        return xml.replace(piece, more + piece if before else piece + more)

    return edit


def without(words: str) -> built.Edit:
    return lambda xml: xml.replace(paragraph_of(xml, words), "")


def own_column(xml: str) -> str:
    start = xml.index("<w:tbl>")
    end = xml.index("</w:tbl>", start)
    table = xml[start:end].replace("</w:tr>", f"<w:tc><w:p>{OWN}</w:p></w:tc></w:tr>")
    return xml[:start] + table + xml[end:]


def own_row(xml: str) -> str:
    end = xml.index("</w:tbl>", xml.index("<w:tbl>"))
    return xml[:end] + f"<w:tr><w:tc><w:p>{OWN}</w:p></w:tc></w:tr>" + xml[end:]


BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">'
    "<w:txbxContent>{0}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
MATH = '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>'
INS = '<w:ins w:id="900" w:author="Ria" w:date="2026-11-01T10:00:00Z">'
DEL = (
    '<w:del w:id="901" w:author="Ria" w:date="2026-11-01T10:00:00Z"><w:r><w:delText>weg ermee</w:delText></w:r></w:del>'
)
LANDSCAPE = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr></w:pPr></w:p>'
START, IN_LIST = '<w:r><w:rPr/><w:t xml:space="preserve">We', '<w:numPr><w:numId w:val="1"/></w:numPr>'
OTHER_REPORT = (
    '<w:p><w:bookmarkStart w:id="950" w:name="vhffffff_1"/><w:r><w:t>99</w:t></w:r><w:bookmarkEnd w:id="950"/></w:p>'
)
EDITS: dict[str, tuple[built.Edit, str]] = {
    "a paragraph before all": (swap("<w:body>", "<w:body>" + WORDS), "Dit is van mij."),
    "a paragraph between caption and table": (swap("<w:tbl>", WORDS + "<w:tbl>"), "Dit is van mij."),
    "a paragraph behind the table": (swap("</w:tbl>", "</w:tbl>" + WORDS), "Dit is van mij."),
    "a paragraph at the end": (beside("Dit schreven wij zelf", WORDS), "Dit is van mij."),
    "words before a number": (swap("We begeleidden ", "Vorig jaar begeleidden wij "), "Vorig jaar begeleidden wij "),
    "words behind a number": (swap(" gezinnen</w:t>", " grote gezinnen</w:t>"), " grote gezinnen</w:t>"),
    "a number in red": (within(1, "<w:b/>", '<w:b/><w:color w:val="C00000"/>'), '<w:color w:val="C00000"/>'),
    "a number without bold": (within(1, "<w:rPr><w:b/></w:rPr>", ""), "<w:r><w:t"),
    "half a number in italics": (
        within(1, "<w:t>24</w:t></w:r>", "<w:t>2</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>4</w:t></w:r>"),
        "<w:rPr><w:b/></w:rPr>",
    ),
    "a comment on a number": (
        within(1, "<w:r>", '<w:commentRangeStart w:id="7"/><w:r>'),
        '<w:commentRangeStart w:id="7"/>',
    ),
    "a footnote at a number": (
        within(1, "<w:t>24</w:t>", '<w:t>24</w:t><w:footnoteReference w:id="2"/>'),
        'Reference w:id="2"',
    ),
    "a tracked insertion beside a number": (
        around(1, lambda whole: f"{INS}{OWN}</w:ins>{whole}"),
        f"{INS}{OWN}</w:ins>",
    ),
    "a number within a tracked insertion": (
        around(1, lambda whole: re.sub("(<w:r>.*</w:r>)", rf"{INS}\1</w:ins>", whole)),
        INS,
    ),
    "a tracked deletion beside a number": (around(1, lambda whole: DEL + whole), DEL),
    "a tracked deletion within a number": (within(1, "<w:r>", DEL + "<w:r>"), DEL),
    "a section that moved": (moved("We begeleidden", "Dit schreven"), "We begeleidden"),
    "a placeholder that was deleted": (without(" gezinnen weten we meer"), "We begeleidden"),
    "a heading with other words": (swap("Wat gezinnen zeggen", "Zij aan het woord"), "Zij aan het woord"),
    "a row in her own table": (
        swap(">Gezinnen</w:t></w:r></w:p></w:tc>", f">Gezinnen</w:t></w:r></w:p>{WORDS}</w:tc>"),
        "Dit is van mij.",
    ),
    "another style for our table": (swap('w:val="ReportTable"', 'w:val="TableGrid"'), 'w:val="TableGrid"'),
    "a page break": (
        beside("Dit schreven", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>', before=True),
        '<w:br w:type="page"/>',
    ),
    "a bookmark of hers around a number": (
        around(1, lambda whole: f'<w:bookmarkStart w:id="77" w:name="mijn"/>{whole}<w:bookmarkEnd w:id="77"/>'),
        'w:name="mijn"',
    ),
    "a link around a number": (
        around(1, lambda whole: f'<w:hyperlink w:anchor="mijn">{whole}</w:hyperlink>'),
        '<w:hyperlink w:anchor="mijn">',
    ),
    "a content control around a number": (
        around(1, lambda whole: f"<w:sdt><w:sdtPr/><w:sdtContent>{whole}</w:sdtContent></w:sdt>"),
        "<w:sdtContent>",
    ),
    "a table that was made wider": (
        lambda xml: re.sub(r'<w:gridCol w:w="\d+"/>', '<w:gridCol w:w="1234"/>', xml),
        "1234",
    ),
    "a piece of another report": (beside("Dit schreven", OTHER_REPORT), OTHER_REPORT),
    "a number copied with its bookmark": (
        around(1, lambda whole: whole + whole.replace('w:id="4"', 'w:id="960"')),
        "960",
    ),
    "another language": (within(1, "<w:b/>", '<w:b/><w:lang w:val="fr-BE"/>'), '<w:lang w:val="fr-BE"/>'),
    "a paragraph that became a list": (swap(f"<w:p><w:pPr/>{START}", f"<w:p><w:pPr>{IN_LIST}</w:pPr>{START}"), IN_LIST),
    "a text box on a number": (
        around(1, lambda whole: whole.replace("</w:r>", "</w:r>" + BOX.format(WORDS))),
        "Dit is van mij.",
    ),
    "a number in a text box": (around(1, lambda whole: BOX.format(f"<w:p>{whole}</w:p>")), "<w:txbxContent>"),
    "an equation": (beside("Dit schreven", MATH), MATH),
    "a page on its side": (beside("Dit schreven", LANDSCAPE), LANDSCAPE),
    "a caption in other words": (swap("Verandering tussen", "Wat bewoog tussen"), "Wat bewoog tussen"),
    "a chart that was made smaller": (swap('cx="5760000"', 'cx="4320000"'), 'cx="4320000"'),
    "other words for a picture": (
        lambda xml: re.sub('descr="[^"]*"', 'descr="Mijn beeld."', xml),
        'descr="Mijn beeld."',
    ),
    "a column of hers in our table": (own_column, OWN),
    "a row of hers in our table": (own_row, OWN),
    "a word within the bookmark": (within(1, "<w:t>24</w:t>", "<w:t>ongeveer 24</w:t>"), "ongeveer "),
    "a mark of the spelling check": (within(1, "<w:r>", '<w:proofErr w:type="spellStart"/><w:r>'), "spellStart"),
}


@pytest.mark.parametrize("name", EDITS)
def test_her_edit_stays_and_the_numbers_are_new(name: str, later: Later, report: Path) -> None:
    edit, kept = EDITS[name]
    built.edit_document(report, edit)
    before = built.parts_of(report)
    done = later.project.reports.refresh(report)
    after = built.parts_of(report)
    xml = built.document_of(report)
    assert done.written
    assert kept in xml
    assert held(xml, 1).strip() in ("25", "ongeveer 25", "25Dit is van mij.Dit is van mij.")
    assert held(xml, NEW_CELL) == "4"
    assert outside(xml) == outside(before["word/document.xml"].decode("utf-8"))
    touched = {
        "word/document.xml",
        "word/charts/chart1.xml",
        "word/embeddings/Microsoft_Excel_Sheet1.xlsx",
        "customXml/item1.xml",
    }
    assert {part for part in after if after[part] != before[part]} <= touched
    assert list(after) == list(before)
    docx.Document(str(report))


def picture() -> bytes:
    """A grey dot as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def test_pictures_comments_header_footer_and_styles_stay(later: Later, report: Path, tmp_path: Path) -> None:
    (tmp_path / "stip.png").write_bytes(picture())
    document = docx.Document(str(report))
    document.add_picture(str(tmp_path / "stip.png"))
    document.sections[0].header.paragraphs[0].text = "Gemeente Oudermeer"
    document.sections[0].footer.paragraphs[0].add_run(" – concept")
    document.styles["Normal"].font.name = "Georgia"
    document.add_comment(document.paragraphs[2].runs, text="Klopt dit?", author="Ria")
    document.save(str(report))
    before = built.parts_of(report)
    later.project.reports.refresh(report)
    after = built.parts_of(report)
    assert held(built.document_of(report), 1) == "25"
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {
        "word/document.xml",
        "word/charts/chart1.xml",
        "word/embeddings/Microsoft_Excel_Sheet1.xlsx",
        "customXml/item1.xml",
    }
    assert b"Klopt dit?" in after["word/comments.xml"]


def test_a_restyled_chart_keeps_its_looks_and_gets_the_numbers(later: Later, report: Path) -> None:
    chart = built.parts_of(report)["word/charts/chart1.xml"]
    restyled = chart.replace(b"1F4E5F", b"ABCDEF").replace(b'<c:gapWidth val="45"/>', b'<c:gapWidth val="90"/>')
    report.write_bytes(built.with_parts(report.read_bytes(), {"word/charts/chart1.xml": restyled}))
    later.project.reports.refresh(report)
    after = built.parts_of(report)["word/charts/chart1.xml"]
    assert b"ABCDEF" in after
    assert b'<c:gapWidth val="90"/>' in after
    assert later.project.reports.check(report).holds


def test_a_number_that_was_moved_to_the_footer_is_found_there(later: Later, report: Path) -> None:
    parts = built.parts_of(report)
    footer = next(name for name in parts if name.startswith("word/footer"))
    number = re.search(r'<w:bookmarkStart w:id="4".*?<w:bookmarkEnd w:id="4"/>', built.document_of(report))
    assert number is not None
    moved_to = parts[footer].replace(b"</w:p>", number[0].encode() + b"</w:p>", 1)
    without_it = built.document_of(report).replace(number[0], "").encode()
    content = built.with_parts(report.read_bytes(), {footer: moved_to, "word/document.xml": without_it})
    report.write_bytes(content)
    later.project.reports.refresh(report)
    assert held(built.parts_of(report)[footer].decode(), 1) == "25"


def test_outside_the_team_no_old_number_stays_and_inside_it_stands_beside_the_new_one(
    later: Later, report: Path, tmp_path: Path
) -> None:
    team = Path(shutil.copy(later.team, tmp_path / "team.docx"))
    for path in (report, team):
        later.project.reports.refresh(path)
    assert "<w:delText" not in built.document_of(report)
    assert built.document_of(report).count('w:author="verhalen"') > 4
    inside = built.document_of(team)
    assert re.search(r'<w:del [^>]*w:author="verhalen"[^>]*><w:r><w:rPr><w:b/></w:rPr><w:delText[^>]*>24<', inside)
    assert held(inside, 1) == "25"


def test_a_second_refresh_finds_nothing_to_do_and_leaves_the_file_alone(later: Later, report: Path) -> None:
    first = later.project.reports.refresh(report)
    content = report.read_bytes()
    again = later.project.reports.refresh(report)
    assert (first.written, again.written, again.replaced) == (True, False, ())
    assert report.read_bytes() == content
    assert later.project.reports.check(report).holds


def test_the_version_of_before_is_kept_unless_the_result_goes_elsewhere(
    later: Later, report: Path, tmp_path: Path
) -> None:
    before = report.read_bytes()
    elsewhere = later.project.reports.refresh(report, tmp_path / "nieuw.docx")
    assert (elsewhere.kept, report.read_bytes()) == (None, before)
    done = later.project.reports.refresh(report)
    assert done.kept == tmp_path / "rapport.vorige.docx"
    assert done.kept.read_bytes() == before
    assert built.document_of(report) == built.document_of(tmp_path / "nieuw.docx")


def test_a_number_that_was_changed_by_hand_is_left_and_named(later: Later, report: Path) -> None:
    built.edit_document(report, within(1, "<w:t>24</w:t>", "<w:t>dertig</w:t>"))
    done = later.project.reports.refresh(report)
    assert [each.source for each in done.left] == ["aantal gezinnen"]
    assert held(built.document_of(report), 1) == "dertig"
    found = later.project.reports.check(report).findings[0]
    assert (found.state, found.now, found.edited) == ("changed", "25", 1)


def test_what_stands_nowhere_any_more_is_told_once(later: Later, report: Path) -> None:
    built.edit_document(report, without(" gezinnen weten we meer"))
    gone = later.project.reports.check(report).findings[2]
    assert (gone.source, gone.state) == ("aantal gevolgd", "gone")
    later.project.reports.refresh(report)
    assert later.project.reports.check(report).holds


def test_a_table_that_she_took_out_does_not_come_back_at_a_second_refresh(later: Later, report: Path) -> None:
    def without_table(xml: str) -> str:
        start = xml.index("<w:tbl>")
        return xml[:start] + xml[xml.index("</w:tbl>", start) + 8 :]

    before = built.document_of(report).count("<w:tbl>")
    built.edit_document(report, without_table)
    for _ in range(2):
        later.project.reports.refresh(report)
        assert built.document_of(report).count("<w:tbl>") == before - 1


ROWS = """---
titel: Verslag
periode: 2024-09-01..2026-10-31
publiek: raad
---

Eerst.

{{ tabel bereik }}

{{ tabel verandering }}

{{ samen }}

{{ verhalen aantal=4 }}

Laatst.

{{ grenzen }}

{{ dekking kort=ja }}
"""


def test_rows_and_stories_that_come_and_go_leave_what_building_anew_would_give(tmp_path: Path) -> None:
    """A row more in the middle of a table, a row whose words change, numbers that hide, a kind of story that ends: in place."""
    project, report = built.build(tmp_path, source=ROWS)
    built.go_on(project, tmp_path)
    project.consents.set("V09", Consent(Purpose.REPORT, Answer.NO, dt.date(2026, 11, 1)))
    edited = swap('w:val="ReportTable"', 'w:val="TableGrid"', count=99)
    built.edit_document(report, edited)
    done = project.reports.refresh(report)
    project.reports.build(tmp_path / "bron.md", tmp_path / "anew.docx")
    project.close()
    assert done.left == ()
    assert dump(report) == dump(tmp_path / "anew.docx")
    assert 'w:val="ReportTable"' not in built.document_of(report)
    assert "<w:trPr><w:cantSplit/><w:ins " in built.document_of(report)


ALL = """---
periode: 2024-09-01..2026-10-31
publiek: raad
dagen: {days}
---

Eerst {{{{ aantal gevolgd }}}}.

{{{{ tabel verandering }}}}

Tussen.

{{{{ grafiek verandering }}}}

{{{{ grenzen }}}}

{{{{ dekking kort=ja }}}}

Laatst.
"""


@pytest.mark.parametrize(("before", "after"), [(3000, 182), (182, 3000)])
def test_tables_and_notes_that_come_and_go(tmp_path: Path, before: int, after: int) -> None:
    """Nobody followed gives a sentence instead of a table. Whoever asks for other days by hand in the file gets the other one."""
    project, report = built.build(tmp_path, source=ALL.format(days=before))
    item = built.parts_of(report)["customXml/item1.xml"]
    other = item.replace(f'"dagen": "{before}"'.encode(), f'"dagen": "{after}"'.encode())
    assert other != item
    report.write_bytes(built.with_parts(report.read_bytes(), {"customXml/item1.xml": other}))
    done = project.reports.refresh(report)
    (tmp_path / "bron.md").write_text(ALL.format(days=after), "utf-8")
    project.reports.build(tmp_path / "bron.md", tmp_path / "anew.docx")
    assert [each.source for each in done.left] == (["grafiek verandering"] if after == 182 else [])
    wanted = dump(tmp_path / "anew.docx").splitlines()
    found = [line for line in dump(report).splitlines() if not line.startswith("Title")]
    if after == 182:  # a new chart has no place to come to
        first, last = (next(at for at, line in enumerate(wanted) if line.startswith(it)) for it in ("Chart", "Callout"))
        del wanted[first:last]
    assert found == [line for line in wanted if not line.startswith("Title")]
    assert project.reports.check(report).holds
    project.close()
    if after == 3000:  # what nothing shows any more holds no old number either
        book = tmp_path / "boek.xlsx"
        book.write_bytes(built.parts_of(report)["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])
        assert b"<sheetData/>" in built.parts_of(book)["xl/worksheets/sheet1.xml"]
        chart = built.parts_of(report)["word/charts/chart1.xml"]
        assert re.findall(rb"<c:numCache>.*?</c:numCache>", chart, re.DOTALL)
        assert not re.search(rb"<c:numCache>(?:(?!</c:numCache>).)*<c:pt ", chart, re.DOTALL)


def test_a_report_that_libreoffice_saved_is_checked_and_brought_up_to_date(
    later: Later, report: Path, tmp_path: Path
) -> None:
    """Starts LibreOffice once, so it takes seconds."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "lo"), str(report)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = tmp_path / "lo" / "rapport.docx"
    wanted = [(each.source, each.state, each.changes) for each in later.project.reports.check(report).findings]
    assert [(each.source, each.state, each.changes) for each in later.project.reports.check(saved).findings] == wanted
    done = later.project.reports.refresh(saved)
    assert done.left == ()
    assert later.project.reports.check(saved).holds
