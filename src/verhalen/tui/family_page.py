"""The page of one family: who, support, contacts, stories, and each life domain with its timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from verhalen.api.project import Project
from verhalen.i18n import mark, t, tn
from verhalen.model.family import ROLES, Contact, ContactKind, Family, Known, Person, Trajectory, TrajectoryEnd
from verhalen.model.story import Story
from verhalen.tui.page import MUTED, TITLE, Line, heading
from verhalen.tui.signal_page import stage
from verhalen.tui.timeline_lines import LEGEND, timeline_lines
from verhalen.tui.words import age_text, day_text

NOBODY = mark("Nobody is written down yet.")
NOTHING_SEEN = mark("No snapshot of this family yet. That is fine.")
NO_STORIES = mark("No stories of this family yet. That is fine. When there is something to tell: V.")
LAST_CONTACTS = 5
LAST_PERIODS = 4


def family_page(project: Project, key: str, *, today: dt.date, width: int) -> Iterator[Line]:
    """Everything of one family in reading order; `width` in cells."""
    family = project.families.get(key)
    label = project.privacy.family_label(key)
    words = "  ".join(part for part in (t("Family {key}", key=label), family.municipality, family.coach) if part)
    yield Line(words, TITLE)
    yield from _attributes(family)
    yield from _people(family, today)
    yield from _support(family, today)
    yield from _contacts(project.families.contacts(key), today)
    yield from _stories(project.stories.all(family=key))
    yield from _signals(project, key)
    yield from heading(t("How is it going?"))
    timelines = project.families.timelines(key, day=today)
    yield Line(t(LEGEND) if timelines else t(NOTHING_SEEN), MUTED, 2)
    domains = project.scores.domains()
    for each in timelines:
        yield from timeline_lines(each, domains, today=today, width=width)


def _attributes(family: Family) -> Iterator[Line]:
    if family.attributes:
        yield Line(" · ".join(f"{name.replace('_', ' ')}: {value}" for name, value in family.attributes), MUTED)


def _people(family: Family, today: dt.date) -> Iterator[Line]:
    """Who is there now; then who was, and who is to come."""
    yield from heading(t("Who"))
    now = family.there_on(today)
    for person in (*now, *(each for each in family.persons if each not in now)):
        yield Line(person_text(person), indent=2)
    if not family.persons:
        yield Line(t(NOBODY), MUTED, 2)


def person_text(person: Person) -> str:
    """A person by role, with age group and days of coming and leaving."""
    words = [t(ROLES.get(person.role, person.role)), person.age_group]
    if person.joined is not None:
        words.append(t("since {day}", day=day_text(person.joined)))
    if person.left is not None:
        words.append(t("until {day}", day=day_text(person.left)))
    return f"{person.member} ({', '.join(word for word in words if word)})"


def _support(family: Family, today: dt.date) -> Iterator[Line]:
    """The last periods, newest first."""
    if family.trajectories:
        yield from heading(t("Support"))
    periods = newest_first(family.trajectories)
    for each in periods[:LAST_PERIODS]:
        yield Line(trajectory_text(each, today), indent=2)
    more = len(periods) - LAST_PERIODS
    if more > 0:
        yield Line(tn("and {n} earlier one", "and {n} earlier ones", more), MUTED, 2)


def newest_first(trajectories: Sequence[Trajectory]) -> list[Trajectory]:
    """Periods of support, the one that began last first."""
    return sorted(trajectories, key=lambda each: each.start, reverse=True)


def trajectory_text(each: Trajectory, today: dt.date) -> str:
    """A period of support: when, why it ended, who, where from and where to."""
    words = [f"{t('since {day}', day=day_text(each.start))} ({age_text(each.start, today)})"]
    if each.start > today:
        words = [t("planned from {day}", day=day_text(each.start))]
    if each.end is not None:
        words = [t("{start} to {end}", start=day_text(each.start), end=day_text(each.end))]
        if each.reason in set(TrajectoryEnd):
            words.append(t(TrajectoryEnd(each.reason).label))
    if each.referred_on:
        words.append(t("led on to {where}", where=each.referred_on))
    words += [part for part in (each.coach, each.project) if part]
    if each.referrer:
        words.append(t("referred by {who}", who=each.referrer))
    if each.known in set(Known):
        words.append(t(Known(each.known).label))
    if each.days_waited is not None and each.days_waited > 0:
        words.append(tn("waited {n} day", "waited {n} days", each.days_waited))
    return " · ".join(words)


def _contacts(contacts: Sequence[Contact], today: dt.date) -> Iterator[Line]:
    """The last ones; all of them are a key away."""
    if not contacts:
        return
    yield from heading(t("Contacts"))
    for each in contacts[:LAST_CONTACTS]:
        yield Line(contact_text(each, today), indent=2)
    more = len(contacts) - LAST_CONTACTS
    if more > 0:
        yield Line(tn("and {n} earlier one", "and {n} earlier ones", more), MUTED, 2)


def contact_text(each: Contact, today: dt.date) -> str:
    """One contact on a line."""
    kind = t(ContactKind(each.kind).label) if each.kind in set(ContactKind) else each.kind
    who = f", {each.with_whom}" if each.with_whom else ""
    return f"{day_text(each.day)} ({age_text(each.day, today)}): {kind}{who}"


def _stories(stories: list[Story]) -> Iterator[Line]:
    yield from heading(t("Stories"))
    if not stories:
        yield Line(t(NO_STORIES), MUTED, 2)
    for story in stories:
        told = f", {day_text(story.told)}" if story.told else ""
        yield Line(f"{story.key} {story.title} ({t(story.answer.label)}{told})", indent=2)


def _signals(project: Project, key: str) -> Iterator[Line]:
    """Barriers that this family meets with others."""
    found = [each for each in project.signals.all() if key in each.families]
    if found:
        yield from heading(t("Signals"))
    for each in found:
        yield Line(f"{each.key} {each.barrier} ({stage(each)})", indent=2)
