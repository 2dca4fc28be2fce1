"""Names in texts: find them, let a person decide, and put their replacements in the project. The key stays outside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.language.lemmas import lemma_text
from verhalen.language.names import find_names
from verhalen.language.naming.frog import installed as installed_frog
from verhalen.model.act import Act
from verhalen.model.masking import Finding, NameKind
from verhalen.model.text import Source
from verhalen.privacy import keyring
from verhalen.privacy.amounts import FIRST_PART, MOST_NAMES, refuse_endless, refuse_too_many
from verhalen.privacy.places import Part, Piece
from verhalen.privacy.pseudonyms import Key
from verhalen.privacy.review import Review
from verhalen.store import families, masking, sources
from verhalen.store.project import ProjectFile
from verhalen.store.versions import text_of

if TYPE_CHECKING:
    from verhalen.exchange.intake import Draft

People = Mapping[str, tuple[str, str]]
"""Name of a speaker to code of the family and the word for the person, as in `G012` and `moeder`."""


@dataclass(frozen=True, slots=True)
class Masked:
    """What masking a stored text did."""

    source: Source
    places: int
    clean: bool
    """False where another window must close before the last traces are gone from the file."""
    stays: tuple[str, ...]
    """Files of the workspace in which the words of before still stand, by path."""


class Masking:
    """`project.masking`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def find(self, draft: Draft) -> list[Finding]:
        """What would identify somebody in a file that was read; with the names of the key where it can be read.

        Only the first million characters are looked through: it is to warn, and a talk of two hours has 120,000.
        """
        known = _known(self._file, keyring.present_key(self._file))
        return find_names(draft.reading.text[:FIRST_PART], known=known, speakers=draft.speakers[:MOST_NAMES])

    def find_in(self, source: Source) -> list[Finding]:
        """The same for a text that is stored."""
        known = _known(self._file, keyring.present_key(self._file))
        speakers = [each.name for each in sources.speakers_of(self._file, source.id)]
        return find_names(self._text(source), known=known, speakers=speakers)

    def review_draft(self, draft: Draft) -> Review:
        """Begin to review the names of a file before it is stored.

        Raises NoKey where the project's key is elsewhere, TooLarge for more text or names than any talk has.
        """
        people = {name: _link(voice.person, voice.role) for name, voice in draft.voices.items()}
        key = keyring.need_key(self._file)
        known = _known(self._file, key)
        return _review(key, known, draft.reading.text, title=draft.title, speakers=draft.speakers, people=people)

    def review(self, source: Source) -> Review:
        """Begin to review the names of a text that is stored.

        Raises NoKey where the project's key is elsewhere, TooLarge for more text or names than any talk has.
        """
        speakers = sources.speakers_of(self._file, source.id)
        keys = {number: key for key, number in families.person_ids(self._file).items()}
        people = {each.name: _link(keys.get(each.person_id or 0), each.role) for each in speakers}
        key = keyring.need_key(self._file)
        names = [each.name for each in speakers]
        memos = masking.memos_about(self._file, source.id)
        known = _known(self._file, key)
        return _review(key, known, self._text(source), title=source.title, speakers=names, people=people, memos=memos)

    def mask(self, source: Source, review: Review, *, keeps_copy: bool = False, read: bool = True) -> Masked:
        """Replace what was accepted, for good: in the text, its older versions, the journal, search and file.

        `read` says that a person looked at each name. Raises StaleText where the text is another one than was reviewed.
        """
        text = self._text(source)
        if review.text("text") != text:
            raise errors.StaleText
        places = review.counts().accepted
        review.settle()
        masked = review.masked()
        order = masking.Mask(
            source_id=source.id,
            version=source.version,
            text=masked,
            move=review.map().move,
            words=review.label_mask(),
            lemmatise=lemma_text,
            original=(masked.encode(), ".txt") if keeps_copy else None,
            read=read,
        )
        clean = masking.mask(self._file, order)
        self.remember_key()
        found = sources.source_by_id(self._file, source.id)
        assert found is not None, "it was masked a moment ago"
        return Masked(found, places, clean, self._stays(text))

    def mark_read(self, source: Source) -> None:
        """A person read the text, whose names were replaced by the program alone."""
        if source.unread:
            with self._file.change(Act.READ_NAMES, source.id) as writing:
                masking.mark_read(writing, source.id)

    def remember_key(self) -> None:
        """Keep in the project how far the numbers of the key went; call it after a review was settled."""
        key = keyring.present_key(self._file)
        if key is not None:
            keyring.remember(self._file, key)

    def _stays(self, text: str) -> tuple[str, ...]:
        """Files of the workspace that still hold these words: the file itself in the inbox, a copy, a report."""
        from verhalen.privacy.remnants import files_with

        return tuple(files_with(self._file.path.parent, [text]))

    def _text(self, source: Source) -> str:
        found = text_of(self._file, source.id, source.version)
        if found is None:
            raise errors.UnknownSource(key=source.number)
        return found.text


def _link(person: str | None, role: str) -> tuple[str, str]:
    """Code of the family and word for the person; of somebody of no family the role alone, where it is fit to stand in a text."""
    if person is not None:
        family, _, member = person.partition(".")
        return family, member
    word = " ".join(role.split()).lower()
    return "", word if re.fullmatch(r"[^\W\d_]{3,20}", word) else ""


def _known(project: ProjectFile, key: Key | None) -> dict[str, NameKind]:
    """What is surely a name: the municipalities of the project's own families, and the key's names, which are stronger."""
    towns = {family.municipality: NameKind.PLACE for family in families.families(project) if family.municipality}
    return towns | (dict(key.names()) if key else {})


def _review(
    key: Key,
    known: Mapping[str, NameKind],
    text: str,
    *,
    title: str,
    speakers: Sequence[str],
    people: People,
    memos: Sequence[str] = (),
) -> Review:
    refuse_endless(text, file=title, speakers=len(speakers))
    if len(text) > FIRST_PART:
        # More than the whole may hold in its first part alone: no need to look further.
        first = text[:FIRST_PART]
        refuse_too_many(first, find_names(first, known=known, speakers=speakers), file=title)
    # Frog, where somebody has it, is slow: only a review asks it, and a screen makes one in the background.
    found = find_names(text, known=known, speakers=speakers, frog=installed_frog())
    refuse_too_many(text, found, file=title)
    pieces: dict[Part, Piece] = {"text": Piece(text, found)}
    beside: dict[Part, str] = {"title": title, "speakers": "\n".join(speakers), "memos": "\n".join(memos)}
    for part, words in beside.items():
        if words:
            pieces[part] = Piece(words, find_names(words, known=known, speakers=speakers))
    return Review(key, pieces, people=people)


def inbox_file(workspace: Path, digest: str) -> Path | None:
    """The file in the inbox of the workspace with these very bytes, if it lies there."""
    import hashlib

    for path in sorted((workspace / "transcripts").rglob("*")):
        try:
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest:
                return path
        except OSError:
            continue
    return None
