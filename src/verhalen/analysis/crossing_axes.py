"""What the columns of a crosstab can be: what is known of families, who speaks, in which text, who coded."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from verhalen.analysis.crossing_change import ChangeOf, classes_of
from verhalen.analysis.crossing_names import unknown_axis
from verhalen.analysis.crossing_text import Texts, Voice
from verhalen.i18n import mark, t
from verhalen.model.crosstable import Axis, AxisKind
from verhalen.model.family import ROLES, Family, Known, Trajectory, ValueKind
from verhalen.model.text import Notice
from verhalen.store import crossing as store
from verhalen.store.declared import attribute_kinds
from verhalen.store.families import families as all_families
from verhalen.store.project import ProjectFile

CHANGE = "change"
COACH = "coach"
UNKNOWN = mark("value not known")
NO_FAMILY = "(geen gezin)"
"""Key of the column for words that are no family's and about none."""
OWN_NAME = ("kenmerk:", "attribute:")
"""Before the name of an attribute that is called as one of our axes is."""

_BUILT_IN: tuple[tuple[str, str, AxisKind, tuple[str, ...]], ...] = (
    ("gemeente", mark("municipality"), AxisKind.FAMILY, ("municipality",)),
    ("verwijzer", mark("referrer"), AxisKind.FAMILY, ("referrer",)),
    ("gekend", mark("known or new"), AxisKind.FAMILY, ("known",)),
    ("project", mark("project of the support"), AxisKind.FAMILY, ()),
    (COACH, mark("coach"), AxisKind.FAMILY, ("gezinscoach",)),
    (CHANGE, mark("change in the scores"), AxisKind.FAMILY, ("verandering",)),
    ("role", mark("role of who speaks"), AxisKind.VOICE, ("rol",)),
    ("speaker", mark("who speaks"), AxisKind.VOICE, ("spreker",)),
    ("person", mark("person of a family"), AxisKind.VOICE, ("persoon",)),
    ("year", mark("year"), AxisKind.SOURCE, ("jaar",)),
    ("half_year", mark("half-year"), AxisKind.SOURCE, ("halfjaar", "half-year", "period", "periode")),
    ("quarter", mark("quarter"), AxisKind.SOURCE, ("kwartaal",)),
    ("month", mark("month"), AxisKind.SOURCE, ("maand",)),
    ("source", mark("text"), AxisKind.SOURCE, ("bron",)),
    ("coder", mark("coder"), AxisKind.CODER, ("codeur",)),
)
_OF_TRAJECTORY: dict[str, Callable[[Trajectory], str]] = {
    "verwijzer": lambda each: each.referrer,
    "gekend": lambda each: each.known,
    "project": lambda each: each.project,
    COACH: lambda each: each.coach,
}
PERIODS: dict[str, Callable[[dt.date], str]] = {
    "year": lambda day: f"{day.year}",
    "half_year": lambda day: f"{day.year}-{1 if day.month <= 6 else 2}",
    "quarter": lambda day: f"{day.year}-k{(day.month + 2) // 3}",
    "month": lambda day: f"{day:%Y-%m}",
}


@dataclass(frozen=True, slots=True)
class Split:
    """An axis over one project: its columns, and which of them a family, a voice or a coder stands in."""

    axis: Axis
    keys: tuple[str, ...]
    """Of the columns, in order; "" for what has no value, last."""
    names: tuple[str, ...]
    families: Mapping[int, int]
    """Id of every family to its column; empty where the axis is not about families."""
    voices: tuple[int, ...]
    """Column of each voice; empty where the axis is not about who speaks or where."""
    coders: Mapping[int, int]
    """Id of a coder to the column; empty where the axis is another."""
    notes: tuple[Notice, ...] = ()


def axes(project: ProjectFile) -> list[Axis]:
    """All that columns can be: ours first, then the attributes that families have."""
    ours = [Axis(key, t(name), kind) for key, name, kind, _ in _BUILT_IN]
    taken = {each.key for each in ours}
    own = (Axis(f"{OWN_NAME[0]}{name}" if name in taken else name, name, AxisKind.FAMILY) for name in _own(project))
    return [*ours, *own]


def _own(project: ProjectFile) -> list[str]:
    """Attributes that families have, declared ones first."""
    names = dict.fromkeys(each.name for each in attribute_kinds(project))
    names |= dict.fromkeys(sorted({name for each in all_families(project) for name, _ in each.attributes}))
    return list(names)


def axis_named(project: ProjectFile, by: str) -> Axis:
    """The axis that is meant, capitals aside, by its key, its English or its Dutch name. Raises UnknownAxis."""
    wanted = by.strip().casefold()
    for key, name, kind, others in _BUILT_IN:
        if wanted in (key, *others):
            return Axis(key, t(name), kind)
    known = axes(project)
    for each in known:
        plain = {f"{prefix}{each.name}".casefold() for prefix in OWN_NAME}
        if wanted in (each.key.casefold(), *plain) or (wanted == each.name.casefold()):
            return each
    raise unknown_axis(by, [each.key for each in known])


