"""Who speaks where: the shapes that transcripts give to a name, and what only looks like one."""

from __future__ import annotations

import pytest

from verhalen.i18n import set_language
from verhalen.model.text import Span
from verhalen.readers.speakers import find_turns

Said = list[tuple[str | None, str]]


def said(text: str, *bold: str) -> Said:
    """Speaker and words of each turn; `bold` are pieces of the text that stood bold at the beginning of their line."""
    hints: list[Span] = []
    start = 0
    for piece in bold:
        start = text.index(piece, start)
        hints.append(Span(start, start + len(piece)))
        start += len(piece)
    turns, _ = find_turns(text, hints=hints)
    return [(turn.speaker, text[turn.start : turn.stop]) for turn in turns]


def told(text: str) -> list[tuple[int | None, str]]:
    set_language("en")
    return [(notice.line, str(notice)) for notice in find_turns(text)[1]]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Anna:", "Anna"),
        ("Anna :", "Anna"),
        ("M.:", "M."),
        ("J.-P.:", "J.-P."),
        ("Mevr. Peeters:", "Mevr. Peeters"),
        ("Dhr. Van den Broeck:", "Dhr. Van den Broeck"),
        ("Mama van Lukas:", "Mama van Lukas"),
        ("INT1:", "INT1"),
        ("SPEAKER_00:", "SPEAKER_00"),
        ("Host X:", "Host X"),
        ("Deelnemer 2:", "Deelnemer 2"),
        ("Interviewer:", "Interviewer"),
        ("Zoë-Líne D'Haese:", "Zoë-Líne D'Haese"),
        ("1. Anna:", "Anna"),
        ("12) Anna:", "Anna"),
        ("7\tAnna:", "Anna"),
        ("- Anna:", "Anna"),
        ("[Anna]:", "Anna"),
        ("[Anna]", "Anna"),
        ("**Anna:**", "Anna"),
        ("**Anna**:", "Anna"),
        ("**Anna**", "Anna"),
        ("  Anna:", "Anna"),
        ("\u200fAnna:", "Anna"),
        ("יעל:", "יעל"),
        ("Anna：", "Anna"),
        ("V:", "V"),
    ],
)
def test_shapes_of_a_name(label: str, name: str) -> None:
    other = label.replace(name, "Bert")
    assert said(f"{label} ja, zo.\n{other} nee.\n{label} toch.\n{other} ah.") == [
        (name, "ja, zo."),
        ("Bert", "nee."),
        (name, "toch."),
        ("Bert", "ah."),
    ]


@pytest.mark.parametrize(
    ("label", "time_ms"),
    [
        ("[00:01:23] Anna:", 83_000),
        ("00:01:23 Anna:", 83_000),
        ("(1:23) Anna:", 83_000),
        ("[00:01:23.4] - Anna:", 83_400),
        ("[00:01:23 - 00:01:30] Anna:", 83_000),
        ("00:01:23,456 --> 00:01:30,000 Anna:", 83_456),
        ("#00:01:23-4# Anna:", 83_400),
        ("3. [1:02:03] Anna:", 3_723_000),
        ("Anna (00:01:23):", 83_000),
        ("Anna [01:23]:", 83_000),
        ("Anna 00:01:23:", 83_000),
        ("Anna: [00:01:23]", 83_000),
        ("**[00:01:23] Anna:**", 83_000),
        ("**Anna (00:01:23):**", 83_000),
        ("[Anna] 00:01:23", 83_000),
        ("[00:01:23]\nAnna:", 83_000),
        ("Anna   1:23\n", 83_000),
    ],
)
def test_times_beside_a_name(label: str, time_ms: int) -> None:
    other = label.replace("Anna", "Bert")
    text = f"{label} ja\n\n{other} nee"
    turns, notices = find_turns(text)
    assert [(turn.speaker, turn.time_ms, text[turn.start : turn.stop]) for turn in turns] == [
        ("Anna", time_ms, "ja"),
        ("Bert", time_ms, "nee"),
    ]
    assert notices == []


