"""Commands of the families screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.joint_families import EveryVoiceOfFamily
from verhalen.tui.commands.signals import NoteSignal, SignalLogHere

if TYPE_CHECKING:
    from verhalen.tui.families_screen import FamiliesScreen


class TellForFamily(Command["FamiliesScreen"]):
    """A story of the family on the right."""

    id = "tell-for-family"
    key = "v"
    title = mark("New story")
    help = mark("Write down a story of this family.")

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Open the form for it."""
        screen.frame.open_story_form(screen.chosen)


class StoriesOfFamily(Command["FamiliesScreen"]):
    """The stories of the family on the right."""

    id = "stories-of-family"
    key = "l"
    title = mark("Its stories")
    help = mark("Read the stories of this family.")

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Open the stories, filtered."""
        screen.frame.open_stories(find=screen.chosen or "")


class FindFamily(Command["FamiliesScreen"]):
    """To the field."""

    id = "find-family"
    key = "f"
    title = mark("Find a family")
    help = mark("Go to the field above the list, to find a family by code, town or coach.")

    def run(self, screen: FamiliesScreen) -> None:
        """Put the cursor there."""
        screen.query_one("Field").focus()


class NicknameFamily(Command["FamiliesScreen"]):
    """A name that only the people here see."""

    id = "nickname-family"
    key = "b"
    title = mark("Nickname")
    help = mark(
        "Show a nickname beside the code of this family, on computers that hold the key only. It is never stored in the "
        "project and never stands in a report."
    )

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Ask it."""
        screen.ask_nickname()


class MemosOfFamily(Command["FamiliesScreen"]):
    """What was thought about the family on the right."""

    id = "memos-of-family"
    key = "m"
    title = mark("Memos")
    help = mark("Read memos, and write one about this family.")

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Open the list."""
        screen.open_memos()


class NoteContact(Command["FamiliesScreen"]):
    """A contact in three keys."""

    id = "note-contact"
    key = "c"
    title = mark("Contact")
    help = mark(
        "Note a contact: C, a digit for what it was, Enter. Today and with the family, unless you say otherwise."
    )

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Open the window."""
        screen.act(screen.acts.note_contact)


class ChangeFamily(Command["FamiliesScreen"]):
    """Something is different."""

    id = "change-family"
    key = "w"
    title = mark("Change")
    help = mark(
        "Somebody comes or leaves, support starts or ends, the family moves, or something else that is noted changes."
    )

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Choose what."""
        screen.act(screen.acts.change)


class NewFamily(Command["FamiliesScreen"]):
    """One more."""

    id = "new-family"
    key = "n"
    title = mark("New family")
    help = mark("Write down a new family, under a code.")

    def run(self, screen: FamiliesScreen) -> None:
        """Ask for it."""
        screen.acts.new_family()


class AllTogether(Command["FamiliesScreen"]):
    """The whole service."""

    id = "all-together"
    key = "g"
    title = mark("All families")
    help = mark(
        "See how the families are doing all together: better, the same, not looked at again or worse, per part of life."
    )

    def run(self, screen: FamiliesScreen) -> None:
        """Open the screen."""
        screen.frame.open_service()


class ReadContacts(Command["FamiliesScreen"]):
    """All of them."""

    id = "read-contacts"
    key = "k"
    title = mark("All contacts")
    help = mark("Read all contacts with this family.")
    shown = False

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Open the window."""
        screen.act(screen.acts.read_contacts)


class PutOffSnapshot(Command["FamiliesScreen"]):
    """Not now."""

    id = "put-off-snapshot"
    key = "u"
    title = mark("Snapshot later")
    help = mark("Leave this family off the list of families that wait for a snapshot, with a reason and until a day.")
    shown = False

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Ask why."""
        screen.act(screen.acts.put_off)


class ReadInFamilies(Command["FamiliesScreen"]):
    """From another program."""

    id = "read-in-families"
    key = "i"
    title = mark("Read in a table")
    help = mark("Read families, people, support or contacts in from a table; first you see what every column means.")
    shown = False

    def run(self, screen: FamiliesScreen) -> None:
        """Ask for the file."""
        screen.read_in()


class FormForParents(Command["FamiliesScreen"]):
    """On paper."""

    id = "form-for-parents"
    key = "p"
    title = mark("Form for parents")
    help = mark("Make the sheet that a parent of this family fills in: in which language, and about what.")
    shown = False

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Ask what stands on it."""
        screen.act(screen.acts.make_form)


class ReadForm(Command["FamiliesScreen"]):
    """It came back."""

    id = "read-form"
    key = "r"
    title = mark("Read in a form")
    help = mark("Read in a form that a parent filled in; first you see what it says.")
    shown = False

    def run(self, screen: FamiliesScreen) -> None:
        """Ask for the file."""
        screen.acts.read_form()


class ManageAttributes(Command["FamiliesScreen"]):
    """What is noted beside the code."""

    id = "manage-attributes"
    key = "e"
    title = mark("What is noted")
    help = mark(
        "Make, rename or take away what is noted of families, and say what its values are: a list, a number, a day."
    )
    shown = False

    def possible(self, screen: FamiliesScreen) -> bool:
        """Something must be allowed to be stored."""
        return not screen.project.read_only_reason

    def run(self, screen: FamiliesScreen) -> None:
        """Choose which."""
        screen.acts.manage()


class SnapshotOfFamily(Command["FamiliesScreen"]):
    """A new snapshot of the family on the right."""

    id = "snapshot-of-family"
    key = "o"
    title = mark("Snapshot")
    help = mark("Take a snapshot of this family: what changed, and what did not. Or finish one that you left halfway.")

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family, and something must be allowed to be stored."""
        return screen.chosen is not None and not screen.project.read_only_reason

    def run(self, screen: FamiliesScreen) -> None:
        """Choose which, and begin."""
        if screen.chosen is not None:
            screen.frame.open_snapshot(screen.chosen)


class UnfinishedSnapshot(SnapshotOfFamily):
    """The one that was left halfway: it takes the place of a new one in the key bar."""

    id = "unfinished-snapshot"
    title = mark("Snapshot not finished yet")
    help = mark("Finish the snapshot of this family that you left halfway, or begin another one.")

    def possible(self, screen: FamiliesScreen) -> bool:
        """Only where there is one."""
        return screen.chosen is not None and bool(screen.project.snapshots.unfinished(screen.chosen))


class ConsentsOfFamily(Command["FamiliesScreen"]):
    """What they agreed to."""

    id = "consents-of-family"
    key = "t"
    title = mark("Consent")
    help = mark("Write down what everybody of this family agreed to, in stories and conversations.")

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Open the window."""
        screen.acts.consents(screen.chosen or "")


class WithdrawFamily(Command["FamiliesScreen"]):
    """The family or one of its people goes for good."""

    id = "withdraw-family"
    key = "x"
    title = mark("Withdraw")
    help = mark("Take away everywhere what this family or one of its people told. You see first what goes.")

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Ask."""
        screen.acts.withdraw(screen.chosen or "")


FAMILIES: tuple[type[AnyCommand], ...] = (
    UnfinishedSnapshot,
    SnapshotOfFamily,
    NoteContact,
    ChangeFamily,
    NewFamily,
    TellForFamily,
    StoriesOfFamily,
    AllTogether,
    FindFamily,
    MemosOfFamily,
    NicknameFamily,
    ReadContacts,
    ReadInFamilies,
    FormForParents,
    ReadForm,
    ManageAttributes,
    PutOffSnapshot,
    EveryVoiceOfFamily,
    NoteSignal,
    SignalLogHere,
    ConsentsOfFamily,
    WithdrawFamily,
)
