"""One round in reading order: what to do now, who chooses, which stories, the votes, the choices and other opinions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verhalen.api.project import Project
from verhalen.i18n import t, tn
from verhalen.model.selecting import Choice, SelectionRound
from verhalen.model.story import StoryAnswer
from verhalen.msc.candidates import WHY
from verhalen.msc.round_reading import Reading
from verhalen.msc.round_words import (
    ROLES,
    gone_sentences,
    next_step,
    point_name,
    remarks,
    step_sentence,
    tally_lines,
    trail_sentence,
)
from verhalen.msc.selecting import WEIGHTS
from verhalen.msc.trail import Trail, shares
from verhalen.tui.page import BLANK, HEADING, MUTED, TITLE, Line, heading
from verhalen.tui.words import capital, day_text


def round_page(project: Project, round_: SelectionRound) -> Iterator[Line]:
    """The whole page; blind where the round is."""
    seen = project.rounds.read(round_.key, nicknames=project.privacy.nicknames())
    names = project.rounds.domain_names()
    yield Line(f"{round_.key}  {round_.title}", TITLE)
    yield Line(" · ".join(_facts(round_)), MUTED)
    if round_.question:
        yield Line(round_.question)
    yield BLANK
    yield Line(f"→ {next_step(round_, names)}", HEADING)
    for choice in round_.choices:
        yield from _choice(seen, choice, names)
    others = [each.body for each in round_.dissents if each.choice_id is None]
    if others:
        yield from heading(t("Seen otherwise"))
        yield from (Line(_hidden(seen, each), indent=2) for each in others)
    if round_.votes:
        yield from heading(t("Votes"))
        yield from (Line(each, indent=2) for each in tally_lines(round_, names))
        yield from _arguments(seen, names)
    yield from _panel(round_)
    yield from _stories(seen)


def _facts(round_: SelectionRound) -> Iterator[str]:
    yield t(round_.level.label)
    yield f"{round_.first:%d/%m/%Y} – {round_.last:%d/%m/%Y}"
    if round_.day:
        yield t("meeting of {day}", day=day_text(round_.day))
    if round_.blind:
        yield t("blind: without coach and family")


def _panel(round_: SelectionRound) -> Iterator[Line]:
    yield from heading(t("Panel"))
    if not round_.members:
        yield Line(t("Nobody yet."), indent=2)
    for each in round_.members:
        stopped = f" · {t('stopped on {day}', day=day_text(each.stopped))}" if each.stopped else ""
        yield Line(f"{each.name} · {t(ROLES.get(each.role, each.role))}{stopped}", indent=2)


def _stories(seen: Reading) -> Iterator[Line]:
    yield from heading(tn("{n} story", "{n} stories", len(seen.cards)))
    if seen.round.rule.seed is not None:
        yield Line(t("drawn with the seed {seed}", seed=seen.round.rule.seed), MUTED, 2)
    for card in seen.cards:
        told = card.told
        why = t(WHY.get(card.candidate.why, card.candidate.why))
        origin = f"{why} ({card.candidate.from_round})" if card.candidate.from_round else why
        title = f"{told.title} · {t(told.answer.label)} · {tn('{n} word', '{n} words', told.words)}" if told else ""
        yield Line(f"{card.key}  {title} · {origin}" if title else f"{card.key}  {origin}", indent=2)
        for remark in remarks(card):
            yield Line(f"! {capital(remark)}", MUTED, 6)
    if seen.cards and not any(card.told and card.told.answer is StoryAnswer.NEGATIVE for card in seen.cards):
        yield Line(t("Mind: none of these stories tells of something that became harder."), indent=2)
    for sentence in gone_sentences(seen.round):
        yield Line(sentence, indent=2)


def _arguments(seen: Reading, names: Mapping[str, str]) -> Iterator[Line]:
    who = {each.id: each.name for each in seen.round.members}
    for vote in seen.round.votes:
        about = f" ({point_name(vote.domain, names)})" if vote.domain else ""
        argument = f": {_hidden(seen, vote.argument)}" if vote.argument and _may_read(seen, vote.story) else ""
        yield Line(f"{who.get(vote.member_id, '')}{about} → {vote.story}{argument}", indent=2)


def _choice(seen: Reading, choice: Choice, names: Mapping[str, str]) -> Iterator[Line]:
    card = seen.card(choice.story)
    about = f" ({point_name(choice.domain, names)})" if choice.domain else ""
    title = card.told.title if card and card.told else ""
    yield from heading(f"{t('Chosen')}{about}: {choice.story}  {title}".rstrip())
    if not _may_read(seen, choice.story):
        yield Line(t("What was said about it may not be read any more."), indent=2)
        return
    yield Line(_hidden(seen, choice.reason), indent=2)
    for name, weight in sorted(choice.criteria, key=lambda each: -each[1]):
        yield Line(f"{'•' * weight} {name} ({t(WEIGHTS[weight])})", indent=2)
    who = {each.id: each.name for each in seen.round.members}
    for each in seen.round.dissents:
        if each.choice_id == choice.id:
            by = who.get(each.member_id or 0, t("somebody"))
            yield Line(f"{t('Seen otherwise')} ({by}): {_hidden(seen, each.body)}", indent=2)
    if choice.goes_back:
        yield Line(f"{t('What goes back')}: {_hidden(seen, choice.goes_back)}", indent=2)


def _may_read(seen: Reading, story: str) -> bool:
    card = seen.card(story)
    return card is not None and card.told is not None


def _hidden(seen: Reading, text: str) -> str:
    return seen.blind.hide(text) if seen.blind else text


# -- every story through every round ---------------------------------------------------------------------------------


def trail_page(project: Project, trails: list[Trail]) -> Iterator[Line]:
    """Every story with its rounds, and who is never chosen."""
    yield Line(t("The way of every story"), TITLE)
    for each in trails:
        story = each.story
        yield BLANK
        yield Line(f"{story.key}  {story.title} · {t(story.answer.label)}: {trail_sentence(each)}", HEADING)
        for step in each.steps:
            yield Line(f"{step.round}  {step.title}: {step_sentence(step)}", indent=2)
            yield from (Line(choice.reason, MUTED, 6) for choice in step.choices if choice.reason)
    withdrawn = [(one.key, each) for one in project.rounds.all() for each in gone_sentences(one)]
    if withdrawn:
        yield from heading(t("Withdrawn"))
        yield from (Line(f"{key}: {sentence}", indent=2) for key, sentence in withdrawn)
    yield from heading(t("Who is chosen, and who never?"))
    kind = ""
    for share in shares(trails):
        if share.kind != kind:
            kind = share.kind
            yield Line(capital(t(kind)), indent=2)
        said = t(
            "{told} told, {stood} in a round, {chosen} chosen", told=share.told, stood=share.stood, chosen=share.chosen
        )
        yield Line(f"{share.value}: {said}", indent=4)
