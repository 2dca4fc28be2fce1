"""Small things that tests put into a project, and one project in which every table has rows. Invented talk only."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from dataclasses import dataclass, replace

from verhalen.api.history import History, Undone
from verhalen.coding import correcting, editing
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.model.coding import Valence
from verhalen.model.consent import PARENT, Answer, Consent, Purpose
from verhalen.model.family import AttributeKind, Contact, Level, Person, Trajectory, ValueKind
from verhalen.model.following import Feedback, Signal, SignalPlace
from verhalen.model.instrument import DomainGroup, DomainList, Instrument, Item, LifeDomain
from verhalen.model.mapping import ColumnMapping
from verhalen.model.patterns import read_patterns
from verhalen.model.query import FragmentQuery
from verhalen.model.release import ReleasedRow
from verhalen.model.selecting import Candidate, Choice, Dissent, Panelist, RoundLevel, SelectionRound, Vote
from verhalen.model.snapshot import Assessor, Reason, State
from verhalen.model.story import (
    Attachment,
    AttachmentKind,
    Moment,
    Outcome,
    Story,
    StoryAnswer,
    Verification,
    Voice,
)
from verhalen.model.text import Landmark, Span, Turn, normal_text
from verhalen.model.verdict import Relation
from verhalen.msc.telling import add_story_text, tell
from verhalen.store import (
    around,
    codebook,
    codings,
    declared,
    families,
    following,
    memos,
    releases,
    revisions,
    rounds,
    scores,
    second_coder,
    sources,
    stories,
)
from verhalen.store.project import ProjectFile

TALK = "Anna: Ik sliep niet. En de gezinnen in de straat ook niet.\nBert: Nu gaat het beter, zei de coach."
"""Two turns of invented talk."""


def examples(count: int) -> int:
    """So many examples of a dear property; ten times as many where VERHALEN_EXPLORE=1 looks for new ones."""
    return count * 10 if os.environ.get("VERHALEN_EXPLORE") else count


def turns_in(text: str) -> list[Turn]:
    """A turn for each line that begins with a name and a colon; the whole text where there is none."""
    found = [Turn(match.group(1), match.start(2), match.end(2)) for match in re.finditer(r"(?m)^(\w+): (.+)$", text)]
    return found or [Turn(None, 0, len(text))]


def add_text(project: ProjectFile, text: str = TALK, title: str = "anna") -> int:
    """Store a transcript; give the id of the source."""
    text = normal_text(text)
    raw = text.encode()
    new = sources.NewSource(
        title=title,
        kind="transcript",
        suffix=".txt",
        text=text,
        lemmas=lemma_text(text),
        turns=turns_in(text),
        original=raw,
        original_sha256=hashlib.sha256(raw).hexdigest(),
        landmarks=[Landmark("page", 1, 0, len(text))],
    )
    with project.change(Act.IMPORT) as writing:
        number = sources.add_source(writing, new)
        writing.targets.append(number)
    return number


def add_code(project: ProjectFile, key: str, *, parent: str | None = None, patterns: str = "") -> int:
    """Store a code under its key; give its id."""
    with project.change(Act.ADD_CODE) as writing:
        number = codebook.add_code(
            writing, Code(key, key.capitalize(), parent=parent, evidence=("SOC",), patterns=read_patterns(patterns))
        )
        writing.targets.append(number)
    return number


def add_family(project: ProjectFile, key: str) -> int:
    """Store a family; give its id."""
    with project.change(Act.ADD_FAMILY) as writing:
        number = families.add_family(writing, key, municipality="Zandhoven")
        writing.targets.append(number)
    return number


def find(project: ProjectFile, source: int, words: str) -> Span:
    """Where the words stand in the text as it counts now."""
    start = editing.text_now(project, source).index(words)
    return Span(start, start + len(words))


def code_words(project: ProjectFile, source: int, words: str, key: str, *, valence: Valence = Valence.NONE) -> int:
    """Code the words; give the id of the coding."""
    place = find(project, source, words)
    intent = editing.Intent(source, place.start, place.stop, key, valence)
    return editing.apply_codes(project, [intent])[0].coding_id


def correct_words(project: ProjectFile, source: int, words: str, replacement: str) -> correcting.Corrected | None:
    """Replace the words by others."""
    place = find(project, source, words)
    return correcting.correct(project, source, start=place.start, stop=place.stop, replacement=replacement)


def coded(project: ProjectFile) -> list[tuple[str, str, str]]:
    """Every coding as (coder, code, words), in reading order."""
    return [(each.coding.coder, each.coding.code, each.text) for each in codings.fragments(project, FragmentQuery())]


def undo(project: ProjectFile) -> Undone:
    """Take back one's own newest change."""
    return History(project).undo()


