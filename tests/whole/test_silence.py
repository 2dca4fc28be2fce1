"""No words of a participant in an error, a message or the log."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from verhalen.cli import main as cli_main
from verhalen.cli.main import run

CANARY = "mijn man sloeg de deur dicht en toen was het stil"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "werk"
    assert run(["new", str(folder), "--codebook", "none"]) == 0
    text = tmp_path / "goed.txt"
    text.write_text(f"ANNA: {CANARY}.\nBERT: ja\nANNA: {CANARY}!\n", "utf-8")
    assert run(["-w", str(folder), "import", str(text)]) == 0
    return folder


def broken_files(folder: Path) -> list[tuple[str, Path]]:
    """Files that hold the canary and cannot be imported, each with the command that tries."""
    made: list[tuple[str, Path]] = []

    def add(command: str, name: str, content: bytes) -> None:
        path = folder / name
        path.write_bytes(content)
        made.append((command, path))

    words = CANARY.encode()
    add("import", "geen.docx", words)
    add("import", "kapot.txt", b"%PDF-1.7 " + words)
    add("import", "onbekend.pages", words)
    add("families import", "gezinnen.csv", b"gezin;gemeente\n" + words + b";Oudermeer\n;x\n")
    add(
        "scores import",
        "scores.csv",
        b"gezin;lid;rol;datum;instrument;item;waarde;status;beoordelaar;toelichting\nG1;;;"
        + words
        + b";x;y;"
        + words
        + b";z;q;\n",
    )
    header = b"verhaal;gezin;antwoord;tekst;emoticon;moment;datum_verteld\n"
    add(
        "stories import",
        "verhalen.csv",
        header + b"V1;G999;" + words + b";" + words + b";" + words + b";" + words + b";" + words + b"\n",
    )
    add("codebook import", "boek.md", b"# " + words + b"\n\n## " + words + b": x\n")
    add("instruments import", "meter.yaml", b"instrument: [" + words + b"\nnaam: {" + words)
    truncated = folder / "half.docx"
    document = docx.Document()
    document.add_paragraph(CANARY)
    document.save(str(truncated))
    truncated.write_bytes(truncated.read_bytes()[:-200])
    made.append(("import", truncated))
    return made


def test_a_file_that_fails_is_never_quoted(workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for command, path in broken_files(tmp_path):
        capfd.readouterr()
        code = run(["-w", str(workspace), *command.split(), str(path)])
        said = "".join(capfd.readouterr())
        assert code == 2, path.name
        assert said.strip(), path.name
        assert CANARY not in said, path.name
        assert "Traceback" not in said, path.name


def test_a_refused_code_or_correction_is_not_quoted(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["code", "1", "0", "9999", "x"],
        ["code", "1", "0", "9", "bestaat.niet"],
        ["correct", "1", "9", "99999", CANARY],
    ):
        capfd.readouterr()
        assert run(["-w", str(workspace), *words]) == 2
        assert CANARY not in "".join(capfd.readouterr())


def test_a_fault_of_our_own_goes_to_the_log_without_its_words(
    workspace: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(cli_main.cli, "main", fail)
    capfd.readouterr()
    assert run(["-w", str(workspace), "sources"]) == 2
    said = "".join(capfd.readouterr())
    log = (home / "verhalen.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert "test_silence.py" in log
    assert CANARY not in said + log
    assert "Traceback" not in said
