"""Texts: importing, reading, searching, correcting, and who speaks in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from verhalen import errors
from verhalen.analysis import finding
from verhalen.api import speakers
from verhalen.coding import correcting, editing
from verhalen.i18n import mark, t, tn
from verhalen.model.codes import no_family
from verhalen.model.ids import decode_id
from verhalen.model.query import SearchHit, SearchMode
from verhalen.model.text import Landmark, Mention, Notice, Reading, Source, SourceKind, Span, Speaker, Turn
from verhalen.privacy.amounts import FIRST_PART
from verhalen.store import families as family_store
from verhalen.store import sources as store
from verhalen.store.project import ProjectFile
from verhalen.store.versions import text_of

if TYPE_CHECKING:
    from verhalen.api.masking import Masking
    from verhalen.exchange.batch import Progress
    from verhalen.exchange.intake import Draft
    from verhalen.privacy.review import Review
    from verhalen.readers.batch import Batch

Reference = int | str
"""A source by short number, inside id, or outside id."""
Mask = Literal["auto", "none"]
"""What becomes of names at import: replaced as proposed, or left as they are with a warning that counts them."""
PARTLY = mark("The text is very long: only its first {n} characters were looked through for names.")
SEARCH_LIMIT = 500
"""Places that one search gives at most."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source with its text as it counts now."""

    source: Source
    text: str
    sha256: str
    """Of the UTF-8 of `text`."""
    turns: tuple[Turn, ...]
    landmarks: tuple[Landmark, ...] = ()
    """Pages, or moments of the recording, as the file has them."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file."""

    file: str
    source: Source | None
    speakers: tuple[Speaker, ...] = ()
    warnings: tuple[Notice, ...] = ()
    error: errors.VerhalenError | None = None


