"""What a reader of numbers must know of a consensus: in how many texts it counts, and where it is left out."""

from __future__ import annotations

from verhalen.i18n import mark
from verhalen.model.text import Notice
from verhalen.store import sight
from verhalen.store.project import ProjectFile

COUNTS = mark("Texts in which the consensus of the coders counts, and not what each of them gave: {n}.")
SINCE = mark("Codings given in those texts since their consensus counts, which do not count themselves: {n}.")
LEFT_OUT = mark("The consensus of the coders is left out here: columns are people.")


def consensus_notes(project: ProjectFile, *, by_coder: bool = False) -> tuple[Notice, ...]:
    """None where nothing was settled, or where the door shows only one's own codings."""
    if project.only_coder is not None or sight.consensus_id(project) is None:
        return ()
    if by_coder:
        return (Notice(None, LEFT_OUT),)
    n, later = len(sight.concluded(project)), sight.left_out(project)
    counts = [Notice(None, COUNTS, {"n": n})] if n else []
    return (*counts, Notice(None, SINCE, {"n": later})) if later else tuple(counts)
