"""Stories with their life domains and consents. The text of a story is a source of kind `story`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from verhalen.model.consent import Consent
from verhalen.model.story import Moment, Story, StoryAnswer, Voice
from verhalen.store.around import (
    attachments_by_story,
    consent_of,
    day_of,
    day_text,
    put_consent,
    put_row,
    verifications_by_story,
    voices_by_story,
)
from verhalen.store.project import ProjectFile, Row, Writing

_STORY = """
select story.id, story.key, family.key, story.source_id, text_version.text, trajectory, story.title, answer, moment,
       voice_role, voice_member, language, form, asked_positive, asked_negative, not_asked_reason, recorder, told,
       recorded, before, now, how, why, shares, main_domain, emoticon, read_back, own_words, translated_by, changes,
       something_else, place, domain_when
from story join family on family.id = story.family_id join source on source.id = story.source_id
join text_version on text_version.source_id = source.id and text_version.version = source.version
where ?1 is null or story.family_id = (select id from family where key = ?1) order by story.key, story.id
"""


def stories(project: ProjectFile, *, family: str | None = None) -> list[Story]:
    """All stories by key, or those of one family, each with its voices, attachments and verifications."""
    domains, consents = defaultdict(list), defaultdict(list)
    for story, domain in project.rows("select story_id, domain from story_domain order by story_id, position"):
        domains[story].append(domain)
    for story, *said in project.rows(
        "select story_id, purpose, answer, day, given_by, side from consent where story_id is not null order by id"
    ):
        consents[story].append(consent_of(said))
    voices, attachments = voices_by_story(project), attachments_by_story(project)
    checked = verifications_by_story(project)
    return [
        replace(
            _story(row),
            domains=tuple(domains[row[0]]),
            consents=tuple(consents[row[0]]),
            others=voices.get(row[0], ()),
            attachments=attachments.get(row[0], ()),
            verifications=checked.get(row[0], ()),
        )
        for row in project.rows(_STORY, (family,))
    ]


def stories_by_domain(project: ProjectFile) -> dict[str, set[int]]:
    """The stories about each life domain, by their ids."""
    found: dict[str, set[int]] = defaultdict(set)
    for story, domain in project.rows("select story_id, domain from story_domain"):
        found[domain].add(story)
    return found


def _story(row: Row) -> Story:
    number, key, family, source, text, trajectory, title, answer, moment, role, member, language, form = row[:13]
    positive, negative, reason, recorder, told, recorded, before, now, how, why, shares, main, emoticon = row[13:26]
    read_back, own_words, translated_by, changes, something_else, place, domain_when = row[26:]
    return Story(
        key=key,
        family=family,
        text=text,
        answer=StoryAnswer(answer),
        voice=Voice(role, member, language, form),
        title=title,
        moment=Moment(moment) if moment else None,
        trajectory=trajectory,
        asked_positive=bool(positive),
        asked_negative=bool(negative),
        not_asked_reason=reason,
        recorder=recorder,
        told=day_of(told),
        recorded=day_of(recorded),
        before=before,
        now=now,
        how=how,
        why=why,
        shares=_parts(shares),
        main_domain=main,
        emoticon=emoticon,
        read_back=read_back,
        own_words=own_words,
        translated_by=translated_by,
        changes=_parts(changes),
        something_else=something_else,
        place=place,
        domain_when=domain_when,
        id=number,
        source_id=source,
    )


def _parts(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|")) if joined else ()


def _columns(story: Story) -> dict[str, object]:
    """The story's own columns, without ids and domains."""
    return {
        "trajectory": story.trajectory,
        "title": story.title,
        "answer": story.answer.value,
        "moment": story.moment.value if story.moment else None,
        "voice_role": story.voice.role,
        "voice_member": story.voice.member,
        "language": story.voice.language,
        "form": story.voice.form,
        "asked_positive": int(story.asked_positive),
        "asked_negative": int(story.asked_negative),
        "not_asked_reason": story.not_asked_reason,
        "recorder": story.recorder,
        "told": day_text(story.told),
        "recorded": day_text(story.recorded),
        "before": story.before,
        "now": story.now,
        "how": story.how,
        "why": story.why,
        "shares": "|".join(story.shares),
        "main_domain": story.main_domain,
        "emoticon": story.emoticon,
        "read_back": story.read_back,
        "own_words": story.own_words,
        "translated_by": story.translated_by,
        "changes": "|".join(each.replace("|", "/") for each in story.changes),
        "something_else": story.something_else,
        "place": story.place,
        "domain_when": story.domain_when,
    }


def add_story(writing: Writing, story: Story, *, family_id: int, source_id: int) -> int:
    """Store a story whose text is stored already."""
    once = {"key": story.key, "family_id": family_id, "source_id": source_id}
    new = put_row(writing, "story", 0, _columns(story), once)
    _put_domains(writing, new, story.domains)
    set_consents(writing, new, story.consents)
    return new


def change_story(writing: Writing, number: int, story: Story) -> None:
    """Write the fields of a story; its text changes only by a correction."""
    put_row(writing, "story", number, _columns(story), {})
    there = tuple(
        row[0]
        for row in writing.rows("select domain from story_domain where story_id = ? order by position", (number,))
    )
    if there != story.domains:
        writing.execute("delete from story_domain where story_id = ?", (number,))
        _put_domains(writing, number, story.domains)
    set_consents(writing, number, story.consents)


def _put_domains(writing: Writing, number: int, domains: tuple[str, ...]) -> None:
    for position, domain in enumerate(domains):
        writing.execute("insert into story_domain values (?, ?, ?, ?)", (writing.new_id(), number, domain, position))


def set_consents(writing: Writing, number: int, consents: tuple[Consent, ...]) -> None:
    """Keep one answer per purpose and side for the first voice; nothing is written where it is the same."""
    for each in consents:
        put_consent(writing, "story_id", number, each)


def person_consents(project: ProjectFile) -> dict[str, tuple[Consent, ...]]:
    """Consents of persons for their words in transcripts, by person key."""
    found: dict[str, tuple[Consent, ...]] = {}
    for person, *said in project.rows(
        "select person.key, purpose, answer, day, given_by, side from consent"
        " join person on person.id = person_id order by consent.id"
    ):
        found[person] = (*found.get(person, ()), consent_of(said))
    return found


def set_person_consent(writing: Writing, person_id: int, consent: Consent) -> None:
    """Keep one answer of a person to a purpose."""
    put_consent(writing, "person_id", person_id, consent)
