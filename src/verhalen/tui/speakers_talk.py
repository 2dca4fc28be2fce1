"""What the screen of speakers works on: a text that is stored, or a file that is not stored yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from verhalen import errors
from verhalen.api.speakers import Voice
from verhalen.model.text import Turn
from verhalen.model.turns import shares
from verhalen.model.voices import likely_same

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.exchange.draft_speakers import DraftSpeakers
    from verhalen.tui.speakers_screen import SpeakersScreen


class Acts(Protocol):
    """What one can do with the speakers of one text. Each raises an error of ours where it will not do."""

    def rename(self, old: str, new: str) -> None:
        """Call a speaker otherwise."""

    def merge(self, names: Mapping[str, str]) -> None:
        """Make speakers one."""

    def drop(self, names: Iterable[str]) -> None:
        """Say that labels are nobody's name."""

    def link(self, name: str, *, person: str | None = None, role: str = "") -> None:
        """Say who a speaker is."""

    def unlink(self, name: str) -> None:
        """Take that back."""

    def join_turn(self, turn_id: int) -> None:
        """Let a turn go on with the one before it."""

    def give_turn(self, turn_id: int, speaker: str | None) -> None:
        """Say that somebody else speaks in a turn."""


Act = Callable[[Acts], None]


@dataclass(frozen=True, slots=True)
class Told:
    """One text with its speakers, as the screen shows them."""

    title: str
    text: str
    turns: tuple[Turn, ...]
    voices: list[Voice]
    alike: Mapping[str, str]
    """Name to another name that may be the same person."""


class Talk(Protocol):
    """Where the screen reads and writes."""

    def read(self, screen: SpeakersScreen) -> Told:
        """What there is now. Raises UnknownSource where the text is gone."""

    def do(self, screen: SpeakersScreen, act: Act, done: Callable[[], None]) -> None:
        """Do an act; `done` hears when it stands. What will not do is said on the screen."""


class StoredTalk:
    """A text of the project: acts go to the writer, one change each."""

    def __init__(self, number: int) -> None:
        self._number = number
        """Of the source."""

    def read(self, screen: SpeakersScreen) -> Told:
        """From the project."""
        found = screen.project.sources.text(self._number)
        speakers = screen.project.speakers
        return Told(
            title=f"{found.source.number} · {found.source.title}",
            text=found.text,
            turns=found.turns,
            voices=speakers.of(self._number),
            alike=dict(speakers.likely_same(self._number)),
        )

    def do(self, screen: SpeakersScreen, act: Act, done: Callable[[], None]) -> None:
        """By the writer."""
        screen.write(lambda project: act(_StoredActs(project, self._number)), lambda _: done())


class DraftTalk:
    """A file that is not stored yet: acts change the draft in memory."""

    def __init__(self, speakers: DraftSpeakers) -> None:
        self.speakers = speakers

    def read(self, screen: SpeakersScreen) -> Told:
        """From the draft."""
        draft = self.speakers.draft
        text = draft.reading.text
        voices = []
        for each in shares(text, draft.turns):
            known = draft.voices.get(each.name or "")
            person, role = (known.person, known.role) if known else (None, "")
            voices.append(Voice(each.name, each.turns, each.words, each.share, person, role))
        return Told(draft.title, text, draft.turns, voices, dict(likely_same(draft.speakers)))

    def do(self, screen: SpeakersScreen, act: Act, done: Callable[[], None]) -> None:
        """At once."""
        try:
            act(self.speakers)
        except errors.VerhalenError as error:
            screen.frame.say_error(error)
            return
        done()
        screen.reload()


class _StoredActs:
    """The acts of `project.speakers` on one text."""

    def __init__(self, project: Project, number: int) -> None:
        self._speakers = project.speakers
        self._number = number

    def rename(self, old: str, new: str) -> None:
        self._speakers.rename(self._number, old, new)

    def merge(self, names: Mapping[str, str]) -> None:
        self._speakers.merge(self._number, names)

    def drop(self, names: Iterable[str]) -> None:
        self._speakers.drop(self._number, names)

    def link(self, name: str, *, person: str | None = None, role: str = "") -> None:
        self._speakers.link(self._number, name, person=person, role=role)

    def unlink(self, name: str) -> None:
        self._speakers.unlink(self._number, name)

    def join_turn(self, turn_id: int) -> None:
        self._speakers.join_turn(self._number, turn_id)

    def give_turn(self, turn_id: int, speaker: str | None) -> None:
        self._speakers.give_turn(self._number, turn_id, speaker)