def redo(project: ProjectFile) -> Undone:
    """Take back one's own newest undo."""
    return History(project).redo()


DOMAINS = DomainList(
    (DomainGroup("MENS", "Mensen", 0),),
    (
        LifeDomain("SOC", "Sociaal netwerk", "MENS", "wie er is", position=0),
        LifeDomain("PSY", "Zich goed voelen", "MENS", sensitive=True, position=1),
    ),
)
BALANCE = Instrument(
    key="balans",
    name="Balans",
    version=1,
    wording="eigen",
    low=1,
    high=5,
    items=(
        Item("gezin.steun", "Steun", Level.FAMILY, "SOC", labels=("geen", "wat", "genoeg", "veel", "heel veel")),
        Item("volwassene.rust", "Rust", Level.ADULT, "PSY", question="Hoe rustig is het?", may_be_na=True),
    ),
    definition="sleutel: balans\n",
)
DAY = dt.date(2026, 3, 2)


@dataclass(frozen=True, slots=True)
class Furnished:
    """Ids of what `furnish` puts into a project."""

    source: int
    coding: int
    mention: int
    family: int
    other_family: int
    person: int
    speaker: int
    instrument: int
    snapshot: int
    story: int
    story_key: str


def story(key: str, family: str, text: str) -> Story:
    """A story with every field filled."""
    return Story(
        key=key,
        family=family,
        text=text,
        answer=StoryAnswer.POSITIVE,
        voice=Voice("ouder", "moeder"),
        title="De bus",
        moment=Moment.HALFWAY,
        trajectory=1,
        recorder="Hanne",
        told=DAY,
        recorded=DAY,
        before="Ze bleef thuis.",
        now="Ze neemt de bus.",
        how="De coach reed een keer mee.",
        why="Nu durft ze alleen.",
        shares=("coach", "buurvrouw"),
        domains=("SOC", "PSY"),
        main_domain="SOC",
        emoticon=4,
        read_back="ja",
        consents=(Consent(Purpose.REPORT, Answer.YES, DAY, "moeder"),),
    )


