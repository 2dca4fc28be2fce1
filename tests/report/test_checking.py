"""What a built report remembers, and what a check says when the project, the document or both have changed since."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.report import built
from tests.report.built import around, held, within

from verhalen import errors
from verhalen.api.project import Project, new_project
from verhalen.cli.main import run
from verhalen.coding.codebook_editing import Edit
from verhalen.i18n import language, set_language
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.report.checking import GAP, Changed, Checked
from verhalen.report.trace import Stamps, read_manifest

SOURCE = """---
titel: Verslag van Nathalie
codeur: Hanne
periode: 2024-09-01..2026-10-31
publiek: raad
---

Het gaat om {{ aantal fragmenten }} fragmenten, {{ aantal verhalen }} verhalen en {{ aantal gezinnen }} gezinnen.

{{ citaat groep=wonen_geld kleur=positief }}

{{ samen }}

{{ verhaal verhaal=V13 }}

{{ tabel verandering }}

{{ grenzen }}

{{ dekking kort=ja }}
"""
DAY = dt.date(2026, 11, 1)


@pytest.fixture(autouse=True, scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = language()
    set_language("en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(tmp_path_factory.mktemp("home")))
        yield
    set_language(before)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Path]]:
    """For tests that leave the project alone."""
    project, report = built.build(tmp_path_factory.mktemp("kept"), source=SOURCE)
    yield project, report
    project.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Project, Path]]:
    project, report = built.build(tmp_path, source=SOURCE)
    yield project, report
    project.close()


def states(checked: Checked) -> dict[str, str]:
    return {each.source: each.state for each in checked.findings}


def manifest_text(path: Path) -> str:
    return html.unescape(built.parts_of(path)["customXml/item1.xml"].decode())


def coding_shown(project: Project, report: Path) -> int:
    """The fragment that stands in the report."""
    stamps = Stamps(project._file.setting("secret"))
    quoted = read_manifest(built.parts_of(report)["customXml/item1.xml"]).entries[3].quotes
    ids = (fragment.coding.id for fragment in project.codings.fragments())
    return next(each for each in ids if stamps.of(f"coding {each}") in quoted)


def uncode(project: Project, report: Path) -> None:
    """Take every coding off the fragment that stands in the report; two coders marked it."""
    shown = project.codings.get(coding_shown(project, report))
    here = (shown.start, shown.stop)
    codings = project.codings.of(shown.source_id)
    project.codings.remove(*(each.id for each in codings if (each.start, each.stop) == here))


# -- what the file remembers -------------------------------------------------------------------------------------------


def test_the_same_project_on_the_same_day_gives_the_same_bytes(kept: tuple[Project, Path], tmp_path: Path) -> None:
    project, report = kept
    project.reports.build(report.parent / "bron.md", tmp_path / "rapport.docx")
    assert (tmp_path / "rapport.docx").read_bytes() == report.read_bytes()


def test_the_manifest_tells_settings_and_numbers_and_nobody(kept: tuple[Project, Path]) -> None:
    project, report = kept
    text = manifest_text(report)
    manifest = read_manifest(built.parts_of(report)["customXml/item1.xml"])
    assert manifest.settings == {"periode": "2024-09-01..2026-10-31", "publiek": "raad"}
    assert [entry.kind for entry in manifest.entries] == [
        *("count", "count", "count", "quote", "table", "story", "table", "words", "words")
    ]
    assert manifest.entries[2].value == "24"
    # As words of their own: a stamp is a heap of letters and digits, in which V07 may turn up.
    named = r"(?:G\d{3}|V\d{2}|Nathalie|Hanne|Els|Klaverland|Oudermeer)"
    assert re.search(rf"(?<![\w+/=-]){named}(?![\w+/=-])", text) is None
    codings = [str(fragment.coding.id) for fragment in project.codings.fragments()]
    assert not any(number in text for number in codings)
    words = re.findall(r"<w:t[^>]*>([^<]{12,})</w:t>", built.document_of(report))
    assert not any(each in text for each in words)


def test_every_number_of_a_table_has_a_bookmark_of_its_own(kept: tuple[Project, Path]) -> None:
    _, report = kept
    xml = built.document_of(report)
    names = re.findall(r'w:name="(vh[^"]+)"', xml)
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 40
    for cell in re.findall(r"<w:tc>.*?</w:tc>", xml, re.DOTALL):
        assert cell.count("<w:bookmarkStart ") == 1
    ids = re.findall(r'<w:bookmarkStart w:id="(\d+)"', xml)
    assert len(set(ids)) == len(ids)


def test_a_report_for_the_team_remembers_which_story_and_one_for_the_council_only_its_stamp(
    kept: tuple[Project, Path],
) -> None:
    project, report = kept
    asks = read_manifest(built.parts_of(report)["customXml/item1.xml"]).entries[5].asks
    assert re.fullmatch(r"verhaal verhaal=#[0-9a-f]{24}", asks)
    assert states(project.reports.check(report))["verhaal verhaal=V13"] == "right"


# -- what a check says -------------------------------------------------------------------------------------------------


def test_nothing_changed_and_all_holds(kept: tuple[Project, Path]) -> None:
    checked = kept[0].reports.check(kept[1])
    assert (checked.holds, checked.later) == (True, False)
    assert set(states(checked).values()) == {"right"}


@pytest.mark.parametrize("kind", ["council", "month", "team", "research"])
def test_every_first_version_holds_right_after_it_was_built(
    kept: tuple[Project, Path], tmp_path: Path, kind: str
) -> None:
    project, _ = kept
    source = project.reports.new(tmp_path / "nieuw.md", {"for": kind})
    project.reports.build(source, tmp_path / "nieuw.docx")
    checked = project.reports.check(tmp_path / "nieuw.docx")
    assert checked.findings
    assert [each.source for each in checked.findings if each.state != "right"] == []
    if checked.manifest.audience != "internal":
        project.releases.forget("nieuw.md")


def test_where_another_coder_marked_the_same_words_they_still_stand_there(own: tuple[Project, Path]) -> None:
    project, report = own
    project.codings.remove(coding_shown(project, report))
    assert project.reports.check(report).holds


def test_one_fragment_less_names_exactly_what_hangs_on_it(own: tuple[Project, Path]) -> None:
    project, report = own
    uncode(project, report)
    checked = project.reports.check(report)
    assert states(checked) == {
        "aantal fragmenten": "changed",
        "aantal verhalen": "right",
        "aantal gezinnen": "right",
        "citaat groep=wonen_geld kleur=positief": "withdrawn",
        "samen": "changed",
        "verhaal verhaal=V13": "right",
        "tabel verandering": "right",
        "grenzen": "right",
        "dekking kort=ja": "right",
    }
    number = int(held(built.document_of(report), 1))
    assert checked.findings[0].changes == (Changed(was=str(number), now=str(number - 1)),)
    project.history.undo()
    assert project.reports.check(report).holds


def test_a_code_of_another_name_is_followed_and_one_that_went_away_is_named(tmp_path: Path) -> None:
    source = SOURCE.replace(
        "{{ samen }}", "{{ werkende factoren code=rol.houding }}\n\n{{ samen thema's code=ld.won }}"
    )
    project, report = built.build(tmp_path, source=source)
    project.codes.edit(project.codes.get("ld.won").id, Edit(key="ld.wonen"))
    assert project.reports.check(report).holds, "its name stands in no number"
    project.codes.merge(project.codes.get("rol.houding").id, project.codes.get("rol.tempo").id)
    found = states(project.reports.check(report))
    assert {each for each, state in found.items() if state != "right"} == {"werkende factoren code=rol.houding"}
    assert found["werkende factoren code=rol.houding"] == "changed"
    project.close()


def test_another_coding_that_changes_no_number_lets_all_hold(own: tuple[Project, Path]) -> None:
    """A quote that fits better came in, and yet the old one stays: it is still right."""
    project, report = own
    shown = project.codings.get(coding_shown(project, report))
    project.codings.set_memo(shown.id, "past goed")
    checked = project.reports.check(report)
    assert (checked.holds, checked.later) == (True, True)


@pytest.mark.parametrize(
    ("edit", "source", "state"),
    [
        (within(3, ">24<", ">42<"), "aantal gezinnen", "edited"),
        (within(3, ">24<", ">wel 24<"), "aantal gezinnen", "right"),
        (within(3, ">24<", "><"), "aantal gezinnen", "gone"),
        (around(3, lambda whole: ""), "aantal gezinnen", "gone"),
        (within("7_1_1_2", ">5<", ">7<"), "tabel verandering", "edited"),
        (within("7_1_0_2", ">Beter<", ">Vooruit<"), "tabel verandering", "right"),
        (within("6_0", "zestien", "zeventien"), "verhaal verhaal=V13", "edited"),
    ],
)
def test_what_was_typed_by_hand_is_seen_where_it_matters(
    kept: tuple[Project, Path], tmp_path: Path, edit: built.Edit, source: str, state: str
) -> None:
    project, report = kept
    copy = Path(shutil.copy(report, tmp_path))
    built.edit_document(copy, edit)
    checked = project.reports.check(copy)
    assert {name: found for name, found in states(checked).items() if found != "right"} == (
        {} if state == "right" else {source: state}
    )
    assert checked.holds is (state == "right")


def test_a_withdrawn_story_is_named_and_taken_out_with_its_tracked_deletions(own: tuple[Project, Path]) -> None:
    project, report = own
    deleted = '<w:del w:id="901" w:author="Ria"><w:r><w:delText>plaats veertien</w:delText></w:r></w:del>'
    built.edit_document(report, around("6_0", lambda whole: whole.replace("<w:r>", deleted + "<w:r>", 1)))
    built.edit_document(report, within("6_0", "Wij stonden op ", "Hm. Wij stonden op "))
    project.consents.set("V13", Consent(Purpose.REPORT, Answer.WITHDRAWN, DAY))
    found = project.reports.check(report).findings[5]
    assert (found.state, found.reason) == ("withdrawn", "De verteller heeft de toestemming voor verslagen ingetrokken.")
    done = project.reports.refresh(report)
    assert (done.removed, done.kept, done.warnings) == (1, None, ())
    xml = built.document_of(report)
    assert "veertien" not in xml
    assert held(xml, "6_0") == GAP
    assert project.reports.check(report).holds


def test_words_taken_out_that_were_copied_elsewhere_are_told(own: tuple[Project, Path]) -> None:
    project, report = own
    words = re.sub("<[^>]+>", "", held(built.document_of(report), "6_0"))
    copied = f"<w:p><w:r><w:t>Zoals zij zei: {words}</w:t></w:r></w:p></w:body>"
    built.edit_document(report, lambda xml: xml.replace("</w:body>", copied))
    project.consents.set("V13", Consent(Purpose.REPORT, Answer.NO, DAY))
    assert len(project.reports.refresh(report).warnings) == 1


def test_a_quote_that_is_gone_gives_way_to_another_that_fits(own: tuple[Project, Path]) -> None:
    project, report = own
    before = held(built.document_of(report), "4_0")
    uncode(project, report)
    done = project.reports.refresh(report)
    after = held(built.document_of(report), "4_0")
    assert done.removed == 1
    assert after not in ("", GAP, before)
    assert before not in built.document_of(report)
    assert project.reports.check(report).holds


def test_a_check_never_tells_words(own: tuple[Project, Path], capsys: pytest.CaptureFixture[str]) -> None:
    project, report = own
    words = held(built.document_of(report), "4_0")
    uncode(project, report)
    project.close()
    for arguments in (["report", "check"], ["--json", "report", "check"], ["report", "refresh"]):
        assert run(["-w", str(report.parent / "w"), *arguments, str(report)]) in (0, 1)
        told = capsys.readouterr()
        assert not any(each in told.out + told.err for each in (words, words[10:40]))


def test_exit_codes_and_json(own: tuple[Project, Path], capsys: pytest.CaptureFixture[str]) -> None:
    project, report = own
    workspace = report.parent / "w"
    number = held(built.document_of(report), 1)

    def check() -> tuple[int, Any]:
        code = run(["--json", "-w", str(workspace), "report", "check", str(report)])
        return code, json.loads(capsys.readouterr().out)

    code, told = check()
    assert (code, told["holds"], told["numbers"][0]["value"]) == (0, True, number)
    uncode(project, report)
    code, told = check()
    assert (code, told["holds"], told["quotes"][0]["state"]) == (1, False, "withdrawn")
    less = str(int(number) - 1)
    assert told["numbers"][0]["changes"] == [{"table": None, "row": None, "column": None, "was": number, "now": less}]


# -- what is no report of ours -----------------------------------------------------------------------------------------


def _protected(content: bytes, parts: dict[str, bytes]) -> bytes:
    on = b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>'
    return built.with_parts(content, {"word/settings.xml": parts["word/settings.xml"].replace(b"</w:settings>", on)})


def _template(content: bytes, parts: dict[str, bytes]) -> bytes:
    types = parts["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    return built.with_parts(content, {"[Content_Types].xml": types})


def _newer(content: bytes, parts: dict[str, bytes]) -> bytes:
    item = parts["customXml/item1.xml"].replace(b'"version": 1', b'"version": 9')
    return built.with_parts(content, {"customXml/item1.xml": item})


def _bare(content: bytes, parts: dict[str, bytes]) -> bytes:
    return built.with_parts(content, {"customXml/item1.xml": b"<a/>"})


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (_protected, errors.ProtectedReport),
        (_template, errors.UnreadableFile),
        (_newer, errors.NewerReport),
        (_bare, errors.NotOurReport),
        (lambda content, _: content[: len(content) // 2], errors.NotWhatItSays),
        (lambda *_: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), errors.UnreadableFile),
        (lambda *_: b"", errors.EmptyFile),
        (lambda *_: b"geen zip", errors.NotWhatItSays),
    ],
)
def test_what_cannot_be_refreshed_is_said_and_left_alone(
    kept: tuple[Project, Path], tmp_path: Path, spoil: object, error: type[errors.VerhalenError]
) -> None:
    project, report = kept
    assert callable(spoil)
    path = tmp_path / "stuk.docx"
    path.write_bytes(spoil(report.read_bytes(), built.parts_of(report)))
    before = path.read_bytes()
    with pytest.raises(error) as raised:
        project.reports.refresh(path)
    assert "stuk.docx" in str(raised.value)
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


@pytest.mark.parametrize("lock", ["~$pport.docx", "~$apport.docx", ".~lock.rapport.docx#"])
def test_a_report_that_is_open_elsewhere_is_left_alone(kept: tuple[Project, Path], tmp_path: Path, lock: str) -> None:
    project, report = kept
    path = Path(shutil.copy(report, tmp_path / "rapport.docx"))
    (tmp_path / lock).touch()
    with pytest.raises((errors.LockedFile, errors.CannotWrite)):
        project.reports.refresh(path)
    assert path.read_bytes() == report.read_bytes()


def test_a_report_of_another_project_is_refused(kept: tuple[Project, Path], tmp_path: Path) -> None:
    with new_project(tmp_path / "ander", coder="Hanne") as other, pytest.raises(errors.OtherProjectReport):
        other.reports.check(kept[1])


def test_a_protected_report_can_be_checked(kept: tuple[Project, Path], tmp_path: Path) -> None:
    project, report = kept
    path = tmp_path / "vast.docx"
    path.write_bytes(_protected(report.read_bytes(), built.parts_of(report)))
    assert project.reports.check(path).holds
