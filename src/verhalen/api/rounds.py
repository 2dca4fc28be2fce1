"""Selection rounds: look, close, open again, and put on paper. Preparing and choosing have modules of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.api.round_choosing import RoundChoosing
from verhalen.api.round_preparing import RoundPreparing
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.selecting import Choice, Panelist, RoundLevel, SelectionRound
from verhalen.msc import selecting as rules
from verhalen.msc.candidates import in_period
from verhalen.store import following
from verhalen.store import rounds as store
from verhalen.store import stories as story_store
from verhalen.store.project import Writing

if TYPE_CHECKING:
    from verhalen.msc.round_reading import Reading
    from verhalen.msc.trail import Trail
    from verhalen.report.round_agenda import Written


class Rounds(RoundPreparing, RoundChoosing):
    """`project.rounds`."""

    def domain_names(self) -> dict[str, str]:
        """Key of a life domain to its name."""
        return self._domain_names()

    def criteria(self) -> list[str]:
        """The criteria to choose from: ours, and those that panels added."""
        return rules.criteria_known(self.all())

    def selected(self) -> dict[str, list[tuple[SelectionRound, Choice]]]:
        """By key of a story the rounds that chose it."""
        found: dict[str, list[tuple[SelectionRound, Choice]]] = {}
        for each in self.all():
            for choice in each.choices:
                found.setdefault(choice.story, []).append((each, choice))
        return found

    def read(self, key: str, *, nicknames: Mapping[str, str] | None = None) -> Reading:
        """What the panel of a round may read of each candidate; `nicknames` are hidden too where the round is blind."""
        from verhalen.msc.round_reading import reading

        return reading(self._file, self.get(key), nicknames or {})

    def shelf(self, key: str, *, nicknames: Mapping[str, str] | None = None) -> Reading:
        """The same, with every other story of the period behind the candidates."""
        from verhalen.msc.round_reading import shelf

        return shelf(self._file, self.get(key), nicknames or {})

    def trails(self, *, nicknames: Mapping[str, str] | None = None) -> list[Trail]:
        """Every story with the rounds that looked at it: also those that none ever did."""
        from verhalen.msc.round_reading import reading
        from verhalen.msc.trail import trails

        every = self.all()
        blind = {each.key: reading(self._file, each, nicknames or {}).blind for each in every if each.blind}
        hidden = {key: each for key, each in blind.items() if each is not None}
        return trails(story_store.stories(self._file), every, blind=hidden)

    def stands_in_the_way(self, key: str) -> list[str]:
        """What must happen before the round can be closed, as finished sentences."""
        return rules.stands_in_the_way(self.get(key), self._domain_names())

    # -- closing -----------------------------------------------------------------------------------------------------

    def close(self, key: str, day: dt.date) -> SelectionRound:
        """Close a round; what goes back to the tellers is put on the feedback log as still to be told.

        Raises RoundNotReady with what must happen first, RoundClosed.
        """

        def change(writing: Writing, now: SelectionRound) -> None:
            if open_ := rules.stands_in_the_way(now, self._domain_names()):
                raise errors.RoundNotReady(round=now.key, reason=" ".join(open_))
            store.put_round(writing, replace(now, closed=day, day=now.day or day), coder_id=self._file.coder_id)
            planned, over = rules.feedback_plan(now, following.feedback(self._file))
            for each in planned:
                following.put_feedback(writing, each, coder_id=self._file.coder_id)
            for each in over:
                following.remove_feedback(writing, each.id)

        return self._change(Act.CLOSE_ROUND, key, change)

    def reopen(self, key: str) -> SelectionRound:
        """Open a closed round again, to change it; the history keeps that."""
        round_ = self.get(key)
        if not round_.is_open:
            with self._file.change(Act.REOPEN_ROUND, round_.id) as writing:
                store.put_round(writing, replace(round_, closed=None), coder_id=self._file.coder_id)
        return self.get(key)

    # -- on paper ----------------------------------------------------------------------------------------------------

    def agenda(self, key: str, path: Path, *, today: dt.date, nicknames: Mapping[str, str] | None = None) -> Written:
        """The candidates with room to write votes and reasons, as Word for a meeting on paper. Raises RoundNotReady."""
        from verhalen.report.round_agenda import write_agenda

        found = self.read(key, nicknames=nicknames)
        if problem := rules.cannot_vote(replace(found.round, members=found.round.members or (Panelist("", ""),))):
            raise errors.RoundNotReady(round=found.round.key, reason=problem)
        return write_agenda(found, path, today=today, criteria=self.criteria(), domains=self._domain_names())

    def summary(
        self,
        key: str,
        path: Path,
        *,
        today: dt.date,
        level: RoundLevel | None = None,
        nicknames: Mapping[str, str] | None = None,
    ) -> Written:
        """One page for team and partners: what was chosen and why. Cleared for a level, the round's own without one.

        Raises RoundNotReady where nothing was chosen yet.
        """
        from verhalen.msc.round_reading import reading
        from verhalen.report.round_summary import write_summary

        found = self.get(key)
        if not found.choices and not found.gone:
            raise errors.RoundNotReady(round=found.key, reason=t("Nothing was chosen yet: there is nothing to tell."))
        stories = in_period(story_store.stories(self._file), found.first, found.last)
        seen = reading(self._file, found, nicknames or {}, level=level, nameless=True)
        return write_summary(seen, stories, path, today=today, domains=self._domain_names())
