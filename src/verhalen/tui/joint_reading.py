"""What the screens of numbers and stories read, beside the screen, in one steady look."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from verhalen.analysis.change_table import Per
from verhalen.analysis.joint import JointRow
from verhalen.analysis.tally import Piece
from verhalen.api.project import Project
from verhalen.model.story import Story
from verhalen.privacy.clearance import Audience
from verhalen.report.data import load
from verhalen.report.front import Front
from verhalen.tui.change_choices import Asked


@dataclass(frozen=True, slots=True)
class Joint:
    """The rows, and what stands behind them."""

    rows: tuple[JointRow, ...]
    key: str
    """Of the instrument."""
    instrument: str
    """Its name."""
    pieces: tuple[Piece, ...]
    stories: tuple[Story, ...]

    def row(self, key: str) -> JointRow | None:
        """One row."""
        return next((each for each in self.rows if each.key == key), None)


def read_joint(project: Project, asked: Asked) -> Joint:
    """Count. Raises UnknownInstrument where there is none."""
    year = asked.year
    period = (dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else None
    front = Front(
        instrument=asked.instrument,
        period=period,
        days=asked.settings.days,
        window=asked.settings.window,
        rule=asked.settings.rule,
    )
    data = load(project.file, front, Audience.INTERNAL)
    assert asked.per in (Per.GROUP, Per.DOMAIN)
    return Joint(data.joint, data.change.instrument.key, data.change.instrument.name, data.pieces, data.stories)


def in_use(row: JointRow) -> bool:
    """Whether there is anything to discuss: numbers or words."""
    return bool(row.change and row.change.n) or bool(row.families_telling) or bool(row.about.total)


def pieces_of(joint: Joint, row: JointRow) -> tuple[list[Piece], list[Piece]]:
    """Fragments behind a row: in families' own words, and in which others speak about a family."""
    here = [each for each in joint.pieces if each.domain in row.domains]
    own = [each for each in here if each.family is not None and each.kind != "story"]
    return own, [each for each in here if each.family is None and each.about]
