"""The interpretation scheme: shipped codes made once, a choice of the team, what is marked up and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.frame import small_project

from verhalen import errors
from verhalen.api.codes import Edit
from verhalen.api.codings import Intent
from verhalen.model.codebook import Code


def test_a_story_is_marked_up_with_the_shipped_scheme_or_with_codes_of_the_team(tmp_path: Path) -> None:
    with small_project(tmp_path) as project:
        scheme, story = project.scheme, project.stories.get("V01")
        assert [(each.key, each.code_id) for each in scheme.elements()] == [
            ("schema.kern", 0),
            ("schema.oorzaak", 0),
            ("schema.gevolg", 0),
            ("schema.context", 0),
        ]
        assert [len(each.parts) for each in scheme.marked(story)] == [0, 0, 0, 0]

        made = scheme.make()
        assert all(each.code_id for each in made)
        assert project.codes.get("schema.kern").parent == "schema"
        assert scheme.make() == made
        project.history.undo()
        assert [code.key for code in project.codes.book()] == []
        project.history.redo()
        assert [each.code_id for each in scheme.elements()] == [each.code_id for each in made]

        project.codings.apply(Intent(story.source_id, 4, 10, "schema.gevolg"))
        with project.sibling(coder="Jan") as other:
            other.codings.apply(Intent(story.source_id, 4, 10, "schema.gevolg"))
        assert [each.parts for each in scheme.marked(story)] == [(), (), ((story.source_id, 4, 10),), ()]
        assert [sorted(stories) for _, stories in scheme.counts()] == [[], [], ["V01"], []]

        project.codes.add(Code("eigen", "Eigen"))
        assert [each.key for each in scheme.use(["eigen", "schema.gevolg", "eigen"])] == ["eigen", "schema.gevolg"]
        project.codes.edit(project.codes.get("eigen").id, Edit(key="anders"))
        assert [each.key for each in scheme.elements()] == ["anders", "schema.gevolg"]
        with pytest.raises(errors.UnknownCode):
            scheme.use(["bestaat.niet"])
        assert [each.key for each in scheme.use([])][:1] == ["schema.kern"]
        with pytest.raises(errors.BadInput, match="9"):
            scheme.use([f"c{number}" for number in range(10)])
