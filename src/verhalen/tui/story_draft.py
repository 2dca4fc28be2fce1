"""A half-told story, as it is kept between two visits to the form, and the story it becomes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

from verhalen.api.half_told import PREFIX
from verhalen.exchange.columns import parse_day
from verhalen.i18n import t
from verhalen.model.consent import PARENT, Answer, Consent, Purpose
from verhalen.model.story import CHILD, VOICE_ROLES, Moment, Story, StoryAnswer, Voice
from verhalen.model.story_words import REASONS, TONGUES
from verhalen.tui.words import day_text

DRAFT_KEY = PREFIX
"""Drafts are kept under this, the id of the coder and a number of their own."""
SOMEBODY_ELSE = "="
COACH = "coach"
YES, NOTHING, NOT_ASKED = "ja", "niets", "niet_gevraagd"
OTHER = "andere"
_GIVEN = ("family", "moment", "language", "form", "told", "editing", "second", "voice_of", "at")
"""What the form fills in itself: with nothing else there is nothing to lose."""


@dataclass(frozen=True, slots=True)
class StoryDraft:
    """The answers so far; empty where none was given."""

    family: str = ""
    teller: str = ""
    """Member part of a person's key, or `coach`, or `=` for somebody else."""
    role: str = ""
    """Of somebody else."""
    better: str = ""
    """`ja`, `niets` or `niet_gevraagd`."""
    harder: str = ""
    reason: str = ""
    """Why a question was not asked: one of `NOT_ASKED_REASONS`."""
    reason_words: str = ""
    text: str = ""
    consents: tuple[tuple[str, str, str], ...] = ()
    """Purpose, side and answer."""
    before: str = ""
    now: str = ""
    how: str = ""
    shares: tuple[str, ...] = ()
    why: str = ""
    domains: tuple[str, ...] = ()
    something_else: str = ""
    face: str = ""
    moment: str = ""
    language: str = "nl"
    """A key of `TONGUES`, or `=` where `tongue` names it."""
    tongue: str = ""
    own_words: str = ""
    translated_by: str = ""
    form: str = "getypt"
    title: str = ""
    changes: str = ""
    """One to a line."""
    told: str = ""
    """As it was written; empty means today."""
    answer: str = ""
    """Only where a story is changed: its kind of change."""
    asked: tuple[str, ...] = ()
    """Only where a story is changed: `better`, `harder`."""
    editing: str = ""
    """Key of the story that is changed."""
    voice_of: str = ""
    """Key of the story to which this is a further voice; `editing` is then the key of that voice."""
    base: str = ""
    """Only where a story is changed: its words as they were when that began."""
    at: str = ""
    """The field in which somebody was writing."""
    second: str = ""
    """Key of the first story, where this tells what became harder beside what became better."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told yet."""
        nothing = {name: getattr(StoryDraft(), name) for name in _GIVEN}
        return replace(self, **nothing) == StoryDraft()

    @property
    def tells_both(self) -> bool:
        """Whether something became better and something became harder: two stories."""
        return self.better == self.harder == YES

    @property
    def needs_words(self) -> bool:
        """Whether there is something to tell; else a sentence of ours will do."""
        return bool(self.editing or self.second or self.voice_of) or YES in (self.better, self.harder)

    def consent(self, purpose: Purpose, side: str = "") -> str:
        """The answer to a purpose; empty where none was given."""
        return next((answer for each, whose, answer in self.consents if (each, whose) == (purpose.value, side)), "")

    def dump(self) -> str:
        """As the project keeps it; empty where there is nothing."""
        return "" if self.is_empty and not self.second else json.dumps(asdict(self), ensure_ascii=False)


def load_draft(kept: str) -> StoryDraft:
    """The draft as it was kept; an empty one where nothing or something unreadable was kept."""
    try:
        found = json.loads(kept)
    except ValueError:
        return StoryDraft()
    if not isinstance(found, dict):
        return StoryDraft()
    known = {each.name: found[each.name] for each in fields(StoryDraft) if each.name in found}
    for name in ("domains", "shares", "asked"):
        known[name] = tuple(known.get(name, ()))
    known["consents"] = tuple((str(one), str(side), str(said)) for one, side, said in known.get("consents", ()))
    return StoryDraft(**known)


