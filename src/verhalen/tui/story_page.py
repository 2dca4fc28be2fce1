"""One story in reading order: what is still to do, its words, its fields, the answers about consent."""

from __future__ import annotations

from collections.abc import Iterator

from verhalen.api.project import Project
from verhalen.i18n import mark, t
from verhalen.model.consent import Answer, Asked, Consented, Purpose, answer_of
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
    yield from _attachments(story)
    yield from _checks(story)
    yield from _consents(project.consents.of_story(story.key))


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


def _attachments(story: Story) -> Iterator[Line]:
    if story.attachments:
        yield from heading(t("Attachments"))
    for each in story.attachments:
        described = f": {each.described}" if each.described else ""
        yield Line(f"{each.name} ({t(each.kind.label)}){described}", indent=2)


def _checks(story: Story) -> Iterator[Line]:
    if story.verifications:
        yield from heading(t("Read back"))
    for each in story.verifications:
        words = ", ".join(word for word in (each.who, each.how) if word)
        note = f" ({each.note})" if each.note else ""
        yield Line(f"{day_text(each.day)}: {t(each.outcome.label)}, {words}{note}", indent=2)


def _consents(found: list[Consented]) -> Iterator[Line]:
    """Of the teller every purpose; of voices and attachments on a line each."""
    yield from heading(t("Consent"))
    for each in found:
        if each.kind is Asked.STORY:
            for purpose in each.purposes:
                yield Line(f"{capital(t(purpose.label))}: {_answered(each, purpose)}", indent=2)
        else:
            purpose = Purpose.MEDIA if each.kind is Asked.ATTACHMENT else Purpose.REPORT
            yield Line(f"{each.who}, {t(purpose.label)}: {_answered(each, purpose)}", indent=2)


def _answered(each: Consented, purpose: Purpose) -> str:
    """What counts; of a child what both said."""
    counts = t(each.answer(purpose).label)
    given = [answer_of(each.consents, purpose, side) for side in each.sides]
    if not each.is_child:
        day = given[0].day if given[0] else None
        return f"{counts} ({day_text(day)})" if day else counts
    child, parent = (t((one.answer if one else Answer.NOT_ASKED).label) for one in given)
    return t("{counts} (the child: {child}; a parent: {parent})", counts=counts, child=child, parent=parent)
