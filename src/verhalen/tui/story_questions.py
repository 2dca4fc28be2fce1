"""The twelve questions of a story: five that are needed, seven that Enter skips, and what may be added. Widgets only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Button, Collapsible, Input, Static, TextArea

from verhalen.i18n import mark, t
from verhalen.model.consent import PARENT, Answer, Purpose
from verhalen.model.instrument import LifeDomain
from verhalen.model.story import Moment, StoryAnswer
from verhalen.model.story_words import FACES, FORMS, REASONS, ROLES, SHARES, TONGUES
from verhalen.tui.answers import OneOf, SomeOf
from verhalen.tui.family_field import FamilyField
from verhalen.tui.story_draft import COACH, NOT_ASKED, NOTHING, OTHER, SOMEBODY_ELSE, YES, StoryDraft
from verhalen.tui.words import capital
from verhalen.tui.writing_fields import ShortLine, ShortWords, Words

W = TypeVar("W", bound=Widget)
CONSENTS = ((Answer.YES, mark("Yes")), (Answer.NO, mark("No")), (Answer.NOT_ASKED, mark("Still to ask")))
PURPOSES = (Purpose.TEAM, Purpose.MEDIA, Purpose.FOLLOW_UP, Purpose.RESEARCH)
"""Asked under "more"; the report is one of the five questions."""
ASKED = ((YES, mark("Yes")), (NOTHING, mark("Nothing")), (NOT_ASKED, mark("Not asked")))
ELSEWHERE = "AND"
"""The life domain for what has none."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the questions choose from, as finished words."""

    families: Sequence[tuple[str, str]]
    tellers: Sequence[tuple[str, str]]
    domains: Sequence[LifeDomain]
    heard: Callable[[], None]
    """Called at each choice."""


