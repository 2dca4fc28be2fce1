"""Prepare a selection round: its period, its panel, its candidates; each act is one change, checked before it is written."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from verhalen import errors
from verhalen.api.round_door import RoundDoor, member_of
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.selecting import PANEL_ROLES, CandidateRule, Panelist, RoundLevel, Rule, SelectionRound
from verhalen.msc import candidates
from verhalen.msc import selecting as rules
from verhalen.store import rounds as store
from verhalen.store import stories as story_store
from verhalen.store.project import Writing


class RoundPreparing(RoundDoor):
    """The part of `project.rounds` that prepares one."""

    def add(
        self,
        title: str,
        *,
        level: RoundLevel,
        first: dt.date,
        last: dt.date,
        question: str = "",
        blind: bool = False,
        day: dt.date | None = None,
        members: Sequence[tuple[str, str]] = (),
        rule: CandidateRule | None = None,
        by_hand: Sequence[str] = (),
    ) -> tuple[SelectionRound, candidates.CandidatePlan | None]:
        """A new round; `members` are names with their roles, and `rule` finds the candidates at once.

        Raises BadInput, and what `plan` raises.
        """
        panel = panel_of(members)
        _check(title, first, last)
        new = SelectionRound("", title.strip(), level, first, last, question.strip(), blind, day=day)
        plan = self._plan(new, rule, by_hand) if rule else None
        with self._file.change(Act.ROUND) as writing:
            key = rules.next_round_key(store.rounds(self._file))
            made = replace(new, key=key, rule=plan.rule if plan else new.rule)
            number = store.put_round(writing, made, coder_id=self._file.coder_id)
            for each in panel:
                store.put_member(writing, number, each)
            if plan:
                store.set_candidates(writing, number, plan.candidates)
            writing.targets.append(number)
        return self.get(key), plan

    def edit(self, key: str, **changes: Any) -> SelectionRound:
        """Change title, level, first, last, question, blind or day. Raises RoundClosed, BadInput."""

        def change(writing: Writing, now: SelectionRound) -> None:
            wanted = replace(now, **changes)
            _check(wanted.title, wanted.first, wanted.last)
            store.put_round(writing, wanted, coder_id=self._file.coder_id)

        return self._change(Act.ROUND, key, change)

    def remove(self, key: str) -> None:
        """Take a round away with votes and choices; undo brings it back."""
        round_ = self.get(key)
        with self._file.change(Act.REMOVE_ROUND, round_.id) as writing:
            store.remove_round(writing, round_.id)

    def plan(self, key: str, rule: CandidateRule, *, by_hand: Sequence[str] = ()) -> candidates.CandidatePlan:
        """Which stories a rule would bring. Raises UnknownRound, UnknownStory, BadInput, RoundNotReady."""
        round_ = self.get(key)
        return self._plan(round_, rule, by_hand)

    def _plan(self, round_: SelectionRound, rule: CandidateRule, by_hand: Sequence[str]) -> candidates.CandidatePlan:
        stories, rounds = story_store.stories(self._file), self.all()
        known = {each.key for each in stories}
        if lost := next((each for each in by_hand if each not in known), None):
            raise errors.UnknownStory(key=lost)
        if rule.rule is Rule.DOMAIN:
            self._check_domains(rule.domains)
        if rule.rule is Rule.RANDOM and not (rule.number and rule.number > 0):
            raise errors.BadInput(reason=t("say how many stories are to be drawn"))
        if rule.rule is Rule.WINNERS:
            rule = self._winners(round_, rule, rounds)
        return candidates.plan_candidates(
            round_, rule, stories, rounds, by_hand=by_hand, seed=secrets.randbelow(900_000) + 100_000
        )

    @staticmethod
    def _winners(round_: SelectionRound, rule: CandidateRule, rounds: Sequence[SelectionRound]) -> CandidateRule:
        """The earlier rounds, named or all of the level below."""
        if not rule.rounds:
            found = tuple(each.key for each in candidates.lower_rounds(round_, rounds))
            if not found:
                reason = t("No round of the level below is closed in this period. Close one first, or name the rounds.")
                raise errors.RoundNotReady(round=round_.key or t("(new)"), reason=reason)
            return replace(rule, rounds=found)
        known = {each.key: each for each in rounds}
        for key in rule.rounds:
            if key not in known:
                raise errors.UnknownRound(key=key)
            earlier = known[key]
            if earlier.is_open:
                reason = t("Round {earlier} is still open: close it first.", earlier=key)
                raise errors.RoundNotReady(round=round_.key or t("(new)"), reason=reason)
            if key == round_.key or candidates.LEVELS.index(earlier.level) > candidates.LEVELS.index(round_.level):
                raise errors.BadInput(reason=t("round {earlier} comes after this one", earlier=key))
        return rule

    def find_candidates(
        self, key: str, rule: CandidateRule, *, by_hand: Sequence[str] = ()
    ) -> candidates.CandidatePlan:
        """Let a rule find the candidates, in the place of those that were there. Raises as `plan`, and RoundNotReady."""
        plan = self.plan(key, rule, by_hand=by_hand)

        def change(writing: Writing, now: SelectionRound) -> None:
            _keep_what_was_voted_for(now, {each.story for each in plan.candidates})
            store.put_round(writing, replace(now, rule=plan.rule), coder_id=self._file.coder_id)
            store.set_candidates(writing, now.id, plan.candidates)

        self._change(Act.ROUND, key, change)
        return plan

    def add_candidates(self, key: str, stories: Sequence[str]) -> SelectionRound:
        """Put stories in by hand. Raises UnknownStory, and BadInput where the teller did not agree."""
        known = {each.key: each for each in story_store.stories(self._file)}
        for each in stories:
            if each not in known:
                raise errors.UnknownStory(key=each)
        round_ = self.get(key)
        plan = self._plan(round_, CandidateRule(Rule.BY_HAND, with_negative=False), stories)
        if plan.left_out:
            out = plan.left_out[0]
            raise errors.BadInput(
                reason=t("story {key} may not be read at this level. {why}", key=out.story, why=out.refusal)
            )

        def change(writing: Writing, now: SelectionRound) -> None:
            there = {each.story for each in now.candidates}
            new = [each for each in plan.candidates if each.story not in there]
            store.set_candidates(writing, now.id, (*now.candidates, *new))

        return self._change(Act.ROUND, key, change)

    def remove_candidates(self, key: str, stories: Sequence[str]) -> SelectionRound:
        """Take stories out. Raises RoundNotReady where somebody voted for one: take that vote back first."""

        def change(writing: Writing, now: SelectionRound) -> None:
            kept = [each for each in now.candidates if each.story not in set(stories)]
            _keep_what_was_voted_for(now, {each.story for each in kept})
            store.set_candidates(writing, now.id, kept)

        return self._change(Act.ROUND, key, change)

    # -- the panel ---------------------------------------------------------------------------------------------------

    def add_member(self, key: str, name: str, role: str, *, note: str = "") -> SelectionRound:
        """Somebody on the panel. Raises BadInput for a role that is not known or a name that is there."""
        [member] = panel_of([(name, role)])

        def change(writing: Writing, now: SelectionRound) -> None:
            panel_of([*((each.name, each.role) for each in now.members), (name, role)])
            store.put_member(writing, now.id, replace(member, note=note.strip()))

        return self._change(Act.ROUND, key, change)

    def stop_member(self, key: str, name: str, day: dt.date | None) -> SelectionRound:
        """Somebody leaves the panel on a day, or with None is back. Votes stay, and are counted apart meanwhile."""

        def change(writing: Writing, now: SelectionRound) -> None:
            store.put_member(writing, now.id, replace(member_of(now, name), stopped=day))

        return self._change(Act.ROUND, key, change)

    def remove_member(self, key: str, name: str) -> SelectionRound:
        """Take somebody off the panel who never voted. Raises BadInput for who did: let them stop instead."""

        def change(writing: Writing, now: SelectionRound) -> None:
            member = member_of(now, name)
            if any(each.member_id == member.id for each in now.votes) or any(
                each.member_id == member.id for each in now.dissents
            ):
                raise errors.BadInput(
                    reason=t("{name} voted or spoke already; note that {name} stops instead", name=member.name)
                )
            store.remove_member(writing, member.id)

        return self._change(Act.ROUND, key, change)


def _check(title: str, first: dt.date, last: dt.date) -> None:
    if not title.strip():
        raise errors.BadInput(reason=t("give the round a title"))
    if first > last:
        raise errors.BadInput(reason=t("the period ends before it starts"))


def panel_of(members: Sequence[tuple[str, str]]) -> list[Panelist]:
    """Members by name and role; a role is a word of ours and a name stands there once."""
    found: dict[str, Panelist] = {}
    for name, role in members:
        words = " ".join(name.split())
        if not words:
            raise errors.BadInput(reason=t("a member needs a name; a first name or initials will do"))
        if role not in PANEL_ROLES:
            raise errors.BadInput(reason=t("a role is one of: {roles}", roles=", ".join(PANEL_ROLES)))
        if words.casefold() in found:
            raise errors.BadInput(reason=t("{name} is on the panel already; add an initial", name=words))
        found[words.casefold()] = Panelist(words, role)
    return list(found.values())


def _keep_what_was_voted_for(round_: SelectionRound, kept: set[str]) -> None:
    there = [*(each.story for each in round_.votes), *(each.story for each in round_.choices)]
    lost = [each for each in there if each not in kept]
    if lost:
        reason = t(
            "There are votes for {keys}, or it was chosen: take those back before you take the story out.",
            keys=", ".join(dict.fromkeys(lost)),
        )
        raise errors.RoundNotReady(round=round_.key or t("(new)"), reason=reason)
