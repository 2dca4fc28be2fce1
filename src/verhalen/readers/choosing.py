"""Which of the possible labels are speakers: what one line cannot tell, the pattern of the whole text can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from verhalen.readers.labels import Label

_SPARSE = 10_000
"""Characters per label beyond which a text is a report with colons, not a talk."""
_OWN_SHARE = 8
"""Names on lines of their own make up at least one line in so many; a page heading that repeats does not."""


@dataclass(frozen=True, slots=True)
class Scan:
    """All possible labels of a text, in order, and its size."""

    labels: tuple[Label, ...]
    lines: int
    """Lines that are not blank."""
    paragraphs: int
    length: int
    """Characters, those of blank lines not counted: a million of these make no talk sparse."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The labels that are speakers, in order, and what else looked like one."""

    labels: tuple[Label, ...] = ()
    once: frozenset[str] = field(default=frozenset())
    """Keys that were taken though they stand there only once, because of what the rest of the text does."""
    refused: tuple[Label, ...] = ()


def choose(scan: Scan) -> Choice:
    """Take labels that repeat, are marked, or together begin most paragraphs; the commonest style decides."""
    body = _behind_header(scan.labels)
    colons = [label for label in body if label.style == "colon"]
    keys = _colon_keys(colons, scan)
    keys |= _in_company(colons, keys, scan)
    taken = [label for label in body if _fits(label, keys)] if keys else _without_colon(body, scan)
    chosen = {label.at.line for label in taken}
    refused = tuple(label for label in colons if label.at.line not in chosen and label.proper)
    return Choice(tuple(taken), _once(taken, scan), refused)


def _fits(label: Label, keys: frozenset[str]) -> bool:
    """In a talk with colons a known name may also stand without, if it is bold, bracketed or has a time."""
    return label.key in keys and (label.style == "colon" or label.strong)


def _behind_header(labels: tuple[Label, ...]) -> list[Label]:
    """Leave out the head: labels on neighbouring lines at the top, where one is `Datum:` or the like.

    It ends at the last of these, or at the last of the labels behind it that stand nowhere else ("Interviewer: Joris").
    """
    run = 0
    while run < len(labels) and labels[run].at.nth == labels[0].at.nth + run:
        run += 1
    head = max((index + 1 for index in range(run) if labels[index].style == "header"), default=0)
    counts = Counter(label.key for label in labels)
    while 0 < head < run and counts[labels[head].key] == 1:
        head += 1
    return [label for label in labels[head:] if label.style != "header"]


def _colon_keys(colons: list[Label], scan: Scan) -> frozenset[str]:
    """The names with a colon that are speakers, unless they are so few that the text is a report."""
    every = frozenset(label.key for label in colons)
    marked = frozenset(label.key for label in colons if label.strong and not label.weak)
    keys = every if _are_names(colons) and _mostly(colons, scan) else marked | _repeated(colons, marked, scan)
    if _sparse(colons, keys, scan, _SPARSE):
        keys &= marked
    # Bold headings with a colon occur in reports too, only somewhat more often.
    return frozenset() if _sparse(colons, keys, scan, 4 * _SPARSE) else keys


def _repeated(colons: list[Label], marked: frozenset[str], scan: Scan) -> frozenset[str]:
    """Names that come back; in small letters ("i:", "r:") they must do so oftener, and beside another."""
    counts = Counter(label.key for label in colons)
    small = frozenset(label.key for label in colons if label.weak)
    keys = frozenset(key for key, n in counts.items() if n >= 2 and key not in small)
    if len(keys | marked) == 1 and not _mostly([label for label in colons if label.key in keys], scan):
        # One word that comes back now and then ("Antwoord:") is no talk; a monologue has its name at every paragraph.
        keys = frozenset()
    often = frozenset(key for key in small if counts[key] >= 3)
    return keys | often if len(often | keys | marked) >= 2 else keys


def _sparse(labels: list[Label], keys: frozenset[str], scan: Scan, most: int) -> bool:
    """Whether there is less than one of these names in `most` characters."""
    taken = [label for label in labels if label.key in keys]
    return bool(taken) and scan.length - taken[0].start > most * len(taken)


def _are_names(labels: list[Label]) -> bool:
    """Whether there are at least two, and each looks like a name."""
    return len({label.key for label in labels}) >= 2 and all(label.proper for label in labels)


def _together(labels: list[Label], scan: Scan) -> bool:
    """Whether names begin every paragraph or every line from the first of them on."""
    if not _are_names(labels):
        return False
    first = labels[0].at
    lines, paragraphs = scan.lines - first.nth + 1, scan.paragraphs - first.paragraph + 1
    return len(labels) == lines or len(labels) == _opening(labels) == paragraphs


def _mostly(labels: list[Label], scan: Scan) -> bool:
    """Whether at least half of the lines or paragraphs begin with one of `labels`, from the first of them on."""
    if not labels:
        return False
    first = labels[0].at
    return len(labels) * 2 > scan.lines - first.nth or _opening(labels) * 2 > scan.paragraphs - first.paragraph


def _are_stamped(labels: list[Label], scan: Scan) -> bool:
    """Whether names with a time behind them, alone on top of paragraphs, make up the text, as Otter and Teams write it."""
    stamped = [label for label in labels if label.style == "own" and label.time_ms is not None and label.at.opens]
    return _are_names(stamped) and len(stamped) == len(labels) and _mostly(stamped, scan) and not _are_a_list(stamped)


def _are_a_list(labels: list[Label]) -> bool:
    """Names under each other are a list of those present, not a talk."""
    alone = sum(1 for one, two in pairwise(labels) if one.style == "own" and two.at.nth == one.at.nth + 1)
    return alone * 5 > len(labels)


def _opening(labels: Iterable[Label]) -> int:
    return sum(label.at.opens for label in labels)


def _in_company(colons: list[Label], keys: frozenset[str], scan: Scan) -> frozenset[str]:
    """Other name-like labels, in a text where most paragraphs begin with a known speaker."""
    if not _mostly([label for label in colons if label.key in keys], scan):
        return frozenset()
    return frozenset(label.key for label in colons if label.proper)


def _once(taken: list[Label], scan: Scan) -> frozenset[str]:
    """The names that rest on one place without a mark; none where everything begins with a name."""
    counts = Counter(label.key for label in taken)
    sure = {label.key for label in taken if label.strong and label.style == "colon"}
    return frozenset() if _together(taken, scan) else frozenset(key for key in counts if counts[key] == 1) - sure


def _without_colon(body: list[Label], scan: Scan) -> list[Label]:
    """Marked names before the words; else names alone on their line or before a tab."""
    proper = [label for label in body if label.style != "colon" and label.proper]
    marked = [label for label in proper if label.strong]
    counts = Counter(label.key for label in marked)
    taken = [label for label in marked if counts[label.key] >= 2]
    if _together(marked, scan) or _mostly(taken, scan) or _are_stamped(marked, scan):
        taken = marked
    if taken:
        return taken
    plain = [label for label in proper if label.style in ("own", "tab")]
    counts = Counter(label.key for label in plain)
    taken = [label for label in plain if counts[label.key] >= 2]
    if len({label.key for label in taken}) < 2 or len(taken) * _OWN_SHARE < scan.lines - taken[0].at.nth + 1:
        return []
    return [] if _are_a_list(taken) else taken
