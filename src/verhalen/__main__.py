"""`verhalen`: find the language first (everything after speaks it), then hand over to the command line."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from verhalen.i18n import set_language
from verhalen.settings import wanted_language


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    # Modules make many lasting objects: collecting among them costs a quarter of the start.
    gc.set_threshold(50_000, 20, 50)
    given = list(sys.argv[1:] if arguments is None else arguments)
    set_language(wanted_language(_language_flag(given)))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")

    from verhalen.cli.main import run

    sys.exit(run(given))


def _language_flag(arguments: Sequence[str]) -> str | None:
    """The value of --lang, before click is loaded (its sentences are made at import)."""
    for index, word in enumerate(arguments):
        if word == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return None


if __name__ == "__main__":
    main()
