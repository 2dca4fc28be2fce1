"""Photos, drawings and sounds that a teller gave along: kept in the project, and out of it only with a yes of their own."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.consent import Answer, Purpose
from verhalen.model.ids import encode_id
from verhalen.model.masking import NameKind
from verhalen.model.story import Attachment, AttachmentKind, Story
from verhalen.privacy import pictures
from verhalen.privacy.consent import image_refusal
from verhalen.privacy.withdrawal import attachment_id
from verhalen.store import around, forget, stories
from verhalen.store.project import ProjectFile

MOST_BYTES = 20_000_000
"""A photo of a telephone has 2 to 8 million, a minute of sound about one."""
_KINDS = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".webp"), AttachmentKind.PHOTO),
    **dict.fromkeys((".mp3", ".wav", ".ogg", ".opus"), AttachmentKind.SOUND),
    ".pdf": AttachmentKind.OTHER,
}


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment with the story it stands beside."""

    story: Story
    attachment: Attachment

    @property
    def key(self) -> str:
        """`V07/` and its id."""
        return f"{self.story.key}/{encode_id(self.attachment.id)}"

    @property
    def answer(self) -> Answer:
        """Whether it may be used as image or sound."""
        return self.attachment.consent(Purpose.MEDIA, child=self.story.voice.is_child)


class Attachments:
    """`project.attachments`. One is named by `V07/` and its id, or by the id alone."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def all(self, *, story: str | None = None) -> list[Attached]:
        """All attachments by story, or those of one. Raises UnknownStory."""
        told = stories.stories(self._file)
        if story is not None and all(each.key != story for each in told):
            raise errors.UnknownStory(key=story)
        return [Attached(each, one) for each in told if story in (None, each.key) for one in each.attachments]

    def get(self, reference: str) -> Attached:
        """One attachment. Raises UnknownAttachment."""
        number = attachment_id(self._file, reference)
        return next(each for each in self.all() if each.attachment.id == number)

    def attach(
        self, story: str, path: Path, *, kind: AttachmentKind | None = None, described: str = "", name: str = ""
    ) -> Attached:
        """Keep a file beside a story, without what it says of place, time and device.

        Its name is kept only where it holds no name of a person. Raises UnknownStory, BadInput, UnreadableFile, Withdrawn.
        """
        from verhalen.exchange.columns import today

        beside = next((each for each in stories.stories(self._file) if each.key == story), None)
        if beside is None:
            raise errors.UnknownStory(key=story)
        suffix = path.suffix.lower()
        kind = kind or _KINDS.get(suffix, AttachmentKind.OTHER)
        data = read_attachment(path)
        digest = hashlib.sha256(data).hexdigest()
        if forget.is_forgotten(self._file, [digest]):
            raise errors.Withdrawn(file=t("This attachment"))
        if any(each.sha256 == digest for each in beside.attachments):
            raise errors.BadInput(reason=t("this very file is attached to story {key} already", key=story))
        new = Attachment(
            name=self._name(name.strip() or path.stem, kind, suffix, beside),
            kind=kind,
            suffix=suffix,
            size=len(data),
            sha256=digest,
            described=described.strip(),
            added=today(),
        )
        with self._file.change(Act.ATTACH, beside.id) as writing:
            number = around.add_attachment(writing, beside.id, new, data, coder_id=self._file.coder_id)
        return self.get(encode_id(number))

    def _name(self, stem: str, kind: AttachmentKind, suffix: str, beside: Story) -> str:
        stem = " ".join(stem.split())
        if not stem or len(stem) > 60 or says_who(stem, self._known()):
            taken = {each.name for each in beside.attachments}
            number = next(n for n in range(1, len(taken) + 2) if f"{kind.value} {n}{suffix}" not in taken)
            stem = f"{kind.value} {number}"
        return f"{stem}{suffix}"

    def _known(self) -> dict[str, NameKind]:
        from verhalen.privacy.keyring import present_key

        key = present_key(self._file)
        return dict(key.names()) if key else {}

    def describe(self, reference: str, described: str) -> Attached:
        """Say in words what can be seen or heard."""
        found = self.get(reference)
        with self._file.change(Act.ATTACH, found.story.id) as writing:
            around.change_attachment(writing, replace(found.attachment, described=described.strip()))
        return self.get(reference)

    def detach(self, reference: str) -> Attached:
        """Take an attachment away; give what it was. Undo brings it back; withdrawing it does not."""
        found = self.get(reference)
        with self._file.change(Act.DETACH, found.story.id) as writing:
            around.remove_attachment(writing, found.attachment.id)
        return found

    def content(self, reference: str) -> bytes:
        """The file, to look at on this computer. Raises NoConsent where its use in the team was refused or withdrawn."""
        found = self.get(reference)
        refused = image_refusal(found.story, found.attachment, inside=True)
        if refused is not None:
            raise errors.NoConsent(what=found.attachment.name, reason=str(refused))
        return around.attachment_bytes(self._file, found.attachment.id) or b""

    def export(self, reference: str, target: Path) -> Attached:
        """Write the file, only with its own yes for image or sound. Raises NoConsent, FileExists, CannotWrite."""
        found = self.get(reference)
        refused = image_refusal(found.story, found.attachment, inside=False)
        if refused is not None:
            raise errors.NoConsent(what=found.attachment.name, reason=str(refused))
        if target.exists():
            raise errors.FileExists(file=target.name)
        try:
            target.write_bytes(around.attachment_bytes(self._file, found.attachment.id) or b"")
        except OSError as error:
            raise errors.CannotWrite(file=target.name, reason=errors.why_not_written(error)) from error
        return found


def read_attachment(path: Path) -> bytes:
    """A file without what it says beside itself. Raises BadInput, UnreadableFile, NotWhatItSays."""
    suffix = path.suffix.lower()
    if suffix not in pictures.SUFFIXES:
        known = ", ".join(pictures.SUFFIXES)
        sentence = t("from this kind of file I cannot take place and names; save it as one of {known}", known=known)
        raise errors.BadInput(reason=sentence)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise errors.UnreadableFile(file=path.name, reason=t("there is no such file, or it may not be read")) from error
    if size > MOST_BYTES:
        raise errors.BadInput(
            reason=t(
                "this file has {size} MB, and an attachment has at most {limit}; make it smaller and try again",
                size=f"{size / 1e6:.1f}",
                limit=MOST_BYTES // 1_000_000,
            )
        )
    if not data:
        raise errors.BadInput(reason=t("this file is empty; choose another one"))
    try:
        return pictures.without_traces(data, suffix)
    except pictures.NotThatKind as error:
        raise errors.NotWhatItSays(file=path.name, suffix=suffix) from error


def says_who(stem: str, known: dict[str, NameKind]) -> bool:
    """Whether the name of a file may say who somebody is: the name of a person or place, a day, a number.

    A first name that is an everyday word too ("jan", "roos") counts: a neutral name costs nothing.
    """
    from verhalen.language.names import find_names
    from verhalen.language.naming.lists import fold, is_common, is_given, is_surname

    words = [fold(word) for word in re.findall(r"[^\W\d_]+", stem)]
    if re.search(r"\d{4}", stem) or any(is_given(key) or (is_surname(key) and not is_common(key)) for key in words):
        return True
    plain = " ".join(re.findall(r"[^\W_]+", stem))
    return bool(find_names(plain, known=known) or find_names(f"dat is {plain}", known=known))
