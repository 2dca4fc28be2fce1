"""Copies of one project at work beside each other, each on a machine of its own, and what must hold when they meet.

Ids come from a clock and from the copy, so both are set here: a seed gives the same history each time, also where the
clocks of the copies differ.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests import copies
from tests.builders import DAY, furnish, story
from tests.whole.random_acts import Chance

from verhalen import errors
from verhalen.api.project import Project, open_project
from verhalen.api.snapshot_forms import Form
from verhalen.model.act import Act
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.family import Contact
from verhalen.model.ids import encode_id
from verhalen.model.merging import Taken
from verhalen.model.selecting import RoundLevel
from verhalen.model.snapshot import Assessor, State
from verhalen.model.story import Outcome, Verification
from verhalen.model.text import Span
from verhalen.scores import registering
from verhalen.settings import PROJECT_FILE, identity_file
from verhalen.store import checking, second_coder, writing
from verhalen.store.project import ProjectFile
from verhalen.store.replica import machine
from verhalen.store.schema import JOURNALED, SPANS

PASSPHRASE = "drie blauwe fietsen"
CODERS = ("Hanne", "Jan", "Mia")
Meaning = dict[str, list[str]]


# -- time ------------------------------------------------------------------------------------------------------------


class Clock:
    """A clock that goes on by itself, and is some hours wrong on some machines."""

    def __init__(self, hour: int) -> None:
        self.hour = hour
        self.ticks = 0
        self.wrong = dt.timedelta()

    def now(self, zone: dt.tzinfo) -> dt.datetime:
        """As `datetime.now`."""
        self.ticks += 1
        return dt.datetime(2026, 3, 2, self.hour, tzinfo=zone) + dt.timedelta(milliseconds=self.ticks) + self.wrong


@contextmanager
def set_clock(hour: int) -> Iterator[Clock]:
    """Let changes and ids take their time from this clock."""
    clock = Clock(hour)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "dt", SimpleNamespace(datetime=clock, UTC=dt.UTC))
        yield clock


# -- copies ----------------------------------------------------------------------------------------------------------


@dataclass
class Replica:
    """One copy of the project with its coder, on a machine of its own."""

    name: str
    coder: str
    folder: Path
    clock: Clock
    number: int
    wrong: dt.timedelta = dt.timedelta()
    dice: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        with self.here():
            identity_file(self.coder).parent.mkdir(parents=True, exist_ok=True)
            if not identity_file(self.coder).exists():
                identity_file(self.coder).write_text(f"{self.number:032x}", "utf-8")
        self.reopen()

    @property
    def path(self) -> Path:
        """Its project file."""
        return self.folder / PROJECT_FILE

    @property
    def file(self) -> ProjectFile:
        """Its project file, open."""
        return self.project.file

    @contextmanager
    def here(self) -> Iterator[None]:
        """Be at its machine: its home and its clock."""
        before, wrong = os.environ["VERHALEN_HOME"], self.clock.wrong
        os.environ["VERHALEN_HOME"] = str(self.folder / "home")
        self.clock.wrong = self.wrong
        try:
            yield
        finally:
            os.environ["VERHALEN_HOME"], self.clock.wrong = before, wrong

    def reopen(self, *, same: bool = True) -> None:
        """Open the file, as a copy of its own where it was copied; `same` says that it is the one it was."""
        with self.here():
            if same:
                self._be_known()
            self.project = open_project(self.path, coder=self.coder)
            assert not same or self.file.replica == self.number
            assert self.file.coder_id
            self.chance = Busy(self.project, self.dice, self.folder)

    def _be_known(self) -> None:
        home = self.folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        kept = home / "replicas.json"
        with ProjectFile.open(self.path, coder=self.coder) as file:
            place = f"{file.setting('project_id')}|{machine()}|{self.path.resolve()}"
        known = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
        kept.write_text(json.dumps(known | {place: self.number}), "utf-8")

    def close(self) -> None:
        """Close the file, and leave it whole."""
        self.project.close()

    # -- what it does --------------------------------------------------------------------------------------------

    def act(self) -> str:
        """Do something by chance; give its name."""
        with self.here():
            return self.chance.act()

    def undo(self) -> bool:
        """Take something of one's own back."""
        with self.here():
            return self.chance.undo()

    def redo(self) -> bool:
        """Bring back what was taken back last."""
        with self.here():
            try:
                self.project.history.redo()
            except errors.VerhalenError:
                return False
        return True

    def send(self, *, partner: str = "") -> Path:
        """A bundle for somebody."""
        with self.here():
            path = self.folder / f"{self.name}-{self.clock.ticks}.bundel"
            self.project.bundles.out(path, passphrase=PASSPHRASE, partner=partner)
        return path

    def take(self, path: Path) -> Taken:
        """Take a bundle in, or a project file."""
        with self.here():
            return self.project.bundles.take_in(path, passphrase=PASSPHRASE)

    def take_from(self, other: Replica) -> Taken:
        """Take in the project file of another copy."""
        return self.take(other.path)


