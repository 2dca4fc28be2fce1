"""Words and numbers together: joint displays and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from verhalen import errors
from verhalen.analysis.joint import JointRow
from verhalen.i18n import t
from verhalen.model.verdict import Relation
from verhalen.privacy.clearance import Audience
from verhalen.report.building import Built, build
from verhalen.report.checking import Checked, check
from verhalen.report.data import load
from verhalen.report.first_version import write_first_version
from verhalen.report.front import Front
from verhalen.report.ledger import look
from verhalen.report.log import MaskedEntry
from verhalen.report.previewing import Previewer
from verhalen.report.questions import Question, answers_of, questions
from verhalen.report.refreshing import Refreshed, refresh
from verhalen.store import sight
from verhalen.store.project import ProjectFile


class Reports:
    """`project.reports`."""

    def __init__(self, file: ProjectFile, workspace: Path) -> None:
        self._file = file
        self._workspace = workspace

    def sources(self) -> list[Path]:
        """Report sources (Markdown) in `exports/`, by name."""
        return sorted((self._workspace / "exports").glob("*.md"))

    def questions(self, given: Mapping[str, str] | None = None) -> tuple[Question, ...]:
        """What is asked before a report is begun, with defaults from the project and from what was answered so far."""
        return questions(self._file, given or {})

    def new(
        self,
        path: Path,
        given: Mapping[str, str] | None = None,
        *,
        period: tuple[dt.date, dt.date] | None = None,
    ) -> Path:
        """Write a complete first version; what was not answered takes its default. An existing file is never overwritten.

        `given` has answers by the key of their question; without any it is for a city council. Raises BadInput, FileExists.
        """
        if path.suffix.lower() != ".md":
            raise errors.BadInput(reason=t("the text of a report is a file whose name ends in .md"))
        if path.exists():
            raise errors.FileExists(file=path.name)
        said = dict(given or {})
        if period is not None:
            said["period"] = f"{period[0]}..{period[1]}"
        wanted = answers_of(self._file, said)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_first_version(path, wanted)
        return path

    def build(
        self, source: Path, out: Path, *, audience: Audience | None = None, template: Path | None = None
    ) -> Built:
        """Build a Word report. Raises BadReport with the line, BadTemplate, CannotWrite."""
        sight.refuse_blind(self._file)
        return build(self._file, source, out, audience=audience, template=template)

    def check(self, path: Path, *, day: dt.date | None = None) -> Checked:
        """What of a report that was built still holds today; running counts end on the day of building unless `day` says otherwise.

        Raises UnreadableFile and its kinds, NotOurReport, OtherProjectReport, NewerReport.
        """
        sight.refuse_blind(self._file)
        return check(self._file, path, day=day)

    def refresh(self, path: Path, out: Path | None = None, *, day: dt.date | None = None) -> Refreshed:
        """New numbers, tables, charts and quotes in a document that somebody went on writing in; all else stays as it is.

        In the place of the file, with a copy of before beside it, or as `out`. Raises what `check` raises, and
        ProtectedReport and CannotWrite.
        """
        sight.refuse_blind(self._file)
        return refresh(self._file, path, out, day=day)

    def previewer(self, *, report: str = "") -> Previewer:
        """Who makes previews of a report while it is being written; for the thread of this project.

        `report` is the name of its file: what was only built under it does not stand in its way.
        """
        sight.refuse_blind(self._file)
        return Previewer(self._file, report=report)

    def ladder(self, source: Path, *, audience: Audience | None = None) -> tuple[MaskedEntry, ...]:
        """Which tables of a report would hide numbers, and what could be done about each: nothing is written.

        Raises BadReport with the line.
        """
        sight.refuse_blind(self._file)
        return look(self._file, source, audience=audience)

    def joint(self, *, instrument: str = "", audience: Audience = Audience.INTERNAL) -> tuple[JointRow, ...]:
        """J1: numbers and words side by side, per group of life domains."""
        return load(self._file, Front(instrument=instrument), audience).joint

    def decide(self, target: str, relation: Relation, sentence: str) -> None:
        """Write down what the team says of a life domain or group, with its reason in a full sentence: see `joining.decide`."""
        from verhalen.api.joining import Joining

        Joining(self._file, self._workspace).decide(target, relation, sentence)
