"""Fragments of every code, context codes too, with who speaks: what J2 and J5 count."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from verhalen.analysis.consenting import may_count
from verhalen.analysis.crossing_names import unknown_code_near
from verhalen.analysis.perspectives import Perspective, attributed, perspective_of, tellers
from verhalen.analysis.tally import Piece, pieces
from verhalen.model.codebook import Codebook
from verhalen.model.story import Story
from verhalen.privacy.clearance import Audience
from verhalen.privacy.saying import Saying
from verhalen.store.coded import coded_rows
from verhalen.store.evidence import EvidenceColumn
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class CodedPiece:
    """One fragment of one code: overlapping codings by that code in one source are one."""

    code: str
    piece: Piece
    """Its `domain` holds the key of the code."""
    turn: int
    """The turn in which it begins; 0 where there is none."""
    perspective: Perspective | None
    """None: words of a researcher who asks."""


def coded_pieces(
    project: ProjectFile,
    *,
    families: Collection[str],
    stories: Sequence[Story],
    audience: Audience = Audience.INTERNAL,
    saying: Saying | None = None,
) -> list[CodedPiece]:
    """Fragments that may be counted for an audience: of these families and of professionals, by source and place."""
    who = saying or Saying(project)
    rows = [each for each in coded_rows(project) if may_count(each, audience, who)]
    by_coding = {}
    columns = []
    for row in attributed(rows, tellers(stories)):
        if row.family is None or row.family in families:
            by_coding[row.coding_id] = row.turn
            columns.append(EvidenceColumn(row.code, *row[1:11]))
    return [
        CodedPiece(
            each.domain,
            each,
            by_coding[each.coding_id],
            perspective_of(each.role, is_person=each.person is not None),
        )
        for each in pieces(columns)
    ]


def only_below(project: ProjectFile, book: Codebook, keys: Sequence[str]) -> Codebook:
    """These codes and all below them, in the order of the codebook; without keys the whole. Raises UnknownCode."""
    for key in keys:
        if book.find(key) is None:
            raise unknown_code_near(project, key, (each.key for each in book))
    kept: set[str] = set()
    for code in book:  # parents come before their children
        if code.key in keys or code.parent in kept:
            kept.add(code.key)
    return Codebook(tuple(code for code in book if code.key in kept)) if keys else book


def context_codes(book: Codebook) -> list[str]:
    """Codes that are evidence of no life domain, nor stand above codes that are: working factors, conditions, experience."""
    by_key = {code.key: code for code in book}
    above: set[str] = set()
    for code in book:
        parent = code.parent if code.evidence else None
        while parent is not None and parent in by_key:
            above.add(parent)
            parent = by_key[parent].parent
    return [code.key for code in book if not code.evidence and code.key not in above]
