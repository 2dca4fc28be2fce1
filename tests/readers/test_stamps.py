"""Times in a text: before names and behind turns, and how Teams, Otter, Zoom and f4 write who speaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from verhalen.model.text import Reading

Read = Callable[[str, bytes], Reading]
Said = list[tuple[str | None, int | None, str]]


def turns(reading: Reading) -> Said:
    return [(turn.speaker, turn.time_ms, reading.text[turn.start : turn.stop]) for turn in reading.turns]


def moments(reading: Reading) -> list[tuple[int, str]]:
    return [(each.value, reading.text[each.start : each.stop]) for each in reading.landmarks]


@pytest.mark.parametrize(
    "text",
    [
        "#00:00:05-0# Els: Dag.\n\n#00:00:09-3# Bo: Ja.\n\n#00:00:12-0# Els: Zo.\n",
        "Els Maes\n0:05\nDag.\n\nBo\n0:09.3\nJa.\n\nEls Maes\n0:12\nZo.\n",
        "Els Maes\n0:05\nDag.\nBo\n0:09.3\nJa.\nEls Maes\n0:12\nZo.\n",
        "Els Maes   0:05\nDag.\n\nBo   0:09.3\nJa.\n\nEls Maes   0:12\nZo.\n",
        "Els Maes  0:05  \nDag.\n\nBo  0:09.3  \nJa.\n\nEls Maes  0:12  \nZo.\n",
        "[Els Maes] 0:00:05\nDag.\n\n[Bo] 0:00:09.3\nJa.\n\n[Els Maes] 0:00:12\nZo.\n",
        "00:00:05 Van Els Maes : Dag.\n00:00:09.3 Van Bo : Ja.\n00:00:12 Van Els Maes : Zo.\n",
        "00:00:05 From Els Maes to Everyone:\nDag.\n00:00:09.3 From Bo to Everyone:\nJa.\n00:00:12 From Els Maes to Everyone:\nZo.",
        (
            "00:00:05\t Van Els Maes aan Iedereen:\n\tDag.\n00:00:09.3\t Van Bo aan Iedereen:\n\tJa.\n"
            "00:00:12\t Van Els Maes aan Iedereen:\n\tZo."
        ),
    ],
)
def test_exports_of_other_programs(read: Read, text: str) -> None:
    name = "Els Maes" if "Maes" in text else "Els"
    assert turns(read("a.txt", text.encode())) == [(name, 5000, "Dag."), ("Bo", 9300, "Ja."), (name, 12_000, "Zo.")]


@pytest.mark.parametrize(
    "times",
    [
        ("0 minutes 5 seconds", "1 minute 9 seconds", "1 hour 0 minutes 12 seconds"),
        ("0 minuten 5 seconden", "1 minuut 9 seconden", "1 uur 0 minuten 12 seconden"),
    ],
)
def test_teams_writes_times_in_words(read: Read, times: tuple[str, str, str]) -> None:
    one, two, three = times
    text = f"Els Maes  {one}\nDag.\n\nBo Van Hul  {two}\nJa.\n\nEls Maes  {three}\nZo.\n"
    expected = [("Els Maes", 5000, "Dag."), ("Bo Van Hul", 69_000, "Ja."), ("Els Maes", 3_612_000, "Zo.")]
    assert turns(read("a.txt", text.encode())) == expected


def test_the_old_export_of_teams_has_the_times_above_the_name(read: Read) -> None:
    text = "".join(
        f"0:0:{second}.0 --> 0:0:{second}.9\n{name}\nJa zo.\n\n"
        for second, name in ((1, "Els Maes"), (2, "Bo Van Hul"), (3, "Els Maes"), (4, "Bo Van Hul"))
    )
    assert turns(read("a.txt", text.encode())) == [
        ("Els Maes", 1000, "Ja zo."),
        ("Bo Van Hul", 2000, "Ja zo."),
        ("Els Maes", 3000, "Ja zo."),
        ("Bo Van Hul", 4000, "Ja zo."),
    ]


def test_a_stamp_of_f4_behind_a_turn_is_the_time_of_the_next(read: Read) -> None:
    text = "Els: Dag. #00:00:05-0#\n\nBo: Ja. #00:00:09-3#\n\nEls: Zo. #00:00:10-0#\n\nEn meer. #00:00:12-0#\n"
    reading = read("a.txt", text.encode())
    assert reading.text == text
    assert turns(reading) == [
        ("Els", None, "Dag."),
        ("Bo", 5000, "Ja."),
        ("Els", 9300, "Zo. #00:00:10-0#\n\nEn meer."),
    ]
    assert moments(reading) == [(10_000, "En meer.")]


def test_a_stamp_of_f4_on_its_own_line_below(read: Read) -> None:
    reading = read("a.txt", b"Els: Dag.\n#00:00:05-0#\n\nBo: Ja.\n#00:00:09-3#\n")
    assert turns(reading) == [("Els", None, "Dag."), ("Bo", 5000, "Ja.")]


def test_paragraphs_without_names_take_the_stamp_of_the_one_before(read: Read) -> None:
    reading = read("a.md", b"Ik ging. #00:00:05-0#\n\nIk kwam. #00:00:09-3#\n\n#00:00:11-0#\n\nIk bleef.\n")
    assert turns(reading) == [(None, None, "Ik ging."), (None, 5000, "Ik kwam."), (None, 11_000, "Ik bleef.")]


def test_brackets_behind_turns_count_where_the_whole_text_does_so(read: Read) -> None:
    reading = read("a.txt", b"Els: Dag. [00:05]\nBo: Ja. [00:09]\nEls: Zo. [00:12]\n")
    assert turns(reading) == [("Els", None, "Dag."), ("Bo", 5000, "Ja."), ("Els", 9000, "Zo.")]
    reading = read("a.txt", b"Els: Om [10:30]\nBo: Ja.\nEls: Zo.\nBo: Ja.\n")
    assert turns(reading)[:2] == [("Els", None, "Om [10:30]"), ("Bo", None, "Ja.")]


def test_stamps_inside_the_words_are_places_and_the_words_stay(read: Read) -> None:
    text = "Els: Ja [00:01:23] en #00:01:30-0# zo (10:30) en (00:02:00) toch.\nBo: Nee."
    reading = read("a.txt", text.encode())
    assert turns(reading)[0] == ("Els", None, "Ja [00:01:23] en #00:01:30-0# zo (10:30) en (00:02:00) toch.")
    assert moments(reading) == [(83_000, "en"), (90_000, "zo (10:30) en"), (120_000, "toch.")]


def test_a_stamp_alone_is_the_time_of_the_paragraph_below(read: Read) -> None:
    reading = read("a.txt", b"[0:05]\n\nIk ging.\n\n[0:15]\n\nIk kwam.\n")
    assert turns(reading) == [(None, 5000, "Ik ging."), (None, 15_000, "Ik kwam.")]


def test_a_list_of_hours_is_no_talk(read: Read) -> None:
    reading = read("a.txt", b"Programma van de dag.\n\nOnthaal 9:00\nStart 9:30\nLunch 12:15\nEinde 16:00\n")
    assert {speaker for speaker, _, _ in turns(reading)} == {None}


@pytest.mark.parametrize(
    ("label", "name"),
    [("1 Els:", "Els"), ("12  Els:", "Els"), ("dr. Els:", "dr. Els"), ("Prof. dr. Els De Wit:", "Prof. dr. Els De Wit"),
     ("I1:", "I1"), ("R2:", "R2"), ("M.V.:", "M.V.")],
)  # fmt: skip
def test_numbers_and_titles_before_names(read: Read, label: str, name: str) -> None:
    text = f"{label} Dag.\nBo: Ja.\nLet op: nu.\nBijvoorbeeld: zo.\n10:30: weg.\n{label} Zo.\nBo: Ja."
    assert {turn.speaker for turn in read("a.txt", text.encode()).turns} == {name, "Bo"}
