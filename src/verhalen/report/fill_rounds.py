"""What rounds chose and why, and what went back to who told: for team and partners, under the consents of the audience."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from verhalen.i18n import mark, t, tn
from verhalen.model.selecting import Choice, SelectionRound
from verhalen.model.story import Story
from verhalen.msc.round_reading import Reading, reading
from verhalen.msc.round_words import ROLES, TELLERS, gone_sentences
from verhalen.msc.selecting import TELLER
from verhalen.privacy.clearance import Audience, Cleared, own_words, phrase
from verhalen.privacy.consent import Refusal, clear_story
from verhalen.privacy.disclosure import clear_number_of_texts
from verhalen.privacy.keyring import present_key
from verhalen.privacy.rounds import clear_of_panel
from verhalen.report.blocks import Block, Heading, Note, Paragraph, Quotation, Run
from verhalen.report.data import ReportData, is_recognisable
from verhalen.report.log import Log, QuoteEntry
from verhalen.report.placeholders import Placeholder
from verhalen.report.recognising import RECOGNISABLE, why_not
from verhalen.report.round_summary import beginning
from verhalen.report.scope import stories_in_scope
from verhalen.store.following import feedback
from verhalen.store.rounds import rounds

LATEST = "laatste"
NO_ROUNDS = mark("No round chose stories in this period.")


def chosen(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Each round of the period with its choices; `ronde=laatste` gives the last one only."""
    found = sorted(_of_period(data), key=lambda each: (each.day or each.last, each.key))
    if placeholder.arguments.get("ronde") == LATEST:
        found = found[-1:]
    if not found:
        return [Note(own_words(t(NO_ROUNDS)))]
    key = present_key(data.project)
    outside = data.audience is not Audience.INTERNAL
    known = {each.key: each for each in stories_in_scope(data.project, data.front)}
    blocks: list[Block] = []
    for round_ in found:
        seen = reading(data.project, round_, key.nicknames() if key else {}, nameless=outside)
        blocks += [Heading(2, own_words(_title(round_, data))), *_round(seen, known, data, log)]
    return [*blocks, Note(own_words(t(_WHAT_A_CHOICE_SAYS)))]


_WHAT_A_CHOICE_SAYS = mark(
    "A choice says what this panel found most significant, not how often it happens or who caused it."
)


def _of_period(data: ReportData) -> Iterator[SelectionRound]:
    for each in rounds(data.project):
        day = each.day or each.last
        if each.choices and (data.front.period is None or data.front.period[0] <= day <= data.front.period[1]):
            yield each


def _title(round_: SelectionRound, data: ReportData) -> str:
    """Its own title, where that names nobody."""
    if not is_recognisable(round_.title, data):
        return round_.title
    return t("Round of {day}", day=f"{round_.day or round_.last:%d/%m/%Y}")


def _round(seen: Reading, known: Mapping[str, Story], data: ReportData, log: Log) -> Iterator[Block]:
    round_ = seen.round
    roles = Counter(each.role for each in round_.members if each.stopped is None)
    said = ", ".join(f"{n} × {t(ROLES.get(role, role))}" for role, n in roles.items())
    who = t("The panel: {who}.", who=said) if roles else ""
    read = tn("It read {n} story.", "It read {n} stories.", len(round_.candidates))
    yield Paragraph(own_words(" ".join(filter(None, (who, read)))))
    for choice in round_.choices:
        yield from _choice(choice, known.get(choice.story), seen, data=data, log=log)
    for sentence in gone_sentences(round_):
        yield Paragraph(own_words(sentence))


def _choice(choice: Choice, story: Story | None, seen: Reading, *, data: ReportData, log: Log) -> Iterator[Block]:
    about = next((each.name for each in data.domains.domains if each.key == choice.domain), "")
    label = t("Chosen for {domain}", domain=about) if about else t("Chosen")
    cleared = Refusal(_NOT_HERE) if story is None else _words(story, data)
    if story is None or isinstance(cleared, Refusal):
        log.quotes.append(QuoteEntry(None, choice.story, shown=False, reason=str(cleared)))
        yield Paragraph((_strong(label), Run(own_words(t(_KEPT_AWAY)))))
        return
    log.quotes.append(QuoteEntry(None, choice.story, shown=True))
    yield Heading(3, own_words(label))
    yield Quotation(cleared, attribution=own_words(t(TELLERS.get(story.voice.role, mark("a family member")))))
    yield from _panel_words(t("Why"), [choice.reason], seen, data)
    others = [each.body for each in seen.round.dissents if each.choice_id == choice.id]
    yield from _panel_words(t("Seen otherwise"), others, seen, data)
    yield from _panel_words(t("What goes back"), [choice.goes_back], seen, data)


_NOT_HERE = mark("The story is of another place than this report, or was taken out.")
_KEPT_AWAY = mark("a story that cannot stand here, because of who would read it.")


def _words(story: Story, data: ReportData) -> Cleared[str] | Refusal:
    """The beginning of a story under the consents of this audience; nobody may be recognised by it."""
    cleared = clear_story(story, data.audience)
    if isinstance(cleared, Refusal):
        return cleared
    if why_not(cleared.value, story.family, data):
        return Refusal(RECOGNISABLE)
    return clear_of_panel(beginning(cleared.value))


def _panel_words(label: str, said: Sequence[str], seen: Reading, data: ReportData) -> Iterator[Block]:
    """What the panel wrote; outside the team not where it names a family or a municipality."""
    for each in said:
        if each.strip():
            words = own_words(t(_LEFT_OUT)) if is_recognisable(each, data) else clear_of_panel(each, seen.blind)
            yield Paragraph((_strong(label), Run(words)))


_LEFT_OUT = mark("left out, because it names a family or a municipality.")


def _strong(words: str) -> Run:
    return Run(own_words(f"{words}: "), strong=True)


def told_back(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """How often something went back, to whom; and what is still to be told. Never what was said: that names people."""
    period = data.front.period
    found = list(feedback(data.project))
    done = [each for each in found if each.day and (period is None or period[0] <= each.day <= period[1])]
    open_ = [each for each in found if each.day is None]
    tellers = [each for each in done if each.whom == TELLER]
    if not done and not open_:
        return [Note(own_words(t("Nothing was told back in this period.")))]
    said = [
        phrase(
            mark("{tellers} times something went back to who told a story, and {others} times to others."),
            tellers=clear_number_of_texts(len(tellers)),
            others=clear_number_of_texts(len(done) - len(tellers)),
        )
    ]
    if open_:
        message = mark("{n} times it is still to be done.")
        said.append(phrase(message, n=clear_number_of_texts(len(open_))))
    return [Paragraph(each) for each in said]
