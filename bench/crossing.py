"""Crosstabs of 262 codes by 20 municipalities over 100,000 codings: `python -m bench.crossing`.

Beside a raw `group by` over the same rows, which neither joins overlapping codings nor counts the codes above, and beside one
query per pair of code and column, as peers do it.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path

from bench.measure import Figure, show
from bench.scores import cpu_ms
from bench.workload import coding_rows, fill, make_project
from verhalen.api.crossing import Crossings
from verhalen.model.act import Act
from verhalen.model.crosstable import Rows, Unit
from verhalen.model.family import Person, Trajectory
from verhalen.store import families, sources
from verhalen.store.project import ProjectFile
from verhalen.store.speakers import TURN_OF_CODING

CODES = 262
GROUPS = 20
CODINGS = 100_000
TEXTS = 50
CHARACTERS = 60_000
_FIRST = 14
"""Codes at the top; the others hang below, three levels deep, as in a large codebook."""


def make_crossing(folder: Path, *, count: int = CODINGS) -> ProjectFile:
    """A project in which both speakers of every text are of families, and the codes are a tree."""
    project, source_ids, code_ids = make_project(folder, texts=TEXTS, characters=CHARACTERS, codes=CODES)
    with project.change(Act.EDIT_CODE) as writing:
        for nth, code in enumerate(code_ids):
            above = code_ids[nth % _FIRST] if nth < 5 * _FIRST else code_ids[_FIRST + nth % (4 * _FIRST)]
            if nth >= _FIRST:
                writing.execute("update code set parent_id = ? where id = ?", (above, code))
    _people(project, source_ids)
    rows = coding_rows(count, source_ids=source_ids, code_ids=code_ids, coder=project.coder_id, characters=CHARACTERS)
    fill(project, rows)
    return project


def _people(project: ProjectFile, source_ids: list[int]) -> None:
    """Two families per text, all in one of the municipalities."""
    with project.change(Act.IMPORT_FAMILIES) as writing:
        for nth, source in enumerate(source_ids):
            for place, speaker in enumerate(sources.speakers_of(project, source)):
                key = f"F{2 * nth + place:03}"
                family = families.add_family(writing, key, municipality=f"Stad {(2 * nth + place) % GROUPS}")
                families.put_trajectory(writing, family, Trajectory(1, dt.date(2025, 1, 6), coach=f"coach {nth % 9}"))
                person = families.put_person(writing, family, Person(f"{key}.moeder", "ouder"))
                sources.link_speaker(writing, speaker.id, person_id=person, role="ouder")


def figures(folder: Path) -> list[Figure]:
    """Loading included: nothing is kept from one table to the next."""
    project = make_crossing(folder / "crossing")
    door = Crossings(project)
    raw = cpu_ms(lambda: project.rows(_GROUPED), times=5)
    whole = f"{CODES} codes x {GROUPS} groups over {CODINGS:,} codings"
    found = [
        Figure(
            f"{whole}, beside a raw group by",
            cpu_ms(lambda: door.table("gemeente", words=False), times=5),
            raw,
            "250 ms",
        ),
        Figure(
            f"{whole}, beside a query per pair",
            cpu_ms(lambda: door.table("gemeente", words=False), times=5),
            pairs_ms(project),
            "beside",
        ),
        Figure("the same with words per column", cpu_ms(lambda: door.table("gemeente"), times=5), raw, "beside"),
        *(
            Figure(f"the same, {what}", cpu_ms(act, times=3), raw, "beside")
            for what, act in (
                ("families", lambda: door.table("gemeente", unit=Unit.FAMILIES, words=False)),
                ("texts", lambda: door.table("gemeente", unit=Unit.SOURCES, words=False)),
                ("by role", lambda: door.table("role", words=False)),
                ("by coder", lambda: door.table("coder", words=False)),
                ("rows by valence", lambda: door.table("gemeente", rows=Rows.VALENCE, words=False)),
            )
        ),
    ]
    project.close()
    return found


_JOINED = f"""
from coding join turn on turn.id = {TURN_OF_CODING}
join speaker on speaker.id = turn.speaker_id join person on person.id = speaker.person_id
join family on family.id = person.family_id
"""
_GROUPED = f"select coding.code_id, family.municipality, count(*) {_JOINED} group by 1, 2"
_TRIED = 40
"""Pairs that are tried; all of them would take minutes."""


def pairs_ms(project: ProjectFile) -> float:
    """One query for each pair, by the index of the code: some of them, multiplied."""
    codes = [number for (number,) in project.rows("select id from code order by id limit ?", (_TRIED,))]
    sql = f"select count(*) {_JOINED} where coding.code_id = ? and family.municipality = ?"

    def some() -> None:
        for nth, code in enumerate(codes):
            project.number(sql, (code, f"Stad {nth % GROUPS}"))

    return cpu_ms(some, times=2) / _TRIED * CODES * GROUPS


def main() -> None:
    """Run and print."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["VERHALEN_HOME"] = str(Path(name) / "home")
        show(figures(Path(name)))


if __name__ == "__main__":
    main()
