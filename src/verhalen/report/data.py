"""What a report draws from: loaded once, in one steady look at the project."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from verhalen import errors
from verhalen.analysis.consenting import may_count, may_tell
from verhalen.analysis.coverage import CoverageRow, coverage
from verhalen.analysis.joint import JointRow, joint_rows
from verhalen.analysis.reach import Reach, reach
from verhalen.analysis.scoring import ScoredChange, Settings, scored_change
from verhalen.analysis.tally import Piece, pieces
from verhalen.analysis.wordings import UsedWording, used_wordings
from verhalen.model.family import Family
from verhalen.model.instrument import DomainList
from verhalen.model.release import Release, Threshold
from verhalen.model.story import Story
from verhalen.privacy.clearance import Audience, Thresholds, thresholds
from verhalen.privacy.keyring import present_key
from verhalen.privacy.leaks import Seeker
from verhalen.privacy.saying import Saying
from verhalen.report.front import Front
from verhalen.report.scope import concerns, within
from verhalen.store import families as family_store
from verhalen.store import memos, scores, stories, versions
from verhalen.store import releases as ledger
from verhalen.store.evidence import EvidenceColumn, evidence_rows
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
    own: Threshold | None = None
    """The project's own thresholds for this audience, with the reason that prints."""
    earlier: tuple[Release, ...] = ()
    """What readers outside may hold already; empty inside the team."""
    ids: Mapping[str, int] = field(default_factory=dict)
    """Key of each family to its id."""
    towns: frozenset[str] = frozenset()
    """Municipalities of all families."""
    evidence: tuple[EvidenceColumn, ...] = ()
    """Coded evidence as it stands, before anything was counted or asked."""
    remembered: dict[str, Any] = field(default_factory=dict)
    """What several placeholders ask for, made once."""

    @property
    def limits(self) -> Thresholds:
        """The smallest numbers that this report shows: what every `clear_*` gets. The front of a report only raises them."""
        pair = (self.own.plain, self.own.strict) if self.own else None
        return thresholds(self.audience, pair, at_least=self.front.k or 1)

    @property
    def k(self) -> int:
        """The threshold for ordinary numbers."""
        return self.limits.plain

    def text_of(self, source_id: int, start: int, stop: int) -> str:
        """A piece of a source's text as it counts now."""
        texts: dict[int, str] = self.remembered.setdefault("texts", {})
        if source_id not in texts:
            found = versions.text_of(self.project, source_id, versions.current_version(self.project, source_id))
            texts[source_id] = found.text if found else ""
        return texts[source_id][start:stop]


def load(
    project: ProjectFile,
    front: Front,
    audience: Audience,
    *,
    day: dt.date | None = None,
    asked: frozenset[str] = frozenset(),
    report: str = "",
) -> ReportData:
    """Load for one report, of today unless `day` says otherwise. Raises UnknownInstrument.

    `report` is its name in the ledger: what was only built under that name, and never sent, does not stand in its way.
    """
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
        evidence, scope = tuple(evidence_rows(project)), {each.key for each in everybody}
        found = tuple(
            each
            for each in pieces(evidence)
            if may_count(each, audience, saying) and (not front.municipalities or concerns(each, scope))
        )
        shown = tuple(each for each in told if may_tell(each, audience))
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
            own=ledger.thresholds(project).get(audience) if audience.is_outside else None,
            earlier=_earlier(project, report) if audience.is_outside else (),
            ids={each.key: each.id for each in everybody},
            towns=frozenset(each.municipality for each in everybody),
            evidence=evidence,
        )


def _earlier(project: ProjectFile, report: str) -> tuple[Release, ...]:
    """What was sent, and what other reports were built with, whose readers may get both."""
    return tuple(each for each in ledger.releases(project) if each.sent or each.report != report)


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


def is_recognisable(text: str, data: ReportData) -> bool:
    """Outside the team no family code, no municipality and no name of the key stands in a text."""
    if data.audience is Audience.INTERNAL:
        return False
    if "names" not in data.remembered:
        data.remembered["names"] = _names(data)
    pattern, seeker = data.remembered["names"]
    return bool(pattern.search(text)) or (seeker is not None and seeker.count([text]) > 0)


def _names(data: ReportData) -> tuple[re.Pattern[str], Seeker | None]:
    """Codes of all families and their municipalities, as whole words; and the names of the key, where it lies on this machine."""
    key = present_key(data.project)
    words = sorted({*data.ids, *data.towns} - {""}, key=len, reverse=True)
    pattern = "|".join(map(re.escape, words)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), Seeker(key) if key else None


def today() -> dt.date:
    """The day of the report, unless the caller says another."""
    return dt.datetime.now().astimezone().date()
