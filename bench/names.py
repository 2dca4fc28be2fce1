"""How many of the marked names in invented talk are found, and how many findings are marked: `python -m bench.names`.

The development half steered the recognisers, the held-out half was marked before they existed. Marks: `{p Mieke Peeters}`, the letter says
which kind. A name is found when findings cover all of it and one is of its kind; a finding is right when it touches a mark of its kind.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import Figure, best_ms
from verhalen.language.names import find_names
from verhalen.model.masking import Finding, NameKind
from verhalen.model.text import Span

FIXTURES = Path(__file__).parent.parent / "tests" / "language" / "fixtures"
HALVES = ("dev", "heldout")
CHARACTERS = 60_000
_MARK = re.compile(r"\{([a-z]) ([^{}]+)\}")
_KINDS = {
    "p": NameKind.PERSON,
    "l": NameKind.PLACE,
    "a": NameKind.ADDRESS,
    "s": NameKind.SCHOOL,
    "d": NameKind.SERVICE,
    "t": NameKind.PHONE,
    "m": NameKind.MAIL,
    "g": NameKind.BIRTH,
    "r": NameKind.REGISTER,
    "b": NameKind.ACCOUNT,
    "o": NameKind.OTHER,
}


@dataclass(slots=True)
class Score:
    """Counts per kind."""

    marked: Counter[NameKind] = field(default_factory=Counter)
    found: Counter[NameKind] = field(default_factory=Counter)
    findings: Counter[NameKind] = field(default_factory=Counter)
    right: Counter[NameKind] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def recall(self, kind: NameKind) -> float:
        """Share of the marks that were found; 1 where nothing was marked."""
        return self.found[kind] / self.marked[kind] if self.marked[kind] else 1.0

    def precision(self, kind: NameKind) -> float:
        """Share of the findings that are marked; 1 where nothing was found."""
        return self.right[kind] / self.findings[kind] if self.findings[kind] else 1.0


def texts(half: str) -> Iterator[tuple[str, list[Finding]]]:
    """The texts of one half without their marks, and the marks."""
    for path in sorted((FIXTURES / half).glob("*.txt")):
        yield unmarked(path.read_text(encoding="utf-8"))


def unmarked(marked: str) -> tuple[str, list[Finding]]:
    """A text without marks, and where they were."""
    parts: list[str] = []
    marks: list[Finding] = []
    length = done = 0
    for match in _MARK.finditer(marked):
        parts += [marked[done : match.start()], match[2]]
        start = length + match.start() - done
        length, done = start + len(match[2]), match.end()
        marks.append(Finding(_KINDS[match[1]], Span(start, length)))
    parts.append(marked[done:])
    return "".join(parts), marks


def score(half: str) -> Score:
    """Find the names in one half and count."""
    total = Score()
    for text, marks in texts(half):
        findings = find_names(text)
        for mark in marks:
            total.marked[mark.kind] += 1
            touching = [each for each in findings if each.span.overlaps(mark.span)]
            covered = sum(
                min(each.span.stop, mark.span.stop) - max(each.span.start, mark.span.start) for each in touching
            )
            if covered == len(mark.span) and any(each.kind is mark.kind for each in touching):
                total.found[mark.kind] += 1
            else:
                total.missed.append(_shown(text, mark))
        for finding in findings:
            total.findings[finding.kind] += 1
            if any(mark.kind is finding.kind and mark.span.overlaps(finding.span) for mark in marks):
                total.right[finding.kind] += 1
            else:
                total.wrong.append(_shown(text, finding))
    return total


def _shown(text: str, finding: Finding) -> str:
    start, stop = finding.span.start, finding.span.stop
    around = f"{text[max(0, start - 25) : start]}<{text[start:stop]}>{text[stop : stop + 20]}"
    return f"{finding.kind.value}: {around!r}"


def long_talk(characters: int) -> str:
    """The texts of both halves, again and again."""
    piece = "\n\n".join(text for half in HALVES for text, _ in texts(half))
    return (piece * (characters // len(piece) + 1))[:characters]


def figure() -> Figure:
    """The names of one long transcript, dense with them; the lists are read before."""
    text = long_talk(CHARACTERS)
    find_names(text)
    return Figure(
        f"names in {CHARACTERS:,} characters (after the first)", best_ms(lambda: find_names(text)), None, "200 ms"
    )


def show() -> None:
    """Print recall and precision per kind for both halves."""
    scores = {half: score(half) for half in HALVES}
    print(f"{'names found':<22}" + "".join(f"{half + ' n':>12} {'recall':>7} {'precision':>10}" for half in HALVES))
    for kind in NameKind:
        cells = (
            f"{each.marked[kind]:>12} {each.recall(kind):>7.2f} {each.precision(kind):>10.2f}"
            for each in scores.values()
        )
        print(f"{kind.value:<22}" + "".join(cells))


def main() -> None:
    """Print all, and with `dev` behind the command also what was missed there."""
    show()
    print(f"{figure().what}: {figure().ours_ms:.0f} ms")
    for half in sys.argv[1:]:
        found = score(half)
        print("\n".join(["", f"{half}: missed", *found.missed, "", f"{half}: wrong", *found.wrong]))


if __name__ == "__main__":
    main()
