"""What imports from other programs told, kept to be read again: the numbers and sentences, never a word or name of a text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from verhalen.store import drafts
from verhalen.store.project import ProjectFile, now

_KEY = "import.report."
_MOST = 50


@dataclass(frozen=True, slots=True)
class Report:
    """One import."""

    time: str
    file: str
    lines: tuple[str, ...]
    """In the language in which it was told."""


def keep_report(project: ProjectFile, file: str, lines: Iterable[str]) -> None:
    """Keep what was told; an import that is undone keeps its report."""
    time = now()
    said = json.dumps({"time": time, "file": file, "lines": list(lines)}, ensure_ascii=False)
    number = len(drafts.views(project, _KEY)) % _MOST
    drafts.keep_view(project, f"{_KEY}{number:03}", said)


def kept_reports(project: ProjectFile) -> list[Report]:
    """All that are kept, newest first."""
    found = [json.loads(each) for each in drafts.views(project, _KEY).values()]
    reports = [Report(each["time"], each["file"], tuple(each["lines"])) for each in found]
    return sorted(reports, key=lambda each: each.time, reverse=True)
