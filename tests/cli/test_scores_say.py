"""What the scores say: the published study through a file and two commands, and every way to look at change."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Call
from tests.word_dump import dump

from verhalen.cli.main import run

INDICATORS: Mapping[str, Sequence[str]] = {
    "tewerkstelling": ("volwassene.tewerkstelling",),
    "inkomen": ("huishouden.inkomen", "huishouden.schulden"),
    "huisvesting": ("huishouden.verblijfplaats", "huishouden.onderhoud_woning"),
    "opleidingsniveau": ("volwassene.opleiding",),
    "gezondheid": (
        "volwassene.fysieke_gezondheid",
        "volwassene.mentale_gezondheid",
        "kind.fysieke_gezondheid",
        "kind.mentale_gezondheid",
    ),
    "stimulatieniveau": ("kind.zorg_voor_kinderen", "kind.consult_kind_en_gezin", "kind.aanwezigheid_school"),
}
MEMBERS = {"huishouden": ("", ""), "volwassene": ("moeder", "ouder"), "kind": ("kind1", "kind")}
START = dt.date(2025, 1, 6)
Row = tuple[str, str, str, str, str, str, str]
"""gezin, lid, rol, datum, item, waarde, status."""


def snapshot(family: str, day: int, insufficient: int, *, gaps: Iterable[str] = ()) -> list[Row]:
    """A full picture on which the first so many indicators are insufficient; `gaps` are items that nobody knows."""
    rows = []
    for number, items in enumerate(INDICATORS.values()):
        for place, item in enumerate(items):
            member, role = MEMBERS[item.partition(".")[0]]
            value = "1" if number < insufficient and place == 0 else "5"
            known = item not in gaps
            date = (START + dt.timedelta(days=day)).isoformat()
            rows.append(
                (family, member, role, date, item, value if known else "", "gescoord" if known else "niet_gekend")
            )
    return rows


def write(path: Path, rows: Iterable[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow(("gezin", "lid", "rol", "datum", "item", "waarde", "status"))
        out.writerows(rows)
    return path


def study() -> list[Row]:
    """90 families registered, 56 of them followed; a score before and after for each."""
    followed = (
        [(3, 2)] * 4 + [(2, 1)] * 2 + [(5, 4)] * 16 + [(1, 1)] * 2 + [(2, 2)] * 2 + [(3, 3)] * 9 + [(4, 4)] * 10
        + [(3, 5)] * 6 + [(5, 6)] * 5
    )  # fmt: skip
    rows = []
    for number, (before, after) in enumerate(followed):
        rows += snapshot(f"G{number:03}", 0, before) + snapshot(f"G{number:03}", 150 + number, after)
    for number in range(56, 90):
        rows += snapshot(f"G{number:03}", 0, 3)
        if number % 2:
            rows += snapshot(f"G{number:03}", 136, 0)
    return rows


def furnish(folder: Path, rows: Sequence[Row]) -> None:
    """A workspace with the families of these rows, their two persons, and the scores."""
    families = sorted({row[0] for row in rows})
    tables = {
        "gezinnen.csv": ["gezin;gemeente;gezinsvorm"]
        + [
            f"{each};{'Zoersel' if each < 'G030' else 'Aartselaar'};{'koppel' if int(each[1:]) % 2 else ''}"
            for each in families
        ],
        "personen.csv": ["gezin;lid;rol;leeftijdsgroep"]
        + [line for each in families for line in (f"{each};moeder;ouder;", f"{each};kind1;kind;3-5")],
        "trajecten.csv": ["gezin;traject;start;coach"] + [f"{each};1;2025-01-06;Els" for each in families],
    }
    assert run(["new", str(folder)]) == 0
    for name, lines in tables.items():
        (folder / name).write_text("\n".join(lines), "utf-8")
        assert run(["-w", str(folder), "families", "import", str(folder / name)]) == 0
    path = write(folder / "scores.csv", rows)
    assert run(["-w", str(folder), "scores", "import", str(path), "--instrument", "sociale_balans"]) == 0


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study, made once: the tests only read it."""
    folder = tmp_path_factory.mktemp("studie") / "werk"
    furnish(folder, study())
    return folder


