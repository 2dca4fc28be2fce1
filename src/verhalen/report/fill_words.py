"""Quotes and stories of a report. No consent, no quote; a refused quote is named in the log only."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen.analysis.quotes import Wanted, candidates
from verhalen.analysis.tally import Piece
from verhalen.i18n import mark, t
from verhalen.model.coding import Valence
from verhalen.model.consent import Purpose
from verhalen.model.story import Story, StoryAnswer
from verhalen.model.text import Notice
from verhalen.msc.round_words import TELLERS
from verhalen.privacy.clearance import Cleared, own_words, phrase
from verhalen.privacy.consent import Refusal, clear_story, clear_words
from verhalen.privacy.disclosure import clear_number_of_texts, clear_sentence
from verhalen.report.blocks import Block, Quotation
from verhalen.report.data import ReportData, is_recognisable
from verhalen.report.log import Log, QuoteEntry, quote_name
from verhalen.report.placeholders import Placeholder

_COLOURS = {"positief": Valence.POSITIVE, "negatief": Valence.NEGATIVE, "gemengd": Valence.MIXED}
RECOGNISABLE = mark("it names a family or a municipality")
_TRIES = 40


def quote(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """One fragment of a family's own words about a group or life domain, with its n."""
    domains = _domains(data, placeholder)
    wanted = Wanted(domains, _COLOURS.get(placeholder.arguments.get("kleur", "")))
    own = [piece for piece in data.pieces if piece.family is not None]
    found = candidates(own, wanted, used=log.used_codings)
    for piece in log.as_before(found, lambda each: quote_name(each.coding_id, None))[:_TRIES]:
        cleared = _cleared(data, piece)
        if isinstance(cleared, Refusal):
            log.quotes.append(QuoteEntry(piece.coding_id, None, shown=False, reason=str(cleared)))
            continue
        log.quotes.append(QuoteEntry(piece.coding_id, None, shown=True))
        return [
            Quotation(
                cleared,
                attribution=own_words(t(TELLERS.get(piece.role, mark("a family member")))),
                n=_telling(data, domains),
            )
        ]
    log.warnings.append(Notice(placeholder.line, mark("no quote with consent fits here; the place stays empty")))
    return []


def _domains(data: ReportData, placeholder: Placeholder) -> frozenset[str]:
    if "domein" in placeholder.arguments:
        return frozenset({placeholder.arguments["domein"].upper()})
    group = placeholder.arguments.get("groep", "")
    inside = data.domains.in_group(group) if group else data.domains.domains
    return frozenset(each.key for each in inside)


def _cleared(data: ReportData, piece: Piece) -> Cleared[str] | Refusal:
    text = " ".join(data.text_of(piece.source_id, piece.start, piece.stop).split())
    if is_recognisable(text, data):
        return Refusal(RECOGNISABLE)
    team, report = (
        data.saying.answer(piece.source_id, piece.start, piece.stop, purpose)
        for purpose in (Purpose.TEAM, Purpose.REPORT)
    )
    return clear_words(text, data.audience, team=team, report=report)


def _telling(data: ReportData, domains: frozenset[str]) -> Cleared[str]:
    families = {
        piece.family for piece in data.pieces if piece.domain in domains and piece.family and piece.kind != "story"
    }
    families |= {story.family for story in data.stories if domains & set(story.domains)}
    return clear_sentence(
        mark("{n} families told something about this"), data.audience, counts={"n": len(families)}, at_least=data.k
    )


def story(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """A whole story, by its key or by its answer; the first with consent that was not used yet."""
    for each in log.as_before(_wanted_stories(data, placeholder), lambda each: quote_name(None, each.key)):
        if each.key in log.used_stories:
            continue
        cleared = clear_story(each, data.audience)
        if not isinstance(cleared, Refusal) and is_recognisable(each.text, data):
            cleared = Refusal(RECOGNISABLE)
        if isinstance(cleared, Refusal):
            log.quotes.append(QuoteEntry(None, each.key, shown=False, reason=str(cleared)))
            continue
        log.quotes.append(QuoteEntry(None, each.key, shown=True))
        role = t(TELLERS.get(each.voice.role, mark("a family member")))
        attribution = own_words(t("{who}: {answer}", who=role, answer=t(_STORY_KINDS[each.answer])))
        return [Quotation(cleared, attribution=attribution, n=_of_all_stories(data, each))]
    log.warnings.append(Notice(placeholder.line, mark("no story with consent fits here; the place stays empty")))
    return []


_STORY_KINDS = {
    StoryAnswer.POSITIVE: mark("a change for the better"),
    StoryAnswer.NEGATIVE: mark("a change for the worse"),
    StoryAnswer.NONE: mark("nothing changed"),
    StoryAnswer.OPEN: mark("an open story"),
}


def _of_all_stories(data: ReportData, each: Story) -> Cleared[str]:
    alike = sum(other.answer is each.answer for other in data.stories)
    if alike == 1:
        return phrase(
            mark("the only such story, of {all} that may be told"), all=clear_number_of_texts(len(data.stories))
        )
    return phrase(
        mark("one of {alike} such stories, of {all} that may be told"),
        alike=clear_number_of_texts(alike),
        all=clear_number_of_texts(len(data.stories)),
    )


def _wanted_stories(data: ReportData, placeholder: Placeholder) -> list[Story]:
    key, answer = placeholder.arguments.get("verhaal"), placeholder.arguments.get("antwoord")
    return [
        each
        for each in data.all_stories
        if (key is None or each.key == key) and (answer is None or each.answer.value == answer)
    ]
