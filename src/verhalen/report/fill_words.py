"""Quotes and stories of a report. No consent, no quote; a refused quote is named in the log only."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen import errors
from verhalen.analysis.quotes import Wanted, candidates
from verhalen.analysis.tally import Piece
from verhalen.i18n import mark, t
from verhalen.model.coding import Valence
from verhalen.model.consent import Purpose
from verhalen.model.ids import decode_id
from verhalen.model.story import Story, StoryAnswer
from verhalen.model.text import Notice
from verhalen.msc.round_words import TELLERS
from verhalen.privacy.clearance import Audience, Cleared, own_words, phrase
from verhalen.privacy.consent import Refusal, clear_story, clear_words
from verhalen.privacy.disclosure import clear_count, clear_number_of_texts, clear_sentence
from verhalen.report.blocks import Block, Quotation
from verhalen.report.data import ReportData
from verhalen.report.guarding import publish
from verhalen.report.log import Log, QuoteEntry, quote_name
from verhalen.report.placeholders import Placeholder
from verhalen.report.recognising import why_not
from verhalen.store.codings import coding_by_id
from verhalen.store.evidence import EvidenceColumn
from verhalen.store.stories import stories

_COLOURS = {"positief": Valence.POSITIVE, "negatief": Valence.NEGATIVE, "gemengd": Valence.MIXED}
_TRIES = 40
_MOST = 10
"""More quotes than this in a row nobody reads."""
_NOT_OWN = mark("these are not the words of a family")


def quote(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """One fragment of a family's own words, with its n and its life domains: a chosen one, or the first that fits."""
    if "fragment" in placeholder.arguments:
        return _chosen(data, placeholder, log)
    return _fitting(data, placeholder, log, most=1)


