"""One story in reading order: what is still to do, its words, its fields, the answers about consent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from verhalen.api.project import Project
from verhalen.i18n import mark, t, tn
from verhalen.model.consent import Answer, Asked, Consented, Purpose, answer_of
from verhalen.model.story import Story, Voice
from verhalen.model.story_words import FACES, SHARES, role_label, tongue_label
from verhalen.msc.board import BoardStory, count_words
from verhalen.tui.page import BLANK, HEADING, MUTED, TITLE, Line, heading
from verhalen.tui.page_columns import side_by_side
from verhalen.tui.words import capital, day_text

_PARTS = (
    ("before", mark("Before")),
    ("now", mark("Now")),
    ("how", mark("How it came about")),
    ("why", mark("Why it matters")),
)
_MOST = 20_000
"""Letters of a text that a page shows: ten sheets. A longer one is read where one codes, which is made for it."""
_QUOTED = 300
"""Letters of a marked part that the page repeats."""


@dataclass(frozen=True, slots=True)
class Around:
    """What pages of stories name, read once for all of them."""

    domains: Mapping[str, str] = field(default_factory=dict)
    """Name by key."""
    signals: Mapping[str, str] = field(default_factory=dict)
    """What stands in the way, by key of the signal."""


def around(project: Project) -> Around:
    """Read it."""
    domains = {each.key: each.name for each in project.scores.domains().domains}
    return Around(domains, {each.key: each.barrier for each in project.signals.all()})


def story_page(project: Project, each: BoardStory, near: Around, *, width: int) -> Iterator[Line]:
    """The whole page; `width` in cells."""
    story = each.story
    yield Line(f"{story.key}  {story.title}", TITLE)
    yield Line(" · ".join(_facts(each)), MUTED)
    yield from _flags(story)
    yield from _points(each.points)
    yield BLANK
    yield from _text(story.text, story.own_words, story.voice.language, story.translated_by, width)
    yield from _parts(story, near.domains)
    for voice in story.others:
        yield from _voice(voice, width)
    yield from _attachments(story)
    yield from _checks(story)
    yield from _consents(project.consents.of_story(story.key))
    yield from _rounds(each)
    yield from _signals(each, near.signals)
    yield from scheme_lines(project, story)


def _facts(each: BoardStory) -> Iterator[str]:
    story = each.story
    yield t("Family {key}", key=each.label)
    yield t(story.answer.label)
    yield t("told by {who}", who=who_tells(story.voice))
    if story.told:
        yield day_text(story.told)
    if story.moment:
        yield t(story.moment.label)
    if story.recorder:
        yield t("written down by {who}", who=story.recorder)
    face = dict(FACES).get(story.emoticon or 0)
    if face:
        yield face
    yield tn("{n} word", "{n} words", each.words)


def who_tells(voice: Voice) -> str:
    """The person, or else the role, of a voice."""
    return voice.member or t(role_label(voice.role))


def _flags(story: Story) -> Iterator[Line]:
    """Where a story is thin: a friendly hint and no grade."""
    if story.is_thin:
        yield Line(t("⚑ It does not say yet how it came about."), HEADING)


def _points(points: tuple[str, ...]) -> Iterator[Line]:
    if points:
        yield from heading(t("For the next visit"))
    for point in points:
        yield Line(f"☐ {t(point)}", indent=2)


def _text(text: str, own_words: str, language: str, translated_by: str, width: int) -> Iterator[Line]:
    """The text; where it is a translation, the teller's own words beside it, or below where there is no room."""
    text, more = text[:_MOST], text[_MOST:]
    own_words = own_words[:_MOST]
    yield from _texts(text, own_words, language, translated_by, width)
    if more:
        words = count_words(more)
        yield Line(
            tn("… and {n} word more. C opens the whole text.", "… and {n} words more. C opens the whole text.", words),
            MUTED,
        )


def _texts(text: str, own_words: str, language: str, translated_by: str, width: int) -> Iterator[Line]:
    if not own_words:
        yield Line(text)
        return
    by = t("translated by {who}", who=translated_by) if translated_by else t("nobody noted who translated it")
    left = f"{t('Translation')} ({by})"
    right = t("In the teller's own words ({language})", language=t(tongue_label(language)))
    columns = side_by_side((left, text), (right, own_words), width)
    if columns:
        yield from columns
        return
    yield Line(left, MUTED)
    yield Line(text)
    yield BLANK
    yield Line(right, MUTED)
    yield Line(own_words)


def _parts(story: Story, domains: Mapping[str, str]) -> Iterator[Line]:
    for name, title in _PARTS:
        words = getattr(story, name)
        if words:
            yield from _part(t(title), words)
    if story.shares:
        yield from _part(t("Who had a part in it"), ", ".join(t(SHARES.get(each, each)) for each in story.shares))
    about = [domains.get(key, key) for key in story.domains]
    if story.something_else:
        about.append(story.something_else)
    if about:
        yield from _part(t("About"), ", ".join(about))
    if story.changes:
        yield from _part(t("What came to mind first"), "\n".join(story.changes))


def _part(title: str, words: str) -> Iterator[Line]:
    yield BLANK
    yield Line(title, HEADING)
    yield Line(words, indent=2)


def _voice(voice: Voice, width: int) -> Iterator[Line]:
    """Somebody else who tells of the same change."""
    who = " · ".join(
        part
        for part in (
            who_tells(voice),
            day_text(voice.told) if voice.told else "",
            tn("{n} word", "{n} words", count_words(voice.text)),
        )
        if part
    )
    yield from heading(t("Another voice: {who}", who=who))
    yield from _text(voice.text, voice.own_words, voice.language, voice.translated_by, width)


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


def _rounds(each: BoardStory) -> Iterator[Line]:
    if each.rounds:
        yield from heading(t("Selection rounds"))
    for one in each.rounds:
        became = t("was chosen") if one.chosen else t("is a candidate") if one.is_open else t("was read")
        yield Line(f"{one.key} {one.title}: {became}", indent=2)


def _signals(each: BoardStory, barriers: Mapping[str, str]) -> Iterator[Line]:
    if each.signals:
        yield from heading(t("Signals"))
    for key in each.signals:
        yield Line(f"{key} {barriers.get(key, '')}".rstrip(), indent=2)


def scheme_lines(project: Project, story: Story) -> Iterator[Line]:
    """What is marked up per element of the scheme, and what is still missing."""
    found = project.scheme.marked(story)
    texts = {story.source_id: story.text, **{each.source_id: each.text for each in story.others}}
    yield from heading(t("Marked up in the text"))
    for each in found:
        for source, start, stop in each.parts:
            words = " ".join(texts.get(source, "")[start:stop].split())
            words = words if len(words) <= _QUOTED else f"{words[: _QUOTED - 1]}…"
            yield Line(t("{element}: “{words}”", element=each.element.name, words=words), indent=2)
    missing = [each.element.name for each in found if not each.parts]
    if missing:
        yield Line(t("Not marked up yet: {what}", what=", ".join(missing)), MUTED, 2)
