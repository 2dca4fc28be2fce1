"""Consent as data: whom to ask, what was answered, how that changed, and writing it down."""

from __future__ import annotations

from collections.abc import Iterable

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.codes import no_family
from verhalen.model.consent import Answer, Asked, Consent, Consented, Purpose, Written, refuse_future
from verhalen.privacy.saying import Saying
from verhalen.privacy.withdrawal import attachment_id, unknown_key
from verhalen.store import consents as store
from verhalen.store.around import put_consent
from verhalen.store.project import ProjectFile


class Consents:
    """`project.consents`. A key is `V07`, `V07.2`, `G012.moeder`, or `V07/` and the id of an attachment."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def all(self, *, family: str | None = None) -> list[Consented]:
        """Everybody and everything, by family; or those of one family. Raises UnknownFamily."""
        if family is not None and not self._file.number("select count(*) from family where key = ?", (family,)):
            raise no_family(family)
        return [each for each in store.consented(self._file) if family in (None, each.family)]

    def of(self, key: str) -> Consented:
        """What was answered about one. Raises UnknownStory, UnknownVoice, UnknownPerson, UnknownAttachment."""
        wanted = key.strip()
        everything = store.consented(self._file)
        if "/" in wanted:
            number = attachment_id(self._file, wanted)
            return next(each for each in everything if each.kind is Asked.ATTACHMENT and each.id == number)
        found = next((each for each in everything if each.key == wanted), None)
        if found is None:
            raise unknown_key(self._file, wanted, else_=errors.UnknownStory(key=wanted))
        return found

    def of_story(self, key: str) -> list[Consented]:
        """The teller of a story, its further voices, its attachments."""
        story = self.of(key)
        return [
            each
            for each in self.all(family=story.family)
            if each.key == story.key
            or (each.kind is Asked.VOICE and each.key.rpartition(".")[0] == story.key)
            or (each.kind is Asked.ATTACHMENT and each.key.partition("/")[0] == story.key)
        ]

    def set(self, key: str, *consents: Consent) -> Consented:
        """Write down answers, in one change; give how it stands now. Raises BadInput for a day to come."""
        from verhalen.exchange.columns import today

        found = self.of(key)
        refuse_future(consents, today())
        for each in consents:
            if each.side not in found.sides:
                raise errors.BadInput(reason=t("a parent answers for a child only; {key} is none", key=found.key))
            if each.purpose not in found.purposes:
                raise errors.BadInput(
                    reason=t("of an attachment one asks only whether it may be used as image or sound")
                )
        with self._file.change(Act.CONSENT, self._target(found)) as writing:
            for each in consents:
                put_consent(writing, store.COLUMN[found.kind], found.id, each)
        return self.of(found.key)

    def _target(self, found: Consented) -> int:
        """What the history names: voices and attachments go by their story."""
        if found.kind in (Asked.STORY, Asked.PERSON):
            return found.id
        table = "voice" if found.kind is Asked.VOICE else "attachment"
        return self._file.number(f"select story_id from {table} where id = ?", (found.id,))

    def history(self, key: str) -> list[Written]:
        """Every answer that was written down about one, oldest first."""
        found = self.of(key)
        return store.written(self._file, found.kind, found.id)

    def of_words(
        self, places: Iterable[tuple[int, int, int]], purpose: Purpose = Purpose.REPORT
    ) -> list[Answer | None]:
        """What counts for words at these places (source id, start, stop): the strictest of all who say them.

        None where nobody of a family speaks, such as in a coach's own note.
        """
        saying = Saying(self._file)
        return [saying.answer_here(*place, purpose) for place in places]
