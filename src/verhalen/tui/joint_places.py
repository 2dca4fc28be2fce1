"""What stands behind numbers and words, in lines that lead somewhere: to families, a story, a place in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from verhalen.analysis.joint import JointRow
from verhalen.analysis.tally import Piece
from verhalen.api.project import Project
from verhalen.i18n import t, tn
from verhalen.model.story import Story, StoryAnswer
from verhalen.model.text import Span
from verhalen.tui.change_words import TO_READ
from verhalen.tui.joint_words import CLASSES, cut
from verhalen.tui.words import day_text

_SIGNS = {StoryAnswer.POSITIVE: "+", StoryAnswer.NEGATIVE: "-", StoryAnswer.NONE: "o", StoryAnswer.OPEN: "?"}


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One line; it leads to at most one of families, a story, a place in a text."""

    content: Content
    key: str = ""
    """By which the cursor finds it again; empty for what leads nowhere."""
    families: tuple[str, ...] = ()
    why: str = ""
    """Finished words: why these families."""
    story: str = ""
    source: int = 0
    """Number of the text."""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece with what a line says of it."""

    piece: Piece
    source: int
    """Number of the text."""
    words: str


def read_fragments(project: Project, pieces: Iterable[Piece]) -> list[Fragment]:
    """The words of pieces; each text is read once. On a thread with a door of its own."""
    texts: dict[int, tuple[int, str]] = {}
    found = []
    for each in pieces:
        if each.source_id not in texts:
            source = next(one for one in project.sources.all() if one.id == each.source_id)
            texts[each.source_id] = source.number, project.sources.text(source.number).text
        number, text = texts[each.source_id]
        found.append(Fragment(each, number, " ".join(text[each.start : each.stop].split())))
    return found


def heading_line(words: str, *, first: bool = False) -> PlaceLine:
    """A heading, after a blank line unless it is the first."""
    return PlaceLine(Content.assemble("" if first else "\n", Content(words).stylize("bold $text-primary")))


def said_line(words: str, style: str = "") -> PlaceLine:
    """Something to read."""
    return PlaceLine(Content(f"  {words}").stylize(style))


def family_lines(row: JointRow) -> Iterator[PlaceLine]:
    """Who stands better, the same, was not looked at again, worse."""
    change = row.change
    if change is None:
        return
    cells = [
        *zip(CLASSES, (change.rose, change.stayed, change.unseen, change.fell), strict=True),
        (TO_READ, change.turned),
        *((why.label, frozenset(them)) for why, them in change.not_paired.items()),
    ]
    for what, them in cells:
        if them:
            words = tn("{n} family: {what}", "{n} families: {what}", len(them), what=t(what))
            yield PlaceLine(Content(f"→ {words}"), f"families {what}", tuple(sorted(them)), f"{row.name}: {t(what)}")


def story_lines(project: Project, stories: Sequence[Story]) -> Iterator[PlaceLine]:
    """Each story, by its sign."""
    for each in stories:
        parts = [project.privacy.family_label(each.family), day_text(each.told) if each.told else ""]
        words = " · ".join(part for part in (f"{each.key}  {each.title}".strip(), *parts) if part)
        yield PlaceLine(Content(f"→ {_SIGNS[each.answer]} {words}"), f"story {each.key}", story=each.key)


def fragment_lines(project: Project, fragments: Sequence[Fragment], room: int) -> Iterator[PlaceLine]:
    """Each fragment: its sign, whose words or about whom, the words."""
    for each in fragments:
        piece = each.piece
        whom = [project.privacy.family_label(key) for key in ([piece.family] if piece.family else piece.about)]
        head = f"→ {piece.valence.sign} {', '.join(whom)}  {t('text {n}', n=each.source)}: "
        line = Content(head + cut(f"“{each.words}”", max(20, room - len(head))))
        place = f"fragment {piece.source_id} {piece.start} {piece.domain}"
        yield PlaceLine(line, place, source=each.source, span=Span(piece.start, piece.stop))
