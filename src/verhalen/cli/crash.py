"""A fault of our own: a sentence for the user, and the places in our code (never values, never text) in the log."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from verhalen.settings import home


def write_down(error: BaseException) -> Path:
    """Append kind and places of a fault to the log; its message stays out, since it might quote a transcript."""
    import traceback

    log = home() / "verhalen.log"
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write("\n".join([f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} {type(error).__name__}", *places, ""]))
    except OSError:
        return log
    return log
