"""Selection rounds with their panel, candidates, votes, choices and dissent."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import TypeVar

from verhalen.model.selecting import (
    Candidate,
    CandidateRule,
    Choice,
    Dissent,
    Gone,
    Panelist,
    RoundLevel,
    Rule,
    SelectionRound,
    Vote,
)
from verhalen.store.around import day_of, day_text, put_row
from verhalen.store.project import ProjectFile, Row, Writing

T = TypeVar("T")


def rounds(project: ProjectFile) -> list[SelectionRound]:
    """All rounds with everything that belongs to them, by period and key."""
    members = _by_round(project, _MEMBERS, lambda row: Panelist(row[1], row[2], day_of(row[3]), row[4], row[5]))
    candidates = _by_round(project, _CANDIDATES, lambda row: Candidate(row[1], row[2] or "", row[3], row[4]))
    votes = _by_round(project, _VOTES, lambda row: Vote(row[1], row[2], row[3], row[4], day_of(row[5]), row[6]))
    choices = _by_round(project, _CHOICES, _choice)
    dissents = _by_round(project, _DISSENTS, lambda row: Dissent(*row[1:]))
    gone = _by_round(project, _GONE, lambda row: Gone(dt.date.fromisoformat(row[1]), bool(row[2])))
    return [
        SelectionRound(
            key=key,
            title=title,
            level=RoundLevel(level),
            first=dt.date.fromisoformat(first),
            last=dt.date.fromisoformat(last),
            question=question,
            blind=bool(blind),
            rule=_rule(rule),
            day=day_of(day),
            closed=day_of(closed),
            members=members.get(number, ()),
            candidates=candidates.get(number, ()),
            votes=votes.get(number, ()),
            choices=choices.get(number, ()),
            dissents=dissents.get(number, ()),
            gone=gone.get(number, ()),
            id=number,
        )
        for number, key, title, level, first, last, question, blind, rule, day, closed in project.rows(_ROUNDS)
    ]


_ROUNDS = """
select id, key, title, level, first, last, question, blind, rule, day, closed from selection_round order by first, last, id"""
_MEMBERS = "select round_id, name, role, stopped, note, id from round_member order by round_id, position, id"
_CANDIDATES = """
select round_story.round_id, story.key, selection_round.key, round_story.why, round_story.id
from round_story join story on story.id = story_id left join selection_round on selection_round.id = from_round_id
order by round_story.round_id, round_story.position, round_story.id"""
_VOTES = """
select round_id, member_id, story.key, domain, argument, day, vote.id
from vote join story on story.id = story_id order by round_id, vote.id"""
_CHOICES = """
select round_id, story.key, reason, domain, criteria, goes_back, day, choice.id
from choice join story on story.id = story_id order by round_id, choice.id"""
_DISSENTS = "select round_id, body, choice_id, member_id, id from dissent order by round_id, id"
_GONE = "select round_id, day, was_chosen from round_gone order by round_id, id"


def _by_round(project: ProjectFile, sql: str, made: Callable[[Row], T]) -> Mapping[int, tuple[T, ...]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in project.rows(sql):
        found[row[0]].append(made(row))
    return {number: tuple(each) for number, each in found.items()}


def _choice(row: Row) -> Choice:
    _, story, reason, domain, criteria, goes_back, day, number = row
    weighed = tuple((name, weight) for name, weight in json.loads(criteria))
    return Choice(story, reason, domain, weighed, goes_back, day_of(day), number)


def _rule(text: str) -> CandidateRule:
    said = json.loads(text)
    several = {name: tuple(said[name]) for name in ("domains", "rounds")}
    return CandidateRule(**{**said, **several, "rule": Rule(said["rule"])})


# -- writing -----------------------------------------------------------------------------------------------------------


def put_round(writing: Writing, wanted: SelectionRound, *, coder_id: int) -> int:
    """Store a round's own fields, new where its id is 0; give the id. What belongs to it is stored apart."""
    values = {
        "key": wanted.key,
        "title": wanted.title,
        "level": wanted.level.value,
        "first": wanted.first.isoformat(),
        "last": wanted.last.isoformat(),
        "question": wanted.question,
        "blind": int(wanted.blind),
        "rule": json.dumps(asdict(wanted.rule), ensure_ascii=False, sort_keys=True),
        "day": day_text(wanted.day),
        "closed": day_text(wanted.closed),
    }
    return put_row(writing, "selection_round", wanted.id, values, {"coder_id": coder_id})