def _furnished(folder: Path) -> None:
    with ProjectFile.create(folder, coder="Hanne") as file:
        furnish(file)


@contextmanager
def three(folder: Path, seed: int = 0, *, skewed: bool = False) -> Iterator[list[Replica]]:
    """Three copies of one furnished project, each with its own coder."""
    dice = random.Random(seed)
    start = folder / "start"
    start.mkdir()
    with set_clock(1):
        copies.copied(_furnished, start)
    with set_clock(9) as clock:
        made = []
        for index, coder in enumerate(CODERS):
            own = folder / coder.lower()
            own.mkdir()
            shutil.copyfile(start / PROJECT_FILE, own / PROJECT_FILE)
            if index == 0:
                shutil.copytree(os.environ["VERHALEN_HOME"], own / "home", dirs_exist_ok=True)
            wrong = dt.timedelta(hours=dice.choice((-5, -1, 0, 2))) if skewed else dt.timedelta()
            number = (index + 1) * 1_000_003
            made.append(Replica(coder[0], coder, own, clock, number, wrong, random.Random(f"{seed} {coder}")))
        try:
            yield made
        finally:
            for each in made:
                each.close()


@contextmanager
def twin_of(replica: Replica, folder: Path) -> Iterator[Replica]:
    """The same copy as it is now, to try something on: the file, the home and who it is."""
    folder.mkdir(parents=True)
    replica.file.copy_to(folder / PROJECT_FILE)
    shutil.copytree(replica.folder / "home", folder / "home")
    made = Replica(replica.name, replica.coder, folder, replica.clock, replica.number, replica.wrong, random.Random(1))
    try:
        yield made
    finally:
        made.close()


# -- what a project says -----------------------------------------------------------------------------------------------


NAMED: dict[str, tuple[str, ...]] = {
    "family": ("key",),
    "person": ("key",),
    "trajectory": ("family_id", "ordinal"),
    "instrument": ("key",),
    "item": ("instrument_id", "key"),
    "snapshot": ("family_id", "day", "assessor", "coder_id"),
    "observation": ("snapshot_id", "item_id", "person_id"),
    "source": ("title",),
    "speaker": ("source_id", "name"),
    "code": ("key",),
    "story": ("key",),
    "voice": ("story_id", "role", "member"),
    "attachment": ("story_id", "name"),
    "selection_round": ("key",),
    "round_member": ("round_id", "name"),
    "choice": ("round_id", "story_id", "domain"),
    "release": ("report", "built"),
    "signal": ("key",),
    "coder": ("name",),
}
"""By which columns people call a row that others refer to."""


