"""Pairs: the value of an item at baseline beside the one at follow-up, per family (methods.md D2 and D3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from verhalen.i18n import mark
from verhalen.scores.moments import FollowUp
from verhalen.scores.states import Kind


class Rule(StrEnum):
    """How the persons of a family make one value."""

    LOWEST = "laagste"
    MEDIAN = "mediaan"
    BEST = "beste"
    REFERENCE = "referentiepersoon"
    PER_PERSON = "per_persoon"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "laagste": mark("lowest of the family"),
            "mediaan": mark("middle of the family"),
            "beste": mark("best of the family"),
            "referentiepersoon": mark("reference person of the family"),
            "per_persoon": mark("per person"),
        }[self]


class NotPaired(StrEnum):
    """Why a family has no pair for an item. Missing is never the same as not applicable."""

    NVT_TO_SCORE = "van_nvt_naar_score"
    SCORE_TO_NVT = "van_score_naar_nvt"
    NOT_APPLICABLE = "nvt"
    UNKNOWN = "niet_gekend"
    NOT_AT_BASELINE = "niet_bij_start"
    COMPOSITION = "samenstelling_gewijzigd"
    NO_REFERENCE = "geen_referentiepersoon"
    NEVER = "niet_geregistreerd"
    NOTHING_PAIRED = "geen_enkel_item"
    TOO_FEW_ITEMS = "te_weinig_items"
    TOO_SHORT = "te_kort_gevolgd"
    RUNNING = "loopt_nog"
    ONE_REGISTRATION = "een_registratie"
    OTHER_ASSESSOR = "andere_beoordelaar"
    NO_REGISTRATION = "geen_registratie"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "van_nvt_naar_score": mark("from not applicable to a score"),
            "van_score_naar_nvt": mark("from a score to not applicable"),
            "nvt": mark("not applicable"),
            "niet_gekend": mark("unknown"),
            "niet_bij_start": mark("not registered at the start"),
            "samenstelling_gewijzigd": mark("nobody was there at both moments"),
            "geen_referentiepersoon": mark("no reference person to whom this item is put"),
            "niet_geregistreerd": mark("never registered"),
            "geen_enkel_item": mark("no item scored at both moments"),
            "te_weinig_items": mark("fewer than half of the items answered"),
            "te_kort_gevolgd": mark("followed too short"),
            "loopt_nog": mark("support still goes on"),
            "een_registratie": mark("one registration only"),
            "andere_beoordelaar": mark("judged by somebody else at one of the moments or both"),
            "geen_registratie": mark("no registration"),
        }[self]


UNFOLLOWED: dict[FollowUp, NotPaired] = {
    FollowUp.TOO_SHORT: NotPaired.TOO_SHORT,
    FollowUp.RUNNING: NotPaired.RUNNING,
    FollowUp.ONE_REGISTRATION: NotPaired.ONE_REGISTRATION,
    FollowUp.OTHER_ASSESSOR: NotPaired.OTHER_ASSESSOR,
    FollowUp.NO_REGISTRATION: NotPaired.NO_REGISTRATION,
}


class Stay(NamedTuple):
    """When a person came into the family and left it; None where it is not known or not so."""

    joined: dt.date | None
    left: dt.date | None


class Pair(NamedTuple):
    """The two values of a family (or person) on one item."""

    before: int
    after: int
    look: Kind
    """How the value was last seen after the baseline day; `overgedragen` where nobody looked again."""
    persons: int
    """How many persons it rests on; 0 for an item about the family."""


Subject = tuple[str, str | None]
"""A family; with the person behind it under `per_persoon`."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of one instrument by one kind of assessor under one rule."""

    rule: Rule
    followed: tuple[str, ...]
    """Families with a baseline and a follow-up."""
    after_window: frozenset[str]
    """Those of them without a registration in the window."""
    unfollowed: Mapping[NotPaired, tuple[str, ...]]
    """The other families, by reason: the same for every item."""
    by_item: Mapping[str, Mapping[Subject, Pair]]
    gaps: Mapping[str, Mapping[NotPaired, tuple[str, ...]]]
    """Per item the followed families without a pair, by reason."""
    moved: Mapping[str, frozenset[str]]
    """Per item the families in which a person that it asks about came or left in between."""

    def only(self, families: Collection[str]) -> Pairs:
        """The same for some of the families."""

        def listed(reasons: Mapping[NotPaired, tuple[str, ...]]) -> dict[NotPaired, tuple[str, ...]]:
            kept = {reason: tuple(each for each in them if each in families) for reason, them in reasons.items()}
            return {reason: them for reason, them in kept.items() if them}

        return replace(
            self,
            followed=tuple(each for each in self.followed if each in families),
            after_window=self.after_window & set(families),
            unfollowed=listed(self.unfollowed),
            by_item={
                item: {who: pair for who, pair in found.items() if who[0] in families}
                for item, found in self.by_item.items()
            },
            gaps={item: listed(gaps) for item, gaps in self.gaps.items()},
            moved={item: them & set(families) for item, them in self.moved.items()},
        )