def put_member(writing: Writing, round_id: int, member: Panelist) -> int:
    """Store a member of the panel, new where its id is 0; give the id."""
    values = {"name": member.name, "role": member.role, "stopped": day_text(member.stopped), "note": member.note}
    last = writing.rows("select coalesce(max(position), 0) from round_member where round_id = ?", (round_id,))[0][0]
    return put_row(writing, "round_member", member.id, values, {"round_id": round_id, "position": last + 1})


def remove_member(writing: Writing, member_id: int) -> None:
    """Take a member who never voted from the panel. Who voted stops (`put_member`): votes stay."""
    writing.execute("delete from round_member where id = ?", (member_id,))


def set_candidates(writing: Writing, round_id: int, wanted: Iterable[Candidate]) -> None:
    """Make these the candidates, in this order; those who stay keep their row. Votes for one that goes, go too."""
    ids: dict[str, int] = dict(writing.rows("select key, id from story"))
    from_rounds: dict[str, int] = dict(writing.rows("select key, id from selection_round"))
    there: dict[int, int] = dict(writing.rows("select story_id, id from round_story where round_id = ?", (round_id,)))
    kept = set()
    for position, each in enumerate(wanted, start=1):
        story = ids[each.story]
        kept.add(story)
        values = {"from_round_id": from_rounds.get(each.from_round), "why": each.why, "position": position}
        put_row(writing, "round_story", there.get(story, 0), values, {"round_id": round_id, "story_id": story})
    for story in there.keys() - kept:
        for table in ("vote", "choice", "round_story"):
            if table == "choice":
                writing.execute(
                    "delete from dissent where choice_id in (select id from choice where round_id = ? and story_id = ?)",
                    (round_id, story),
                )
            writing.execute(f"delete from {table} where round_id = ? and story_id = ?", (round_id, story))


def set_vote(writing: Writing, round_id: int, vote: Vote) -> int:
    """Keep one vote of a member for the round, or for one life domain of it; give the id."""
    story = _story_id(writing, vote.story)
    there = writing.rows(
        "select id from vote where round_id = ? and member_id = ? and domain = ?",
        (round_id, vote.member_id, vote.domain),
    )
    values = {"story_id": story, "argument": vote.argument, "day": day_text(vote.day) or ""}
    whose = {"round_id": round_id, "member_id": vote.member_id, "domain": vote.domain}
    return put_row(writing, "vote", there[0][0] if there else 0, values, whose)


def remove_vote(writing: Writing, vote_id: int) -> None:
    """Take a vote back."""
    writing.execute("delete from vote where id = ?", (vote_id,))


def put_choice(writing: Writing, round_id: int, choice: Choice, *, coder_id: int) -> int:
    """Store what was chosen, new where its id is 0; give the id."""
    values = {
        "story_id": _story_id(writing, choice.story),
        "domain": choice.domain,
        "reason": choice.reason,
        "criteria": json.dumps(choice.criteria, ensure_ascii=False),
        "goes_back": choice.goes_back,
        "day": day_text(choice.day) or "",
    }
    return put_row(writing, "choice", choice.id, values, {"round_id": round_id, "coder_id": coder_id})


def remove_choice(writing: Writing, choice_id: int) -> None:
    """Take a choice away, with the dissent about it."""
    writing.execute("delete from dissent where choice_id = ?", (choice_id,))
    writing.execute("delete from choice where id = ?", (choice_id,))


def put_dissent(writing: Writing, round_id: int, dissent: Dissent) -> int:
    """Keep where somebody saw it otherwise, new where its id is 0; give the id."""
    values = {"choice_id": dissent.choice_id, "member_id": dissent.member_id, "body": dissent.body}
    return put_row(writing, "dissent", dissent.id, values, {"round_id": round_id})


def remove_dissent(writing: Writing, dissent_id: int) -> None:
    """Take a dissent away."""
    writing.execute("delete from dissent where id = ?", (dissent_id,))


def remove_round(writing: Writing, round_id: int) -> None:
    """Take a round away with all that belongs to it. What a later round got from it stays a candidate there."""
    writing.execute("update round_story set from_round_id = null where from_round_id = ?", (round_id,))
    writing.execute("update feedback set round_id = null where round_id = ?", (round_id,))
    for table in ("dissent", "choice", "vote", "round_story", "round_member", "round_gone"):
        writing.execute(f"delete from {table} where round_id = ?", (round_id,))
    writing.execute("delete from selection_round where id = ?", (round_id,))


def _story_id(writing: Writing, key: str) -> int:
    found: int = writing.rows("select id from story where key = ?", (key,))[0][0]
    return found
