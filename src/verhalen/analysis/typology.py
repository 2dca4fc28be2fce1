"""The typology table: scores of families that tell of something beside those of families that do not (methods.md D1, D4).

Medians and quartiles, never means: levels of a scale have no mean. Baseline and follow-up are of the same, paired families.
Who has no words in the project at all stands apart: nobody asked them, so their silence says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low

from verhalen import errors
from verhalen.analysis.change_table import Per, Target, change_of, targets_of
from verhalen.analysis.consensus_notes import consensus_notes
from verhalen.analysis.crossing_names import unknown_code_near
from verhalen.analysis.family_codes import family_codes
from verhalen.analysis.scoring import Scored
from verhalen.i18n import mark, t
from verhalen.model.codebook import Codebook
from verhalen.model.instrument import DomainList
from verhalen.model.text import Notice
from verhalen.scores.change import NO_PAIRS, Change
from verhalen.scores.own_domains import domain_pairs, own_domains
from verhalen.scores.pairs import Pair, Pairs
from verhalen.statistics.quartiles import Spread, spread
from verhalen.store import relating as store
from verhalen.store import stories
from verhalen.store.project import ProjectFile

TURNED = mark("Where higher is worse, scores that are taken together were turned round first.")
WIDTHS = (Per.ITEM, Per.DOMAIN, Per.SECTION)


class Whose(StrEnum):
    """Whose words make a family one that is told of."""

    OWN = "own"
    ABOUT = "about"
    ALL = "all"


class Group(StrEnum):
    """How a family stands towards what is told."""

    TELLING = "telling"
    OTHER = "other"
    NO_WORDS = "no_words"

    @property
    def label(self) -> str:
        """Marked words for people."""
        return {
            "telling": mark("tell of it"),
            "other": mark("have words, do not tell of it"),
            "no_words": mark("no words in the project"),
        }[self]


@dataclass(frozen=True, slots=True)
class TypologyRow:
    """One item, life domain or own domain of the instrument, for one group of families."""

    target: Target
    group: Group
    change: Change
    """Better, the same, worse; who has no pair, by reason."""
    before: Spread
    after: Spread

    @property
    def n(self) -> int:
        """Pairs behind all numbers of the row: families, or persons under that rule."""
        return self.change.n

    def share(self, count: int) -> float | None:
        """Of the pairs, from 0 to 1; None where there are none."""
        return count / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class TypologyTable:
    """The rows, target by target and group by group, and what they rest on."""

    key: str
    """Of the code or life domain that is told of."""
    name: str
    whose: Whose
    per: Per
    scored: Scored
    groups: Mapping[Group, tuple[str, ...]]
    """Every family of the project stands in one."""
    rows: tuple[TypologyRow, ...]
    notes: tuple[Notice, ...] = ()


def typology(
    project: ProjectFile,
    scored: Scored,
    domains: DomainList,
    book: Codebook,
    key: str,
    *,
    per: Per = Per.ITEM,
    whose: Whose = Whose.OWN,
) -> TypologyTable:
    """The table of loaded scores. Raises UnknownCode, and BadInput for rows that cannot be."""
    if per not in WIDTHS:
        raise errors.BadInput(reason=t("this table has a row per item, life domain (domain) or own domain (section)"))
    name, telling = _telling(project, book, domains, key, whose)
    groups = _groups(project, scored.families, telling, whose)
    pairs = scored.pairs()
    if per is Per.SECTION:
        pairs = domain_pairs(pairs, own_domains(scored.instrument))
    parts = {group: pairs.only(families) for group, families in groups.items()}
    rows: list[TypologyRow] = []
    for target in targets_of(scored, domains, per=per, apart=False):
        own = [_row(scored, target, group, each, per) for group, each in parts.items()]
        if any(row.n for row in own) or not all(item.retired for item in target.items):
            rows += own
    turned = per is not Per.ITEM and any(item.higher_is_worse for item in scored.instrument.items)
    notes = (*scored.warnings, *([Notice(None, TURNED)] if turned else []), *consensus_notes(project))
    return TypologyTable(key, name, whose, per, scored, groups, tuple(rows), notes)


# -- who tells -------------------------------------------------------------------------------------------------------


def _telling(project: ProjectFile, book: Codebook, domains: DomainList, key: str, whose: Whose) -> tuple[str, set[str]]:
    """Name of a code, with those below it, or of a life domain by its evidence and stories; and the families."""
    code = book.find(key)
    if code is not None:
        below = {code.key}
        for each in book:  # parents stand before their children
            if each.parent in below:
                below.add(each.key)
        return code.name, _families(project, {each.id for each in book if each.key in below}, whose)
    wanted = key.strip().casefold()
    domain = next((each for each in domains.domains if wanted in (each.key.casefold(), each.name.casefold())), None)
    if domain is None:
        known = [*(each.key for each in book), *(each.key for each in domains.domains)]
        raise unknown_code_near(project, key, known)
    found = _families(project, {each.id for each in book if domain.key in each.evidence}, whose)
    if whose is not Whose.ABOUT:
        found |= {each.family for each in stories.stories(project) if domain.key in each.domains}
    return domain.name, found


def _families(project: ProjectFile, codes: set[int], whose: Whose) -> set[str]:
    told = family_codes(project)
    return {
        family
        for counts in (
            *([told.own] if whose is not Whose.ABOUT else []),
            *([told.about] if whose is not Whose.OWN else []),
        )
        for family, of_codes in counts.items()
        if codes & set(of_codes)
    }


def _groups(
    project: ProjectFile, families: Iterable[str], telling: set[str], whose: Whose
) -> dict[Group, tuple[str, ...]]:
    """Whoever is spoken about has no words of its own to look at: then there are two groups."""
    everybody = sorted(families)
    spoken = store.families_with_words(project) if whose is Whose.OWN else set(everybody)
    found = {
        Group.TELLING: tuple(each for each in everybody if each in telling),
        Group.OTHER: tuple(each for each in everybody if each not in telling and each in spoken),
        Group.NO_WORDS: tuple(each for each in everybody if each not in telling and each not in spoken),
    }
    if whose is not Whose.OWN:
        del found[Group.NO_WORDS]
    return found


# -- how they stand --------------------------------------------------------------------------------------------------


def _row(scored: Scored, target: Target, group: Group, pairs: Pairs, per: Per) -> TypologyRow:
    before, after = _levels(scored, target, pairs, per)
    return TypologyRow(
        target,
        group,
        change_of(scored, pairs, target, per),
        spread(before, nobody=NO_PAIRS),
        spread(after, nobody=NO_PAIRS),
    )


def _levels(scored: Scored, target: Target, pairs: Pairs, per: Per) -> tuple[list[int], list[int]]:
    """What the pairs held at both moments: an item as it was written down; of several items the lower median per family."""
    if per is Per.DOMAIN:
        return _joined(target, pairs)
    found = list(pairs.by_item[target.key].values())
    if per is Per.ITEM and target.items[0].higher_is_worse:
        ends = scored.instrument.low + scored.instrument.high
        found = [each._replace(before=ends - each.before, after=ends - each.after) for each in found]
    return [each.before for each in found], [each.after for each in found]


def _joined(target: Target, pairs: Pairs) -> tuple[list[int], list[int]]:
    """One level per family: the lower median of its pairs on the items that have a better and a worse."""
    by_family: dict[str, list[Pair]] = {}
    for item in target.items:
        if item.monotone:
            for (family, _), pair in pairs.by_item.get(item.key, {}).items():
                by_family.setdefault(family, []).append(pair)
    return _medians([[each.before for each in own] for own in by_family.values()]), _medians(
        [[each.after for each in own] for own in by_family.values()]
    )


def _medians(groups: Sequence[Sequence[int]]) -> list[int]:
    return [median_low(each) for each in groups]
