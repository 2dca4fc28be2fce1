"""One signal in reading order, and its places in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from verhalen.api.project import Project
from verhalen.i18n import t, tn
from verhalen.model.following import Signal, SignalPlace
from verhalen.tui.page import HEADING, MUTED, TITLE, Line, heading
from verhalen.tui.words import day_text

_QUOTED = 160
"""Letters of a fragment that the page repeats."""


def stage(each: Signal) -> str:
    """How far it is, in a word or two."""
    if each.resulted:
        return t("with a result")
    if each.answered:
        return t("answered")
    return t("handed on") if each.told else t("not told yet")


def signal_page(project: Project, each: Signal, domains: Mapping[str, str]) -> Iterator[Line]:
    """Everything of it."""
    yield Line(f"{each.key}  {each.barrier}", TITLE)
    facts = [each.service, domains.get(each.domain, each.domain), t("noted on {day}", day=day_text(each.noted))]
    yield Line(" · ".join(part for part in facts if part), MUTED)
    families = sorted(project.privacy.family_label(key) for key in each.families)
    count = tn("{n} family meets this", "{n} families meet this", len(families))
    yield Line(f"{count}{': ' if families else ''}{', '.join(families)}", HEADING)
    for title, words, day in (
        (t("Told to"), each.whom, each.told),
        (t("Answer"), each.answer, each.answered),
        (t("Result"), each.result, each.resulted),
    ):
        yield from heading(f"{title} ({day_text(day)})" if day else title)
        yield Line(words or _nothing(day), "" if words else MUTED, 2)
    yield from heading(t("Where it was seen"))
    for place in each.places:
        yield Line(place_text(project, place), indent=2)
    if not each.places:
        yield Line(t("No place is noted."), MUTED, 2)


def _nothing(day: dt.date | None) -> str:
    return t("without words") if day else t("not yet")


def place_text(project: Project, place: SignalPlace, *, most: int = _QUOTED) -> str:
    """A place in words: which story, family, snapshot or fragment."""
    family = project.privacy.family_label(place.family) if place.family else ""
    if place.source_id is not None:
        source = project.sources.get(place.source_id)
        words = " ".join(project.sources.text(source.number).text[place.start : place.stop].split())
        words = words if len(words) <= most else f"{words[: most - 1]}…"
        return " · ".join(part for part in (f"{source.number} {source.title}", family, f"“{words}”") if part)
    if place.story:
        return t("story {key} of family {family}", key=place.story, family=family)
    if place.snapshot_id is not None:
        return t("snapshot of family {family}", family=family)
    return t("family {key}", key=family)
