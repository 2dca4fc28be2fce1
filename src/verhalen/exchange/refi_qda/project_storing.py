"""A project file that was looked through, stored: codes, cases, texts, codings, memos, and what our own file beside it adds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from verhalen.exchange.codebook_storing import put_codebook
from verhalen.exchange.refi_qda.archive import Archive
from verhalen.exchange.refi_qda.case_xml import inside
from verhalen.exchange.refi_qda.cases import CaseStore, Placed
from verhalen.exchange.refi_qda.code_keys import ForeignCode, match
from verhalen.exchange.refi_qda.codes_xml import OURS, linked
from verhalen.exchange.refi_qda.guids import Guids, keep_guids, keep_named_guids
from verhalen.exchange.refi_qda.memo_storing import MemoStore
from verhalen.exchange.refi_qda.outcome import Imported, Options, Progress
from verhalen.exchange.refi_qda.row_storing import RowStore
from verhalen.exchange.refi_qda.second_walk import SecondWalk, Stored
from verhalen.exchange.refi_qda.side_storing import put_families, put_speakers
from verhalen.exchange.refi_qda.sidecar_reading import Sidecar
from verhalen.exchange.refi_qda.surveying import FoundText, Survey, digest
from verhalen.exchange.refi_qda.text_storing import Coders, Done, TextStore, Wanted
from verhalen.i18n import t
from verhalen.language.lemmas import lemma_text
from verhalen.model.text import SourceKind, Turn, text_digest
from verhalen.readers.speakers import find_turns
from verhalen.store import codebook, foreign, forget, scores, sources
from verhalen.store.project import ProjectFile, Writing

_SUFFIX = re.compile(r"\.(txt|docx?|rtf|odt|pdf|md|html?|vtt|srt|json)$", re.IGNORECASE)
"""Other programs call a text as its file."""


class Ready:
    """A text with all that takes time, before the lock is taken."""

    def __init__(self, project: ProjectFile, found: FoundText, options: Options, sidecar: Sidecar) -> None:
        self.found = found
        self.side = sidecar.texts.get(found.begins.guid)
        self.digest = digest(found)
        self.why_not = ""
        if not found.text.strip():
            self.why_not = "no_text"
        elif forget.is_forgotten(project, [self.digest, text_digest(found.text), forget.like(found.text)]):
            self.why_not = "withdrawn"
        if self.side is not None and self.side.sha256 != text_digest(found.text):
            self.side = None
        self.turns: Sequence[Turn] = ()
        if not self.why_not:
            self.lemmas = lemma_text(found.text)
            self.turns = self.side.turns if self.side is not None else _turns(found.text, options)


def _turns(text: str, options: Options) -> list[Turn]:
    turns, _ = find_turns(text)
    return turns if options.speakers else [Turn(None, each.start, each.stop, each.time_ms) for each in turns]


class ProjectStore:
    """One import, within its change."""

    def __init__(
        self,
        writing: Writing,
        archive: Archive,
        found: Survey,
        ready: Sequence[Ready],
        options: Options,
        sidecar: Sidecar,
        done: Imported,
    ) -> None:
        self.writing = writing
        self.project = writing.project
        self.archive = archive
        self.found = found
        self.ready = ready
        self.options = options
        self.sidecar = sidecar
        self.done = done
        self.dropped = done.discarded
        self.dropped.update(found.dropped)
        self.guids = Guids(self.project)
        self.coders = Coders(writing, sidecar.coders | found.users)

    def store(self, on_progress: Progress | None) -> None:
        """Store everything."""
        codes = self._codes()
        cases = self._cases()
        self._texts(cases)
        said = self._codings(codes, cases, on_progress)
        rows = RowStore(self.writing, self.sidecar, self.dropped, cases=cases, coders=self.coders)
        self.done.rows = rows.store(codes=codes, texts=self._by_guid, new_texts=self._new)
        for each in self.found.cases:
            placed = cases.placed.get(each.guid)
            if (
                placed is not None
                and placed.person_id is None
                and each.description.strip()
                and cases.is_code(each.name)
            ):
                said.remarks.append((("family", placed.family_id), each.description, "", ""))
        memos = MemoStore(self.writing, self.found, self.sidecar, self.coders, self.guids, self.dropped)
        places = said.places | {guid: ("family", each.family_id) for guid, each in cases.placed.items()}
        places |= {guid: ("source", number) for guid, number in self._by_guid.items()}
        places |= {guid: ("code", number) for guid, number in codes.items()}
        self.done.memos = memos.store(said, places, stories=rows.mapped("story"))
        # The history names the texts; codes only where there are none.
        self.writing.targets[:] = self.done.sources or self.writing.targets
        self.done.codings, self.done.existed, self.done.mentions = said.new, said.existed, said.mentions
        self.done.families, self.done.persons = cases.new_families, cases.new_persons
        self.done.coders = len(self.coders)

    # -- codes and cases -------------------------------------------------------------------------------------------

    def _codes(self) -> dict[str, int]:
        """Plain GUID of each code of the file -> id."""
        case_guids = {each.guid for each in self.found.cases if each.guid}
        self._case_codes = {each.guid for each in self.found.codes if each.guid in case_guids}
        domains = {each.key for each in scores.domain_list(self.project).domains}
        domains |= self.sidecar.domain_keys()
        sets = [(each.description, each.codes) for each in self.found.sets]
        codes, other = linked(self.found.codes, sets, domains)
        self.dropped["set"] += other
        codes = self.sidecar.with_ours(_without(codes, self._case_codes))
        book = codebook.codebook(self.project, counted=False)
        known = self.guids.ids("code", [code.id for code in book])
        matched = match(book, known, codes)
        silent = {key for key, each in zip(matched.keys, codes, strict=True) if each.ours is None}
        self.done.codes, self.done.changed_codes, _ = put_codebook(self.writing, matched.book, silent=silent)
        ids = {code.key: code.id for code in codebook.codebook(self.project, counted=False)}
        keep_guids(self.writing, "code", {ids[key]: guid for key, guid in matched.brought.items()})
        found: dict[str, int] = {}
        for key, each in zip(matched.keys, codes, strict=True):
            self.dropped["guid_twice"] += each.guid in found
            found.setdefault(each.guid, ids[key])
        return found

    def _cases(self) -> CaseStore:
        names = [each.name.partition(".")[0] for each in self.found.cases] + [
            each.key for each in self.sidecar.families
        ]
        store = CaseStore(
            self.writing,
            mode=self.options.cases,
            variables=self.found.variables,
            withdrawn=forget.forgotten_families(self.project, names),
            dropped=self.dropped,
        )
        if self.options.cases != "none":
            put_families(self.writing, self.sidecar, store)
        for each in self.found.cases:
            if each.guid not in store.placed or not each.guid:
                store.put(each)
        families = {each.family_id: guid for guid, each in store.placed.items() if each.person_id is None and guid}
        persons = {each.person_id: guid for guid, each in store.placed.items() if each.person_id is not None and guid}
        keep_guids(self.writing, "family", {n: guid for n, guid in families.items() if n in store.new})
        keep_guids(self.writing, "person", {n: guid for n, guid in persons.items() if n in store.new})
        keep_named_guids(self.writing, "variable", {inside(name): guid for guid, name in self.found.variables.items()})
        sets = {
            each.description.removeprefix(OURS): each.guid
            for each in self.found.sets
            if each.description.startswith(OURS)
        }
        keep_named_guids(self.writing, "set", sets)
        return store

    # -- texts -----------------------------------------------------------------------------------------------------

    def _texts(self, cases: CaseStore) -> None:
        """Store the texts that are not here yet; `self._ids` has one id per text of the file, 0 where there is none."""
        known = self.guids.ids("source", [each.id for each in sources.all_sources(self.project)])
        by_words = foreign.texts_by_digest(self.project)
        self._ids: list[int] = []
        self._new: set[int] = set()
        self._by_guid: dict[str, int] = {}
        used: set[int] = set()
        for each in self.ready:
            guid, number = each.found.begins.guid, 0
            if each.why_not:
                self.dropped[each.why_not] += 1
                self.dropped["codings_of_those"] += each.found.selections
            else:
                number = self._known(each, known, by_words, used) or self._add(each, cases, keeps=guid not in known)
                used.add(number)
                self._by_guid.setdefault(guid, number)
                self._by_guid.setdefault(each.found.begins.container, number)
            self._ids.append(number)
        self._by_guid.pop("", None)
        self.done.known_sources = len(used) - len(self.done.sources)
        self._give_families(cases)

    def _known(self, ready: Ready, known: dict[str, int], by_words: dict[str, int], used: set[int]) -> int:
        same = by_words.get(text_digest(ready.found.text), 0)
        by_guid = known.get(ready.found.begins.guid, 0)
        if by_guid and sources.source_by_id(self.project, by_guid) and self._holds(by_guid, ready):
            return by_guid
        return 0 if same in used else same

    def _holds(self, source_id: int, ready: Ready) -> bool:
        return foreign.digest_of(self.project, source_id) == text_digest(ready.found.text)

    def _add(self, ready: Ready, cases: CaseStore, *, keeps: bool) -> int:
        found, side = ready.found, ready.side
        kind: SourceKind = "note" if found.begins.is_note else "transcript"
        if side is not None and side.kind in ("note", "story"):
            kind = "note" if side.kind == "note" else "story"
        title = found.begins.name or t("without a name")
        number = sources.add_source(
            self.writing,
            sources.NewSource(
                title=title if side is not None else _SUFFIX.sub("", title) or title,
                kind=kind,
                suffix=found.suffix,
                text=found.text,
                lemmas=ready.lemmas,
                turns=ready.turns,
                original=found.data,
                original_sha256=ready.digest,
                masked=side.masked if side else 0,
                landmarks=side.landmarks if side else (),
            ),
        )
        self._new.add(number)
        self.done.sources.append(number)
        if keeps and found.begins.guid and found.begins.guid not in self._by_guid:
            keep_guids(self.writing, "source", {number: found.begins.guid})
        if side is not None:
            put_speakers(self.writing, number, side, cases, self.coders)
        return number

    def _give_families(self, cases: CaseStore) -> None:
        """A text that one case alone names is that family's words."""
        named: dict[int, set[int]] = defaultdict(set)
        for each in self.found.cases:
            placed = cases.placed.get(each.guid)
            for guid in each.sources if placed else ():
                if guid in self._by_guid and placed:
                    named[self._by_guid[guid]].add(placed.family_id)
        for source, families in named.items():
            if len(families) > 1:
                self.dropped["case_text"] += 1
            elif source in self._new:
                foreign.give_family(self.writing, source, families.pop())

    # -- codings ---------------------------------------------------------------------------------------------------

    def _codings(self, codes: dict[str, int], cases: CaseStore, on_progress: Progress | None) -> Done:
        people: dict[str, list[Placed]] = defaultdict(list)
        for each in self.found.cases:
            if (placed := cases.placed.get(each.guid)) is not None:
                for guid in each.selections:
                    people[guid].append(placed)
        wanted = Wanted(
            codes=codes,
            case_codes={guid: cases.placed.get(guid) for guid in self._case_codes},
            people=dict(people),
            linked={end for link in self.found.links for end in (link.origin, link.target) if end},
            notes=self.found.notes,
        )
        done = Done()
        store = TextStore(
            self.writing,
            wanted=wanted,
            sidecar=self.sidecar,
            coders=self.coders,
            dropped=self.dropped,
            done=done,
            model=self.done.model,
        )
        stored = Stored([each.found for each in self.ready], self._ids, frozenset(self._new), self._by_guid)
        second = SecondWalk(self.writing, stored, store, done=done, dropped=self.dropped, model=self.done.model)
        with self.archive.qde() as stream:
            second.walk(stream, total=self.found.selections, on_progress=on_progress)
        return done


def _without(codes: list[ForeignCode], gone: set[str]) -> list[ForeignCode]:
    """The codes but for those that are cases; what stood below one of these goes on top."""
    kept: list[ForeignCode] = []
    places: dict[int, int] = {}
    for index, each in enumerate(codes):
        if each.guid in gone:
            continue
        places[index] = len(kept)
        kept.append(replace(each, parent=places.get(each.parent) if each.parent is not None else None))
    return kept
