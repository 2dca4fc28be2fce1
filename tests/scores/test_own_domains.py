"""The score of a domain of an instrument itself, by numbers worked by hand (methods.md B2)."""

from collections.abc import Mapping

import pytest

from verhalen.model.family import Level
from verhalen.model.instrument import Instrument, Item
from verhalen.scores.own_domains import TOO_FEW_ANSWERED, domain_pairs, domain_score, own_domains
from verhalen.scores.pairs import NotPaired, Pair, Pairs, Rule
from verhalen.scores.states import Kind
from verhalen.statistics.outcome import Outcome


@pytest.mark.parametrize(
    ("answered", "items", "score"),
    [
        ([2, 4], 3, 2.0),  # two of three: the lower of the two
        ([5], 3, None),  # one of three is less than half
        ([4], 2, 4.0),  # one of two is half
        ([1, 3, 5], 3, 3.0),
        ([5, 1, 2, 4], 4, 2.0),  # never the mean of 2 and 4
        ([], 2, None),
        ([], 0, None),
    ],
)
def test_at_least_half_of_the_items_give_the_lower_median(answered: list[int], items: int, score: float | None) -> None:
    wanted = Outcome(None, TOO_FEW_ANSWERED) if score is None else Outcome(score)
    assert domain_score(answered, items=items) == wanted


def _item(key: str, section: str, *, level: Level = Level.ADULT, note: str = "", retired: bool = False) -> Item:
    return Item(key, key, level, "WON", section=section, note=note, retired=retired)


METER = Instrument(
    *("meter", "Meter", 1, "eigen", 1, 5),
    (
        *(_item(key, "School") for key in ("s1", "s2", "s3")),
        *(_item(key, "Algemeen") for key in ("a1", "a2")),
        _item("weg", "Algemeen", retired=True),
        _item("leesmij", "School", note="Hulp die start, verlaagt de score."),
        _item("kind", "School", level=Level.CHILD),
        _item("los", ""),
    ),
)


def test_domains_hold_what_is_asked_and_simply_better_when_higher() -> None:
    found = {each.key: [item.key for item in each.items] for each in own_domains(METER)}
    assert found == {"volwassene.School": ["s1", "s2", "s3"], "Algemeen": ["a1", "a2"], "kind.School": ["kind"]}


def _pairs(**by_item: Mapping[str, tuple[int, int]]) -> Pairs:
    return Pairs(
        rule=Rule.LOWEST,
        followed=("G1", "G2", "G3", "G4"),
        after_window=frozenset(),
        unfollowed={NotPaired.ONE_REGISTRATION: ("G5",)},
        by_item={
            item: {(family, None): Pair(*values, Kind.SCORED, 1) for family, values in found.items()}
            for item, found in by_item.items()
        },
        gaps={},
        moved={"s1": frozenset({"G2"})},
    )


def test_a_domain_is_compared_over_the_items_of_both_moments() -> None:
    pairs = _pairs(
        s1={"G1": (2, 4), "G2": (1, 1), "G3": (3, 3)},
        s2={"G1": (4, 5), "G3": (5, 2)},
        s3={"G3": (4, 5)},
        a1={"G1": (2, 3)},
    )
    found = domain_pairs(pairs, own_domains(METER))
    school = found.by_item["volwassene.School"]
    # G1: 2 and 4 of three, later 4 and 5. G3: 3, 5, 4 and later 3, 2, 5. G2 answered one of three at both moments.
    assert {family: each[:2] for (family, _), each in school.items()} == {"G1": (2, 4), "G3": (4, 3)}
    assert found.gaps["volwassene.School"] == {NotPaired.TOO_FEW_ITEMS: ("G2",), NotPaired.NOTHING_PAIRED: ("G4",)}
    assert found.by_item["Algemeen"] == {("G1", None): Pair(2, 3, Kind.SCORED, 1)}
    assert found.moved["volwassene.School"] == {"G2"}
    assert found.unfollowed == {NotPaired.ONE_REGISTRATION: ("G5",)}
