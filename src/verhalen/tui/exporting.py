"""What a screen shows, as a file: which kind, where, and written beside the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.dialogs import ask_line, choose

if TYPE_CHECKING:
    from verhalen.exchange.drawing import Drawing
    from verhalen.exchange.refi_qda.exporting import Exported

KINDS = {
    ".png": mark("Picture (PNG), for Word or a mail"),
    ".svg": mark("Picture (SVG), sharp at every size"),
    ".xlsx": mark("Excel file, with the codebook"),
    ".csv": mark("CSV, for another program"),
    ".sav": mark("SPSS"),
    ".md": mark("Text (Markdown), to read"),
}
TABLE = (".png", ".svg", ".xlsx", ".csv")


def export(
    screen: CommandScreen[Any],
    name: str,
    *,
    draw: Callable[[], Drawing],
    write: Callable[[Path], None],
    kinds: Sequence[str] = TABLE,
) -> None:
    """Ask which kind of file and where. `draw` and `write` run on a thread; `name` is proposed, without a suffix."""

    def put(path: Path) -> str:
        from verhalen.exchange.drawing import SUFFIXES, write_drawing

        if path.suffix.lower() not in SUFFIXES:
            write(path)
            return t("Written to {file}.", file=path)
        words = write_drawing(path, draw())
        return t("Written to {file}; the same in words: {words}.", file=path, words=words.name)

    async def written(path: Path) -> None:
        try:
            said = await asyncio.to_thread(put, path)
        except errors.VerhalenError as error:
            screen.frame.say_error(error)
        else:
            screen.frame.say(said)

    def named(words: str) -> None:
        path = (screen.project.workspace / Path(words).expanduser()).resolve()
        screen.run_worker(written(path), exclusive=True, group="export")

    def ask_name(suffix: str) -> None:
        ask_line(screen, t("Where does it go?"), named, f"exports/{_free(screen.project.workspace, name, suffix)}")

    choose(screen, t("What do you want of this table?"), [(each, t(KINDS[each])) for each in kinds], ask_name)


PROJECTS = {
    "standard": mark("A whole project (.qdpx) for ATLAS.ti, MAXQDA or QualCoder"),
    "nvivo": mark("A whole project (.qdpx) for NVivo, which counts places in its own way"),
    "codebook": mark("Only the codebook (.qdc)"),
}


def export_project(screen: CommandScreen[Any]) -> None:
    """Ask for which program and where, write it beside the screen, and say what lies where."""

    async def written(path: Path, profile: str) -> None:
        def put() -> Exported:
            with screen.project.sibling() as own:
                return own.exchange.export(path, profile="nvivo" if profile == "nvivo" else "standard")

        try:
            done = await asyncio.to_thread(put)
        except errors.VerhalenError as error:
            screen.frame.say_error(error)
        else:
            screen.frame.say("\n".join(_told(done, profile)))

    def ask_name(profile: str) -> None:
        suffix = ".qdc" if profile == "codebook" else ".qdpx"

        def named(words: str) -> None:
            path = (screen.project.workspace / Path(words).expanduser()).resolve()
            path = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
            screen.run_worker(written(path, profile), exclusive=True, group="export")

        name = t("codebook") if profile == "codebook" else "project"
        ask_line(screen, t("Where does it go?"), named, f"exports/{_free(screen.project.workspace, name, suffix)}")

    question = t(
        "What do you want for another program? Nobody's consent is looked at, and nothing is masked: keep it as safe as this "
        "project."
    )
    choose(screen, question, [(each, t(words)) for each, words in PROJECTS.items()], ask_name)


def _told(done: Exported, profile: str) -> Iterator[str]:
    yield t("Written to {file}.", file=done.path)
    if profile == "codebook":
        yield tn("{n} code", "{n} codes", done.codes)
        return
    counts = [
        tn("{n} text", "{n} texts", done.sources),
        tn("{n} code", "{n} codes", done.codes),
        tn("{n} coding", "{n} codings", done.codings),
        tn("{n} memo", "{n} memos", done.memos),
    ]
    yield ", ".join(counts)
    if done.sidecar:
        yield t("What such a file has no place for lies beside it, only for verhalen: {file}", file=done.sidecar)
    if done.wide and profile != "nvivo":
        yield tn(
            "{n} text holds emoji or the like: NVivo needs its own form.",
            "{n} texts hold emoji or the like: NVivo needs its own form.",
            done.wide,
        )


def _free(workspace: Path, name: str, suffix: str) -> str:
    """A name that no file has yet, of letters that every system takes."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in name).strip("-") or "x"
    names = (f"{plain}{f'-{number}' if number > 1 else ''}{suffix}" for number in range(1, 1000))
    return next((each for each in names if not (workspace / "exports" / each).exists()), f"{plain}{suffix}")
