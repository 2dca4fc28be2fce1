"""Words as numbers, one row per family: the matrix of codes (0/1 and counted), attributes and change, for R and SPSS.

A family of whom there are no words at all has empty cells, not zeros: nobody knows what it would have told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verhalen.analysis.family_codes import Counts, FamilyCodes, family_codes
from verhalen.analysis.scoring import ScoredChange, Settings, scored_change
from verhalen.exchange.data_tables import Cell, Column, DataTable, unique_names
from verhalen.i18n import mark, t
from verhalen.model.codebook import Code, Codebook
from verhalen.model.family import AttributeKind, Family, Trajectory, ValueKind
from verhalen.model.instrument import DomainList, Instrument
from verhalen.model.story import Story, StoryAnswer
from verhalen.scores.change import Change
from verhalen.store import declared, families, scores, stories
from verhalen.store.project import ProjectFile


class Which(StrEnum):
    """Which codes get a column."""

    USED = "used"
    EVIDENCE = "evidence"
    ALL = "all"


WENT = {-1: mark("worse"), 0: mark("same"), 1: mark("better")}
YES_NO = {0: mark("no"), 1: mark("yes")}


@dataclass(frozen=True, slots=True)
class FamilyData:
    """All that the tables draw from, loaded once."""

    families: Sequence[Family]
    kinds: Sequence[AttributeKind]
    codes: Sequence[Code]
    """A column each, in this order."""
    told: FamilyCodes
    stories: Sequence[Story]
    change: ScoredChange | None
    """None where the project has no scores of its own."""
    settings: Settings
    domains: DomainList


def family_tables(data: FamilyData) -> tuple[DataTable, ...]:
    """The matrix with what is known of every family; then the counts behind its zeros and ones, own words and words about it."""
    return (
        _matrix(data),
        _counts(data, "aantallen", t("Fragments in a family's own words, per code."), "n_", data.told.own, spoken=True),
        _counts(
            data,
            "over_gezinnen",
            t("Fragments in which others speak about a family, per code."),
            "o_",
            data.told.about,
            spoken=False,
        ),
    )


def family_data(
    project: ProjectFile,
    book: Codebook,
    instrument: Instrument | None,
    *,
    settings: Settings | None,
    which: Which,
) -> FamilyData:
    """Load it. `book` has its counts."""
    everybody = families.families(project)
    domains = scores.domain_list(project)
    change = None
    if instrument is not None:
        change = scored_change(project, instrument, domains=domains, families=everybody, settings=settings)
    codes = [code for code in book if which is Which.ALL or (code.codings if which is Which.USED else code.evidence)]
    told = family_codes(project)
    kinds = declared.attribute_kinds(project)
    return FamilyData(everybody, kinds, codes, told, stories.stories(project), change, settings or Settings(), domains)


def said_of(data: FamilyData, tables: Sequence[DataTable]) -> list[tuple[str, object]]:
    """What each table is, and how was counted."""
    said: list[tuple[str, object]] = [(each.name, each.what) for each in tables]
    said.append((t("families"), len(data.families)))
    said.append((t("families without any words"), len(data.families) - len(data.told.with_words)))
    said.append(("0/1", t("A family without any words has empty cells, not zeros.")))
    if data.change is not None:
        pairs, used = data.change.pairs, data.settings
        said += [
            ("instrument", f"{data.change.instrument.name} ({data.change.instrument.key})"),
            (t("days"), used.days),
            (t("window"), used.window),
            (t("persons of a family"), t(pairs.rule.label)),
            (t("families followed"), len(pairs.followed)),
        ]
    return said


Part = tuple[Column, Callable[[Family], Cell]]
"""A column, and what stands in it for a family."""


def _table(name: str, what: str, parts: Sequence[Part], families: Sequence[Family]) -> DataTable:
    names = unique_names([column.name for column, _ in parts])
    columns = tuple(
        Column(unique, each.label, each.kind, each.measure, each.values, each.source)
        for unique, (each, _) in zip(names, parts, strict=True)
    )
    rows = tuple(tuple(value(family) for _, value in parts) for family in families)
    return DataTable(name, what, columns, rows)


def _family() -> Part:
    return Column("gezin", t("code of the family"), "text", "nominal"), lambda family: family.key


def _matrix(data: FamilyData) -> DataTable:
    words = {value: t(word) for value, word in YES_NO.items()}
    has_words: Part = (
        Column("woorden", t("whether there are words of the family at all"), "number", "nominal", words),
        lambda family: int(family.key in data.told.with_words),
    )
    parts = [_family(), *_known(data), has_words, *_stories(data.stories), *_changes(data)]
    parts += [_told(code, data.told, words) for code in data.codes]
    return _table(
        "gezinnen",
        t("One row per family: what is known of it, how its scores went, what it tells of."),
        parts,
        data.families,
    )


def _told(code: Code, told: FamilyCodes, words: Mapping[int, str]) -> Part:
    label = t("tells of: {name}", name=code.name)
    return Column(
        f"c_{code.key}", label, "number", "nominal", words, code.key
    ), lambda family: int(told.own.get(family.key, {}).get(code.id, 0) > 0) if family.key in told.with_words else None


def _counts(data: FamilyData, name: str, what: str, prefix: str, counts: Counts, *, spoken: bool) -> DataTable:
    def part(code: Code) -> Part:
        column = Column(f"{prefix}{code.key}", t("fragments: {name}", name=code.name), source=code.key)
        return (
            column,
            lambda family: (
                counts.get(family.key, {}).get(code.id, 0) if not spoken or family.key in data.told.with_words else None
            ),
        )

    return _table(name, what, [_family(), *map(part, data.codes)], data.families)


# -- what is known of a family -----------------------------------------------------------------------------------------


def _known(data: FamilyData) -> list[Part]:
    """Municipality, the latest period of support, attributes. Never the coach: no table goes by that."""
    parts: list[Part] = [
        (Column("gemeente", t("municipality"), "text", "nominal"), lambda family: family.municipality),
        (
            Column("trajecten", t("periods of support"), "number", "scale"),
            lambda family: len(family.trajectories),
        ),
        (
            Column("gestart", t("start of the latest period of support"), "date", "scale"),
            lambda family: family.latest.start if family.latest else None,
        ),
        (
            Column("gestopt", t("end of it"), "date", "scale"),
            lambda family: family.latest.end if family.latest else None,
        ),
        _of_latest("einde", t("why it ended"), lambda each: each.reason),
        _of_latest("project", t("project"), lambda each: each.project),
        _of_latest("verwijzer", t("who referred the family"), lambda each: each.referrer),
        _of_latest("gekend", t("known before or new"), lambda each: each.known),
    ]
    numbers = {kind.name for kind in data.kinds if kind.kind is ValueKind.NUMBER}
    names = dict.fromkeys(name for family in data.families for name, _ in family.attributes)
    return parts + [_attribute(name, is_number=name in numbers) for name in names]


def _of_latest(name: str, label: str, value: Callable[[Trajectory], str]) -> Part:
    return Column(name, label, "text", "nominal"), lambda family: value(family.latest) if family.latest else ""


def _attribute(name: str, *, is_number: bool) -> Part:
    label = t("attribute: {name}", name=name)
    if is_number:
        return Column(f"a_{name}", label, "number", "scale", source=name), lambda family: _number(
            family.attribute(name)
        )
    return Column(f"a_{name}", label, "text", "nominal", source=name), lambda family: family.attribute(name)


def _number(written: str) -> float | None:
    try:
        return float(written.replace(",", "."))
    except ValueError:
        return None


def _stories(stories: Sequence[Story]) -> list[Part]:
    def part(answer: StoryAnswer) -> Part:
        label = t("stories: {answer}", answer=t(answer.label))
        return Column(f"verhalen_{answer.value}", label), lambda family: sum(
            each.family == family.key and each.answer is answer for each in stories
        )

    return [part(answer) for answer in StoryAnswer]


# -- how the scores went -----------------------------------------------------------------------------------------------


def _changes(data: FamilyData) -> list[Part]:
    """Per life domain of the instrument, and over all its items; empty where a family has no pair."""
    change = data.change
    if change is None:
        return []
    words = {value: t(word) for value, word in WENT.items()}
    name = change.instrument.name
    parts: list[Part] = [
        (
            Column("v_alles", t("{instrument}: all items together", instrument=name), "number", "ordinal", words),
            lambda family: change.standing.get(family.key),
        )
    ]
    for domain in data.domains.domains:
        found = change.domains.get(domain.key)
        if found is not None:
            label = t("{instrument}: {domain}", instrument=name, domain=domain.name)
            parts.append((Column(f"v_{domain.key}", label, "number", "ordinal", words, domain.key), _went(found)))
    return parts


def _went(change: Change) -> Callable[[Family], Cell]:
    same = change.stayed | change.unseen

    def value(family: Family) -> Cell:
        if family.key in change.rose:
            return 1
        if family.key in change.fell:
            return -1
        return 0 if family.key in same else None

    return value
