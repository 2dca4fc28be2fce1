"""Questions about coded fragments, asked of a small invented project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verhalen.analysis.places import Place, containing, holding, overlapping, partnered, within
from verhalen.api.codings import Intent
from verhalen.api.project import Project, new_project
from verhalen.errors import BadQuery
from verhalen.model.codebook import Code
from verhalen.model.coding import Valence
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.query import FragmentQuery
from verhalen.model.story import Story, StoryAnswer, Voice

TALK = (
    "Samira: De huur is te duur. Wij slapen slecht.\n"
    "Joris: Hoe komt dat?\n"
    "Samira: De ketel was kapot en de gezinnen boven maken lawaai.\n"
    "Joris: Goed. Ik bel de huisbaas.\n"
)
CODES = [
    ("wonen", "Wonen", None),
    ("wonen.huur", "Huurprijs", "wonen"),
    ("geld", "Geld", None),
    ("rust", "Rust in huis", None),
]
CODED = [
    ("wonen", "De huur is te duur. Wij slapen slecht.", Valence.NEGATIVE),
    ("wonen.huur", "De huur is te duur.", Valence.NEGATIVE),
    ("geld", "duur", Valence.NONE),
    ("rust", "De ketel was kapot en de gezinnen boven maken lawaai.", Valence.MIXED),
    ("wonen", "Ik bel de huisbaas.", Valence.POSITIVE),
]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """One talk with five codings, one of them Jan's, and a story without codings but for one."""
    folder = tmp_path_factory.mktemp("asked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(folder / "home"))
        with new_project(folder / "w", coder="Hanne", empty=True) as made:
            fill(made, folder)
            yield made


def fill(project: Project, folder: Path) -> None:
    for key, name, parent in CODES:
        project.codes.add(Code(key, name, parent=parent))
    (folder / "families.csv").write_text("gezin;gemeente;taal\nG001;Zandhoven;nl\nG002;Lier;ar\n", "utf-8")
    (folder / "persons.csv").write_text("gezin;lid;rol;leeftijdsgroep;van;tot\nG001;moeder;ouder;25-34;;\n", "utf-8")
    for name in ("families.csv", "persons.csv"):
        project.families.import_file(folder / name)
    (folder / "a.txt").write_text(TALK, "utf-8")
    assert [each.error for each in project.sources.import_files([folder / "a.txt"])] == [None]
    project.sources.link_speaker(1, "Samira", person="G001.moeder")
    project.sources.link_speaker(1, "Joris", role="gezinscoach")
    for number, (key, words, valence) in enumerate(CODED):
        with project.sibling(coder="Jan" if number == 3 else "Hanne") as own:
            put(own, 1, key, words, valence)
    asked = Consent(Purpose.REPORT, Answer.YES, None, "Hanne")
    teller = Voice("ouder", "moeder")
    project.stories.tell(Story("V01", "G002", "Nu is er rust.", StoryAnswer.POSITIVE, teller, consents=(asked,)))
    put(project, 2, "rust", "Nu is er rust.", Valence.POSITIVE)


def put(project: Project, source: int, key: str, words: str, valence: Valence) -> None:
    found = project.sources.text(source)
    start = found.text.index(words)
    project.codings.apply(Intent(found.source.id, start, start + len(words), key, valence))


def found(project: Project, question: str) -> list[str]:
    """Code and first word of each fragment, in reading order."""
    fragments = project.codings.fragments(FragmentQuery(expression=question))
    return [f"{each.coding.code}:{each.text.split()[-1].strip('.')}" for each in fragments]


SLEEP, RENT, DEAR, NOISE, CALL, REST = (
    "wonen:slecht",
    "wonen.huur:duur",
    "geld:duur",
    "rust:lawaai",
    "wonen:huisbaas",
    "rust:rust",
)


@pytest.mark.parametrize(
    ("question", "fragments"),
    [
        ("wonen", [RENT, SLEEP, CALL]),
        ("=wonen", [SLEEP, CALL]),
        ("Huurprijs", [RENT]),
        ("'rust in HUIS'", [NOISE, REST]),
        ("wonen of geld", [RENT, SLEEP, DEAR, CALL]),
        ("wonen en geld", [RENT, SLEEP, DEAR]),
        ("wonen en niet geld", [CALL]),
        ("niet wonen", [NOISE, REST]),
        ("geld binnen wonen.huur", [DEAR]),
        ("wonen binnen geld", []),
        ("wonen.huur binnen =wonen", [RENT]),
        ("rust bij wonen", [NOISE]),
        ("rust bij 2 beurten wonen", [NOISE]),
        ("rust bij 0 beurten wonen", []),
        ("geld bij 3 woorden rust", []),
        ("geld bij 7 woorden rust", []),
        ("geld near 8 words rust", [DEAR]),
        ("rust bij 2 alinea's geld", [NOISE]),
        ("rol=ouder", [RENT, SLEEP, DEAR, NOISE]),
        ("role=parent and not geld", [NOISE]),
        ("wonen en rol=gezinscoach", [CALL]),
        ("spreker=samira en rust", [NOISE]),
        ("gezin=G001", [RENT, SLEEP, DEAR, NOISE]),
        ("gemeente=Zandhoven en rust", [NOISE]),
        ("rust en gemeente!=zandhoven", [REST]),
        ("taal=ar", [REST]),
        ("valentie=negatief", [RENT, SLEEP]),
        ("valence!=negative", [DEAR, NOISE, CALL, REST]),
        ("valentie=±", [NOISE]),
        ("codeur=Jan", [NOISE]),
        ("bron=2", [REST]),
        ("toestemming=ja", [REST]),
        ("toestemming=niet_gevraagd en geld", [DEAR]),
        ("intern_intervisie=ja", []),
        ("tekst=gezin", [NOISE]),
        ('tekst="de huur"', [RENT, SLEEP]),
        ("datum>=2026-01-01 en geld", [DEAR]),
        ("datum<2020", []),
        ("datum=2020..2099-12 en codeur=Jan", [NOISE]),
        ("ingelezen!=2019 en geld", [DEAR]),
        ("(geld of rust) en (rol=ouder of bron=2)", [DEAR, NOISE, REST]),
        ("niet (rol=ouder of rol=gezinscoach)", [REST]),
    ],
)
def test_questions_give_their_fragments(asked: Project, question: str, fragments: list[str]) -> None:
    assert sorted(found(asked, question)) == sorted(fragments)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("geld en wonem", 9),
        ("geld en rol=tante", 13),
        ("gemeent=Lier", 1),
        ("valentie=blauw", 10),
        ("codeur=Piet", 8),
        ("datum=gisteren", 7),
        ("datum=2026-13", 7),
        ("datum=0001..9999", 7),
        ("bron=99", 6),
        ("gezin=G999", 7),
        ("spreker=Niemand", 9),
        ("rol<ouder", 1),
        ("toestemming=misschien", 13),
    ],
)
def test_what_is_not_known_is_said_with_its_place(asked: Project, question: str, place: int) -> None:
    with pytest.raises(BadQuery) as raised:
        found(asked, question)
    assert raised.value.at + 1 == place
    assert f"{place}" in str(raised.value)


