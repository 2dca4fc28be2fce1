"""Which source a cell of a table names: by title, by the code of a story, or by its number."""

from __future__ import annotations

from verhalen.exchange.columns import Sheet
from verhalen.exchange.tables import Row
from verhalen.i18n import t
from verhalen.model.text import Source
from verhalen.store import sources, stories
from verhalen.store.project import ProjectFile


class SourceNames:
    """All names of all sources of a project."""

    def __init__(self, project: ProjectFile) -> None:
        self._by_name: dict[str, list[Source]] = {}
        listed = sources.all_sources(project)
        by_id = {source.id: source for source in listed}
        for source in listed:
            self._by_name.setdefault(source.title, []).append(source)
        for story in stories.stories(project):
            self._by_name.setdefault(story.key, []).append(by_id[story.source_id])
        for source in listed:
            self._by_name.setdefault(str(source.number), [source])

    def find(self, sheet: Sheet, row: Row, name: str) -> Source | None:
        """The source that a cell names; a problem of the row where it names none, or more than one."""
        written = sheet.needed(row, name)
        found = self._by_name.get(written, [])
        if written and not found:
            sheet.bad(row, name, t("there is no source {key}; import it first", key=written))
        if len(found) > 1:
            sheet.bad(row, name, t("more than one source is called {key}; give its number", key=written))
        return found[0] if len(found) == 1 else None
