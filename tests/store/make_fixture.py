"""Make the old project file with which `test_upgrade.py` proves that later versions still open it.

    python -m tests.store.make_fixture

writes `fixtures/schema_N.verhalen.gz` for the schema of today, and beside it `schema_N.json` with what must be read from it.
After a release such a file is never made again: it is what people have on their disks. Before the first release a change
of schema 1 is simply followed by a new `schema_1`.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tempfile
from pathlib import Path

from tests.builders import TALK, add_text, code_words, coded, correct_words, furnish, redo, undo

from verhalen.coding import editing
from verhalen.i18n import set_language
from verhalen.model.coding import Valence
from verhalen.settings import identity_file, made_once
from verhalen.store import checking, codings, drafts, forget, journal, sources
from verhalen.store.project import ProjectFile
from verhalen.store.schema import SCHEMA_VERSION

FIXTURES = Path(__file__).with_name("fixtures")
CODERS = {"Hanne": "0" * 31 + "1", "Jan": "0" * 31 + "2"}
"""Identities that stay the same, so that the test can undo what these two did."""


def write_history(hanne: ProjectFile) -> None:
    """Two coders at work: corrections, an undo that makes a version of its own, a redo, a withdrawal."""
    with hanne.sibling(coder="Jan") as jan:
        there = furnish(hanne)
        code_words(jan, there.source, "Nu gaat het beter", "vervoer", valence=Valence.POSITIVE)
        correct_words(hanne, there.source, "sliep", "slaap 😀")
        correct_words(jan, there.source, "zei de coach", "zei de coördinator")
        undo(hanne)
        editing.set_memo(jan, codings.codings_of(jan, there.source)[0].id, 'Een "memo" met é.')
        code_words(hanne, there.source, "straat", "rol")
        undo(hanne)
        redo(hanne)
        code_words(hanne, there.source, "gezinnen", "rol")
        undo(hanne)
        gone = add_text(jan, "Cas: Dit mag weg.", "cas")
        assert forget.forget(jan, forget.what_goes(jan, {"source": {gone}}))
        drafts.keep_draft(hanne, "verhaal:nieuw", "Half een zin")
        drafts.keep_view(hanne, f"bron:{there.source}", "12")


def expected(project: ProjectFile) -> dict[str, object]:
    """What every later version must still read from the file."""
    return {
        "digest": checking.digest(project),
        "texts": {str(each.number): editing.text_now(project, each.id) for each in sources.all_sources(project)},
        "codings": [list(each) for each in coded(project)],
        "history": [f"{each.act} {each.coder} {each.undone}" for each in journal.history(project)],
    }


def main() -> None:
    """Write the two files."""
    home = Path(tempfile.mkdtemp())
    os.environ["VERHALEN_HOME"] = str(home / "home")
    set_language("nl")
    for name, identity in CODERS.items():
        made_once(identity_file(name), identity)
    try:
        with ProjectFile.create(home, coder="Hanne") as project:
            add_text(project, TALK.replace("Anna", "Els"), "els")
            write_history(project)
            assert checking.problems(project) == []
            told = expected(project)
        FIXTURES.mkdir(exist_ok=True)
        packed = gzip.compress(project.path.read_bytes(), mtime=0)
        (FIXTURES / f"schema_{SCHEMA_VERSION}.verhalen.gz").write_bytes(packed)
        text = json.dumps(told, ensure_ascii=False, indent=1)
        (FIXTURES / f"schema_{SCHEMA_VERSION}.json").write_text(text + "\n", "utf-8")
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
