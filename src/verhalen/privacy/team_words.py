"""A small door of the gate for what names families: through it goes what stays in the team, and nothing else."""

from __future__ import annotations

from verhalen.privacy.clearance import _SEAL, Audience, Cleared


def clear_team_words(text: str, audience: Audience) -> Cleared[str] | None:
    """Words with codes of families, or about one family; None for everybody outside the team."""
    return Cleared(text, _SEAL) if audience is Audience.INTERNAL else None
