"""The first version of a report, from eight answers: complete, and it builds at once."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.report.checklists import OPEN, Checklist, ChecklistItem, checklists
from verhalen.report.kinds import Kind

_PLACE = re.compile(r"@(?P<name>[a-z]+)(?::(?P<usual>[^@\n]*))?@")
_ONLY_IF = re.compile(r"^%% (?P<name>[a-z]+)\n(?P<text>.*?)^%%\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class NewReport:
    """What a report is to be. An empty field leaves the usual words, or a place to fill in."""

    kind: Kind
    period: tuple[dt.date, dt.date]
    instrument: str
    group: str
    """Key of the group of life domains that comes first."""
    title: str = ""
    service: str = ""
    municipalities: tuple[str, ...] = ()
    """Empty: all."""
    story: str = ""
    """Key of the story for page one; empty: the report chooses."""
    coding: str = ""
    """Id of the fragment for page one."""
    ask: str = ""
    """What is asked of the readers; of a research report its question."""
    poverty: bool = True
    """Whether the project can come to a poverty index."""


def first_version(wanted: NewReport) -> str:
    """The text of the first version."""
    said = {
        "periode": f"{wanted.period[0]}..{wanted.period[1]}",
        "instrument": wanted.instrument,
        "groep": wanted.group,
        "voorop": _up_front(wanted),
        "vraag": _as_words(wanted.ask),
        "controlelijsten": "\n".join(_table(each) for each in checklists()),
    }
    there = {
        "kansarmoede": wanted.poverty,
        "vraag": bool(said["vraag"]),
        "gemeenten": bool(wanted.municipalities),
    }
    text = _ONLY_IF.sub(lambda match: match["text"] if there[match["name"]] else "", wanted.kind.text)
    towns = f"gemeenten: {', '.join(wanted.municipalities)}\n" if wanted.municipalities else ""
    text = text.replace("@gemeenten@\n", towns, 1)
    text = _PLACE.sub(lambda match: said[match["name"]] or match["usual"] or "", text)
    return _titled(text, wanted)


def write_first_version(path: Path, wanted: NewReport) -> None:
    """Write it to a new file. Raises FileExists, CannotWrite; an existing file is never overwritten."""
    text = first_version(wanted)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise errors.FileExists(file=path.name) from None
    except OSError as error:
        raise errors.CannotWrite(file=path.name, reason=errors.why_not_written(error)) from error


def _titled(text: str, wanted: NewReport) -> str:
    """The title that was chosen, and the service behind the subtitle."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:4]):
        if line.startswith("titel:") and wanted.title.strip():
            lines[number] = f"titel: {' '.join(wanted.title.split())}"
        if line.startswith("ondertitel:") and wanted.service.strip():
            lines[number] = f"{line} · {' '.join(wanted.service.split())}"
    return "\n".join(lines)


_MARKUP = re.compile(r"[<{}\\\[*_`]|^(?:[#>+|=~-]|\d+(?=[.)]))")


def _as_words(answer: str) -> str:
    """What was typed as one line, so that nothing in it is read as a list, a heading, a placeholder or HTML."""
    return _MARKUP.sub(_escaped, " ".join(answer.split()))


def _escaped(found: re.Match[str]) -> str:
    said = found[0]
    return f"{said}\\" if said.isdecimal() else f"\\{said}"


def _up_front(wanted: NewReport) -> str:
    if wanted.story:
        return f"voorop verhaal={wanted.story}"
    if wanted.coding:
        return f"voorop fragment={wanted.coding}"
    return f"voorop groep={wanted.group}"


def _table(wanted: Checklist) -> str:
    """A checklist as a table of the source: what only a person can fill in stands there to be written over."""
    head = ("nr", "punt", "in dit verslag")
    lines = [
        f"## {wanted.name} ({wanted.abouts['nl']})",
        "",
        f"Tabel: {wanted.name}, {wanted.version} ({wanted.source})",
        "",
    ]
    lines += [f"| {' | '.join(head)} |", "|---|---|---|"]
    lines += [f"| {each.number} | {each.names['nl']} | {_cell(wanted, each)} |" for each in wanted.items]
    return "\n".join((*lines, ""))


def _cell(wanted: Checklist, item: ChecklistItem) -> str:
    if not item.fact:
        return f"[{OPEN}]"
    filled = f"{{{{ punt lijst={wanted.key} punt={item.number} }}}}"
    return f"{filled} [{OPEN}: {item.more['nl']}]" if item.more else filled
