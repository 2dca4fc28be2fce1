"""A family that was withdrawn does not come back by any table; everybody else does."""

from __future__ import annotations

from pathlib import Path

from verhalen.api.project import Project
from verhalen.store.project import ProjectFile


def test_rows_about_a_withdrawn_family_are_left_out_with_a_count(project: ProjectFile, tmp_path: Path) -> None:
    door = Project(project)
    families, persons = tmp_path / "gezinnen.csv", tmp_path / "personen.csv"
    families.write_text("gezin;gemeente\nG001;Oudermeer\nG002;Lindebeke\n", "utf-8")
    persons.write_text("gezin;lid;rol\nG001;moeder;ouder\nG002;vader;ouder\nG002;kind1;kind\n", "utf-8")
    door.families.import_file(families)
    door.families.import_file(persons)
    door.withdraw("G002", really=True)
    again = door.families.import_file(families)
    people = door.families.import_file(persons)
    assert [family.key for family in door.families.all()] == ["G001"]
    assert [notice.values for notice in again.warnings] == [{"n": 1}]
    assert [notice.values for notice in people.warnings] == [{"n": 2}]
    assert [person.key for person in door.families.get("G001").persons] == ["G001.moeder"]
