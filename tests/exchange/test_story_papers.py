"""Stories on paper and in files: the form in Word, tables and Markdown with all fields, the sheet for the family."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.papers import fill

from verhalen import errors
from verhalen.api.story_papers import StoryPapers
from verhalen.exchange.story_tables import StoryImport
from verhalen.exchange.table_kinds import table_kind
from verhalen.model.act import Act
from verhalen.model.consent import PARENT, Answer, Consent, Purpose
from verhalen.model.mapping import ColumnMapping
from verhalen.model.story import Moment, Outcome, Story, StoryAnswer, Verification, Voice
from verhalen.msc.telling import tell
from verhalen.readers import read_source
from verhalen.store import stories
from verhalen.store.project import ProjectFile

Write = Callable[[str, str], Path]
DAY = dt.date(2026, 3, 12)


def without_ids(story: Story) -> Story:
    """A story as two projects may share it."""
    others = tuple(
        replace(each, id=0, source_id=0, consents=tuple(sorted(each.consents, key=str))) for each in story.others
    )
    checks = tuple(replace(each, id=0) for each in story.verifications)
    consents = tuple(sorted(story.consents, key=str))
    return replace(story, id=0, source_id=0, others=others, verifications=checks, consents=consents)


# -- files -------------------------------------------------------------------------------------------------------------

FULL = """---
story: V07
family: G001
title: "[Een] titel: zo"
answer: positive
voice_role: child
voice_member: kind1
form: dictated
language: fr
translated_by: tolk
told: 2026-03-12
place: Oudermeer
changes:
  - de muur
  - de buren
shares: [we, own strength]
before: |
  koud
  en nat
how: Door te vragen.
domains: Wonen|AND
main_domain: WON
something_else: de hond
domain_when: after
moment: halfway
trajectory: 2
emoticon: 4
verified: 2026-03-14|vader|voorgelezen|anders|mijn naam eruit // en de straat
consent_report: yes
consent_team: no|2026-03-13|
consent_date: 2026-03-12
consent_by: Els
consent_report_parent: yes|2026-03-15|ouder
---

De muur is “droog”…
\\---
Moeder: ja.
---
Vader: nee.
Tweede\u00a0alinea, e\u0301e\u0301n\u200b.

## Own words

Le mur est sec.

## Voice 2 (the coach)

role: coach
consent_report: no

Ik zag het ook.

