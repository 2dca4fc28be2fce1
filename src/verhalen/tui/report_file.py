"""A report source on disk, while it is open in the app: stored whole or not at all, and never over somebody else's words."""

from __future__ import annotations

from pathlib import Path

from verhalen import errors
from verhalen.i18n import t
from verhalen.store.whole_file import write_whole


class ReportFile:
    """One file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known = b""
        """What stood in it when it was last read or stored."""
        self._ends = "\n"

    def read(self) -> str:
        """Its text, with plain ends of lines. Raises UnreadableFile."""
        try:
            self._known = self.path.read_bytes()
            text = self._known.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise errors.UnreadableFile(
                file=self.path.name, reason=t("it is not saved as plain text in UTF-8")
            ) from None
        except OSError as error:
            reason = t("it is not there") if isinstance(error, FileNotFoundError) else t("the computer does not let me")
            raise errors.UnreadableFile(file=self.path.name, reason=reason) from error
        self._ends = "\r\n" if "\r\n" in text else "\n"
        return text.replace("\r\n", "\n")

    def keep(self, text: str) -> Path | None:
        """Store the text if it differs. Raises CannotWrite.

        Where another program changed the file meanwhile, that version is put beside it first; gives where it stands.
        """
        content = text.replace("\n", self._ends).encode("utf-8")
        if content == self._known:
            return None
        try:
            other = self._put_aside()
        except OSError as error:
            raise errors.CannotWrite(file=self.path.name, reason=errors.why_not_written(error)) from error
        write_whole(self.path, content)
        self._known = content
        return other

    def _put_aside(self) -> Path | None:
        """What somebody else wrote, beside the file under a name of its own; None where nobody did."""
        try:
            now = self.path.read_bytes()
        except FileNotFoundError:
            return None
        if now == self._known:
            return None
        number = 2
        while (other := self.path.with_name(f"{self.path.stem} ({number}){self.path.suffix}")).exists():
            number += 1
        other.write_bytes(now)
        return other