class Sources:
    """`project.sources`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def all(self, kind: SourceKind | None = None) -> list[Source]:
        """All sources by number."""
        return store.all_sources(self._file, kind=kind)

    def get(self, reference: Reference) -> Source:
        """One source; raises UnknownSource."""
        found = self._find(reference)
        if found is None:
            raise errors.UnknownSource(key=reference)
        return found

    def _find(self, reference: Reference) -> Source | None:
        text = str(reference).strip()
        if isinstance(reference, str) and (number := decode_id(text)) is not None:
            return store.source_by_id(self._file, number)
        if not text.isdecimal() or int(text) >= 1 << 63:
            return None
        return store.source_by_number(self._file, int(text)) or store.source_by_id(self._file, int(text))

    def text(self, reference: Reference) -> SourceText:
        """The text exactly as stored, with its turns."""
        source = self.get(reference)
        found = text_of(self._file, source.id, source.version)
        if found is None:
            raise errors.DamagedProject(path=self._file.path.name)
        turns, landmarks = store.turns_of(self._file, source.id), store.landmarks_of(self._file, source.id)
        return SourceText(source, found.text, found.sha256, tuple(turns), tuple(landmarks))

    def original(self, reference: Reference) -> tuple[bytes, str]:
        """The imported file byte for byte, with its suffix; refused where it is not kept."""
        source = self.get(reference)
        found = store.original_of(self._file, source.id)
        if found is None:
            reason = t("its names were masked") if source.masked else t("it was never a file")
            raise errors.OriginalWithheld(number=source.number, reason=reason)
        return found

    def digests(self) -> set[str]:
        """SHA-256 of every file that is a source already, in hex."""
        return store.digests(self._file)

    def import_files(
        self, paths: Iterable[Path], *, kind: SourceKind = "transcript", speakers: bool = True, mask: Mask = "none"
    ) -> Iterator[Imported]:
        """Import files, and those in folders and archives, one change each; one that fails leaves nothing behind."""
        from verhalen.readers.batch import find_files

        return self.import_batch(find_files(paths), kind=kind, speakers=speakers, mask=mask)

    def import_batch(
        self,
        batch: Batch,
        *,
        kind: SourceKind = "transcript",
        speakers: bool = True,
        mask: Mask = "none",
        on_progress: Progress | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Iterator[Imported]:
        """As `import_files`, of a batch that was found before: it reports its progress and can be stopped between files."""
        from verhalen.exchange.batch import import_many
        from verhalen.exchange.intake import draft_of

        def store_one(reading: Reading) -> Imported:
            draft = draft_of(reading, kind=kind, with_speakers=speakers)
            if mask == "auto":
                return self.keep(draft, self._masking.review_draft(draft), read=False)
            imported = self.keep(draft)
            found = _identifying(len(self._masking.find(draft)), partly=len(reading.text) > FIRST_PART)
            return replace(imported, warnings=(*imported.warnings, *found))

        for each in import_many(batch, store_one, on_progress=on_progress, stop=stop):
            yield replace(each.stored or Imported("", None, error=each.error), file=each.file)

    def keep(
        self, draft: Draft, review: Review | None = None, *, keeps_copy: bool = False, read: bool = True
    ) -> Imported:
        """Store a draft that was looked at. With a `review`, what was accepted there is replaced before anything is stored.

        `read` says that a person looked at each name.
        """
        from verhalen.exchange.intake import store_reviewed

        number = store_reviewed(self._file, draft, review, keeps_copy=keeps_copy, read=read)
        if review is not None:
            self._masking.remember_key()
        reading = draft.reading
        masked = () if review is None else (Notice(None, _masked(review.counts().accepted)),)
        return Imported(
            f"{reading.title}{reading.suffix}",
            self.get(number),
            tuple(store.speakers_of(self._file, number)),
            (*reading.warnings, *masked),
        )

    @property
    def _masking(self) -> Masking:
        """Names in texts, and what comes in their place."""
        from verhalen.api.masking import Masking

        return Masking(self._file)

    def speakers(self, reference: Reference) -> list[Speaker]:
        """The speakers of a source with the number of their turns."""
        return store.speakers_of(self._file, self.get(reference).id)

    def link_speaker(self, reference: Reference, name: str, *, person: str | None = None, role: str = "") -> None:
        """Say that a speaker is this person of a family, or has this professional role."""
        speakers.link(self._file, self.get(reference), name, person=person, role=role)

    def correct(
        self, reference: Reference, *, start: int, stop: int, replacement: str, version: int | None = None
    ) -> correcting.Corrected | None:
        """Replace [start, stop) of the text; every span follows. `version` guards against a text that changed meanwhile."""
        source = self.get(reference)
        return correcting.correct(
            self._file, source.id, start=start, stop=stop, replacement=replacement, version=version
        )

    def sentences(self, reference: Reference) -> list[Span]:
        """The sentences of a source; the first call takes a second or two, so make it in the background."""
        from verhalen.language.dutch import sentences

        return sentences(self.text(reference).text)

    def mentions(self, reference: Reference) -> list[Mention]:
        """Which pieces of a source are about which family."""
        return store.mentions_of(self._file, self.get(reference).id)

    def mention(
        self, reference: Reference, family: str, *, start: int, stop: int, version: int | None = None
    ) -> int | None:
        """Say that a fragment is about a family; None where that was said already."""
        return next(iter(self.mention_many(reference, [family], start=start, stop=stop, version=version)), None)

    def mention_many(
        self,
        reference: Reference,
        families: Iterable[str],
        *,
        start: int,
        stop: int,
        gone: Sequence[Mention] = (),
        version: int | None = None,
    ) -> list[int]:
        """Say that a fragment is about these families and take the mentions `gone` back, in one change; give the new ids."""
        known = family_store.family_ids(self._file)
        wanted = list(dict.fromkeys(families))
        for key in wanted:
            if key not in known:
                raise no_family(key)
        numbers = [known[key] for key in wanted]
        return editing.mention_many(
            self._file, self.get(reference).id, start=start, stop=stop, families=numbers, gone=gone, version=version
        )

    def unmention(self, mention: Mention) -> None:
        """Take a mention away."""
        editing.unmention(self._file, mention.id, family_id=mention.family_id, source_id=mention.source_id)

    def search(
        self, query: str, *, exact: bool = False, mode: SearchMode | str = SearchMode.LEMMA, limit: int = SEARCH_LIMIT
    ) -> list[SearchHit]:
        """Places of words one after another, or of a regular expression, in any source, by number.

        `exact=True` is the same as `mode="exact"`. Raises BadPattern and SlowPattern for a regular expression.
        """
        wanted = SearchMode.EXACT if exact else SearchMode(mode)
        return list(islice(finding.search(self._file, query, mode=wanted), limit))

    def count_places(self, query: str, *, mode: SearchMode | str = SearchMode.LEMMA) -> int:
        """How many places `search` would give without a limit. It looks through every text, so do it beside other work."""
        return finding.count(self._file, query, mode=SearchMode(mode))


def _identifying(count: int, *, partly: bool) -> Iterator[Notice]:
    """That there are names, and that an endless text was looked through in part."""
    if count:
        said = tn(
            "{n} place could identify somebody (a name, telephone, address or number). Look at it before you share anything.",
            "{n} places could identify somebody (a name, telephone, address or number). Look at them before you share anything.",
            count,
        )
        yield Notice(None, said)
    if partly:
        yield Notice(None, PARTLY, {"n": FIRST_PART})


def _masked(count: int) -> str:
    return tn(
        "{n} place was masked. No computer finds every name: read the text.",
        "{n} places were masked. No computer finds every name: read the text.",
        count,
    )
