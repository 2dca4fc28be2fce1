"""The families that a story may be about, and who of them may tell it, in finished words."""

from __future__ import annotations

import datetime as dt

from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.family import Family
from verhalen.tui.story_draft import COACH, SOMEBODY_ELSE


class People:
    """Families by key, those of the coach at work first."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.families: dict[str, Family] = {}
        self.read()

    def read(self) -> None:
        """Look again: there may be another one."""
        coder = self._project.coder.casefold()
        found = sorted(self._project.families.all(), key=lambda each: (each.coach.casefold() != coder, each.key))
        self.families = {each.key: each for each in found}

    def named(self) -> list[tuple[str, str]]:
        """Key and words of each: nickname where the key is here, town, coach."""
        label = self._project.privacy.family_label
        return [
            (key, " · ".join(part for part in (label(key), each.municipality, each.coach) if part))
            for key, each in self.families.items()
        ]

    def tellers(self, family: str) -> list[tuple[str, str]]:
        """Who may tell: members, the coach, somebody else."""
        members = [(each, each) for each in self.roles(family)]
        return [*members, (COACH, t("I saw it myself, as coach")), (SOMEBODY_ELSE, t("somebody else"))]

    def roles(self, family: str) -> dict[str, str]:
        """Role by member."""
        found = self.families.get(family)
        return {each.member: each.role for each in found.persons} if found else {}

    def moment(self, family: str, day: dt.date) -> str:
        """When in the support of a family a day lies; empty where that is not known."""
        found = self.families.get(family)
        moment = self._project.stories.moment_on(found, day)[0] if found else None
        return moment.value if moment else ""
