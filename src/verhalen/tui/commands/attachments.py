"""Commands of the window of attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.attachments_window import AttachmentsWindow


class AttachFile(Command["AttachmentsWindow"]):
    """Another file."""

    id = "attach-file"
    key = "a"
    title = mark("Add one")
    help = mark("Choose a photo, drawing or sound of the teller and keep it with the story.")

    def run(self, screen: AttachmentsWindow) -> None:
        """Choose."""
        screen.attach()


class _OnAttachment(Command["AttachmentsWindow"]):
    """Something about the line of the cursor."""

    def possible(self, screen: AttachmentsWindow) -> bool:
        """There must be one."""
        return screen.chosen is not None


class OpenAttachment(_OnAttachment):
    """See or hear it."""

    id = "open-attachment"
    key = "o"
    title = mark("Open")
    help = mark("Open the file in another program on this computer, after a question.")

    def run(self, screen: AttachmentsWindow) -> None:
        """Open it."""
        screen.open_it()


class ConsentForAttachment(_OnAttachment):
    """Whether it may leave."""

    id = "consent-for-attachment"
    key = "t"
    title = mark("Consent")
    help = mark("Write down whether it may be used as image or sound.")

    def run(self, screen: AttachmentsWindow) -> None:
        """Ask."""
        screen.ask_consent()


class DescribeAttachment(_OnAttachment):
    """In words."""

    id = "describe-attachment"
    key = "d"
    title = mark("Describe")
    help = mark("Say in words what can be seen or heard.")

    def run(self, screen: AttachmentsWindow) -> None:
        """Ask."""
        screen.describe()


class DetachFile(_OnAttachment):
    """Away from the story."""

    id = "detach-file"
    key = "x"
    title = mark("Take away")
    help = mark("Take it away from the story; undo brings it back.")

    def run(self, screen: AttachmentsWindow) -> None:
        """Take it away."""
        screen.detach()


class CloseAttachments(Command["AttachmentsWindow"]):
    """Back to the story."""

    id = "close-attachments"
    key = "escape"
    title = mark("Done")
    help = mark("Close this window.")

    def run(self, screen: AttachmentsWindow) -> None:
        """Close."""
        screen.dismiss(None)


ATTACHMENTS: tuple[type[AnyCommand], ...] = (
    AttachFile,
    OpenAttachment,
    ConsentForAttachment,
    DescribeAttachment,
    DetachFile,
    CloseAttachments,
)