# -- what is missing ---------------------------------------------------------------------------------------------------


def missing(draft: StoryDraft, roles: Mapping[str, str]) -> list[str]:
    """The required answers that are not there yet, by the name of their field, in the order of the form."""
    asks_change = not (draft.second or draft.editing or draft.voice_of)
    unasked = NOT_ASKED in (draft.better, draft.harder) and asks_change
    wanted = {
        "family": not draft.family,
        "teller": not draft.teller,
        "role": draft.teller == SOMEBODY_ELSE and not draft.role,
        "better": asks_change and not draft.better,
        "harder": asks_change and not draft.harder,
        "reason": unasked and not draft.reason,
        "text": draft.needs_words and not draft.text.strip(),
        "report": not draft.editing and not draft.consent(Purpose.REPORT),
        "parent": not draft.editing and is_child(draft, roles) and not draft.consent(Purpose.REPORT, PARENT),
        "told": bool(draft.told.strip()) and parse_day(draft.told.strip()) is None,
    }
    return [name for name, is_missing in wanted.items() if is_missing]


def is_child(draft: StoryDraft, roles: Mapping[str, str]) -> bool:
    """Whether a child tells, so that a parent must agree too."""
    return voice_role(draft, roles) == CHILD


def voice_role(draft: StoryDraft, roles: Mapping[str, str]) -> str:
    """The role of the teller; `roles` by member of the family."""
    if draft.teller == COACH:
        return COACH
    if draft.teller == SOMEBODY_ELSE:
        return draft.role
    role = roles.get(draft.teller, "")
    return role if role in VOICE_ROLES else "naaste" if role else ""


# -- the story ---------------------------------------------------------------------------------------------------------


def story_of(
    draft: StoryDraft, *, roles: Mapping[str, str], recorder: str, day: dt.date, trajectory: int | None = None
) -> Story:
    """The story that is told; of two the first, unless the draft is the second. `roles` by member of the family."""
    told = parse_day(draft.told.strip()) or day
    story = Story(
        key="",
        family=draft.family,
        text=draft.text.strip() or _no_words(draft, day),
        answer=_answer(draft),
        voice=Voice(""),
        trajectory=trajectory,
        asked_positive=bool(draft.second) or draft.better != NOT_ASKED,
        asked_negative=bool(draft.second) or draft.harder != NOT_ASKED,
        not_asked_reason=_reason(draft),
        recorder=recorder,
        told=told,
        recorded=day,
        consents=consents_of(draft, roles, recorder=recorder, day=day),
    )
    return _with_fields(story, draft, roles)


def edited(story: Story, draft: StoryDraft, roles: Mapping[str, str]) -> Story:
    """A story that is there, with the fields of the form; its words stay, and its consents."""
    return _with_fields(
        replace(
            story,
            answer=StoryAnswer(draft.answer or story.answer.value),
            asked_positive="better" in draft.asked,
            asked_negative="harder" in draft.asked,
            not_asked_reason=_reason(draft) if len(draft.asked) < 2 else "",
            told=parse_day(draft.told.strip()) or story.told,
        ),
        draft,
        roles,
    )


def _with_fields(story: Story, draft: StoryDraft, roles: Mapping[str, str]) -> Story:
    voice = voice_with(story.voice, draft, roles)
    foreign = voice.language != "nl"
    domains = _in_order(draft.domains, story.domains)
    return replace(
        story,
        voice=voice,
        title=draft.title,
        moment=Moment(draft.moment) if draft.moment else None,
        before=draft.before,
        now=draft.now,
        how=draft.how,
        why=draft.why,
        shares=_in_order(draft.shares, story.shares),
        domains=domains,
        main_domain=story.main_domain if story.main_domain in domains else "",
        something_else=draft.something_else if "AND" in domains else "",
        emoticon=int(draft.face) if draft.face else None,
        own_words=draft.own_words if foreign else "",
        translated_by=draft.translated_by if foreign else "",
        changes=tuple(words for each in draft.changes.split("\n") if (words := each.strip())),
    )


