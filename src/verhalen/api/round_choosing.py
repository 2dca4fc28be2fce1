"""Vote and choose in a selection round, and keep who sees it otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from verhalen import errors
from verhalen.api.round_door import RoundDoor, member_of
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.selecting import Choice, Dissent, SelectionRound, Vote
from verhalen.msc import selecting as rules
from verhalen.store import rounds as store
from verhalen.store import stories as story_store
from verhalen.store.project import Writing


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a panel decided on one point, as it is written down after a meeting: all of it in one change."""

    domain: str = ""
    votes: Mapping[str, str] | None = None
    """Name of a member to the key of the story; empty: no vote. None leaves the votes as they are."""
    arguments: Mapping[str, str] | None = None
    """Name of a member to the argument."""
    story: str = ""
    """What was chosen; empty where nothing was chosen yet."""
    choice_id: int = 0
    """Of a choice that this one takes the place of, perhaps for another story; 0 for one more."""
    reason: str = ""
    criteria: tuple[tuple[str, int], ...] = ()
    goes_back: str = ""
    dissents: tuple[tuple[str, str], ...] | None = None
    """Name of a member (or nothing) and what she or he sees otherwise; None leaves them."""


class RoundChoosing(RoundDoor):
    """The part of `project.rounds` that votes and chooses."""

    def vote(
        self, key: str, member: str, story: str, *, domain: str = "", argument: str = "", day: dt.date
    ) -> SelectionRound:
        """What a member finds the most significant; an earlier vote on the same point is replaced.

        Raises RoundNotReady, UnknownMember, BadInput.
        """

        def change(writing: Writing, now: SelectionRound) -> None:
            self._put_vote(writing, now, member, Vote(0, story, domain, argument.strip(), day))

        return self._change(Act.VOTE, key, change)

    def take_vote_back(self, key: str, member: str, *, domain: str = "") -> SelectionRound:
        """No vote of this member on this point."""

        def change(writing: Writing, now: SelectionRound) -> None:
            self._drop_vote(writing, now, member_of(now, member).id, domain)

        return self._change(Act.VOTE, key, change)

    def _put_vote(self, writing: Writing, now: SelectionRound, name: str, vote: Vote) -> None:
        if problem := rules.cannot_vote(now):
            raise errors.RoundNotReady(round=now.key, reason=problem)
        who = member_of(now, name)
        if who.stopped is not None:
            raise errors.BadInput(
                reason=t("{name} left the panel on {day}", name=who.name, day=f"{who.stopped:%d/%m/%Y}")
            )
        self._check_point(now, vote.story, vote.domain)
        store.set_vote(writing, now.id, replace(vote, member_id=who.id))

    @staticmethod
    def _drop_vote(writing: Writing, now: SelectionRound, member_id: int, domain: str) -> None:
        for each in now.votes:
            if each.member_id == member_id and each.domain == domain:
                store.remove_vote(writing, each.id)

    def choose(
        self,
        key: str,
        story: str,
        reason: str,
        *,
        domain: str = "",
        criteria: Sequence[tuple[str, int]] = (),
        goes_back: str = "",
        day: dt.date,
    ) -> SelectionRound:
        """Write down that the round chose a story, and why, in at least one full sentence. Choosing it again replaces that.

        Raises RoundNotReady, BadInput.
        """

        def change(writing: Writing, now: SelectionRound) -> None:
            self._put_choice(writing, now, Choice(story, reason, domain, tuple(criteria), goes_back, day))

        return self._change(Act.CHOICE, key, change)

    def _put_choice(self, writing: Writing, now: SelectionRound, choice: Choice) -> int:
        self._check_point(now, choice.story, choice.domain)
        if problem := rules.reason_problem(choice.reason):
            raise errors.BadInput(reason=problem.rstrip("."))
        if any(weight not in rules.WEIGHTS for _, weight in choice.criteria):
            raise errors.BadInput(reason=t("a criterion weighs 1 (a little), 2 (quite) or 3 (most)"))
        there = next((each for each in now.choices if (each.story, each.domain) == (choice.story, choice.domain)), None)
        replaced = next((each for each in now.choices if each.id == choice.id), None)
        if there and replaced and there.id != replaced.id:
            store.remove_choice(writing, replaced.id)  # both say the same now
        criteria = tuple((" ".join(name.split()), weight) for name, weight in choice.criteria if name.strip())
        kept = there or replaced
        wanted = replace(
            choice,
            reason=choice.reason.strip(),
            goes_back=choice.goes_back.strip(),
            criteria=criteria,
            id=kept.id if kept else 0,
        )
        return store.put_choice(writing, now.id, wanted, coder_id=self._file.coder_id)

    def take_choice_back(self, key: str, story: str, *, domain: str = "") -> SelectionRound:
        """The round did not choose it after all; what was said otherwise about it goes along."""

        def change(writing: Writing, now: SelectionRound) -> None:
            for each in now.choices:
                if (each.story, each.domain) == (story, domain):
                    store.remove_choice(writing, each.id)

        return self._change(Act.CHOICE, key, change)

    def dissent(self, key: str, body: str, *, member: str = "", story: str = "", domain: str = "") -> SelectionRound:
        """Keep where somebody saw it otherwise, beside a choice or the round as a whole."""
        if not body.strip():
            raise errors.BadInput(reason=t("there are no words yet"))

        def change(writing: Writing, now: SelectionRound) -> None:
            about = next((each.id for each in now.choices if (each.story, each.domain) == (story, domain)), None)
            who = member_of(now, member).id if member else None
            store.put_dissent(writing, now.id, Dissent(body.strip(), about, who))

        return self._change(Act.CHOICE, key, change)

    def enter(self, key: str, outcome: Outcome, *, day: dt.date) -> SelectionRound:
        """Write down what a meeting decided on one point: votes, choice, reason, dissent; one change. Raises as `choose`."""
        act = Act.CHOICE if outcome.story else Act.VOTE

        def change(writing: Writing, now: SelectionRound) -> None:
            for name, story in (outcome.votes or {}).items():
                argument = (outcome.arguments or {}).get(name, "").strip()
                if story:
                    self._put_vote(writing, now, name, Vote(0, story, outcome.domain, argument, day))
                else:
                    self._drop_vote(writing, now, member_of(now, name).id, outcome.domain)
            if outcome.story:
                criteria, back = outcome.criteria, outcome.goes_back
                chosen = Choice(outcome.story, outcome.reason, outcome.domain, criteria, back, day, outcome.choice_id)
                self._put_dissents(writing, now, self._put_choice(writing, now, chosen), outcome.dissents)

        return self._change(act, key, change)

    @staticmethod
    def _put_dissents(
        writing: Writing, now: SelectionRound, choice_id: int, wanted: Sequence[tuple[str, str]] | None
    ) -> None:
        """Make these what is said otherwise of a choice."""
        if wanted is None:
            return
        there = {(each.member_id, each.body): each for each in now.dissents if each.choice_id == choice_id}
        said = {(member_of(now, name).id if name else None, body.strip()) for name, body in wanted if body.strip()}
        for key, each in there.items():
            if key not in said:
                store.remove_dissent(writing, each.id)
        for member_id, body in sorted(said - there.keys(), key=str):
            store.put_dissent(writing, now.id, Dissent(body, choice_id, member_id))

    def _check_point(self, now: SelectionRound, story: str, domain: str) -> None:
        """The story must be a candidate that may be read now; the domain must exist."""
        if problem := rules.cannot_vote(now):
            raise errors.RoundNotReady(round=now.key, reason=problem)
        candidates = [each.story for each in now.candidates]
        if story not in candidates:
            raise errors.BadInput(
                reason=t("{story} is no candidate; there are: {known}", story=story, known=", ".join(candidates))
            )
        asked = [each for each in story_store.stories(self._file) if each.key == story]
        if rules.not_readable(asked, now.level):
            raise errors.BadInput(reason=t("the teller of {story} did not agree to this use (any more)", story=story))
        if domain:
            self._check_domains((domain,))