def test_a_time_in_the_words_stays_in_the_words() -> None:
    assert said("Anna: 10:30 was ik daar\nBert: om 10:30: te laat\n10:30: hij komt") == [
        ("Anna", "10:30 was ik daar"),
        ("Bert", "om 10:30: te laat\n10:30: hij komt"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Let op: dat is niet zo",
        "Nota bene: dat is niet zo",
        "10:30 komt hij",
        "10:30: vertrek",
        "http://voorbeeld.be",
        "C:\\map\\bestand",
        "Ik zei: ga weg",
        "En toen zei hij: ga weg",
        "Mijn moeder zei: ga weg",
        "Het is zo, Anna: ga weg",
        "Hij kwam. Toen: niets",
        "Dat van de school en van het geld: vreselijk",
        "Een naam die zo lang is dat niemand ooit zo kan heten: nee",
        "Voorbeeld: de school",
        "Figuur 3: de school",
        "...: ja",
        "(lacht): ja",
    ],
)
def test_what_is_no_name_stays_in_the_words_however_often_it_comes_back(line: str) -> None:
    text = f"Anna: dag\n{line}\n{line}\nBert: ja\n{line}\nAnna: dag\nBert: ja"
    assert {speaker for speaker, _ in said(text)} == {"Anna", "Bert"}


def test_bold_gives_a_name_with_and_without_colon() -> None:
    assert said("Anna ik ging.\n\nBert ah ja?", "Anna", "Bert") == [("Anna", "ik ging."), ("Bert", "ah ja?")]
    assert said("Anna: ik ging.\n\nNiemand zei iets.", "Anna:") == [("Anna", "ik ging.\n\nNiemand zei iets.")]
    assert said("[0:05] Anna: ik ging.", "[0:05] Anna:") == [("Anna", "ik ging.")]


def test_a_bold_word_in_a_talk_is_no_speaker() -> None:
    text = "Anna: ik ging.\nNooit ging ik mee.\nBert: ah.\nAnna: ja."
    assert said(text, "Nooit")[0] == ("Anna", "ik ging.\nNooit ging ik mee.")


def test_names_on_a_line_of_their_own() -> None:
    text = "Gesprek in mei\n\nAnna Peeters\nIk ging.\nEn ik kwam.\n\nBert\nAh.\n\nAnna Peeters\nJa.\n\nBert\nGoed."
    assert said(text) == [
        ("Anna Peeters", "Ik ging.\nEn ik kwam."),
        ("Bert", "Ah."),
        ("Anna Peeters", "Ja."),
        ("Bert", "Goed."),
    ]


def test_names_under_each_other_are_a_list_not_a_talk() -> None:
    assert {speaker for speaker, _ in said("Anna\nBert\nCarla\nAnna\nBert\nCarla\n\nZe waren er.")} == {None}


def test_names_before_a_tab_as_tables_give_them() -> None:
    assert said("Anna\tIk ging.\nBert\tAh.\nAnna\tJa.\nBert\tZo.") == [
        ("Anna", "Ik ging."),
        ("Bert", "Ah."),
        ("Anna", "Ja."),
        ("Bert", "Zo."),
    ]


def test_small_letters_are_names_when_they_keep_coming_back() -> None:
    assert said("i: en?\nr: ja\ni: en nu?\nr: nee\ni: zo\nr: ja")[:2] == [("i", "en?"), ("r", "ja")]
    assert said("dus: ja\nwant: nee") == [(None, "dus: ja\nwant: nee")]


def test_speech_over_several_paragraphs_is_one_turn_and_white_space_is_outside() -> None:
    text = "Anna:  \t ja.\n\nEn nog iets.\n   \n\nBert: nee.  \n\n"
    turns, _ = find_turns(text)
    assert [(turn.start, turn.stop) for turn in turns] == [(9, 26), (38, 42)]
    assert said(text) == [("Anna", "ja.\n\nEn nog iets."), ("Bert", "nee.")]


