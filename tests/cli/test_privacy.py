"""Key and leaks on the command line: shapes, exit codes, and no name where none was asked for."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call

from verhalen.api.project import open_project
from verhalen.cli.main import run
from verhalen.model.act import Act
from verhalen.store.families import add_family
from verhalen.store.project import ProjectFile


def test_a_name_is_added_once_and_listed_only_when_asked(call: Call, home: Path) -> None:
    assert call("key", "add", "Mieke Peeters") == (0, {"replacement": "[persoon 1]"})
    assert call("key", "add", "mieke peeters") == (0, {"replacement": "[persoon 1]"})
    assert call("key", "add", "Aalst", "--kind", "plaats", "--as", "[stad]") == (0, {"replacement": "[stad]"})
    code, shown = call("key", "show")
    assert (code, shown["names"]) == (0, 2)
    assert Path(shown["path"]).is_relative_to(home)
    assert call("key", "list")[1][0] == {"name": "Mieke Peeters", "kind": "persoon", "replacement": "[persoon 1]"}


def test_leaks_gives_one_when_it_finds_a_name_and_zero_when_not(call: Call, workspace: Path) -> None:
    call("key", "add", "Mieke Peeters")
    assert call("leaks") == (0, [])
    (workspace / "exports" / "raad.md").write_text("Volgens Mieke Peeters gaat het.", "utf-8")
    assert call("leaks") == (1, [{"file": "exports/raad.md", "count": 1}])


def test_without_a_key_leaks_says_what_to_do(call: Call) -> None:
    code, said = call("leaks")
    assert (code, said["error"]["code"]) == (2, "no_key")
    assert "verhalen key new" in said["error"]["message"]


def test_a_key_can_be_kept_elsewhere_but_not_in_the_project(call: Call, workspace: Path, tmp_path: Path) -> None:
    assert call("key", "new", "-o", str(workspace / "sleutel.csv"))[0] == 2
    elsewhere = tmp_path / "kluis" / "sleutel.csv"
    assert call("key", "new", "-o", str(elsewhere))[0] == 0
    call("key", "add", "Mieke")
    moved = tmp_path / "stick.csv"
    elsewhere.rename(moved)
    assert call("key", "show")[1]["error"]["code"] == "no_key"
    assert call("key", "use", str(moved)) == (0, {"path": str(moved)})
    assert call("key", "show")[1]["names"] == 1


def test_the_key_of_another_project_is_refused(call: Call, tmp_path: Path) -> None:
    call("key", "new")
    other = tmp_path / "ander"
    run(["new", str(other)])
    run(["-w", str(other), "key", "new", "-o", str(tmp_path / "ander.csv")])
    code, said = call("key", "use", str(tmp_path / "ander.csv"))
    assert (code, said["error"]["code"]) == (2, "wrong_key")


def test_a_lost_key_is_begun_anew_without_reusing_numbers(call: Call, tmp_path: Path) -> None:
    call("key", "new", "-o", str(tmp_path / "oud.csv"))
    call("key", "add", "Mieke")
    (tmp_path / "oud.csv").unlink()
    assert call("key", "new", "-o", str(tmp_path / "nieuw.csv"))[1]["error"]["code"] == "needs_yes"
    assert call("key", "new", "-o", str(tmp_path / "nieuw.csv"), "--yes")[0] == 0
    assert call("key", "add", "Jan") == (0, {"replacement": "[persoon 2]"})


def test_lists_are_imported_with_and_without_kinds(call: Call, tmp_path: Path) -> None:
    plain = tmp_path / "namen.txt"
    plain.write_text("Mieke\nMieke Peeters\n\nJan Smets\n", "utf-8")
    assert call("key", "import", str(plain)) == (0, {"new": 3, "names": 3})
    table = tmp_path / "plaatsen.csv"
    table.write_bytes("soort;naam\r\nplaats;Oostmalle\r\n;Zoë\r\n".encode("cp1252"))
    assert call("key", "import", str(table), "--kind", "school") == (0, {"new": 2, "names": 5})
    found = {row["name"]: row["replacement"] for row in call("key", "list")[1]}
    assert found["Mieke"] == found["Mieke Peeters"] == "[persoon 1]"
    assert (found["Oostmalle"], found["Zoë"]) == ("[plaats 1]", "[school 1]")


def test_a_project_with_a_key_holds_no_name_of_it(call: Call, workspace: Path) -> None:
    call("key", "add", "Mieke Peeters")
    call("key", "add", "Wannes")
    assert call("leaks") == (0, [])
    assert b"Wannes" not in (workspace / "project.verhalen").read_bytes()


def test_a_new_family_takes_the_next_code_with_its_letter(call: Call) -> None:
    assert call("families", "add") == (0, {"family": "G001C"})
    assert call("families", "add", "--municipality", "Aalst") == (0, {"family": "G002E"})
    assert call("families", "add", "gezin-oud") == (0, {"family": "gezin-oud"})


def test_a_mistyped_code_is_noticed_where_it_is_typed_or_imported(call: Call, tmp_path: Path) -> None:
    call("families", "add", "G012H")
    assert call("families", "add", "G021H")[1]["error"]["code"] == "check_letter"
    assert call("withdraw", "G021H")[1]["error"]["code"] == "check_letter"
    table = tmp_path / "gezinnen.csv"
    table.write_text("gezin;gemeente\nG012H;Aalst\nG013H;Gent\n", "utf-8")
    code, said = call("families", "import", str(table))
    assert (code, said["error"]["code"]) == (2, "bad_table")
    assert "G013H" in said["error"]["message"]
    table.write_text("gezin;gemeente\nG012;Aalst\nG014;Gent\n", "utf-8")
    assert call("families", "import", str(table))[0] == 0


def test_a_code_that_the_project_holds_stays_valid_whatever_its_letter(
    call: Call, workspace: Path, tmp_path: Path
) -> None:
    with (
        ProjectFile.open(workspace / "project.verhalen", coder="Hanne") as file,
        file.change(Act.ADD_FAMILY) as writing,
    ):
        writing.targets.append(add_family(writing, "G012A", municipality=""))
    table = tmp_path / "gezinnen.csv"
    table.write_text("gezin;gemeente\nG012A;Aalst\n", "utf-8")
    assert call("families", "import", str(table))[0] == 0


def test_a_nickname_is_shown_here_and_stored_nowhere_in_the_project(call: Call, workspace: Path) -> None:
    call("families", "add", "G012")
    assert call("key", "nickname", "G012", "Zwaluwnest") == (0, {"family": "G012"})
    assert call("leaks") == (0, [])
    with open_project(workspace) as project:
        assert project.privacy.family_label("G012") == "G012 (Zwaluwnest)"
        project.privacy.key_path.unlink()
    with open_project(workspace) as project:
        assert project.privacy.family_label("G012") == "G012"
