"""What the screens of numbers and stories read, beside the screen, in one steady look."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from verhalen.analysis.change_table import Per
from verhalen.analysis.joint import JointRow
from verhalen.analysis.joint_cases import Case
from verhalen.analysis.joint_data import DEFAULT_INSTRUMENT, JointChoice, JointData
from verhalen.analysis.joint_families import FamilyApart
from verhalen.analysis.joint_parts import Tellings
from verhalen.analysis.perspectives import tells_itself
from verhalen.analysis.tally import Piece
from verhalen.api.project import Project
from verhalen.model.story import Story
from verhalen.tui.change_choices import Asked


@dataclass(frozen=True, slots=True)
class Joint:
    """The rows, and by what they were counted."""

    rows: tuple[JointRow, ...]
    key: str
    """Of the instrument."""
    instrument: str
    """Its name."""
    data: JointData
    """What it was counted from; its project is closed by now."""

    def row(self, key: str) -> JointRow | None:
        """One row."""
        return next((each for each in self.rows if each.key == key), None)


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind one row."""

    row: JointRow
    stories: tuple[Story, ...]
    """Told by families."""
    stories_about: tuple[Story, ...]
    """Told by others about them."""
    own: tuple[Piece, ...]
    about: tuple[Piece, ...]


def load(project: Project, asked: Asked, *, today: dt.date) -> JointData:
    """One look. Raises UnknownInstrument where there is none, BadInput."""
    year = asked.year
    period = (dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else None
    choice = JointChoice(instrument=asked.instrument or _usual(project), period=period, settings=asked.settings)
    return project.joining.load(choice, today=today)


def _usual(project: Project) -> str:
    """The instrument of the reports; where it is not there, the first by which families are asked. Empty for none."""
    asked = [each.key for each in project.scores.instruments() if each.asked and each.kind != "afgeleid"]
    return DEFAULT_INSTRUMENT if DEFAULT_INSTRUMENT in asked else next(iter(asked), "")


def read_joint(project: Project, asked: Asked, *, today: dt.date) -> Joint:
    """J1: a row per group, or per life domain; adults and children apart or not."""
    data = load(project, asked, today=today)
    return _joint(project, asked, data)


def _joint(project: Project, asked: Asked, data: JointData) -> Joint:
    rows = project.joining.side_by_side(data, by_domain=asked.per is Per.DOMAIN, apart=asked.apart)
    return Joint(rows, data.instrument.key, data.instrument.name, data)


def read_behind(project: Project, asked: Asked, key: str, *, today: dt.date) -> Behind | None:
    """One row with all that is behind it; None where it is no more."""
    data = load(project, asked, today=today)
    row = _joint(project, asked, data).row(key)
    if row is None:
        return None
    pieces = [each for each in data.pieces if each.domain in row.domains and each.kind != "story"]
    stories = [each for each in data.stories if set(row.domains) & set(each.domains)]
    about = [each for each in pieces if each.family is None and each.about]
    if asked.apart:
        tellings = Tellings(data.families, data.stories)
        part = next(each for each in tellings.parts if key.endswith(f".{each.key}"))
        pieces = [each for each in pieces if tellings.part_of(each) is part]
        stories = [each for each in stories if part in tellings.parts_of(each)]
        about = about if part is tellings.parts[0] else []
    return Behind(
        row=row,
        stories=tuple(each for each in stories if tells_itself(each)),
        stories_about=tuple(each for each in stories if not tells_itself(each)),
        own=tuple(each for each in pieces if each.family is not None),
        about=tuple(about),
    )


def read_apart(project: Project, asked: Asked, *, today: dt.date) -> tuple[FamilyApart, ...]:
    """Families whose words and numbers contradict each other, those to work through first."""
    return project.joining.families_apart(load(project, asked, today=today))


def read_case(project: Project, asked: Asked, family: str, *, today: dt.date) -> Case | None:
    """J3 of one family; None where it is not in the period."""
    found = project.joining.cases(load(project, asked, today=today), family=family, today=today)
    return found[0] if found else None
