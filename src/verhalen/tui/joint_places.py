"""What stands behind numbers and words, in lines that lead somewhere: to families, a story, a place in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from verhalen.analysis.joint import JointRow
from verhalen.analysis.key_quote import KeyQuote
from verhalen.analysis.tally import Piece
from verhalen.api.project import Project
from verhalen.i18n import t, tn
from verhalen.model.coding import Valence
from verhalen.model.ids import encode_id
from verhalen.model.story import Story
from verhalen.model.text import Span
from verhalen.tui.change_words import TO_READ
from verhalen.tui.joint_words import CLASSES, answer_sign, cut
from verhalen.tui.words import day_text


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
class Spot:
    """A place in a text with what a line says of it."""

    source: int
    """Number of the text."""
    span: Span
    valence: Valence
    families: tuple[str, ...]
    """Whose words these are, or about whom."""
    words: str


def spots_of_pieces(project: Project, pieces: Iterable[Piece]) -> tuple[Spot, ...]:
    """The words of pieces; each text is read once. On a thread with a door of its own."""
    numbers = {each.id: each.number for each in project.sources.all()}
    texts: dict[int, str] = {}
    found = []
    for each in pieces:
        if each.source_id not in texts:
            texts[each.source_id] = project.sources.text(numbers[each.source_id]).text
        words = " ".join(texts[each.source_id][each.start : each.stop].split())
        whom = (each.family,) if each.family else each.about
        found.append(Spot(numbers[each.source_id], Span(each.start, each.stop), each.valence, whom, words))
    return tuple(found)


def spots_of_codings(project: Project, ids: Iterable[int]) -> tuple[Spot, ...]:
    """The same of codings, by id."""
    return tuple(
        Spot(
            each.source_number,
            Span(each.coding.start, each.coding.stop),
            each.coding.valence,
            (each.family,) if each.family else each.about,
            " ".join(each.text.split()),
        )
        for each in project.codings.these(list(ids))
    )


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
        yield PlaceLine(Content(f"→ {answer_sign(each.answer)} {words}"), f"story {each.key}", story=each.key)


def spot_lines(project: Project, spots: Sequence[Spot], room: int) -> Iterator[PlaceLine]:
    """Each fragment: its sign, whose words or about whom, the words."""
    for each in spots:
        whom = ", ".join(project.privacy.family_label(key) for key in each.families)
        head = " ".join(part for part in ("→", each.valence.sign, whom, t("text {n}", n=each.source)) if part)
        line = Content(f"{head}: {cut(f'“{each.words}”', max(20, room - len(head) - 2))}")
        key = f"spot {each.source} {each.span.start} {each.span.stop}"
        yield PlaceLine(line, key, source=each.source, span=each.span)


def quote_line(project: Project, quote: KeyQuote) -> PlaceLine:
    """The fragment that a rule chose, with how many families tell the same: never without its n."""
    number = project.sources.get(encode_id(quote.source_id)).number
    many = tn("{n} of {of} families tells the same", "{n} of {of} families tell the same", quote.families, of=quote.of)
    words = f"→ {quote.valence.sign} {project.privacy.family_label(quote.family)}: “{' '.join(quote.text.split())}” ({many})"
    return PlaceLine(Content(words), "quote", source=number, span=Span(quote.start, quote.stop))
