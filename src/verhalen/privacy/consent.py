"""May these words leave? Consent decides, never memory (methods.md G3, requirement 7)."""

from __future__ import annotations

from dataclasses import dataclass

from verhalen.i18n import mark, t
from verhalen.model.consent import Answer, Purpose
from verhalen.model.story import Attachment, Story, Voice
from verhalen.privacy.clearance import _SEAL, Audience, Cleared

_INSIDE = {
    Answer.NO: mark("The teller does not want this to be used in the team."),
    Answer.WITHDRAWN: mark("The teller has withdrawn consent for use in the team."),
}
_OUTSIDE = {
    Answer.NO: mark("The teller does not want this in a report, not even without a name."),
    Answer.WITHDRAWN: mark("The teller has withdrawn consent for reports."),
    Answer.NOT_ASKED: mark("Nobody has asked yet whether this may stand in a report without a name."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why words stay here; it holds none of them."""

    reason: str
    """Marked sentence."""

    def __str__(self) -> str:
        return t(self.reason)


def refusal(audience: Audience, *, team: Answer, report: Answer) -> Refusal | None:
    """Why words with these consents may not reach the audience; None when they may.

    Inside the team everything goes that was not refused or withdrawn there: a coach who has not asked yet must be able to
    read what was told. Outside only a yes for reports counts.
    """
    reason = _INSIDE.get(team) if audience is Audience.INTERNAL else _OUTSIDE.get(report)
    return Refusal(reason) if reason else None


def clear_words(text: str, audience: Audience, *, team: Answer, report: Answer) -> Cleared[str] | Refusal:
    """A fragment of a family's words under the consents of its person or source."""
    return refusal(audience, team=team, report=report) or Cleared(text, _SEAL)


def clear_story(story: Story, audience: Audience) -> Cleared[str] | Refusal:
    """The text of a story under its own consents."""
    return clear_words(story.text, audience, team=story.consent(Purpose.TEAM), report=story.consent(Purpose.REPORT))


def clear_professional_words(text: str) -> Cleared[str]:
    """Words of a coach, a coordinator or a partner in that role: no family's consent is needed.

    Whether they make a family recognisable is another question, for the person who places the quote.
    """
    return Cleared(text, _SEAL)


_IMAGE = {
    Answer.NO: mark("the teller does not want it to be used as image or sound."),
    Answer.WITHDRAWN: mark("the teller has withdrawn consent for image and sound."),
    Answer.NOT_ASKED: mark("nobody has asked yet whether it may be used as image or sound. Ask, and write it down."),
}


def image_refusal(story: Story, attachment: Attachment, *, inside: bool) -> Refusal | None:
    """Why a photo, drawing or sound stays here; None when it may leave, or (`inside`) be looked at on this computer."""
    answer = attachment.consent(Purpose.MEDIA, child=story.voice.is_child)
    reason = _IMAGE.get(answer)
    if inside:
        reason = None if answer is Answer.NOT_ASKED else reason
        reason = reason or _INSIDE.get(story.consent(Purpose.TEAM))
    return Refusal(reason) if reason else None


def clear_voice(voice: Voice, audience: Audience) -> Cleared[str] | Refusal:
    """The text of a further voice under its own consents."""
    return clear_words(voice.text, audience, team=voice.consent(Purpose.TEAM), report=voice.consent(Purpose.REPORT))