class Telling:
    """Says what a project holds, without ids and numbers of versions."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file
        self._columns = {
            table: [row[1] for row in file.rows(f"pragma table_info({table})")] for table in (*JOURNALED, "coder")
        }
        self._links = {
            (table, row[3]): str(row[2])
            for table in JOURNALED
            for row in file.rows(f"pragma foreign_key_list({table})")
        }
        self.rows: dict[str, dict[int, dict[str, Any]]] = {
            table: {
                row[0]: dict(zip(columns, row, strict=True))
                for row in file.rows(f"select {', '.join(columns)} from {table}")
            }
            for table, columns in self._columns.items()
        }
        sql = "select source.id, text from source join text_version now on source_id = source.id"
        self.texts: dict[int, str] = dict(file.rows(f"{sql} and now.version = source.version"))

    def name(self, table: str, number: int | None) -> str:
        """How people call a row."""
        if number is None:
            return "-"
        row = self.rows.get(table, {}).get(number)
        if row is None:
            return f"{table} that is gone"
        if table not in NAMED:
            return f"{table}({self.row(table, row)})"
        parts = [self._value(table, column, row[column]) for column in NAMED[table]]
        return f"{table} {'/'.join(parts)}"

    def _value(self, table: str, column: str, value: Any) -> str:
        parent = self._links.get((table, column))
        return self.name(parent, value) if parent else json.dumps(value, ensure_ascii=False)

    def row(self, table: str, row: dict[str, Any]) -> str:
        """Everything that a row says."""
        said = {
            column: self._value(table, column, value)
            for column, value in row.items()
            if column != "id" and (table, column) != ("source", "version")
        }
        if table in SPANS:
            said["words"] = self.texts[row["source_id"]][row["start"] : row["stop"]]
        if table == "source":
            said["text"] = self.texts[row["id"]]
        if table == "memo":
            said["target_id"] = self.name(row["target"], row["target_id"]) if row["target"] != "project" else "-"
        if table == "decision":
            said["row_id"] = self.name(row["tbl"], row["row_id"])
        if table == "release_row":
            families = json.loads(row["families"])
            said["families"] = str(sorted(self.name("family", each) for each in families))
        return ", ".join(f"{column}={value}" for column, value in said.items())

    def all(self) -> Meaning:
        """Every journaled table, its rows in order of what they say."""
        return {table: sorted(self.row(table, row) for row in self.rows[table].values()) for table in JOURNALED}


def meaning(replica: Replica) -> Meaning:
    """What the project of a copy says, in words that are the same in every copy."""
    return Telling(replica.file).all()


def open_points(replica: Replica) -> list[str]:
    """The open decisions of a copy; with their sides where these do not depend on the words that stand around them."""
    with replica.here():
        found = replica.project.bundles.decisions()
    kinds: dict[str, str] = dict(replica.file.rows("select key, field from clash"))
    return sorted(
        f"{each.key} {each.kind} {each.what} {each.field}: "
        + " | ".join(f"{side.who}: {side.value}" for side in each.sides if kinds[each.key][:1] not in (":", "*"))
        for each in found
    )


def difference(one: Meaning, other: Meaning) -> list[str]:
    """Rows that only one of two has, marked `<` and `>`."""
    found = []
    for table in JOURNALED:
        mine, theirs = list(one[table]), list(other[table])
        for row in one[table]:
            if row in theirs:
                theirs.remove(row)
                mine.remove(row)
        found += [f"< {table}: {row}" for row in mine] + [f"> {table}: {row}" for row in theirs]
    return found


def assert_alike(one: Replica, other: Replica, why: str = "") -> None:
    """Both say the same, and the same is left to decide."""
    apart = difference(meaning(one), meaning(other))
    assert apart == [], f"{why}: {one.name} < > {other.name}:\n" + "\n".join(apart[:20])
    assert open_points(one) == open_points(other), why


def assert_whole(*replicas: Replica) -> None:
    """Nothing is wrong with the files."""
    for each in replicas:
        found = checking.problems(each.file)
        assert found == [], f"{each.name}: {found}"
        assert (doubles := twice(each)) == [], f"{each.name}: {doubles}"


def twice(replica: Replica) -> list[str]:
    """What may be there once only, and is there twice without anybody being asked."""
    asked = open_points(replica)
    found = []
    unique = {
        "source": "number", "code": "key", "story": "key", "selection_round": "key", "signal": "key", "instrument": "key",
        "family": "key", "person": "key", "life_domain": "key", "attribute": "family_id, name",
        "trajectory": "family_id, ordinal", "attribute_kind": "name",
    }  # fmt: skip
    for table, columns in unique.items():
        sql = f"select {columns}, count(*) from {table} group by {columns} having count(*) > 1"
        for row in replica.file.rows(sql):
            if all(str(row[0]) not in each for each in asked):
                found += [f"{table} {row}"]
    return found


# -- what people do ----------------------------------------------------------------------------------------------------


class Busy(Chance):
    """Does also what only counts where several work on one project."""

    project: Project

    def _family_act(self, change: Callable[[str], object]) -> None:
        change(self.family())

    def municipality(self) -> None:
        self.project.families.edit(self.family(), municipality=self.one(["Zandhoven", "Lier", "Ranst"]))

    def attribute(self) -> None:
        values = {self.one(["taal", "woning"]): self.one(["nl", "fr", ""])}
        self.project.families.edit(self.family(), attributes=values)

    def add_person(self) -> None:
        member = f"kind{self.dice.randint(1, 3)}"
        self.project.families.add_person(self.family(), member, role="kind", age_group="")

    def person(self) -> str:
        people = [each.key for family in self.project.families.all() for each in family.persons]
        return self.one(people)

    def edit_person(self) -> None:
        self.project.families.edit_person(self.person(), age_group=self.one(["", "18-29", "30-39"]))

    def remove_person(self) -> None:
        self.project.families.remove_person(self.person())

    def rename_family(self) -> None:
        self.project.families.rename(self.family(), f"G{self.dice.randint(1, 6):03}")

    def start_support(self) -> None:
        self.project.families.start_trajectory(self.family(), DAY)

    def edit_support(self) -> None:
        family = self.project.families.get(self.family())
        trajectory = self.one(family.trajectories)
        reason = self.one(["", "verhuisd", "klaar"])
        self.project.families.edit_trajectory(
            family.key, trajectory.ordinal, reason=reason, coach=self.one(["An", "Bo"])
        )

    def contact(self) -> None:
        day = DAY + dt.timedelta(days=self.dice.randint(0, 3))
        self.project.families.add_contact(
            self.family(), Contact(day, "huisbezoek", self.one(["moeder", ""])), today=day
        )

    def snapshot(self) -> None:
        day = DAY + dt.timedelta(days=self.dice.randint(0, 2))
        form = Form(self.family(), "balans", Assessor.COACH, day)
        sheet = self.project.snapshots.open(form, today=day)
        question = self.one(sheet.questions)
        self.project.snapshots.answer(form, {question.place: registering.Answer(State.SCORED, self.dice.randint(1, 5))})
        self.project.snapshots.finish(form)

    def edit_story(self) -> None:
        told = self.one(self.project.stories.all())
        changes: list[dict[str, Any]] = [{"title": self.words()}, {"why": self.words()}, {"emoticon": 2}]
        change = self.one(changes)
        self.project.stories.edit(replace(told, **change))

    def story_words(self) -> None:
        told = self.one(self.project.stories.all())
        self.project.stories.correct_text(told.key, self.words(), reason="voorgelezen")

    def person_consent(self) -> None:
        consent = Consent(self.one(list(Purpose)), self.one(list(Answer)), DAY, "moeder")
        self.project.stories.set_person_consent(self.person(), consent)

    def verify(self) -> None:
        told = self.one(self.project.stories.all())
        self.project.verifying.add(told.key, Verification(DAY, "moeder", "voorgelezen", self.one(list(Outcome))))

    def round(self) -> str:
        return self.one(self.project.rounds.all()).key

    def add_round(self) -> None:
        self.few(len(self.project.rounds.all()), 4)
        self.project.rounds.add(self.words()[:20], level=RoundLevel.TEAM, first=DAY, last=DAY)

    def candidate(self) -> None:
        self.project.rounds.add_candidates(self.round(), [self.one(self.project.stories.all()).key])

    def member(self) -> None:
        self.project.rounds.add_member(self.round(), self.one(["An", "Bo", "Cis"]), "coach")

    def vote(self) -> None:
        held = self.project.rounds.get(self.round())
        story_key, name = self.one(held.candidates).story, self.one(held.members).name
        self.project.rounds.vote(held.key, name, story_key, argument=self.words(), day=DAY)

    def signal(self) -> None:
        self.project.signals.note(self.words(), today=DAY)

    def signal_answer(self) -> None:
        key = self.one(self.project.signals.all()).key
        self.project.signals.answer(key, self.words(), DAY, today=DAY)

    def rename_source(self) -> None:
        text = self.text()
        with self.project.file.change(Act.RENAME_SOURCE, text.source.id) as open_change:
            open_change.execute("update source set title = ? where id = ?", (self.words(), text.source.id))

    def second_coder(self) -> None:
        text = self.text()
        with self.project.file.change(Act.DOUBLE_CODE, text.source.id) as open_change:
            second_coder.add_task(open_change, text.source.id, self.one(CODERS), day=DAY)

    def discuss(self) -> None:
        coding = self.coding()
        with self.project.file.change(Act.DISCUSS, coding.source_id) as open_change:
            second_coder.put_discussed(
                open_change,
                coding.source_id,
                Span(coding.start, coding.stop),
                coding.code_id,
                note=self.words(),
                settled=True,
                day=DAY,
            )

    def tell(self) -> None:
        """With every field, in a family that has no support noted perhaps."""
        self.few(len(self.project.stories.all()), 4)
        self.project.stories.tell(replace(story("", self.family(), self.words()), trajectory=None))

    @property
    def acts(self) -> dict[Callable[[], None], int]:
        """Those of `Chance`, and about families, rounds and second coders."""
        more = (
            *(self.municipality, self.attribute, self.add_person, self.edit_person, self.remove_person),
            *(self.start_support, self.edit_support, self.contact, self.snapshot, self.edit_story, self.story_words),
            *(
                self.person_consent,
                self.verify,
                self.candidate,
                self.member,
                self.vote,
                self.signal,
                self.signal_answer,
            ),
            *(self.rename_source, self.second_coder, self.discuss),
        )
        rare = (self.rename_family, self.add_round)
        return super().acts | dict.fromkeys(more, 2) | dict.fromkeys(rare, 1)


# -- how they meet -----------------------------------------------------------------------------------------------------


def work(dice: random.Random, replicas: Sequence[Replica], *, acts: int, undoing: float = 0.15) -> None:
    """Each does things on its own."""
    for _ in range(acts):
        each = dice.choice(replicas)
        if dice.random() >= undoing:
            each.act()
        elif each.undo() and dice.random() < 0.5:
            each.redo()


def meet(dice: random.Random, one: Replica, other: Replica) -> Taken:
    """One takes in the work of another, as a bundle or as a whole file."""
    if dice.random() < 0.3:
        return one.take(other.send(partner=dice.choice(("", one.coder))))
    return one.take_from(other)


def level(dice: random.Random, replicas: Sequence[Replica]) -> None:
    """Exchange until nobody has anything new for anybody."""
    for _ in range(len(replicas) * 3):
        pairs = [(one, other) for one in replicas for other in replicas if one is not other]
        dice.shuffle(pairs)
        before = [state(each) for each in replicas]
        for one, other in pairs:
            meet(dice, one, other)
        if [state(each) for each in replicas] == before:
            return
    raise AssertionError("there is always something new")


def state(replica: Replica) -> tuple[object, ...]:
    """What must not change where nothing new comes: every row, the history, and what is to be decided."""
    return checking.digest(replica.file), replica.file.last_change(), tuple(open_points(replica))


# -- what must be there at the end -------------------------------------------------------------------------------------


MADE = ("coding", "story", "snapshot", "memo", "family", "verification", "mention")
"""What a person makes, and finds again."""
SHARED = {
    "code": ("name", "definition", "include", "exclude"),
    "family": ("municipality",),
    "attribute": ("value",),
    "source": ("title",),
    "person": ("age_group",),
    "coding": ("valence", "memo"),
    "story": ("title", "why"),
    "memo": ("body",),
    "signal": ("answer",),
}
"""Columns that two people may set to different things."""
Cell = tuple[str, int, str]
Cells = dict[Cell, Any]


def _cells(file: ProjectFile) -> Cells:
    return {
        (table, row[0], column): value
        for table, columns in SHARED.items()
        for row in file.rows(f"select id, {', '.join(columns)} from {table}")
        for column, value in zip(columns, row[1:], strict=True)
    }


def _made(file: ProjectFile) -> set[tuple[str, int]]:
    return {(table, row[0]) for table in MADE for row in file.rows(f"select id from {table}")}


class Ledger:
    """Keeps apart from the project what each person made, removed and set, and who had seen what by then."""

    def __init__(self, replica: Replica) -> None:
        self.replica = replica
        self.vector: dict[str, int] = {}
        self.made: set[tuple[str, int]] = _made(replica.file)
        self.removed: set[tuple[str, int]] = set()
        self.words: dict[int, str] = {}
        """Of codings made here, the words."""
        self.texts: set[int] = set()
        """Sources whose words somebody changed here."""
        self.set: list[tuple[Cell, Any, dict[str, int], str, int]] = []
        self.turned: set[Cell] = set()
        """What an undo or redo set: that takes back what was said, and says nothing itself."""

    def act(self) -> None:
        """Let the person do something, or take back or bring back, and write down what it did."""
        file, replica = self.replica.file, self.replica
        rows, cells, texts = _made(file), _cells(file), Telling(file).texts
        dice = replica.dice.random()
        if dice < 0.85:
            replica.act()
        elif dice < 0.95:
            self._undo_own()
        else:
            replica.redo()
        after, now = _made(file), Telling(file)
        self.vector[replica.name] = self.vector.get(replica.name, 0) + 1
        self.made |= after
        self.removed = (self.removed | (rows - after)) - after
        self.texts |= {source for source, text in now.texts.items() if texts.get(source, text) != text}
        for _, number in after - rows:
            if (row := now.rows["coding"].get(number)) is not None:
                self.words[number] = now.texts[row["source_id"]][row["start"] : row["stop"]]
        for cell, value in _cells(file).items():
            if cells.get(cell) != value and dice >= 0.85:
                self.turned.add(cell)
            elif cells.get(cell) != value:
                self.set.append((cell, value, dict(self.vector), replica.name, self.vector[replica.name]))

    def _undo_own(self) -> None:
        """Undo something, but no taking in: then what one had seen is no longer one line."""
        newest = [each for each in self.replica.project.history.entries(limit=1) if each.act is not Act.MERGE]
        if newest:
            with self.replica.here(), contextlib.suppress(errors.VerhalenError):
                self.replica.project.history.undo(encode_id(newest[0].id))

    def take_from(self, other: Ledger) -> None:
        """Take in the work of the other, and see all that he or she had seen."""
        self.replica.take_from(other.replica)
        for name, upto in other.vector.items():
            self.vector[name] = max(self.vector.get(name, 0), upto)


def lost(replica: Replica, books: Sequence[Ledger]) -> list[str]:
    """What somebody made, nobody removed, and is not here; codings also where they stand on other words, uncorrected."""
    file = replica.file
    aliases = {(table, other): row for table, other, row in file.rows("select tbl, other_id, row_id from row_alias")}
    removed = {each for book in books for each in book.removed}
    corrected = {source for book in books for source in book.texts}
    there, telling = _made(file), Telling(file)
    known = {number: row for book in books for number, row in Telling(book.replica.file).rows["coding"].items()}
    found = []
    for book in books:
        for table, number in sorted(book.made - removed):
            here = aliases.get((table, number), number)
            moved = table in SPANS and (row := known.get(number)) is not None and row["source_id"] in corrected
            if (table, here) not in there and not (table in SPANS and corrected) and not moved:
                found.append(f"{table} of {book.replica.coder}")
        for number, words in book.words.items():
            row = telling.rows["coding"].get(number)
            if row is None or row["source_id"] in corrected or _resized(number, books):
                continue
            if telling.texts[row["source_id"]][row["start"] : row["stop"]] != words:
                found.append(f"coding of {book.replica.coder} stands on other words")
    return found


def _resized(number: int, books: Sequence[Ledger]) -> bool:
    sql = "select count(distinct json_extract(image, '$.start') || '-' || json_extract(image, '$.stop')) from change_row where row_id = ?"
    return any(book.replica.file.number(sql, (number,)) for book in books)


def silent(replica: Replica, books: Sequence[Ledger]) -> list[str]:
    """Cells that people set to different things, not knowing of each other, and about which nobody is asked."""
    file = replica.file
    removed = {each for book in books for each in book.removed}
    latest: dict[Cell, list[tuple[Any, dict[str, int], str, int]]] = defaultdict(list)
    for book in books:
        for cell, value, vector, name, number in book.set:
            latest[cell].append((value, vector, name, number))
    asked: dict[Cell, list[Any]] = {
        (table, row, column): [side["value"] for side in json.loads(sides)]
        for table, row, column, sides in file.rows("select tbl, row_id, field, sides from clash")
    }
    found = []
    for cell, written in latest.items():
        if cell[:2] in removed or any(cell in book.turned for book in books):
            continue
        if cell[:2] not in {(cell[0], row[0]) for row in file.rows(f"select id from {cell[0]}")}:
            continue
        top = [
            (value, name)
            for value, vector, name, number in written
            if not any(
                (other[1].get(name, 0) >= number and (other[2], other[3]) != (name, number)) for other in written
            )
        ]
        values = {json.dumps(value) for value, _ in top}
        if len(values) > 1 and not values <= {json.dumps(value) for value in asked.get(cell, [])}:
            found.append(f"{cell[0]}.{cell[2]}: {sorted(values)}, asked: {asked.get(cell)}")
    return found
