"""The page of a change of which the way back was cleaned up."""

from __future__ import annotations

from tests.builders import add_code, add_text, code_words

from verhalen.api.project import Project
from verhalen.coding import editing
from verhalen.i18n import set_language
from verhalen.model.coding import Valence
from verhalen.store import compacting, journal
from verhalen.store.project import ProjectFile
from verhalen.tui.history_page import history_page


def test_it_says_so_and_tells_no_state_that_it_no_longer_knows(project: ProjectFile) -> None:
    set_language("en")
    add_code(project, "slaap")
    coding = code_words(project, add_text(project), "Ik sliep niet", "slaap")
    made = project.last_change()
    editing.set_valence(project, coding, Valence.NEGATIVE)
    compacting.compact(project, project.last_change())
    editing.set_valence(project, coding, Valence.POSITIVE)
    pages = {each.id: [line.text for line in history_page(Project(project), each)] for each in journal.history(project)}
    assert "How it was before was cleaned up; it can no longer be undone." in pages[made]
    assert "Codings: 1 new" in pages[made]
    assert not any("Ik sliep niet" in line for line in pages[made])
    assert not any("cleaned up; it" in line for line in pages[project.last_change()])
    assert any("negative → positive" in line for line in pages[project.last_change()])
