"""The page of one family: persons, support, each life domain with its age and its way, and the stories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from verhalen.api.project import Project
from verhalen.api.standing import Standing
from verhalen.i18n import mark, t
from verhalen.model.family import Family, Person, Trajectory, TrajectoryEnd
from verhalen.model.instrument import DomainList
from verhalen.model.story import Story
from verhalen.tui.page import HEADING, MUTED, TITLE, Line, heading
from verhalen.tui.words import age_text, capital, course_text, day_text, sparkline

NOBODY = mark("Nobody is written down yet.")
NOTHING_SEEN = mark("No snapshot of this family yet. That is fine.")
NO_STORIES = mark("No stories of this family yet. That is fine. When there is something to tell: V.")


def family_page(project: Project, key: str, *, today: dt.date) -> Iterator[Line]:
    """Everything of one family in reading order."""
    family = project.families.get(key)
    label = project.privacy.family_label(key)
    words = "  ".join(part for part in (t("Family {key}", key=label), family.municipality, family.coach) if part)
    yield Line(words, TITLE)
    yield from _people(family)
    yield from _support(family, today)
    yield from _stories(project.stories.all(family=key))
    yield from _domains(project.families.standings(key, day=today), project.scores.domains(), today)


def _people(family: Family) -> Iterator[Line]:
    yield from heading(t("Who"))
    for person in family.persons:
        yield Line(_person(person), indent=2)
    if not family.persons:
        yield Line(t(NOBODY), MUTED, 2)


def _person(person: Person) -> str:
    words = [person.role, person.age_group]
    if person.left is not None:
        words.append(t("until {day}", day=day_text(person.left)))
    return f"{person.member} ({', '.join(word for word in words if word)})"


def _support(family: Family, today: dt.date) -> Iterator[Line]:
    if family.trajectories:
        yield from heading(t("Support"))
    for each in family.trajectories:
        yield Line(_trajectory(each, today), indent=2)


def _trajectory(each: Trajectory, today: dt.date) -> str:
    words = [f"{t('since {day}', day=day_text(each.start))} ({age_text(each.start, today)})"]
    if each.end is not None:
        words = [t("{start} to {end}", start=day_text(each.start), end=day_text(each.end))]
        if each.reason in set(TrajectoryEnd):
            words.append(t(TrajectoryEnd(each.reason).label))
    words += [part for part in (each.coach, each.project) if part]
    if each.referrer:
        words.append(t("referred by {who}", who=each.referrer))
    return " · ".join(words)


def _stories(stories: list[Story]) -> Iterator[Line]:
    yield from heading(t("Stories"))
    if not stories:
        yield Line(t(NO_STORIES), MUTED, 2)
    for story in stories:
        told = f", {day_text(story.told)}" if story.told else ""
        yield Line(f"{story.key} {story.title} ({t(story.answer.label)}{told})", indent=2)


def _domains(standings: list[Standing], domains: DomainList, today: dt.date) -> Iterator[Line]:
    yield from heading(t("How is it going?"))
    if not standings:
        yield Line(t(NOTHING_SEEN), MUTED, 2)
    names = {each.key: each.name for each in domains.domains}
    several = len({each.assessor for each in standings}) > 1
    for key in [*names, *sorted({each.item.domain for each in standings} - set(names))]:
        own = [each for each in standings if each.item.domain == key]
        if own:
            yield Line("")
            yield Line(names.get(key, key), HEADING, 2)
        for each in own:
            yield from _standing(each, today, several=several)


def _standing(each: Standing, today: dt.date, *, several: bool) -> Iterator[Line]:
    """Name and value; below it the words, the age and the way it went."""
    about = [part for part in (_member(each), t(each.assessor.label) if several else "") if part]
    name = capital(each.item.name) + (f" ({', '.join(about)})" if about else "")
    if each.value is None:
        yield Line(f"{name}: {t(each.kind.label)}", indent=2)
        return
    label = f" '{each.label}'" if each.label else ""
    yield Line(f"{name}: {t('{value} of {high}', value=each.value, high=each.instrument.high)}{label}", indent=2)
    course = list(each.course)
    bars = sparkline(course, each.instrument.low, each.instrument.high)
    seen = f"{day_text(each.seen)}, {age_text(each.seen, today)}" if each.seen else ""
    yield Line(f"{bars}  {course_text(course)} · {seen}", MUTED, 6)


def _member(each: Standing) -> str:
    return each.person.partition(".")[2] if each.person else ""
