"""What the command line shows to somebody who codes blind, since he or she has a text as second coder: only the own codings.

A door that hides writes nothing, so only commands that list and count go through one. What gives out everything (reports,
exports, agreement) is refused by the rooms below; what writes shows no codings of others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.api.project import Project

LISTING = frozenset(
    {
        "sources",
        "codings",
        "codebook",
        "codebook sheet",
        "suggest",
        "history",
        "memos",
        "memos export",
        "crosstab",
        "quotes",
        "cooccurrence",
        "typology",
        "joint",
        "verdict families",
        "scheme",
        "second list",
    }
)
"""Commands that list or count codings, and only read."""


def hide_if_asked(project: Project) -> str:
    """Hide the codings of others for a command that lists them; give the sentence that says so, if they are."""
    if _command() not in LISTING or not project.must_hide:
        return ""
    project.hide_others(True)
    return t("You have a text as second coder: you see only your own codings until it is taken back.")


def _command() -> str:
    names: list[str] = []
    context = click.get_current_context(silent=True)
    while context is not None and context.parent is not None:
        names.append(context.info_name or "")
        context = context.parent
    return " ".join(reversed(names))