@pytest.fixture
def ask(studied: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    def do(*words: str, coder: str = "Hanne") -> tuple[int, Any]:
        capsys.readouterr()
        code = run(["-w", str(studied), "--coder", coder, "--json", "scores", *words])
        return code, json.loads(capsys.readouterr().out)

    return do


def test_the_published_study_comes_out(ask: Call) -> None:
    code, found = ask("poverty")
    assert code == 0
    p = {name: round(found.pop(name), 4) for name in ("sign_p", "mcnemar_p")}
    assert p == {"sign_p": 0.0801, "mcnemar_p": 0.125}
    assert found == {
        "registered": 90,
        "followed": 56,
        "too_short": 34,
        "undecided": 0,
        "classes": {"improved": 22, "positive_status_quo": 4, "negative_status_quo": 19, "worsened": 11},
        "improved": {"out_of_poverty": 4, "already_out": 2, "still_poor": 16},
        "worsened": {"into_poverty": 0, "deeper": 11, "stays_out": 0},
        "poor_before": 50,
        "poor_after": 46,
    }
    _, found = ask("poverty", "--threshold", "4", "--details")
    assert (found["threshold"], found["poor_before"], found["heavy_before"]) == (4, 31, 21)
    assert found["classes"]["positive_status_quo"] == 13
    assert found["transitions"][3] == [0, 0, 4, 9, 0, 6, 0]
    assert found["poor_transitions"] == {
        "poor_poor": 31, "poor_not_poor": 0, "not_poor_poor": 6, "not_poor_not_poor": 19
    }  # fmt: skip
    assert len(found["without_reason"]) == 11


def test_the_table_of_change_counts_the_same_families(ask: Call) -> None:
    code, rows = ask("change", "--instrument", "sociale_balans", "--tests", "--threshold", "3")
    assert (code, len(rows)) == (0, 45)
    by_item = {row["item"]: row for row in rows}
    work = by_item["volwassene.tewerkstelling"]
    assert (work["n"], work["n_families"], work["n_persons"], work["not_paired"]) == (56, 56, 56, 34)
    assert (work["up"], work["same"], work["down"], work["life_domain"]) == (0, 56, 0, "WRK")
    assert (work["flag"], work["note"] != "") == ("needs_reading", True)
    home = by_item["huishouden.verblijfplaats"]
    assert (home["up"], home["same"], home["down"], home["dominance"]) == (4, 52, 0, pytest.approx(4 / 56))
    assert (home["sign_p"], home["median_change"], home["flag"]) == (0.125, 0.0, None)
    tests = home["tests"]
    assert (tests["wilcoxon_p"], tests["rank_biserial"], tests["threshold"]["mcnemar_p"]) == (0.125, 1.0, 0.125)
    assert "Pratt" in tests["method"]
    assert tests["dominance"]["seed"] == 20140115
    assert tests["up_share"]["low"] == pytest.approx(0.028, abs=5e-4)
    assert tests["up_share"]["high"] == pytest.approx(0.170, abs=5e-4)
    assert home["not_paired_why"] == {"een_registratie": 17, "te_kort_gevolgd": 17}
    never = by_item["huishouden.voeding"]
    assert (never["n"], never["dominance"], never["sign_p"]) == (0, None, None)
    assert set(never["undefined"]) == {"dominance", "sign_p", "median_change"}


def test_a_missing_indicator_that_decides_leaves_a_family_undecided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        *snapshot("G001", 0, 3, gaps=["volwassene.opleiding"]),
        *snapshot("G001", 180, 3),  # 3 or 4 before, 3 after
        *snapshot("G002", 0, 5, gaps=["kind.aanwezigheid_school"]),
        *snapshot("G002", 180, 3),  # 5 or 6 before: better either way
        *snapshot("G003", 0, 2, gaps=["volwassene.opleiding"]),
        *snapshot("G003", 180, 4),  # 2 or 3 before: worse either way, into poverty or not
    ]
    furnish(tmp_path / "werk", rows)
    capsys.readouterr()
    assert run(["-w", str(tmp_path / "werk"), "scores", "poverty", "--details", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    ends = {each["family"]: (each["s0_min"], each["s0_max"], each["class"], each["step"]) for each in found["families"]}
    assert ends == {
        "G001": (3, 4, "undecided", None),
        "G002": (5, 6, "improved", "still_poor"),
        "G003": (2, 3, "worsened", None),
    }
    assert (found["undecided"], found["classes"]["improved"], found["classes"]["worsened"]) == (1, 1, 1)


def test_change_is_shown_by_what_is_known_of_families_and_never_ranked(ask: Call) -> None:
    home = "huishouden.verblijfplaats"
    _, rows = ask("change", "--by", "gemeente")
    split = [(row["value"], row["n"], row["up"], row["not_paired"]) for row in rows if row["item"] == home]
    assert split == [("Aartselaar", 26, 0, 34), ("Zoersel", 30, 4, 0)]
    _, rows = ask("change", "--by", "Gezinsvorm", "--per", "domain")
    assert [row["value"] for row in rows if row["target"] == "WON"] == ["koppel", ""]
    _, rows = ask("change", "--by", "startscore")
    assert [(row["value"], row["n"]) for row in rows if row["item"] == home] == [(1, 50), (5, 6)]
    _, rows = ask("change", "--per", "instrument", "--apart")
    assert [(row["level"], row["n"]) for row in rows] == [("gezin", 56), ("volwassene", 56), ("kind", 56)]
    for words in (("--by", "schoenmaat"), ("--by", "startscore", "--per", "group"), ("--window", "182")):
        code, said = ask("change", *words)
        assert (code, said["error"]["code"]) == (2, "bad_input")


def test_by_coach_is_told_to_be_for_the_team_only(studied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["-w", str(studied), "scores", "change", "--by", "coach", "--per", "instrument"]) == 0
    said = capsys.readouterr()
    assert "team" in said.err
    assert "Els" in said.out


def test_other_windows_are_counted(ask: Call) -> None:
    code, rows = ask("window", "--try", "30", "--try", "60")
    assert code == 0
    assert [(row["window"], row["followed"], row["too_short"], row["moved"]) for row in rows] == [
        (30, 54, 36, 2),
        (45, 56, 34, 0),
        (60, 73, 17, 17),
    ]


def test_what_an_item_costs_says_whether_it_is_used(studied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["-w", str(studied), "reach", "--counting", "sociale_balans", "--json"]) == 0
    by_item = {row["item"]: row for row in json.loads(capsys.readouterr().out)}
    home, food = by_item["huishouden.verblijfplaats"], by_item["huishouden.voeding"]
    assert (home["families"], home["used"], home["indexes"]) == (90, 56, ["kansarmoede_index.huisvesting"])
    assert (food["families"], food["used"], food["indexes"]) == (0, 0, [])


def test_a_family_with_one_registration_is_in_the_table_of_baselines_only(ask: Call) -> None:
    code, found = ask("baseline")
    assert (code, found["registered"], found["followed"]) == (0, 90, 56)
    assert {reason: len(them) for reason, them in found["only_here"].items()} == {
        "een_registratie": 17, "te_kort_gevolgd": 17
    }  # fmt: skip
    items = {row["key"]: row for row in found["items"]}
    assert len(items) == 45
    home, food = items["huishouden.verblijfplaats"], items["huishouden.voeding"]
    # Insufficient housing from three indicators on: 50 of the 56 followed, and all 34 others.
    assert (home["n"], home["values"], home["median"]) == (90, {"1": 84, "2": 0, "3": 0, "4": 0, "5": 6}, 1.0)
    assert (food["n"], food["median"], food["missing"].keys()) == (0, None, {"niet_geregistreerd"})
    # Of housing two of the four items were asked, which is half; of food none.
    domains = {row["key"]: (row["items"], row["n"], row["median"]) for row in found["domains"]}
    assert domains["Wonen"] == (4, 90, 1.0)
    assert domains["Voeding"] == (1, 0, None)
    missing = {row["key"]: {why: len(them) for why, them in row["missing"].items()} for row in found["domains"]}
    assert (missing["Wonen"], missing["Voeding"]) == ({}, {"te_weinig_items": 90})


def test_researchers_get_every_test_with_its_seed_and_method(studied: Path, tmp_path: Path) -> None:
    where = ["-w", str(studied), "scores"]
    assert run([*where, "change", "--threshold", "3", "-o", str(tmp_path / "c.csv")]) == 0
    with (tmp_path / "c.csv").open(encoding="utf-8-sig") as stream:
        rows = {row["sleutel"]: row for row in csv.DictReader(stream, delimiter=";")}
    home, never = rows["huishouden.verblijfplaats"], rows["huishouden.voeding"]
    assert [home[name] for name in ("n", "vooruit", "gelijk", "achteruit", "niet_gepaard")] == [
        "56",
        "4",
        "52",
        "0",
        "34",
    ]
    assert [float(home[name]) for name in ("tekentoets_p", "wilcoxon_p", "mcnemar_p", "rang_biseriaal")] == [
        0.125, 0.125, 0.125, 1.0
    ]  # fmt: skip
    assert [round(float(home[name]), 3) for name in ("vooruit_laag", "vooruit_hoog")] == [0.028, 0.170]
    assert (home["bootstrap_seed"], "Pratt" in home["wilcoxon_methode"]) == ("20140115", True)
    assert (never["tekentoets_p"], "geen paren" in never["niet_bepaald_omdat"]) == ("", True)
    assert run([*where, "poverty", "-o", str(tmp_path / "p.csv")]) == 0
    with (tmp_path / "p.csv").open(encoding="utf-8-sig") as stream:
        parts = {(row["deel"], row["naam"]): row for row in csv.DictReader(stream, delimiter=";")}
    better = parts["klasse", "improved"]
    assert (better["gezinnen"], round(float(better["laag"]), 3), round(float(better["hoog"]), 3)) == (
        "22",
        0.276,
        0.524,
    )
    assert [round(float(parts["toets", name]["p"]), 4) for name in ("tekentoets", "mcnemar")] == [0.0801, 0.125]
    assert [parts["overgang", f"{was} > {now}"]["gezinnen"] for was in ("poor", "not_poor") for now in ("poor", "not_poor")] == [
        "46", "4", "0", "6"
    ]  # fmt: skip
    assert run([*where, "baseline", "-o", str(tmp_path / "b.xlsx")]) == 0
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "b.xlsx", read_only=True)
    assert book.sheetnames == ["nulmeting", "gezinnen", "codeboek", "methode"]
    assert sum(1 for _ in book["gezinnen"].iter_rows()) == 91
    assert run([*where, "poverty", "-o", str(tmp_path / "p.sav")]) == 2


def test_tables_fit_a_terminal_of_eighty_columns(
    studied: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for words in (
        ("scores", "change", "--tests", "--threshold", "3"),
        ("scores", "change", "--by", "gemeente"),
        ("scores", "baseline"),
        ("scores", "poverty", "--details"),
        ("reach", "--counting", "sociale_balans"),
    ):
        capsys.readouterr()
        assert run(["-w", str(studied), *words]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert [line for line in lines if len(line) > 80] == []
        # Nothing of a key is cut off: it goes on below.
        assert "volwassene.maatschappelijke_" in " ".join(lines) or words[1] in ("poverty", "--details")


def test_a_report_says_by_which_words_was_judged_and_where_families_went(
    studied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "werk"
    shutil.copytree(studied, folder)
    where = ["-w", str(folder)]
    assert run([*where, "instruments", "export", "sociale_balans", "-o", str(tmp_path / "sb.yaml")]) == 0
    text = (tmp_path / "sb.yaml").read_text("utf-8")
    newer = re.sub(r"(?m)^versie: 1$", "versie: 2", text).replace("Verblijfplaats", "Waar het gezin woont", 1)
    assert newer.count("Waar het gezin woont") == 1
    (tmp_path / "sb.yaml").write_text(newer, "utf-8")
    assert run([*where, "instruments", "import", str(tmp_path / "sb.yaml")]) == 0
    source = tmp_path / "v.md"
    source.write_text(
        "---\npubliek: raad\n---\n\n{{ tabel kansarmoede }}\n\n{{ grafiek kansarmoede }}\n\n"
        "{{ tabel overgang item=huishouden.verblijfplaats drempel=3 }}\n\n{{ methode }}\n",
        "utf-8",
    )
    out = tmp_path / "v.docx"
    capsys.readouterr()
    assert run([*where, "--json", "report", "build", str(source), "-o", str(out), "--audience", "internal"]) == 0
    inside = [each["value"] for each in json.loads(capsys.readouterr().out)["numbers"]]
    # The published study: 46 stayed poor, 4 came out of it, nobody fell into it, 6 were and stayed out; on the item the same.
    assert inside == ["46", "4", "0", "6"] * 2
    assert run([*where, "report", "build", str(source), "-o", str(out)]) == 0
    said = dump(out)
    method = said.split("uit Sociale Balans, versie 2")[1]
    assert "versie 1, in onze eigen korte bewoording: 90" in method
    assert "Toen anders verwoord dan nu: Waar het gezin woont." in method
    rows = [line.removeprefix("row | ").rstrip(" |").split(" | ") for line in said.splitlines() if "row | " in line]
    # Outside, a row in which all 6 are in one class is not shown (D6): what is left is how many there were at each moment.
    assert [row[1:] for row in rows] == [["50", "6", "56"], ["46", "10", "56"]] * 2
    named = said.casefold().count("kansarmoede-index")
    assert named == said.casefold().count("benadering van de kansarmoede-index") > 2
    assert "Bij de start: kansarm 50, niet kansarm 6." in said
