"""Reading a round on the command line, and the way of the stories through all rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.msc.round_reading import Reading
    from verhalen.msc.trail import Trail


@click.command("show", help=t("A round with everything: panel, stories, votes, choices, other opinions."))
@click.argument("key", metavar="KEY")
@click.option("--words", is_flag=True, help=t("The words of the stories too."))
@pass_context
def rounds_show(state: Context, key: str, *, words: bool) -> None:
    """Show all of it, blind where the round is."""
    from verhalen.msc.round_words import gone_sentences, next_step, tally_lines

    with state.open() as project:
        seen = project.rounds.read(key, nicknames=project.privacy.nicknames())
        names = {each.key: each.name for each in project.scores.domains().domains}
    round_ = seen.round

    def human() -> list[str]:
        lines = [
            f"{round_.key}  {round_.title}",
            f"{t(round_.level.label)} · {round_.first}..{round_.last}",
            next_step(round_, names),
            *tally_lines(round_, names),
            *gone_sentences(round_),
        ]
        for choice in round_.choices:
            about = f" ({names.get(choice.domain, choice.domain)})" if choice.domain else ""
            lines.append(f"{t('Chosen')}: {choice.story}{about}. {_said(seen, choice.story, choice.reason)}")
        if words:
            for card in seen.cards:
                lines += ["", f"{card.key}  {card.told.title if card.told else ''}"]
                lines.append(card.told.text if card.told else str(card.words))
        return lines

    state.emit(_json(seen, words=words), human)


def _said(seen: Reading, story: str, text: str) -> str:
    """Words of the panel about a story; none where the story may not be read any more."""
    card = seen.card(story)
    if card is None or card.told is None:
        return ""
    return _hidden(seen, text)


def _hidden(seen: Reading, text: str) -> str:
    return seen.blind.hide(text) if seen.blind else text


def _json(seen: Reading, *, words: bool) -> dict[str, object]:
    from verhalen.msc.selecting import stands_in_the_way, votes_apart

    round_ = seen.round
    names = {each.id: each.name for each in round_.members}
    points = list(dict.fromkeys(("", *(each.domain for each in round_.votes))))
    return {
        "round": round_.key,
        "title": round_.title,
        "level": round_.level.value,
        "first": round_.first,
        "last": round_.last,
        "question": round_.question,
        "blind": round_.blind,
        "rule": round_.rule.rule.value,
        "seed": round_.rule.seed,
        "closed": round_.closed,
        "panel": [{"member": each.name, "role": each.role, "stopped": each.stopped} for each in round_.members],
        "candidates": [
            {
                "story": each.key,
                "title": each.told.title if each.told else "",
                "words": each.told.words if each.told else 0,
                "refused": "" if each.told else str(each.words),
                **({"text": each.told.text if each.told else ""} if words else {}),
            }
            for each in seen.cards
        ],
        "votes": [
            {
                "member": names[each.member_id],
                "story": each.story,
                "domain": each.domain,
                "argument": _said(seen, each.story, each.argument),
            }
            for each in round_.votes
        ],
        "tally": {domain: dict(round_.tally(domain)) for domain in points},
        "apart": {domain: votes_apart(round_, domain) for domain in points},
        "tied": {domain: list(round_.tied(domain)) for domain in points},
        "choices": [
            {
                "story": each.story,
                "domain": each.domain,
                "reason": _said(seen, each.story, each.reason),
                "criteria": [{"criterion": name, "weight": weight} for name, weight in each.criteria],
                "goes_back": _said(seen, each.story, each.goes_back),
                "dissent": [
                    {"member": names.get(said.member_id or 0, ""), "text": _said(seen, each.story, said.body)}
                    for said in round_.dissents
                    if said.choice_id == each.id
                ],
            }
            for each in round_.choices
        ],
        "dissent": [_hidden(seen, each.body) for each in round_.dissents if each.choice_id is None],
        "withdrawn": [{"day": each.day, "was_chosen": each.was_chosen} for each in round_.gone],
        "open": stands_in_the_way(round_, {}) if round_.is_open else [],
    }


@click.command(
    "trail", help=t("The way of a story through all rounds; without one of every story, also the never chosen.")
)
@click.argument("key", metavar="[KEY]", default="")
@pass_context
def rounds_trail(state: Context, key: str) -> None:
    """Show the way."""
    from verhalen.msc.round_words import gone_sentences

    with state.open() as project:
        if key:
            key = project.stories.get(key).key
        every = project.rounds.all()
        found = [
            each
            for each in project.rounds.trails(nicknames=project.privacy.nicknames())
            if not key or each.story.key == key
        ]
    gone = [f"{each.key}: {sentence}" for each in every for sentence in gone_sentences(each)] if not key else []
    state.emit([_trail_json(each) for each in found], lambda: [*_trail_lines(found, one=bool(key)), *gone])


def _trail_json(trail: Trail) -> dict[str, object]:
    return {
        "story": trail.story.key,
        "answer": trail.story.answer.value,
        "chosen": trail.was_chosen,
        "rounds": [
            {
                "round": each.round,
                "level": each.level,
                "from_round": each.from_round,
                "open": each.is_open,
                "votes": each.votes,
                "voters": each.voters,
                "choices": [{"domain": choice.domain, "reason": choice.reason} for choice in each.choices],
            }
            for each in trail.steps
        ],
    }


def _trail_lines(found: list[Trail], *, one: bool) -> list[str]:
    from verhalen.msc.round_words import step_sentence, trail_sentence

    if one:
        lines = [f"{found[0].story.key}  {found[0].story.title}: {trail_sentence(found[0])}"]
        for each in found[0].steps:
            lines.append(f"  {each.round}  {each.title}: {step_sentence(each)}")
            lines += [f"    {choice.reason}" for choice in each.choices if choice.reason]
        return lines
    rows = [
        (
            each.story.key,
            each.story.title,
            t(each.story.answer.label),
            trail_sentence(each),
            " > ".join(f"{step.round} {step_sentence(step)}" for step in each.steps),
        )
        for each in found
    ]
    return table((t("story"), t("title"), t("answer"), t("chosen?"), t("rounds")), rows)


SHOWN = (rounds_show, rounds_trail)
