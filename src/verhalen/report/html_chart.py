"""Stacked bars of counts as SVG within a page: the same colours, patterns and alternative text as in Word.

Nothing is told by colour or length alone: above every bar stand its counts in words. A number that is not shown has no part
and no words, as in Word; the page says so below.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape

from verhalen.i18n import t
from verhalen.report.blocks import Chart
from verhalen.report.charts import Paint, alternative_text, paint_of
from verhalen.report.docx_style import INK
from verhalen.report.docx_xml import clean

_WIDTH, _BAR, _LINE, _GAP, _LETTER = 640, 26, 18, 14, 8.5
"""In units of the drawing; a letter of 13 is 6 to 8.5 wide, by the font that a reader has."""


def svg_chart(chart: Chart, *, number: int) -> str:
    """The drawing of the figure with this number."""
    legend, top = _legend(chart, number)
    bars: list[str] = []
    most = max((sum(_counts(chart, at)) for at in range(len(chart.categories))), default=0)
    for at in range(len(chart.categories)):
        drawn, top = _bar(chart, at, number=number, top=top, most=most)
        bars += drawn
    name = f"figuur-{number}"
    return "\n".join(
        [
            f'<svg role="img" font-size="13" aria-labelledby="{name}-titel {name}-tekst" viewBox="0 0 {_WIDTH} {top:g}">',
            f'<title id="{name}-titel">{escape(t("Figure {number}", number=number))}</title>',
            f'<desc id="{name}-tekst">{escape(alternative_text(chart))}</desc>',
            "<defs>",
            *_patterns(chart, number),
            "</defs>",
            *legend,
            *bars,
            "</svg>",
        ]
    )


def _counts(chart: Chart, at: int) -> list[int]:
    """What is drawn of a bar; a number that is not shown has no part."""
    return [series.counts[at] or 0 for series in chart.series]


def _patterns(chart: Chart, number: int) -> Iterator[str]:
    for at in range(len(chart.series)):
        paint = paint_of(chart, at)
        if paint.pattern:
            yield (
                f'<pattern id="{_pattern(number, at)}" width="8" height="8" patternUnits="userSpaceOnUse">'
                f'<rect width="8" height="8" fill="#FFFFFF"/><path d="{_strokes(paint)}" stroke="#{paint.fill}"'
                ' stroke-width="3"/></pattern>'
            )


def _strokes(paint: Paint) -> str:
    if "HORIZONTAL" in paint.pattern:
        return "M0 4H8"
    return "M0 4H8M4 0V8" if "GRID" in paint.pattern else "M-2 2L2 -2M0 8L8 0M6 10L10 6"


def _pattern(number: int, at: int) -> str:
    return f"patroon-{number}-{at}"


def _rect(chart: Chart, series: int, number: int, *, x: float, y: float, width: float, height: float) -> str:
    paint = paint_of(chart, series)
    fill = f"url(#{_pattern(number, series)})" if paint.pattern else f"#{paint.fill}"
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" stroke="#{INK}"'
        ' stroke-width="0.75"/>'
    )


def _text(words: str, *, x: float, y: float, extra: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}"{extra}>{escape(clean(words))}</text>'


def _legend(chart: Chart, number: int) -> tuple[list[str], float]:
    """A patch and a name per series, over as many lines as they need; and where they end."""
    drawn: list[str] = []
    x, y = 0.0, 4.0
    for at, series in enumerate(chart.series):
        name = series.name.value
        width = 22 + _LETTER * len(name) + 18
        if x and x + width > _WIDTH:
            x, y = 0.0, y + _LINE + 4
        drawn += [_rect(chart, at, number, x=x + 1, y=y, width=14, height=14), _text(name, x=x + 22, y=y + 12)]
        x += width
    return drawn, y + _LINE + _GAP


def _bar(chart: Chart, at: int, *, number: int, top: float, most: int) -> tuple[list[str], float]:
    """One category: its name and counts, the bar below them; and where it ends."""
    name = chart.categories[at].value
    said = _said(chart, at)
    lines = textwrap.wrap(f"{name}: {said}" if said else name, int(_WIDTH / _LETTER)) or [name]
    drawn = [_text(line, x=0, y=top + 13 + _LINE * nth) for nth, line in enumerate(lines)]
    top += _LINE * len(lines)
    x, widest = 1.0, _WIDTH - 2
    for series, count in enumerate(_counts(chart, at)):
        width = widest * count / most if most else 0.0
        if width:
            drawn.append(_rect(chart, series, number, x=x, y=top, width=width, height=_BAR))
            x += width
    return drawn, top + _BAR + _GAP


def _said(chart: Chart, at: int) -> str:
    return ", ".join(
        f"{series.name.value.lower()} {series.counts[at]}" for series in chart.series if series.counts[at] is not None
    )
