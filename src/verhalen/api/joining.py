"""Words and numbers side by side: the joint displays J1 to J5, verdicts, and families whose words and numbers go apart.

For the team: nothing is masked. What leaves goes through a report.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.analysis.joint_data import JointChoice, JointData, instrument_of, load_joint
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.codes import no_family
from verhalen.model.verdict import FAMILY, Relation, Verdict, family_of, sentence_problem
from verhalen.store import codebook as code_store
from verhalen.store import memos, scores
from verhalen.store.families import family_ids
from verhalen.store.project import ProjectFile
from verhalen.store.stories import stories_by_domain
from verhalen.store.verdicts import verdict_history

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verhalen.analysis.joint import JointRow
    from verhalen.analysis.joint_cases import Case
    from verhalen.analysis.joint_crosswalk import Crosswalk
    from verhalen.analysis.joint_factors import Factors
    from verhalen.analysis.joint_families import FamilyApart
    from verhalen.analysis.joint_themes import ThemeTable
    from verhalen.exchange.finding_tables import Written
    from verhalen.exchange.joint_tables import Shown

_PARTS = ("volwassene", "kind")


class Joining:
    """`project.joining`."""

    def __init__(self, file: ProjectFile, workspace: Path) -> None:
        self._file = file
        self._workspace = workspace

    def load(self, choice: JointChoice | None = None, *, today: dt.date | None = None) -> JointData:
        """One look at the project, from which all displays of one choice can be made. Raises UnknownInstrument, BadInput."""
        return load_joint(self._file, choice, today=today or _today())

    def side_by_side(
        self, data: JointData | None = None, *, by_domain: bool = False, apart: bool = False
    ) -> tuple[JointRow, ...]:
        """J1: per group of life domains or per life domain; `apart` gives adults and children rows of their own."""
        return (data or self.load()).rows(by_domain=by_domain, apart=apart)

    def undecided(self, data: JointData | None = None, *, by_domain: bool = False) -> tuple[JointRow, ...]:
        """Rows in use without a verdict, or with one that is older than what came in since."""
        return tuple(row for row in self.side_by_side(data, by_domain=by_domain) if row.undecided)

    def themes(self, data: JointData | None = None, *, below: Sequence[str] = ()) -> ThemeTable:
        """J2: per code who tells of it, by how it went with the family; with `below` these codes and those below them."""
        from verhalen.analysis.joint_codes import coded_pieces, only_below
        from verhalen.analysis.joint_themes import change_classes, themes

        data = data or self.load()
        coded = coded_pieces(self._file, families=data.keys, stories=data.stories, saying=data.saying)
        book = code_store.codebook(self._file, counted=False)
        return themes(only_below(self._file, book, below), coded, change_classes(data.change, data.keys))

    def cases(
        self, data: JointData | None = None, *, family: str = "", today: dt.date | None = None
    ) -> tuple[Case, ...]:
        """J3: every voice and every assessor of each family, per life domain. Raises UnknownFamily."""
        from verhalen.analysis.joint_cases import cases

        if family and family not in family_ids(self._file):
            raise no_family(family)
        return cases(data or self.load(today=today), family=family, today=today or _today())

    def crosswalk(self, instrument: str = "", *, theory: Path | None = None) -> Crosswalk:
        """J4: items beside questions, codes, stories and the lines of a theory of change.

        Without an instrument all that are asked; without a file `codebooks/veranderingstheorie.md`, where it is there.
        Raises UnknownInstrument, BadTheory with the line, UnreadableFile.
        """
        from verhalen.analysis.joint_crosswalk import crosswalk
        from verhalen.analysis.theory import Names, read_theory

        with self._file.steady():
            everything = [each for each in scores.instruments(self._file) if each.asked and each.kind != "afgeleid"]
            asked = [instrument_of(self._file, instrument)] if instrument else everything
            domains, book = scores.domain_list(self._file), code_store.codebook(self._file)
            path = theory or self.theory_file()
            read = read_theory(path, Names.of(domains, book, everything)) if path else None
            return crosswalk(asked, domains, book, stories=stories_by_domain(self._file), theory=read)

    def theory_file(self) -> Path | None:
        """The theory of change of this workspace; None where there is none."""
        from verhalen.analysis.theory import USUAL_NAME

        path = self._workspace / "codebooks" / USUAL_NAME
        return path if path.is_file() else None

    def factors(self, data: JointData | None = None, *, below: Sequence[str] = ()) -> Factors:
        """J5: context codes by perspective and by the life domain with which they are told, and who never names them."""
        from verhalen.analysis.joint_codes import coded_pieces, context_codes, only_below
        from verhalen.analysis.joint_factors import factors, heard
        from verhalen.coding.scheme import elements

        data = data or self.load()
        book = code_store.codebook(self._file, counted=False)
        scheme = {each.key for each in elements(self._file)}  # how a story is built, not what works
        wanted = {code.key for code in only_below(self._file, book, below)} - scheme
        return factors(
            book,
            coded_pieces(self._file, families=data.keys, stories=data.stories, saying=data.saying),
            context=[key for key in context_codes(book) if key in wanted],
            domains=[each.key for each in data.domains.domains],
            heard_from=heard(self._file, data.stories, data.keys),
        )

    def families_apart(self, data: JointData | None = None) -> tuple[FamilyApart, ...]:
        """Families whose words and numbers go apart, those to work through first; a verdict closes one until something comes."""
        from verhalen.analysis.joint_families import families_apart

        return families_apart(data or self.load())

    def verdicts(self) -> dict[str, tuple[Verdict, ...]]:
        """Every verdict by what it is about, oldest first: the last one counts."""
        return verdict_history(self._file)

    def decide(self, target: str, relation: Relation, sentence: str) -> Verdict:
        """Write down what the team says, with its reason in a full sentence. What was said before is kept.

        `target`: key of a life domain or group, with `.volwassene` or `.kind` behind it; `gezin:G012`; `gezin:G012:WON`.
        Raises BadInput, UnknownFamily.
        """
        if problem := sentence_problem(sentence):
            raise errors.BadInput(reason=problem)
        with self._file.change(Act.VERDICT) as writing:
            known = self._target(target.strip())
            number = memos.add_verdict(writing, known, relation, " ".join(sentence.split()))
            writing.targets.append(number)
        return verdict_history(self._file)[known][-1]

    def write(self, path: Path, found: Shown, data: JointData | None = None) -> Written:
        """Write a display as .csv or .xlsx, for inside; of XLSX the last sheets are the codebook and how was counted.

        Raises BadInput for another suffix, CannotWrite.
        """
        from verhalen.exchange.joint_tables import Display, write_display

        return write_display(path, Display(found, data, code_store.codebook(self._file, counted=False)))

    def _target(self, target: str) -> str:
        """A target as it is stored. Raises BadInput with the nearest key."""
        domains = scores.domain_list(self._file)
        known = {each.key for each in domains.domains} | {each.key for each in domains.groups}
        family, domain = family_of(target)
        if target.startswith(FAMILY):
            if family not in family_ids(self._file):
                raise no_family(family)
            if domain and domains.find(domain) is None:
                raise _no_target(domain, {each.key for each in domains.domains})
            return target
        key, dot, part = target.partition(".")
        if key not in known or (dot and part not in _PARTS):
            raise _no_target(target, {*known, *(f"{each}.{name}" for each in known for name in _PARTS if dot)})
        return target


def _no_target(target: str, known: set[str]) -> errors.BadInput:
    import difflib

    near = difflib.get_close_matches(target, known, n=1)
    if not near:
        return errors.BadInput(reason=t("{target} is no life domain, no group and no family here", target=target))
    return errors.BadInput(
        reason=t(
            "{target} is no life domain and no group here; the nearest is {nearest}", target=target, nearest=near[0]
        )
    )


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
