"""A table as a picture: every word and number is in it, in the drawing and in the words beside it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from verhalen.exchange.drawing import Box, Words
from verhalen.exchange.table_picture import Bar, Cell, Table, table_drawing

CLASSES = ("Beter", "Gelijk", "Niet opnieuw bekeken", "Slechter")


def test_the_picture_and_its_words_hold_the_same() -> None:
    rows: list[list[Cell]] = [
        ["Wonen", "15", Bar((5, 0, 7, 3), CLASSES), "Bevestigt. “Wie wacht, wacht nog.” (Hanne, 12 maart 2026)"],
        ["Buiten de lijst", "–", "hier niet gevraagd", ""],
    ]
    drawn = table_drawing(Table("Naast elkaar", ["Alle jaren"], ("", "n", "Gezinnen", "Duiding"), rows, ["Uitleg."]))
    said = [each.text for each in drawn.parts if isinstance(each, Words)]
    assert {"5", "7", "3", "15", "Wonen", "hier niet gevraagd", "Uitleg."} <= set(said)
    assert "0" not in said
    assert (
        "Wonen. n: 15; Gezinnen: Beter 5, Niet opnieuw bekeken 7, Slechter 3; Duiding: Bevestigt." in drawn.alternative
    )
    assert "Buiten de lijst. n: –; Gezinnen: hier niet gevraagd; Duiding: –." in drawn.alternative


@given(
    st.lists(
        st.tuples(st.text(max_size=60), st.tuples(*[st.integers(0, 2_000)] * 4), st.text(max_size=300)), max_size=6
    )
)
def test_nothing_is_drawn_beyond_the_paper(rows: list[tuple[str, tuple[int, ...], str]]) -> None:
    told: list[list[Cell]] = [[name, Bar(counts, CLASSES), words] for name, counts, words in rows]
    drawn = table_drawing(Table("T", [], ("", "Gezinnen", "Woorden"), told))
    for part in drawn.parts:
        assert 0 <= part.x <= drawn.width
        assert 0 <= part.y <= drawn.height
        if isinstance(part, Box):
            assert part.x + part.width <= drawn.width
            assert part.width > 0
