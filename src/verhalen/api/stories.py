"""Most Significant Change stories."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.api.story_editing import StoryEditing
from verhalen.language.lemmas import lemma_text
from verhalen.model.codes import no_person
from verhalen.model.consent import Consent
from verhalen.model.story import Story
from verhalen.store import families as family_store
from verhalen.store import stories as store

if TYPE_CHECKING:
    from verhalen.api.consents import Consents
    from verhalen.exchange.story_tables import StoryImport


class Stories(StoryEditing):
    """`project.stories`."""

    def all(self, *, family: str | None = None) -> list[Story]:
        """All stories by key, or those of one family."""
        return store.stories(self._file, family=family)

    def import_file(self, path: Path) -> StoryImport:
        """Import a table of stories: all or nothing."""
        from verhalen.exchange.story_tables import import_stories

        return import_stories(self._file, path, lemmatise=lemma_text)

    def open_points(self, story: Story) -> list[str]:
        """What is missing, as marked sentences: a list for the next visit, never a barrier."""
        from verhalen.msc.telling import open_points

        return open_points(story)

    def set_consent(self, key: str, consent: Consent) -> None:
        """Write down one answer of the teller; `project.consents` knows the others too. Raises BadInput for a day to come."""
        self._ask().set(self.get(key).key, consent)

    def set_person_consent(self, person: str, consent: Consent) -> None:
        """Write down one answer of somebody who speaks in a transcript."""
        if person not in family_store.person_ids(self._file):
            raise no_person(person)
        self._ask().set(person, consent)

    def _ask(self) -> Consents:
        from verhalen.api.consents import Consents

        return Consents(self._file)

    def person_consents(self) -> dict[str, tuple[Consent, ...]]:
        """Answers of those who speak in transcripts, by person key."""
        return store.person_consents(self._file)
