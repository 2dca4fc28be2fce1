from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.exchange_data import ROOT

from verhalen import errors
from verhalen.exchange.family_tables import import_families
from verhalen.exchange.story_tables import StoryImport, import_stories
from verhalen.model.act import Act
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.story import Moment, StoryAnswer
from verhalen.scores.instruments import read_domains
from verhalen.store import forget, scores, sources, stories
from verhalen.store.project import ProjectFile
from verhalen.store.versions import text_of

Write = Callable[[str, str], Path]
COLUMNS = (ROOT / "transcripts" / "stories.csv").read_text("utf-8").split("\n", 1)[0]
VALUES = {
    "verhaal": "V01",
    "gezin": "G001",
    "traject": "2",
    "titel": "Een droge muur",
    "moment": "halfweg",
    "gevraagd_positief": "ja",
    "gevraagd_negatief": "nee",
    "niet_gevraagd_reden": "geen tijd",
    "antwoord": "positief",
    "stem_rol": "ouder",
    "stem_lid": "moeder",
    "tekst": " De muur is droog. Ik slaap weer. ",
    "datum_verteld": "12/03/2026",
    "datum_opgetekend": "2026-03-13",
    "vroeger": "nat",
    "aandeel": "wij|eigen kracht",
    "domeinen": "WON|AND",
    "hoofddomein": "WON",
    "emoticon": "5",
    "teruggelezen": "14/03/2026",
    "toestemming_intervisie": "ja",
    "toestemming_rapport": "nee",
    "toestemming_onderzoek": "ingetrokken",
    "datum_toestemming": "2026-03-14",
}


def table(*rows: dict[str, str]) -> str:
    """A table of stories: each row is the story above with other values."""
    lines = [";".join(({**VALUES, **row}).get(name, "") for name in COLUMNS.split(";")) for row in rows]
    return "\n".join([COLUMNS, *lines]) + "\n"


def load(project: ProjectFile, path: Path) -> StoryImport:
    return import_stories(project, path, lemmatise=str.lower, latest=dt.date(2026, 12, 31))


def test_every_field_of_a_story_is_kept(register: ProjectFile, file: Write) -> None:
    found = load(register, file("a.csv", table({})))
    assert (found.stories, found.new, found.changed, found.unchanged, found.warnings) == (1, 1, 0, 0, ())
    (story,) = stories.stories(register)
    assert (story.key, story.family, story.trajectory, story.title) == ("V01", "G001", 2, "Een droge muur")
    assert (story.answer, story.moment) == (StoryAnswer.POSITIVE, Moment.HALFWAY)
    assert (story.asked_positive, story.asked_negative, story.not_asked_reason) == (True, False, "geen tijd")
    assert (story.voice.role, story.voice.member, story.voice.language, story.voice.form) == (
        "ouder",
        "moeder",
        "nl",
        "getypt",
    )
    assert (story.told, story.recorded) == (dt.date(2026, 3, 12), dt.date(2026, 3, 13))
    assert (story.before, story.shares, story.domains, story.main_domain) == (
        "nat",
        ("wij", "eigen kracht"),
        ("WON", "AND"),
        "WON",
    )
    assert (story.emoticon, story.read_back) == (5, "2026-03-14")
    day = dt.date(2026, 3, 14)
    assert story.consents == (
        Consent(Purpose.TEAM, Answer.YES, day),
        Consent(Purpose.REPORT, Answer.NO, day),
        Consent(Purpose.MEDIA, Answer.NOT_ASKED, None),
        Consent(Purpose.FOLLOW_UP, Answer.NOT_ASKED, None),
        Consent(Purpose.RESEARCH, Answer.WITHDRAWN, day),
    )


def test_the_text_of_a_story_is_a_source_with_one_turn(register: ProjectFile, file: Write) -> None:
    load(register, file("a.csv", table({})))
    (source,) = sources.all_sources(register)
    (turn,) = sources.turns_of(register, source.id)
    text = text_of(register, source.id, 1)
    assert (source.kind, source.title) == ("story", "V01 Een droge muur")
    assert text is not None
    assert text.text == "De muur is droog. Ik slaap weer."
    assert (turn.speaker, turn.start, turn.stop) == (None, 0, 32)
    assert register.rows("select lemmas from text_version") == [("de muur is droog. ik slaap weer.",)]
    assert register.number("select family_id from source") == register.number(
        "select id from family where key = 'G001'"
    )


def test_the_same_file_again_changes_nothing(register: ProjectFile, file: Write) -> None:
    load(register, file("a.csv", table({}, {"verhaal": "V02"})))
    before = register.number("select count(*) from change")
    again = load(register, file("a.csv", table({}, {"verhaal": "V02"})))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert register.number("select count(*) from change") == before


def test_other_fields_follow_the_file_and_the_text_stays(register: ProjectFile, file: Write) -> None:
    load(register, file("a.csv", table({})))
    other = {"tekst": "Heel iets anders.", "nu": "droog", "domeinen": "PSY|WON"}
    found = load(register, file("a.csv", table(other)))
    (story,) = stories.stories(register)
    assert (found.changed, story.now, story.domains, story.text) == (
        1,
        "droog",
        ("PSY", "WON"),
        "De muur is droog. Ik slaap weer.",
    )
    assert [notice.values for notice in found.warnings] == [{"story": "V01"}]
    assert register.number("select count(*) from source") == 1