class Questions:
    """Makes the questions from a draft, and reads them back."""

    def __init__(self, draft: StoryDraft, known: Known) -> None:
        self._draft = draft
        self._known = known
        self._number = self._told = 0
        self.fields: dict[str, Widget] = {}
        """What can be answered, by name: to look each up on the screen at every answer would be slow."""
        self._parts: dict[str, Widget] = {}
        """What is shown only with certain answers."""

    # -- the five --------------------------------------------------------------------------------------------------

    def needed(self) -> ComposeResult:
        """The five without which there is no story."""
        draft = self._draft
        yield self._asks(t("About which family?"))
        if draft.editing or draft.second or draft.voice_of:
            yield Static(dict(self._known.families).get(draft.family, draft.family), id="family-fixed", markup=False)
        else:
            hint = t("Type a part of the code, the town or the coach")
            families = self._known.families
            yield self._field(FamilyField(families, draft.family, key="family", hint=hint, heard=self._known.heard))
        yield self._asks(t("Who told it?"))
        yield self._one("teller", self._known.tellers, draft.teller)
        yield self._one("role", [(role, t(words)) for role, words in ROLES.items() if role != COACH], draft.role)
        yield from self._change()
        self._parts["tell"] = tell = self._asks(_tell(draft))
        self._told = self._number
        yield tell
        yield self._field(Words(draft.text, key="text"))
        if not draft.editing:
            yield self._asks(t("May it be used in a report, without a name?"))
            yield self._consent("report", Purpose.REPORT)
            with self._part(Horizontal(id="parent-row")):
                yield Static(t("And a parent, for the child?"), classes="beside", markup=False)
                yield self._consent("parent", Purpose.REPORT, PARENT)

    def _change(self) -> ComposeResult:
        draft = self._draft
        if draft.second or draft.voice_of:
            return
        if draft.editing:
            yield self._asks(t("What kind of change is it?"))
            answers = [(each.value, capital(t(each.label))) for each in StoryAnswer]
            yield self._one("answer", answers, draft.answer)
            yield Static(t("What was asked?"), markup=False)
            asked = [("better", t("What became better")), ("harder", t("What became harder"))]
            yield self._field(SomeOf(asked, draft.asked, key="asked", heard=self._known.heard))
        else:
            yield self._asks(t("Did something change? 'Nothing' is a good answer."))
            for name, question in (
                ("better", t("Did something get better?")),
                ("harder", t("Did something get harder?")),
            ):
                with Horizontal(classes="row"):
                    yield Static(question, classes="beside", markup=False)
                    yield self._one(name, [(key, t(words)) for key, words in ASKED], getattr(draft, name))
        with self._part(Vertical(id="reason-row")):
            yield Static(t("Why was it not asked?"), markup=False)
            yield self._one("reason", [(key, t(words)) for key, words in REASONS.items()], draft.reason)
            yield self._line("reason_words", t("In a few words"))

    # -- the seven -------------------------------------------------------------------------------------------------

    def more(self) -> ComposeResult:
        """The seven that may be skipped, and what is folded away."""
        draft = self._draft
        yield Static(t("You may skip the rest: Enter goes on."), classes="part", markup=False)
        if not draft.voice_of:
            yield from self._around()
        yield self._asks(t("When and how was it told?"))
        if not draft.voice_of:
            yield self._one("moment", [(each.value, t(each.label)) for each in Moment], draft.moment)
        yield from self._some_tongue()
        yield self._one("form", [(key, t(words)) for key, words in FORMS.items()], draft.form)
        yield Button(t("Ready"), variant="primary", id="ready")
        with Collapsible(title=t("More, if you want"), collapsed=True, collapsed_symbol="▶", expanded_symbol="▼"):
            yield from self._folded()

    def _around(self) -> ComposeResult:
        draft = self._draft
        for name, question in (("before", t("How was it before?")), ("now", t("How is it now?"))):
            yield from self._words(name, question)
        yield from self._words("how", t("How did it come about? Who or what had a share in it?"))
        yield self._some("shares", list(SHARES.items()), draft.shares)
        yield from self._words("why", t("Why does it matter to them?"))
        yield self._asks(t("What is it about?"))
        yield self._some("domains", [(each.key, each.name) for each in self._known.domains], draft.domains)
        yield self._line("something_else", t("Something else: what?"))
        yield self._asks(t("How does the teller feel about it?"))
        faces = [("", t("none")), *((str(number), face) for number, face in FACES)]
        yield self._field(OneOf(faces, [draft.face], key="face", first=0, heard=self._known.heard))

    def _some_tongue(self) -> ComposeResult:
        tongues = [*((key, t(words)) for key, words in TONGUES.items()), (SOMEBODY_ELSE, t("another language"))]
        yield self._one("language", tongues, self._draft.language)
        yield self._line("tongue", t("Which language?"))
        with self._part(Vertical(id="own-words-row")):
            yield Static(t("In their own words and language, if you have them"), markup=False)
            yield self._field(ShortWords(self._draft.own_words, key="own_words"))
            yield self._line("translated_by", t("Who translated? A role, not a name"))

    def _folded(self) -> ComposeResult:
        draft = self._draft
        if not draft.voice_of:
            yield Static(t("A title of a few words"), classes="label", markup=False)
            yield self._line("title")
        yield Static(t("When was it told? Nothing means: today."), classes="label", markup=False)
        yield self._line("told", t("as in 12/03/2026"))
        if not draft.voice_of:
            words = t("Which changes came to mind first? At most five, one to a line.")
            yield Static(words, classes="label", markup=False)
            yield self._field(Words(draft.changes, key="changes"))
        if draft.editing:
            return
        yield Static(t("May it also be used for this?"), classes="label", markup=False)
        for side in ("", PARENT):
            with self._part(Vertical(id=f"purposes-{side or 'own'}")):
                if side:
                    yield Static(t("And according to a parent?"), markup=False)
                for purpose in PURPOSES:
                    with Horizontal(classes="row"):
                        yield Static(capital(t(purpose.label)), classes="beside", markup=False)
                        yield self._consent(_consent_key(purpose, side), purpose, side)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _asks(self, question: str) -> Static:
        self._number += 1
        return Static(f"{self._number}  {question}", classes="label", markup=False)

    def _field(self, field: W) -> W:
        assert field.id is not None
        self.fields[field.id] = field
        return field

    def _part(self, part: W) -> W:
        assert part.id is not None
        self._parts[part.id] = part
        return part

    def _line(self, name: str, hint: str = "") -> ShortLine:
        return self._field(ShortLine(getattr(self._draft, name), placeholder=hint, key=name))

    def _words(self, name: str, question: str) -> ComposeResult:
        yield self._asks(question)
        yield self._field(ShortWords(getattr(self._draft, name), key=name))

    def _one(self, name: str, answers: Sequence[tuple[str, str]], chosen: str) -> OneOf:
        return self._field(OneOf(answers, [chosen], key=name, heard=self._known.heard))

    def _some(self, name: str, answers: Sequence[tuple[str, str]], chosen: Sequence[str]) -> SomeOf:
        marked = [(key, t(words)) for key, words in answers]
        return self._field(SomeOf(marked, chosen, key=name, heard=self._known.heard))

    def _consent(self, name: str, purpose: Purpose, side: str = "") -> OneOf:
        answers = [(each.value, t(words)) for each, words in CONSENTS]
        chosen = [self._draft.consent(purpose, side)]
        cursor = Answer.NOT_ASKED.value
        return self._field(OneOf(answers, chosen, key=name, cursor=cursor, heard=self._known.heard))

    # -- answers ---------------------------------------------------------------------------------------------------

    def read(self, draft: StoryDraft) -> StoryDraft:
        """The answers as they stand on the screen; what is not asked there stays as in `draft`."""
        found: dict[str, object] = {}
        consents = []
        for name, field in self.fields.items():
            if name in _CONSENT_FIELDS:
                purpose, side = _CONSENT_FIELDS[name]
                assert isinstance(field, OneOf)
                if field.value:
                    consents.append((purpose.value, side, field.value))
            elif isinstance(field, SomeOf):
                found[name] = field.chosen
            elif isinstance(field, TextArea):
                found[name] = field.text
            elif isinstance(field, OneOf | FamilyField | Input):
                found[name] = field.value
        if not draft.editing:
            found["consents"] = tuple(consents)
        return replace(draft, **found)  # type: ignore[arg-type]

    def show(self, draft: StoryDraft, *, child: bool) -> None:
        """Show the questions that follow from an answer, and no others."""
        asks_two = not (draft.second or draft.editing or draft.voice_of)
        unasked = len(draft.asked) < 2 if draft.editing else asks_two and NOT_ASKED in (draft.better, draft.harder)
        shown = {
            "role": draft.teller == SOMEBODY_ELSE,
            "reason-row": unasked,
            "reason_words": draft.reason == OTHER,
            "parent-row": child,
            f"purposes-{PARENT}": child,
            "something_else": ELSEWHERE in draft.domains,
            "tongue": draft.language == SOMEBODY_ELSE,
            "own-words-row": draft.language not in ("", "nl"),
        }
        for name, is_shown in shown.items():
            part = self._parts.get(name) or self.fields.get(name)
            if part is not None and part.display != is_shown:
                part.display = is_shown
        tell = self._parts["tell"]
        assert isinstance(tell, Static)
        tell.update(f"{self._told}  {_tell(draft)}", layout=False)


def _tell(draft: StoryDraft) -> str:
    if draft.voice_of:
        return t("What does this voice tell of it?")
    if draft.second:
        return t("Tell what became harder. Feel free to use their own words.")
    if draft.tells_both:
        return t("First tell what became better; what became harder comes next.")
    return t("Tell it. Feel free to use their own words.")


def _consent_key(purpose: Purpose, side: str) -> str:
    return f"consent-{purpose.value}-{side or 'own'}"


_CONSENT_FIELDS = {
    "report": (Purpose.REPORT, ""),
    "parent": (Purpose.REPORT, PARENT),
    **{_consent_key(purpose, side): (purpose, side) for side in ("", PARENT) for purpose in PURPOSES},
}
