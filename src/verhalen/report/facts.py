"""What the project itself can answer on a checklist: sample, dates, coders, consent, software. Each is a cleared sentence."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping

import verhalen
from verhalen.analysis.consensus_notes import consensus_notes
from verhalen.analysis.read_back import read_back
from verhalen.i18n import mark, t, tn
from verhalen.model.consent import Answer, Purpose
from verhalen.msc.round_words import TELLERS
from verhalen.msc.selecting import TELLER
from verhalen.privacy.clearance import Cleared, own_words, phrase, sentences
from verhalen.privacy.disclosure import A_FEW, clear_number_of_texts, clear_part
from verhalen.privacy.inside import clear_before_noun
from verhalen.report.data import ReportData, settings_of
from verhalen.report.fill_change import knows_followed
from verhalen.report.fill_inline import municipalities
from verhalen.store.codebook import codebook
from verhalen.store.following import feedback
from verhalen.store.memos import verdicts
from verhalen.store.study import Material, coded, first_and_last, material, texts_per_family

Fact = Callable[[ReportData], Cleared[str] | None]
"""A cleared sentence; None where the project knows nothing of it."""


def _families(data: ReportData, count: int) -> Cleared[str]:
    return clear_before_noun(count, data.limits)


def _talks(data: ReportData) -> list[Material]:
    """The conversations, looked up once for all facts."""
    if "material" not in data.remembered:
        data.remembered["material"] = material(data.project)
    found: list[Material] = data.remembered["material"]
    return [each for each in found if each.kind == "transcript"]


def title(data: ReportData) -> Cleared[str] | None:
    """As the front of the report has it."""
    return own_words(data.front.title) if data.front.title else None


def sample(data: ReportData) -> Cleared[str] | None:
    """How many families had support, were followed, told."""
    telling = {each.family for each in data.all_stories}
    telling |= {piece.family for piece in data.pieces if piece.family} & {each.key for each in data.families}
    return phrase(
        mark(
            "{families} families with support; {followed} followed with scores; heard in a story or a talk: {telling}."
        ),
        families=_families(data, data.reach.families),
        followed=_families(data, len(data.change.pairs.followed)) if knows_followed(data) else own_words(t(A_FEW)),
        telling=clear_part(len(telling & set(data.reach.keys)), data.reach.families, data.limits),
    )


def refusals(data: ReportData) -> Cleared[str] | None:
    """Stories without consent for reports, families that did not want support or dropped out."""
    said = []
    if data.all_stories:
        may = sum(each.consent(Purpose.REPORT) is Answer.YES for each in data.all_stories)
        said.append(
            phrase(
                mark("Of {all} stories {no} may not stand in reports: refused, withdrawn or not asked."),
                all=clear_number_of_texts(len(data.all_stories)),
                no=clear_number_of_texts(len(data.all_stories) - may),
            )
        )
    left = data.reach.refused + data.reach.dropped_out
    told = mark("Some families refused support or left it: see the tables of who is reached.")
    said.append(own_words(t(told if left else mark("No family refused support or left it."))))
    return sentences(said)


def _upper(words: Cleared[str]) -> Cleared[str]:
    """At the beginning of a sentence."""
    return own_words(words.value[:1].upper() + words.value[1:])


def setting(data: ReportData) -> Cleared[str] | None:
    """Where: family coaching, in which municipalities."""
    if data.front.municipalities:
        return phrase(mark("Family coaching in {names}."), names=municipalities(data))
    n = len({family.municipality for family in data.families if family.municipality})
    return (
        own_words(tn("Family coaching in {n} municipality.", "Family coaching in {n} municipalities.", n))
        if n
        else None
    )


def participants(data: ReportData) -> Cleared[str] | None:
    """Who told the stories that may be told, by role."""
    roles = sorted({each.voice.role for each in data.stories})
    if not roles:
        return None
    said = ", ".join(t(TELLERS.get(role, mark("a family member"))) for role in roles)
    return phrase(
        mark("{families} families with {children} children; stories were told by: {roles}."),
        families=_upper(_families(data, data.reach.families)),
        children=_families(data, data.reach.children),
        roles=own_words(said),
    )


def repeats(data: ReportData) -> Cleared[str] | None:
    """Families that are heard in more than one text."""
    keys = {each.key for each in data.families}
    more = sum(count > 1 for family, count in texts_per_family(data.project).items() if family in keys)
    part = clear_part(more, data.reach.families, data.limits)
    return phrase(mark("In more than one text were heard: {part}."), part=part)


def recording(data: ReportData) -> Cleared[str] | None:
    """How stories were told, and how many talks have times of a recording."""
    talks = _talks(data)
    timed = sum(bool(each.last_ms) for each in talks)
    forms = Counter(each.voice.form for each in data.all_stories)
    said = [
        phrase(
            mark("{timed} of the {all} conversations carry times of a recording."),
            timed=clear_number_of_texts(timed),
            all=clear_number_of_texts(len(talks)),
        )
    ]
    if forms:
        recorded = forms["audio"] + forms["gedicteerd"]
        message = mark("{n} of the {all} stories were recorded or dictated.")
        said.append(
            phrase(message, n=clear_number_of_texts(recorded), all=clear_number_of_texts(len(data.all_stories)))
        )
    return sentences(said) if talks or forms else None


def duration(data: ReportData) -> Cleared[str] | None:
    """The shortest and the longest conversation with times, in minutes; None where there are fewer than two."""
    minutes = sorted(each.last_ms // 60_000 for each in _talks(data) if each.last_ms)
    if len(minutes) < 2:
        return None
    return own_words(
        t("{low} to {high} minutes, in {n} conversations with times.", low=minutes[0], high=minutes[-1], n=len(minutes))
    )


def told_again(data: ReportData) -> Cleared[str] | None:
    """How many stories their tellers heard or read again."""
    found = read_back(data.all_stories)
    if not found.stories:
        return None
    return phrase(
        mark("{n} of the {all} stories were read back to who told them."),
        n=clear_number_of_texts(found.read_back),
        all=clear_number_of_texts(found.stories),
    )


def coders(data: ReportData) -> Cleared[str] | None:
    """How many coded, and how many texts more than one of them."""
    found = coded(data.project)
    if not found.codings:
        return None
    said = tn("{n} coder, {codings} codings in {texts} texts", "{n} coders, {codings} codings in {texts} texts",
              found.coders, codings=found.codings, texts=found.texts)  # fmt: skip
    twice = t("{said}; {double} texts were coded by two or more.", said=said, double=found.double)
    agreed = [str(each) for each in consensus_notes(data.project)]
    return own_words(" ".join([twice, *agreed]))


def tree(data: ReportData) -> Cleared[str] | None:
    """How many codes, under how many roots, how many of them evidence about a life domain."""
    book = codebook(data.project, counted=False)
    if not len(book):
        return None
    roots = sum(book.depth(each) == 0 for each in book)
    evidence = sum(bool(each.evidence) for each in book)
    said = t("{n} codes under {roots} heads; {evidence} of them say how it goes in a life domain.",
             n=len(book), roots=roots, evidence=evidence)  # fmt: skip
    return own_words(said)


def software(data: ReportData) -> Cleared[str] | None:
    """This program."""
    return own_words(t("verhalen, version {version}.", version=verhalen.__version__))


def told_back(data: ReportData) -> Cleared[str] | None:
    """How often something went back to a teller."""
    done = sum(each.day is not None and each.whom == TELLER for each in feedback(data.project))
    if not done:
        return None
    return phrase(mark("{n} times something went back to who told a story."), n=clear_number_of_texts(done))


def quotes(data: ReportData) -> Cleared[str] | None:
    """How quotes stand in this report."""
    return own_words(t("Every quote stands with the role of who said it and with how many told something like it."))


def trace(data: ReportData) -> Cleared[str] | None:
    """How numbers and words lead back to the material."""
    return own_words(
        t("Every number, table and quote is filled in from the project; the source of this report names each.")
    )


def consent(data: ReportData) -> Cleared[str] | None:
    """How consent works; the table of answers is a placeholder of its own."""
    return own_words(
        t("Consent is asked per purpose, of a child also of a parent, and can be withdrawn; see the table of consent.")
    )


def dates(data: ReportData) -> Cleared[str] | None:
    """First and last day of what was registered."""
    found = first_and_last(data.project)
    if found is None:
        return None
    first, last = (dt.date.fromisoformat(day) for day in found)
    return own_words(
        t(
            "Scores and words were collected side by side, from {first} to {last}.",
            first=f"{first:%d/%m/%Y}",
            last=f"{last:%d/%m/%Y}",
        )
    )


def instrument(data: ReportData) -> Cleared[str] | None:
    """Which instrument, and between which moments."""
    settings, used = settings_of(data.front), data.change.instrument
    return own_words(
        t(
            "{name}, version {version}, {n} items; registrations about {days} days apart.",
            name=used.name,
            version=used.version,
            n=len(used.asked),
            days=settings.days,
        )
    )


def processing(data: ReportData) -> Cleared[str] | None:
    """How names went out of the texts and texts into the project."""
    return own_words(
        t(
            "Texts were read into the project, names of people replaced by codes; the key of these codes is kept elsewhere."
        )
    )


def decided(data: ReportData) -> Cleared[str] | None:
    """How many groups the team discussed."""
    keys = {row.key for row in data.joint}
    found = sum(target in keys for target in verdicts(data.project))
    if not found:
        return own_words(t("The team has not discussed any group of life domains yet."))
    return own_words(
        t("Of {all} groups of life domains the team discussed {n}, with a sentence each.", all=len(keys), n=found)
    )


def methods(data: ReportData) -> Cleared[str] | None:
    """Numbers and words, each in a sentence."""
    parts = [each for each in (instrument(data), coders(data), told_again(data)) if each is not None]
    return sentences(parts)


def integration(data: ReportData) -> Cleared[str] | None:
    """Where numbers and words meet."""
    said = own_words(t("Numbers and words were set side by side per group of life domains (joint display)."))
    more = decided(data)
    return said if more is None else sentences([said, more])


def limits(data: ReportData) -> Cleared[str] | None:
    """Suppression, coverage, no comparison group."""
    told = sum(row.with_story for row in data.coverage)
    everybody = sum(row.families for row in data.coverage)
    said = [
        own_words(t("This is a snapshot of these families, without a comparison group.")),
        own_words(t("Numbers behind which fewer than {k} families stand are not shown.", k=data.k)),
    ]
    if everybody >= data.k:
        said.append(phrase(mark("{part} told a story."), part=clear_part(told, everybody, data.limits)))
    return sentences(said)


FACTS: Mapping[str, Fact] = {
    "title": title,
    "sample": sample,
    "refusals": refusals,
    "setting": setting,
    "participants": participants,
    "repeats": repeats,
    "recording": recording,
    "duration": duration,
    "read_back": told_again,
    "coders": coders,
    "tree": tree,
    "software": software,
    "feedback": told_back,
    "quotes": quotes,
    "trace": trace,
    "consent": consent,
    "dates": dates,
    "instrument": instrument,
    "processing": processing,
    "verdicts": decided,
    "methods": methods,
    "integration": integration,
    "limits": limits,
}
"""By the name that `checklists.json` gives."""