def test_an_older_file_never_takes_a_later_no_back(register: ProjectFile, file: Write) -> None:
    load(register, file("a.csv", table({"toestemming_rapport": "ja"})))
    load(register, file("a.csv", table({"toestemming_rapport": "ingetrokken", "datum_toestemming": "2026-05-01"})))
    found = load(register, file("a.csv", table({"toestemming_rapport": "ja"})))
    (story,) = stories.stories(register)
    assert story.consent(Purpose.REPORT) is Answer.WITHDRAWN
    assert [notice.values for notice in found.warnings] == [{"story": "V01"}]


def test_a_later_yes_counts(register: ProjectFile, file: Write) -> None:
    load(register, file("a.csv", table({"toestemming_rapport": "nee"})))
    load(register, file("a.csv", table({"toestemming_rapport": "ja", "datum_toestemming": "2026-05-01"})))
    assert stories.stories(register)[0].consent(Purpose.REPORT) is Answer.YES


def test_consent_for_reports_that_nobody_asked_gives_a_warning(register: ProjectFile, file: Write) -> None:
    found = load(register, file("a.csv", table({"toestemming_rapport": ""})))
    assert [notice.values for notice in found.warnings] == [{"story": "V01"}]


@pytest.mark.parametrize(
    ("values", "column", "problem"),
    [
        ({"gezin": "G999"}, "gezin", "there is no family G999"),
        ({"verhaal": ""}, "verhaal", "this cell is empty"),
        ({"verhaal": "V 01"}, "verhaal", "has no blanks"),
        ({"tekst": " "}, "tekst", "this cell is empty"),
        ({"antwoord": "blij"}, "antwoord", '"blij" is not one of: positief, negatief, geen, open'),
        ({"stem_rol": "hond"}, "stem_rol", '"hond" is not one of'),
        ({"stem_lid": "oma"}, "stem_lid", r"there is no person G001\.oma"),
        ({"traject": "3"}, "traject", "family G001 has no trajectory 3"),
        ({"moment": "ooit"}, "moment", '"ooit" is not one of: start, halfweg'),
        ({"datum_verteld": "2999-01-01"}, "datum_verteld", "lies in the future"),
        ({"aandeel": "wij|de buren"}, "aandeel", '"de buren" is not one of'),
        ({"domeinen": "WON|XYZ"}, "domeinen", "there is no life domain XYZ"),
        ({"hoofddomein": "KIN"}, "hoofddomein", "KIN is not among the others"),
        ({"emoticon": "6"}, "emoticon", "6 is off the scale of 1 to 5"),
        ({"teruggelezen": "misschien"}, "teruggelezen", "is no date"),
        ({"toestemming_beeld": "wellicht"}, "toestemming_beeld", '"wellicht" is not one of'),
    ],
)
def test_an_error_in_a_row_refuses_the_whole_file(
    register: ProjectFile, file: Write, values: dict[str, str], column: str, problem: str
) -> None:
    with pytest.raises(errors.BadTable, match=problem) as caught:
        load(register, file("a.csv", table({"verhaal": "V00"}, values)))
    assert [each[:2] for each in caught.value.problems] == [(3, column)]
    assert stories.stories(register) == []


def test_a_code_of_a_story_is_used_once(register: ProjectFile, file: Write) -> None:
    with pytest.raises(errors.BadTable, match=r"row 3.*V01 stands on row 2 already"):
        load(register, file("a.csv", table({}, {})))
    load(register, file("a.csv", table({})))
    with pytest.raises(errors.BadTable, match="story V01 is of family G001"):
        load(register, file("a.csv", table({"gezin": "G002", "traject": ""})))


def test_a_story_that_was_withdrawn_does_not_come_back(register: ProjectFile, file: Write) -> None:
    path = file("a.csv", table({}))
    load(register, path)
    (story,) = stories.stories(register)
    forget.forget(register, forget.what_goes(register, {"story": {story.id}, "source": {story.source_id}}))
    with pytest.raises(errors.BadTable, match="was withdrawn"):
        load(register, path)


def test_missing_columns_are_named(register: ProjectFile, file: Write) -> None:
    with pytest.raises(errors.BadTable) as caught:
        load(register, file("a.csv", "verhaal;gezin\nV01;G001\n"))
    assert [each[1] for each in caught.value.problems] == ["antwoord", "stem_rol", "tekst"]


def test_the_shipped_stories_load(project: ProjectFile) -> None:
    with project.change(Act.IMPORT_DOMAINS) as writing:
        scores.put_domains(writing, read_domains(ROOT / "codebooks" / "levensdomeinen.yaml"))
    for name in ("families", "persons", "trajectories"):
        import_families(project, ROOT / "transcripts" / f"{name}.csv")
    path = ROOT / "transcripts" / "stories.csv"
    assert load(project, path).new == 14
    assert load(project, path).unchanged == 14
