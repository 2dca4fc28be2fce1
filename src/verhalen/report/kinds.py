"""The kinds of reports that can be begun, each with its first version as a file beside this one."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from verhalen.i18n import mark
from verhalen.privacy.clearance import Audience
from verhalen.report.front import Front, split_front


class Kind(StrEnum):
    """For whom a report is begun."""

    COUNCIL = "council"
    MONTH = "month"
    TEAM = "team"
    RESEARCH = "research"

    @property
    def label(self) -> str:
        """Marked words for people."""
        return {
            "council": mark("the city council"),
            "month": mark("the team: one page about a month"),
            "team": mark("team and partners: what you told, and what became of it"),
            "research": mark("researchers, with COREQ, SRQR and GRAMMS"),
        }[self]

    @property
    def text(self) -> str:
        """The first version, with its places between `@`."""
        return _text(_FILES[self.value])

    @property
    def front(self) -> Front:
        """Title and subtitle, as long as nobody chose others."""
        kept = [line for line in self.text.split("\n") if not line.startswith(("periode:", "instrument:", "@"))]
        return split_front(kept)[0]

    @property
    def audience(self) -> Audience:
        """Whose rules for small numbers it follows."""
        return self.front.audience or Audience.COUNCIL


_FILES = {"council": "raad.md", "month": "maand.md", "team": "team.md", "research": "onderzoek.md"}


@lru_cache(maxsize=8)
def _text(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")
