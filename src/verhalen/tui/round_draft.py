"""What is kept of a result that is being written down, so that a crash loses nothing; forgotten with its stories."""

from __future__ import annotations

import json
from dataclasses import asdict

from verhalen.api.round_choosing import Outcome
from verhalen.model.selecting import Choice, SelectionRound


def draft_key(round_key: str, domain: str) -> str:
    """Where it is kept."""
    return f"round-result {round_key} {domain}".strip()


def dump(outcome: Outcome) -> str:
    """As the project keeps it."""
    return json.dumps(asdict(outcome), ensure_ascii=False)


def load(kept: str) -> Outcome | None:
    """The same, read back; None where nothing was kept."""
    if not kept:
        return None
    said = json.loads(kept)
    pairs = {name: tuple((first, second) for first, second in said[name] or ()) for name in ("criteria", "dissents")}
    return Outcome(**{**said, **pairs})


def stored(round_: SelectionRound, domain: str, choice: Choice | None, *, readable: set[str]) -> Outcome:
    """What the round holds on one point, as the form shows it; votes for what may not be read any more show as none."""
    names = {each.id: each.name for each in round_.members}
    votes = [each for each in round_.votes if each.domain == domain and each.story in readable]
    said = [(names.get(each.member_id or 0, ""), each.body) for each in round_.dissents]
    about = [each.choice_id for each in round_.dissents]
    return Outcome(
        domain=domain,
        votes={names[each.member_id]: each.story for each in votes},
        arguments={names[each.member_id]: each.argument for each in votes},
        story=choice.story if choice else "",
        choice_id=choice.id if choice else 0,
        reason=choice.reason if choice else "",
        criteria=choice.criteria if choice else (),
        goes_back=choice.goes_back if choice else "",
        dissents=tuple(one for one, which in zip(said, about, strict=True) if choice and which == choice.id),
    )
