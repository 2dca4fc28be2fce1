"""What the screen of numbers and stories says: a row on one line or two, and a row in words. Numbers left, words right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from textual.content import Content

from verhalen.analysis.joint import FEWEST, JointRow
from verhalen.analysis.tally import AnswerCount, ValenceCount
from verhalen.i18n import mark, t, tn
from verhalen.model.story import StoryAnswer
from verhalen.model.verdict import Verdict
from verhalen.store.verdicts import Since
from verhalen.tui.change_words import SAME, UNSEEN, parts, signed
from verhalen.tui.charts import FILLS, stacked_bar
from verhalen.tui.page import HEADING, TITLE, Line
from verhalen.tui.words import capital, day_text

CLASSES = (mark("better"), SAME, UNSEEN, mark("worse"))
"""The parts of a bar, as in the screen of all families."""
WIDE = 146
"""Cells from which on a row stands on one line."""
NOT_YET = mark("not discussed yet")
_SIGNS = (("+", "positive"), ("-", "negative"), ("±", "mixed"), ("o", "none"), ("?", "open"))
"""Before how many told good news, bad news, both, no change; `?` where a story was not sorted yet."""
_NUMBERS = {1: "up", 0: "flat", -1: "down", None: "silent"}
_SEEN = {
    ("up", "up"): mark("The numbers go up, and so do the stories."),
    ("up", "flat"): mark("The numbers go up, the stories do not."),
    ("up", "down"): mark("The numbers go up, the stories do not: those go down."),
    ("flat", "up"): mark("The stories go up, the numbers stay about the same."),
    ("flat", "flat"): mark("Neither the numbers nor the stories go one way."),
    ("flat", "down"): mark("The stories go down, the numbers stay about the same."),
    ("down", "up"): mark("The stories go up, the numbers do not: those go down."),
    ("down", "flat"): mark("The numbers go down, the stories do not go one way."),
    ("down", "down"): mark("The numbers go down, and so do the stories."),
}
"""Numbers, words."""
_NO_NUMBERS = mark("Too few families were seen twice to say anything by numbers.")
_NO_WORDS = mark("Nobody told anything about this yet.")
YOURS = mark("What do you see? Write a sentence; the program does not judge.")
_N, _BAR, _SHORT_BAR, _D = 5, 20, 14, 8
"""Cells of the number of families, of the bar, of the bar where a row has two lines, of dominance."""
_WORD_CELLS, _VERDICT_CELLS = (17, 20, 18), 24
_NAMES = (mark("stories"), mark("own words"), mark("about families"))
"""Columns of words; where there is little room their first letters stand for them."""


# -- the list ------------------------------------------------------------------------------------------------------------


def legend(width: int) -> str:
    """What the signs are, in one line or in two."""
    news = (mark("good news"), mark("bad news"), mark("both"), mark("no change"))
    bar = [f"{sign} {t(word)}" for sign, word in zip(FILLS, CLASSES, strict=False)]
    told = [f"{sign} {t(word)}" for (sign, _), word in zip(_SIGNS, news, strict=False)]
    lines = "  ".join([*bar, f"* {t('something came in since')}"]), "  ".join(told)
    return ("  │  " if is_wide(width) else "\n").join(lines)


def is_wide(width: int) -> bool:
    """Whether a row has room on one line."""
    return width >= WIDE


def head_line(width: int) -> Content:
    """What stands above the columns; where a row has two lines, what stands left and right."""
    if not is_wide(width):
        left = f"  {'n'.rjust(_N)}  {t('families')}".ljust(_middle() - _D - 2) + "D".rjust(_D)
        right = "  ".join(f"{_letter(name)} {t(name)}" for name in _NAMES)
        return Content(f"{left}  │ {cut(right, width - _middle() - 2)}").stylize("bold")
    left = "n".rjust(_N) + f"  {t('families')}".ljust(_BAR + 2) + "D".rjust(_D)
    right = "".join(cut(t(head), cells - 1).ljust(cells) for head, cells in zip(_NAMES, _WORD_CELLS, strict=True))
    verdict = cut(t("what you say of it"), _VERDICT_CELLS)
    return Content(f"{' ' * _name_room(width)}{left}  │ {right}│ {verdict}").stylize("bold")


def row_line(row: JointRow, width: int) -> Content:
    """A row: its name, the numbers, the words, what the team says of it."""
    said = f"{t(row.verdict.relation.label)}{' *' if row.since else ''}" if row.verdict else t(NOT_YET)
    verdict = Content(said)  # plain: a muted one is not to be read under the cursor
    if not is_wide(width):
        name = Content(cut(row.name, width - len(said) - 2)).stylize("bold")
        gap = " " * max(2, width - name.cell_length - verdict.cell_length)
        told = _told(row, width - _middle() - 2)
        return Content.assemble(name, gap, verdict, "\n", f"  {_numbers(row, _SHORT_BAR)}  │ {told}")
    name = Content(cut(row.name, _name_room(width) - 1).ljust(_name_room(width))).stylize("bold")
    cells = zip(_counts(row), _WORD_CELLS, strict=True)
    right = "".join(cut(by_sign(count), room - 1).ljust(room) for count, room in cells)
    return Content.assemble(name, _numbers(row, _BAR), "  │ ", right, "│ ", verdict)


def _name_room(width: int) -> int:
    return width - _N - 2 - _BAR - _D - sum(_WORD_CELLS) - _VERDICT_CELLS - 6


def _middle() -> int:
    """Where the words begin in a row of two lines."""
    return 2 + _N + 2 + _SHORT_BAR + _D + 2


def _numbers(row: JointRow, bar: int) -> str:
    """n, the bar, dominance; words where there is nothing to count."""
    change = row.change
    if change is None or not change.n:
        n, why = ("–", t("not asked here")) if change is None else ("0", t("nobody seen twice"))
        return f"{n.rjust(_N)}  {cut(why, bar + _D).ljust(bar + _D)}"
    drawn = "".join(stacked_bar(parts(change), bar)).ljust(bar)
    return f"{str(change.n).rjust(_N)}  {drawn}{signed(change.dominance.value).rjust(_D)}"


def _letter(name: str) -> str:
    return t(name)[0].upper()


def _counts(row: JointRow) -> tuple[AnswerCount | ValenceCount, ...]:
    return row.stories, row.own, row.about


def _told(row: JointRow, room: int) -> str:
    """Stories, own words and words about families in short; what is nought is left out."""
    counts = zip(_NAMES, _counts(row), strict=True)
    words = "  ".join(f"{_letter(name)} {by_sign(count)}" for name, count in counts if count.total)
    return cut(words or t("nothing told"), room)


NOTHING = "·"


def by_sign(count: AnswerCount | ValenceCount) -> str:
    """How many of each, what is nought left out: +4 -1 ±2."""
    numbers = ((sign, getattr(count, name, 0)) for sign, name in _SIGNS)
    return " ".join(f"{sign}{n}" for sign, n in numbers if n) or NOTHING


def answer_sign(answer: StoryAnswer) -> str:
    """The sign of one story."""
    return next(sign for sign, name in _SIGNS if name == _ANSWERS[answer])


_ANSWERS = {
    StoryAnswer.POSITIVE: "positive",
    StoryAnswer.NEGATIVE: "negative",
    StoryAnswer.NONE: "none",
    StoryAnswer.OPEN: "open",
}


def cut(words: str, room: int) -> str:
    """Words in so many cells at most."""
    return words if len(words) <= room else f"{words[: max(0, room - 1)]}…"


# -- one row in words ----------------------------------------------------------------------------------------------------


def row_lines(row: JointRow, *, asked: bool) -> Iterator[Line]:
    """What it looks like, only where somebody asked; the counts in words; what the team says."""
    yield Line(row.name, HEADING)
    if asked:
        yield from (Line(words, TITLE) for words in suggestion_words(row))
    yield Line(number_words(row))
    yield Line(" ".join(word_sentences(row)))
    yield Line(verdict_text(row.verdict) if row.verdict else f"{capital(t(NOT_YET))}.")
    if row.since:
        yield Line(since_text(row.since), HEADING)


def number_words(row: JointRow) -> str:
    """The counts in a sentence."""
    change = row.change
    if change is None:
        return t("Numbers: this list of questions does not ask about it.")
    if not change.n:
        return t("Numbers: no family was seen twice here yet.")
    counts = ", ".join(f"{n} {t(word)}" for n, word in zip(parts(change), CLASSES, strict=True) if n)
    families = tn("{n} family was seen twice", "{n} families were seen twice", change.n)
    few = f" {t('Fewer than {n}: too few to see a direction.', n=FEWEST)}" if change.n < FEWEST else ""
    dominance = signed(change.dominance.value)
    return f"{t('Numbers: {families}: {counts}; D {d}.', families=families, counts=counts, d=dominance)}{few}"


def word_sentences(row: JointRow) -> Iterator[str]:
    """What was told, by families and apart from it by others about them."""
    families = tn("{n} family told", "{n} families told", len(row.families_telling))
    if not row.families_telling:
        yield t("Words: nobody told anything about this yet.")
    else:
        told: list[tuple[str, AnswerCount | ValenceCount]] = [
            (tn("{n} story", "{n} stories", row.stories.total), row.stories),
            (tn("{n} fragment in own words", "{n} fragments in own words", row.own.total), row.own),
        ]
        words = ", ".join(f"{what} ({by_sign(count)})" for what, count in told if count.total)
        yield t("Words: {families}: {what}.", families=families, what=words)
    about: list[tuple[str, AnswerCount | ValenceCount]] = [
        (tn("{n} story", "{n} stories", row.stories_about.total), row.stories_about),
        (tn("{n} fragment", "{n} fragments", row.about.total), row.about),
    ]
    if words := ", ".join(f"{what} ({by_sign(count)})" for what, count in about if count.total):
        yield t("Others about families: {what}.", what=words)


def verdict_text(verdict: Verdict) -> str:
    """The relation, the sentence, the day and who wrote it down."""
    said = capital(t(verdict.relation.label))
    day = day_text(dt.date.fromisoformat(verdict.day[:10]))
    return f"{said}. “{verdict.sentence}” ({verdict.coder}, {day})"


def since_text(since: Sequence[Since]) -> str:
    """What came in since a verdict was written."""
    return t("Since then new: {what}. Does it still hold?", what=", ".join(t(kind.label) for kind in since))


def suggestion_words(row: JointRow) -> Iterator[str]:
    """What it looks like, and whose turn it is to say so."""
    yield t("It looks like: {relation}. {why}", relation=t(row.suggestion.label), why=why_words(row))
    yield t(YOURS)


def why_words(row: JointRow) -> str:
    """Which way numbers and words go."""
    numbers, words = _NUMBERS[row.numbers], _NUMBERS[row.words]
    if (numbers, words) in _SEEN:
        return t(_SEEN[numbers, words])
    silent = [t(said) for said, value in ((_NO_NUMBERS, numbers), (_NO_WORDS, words)) if value == "silent"]
    return " ".join(silent)
