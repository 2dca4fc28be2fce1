"""What the screen of suggestions reads from the project to show them: codes, titles, words, earlier fragments. No Textual."""

from __future__ import annotations

from verhalen import errors
from verhalen.api.project import Project
from verhalen.api.suggestions import reason_text
from verhalen.i18n import t
from verhalen.model.codebook import Code
from verhalen.model.suggestion import Alike, Reason, Suggestion
from verhalen.tui.suggestions_lines import Why

LONGEST = 200
"""Characters of an earlier fragment that are shown."""


class SuggestionsDesk:
    """Read once for each look; texts when they are asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.codes: dict[str, Code] = {code.key: code for code in project.codes.book()}
        self.numbers: dict[int, int] = {}
        """Number by id of a source."""
        self._titles: dict[int, str] = {}
        for each in project.sources.all():
            self.numbers[each.id] = each.number
            self._titles[each.number] = each.title
        self._texts: dict[int, tuple[int, str]] = {}

    def title(self, number: int) -> str:
        """Number and title of a source."""
        return f"{number} · {self._titles.get(number, '')}"

    def text(self, source_id: int, version: int | None = None) -> str:
        """The text of a source; empty where it is gone, or is another version now."""
        if source_id not in self._texts:
            try:
                found = self._project.sources.text(self.numbers[source_id])
            except (errors.UnknownSource, KeyError):
                return ""
            self._texts[source_id] = (found.source.version, found.text)
        now, text = self._texts[source_id]
        return text if version in (None, now) else ""

    def words(self, each: Suggestion) -> str:
        """The words that may get a code."""
        return self.text(each.source_id, each.version)[each.start : each.stop]

    def why(self, reason: Reason) -> Why:
        """A reason with the fragment that it is about."""
        said = reason_text(reason)
        if not isinstance(reason, Alike):
            return Why(said)
        try:
            coding = self._project.codings.get(reason.coding_id)
        except errors.UnknownCoding:
            return Why(said)
        words = " ".join(self.text(coding.source_id)[coding.start : coding.stop].split())
        shown = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
        where = t("source {number}, {coder}", number=self.numbers.get(coding.source_id, 0), coder=coding.coder)
        return Why(said, shown, where)
