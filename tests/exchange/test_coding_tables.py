from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.builders import add_text

from verhalen import errors
from verhalen.exchange.coding_tables import import_codings, import_speakers
from verhalen.exchange.columns import Counts
from verhalen.exchange.story_tables import import_stories
from verhalen.model.coding import Valence
from verhalen.store import codings, families, sources
from verhalen.store.project import ProjectFile

Write = Callable[[str, str], Path]
TALK = "Anna: Ik sliep niet. Ik sliep echt niet.\nBert: Nu slaap ik weer."
CODINGS = (
    "bron;codeur;code;kleur;over;citaat;keer\n"
    "anna;Hanne;rol;negatief;G001 G002;Ik sliep;2\n"
    "anna;Joris;rol.vertrouwen;positief;;slaap ik weer;1\n"
    "anna;Hanne;rol.vertrouwen;;;slaap ik weer;\n"
)


def found(project: ProjectFile, source: int) -> list[tuple[str, str, int, int, Valence]]:
    return [
        (each.coder, each.code, each.start, each.stop, each.valence) for each in codings.codings_of(project, source)
    ]


def changes(project: ProjectFile) -> list[tuple[str, str]]:
    sql = "select act, coder.name from change join coder on coder.id = coder_id order by change.id"
    return [(act, name) for act, name in project.rows(sql)]


def test_speakers_are_linked_to_persons_and_roles(register: ProjectFile, file: Write) -> None:
    source = add_text(register, TALK)
    text = "bron;spreker;persoon;rol\nanna;Anna;G001.moeder;ouder\nanna;Bert;;gezinscoach\n"
    assert import_speakers(register, file("a.csv", text)).speakers == Counts(2, 0, 0)
    anna, bert = sources.speakers_of(register, source)
    assert (anna.person_id, anna.role) == (families.person_ids(register)["G001.moeder"], "ouder")
    assert (bert.person_id, bert.role) == (None, "gezinscoach")
    before = changes(register)
    assert before[-1] == ("link-speaker", "Hanne")
    assert import_speakers(register, file("a.csv", text)).speakers == Counts(0, 0, 2)
    assert changes(register) == before


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        ("berta;Anna;;ouder", "bron", "there is no source berta"),
        ("anna;Carla;;ouder", "spreker", "nobody of that name"),
        ("anna;Anna;G009.moeder;ouder", "persoon", r"there is no person G009\.moeder"),
        ("anna;Anna;;burgemeester", "rol", '"burgemeester" is not one of'),
    ],
)
def test_an_error_in_a_speaker_refuses_the_whole_file(
    register: ProjectFile, file: Write, line: str, column: str, problem: str
) -> None:
    source = add_text(register, TALK)
    with pytest.raises(errors.BadTable, match=problem) as caught:
        import_speakers(register, file("a.csv", f"bron;spreker;persoon;rol\nanna;Bert;;kind\n{line}\n"))
    assert [each[:2] for each in caught.value.problems] == [(3, column)]
    assert [each.role for each in sources.speakers_of(register, source)] == ["", ""]


def test_a_quote_is_found_in_the_text_as_often_as_it_says(register: ProjectFile, file: Write) -> None:
    source = add_text(register, TALK)
    done = import_codings(register, file("a.csv", CODINGS))
    assert (done.coders, done.codings, done.new, done.existed, done.mentions) == (2, 3, 3, 0, 2)
    assert sorted(found(register, source)) == [
        ("Hanne", "rol", 21, 29, Valence.NEGATIVE),
        ("Hanne", "rol.vertrouwen", 50, 63, Valence.NONE),
        ("Joris", "rol.vertrouwen", 50, 63, Valence.POSITIVE),
    ]
    assert [(each.start, each.stop, each.family) for each in sources.mentions_of(register, source)] == [
        (21, 29, "G001"),
        (21, 29, "G002"),
    ]


def test_each_coder_has_a_change_of_their_own(register: ProjectFile, file: Write) -> None:
    add_text(register, TALK)
    import_codings(register, file("a.csv", CODINGS))
    assert changes(register)[-2:] == [("import-codings", "Hanne"), ("import-codings", "Joris")]


def test_the_same_codings_again_are_no_change(register: ProjectFile, file: Write) -> None:
    add_text(register, TALK)
    import_codings(register, file("a.csv", CODINGS))
    before = changes(register)
    again = import_codings(register, file("a.csv", CODINGS))
    assert (again.new, again.existed, again.mentions) == (0, 3, 0)
    assert changes(register) == before


def test_rows_that_say_the_same_are_one_coding_about_all_their_families(register: ProjectFile, file: Write) -> None:
    source = add_text(register, TALK)
    text = "bron;code;over;citaat\nanna;rol;G001;Nu slaap\nanna;rol;G002;Nu slaap\n"
    done = import_codings(register, file("a.csv", text))
    assert (done.codings, done.mentions) == (1, 2)
    assert found(register, source) == [("Hanne", "rol", 47, 55, Valence.NONE)]


def test_a_source_is_named_by_title_number_or_code_of_a_story(register: ProjectFile, file: Write) -> None:
    add_text(register, TALK)
    story = "verhaal;gezin;antwoord;stem_rol;titel;tekst\nV07;G001;open;ouder;Nacht;Eindelijk rust.\n"
    import_stories(register, file("s.csv", story), lemmatise=str.lower)
    text = "bron;code;citaat\n1;rol;Nu\nV07;rol;rust\nV07 Nacht;rol;Eindelijk\n"
    assert import_codings(register, file("a.csv", text)).new == 3


def test_two_sources_of_one_title_are_told_apart_by_number(register: ProjectFile, file: Write) -> None:
    add_text(register, TALK)
    add_text(register, "Anna: Nog eens.")
    with pytest.raises(errors.BadTable, match="more than one source is called anna"):
        import_codings(register, file("a.csv", "bron;code;citaat\nanna;rol;Nu\n"))
    assert import_codings(register, file("a.csv", "bron;code;citaat\n2;rol;Nog\n")).new == 1


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        ("berta;Hanne;rol;geen;;Nu;1", "bron", "there is no source berta"),
        ("anna;Hanne;rol.weg;geen;;Nu;1", "code", r"there is no code rol\.weg"),
        ("anna;Hanne;rol;groen;;Nu;1", "kleur", '"groen" is not one of: positief, negatief, gemengd, geen'),
        ("anna;Hanne;rol;geen;G009;Nu;1", "over", "there is no family G009"),
        ("anna;Hanne;rol;geen;;Ik sliep goed;1", "citaat", "do not stand in the source"),
        ("anna;Hanne;rol;geen;;Ik sliep;3", "keer", "in the source less often: 2×"),
        ("anna;Hanne;rol;geen;;Ik sliep;nul", "keer", "no whole number"),
        ("anna;Hanne;rol;geen;;;1", "citaat", "this cell is empty"),
    ],
)
def test_an_error_in_a_coding_refuses_the_whole_file(
    register: ProjectFile, file: Write, line: str, column: str, problem: str
) -> None:
    source = add_text(register, TALK)
    with pytest.raises(errors.BadTable, match=problem) as caught:
        import_codings(register, file("a.csv", f"{CODINGS}{line}\n"))
    assert [each[:2] for each in caught.value.problems] == [(5, column)]
    assert "sliep" not in str(caught.value)
    assert found(register, source) == []
