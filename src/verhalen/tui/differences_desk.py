"""What lies open where two coders differ: the places, which one is looked at, and what is chosen and not stored yet. No Textual."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from verhalen.model.second_coder import Outcome, State
from verhalen.tui.second_reading import Counts, Key, Place, count


@dataclass(slots=True)
class Waiting:
    """What was chosen for a place, until it is read back from the project."""

    state: State
    outcome: Outcome | None = None
    note: str | None = None
    stored: bool = False
    """Whether the writer is done: whatever is read from now on holds it."""


@dataclass(slots=True)
class Desk:
    """The places in reading order."""

    places: list[Place] = field(default_factory=list)
    at: int = 0
    waiting: dict[Key, Waiting] = field(default_factory=dict)

    @property
    def here(self) -> Place | None:
        """The one that is looked at."""
        return self.places[self.at] if self.at < len(self.places) else None

    def state(self, place: Place) -> State:
        """How far it is, what is not stored yet included."""
        known = self.waiting.get(place.key)
        return known.state if known else place.judgement.state

    def note(self, place: Place) -> str:
        """What was said of it."""
        known = self.waiting.get(place.key)
        return place.judgement.note if known is None or known.note is None else known.note

    def is_waiting(self, place: Place) -> bool:
        """Whether what was chosen is not stored yet."""
        return place.key in self.waiting and not self.waiting[place.key].stored

    def counts(self) -> Counts:
        """How far all are, as far as it is stored: nothing is counted that could still be lost."""
        return count([each.judgement.state if self.is_waiting(each) else self.state(each) for each in self.places])

    # -- walking -------------------------------------------------------------------------------------------------------

    def go(self, at: int) -> bool:
        """To the place with this number, from 0; say whether there is one."""
        if 0 <= at < len(self.places):
            self.at = at
            return True
        return False

    def go_to(self, key: Key) -> bool:
        """To this place; say whether it is there."""
        return self.go(next((at for at, each in enumerate(self.places) if each.key == key), -1))

    def go_on(self) -> bool:
        """To the next that is open, else to the next that is not settled; behind the last one from the top. False: there is none."""
        others = [(self.at + step) % len(self.places) for step in range(1, len(self.places))]
        for wanted in (State.OPEN, State.DISCUSSED):
            for at in others:
                if self.state(self.places[at]) is wanted:
                    return self.go(at)
        return False

    def first_open(self) -> int:
        """Where work goes on: the first that is open, else the first that is not settled, else the first."""
        for wanted in (State.OPEN, State.DISCUSSED):
            for at, each in enumerate(self.places):
                if self.state(each) is wanted:
                    return at
        return 0

    # -- reading -------------------------------------------------------------------------------------------------------

    def stored(self) -> frozenset[Key]:
        """What a reading that begins now will hold."""
        return frozenset(key for key, each in self.waiting.items() if each.stored)

    def take(self, places: Iterable[Place], held: Collection[Key]) -> Key | None:
        """Show these from now on; `held` is no longer waited for. Give the first place that is otherwise than it was."""
        before = {each.key: (self.state(each), self.note(each)) for each in self.places}
        here = self.here
        for key in held:
            self.waiting.pop(key, None)
        self.places = list(places)
        if here is None or not self.go_to(here.key):
            self.at = min(self.at, max(0, len(self.places) - 1))
        changed = (each.key for each in self.places if _differs(before, each.key, (self.state(each), self.note(each))))
        return next(changed, None)

    def wait_for(self, place: Place, waiting: Waiting) -> Callable[[], None]:
        """It was chosen; what comes back is called when it is stored."""
        self.waiting[place.key] = waiting

        def stored() -> None:
            waiting.stored = True

        return stored

    def drop(self, place: Place, waiting: Waiting) -> None:
        """It was refused."""
        if self.waiting.get(place.key) is waiting:
            del self.waiting[place.key]


def _differs(before: dict[Key, tuple[State, str]], key: Key, now: tuple[State, str]) -> bool:
    return key in before and before[key] != now
