"""`verhalen agreement` as people read it: n, how often, the places and the reasons stand there without being asked for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.builders import add_code, add_text
from tests.cli.conftest import Call

from verhalen.cli.main import run
from verhalen.coding import editing
from verhalen.coding.editing import Intent
from verhalen.exchange.tables import read_tables
from verhalen.store import sources
from verhalen.store.project import ProjectFile

TALK = "\n".join(f"Anna: Zin nummer {number}." for number in range(12))


@pytest.fixture
def coded(workspace: Path) -> Path:
    """Twelve turns; Hanne and Jan agree on three, differ on two, and on one code agree on nothing."""
    with ProjectFile.open(workspace / "project.verhalen", coder="Hanne") as hanne, hanne.sibling(coder="Jan") as jan:
        for key in ("slaap", "vervoer", "bus", "fiets"):
            add_code(hanne, key, parent="vervoer" if key in ("bus", "fiets") else None)
        add_text(hanne, TALK)
        for project, turns in (
            (hanne, {"slaap": (0, 1, 2, 3), "bus": (5,)}),
            (jan, {"slaap": (0, 1, 2, 4), "fiets": (5,)}),
        ):
            source = sources.all_sources(project)[0].id
            spans = [(each.start, each.stop) for each in sources.turns_of(project, source)]
            editing.apply_codes(
                project, [Intent(source, *spans[at], key) for key, those in turns.items() for at in those]
            )
    return workspace


def said(workspace: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert run(["-w", str(workspace), "--coder", "Hanne", "agreement", *words]) == 0
    return capsys.readouterr().out


def test_figures_stand_beside_n_the_places_and_the_reasons(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(coded, capsys)
    (slaap,) = [line for line in out.splitlines() if line.startswith("slaap") and "12" in line]
    # By hand: kappa (10/12 - 80/144) / (64/144), alpha 1 - 23 * 4 / (2 * 8 * 16), u 1 - 52 / (2 * 104 * 378 / (482 - 1730 / 482)).
    assert slaap.split() == ["slaap", "12", "4", "/", "4", "83,3", "0,625", "0,641", "0,684", "1,000", "2"]
    assert "Krippendorff 2019" in out
    assert "bus, fiets" in out
    assert [line.split()[-2:] for line in out.splitlines() if line.startswith(("slaap", "bus", "fiets"))][-4:] == [
        ["slaap", "–"],
        ["–", "slaap"],
        ["bus", "–"],
        ["–", "fiets"],
    ]


def test_intervals_are_shown_with_seed_and_draws_and_so_is_why_there_is_none(
    coded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(coded, capsys, "--intervals")
    (slaap,) = [line for line in out.splitlines() if line.startswith("slaap") and "12" in line]
    assert " tot 1,000" in slaap
    assert "20140115" in out
    assert "2000" in out
    assert "95 %" in out.splitlines()[1]
    assert "95 %" in [line for line in out.splitlines() if line.startswith("–")][-1]


def test_a_group_shows_binary_alpha_and_may_stand_in_order(
    coded: Path, capsys: pytest.CaptureFixture[str], call: Call
) -> None:
    head = said(coded, capsys, "--group", "vervoer").splitlines()[1].split()
    assert head[-4:] == ["u", "b", "cu", "anders"]
    code, rows = call("agreement", "--group", "vervoer", "--level", "ordinal")
    assert (code, rows[0]["level"], rows[0]["n"], rows[0]["alpha_n"]) == (0, "ordinal", 12, 1)
    assert call("agreement", "--level", "interval")[0] == 2


def test_json_holds_every_place_and_what_each_judged(coded: Path, call: Call) -> None:
    code, rows = call("agreement", "--code", "slaap")
    (row,) = rows
    assert code == 0
    assert (row["given"], row["judged"], row["texts"], row["outside"]) == ([4, 4], [12, 12], 1, 0)
    assert [each["said"] for each in row["disagreements"]] == [["slaap", ""], ["", "slaap"]]


def test_files_hold_the_places_too(coded: Path, call: Call, tmp_path: Path) -> None:
    assert call("agreement", "-o", str(tmp_path / "uit.csv"))[0] == 0
    assert call("agreement", "-o", str(tmp_path / "uit.xlsx"))[0] == 0
    places = list(csv.reader(io.StringIO((tmp_path / "uit.verschillen.csv").read_text("utf-8-sig")), delimiter=";"))
    assert places[0] == ["code", "bron", "begin", "einde", "Hanne", "Jan"]
    assert len(places) == 5
    sheets = {each.sheet: each for each in read_tables(tmp_path / "uit.xlsx")}
    assert len(sheets["verschillen"].rows) == 4
    assert sheets["overeenstemming"].rows[0].cells["gegeven"] == "4 van 12 / 4 van 12"


def test_three_coders_get_fleiss_and_who_coded_nothing_a_dash(
    coded: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with ProjectFile.open(coded / "project.verhalen", coder="Mia") as mia:
        elsewhere = add_text(mia, TALK, "elders")
        editing.apply_codes(mia, [Intent(elsewhere, 0, 4, "slaap")])
    out = said(coded, capsys, "--code", "slaap", "--coders", "Hanne,Jan,Mia", "-o", str(tmp_path / "uit.csv"))
    lines = out.splitlines()
    assert "fleiss" in lines[1]
    assert "kappa" not in lines[1]
    (slaap,) = [line for line in lines if line.startswith("slaap") and "12" in line]
    assert slaap.split()[:7] == ["slaap", "12", "4", "/", "4", "/", "–"]
    assert [line.split()[-1].removesuffix(".") for line in lines[-2:]] == [
        str(tmp_path / "uit.csv"),
        str(tmp_path / "uit.verschillen.csv"),
    ]


def test_lines_for_other_programs_are_never_broken(
    coded: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    capsys.readouterr()
    assert run(["-w", str(coded), "export", str(tmp_path / "al onze coderingen van dit jaar.csv")]) == 0
    assert 'read.csv("al onze coderingen van dit jaar.csv", sep' in capsys.readouterr().out
