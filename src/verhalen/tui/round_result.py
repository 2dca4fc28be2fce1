"""Write down what a panel decided, in two minutes: votes of all members, the choice and why, what others saw."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Select, Static

from verhalen.api.project import Project
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
from verhalen.tui.round_draft import draft_key, dump, load, stored
from verhalen.tui.round_rows import dissent_rows, heading, label, picker, vote_row
from verhalen.tui.weight_list import WeightList

_WHOLE = "-"
"""In the list of points: the round as a whole."""
KEEP_AFTER = 0.5
"""Seconds without typing after which what is typed is kept."""


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
    RoundResult #back { height: 4; }
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
        self._restored = False
        """Whether what stands there was typed before, and never stored."""
        self._waiting: Timer | None = None
        self._kept: set[int] = set()
        """Members whose vote is for a story that may not be read any more: it stays unless they vote anew."""

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
        """The choice that stands on this point, of a story that may still be read."""
        seen = self.project.rounds.read(self._key)
        readable = {each.key for each in seen.readable}
        return next((each for each in round_.choices if each.domain == self._domain and each.story in readable), None)

    async def _build(self) -> None:
        """Compose the form anew, for another point or another choice; what was typed before and not stored comes back."""
        self._building = True
        form = self.query_one("#form", VerticalScroll)
        seen = self.project.rounds.read(self._key, nicknames=self.project.privacy.nicknames())
        readable = {each.key for each in seen.readable}
        voted = [each for each in seen.round.votes if each.domain == self._domain]
        self._kept = {each.member_id for each in voted if each.story not in readable}
        there = stored(seen.round, self._domain, self._choice, readable=readable)
        typed = load(self.project.draft(self._draft))
        self._restored = typed is not None and typed.choice_id == there.choice_id
        async with self.batch():
            await form.remove_children()
            await form.mount_all(list(self._parts(seen, typed if typed and self._restored else there)))
        self._begun = self._now()
        self._building = False
        self._say_standing()
        earlier = t("This is what you typed earlier and did not store. Go on where you stopped.")
        self.query_one("#problem", Static).update(earlier if self._restored else "")
        first = next(iter(form.query(Picker)), None)
        if first is not None:
            first.focus()

    @property
    def _draft(self) -> str:
        return draft_key(self._key, self._domain)

    def _parts(self, seen: Reading, filled: Outcome) -> list[Widget]:
        round_ = seen.round
        stories = [(f"{each.key} {each.told.title if each.told else ''}".strip(), each.key) for each in seen.readable]
        return [
            Horizontal(label(t("What about?")), self._point(seen), classes="row"),
            heading(t("Who votes for which story, and why?")),
            *(vote_row(each, stories, filled) for each in round_.members if each.stopped is None),
            Static(id="standing", markup=False),
            heading(t("Chosen")),
            Horizontal(label(t("Story")), picker(stories, filled.story, t("nothing yet"), "story"), classes="row"),
            heading(t("Why this one, in full sentences")),
            Prose(filled.reason, key="reason"),
            heading(t("What counted, and how much? Space makes it count more.")),
            WeightList(self.project.rounds.criteria(), dict(filled.criteria), key="criteria"),
            Horizontal(Field(placeholder=t("something else that counted"), key="criterion"), classes="row"),
            heading(t("Who sees it otherwise?")),
            *dissent_rows(round_, filled),
            heading(t("What goes back to those who told?")),
            Prose(filled.goes_back, key="back"),
        ]

    def _point(self, seen: Reading) -> Picker:
        """The whole, and every life domain that is voted on or that a candidate is about."""
        names = self.project.rounds.domain_names()
        told = [domain for each in seen.readable if each.told for domain in each.told.domains]
        points = dict.fromkeys(("", *rules.domains_at_stake(seen.round), *told))
        options = [(names.get(each, each) or t("the whole"), each or _WHOLE) for each in points]
        return Picker(options, value=self._domain or _WHOLE, id="point", compact=True, allow_blank=False)

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
        here = [
            each
            for each in self._round.members
            if self.query(f"#vote-{each.id}") and (each.id not in self._kept or self._picked(f"vote-{each.id}"))
        ]
        criteria = list(self.query_one(WeightList).weighed)
        if new := self._typed("criterion"):
            criteria.append((new, 2))
        dissents = []
        number = 0
        while self.query(f"#said-{number}"):
            if body := self._typed(f"said-{number}"):
                dissents.append((self._picked(f"other-{number}"), body))
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
        if self._begun is None or (self._now() == self._begun and not self._restored):
            return ""
        return t("What you wrote down here is not stored yet. Leave all the same?")

    def on_input_changed(self) -> None:
        """Keep it in a moment."""
        self._keep_soon()

    def on_text_area_changed(self) -> None:
        """Keep it in a moment."""
        self._keep_soon()

    def _keep_soon(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = None if self._building else self.set_timer(KEEP_AFTER, self._keep_draft)

    def _keep_draft(self) -> None:
        """What is not stored is kept; nothing where nothing differs."""
        if self._building or self._begun is None:
            return
        key, words = self._draft, dump(self._now()) if self.at_stake else ""
        if words != self.project.draft(key):
            self.write(lambda project: project.keep_draft(key, words))

    def _drop_draft(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        key = self._draft
        if self.project.draft(key):
            self.write(lambda project: project.keep_draft(key, ""))

    def on_select_changed(self, event: Select.Changed) -> None:
        """Another point asks its own questions; another vote may make a tie."""
        if self._building:
            return
        self._keep_soon()
        if event.select.id == "point":
            self._go_to("" if event.value == _WHOLE else str(event.value))
        elif (event.select.id or "").startswith("vote-"):
            self._say_standing()

    def _go_to(self, domain: str) -> None:
        if domain == self._domain:
            return

        def go() -> None:
            self._drop_draft()
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
        day, draft = self.frame.day, self._draft
        if self._waiting is not None:
            self._waiting.stop()

        def store(project: Project) -> None:
            project.rounds.enter(self._key, now, day=day)
            project.keep_draft(draft, "")

        def done(_: None) -> None:
            self.frame.say(t("Stored."))
            if another:
                self._choice = None
                self.run_worker(self._build(), exclusive=True)
            else:
                self._begun = None
                self.frame.go_back()

        self.write(
            store,
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

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self._drop_draft()
                self.frame.go_back()

        self.app.push_screen(question, answered)

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """What is being typed stays."""
