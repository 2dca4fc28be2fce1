"""Undo by name reaches as far back as there is history."""

from __future__ import annotations

import pytest
from tests.builders import add_code

from verhalen.api.project import Project
from verhalen.errors import NothingToUndo
from verhalen.model.ids import encode_id
from verhalen.store.project import ProjectFile


def test_a_change_of_long_ago_can_be_undone_by_its_name(project: ProjectFile) -> None:
    for number in range(30):
        add_code(project, f"c{number}")
    history = Project(project).history
    first = history.entries()[-1]
    assert history.undo(encode_id(first.id)).undone_change == first.id
    assert [code.key for code in Project(project).codes.book()] == sorted(f"c{number}" for number in range(1, 30))
    with pytest.raises(NothingToUndo):
        history.undo(encode_id(first.id))
