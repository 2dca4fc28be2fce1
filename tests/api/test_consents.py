"""Consent as data: who may answer, what counts, and that nothing leaves without the yes of all who say it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import DAY, add_family, add_text, code_words, furnish, redo, story, undo

from verhalen import errors
from verhalen.analysis.querying import matching
from verhalen.api.project import Project
from verhalen.model.act import Act
from verhalen.model.coding import Valence
from verhalen.model.consent import PARENT, Answer, Asked, Consent, Purpose
from verhalen.model.family import Person, Trajectory, is_minor
from verhalen.model.story import Outcome, Verification, Voice
from verhalen.msc.telling import add_story_text
from verhalen.privacy.clearance import Audience
from verhalen.privacy.saying import Saying
from verhalen.report.blocks import Quotation
from verhalen.report.data import load
from verhalen.report.fill_words import quote
from verhalen.report.fill_words import story as told_story
from verhalen.report.front import Front
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.report.typed_quotes import WITHOUT_YES
from verhalen.store import around, families, sources
from verhalen.store.consents import COLUMN
from verhalen.store.project import ProjectFile
from verhalen.store.stories import stories

YES, NO = Answer.YES, Answer.NO
TALK = (
    "Mama: De mama vertelt hier iets wat lang genoeg is om te citeren.\n"
    "Kind: Het kind zegt hier iets wat ook lang genoeg is om te citeren.\n"
    "Coach: De coach vraagt hier iets wat lang genoeg is om te citeren.\n"
    "Iemand: Niemand weet wie hier iets zegt wat lang genoeg is om te citeren."
)
LINES = [line.partition(": ")[2] for line in TALK.split("\n")]
FIRST = "Het eerste verhaal is lang genoeg om ergens als citaat te staan."
SECOND = "Oma zegt iets anders en ook dat is lang genoeg voor een citaat."
"""What a further voice of the first story says."""
CHILDS = "Een kind vertelt een verhaal dat lang genoeg is voor een citaat."


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectFile]:
    """A talk of four voices, a story of two voices, a story of a child; every sentence coded as evidence."""
    with ProjectFile.create(tmp_path_factory.mktemp("w"), coder="Hanne") as project:
        furnish(project)
        family = add_family(project, "G010")
        with project.change(Act.IMPORT_FAMILIES, family) as writing:
            mother = families.put_person(writing, family, Person("G010.moeder", "ouder", "25-34"))
            child = families.put_person(writing, family, Person("G010.kind1", "kind", "6-11"))
            families.put_trajectory(writing, family, Trajectory(1, DAY))
        talk = add_text(project, TALK, "gesprek")
        links = {"Mama": (mother, "ouder"), "Kind": (child, "kind"), "Coach": (None, "gezinscoach")}
        with project.change(Act.LINK_SPEAKER, talk) as writing:
            for speaker in sources.speakers_of(project, talk):
                if speaker.name in links:
                    person, role = links[speaker.name]
                    sources.link_speaker(writing, speaker.id, person_id=person, role=role)
        door = Project(project)
        for key, text, voice in (("V10", FIRST, Voice("ouder", "moeder")), ("V11", CHILDS, Voice("kind", "kind1"))):
            door.stories.tell(replace(story(key, "G010", text), voice=voice, consents=()))
        first = door.stories.get("V10")
        with project.change(Act.VOICE, first.id) as writing:
            source = add_story_text(writing, "V10", title="", text=SECOND, family_id=family)
            around.add_voice(writing, first.id, Voice("grootouder", told=DAY), source_id=source)
        for line in LINES:
            code_words(project, talk, line, "rol", valence=Valence.NEGATIVE)
        both = "\n".join(TALK.split("\n")[:2])
        code_words(project, talk, both, "vervoer")
        for told_ in stories(project):
            if told_.family == "G010":
                code_words(project, told_.source_id, told_.text, "rol")
        code_words(project, source, SECOND, "rol")
        yield project


def set_all(project: ProjectFile, given: dict[str, dict[tuple[Purpose, str], Answer]]) -> None:
    """Put these answers in the place of all that there are."""
    door = Project(project)
    with project.change(Act.CONSENT) as writing:
        writing.execute("delete from consent")
        for key, answers in given.items():
            found = door.consents.of(key)
            for (purpose, side), answer in answers.items():
                around.put_consent(writing, COLUMN[found.kind], found.id, Consent(purpose, answer, DAY, "An", side))


def shown(project: ProjectFile, audience: Audience) -> str:
    """Every quote and story that a report for these readers can be made to show."""
    data, log, said = load(project, Front(instrument="balans"), audience), Log(), []
    for fill, name in ((quote, "citaat"), (told_story, "verhaal")):
        while blocks := fill(data, Placeholder(name), log):
            said += [block.text.value for block in blocks if isinstance(block, Quotation)]
    return "\n".join(said)


def test_no_word_leaves_without_the_yes_of_all_who_say_it(told: ProjectFile) -> None:
    """Random consents, and every quote and story that a report shows, for the council and for the team."""
    chance = random.Random(6)
    keys = ("G010.moeder", "G010.kind1", "V10", "V10.2", "V11")
    whose = {LINES[0]: "G010.moeder", LINES[1]: "G010.kind1", FIRST: "V10", SECOND: "V10.2", CHILDS: "V11"}
    seen: set[str] = set()
    for _ in range(25):
        answers = [YES, YES, YES, NO, Answer.WITHDRAWN, Answer.NOT_ASKED]
        given = {
            key: {
                (purpose, side): chance.choice(answers)
                for purpose in (Purpose.TEAM, Purpose.REPORT)
                for side in ("", PARENT)
                if chance.random() < 0.9
            }
            for key in keys
        }
        set_all(told, given)
        door = Project(told)
        council, team = shown(told, Audience.COUNCIL), shown(told, Audience.INTERNAL)
        for words, key in whose.items():
            found = door.consents.of(key)
            seen |= {f"council {key}"} if words in council else set()
            assert words not in council or found.answer(Purpose.REPORT) is YES, (key, given[key])
            assert words not in team or found.answer(Purpose.TEAM) not in (NO, Answer.WITHDRAWN), (key, given[key])
        assert LINES[3] not in council
    assert seen >= {"council G010.moeder", "council G010.kind1", "council V10", "council V11"}, "the test must see some"


def test_what_several_say_needs_all_of_them_and_a_child_its_parent(told: ProjectFile) -> None:
    set_all(told, {"G010.moeder": {(Purpose.REPORT, ""): YES}, "G010.kind1": {(Purpose.REPORT, ""): YES}})
    talk = next(each for each in sources.all_sources(told) if each.title == "gesprek")
    places = [TALK.index(line) for line in LINES]

    def answer(first: int, last: int) -> Answer:
        stop = places[last] + len(LINES[last])
        return Saying(told).answer(talk.id, places[first], stop, Purpose.REPORT)

    assert [answer(0, 0), answer(1, 1), answer(0, 1)] == [YES, Answer.NOT_ASKED, Answer.NOT_ASKED]
    Project(told).consents.set("G010.kind1", Consent(Purpose.REPORT, YES, DAY, "moeder", PARENT))
    assert [answer(1, 1), answer(0, 1), answer(1, 2)] == [YES, YES, YES]
    assert [answer(2, 2), answer(2, 3)] == [Answer.NOT_ASKED, Answer.NOT_ASKED]
    # The query language says the same.
    assert len(matching(told, "rol en toestemming=ja")) == 2
    Project(told).consents.set("V10.2", Consent(Purpose.REPORT, YES, DAY))
    assert len(matching(told, "rol en toestemming=ja")) == 3


def test_words_that_somebody_typed_into_a_report_are_named_where_a_yes_is_missing(
    told: ProjectFile, tmp_path: Path
) -> None:
    set_all(told, {"G010.moeder": {(Purpose.REPORT, ""): YES}})
    source = tmp_path / "raad.md"
    mother, child, coach, first_ = (" ".join(words.split()[:7]) for words in (*LINES[:3], FIRST))
    typed = f"---\ninstrument: balans\n---\n\n{mother}\n\n> {child.lower()}\n\n{coach}\n\nZelf: {first_}\n"
    source.write_text(typed, "utf-8")

    def warned(audience: Audience) -> list[tuple[int | None, object]]:
        built = Project(told).reports.build(source, tmp_path / "raad.docx", audience=audience)
        return [(each.line, each.values["number"]) for each in built.warnings if each.message == WITHOUT_YES]

    talk, first = (each for each in sources.all_sources(told) if each.title in ("gesprek", "V10 De bus"))
    assert warned(Audience.COUNCIL) == [(7, talk.number), (11, first.number)]
    assert warned(Audience.INTERNAL) == []


@pytest.mark.parametrize(
    ("role", "age", "minor"),
    [
        ("kind", "", True),
        ("kind", "18-24", False),
        ("ouder", "12-17", True),
        ("ouder", "", False),
        ("kind", "0-2", True),
    ],
)
def test_a_child_is_one_by_age_and_else_by_role(role: str, age: str, minor: bool) -> None:
    assert is_minor(role, age) is minor


def test_an_answer_is_written_down_dated_and_its_course_can_be_read(project: ProjectFile) -> None:
    there = furnish(project)
    door = Project(project)
    found = door.consents.all(family="G001")
    assert [(each.kind, each.key.partition("/")[0]) for each in found] == [
        (Asked.PERSON, "G001.moeder"),
        (Asked.STORY, there.story_key),
        (Asked.VOICE, f"{there.story_key}.2"),
        (Asked.ATTACHMENT, there.story_key),
    ]
    assert found[1].to_ask == (Purpose.TEAM, Purpose.FOLLOW_UP, Purpose.RESEARCH)
    day = dt.date(2026, 4, 1)
    door.consents.set(there.story_key, Consent(Purpose.REPORT, NO, day, "An"))
    door.consents.set(there.story_key, Consent(Purpose.REPORT, Answer.WITHDRAWN, day, "An"))
    course = [(each.consent.answer, each.coder) for each in door.consents.history(there.story_key)]
    assert course == [(YES, "Hanne"), (NO, "Hanne"), (Answer.WITHDRAWN, "Hanne")]
    undo(project)
    assert door.consents.of(there.story_key).answer(Purpose.REPORT) is NO
    redo(project)
    assert door.stories.get(there.story_key).consent(Purpose.REPORT) is Answer.WITHDRAWN
    with pytest.raises(errors.BadInput, match="01/01/2100"):
        door.stories.set_consent(there.story_key, Consent(Purpose.TEAM, YES, dt.date(2100, 1, 1)))
    with pytest.raises(errors.BadInput):
        door.consents.set(there.story_key, Consent(Purpose.TEAM, YES, day, "An", PARENT))
    with pytest.raises(errors.BadInput):
        door.consents.set(found[3].key, Consent(Purpose.TEAM, YES, day))
    for key, wrong in (("V99", errors.UnknownStory), (f"{there.story_key}.9", errors.UnknownVoice)):
        with pytest.raises(wrong):
            door.consents.of(key)


def test_a_story_that_was_read_back_is_counted_with_what_came_of_it(project: ProjectFile) -> None:
    there = furnish(project)
    door = Project(project)
    door.stories.tell(replace(story("", "G002", "Nog niet gelezen."), read_back=""))
    assert (door.verifying.share().read_back, door.verifying.share().share) == (1, 0.5)
    told_ = door.verifying.add(there.story_key, Verification(DAY, "moeder", "voorgelezen", Outcome.OTHERWISE, "naam"))
    assert [each.outcome for each in told_.verifications] == [Outcome.RIGHT, Outcome.OTHERWISE]
    assert (door.verifying.share().right, door.verifying.share().otherwise) == (0, 1)
    with pytest.raises(errors.BadInput):
        door.verifying.add(there.story_key, Verification(dt.date(2100, 1, 1), "moeder", "", Outcome.RIGHT))
    undo(project)
    assert len(door.verifying.of(there.story_key)) == 1


def attachment(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


JPEG = b"\xff\xd8" + b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
TURNED = (
    b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x02\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"
    b"\x01\x0f\x00\x02\x00\x00\x00\x04GPS\x00\x00\x00\x00\x00"
)
"""Exif that says on which side the photo lies, and with which device it was made."""
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00?\x00beeld\xff\x00\xff\xd9"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + b"crc!"


def test_an_attachment_loses_place_and_device_and_leaves_with_its_own_yes_only(
    project: ProjectFile, tmp_path: Path
) -> None:
    there = furnish(project)
    door, key = Project(project), there.story_key
    photo = JPEG + segment(0xE1, TURNED) + segment(0xFE, b"Mieke GPS 51.2") + SCAN + b"GPS film"
    done = door.attachments.attach(key, attachment(tmp_path, "Mieke Peeters.jpg", photo), described="Een bus")
    kept = door.attachments.content(done.key)
    assert done.attachment.name == "foto 1.jpg"
    assert kept.startswith(JPEG[:2])
    assert kept.endswith(SCAN)
    assert b"GPS" not in kept
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in kept, "on which side the photo lies"
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"x") + chunk(b"tEXt", b"GPS") + chunk(b"eXIf", b"GPS")
    picture = door.attachments.attach(key, attachment(tmp_path, "de bus.png", png + chunk(b"IEND", b"") + b"GPS"))
    assert picture.attachment.name == "de bus.png"
    assert door.attachments.content(picture.key) == png[:21] + chunk(b"IEND", b"")
    out = tmp_path / "uit.jpg"
    for answer in (Answer.NOT_ASKED, NO, Answer.WITHDRAWN):
        door.consents.set(done.key, Consent(Purpose.MEDIA, answer, DAY))
        with pytest.raises(errors.NoConsent):
            door.attachments.export(done.key, out)
    with pytest.raises(errors.NoConsent):
        door.attachments.content(done.key)
    assert not out.exists()
    door.consents.set(done.key, Consent(Purpose.MEDIA, YES, DAY))
    door.attachments.export(done.key, out)
    assert out.read_bytes() == kept
    for name, data in (
        ("leeg.jpg", b""),
        ("groot.jpg", b"\xff\xd8" + bytes(20_000_001)),
        ("kapot.jpg", photo[:60]),
        ("geen.png", photo),
        ("brief.docx", photo),
        ("weer.jpg", photo),
    ):
        with pytest.raises((errors.BadInput, errors.NotWhatItSays)):
            door.attachments.attach(key, attachment(tmp_path, name, data))
    door.attachments.detach(done.key)
    assert [each.attachment.name for each in door.attachments.all(story=key)] == ["bus.png", "de bus.png"]
    assert door.withdraw(picture.key, really=True).clean
    with pytest.raises(errors.Withdrawn):
        door.attachments.attach(key, tmp_path / "de bus.png")
