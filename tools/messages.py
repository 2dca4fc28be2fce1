"""Keep the message catalogues whole: `python -m tools.messages extract | check | compile | import FILE.po...`.

Sentences come from the marked strings below src/verhalen and from `third_party.pot` beside this file: the sentences of
click that a user can meet, kept by hand, since a newer click must not break our build.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages.pofile import PoFileError
from tools.catalogues import (
    differences,
    flaws,
    is_compiled,
    merge,
    messages,
    read_catalogue,
    sentence_of,
    take,
    write_catalogue,
)
from tools.extraction import Extraction, extract, one_per_singular, two_plurals
from tools.hatch_build import compile_catalogues

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("nl", "en")


def po_path(root: Path, language: str) -> Path:
    """Where the catalogue of `language` stands."""
    return root / "src" / "verhalen" / "locale" / language / "LC_MESSAGES" / "verhalen.po"


def wanted(root: Path) -> Extraction:
    """All sentences that the catalogues of the repository at `root` must hold."""
    ours = extract(root / "src" / "verhalen")
    theirs = {sentence_of(message) for message in messages(read_catalogue(root / "tools" / "third_party.pot", "en"))}
    everything = {*ours.sentences, *theirs}
    return Extraction(one_per_singular(everything), (*ours.problems, *two_plurals(everything)))


def check(root: Path) -> list[str]:
    """What keeps the catalogues from being complete, correct and compiled; empty when all is well."""
    sources = wanted(root)
    found = list(sources.problems)
    for language in LANGUAGES:
        path = po_path(root, language)
        try:
            catalogue = read_catalogue(path, language)
        except PoFileError as error:
            found.append(f"{language}: broken file: {error}")
            continue
        problems = [*differences(catalogue, sources.sentences), *flaws(catalogue)]
        if not is_compiled(path, catalogue):
            problems.append("not compiled since it changed: make messages")
        found += [f"{language}: {problem}" for problem in problems]
    return found


def update(root: Path) -> list[str]:
    """Bring the catalogues in line with the sources and compile them; refuse, with the reasons, where a source cannot be read."""
    sources = wanted(root)
    if sources.problems:
        return list(sources.problems)
    for language in LANGUAGES:
        path = po_path(root, language)
        write_catalogue(path, merge(read_catalogue(path, language), sources.sentences, language), language)
    compile_catalogues(root)
    return []


def import_fragments(root: Path, files: Sequence[Path], *, overwrite: bool) -> list[str]:
    """Take Dutch translations from .po fragments; say what was left aside."""
    path = po_path(root, "nl")
    catalogue = read_catalogue(path, "nl")
    report = []
    for file in files:
        filled, aside = take(catalogue, read_catalogue(file, "nl"), overwrite=overwrite)
        report += [f"{file.name}: {filled} taken", *(f"{file.name}: {line}" for line in aside)]
    write_catalogue(path, catalogue, "nl")
    compile_catalogues(root)
    return report


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run one command; 1 when something is wrong with the catalogues."""
    options = parse(arguments)
    match options.command:
        case "import":
            print(*import_fragments(root, options.files, overwrite=options.overwrite), sep="\n")
            return 0
        case "compile":
            compile_catalogues(root)
            return 0
        case "extract":
            problems = update(root)
        case _:
            problems = check(root)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("extract", help="bring both catalogues in line with the sources, and compile them")
    commands.add_parser("check", help="list what is missing or wrong; exit code 1 if anything is")
    commands.add_parser("compile", help="write the .mo files")
    take_in = commands.add_parser("import", help="take Dutch translations from .po fragments")
    take_in.add_argument("files", nargs="+", type=Path)
    take_in.add_argument("--overwrite", action="store_true", help="replace translations that are there already")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
