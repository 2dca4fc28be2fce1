"""The same talk as .txt, .md and .docx gives the same speakers and the same words."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from tests.talk_made import WRITERS

from verhalen.model.text import Reading
from verhalen.readers import read_source

Read = Callable[[str, bytes], Reading]

TALK = (
    ("Joris", ("Zo, hij loopt.",)),
    ("Samira", ("Ja, dat staat op uw papier. (lacht)", "Ik lees nu alles twee keer: de café-rekening ook 👍🏽.")),
    ("Joris", ("Vroeger niet?",)),
    ("Mevr. Peeters", ("Let op: om 10:30 komt de juf.",)),
    ("Samira", ("Vroeger niet.\nVroeger ging alles in de schuif.",)),
    ("Mevr. Peeters", ("Allez.",)),
)
HEAD = "Gesprek in Oudermeer"


def as_txt() -> bytes:
    paragraphs = [f"{name}: {words}" if at == 0 else words for name, said in TALK for at, words in enumerate(said)]
    return "\n\n".join([HEAD, *paragraphs]).encode()


def as_md() -> bytes:
    paragraphs = [f"**{name}:** {words}" if at == 0 else words for name, said in TALK for at, words in enumerate(said)]
    return "\n\n".join([f"# {HEAD}", *paragraphs, ""]).encode()


def as_docx() -> bytes:
    document = docx.Document()
    document.add_heading(HEAD, 1)
    for name, said in TALK:
        for at, words in enumerate(said):
            paragraph = document.add_paragraph()
            if at == 0:
                paragraph.add_run(f"{name}:").bold = True
                paragraph.add_run(" ")
            paragraph.add_run(words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def turns(reading: Reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, reading.text[turn.start : turn.stop]) for turn in reading.turns]


def test_three_formats_give_one_talk(read: Read) -> None:
    readings = [read("a.txt", as_txt()), read("a.md", as_md()), read("a.docx", as_docx())]
    expected = [(name, "\n\n".join(said)) for name, said in TALK]
    assert [turns(reading) for reading in readings] == [expected, expected, expected]
    assert readings[0].text == readings[1].text == readings[2].text


REPOSITORY = Path(__file__).parents[2]
INBOX = REPOSITORY / "transcripts"


@pytest.mark.parametrize(
    ("name", "speakers"),
    [
        ("interview-ronny.txt", {"Joris", "Ronny"}),
        ("interview-samira.md", {"Joris", "Samira"}),
        ("interview-wendy.md", {"Hanne", "Wendy", "Dirk"}),
        ("intervisie-klaverland.txt", {"Greet", "Els", "Karim", "Nathalie"}),
        ("focusgroep-coaches.docx", {"Hanne", "Karim", "Sven", "Els", "Nathalie", "Lieve"}),
    ],
)
def test_the_demo_files_are_read_with_their_speakers(name: str, speakers: set[str]) -> None:
    reading = read_source(INBOX / name)
    assert {turn.speaker for turn in reading.turns} == speakers
    assert {notice.message.split(";")[0] for notice in reading.warnings} <= {
        "Heading marks were left out",
        "Places with bold or italic marks: the words were kept ({n}×).",
    }


SOURCES = REPOSITORY.parent / "shared" / "sources"


@pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the public reports lie beside the repository on our own machines only"
)
def test_long_reports_are_no_talk_and_keep_every_letter() -> None:
    for path in SOURCES.glob("*.txt"):
        reading = read_source(path)
        assert {turn.speaker for turn in reading.turns} == {None}
        said = "".join(reading.text[turn.start : turn.stop] for turn in reading.turns)
        assert "".join(said.split()) == "".join(reading.text.split())


SAMPLES = Path(__file__).parent / "samples"


def test_six_formats_give_one_talk(read: Read) -> None:
    typed = (SAMPLES / "gesprek.txt").read_bytes()
    talk = [paragraph(each) for each in typed.decode().strip().split("\n\n")]
    files = {suffix: WRITERS[suffix](talk) for suffix in (".md", ".docx", ".odt", ".rtf")}
    files |= {".txt": typed, ".pdf": (SAMPLES / "wit.pdf").read_bytes()}
    readings = {suffix: read(f"a{suffix}", data) for suffix, data in files.items()}
    spoken = {suffix: [(name, words.split()) for name, words in turns(each)] for suffix, each in readings.items()}
    assert len(spoken[".txt"]) > 20
    assert {suffix: each == spoken[".txt"] for suffix, each in spoken.items()} == dict.fromkeys(files, True)
    assert {
        suffix: each.text.split() == readings[".txt"].text.split() for suffix, each in readings.items()
    } == dict.fromkeys(files, True)


def paragraph(words: str) -> tuple[str | None, str]:
    name, colon, said = words.partition(": ")
    return (name, said) if colon and len(name) < 25 and name[0].isupper() else (None, words)
