"""Why codings of others are not shown."""

from __future__ import annotations

from typing import Any

from verhalen import errors
from verhalen.i18n import t, tn
from verhalen.tui.commands.base import CommandScreen


def blind_words(count: int) -> str:
    """Somebody has texts as second coder."""
    return tn(
        "You are coding {n} text blind. Until it is taken back you see only your own codes, and no differences.",
        "You are coding {n} texts blind. Until they are taken back you see only your own codes, and no differences.",
        count,
    )


def why_not(screen: CommandScreen[Any], error: errors.VerhalenError) -> str:
    """Why there is nothing to see, in a sentence with what to do."""
    try:
        screen.project.refuse_blind()
    except errors.CodesBlind as blind:
        return blind_words(int(str(blind.values["n"])))
    if screen.frame.hides_others:
        key = screen.key_text(screen.commands["show-others"])
        return t("You chose to see only your own codings. {key} shows those of others again.", key=key)
    return str(error)
