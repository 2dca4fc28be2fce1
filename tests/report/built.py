"""A report that was built from the demo, and the project some weeks later: one family more, other scores."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.copies import copied

from verhalen.api.demo import run_demo
from verhalen.api.project import Project, open_project
from verhalen.privacy.clearance import Audience

SOURCE = """---
titel: Verslag
periode: 2024-09-01..2026-10-31
publiek: raad
instrument: sociale_balans
---

# In het kort

We begeleidden **{{ aantal gezinnen }} gezinnen**, met {{ aantal kinderen }} kinderen. Dat is veel.

- Van {{ aantal gevolgd }} gezinnen weten we meer.

{{ tabel verandering }}

{{ grafiek verandering }}

Tabel: Van onszelf

| Wat | Aantal |
|---|---|
| Gezinnen | {{ aantal gezinnen }} |

# Wat gezinnen zeggen

{{ citaat groep=wonen_geld kleur=positief }}

{{ verhaal verhaal=V13 }}

# Slot

Dit schreven wij zelf.

{{ grenzen }}

{{ dekking kort=ja }}
"""
FAMILIES, CHILDREN, TABLE, CHART, OWN_CELL, QUOTE, STORY = 1, 2, 4, 5, 6, 7, 8
"""Numbers of the placeholders above."""
Edit = Callable[[str], str]


def make_demo(folder: Path) -> None:
    """The demo, made once a run."""
    run_demo(folder / "w", progress=lambda _: None)


def build(folder: Path, *, audience: Audience = Audience.COUNCIL, source: str = SOURCE) -> tuple[Project, Path]:
    """An open project of its own, and a report built from it."""
    copied(make_demo, folder)
    project = open_project(folder / "w", coder="Hanne")
    written = folder / "bron.md"
    written.write_text(source, "utf-8")
    project.reports.build(written, folder / "rapport.docx", audience=audience)
    return project, folder / "rapport.docx"


def go_on(project: Project, folder: Path) -> None:
    """Some weeks later: G025 comes in support, and four families stand elsewhere."""
    _import(
        project,
        folder,
        "families",
        {"gezin": "G025", "gemeente": "Oudermeer", "gezinsvorm": "eenouder", "kinderen": "2"},
    )
    moment = {"gezin": "G025", "traject": "1", "aanmelding": "2025-02-01", "start": "2025-02-10", "coach": "Els"}
    _import(project, folder, "trajectories", moment)
    with (folder / "w" / "transcripts" / "scores_sociale_balans.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    chosen = [row for row in rows if row["gezin"] in ("G001", "G002", "G004", "G005") and row["status"] == "gescoord"]
    first = {row["gezin"]: min(each["datum"] for each in chosen if each["gezin"] == row["gezin"]) for row in chosen}
    later = [{**row, "waarde": "5"} for row in chosen if row["datum"] > first[row["gezin"]]]
    project.scores.import_file(_table(folder / "later.csv", later))


def _import(project: Project, folder: Path, name: str, row: dict[str, str]) -> None:
    project.families.import_file(_table(folder / f"{name}.csv", [row]))


def _table(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    """Every part of a file."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The file with some parts changed or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
        for name in changed.keys() - set(old.namelist()):
            new.writestr(name, changed[name])
    return made.getvalue()


def document_of(path: Path) -> str:
    """The XML of the words."""
    return parts_of(path)["word/document.xml"].decode("utf-8")


def edit_document(path: Path, edit: Edit) -> None:
    """Change the XML of the words as a word processor would."""
    before = document_of(path)
    after = edit(before)
    assert after != before, "the edit does nothing"
    path.write_bytes(with_parts(path.read_bytes(), {"word/document.xml": after.encode("utf-8")}))


_BOOKMARK = re.compile(
    r'<w:bookmarkStart w:id="(\d+)" w:name="vh[0-9a-f]{6}_(\d+(?:_\d+)*)"/>(.*?)<w:bookmarkEnd w:id="\1"/>', re.DOTALL
)


def held(xml: str, entry: int | str) -> str:
    """What the bookmark `entry` holds, deleted words left out."""
    inside = next(match[3] for match in _BOOKMARK.finditer(xml) if match[2] == str(entry))
    inside = re.sub(r"<w:del .*?</w:del>", "", inside, flags=re.DOTALL)
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", inside))


def outside(xml: str) -> str:
    """The XML without what our bookmarks hold."""
    return _BOOKMARK.sub(r"[\2]", xml)


def swap(old: str, new: str, *, count: int = 1) -> Edit:
    """Put `new` in the place of `old`."""
    return lambda xml: xml.replace(old, new, count)


def around(entry: int | str, make: Callable[[str], str]) -> Edit:
    """Change a bookmark with what it holds."""

    def edit(xml: str) -> str:
        match = next(match for match in _BOOKMARK.finditer(xml) if match[2] == str(entry))
        return xml[: match.start()] + make(match[0]) + xml[match.end() :]

    return edit


def within(entry: int | str, old: str, new: str) -> Edit:
    """Change something between the bookmarks of `entry`."""
    return around(entry, lambda whole: whole.replace(old, new, 1))
