# mypy: disallow-untyped-calls=False
# (reportlab is published without types)
"""A chart description drawn on paper: one brand colour, every bar with its figure, legible without colour."""

from collections.abc import Sequence
from math import inf

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

from coachdesk.press.blocks import Bars, Chart
from coachdesk.press.faces import REGULAR, SEMI_BOLD, fitted, font, single_run, width
from coachdesk.press.style import PageStyle

_WIDEST_LABEL = 0.4  # of the drawing: longer names are cut, the table beside a chart has them in full
_BAR = 0.62  # of a category's band; the rest is air


def drawing(chart: Chart, style: PageStyle) -> Drawing:
    """Return a chart as wide as the text of a page in this style."""
    return _across(chart, style) if chart.bars is Bars.ACROSS else _up(chart, style)


def _across(chart: Chart, style: PageStyle) -> Drawing:
    size, whole = style.small, style.text_width
    band = size * 2.2
    foot = size * 3.2
    high = band * len(chart.categories) + foot
    left = min(_widest(chart.categories, style), whole * _WIDEST_LABEL) + size
    right = _widest([chart.value_words(index) for index in range(len(chart.values))], style) + size
    ticks = chart.ticks()
    scale = (whole - left - right) / ticks[-1]
    canvas = Drawing(whole, high, initialFontName=font(style.face))
    for tick in ticks:
        x = left + tick * scale
        canvas.add(Line(x, foot, x, high, strokeColor=HexColor(style.inks.line), strokeWidth=0.5))
        canvas.add(
            _words(f"{tick:,g}", x, foot - size * 1.3, style, anchor="middle", colour=style.inks.quiet)
        )
    for index, (category, value) in enumerate(zip(chart.categories, chart.values, strict=True)):
        middle = high - band * (index + 0.5)
        long = (value or 0) * scale
        base = middle - size * 0.35
        canvas.add(_words(category, left - size * 0.6, base, style, anchor="end", room=left - size * 0.6))
        if long:
            canvas.add(
                Rect(
                    left,
                    middle - band * _BAR / 2,
                    long,
                    band * _BAR,
                    fillColor=HexColor(style.inks.accent),
                    strokeColor=None,
                )
            )
        canvas.add(_words(chart.value_words(index), left + long + size * 0.5, base, style, weight=SEMI_BOLD))
    canvas.add(Line(left, foot, left, high, strokeColor=HexColor(style.inks.text), strokeWidth=0.8))
    canvas.add(_words(chart.unit, left, size * 0.5, style, colour=style.inks.quiet))
    return canvas


def _up(chart: Chart, style: PageStyle) -> Drawing:
    size, whole = style.small, style.text_width
    foot, high = size * 2.2, size * 24
    ticks = chart.ticks()
    left = _widest([f"{tick:,g}" for tick in ticks], style) + size
    top = high - size * 3.4
    scale = (top - foot) / ticks[-1]
    band = (whole - left) / len(chart.categories)
    canvas = Drawing(whole, high, initialFontName=font(style.face))
    for tick in ticks:
        y = foot + tick * scale
        canvas.add(Line(left, y, whole, y, strokeColor=HexColor(style.inks.line), strokeWidth=0.5))
        canvas.add(
            _words(
                f"{tick:,g}", left - size * 0.6, y - size * 0.35, style, anchor="end", colour=style.inks.quiet
            )
        )
    for index, (category, value) in enumerate(zip(chart.categories, chart.values, strict=True)):
        middle = left + band * (index + 0.5)
        tall = (value or 0) * scale
        if tall:
            canvas.add(
                Rect(
                    middle - band * _BAR / 2,
                    foot,
                    band * _BAR,
                    tall,
                    fillColor=HexColor(style.inks.accent),
                    strokeColor=None,
                )
            )
        canvas.add(
            _words(
                chart.value_words(index),
                middle,
                foot + tall + size * 0.45,
                style,
                anchor="middle",
                weight=SEMI_BOLD,
            )
        )
        canvas.add(_words(category, middle, size * 0.7, style, anchor="middle", room=band * 0.95))
    canvas.add(Line(left, foot, whole, foot, strokeColor=HexColor(style.inks.text), strokeWidth=0.8))
    canvas.add(_words(chart.unit, 0, high - size * 1.2, style, colour=style.inks.quiet))
    return canvas


def _words(
    text: str,
    x: float,
    y: float,
    style: PageStyle,
    *,
    anchor: str = "start",
    colour: str = "",
    weight: int = REGULAR,
    room: float = inf,
) -> String:
    run = fitted(text, room, style, weight)
    return String(
        x,
        y,
        run.text,
        textAnchor=anchor,
        fontName=font(run.face, weight),
        fontSize=style.small,
        fillColor=HexColor(colour or style.inks.text),
    )


def _widest(texts: Sequence[str], style: PageStyle) -> float:
    found = (single_run(text, style.face) for text in texts)
    return max(width(run.text, font(run.face, SEMI_BOLD), style.small) for run in found)