def test_a_name_above_its_words() -> None:
    assert said("Anna:\nIk ging.\n\nBert:\n\nAh.") == [("Anna", "Ik ging."), ("Bert", "Ah.")]


def test_what_stands_before_the_first_name_is_no_turn() -> None:
    head = "Interview met Anna\nDatum: 3 mei\nInterviewer: Joris\nPlaats: Oudermeer\n\n"
    assert said(f"{head}Joris: dag\nAnna: dag\nJoris: en?\nAnna: goed") == [
        ("Joris", "dag"),
        ("Anna", "dag"),
        ("Joris", "en?"),
        ("Anna", "goed"),
    ]


def test_a_long_foreword_outside_all_turns_is_told() -> None:
    assert told("woord " * 200 + "\n\nAnna: ja\nBert: nee\nAnna: ja\nBert: nee") == [
        (1, "The words before the first speaker belong to no turn; they stay in the text.")
    ]


def test_a_name_without_words_is_told_with_its_line() -> None:
    text = "Anna: dag\nBert:\nAnna: ben je daar?\nBert: ja\nAnna:   "
    assert said(text) == [("Anna", "dag"), ("Anna", "ben je daar?"), ("Bert", "ja")]
    assert told(text) == [(2, "A name with no words behind it is no turn; it stays in the text (2×; line 2, 5).")]


def test_somebody_who_speaks_once_in_a_talk_is_a_speaker_and_told() -> None:
    text = "Anna: dag\nBert: dag\nAnna: en?\nBert: goed\nen wel\nDirk: ik ben weg\nAnna: zo"
    assert ("Dirk", "ik ben weg") in said(text)
    assert told(text) == [
        (6, "Names that stand there only once were taken as speakers; look whether they are (1×; line 6).")
    ]


def test_one_colon_in_a_story_makes_no_talk_but_is_told() -> None:
    text = "Ik ging naar huis.\n\nMoeder: die was er niet.\n\nToen ging ik weg."
    assert said(text) == [(None, "Ik ging naar huis."), (None, "Moeder: die was er niet."), (None, "Toen ging ik weg.")]
    assert told(text) == [(3, "Begins like a speaker's name with a colon, but was kept as words (1×; line 3).")]


def test_a_story_without_names_is_a_turn_per_paragraph_with_its_time() -> None:
    text = "[0:05] Ik ging.\nEn kwam.\n\n\n \n#00:01:00-0# Ik bleef."
    turns, notices = find_turns(text)
    assert [(turn.speaker, turn.time_ms, text[turn.start : turn.stop]) for turn in turns] == [
        (None, 5000, "Ik ging.\nEn kwam."),
        (None, 60_000, "Ik bleef."),
    ]
    assert notices == []


def test_a_remark_behind_the_name_makes_no_second_voice() -> None:
    text = "Anna (moeder): dag\nBert: dag\nAnna (lacht): ja\nBert: ja"
    assert [speaker for speaker, _ in said(text)] == ["Anna", "Bert", "Anna", "Bert"]
    assert [speaker for speaker, _ in said("Anna (moeder): dag\nBert: dag")] == ["Anna (moeder)", "Bert"]


def test_a_word_with_a_colon_now_and_then_in_a_report_is_no_speaker() -> None:
    paragraph = "Dit is een lange alinea over gezinnen in de gemeente. " * 20 + "\n\n"
    text = paragraph * 20 + "Ouder: zorg\n\nKind: spel\n\n" + paragraph * 80 + "Ouder: zorg\n\nKind: spel\n"
    assert {speaker for speaker, _ in said(text)} == {None}


def test_nothing_gives_no_turns() -> None:
    assert find_turns("") == ([], [])
    assert find_turns("\n \n") == ([], [])
