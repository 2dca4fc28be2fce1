"""Who speaks in a text, how much, and who that is; and putting it right when the reader of a file saw it wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from verhalen import errors
from verhalen.coding import editing, speaking
from verhalen.coding.speaking import Link
from verhalen.model.codes import no_person
from verhalen.model.text import Source
from verhalen.model.turns import shares
from verhalen.model.voices import likely_same
from verhalen.store import families, sources
from verhalen.store.project import ProjectFile

Reference = int | str
"""A source by short number, inside id, or outside id."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker of a text as lists show it."""

    name: str | None
    """None for the turns of nobody in particular."""
    turns: int
    words: int
    share: float | None
    """Part of all words that are said in turns, 0 to 1; None where there are none."""
    person: str | None
    """Key of the family member, as in G012.moeder."""
    role: str
    """`ouder`, `kind`, `gezinscoach`, `coordinator`, `onderzoeker`, something of one's own, or empty."""

    @property
    def is_linked(self) -> bool:
        """Whether it is known who this is."""
        return self.person is not None or bool(self.role)


class Speakers:
    """`project.speakers`."""

    def __init__(self, file: ProjectFile, source: Callable[[Reference], Source]) -> None:
        self._file = file
        self._source = source
        """Finds a source; raises UnknownSource."""

    def of(self, reference: Reference) -> list[Voice]:
        """The speakers of a text in order of first appearance, with their turns, words and share."""
        source = self._source(reference)
        counted = shares(editing.text_now(self._file, source.id), sources.turns_of(self._file, source.id))
        known = {each.name: each for each in sources.speakers_of(self._file, source.id)}
        people = {number: key for key, number in families.person_ids(self._file).items()}
        found = []
        for each in counted:
            speaker = known.pop(each.name, None) if each.name is not None else None
            person = people.get(speaker.person_id) if speaker and speaker.person_id else None
            role = speaker.role if speaker else ""
            found.append(Voice(each.name, each.turns, each.words, each.share, person, role))
        silent = [Voice(name, 0, 0, 0.0, people.get(each.person_id or 0), each.role) for name, each in known.items()]
        return found + silent

    def likely_same(self, reference: Reference) -> list[tuple[str, str]]:
        """Names that may be one person, as (name, fuller name): proposals for a person to look at."""
        return likely_same([each.name for each in self.of(reference) if each.name is not None])

    def rename(self, reference: Reference, old: str, new: str) -> None:
        """Call a speaker otherwise. Raises SpeakerExists where that would be a merge."""
        speaking.rename_speaker(self._file, self._source(reference), old, new)

    def merge(self, reference: Reference, names: Mapping[str, str]) -> None:
        """Make speakers one, `{"M.": "Mieke"}`, with their links. Raises SpeakersDiffer where these disagree."""
        speaking.merge_speakers(self._file, self._source(reference), names)

    def drop(self, reference: Reference, names: Iterable[str]) -> None:
        """Say that labels ("Let op") are nobody's name: their turns go on with the turn before."""
        speaking.drop_speakers(self._file, self._source(reference), list(names))

    def link(self, reference: Reference, name: str, *, person: str | None = None, role: str = "") -> None:
        """Say that a speaker is this person of a family, or has this professional role."""
        link(self._file, self._source(reference), name, person=person, role=role)

    def unlink(self, reference: Reference, name: str) -> None:
        """Take back who a speaker is."""
        speaking.link_speaker(self._file, self._source(reference), name, Link(None, ""))

    def join_turn(self, reference: Reference, turn_id: int) -> None:
        """Let a turn go on with the one before it. Raises BadTurn for the first."""
        speaking.join_turn(self._file, self._source(reference), turn_id)

    def split_turn(
        self, reference: Reference, turn_id: int, *, at: int, speaker: str | None, version: int | None = None
    ) -> None:
        """Cut a turn in two at a place in the text; `speaker`, known or new, says the second part."""
        speaking.split_turn(self._file, self._source(reference), turn_id, at=at, speaker=speaker, version=version)

    def give_turn(self, reference: Reference, turn_id: int, speaker: str | None) -> None:
        """Say that somebody else, known or new, speaks in a turn; None: nobody in particular."""
        speaking.give_turn(self._file, self._source(reference), turn_id, speaker)


def link(file: ProjectFile, source: Source, name: str, *, person: str | None = None, role: str = "") -> None:
    """Say that a speaker is this person, with this role; without one, the role that the person or the speaker has."""
    known = next((each for each in sources.speakers_of(file, source.id) if each.name == name), None)
    if known is None:
        raise errors.UnknownSpeaker(key=name, number=source.number)
    people = families.person_ids(file)
    if person is not None and person not in people:
        raise no_person(person)
    number = people[person] if person else None
    speaking.link_speaker(file, source, name, Link(number, role or _role(file, person) or known.role))


def _role(file: ProjectFile, person: str | None) -> str:
    """What a family member is in the family."""
    found = (each.role for family in families.families(file) for each in family.persons if each.key == person)
    return next(found, "") if person else ""
