"""Commands of the window of consents."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from verhalen.i18n import mark
from verhalen.model.consent import Answer
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.consent_window import ConsentWindow


class _GiveConsent(Command["ConsentWindow"]):
    """One of the answers, by its digit."""

    answer: ClassVar[Answer]
    shown = False

    def run(self, screen: ConsentWindow) -> None:
        """Store it for the row of the cursor."""
        screen.choose(self.answer)


class ConsentYes(_GiveConsent):
    """Yes."""

    id = "consent-yes"
    key = "1"
    answer = Answer.YES
    title = mark("Yes")
    help = mark("It may be used for this.")


class ConsentNo(_GiveConsent):
    """No."""

    id = "consent-no"
    key = "2"
    answer = Answer.NO
    title = mark("No")
    help = mark("It may not be used for this.")


class ConsentToAsk(_GiveConsent):
    """Nobody asked."""

    id = "consent-to-ask"
    key = "3"
    answer = Answer.NOT_ASKED
    title = mark("To ask")
    help = mark("Nobody asked this yet.")


class ConsentWithdrawn(_GiveConsent):
    """Taken back."""

    id = "consent-withdrawn"
    key = "4"
    answer = Answer.WITHDRAWN
    title = mark("Withdrawn")
    help = mark("There was a yes, and it was taken back.")


class StoreConsent(Command["ConsentWindow"]):
    """The answer under the cursor."""

    id = "store-consent"
    key = "enter,space"
    title = mark("Choose")
    help = mark("Store the answer on which the cursor stands. The digits 1 to 4 do so at once.")

    def run(self, screen: ConsentWindow) -> None:
        """Store it."""
        screen.choose()


class NextConsent(Command["ConsentWindow"]):
    """The next voice, attachment or person."""

    id = "next-consent"
    key = "pagedown,n"
    title = mark("Next one")
    help = mark("Go to the next voice, attachment or person.")

    def possible(self, screen: ConsentWindow) -> bool:
        """There must be several."""
        return screen.several

    def run(self, screen: ConsentWindow) -> None:
        """Go there."""
        screen.go(1)


class EarlierConsent(Command["ConsentWindow"]):
    """The one before."""

    id = "earlier-consent"
    key = "pageup,p"
    title = mark("Previous one")
    help = mark("Go back to the one before.")
    shown = False

    def possible(self, screen: ConsentWindow) -> bool:
        """There must be several."""
        return screen.several

    def run(self, screen: ConsentWindow) -> None:
        """Go there."""
        screen.go(-1)


class WhenAnswered(Command["ConsentWindow"]):
    """Another day."""

    id = "when-answered"
    key = "d"
    title = mark("Day and by whom")
    help = mark("Say on which day it was answered, and who wrote it down.")

    def run(self, screen: ConsentWindow) -> None:
        """Ask."""
        screen.ask_when()


class CloseConsents(Command["ConsentWindow"]):
    """Back to the screen."""

    id = "close-consents"
    key = "escape"
    title = mark("Done")
    help = mark("Close this window; every answer is stored already.")

    def run(self, screen: ConsentWindow) -> None:
        """Close."""
        screen.dismiss(None)


CONSENTS: tuple[type[AnyCommand], ...] = (
    StoreConsent,
    ConsentYes,
    ConsentNo,
    ConsentToAsk,
    ConsentWithdrawn,
    NextConsent,
    EarlierConsent,
    WhenAnswered,
    CloseConsents,
)
