"""The eight questions behind `report new`, as data: the command line asks them, the app shows them as a form."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from verhalen import errors
from verhalen.analysis.poverty import index_and_source
from verhalen.analysis.quotes import Wanted, candidates
from verhalen.analysis.tally import Piece, pieces
from verhalen.i18n import mark, t
from verhalen.model.consent import Answer, Purpose
from verhalen.model.ids import decode_id, encode_id
from verhalen.model.instrument import DomainList, Instrument
from verhalen.privacy.saying import Saying
from verhalen.report.data import DEFAULT_INSTRUMENT, today
from verhalen.report.first_version import NewReport
from verhalen.report.front import read_period
from verhalen.report.kinds import Kind
from verhalen.report.values import nearest_of
from verhalen.store import families, scores, stories, versions
from verhalen.store.evidence import evidence_rows
from verhalen.store.presence import is_coding
from verhalen.store.project import ProjectFile
from verhalen.store.study import first_and_last

STEPS = 8
KEYS = ("for", "title", "service", "period", "instrument", "municipalities", "first", "story", "ask")
"""Of the answers; title and service are one question with two lines."""
_QUOTES, _TRIED, _SHOWN = 5, 100, 70
"""Quotes that are offered, fragments that are tried for it, characters that are shown of each."""
_ALL = ("alle", "all")
MANY = "municipalities"
"""The one question with several answers, with commas between them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that may be chosen."""

    key: str
    """What is answered; empty: leave it to the program."""
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked before a report is begun, in the language of whoever answers."""

    key: str
    step: int
    """From 1 to 8."""
    text: str
    default: str
    """The answer when nothing is given."""
    choices: tuple[Choice, ...] = ()
    """Empty: any words."""
    hint: str = ""

    @property
    def many(self) -> bool:
        """Whether several choices may be taken together."""
        return self.key == MANY


def questions(project: ProjectFile, given: Mapping[str, str], *, day: dt.date | None = None) -> tuple[Question, ...]:
    """All questions, with the defaults that follow from the project and from what was answered so far."""
    day = day or today()
    kind = Kind(given["for"]) if given.get("for") in set(Kind) else Kind.COUNCIL
    domains, known = scores.domain_list(project), scores.instruments(project)
    towns = sorted({each.municipality for each in families.families(project) if each.municipality})
    first, last = usual_period(project, kind, day)
    return (
        Question("for", 1, t("For whom is the report?"), Kind.COUNCIL.value, _choices(Kind)),
        Question("title", 2, t("What is its title?"), kind.front.title),
        Question("service", 2, t("Which service writes it?"), "", hint=t("May stay empty; stands below the title.")),
        Question(
            "period",
            3,
            t("About which period?"),
            f"{first}..{last}",
            hint=t("First and last day with two dots between them, a year or a month: 2025 or 2025-10."),
        ),
        Question("instrument", 4, t("By which instrument?"), _usual_instrument(known), tuple(_instruments(known))),
        Question(
            "municipalities",
            5,
            t("Which municipalities?"),
            "",
            (Choice("", t("all of them")), *(Choice(each, each) for each in towns)),
        ),
        Question(
            "first",
            6,
            t("Which life domains come first?"),
            usual_group(project, domains),
            tuple(Choice(each.key, each.name) for each in domains.groups),
        ),
        Question(
            "story",
            7,
            t("Which story or quote stands on page one?"),
            "",
            (Choice("", t("choose for me")), *_stories(project), *_quotes(project, domains, given.get("first", ""))),
            hint=t("You can also give the id of another fragment."),
        ),
        Question("ask", 8, t(_ASK[kind]), "", hint=t("One sentence. You can also write it later.")),
    )


_ASK = {
    Kind.COUNCIL: mark("What do you ask the council?"),
    Kind.MONTH: mark("Is there something to ask the team?"),
    Kind.TEAM: mark("What do you ask team and partners?"),
    Kind.RESEARCH: mark("What is the research question?"),
}


def _choices(kinds: Iterable[Kind]) -> tuple[Choice, ...]:
    return tuple(Choice(each.value, t(each.label)) for each in kinds)


def _instruments(known: Iterable[Instrument]) -> Iterator[Choice]:
    yield from (Choice(each.key, each.name) for each in known if each.kind == "vragen")


def _usual_instrument(known: Iterable[Instrument]) -> str:
    keys = [each.key for each in _instruments(known)]
    return DEFAULT_INSTRUMENT if DEFAULT_INSTRUMENT in keys or not keys else keys[0]


def _stories(project: ProjectFile) -> Iterator[Choice]:
    """Those that may stand in reports; the words are for whoever chooses, on this screen only."""
    for each in stories.stories(project):
        if each.consent(Purpose.REPORT) is Answer.YES:
            yield Choice(each.key, f"{each.key} {each.title} ({t(each.answer.label)})")


def _quotes(project: ProjectFile, domains: DomainList, group: str) -> Iterator[Choice]:
    """A few fragments of families' own words that may stand in reports, those about the chosen group first."""
    saying = Saying(project)
    own = [each for each in pieces(evidence_rows(project)) if each.family is not None and each.kind != "story"]
    inside = frozenset(each.key for each in domains.in_group(group))
    everything = frozenset(each.key for each in domains.domains)
    found = [*candidates(own, Wanted(inside)), *candidates(own, Wanted(everything))]
    ids: dict[int, Piece] = {each.coding_id: each for each in found}
    may = (
        each
        for each in list(ids.values())[:_TRIED]
        if saying.answer(each.source_id, each.start, each.stop, Purpose.REPORT) is Answer.YES
    )
    for each in itertools.islice(may, _QUOTES):
        text = versions.text_of(project, each.source_id, versions.current_version(project, each.source_id))
        words = " ".join(text.text[each.start : each.stop].split()) if text else ""
        yield Choice(
            encode_id(each.coding_id), t("quote: {words}", words=textwrap.shorten(words, _SHOWN, placeholder="…"))
        )


