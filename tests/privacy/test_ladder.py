"""The ladder of D6: steps in order, each with what it would leave hidden."""

from verhalen.i18n import speaking
from verhalen.privacy.disclosure import mask_table
from verhalen.privacy.ladder import Rung, lacking, ladder


def test_each_step_says_what_stays_hidden_and_leaving_it_comes_last() -> None:
    # Four towns of 2, 3, 7 and 8: two are hidden. The two small ones together make 5, and nothing is.
    apart = mask_table([[2, 3, 7, 8]], k=3, column_totals=False)
    merged = mask_table([[5, 7, 8]], k=3, column_totals=False)
    said = mask_table([[2, 3, 7, 8]], k=3, column_totals=False, words=True)
    steps = ladder(
        [apart], [(Rung.WORDS, "woorden=ja", lambda: [said]), (Rung.TOWNS, "gemeenten=samen", lambda: [merged])]
    )
    assert [(each.rung, each.hidden, each.of) for each in steps] == [
        (Rung.TOWNS, 0, 3),
        (Rung.WORDS, 0, 4),
        (Rung.HIDE, 2, 4),
    ]
    with speaking("en"):
        assert str(steps[0]) == "take municipalities together: then 0 of 3 stay hidden (gemeenten=samen)"


def test_a_table_that_shows_everything_needs_no_ladder() -> None:
    full = mask_table([[5, 7, 8]], k=3, column_totals=False)
    assert ladder([full], [(Rung.WORDS, "", lambda: [full])]) == ()
    assert lacking([full, full]) == (0, 6)
