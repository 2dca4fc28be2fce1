"""Two coders in one file, whatever they do: every span stays on its words, and undo leads back to the last letter.

The model knows nothing of positions. Every letter that ever was is a cell with a number of its own, in one order; a
correction hides cells and shows others, and a span is the set of cells that it covers. What a span does when letters
come and go is said in words of cells (`Model._turn`), and compared with what the program makes of start and stop.
"""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.builders import add_code, add_family, add_text, examples, redo, undo

from verhalen import errors
from verhalen.api.history import Undone
from verhalen.coding import correcting, editing
from verhalen.model.coding import Valence
from verhalen.model.text import Span, normal_text
from verhalen.store import checking, codings, sources
from verhalen.store.project import ProjectFile

LETTERS = "abc é\u0301\u0323ë😀👩\u200d\n"
VALENCES = [Valence.NONE, Valence.POSITIVE, Valence.NEGATIVE]
Key = tuple[str, int]


@dataclass(eq=False)
class Cover:
    """The cells that a span covers, hidden ones too: they count again when they are shown again."""

    cells: set[int]


@dataclass(eq=False)
class Item:
    """A coding, mention or turn."""

    cover: Cover
    exists: bool = True
    code: str = ""
    valence: Valence = Valence.NONE


@dataclass(eq=False)
class Deed:
    """One change of one coder, and how the model takes it back."""

    coder: int
    kind: str
    key: Key | None = None
    old: object = None
    new: object = None
    hides: list[int] = field(default_factory=list)
    shows: list[int] = field(default_factory=list)
    undone: bool = False


class Model:
    """Text and spans as cells."""

    def __init__(self, text: str) -> None:
        self.letter = dict(enumerate(text))
        self.order = list(range(len(text)))
        self.visible = set(self.order)
        self.replaced: list[tuple[set[int], set[int]]] = []
        self.covers: list[Cover] = []
        self.items: dict[Key, Item] = {}

    def cells(self) -> list[int]:
        return [cell for cell in self.order if cell in self.visible]

    def text(self) -> str:
        return "".join(self.letter[cell] for cell in self.cells())

    def cover(self, span: Span) -> Cover:
        made = Cover(set(self.cells()[span.start : span.stop]))
        self.covers.append(made)
        return made

    def words(self, cover: Cover) -> str:
        """The words of a span; it must be in one piece."""
        places = [place for place, cell in enumerate(self.cells()) if cell in cover.cells]
        assert places == list(range(places[0], places[0] + len(places))) if places else True
        return "".join(self.text()[place] for place in places)

    def new_cells(self, letters: str, *, hides: list[int], behind: int | None) -> list[int]:
        """Cells for new letters: right behind those that they replace, or behind a visible one."""
        first = len(self.letter)
        new = list(range(first, first + len(letters)))
        self.letter.update(zip(new, letters, strict=True))
        place = self._place_behind(hides[-1] if hides else behind)
        self.order[place:place] = new
        if hides:
            self.replaced.append((set(hides), set(new)))
        return new

    def _place_behind(self, cell: int | None) -> int:
        """What comes behind letters comes behind those too that once replaced them."""
        if cell is None:
            return 0
        instead, growing = {cell}, True
        while growing:
            more = {new for old, news in self.replaced for new in news if instead & old} - instead
            instead |= more
            growing = bool(more)
        place = self.order.index(cell) + 1
        while place < len(self.order) and self.order[place] in instead - self.visible:
            place += 1
        return place

    def turn(self, hides: list[int], shows: list[int]) -> None:
        """Hide some letters and show others; every span that ever was follows."""
        assert set(hides) <= self.visible, "an undo hid letters that a colleague had corrected"
        assert not set(shows) & self.visible
        before, after = self._neighbours(hides or shows)
        for cover in self.covers:
            known = bool(cover.cells & set(shows))
            touched = bool(cover.cells & set(hides))
            inside = not hides and {before, after} <= cover.cells
            if not known and (touched or inside):
                cover.cells |= set(shows)
        self.visible = (self.visible - set(hides)) | set(shows)

    def _neighbours(self, block: list[int]) -> tuple[int | None, int | None]:
        if not block:
            return None, None
        places = [self.order.index(cell) for cell in block]
        before = [cell for cell in self.order[: min(places)] if cell in self.visible]
        after = [cell for cell in self.order[max(places) :] if cell in self.visible and cell not in block]
        return before[-1] if before else None, after[0] if after else None

    def living(self, table: str) -> dict[int, Item]:
        return {
            row: item
            for (tbl, row), item in self.items.items()
            if tbl == table and item.exists and item.cover.cells & self.visible
        }