def furnish(project: ProjectFile) -> Furnished:
    """Put rows into every journaled table."""
    with project.change(Act.IMPORT_DOMAINS) as writing:
        scores.put_domains(writing, DOMAINS)
    family, other = add_family(project, "G001"), add_family(project, "G002")
    person = _furnish_family(project, family)
    for key in ("rol", "rol.vertrouwen", "vervoer"):
        patterns = 'coach, lemma:slapen, "in de straat"' if key == "rol" else ""
        add_code(project, key, parent="rol" if key == "rol.vertrouwen" else None, patterns=patterns)
    source = add_text(project)
    speaker = sources.speakers_of(project, source)[0].id
    with project.change(Act.LINK_SPEAKER, source) as writing:
        sources.link_speaker(writing, speaker, person_id=person, role="ouder")
    coding = code_words(project, source, "Ik sliep niet", "rol.vertrouwen", valence=Valence.NEGATIVE)
    mention = editing.mention(project, source, find(project, source, "gaat het beter"), family_id=other)
    assert mention is not None, "nobody said it before"
    instrument, snapshot = _furnish_scores(project, family, person)
    key = tell(project, story("", "G001", "Ik neem nu de bus naar mijn zus."))
    told = next(each for each in stories.stories(project) if each.key == key)
    _furnish_around(project, told, snapshot)
    with project.change(Act.CONSENT, person) as writing:
        stories.set_person_consent(writing, person, Consent(Purpose.REPORT, Answer.YES, DAY, "moeder"))
    with project.change(Act.MEMO) as writing:
        memos.add_memo(writing, "source", source, "Nog eens lezen.")
    with project.change(Act.VERDICT) as writing:
        memos.add_verdict(writing, "SOC", Relation.CONFIRMS, "Woorden en scores gaan dezelfde kant op.")
    release_report(project, family)
    with project.change(Act.THRESHOLD) as writing:
        releases.add_threshold(writing, "council", plain=2, strict=4, reason="De raad kent alle gezinnen.", day=DAY)
    _furnish_second_coder(project, source)
    return Furnished(source, coding, mention, family, other, person, speaker, instrument, snapshot, told.id, told.key)


def _furnish_second_coder(project: ProjectFile, source: int) -> None:
    with project.change(Act.DOUBLE_CODE, source) as writing:
        second_coder.add_task(writing, source, "Jan", day=DAY, seed=7, drawn="1/4")
    with project.change(Act.DISCUSS, source) as writing:
        place = find(project, source, "Ik sliep niet")
        code = codebook.code_id(project, "rol")
        second_coder.put_discussed(writing, source, place, code, note="Samen bekeken.", settled=True, day=DAY)
    with project.change(Act.DECIDE, source) as writing:
        writing.execute(
            "insert into decision values (?, 'een', 'source', ?, 'title', '\"anna\"', ?, ?)",
            (writing.new_id(), source, DAY.isoformat(), project.coder_id),
        )


def release_report(project: ProjectFile, family: int, *, report: str = "raad.md") -> int:
    """A report for the council with one table of one row."""
    row = ReleasedRow("verandering", "SOC", ("up", "down"), (4, None), 7, frozenset({family}))
    with project.change(Act.RELEASE) as writing:
        number = releases.add_release(
            writing, report=report, title="Verslag", audience="council", period="", built=DAY, rows=[row]
        )
        writing.targets.append(number)
    return number


def drawing(data: bytes) -> Attachment:
    """A child's drawing."""
    digest = hashlib.sha256(data).hexdigest()
    yes = Consent(Purpose.MEDIA, Answer.YES, DAY, "moeder", PARENT)
    return Attachment("bus.png", AttachmentKind.DRAWING, ".png", len(data), digest, "Een bus.", DAY, (yes,))


