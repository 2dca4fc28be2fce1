"""Suggestions: what may get a code and why. Nothing is coded before somebody accepts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from verhalen import errors
from verhalen.analysis.suggesting import Suggester, passages
from verhalen.api.codes import Codes
from verhalen.api.codings import Applied, Codings, Intent
from verhalen.api.sources import Reference, Sources
from verhalen.coding import editing
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.codebook import Codebook
from verhalen.model.suggestion import ByPattern, Reason, Suggestion
from verhalen.store import suggesting as store
from verhalen.store.former_keys import unknown_code
from verhalen.store.project import ProjectFile


class Suggestions:
    """`project.suggestions`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file
        self._sources = Sources(file)
        self._codings = Codings(file)

    def of(
        self,
        source: Reference | None = None,
        *,
        code: str | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> list[Suggestion]:
        """Suggestions for one source, or for all; a code brings the codes below it. The best first, source by source.

        What the coder at work refused is left out, and every place that has the code already, by whomever that is seen.
        `stop` is asked before each source. Raises UnknownSource, UnknownCode.
        """
        book = Codes(self._file).book()
        if code is not None and book.find(code) is None:
            raise unknown_code(self._file, code)
        wanted = _branch(book, code)
        there = self._sources.all() if source is None else [self._sources.get(source)]
        suggester = Suggester(book, store.examples(self._file))
        found: list[Suggestion] = []
        for each in there:
            if stop():
                break
            found += [one for one in self._in_source(suggester, each.id) if one.code in wanted]
        return found

    def _in_source(self, suggester: Suggester, source_id: int) -> list[Suggestion]:
        text = self._sources.text(source_id)
        where = passages(source_id, text.source.version, text.text, text.turns)
        refused = store.refused(self._file, source_id)
        found = suggester.suggest(where, self._codings.of(source_id))
        if not refused:
            return found
        return [each for each in found if self._stamp(each, text.text) not in refused]

    def _stamp(self, each: Suggestion, text: str) -> str:
        return store.stamp(self._file, each.code, text[each.start : each.stop])

    def accept(self, suggestions: Sequence[Suggestion]) -> list[Applied]:
        """Give the places their codes: one change and one undo, which the history names as accepted suggestions.

        Raises StaleText where a text was corrected since; then nothing is coded.
        """
        intents = [
            Intent(each.source_id, each.start, each.stop, each.code, version=each.version) for each in suggestions
        ]
        return editing.apply_codes(self._file, intents, act=Act.SUGGESTED)

    def reject(self, suggestions: Iterable[Suggestion]) -> None:
        """Do not suggest these to the coder at work again. Only a keyed hash of the words is kept."""
        by_source: dict[int, list[Suggestion]] = defaultdict(list)
        for each in suggestions:
            by_source[each.source_id].append(each)
        for source_id, refused in by_source.items():
            text = self._sources.text(source_id)
            if any(each.version != text.source.version for each in refused):
                raise errors.StaleText
            store.refuse(self._file, source_id, [self._stamp(each, text.text) for each in refused])

    def accepted(self) -> set[int]:
        """Ids of the codings that came from a suggestion, by what the journal says."""
        return store.suggested_codings(self._file)


def reason_text(reason: Reason) -> str:
    """Why something is suggested, in the reader's language."""
    if isinstance(reason, ByPattern):
        return t("pattern of the code: {pattern}", pattern=reason.pattern.written)
    return t("like a fragment with this code: {words}", words=", ".join(reason.lemmas))


def _branch(book: Codebook, key: str | None) -> set[str]:
    """A code and all below it; every code where none is named."""
    if key is None:
        return {code.key for code in book}
    found = {key}
    for code in book:  # parents stand before their children
        if code.parent in found:
            found.add(code.key)
    return found
