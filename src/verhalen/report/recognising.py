"""Whether words of a family may stand in a report as far as recognising goes: names first, then what they tell together."""

from __future__ import annotations

from collections import defaultdict

from verhalen.i18n import mark, t
from verhalen.privacy.recognition import Crowd, Trait, traits, why_recognised
from verhalen.report.data import ReportData, is_recognisable

RECOGNISABLE = mark("it names a family, a municipality or somebody of the key")


def why_not(text: str, family: str, data: ReportData) -> str:
    """Why outsiders could recognise the family by this; empty where they could not, and inside the team."""
    if not data.audience.is_outside:
        return ""
    if is_recognisable(text, data):
        return t(RECOGNISABLE)
    found = traits(text, data.towns)
    if not found:
        return ""
    sharing = _crowd(data).sharing(found, family)
    return why_recognised(found, sharing) if sharing < data.k else ""


def _crowd(data: ReportData) -> Crowd:
    """The families of the report, with what they told themselves; made once, when a quote first needs it."""
    if "crowd" not in data.remembered:
        told: dict[str, frozenset[Trait]] = defaultdict(frozenset)
        for story in data.all_stories:
            told[story.family] |= traits(story.text)
        for piece in data.pieces:
            if piece.family and piece.kind != "story":
                told[piece.family] |= traits(data.text_of(piece.source_id, piece.start, piece.stop))
        data.remembered["crowd"] = Crowd(data.families, dict(told))
    found: Crowd = data.remembered["crowd"]
    return found
