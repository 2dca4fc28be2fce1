"""How a number may be said: number words, what is allowed by n (methods.md D5), coarse words for a hidden one (D6, step 3)."""

from __future__ import annotations

from dataclasses import dataclass

from verhalen.i18n import mark, t, tn

_NUMBERS = (
    mark("zero"),
    mark("one"),
    mark("two"),
    mark("three"),
    mark("four"),
    mark("five"),
    mark("six"),
    mark("seven"),
    mark("eight"),
    mark("nine"),
    mark("ten"),
    mark("eleven"),
    mark("twelve"),
)
TOO_FEW_TO_COUNT = mark("too few families to count")


def number_word(number: int) -> str:
    """A number as plain text has it: in words to twelve, in digits above."""
    return t(_NUMBERS[number]) if 0 <= number < len(_NUMBERS) else str(number)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be said about a group of n families; each cell must pass the mask besides."""

    counts: bool = False
    in_words: bool = False
    """Counts as words in running text, and nothing calculated from them."""
    percentages: bool = False
    """Whole ones, always with the count; dominance too."""
    interval: bool = False
    phrase: str = ""
    """Marked words that go with the finding; never a causal one."""


def allowed(n: int, *, k: int) -> Allowed:
    """What n paired families permit under threshold k (methods.md D5)."""
    if n < max(k, 1):
        return Allowed()
    if n < 10:
        return Allowed(counts=True, in_words=True)
    if n < 30:
        return Allowed(counts=True, percentages=True, phrase=mark("points to"))
    return Allowed(counts=True, percentages=True, interval=True, phrase=mark("in this group"))


def say_count(count: int, n: int, *, k: int) -> str:
    """`eight of the eleven families`; from ten families on with its percentage; only words where n is below k.

    The caller asks this for a cell that the mask leaves visible.
    """
    may = allowed(n, k=k)
    if not may.counts:
        return t(TOO_FEW_TO_COUNT)
    in_words = max(count, n) < len(_NUMBERS)
    said = number_word(count) if in_words else str(count)
    families = tn(
        "{count} of one family", "{count} of the {all} families", n, count=said, all=number_word(n) if in_words else n
    )
    if not may.percentages:
        return families
    return t("{families} ({percent}%)", families=families, percent=whole_percent(count, n))


def whole_percent(count: int, n: int) -> int:
    """Rounded half up, in whole numbers: 1 of 8 is 13."""
    return (200 * count + n) // (2 * n)


@dataclass(frozen=True, slots=True)
class Coarse:
    """A word that stands for a hidden number, and the interval that a reader may take from it."""

    words: str
    """Marked."""
    low: int
    high: int


def coarse_word(count: int, n: int, *, k: int) -> Coarse | None:
    """The coarse word for `count` of `n`; None where its interval is narrower than k, or for none at all.

    A decision of this project: fifths of n. "A few" reaches to k + 1 where a fifth is less, but never above a third; "almost
    all" includes all, so that the word does not tell whether somebody is left.
    """
    few = max(n // 5, k + 1)
    if few > n // 3:
        return None  # Six of twelve are no few.
    steps = (
        (mark("a few"), few),
        (mark("a minority"), 2 * n // 5),
        (mark("about half"), -(-3 * n // 5) - 1),
        (mark("a majority"), -(-4 * n // 5) - 1),
        (mark("almost all"), n),
    )
    low = 1
    for words, high in steps:
        if low <= count <= high:
            return Coarse(words, low, high) if high - low >= k else None
        low = max(low, high + 1)
    return None
