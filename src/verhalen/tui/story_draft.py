"""A half-told story, as it is kept between two visits to the form, and the story it becomes."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, fields, replace

from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.story import Story, StoryAnswer, Voice

DRAFT_KEY = "story-form"
SOMEBODY_ELSE = "andere"
COACH = "gezinscoach"


@dataclass(frozen=True, slots=True)
class StoryDraft:
    """The answers so far; empty where none was given."""

    family: str = ""
    teller: str = ""
    """Member part of a person's key, or one of the two roles above."""
    answer: str = ""
    both: bool = False
    """Whether the coach asked for good and for bad news."""
    title: str = ""
    text: str = ""
    consent: str = Answer.NOT_ASKED.value
    before: str = ""
    now: str = ""
    how: str = ""
    why: str = ""
    domains: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told yet; a family alone is not worth keeping."""
        return replace(self, family="") == StoryDraft()

    def dump(self) -> str:
        """As the project keeps it; empty where there is nothing."""
        return "" if self.is_empty else json.dumps(asdict(self), ensure_ascii=False)


def load_draft(kept: str) -> StoryDraft:
    """The draft as it was kept; an empty one where nothing or something unreadable was kept."""
    try:
        found = json.loads(kept)
    except ValueError:
        return StoryDraft()
    if not isinstance(found, dict):
        return StoryDraft()
    known = {each.name: found[each.name] for each in fields(StoryDraft) if each.name in found}
    known["domains"] = tuple(known.get("domains", ()))
    return StoryDraft(**known)


def missing(draft: StoryDraft) -> str:
    """The first of the three things without which there is no story: `family`, `answer` or `text`; empty when all are there."""
    given = (("family", draft.family), ("answer", draft.answer), ("text", draft.text.strip()))
    return next((name for name, value in given if not value), "")


def story_of(draft: StoryDraft, *, roles: dict[str, str], recorder: str, day: dt.date) -> Story:
    """The story. `roles` gives the role of each member of the family."""
    answer = StoryAnswer(draft.answer)
    outside = draft.teller in ("", SOMEBODY_ELSE, COACH)
    voice = Voice(draft.teller or SOMEBODY_ELSE) if outside else Voice(roles.get(draft.teller, ""), draft.teller)
    consent = Answer(draft.consent)
    given = Consent(Purpose.REPORT, consent, day if consent is not Answer.NOT_ASKED else None, recorder)
    return Story(
        key="",
        family=draft.family,
        text=draft.text,
        answer=answer,
        voice=voice,
        title=draft.title,
        asked_positive=draft.both or answer is not StoryAnswer.NEGATIVE,
        asked_negative=draft.both or answer is StoryAnswer.NEGATIVE,
        recorder=recorder,
        told=day,
        recorded=day,
        before=draft.before,
        now=draft.now,
        how=draft.how,
        why=draft.why,
        domains=draft.domains,
        consents=(given,),
    )
