"""Names masked before a text is stored, and later: without the key the project holds none of them, in any byte."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.copies import made_once

from verhalen import errors
from verhalen.api.codings import Intent
from verhalen.api.project import Project, new_project
from verhalen.api.waiting import Wait, waiting
from verhalen.exchange.intake import Draft, Voice, draft_of
from verhalen.model.codebook import Code
from verhalen.model.masking import NameKind
from verhalen.model.text import Span
from verhalen.privacy.review import Review
from verhalen.readers import read_source

NAME, OTHER = "Zwaantje", "Kwikstaart"
PHONE = "0471 12 34 56"
TALK = (
    f"Interviewer: Dag {NAME} {OTHER}, hoe gaat het?\n\n"
    f"{NAME}: Goed. Bel me op {PHONE}. De {NAME.lower()} in de vijver kent mij ook.\n\n"
    f"Interviewer: Tot later, {NAME}!\n"
)
PERSONS = "gezin;lid;rol;leeftijdsgroep;van;tot\nG001;moeder;ouder;25-34;;\n"


@made_once
def work_made(folder: Path) -> Project:
    """An empty project with one family; its key will lie in the home of the test."""
    made = new_project(folder / "w", coder="Hanne", empty=True)
    made.families.add("G001", municipality="Oudermeer")
    (folder / "persons.csv").write_text(PERSONS, "utf-8")
    made.families.import_file(folder / "persons.csv")
    return made


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Project]:
    with work_made(tmp_path) as made:
        yield made


def talk_file(work: Project, name: str = "gesprek Zwaantje.txt", text: str = TALK) -> Path:
    path = work.workspace.parent / name
    path.write_text(text, "utf-8")
    return path


def draft(path: Path) -> Draft:
    return draft_of(read_source(path))


def with_names(review: Review, *names: str) -> Review:
    """As a person who reads: every name that was not found is added."""
    for name in names:
        if not any(place.part == "text" and _says(review, place.span, name) for place in review.places):
            start = review.text("text").rindex(name)
            review.add(Span(start, start + len(name)))
    return review


def _says(review: Review, span: Span, name: str) -> bool:
    return review.text("text")[span.start : span.stop] == name


def traces(work: Project, *words: str) -> list[str]:
    """Files of the workspace in which one of the words still stands, in any case, composed or not."""
    found = []
    for path in work.workspace.rglob("*"):
        data = path.read_bytes().lower() if path.is_file() else b""
        for word in words:
            forms = {unicodedata.normalize(form, word.lower()) for form in ("NFC", "NFD")}
            if any(form.encode(code) in data for form in forms for code in ("utf-8", "utf-16-le")):
                found.append(path.name)
    return found


def keep(work: Project, made: Draft, *, keeps_copy: bool = False) -> int:
    review = with_names(work.masking.review_draft(made), f"{NAME} {OTHER}", NAME)
    source = work.sources.keep(made, review, keeps_copy=keeps_copy).source
    assert source is not None
    return source.number


def test_a_name_that_is_masked_at_import_never_reaches_the_project(work: Project) -> None:
    number = keep(work, draft(talk_file(work)))
    stored = work.sources.text(number)
    assert NAME.lower() not in stored.text.lower()
    assert stored.text.startswith(
        "Interviewer: Dag [persoon 1], hoe gaat het?\n\n[persoon 1]: Goed. Bel me op [telefoon 1]."
    )
    assert [turn.speaker for turn in stored.turns] == ["Interviewer", "[persoon 1]", "Interviewer"]
    assert [stored.text[turn.start : turn.stop] for turn in stored.turns][2] == "Tot later, [persoon 1]!"
    assert (stored.source.title, stored.source.masked) == ("gesprek [persoon 1]", True)
    with pytest.raises(errors.OriginalWithheld):
        work.sources.original(number)
    assert traces(work, NAME, OTHER, PHONE) == []
    assert work.sources.search("persoon")
    assert work.history.check().ok


def test_the_masked_text_can_be_kept_as_original(work: Project) -> None:
    number = keep(work, draft(talk_file(work)), keeps_copy=True)
    data, suffix = work.sources.original(number)
    assert (data.decode(), suffix) == (work.sources.text(number).text, ".txt")
    assert traces(work, NAME, OTHER) == []


def test_the_key_lies_outside_the_project_and_says_who_is_who(work: Project) -> None:
    keep(work, draft(talk_file(work)))
    key = work.privacy.key()
    assert key.replacement_of(f"{NAME} {OTHER}") == key.replacement_of(NAME) == "[persoon 1]"
    assert not work.privacy.key_path.is_relative_to(work.workspace)
    assert work.privacy.leaks() == []


def test_the_same_name_gets_the_same_replacement_in_every_text(work: Project) -> None:
    keep(work, draft(talk_file(work)))
    second = talk_file(work, "tweede.txt", f"Coach: {OTHER} was er niet, {NAME.upper()} wel.\n\nCoach: Ja.\n")
    made = work.sources.import_files([second], mask="auto")
    assert [each.error for each in made] == [None]
    assert work.sources.text(2).text.startswith("Coach: ")
    assert "[persoon 1] wel" in work.sources.text(2).text


def test_a_speaker_who_is_somebody_of_a_family_is_called_by_that(work: Project) -> None:
    made = draft(talk_file(work)).known_as(NAME, Voice("G001.moeder"))
    review = with_names(work.masking.review_draft(made), NAME)
    number = work.sources.keep(made, review).source
    assert number is not None
    stored = work.sources.text(number.number)
    assert "[moeder G001]: Goed." in stored.text
    assert [(voice.name, voice.person) for voice in work.speakers.of(number.number)] == [
        ("Interviewer", None),
        ("[moeder G001]", "G001.moeder"),
    ]


def test_what_was_decided_about_speakers_is_stored_with_the_text(work: Project) -> None:
    text = "Els: Goed.\n\nLet wel: niets.\n\nE.: Ja.\n\nLet wel: iets.\n\nEls: Neen.\n"
    made = draft(talk_file(work, "els.txt", text))
    made = made.without(["Let wel"]).called({"E.": "Els"}).known_as("Els", Voice("G001.moeder"))
    work.sources.keep(made)
    stored = work.sources.text(1)
    assert [(turn.speaker, stored.text[turn.start : turn.stop]) for turn in stored.turns] == [
        ("Els", "Goed.\n\nLet wel: niets."),
        ("Els", "Ja.\n\nLet wel: iets."),
        ("Els", "Neen."),
    ]
    assert [(each.name, each.person) for each in work.speakers.of(1)] == [("Els", "G001.moeder")]


def test_nothing_is_stored_when_a_speaker_is_somebody_who_does_not_exist(work: Project) -> None:
    made = draft(talk_file(work)).known_as(NAME, Voice("G099.moeder"))
    with pytest.raises(errors.UnknownPerson):
        work.sources.keep(made)
    assert work.sources.all() == []
    assert work.history.check().ok


def test_a_stored_text_is_masked_for_good_and_its_file_in_the_inbox_is_named(work: Project) -> None:
    inbox = work.workspace / "transcripts" / "gesprek.txt"
    inbox.write_text(TALK, "utf-8")
    list(work.sources.import_files([inbox]))
    source = work.sources.get(1)
    review = with_names(work.masking.review(source), f"{NAME} {OTHER}", NAME)
    done = work.masking.mask(source, review)
    assert done.clean
    assert done.stays == (str(Path("transcripts") / "gesprek.txt"),)
    inbox.unlink()
    assert traces(work, NAME, OTHER, PHONE) == []
    assert work.privacy.leaks() == []


def test_a_text_that_was_corrected_after_it_was_reviewed_is_not_masked(work: Project) -> None:
    list(work.sources.import_files([talk_file(work)]))
    source = work.sources.get(1)
    review = work.masking.review(source)
    work.sources.correct(1, start=0, stop=1, replacement="i")
    with pytest.raises(errors.StaleText):
        work.masking.mask(work.sources.get(1), review)


def test_without_the_key_nothing_is_masked_and_the_way_out_is_said(work: Project, tmp_path: Path) -> None:
    keep(work, draft(talk_file(work)))
    path = work.privacy.key_path
    kept = path.rename(tmp_path / "sleutel.csv")
    second = talk_file(work, "tweede.txt", f"Coach: {NAME} was er.\n\nCoach: Ja.\n")
    (refused,) = work.sources.import_files([second], mask="auto")
    assert isinstance(refused.error, errors.NoKey)
    assert "verhalen key use" in str(refused.error)
    assert len(work.sources.all()) == 1
    work.privacy.use_key(kept)
    (done,) = work.sources.import_files([second], mask="auto")
    assert done.error is None
    assert "[persoon 1] was er" in work.sources.text(2).text


def test_a_key_that_is_put_back_in_its_first_place_is_found_again(work: Project, tmp_path: Path) -> None:
    keep(work, draft(talk_file(work)))
    first = work.privacy.key_path
    kept = first.rename(tmp_path / "sleutel.csv")
    work.privacy.use_key(kept)
    kept.rename(first)
    assert work.privacy.key_path == first
    assert work.privacy.key().names()


def test_a_key_begun_anew_gives_no_number_a_second_time(work: Project) -> None:
    keep(work, draft(talk_file(work)))
    work.privacy.key_path.unlink()
    work.privacy.new_key(work.workspace.parent / "nieuw.csv", lost=True)
    assert work.privacy.add_name("Mieke", NameKind.PERSON) == "[persoon 2]"


def test_names_are_found_at_import_without_masking_and_counted(work: Project) -> None:
    (done,) = work.sources.import_files([talk_file(work)])
    assert any("zou" in str(each) or "kan iemand" in str(each) or "could" in str(each) for each in done.warnings)
    assert PHONE in work.sources.text(1).text


def test_names_of_speakers_and_memos_that_are_not_in_the_text_are_masked_too(work: Project) -> None:
    list(work.sources.import_files([talk_file(work, "r2.txt", "R2: Ik slaap niet.\n\nCoach: En nu?\n\nR2: Nu wel.\n")]))
    work.speakers.rename(1, "R2", "Ilse Kwikstaart")
    work.codes.add(Code("slaap", "Slaap"))
    done = work.codings.apply(Intent(work.sources.get(1).id, 4, 18, "slaap"))
    work.codings.set_memo(done.coding_id, "Ilse Kwikstaart zegt het altijd zo, en Ilse meent het.")
    source = work.sources.get(1)
    review = work.masking.review(source)
    assert {place.part for place in review.places} >= {"speakers", "memos"}
    work.masking.mask(source, review)
    assert traces(work, OTHER) == []
    assert [voice.name for voice in work.speakers.of(1)] == ["[persoon 1]", "Coach"]


def undo_everything(work: Project) -> None:
    while True:
        try:
            work.history.undo()
        except (errors.NothingToUndo, errors.CannotUndo):
            return


def test_a_text_with_corrected_turns_and_a_newer_version_is_masked_whole(work: Project) -> None:
    first = talk_file(work, "anna.txt", f"Anna: Ik zag {NAME} gisteren.\n\nBert: Ik sliep slecht.\n\nAnna: Goed zo.\n")
    list(work.sources.import_files([first]))
    work.codes.add(Code("slaap", "Slaap"))
    number = work.sources.get(1).id
    text = work.sources.text(1).text
    start = text.index("sliep slecht")
    work.codings.apply(Intent(number, start, start + len("sliep slecht"), "slaap"))
    turn = work.sources.text(1).turns[1]
    work.corrections.turn(
        1, turn.id, before="Ik sliep slecht.", after=f"Ik sliep slecht, {NAME} ook, en {NAME} nog meer."
    )
    newer = talk_file(
        work,
        "anna2.txt",
        f"Anna: Ik zag {NAME} vandaag.\n\nBert: Ik sliep heel slecht, {NAME} ook.\n\nAnna: Goed zo.\n",
    )
    work.corrections.renew(work.corrections.newer(1, newer))
    source = work.sources.get(1)
    assert traces(work, NAME)
    work.masking.mask(source, with_names(work.masking.review(source), NAME))
    assert traces(work, NAME) == []
    assert work.history.check().ok
    (fragment,) = work.codings.fragments()
    assert fragment.text == "sliep heel slecht"
    undo_everything(work)
    assert traces(work, NAME) == []
    assert work.history.check().ok


def test_a_newer_version_of_a_masked_text_is_masked_too_and_codings_are_found_again(work: Project) -> None:
    keep(work, draft(talk_file(work)), keeps_copy=True)
    work.codes.add(Code("goed", "Goed"))
    text = work.sources.text(1).text
    work.codings.apply(Intent(work.sources.get(1).id, text.index("Goed. Bel"), text.index(" De "), "goed"))
    newer = talk_file(work, "gesprek 2.txt", TALK.replace("hoe gaat het?", "hoe gaat het nu?"))
    names = work.corrections.review_newer(1, newer)
    assert names is not None
    renewal = work.corrections.newer(1, newer, names=with_names(names, f"{NAME} {OTHER}", NAME))
    assert traces(work, NAME, OTHER, PHONE) == []
    work.corrections.renew(renewal)
    assert traces(work, NAME, OTHER, PHONE) == []
    assert work.sources.text(1).text.startswith("Interviewer: Dag [persoon 1], hoe gaat het nu?")
    assert [each.text for each in work.codings.fragments()] == ["Goed. Bel me op [telefoon 1]."]
    assert work.sources.original(1)[0].decode() == work.sources.text(1).text
    work.history.undo()
    assert work.sources.text(1).text == text
    assert work.sources.original(1)[0].decode() == text
    assert work.history.check().ok


def test_somebody_with_a_role_is_called_by_it_and_towns_of_families_are_places(work: Project) -> None:
    text = "Karim: Ik ga elke week naar Oudermeer.\n\nLies: En dan?\n\nKarim: Dan drinken we koffie, Lies.\n"
    made = draft(talk_file(work, "coach.txt", text)).known_as("Karim", Voice(role="gezinscoach"))
    work.sources.keep(made, work.masking.review_draft(made))
    assert work.sources.text(1).text == (
        "[gezinscoach 1]: Ik ga elke week naar [plaats 1].\n\n[persoon 1]: En dan?\n\n"
        "[gezinscoach 1]: Dan drinken we koffie, [persoon 1].\n"
    )
    (again,) = work.sources.import_files(
        [talk_file(work, "twee.txt", "Karim: Dag.\n\nSien: Dag Karim.\n")], mask="auto"
    )
    assert again.error is None
    assert work.sources.text(2).text == "[gezinscoach 1]: Dag.\n\n[persoon 2]: Dag [gezinscoach 1].\n"


def test_a_text_that_the_program_masked_alone_waits_until_a_person_read_it(work: Project) -> None:
    list(work.sources.import_files([talk_file(work)], mask="auto"))
    assert [(each.why, each.key) for each in waiting(work, today=dt.date(2026, 11, 20)) if each.why is Wait.UNREAD] == [
        (Wait.UNREAD, "1")
    ]
    work.masking.mark_read(work.sources.get(1))
    assert (work.sources.get(1).masked, work.sources.get(1).unread) == (True, False)
    work.history.undo()
    assert work.sources.get(1).unread
    source = work.sources.get(1)
    work.masking.mask(source, with_names(work.masking.review(source), "vijver"))
    assert not work.sources.get(1).unread
    assert "vijver" not in work.sources.text(1).text
