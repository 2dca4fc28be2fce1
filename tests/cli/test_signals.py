"""Signals: barriers seen, told, answered; and what a report says of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.builders import BALANCE, DAY, TALK, add_family, add_text, story

from verhalen.cli.main import run
from verhalen.model.act import Act
from verhalen.model.family import Person, Trajectory
from verhalen.msc.telling import tell
from verhalen.settings import PROJECT_FILE
from verhalen.store import families, scores, sources
from verhalen.store.project import ProjectFile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three families; the first told a story and speaks in a transcript."""
    with ProjectFile.create(tmp_path, coder="Hanne") as project:
        for key in ("G001", "G002", "G003"):
            number = add_family(project, key)
            with project.change(Act.IMPORT_FAMILIES, number) as writing:
                person = families.put_person(writing, number, Person(f"{key}.moeder", "ouder"))
                families.put_trajectory(writing, number, Trajectory(1, DAY))
                if key == "G001":
                    mother = person
        with project.change(Act.IMPORT_INSTRUMENTS) as writing:
            scores.put_instrument(writing, BALANCE)
        source = add_text(project, TALK)
        with project.change(Act.LINK_SPEAKER, source) as writing:
            speaker = sources.speakers_of(project, source)[0].id
            sources.link_speaker(writing, speaker, person_id=mother, role="ouder")
        tell(project, story("V1", "G002", "De bus rijdt niet meer na acht uur."))
    return tmp_path


def said(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = run(["-w", str(folder), "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def test_a_signal_counts_the_families_of_its_places_anew_each_time(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--at", "V1", "--at", "G002", "--at", "1@6-20"]  # the story is of G002; the fragment is of G001
    code, made = said(
        folder, capsys, "signals", "add", "Geen bus na acht uur", "--domain", "", *where, "--day", "2025-03-12"
    )
    assert (code, made["signal"], made["families"], made["places"]) == (0, "S1", 2, 3)
    assert said(folder, capsys, "signals", "at", "S1", "G002", "G003") == (0, {"added": 1, "families": 3})
    assert said(folder, capsys, "withdraw", "G003", "--yes")[0] == 0
    assert said(folder, capsys, "signals", "told", "S1", "De Lijn", "--day", "2025-04-01")[0] == 0
    assert said(folder, capsys, "signals", "answer", "S1", "Geen budget.", "--day", "2025-05-01")[0] == 0
    code, shown = said(folder, capsys, "signals", "show", "S1")
    assert shown["family_codes"] == ["G001", "G002"]
    assert shown["told"] == {"whom": "De Lijn", "day": "2025-04-01"}
    assert shown["result"] is None

    # A correction in the text carries the fragment along; undoing all of it leaves nothing.
    assert said(folder, capsys, "correct", "1", "6", "8", "Wij allemaal")[0] == 0
    with ProjectFile.open(folder / PROJECT_FILE, coder="Hanne") as project:
        span = project.row("select start, stop from signal_span")
    assert span == (6, 30)
    for _ in range(5):
        assert said(folder, capsys, "undo")[0] == 0
    assert said(folder, capsys, "signals") == (0, [])


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["signals", "add", " "], "bad_input"),
        (["signals", "add", "Iets", "--at", "V9"], "unknown_story"),
        (["signals", "add", "Iets", "--at", "G009"], "unknown_family"),
        (["signals", "add", "Iets", "--at", "7@1-2"], "unknown_source"),
        (["signals", "add", "Iets", "--at", "1@5-9999"], "bad_input"),
        (["signals", "add", "Iets", "--at", "G001@2025-01-01"], "bad_input"),
        (["signals", "add", "Iets", "--domain", "XXX"], "bad_input"),
        (["signals", "add", "Iets", "--day", "2999-01-01"], "bad_input"),
        (["signals", "told", "S7", "De Lijn"], "unknown_signal"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_stored(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], error: str
) -> None:
    code, answer = said(folder, capsys, *words)
    assert (code, answer["error"]["code"]) == (2, error)
    assert said(folder, capsys, "signals") == (0, [])


def test_a_report_says_what_became_of_them_and_hides_small_numbers_and_codes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(folder, capsys, "signals", "add", "Geen bus", "--at", "V1", "--day", "2024-03-01")[0] == 0
    assert said(folder, capsys, "signals", "result", "S1", "Er rijdt een belbus.", "--day", "2025-02-01")[0] == 0
    where = [word for key in ("G001", "G002", "G003") for word in ("--at", key)]
    assert said(folder, capsys, "signals", "add", "Wachtlijst", *where, "--day", "2025-03-01")[0] == 0
    assert said(folder, capsys, "signals", "add", "G001 krijgt geen plaats", "--day", "2025-03-01")[0] == 0
    report = folder / "rapport.md"
    front = f"---\ntitel: Proef\ninstrument: {BALANCE.key}\nperiode: 2025-01-01..2025-12-31\n---\n"
    report.write_text(f"{front}\n{{{{ signalen wanneer=vorig }}}}\n\n{{{{ signalen }}}}\n", "utf-8")
    for audience, numbers, warned in (("internal", ["1", "3", "0"], 0), ("council", [None, "3"], 1)):
        out = str(folder / f"{audience}.docx")
        code, built = said(folder, capsys, "report", "build", str(report), "-o", out, "--audience", audience)
        assert code in (0, 1)
        assert [each["value"] for each in built["numbers"]] == numbers
        assert sum("S3" in str(each) for each in built["warnings"]) == warned
