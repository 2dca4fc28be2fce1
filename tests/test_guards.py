"""What must hold for the repository as a whole: catalogues, room borders, a light start, no traces of our machines."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.catalogues import forms, messages, read_catalogue
from tools.messages import ROOT, check, po_path

HEAVY = {"textual", "spacy", "docx", "numpy", "openpyxl", "sqlite_utils", "scipy", "lxml", "pypdfium2"}
HELP_ROOMS = {"__main__", "cli", "errors", "i18n", "model", "settings"}
"""All that `--help` may load of ours: a command takes the rest when it runs."""
HELP = """
import sys
sys.argv = ["verhalen", "--help"]
from verhalen.__main__ import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sys.modules, sep="\\n", file=sys.stderr)
"""
SAME_IN_BOTH_LANGUAGES: set[str] = set()
"""Sentences of more than three words that read the same in Dutch."""
NOT_OURS = {"build", "demo", "dist", "exports", "node_modules"}
"""Folders of the checkout that git ignores, beside those whose name starts with a dot."""


def committed_files() -> Iterator[Path]:
    """The text files of the repository. Found by walking: a copy without git must pass its tests too."""
    for folder, subfolders, names in os.walk(ROOT):
        inside = Path(folder)
        subfolders[:] = [
            name for name in subfolders if name not in NOT_OURS and (not name.startswith(".") or name == ".ci")
        ]
        for name in names:
            path = inside / name
            if not name.startswith(".coverage") and path.suffix in {
                "",
                ".cfg",
                ".css",
                ".csv",
                ".json",
                ".md",
                ".po",
                ".pot",
                ".py",
                ".tcss",
                ".toml",
                ".txt",
                ".yaml",
            }:
                yield path


def test_both_catalogues_are_complete_correct_and_compiled() -> None:
    assert check(ROOT) == []


def test_no_long_dutch_sentence_is_left_in_english() -> None:
    same = {
        forms(message.id)[0]
        for message in messages(read_catalogue(po_path(ROOT, "nl"), "nl"))
        if set(forms(message.id)) & set(forms(message.string))
        and len(re.findall(r"[^\W\d_]{2,}", forms(message.id)[0])) > 3
    }
    assert same - SAME_IN_BOTH_LANGUAGES == set()


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_help_starts_without_heavy_libraries_and_without_the_rooms_that_do_the_work(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELP],
        cwd=tmp_path,
        env={**os.environ, "VERHALEN_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Gebruik:" in done.stdout
    loaded = set(done.stderr.splitlines())
    assert loaded & HEAVY == set()
    assert {name.split(".")[1] for name in loaded if name.startswith("verhalen.")} == HELP_ROOMS


def test_no_file_names_a_machine_path_or_a_package_registry() -> None:
    # Put together here, so that this file does not find itself.
    traces = [
        "/work" + "/",
        "/root" + "/",
        "/opt/" + "pypi",
        "pypi" + ".org",
        "python" + "hosted",
    ]
    pattern = re.compile("|".join(rf"(?<![\w.~}}]){re.escape(trace)}" for trace in traces))
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in committed_files()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []
