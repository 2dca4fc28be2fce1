"""One page about a round for team and partners in Word: what was chosen and why, what others saw, what goes back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from verhalen.errors import UnknownFormat
from verhalen.i18n import mark, speaking, t, tn
from verhalen.model.selecting import Choice
from verhalen.model.story import Story, StoryAnswer
from verhalen.msc.candidates import WHY
from verhalen.msc.round_reading import Reading
from verhalen.msc.round_words import ROLES, TELLERS, gone_sentences
from verhalen.msc.selecting import WEIGHTS
from verhalen.privacy.clearance import Cleared, own_words
from verhalen.privacy.disclosure import clear_number_of_texts
from verhalen.privacy.rounds import clear_of_panel
from verhalen.report.blocks import Block, Heading, Note, Paragraph, Quotation, Run, Table
from verhalen.report.docx_writer import write_docx
from verhalen.report.round_agenda import Written, left_out, period_words

_MOST_WORDS = 70
"""Of a story, so that the page stays one page."""
_KINDS = (StoryAnswer.POSITIVE, StoryAnswer.NEGATIVE, StoryAnswer.NONE, StoryAnswer.OPEN)


def write_summary(
    seen: Reading, stories: Sequence[Story], path: Path, *, today: dt.date, domains: Mapping[str, str]
) -> Written:
    """Write it whole or not at all; `stories` are those of the period. Raises UnknownFormat, CannotWrite."""
    if path.suffix.lower() != ".docx":
        raise UnknownFormat(suffix=path.suffix or t("without a suffix"), file=path.name, known=".docx")
    chosen = tuple(dict.fromkeys(each.story for each in seen.round.choices))
    shown = tuple(key for key in chosen if (card := seen.card(key)) is not None and card.told is not None)
    kept_out = tuple((key, why) for key, why in left_out(seen) if key in chosen)
    with speaking("nl"):
        title = t("What we chose, and why")
        subtitle = f"{seen.round.title} · {period_words(seen)}"
        write_docx(_blocks(seen, stories, domains), path, title=title, subtitle=subtitle, today=today)
    return Written(shown, kept_out)


def _blocks(seen: Reading, stories: Sequence[Story], domains: Mapping[str, str]) -> Iterator[Block]:
    round_ = seen.round
    if round_.is_open:
        yield Paragraph(own_words(t("The round is still open: this is how it stands now.")))
    yield Paragraph(own_words(" ".join(_who(seen))))
    for choice in round_.choices:
        yield from _choice(seen, choice, domains)
    general = [each.body for each in round_.dissents if each.choice_id is None]
    if general:
        yield Heading(1, own_words(t("What somebody saw otherwise")))
        yield from (Paragraph(clear_of_panel(body, seen.blind)) for body in general)
    yield _numbers(seen, stories)
    for sentence in gone_sentences(round_):
        yield Paragraph(own_words(sentence))
    yield Note(
        own_words(t("A choice says what this panel found most significant, not how often it happens or who caused it."))
    )


def _who(seen: Reading) -> Iterator[str]:
    """The panel by roles, never by names; the candidates and how they were found."""
    round_ = seen.round
    roles = Counter(each.role for each in round_.members if each.stopped is None)
    if roles:
        said = ", ".join(f"{n} × {t(ROLES.get(role, role))}" for role, n in roles.items())
        yield t("The panel: {who}.", who=said)
    brought = ", ".join(dict.fromkeys(t(WHY.get(each.why, each.why)) for each in round_.candidates))
    if brought:
        yield tn("It read {n} story ({how}).", "It read {n} stories ({how}).", len(round_.candidates), how=brought)
    if round_.rule.seed is not None:
        yield t("The draw can be repeated with the seed {seed}.", seed=round_.rule.seed)
    if round_.blind:
        yield t("It saw neither the coach nor the family.")


def _choice(seen: Reading, choice: Choice, domains: Mapping[str, str]) -> Iterator[Block]:
    card = seen.card(choice.story)
    about = t("For {domain}", domain=domains.get(choice.domain, choice.domain)) if choice.domain else t("Chosen")
    if card is None or not isinstance(card.words, Cleared):
        yield Heading(1, own_words(about))
        yield Paragraph(own_words(t("This story cannot stand here: who told it did not agree to that.")))
        return
    told = card.words.value
    yield Heading(1, clear_of_panel(f"{about}: {told.title or choice.story}", seen.blind))
    if len(seen.round.choices) == 1:
        teller = own_words(t(TELLERS.get(told.role, told.role)))
        yield Quotation(clear_of_panel(beginning(told.text), seen.blind), attribution=teller)
    yield Paragraph((_strong(t("Why")), Run(clear_of_panel(choice.reason, seen.blind))))
    if choice.criteria:
        said = ", ".join(
            f"{name} ({t(WEIGHTS[weight])})" for name, weight in sorted(choice.criteria, key=lambda each: -each[1])
        )
        yield Paragraph((_strong(t("What counted")), Run(clear_of_panel(said))))
    if votes := _votes(seen, choice):
        yield Paragraph((_strong(t("Votes")), Run(own_words(votes))))
    for each in seen.round.dissents:
        if each.choice_id == choice.id:
            yield Paragraph((_strong(t("Seen otherwise")), Run(clear_of_panel(each.body, seen.blind))))
    if choice.goes_back:
        yield Paragraph((_strong(t("What goes back")), Run(clear_of_panel(choice.goes_back, seen.blind))))


def _votes(seen: Reading, choice: Choice) -> str:
    counted = seen.round.tally(choice.domain)
    total = sum(counted.values())
    if not total:
        return ""
    said = tn("{votes} of {n} vote", "{votes} of {n} votes", total, votes=counted.get(choice.story, 0))
    return t("{votes}; a tie, which the panel settled", votes=said) if seen.round.tied(choice.domain) else said


def _strong(words: str) -> Run:
    return Run(own_words(f"{words}: "), strong=True)


def beginning(text: str) -> str:
    """The first words of a story, whole sentences where they fit."""
    words = text.split()
    if len(words) <= _MOST_WORDS:
        return " ".join(words)
    cut = " ".join(words[:_MOST_WORDS])
    end = max(cut.rfind(sign) for sign in ".!?")
    return cut[: end + 1] + " […]" if end > len(cut) // 2 else cut + " […]"


def _numbers(seen: Reading, stories: Sequence[Story]) -> Table:
    """How many stories there were of each kind: in the period, before the panel, chosen."""
    answers = {each.key: each.answer for each in stories}
    answers |= {each.key: each.told.answer for each in seen.cards if each.told is not None}
    told = Counter(each.answer for each in stories)
    stood = Counter(answers[each.key] for each in seen.cards if each.key in answers)
    chosen = Counter(answers[key] for key in {each.story for each in seen.round.choices} if key in answers)
    header = (mark("what the stories tell of"), mark("in the period"), mark("read"), mark("chosen"))
    rows = tuple(
        (own_words(t(kind.label)), *(clear_number_of_texts(counts[kind]) for counts in (told, stood, chosen)))
        for kind in _KINDS
        if told[kind] or stood[kind] or kind is not StoryAnswer.OPEN
    )
    return Table(
        header=tuple(own_words(t(each)) for each in header),
        rows=rows,
        caption=own_words(t("How many stories, and what they tell of")),
        align=("left", "right", "right", "right"),
    )
