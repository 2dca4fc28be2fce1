"""What a report draws from: loaded once, in one steady look at the project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.analysis.coverage import CoverageRow, coverage
from verhalen.analysis.joint import JointRow, joint_rows
from verhalen.analysis.reach import Reach, reach
from verhalen.analysis.scoring import ScoredChange, Settings, scored_change
from verhalen.analysis.tally import Piece, pieces
from verhalen.analysis.wordings import UsedWording, used_wordings
from verhalen.model.consent import Answer, Purpose
from verhalen.model.family import Family
from verhalen.model.instrument import DomainList
from verhalen.model.story import Story
from verhalen.privacy.clearance import Audience
from verhalen.privacy.saying import Saying
from verhalen.report.front import Front
from verhalen.report.scope import concerns, within
from verhalen.store import families as family_store
from verhalen.store import memos, scores, stories, versions
from verhalen.store.evidence import evidence_rows
from verhalen.store.project import ProjectFile

DEFAULT_INSTRUMENT = "sociale_balans"


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything that placeholders ask for."""

    project: ProjectFile
    front: Front
    audience: Audience
    domains: DomainList
    families: tuple[Family, ...]
    """Families with support in the period."""
    reach: Reach
    change: ScoredChange
    pieces: tuple[Piece, ...]
    """Coded evidence; outside the team only what families agreed to, and what professionals said."""
    stories: tuple[Story, ...]
    """Stories; outside the team only those with consent for reports."""
    all_stories: tuple[Story, ...]
    joint: tuple[JointRow, ...]
    """Per group of life domains."""
    coverage: tuple[CoverageRow, ...]
    saying: Saying
    """Whose words stand where, and what they agreed to."""
    day: dt.date
    """Of the report: what runs on is counted up to it."""
    contacts: Mapping[str, Sequence[dt.date]]
    """Days of contact per family."""
    wordings: tuple[UsedWording, ...]
    """By which words the families of the report were scored, those of today first."""
    asked: frozenset[str] = frozenset()
    """Names of the placeholders in the report."""

    @property
    def k(self) -> int:
        """The threshold for ordinary numbers: never below that of the audience."""
        return max(self.audience.threshold(), self.front.k or 1)

    def text_of(self, source_id: int, start: int, stop: int) -> str:
        """A piece of a source's text as it counts now."""
        found = versions.text_of(self.project, source_id, versions.current_version(self.project, source_id))
        return found.text[start:stop] if found else ""


def load(
    project: ProjectFile,
    front: Front,
    audience: Audience,
    *,
    day: dt.date | None = None,
    asked: frozenset[str] = frozenset(),
) -> ReportData:
    """Load for one report, of today unless `day` says otherwise. Raises UnknownInstrument."""
    day = day or today()
    key = front.instrument or DEFAULT_INSTRUMENT
    with project.steady():
        instrument = next((each for each in scores.instruments(project) if each.key == key), None)
        if instrument is None:
            raise errors.UnknownInstrument(key=key)
        domains = scores.domain_list(project)
        everybody = within(family_store.families(project), front)
        contacts: dict[str, list[dt.date]] = {}
        for family, each in family_store.contact_rows(project):
            contacts.setdefault(family, []).append(each.day)
        reached = reach(everybody, front.period, contacts=contacts, today=day)
        families = tuple(each for each in everybody if each.key in reached.keys)
        change = scored_change(project, instrument, domains=domains, families=families, settings=settings_of(front))
        told = _in_period(stories.stories(project), {each.key for each in families}, front)
        saying = Saying(project)
        scope = {each.key for each in everybody}
        found = tuple(
            each
            for each in pieces(evidence_rows(project))
            if _may_count(each, audience, saying) and (not front.municipalities or concerns(each, scope))
        )
        shown = tuple(each for each in told if _may_tell(each, audience))
        return ReportData(
            project=project,
            front=front,
            audience=audience,
            domains=domains,
            families=families,
            reach=reached,
            change=change,
            pieces=found,
            stories=shown,
            all_stories=tuple(told),
            joint=tuple(
                joint_rows(
                    domains, changes=change.groups, pieces=found, stories=shown, verdicts=memos.verdicts(project)
                )
            ),
            coverage=tuple(coverage(reached.keys, {story.family for story in told}, change.standing)),
            saying=saying,
            day=day,
            contacts=contacts,
            wordings=used_wordings(project, instrument, {each.key for each in families}),
            asked=asked,
        )


def settings_of(front: Front) -> Settings:
    """How change is computed in this report: what its front says, our own choice where it says nothing."""
    usual = Settings()
    return Settings(days=front.days or usual.days, window=front.window or usual.window, rule=front.rule or usual.rule)


def _in_period(told: list[Story], families: set[str], front: Front) -> list[Story]:
    return [
        story
        for story in told
        if story.family in families
        and (front.period is None or story.told is None or front.period[0] <= story.told <= front.period[1])
    ]


def _may_tell(story: Story, audience: Audience) -> bool:
    if audience is Audience.INTERNAL:
        return story.consent(Purpose.TEAM) not in (Answer.NO, Answer.WITHDRAWN)
    return story.consent(Purpose.REPORT) is Answer.YES


def _may_count(piece: Piece, audience: Audience, saying: Saying) -> bool:
    """Families' own words count outside only with the yes of all who say them, and in the team unless one of them refused.

    A story counts once, as a story, and its fragments not outside; words of professionals about a family are masked by count.
    """
    if audience is Audience.INTERNAL:
        team = saying.answer(piece.source_id, piece.start, piece.stop, Purpose.TEAM)
        return piece.family is None or team not in (Answer.NO, Answer.WITHDRAWN)
    if piece.kind == "story":
        return False
    if piece.family is None:
        return True
    return saying.answer(piece.source_id, piece.start, piece.stop, Purpose.REPORT) is Answer.YES


def is_recognisable(text: str, data: ReportData) -> bool:
    """Outside the team no family code and no municipality stands in a quote."""
    if data.audience is Audience.INTERNAL:
        return False
    names = {family.key for family in data.families} | {
        family.municipality for family in data.families if family.municipality
    }
    return any(name.casefold() in text.casefold() for name in names)


def today() -> dt.date:
    """The day of the report, unless the caller says another."""
    return dt.datetime.now().astimezone().date()
