"""A fault of the program itself: said in plain words, with the way to it in a file, and never with anybody's words."""

from __future__ import annotations

import traceback
from pathlib import Path

from verhalen.i18n import t
from verhalen.settings import home


def fault_report(error: BaseException | None) -> str:
    """Write where it went wrong to a file and give the sentence for the user."""
    kind = type(error).__name__
    file = home() / "fault.txt"
    _write(file, f"{kind}\n{_way(error)}\n")
    return t(
        "Something in verhalen itself went wrong ({kind}). What was stored is safe. Where it went wrong stands in {file}, "
        "without a word of your texts: send that file to whoever helps you.",
        kind=kind,
        file=file,
    )


def _way(error: BaseException | None) -> str:
    """Files, lines and functions. No values and not the error's own sentence: they may hold words of a family."""
    frames = traceback.extract_tb(error.__traceback__ if error else None)
    return "\n".join(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames)


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    except OSError:
        return  # the sentence on the screen is what counts
