"""Import who speaks and what was coded, from tables made by hand or elsewhere: places are named by their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from verhalen.exchange.columns import Counts, Sheet, refuse, shown
from verhalen.exchange.source_names import SourceNames
from verhalen.exchange.tables import Row, read_table
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.coding import Valence
from verhalen.model.text import Notice, Source, Speaker, normal_text
from verhalen.store import codebook as codes
from verhalen.store import codings, families, sources
from verhalen.store.project import ProjectFile
from verhalen.store.versions import text_of

SPEAKER_COLUMNS = ("bron", "spreker", "persoon", "rol")
SPEAKER_SYNONYMS = {"source": "bron", "speaker": "spreker", "person": "persoon", "role": "rol"}
ROLES = {
    "ouder": "ouder", "kind": "kind", "gezinscoach": "gezinscoach", "coordinator": "coordinator",
    "onderzoeker": "onderzoeker", "parent": "ouder", "child": "kind", "family_coach": "gezinscoach",
    "researcher": "onderzoeker",
}  # fmt: skip
CODING_COLUMNS = ("bron", "codeur", "code", "kleur", "over", "citaat", "keer", "memo")
CODING_SYNONYMS = {
    "source": "bron", "coder": "codeur", "valence": "kleur", "about": "over", "quote": "citaat", "nth": "keer",
}  # fmt: skip
VALENCES = {
    "positief": "positive", "negatief": "negative", "gemengd": "mixed", "geen": "none",
} | {each.value: each.value for each in Valence}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpeakerImport:
    """What an import of speakers did."""

    speakers: Counts
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class CodingImport:
    """What an import of codings did."""

    coders: int
    codings: int
    """Different codings in the file."""
    new: int
    existed: int
    mentions: int
    """New mentions of families."""
    warnings: tuple[Notice, ...]


class _Code(NamedTuple):
    """One coding as a row gives it."""

    source_id: int
    start: int
    stop: int
    code_id: int


class _Say(NamedTuple):
    """What hangs on a coding."""

    valence: Valence
    memo: str
    about: tuple[int, ...]


def import_speakers(project: ProjectFile, path: Path) -> SpeakerImport:
    """Link speakers to persons and roles, in one change; a row with an error refuses the whole file."""
    table = read_table(path)
    sheet = Sheet(table, SPEAKER_SYNONYMS)
    sheet.need("bron", "spreker")
    refuse([sheet])
    names, persons = SourceNames(project), families.person_ids(project)
    voices: dict[int, dict[str, Speaker]] = {}
    links = []
    for row in table.rows:
        source = names.find(sheet, row, "bron")
        person, role = _person(sheet, row, persons), sheet.choice(row, "rol", ROLES)
        if source is not None:
            if source.id not in voices:
                voices[source.id] = {each.name: each for each in sources.speakers_of(project, source.id)}
            speaker = _speaker(sheet, row, voices[source.id])
            links += [(speaker, person, role)] if speaker else []
    refuse([sheet])
    fresh = [(each, person, role) for each, person, role in links if (each.person_id, each.role) != (person, role)]
    with project.change(Act.LINK_SPEAKER, *dict.fromkeys(each.source_id for each, _, _ in fresh)) as writing:
        for speaker, person, role in fresh:
            sources.link_speaker(writing, speaker.id, person_id=person, role=role)
    first = sum(not each.role and each.person_id is None for each, _, _ in fresh)
    counts = Counts(first, len(fresh) - first, len(links) - len(fresh))
    return SpeakerImport(counts, (*table.notices, *sheet.left_out(sheet.others(SPEAKER_COLUMNS))))


def _person(sheet: Sheet, row: Row, known: dict[str, int]) -> int | None:
    key = sheet.text(row, "persoon")
    if key and key not in known:
        sheet.bad(row, "persoon", t("there is no person {key}", key=shown(key)))
    return known.get(key)


def _speaker(sheet: Sheet, row: Row, voices: dict[str, Speaker]) -> Speaker | None:
    name = sheet.needed(row, "spreker")
    if name and name not in voices:
        sheet.bad(row, "spreker", t("nobody of that name speaks in this source"))
    return voices.get(name)


def import_codings(project: ProjectFile, path: Path) -> CodingImport:
    """Store codings, each as its own coder, in one change per coder; a row with an error refuses the whole file.

    A quote is looked for in the text as it counts now; `keer` says which time it occurs. A coding that its coder made
    already is not made again.
    """
    table = read_table(path)
    sheet = Sheet(table, CODING_SYNONYMS)
    sheet.need("bron", "code", "citaat")
    refuse([sheet])
    reader = _CodingReader(project, sheet)
    by_coder = reader.read()
    refuse([sheet])
    new = mentions = 0
    for coder, said in by_coder.items():
        with _as_coder(project, coder) as mine:
            made, told = _store(mine, said)
            new, mentions = new + made, mentions + told
    total = sum(map(len, by_coder.values()))
    warnings = (*table.notices, *sheet.left_out(sheet.others(CODING_COLUMNS)))
    return CodingImport(len(by_coder), total, new, total - new, mentions, warnings)


def _as_coder(project: ProjectFile, coder: str) -> AbstractContextManager[ProjectFile]:
    """The project with this coder at work: a connection of its own where it is somebody else."""
    if coder == project.coder:
        return nullcontext(project)
    return closing(project.sibling(coder=coder))


class _CodingReader:
    """A table of codings while it is read."""

    def __init__(self, project: ProjectFile, sheet: Sheet) -> None:
        self.project = project
        self.sheet = sheet
        self.names = SourceNames(project)
        self.codes = {code.key: code.id for code in codes.codebook(project)}
        self.families = families.family_ids(project)
        self._texts: dict[int, str] = {}

    def read(self) -> dict[str, dict[_Code, _Say]]:
        """What each coder says. Rows that say the same are one; families they are about are added up."""
        found: dict[str, dict[_Code, _Say]] = {}
        for row in self.sheet.table.rows:
            coder = self.sheet.text(row, "codeur") or self.project.coder
            place = self._place(row)
            say = _Say(
                Valence(self.sheet.choice(row, "kleur", VALENCES, default="none")),
                self.sheet.text(row, "memo"),
                self._about(row),
            )
            if place is not None:
                mine = found.setdefault(coder, {})
                earlier = mine.get(place)
                mine[place] = say if earlier is None else earlier._replace(about=(*earlier.about, *say.about))
        return found

    def _place(self, row: Row) -> _Code | None:
        source = self.names.find(self.sheet, row, "bron")
        code = self.codes.get(key := self.sheet.needed(row, "code"))
        if code is None and key:
            self.sheet.bad(row, "code", t("there is no code {key}", key=shown(key)))
        start, length = self._find(row, source) if source else (None, 0)
        if source is None or code is None or start is None:
            return None
        return _Code(source.id, start, start + length, code)

    def _find(self, row: Row, source: Source) -> tuple[int | None, int]:
        """Where the quote stands, and its length. What is looked for never stands in the message."""
        quote = normal_text(self.sheet.needed(row, "citaat"))
        wanted = self.sheet.number(row, "keer") if self.sheet.text(row, "keer") else 1
        if not quote or wanted is None:
            return None, 0
        text = self._text(source)
        start, count = text.find(quote), 0
        while start >= 0:
            count += 1
            if count == wanted:
                return start, len(quote)
            start = text.find(quote, start + 1)
        if count:
            self.sheet.bad(row, "keer", t("these words stand in the source less often: {n}×", n=count))
        else:
            self.sheet.bad(row, "citaat", t("these words do not stand in the source; copy them exactly"))
        return None, 0

    def _text(self, source: Source) -> str:
        if source.id not in self._texts:
            found = text_of(self.project, source.id, source.version)
            self._texts[source.id] = found.text if found else ""
        return self._texts[source.id]

    def _about(self, row: Row) -> tuple[int, ...]:
        about = []
        for key in self.sheet.text(row, "over").split():
            if key in self.families:
                about.append(self.families[key])
            else:
                self.sheet.no_family(row, "over", key)
        return tuple(about)


def _store(project: ProjectFile, said: dict[_Code, _Say]) -> tuple[int, int]:
    """Store what one coder says; give the numbers of new codings and new mentions."""
    touched: Sequence[int] = list(dict.fromkeys(place.source_id for place in said))
    with project.change(Act.IMPORT_CODINGS, *touched) as writing:
        me = project.coder_id
        there = set(_there(project, touched, me))
        fresh = [(place, say) for place, say in said.items() if place not in there]
        codings.add_codings(writing, [(*place, me, say.valence.value, say.memo) for place, say in fresh])
        mentions = 0
        for place, say in said.items():
            for family in say.about:
                made = sources.add_mention(
                    writing, place.source_id, start=place.start, stop=place.stop, family_id=family
                )
                mentions += made is not None
    return len(fresh), mentions


def _there(project: ProjectFile, source_ids: Iterable[int], coder_id: int) -> Iterable[_Code]:
    for source_id in source_ids:
        for each in codings.codings_of(project, source_id):
            if each.coder_id == coder_id:
                yield _Code(each.source_id, each.start, each.stop, each.code_id)