def split_by(project: ProjectFile, axis: Axis, texts: Texts, change: ChangeOf) -> Split:
    """The columns of an axis. `change` says which change, where that is the axis. Raises UnknownInstrument, UnknownTarget."""
    match axis.kind:
        case AxisKind.FAMILY:
            return _by_family(project, axis, change)
        case AxisKind.VOICE:
            return _by_voice(axis, texts)
        case AxisKind.SOURCE:
            return _by_source(axis, texts)
        case AxisKind.CODER:
            return _by_coder(project, axis)


# -- families ----------------------------------------------------------------------------------------------------------


def _by_family(project: ProjectFile, axis: Axis, change: ChangeOf) -> Split:
    everybody = all_families(project)
    if axis.key == CHANGE:
        found = classes_of(project, everybody, change)
        place = {key: index for index, key in enumerate(found.keys)}
        families = {each.id: place[found.of_family[each.key]] for each in everybody}
        return Split(axis, found.keys, found.names, families, (), {}, found.notes)
    values = {each.id: _value(each, axis).strip() for each in everybody}
    keys = _ordered(values.values(), _choices(project, axis))
    place = {key: index for index, key in enumerate(keys)}
    names = [t(Known(key).label) if axis.key == "gekend" and key in set(Known) else key or t(UNKNOWN) for key in keys]
    return Split(axis, keys, tuple(names), {number: place[value] for number, value in values.items()}, (), {})


def _value(family: Family, axis: Axis) -> str:
    if axis.key == "gemeente":
        return family.municipality
    if axis.key in _OF_TRAJECTORY:
        return _OF_TRAJECTORY[axis.key](family.latest) if family.latest else ""
    return family.attribute(axis.name)


def _choices(project: ProjectFile, axis: Axis) -> Sequence[str]:
    """The order of the values that the project declared; none elsewhere."""
    if axis.key == "gekend":
        return tuple(Known)
    declared = (each for each in attribute_kinds(project) if each.name == axis.name)
    return next((each.choices for each in declared if each.kind is ValueKind.CHOICE), ())


def _ordered(values: Iterable[str], first: Sequence[str] = ()) -> tuple[str, ...]:
    """Different values: as declared, then by name with numbers as numbers, never by what came out; no value last."""
    rank = {value: index for index, value in enumerate(first)}
    return tuple(sorted(set(values), key=lambda value: (value == "", rank.get(value, len(rank)), natural(value))))


def natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """To sort `kind2` before `kind10`."""
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+", text.casefold())
    return tuple((not part[0].isdecimal(), int(part) if part[0].isdecimal() else 0, part) for part in parts)


# -- voices, texts, coders ---------------------------------------------------------------------------------------------


_SAID: dict[str, Callable[[Voice], str]] = {
    "role": lambda voice: voice.role.strip(),
    "speaker": lambda voice: voice.name.strip(),
    "person": lambda voice: voice.person,
}


def _by_voice(axis: Axis, texts: Texts) -> Split:
    values = [_SAID[axis.key](voice) for voice in texts.voices]
    keys = _ordered([*values, ""])
    place = {key: index for index, key in enumerate(keys)}
    names = [t(ROLES[key]) if axis.key == "role" and key in ROLES else key or t(UNKNOWN) for key in keys]
    return Split(axis, keys, tuple(names), {}, tuple(place[value] for value in values), {})


def _by_source(axis: Axis, texts: Texts) -> Split:
    if axis.key == "source":
        keys = tuple(str(row.number) for row in texts.sources)
        of_source: Sequence[int] = range(len(keys))
        names, notes = tuple(row.title for row in texts.sources), tuple[Notice, ...]()
    else:
        values = [PERIODS[axis.key](_day(row)) for row in texts.sources]
        keys = names = _ordered(values)
        place = {key: index for index, key in enumerate(keys)}
        of_source = [place[value] for value in values]
        notes = _dated(texts.sources)
    return Split(axis, keys, names, {}, tuple(of_source[voice.source] for voice in texts.voices), {}, notes)


def _day(row: store.SourceRow) -> dt.date:
    if row.told:
        return dt.date.fromisoformat(row.told)
    return dt.datetime.fromisoformat(row.imported).astimezone().date()


def _dated(rows: Sequence[store.SourceRow]) -> tuple[Notice, ...]:
    imported = sum(not row.told for row in rows)
    message = mark(
        "The period is that of the text: the day a story was told; for {n} other texts the day they were read in."
    )
    return (Notice(None, message, {"n": imported}),) if imported else ()


def _by_coder(project: ProjectFile, axis: Axis) -> Split:
    named = {number: name for number, name, _ in store.coder_sources(project)}
    coders = sorted(named, key=lambda number: (natural(named[number]), number))
    seen: Counter[str] = Counter()
    keys: list[str] = []
    for number in coders:
        name = named[number]
        seen[name] += 1
        # Names may repeat: the identity tells coders apart.
        keys.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return Split(axis, tuple(keys), tuple(keys), {}, (), {number: index for index, number in enumerate(coders)})
