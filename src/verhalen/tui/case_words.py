"""One family, every assessor and every voice: what its lines say. Numbers left, words right, as everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from textual.content import Content

from verhalen.analysis.joint_cases import Case, CaseLine, CoachNote, Path, Telling
from verhalen.analysis.joint_families import FamilyApart, Side
from verhalen.i18n import mark, t, tn
from verhalen.model.story_words import role_label
from verhalen.model.verdict import Verdict
from verhalen.tui.joint_words import NOT_YET, answer_sign, by_sign, cut, since_text, verdict_text
from verhalen.tui.page import BAD, HEADING, MUTED, Line
from verhalen.tui.words import capital, day_text

UP, FLAT, DOWN = "▲", "=", "▼"
_WAYS = {1: UP, 0: FLAT, -1: DOWN, None: "?"}
_TONES = {1: "+", 0: "o", -1: "-", None: "?"}
DIFFER = mark("here we do not agree")
_WIDE, _NAME = 116, 30
"""Cells from which on a life domain stands on one line, and those of its name there."""


def way_sign(way: int | None) -> str:
    """Where scores go: up, the same, down, not known."""
    return _WAYS[way]


def tone_sign(way: int | None) -> str:
    """Where words go: good news, neither, bad news, not said."""
    return _TONES[way]


# -- the list of families ------------------------------------------------------------------------------------------------


def apart_line(each: FamilyApart, label: str, width: int) -> Content:
    """Which family, how words and numbers go apart, and in which life domains."""
    state = said_of(each.history) if not each.is_open else t("new since then") if each.history else ""
    name = Content(cut(f"{label}  {t(each.apart.label)}", width - len(state) - 2)).stylize("bold")
    gap = " " * max(2, width - name.cell_length - len(state))
    sides = [side for side in each.sides if side.is_apart] or list(each.sides)
    told = cut(" · ".join(side_words(side) for side in sides), width - 2)
    return Content.assemble(name, gap, state, f"\n  {told}")


def said_of(history: Sequence[Verdict]) -> str:
    """What was said last, in a word."""
    return t(history[-1].relation.label) if history else t(NOT_YET)


def side_words(side: Side) -> str:
    """One life domain: which way the numbers go, and which way the words."""
    return f"{side.name} {way_sign(side.numbers)}│{tone_sign(side.words)}"


def apart_lines(each: FamilyApart, label: str) -> Iterator[Line]:
    """One family in words."""
    yield Line(f"{label}: {t(each.apart.label)}", HEADING)
    for side in each.sides:
        if side.words is not None or side.stories or side.codings:
            sign = "⚠ " if side.is_apart else "  "
            yield Line(f"{sign}{side.name}: {numbers_words(side.numbers)}, {told_words(side.words)}", indent=1)
    yield from history_lines(each.history)
    if each.history and each.since:
        yield Line(since_text(each.since), BAD)
    silent = [side for side in each.sides if side.words is None and not side.stories and not side.codings]
    for way in (1, 0, -1):
        if names := ", ".join(side.name for side in silent if side.numbers == way):
            yield Line(f"{way_sign(way)} {t('only scored: {names}', names=names)}", MUTED, 3)


def numbers_words(way: int | None) -> str:
    """Which way the scores of a family go."""
    return {
        1: t("scores go up"),
        0: t("scores stay the same"),
        -1: t("scores go down"),
        None: t("not scored twice"),
    }[way]


def told_words(way: int | None) -> str:
    """Which way the words of a family go."""
    return {
        1: t("words are good news"),
        0: t("words go neither way"),
        -1: t("words are bad news"),
        None: t("nothing told"),
    }[way]


def history_lines(history: Sequence[Verdict]) -> Iterator[Line]:
    """Everything that was said, the newest first; the newest one counts."""
    for at, verdict in enumerate(reversed(history)):
        yield Line(verdict_text(verdict), MUTED if at else "")
    if not history:
        yield Line(f"{capital(t(NOT_YET))}.")


# -- one family ----------------------------------------------------------------------------------------------------------


def case_line(line: CaseLine, width: int, side: int) -> Content:
    """A life domain: every assessor left in `side` cells, every voice right, and whether they agree."""
    paths, told = paths_words(line), " · ".join(telling_words(each) for each in line.tellings) or t("nothing told")
    flag = f"⚠ {t(DIFFER)}" if line.differ else ""
    if width >= _WIDE:
        room = width - _NAME - side - len(t(DIFFER)) - 7
        words = (
            f"{cut(line.name, _NAME - 1).ljust(_NAME)}{cut(paths, side).ljust(side)} │ {cut(told, room).ljust(room)} "
        )
        return Content.assemble(words, Content(flag).stylize("bold"))
    name = cut(line.name, width - len(flag) - 2)
    gap = " " * max(2, width - len(name) - len(flag))
    below = f"  {cut(paths, side).ljust(side)} │ {cut(told, width - side - 5)}"
    return Content.assemble(Content(name).stylize("bold"), gap, Content(flag).stylize("bold"), "\n", below)


def side_room(lines: Iterable[CaseLine], width: int) -> int:
    """Cells for assessors, the same in every line: what they need, at most half."""
    most = max((len(paths_words(each)) for each in lines), default=0)
    return min(most, (width - _NAME if width >= _WIDE else width) // 2)


def paths_words(line: CaseLine) -> str:
    """Every assessor."""
    return " · ".join(path_words(each) for each in line.paths) or t("not scored")


def path_words(path: Path) -> str:
    """Who judged, and day after day better, the same or worse than at the start."""
    return f"{t(path.assessor.label)} {course_words(path)}"


def course_words(path: Path) -> str:
    """Day after day better, the same or worse than at the start; a dash where nothing compares."""
    known = any(each is not None for each in path.course)
    return "".join(way_sign(each) for each in path.course) if known else "–"


def telling_words(telling: Telling) -> str:
    """Who tells, in how many stories and fragments, and which way."""
    stories = "".join(answer_sign(answer) for _, answer in telling.stories)
    fragments = by_sign(telling.fragments) if telling.fragments.total else ""
    counts = " ".join(part for part in (t("story {signs}", signs=stories) if stories else "", fragments) if part)
    return f"{who_words(telling)} {counts}".strip()


def who_words(telling: Telling) -> str:
    """The person, or else the role."""
    if telling.person:
        return telling.person.rpartition(".")[2]
    return t(role_label(telling.who)) if telling.who else t("somebody")


def case_lines(line: CaseLine, instruments: Mapping[str, str]) -> Iterator[Line]:
    """A life domain in full: every item of every assessor, every voice, what coaches wrote beside it, what was said.

    `instruments`: their names by key.
    """
    yield Line(line.name, HEADING)
    if line.differ:
        who = ", ".join(t(each.label) for each in line.differ)
        yield Line(f"⚠ {capital(t(DIFFER))}: {who}.", HEADING)
    yield Line(f"{capital(numbers_words(line.numbers))}, {told_words(line.words)}.")
    for path in line.paths:
        yield from _path(path, instruments.get(path.instrument, path.instrument))
    for telling in line.tellings:
        yield Line(_telling(telling), indent=1)
    yield from note_lines(line.notes)
    yield from history_lines(line.history) if line.history else ()


def _path(path: Path, instrument: str) -> Iterator[Line]:
    days = " → ".join(f"{day:%d/%m/%Y}" for day in path.days)
    yield Line(f"{capital(t(path.assessor.label))} {course_words(path)} ({instrument}: {days})", indent=1)
    for item in path.items:
        whom = f" ({item.person.rpartition('.')[2]})" if item.person else ""
        yield Line(f"{capital(item.name)}{whom}: {' → '.join(map(str, item.values))}", MUTED, 3)


def telling_heading(telling: Telling) -> str:
    """Who tells, and whether of itself."""
    whose = t("in own words") if telling.is_own else t("about the family")
    return f"{capital(who_words(telling))}, {whose}"


def _telling(telling: Telling) -> str:
    parts = [f"{answer_sign(answer)} {key}" for key, answer in telling.stories]
    if telling.fragments.total:
        fragments = tn("{n} fragment", "{n} fragments", telling.fragments.total)
        parts.append(f"{fragments} ({by_sign(telling.fragments)})")
    return f"{telling_heading(telling)}: {', '.join(parts)}"


def note_lines(notes: Iterable[CoachNote]) -> Iterator[Line]:
    """What was written beside scores."""
    for note in notes:
        words = "; ".join([*(t(each.label) for each in note.reasons), *([f"“{note.note}”"] if note.note else [])])
        about = f", {note.item}" if note.item else ""
        yield Line(f"{day_text(note.day)}, {t(note.assessor.label)}{about}: {words}", MUTED, 1)


def case_about(case: Case, label: str) -> Iterator[str]:
    """Above the lines of a family."""
    coach = f" · {case.coach}" if case.coach else ""
    apart = tn(
        "{n} life domain in which we do not agree", "{n} life domains in which we do not agree", len(case.disagreeing)
    )
    yield f"{t('Family {key}', key=label)}{coach} · {apart}"
    if case.history:
        yield verdict_text(case.history[-1])
        if case.since:
            yield since_text(case.since)
    else:
        yield t("Nobody wrote down yet what you think of this family.")
