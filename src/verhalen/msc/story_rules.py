"""What a story may hold, and what follows from the day on which it was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.consent import Consent
from verhalen.model.family import Family
from verhalen.model.story import VOICE_ROLES, Moment, Story, Voice

_BEGINNING = 42
"""Days from the start of support in which a story is told at the start."""
_ENDING = 30
"""Days after its end in which a story is told at the end."""
_LONG = 730
"""Days after its end from which a story is told long after."""
MOST_CHANGES = 5


def moment_on(family: Family, day: dt.date) -> tuple[Moment | None, int | None]:
    """When in the support of a family a day lies, and in which trajectory; None where there was none yet."""
    begun = [each for each in family.trajectories if each.start <= day]
    latest = max(begun, key=lambda each: (each.start, each.ordinal), default=None)
    if latest is None:
        return None, None
    if latest.end is None or day <= latest.end:
        at = Moment.START if (day - latest.start).days <= _BEGINNING else Moment.HALFWAY
        return at, latest.ordinal
    after = (day - latest.end).days
    if after <= _ENDING:
        return Moment.CLOSING, latest.ordinal
    return (Moment.FOLLOW_UP if after < _LONG else Moment.LONG_AFTER), latest.ordinal


def check_story(story: Story, *, domains: Iterable[str], today: dt.date) -> None:
    """Raise BadInput with the first thing that cannot be; what is missing is no fault.

    `domains` are the known keys; without any, all will do.
    """
    check_voice(story.voice, consents=story.consents, today=today)
    known = {*domains, "AND"}
    strange = next((each for each in story.domains if each not in known), "") if len(known) > 1 else ""
    if strange:
        raise errors.BadInput(reason=t("there is no life domain {domain}", domain=strange))
    if story.emoticon is not None and not 1 <= story.emoticon <= 5:
        raise errors.BadInput(
            reason=t("{value} is off the scale of {low} to {high}", value=story.emoticon, low=1, high=5)
        )
    if len(story.changes) > MOST_CHANGES:
        raise errors.BadInput(reason=t("at most {n} changes can be noted beside a story", n=MOST_CHANGES))
    _not_later(story.told, today)
    for other in story.others:
        check_voice(other, consents=other.consents, today=today)


def check_voice(voice: Voice, *, consents: Iterable[Consent], today: dt.date) -> None:
    """The same for one voice and its answers about consent."""
    if voice.role not in VOICE_ROLES:
        words = ", ".join(VOICE_ROLES)
        raise errors.BadInput(reason=t('"{written}" is not one of: {words}', written=voice.role, words=words))
    _not_later(voice.told, today)
    for each in consents:
        _not_later(each.day, today)


def _not_later(day: dt.date | None, today: dt.date) -> None:
    if day is not None and day > today:
        raise errors.BadInput(reason=t("{day} lies in the future", day=day.isoformat()))