def quotes(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Several of them: `{{ citaten groep=wonen_geld n=3 }}`, never more than two of one family."""
    written = placeholder.arguments.get("n", "3")
    if not written.isdecimal() or not 1 <= int(written) <= _MOST:
        raise _wrong(placeholder, t('"{value}" is not a number of quotes; give 1 to {most}', value=written, most=_MOST))
    return _fitting(data, placeholder, log, most=int(written))


def _wrong(placeholder: Placeholder, problem: str) -> errors.BadReport:
    return errors.BadReport(file="", line=placeholder.line, problem=problem)


def _fitting(data: ReportData, placeholder: Placeholder, log: Log, *, most: int) -> list[Block]:
    domains = _domains(data, placeholder)
    wanted = Wanted(domains, _COLOURS.get(placeholder.arguments.get("kleur", "")))
    own = [piece for piece in data.pieces if piece.family is not None]
    shown: list[Block] = []
    families: list[str | None] = []
    found = candidates(own, wanted, used=log.used_codings)
    for piece in log.as_before(found, lambda each: quote_name(each.coding_id, None))[:_TRIES]:
        if len(shown) == most:
            break
        if families.count(piece.family) < 2:
            made = _quotation(data, piece, log)
            shown += made
            families += [piece.family] * len(made)
    if len(shown) < most:
        none = mark("no quote with consent fits here; the place stays empty")
        said = mark("fewer quotes with consent fit here than were asked for") if shown else none
        log.warnings.append(Notice(placeholder.line, said))
    return shown


def _chosen(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """The fragment that a person chose by its id. One that is gone is an error; one that may not stand here is named in the log."""
    written = placeholder.arguments["fragment"]
    number = decode_id(written)
    if number is None:
        raise _wrong(placeholder, t('"{value}" is no id of a fragment; verhalen codings lists them', value=written))
    found = next((each for each in data.evidence if each.coding_id == number), None)
    if found is None:
        if coding_by_id(data.project, number) is None:
            gone = t("fragment {id} is not there any more: it was taken out or withdrawn; choose another", id=written)
            raise _wrong(placeholder, gone)
        problem = t("fragment {id} says nothing of a life domain: its code is no evidence for one", id=written)
        raise _wrong(placeholder, problem)
    shown = _quotation(data, _piece(found), log)
    if not shown:
        said = mark("the quote that was chosen may not stand here; why stands with the quotes that were held back")
        log.warnings.append(Notice(placeholder.line, said))
    return shown


def _piece(row: EvidenceColumn) -> Piece:
    """A single coding as a piece of its own."""
    return Piece(
        domain=row.domain,
        source_id=row.source_id,
        start=row.start,
        stop=row.stop,
        valence=Valence(row.valence),
        family=row.family,
        person=row.person,
        role=row.role,
        about=row.about,
        coding_id=row.coding_id,
        kind=row.kind,
    )


def _quotation(data: ReportData, piece: Piece, log: Log) -> list[Block]:
    """A piece as a quote; nothing where it may not leave, and then the log says why."""
    cleared = _cleared(data, piece)
    if isinstance(cleared, Refusal):
        log.quotes.append(QuoteEntry(piece.coding_id, None, shown=False, reason=str(cleared)))
        return []
    log.quotes.append(QuoteEntry(piece.coding_id, None, shown=True))
    who = own_words(t(TELLERS.get(piece.role, mark("a family member"))))
    return [Quotation(cleared, attribution=who, n=_telling(data, piece.domain, log))]


def _domains(data: ReportData, placeholder: Placeholder) -> frozenset[str]:
    if "domein" in placeholder.arguments:
        return frozenset({placeholder.arguments["domein"].upper()})
    group = placeholder.arguments.get("groep", "")
    inside = data.domains.in_group(group) if group else data.domains.domains
    return frozenset(each.key for each in inside)


def _cleared(data: ReportData, piece: Piece) -> Cleared[str] | Refusal:
    if piece.family is None:
        return Refusal(_NOT_OWN)
    text = " ".join(data.text_of(piece.source_id, piece.start, piece.stop).split())
    team, report = (
        data.saying.answer(piece.source_id, piece.start, piece.stop, purpose)
        for purpose in (Purpose.TEAM, Purpose.REPORT)
    )
    cleared = clear_words(text, data.audience, team=team, report=report)
    if isinstance(cleared, Refusal):
        return cleared
    why = why_not(text, piece.family, data)
    return Refusal(why) if why else cleared


def _telling(data: ReportData, domain: str, log: Log) -> Cleared[str]:
    """Where the quote stands, and how many families told something about that."""
    group = next((each for each in data.domains.groups if domain in _keys(data, each.key)), None)
    domains = _keys(data, group.key) if group else frozenset({domain})
    families = {
        piece.family for piece in data.pieces if piece.domain in domains and piece.family and piece.kind != "story"
    }
    families |= {story.family for story in data.stories if domains & set(story.domains)}
    shown = clear_count(len(families), data.limits).value
    publish(data, log, f"told {group.key if group else domain}", "*", shown, families)
    alone = len(families) == 1 and data.audience is Audience.INTERNAL
    message = mark("one family told something about this") if alone else mark("{n} families told something about this")
    said = clear_sentence(message, data.limits, counts={"n": len(families)})
    return phrase(mark("{where}: {told}"), where=own_words(group.name if group else domain), told=said)


def _keys(data: ReportData, group: str) -> frozenset[str]:
    return frozenset(each.key for each in data.domains.in_group(group))


def story(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """A whole story, by its key or by its answer; the first with consent that was not used yet."""
    for each in log.as_before(_wanted_stories(data, placeholder), lambda each: quote_name(None, each.key)):
        if each.key in log.used_stories:
            continue
        cleared = clear_story(each, data.audience)
        why = str(cleared) if isinstance(cleared, Refusal) else why_not(each.text, each.family, data)
        if why or isinstance(cleared, Refusal):
            log.quotes.append(QuoteEntry(None, each.key, shown=False, reason=why))
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
    if key is not None and all(each.key != key for each in data.all_stories):
        if all(each.key != key for each in stories(data.project)):
            raise _wrong(
                placeholder, t("there is no story {key}: it was taken out or withdrawn; choose another", key=key)
            )
        raise _wrong(placeholder, t("story {key} was not told in the period of this report", key=key))
    return [
        each
        for each in data.all_stories
        if (key is None or each.key == key) and (answer is None or each.answer.value == answer)
    ]
