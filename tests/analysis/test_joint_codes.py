"""Codes by change class and by perspective: counted by hand on a handful of fragments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from verhalen.analysis.joint_codes import CodedPiece, context_codes
from verhalen.analysis.joint_factors import Speaking, factors
from verhalen.analysis.joint_themes import ChangeClass, themes
from verhalen.analysis.perspectives import Perspective, Teller, attributed, perspective_of
from verhalen.analysis.tally import Piece
from verhalen.model.codebook import Code, Codebook
from verhalen.model.coding import Valence
from verhalen.store.evidence import EvidenceColumn

BOOK = Codebook((
    Code("ld", "Domeinen"),
    Code("ld.won", "Wonen", parent="ld", evidence=("WON",)),
    Code("rol", "Rol"),
    Code("rol.nabij", "Nabij", parent="rol"),
    Code("rol.tempo", "Tempo", parent="rol"),
    Code("rol.brug", "Brug", parent="rol"),
))  # fmt: skip


def coded(
    code: str,
    place: tuple[int, int],
    who: Perspective,
    *,
    family: str | None = None,
    about: tuple[str, ...] = (),
    turn: int = 0,
    source: int = 1,
) -> CodedPiece:
    piece = Piece(code, source, *place, Valence.NONE, family, None, "", about, place[0] + 100 * source, "transcript")
    return CodedPiece(code, piece, turn, who)


FAMILY, COACH = Perspective.FAMILY, Perspective.COACH
FOUND = [
    coded("rol.nabij", (0, 10), FAMILY, family="G001", turn=1),
    coded("ld.won", (20, 30), FAMILY, family="G001", turn=1),  # the same turn: told with it
    coded("rol.nabij", (40, 50), FAMILY, family="G002", turn=2),
    coded("ld.won", (45, 60), FAMILY, family="G002", turn=3),  # another turn, but they share words
    coded("rol.nabij", (70, 80), COACH, about=("G003",), turn=4),
    coded("ld.won", (90, 95), COACH, turn=5),
    coded("rol.tempo", (0, 10), COACH, source=2),
    coded("ld.won", (10, 20), COACH, source=2),  # touches, and nobody knows the turn: apart
]


def test_a_code_is_split_by_how_it_went_with_the_family() -> None:
    classes = dict.fromkeys(ChangeClass, ()) | {
        ChangeClass.BETTER: ("G001",),
        ChangeClass.WORSE: ("G002", "G003"),
        ChangeClass.NOT_COMPARED: ("G004",),
    }
    found = themes(BOOK, FOUND, classes)
    assert [row.code for row in found.rows] == ["ld.won", "rol.nabij"]  # nobody's family: rol.tempo is not here
    near = found.rows[1]
    counts = {each.value: (cell.fragments, cell.families) for each, cell in near.own.items() if cell.fragments}
    assert counts == {"up": (1, ("G001",)), "down": (1, ("G002",))}
    assert {each.value: cell.families for each, cell in near.about.items() if cell.fragments} == {"down": ("G003",)}
    assert {each.value: len(own) for each, own in found.telling.items()} == {
        "up": 1, "same": 0, "unseen": 0, "down": 1, "none": 0,
    }  # fmt: skip


def test_working_factors_stand_beside_what_they_are_told_with_and_who_is_silent() -> None:
    heard = {FAMILY: Speaking(3, 2), COACH: Speaking(2, 0), Perspective.COORDINATOR: Speaking(1, 0)}
    found = factors(BOOK, FOUND, context=context_codes(BOOK), domains=["WON"], heard_from=heard)
    assert [row.code for row in found.rows] == ["rol.nabij", "rol.tempo"]
    near, tempo = found.rows
    assert {side: (cell.fragments, sorted(cell.families)) for side, cell in near.by.items()} == {
        FAMILY: (2, ["G001", "G002"]),
        COACH: (1, []),
    }
    assert {side: cell.fragments for side, cell in near.told_with["WON"].items()} == {FAMILY: 2}
    assert (tempo.told_with, tempo.never) == ({}, (FAMILY, Perspective.COORDINATOR))
    assert found.unnamed == (("rol.brug", "Brug"),)  # the heading is no code that somebody could name


def test_codes_above_evidence_are_no_working_factors() -> None:
    assert context_codes(BOOK) == ["rol", "rol.nabij", "rol.tempo", "rol.brug"]


def test_who_speaks_is_known_by_the_link_or_the_role() -> None:
    roles = ["ouder", "Gezinscoach", "coördinator", "partnerdienst", "onderzoeker", "buschauffeur", ""]
    assert [perspective_of(role) for role in roles] == [
        FAMILY, COACH, Perspective.COORDINATOR, Perspective.PARTNER, None, Perspective.OTHER, Perspective.OTHER,
    ]  # fmt: skip
    assert perspective_of("", is_person=True) is FAMILY


def test_words_in_a_story_belong_to_the_voice_that_says_them() -> None:
    def row(source: int, kind: str) -> EvidenceColumn:
        return EvidenceColumn("WON", source, source, 0, 9, "none", "G001", None, "", (), kind)

    tellers = {1: Teller("V1", "G001", "kind", "kind1"), 2: Teller("V1", "G001", "coach", "")}
    found = attributed([row(1, "story"), row(2, "story"), row(3, "story"), row(4, "transcript")], tellers)
    assert [(each.source_id, each.family, each.person, each.role, each.about) for each in found] == [
        (1, "G001", "G001.kind1", "kind", ()),
        (2, None, None, "coach", ("G001",)),
        (4, "G001", None, "", ()),
    ]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.integers(0, 3), st.booleans()), max_size=12))
def test_told_with_is_the_same_turn_or_the_same_words(places: list[tuple[int, int, int, bool]]) -> None:
    found = [
        coded("ld.won" if is_evidence else "rol.nabij", (start, start + length), FAMILY, family="G001", turn=turn)
        for start, length, turn, is_evidence in places
    ]

    def together(one: CodedPiece, other: CodedPiece) -> bool:
        overlap = one.piece.start < other.piece.stop and other.piece.start < one.piece.stop
        return overlap or bool(one.turn and one.turn == other.turn)

    said = factors(BOOK, found, context=["rol.nabij"], domains=["WON"], heard_from={FAMILY: Speaking(1, 1)})
    beside = [each for each in found if each.code == "ld.won"]
    expected = [each for each in found if each.code == "rol.nabij" and any(together(each, other) for other in beside)]
    cells = [cell.fragments for row in said.rows for by in row.told_with.values() for cell in by.values()]
    assert sum(cells) == len(expected)
