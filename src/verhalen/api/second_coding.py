"""A second coder: give texts to code blind, take them back, see both codings, talk over and settle where they differ."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen.analysis import second_looking as looking
from verhalen.analysis.agreement_units import UnitOf
from verhalen.coding import double_coding
from verhalen.model.coding import Coder, Coding
from verhalen.model.second_coder import Copied, Drawn, Judgement, Outcome, Progress, State, Task, TurnBeside
from verhalen.store import codings, sight
from verhalen.store.project import ProjectFile


class SecondCoding:
    """`project.second_coding`. Sources are ids, coders names or identities. Each writing method is one change and one undo step."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    # -- texts at a second coder -------------------------------------------------------------------------------------

    def give(self, sources: Sequence[int], coder: str) -> list[Task]:
        """Give texts to a colleague, by name, to code blind; a text that he or she has open already is not given twice.

        Raises UnknownSource, BadInput (no name, the name of the consensus).
        """
        return double_coding.give(self._file, sources, coder)

    def draw(self, share: float = 20, coder: str = "", *, seed: int | None = None, among: Sequence[int] = ()) -> Drawn:
        """Draw a share (in %) of whole texts at random and give them; without `seed` a new one is made, and kept with the tasks.

        `among` are ids of sources; without them all texts. What anybody has open is not drawn. At least one text is drawn.
        Raises BadInput (share outside 1 to 100, nothing to draw from).
        """
        return double_coding.draw(self._file, share, coder, seed=seed, among=among)

    def tasks(self, *, only_open: bool = False) -> list[Progress]:
        """Texts at second coders, oldest first, with how far each is."""
        return looking.progress(self._file, only_open=only_open)

    def take_back(self, *, tasks: Sequence[int] = (), sources: Sequence[int] = (), coder: str = "") -> list[Task]:
        """The second coder is done with open tasks: these tasks, or those of these sources and/or this coder.

        Where nothing of a coder is open any more, he or she no longer codes blind. Raises BadInput where nothing fits.
        """
        return double_coding.take_back(self._file, tasks=tasks, sources=sources, coder=coder)

    def drop(self, tasks: Sequence[int]) -> None:
        """Take tasks away as if they had never been given; what was coded stays. Raises BadInput where one is unknown."""
        double_coding.drop(self._file, tasks)

    def is_blind(self) -> bool:
        """Whether the coder at work (by name) has an open task: only his or her own codings are shown, and that cannot be switched off."""
        return sight.must_hide(self._file)

    # -- both codings ------------------------------------------------------------------------------------------------

    def coders(self, source_id: int) -> list[Coder]:
        """Who gave codes in a text, the coder at work first, without the consensus. Fewer than two: nothing to compare."""
        return looking.coders_of(self._file, source_id)

    def beside(self, source_id: int, *, coders: Sequence[str] = ()) -> list[TurnBeside]:
        """Every turn of a text with the codings of two coders beside each other, and what stands in the consensus.

        `coders` are two; without them the first two that `coders` gives. Raises BadInput (fewer than two, coding blind).
        """
        return looking.beside(self._file, source_id, coders=coders)

    def judgements(
        self, source_id: int, *, coders: Sequence[str] = (), unit: UnitOf | str = UnitOf.TURN
    ) -> list[Judgement]:
        """Every code that either gave, per turn (or another unit), in reading order; also what they agree on."""
        return looking.judgements(self._file, source_id, coders=coders, unit=UnitOf(unit))

    def disagreements(
        self, source_id: int, *, coders: Sequence[str] = (), unit: UnitOf | str = UnitOf.TURN
    ) -> list[Judgement]:
        """Those of which the two differ: as many as the disagreements of `project.agreement` for these two and this unit."""
        return [each for each in self.judgements(source_id, coders=coders, unit=unit) if each.differs]

    # -- talking over and settling ---------------------------------------------------------------------------------------

    def tick(self, place: Judgement, note: str = "") -> None:
        """Say that a place was talked over, with what was said. A place that is settled stays settled, with this note.

        Raises StaleText (the text changed meanwhile), BadInput (coding blind).
        """
        double_coding.tick(self._file, place, note)

    def settle(self, place: Judgement, outcome: Outcome | str, note: str = "") -> None:
        """Choose what stands in the consensus for this code in this turn; what stood there before makes room.

        `outcome` FIRST or SECOND needs that coder to have given the code there. Places of `beside`, and of the unit turn.
        Raises StaleText (text, borders or turns changed meanwhile), BadInput, CodesBlind.
        """
        double_coding.settle(self._file, place, Outcome(outcome), note)

    def reopen(self, place: Judgement) -> None:
        """Take ticking or settling back: the place is open, and the consensus says nothing of it. Raises StaleText."""
        double_coding.reopen(self._file, place)

    def settle_agreed(
        self, source_id: int, *, coders: Sequence[str] = (), borders: Outcome | str = Outcome.FIRST
    ) -> Copied:
        """Copy to the consensus what both gave in the same turn, with the borders of the first coder, the second, or both.

        What was settled before stays. Raises BadInput.
        """
        agreed = [each for each in self.judgements(source_id, coders=coders) if not each.differs]
        new = [each for each in agreed if each.state is not State.SETTLED]
        double_coding.settle_many(self._file, source_id, new, Outcome(borders))
        return Copied(len(new), len(agreed) - len(new))

    def consensus(self, source_id: int) -> list[Coding]:
        """The codings of the consensus layer, in reading order."""
        number = sight.consensus_id(self._file)
        own = [each for each in codings.codings_of(self._file, source_id) if each.coder_id == number]
        # Two copies of the project may have settled the same.
        return list({(each.start, each.stop, each.code_id, each.valence): each for each in own}.values())

    def conclude(self, source_id: int, *, coders: Sequence[str] = (), borders: Outcome | str = Outcome.FIRST) -> Copied:
        """Say that in this text the consensus counts for tables and reports, and copy what both gave and was not settled yet.

        Raises BadInput where they differ on a place that is not settled, or the text is at a second coder still.
        """
        found = self.judgements(source_id, coders=coders)
        double_coding.conclude(self._file, source_id, found, Outcome(borders))
        agreed = [each for each in found if not each.differs]
        known = sum(each.state is State.SETTLED for each in agreed)
        return Copied(len(agreed) - known, known)

    def open_again(self, source_id: int) -> None:
        """Let the codings of the people count again in a text. Raises BadInput where they do already."""
        double_coding.open_again(self._file, source_id)

    def concluded(self) -> set[int]:
        """Ids of the texts in which the consensus counts."""
        return sight.concluded(self._file)
