"""Reports of the demo that are given out: the ledger, thresholds, the ladder and chosen quotes, from the command line on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.word_dump import dump

from verhalen.api.demo import Demo, run_demo
from verhalen.api.project import Project, open_project
from verhalen.cli.main import run
from verhalen.errors import BadInput, BadReport, UnknownReport
from verhalen.model.ids import encode_id
from verhalen.model.query import FragmentQuery
from verhalen.privacy.clearance import Audience

FRONT = "---\ntitel: Kort\nperiode: 2024-09-01..2026-10-31\npubliek: raad\n---\n\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("releases")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(folder / "home"))
        yield run_demo(folder / "werk", progress=lambda percent: None)


@pytest.fixture
def project(made: Demo) -> Iterator[Project]:
    with open_project(made.workspace, coder="Greet") as opened:
        yield opened


def said(made: Demo, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert run(["-w", str(made.workspace), "--json", *words]) == code, words
    return json.loads(capsys.readouterr().out or "{}")


def write(folder: Path, name: str, body: str) -> Path:
    path = folder / name
    path.write_text(FRONT + body, "utf-8")
    return path


def test_every_part_of_the_report_of_the_demo_still_says_a_number(made: Demo, project: Project, tmp_path: Path) -> None:
    built = project.reports.build(made.workspace / "exports" / "raad.md", tmp_path / "r.docx")
    told = {each.source for each in built.numbers if not each.suppressed and any(map(str.isdigit, each.value))}
    asked = {each.source for each in built.numbers}
    assert {"tabel bereik", "wie niet", "tabel verandering", "tabel kansarmoede", "aantal gezinnen"} <= asked
    assert asked - told == set()
    assert built.refused == ()
    assert {each.what for each in built.masked}
    assert sum(each.shown for each in built.quotes) >= 5


def test_a_report_is_remembered_once_and_sent_on_a_day(
    made: Demo, project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path, "kort.md", "Wij zagen {{ aantal gezinnen }} gezinnen.\n")
    for _ in range(2):
        project.reports.build(source, tmp_path / "r.docx")
    own = [each for each in said(made, capsys, "report", "ledger") if each["report"] == "kort.md"]
    assert [(each["audience"], each["sent"], each["rows"]) for each in own] == [
        ("council", None, 3)  # the sentence about coverage, which always stands there, has two numbers
    ]
    day = own[0]["built"]
    assert said(made, capsys, "report", "sent", str(source), "--day", day)["sent"] == day
    assert said(made, capsys, "report", "forget", "kort.md", code=2)["error"]["code"] == "bad_input"
    assert said(made, capsys, "undo")["label"]
    assert project.releases.latest("kort").sent is None
    with pytest.raises(BadInput):
        project.releases.unsend("kort.md")
    assert (
        said(made, capsys, "report", "sent", "kort.md", "--day", "2001-01-01", code=2)["error"]["code"] == "bad_input"
    )
    assert said(made, capsys, "report", "forget", "kort.md")["report"] == "kort.md"
    assert said(made, capsys, "report", "sent", "kort.md", code=2)["error"]["code"] == "unknown_report"
    with pytest.raises(UnknownReport):
        project.releases.latest("nergens.md")


def test_one_family_more_after_a_report_was_sent_is_refused_in_the_document_and_named_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERHALEN_HOME", str(tmp_path / "home"))
    made = run_demo(tmp_path / "werk", progress=lambda percent: None)
    body = "Wij zagen {{ aantal gezinnen }} gezinnen.\n\n{{ tabel bereik }}\n"
    first, later = write(tmp_path, "eerste.md", body), write(tmp_path, "tweede.md", body)
    out = str(tmp_path / "r.docx")
    said(made, capsys, "report", "build", str(first), "-o", out)
    said(made, capsys, "report", "sent", "eerste.md")
    said(made, capsys, "family", "add", "G900", "--municipality", "Oudermeer")
    said(made, capsys, "trajectory", "start", "G900", "--day", "2025-01-06")
    built = said(made, capsys, "report", "build", str(later), "-o", out)
    assert built["refused"]
    assert {each["report"] for each in built["refused"]} == {"eerste.md"}
    text = dump(tmp_path / "r.docx")
    assert "Wij zagen 25" not in text
    assert "eerste.md" not in text
    # Within the first report's own name it was sent: it stands in its own way too. Inside the team nothing does.
    assert said(made, capsys, "report", "build", str(first), "-o", out)["refused"]
    assert said(made, capsys, "report", "build", str(later), "-o", out, "--audience", "internal")["refused"] == []
    said(made, capsys, "report", "unsend", "eerste.md")
    assert said(made, capsys, "report", "build", str(first), "-o", out)["refused"] == []


def test_a_lower_threshold_needs_a_sentence_which_the_report_prints(
    made: Demo, project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    usual = {"audience": "council", "k": 3, "sensitive": 5, "reason": None, "day": None}
    assert said(made, capsys, "report", "threshold", "council") == usual
    for words in (["council", "--k", "2"], ["council", "--k", "2", "--why", "mag"], ["internal", "--k", "4"]):
        assert said(made, capsys, "report", "threshold", *words, code=2)["error"]["code"] == "bad_input"
    assert said(made, capsys, "report", "threshold", "council", "--k", "1", code=2)["error"]["code"] == "bad_input"
    why = "De raad kent deze gezinnen niet en vroeg om elk cijfer."
    now = said(made, capsys, "report", "threshold", "council", "--k", "2", "--why", why)
    assert (now["k"], now["sensitive"], now["reason"]) == (2, 5, why)
    source = write(tmp_path, "hoe.md", "{{ methode }}\n")
    project.reports.build(source, tmp_path / "hoe.docx")
    assert why in dump(tmp_path / "hoe.docx")
    said(made, capsys, "undo")
    assert said(made, capsys, "report", "threshold", "council") == usual
    assert said(made, capsys, "report", "threshold", "public", "--k", "12")["sensitive"] == 12
    said(made, capsys, "undo")


def test_the_ladder_is_offered_without_writing_anything(made: Demo, project: Project, tmp_path: Path) -> None:
    source = write(tmp_path, "ladder.md", "{{ tabel overgang item=huishouden.schulden }}\n")
    before = len(project.releases.all())
    (entry,) = project.reports.ladder(source)
    assert (entry.line, entry.steps[0].rung.value) == (7, "coarser")
    assert entry.steps[0].hidden < entry.hidden
    assert len(project.releases.all()) == before
    assert project.reports.ladder(source, audience=Audience.INTERNAL) == ()


def test_a_chosen_quote_stands_with_its_place_and_n_or_the_log_says_why_not(
    made: Demo, project: Project, tmp_path: Path
) -> None:
    shown = project.reports.build(made.workspace / "exports" / "raad.md", tmp_path / "r.docx").quotes
    good = next(each.coding_id for each in shown if each.shown and each.coding_id)
    source = write(tmp_path, "citaat.md", f"{{{{ citaat fragment={encode_id(good)} }}}}\n")
    (entry,) = project.reports.build(source, tmp_path / "c.docx").quotes
    assert (entry.coding_id, entry.shown) == (good, True)
    assert re.search(r"Wonen en geld: \d+ gezinnen", dump(tmp_path / "c.docx"))

    listed = [each for each in project.codings.fragments(FragmentQuery()) if each.coding.code.startswith("ld.")]
    no = next(each for each in listed if not each.family)  # what a coach said about a family
    source = write(tmp_path, "citaat.md", f"Voor.\n\n{{{{ citaat fragment={encode_id(no.coding.id)} }}}}\n")
    built = project.reports.build(source, tmp_path / "c.docx")
    assert [(each.shown, bool(each.reason)) for each in built.quotes] == [(False, True)]
    assert no.text[:30] not in dump(tmp_path / "c.docx")
    assert any(each.line == 9 for each in built.warnings)


@pytest.mark.parametrize(
    "body",
    [
        "{{ citaat fragment=0000000000001 }}",
        "{{ citaat fragment=kort }}",
        "{{ citaten n=veel }}",
        "{{ verhaal verhaal=V99 }}",
    ],
)
def test_a_quote_that_is_gone_is_an_error_with_its_line(project: Project, tmp_path: Path, body: str) -> None:
    with pytest.raises(BadReport) as caught:
        project.reports.build(write(tmp_path, "weg.md", f"Woord.\n\n{body}\n"), tmp_path / "c.docx")
    assert caught.value.values["line"] == 9


def test_several_quotes_come_from_more_than_one_family(made: Demo, project: Project, tmp_path: Path) -> None:
    built = project.reports.build(
        write(tmp_path, "drie.md", "{{ citaten groep=wonen_geld n=3 }}\n"), tmp_path / "c.docx"
    )
    told = {each.coding_id for each in built.quotes if each.shown}
    assert len(told) == 3
    families = {each.family for each in project.codings.fragments(FragmentQuery()) if each.coding.id in told}
    assert len(families) > 1
