"""A code that is called otherwise, or went into another one, is still known by how it was called."""

from __future__ import annotations

import pytest
from tests.builders import undo

from verhalen import errors
from verhalen.analysis.querying import matching
from verhalen.api.codes import Edit
from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.codebook import Code
from verhalen.model.query import FragmentQuery
from verhalen.store.former_keys import now_called
from verhalen.store.project import ProjectFile


@pytest.fixture
def door(project: ProjectFile) -> Project:
    """Three codes: one with another below it."""
    made = Project(project)
    for key, name, parent in (("huis", "Huis", None), ("huis.huur", "Huur", "huis"), ("geld", "Geld", None)):
        made.codes.add(Code(key, name, parent=parent))
    return made


def rename(door: Project, key: str, to: str) -> None:
    door.codes.edit(door.codes.get(key).id, Edit(key=to))


def merge(door: Project, key: str, into: str) -> None:
    door.codes.merge(door.codes.get(key).id, door.codes.get(into).id)


def test_a_renamed_code_and_those_below_it_are_known_by_their_old_keys(project: ProjectFile, door: Project) -> None:
    rename(door, "huis", "wonen")
    assert [now_called(project, key) for key in ("huis", "HUIS", "huis.huur", "Huur", "nooit")] == [
        "wonen", "wonen", "wonen.huur", "wonen.huur", None,
    ]  # fmt: skip
    rename(door, "wonen", "woonst")
    assert now_called(project, "huis.huur") == "woonst.huur"
    undo(project)
    assert now_called(project, "woonst") == "wonen"


def test_a_merged_code_leads_to_the_one_that_took_it_up_however_often(project: ProjectFile, door: Project) -> None:
    rename(door, "huis.huur", "kosten")
    merge(door, "kosten", "geld")
    door.codes.add(Code("leven", "Leven"))
    merge(door, "geld", "leven")
    assert [now_called(project, key) for key in ("huis.huur", "kosten", "geld")] == ["leven"] * 3
    undo(project)
    assert [now_called(project, key) for key in ("huis.huur", "kosten")] == ["geld"] * 2
    door.codes.remove(door.codes.get("geld").id)
    assert now_called(project, "kosten") is None


def test_questions_and_commands_by_an_old_key_name_the_new_one(project: ProjectFile, door: Project) -> None:
    rename(door, "huis.huur", "kosten")
    with pytest.raises(errors.BadQuery) as query:
        matching(project, "geld and not huis.huur")
    reason = t("there is no code {name} any more: it is called {now} now", name="huis.huur", now="kosten")
    assert (query.value.at, str(query.value).endswith(reason)) == (13, True)
    for ask in (
        lambda: door.codings.fragments(FragmentQuery(code="huis.huur")),
        lambda: door.codes.get("huis.huur"),
        lambda: door.codes.move(door.codes.get("geld").id, parent="huis.huur"),
        lambda: door.suggestions.of(code="huis.huur"),
    ):
        with pytest.raises(errors.RenamedCode) as refused:
            ask()
        assert (refused.value.code, refused.value.values) == ("unknown_code", {"key": "huis.huur", "now": "kosten"})
