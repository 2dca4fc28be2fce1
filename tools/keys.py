"""Write docs/keys.md from the command classes of the app: `python -m tools.keys`.

The text comes from the compiled catalogues: run `make messages` first where a title or help changed.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import verhalen.tui
from verhalen.i18n import speaking, t
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog, CommandScreen
from verhalen.tui.commands.everywhere import EVERYWHERE
from verhalen.tui.commands.keys import key_label, keys_of

PAGE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"
FIRST = ("HomeScreen",)
"""Screens that come before the others, which stand in order of their names."""
HEAD = """\
# Toetsen / Keys

Made from the command classes by `python -m tools.keys`: change those, not this page.

`F1` op een scherm toont de toetsen die daar nu werken; `ctrl+p` vindt alles met een woord. Op een Belgisch toetsenbord tellen de cijfers
ook zonder shift. Alles kan ook met de muis: klik op de toets onderaan. Een streepje: geen toets, wel met `ctrl+p`. Zelf toetsen kiezen kan
onder `keys` in `settings.json`, met de naam van de opdracht.

`F1` on a screen shows the keys that work there now; `ctrl+p` finds anything by a word of it. On a Belgian keyboard the digits count without
shift too. The mouse does it all as well: click the key at the bottom. A dash: no key, but by `ctrl+p`. Choose keys of your own under `keys`
in `settings.json`, by the name of the command.
"""

AnyScreen = type[CommandScreen[Any]]


def load() -> None:
    """Import every module of the app, so that all its classes are known."""
    for module in pkgutil.walk_packages(verhalen.tui.__path__, "verhalen.tui."):
        importlib.import_module(module.name)


def below(parent: type[Any]) -> Iterator[type[Any]]:
    """All subclasses that the app itself has."""
    for child in parent.__subclasses__():
        if child.__module__.startswith("verhalen.tui."):
            yield child
        yield from below(child)


def screens() -> list[AnyScreen]:
    """The screens that have commands of their own, home first."""
    found = {each for each in below(CommandScreen) if each.COMMAND_CLASSES and not issubclass(each, CommandDialog)}
    return sorted(found, key=lambda each: (each.__name__ not in FIRST, each.__name__))


def dialogs() -> list[AnyScreen]:
    """The small windows, by name."""
    return sorted(
        {each for each in below(CommandDialog) if each.COMMAND_CLASSES},
        key=lambda each: each.__name__,
    )


def command_classes() -> set[type[AnyCommand]]:
    """Every command of the app that can be run."""
    return {each for each in below(Command) if "id" in vars(each)}


def listed() -> set[type[AnyCommand]]:
    """Every command that a screen or dialog offers, and so has a row."""
    return {*EVERYWHERE, *(command for each in (*screens(), *dialogs()) for command in each.COMMAND_CLASSES)}


def page() -> str:
    """The whole of docs/keys.md."""
    load()
    sections = [("Overal", "Everywhere", "", "", EVERYWHERE)]
    for screen in screens():
        dutch, english = said(screen.HELP_TITLE), said(screen.HELP_TEXT)
        sections.append((*dutch, *english, screen.COMMAND_CLASSES))
    windows = tuple(dict.fromkeys(command for each in dialogs() for command in each.COMMAND_CLASSES))
    sections.append(("Kleine vensters", "Small windows", "", "", windows))
    return HEAD + "".join(section(*each) for each in sections)


def said(message: str) -> tuple[str, str]:
    """A marked sentence in Dutch and in English."""
    both = []
    for language in ("nl", "en"):
        with speaking(language):
            both.append(" ".join(t(message).split()))
    return both[0], both[1]


def section(dutch: str, english: str, help_nl: str, help_en: str, commands: Iterable[type[AnyCommand]]) -> str:
    """One screen: its name, what one does there, its keys."""
    title = dutch if dutch == english else f"{dutch} / {english}"
    intro = [f"{text}\n" for text in (help_nl, help_en) if text]
    rows = [row(each) for each in commands]
    table = ["| Toets / Key | Opdracht | Command | Naam / Name |", "|---|---|---|---|", *rows]
    return "\n".join(["", f"## {title}", "", *intro, *table, ""])


def row(command: type[AnyCommand]) -> str:
    """Keys, title and help in both languages, and the id that settings use."""
    (title_nl, title_en), (help_nl, help_en) = said(command.title), said(command.help)
    cells = (keys(command.key), told(title_nl, help_nl), told(title_en, help_en), f"`{command.id}`")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def told(title: str, sentence: str) -> str:
    """The title in bold, closed like a sentence, and what the command does."""
    return f"**{title}{'' if title.endswith('?') else '.'}** {sentence}"


def keys(default: str) -> str:
    """The default keys as people read them; a dash where there is none."""
    labels = []
    for language in ("nl", "en"):
        with speaking(language):
            labels.append(" / ".join(label(key) for key in keys_of(default)))
    if not labels[0]:
        return "–"
    return labels[0] if labels[0] == labels[1] else f"{labels[0]} ({labels[1]})"


def label(key: str) -> str:
    """A key as people read it; a capital letter is the letter with shift."""
    return key_label(f"shift+{key.lower()}" if len(key) == 1 and key.isupper() else key)


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")
    print(PAGE.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
