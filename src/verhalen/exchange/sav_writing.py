"""Write SPSS files (.sav, not compressed): names, labels, value labels and user missing values. Standard library only.

The layout is that of the PSPP developers' guide, "System File Format". A record that holds numbers is little-endian.
"""

from __future__ import annotations

import datetime as dt
import re
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

SavValue = float | str | dt.date | None
SYSTEM_MISSING = -sys.float_info.max
_LOWEST = struct.unpack("<d", struct.pack("<Q", 0xFFEFFFFFFFFFFFFE))[0]
_FIRST_DAY = dt.date(1582, 10, 14)
"""Day 0 of SPSS, which counts seconds."""
_FORMATS = {"text": 1, "number": 5, "date": 39}
_MEASURES = {"nominal": 1, "ordinal": 2, "scale": 3}
_SEGMENT, _COUNTED = 255, 252
"""Bytes that a part of a long text holds, and bytes by which SPSS counts its parts."""
_SHOWN_DECIMALS = 4
LONGEST_TEXT = 32_767
LONGEST_LABEL = 120
"""Of a value; both in bytes, as SPSS counts."""
_RESERVED = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}


@dataclass(frozen=True, slots=True)
class SavVariable:
    """One column."""

    name: str
    label: str = ""
    kind: Literal["text", "number", "date"] = "text"
    value_labels: Mapping[float, str] = field(default_factory=dict)
    """Of numbers only."""
    missing: tuple[float, float] | None = None
    """Lowest and highest value that means: nothing was measured."""
    measure: Literal["nominal", "ordinal", "scale"] = "nominal"


def sav_bytes(variables: Sequence[SavVariable], rows: Iterable[Sequence[SavValue]], *, day: dt.date) -> bytes:
    """The file. Values are of the kind of their variable; None is SPSS' own missing value, or an empty text."""
    ready = [[_ready(value) for value in row] for row in rows]
    widths = [_width(each, [row[place] for row in ready]) for place, each in enumerate(variables)]
    shorts = [f"V{number}" for number in range(1, len(variables) + 1)]
    slots = [_slots(width) for width in widths]
    parts = [
        _header(sum(slots), len(ready), day),
        *(
            _variable(*each, decimals=_decimals(row[place] for row in ready))
            for place, each in enumerate(zip(variables, shorts, widths, strict=True))
        ),
        *_value_labels(variables, slots),
        _extension(3, struct.pack("<8i", 1, 0, 0, -1, 1, 1, 2, 65001), size=4),
        _extension(4, struct.pack("<3d", SYSTEM_MISSING, sys.float_info.max, _LOWEST), size=8),
        _extension(11, b"".join(_display(*each) for each in zip(variables, widths, strict=True)), size=4),
        _extension(13, "\t".join(map("=".join, zip(shorts, safe_names(variables), strict=True))).encode()),
        *_long_texts(shorts, widths),
        _extension(20, b"UTF-8"),
        struct.pack("<2i", 999, 0),
        *(_case(row, widths) for row in ready),
    ]
    return b"".join(parts)


def safe_names(variables: Iterable[SavVariable]) -> list[str]:
    """Names that SPSS allows, each once: at most 64 bytes, letters first, no hyphen, no word of its own."""
    found: list[str] = []
    for each in variables:
        name = re.sub(r"[^\w.@#$]", "_", each.name)
        if not re.match(r"[^\W\d_]|@", name) or name.casefold() in _RESERVED:
            name = f"@{name}"
        name = name.encode()[:60].decode(errors="ignore").rstrip(".") or "@"
        taken, number = {one.casefold() for one in found}, 2
        wanted = name
        while name.casefold() in taken:
            name, number = f"{wanted}_{number}", number + 1
        found.append(name)
    return found


def _ready(value: SavValue) -> float | bytes | None:
    if isinstance(value, str):
        return value.encode()[:LONGEST_TEXT].decode(errors="ignore").encode()
    if isinstance(value, dt.date):
        return float((value - _FIRST_DAY).days * 86_400)
    return value


def _width(variable: SavVariable, values: Iterable[float | bytes | None]) -> int:
    """Bytes of a text; 0 for numbers and days."""
    if variable.kind != "text":
        return 0
    return max((len(value) for value in values if isinstance(value, bytes)), default=1) or 1


