"""The words of one candidate in reading order, as the panel may read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verhalen.i18n import t
from verhalen.msc.round_reading import Card
from verhalen.msc.round_words import PARTS, TELLERS, facts, remarks
from verhalen.tui.page import BLANK, HEADING, MUTED, TITLE, Line, heading
from verhalen.tui.words import capital


def candidate_page(card: Card, domains: Mapping[str, str]) -> Iterator[Line]:
    """All of it; where it may not be read, why."""
    told = card.told
    yield Line(f"{card.key}  {told.title if told else ''}".rstrip(), TITLE)
    if told is None:
        yield Line(str(card.words))
        return
    yield Line(" · ".join(facts(told, domains)), MUTED)
    yield from (Line(f"! {capital(each)}", HEADING) for each in remarks(card))
    yield BLANK
    yield Line(told.text)
    for role, said in told.voices:
        yield from heading(t("Also told by {who}", who=t(TELLERS.get(role, role))))
        yield Line(said, indent=2)
    for name, title in PARTS:
        if said := getattr(told, name):
            yield from heading(t(title))
            yield Line(said, indent=2)
    if told.shares:
        yield from heading(t("Who had a part in it"))
        yield Line(", ".join(told.shares), indent=2)
