import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from verhalen.model.text import normal_text
from verhalen.tui.layout import Cluster, Layout

PIECES = st.sampled_from(
    [
        *(
            "ja ",
            "allez",
            " ",
            "\n",
            "\t",
            "👩‍👩‍👧‍👦",
            "👍🏽",
            "🇧🇪",
            "e\u0301",
            "x\u0323\u0302",
            "漢字",
            "שלום ",
            "مرحبا ",
            "\u0600",
        ),
        *(
            "\u200b",
            "\x1b[31m",
            "\u0301",
            "❤️",
            "क्षि",
            "gezinscoachingsteam",
            "…",
            "\u3000",
            "\xad",
            "\u200f",
            "\r",
            "#️⃣",
        ),
        *("\u1100", "각"),
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=60).map("".join), st.text(max_size=120), st.text(" aé\n\t", max_size=200)
).map(normal_text)
WIDTHS = st.integers(8, 40)


def borders(text: str) -> list[int]:
    return [match.start() for match in regex.finditer(r"\X", text)]


def lines(text: str, width: int) -> list[str]:
    layout = Layout(text, width)
    return [layout.words(line) for line in range(len(layout))]


def test_words_are_kept_whole_and_the_space_hangs() -> None:
    assert lines("Ik sliep niet. En gij?", 8) == ["Ik sliep ", "niet. En ", "gij?"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert lines("gezinscoaching nu", 8) == ["gezinsco", "aching ", "nu"]


def test_empty_lines_stay_and_a_last_newline_opens_none() -> None:
    assert lines("ja\n\nnee\n", 20) == ["ja", "", "nee"]
    assert lines("", 20) == [""]


def test_an_emoji_of_seven_code_points_is_one_cluster_of_two_cells() -> None:
    layout = Layout("a👩‍👩‍👧‍👦b", 20)
    assert layout.clusters(0) == (
        Cluster(0, 1, 0, 1, "a"),
        Cluster(1, 8, 1, 2, "👩‍👩‍👧‍👦"),
        Cluster(8, 9, 3, 1, "b"),
    )
    assert [layout.offset(0, column) for column in range(5)] == [0, 1, 1, 8, 9]


def test_a_loose_accent_goes_with_its_letter() -> None:
    layout = Layout("cafx\u0323\u0302 daar", 20)
    assert layout.floor(5) == 3
    assert layout.ceiling(5) == 6
    assert layout.after(3) == 6
    assert layout.before(6) == 3


def test_a_tab_goes_to_the_next_stop() -> None:
    layout = Layout("a\tb", 20)
    assert [layout.column(offset) for offset in range(3)] == [0, 1, 4]


def test_control_characters_never_reach_the_terminal() -> None:
    clusters = Layout("a\x1b[31mb\u202ec", 40).clusters(0)
    assert clusters is not None
    assert "".join(each.shown for each in clusters) == "a·[31mb·c"


def test_hebrew_and_arabic_stay_in_the_order_of_the_text() -> None:
    assert lines("zij zei שלום en مرحبا", 12) == ["zij zei שלום ", "en مرحبا"]


@settings(max_examples=300, deadline=None)
@given(TEXTS, WIDTHS)
def test_lines_partition_the_text(text: str, width: int) -> None:
    layout = Layout(text, width)
    assert layout.starts[0] == 0
    assert all(layout.start(line) < layout.stop(line) for line in range(len(layout))) or text == ""
    assert "".join(text[layout.start(line) : layout.stop(line)] for line in range(len(layout))) == text
    assert set(layout.starts) <= set(borders(text)) | {0}


@settings(max_examples=300, deadline=None)
@given(TEXTS, WIDTHS)
def test_no_line_is_wider_than_the_width_but_for_one_space(text: str, width: int) -> None:
    layout = Layout(text, width)
    for line in range(len(layout)):
        clusters = layout.clusters(line)
        shown = layout.words(line) if clusters is None else "".join(each.shown for each in clusters)
        cells = len(shown) if clusters is None else sum(each.width for each in clusters)
        assert cells <= width + 1
        assert cells <= width or shown.endswith(" ")
        if clusters is None:
            assert cell_len(shown) == len(shown)
        else:
            assert all(cell_len(each.shown) == each.width for each in clusters)


@settings(max_examples=300, deadline=None)
@given(TEXTS, WIDTHS)
def test_every_border_has_its_cell_and_every_cell_its_border(text: str, width: int) -> None:
    layout = Layout(text, width)
    for border in borders(text):
        line = layout.line_at(border)
        assert layout.start(line) <= border < layout.stop(line)
        assert layout.offset(line, layout.column(border)) == border
        assert layout.floor(border) == border == layout.ceiling(border)
    ends = [*borders(text)[1:], len(text)]
    for border, end in zip(borders(text), ends, strict=bool(text)):
        assert layout.after(border) == end
        assert layout.before(end) == border


@pytest.mark.parametrize("column", [-3, 0, 2, 3, 90])
def test_any_column_gives_a_place_on_its_line(column: int) -> None:
    layout = Layout("aaa\nbb\n", 20)
    assert 4 <= layout.offset(1, column) <= 6
