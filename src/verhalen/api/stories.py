"""Most Significant Change stories."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.api.story_editing import StoryEditing
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.codes import no_person
from verhalen.model.consent import Consent
from verhalen.model.story import Story
from verhalen.store import families as family_store
from verhalen.store import stories as store

if TYPE_CHECKING:
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
        """Write down one answer of the teller."""
        story = self.get(key)
        with self._file.change(Act.CONSENT, story.id) as writing:
            store.set_consents(writing, story.id, (consent,))

    def set_person_consent(self, person: str, consent: Consent) -> None:
        """Write down one answer of somebody who speaks in a transcript."""
        number = family_store.person_ids(self._file).get(person)
        if number is None:
            raise no_person(person)
        with self._file.change(Act.CONSENT, number) as writing:
            store.set_person_consent(writing, number, consent)

    def person_consents(self) -> dict[str, tuple[Consent, ...]]:
        """Answers of those who speak in transcripts, by person key."""
        return store.person_consents(self._file)
