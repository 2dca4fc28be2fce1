"""Withdrawing names the files that still hold the words, and a withdrawn story is not told again."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import docx
import pytest
from tests.builders import (
    DAY,
    add_code,
    add_family,
    add_text,
    code_words,
    coded,
    correct_words,
    drawing,
    story,
    undo,
)

from verhalen.api.project import Project
from verhalen.coding import editing
from verhalen.errors import BadInput, UnknownVoice, Withdrawn
from verhalen.model.act import Act
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.family import Person
from verhalen.model.story import Voice
from verhalen.msc.telling import add_story_text, tell
from verhalen.privacy.remnants import GONE, Kind, Runs
from verhalen.store import around, checking, families, sources
from verhalen.store.project import ProjectFile

TALK = "Anna: Op dinsdag stond de bus er niet & ik heb een uur in de regen staan wachten met de kleine."
OTHER = "Bert: Op dinsdag stond de trein er wel, en het was nog droog ook."


def stays(project: ProjectFile, key: str = "1") -> tuple[str, ...]:
    return Project(project).withdraw(key).stays


def put(project: ProjectFile, name: str, content: str) -> None:
    path = project.path.parent / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")


def test_a_short_quote_in_a_word_report_is_found_wherever_it_was_cut_from(project: ProjectFile) -> None:
    add_text(project, TALK)
    (project.path.parent / "exports").mkdir()
    for number, start in enumerate((7, 13, 25, 31)):
        document = docx.Document()
        document.add_paragraph(f"Een ouder zegt: {TALK[start : start + 40]}.")
        document.save(str(project.path.parent / "exports" / f"r{number}.docx"))
    put(project, "exports/ander.md", OTHER)
    assert stays(project) == tuple(str(Path("exports") / f"r{number}.docx") for number in range(4))


def test_a_text_of_short_lines_is_found_too(project: ProjectFile) -> None:
    lines = "Anna: de bus kwam niet.\nBert: ja dat zei ze al.\nAnna: en het regende wat."
    add_text(project, lines)
    put(project, "transcripts/anna.txt", lines)
    put(project, "transcripts/bert.txt", "Bert: helemaal iets anders vandaag.")
    assert stays(project) == (str(Path("transcripts") / "anna.txt"),)


def test_the_copy_that_a_migration_left_is_named(project: ProjectFile) -> None:
    add_text(project, TALK)
    project.copy_to(project.path.with_name(f"{project.path.name}.before-2"))
    assert stays(project) == (f"{project.path.name}.before-2",)


def test_a_number_that_is_a_story_and_a_text_is_refused_until_one_of_both_is_named(project: ProjectFile) -> None:
    """A service may give its stories plain numbers: forgetting the wrong one could not be taken back."""
    add_text(project, TALK)
    add_family(project, "G001")
    tell(project, story("1", "G001", OTHER))
    before = checking.digest(project)
    with pytest.raises(BadInput, match="verhaal:1"):
        Project(project).withdraw("1", really=True)
    assert checking.digest(project) == before
    assert Project(project).withdraw("bron:1").removed["source"] == 1
    assert "story" not in Project(project).withdraw("bron:1").removed
    assert Project(project).withdraw("verhaal:1", really=True).removed["story"] == 1
    assert [each.title for each in sources.all_sources(project)] == ["anna"]
    assert Project(project).withdraw("1").removed["source"] == 1


def test_a_withdrawn_story_is_not_told_again_in_the_same_words(project: ProjectFile) -> None:
    door = Project(project)
    add_family(project, "G001")
    told = door.stories.tell(story("", "G001", "Wij wachten nog altijd op een woning."))
    assert door.withdraw(told.key, really=True).clean
    with pytest.raises(Withdrawn):
        door.stories.tell(story("", "G001", "Wij wachten nog altijd op een woning."))
    assert door.stories.tell(story("", "G001", "Wij kregen een woning.")).key == "V01"


# -- a person, a voice, a purpose --------------------------------------------------------------------------------------

CANARY = "kwetterkanarie"
HERS = f"Ik hoorde de {CANARY} en toen moest ik lachen, echt waar."
GROUP = f"Wendy: {HERS}\nKarim: Bij ons thuis is het altijd stil, dat weet ge toch.\nWendy: De {CANARY} weer."
OMAS = "Oma zegt dat ze weer zingt onder de afwas, en dat is lang geleden."


@dataclass(frozen=True)
class Told:
    """A project in which Wendy says the canary everywhere, and what is of others."""

    door: Project
    group: int
    kept: str
    """Key of a story of somebody else with her as a further voice."""
    hers: str


@pytest.fixture
def told(project: ProjectFile) -> Told:
    """Talks, stories, voices, codings, memos, corrections, drafts, files."""
    door = Project(project)
    first, second = add_family(project, "G001"), add_family(project, "G002")
    with project.change(Act.IMPORT_FAMILIES, first, second) as writing:
        wendy = families.put_person(writing, first, Person("G001.moeder", "ouder"))
        families.put_person(writing, first, Person("G001.oma", "grootouder"))
        karim = families.put_person(writing, second, Person("G002.vader", "ouder"))
    group, alone = add_text(project, GROUP, "groep"), add_text(project, f"Wendy: {HERS} Alleen ik.", "alleen")
    people = {"Wendy": (wendy, "ouder"), "Karim": (karim, "ouder")}
    with project.change(Act.LINK_SPEAKER, group, alone) as writing:
        for source in (group, alone):
            for speaker in sources.speakers_of(project, source):
                sources.link_speaker(writing, speaker.id, person_id=people[speaker.name][0], role="ouder")
    add_code(project, "rol")
    coding = code_words(project, group, f"de {CANARY} en toen moest ik lachen", "rol")
    editing.set_memo(project, coding, f"Zij zegt {CANARY}.")
    code_words(project, group, "het altijd stil", "rol")
    correct_words(project, group, "echt waar", f"echt {CANARY}")
    hers = door.stories.tell(replace(story("", "G001", f"Mijn verhaal: {HERS}"), consents=())).key
    kept = door.stories.tell(replace(story("", "G001", OMAS), voice=Voice("grootouder", "oma"))).key
    with project.change(Act.VOICE, door.stories.get(kept).id) as writing:
        text = add_story_text(writing, kept, title="", text=f"Ik hoorde oma, en dus de {CANARY}.", family_id=first)
        yes = Consent(Purpose.REPORT, Answer.YES, DAY)
        voice = Voice("ouder", "moeder", consents=(yes,), own_words=CANARY)
        around.add_voice(writing, door.stories.get(kept).id, voice, source_id=text)
    with project.change(Act.ATTACH, door.stories.get(hers).id) as writing:
        data = CANARY.encode()
        around.add_attachment(writing, door.stories.get(hers).id, drawing(data), data, coder_id=project.coder_id)
    door.memos.add("project", f"Mooi citaat: {HERS} Nog eens nadenken.")
    door.keep_draft("verhaal:ander", json.dumps({"tekst": f"Zoals iemand zei: {HERS}"}))
    put(project, "transcripts/groep.txt", GROUP)
    put(project, "exports/raad.md", f"Een ouder: {HERS}")
    (project.path.parent / "kopie.verhalen").write_bytes(bytes(range(256)) * 16)
    assert CANARY in everything(project)
    return Told(door, group, kept, hers)


def everything(project: ProjectFile) -> str:
    """Every byte of the project file and its log, and of what the workspace holds, as far as it is text."""
    return "\n".join(
        path.read_bytes().decode("utf-8", "ignore").lower()
        for path in project.path.parent.rglob("*")
        if path.is_file() and path.name != f"{project.path.name}-shm"
    )


def text_of(told: Told) -> str:
    return told.door.sources.text("1").text


def test_what_one_person_told_goes_everywhere_and_the_others_keep_theirs(
    project: ProjectFile, jan: ProjectFile, told: Told
) -> None:
    """With another window open; what lies beside the project is named with what to do."""
    assert len(coded(jan)) == 2
    before = told.door.withdraw("G001.moeder")
    assert (before.blanked, before.texts, before.removed["story"], before.removed["voice"]) == ((1,), (2,), 1, 1)
    assert [(each.file, each.kind) for each in before.left] == [
        (str(Path("exports/raad.md")), Kind.OTHER),
        ("kopie.verhalen", Kind.SHUT),
        (str(Path("transcripts/groep.txt")), Kind.OTHER),
    ]
    assert CANARY in text_of(told), "nothing was done yet"
    assert told.door.withdraw("G001.moeder", really=True).clean
    assert text_of(told) == f"{GONE}\n{GROUP.splitlines()[1]}\n{GONE}"
    assert [words for _, _, words in coded(project)] == ["het altijd stil"]
    assert [each.key for each in told.door.stories.all()] == [told.kept]
    assert told.door.stories.get(told.kept).others == ()
    assert [each.text for each in told.door.memos.all()] == [f"Mooi citaat: {GONE} Nog eens nadenken."]
    for path in ("exports/raad.md", "transcripts/groep.txt"):
        (project.path.parent / path).unlink()
    assert CANARY not in everything(project)
    assert checking.problems(project) == []
    with pytest.raises(Withdrawn):
        told.door.stories.tell(story("", "G002", f"mijn verhaal --  {HERS.upper()}"))
    refused = told.door.sources.import_files([written(project, GROUP)])
    assert [type(each.error) for each in refused] == [Withdrawn]


def written(project: ProjectFile, text: str) -> Path:
    path = project.path.parent / "weer.txt"
    path.write_text(text, "utf-8")
    return path


def test_a_family_may_stay_with_its_scores_and_files_may_be_deleted_too(project: ProjectFile, told: Told) -> None:
    report = project.path.parent / "exports" / "raad.docx"
    document = docx.Document()
    document.add_paragraph(HERS)
    document.save(str(report))
    put(project, "transcripts/alleen.txt", f"Wendy: {HERS} Alleen ik.")
    rows = f'\ufeffverhaal;tekst\r\nV1;"{HERS}\r\nDus ""ja""."\r\nV2;"Iets\r\nanders"\r\n'
    put(project, "transcripts/verhalen.csv", "")
    table = project.path.parent / "transcripts" / "verhalen.csv"
    table.write_bytes(rows.encode())
    done = told.door.withdraw("G001", really=True, keep_scores=True, files=True)
    assert done.cut == (str(Path("transcripts/verhalen.csv")),)
    assert table.read_bytes().decode() == '\ufeffverhaal;tekst\r\nV2;"Iets\r\nanders"\r\n'
    assert done.deleted == (str(Path("exports/raad.docx")), str(Path("transcripts/alleen.txt")))
    assert not report.exists()
    assert [each.key for each in told.door.families.all()] == ["G001", "G002"]
    assert told.door.stories.all() == []
    assert {each.answer(Purpose.TEAM) for each in told.door.consents.all(family="G001")} == {Answer.WITHDRAWN}
    assert told.door.withdraw("G001", really=True).clean
    assert [each.key for each in told.door.families.all()] == ["G002"]
    assert checking.problems(project) == []


def test_one_voice_goes_and_the_story_stays(project: ProjectFile, told: Told) -> None:
    assert told.door.withdraw(f"{told.kept}.2", really=True).clean
    assert told.door.stories.get(told.kept).text == OMAS
    assert told.door.stories.get(told.kept).others == ()
    assert "dus de" not in everything(project)
    with pytest.raises(UnknownVoice):
        told.door.withdraw(f"{told.kept}.2")


def test_a_purpose_is_withdrawn_everywhere_and_the_reports_that_quote_are_named(
    project: ProjectFile, told: Told
) -> None:
    before = told.door.withdraw_purpose("G001.moeder", Purpose.REPORT)
    assert before.keys == ("G001.moeder", told.hers, f"{told.kept}.2")
    assert told.door.consents.of(f"{told.kept}.2").answer(Purpose.REPORT) is Answer.YES
    done = told.door.withdraw_purpose("G001.moeder", Purpose.REPORT, really=True)
    assert [each.file for each in done.left] == [str(Path("exports/raad.md"))]
    assert {told.door.consents.of(key).answer(Purpose.REPORT) for key in done.keys} == {Answer.WITHDRAWN}
    assert told.door.consents.of(told.kept).answer(Purpose.REPORT) is Answer.YES
    assert told.door.withdraw_purpose("G001.moeder", Purpose.REPORT, really=True).keys == ()
    undo(project)
    assert told.door.consents.of(f"{told.kept}.2").answer(Purpose.REPORT) is Answer.YES


def test_runs_of_words_are_found_and_accidents_are_not() -> None:
    runs = Runs([f"{HERS}\nKort en goed gezegd."])
    assert runs.without(f"Zij: «{HERS}» dus") == f"Zij: «{GONE}» dus"
    assert runs.without("Dat was Kort en goed gezegd.") == f"Dat was {GONE}"
    assert not runs.stand_in("en toen moest ik lachen")
    assert not runs.stand_in("")
