"""Build a report beside the screen: into a folder of its own, so that stopping leaves everything as it was."""

from __future__ import annotations

import shutil
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.api.project import Project

if TYPE_CHECKING:
    from verhalen.report.building import Built


class ReportJob:
    """One building. `run` belongs on another thread; `stop` may come from any."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self.target = source.with_suffix(".docx")
        """Where the Word document will stand."""
        self._stopped = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether somebody stopped it: its result counts no more."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """What is still being built is thrown away when it is done."""
        self._stopped.set()

    def run(self, project: Project) -> Built | None:
        """Build with a door of this thread; None where it was stopped. Raises what building raises."""
        try:
            folder = Path(tempfile.mkdtemp(prefix=".", dir=self.source.parent))
        except OSError as error:
            raise errors.CannotWrite(file=self.target.name, reason=errors.why_not_written(error)) from error
        try:
            with project.sibling() as own:
                own.hide_others(False)  # a report counts everybody's
                built = own.reports.build(self.source, folder / self.target.name)
            if self.stopped:
                return None
            return _put(built, self.target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _put(built: Built, target: Path) -> Built:
    """Whole or not at all; Word on Windows holds an open document. What was written in the old one is kept beside it."""
    from verhalen.report.docx_package import keep_edited, refuse_open
    from verhalen.report.docx_writer import edited

    refuse_open(target)
    try:
        kept = keep_edited(target)
        built.path.replace(target)
    except PermissionError as error:
        raise errors.LockedFile(file=target.name) from error
    except OSError as error:
        raise errors.CannotWrite(file=target.name, reason=errors.why_not_written(error)) from error
    return replace(built, warnings=(edited(target, kept), *built.warnings)) if kept else built