---
gezin: G002
antwoord: geen
stem_rol: ouder
---
Niets.
"""


def test_every_field_goes_around_by_markdown_csv_and_excel(register: ProjectFile, file: Write, tmp_path: Path) -> None:
    papers = StoryPapers(register)
    source = file("a.md", FULL)
    done = papers.import_file(source)
    assert (done.new, done.keys) == (2, ("V07", "V01"))
    one, two = stories.stories(register)[1], stories.stories(register)[0]
    assert one.text == "De muur is “droog”…\n---\nMoeder: ja.\n---\nVader: nee.\nTweede alinea, één."
    assert (two.text, two.answer, two.family) == ("Niets.", StoryAnswer.NONE, "G002")
    assert (one.title, one.before, one.changes) == ("[Een] titel: zo", "koud\nen nat", ("de muur", "de buren"))
    assert (one.own_words, one.translated_by, one.place) == ("Le mur est sec.", "tolk", "Oudermeer")
    assert (one.domains, one.something_else, one.domain_when) == (("WON", "AND"), "de hond", "achteraf")
    assert (one.shares, one.moment, one.emoticon) == (("wij", "eigen kracht"), Moment.HALFWAY, 4)
    assert [(each.role, each.text, each.position) for each in one.others] == [("coach", "Ik zag het ook.", 2)]
    assert one.others[0].consent(Purpose.REPORT) is Answer.NO
    (check,) = one.verifications
    assert (check.who, check.outcome, check.note) == ("vader", Outcome.OTHERWISE, "mijn naam eruit\nen de straat")
    assert one.consent(Purpose.REPORT) is Answer.YES  # its own and a parent's
    assert Consent(Purpose.TEAM, Answer.NO, dt.date(2026, 3, 13)) in one.consents
    assert Consent(Purpose.REPORT, Answer.YES, dt.date(2026, 3, 15), "ouder", PARENT) in one.consents
    before = [without_ids(each) for each in stories.stories(register)]
    for name in ("uit.csv", "uit.xlsx", "uit.md"):
        written = papers.export(tmp_path / name)
        assert (written.stories, written.voices, written.left_out) == (2, 1, 0)
        found = papers.preview(tmp_path / name)
        assert (found.errors, found.would.new, found.would.changed) == ((), 0, 0)
        again = papers.import_file(tmp_path / name)
        assert (again.new, again.changed, again.unchanged, again.warnings) == (0, 0, 2, ())
        assert [without_ids(each) for each in stories.stories(register)] == before
    outside = papers.export(tmp_path / "raad.md", audience="council")
    assert (outside.stories, outside.voices, outside.left_out) == (1, 0, 1)
    said = (tmp_path / "raad.md").read_text("utf-8")
    assert not [words for words in ("Ik zag het ook", "kind1", "Els", "Oudermeer", "vader") if words in said]


def test_forty_stories_as_a_service_keeps_them(register: ProjectFile, file: Write) -> None:
    papers = StoryPapers(register)
    head = "Nr;Wie;Soort;Wat ze zeggen;Rapport;Op;Nota"
    rows = [f"G00{n % 3 + 1};mama;{['Positief', 'niets'][n % 2]};Verhaal {n};Ja;1/2/2026;x" for n in range(40)]
    path = file("dienst.csv", "\n".join([head, *rows]))
    with pytest.raises(errors.BadTable, match="gezin"):
        papers.import_file(path)
    columns = {
        "Nr": "gezin",
        "Wie": "stem_rol",
        "Soort": "antwoord",
        "Wat ze zeggen": "text",
        "Rapport": "consent_report",
    }
    papers.keep_mapping("Dienst", ColumnMapping({**columns, "Op": "datum_toestemming", "Nota": "-"}))
    assert table_kind(register, path) == "stories"
    found = papers.preview(path)
    assert (found.would.new, found.would.mapping, found.skipped, found.errors) == (40, "Dienst", ("Nota",), ())
    assert stories.stories(register) == []
    assert papers.import_file(path).new == 40
    assert papers.import_file(path).unchanged == 40
    assert {story.consent(Purpose.REPORT) for story in stories.stories(register)} == {Answer.YES}
    bad = [*rows[:2], "G009;mama;raar;;Ja;1/2/2030;x"]
    wrong = file("fout.csv", "\n".join([head, *bad]))
    with pytest.raises(errors.BadTable) as caught:
        papers.import_file(wrong)
    assert [(row, column) for row, column, _ in caught.value.problems] == [
        (4, "Nr"),
        (4, "Wat ze zeggen"),
        (4, "Soort"),
        (4, "Op"),
    ]
    with pytest.raises(errors.BadInput, match="no column of ours"):
        papers.keep_mapping("Fout", ColumnMapping({"Nr": "huisnummer"}))


def test_a_row_per_voice_and_what_a_file_leaves_unsaid_stays(register: ProjectFile, file: Write) -> None:
    papers = StoryPapers(register)
    text = "verhaal;stem;gezin;antwoord;stem_rol;tekst;titel\n"
    papers.import_file(file("a.csv", text + "V01;1;G001;positief;ouder;Droog.;Muur\nV01;2;;;kind;Ik ook.;\n"))
    done = papers.import_file(
        file("b.csv", "verhaal;gezin;antwoord;stem_rol;tekst;nu\nV01;G001;open;ouder;Anders.;ja\n")
    )
    (story,) = stories.stories(register)
    assert (done.changed, story.title, story.now, story.answer) == (1, "Muur", "ja", StoryAnswer.OPEN)
    assert (story.text, story.others[0].text, story.others[0].role) == ("Droog.", "Ik ook.", "kind")
    assert [notice.values for notice in done.warnings] == [{"story": "V01"}]
    with pytest.raises(errors.BadTable, match="V09 itself is missing"):
        papers.import_file(file("c.csv", text + "V09;2;;;kind;Ik ook.;\n"))
    parent = "gezin;antwoord;stem_rol;tekst;toestemming_rapport_ouder\nG001;open;ouder;Nieuw.;ja\n"
    with pytest.raises(errors.BadTable, match="for a child only"):
        papers.import_file(file("d.csv", parent))


@pytest.mark.parametrize("words", ["Ja", "woord " * 50_000])
def test_a_story_may_be_one_word_or_fifty_thousand(
    register: ProjectFile, file: Write, tmp_path: Path, words: str
) -> None:
    papers = StoryPapers(register)
    path = file("a.md", f"---\ngezin: G001\nantwoord: open\nstem_rol: ouder\n---\n{words}\n")
    assert papers.import_file(path).new == 1
    papers.export(tmp_path / "b.csv")
    assert papers.import_file(tmp_path / "b.csv").unchanged == 1
    assert stories.stories(register)[0].text == words.strip()
    if len(words) > 2:
        with pytest.raises(errors.BadInput, match="too long for a cell"):
            papers.export(tmp_path / "b.xlsx")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "holds no text|no story"),
        ("Zomaar een tekst.", "begins with ---"),
        ("---\ngezin: G001\nantwoord: open\n", "have no end"),
        ("---\ngezin: G001\nzomaar\n---\nTekst.", "is no field"),
    ],
)
def test_markdown_that_cannot_be_used_says_where(register: ProjectFile, file: Write, text: str, problem: str) -> None:
    with pytest.raises((errors.BadTable, errors.UnreadableFile), match=problem):
        StoryPapers(register).import_file(file("a.md", text))


# -- the form ----------------------------------------------------------------------------------------------------------

TICKS = (
    ("positief", "ja"),
    ("negatief", "niet_gevraagd"),
    ("niet_gevraagd_reden", "taal"),
    ("toestemming_rapport", "ja"),
    ("toestemming_rapport_ouder", "nee"),
    ("aandeel", "wij"),
    ("aandeel", "weet niet"),
    ("domeinen", "WON"),
    ("domeinen", "AND"),
    ("emoticon", "2"),
    ("taal", "fr"),
)


def test_a_filled_form_is_a_story_once(register: ProjectFile, tmp_path: Path) -> None:
    papers = StoryPapers(register)
    path = papers.form(family="G001", member="kind1", day=DAY)
    assert (path.parent, papers.waiting()) == (papers.inbox, [])
    assert papers.form(family="G001", day=DAY) != path
    with pytest.raises(errors.BadForm, match="no story yet"):
        papers.import_file(path)
    fill(path, TICKS, {"iets_anders": "de hond"}, {"tekst": "Een “muur”.\n\nTwee.", "hoe_gekomen": "Samen."})
    assert papers.waiting() == [path]
    with pytest.raises(errors.UnreadableFile, match="stories import"):
        read_source(path)
    (key,) = papers.import_file(path).keys
    (story,) = stories.stories(register)
    assert (key, story.text, story.how) == ("V01", "Een “muur”.\n\nTwee.", "Samen.")
    assert (story.family, story.told, story.recorder) == ("G001", DAY, register.coder)
    assert (story.moment, story.trajectory) == (Moment.HALFWAY, 2)
    assert (story.voice.role, story.voice.member, story.voice.language) == ("kind", "kind1", "fr")
    assert (story.answer, story.asked_positive, story.asked_negative) == (StoryAnswer.POSITIVE, True, False)
    assert (story.not_asked_reason, story.shares) == ("taal", ("wij", "weet niet"))
    assert (story.domains, story.something_else, story.emoticon) == (("WON", "AND"), "de hond", 2)
    answers = {(each.purpose, each.side): (each.answer, each.day, each.by) for each in story.consents}
    assert answers[Purpose.REPORT, ""] == (Answer.YES, DAY, register.coder)
    assert answers[Purpose.REPORT, PARENT] == (Answer.NO, DAY, register.coder)
    assert papers.waiting() == []
    again = papers.import_file(path)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    with register.change(Act.EDIT_STORY, story.id) as writing:
        stories.change_story(writing, story.id, replace(story, title="Van ons", how="Anders gekomen."))
    assert papers.import_file(path).unchanged == 1
    assert stories.stories(register)[0].how == "Anders gekomen."
    fill(path, [("toestemming_intervisie", "ja")], {}, {"tekst": "Nog iets. "})
    assert papers.waiting() == [path]
    changed = papers.import_file(path)
    assert (changed.new, changed.changed, len(stories.stories(register))) == (0, 1, 1)
    assert [notice.values for notice in changed.warnings] == [{"story": "V01"}]
    (story,) = stories.stories(register)
    assert (story.text, story.title, story.how) == ("Een “muur”.\n\nTwee.", "Van ons", "Samen.")


def test_a_form_with_good_and_bad_news_is_two_stories_and_nothing_is_an_answer(
    register: ProjectFile, tmp_path: Path
) -> None:
    papers = StoryPapers(register)
    both = papers.form(tmp_path / "a.docx", family="G001", day=DAY, language="nl")
    fill(both, [("stem_rol", "ouder")], {}, {"tekst": "Beter.", "tekst_moeilijker": "Moeilijker.", "nu": "Zo."})
    nothing = papers.form(tmp_path / "b.docx", family="G002", day=DAY)
    fill(nothing, [("stem_rol", "ouder"), ("positief", "niets"), ("negatief", "niets")])
    wrong = papers.form(tmp_path / "c.docx", day=DAY)
    fill(wrong, [("positief", "ja"), ("emoticon", "1"), ("emoticon", "2")], {"datum_verteld": "gisteren"})
    taken = {each.path.name: each for each in papers.import_folder(tmp_path)}
    error = taken["c.docx"].error
    assert isinstance(error, errors.BadForm)
    assert [question for _, question, _ in error.problems] == [
        "How does the teller feel about it?",
        "Family",
        "Who told it?",
        "What got better? Or what stayed the same? Tell it, in their own words.",
        "Told on",
    ]
    good = taken["a.docx"].done
    assert isinstance(good, StoryImport)
    assert good.keys == ("V01", "V02")
    better, harder, same = stories.stories(register)
    assert (better.answer, better.now, harder.answer, harder.now) == (
        StoryAnswer.POSITIVE,
        "Zo.",
        StoryAnswer.NEGATIVE,
        "",
    )
    assert (same.answer, same.text) == (StoryAnswer.NONE, "Nothing changed. 12/03/2026")
    assert same.asked_positive
    assert same.asked_negative
    with pytest.raises(errors.UnknownFamily):
        papers.form(tmp_path / "d.docx", family="G999")
    with pytest.raises(errors.FileExists):
        papers.form(tmp_path / "a.docx")


# -- the sheet ---------------------------------------------------------------------------------------------------------


def told(register: ProjectFile) -> str:
    """A story of a child with a second voice."""
    consents = (Consent(Purpose.TEAM, Answer.YES, DAY), Consent(Purpose.REPORT, Answer.NO, dt.date(2026, 9, 1)))
    voice = Voice("kind", "kind1")
    return tell(
        register,
        Story("", "G001", "Ik heb een kamer.", StoryAnswer.POSITIVE, voice, told=DAY, emoticon=5, consents=consents),
    )


def test_a_sheet_comes_back_as_a_check_and_as_consent(register: ProjectFile, tmp_path: Path) -> None:
    papers = StoryPapers(register)
    key = told(register)
    for language in ("fr", "ar"):
        papers.sheet(key, tmp_path / f"{language}.docx", language=language)
    child = tmp_path / "kind.docx"
    papers.sheet(key, child, child=True)
    with pytest.raises(errors.BadForm, match="nothing is ticked"):
        papers.read_sheet(child)
    fill(
        child,
        [("intern_intervisie_ouder", "ja"), ("anoniem_in_rapport", "ja")],
        {"datum": "1/4/2026"},
        {"anders": "Niet mijn naam.\nEn de hond."},
    )
    done = papers.read_sheet(child)
    (story,) = stories.stories(register)
    assert (done.outcome, done.is_new, len(done.warnings)) == (Outcome.OTHERWISE, True, 2)
    (check,) = story.verifications
    said = Verification(dt.date(2026, 4, 1), "kind1", "on the sheet", Outcome.OTHERWISE, "Niet mijn naam.\nEn de hond.")
    assert replace(check, id=0) == said
    assert story.text == "Ik heb een kamer."
    assert Consent(Purpose.TEAM, Answer.YES, dt.date(2026, 4, 1), "ouder", PARENT) in story.consents
    # The no of September counts over the tick of April.
    assert [each.answer for each in story.consents if each.purpose is Purpose.REPORT] == [Answer.NO]
    again = papers.take_in(child)
    assert (again.warnings, getattr(again, "is_new", None)) == (done.warnings, False)
    assert len(stories.stories(register)[0].verifications) == 1
    french = fill(tmp_path / "fr.docx", [("nagelezen", "klopt")], {"datum": "2/4/2026"})
    assert papers.read_sheet(french).outcome is Outcome.RIGHT
    assert len(stories.stories(register)[0].verifications) == 2
    with pytest.raises(errors.BadInput, match="no sheet in the language"):
        papers.sheet(key, tmp_path / "x.docx", language="xx")
    with pytest.raises(errors.UnknownStory):
        papers.sheet("V99", tmp_path / "x.docx")


def test_a_sheet_shows_what_was_told_and_no_codes_or_grades(register: ProjectFile, tmp_path: Path) -> None:
    key = told(register)
    papers = StoryPapers(register)
    papers.sheet(key, tmp_path / "a.docx")
    document = zipfile.ZipFile(tmp_path / "a.docx").read("word/document.xml").decode()
    assert "Ik heb een kamer." in document
    assert "G001" not in document
    assert "kind1" not in document
    assert 'w14:val="1"' not in document