class TwoCoders(RuleBasedStateMachine):
    """Hanne (0) and Jan (1), each on a connection of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.hanne = ProjectFile.create(self.folder, coder="Hanne")
        self.jan = self.hanne.sibling(coder="Jan")
        self.deeds: list[Deed] = []
        self.trail: list[tuple[Deed, str]] = []
        """Deeds whose undo, as the next thing that happens, must give this digest."""
        self.codes = ["rol", "tijd"]

    def teardown(self) -> None:
        self.jan.close()
        self.hanne.close()
        shutil.rmtree(self.folder)

    @initialize(raw=st.text(alphabet=LETTERS, min_size=3, max_size=14))
    def begin(self, raw: str) -> None:
        text = normal_text(f"A: a{raw}")
        self.source = add_text(self.hanne, text)
        self.family = add_family(self.hanne, "G001")
        for code in self.codes:
            add_code(self.hanne, code)
        for coder in (self.hanne, self.jan):
            assert coder.coder_id
        self.model = Model(text)
        for turn in sources.turns_of(self.hanne, self.source):
            self.model.items[("turn", turn.id)] = Item(self.model.cover(turn.span))
        # What was done so far is not for undoing here.
        self.first = self.hanne.last_change()

    # -- doing -----------------------------------------------------------------------------------------------------

    def project(self, coder: int) -> ProjectFile:
        return self.jan if coder else self.hanne

    def done(self, deed: Deed, digest: str) -> None:
        self.deeds.append(deed)
        self.trail.append((deed, digest))

    def some_span(self, data: st.DataObject) -> Span:
        length = len(self.model.text())
        start = data.draw(st.integers(0, length - 1), label="start")
        return Span(start, data.draw(st.integers(start + 1, min(length, start + 8)), label="stop"))

    def some_coding(self, data: st.DataObject) -> Key:
        return ("coding", data.draw(st.sampled_from(sorted(self.model.living("coding"))), label="coding"))

    def has_codings(self) -> bool:
        return bool(self.model.living("coding"))

    coders = st.integers(0, 1)

    @rule(coder=coders, data=st.data())
    def code(self, coder: int, data: st.DataObject) -> None:
        span, code = self.some_span(data), data.draw(st.sampled_from(self.codes))
        digest = checking.digest(self.hanne)
        done = editing.apply_codes(self.project(coder), [editing.Intent(self.source, span.start, span.stop, code)])[0]
        key = ("coding", done.coding_id)
        if not done.existed:
            self.model.items[key] = Item(self.model.cover(span), code=code)
            self.done(Deed(coder, "make", key), digest)

    @rule(coder=coders, data=st.data())
    def mention(self, coder: int, data: st.DataObject) -> None:
        span, digest = self.some_span(data), checking.digest(self.hanne)
        made = editing.mention(self.project(coder), self.source, span, family_id=self.family)
        if made is not None:
            self.model.items[("mention", made)] = Item(self.model.cover(span))
            self.done(Deed(coder, "make", ("mention", made)), digest)

    @precondition(has_codings)
    @rule(coder=coders, data=st.data())
    def uncode(self, coder: int, data: st.DataObject) -> None:
        key, digest = self.some_coding(data), checking.digest(self.hanne)
        editing.remove_codings(self.project(coder), [key[1]])
        self.model.items[key].exists = False
        self.done(Deed(coder, "remove", key), digest)

    @precondition(has_codings)
    @rule(coder=coders, data=st.data(), valence=st.sampled_from(VALENCES))
    def valence(self, coder: int, data: st.DataObject, valence: Valence) -> None:
        key, digest = self.some_coding(data), checking.digest(self.hanne)
        item = self.model.items[key]
        editing.set_valence(self.project(coder), key[1], valence)
        if item.valence is not valence:
            self.done(Deed(coder, "valence", key, item.valence, valence), digest)
            item.valence = valence

    @precondition(has_codings)
    @rule(coder=coders, data=st.data())
    def recode(self, coder: int, data: st.DataObject) -> None:
        key, digest = self.some_coding(data), checking.digest(self.hanne)
        item, code = self.model.items[key], data.draw(st.sampled_from(self.codes))
        editing.recode(self.project(coder), key[1], code)
        if item.code != code:
            self.done(Deed(coder, "code", key, item.code, code), digest)
            item.code = code

    @precondition(has_codings)
    @rule(coder=coders, data=st.data())
    def resize(self, coder: int, data: st.DataObject) -> None:
        key, span, digest = self.some_coding(data), self.some_span(data), checking.digest(self.hanne)
        before = codings.coding_by_id(self.hanne, key[1])
        assert before is not None
        editing.resize(self.project(coder), key[1], start=span.start, stop=span.stop)
        if Span(before.start, before.stop) != span:
            item, cover = self.model.items[key], self.model.cover(span)
            self.done(Deed(coder, "cover", key, item.cover, cover), digest)
            item.cover = cover

    @rule(coder=coders, data=st.data(), replacement=st.text(alphabet=LETTERS, max_size=4))
    def correct(self, coder: int, data: st.DataObject, replacement: str) -> None:
        text, digest = self.model.text(), checking.digest(self.hanne)
        start = data.draw(st.integers(0, len(text)), label="start")
        stop = data.draw(st.integers(start, min(len(text), start + 5)), label="stop")
        wanted = unicodedata.normalize("NFC", text[:start] + normal_text(replacement) + text[stop:])
        if not wanted.strip():
            return
        found = correcting.correct(self.project(coder), self.source, start=start, stop=stop, replacement=replacement)
        if found is None:
            assert wanted == text
            return
        place, cells = found.correction, self.model.cells()
        hides = cells[place.start : place.stop]
        behind = cells[place.start - 1] if place.start else None
        shows = self.model.new_cells(wanted[place.start : place.start + place.new], hides=hides, behind=behind)
        self.model.turn(hides, shows)
        assert self.model.text() == wanted
        self.done(Deed(coder, "correct", hides=hides, shows=shows), digest)

    # -- undoing ---------------------------------------------------------------------------------------------------

    @rule(coder=coders)
    def undo(self, coder: int) -> None:
        standing = [deed for deed in self.deeds if deed.coder == coder and deed.kind != "undo" and not deed.undone]
        if standing:
            self.take_back(standing[-1], coder, again=False)

    @rule(coder=coders)
    def redo(self, coder: int) -> None:
        own = [deed for deed in self.deeds if deed.coder == coder]
        undos = []
        while own and own[-1].kind in ("undo", "redo"):
            last = own.pop()
            if last.kind == "undo" and not last.undone:
                undos.append(last)
        if undos:
            self.take_back(undos[0], coder, again=True)
        else:
            try:
                redo(self.project(coder))
            except errors.NothingToRedo:
                return
            raise AssertionError("there was nothing to redo")

    def take_back(self, deed: Deed, coder: int, *, again: bool) -> None:
        """Undo `deed`, or (`again`) redo what the undo `deed` took back."""
        before = checking.digest(self.hanne)
        try:
            told = (redo if again else undo)(self.project(coder))
        except errors.CannotUndo:
            assert checking.digest(self.hanne) == before
            assert not (self.trail and self.trail[-1][0] is deed), "nothing came between, and yet it was refused"
            return
        deed.undone = True
        origin = deed.old if isinstance(deed.old, Deed) else deed
        origin.undone = not again
        self.deeds.append(Deed(coder, "redo" if again else "undo", old=origin))
        self.turn_back(origin, told, again=again)
        if self.trail and self.trail[-1][0] is deed:
            _, digest = self.trail.pop()
            assert checking.digest(self.hanne) == digest
        else:
            self.trail.clear()
        if again:
            self.trail.append((origin, before))

    def turn_back(self, origin: Deed, told: Undone, *, again: bool) -> None:
        """The same in the model."""
        if origin.kind == "correct":
            self.model.turn(*((origin.hides, origin.shows) if again else (origin.shows, origin.hides)))
            return
        assert origin.key is not None
        item = self.model.items[origin.key]
        if origin.kind in ("make", "remove"):
            item.exists = (origin.kind == "make") == again
            if item.exists and not item.cover.cells & self.model.visible:
                item.exists = False
                assert origin.key[0] != "coding" or origin.key[1] in told.lost
        else:
            setattr(item, origin.kind, origin.new if again else origin.old)

    # -- what must hold --------------------------------------------------------------------------------------------

    @invariant()
    def the_file_is_whole(self) -> None:
        assert checking.problems(self.hanne) == []

    @invariant()
    def the_text_is_what_the_model_says(self) -> None:
        if self.deeds:
            assert editing.text_now(self.jan, self.source) == self.model.text()

    @invariant()
    def every_span_is_on_its_words(self) -> None:
        if not self.deeds:
            return
        text = self.model.text()
        found = {
            each.id: (text[each.start : each.stop], each.code, each.valence)
            for each in codings.codings_of(self.hanne, self.source)
        }
        assert found == {
            row: (self.model.words(item.cover), item.code, item.valence)
            for row, item in self.model.living("coding").items()
        }
        for table, spans in (
            ("mention", [(each.id, each.start, each.stop) for each in sources.mentions_of(self.hanne, self.source)]),
            ("turn", [(each.id, each.start, each.stop) for each in sources.turns_of(self.hanne, self.source)]),
        ):
            assert {row: text[start:stop] for row, start, stop in spans} == {
                row: self.model.words(item.cover) for row, item in self.model.living(table).items()
            }


TwoCoders.TestCase.settings = settings(max_examples=examples(35), stateful_step_count=30, report_multiple_bugs=False)
TestTwoCoders = TwoCoders.TestCase
