"""Life domains and an instrument for the tests of imports."""

from __future__ import annotations

from pathlib import Path

from verhalen.model.family import Level
from verhalen.model.instrument import DomainGroup, DomainList, Instrument, Item, LifeDomain

ROOT = Path(__file__).resolve().parents[1]

DOMAINS = DomainList(
    (DomainGroup("wonen_geld", "Wonen en geld", 0), DomainGroup("kinderen", "Kinderen", 1)),
    (
        LifeDomain("WON", "Wonen", "wonen_geld", position=0),
        LifeDomain("PSY", "Welzijn", "wonen_geld", sensitive=True, position=1),
        LifeDomain("KIN", "Kind", "kinderen", position=2),
    ),
)
LABELS = ("slecht", "matig", "gaat", "goed", "heel goed")
BALANCE = Instrument(
    key="balans",
    name="Balans",
    version=1,
    wording="eigen",
    low=1,
    high=5,
    items=(
        Item("gezin.dak", "Dak", Level.FAMILY, "WON", labels=LABELS),
        Item("volwassene.stress", "Stress", Level.ADULT, "PSY", labels=LABELS, may_be_na=True),
        Item("kind.spelen", "Spelen", Level.CHILD, "KIN", labels=LABELS),
    ),
)
