"""Which stories and fragments may be counted for whom: consent decides, before anything is added up."""

from __future__ import annotations

from verhalen.analysis.tally import Piece
from verhalen.model.consent import Answer, Purpose
from verhalen.model.story import Story
from verhalen.privacy.clearance import Audience
from verhalen.privacy.saying import Saying
from verhalen.store.coded import CodedColumn
from verhalen.store.evidence import EvidenceColumn

_REFUSED = (Answer.NO, Answer.WITHDRAWN)


Placed = Piece | EvidenceColumn | CodedColumn
"""A piece of a text, with whose words it is."""


def may_tell(story: Story, audience: Audience) -> bool:
    """Outside only with a yes for reports; in the team unless that was refused."""
    if audience is Audience.INTERNAL:
        return story.consent(Purpose.TEAM) not in _REFUSED
    return story.consent(Purpose.REPORT) is Answer.YES


def may_count(piece: Placed, audience: Audience, saying: Saying) -> bool:
    """Families' own words count outside only with the yes of all who say them, and in the team unless one of them refused.

    A story counts once, as a story, and its fragments not outside; words of professionals about a family are masked by count.
    """
    if audience is Audience.INTERNAL:
        if piece.family is None:
            return True
        return saying.answer(piece.source_id, piece.start, piece.stop, Purpose.TEAM) not in _REFUSED
    if piece.kind == "story":
        return False
    if piece.family is None:
        return True
    return saying.answer(piece.source_id, piece.start, piece.stop, Purpose.REPORT) is Answer.YES
