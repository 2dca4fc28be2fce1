"""Everything that people do to a project, each act with chance places and words. Invented talk only."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from tests.builders import DAY, story

from verhalen import errors
from verhalen.api.codes import Edit
from verhalen.api.codings import Intent
from verhalen.api.project import Project
from verhalen.api.sources import SourceText
from verhalen.exchange.intake import draft_of
from verhalen.model.codebook import Code
from verhalen.model.coding import Coding, Valence
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.ids import encode_id
from verhalen.model.memo import Memo
from verhalen.model.patterns import read_patterns
from verhalen.model.suggestion import ByPattern, Suggestion
from verhalen.model.text import Reading, Turn
from verhalen.model.verdict import Relation
from verhalen.readers import read_source

T = TypeVar("T")
NAMES = ("Anna", "Bert", "Coach", "Cas", "Let op")
PIECES = (
    "Ik sliep niet. ",
    "De huur is te hoog, zei ze. ",
    "Nu gaat het beter! ",
    "Ze zwe\u0301gen 😀 ",
    "עברית ",
    "學校很遠。",
    "👩\u200d👧 mee naar school. ",
    "De gezinnen in de straat ook niet. ",
)
MOST_SOURCES, MOST_CODES = 5, 40


class Refused(Exception):
    """There is nothing to do this act to."""


class Chance:
    """One coder at work, led by dice."""

    def __init__(self, project: Project, dice: random.Random, folder: Path) -> None:
        self.project = project
        self.dice = dice
        self.folder = folder

    # -- what to do it to --------------------------------------------------------------------------------------------

    def one(self, there: Sequence[T]) -> T:
        """One of them; Refused where there is none."""
        if not there:
            raise Refused
        return self.dice.choice(there)

    def some(self, there: Sequence[T], most: int = 3) -> list[T]:
        """A few of them, at least one."""
        self.one(there)
        return self.dice.sample(there, min(len(there), self.dice.randint(1, most)))

    def text(self) -> SourceText:
        """One of the texts."""
        return self.project.sources.text(self.one(self.project.sources.all()).number)

    def place(self, text: SourceText) -> tuple[int, int]:
        """Some characters of it, wherever they lie."""
        start = self.dice.randrange(len(text.text))
        return start, min(len(text.text), start + self.dice.randint(1, 30))

    def turn(self, text: SourceText) -> Turn:
        """One of its turns."""
        return self.one(text.turns)

    def code(self) -> Code:
        """One of the codes."""
        return self.one(list(self.project.codes.book()))

    def coding(self) -> Coding:
        """One of the codings, of whomever."""
        return self.one(self.project.codings.of(self.text().source.id))

    def memo(self) -> Memo:
        """One of one's own memos."""
        return self.one([each for each in self.project.memos.all() if each.coder_id == self.project.coder_id])

    def family(self) -> str:
        """Key of a family."""
        return self.one(self.project.families.all()).key

    def words(self) -> str:
        """A few words."""
        return "".join(self.dice.choices(PIECES, k=self.dice.randint(1, 3))).strip()

    def key(self) -> str:
        """A key of a code, new or not."""
        parts = self.dice.choices(("rol", "tijd", "geld", "huur", "zorg"), k=self.dice.randint(1, 3))
        return ".".join(parts)

    def talk(self) -> str:
        """A whole conversation."""
        return "".join(f"{self.one(NAMES)}: {self.words()}\n" for _ in range(self.dice.randint(2, 5)))

    def intent(self) -> Intent:
        """A code at some words."""
        text = self.text()
        start, stop = self.place(text)
        return Intent(text.source.id, start, stop, self.code().key, self.one(list(Valence)))

    # -- codings -----------------------------------------------------------------------------------------------------

    def apply(self) -> None:
        self.project.codings.apply_all([self.intent() for _ in range(self.dice.randint(1, 3))])

    def in_vivo(self) -> None:
        self.few(len(self.project.codes.book()), MOST_CODES)
        self.project.codings.apply_new(Code(self.key(), self.words(), parent=self.parent()), self.intent())

    def accept(self) -> None:
        intent = self.intent()
        version = self.project.sources.get(intent.source_id).version
        pattern = ByPattern(read_patterns("huur")[0], intent.start, intent.stop)
        place = (intent.source_id, version, intent.start, intent.stop, intent.code)
        self.project.suggestions.accept([Suggestion(*place, score=1.0, reasons=(pattern,))])

    def autocode(self) -> None:
        key, places = self.code().key, [self.intent() for _ in range(self.dice.randint(1, 3))]
        found = self.project.codings.propose([(each.source_id, each.start, each.stop) for each in places], code=key)
        self.project.codings.autocode(found, code=key)

    def uncode(self) -> None:
        self.project.codings.remove(*{self.coding().id for _ in range(self.dice.randint(1, 3))})

    def resize(self) -> None:
        coding = self.coding()
        start, stop = self.place(self.project.sources.text(coding.source_id))
        self.project.codings.resize(coding.id, start=start, stop=stop)

    def recode(self) -> None:
        self.project.codings.recode(self.coding().id, self.code().key)

    def valence(self) -> None:
        self.project.codings.set_valence(self.coding().id, self.one(list(Valence)))

    def coding_memo(self) -> None:
        self.project.codings.set_memo(self.coding().id, self.one(["", self.words()]))

    def about(self) -> None:
        text = self.text()
        start, stop = self.place(text)
        there = self.project.sources.mentions(text.source.number)
        gone = self.some(there) if there and self.dice.random() < 0.5 else []
        families = [self.family()] if not gone or self.dice.random() < 0.5 else []
        self.project.sources.mention_many(text.source.number, families, start=start, stop=stop, gone=gone)

    # -- memos -------------------------------------------------------------------------------------------------------

    def write_memo(self) -> None:
        text = self.text()
        targets = ["project", str(text.source.number), f"{text.source.number}@{self.place(text)[0]}", self.family()]
        targets += [self.code().key, *(encode_id(each.id) for each in self.project.codings.of(text.source.id)[:3])]
        self.project.memos.add(self.one(targets), self.words())

    def change_memo(self) -> None:
        self.project.memos.change(self.memo().id, self.words())

    def remove_memo(self) -> None:
        self.project.memos.remove(self.memo().id)

    # -- the codebook ------------------------------------------------------------------------------------------------

    def parent(self) -> str | None:
        """Where a code may stand: below another, or on top."""
        return self.one([None, self.code().key])

    def few(self, there: int, most: int) -> None:
        """Refused where there are many already, so that the project stays small."""
        if there >= most:
            raise Refused

    def add_code(self) -> None:
        self.few(len(self.project.codes.book()), MOST_CODES)
        code = Code(self.key(), self.words(), parent=self.parent(), definition=f"Niet `{self.key()}`.")
        self.project.codes.add(code, place=self.dice.randint(0, 3))

    def edit_code(self) -> None:
        edits = [
            Edit(key=self.key()),
            Edit(name=self.words(), definition=f"Zie `{self.code().key}`."),
            Edit(colour=self.one(["", "#2f6f9f"]), deprecated=self.one([True, False])),
            Edit(evidence=("SOC",), touches=("PSY",)),
            Edit(evidence=(), touches=("SOC", "PSY")),
            Edit(include=self.words(), exclude=self.words()),
        ]
        self.project.codes.edit(self.code().id, self.one(edits))

    def patterns(self) -> None:
        written = self.one(["", "huur, lemma:slapen", '"in de straat"', 'school, "te hoog"'])
        self.project.codes.change(replace(self.code(), patterns=read_patterns(written)))

    def move_code(self) -> None:
        self.project.codes.move(self.code().id, parent=self.parent(), place=self.dice.randint(0, 4))

    def merge_codes(self) -> None:
        self.project.codes.merge(self.code().id, self.code().id, join_overlaps=self.one([True, False]))

    def split_code(self) -> None:
        coding = self.coding()
        keys = [self.code().key for _ in range(self.dice.randint(1, 2))]
        new = [Code(self.key(), self.words())] if self.dice.random() < 0.3 else []
        dealt = [*keys, *(each.key for each in new)]
        self.project.codes.split(coding.code_id, {coding.id: dealt}, new=new)

    def remove_code(self) -> None:
        self.project.codes.remove(self.code().id)

    def import_codebook(self) -> None:
        path = self.folder / self.one(["boek.md", "boek.csv"])
        if not path.exists() or self.dice.random() < 0.5:
            self.project.codes.export_file(path)
        self.project.codes.import_file(path)

    # -- texts -------------------------------------------------------------------------------------------------------

    def reading(self, title: str) -> Reading:
        """A file of invented talk, read."""
        path = self.folder / f"{title}.txt"
        path.write_text(self.talk(), "utf-8")
        return read_source(path)

    def import_text(self) -> None:
        self.few(len(self.project.sources.all()), MOST_SOURCES)
        self.project.sources.keep(draft_of(self.reading(f"gesprek {self.dice.random()}"), kind="transcript"))

    def correct(self) -> None:
        text = self.text()
        start, stop = self.place(text)
        words = self.one(["", self.words()])
        self.project.sources.correct(text.source.number, start=start, stop=stop, replacement=words)

    def correct_turn(self) -> None:
        text = self.text()
        turn = self.turn(text)
        before = text.text[turn.start : turn.stop]
        words = before.split(" ")
        words[self.dice.randrange(len(words))] = self.words()
        self.project.corrections.turn(text.source.number, turn.id, before=before, after=" ".join(words))

    def renew(self) -> None:
        text = self.text()
        lines = text.text.splitlines(keepends=True)
        lines[self.dice.randrange(len(lines))] = self.talk()
        path = self.folder / "nieuwer.txt"
        path.write_text("".join(lines), "utf-8")
        plan = self.project.corrections.newer(text.source.number, path)
        gone = [each.id for each in plan.review if self.dice.random() < 0.3]
        self.project.corrections.renew(plan, drop=gone)

    # -- speakers ----------------------------------------------------------------------------------------------------

    def speaker(self, text: SourceText) -> str:
        """Name of one of its speakers."""
        return self.one([each.name for each in self.project.sources.speakers(text.source.number)])

    def rename_speaker(self) -> None:
        text = self.text()
        self.project.speakers.rename(text.source.number, self.speaker(text), self.one(NAMES))

    def merge_speakers(self) -> None:
        text = self.text()
        self.project.speakers.merge(text.source.number, {self.speaker(text): self.speaker(text)})

    def drop_speakers(self) -> None:
        text = self.text()
        self.project.speakers.drop(text.source.number, [self.speaker(text)])

    def link_speaker(self) -> None:
        text = self.text()
        person = self.one([None, *(each.key for each in self.project.families.get(self.family()).persons)])
        self.project.speakers.link(text.source.number, self.speaker(text), person=person, role=self.one(["", "ouder"]))

    def unlink_speaker(self) -> None:
        text = self.text()
        self.project.speakers.unlink(text.source.number, self.speaker(text))

    def join_turn(self) -> None:
        text = self.text()
        self.project.speakers.join_turn(text.source.number, self.turn(text).id)

    def split_turn(self) -> None:
        text = self.text()
        turn = self.turn(text)
        at = self.dice.randint(turn.start, turn.stop)
        self.project.speakers.split_turn(text.source.number, turn.id, at=at, speaker=self.one([None, *NAMES]))

    def give_turn(self) -> None:
        text = self.text()
        self.project.speakers.give_turn(text.source.number, self.turn(text).id, self.one([None, *NAMES]))

    # -- families and stories ----------------------------------------------------------------------------------------

    def add_family(self) -> None:
        self.few(len(self.project.families.all()), 6)
        self.project.families.add(municipality="Zandhoven")

    def tell(self) -> None:
        self.few(len(self.project.sources.all()), MOST_SOURCES)
        self.project.stories.tell(replace(story("", self.family(), self.words()), trajectory=None))

    def consent(self) -> None:
        key = self.one(self.project.stories.all()).key
        self.project.stories.set_consent(key, Consent(Purpose.REPORT, self.one(list(Answer)), DAY, "moeder"))

    def decide(self) -> None:
        self.project.reports.decide("SOC", self.one(list(Relation)), self.words())

    @property
    def acts(self) -> dict[Callable[[], None], int]:
        """Every act and how often it comes: coding most of all, as at work."""
        often = (self.apply, self.resize, self.recode, self.valence, self.uncode, self.correct)
        seldom = (self.add_family, self.tell, self.import_text, self.consent, self.decide, self.import_codebook)
        usual = (
            *(self.in_vivo, self.accept, self.autocode, self.coding_memo, self.about),
            *(self.write_memo, self.change_memo, self.remove_memo),
            *(self.add_code, self.edit_code, self.patterns, self.move_code, self.merge_codes, self.split_code),
            *(self.remove_code, self.correct_turn, self.renew),
            *(self.rename_speaker, self.merge_speakers, self.drop_speakers, self.link_speaker, self.unlink_speaker),
            *(self.join_turn, self.split_turn, self.give_turn),
        )
        return {act: weight for group, weight in ((often, 6), (usual, 3), (seldom, 1)) for act in group}

    def act(self) -> str:
        """Do something; give its name, or nothing where it was refused."""
        act = self.dice.choices(list(self.acts), weights=list(self.acts.values()))[0]
        try:
            act()
        except (Refused, errors.VerhalenError):
            return ""
        return act.__name__

    def undo(self) -> bool:
        """Undo the newest change, or an older one by name; say whether it was done."""
        history = self.project.history
        mine = [each for each in history.entries(limit=40) if each.coder_id == self.project.coder_id]
        older = [encode_id(each.id) for each in mine]
        try:
            history.undo(self.dice.choice([None, *self.dice.sample(older, min(2, len(older)))]))
        except errors.VerhalenError:
            return False
        return True