def usual_period(project: ProjectFile, kind: Kind, day: dt.date) -> tuple[dt.date, dt.date]:
    """The year of the last registration, as far as it went; for a monthly sheet the last full month with any.

    In the first half of a year it is the year before, if anything was registered then.
    """
    found = first_and_last(project)
    begun, latest = (min(dt.date.fromisoformat(each), day) for each in found) if found else (day, day)
    if kind is Kind.MONTH:
        month = (day.replace(day=1) - dt.timedelta(days=1)) if latest >= day.replace(day=1) else latest
        month = latest if month < begun else month
        return month.replace(day=1), month.replace(day=calendar.monthrange(month.year, month.month)[1])
    year = latest.year
    if year == day.year and day.month <= 6 and begun.year < year:
        year -= 1
    return dt.date(year, 1, 1), min(dt.date(year, 12, 31), day)


def usual_group(project: ProjectFile, domains: DomainList) -> str:
    """The group of life domains of which most families tell; the first of the list where nobody tells."""
    group_of = {each.key: each.group for each in domains.domains}
    telling = {(group_of.get(row.domain, ""), row.family) for row in evidence_rows(project) if row.family}
    telling |= {(group_of.get(key, ""), story.family) for story in stories.stories(project) for key in story.domains}
    counted = Counter(group for group, _ in telling)
    keys = [each.key for each in domains.groups]
    return max(keys, key=lambda key: counted[key], default="")


def answers_of(project: ProjectFile, given: Mapping[str, str], *, day: dt.date | None = None) -> NewReport:
    """The answers with defaults for what is empty. Raises BadInput for one that cannot be."""
    asked = questions(project, given, day=day)
    said = {each.key: checked(each, given.get(each.key, "")) for each in asked if each.key != "story"}
    story, coding = _page_one(project, next(each for each in asked if each.key == "story"), given.get("story", ""))
    return NewReport(
        kind=Kind(said["for"]),
        period=read_period(said["period"]),
        instrument=said["instrument"],
        group=said["first"],
        title=said["title"] if given.get("title", "").strip() else "",
        service=said["service"],
        municipalities=tuple(each for each in said["municipalities"].split(", ") if each),
        story=story,
        coding=coding,
        ask=said["ask"],
        poverty=_has_poverty(project),
    )


def _page_one(project: ProjectFile, question: Question, answer: str) -> tuple[str, str]:
    """A story or a fragment, the other one empty; a fragment need not be among those that were offered."""
    number = decode_id(answer)
    if number is not None and is_coding(project, number):
        return "", encode_id(number)
    return checked(question, answer), ""


def checked(question: Question, answer: str) -> str:
    """An answer by the key of its choice, the default where it is empty. Raises BadInput with the nearest choice."""
    answer = answer.strip()
    if not answer:
        return question.default
    if question.key == "period":
        return _period(answer)
    if not question.choices:
        return answer
    if question.many and answer.casefold() in _ALL:
        return ""
    if question.many:
        return ", ".join(dict.fromkeys(_chosen(question, each.strip()) for each in answer.split(",") if each.strip()))
    return _chosen(question, answer)


_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")
_UNTIL = ("", "tot", "tot en met", "t/m", "to")


def _period(answer: str) -> str:
    """First and last day, also as one writes them; `2025` is that year, `2025-10` that month."""
    days = _DAY.findall(answer)
    if len(days) == 2 and _DAY.sub("", answer).strip(" .-–") in _UNTIL:
        answer = "..".join(f"{year}-{month:0>2}-{day:0>2}" for day, month, year in days)
    if _YEAR.fullmatch(answer):
        answer = f"{answer}-01-01..{answer}-12-31"
    elif (month := _MONTH.fullmatch(answer)) and 1 <= int(month[2]) <= 12 and int(month[1]):
        answer = f"{answer}-01..{answer}-{calendar.monthrange(int(month[1]), int(month[2]))[1]}"
    try:
        first, last = read_period(answer)
    except ValueError:
        reason = t('"{value}" is not a period; write it as 2025-01-01..2025-12-31', value=answer)
        raise errors.BadInput(reason=reason) from None
    return f"{first}..{last}"


def _chosen(question: Question, answer: str) -> str:
    known = {each.key: each.label for each in question.choices}
    exact = next((key for key in known if key.casefold() == answer.casefold()), None)
    if exact is not None:
        return exact
    by_label = next((key for key, label in known.items() if label.casefold() == answer.casefold()), None)
    if by_label is not None:
        return by_label
    near = nearest_of(answer, {key: label for key, label in known.items() if key})
    if near:
        reason = t('"{value}" cannot be chosen here (did you mean "{nearest}"?)', value=answer, nearest=near)
    else:
        shown = ", ".join(key for key in known if key)
        reason = t('"{value}" cannot be chosen here; choose from: {known}', value=answer, known=shown)
    raise errors.BadInput(reason=reason)


def _has_poverty(project: ProjectFile) -> bool:
    try:
        index_and_source(scores.instruments(project))
    except (errors.UnknownInstrument, errors.BadInput):
        return False
    return True
