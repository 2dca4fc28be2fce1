"""Families as lists and windows show them: by code, and by nickname where the key is on this computer."""

from __future__ import annotations

from verhalen.api.project import Project
from verhalen.model.family import Family
from verhalen.tui.coding_fuzzy import Entry


def family_entry(project: Project, family: Family) -> Entry:
    """A line of a window in which a family is picked: code, then nickname and town; all three can be typed."""
    nickname = project.privacy.nicknames().get(family.key, "")
    return Entry(family.key, " · ".join(part for part in (nickname, family.municipality) if part), family.coach)
