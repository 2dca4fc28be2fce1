"""Stories on paper and in files: the form in Word, tables and Markdown in and out, the sheet for the family."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.api import column_mappings
from verhalen.i18n import language as spoken
from verhalen.i18n import speaking, t
from verhalen.language.lemmas import lemma_text
from verhalen.model.codes import no_family
from verhalen.model.consent import Purpose
from verhalen.model.mapping import ColumnMapping
from verhalen.store import declared
from verhalen.store import families as family_store
from verhalen.store import rounds as round_store
from verhalen.store import scores as score_store
from verhalen.store import stories as store
from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from verhalen.exchange.story_export import StoryExport
    from verhalen.exchange.story_preview import StoryPreview
    from verhalen.exchange.story_sheets import SheetRead
    from verhalen.exchange.story_tables import StoryImport
    from verhalen.report.story_sheet import SheetStory

INBOX = "transcripts"
"""Folder of the workspace in which forms are filled in."""
AUDIENCES = {"council": Purpose.REPORT, "research": Purpose.RESEARCH}
"""For whom stories may be exported, and the yes that this takes."""
IMAGES = ("audio", "beeld")
"""Forms of telling of which there is an image or a sound."""
SUFFIXES = (".csv", ".tsv", ".xlsx", ".md", ".markdown", ".docx")


@dataclass(frozen=True, slots=True)
class FileTaken:
    """What became of one file of a folder."""

    path: Path
    done: StoryImport | SheetRead | None = None
    error: errors.VerhalenError | None = None


class StoryPapers:
    """`project.story_papers`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    @property
    def inbox(self) -> Path:
        """Where the app lets forms be filled in; made when it is not there."""
        folder = self._file.path.parent / INBOX
        folder.mkdir(exist_ok=True)
        return folder

    # -- the form ------------------------------------------------------------------------------------------------------

    def form(
        self, path: Path | None = None, *, family: str = "", member: str = "", day: dt.date | None = None,
        language: str = "",
    ) -> Path:  # fmt: skip
        """Write a form with what is known; give its path, without one a new name in the inbox.

        `language` is nl or en, else what is spoken. Raises UnknownFamily, BadInput, UnknownFormat, CannotWrite, FileExists.
        """
        from verhalen.exchange.columns import today
        from verhalen.exchange.story_names import CONSENTS
        from verhalen.report.story_form import Prefilled, write_story_form

        now = day or today()
        teller, role, moment = self._teller(family, member, now)
        known = Prefilled(secrets.token_hex(8), family, self._file.coder, now, teller, role, moment)
        target = path or self._free(family, now)
        if target.exists():
            raise errors.FileExists(file=target.name)
        domains = score_store.domain_list(self._file).domains
        with speaking(_language(language)):
            write_story_form(target, known, domains=domains, consents=CONSENTS, today=today())
        return target

    def _teller(self, family: str, member: str, day: dt.date) -> tuple[str, str, str]:
        """Member, role, and the moment that follows from the support of the family on a day, as far as they are known."""
        from verhalen.model.story import VOICE_ROLES
        from verhalen.msc.story_rules import moment_on

        if not family:
            return "", "", ""
        found = next((each for each in family_store.families(self._file) if each.key == family), None)
        if found is None:
            raise no_family(family)
        wanted = member.removeprefix(f"{family}.")
        person = next((each for each in found.persons if each.member == wanted), None)
        if wanted and person is None:
            raise errors.BadInput(reason=t("there is no person {key}", key=f"{family}.{wanted}"))
        moment, _ = moment_on(found, day)
        role = person.role if person and person.role in VOICE_ROLES else ""
        return wanted, role, moment.value if moment else ""

    def _free(self, family: str, day: dt.date) -> Path:
        """A name in the inbox that no file has."""
        stem = "-".join(part for part in (t("story"), family, day.isoformat()) if part)
        names = (self.inbox / f"{stem}{'' if number == 1 else f'-{number}'}.docx" for number in range(1, 10_000))
        return next(name for name in names if not name.exists())

    def waiting(self) -> list[Path]:
        """Filled forms and sheets in the inbox that were not taken in yet, by name; empty ones wait for nobody."""
        from verhalen.exchange.story_inbox import waits

        folder = self._file.path.parent / INBOX
        if not folder.is_dir():
            return []
        return [path for path in sorted(folder.glob("*.docx")) if waits(self._file, path)]

    # -- in ------------------------------------------------------------------------------------------------------------

    def import_file(self, path: Path, *, mapping: str | None = None) -> StoryImport:
        """Take in a table, Markdown or a filled form: all or nothing. Raises BadTable, BadForm and what reading raises."""
        from verhalen.exchange.story_tables import import_stories

        return import_stories(self._file, path, lemmatise=lemma_text, mapping=mapping)

    def take_in(self, path: Path, *, mapping: str | None = None) -> StoryImport | SheetRead:
        """A file as `import_file` does, or a sheet of a family as `read_sheet` does."""
        from verhalen.exchange.story_inbox import is_sheet

        return self.read_sheet(path) if is_sheet(path) else self.import_file(path, mapping=mapping)

    def import_folder(self, folder: Path) -> list[FileTaken]:
        """Every file of a folder that holds stories, each whole or not at all: filled forms, sheets, Markdown, tables.

        Other files are left aside. Raises BadInput where there is none.
        """
        found = []
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() not in SUFFIXES or path.name.startswith(("~$", ".")):
                continue
            try:
                if not self._holds_stories(path):
                    continue
                found.append(FileTaken(path, self.take_in(path)))
            except errors.VerhalenError as error:
                found.append(FileTaken(path, error=error))
        if not found:
            raise errors.BadInput(reason=t("this folder holds no forms, tables or Markdown"))
        return found

    def _holds_stories(self, path: Path) -> bool:
        """Not what is a paper on which nobody wrote yet."""
        from verhalen.exchange.story_inbox import is_blank, is_stories
        from verhalen.exchange.table_kinds import table_kind

        suffix = path.suffix.lower()
        if suffix in (".csv", ".tsv", ".xlsx"):
            return table_kind(self._file, path) == "stories"
        return is_stories(path) and not (suffix == ".docx" and is_blank(path))

    def preview(self, path: Path, *, mapping: str | None = None) -> StoryPreview:
        """What an import would do; nothing is stored."""
        from verhalen.exchange.story_preview import preview_stories

        return preview_stories(self._file, path, mapping=mapping)

    def mappings(self) -> dict[str, ColumnMapping]:
        """How other programs name the columns of stories, by the name under which it is kept."""
        return declared.column_mappings(self._file, "stories")

    def keep_mapping(self, name: str, mapping: ColumnMapping) -> None:
        """Keep columns under a name, over earlier ones of that name. Raises BadInput for a name or column that cannot be."""
        from verhalen.exchange.mapped_columns import refuse_empty_mapping
        from verhalen.exchange.story_names import COLUMNS, is_known, ours
        from verhalen.model.mapping import LEFT_OUT

        refuse_empty_mapping(name, mapping)
        for wanted in mapping.columns.values():
            if ours(wanted) != LEFT_OUT and not is_known(ours(wanted)):
                known = ", ".join(COLUMNS)
                sentence = t(
                    "{name} is no column of ours; there are {known}, and - to leave out", name=wanted, known=known
                )
                raise errors.BadInput(reason=sentence)
        column_mappings.keep(self._file, "stories", name, mapping)

    def forget_mapping(self, name: str) -> None:
        """Forget columns that were kept. Raises UnknownMapping."""
        column_mappings.forget(self._file, "stories", name)

    # -- out -----------------------------------------------------------------------------------------------------------

    def export(self, path: Path, *, audience: str = "") -> StoryExport:
        """Write stories as CSV, XLSX, SAV or Markdown; `audience` is `council` or `research`: only who said yes to that.

        Without one everything is written, for inside: an import of it changes nothing. Raises BadInput, UnknownFormat, CannotWrite.
        """
        from verhalen.exchange.story_export import export_stories

        if audience and audience not in AUDIENCES:
            raise errors.BadInput(reason=t("stories are exported for council or research, or for inside"))
        with self._file.steady():
            stories, held = store.stories(self._file), round_store.rounds(self._file)
        return export_stories(stories, path, purpose=AUDIENCES.get(audience), rounds=held)

    # -- the sheet for the family --------------------------------------------------------------------------------------

    def sheet(self, key: str, path: Path, *, child: bool = False, language: str = "nl") -> None:
        """Write one page on which a teller reads what it told and answers; `child` with faces and fewer words.

        `key` is a story, or a further voice of one (`V07.2`). A teller who told in the language of the sheet reads its own words.
        Raises UnknownStory, BadInput for a language without words, UnknownFormat, FileExists, CannotWrite.
        """
        from verhalen.exchange.columns import today
        from verhalen.report.story_sheet import write_sheet

        story, digest = self._on_sheet(key, language)
        if path.exists():  # somebody may have filled it in
            raise errors.FileExists(file=path.name)
        write_sheet(
            story, path, sheet_id=secrets.token_hex(8), digest=digest, child=child, language=language, today=today()
        )

    def _on_sheet(self, key: str, language: str) -> tuple[SheetStory, str]:
        """What one teller told and chose, and the digest of the stored words."""
        from verhalen.model.text import text_digest
        from verhalen.report.story_sheet import SheetStory

        wanted, _, position = key.partition(".")
        story = next((each for each in store.stories(self._file) if each.key == wanted), None)
        voice = next((each for each in story.others if str(each.position) == position), None) if story else None
        if story is None or (position and voice is None):
            raise errors.UnknownStory(key=key)
        if voice is not None:
            text = voice.own_words if voice.own_words and voice.language == language else voice.text
            told, seen = voice.told or story.told, voice.form in IMAGES
            found = SheetStory(key, text, told, voice.is_child, consents=voice.consents, has_image=seen)
            return found, text_digest(voice.text)[:12]
        text = story.own_words if story.own_words and story.voice.language == language else story.text
        known = score_store.domain_list(self._file)
        names = [each.name for name in story.domains if (each := known.find(name))]
        if story.something_else:
            names.append(story.something_else)
        found = SheetStory(
            key, text, story.told, story.voice.is_child, story.before, story.now, story.how, story.why, names,
            story.emoticon, story.consents, story.voice.form in IMAGES or bool(story.attachments),
        )  # fmt: skip
        return found, text_digest(story.text)[:12]

    def read_sheet(self, path: Path) -> SheetRead:
        """Take in a sheet: the answer becomes a check of the story, the ticks become consent. Twice is once.

        The words of the story never change by it. Raises UnreadableFile, UnknownStory, BadForm.
        """
        from verhalen.exchange.story_sheets import read_sheet

        return read_sheet(self._file, path)


def _language(wanted: str) -> str:
    """One in which there is a form."""
    if wanted and wanted not in ("nl", "en"):
        raise errors.BadInput(reason=t("the form of the coach is there in nl and en"))
    return wanted or spoken()