def _furnish_around(project: ProjectFile, told: Story, snapshot: int) -> None:
    """Everything that may stand around a story: a voice, a drawing, a check, a round, feedback, a signal."""
    coder, family = project.coder_id, families.family_ids(project)[told.family]
    with project.change(Act.VOICE, told.id) as writing:
        source = add_story_text(writing, told.key, title="", text="Oma zegt: ze lacht weer.", family_id=family)
        voice = Voice(
            "grootouder", language="fr", own_words="Elle rit.", translated_by="tolk", told=DAY, recorder="Hanne"
        )
        consent = Consent(Purpose.REPORT, Answer.NO, DAY, "oma")
        around.add_voice(writing, told.id, replace(voice, consents=(consent,)), source_id=source)
    with project.change(Act.ATTACH, told.id) as writing:
        around.add_attachment(writing, told.id, drawing(b"tekening"), b"tekening", coder_id=coder)
        around.add_verification(
            writing, told.id, Verification(DAY, "moeder", "voorgelezen", Outcome.RIGHT), coder_id=coder
        )
    with project.change(Act.ROUND) as writing:
        held = rounds.put_round(
            writing, SelectionRound("R1", "Lente", RoundLevel.TEAM, DAY, DAY, day=DAY), coder_id=coder
        )
        earlier = rounds.put_round(
            writing, SelectionRound("R0", "Winter", RoundLevel.TEAM, DAY, DAY, closed=DAY), coder_id=coder
        )
        member = rounds.put_member(writing, held, Panelist("An", "ervaringsdeskundige"))
        rounds.set_candidates(writing, held, [Candidate(told.key, "R0", "gekozen")])
        rounds.set_vote(writing, held, Vote(member, told.key, "SOC", "Klein maar groot.", DAY))
        choice = Choice(told.key, "Omdat ze het zelf deed.", "SOC", (("eigen kracht", 3),), "We lazen het samen.", DAY)
        chosen = rounds.put_choice(writing, held, choice, coder_id=coder)
        rounds.put_dissent(writing, held, Dissent("Ik koos een ander.", chosen, member))
        gone = (writing.new_id(), earlier, DAY.isoformat(), 1)
        writing.execute("insert into round_gone values (?, ?, ?, ?)", gone)
    with project.change(Act.SIGNAL) as writing:
        following.put_feedback(writing, Feedback("moeder", "Gekozen.", story=told.key, round="R1"), coder_id=coder)
        signal = following.put_signal(writing, Signal("S1", "Geen bus na acht uur.", DAY, "vervoer"), coder_id=coder)
        following.add_place(writing, signal, SignalPlace(story=told.key))
        following.add_place(writing, signal, SignalPlace(snapshot_id=snapshot))
        following.add_place(writing, signal, SignalPlace(told.family, source_id=told.source_id, start=0, stop=2))


def _furnish_family(project: ProjectFile, family: int) -> int:
    with project.change(Act.IMPORT_FAMILIES, family) as writing:
        families.set_attribute(writing, family, "taal", "nl")
        person = families.put_person(writing, family, Person("G001.moeder", "ouder", "30-39", DAY))
        families.put_trajectory(writing, family, Trajectory(1, DAY, reason="", coach="Hanne", known="nieuw"))
        families.add_contacts(writing, family, [Contact(DAY, "huisbezoek", "moeder")])
        declared.put_attribute_kind(writing, AttributeKind("taal", ValueKind.CHOICE, ("nl", "fr")))
        declared.put_column_mapping(writing, "scores", "Export", ColumnMapping({"Gezinsnr": "gezin"}))
    return person


def _furnish_scores(project: ProjectFile, family: int, person: int) -> tuple[int, int]:
    with project.change(Act.IMPORT_INSTRUMENTS) as writing:
        instrument = scores.put_instrument(writing, BALANCE)
    items = {item.key: item.id for item in scores.instruments(project)[0].items}
    trajectory = families.families(project)[0].trajectories[0].id
    with project.change(Act.SNAPSHOT, family) as writing:
        snapshot = scores.add_snapshot(
            writing,
            family_id=family,
            instrument_id=instrument,
            day=DAY,
            assessor=Assessor.COACH,
            trajectory_id=trajectory,
        )
        rows = [
            scores.NewObservation(items["gezin.steun"], None, State.SCORED, 3, ""),
            scores.NewObservation(items["volwassene.rust"], person, State.UNKNOWN, None, "niet gevraagd"),
        ]
        scores.add_observations(writing, [(snapshot, row) for row in rows])
        first = scores.observation_keys(writing, snapshot)[items["gezin.steun"], None][0]
        revisions.set_reasons(writing, first, {Reason.EVENT})
        revisions.keep_version(writing, scores.instruments(project)[0])
        revisions.add_revised_baseline(
            writing,
            snapshot,
            item_id=items["gezin.steun"],
            person_id=None,
            value=2,
            day=DAY,
            reason=Reason.INCOMPLETE_BASELINE,
        )
    return instrument, snapshot
