"""What all joint displays draw from, loaded once in one steady look at the project; for the team, nothing is masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from verhalen import errors
from verhalen.analysis.consenting import may_count, may_tell
from verhalen.analysis.joint import FEWEST, JointRow, Told, side_by_side
from verhalen.analysis.joint_parts import Tellings, part_changes
from verhalen.analysis.perspectives import attributed, tellers
from verhalen.analysis.reach import reach
from verhalen.analysis.scoring import ScoredChange, Settings, scored_change
from verhalen.analysis.tally import Piece, pieces
from verhalen.i18n import t
from verhalen.model.family import Family
from verhalen.model.instrument import DomainList, Instrument, Item
from verhalen.model.story import Story
from verhalen.model.verdict import Verdict
from verhalen.privacy.clearance import Audience
from verhalen.privacy.saying import Saying
from verhalen.scores.change import DOMINANCE_BORDER, standings
from verhalen.store import families as family_store
from verhalen.store import scores, versions
from verhalen.store import stories as story_store
from verhalen.store.evidence import evidence_rows
from verhalen.store.project import ProjectFile
from verhalen.store.verdicts import Touched, touched, verdict_history

DEFAULT_INSTRUMENT = "sociale_balans"


@dataclass(frozen=True, slots=True)
class JointChoice:
    """By which scores, of when, and what counts as a direction. Every display says it."""

    instrument: str = ""
    """Empty: the Sociale Balans."""
    period: tuple[dt.date, dt.date] | None = None
    """Families with support in it, and stories told in it; both days included."""
    settings: Settings = field(default_factory=Settings)
    """Days, window and rule of the change."""
    border: float = DOMINANCE_BORDER
    """Dominance from which numbers go up or down (methods.md D8)."""
    fewest: int = FEWEST
    """Paired families below which numbers are silent (methods.md D8)."""

    def __post_init__(self) -> None:
        """Refuse thresholds that mean nothing."""
        if not 0 < self.border <= 1:
            raise errors.BadInput(reason=t("the border of dominance lies above 0 and at most at 1"))
        if self.fewest < 1:
            raise errors.BadInput(reason=t("at least one family is needed for a direction"))


@dataclass(frozen=True)
class JointData:
    """One look. What only some displays need is made when they ask."""

    project: ProjectFile
    choice: JointChoice
    domains: DomainList
    families: tuple[Family, ...]
    """Families with support in the period; without a period all."""
    change: ScoredChange
    pieces: tuple[Piece, ...]
    """Coded evidence that may be counted in the team."""
    stories: tuple[Story, ...]
    """Stories of the period that may be told in the team."""
    history: Mapping[str, Sequence[Verdict]]
    touched: Touched
    saying: Saying

    @property
    def instrument(self) -> Instrument:
        """By whose scores."""
        return self.change.instrument

    @cached_property
    def keys(self) -> frozenset[str]:
        """Codes of the families."""
        return frozenset(each.key for each in self.families)

    @cached_property
    def ways(self) -> Mapping[str, Mapping[str, int]]:
        """Life domain to family to 1 up, 0 the same, -1 down; who was not scored at both moments is not in it."""
        items: dict[str, list[Item]] = {}
        for item in self.instrument.items:
            items.setdefault(item.domain, []).append(item)
        return {
            domain: {family: each.direction for (family, _), each in standings(self.change.pairs, own).items()}
            for domain, own in items.items()
        }

    @cached_property
    def pieces_of(self) -> Mapping[str, Sequence[Piece]]:
        """Family to the fragments of its own words, and of others about it."""
        found: dict[str, list[Piece]] = {}
        for piece in self.pieces:
            for family in {piece.family} if piece.family is not None else set(piece.about):
                found.setdefault(family, []).append(piece)
        return found

    @cached_property
    def stories_of(self) -> Mapping[str, Sequence[Story]]:
        """Family to its stories, whoever tells them."""
        found: dict[str, list[Story]] = {}
        for story in self.stories:
            found.setdefault(story.family, []).append(story)
        return found

    def rows(self, *, by_domain: bool = False, apart: bool = False) -> tuple[JointRow, ...]:
        """J1 per group of life domains, or per life domain; `apart` gives adults and children rows of their own."""
        told = Told(
            self.pieces,
            self.stories,
            self.history,
            self.touched,
            border=self.choice.border,
            fewest=self.choice.fewest,
            text_of=self.text_of,
        )
        if not apart:
            changes = self.change.domains if by_domain else self.change.groups
            return tuple(side_by_side(self.domains, told, changes=changes, by_group=not by_domain))
        tellings = Tellings(self.families, self.stories)
        split = part_changes(
            self.change.pairs, self.instrument, self.domains, parts=tellings.parts, by_group=not by_domain
        )
        return tuple(side_by_side(self.domains, told, changes=split, by_group=not by_domain, tellings=tellings))

    def text_of(self, piece: Piece) -> str:
        """The words of a fragment as they count now."""
        return self.words(piece.source_id, piece.start, piece.stop)

    def words(self, source_id: int, start: int, stop: int) -> str:
        """A piece of the text of a source as it counts now."""
        found = versions.text_of(self.project, source_id, versions.current_version(self.project, source_id))
        return found.text[start:stop] if found else ""


def load_joint(project: ProjectFile, choice: JointChoice | None = None, *, today: dt.date) -> JointData:
    """Load for the displays of one choice. Raises UnknownInstrument, and BadInput for settings that mean nothing."""
    choice = choice or JointChoice()
    with project.steady():
        instrument = instrument_of(project, choice.instrument)
        domains = scores.domain_list(project)
        families = _families(project, choice, today=today)
        keys = {each.key for each in families}
        saying = Saying(project)
        history = verdict_history(project)
        told = [
            each
            for each in told_in_period(story_store.stories(project), keys, choice.period)
            if may_tell(each, Audience.INTERNAL)
        ]
        rows = attributed(
            [each for each in evidence_rows(project) if may_count(each, Audience.INTERNAL, saying)], tellers(told)
        )
        return JointData(
            project=project,
            choice=choice,
            domains=domains,
            families=families,
            change=scored_change(project, instrument, domains=domains, families=families, settings=choice.settings),
            pieces=tuple(each for each in pieces(rows) if each.family is None or each.family in keys),
            stories=tuple(told),
            history=history,
            touched=touched(project, min(own[-1].id for own in history.values())) if history else Touched(),
            saying=saying,
        )


def instrument_of(project: ProjectFile, key: str) -> Instrument:
    """An instrument by its key; the usual one for an empty key. Raises UnknownInstrument."""
    wanted = key or DEFAULT_INSTRUMENT
    found = next((each for each in scores.instruments(project) if each.key == wanted), None)
    if found is None:
        raise errors.UnknownInstrument(key=wanted)
    if found.kind == "afgeleid":
        raise errors.BadInput(reason=t("{name} has no scores of its own: see verhalen scores poverty", name=found.name))
    return found


def _families(project: ProjectFile, choice: JointChoice, *, today: dt.date) -> tuple[Family, ...]:
    everybody = family_store.families(project)
    reached = reach(everybody, choice.period, today=today)
    return tuple(each for each in everybody if each.key in reached.keys)


def told_in_period(told: Sequence[Story], families: set[str], period: tuple[dt.date, dt.date] | None) -> list[Story]:
    """Stories of these families told in the period; one without a day counts in any."""
    return [
        story
        for story in told
        if story.family in families and (period is None or story.told is None or period[0] <= story.told <= period[1])
    ]
