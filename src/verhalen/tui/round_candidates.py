"""Which stories a panel will read: all of the period with a box before each, and rules that tick them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.model.selecting import CandidateRule, Rule
from verhalen.msc.candidates import WHY, CandidatePlan
from verhalen.msc.round_reading import Card, Reading
from verhalen.msc.round_words import remarks
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.round_windows import CANDIDATES
from verhalen.tui.dialogs import ask_line, choose
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.reading_window import ReadingWindow
from verhalen.tui.round_domains import DomainsWindow
from verhalen.tui.round_story import candidate_page
from verhalen.tui.tick_list import TickList


class RoundCandidates(CommandScreen[None]):
    """The candidates of one round."""

    COMMAND_CLASSES = CANDIDATES
    HELP_TITLE: ClassVar[str] = mark("Which stories?")
    HELP_TEXT: ClassVar[str] = mark(
        "Here stand the stories of the period. A cross before a story means that the panel will read it. Tick them yourself, "
        "or let a rule find them; then there is always one of something that became harder, if there is any. What a teller "
        "refused cannot be ticked."
    )
    DEFAULT_CSS = """
    RoundCandidates #about { padding: 0 2; height: auto; }
    RoundCandidates TickList { height: 1fr; }
    """

    def __init__(self, key: str, *, by_domain: bool = False) -> None:
        """`by_domain` asks at once about which life domains."""
        super().__init__()
        self._key = key
        self._by_domain = by_domain
        self._seen: Reading | None = None

    def body(self) -> ComposeResult:
        """What is ticked, and the list."""
        yield Static(id="about", markup=False)
        yield TickList()

    def on_mount(self) -> None:
        """Fill the list."""
        self.reload()
        self.query_one(TickList).focus()
        if self._by_domain:
            self._with_rule(Rule.DOMAIN)

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Look again; the cursor stays on its story."""
        try:
            seen = self.project.rounds.shelf(self._key, nicknames=self.project.privacy.nicknames())
        except errors.UnknownRound:  # an undo took it away
            self.frame.go_back()
            return
        here = self.card.key if self.card else None
        self._seen = seen
        options = self.query_one(TickList)
        nothing = t("No story falls in this period. Change the period of the round.")
        options.clear_options().add_options(
            [Option(self._line(each)) for each in seen.cards] or [Option(nothing, disabled=True)]
        )
        keys = [each.key for each in seen.cards]
        if keys:
            options.highlighted = keys.index(here) if here in keys else 0
        self.query_one("#about", Static).update(self._about(seen))
        self.refresh_bindings()

    def _about(self, seen: Reading) -> str:
        round_ = seen.round
        said = tn("{n} story for the panel", "{n} stories for the panel", len(round_.candidates))
        if round_.rule.seed is not None:
            said += f" · {t('drawn with the seed {seed}', seed=round_.rule.seed)}"
        harder = any(each.candidate.why and each.told and each.told.answer.value == "negatief" for each in seen.cards)
        if round_.candidates and not harder:
            said += "\n" + t("Mind: none of these stories tells of something that became harder.")
        return f"{round_.key}  {round_.title} · {said}"

    @staticmethod
    def _line(card: Card) -> Content:
        told, why = card.told, card.candidate.why
        box = "[x] " if why else "[ ] "
        head = Content(f"{box}{card.key}  ").stylize("bold")
        facts = [told.title, t(told.answer.label), tn("{n} word", "{n} words", told.words)] if told else []
        if why:
            facts.append(t(WHY.get(why, why)))
        minded = "".join(f"\n      ! {each}" for each in remarks(card))
        return Content.assemble(head, " · ".join(facts), Content(minded).stylize("$text-muted"))

    @property
    def card(self) -> Card | None:
        """On the line of the cursor."""
        at = self.query_one(TickList).highlighted
        return self._seen.cards[at] if self._seen and at is not None and at < len(self._seen.cards) else None

    def on_option_list_option_highlighted(self) -> None:
        """Another story, other keys."""
        self.refresh_bindings()

    def on_option_list_option_selected(self) -> None:
        """Enter or a click behind the box reads."""
        self.read()

    def on_tick_list_box_clicked(self) -> None:
        """A click on the box."""
        self.tick()

    def tick(self) -> None:
        """In or out."""
        card = self.card
        if card is None or card.told is None:
            return
        if card.candidate.why:
            self.write(lambda project: project.rounds.remove_candidates(self._key, [card.key]))
        else:
            self.write(lambda project: project.rounds.add_candidates(self._key, [card.key]))

    def read(self) -> None:
        """The words."""
        if self.card is not None:
            self.app.push_screen(ReadingWindow(candidate_page(self.card, self.project.rounds.domain_names())))

    # -- rules -------------------------------------------------------------------------------------------------------

    def choose_rule(self) -> None:
        """Ask which rule, and what it needs."""
        rules = [(each.value, t(each.label)) for each in Rule if each is not Rule.BY_HAND]
        choose(self, t("How are the stories found?"), rules, self._with_rule)

    def _with_rule(self, value: str) -> None:
        rule = Rule(value)
        if rule is Rule.RANDOM:
            ask_line(self, t("How many stories are drawn?"), self._draw, "6")
        elif rule is Rule.DOMAIN:
            self.app.push_screen(DomainsWindow(self.project.rounds.domain_names()), self._by_domains)
        else:
            self._find(CandidateRule(rule))

    def _draw(self, number: str) -> None:
        if number.strip().isdecimal():
            self._find(CandidateRule(Rule.RANDOM, number=int(number)))
        else:
            self.frame.say(t("Write a number, as in 6."), severity="warning")

    def _by_domains(self, domains: tuple[str, ...] | None) -> None:
        if domains:
            self._find(CandidateRule(Rule.DOMAIN, domains=domains))

    def _find(self, rule: CandidateRule) -> None:
        def done(plan: CandidatePlan) -> None:
            found = tn("{n} story found.", "{n} stories found.", len(plan.candidates))
            self.frame.say(" ".join((found, *plan.notices)))

        self.write(lambda project: project.rounds.find_candidates(self._key, rule), done)
