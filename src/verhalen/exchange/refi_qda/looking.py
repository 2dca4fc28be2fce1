"""What a project of another program holds and what would become of it, before anything is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from verhalen.exchange.bulk import without_collecting
from verhalen.exchange.refi_qda.archive import open_archive
from verhalen.exchange.refi_qda.cases import is_code_of_ours
from verhalen.exchange.refi_qda.codes_xml import linked
from verhalen.exchange.refi_qda.importing import check_any, way_to_count
from verhalen.exchange.refi_qda.offsets import Score, Words
from verhalen.exchange.refi_qda.outcome import Options, Progress
from verhalen.exchange.refi_qda.sidecar_reading import Sidecar, read_sidecar
from verhalen.exchange.refi_qda.surveying import Survey, digest, survey
from verhalen.model.text import text_digest
from verhalen.store import families, foreign, forget, scores
from verhalen.store.project import ProjectFile

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way to count places, with what it makes of some selections; ways that come to the same are one."""

    score: Score
    examples: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """The answer."""

    file: str
    origin: str
    """The program, as the file says; not to be trusted."""
    texts: int
    """With words."""
    known_texts: int
    """Word for word here already."""
    codes: int
    codings: int
    coders: tuple[str, ...]
    coded_cases: int
    """Cases whose names are codes: these become families and persons."""
    other_cases: int
    """Their names may be names of people."""
    memos: int
    rows: int
    """In our own file beside it."""
    has_sidecar: bool
    scores: tuple[Score, ...]
    """Best first."""
    model: str
    """How places are counted; empty where figures do not tell."""
    ways: tuple[Way, ...]
    """What there is to choose between, best first; one where all come to the same."""
    beyond: dict[str, int]
    """Way to count -> codings that would lie outside their text."""
    certain: Counter[str]
    """What cannot be kept, whatever is chosen."""

    def lost(self, model: str, cases: str) -> Counter[str]:
        """What cannot be kept, by kind, as far as can be seen before."""
        lost = Counter(self.certain)
        lost["outside_text"] += self.beyond.get(model, 0)
        lost["case"] += {"families": self.other_cases, "new": 0}.get(cases, self.other_cases + self.coded_cases)
        return +lost


def look(project: ProjectFile, path: Path, *, on_progress: Progress | None = None) -> Looked:
    """Read it once, and store nothing. Raises BadExchange, TooLarge and other UnreadableFile; each names the file."""
    sidecar = read_sidecar(path)
    with open_archive(path) as archive, without_collecting():
        found = survey(archive, on_progress=on_progress)
        check_any(found, path)
        model, is_sure = way_to_count(found, Options(), sidecar)
    known = foreign.texts_by_digest(project)
    worded = [each for each in found.texts if each.text.strip()]
    here = families.family_ids(project)
    persons = families.person_ids(project)
    coded = [each for each in found.cases if is_code_of_ours(each.name, here, persons)]
    ordered = found.scoring.ordered()
    return Looked(
        file=path.name,
        origin=found.project.origin,
        texts=len(worded),
        known_texts=sum(text_digest(each.text) in known for each in worded),
        codes=len(_real_codes(found)),
        codings=sum(found.codings.values()),
        coders=tuple(dict.fromkeys(name for name in found.users.values() if name)),
        coded_cases=len(coded),
        other_cases=len(found.cases) - len(coded),
        memos=sum(bool(each.text.strip()) for each in found.notes.values()),
        rows=sum(len(each["rows"]) for each in sidecar.tables.values()),
        has_sidecar=sidecar.is_there,
        scores=tuple(ordered),
        model=model if is_sure else "",
        ways=tuple(_ways(found, ordered)),
        beyond=dict(found.beyond),
        certain=_certain(project, found, sidecar),
    )


def _real_codes(found: Survey) -> set[str]:
    """Plain GUIDs of the codes that are no cases."""
    cases = {each.guid for each in found.cases if each.guid}
    return {each.guid or f"code {at}" for at, each in enumerate(found.codes)} - cases


def _certain(project: ProjectFile, found: Survey, sidecar: Sidecar) -> Counter[str]:
    lost = Counter(found.dropped)
    for each in found.texts:
        digests = [digest(each), text_digest(each.text), forget.like(each.text)]
        why = "no_text" if not each.text.strip() else "withdrawn" if forget.is_forgotten(project, digests) else ""
        if why:
            lost[why] += 1
            lost["codings_of_those"] += each.selections
    known = {each.guid for each in found.codes} | {each.guid for each in found.cases if each.guid}
    lost["unknown_code"] += sum(n for code, n in found.codings.items() if code not in known)
    lost["empty_selection"] += found.empty
    lost["no_user"] += found.of_nobody
    lost["text_value"] += found.text_values
    lost["note_empty"] += sum(not each.text.strip() for each in found.notes.values())
    domains = {each.key for each in scores.domain_list(project).domains} | sidecar.domain_keys()
    lost["set"] += linked(found.codes, [(each.description, each.codes) for each in found.sets], domains)[1]
    return +lost


def _ways(found: Survey, ordered: Sequence[Score]) -> list[Way]:
    """What ways make of the selections at which they differ."""
    first: list[Score] = []
    for score in ordered:
        if not any(found.scoring.same(score.model, other.model) for other in first):
            first.append(score)
    telling = found.scoring.telling([each.model for each in first], _SHOWN)
    return [Way(score, tuple(each[score.model] for each in telling)) for score in first]
