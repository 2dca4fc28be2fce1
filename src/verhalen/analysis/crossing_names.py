"""What to raise for a name that nothing has, with the name that is written nearest."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from verhalen import errors
from verhalen.store.former_keys import unknown_code
from verhalen.store.project import ProjectFile


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is written nearest; None where none is near."""
    by_fold = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(name.strip().casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def unknown_axis(name: str, known: Iterable[str]) -> errors.UnknownAttribute:
    """For `--by`."""
    listed = list(known)
    near = nearest(name, listed)
    if near is None:
        return errors.UnknownAttribute(name=name, known=", ".join(listed))
    return errors.NearAttribute(name=name, near=near, known=", ".join(listed))


def unknown_code_near(project: ProjectFile, key: str, known: Iterable[str]) -> errors.UnknownCode:
    """For a code: how it is called now, where it once had that key; else the nearest key."""
    found = unknown_code(project, key)
    near = nearest(key, known)
    if isinstance(found, errors.RenamedCode) or near is None:
        return found
    return errors.NearCode(key=key, near=near)


def unknown_instrument(key: str, known: Iterable[str]) -> errors.UnknownInstrument:
    """For an instrument."""
    near = nearest(key, known)
    return errors.UnknownInstrument(key=key) if near is None else errors.NearInstrument(key=key, near=near)
