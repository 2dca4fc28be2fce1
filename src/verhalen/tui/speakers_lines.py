"""Lines of the screen of speakers: a speaker with a bar for the share of words, a turn with its first words. Pure."""

from __future__ import annotations

from textual.content import Content

from verhalen.api.speakers import Voice
from verhalen.i18n import mark, t, tn
from verhalen.model.text import Turn

ROLES = {
    "gezinscoach": mark("family coach"),
    "coordinator": mark("coordinator"),
    "onderzoeker": mark("researcher"),
}
"""Professional roles that can be chosen; the key is what is stored."""


def name_text(name: str | None) -> str:
    """The name, or who speaks where no name stands."""
    return t("(nobody in particular)") if name is None else name


def role_text(role: str) -> str:
    """A role as people read it; one of one's own stays as it was typed."""
    return t(ROLES[role]) if role in ROLES else role


def link_text(voice: Voice) -> str:
    """Who it is: G012.moeder (ouder)."""
    role = role_text(voice.role)
    if voice.person is None:
        return role
    return f"{voice.person} ({role})" if role else voice.person


def voice_line(voice: Voice, *, maybe: str | None, bar: int) -> Content:
    """Name and person; below it the share as a bar of `bar` cells and in words."""
    head = Content(name_text(voice.name)).stylize("bold")
    if voice.is_linked:
        head = Content.assemble(head, f"  {link_text(voice)}")
    elif maybe is not None:
        head = Content.assemble(head, "  ", t("the same as {name}?", name=maybe))
    elif voice.name is not None:
        head = Content.assemble(head, "  ", Content(t("who is it?")).stylize("italic"))
    share = voice.share or 0.0
    full = max(round(share * bar), 1 if voice.words else 0)
    percent = "" if voice.share is None else f"{share:>4.0%}"
    counts = f"{turns_text(voice.turns)} · {tn('{n} word', '{n} words', voice.words)}"
    return Content.assemble(head, "\n", "█" * full + "░" * (bar - full), f" {percent}  {counts}")


def turns_text(count: int) -> str:
    """How many turns."""
    return tn("{n} turn", "{n} turns", count)


def turn_line(text: str, turn: Turn, *, number: int, room: int) -> Content:
    """Which turn of the talk it is, and its first words, in `room` characters."""
    words = " ".join(text[turn.start : min(turn.stop, turn.start + 2 * room)].split())
    if len(words) > room or turn.stop - turn.start > 2 * room:
        words = words[: room - 1].rstrip() + "…"
    return Content.assemble(Content(f"{number}  ").stylize("bold"), words)
