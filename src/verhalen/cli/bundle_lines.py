"""In sentences what a bundle holds, what came in, and what is left to decide."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.cli.output import left_lines
from verhalen.i18n import t, tn
from verhalen.model.merging import to_look_at

if TYPE_CHECKING:
    from verhalen.model.merging import Came, OpenDecision, Sent, Side, Taken

_SHOWN = 10
"""Open decisions that are shown in full after a bundle came in; all stand in `bundle open`."""
_KEY = 6
"""Characters of a key that are shown, where they tell it apart."""


def moment(time: str) -> str:
    """ISO time to the minute, where the reader sits."""
    import datetime as dt

    return dt.datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")


def sent(what: Sent, target: Path, partner: str) -> list[str]:
    """What was written, and what to do with it."""
    return [
        t("Written to {file}.", file=target),
        "  " + ", ".join(_counted(what, sources=what.sources)),
        _since(what, partner),
        t("Send the file, and tell the passphrase another way. There they run: verhalen bundle in FILE"),
    ]


def _since(what: Sent, partner: str) -> str:
    if what.since:
        return t("It holds what is new since the bundle of {name} of {time}.", name=partner, time=moment(what.since))
    if partner:
        return t("Nothing came in from {name} yet, so it holds everything.", name=partner)
    return t("It holds everything.")


# -- in ----------------------------------------------------------------------------------------------------------------


def is_nothing(taken: Taken) -> bool:
    """Whether all of it is here already."""
    return not (taken.changes or taken.withdrawn or taken.decisions)


def coming(would: Taken, file: Path) -> list[str]:
    """What would come in."""
    if is_nothing(would):
        return [_nothing(file)]
    return [t("This comes in from {file}:", file=file.name), *_body(would, will=True)]


def came(taken: Taken, file: Path, waiting: int, *, seen: bool = False) -> list[str]:
    """What came in, and what to do next; not all of it once more where somebody saw it just now."""
    if is_nothing(taken):
        return [_nothing(file), *_left(taken, waiting)]
    body = [_numbers(taken)] if seen else _body(taken, will=False)
    return [t("Taken in from {file}:", file=file.name), *body, *_left(taken, waiting), *_back(taken)]


def _back(taken: Taken) -> list[str]:
    """Nobody can take back a withdrawal, so where one came along nothing is promised."""
    return [] if taken.withdrawn else [t("Undo with: verhalen undo, as long as nothing else was done.")]


def begun(taken: Taken, file: Path, folder: Path) -> list[str]:
    """A project that was made of a bundle."""
    return [
        t("Made a project in {folder} from {file}:", folder=folder, file=file.name),
        *_body(taken, will=False),
        *_left(taken, len(taken.decisions)),
        t("Work in it as you like; send what you did with: verhalen bundle out -o FILE"),
    ]


def _nothing(file: Path) -> str:
    return t("Nothing new in {file}: all of it is here already.", file=file.name)


def _body(taken: Taken, *, will: bool) -> list[str]:
    return [
        _numbers(taken),
        *(f"  {each.name}: " + ", ".join(_counted(each)) for each in taken.people),
        *_gone(taken, will=will),
        *_same_names(taken),
        *to_look_at(taken),
        *_arising(taken, will=will),
    ]


def _numbers(taken: Taken) -> str:
    counted = _counted(taken, sources=taken.sources)
    if taken.others:
        counted.append(tn("{n} row of other things", "{n} rows of other things", taken.others))
    return "  " + ", ".join(counted)


def _counted(what: Sent | Taken | Came, *, sources: int = 0) -> list[str]:
    codings, stories, snapshots = what.codings, what.stories, what.snapshots
    return [
        tn("{n} change", "{n} changes", what.changes),
        *([tn("{n} text", "{n} texts", sources)] if sources else []),
        *([tn("{n} coded fragment", "{n} coded fragments", codings)] if codings else []),
        *([tn("{n} story", "{n} stories", stories)] if stories else []),
        *([tn("{n} snapshot", "{n} snapshots", snapshots)] if snapshots else []),
    ]


def _gone(taken: Taken, *, will: bool) -> list[str]:
    """What others withdrew or corrected away."""
    n, said = taken.withdrawn, []
    if n and will:
        said.append(
            tn(
                "Withdrawn elsewhere: {n} row goes here too, with all that hangs on it. That cannot be undone.",
                "Withdrawn elsewhere: {n} rows go here too, with all that hangs on them. That cannot be undone.",
                n,
            )
        )
    elif n:
        said.append(
            tn(
                "Withdrawn elsewhere: {n} row went here too, with all that hung on it.",
                "Withdrawn elsewhere: {n} rows went here too, with all that hung on them.",
                n,
            )
        )
    if taken.ended:
        said.append(
            tn(
                "{n} coded fragment ends: its words were corrected away.",
                "{n} coded fragments end: their words were corrected away.",
                taken.ended,
            )
        )
    return said


def _same_names(taken: Taken) -> list[str]:
    return [
        t("Two people are called {name}. They stay two; agree on which names you use from now on.", name=name)
        for name in taken.same_names
    ]


def _arising(taken: Taken, *, will: bool) -> list[str]:
    n = len(taken.decisions)
    if not n:
        return []
    head = (
        tn(
            "{n} thing would be left to decide; until then the first holds:",
            "{n} things would be left to decide; until then the first of each holds:",
            n,
        )
        if will
        else tn(
            "{n} thing is left to decide; until then the first holds:",
            "{n} things are left to decide; until then the first of each holds:",
            n,
        )
    )
    shown = [line for each in taken.decisions[:_SHOWN] for line in decision(each)]
    more = n - _SHOWN
    return [head, *shown, *([tn("and {n} more", "and {n} more", more)] if more > 0 else [])]


def _left(taken: Taken, waiting: int) -> list[str]:
    said = []
    if waiting:
        said.append(
            tn(
                "{n} decision is open. See it with: verhalen bundle open",
                "{n} decisions are open. See them with: verhalen bundle open",
                waiting,
            )
        )
    return [*said, *left_lines(taken.left, clean=taken.clean)]


# -- decisions ---------------------------------------------------------------------------------------------------------


def open_ones(found: Iterable[OpenDecision]) -> list[str]:
    """All of them, and how to choose."""
    every = list(found)
    if not every:
        return [t("Nothing is left to decide.")]
    enough = _enough([each.key for each in every])
    return [
        *(line for each in every for line in decision(each, key=each.key[:enough])),
        t("The first of each holds now. Choose with: verhalen bundle decide KEY SIDE"),
    ]


def _enough(keys: list[str]) -> int:
    """Characters by which all keys differ; a person types them."""
    length = _KEY
    while len({key[:length] for key in keys}) < len(keys):
        length += 1
    return length


def decision(each: OpenDecision, *, key: str = "") -> list[str]:
    """Subject, behind its key where one can choose, then a line for each side."""
    about = f"{each.what}, {each.field}" if each.field else each.what
    return [
        f"{key}  {about}" if key else f"  {about}",
        *(f"    {number}. {_side(each, side)}" for number, side in enumerate(each.sides, 1)),
    ]


def _side(each: OpenDecision, side: Side) -> str:
    """What was said, behind by whom and when; a choice that nobody made yet is offered alone."""
    by = ", ".join([side.who, *([moment(side.time)] if side.time else [])]) if side.who else ""
    return f"{by}: {value(each, side)}" if by else value(each, side)


def value(each: OpenDecision, side: Side) -> str:
    """What somebody made of it, on one line."""
    if side.value.strip():
        return " ".join(side.value.split())
    return t("removed") if each.kind == "removed" else t("left empty")


def decided(each: OpenDecision, side: Side, waiting: int) -> list[str]:
    """What holds now, and how many are left."""
    about = f"{each.what}, {each.field}" if each.field else each.what
    left = tn("{n} decision is still open.", "{n} decisions are still open.", waiting) if waiting else ""
    return [
        t("Chosen for {about}: {value}", about=about, value=value(each, side)),
        left or t("Nothing is left to decide."),
    ]
