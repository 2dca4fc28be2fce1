"""A theory of change in Markdown: its lines, what they name, and what is wrong with a file."""

from __future__ import annotations

import pytest

from verhalen import errors
from verhalen.analysis.joint_crosswalk import crosswalk
from verhalen.analysis.theory import Names, parse_theory
from verhalen.model.codebook import Code, Codebook
from verhalen.model.family import Level
from verhalen.model.instrument import DomainGroup, DomainList, Instrument, Item, LifeDomain

DOMAINS = DomainList(
    (DomainGroup("geld", "Wonen en geld"),),
    (LifeDomain("WON", "Wonen", "geld"), LifeDomain("INK", "Inkomen", "geld"), LifeDomain("KLI", "Klimaat", "geld")),
)
BOOK = Codebook((Code("ld.won", "Wonen", evidence=("WON",)), Code("ld.kli", "Klimaat", evidence=("KLI",)),
                 Code("rol.nabij", "Nabij")))  # fmt: skip
ITEMS = (
    Item("huis.dak", "Dak", Level.FAMILY, "WON", question="Is het droog?"),
    Item("huis.geld", "Geld", Level.FAMILY, "INK"),
)
BALANCE = Instrument("balans", "Balans", 1, "eigen", 1, 5, ITEMS)
METER = Instrument("meter", "Meter", 1, "eigen", 1, 5, (Item("huis.geld", "Geld", Level.FAMILY, "INK"),))
NAMES = Names.of(DOMAINS, BOOK, [BALANCE, METER])
TEXT = """---
van: ons
---

# Grip

Vrije tekst met een [link](https://example.org) en \\[geen naam\\].

## Een dak [WON]

- [ ] nog te bespreken

## Geld

Zie [meter:huis.geld] en [rol.nabij].

```
[onbekend]
```

## De buurt kijkt anders
"""


def test_headings_are_lines_and_brackets_link_them() -> None:
    found = parse_theory(TEXT, NAMES, file="theorie.md")
    assert [(each.line, each.depth, each.title, each.domains, each.items, each.codes) for each in found.lines] == [
        (5, 1, "Grip", (), (), ()),
        (9, 2, "Een dak", ("WON",), (), ()),
        (13, 2, "Geld", (), (("meter", "huis.geld"),), ("rol.nabij",)),
        (21, 2, "De buurt kijkt anders", (), (), ()),
    ]
    assert [line.title for line in found.below(found.lines[0])] == ["Grip", "Een dak", "Geld", "De buurt kijkt anders"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("# Dak [WOM]", 1, "WON"),
        ("# Dak\n\ntekst [rol.nabjj] tekst", 3, "rol.nabij"),
        ("# Dak [zzz]", 1, "\\["),
        ("# Geld [huis.geld]", 1, "balans:huis.geld, meter:huis.geld"),
        ("# Geld [meter:huis.dak]", 1, "meter:huis.geld"),
        ("Boven [WON]\n\n# Dak", 1, ""),
        ("# [WON]", 1, ""),
        ("Alleen tekst.", 1, ""),
        ("", 1, ""),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_the_nearest_name(text: str, line: int, said: str) -> None:
    with pytest.raises(errors.BadTheory) as caught:
        parse_theory(text, NAMES, file="theorie.md")
    assert (caught.value.values["line"], caught.value.values["file"]) == (line, "theorie.md")
    assert said in str(caught.value)


def test_items_stand_beside_codes_stories_and_lines_and_gaps_are_named() -> None:
    theory = parse_theory(TEXT, NAMES)
    found = crosswalk([BALANCE], DOMAINS, BOOK, stories={"WON": {1, 2}, "KLI": {2}}, theory=theory)
    assert [(row.item.key, row.codes, row.stories, [line.line for line in row.lines]) for row in found.rows] == [
        ("huis.dak", ("ld.won",), 2, [9]),
        ("huis.geld", (), 0, []),
    ]
    assert [row.item.key for row in found.without_question] == ["huis.geld"]
    assert [row.item.key for row in found.untold] == ["huis.geld"]
    assert found.unasked == ("Klimaat",)
    # The line on money names an item of the other instrument and a code: told, not measured here.
    assert [(row.line.line, row.is_measured, row.is_told) for row in found.lines] == [
        (5, True, True), (9, True, True), (13, False, True), (21, False, False),
    ]  # fmt: skip
    assert [row.line.title for row in found.bare] == ["De buurt kijkt anders"]