def _decimals(values: Iterable[float | bytes | None]) -> int:
    """Digits that SPSS shows behind the point: none where all numbers are whole, else a share would look like 0."""
    whole = all(value.is_integer() for value in values if isinstance(value, float))
    return 0 if whole else _SHOWN_DECIMALS


def _segments(width: int) -> list[int]:
    """The widths in which a text is written: one up to 255 bytes, several above."""
    if width <= _SEGMENT:
        return [width]
    count = -(-width // _COUNTED)
    return [_SEGMENT] * (count - 1) + [width - (count - 1) * _COUNTED]


def _slots(width: int) -> int:
    return sum(-(-part // 8) for part in _segments(width)) if width else 1


def _header(case_size: int, cases: int, day: dt.date) -> bytes:
    return (
        b"$FL2"
        + b"@(#) SPSS DATA FILE verhalen".ljust(60)
        + struct.pack("<5id", 2, case_size, 0, 0, cases, 100.0)
        + _english_day(day).encode()
        + b"00:00:00"
        + b" " * 64
        + b"\0" * 3
    )


def _english_day(day: dt.date) -> str:
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day.day:02} {months[day.month - 1]} {day.year % 100:02}"


def _variable(variable: SavVariable, short: str, width: int, *, decimals: int) -> bytes:
    """The record of a variable, of the further slots of its text, and of the further parts of a long one."""
    parts = _segments(width) if width else [0]
    names = [short, *(f"{short}_{number}" for number in range(1, len(parts)))]
    return b"".join(
        _record(name, part, variable if place == 0 else None, variable.kind, decimals)
        for place, (name, part) in enumerate(zip(names, parts, strict=True))
    )


def _record(name: str, width: int, variable: SavVariable | None, kind: str, decimals: int) -> bytes:
    shown = {"text": width, "number": 8 + decimals, "date": 10}[kind]
    form = _FORMATS[kind] << 16 | shown << 8 | (decimals if kind == "number" else 0)
    label = variable.label.encode()[:250].decode(errors="ignore").encode() if variable else b""
    missing = variable.missing if variable else None
    said = struct.pack("<6i", 2, width, bool(label), -2 if missing else 0, form, form) + name.encode().ljust(8)
    if label:
        said += struct.pack("<i", len(label)) + label.ljust(-(-len(label) // 4) * 4)
    if missing:
        said += struct.pack("<2d", *missing)
    further = struct.pack("<6i", 2, -1, 0, 0, form, form) + b" " * 8
    return said + further * (-(-width // 8) - 1 if width else 0)


def _value_labels(variables: Sequence[SavVariable], slots: Sequence[int]) -> Iterator[bytes]:
    place = 1
    for variable, taken in zip(variables, slots, strict=True):
        if variable.value_labels:
            yield struct.pack("<2i", 3, len(variable.value_labels))
            for value, label in variable.value_labels.items():
                text = label.encode()[:LONGEST_LABEL].decode(errors="ignore").encode()
                yield struct.pack("<dB", value, len(text)) + text.ljust(-(-(len(text) + 1) // 8) * 8 - 1)
            yield struct.pack("<3i", 4, 1, place)
        place += taken


def _extension(kind: int, data: bytes, *, size: int = 1) -> bytes:
    return struct.pack("<4i", 7, kind, size, len(data) // size) + data


def _display(variable: SavVariable, width: int) -> bytes:
    """Measure, width of the column, alignment: once for every part of a long text."""
    left = 0 if variable.kind == "text" else 1
    one = struct.pack("<3i", _MEASURES[variable.measure], 10, left)
    return one * (len(_segments(width)) if width else 1)


def _long_texts(shorts: Sequence[str], widths: Sequence[int]) -> Iterator[bytes]:
    long = [f"{name}={width:05}\0\t" for name, width in zip(shorts, widths, strict=True) if width > _SEGMENT]
    if long:
        yield _extension(14, "".join(long).encode())


def _case(row: Sequence[float | bytes | None], widths: Sequence[int]) -> bytes:
    parts = []
    for value, width in zip(row, widths, strict=True):
        if not width:
            parts.append(struct.pack("<d", SYSTEM_MISSING if value is None or isinstance(value, bytes) else value))
            continue
        text = value if isinstance(value, bytes) else b""
        for number, part in enumerate(_segments(width)):
            piece = text[number * _SEGMENT : number * _SEGMENT + min(part, _SEGMENT)]
            parts.append(piece.ljust(-(-part // 8) * 8))
    return b"".join(parts)
