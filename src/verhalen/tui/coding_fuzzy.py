"""Find by a few letters: "rolver" finds rol.vertrouwen. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verhalen.tui.palette import plain


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be picked."""

    key: str
    name: str
    told: str = ""
    """What else may be searched for: a definition."""


def find(wanted: str, entries: Iterable[Entry]) -> list[Entry]:
    """Entries that fit, best first; all of them, as they stand, where nothing is wanted."""
    letters = plain(wanted).strip()
    if not letters:
        return list(entries)
    ranked = [(rank, number, entry) for number, entry in enumerate(entries) if (rank := _rank(letters, entry))]
    return [entry for _, _, entry in sorted(ranked, key=lambda each: each[:2])]


def _rank(letters: str, entry: Entry) -> int:
    """1 is best; 0 does not fit.

    Is the key, begins a part of the key, begins a word of the name, stands in key or name, is scattered in the key,
    stands in the definition.
    """
    key, name = plain(entry.key), plain(entry.name)
    ways = (
        key == letters,
        any(part.startswith(letters) for part in (key, *key.split("."))),
        any(word.startswith(letters) for word in (name, *name.split())),
        letters in key or letters in name,
        _scattered(letters, key),
        letters in plain(entry.told),
    )
    return next((number for number, fits in enumerate(ways, 1) if fits), 0)


def _scattered(letters: str, text: str) -> bool:
    rest: Iterable[str] = iter(text)
    return all(letter in rest for letter in letters)


def recent_first(entries: Sequence[Entry], recent: Sequence[str]) -> list[Entry]:
    """The recent ones on top, the rest as it stands."""
    known = {entry.key: entry for entry in entries}
    top = [known[key] for key in recent if key in known]
    return [*top, *(entry for entry in entries if entry.key not in recent)]
