"""Write down what a panel decided, in two minutes: votes of all members, the choice and why, what others saw."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Select, Static
from textual.widgets.select import NoSelection

from verhalen.api.round_choosing import Outcome
from verhalen.i18n import mark, t
from verhalen.model.selecting import Choice, SelectionRound
from verhalen.msc import selecting as rules
from verhalen.msc.round_reading import Reading
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.round_windows import RESULT
from verhalen.tui.dialogs import yes_or_no
from verhalen.tui.fields import Field, Picker, Prose
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.weight_list import WeightList

_WHOLE = "-"
"""In the list of points: the round as a whole."""
_MORE_DISSENT = 2
"""Empty lines for who sees it otherwise."""


class RoundResult(CommandScreen[None]):
    """The form of one round, for the whole or one life domain at a time."""

    COMMAND_CLASSES = RESULT
    AUTO_FOCUS = ""
    UNDOES_PROJECT = False
    HELP_TITLE: ClassVar[str] = mark("What was decided")
    HELP_TEXT: ClassVar[str] = mark(
        "Fill in who voted for which story, and perhaps why. Then what was chosen, and the reason in at least one full sentence. "
        "Who sees it otherwise is kept beside it. A tie is no problem: choose together, and say why. Tab goes on; ctrl+s "
        "stores all of it at once."
    )
    DEFAULT_CSS = """
    RoundResult #form { height: 1fr; padding: 0 1; }
    RoundResult #form > * { max-width: 110; }
    RoundResult .row { height: 1; }
    RoundResult .who { width: 20; padding-right: 1; }
    RoundResult Picker { width: 30; }
    RoundResult .row Field { width: 1fr; }
    RoundResult Prose { height: 5; }
    RoundResult .short { height: 4; }
    RoundResult #standing, RoundResult #problem { height: auto; }
    RoundResult #problem { color: $text-warning; padding: 0 1; }
    """

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._domain = ""
        self._choice: Choice | None = None
        """Which stands in the form; None where it is a new one."""
        self._begun: Outcome | None = None
        """What stood there when the form was filled: what differs is not stored yet."""
        self._building = False

    # -- the form ----------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """What is asked, filled with what is known."""
        yield VerticalScroll(id="form", can_focus=False)
        yield Static(id="problem", markup=False)

    def on_mount(self) -> None:
        """Begin with the point that is still open."""
        round_ = self._round
        chosen = {each.domain for each in round_.choices}
        points = rules.domains_at_stake(round_)
        self._domain = next((each for each in points if each not in chosen), points[0])
        self._choice = self._first_choice(round_)
        self.run_worker(self._build(), exclusive=True)

    @property
    def _round(self) -> SelectionRound:
        return self.project.rounds.get(self._key)

    def _first_choice(self, round_: SelectionRound) -> Choice | None:
        return next((each for each in round_.choices if each.domain == self._domain), None)

    async def _build(self) -> None:
        """Compose the form anew, for another point or another choice."""
        self._building = True
        form = self.query_one("#form", VerticalScroll)
        seen = self.project.rounds.read(self._key, nicknames=self.project.privacy.nicknames())
        async with self.batch():
            await form.remove_children()
            await form.mount_all(list(self._parts(seen)))
        self._begun = self._now()
        self._building = False
        self._say_standing()
        first = next(iter(form.query(Picker)), None)
        if first is not None:
            first.focus()

    def _parts(self, seen: Reading) -> list[Widget]:
        round_, names = seen.round, self.project.rounds.domain_names()
        stories = [(f"{each.key} {each.told.title if each.told else ''}".strip(), each.key) for each in seen.readable]
        parts: list[Widget] = []
        at_stake = rules.domains_at_stake(round_)
        domains = dict.fromkeys((*at_stake, *(d for each in seen.readable if each.told for d in each.told.domains)))
        points = [(names.get(each, each) or t("the whole"), each or _WHOLE) for each in dict.fromkeys(("", *domains))]
        point = Picker(points, value=self._domain or _WHOLE, id="point", compact=True, allow_blank=False)
        parts.append(Horizontal(_label(t("What about?")), point, classes="row"))
        parts.append(Static(t("Who votes for which story, and why?"), classes="label", markup=False))
        votes = {each.member_id: each for each in round_.votes if each.domain == self._domain}
        for member in round_.members:
            if member.stopped is not None:
                continue
            vote = votes.get(member.id)
            picker = Picker(
                stories, prompt=t("no vote"), value=_known(vote.story if vote else "", stories),
                id=f"vote-{member.id}", compact=True,
            )  # fmt: skip
            why = Field(vote.argument if vote else "", placeholder=t("why"), key=f"why-{member.id}")
            parts.append(Horizontal(_label(member.name), picker, why, classes="row"))
        parts.append(Static(id="standing", markup=False))
        choice = self._choice
        parts.append(Static(t("Chosen"), classes="label", markup=False))
        chosen = Picker(
            stories, prompt=t("nothing yet"), value=_known(choice.story if choice else "", stories),
            id="story", compact=True,
        )  # fmt: skip
        parts.append(Horizontal(_label(t("Story")), chosen, classes="row"))
        parts.append(Static(t("Why this one, in full sentences"), classes="label", markup=False))
        parts.append(Prose(choice.reason if choice else "", key="reason"))
        parts.append(Static(t("What counted, and how much? Space makes it count more."), classes="label", markup=False))
        weights = dict(choice.criteria) if choice else {}
        parts.append(WeightList(self.project.rounds.criteria(), weights, key="criteria"))
        parts.append(Horizontal(Field(placeholder=t("something else that counted"), key="criterion"), classes="row"))
        parts.append(Static(t("Who sees it otherwise?"), classes="label", markup=False))
        said = [(each.member_id, each.body) for each in round_.dissents if choice and each.choice_id == choice.id]
        people = [(each.name, str(each.id)) for each in round_.members]
        for number, (member_id, body) in enumerate([*said, *[(None, "")] * _MORE_DISSENT]):
            who = Picker(
                people, prompt=t("somebody"), value=str(member_id) if member_id else Select.NULL,
                id=f"other-{number}", compact=True,
            )  # fmt: skip
            parts.append(
                Horizontal(who, Field(body, placeholder=t("what, and why"), key=f"said-{number}"), classes="row")
            )
        parts.append(Static(t("What goes back to those who told?"), classes="label", markup=False))
        back = Prose(choice.goes_back if choice else "", key="back")
        back.add_class("short")
        parts.append(back)
        return parts

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter adds a criterion; in other lines it goes on."""
        event.stop()
        if event.input.id == "criterion" and (name := self._typed("criterion")):
            self.query_one(WeightList).add(name)
            event.input.value = ""
        else:
            self.focus_next()

    # -- what stands there -------------------------------------------------------------------------------------------

    def _now(self) -> Outcome:
        """What stands in the form."""
        here = [each for each in self._round.members if each.stopped is None and self.query(f"#vote-{each.id}")]
        criteria = list(self.query_one(WeightList).weighed)
        if new := self._typed("criterion"):
            criteria.append((new, 2))
        names = {str(each.id): each.name for each in self._round.members}
        dissents = []
        number = 0
        while self.query(f"#said-{number}"):
            if body := self._typed(f"said-{number}"):
                dissents.append((names.get(self._picked(f"other-{number}"), ""), body))
            number += 1
        return Outcome(
            domain=self._domain,
            votes={each.name: self._picked(f"vote-{each.id}") for each in here},
            arguments={each.name: self._typed(f"why-{each.id}") for each in here},
            story=self._picked("story"),
            choice_id=self._choice.id if self._choice else 0,
            reason=self.query_one("#reason", Prose).text.strip(),
            criteria=tuple(criteria),
            goes_back=self.query_one("#back", Prose).text.strip(),
            dissents=tuple(dissents),
        )

    def _picked(self, name: str) -> str:
        value = self.query_one(f"#{name}", Picker).value
        return "" if value is Select.NULL else str(value)

    def _typed(self, name: str) -> str:
        return " ".join(self.query_one(f"#{name}", Field).value.split())

    @property
    def at_stake(self) -> str:
        """What is lost where the screen is closed now."""
        if self._begun is None or self._now() == self._begun:
            return ""
        return t("What you wrote down here is not stored yet. Leave all the same?")

    def on_select_changed(self, event: Select.Changed) -> None:
        """Another point asks its own questions; another vote may make a tie."""
        if self._building:
            return
        if event.select.id == "point":
            self._go_to("" if event.value == _WHOLE else str(event.value))
        elif (event.select.id or "").startswith("vote-"):
            self._say_standing()

    def _go_to(self, domain: str) -> None:
        if domain == self._domain:
            return

        def go() -> None:
            self._domain = domain
            self._choice = self._first_choice(self._round)
            self.run_worker(self._build(), exclusive=True)

        def answered(answer: str | None) -> None:
            if answer == "yes":
                go()
            else:
                self.query_one("#point", Picker).value = self._domain or _WHOLE

        if self.at_stake:
            self.app.push_screen(yes_or_no(self.at_stake, yes=t("Leave all the same"), no=t("Stay here")), answered)
        else:
            go()

    def _say_standing(self) -> None:
        """Count the votes as they stand in the form, and say a tie."""
        counted: dict[str, int] = {}
        for member in self._round.members:
            story = self._picked(f"vote-{member.id}") if self.query(f"#vote-{member.id}") else ""
            if story:
                counted[story] = counted.get(story, 0) + 1
        most = max(counted.values(), default=0)
        first = [story for story, votes in counted.items() if votes == most]
        said = ", ".join(f"{story} {votes}" for story, votes in sorted(counted.items(), key=lambda each: -each[1]))
        line = t("Votes: {votes}", votes=said) if said else ""
        if len(first) > 1:
            line += "\n" + t("A tie: {keys}. Choose together, and say why.", keys=", ".join(first))
        self.query_one("#standing", Static).update(line)

    # -- storing and leaving -----------------------------------------------------------------------------------------

    def keep(self, *, another: bool = False) -> None:
        """Store all that stands there; what is wrong is said, and everything stays."""
        now = self._now()
        problem = self._problem(now)
        self.query_one("#problem", Static).update(problem)
        if problem:
            if now.story and rules.reason_problem(now.reason):
                field = self.query_one("#reason", Prose)
                field.focus()
                field.move_cursor(field.document.end)
            return
        day = self.frame.day

        def done(_: object) -> None:
            self.frame.say(t("Stored."))
            if another:
                self._choice = None
                self.run_worker(self._build(), exclusive=True)
            else:
                self._begun = None
                self.frame.go_back()

        self.write(
            lambda project: project.rounds.enter(self._key, now, day=day),
            done,
            lambda error: self.query_one("#problem", Static).update(str(error)),
        )

    @staticmethod
    def _problem(now: Outcome) -> str:
        votes = now.votes or {}
        for name, argument in (now.arguments or {}).items():
            if argument and not votes.get(name):
                return t("For which story does {name} say that? Choose a vote beside it.", name=name)
        if now.story:
            return rules.reason_problem(now.reason)
        if now.reason or now.dissents:
            return t("Which story was chosen? Without one the reason has no place yet.")
        return ""

    def leave(self) -> None:
        """Back, after a question where something is not stored."""
        lost = self.at_stake
        if not lost:
            self.frame.go_back()
            return
        question = yes_or_no(lost, yes=t("Leave all the same"), no=t("Stay here"))
        self.app.push_screen(question, lambda answer: self.frame.go_back() if answer == "yes" else None)

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """What is being typed stays."""


def _label(words: str, kind: str = "who") -> Static:
    return Static(words, classes=kind, markup=False)


def _known(value: str, stories: list[tuple[str, str]]) -> str | NoSelection:
    return value if any(key == value for _, key in stories) else Select.NULL
