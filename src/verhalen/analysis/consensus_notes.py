"""What a reader of numbers must know of a consensus: in how many texts it counts, and where it is left out."""

from __future__ import annotations

from verhalen.i18n import mark
from verhalen.model.text import Notice
from verhalen.store import sight
from verhalen.store.project import ProjectFile

COUNTS = mark("Texts in which the consensus of the coders counts, and not what each of them gave: {n}.")
LEFT_OUT = mark("The consensus of the coders is left out here: columns are people.")


def consensus_notes(project: ProjectFile, *, by_coder: bool = False) -> tuple[Notice, ...]:
    """None where nothing was settled, or where the door shows only one's own codings."""
    if project.only_coder is not None or sight.consensus_id(project) is None:
        return ()
    if by_coder:
        return (Notice(None, LEFT_OUT),)
    n = len(sight.concluded(project))
    return (Notice(None, COUNTS, {"n": n}),) if n else ()
