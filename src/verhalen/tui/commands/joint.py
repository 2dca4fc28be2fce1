"""Commands of the screen with numbers and stories side by side, and the ways to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command, CommandScreen

if TYPE_CHECKING:
    from verhalen.tui.joint_row import JointRowScreen
    from verhalen.tui.joint_screen import JointScreen
    from verhalen.tui.place_screen import PlaceScreen
    from verhalen.tui.service_screen import ServiceScreen


class SideBySide(Command[CommandScreen[Any]]):
    """From everywhere, by the palette."""

    id = "side-by-side"
    title = mark("Numbers and stories side by side")
    help = mark(
        "See per part of life what was counted beside what was told, and write down what you say of it as a team."
    )
    shown = False

    def run(self, screen: CommandScreen[Any]) -> None:
        """Open it."""
        screen.frame.if_safe(screen.frame.open_joint)


class SideBySideHere(SideBySide):
    """Where it is close at hand it has a key, and fewer words for the bar."""

    key = "n"
    shown = True
    title = mark("Stories beside it")

    def run(self, screen: CommandScreen[Any]) -> None:
        """Open it, by the instrument that is looked at."""
        screen.frame.open_joint(cast("ServiceScreen", screen).instrument)


class _OnRow(Command["JointScreen"]):
    """A command about the row of the cursor."""

    def possible(self, screen: JointScreen) -> bool:
        """There must be a row."""
        return screen.row is not None


class _OnJoint(Command["JointScreen"]):
    """A command about what was counted."""

    def possible(self, screen: JointScreen) -> bool:
        """Something must have been counted."""
        return screen.joint is not None


class BehindRow(_OnRow):
    """Everything behind a row."""

    id = "behind-row"
    key = "b"
    title = mark("Behind it")
    help = mark(
        "See the families, stories and fragments behind this row, and what was said of it before. Enter does the same."
    )

    def run(self, screen: JointScreen) -> None:
        """Open it."""
        screen.see_row()


class LooksLike(_OnRow):
    """The suggestion, never by itself."""

    id = "looks-like"
    key = "l"
    title = mark("What does it look like?")
    help = mark("See what the program makes of this row, once you have looked yourself. The same key hides it again.")

    def run(self, screen: JointScreen) -> None:
        """Show or hide it."""
        screen.look()


class WriteVerdict(_OnRow):
    """What the team says."""

    id = "write-verdict"
    key = "v"
    title = mark("Write it down")
    help = mark("Choose how numbers and words stand to each other, and write one sentence that says why.")

    def possible(self, screen: JointScreen) -> bool:
        """Not where nothing can be stored."""
        return super().possible(screen) and not screen.project.read_only_reason

    def run(self, screen: JointScreen) -> None:
        """Ask."""
        screen.decide()


class GroupOrDomain(_OnJoint):
    """Groups of life domains, or each apart."""

    id = "group-or-domain"
    key = "g"
    title = mark("Group or domain")
    help = mark("A row per group of life domains, or per life domain.")

    def run(self, screen: JointScreen) -> None:
        """Turn."""
        screen.turn()


class SeeApart(_OnJoint):
    """Family by family."""

    id = "see-families-apart"
    key = "t"
    title = mark("Contradictions")
    help = mark("Work through the families that tell one thing while their scores say another.")

    def run(self, screen: JointScreen) -> None:
        """Open the list."""
        screen.frame.open_apart(screen.asked)


class SeeFactors(_OnJoint):
    """J5."""

    id = "see-factors"
    key = "k"
    title = mark("What helps")
    help = mark("See who names what helps or stands in the way, with which parts of life, and who never does.")

    def run(self, screen: JointScreen) -> None:
        """Open it."""
        screen.see_factors()


class SeeThemes(_OnJoint):
    """J2."""

    id = "see-themes"
    key = "c"
    title = mark("Codes by how it went")
    help = mark("For researchers: see who tells of each code, by how it went with the family.")
    shown = False

    def run(self, screen: JointScreen) -> None:
        """Open it."""
        screen.see_themes()


class SeeCrosswalk(_OnJoint):
    """J4."""

    id = "see-crosswalk"
    key = "q"
    title = mark("Questions beside codes")
    help = mark("For planning: see which questions, codes, stories and lines of your theory of change belong together.")
    shown = False

    def run(self, screen: JointScreen) -> None:
        """Open it."""
        screen.see_crosswalk()


class ExportJoint(_OnJoint):
    """To a file."""

    id = "export-display"
    key = "x"
    title = mark("Save as a file")
    help = mark("Save what you see as a picture, as a table for Excel, or as CSV. For inside: nothing is masked.")

    def run(self, screen: JointScreen) -> None:
        """Ask which."""
        screen.export()


class JointApart(_OnJoint):
    """Adults and children in rows of their own."""

    id = "adults-apart"
    key = "a"
    title = mark("Adults and children apart")
    help = mark("Give adults and children rows of their own, or take them together again.")
    shown = False

    def run(self, screen: JointScreen) -> None:
        """Turn."""
        screen.turn_apart()


class JointInstrument(Command["JointScreen"]):
    """By another instrument."""

    id = "joint-instrument"
    key = "i"
    title = mark("Other instrument")
    help = mark("Count by another instrument.")

    def run(self, screen: JointScreen) -> None:
        """Choose it."""
        screen.choices.instrument()


class JointPeriod(_OnJoint):
    """Of which year."""

    id = "joint-period"
    key = "p"
    title = mark("Period")
    help = mark("Look at one year only, or at all time.")

    def run(self, screen: JointScreen) -> None:
        """Choose it."""
        screen.ask_period()


class JointRule(_OnJoint):
    """How the persons of a family make one value."""

    id = "joint-rule"
    key = "r"
    title = mark("Rule")
    help = mark("Count by another rule for the persons of a family: the lowest, the middle, the best.")

    def run(self, screen: JointScreen) -> None:
        """Choose it."""
        screen.choices.rule()


class JointAssessor(_OnJoint):
    """Judged by whom."""

    id = "joint-assessor"
    key = "j"
    title = mark("Judged by")
    help = mark("Count what the coach, the family, a parent, a child or another service judged. They are never mixed.")
    shown = False

    def run(self, screen: JointScreen) -> None:
        """Choose it."""
        screen.choices.assessor()


class JointWindow(_OnJoint):
    """Which second moment."""

    id = "joint-window"
    key = "w"
    title = mark("Window")
    help = mark("Take a narrower or wider window around the second moment. You see first how many families that moves.")

    def run(self, screen: JointScreen) -> None:
        """Choose it."""
        screen.choices.window()


JOINT: tuple[type[AnyCommand], ...] = (
    *(WriteVerdict, LooksLike, BehindRow, SeeApart, GroupOrDomain, SeeFactors),
    *(
        ExportJoint,
        JointPeriod,
        JointInstrument,
        JointWindow,
        JointRule,
        JointAssessor,
        JointApart,
        SeeThemes,
        SeeCrosswalk,
    ),
)


class GoThere(Command["PlaceScreen"]):
    """To what the line stands for."""

    id = "go-there"
    key = "o"
    title = mark("Open it")
    help = mark(
        "Open the families, the story or the place in the text of this line. Enter does the same; esc comes back."
    )

    def possible(self, screen: PlaceScreen) -> bool:
        """The line must lead somewhere."""
        return screen.here is not None and bool(screen.here.key)

    def run(self, screen: PlaceScreen) -> None:
        """Go."""
        screen.go()


class _OnBehind(Command["JointRowScreen"]):
    """A command about the row that is shown."""

    def possible(self, screen: JointRowScreen) -> bool:
        """It must have been read."""
        return screen.row is not None


class LooksLikeHere(_OnBehind):
    """The suggestion, never by itself."""

    id = LooksLike.id
    key = LooksLike.key
    title = LooksLike.title
    help = LooksLike.help

    def run(self, screen: JointRowScreen) -> None:
        """Show or hide it."""
        screen.look()


class WriteVerdictHere(_OnBehind):
    """What the team says."""

    id = WriteVerdict.id
    key = WriteVerdict.key
    title = WriteVerdict.title
    help = WriteVerdict.help

    def possible(self, screen: JointRowScreen) -> bool:
        """Not where nothing can be stored."""
        return super().possible(screen) and not screen.project.read_only_reason

    def run(self, screen: JointRowScreen) -> None:
        """Ask."""
        screen.decide()


JOINT_ROW: tuple[type[AnyCommand], ...] = (GoThere, WriteVerdictHere, LooksLikeHere)
TOLD: tuple[type[AnyCommand], ...] = (GoThere,)