def test_a_code_that_nearly_exists_is_offered(asked: Project) -> None:
    with pytest.raises(BadQuery) as raised:
        found(asked, "wonem")
    assert "wonen" in str(raised.value)


PIECES = [
    "wonen",
    "geld",
    "rol=ouder",
    "en",
    "of",
    "niet",
    "bij",
    "binnen",
    "2",
    "woorden",
    "(",
    ")",
    "datum>2026",
    "=",
    "x",
]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join))
def test_any_question_answers_or_raises_our_own(asked: Project, question: str) -> None:
    try:
        answer = asked.codings.fragments(FragmentQuery(expression=question))
    except BadQuery as error:
        answer = []
        assert error.at <= len(question)  # noqa: PT017 - most questions are fine
    assert len(answer) <= 6


places = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 20), st.integers(0, 6)).map(lambda n: (n[0], n[1], n[1] + n[2])),
    max_size=8,
)


@given(places, places, st.integers(0, 4))
def test_partners_are_those_that_a_plain_look_finds(
    left: list[tuple[int, int, int]], right: list[tuple[int, int, int]], distance: int
) -> None:
    ours = [Place(number, first, last) for number, (_, first, last) in enumerate(left)]
    others = [Place(number * 2, first, last) for number, (_, first, last) in enumerate(right)]
    for reach in (overlapping, containing, within(distance)):
        plain = {
            a.id for a in ours for b in others if a.id != b.id and b.first <= reach(a)[0] and b.last >= reach(a)[1]
        }
        assert partnered(ours, others, reach) == plain


@given(places, st.lists(st.integers(0, 20), max_size=5, unique=True).map(sorted), st.integers(0, 3))
def test_a_place_holds_a_piece_when_all_of_it_lies_inside(
    left: list[tuple[int, int, int]], starts: list[int], length: int
) -> None:
    ours = [Place(number, first, last) for number, (_, first, last) in enumerate(left)]
    pieces = [Place(0, start, start + length) for start in starts]
    plain = {a.id for a in ours for b in pieces if a.first <= b.first and b.last <= a.last}
    assert holding(ours, pieces) == plain
