"""A second coder: give texts to code blind, take them back, see both codings, talk over and settle where they differ."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen.analysis.agreement_units import UnitOf
from verhalen.model.coding import Coder, Coding
from verhalen.model.second_coder import Copied, Drawn, Judgement, Outcome, Progress, Task, TurnBeside
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
        raise NotImplementedError

    def draw(self, share: float = 20, coder: str = "", *, seed: int | None = None, among: Sequence[int] = ()) -> Drawn:
        """Draw a share (in %) of whole texts at random and give them; without `seed` a new one is made, and kept with the tasks.

        `among` are ids of sources; without them all texts. What anybody has open is not drawn. At least one text is drawn.
        Raises BadInput (share outside 1 to 100, nothing to draw from).
        """
        raise NotImplementedError

    def tasks(self, *, only_open: bool = False) -> list[Progress]:
        """Texts at second coders, oldest first, with how far each is."""
        raise NotImplementedError

    def take_back(self, *, tasks: Sequence[int] = (), sources: Sequence[int] = (), coder: str = "") -> list[Task]:
        """The second coder is done with open tasks: these tasks, or those of these sources and/or this coder.

        Where nothing of a coder is open any more, he or she no longer codes blind. Raises BadInput where nothing fits.
        """
        raise NotImplementedError

    def drop(self, tasks: Sequence[int]) -> None:
        """Take tasks away as if they had never been given; what was coded stays. Raises BadInput where one is unknown."""
        raise NotImplementedError

    def is_blind(self) -> bool:
        """Whether the coder at work (by name) has an open task: only his or her own codings are shown, and that cannot be switched off."""
        raise NotImplementedError

    # -- both codings ------------------------------------------------------------------------------------------------

    def coders(self, source_id: int) -> list[Coder]:
        """Who gave codes in a text, the coder at work first, without the consensus. Fewer than two: nothing to compare."""
        raise NotImplementedError

    def beside(self, source_id: int, *, coders: Sequence[str] = ()) -> list[TurnBeside]:
        """Every turn of a text with the codings of two coders beside each other, and what stands in the consensus.

        `coders` are two; without them the first two that `coders` gives. Raises BadInput (fewer than two, coding blind).
        """
        raise NotImplementedError

    def judgements(
        self, source_id: int, *, coders: Sequence[str] = (), unit: UnitOf | str = UnitOf.TURN
    ) -> list[Judgement]:
        """Every code that either gave, per turn (or another unit), in reading order; also what they agree on."""
        raise NotImplementedError

    def disagreements(
        self, source_id: int, *, coders: Sequence[str] = (), unit: UnitOf | str = UnitOf.TURN
    ) -> list[Judgement]:
        """Those of which the two differ: as many as the disagreements of `project.agreement` for these two and this unit."""
        raise NotImplementedError

    # -- talking over and settling ---------------------------------------------------------------------------------------

    def tick(self, place: Judgement, note: str = "") -> None:
        """Say that a place was talked over, with what was said. What was settled before is no longer settled then.

        Raises StaleText (the text changed meanwhile), BadInput (coding blind).
        """
        raise NotImplementedError

    def settle(self, place: Judgement, outcome: Outcome | str, note: str = "") -> None:
        """Choose what stands in the consensus for this code in this turn; what stood there before makes room.

        `outcome` FIRST or SECOND needs that coder to have given the code there. Raises StaleText, BadInput.
        """
        raise NotImplementedError

    def reopen(self, place: Judgement) -> None:
        """Take ticking or settling back: the place is open, and the consensus says nothing of it. Raises StaleText."""
        raise NotImplementedError

    def settle_agreed(
        self, source_id: int, *, coders: Sequence[str] = (), borders: Outcome | str = Outcome.FIRST
    ) -> Copied:
        """Copy to the consensus what both gave in the same turn, with the borders of the first coder, the second, or both.

        What was settled before stays. Raises BadInput.
        """
        raise NotImplementedError

    def consensus(self, source_id: int) -> list[Coding]:
        """The codings of the consensus layer, in reading order."""
        raise NotImplementedError
