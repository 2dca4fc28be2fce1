"""`suggest`: a list with reasons, and nothing stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Call

from verhalen.cli.main import run

BOOK = '# psy: Zich goed voelen\n\n- patronen: lemma:slapen\n\n# won: Wonen\n\n## won.huur: Huur\n\n- patronen: huur, "op straat"\n'
TALK = "ANNA: Ik sliep niet vannacht.\n\nBERT: En de huur?\n\nANNA: Wij staan op straat.\n"


@pytest.fixture
def talk(call: Call, tmp_path: Path) -> None:
    """A talk, and a codebook with patterns."""
    (tmp_path / "boek.md").write_text(BOOK, "utf-8")
    (tmp_path / "anna.txt").write_text(TALK, "utf-8")
    assert call("codebook", "import", str(tmp_path / "boek.md"))[0] == 0
    assert call("import", str(tmp_path / "anna.txt"))[0] == 0


@pytest.mark.usefixtures("talk")
def test_suggestions_come_with_place_words_code_and_reasons(call: Call) -> None:
    code, rows = call("suggest", "--source", "1", "--code", "psy")
    start = TALK.index("Ik sliep")
    assert code == 0
    assert rows == [
        {
            "source_id": call("sources")[1][0]["source_id"],
            "start": start,
            "stop": start + len("Ik sliep niet vannacht."),
            "text": "Ik sliep niet vannacht.",
            "code": "psy",
            "score": 1.0,
            "reasons": [{"kind": "pattern", "pattern": "lemma:slapen", "start": start + 3, "stop": start + 8}],
        }
    ]


@pytest.mark.usefixtures("talk")
def test_a_likeness_names_the_earlier_fragment_and_the_shared_lemmas(call: Call, tmp_path: Path) -> None:
    (tmp_path / "cas.txt").write_text(
        "CAS: De huisbaas vraagt achterstal. De huisbaas wil het achterstal nu.\n", "utf-8"
    )
    call("import", str(tmp_path / "cas.txt"))
    made = [call("code", "2", str(start), str(stop), "psy")[1]["coding_id"] for start, stop in ((5, 35), (36, 70))]
    (tmp_path / "els.txt").write_text(
        "ELS: Mijn huisbaas vraagt ook achterstal, elke keer.\n\nBERT: Dag.\n\nELS: Ja.\n", "utf-8"
    )
    call("import", str(tmp_path / "els.txt"))
    _, rows = call("suggest", "--source", "3")
    assert [(row["text"], row["code"], row["reasons"]) for row in rows] == [
        (
            "Mijn huisbaas vraagt ook achterstal, elke keer.",
            "psy",
            [{"kind": "alike", "coding_id": each, "lemmas": ["achterstal", "huisbaas"]} for each in made],
        )
    ]


@pytest.mark.usefixtures("talk")
def test_a_code_brings_those_below_it_and_nothing_is_stored(call: Call) -> None:
    before = call("check")[1]["digest"]
    assert [row["code"] for row in call("suggest", "--code", "won")[1]] == ["won.huur", "won.huur"]
    assert call("check")[1]["digest"] == before
    assert call("codings") == (0, [])


@pytest.mark.usefixtures("talk")
@pytest.mark.parametrize(
    ("words", "error"), [(("--code", "weg"), "unknown_code"), (("--source", "9"), "unknown_source")]
)
def test_a_code_or_text_that_is_not_there_is_refused(call: Call, words: tuple[str, str], error: str) -> None:
    code, answer = call("suggest", *words)
    assert (code, answer["error"]["code"]) == (2, error)


@pytest.mark.usefixtures("talk")
def test_people_read_the_reason_below_each_place(
    call: Call, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call("check")
    assert run(["-w", str(workspace), "suggest", "--code", "psy"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.split() == ["1", "6", "29", "psy", "Ik", "sliep", "niet", "vannacht."]
    assert "lemma:slapen" in second
    assert call("codebook")[1][-2]["patterns"] == []
