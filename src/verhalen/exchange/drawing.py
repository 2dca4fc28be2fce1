"""A small picture: boxes and words on paper, as SVG or PNG. Both say in words what they show.

Words are measured roughly (no font is at hand for SVG), so that a picture has room to spare with any sans serif.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape, quoteattr

from verhalen import errors
from verhalen.i18n import language, t
from verhalen.store.whole_file import write_whole

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

PAPER, INK, FAINT, LINE = "#FFFFFF", "#22252A", "#565B62", "#D5D0C6"
SHADES = ("#FFFFFF", "#E1EBF0", "#BAD3DE", "#93BBCC", "#5B9AB4")
"""Ground of each level of heat; ink on the darkest keeps 4.5:1."""
BAR = "#1F5F7A"
SUFFIXES = (".svg", ".png")
FONTS = "'DejaVu Sans', 'Segoe UI', Arial, sans-serif"
_FILES = {
    False: ("DejaVuSans.ttf", "segoeui.ttf", "arial.ttf", "Arial.ttf", "LiberationSans-Regular.ttf"),
    True: ("DejaVuSans-Bold.ttf", "segoeuib.ttf", "arialbd.ttf", "Arial Bold.ttf", "LiberationSans-Bold.ttf"),
}
_MOST_PIXELS = 30_000_000
"""A larger picture is drawn smaller: 20 columns and 262 rows still fit twice as large as on paper."""
_WIDTH = 0.57
"""Of a letter, as a part of its size: what Dutch takes in DejaVu Sans, the widest of the fonts."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
"""What XML does not allow, and what no font has."""

Anchor = Literal["start", "middle", "end"]
_PIL_ANCHORS: dict[Anchor, str] = {"start": "ls", "middle": "ms", "end": "rs"}


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; places in pixels from top left."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `y` is its base line."""

    x: float
    y: float
    text: str
    size: float = 13
    fill: str = INK
    bold: bool = False
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that says in words what it shows."""

    width: float
    height: float
    parts: Sequence[Box | Words]
    title: str
    alternative: str
    """What a reader who cannot see it must know, made from the numbers; several lines."""


def width_of(text: str, size: float) -> float:
    """About how wide a text is, in pixels; rather too wide."""
    return len(text) * size * _WIDTH


def cut(text: str, room: float, size: float) -> str:
    """As much of a text as fits in `room` pixels."""
    most = max(1, int(room / (size * _WIDTH)))
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def folded(text: str, room: float, size: float, lines: int) -> list[str]:
    """A text over at most so many lines."""
    most = max(1, int(room / (size * _WIDTH)))
    return textwrap.wrap(text, most, max_lines=lines, placeholder="…", break_on_hyphens=True) or [""]


def write_drawing(path: Path, drawing: Drawing) -> Path:
    """Write SVG or PNG, and beside it the same in words; gives the file of words. Raises BadInput, CannotWrite."""
    match path.suffix.lower():
        case ".svg":
            data = to_svg(drawing).encode("utf-8")
        case ".png":
            data = to_png(drawing)
        case _:
            raise errors.BadInput(reason=t("a picture is written as .svg or .png; give the file such a name"))
    words = path.with_name(f"{path.name}.txt")
    write_whole(path, data)
    write_whole(words, f"{drawing.title}\n\n{drawing.alternative}\n".encode())
    return words


# -- SVG -------------------------------------------------------------------------------------------------------------


def to_svg(drawing: Drawing) -> str:
    """The picture as SVG 1.1, with its title and description for readers of screens."""
    size = f'width="{drawing.width:g}" height="{drawing.height:g}" viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" '
        f'xml:lang="{language()}" font-family="{FONTS}">'
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        head,
        f'<title id="title">{_text(drawing.title)}</title>',
        f'<desc id="desc">{_text(drawing.alternative)}</desc>',
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        *map(_svg_part, drawing.parts),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _svg_part(part: Box | Words) -> str:
    if isinstance(part, Box):
        return (
            f'<rect x="{part.x:g}" y="{part.y:g}" width="{part.width:g}" height="{part.height:g}" fill="{part.fill}"/>'
        )
    weight = ' font-weight="bold"' if part.bold else ""
    anchor = "" if part.anchor == "start" else f" text-anchor={quoteattr(part.anchor)}"
    place = f'x="{part.x:g}" y="{part.y:g}" font-size="{part.size:g}" fill="{part.fill}"'
    return f"<text {place}{weight}{anchor}>{_text(part.text)}</text>"


def _text(text: str) -> str:
    return escape(_CONTROL.sub(" ", text))


# -- PNG -------------------------------------------------------------------------------------------------------------


def to_png(drawing: Drawing, *, scale: float = 2.0) -> bytes:
    """The picture as PNG, `scale` pixels to one of the drawing; its words stand in the file as `Description`."""
    from PIL import Image, ImageDraw
    from PIL.PngImagePlugin import PngInfo

    scale = min(scale, (_MOST_PIXELS / (drawing.width * drawing.height)) ** 0.5)
    image = Image.new("RGB", (round(drawing.width * scale), round(drawing.height * scale)), PAPER)
    canvas = ImageDraw.Draw(image)
    for part in drawing.parts:
        if isinstance(part, Box):
            if part.width * scale >= 1 and part.height * scale >= 1:
                corner = ((part.x + part.width) * scale - 1, (part.y + part.height) * scale - 1)
                canvas.rectangle((part.x * scale, part.y * scale, *corner), fill=part.fill)
        else:
            canvas.text(
                (part.x * scale, part.y * scale),
                _CONTROL.sub(" ", part.text).replace("\n", " "),
                fill=part.fill,
                font=_font(max(1.0, part.size * scale), part.bold),
                anchor=_PIL_ANCHORS[part.anchor],
            )
    words = PngInfo()
    words.add_itxt("Title", drawing.title, language(), "Title")
    words.add_itxt("Description", drawing.alternative, language(), "Description")
    made = io.BytesIO()
    few = image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(made, "PNG", pnginfo=words)
    return made.getvalue()


@lru_cache(maxsize=32)
def _font(size: float, bold: bool) -> FreeTypeFont | ImageFont:
    """A font of this machine with many letters; the one inside Pillow where none of them is here."""
    from PIL import ImageFont

    for name in _FILES[bold]:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