def _in_order(chosen: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """What was there first, in the order in which it was given: the first may weigh most."""
    return (*(each for each in before if each in chosen), *(each for each in chosen if each not in before))


def voice_with(voice: Voice, draft: StoryDraft, roles: Mapping[str, str]) -> Voice:
    """A voice with who told and how; its words and consents stay."""
    language = (draft.tongue.strip() or "?") if draft.language == SOMEBODY_ELSE else draft.language
    return replace(
        voice,
        role=voice_role(draft, roles) or voice.role,
        member="" if draft.teller in (COACH, SOMEBODY_ELSE) else draft.teller,
        language=language,
        form=draft.form or "getypt",
    )


def _answer(draft: StoryDraft) -> StoryAnswer:
    if draft.second:
        return StoryAnswer.NEGATIVE
    if draft.better == YES:
        return StoryAnswer.POSITIVE
    if draft.harder == YES:
        return StoryAnswer.NEGATIVE
    return StoryAnswer.NONE if NOTHING in (draft.better, draft.harder) else StoryAnswer.OPEN


def _reason(draft: StoryDraft) -> str:
    if NOT_ASKED not in (draft.better, draft.harder) and not draft.editing:
        return ""
    return (draft.reason_words.strip() or OTHER) if draft.reason == OTHER else draft.reason


def _no_words(draft: StoryDraft, day: dt.date) -> str:
    """What stands there where nothing is told. The day makes it a text of its own: taking one away takes no other."""
    if NOTHING in (draft.better, draft.harder):
        return t("Nothing changed. {day}", day=day_text(day))
    return t("Not asked: {reason}. {day}", reason=t(REASONS.get(draft.reason, draft.reason)), day=day_text(day))


def consents_of(draft: StoryDraft, roles: Mapping[str, str], *, recorder: str, day: dt.date) -> tuple[Consent, ...]:
    """The answers about consent; those of a parent only where a child tells."""
    child = is_child(draft, roles)
    return tuple(
        Consent(Purpose(purpose), Answer(said), None if said == Answer.NOT_ASKED.value else day, recorder, side)
        for purpose, side, said in draft.consents
        if said and (child or not side)
    )


def second_of(draft: StoryDraft, first: str) -> StoryDraft:
    """The form for what became harder, after what became better is stored as `first`."""
    kept = ("family", "teller", "role", "better", "harder", "consents", "moment", "language", "tongue", "form", "told")
    return StoryDraft(**{name: getattr(draft, name) for name in kept}, second=first)


def draft_of(story: Story) -> StoryDraft:
    """The form for a story that is there."""
    reason = story.not_asked_reason
    return replace(
        draft_with(StoryDraft(), story.voice),
        family=story.family,
        reason=reason if reason in REASONS else OTHER if reason else "",
        reason_words="" if reason in REASONS else reason,
        text=story.text,
        base=story.text,
        before=story.before,
        now=story.now,
        how=story.how,
        shares=story.shares,
        why=story.why,
        domains=story.domains,
        something_else=story.something_else,
        face=str(story.emoticon or ""),
        moment=story.moment.value if story.moment else "",
        own_words=story.own_words,
        translated_by=story.translated_by,
        title=story.title,
        changes="\n".join(story.changes),
        told=f"{story.told:%d/%m/%Y}" if story.told else "",
        answer=story.answer.value,
        asked=tuple(name for name, was in (("better", story.asked_positive), ("harder", story.asked_negative)) if was),
        editing=story.key,
    )


def draft_with(draft: StoryDraft, voice: Voice) -> StoryDraft:
    """The form with who told and how."""
    known = voice.language in TONGUES
    return replace(
        draft,
        teller=voice.member or (COACH if voice.role == COACH else SOMEBODY_ELSE),
        role="" if voice.member or voice.role == COACH else voice.role,
        language=voice.language if known else SOMEBODY_ELSE,
        tongue="" if known else voice.language,
        form=voice.form,
    )
