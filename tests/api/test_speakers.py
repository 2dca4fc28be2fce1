"""Who speaks in a stored text: put right afterwards, in one change each, with every coding on its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.copies import made_once

from verhalen import errors
from verhalen.api.codings import Intent
from verhalen.api.project import Project, new_project
from verhalen.i18n import set_language
from verhalen.model.codebook import Code
from verhalen.model.coding import Valence
from verhalen.model.query import FragmentQuery
from verhalen.model.text import Span
from verhalen.store.project import ProjectFile

TALK = (
    "Joris: Hoe gaat het?\n\n"
    "Mieke: Ik sliep niet.\n\n"
    "Buiten: de ketel was kapot.\n\n"
    "Joris: En nu?\n\n"
    "M.: Nu slaap ik wel.\n\n"
    "Buiten: dat is nieuw.\n"
)
PERSONS = "gezin;lid;rol;leeftijdsgroep;van;tot\nG001;moeder;ouder;25-34;;\nG001;kind1;kind;6-11;;\n"
FAMILIES = "gezin;gemeente\nG001;Oudermeer\nG002;Lindebeke\nG003;Lindebeke\n"


@made_once
def work_made(folder: Path) -> Project:
    """One talk, a code that is evidence about housing, three families; the coder is Hanne."""
    made = new_project(folder / "w", coder="Hanne", empty=True)
    for name, table in (("families.csv", FAMILIES), ("persons.csv", PERSONS)):
        (folder / name).write_text(table, "utf-8")
        made.families.import_file(folder / name)
    made.codes.add(Code("wonen", "Wonen", evidence=("WON",)))
    (folder / "gesprek.txt").write_text(TALK, "utf-8")
    assert [each.error for each in made.sources.import_files([folder / "gesprek.txt"])] == [None]
    return made


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Project]:
    with work_made(tmp_path) as made:
        yield made


@pytest.fixture
def jan(work: Project) -> Iterator[Project]:
    """A colleague in another window."""
    with work.sibling(coder="Jan") as other:
        yield other


def said(project: Project) -> list[tuple[str | None, str]]:
    """Speaker and words of each turn."""
    found = project.sources.text(1)
    return [(turn.speaker, found.text[turn.start : turn.stop]) for turn in found.turns]


def names(project: Project) -> list[str | None]:
    return [voice.name for voice in project.speakers.of(1)]


def place(project: Project, words: str) -> Span:
    start = project.sources.text(1).text.index(words)
    return Span(start, start + len(words))


def code(project: Project, words: str, valence: Valence = Valence.NONE) -> None:
    where = place(project, words)
    project.codings.apply(Intent(project.sources.get(1).id, where.start, where.stop, "wonen", valence))


def coded(project: Project) -> list[tuple[str, str | None]]:
    """Words and speaker of each coding."""
    return [(each.text, each.speaker) for each in project.codings.fragments(FragmentQuery())]


def turn(project: Project, words: str) -> int:
    """The turn that holds these words."""
    where = place(project, words)
    return next(
        each.id for each in project.sources.text(1).turns if each.start <= where.start and where.stop <= each.stop
    )


# -- who is there ----------------------------------------------------------------------------------------------------


def test_speakers_stand_in_order_of_appearance_with_turns_and_words(work: Project) -> None:
    found = work.speakers.of(1)
    assert [(each.name, each.turns, each.words) for each in found] == [
        ("Joris", 2, 5),
        ("Mieke", 1, 3),
        ("Buiten", 2, 7),
        ("M.", 1, 4),
    ]
    assert found[0].share == pytest.approx(5 / 19)
    assert work.speakers.likely_same(1) == [("M.", "Mieke")]


# -- putting it right ------------------------------------------------------------------------------------------------


def test_a_renamed_speaker_keeps_turns_and_link_and_the_text_stays(work: Project) -> None:
    work.speakers.link(1, "Mieke", person="G001.moeder")
    before = work.sources.text(1).text
    work.speakers.rename(1, "Mieke", "  Mama van \n Lars ")
    voice = work.speakers.of(1)[1]
    assert (voice.name, voice.person, voice.role) == ("Mama van Lars", "G001.moeder", "ouder")
    assert work.sources.text(1).text == before


@pytest.mark.parametrize("name", ["", " \n "])
def test_a_speaker_needs_a_name(work: Project, name: str) -> None:
    with pytest.raises(errors.BadInput):
        work.speakers.rename(1, "Mieke", name)


def test_a_name_that_somebody_has_already_is_refused_with_the_way_out(work: Project) -> None:
    set_language("en")
    with pytest.raises(errors.SpeakerExists, match="is the same person, merge them"):
        work.speakers.rename(1, "M.", "Mieke")


def test_merged_speakers_are_one_voice_with_the_link_of_either(work: Project) -> None:
    work.speakers.link(1, "M.", person="G001.moeder")
    work.speakers.merge(1, {"M.": "Mieke"})
    assert names(work) == ["Joris", "Mieke", "Buiten"]
    assert [(each.turns, each.person) for each in work.speakers.of(1) if each.name == "Mieke"] == [(2, "G001.moeder")]


def test_merging_goes_on_to_the_name_that_stays(work: Project) -> None:
    work.speakers.merge(1, {"Buiten": "M.", "M.": "Mieke"})
    assert names(work) == ["Joris", "Mieke"]
    with pytest.raises(errors.BadInput):
        work.speakers.merge(1, {"Joris": "Mieke", "Mieke": "Joris"})


@pytest.mark.parametrize("other", [{"person": "G001.kind1"}, {"role": "gezinscoach"}])
def test_speakers_who_are_different_people_are_not_merged(work: Project, other: dict[str, str]) -> None:
    work.speakers.link(1, "Mieke", person="G001.moeder")
    work.speakers.link(1, "M.", person=other.get("person"), role=other.get("role", ""))
    with pytest.raises(errors.SpeakersDiffer):
        work.speakers.merge(1, {"M.": "Mieke"})
    assert names(work) == ["Joris", "Mieke", "Buiten", "M."]
    work.speakers.unlink(1, "M.")
    work.speakers.merge(1, {"M.": "Mieke"})
    assert names(work) == ["Joris", "Mieke", "Buiten"]


def test_a_label_that_is_nobody_goes_back_into_the_words(work: Project) -> None:
    work.speakers.drop(1, ["Buiten"])
    assert said(work) == [
        ("Joris", "Hoe gaat het?"),
        ("Mieke", "Ik sliep niet.\n\nBuiten: de ketel was kapot."),
        ("Joris", "En nu?"),
        ("M.", "Nu slaap ik wel.\n\nBuiten: dat is nieuw."),
    ]
    assert names(work) == ["Joris", "Mieke", "M."]


def test_a_first_label_that_is_nobody_leaves_words_of_nobody(work: Project) -> None:
    work.speakers.drop(1, ["Joris"])
    assert said(work)[0] == (None, "Joris: Hoe gaat het?")
    assert work.speakers.of(1)[0].name is None


def test_turns_are_joined_cut_and_given_away(work: Project) -> None:
    work.speakers.join_turn(1, turn(work, "de ketel"))
    work.speakers.give_turn(1, turn(work, "dat is nieuw"), "Joris")
    at = place(work, "Buiten: de ketel").start
    work.speakers.split_turn(1, turn(work, "Ik sliep"), at=at, speaker="Buurvrouw")
    assert [speaker for speaker, _ in said(work)] == ["Joris", "Mieke", "Buurvrouw", "Joris", "M.", "Joris"]
    assert said(work)[2] == ("Buurvrouw", "Buiten: de ketel was kapot.")


def test_a_first_turn_has_none_before_it(work: Project) -> None:
    with pytest.raises(errors.BadTurn):
        work.speakers.join_turn(1, turn(work, "Hoe gaat"))


def test_a_cut_in_a_text_that_was_corrected_meanwhile_is_refused(work: Project, jan: Project) -> None:
    version = work.sources.get(1).version
    jan.sources.correct(1, start=0, stop=5, replacement="J")
    with pytest.raises(errors.StaleText):
        work.speakers.split_turn(1, turn(work, "En nu"), at=place(work, "nu?").start, speaker=None, version=version)


def test_somebody_who_does_not_speak_is_named_with_the_way_out(work: Project) -> None:
    set_language("en")
    with pytest.raises(errors.UnknownSpeaker, match="verhalen speakers 1"):
        work.speakers.drop(1, ["Wim"])


# -- undo ------------------------------------------------------------------------------------------------------------


def test_undo_brings_a_dropped_speaker_back_with_the_coding_made_meanwhile(work: Project) -> None:
    work.speakers.link(1, "Buiten", role="onderzoeker")
    code(work, "de ketel was kapot")
    before = work.history.check().digest
    work.speakers.drop(1, ["Buiten"])
    assert coded(work) == [("de ketel was kapot", "Mieke")]
    work.history.undo()
    assert coded(work) == [("de ketel was kapot", "Buiten")]
    assert work.history.check().digest == before
    assert work.history.check().ok


def test_undo_after_a_colleague_coded_and_corrected_keeps_every_word(work: Project, jan: Project) -> None:
    work.speakers.merge(1, {"M.": "Mieke"})
    work.speakers.drop(1, ["Buiten"])
    code(jan, "de ketel was kapot")
    where = place(jan, "Ik sliep")
    jan.sources.correct(1, start=where.start, stop=where.stop, replacement="Ja, ik sliep")
    for _ in range(2):
        work.history.undo()
    assert said(work) == [
        ("Joris", "Hoe gaat het?"),
        ("Mieke", "Ja, ik sliep niet."),
        ("Buiten", "de ketel was kapot."),
        ("Joris", "En nu?"),
        ("M.", "Nu slaap ik wel."),
        ("Buiten", "dat is nieuw."),
    ]
    assert coded(work) == [("de ketel was kapot", "Buiten")]
    assert work.history.check().ok


def test_undo_of_a_cut_is_refused_by_name_when_a_colleague_linked_the_new_speaker(work: Project, jan: Project) -> None:
    work.speakers.give_turn(1, turn(work, "En nu"), "Buurvrouw")
    jan.speakers.link(1, "Buurvrouw", role="gezinscoach")
    with pytest.raises(errors.CannotUndo, match="Jan"):
        work.history.undo()


def test_the_history_names_what_was_done_and_no_names(work: Project) -> None:
    set_language("en")
    work.speakers.rename(1, "Mieke", "Rina")
    work.speakers.drop(1, ["Buiten"])
    labels = [work.history.label(each) for each in work.history.entries(limit=2)]
    assert labels == ["no speaker after all, in source 1", "speaker renamed in source 1"]


def test_a_coding_that_begins_on_a_label_is_of_the_speaker_named_there(work: Project) -> None:
    for words in ("Joris: En nu?", "niet.\n\nBuiten: de ketel", "Joris:"):
        code(work, words)
    assert coded(work) == [("Joris:", None), ("niet.\n\nBuiten: de ketel", "Mieke"), ("Joris: En nu?", "Joris")]


# -- about a family --------------------------------------------------------------------------------------------------


def about(project: Project) -> list[tuple[str, str]]:
    text = project.sources.text(1).text
    return [(each.family, text[each.start : each.stop]) for each in project.sources.mentions(1)]


def test_a_fragment_is_about_several_families_in_one_change(work: Project) -> None:
    where = place(work, "de ketel was kapot")
    work.sources.mention_many(1, ["G001", "G002"], start=where.start, stop=where.stop)
    assert about(work) == [("G001", "de ketel was kapot"), ("G002", "de ketel was kapot")]
    gone = [each for each in work.sources.mentions(1) if each.family == "G001"]
    work.sources.mention_many(1, ["G002", "G003"], start=where.start, stop=where.stop, gone=gone)
    assert [family for family, _ in about(work)] == ["G002", "G003"]
    work.history.undo()
    assert [family for family, _ in about(work)] == ["G001", "G002"]
    work.history.undo()
    assert about(work) == []


def test_an_unknown_family_stops_all_of_them(work: Project) -> None:
    with pytest.raises(errors.UnknownFamily):
        work.sources.mention_many(1, ["G001", "G099"], start=0, stop=5)
    assert about(work) == []


def test_what_a_coach_says_of_families_stands_in_the_join_as_words_about_them(work: Project) -> None:
    work.speakers.link(1, "Joris", role="gezinscoach")
    work.speakers.link(1, "Mieke", person="G001.moeder")
    code(work, "En nu?", Valence.POSITIVE)
    code(work, "Ik sliep niet", Valence.NEGATIVE)
    assert [(row.own.total, row.about.total) for row in work.reports.joint() if row.own.total] == [(1, 0)]
    where = place(work, "Joris: En nu?")
    work.sources.mention_many(1, ["G002", "G003"], start=where.start, stop=where.stop)
    row = next(each for each in work.reports.joint() if each.own.total)
    assert (row.own.negative, row.about.positive, row.about.total) == (1, 1, 1)
    assert row.families_telling == ("G001",)
    for family in ("G002", "G003"):
        assert [each.text for each in work.codings.fragments(FragmentQuery(family=family))] == ["En nu?"]


def test_merging_with_a_coach_moves_words_from_the_family_to_words_about_it(work: Project) -> None:
    """The link of a speaker decides whose words they are, also after merging."""
    work.speakers.link(1, "M.", role="coordinator")
    code(work, "Ik sliep niet")
    where = place(work, "Ik sliep niet")
    work.sources.mention_many(1, ["G001"], start=where.start, stop=where.stop)
    work.speakers.merge(1, {"Mieke": "M."})
    assert [row.about.total for row in work.reports.joint() if row.about.total] == [1]


def test_speakers_of_the_older_door_still_work(work: Project, project: ProjectFile) -> None:
    work.sources.link_speaker(1, "Mieke", person="G001.moeder", role="ouder")
    assert [(each.name, each.role) for each in work.sources.speakers(1)][1] == ("Mieke", "ouder")
    with pytest.raises(errors.UnknownPerson):
        work.sources.link_speaker(1, "Mieke", person="G009.oma")
