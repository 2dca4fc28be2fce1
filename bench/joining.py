"""Joint displays over 100,000 codings of 20 families: `python -m bench.joining`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from bench.measure import Figure, show
from bench.scores import cpu_ms
from bench.workload import coding_rows, fill, make_project
from verhalen.api.project import Project
from verhalen.api.workspace import shipped_domains, shipped_instruments
from verhalen.model.act import Act
from verhalen.model.family import Person
from verhalen.store import families, sources

CODINGS = 100_000
CODES = 262
TEXTS = 20
CHARACTERS = 60_000


def make_words(folder: Path) -> Project:
    """A family tells in every text; half of the codes are evidence of a life domain."""
    file, texts, codes = make_project(folder, texts=TEXTS, characters=CHARACTERS, codes=CODES)
    project = Project(file)
    project.scores.import_domains(shipped_domains())
    project.scores.import_instruments(*shipped_instruments())
    domains = [each.key for each in project.scores.domains().domains]
    with file.change(Act.IMPORT_CODEBOOK) as writing:
        for place, code in enumerate(codes[::2]):
            row = (writing.new_id(), code, domains[place % len(domains)], "evidence", 0)
            writing.execute("insert into code_domain values (?, ?, ?, ?, ?)", row)
    with file.change(Act.IMPORT_FAMILIES) as writing:
        for number, text in enumerate(texts):
            family = families.add_family(writing, f"F{number:03}", municipality="")
            mother = families.put_person(writing, family, Person(f"F{number:03}.moeder", "ouder"))
            speaker = sources.speakers_of(file, text)[0].id
            sources.link_speaker(writing, speaker, person_id=mother, role="ouder")
    rows = coding_rows(CODINGS, source_ids=texts, code_ids=codes, coder=file.coder_id, characters=CHARACTERS)
    fill(file, rows)
    return project


def figures(folder: Path) -> list[Figure]:
    """Each beside a raw `select` of all codings: what SQLite and Python take to hand over the same rows."""
    project = make_words(folder / "joining")
    raw = cpu_ms(lambda: project.file.rows("select * from coding"))
    joining = project.joining
    data = joining.load()
    whole = f"over {CODINGS:,} codings"
    found = [
        Figure(f"J1 per life domain {whole}, loading included", cpu_ms(lambda: rows_of(project)), raw, "2000 ms"),
        Figure(f"J2 {whole}", cpu_ms(lambda: joining.themes(data), times=1), raw, "5000 ms"),
        Figure(f"J5 {whole}", cpu_ms(lambda: joining.factors(data), times=1), raw, "5000 ms"),
        Figure(
            f"families whose words and scores go apart {whole}",
            cpu_ms(lambda: joining.families_apart(data)),
            raw,
            "500 ms",
        ),
    ]
    project.close()
    return found


def rows_of(project: Project) -> int:
    """The rows of J1."""
    return len(project.joining.side_by_side(by_domain=True))


def main() -> None:
    """Run and print."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["VERHALEN_HOME"] = str(Path(name) / "home")
        show(figures(Path(name)))


if __name__ == "__main__":
    main()
