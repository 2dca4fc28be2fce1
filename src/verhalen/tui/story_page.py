"""One story in reading order: what is still to do, its words, its fields, the answers about consent."""

from __future__ import annotations

from collections.abc import Iterator

from verhalen.api.project import Project
from verhalen.i18n import mark, t
from verhalen.model.consent import Purpose
from verhalen.model.story import Story
from verhalen.tui.page import BLANK, HEADING, MUTED, TITLE, Line, heading
from verhalen.tui.words import capital, day_text

_PARTS = (
    ("before", mark("Before")),
    ("now", mark("Now")),
    ("how", mark("How it came about")),
    ("why", mark("Why it matters")),
)


def story_page(project: Project, story: Story) -> Iterator[Line]:
    """The whole page."""
    domains = {each.key: each.name for each in project.scores.domains().domains}
    yield Line(f"{story.key}  {story.title}", TITLE)
    yield Line(" · ".join(_facts(story, project.privacy.family_label(story.family))), MUTED)
    yield from _points(project.stories.open_points(story))
    yield BLANK
    yield Line(story.text)
    yield from _parts(story, domains)
    yield from _consents(story)


def _facts(story: Story, family: str) -> Iterator[str]:
    yield t("Family {key}", key=family)
    yield t(story.answer.label)
    yield t("told by {who}", who=story.voice.member or story.voice.role)
    if story.told:
        yield day_text(story.told)
    if story.moment:
        yield t(story.moment.label)
    if story.recorder:
        yield t("written down by {who}", who=story.recorder)


def _points(points: list[str]) -> Iterator[Line]:
    if points:
        yield from heading(t("For the next visit"))
    for point in points:
        yield Line(f"☐ {t(point)}", indent=2)


def _parts(story: Story, domains: dict[str, str]) -> Iterator[Line]:
    for name, title in _PARTS:
        words = getattr(story, name)
        if words:
            yield from _part(t(title), words)
    if story.shares:
        yield from _part(t("Who had a part in it"), ", ".join(story.shares))
    if story.domains:
        yield from _part(t("About"), ", ".join(domains.get(key, key) for key in story.domains))


def _part(title: str, words: str) -> Iterator[Line]:
    yield BLANK
    yield Line(title, HEADING)
    yield Line(words, indent=2)


def _consents(story: Story) -> Iterator[Line]:
    yield from heading(t("Consent"))
    for purpose in Purpose:
        given = next((each for each in story.consents if each.purpose is purpose), None)
        day = f" ({day_text(given.day)})" if given and given.day else ""
        yield Line(f"{capital(t(purpose.label))}: {t(story.consent(purpose).label)}{day}", indent=2)
