# mypy: disallow-untyped-calls=False
# (reportlab is published without types)
"""Pictograms as curves: the program's icons, drawn on paper by one pen."""

import math
import re
from cmath import phase, rect
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from coachdesk.resources import resource

SIDE = 24.0
"""The side of the square every icon is drawn in (Lucide)."""
_PEN = 2.0
_QUARTER = math.pi / 2
_COMMAND = re.compile(r"[\s,]*([A-Za-z])")
_NUMBER = re.compile(r"[\s,]*([-+]?(?:\d+\.?\d*|\.\d+))")
_FLAG = re.compile(r"[\s,]*([01])")  # the two flags of an arc may stand without a space behind them
_FRAME = "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"
# boxes to tick by hand, which a screen has as real ones
_OWN = {"box": (_FRAME,), "box-ticked": (_FRAME, "M7.5 12.5l3 3 6-7")}

Stroke = tuple[complex, ...]
"""Where a pen goes: one point to begin at, one to draw a line to, three to draw a curve, none to close."""


def draw(canvas: Any, name: str, size: float, colour: Any) -> None:
    """Draw a pictogram into the square of a size that begins where the canvas stands.

    Raises FileNotFoundError for an icon that does not ship.
    """
    scale = size / SIDE
    canvas.saveState()
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(_PEN * scale)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    for command, points in strokes(name):
        flat = [side for point in points for side in (point.real * scale, size - point.imag * scale)]
        {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}[command](*flat)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()


@cache
def strokes(name: str) -> tuple[tuple[str, Stroke], ...]:
    """Return a pictogram's strokes, each a command (M, L, C or Z) with its points, downwards from the top left."""
    paths = _OWN.get(name) or tuple(_paths(name))
    return tuple(stroke for path in paths for stroke in _Pen(path).strokes())


def _paths(name: str) -> Iterator[str]:
    tree = ET.parse(resource("icons", f"{name}.svg"))  # noqa: S314  a file that ships with the program
    for element in tree.getroot():
        shape = element.tag.rpartition("}")[2]
        yield _SHAPES[shape](element.attrib)


def _path(given: dict[str, str]) -> str:
    return given["d"]


def _line(given: dict[str, str]) -> str:
    return f"M{given['x1']} {given['y1']}L{given['x2']} {given['y2']}"


def _circle(given: dict[str, str]) -> str:
    return _ellipse({**given, "rx": given["r"], "ry": given["r"]})


def _ellipse(given: dict[str, str]) -> str:
    across, down = float(given["rx"]), float(given["ry"])
    left = float(given["cx"]) - across
    return (
        f"M{left} {given['cy']}a{across} {down} 0 1 0 {2 * across} 0a{across} {down} 0 1 0 {-2 * across} 0z"
    )


def _rectangle(given: dict[str, str]) -> str:
    left, top, wide, tall = (float(given.get(name, "0")) for name in ("x", "y", "width", "height"))
    corner = float(given.get("rx", given.get("ry", "0")))
    turn = f"a{corner} {corner} 0 0 1 "
    return (
        f"M{left + corner} {top}h{wide - 2 * corner}{turn}{corner} {corner}v{tall - 2 * corner}"
        f"{turn}{-corner} {corner}h{2 * corner - wide}{turn}{-corner} {-corner}v{2 * corner - tall}"
        f"{turn}{corner} {-corner}z"
    )


_SHAPES = {"path": _path, "line": _line, "circle": _circle, "ellipse": _ellipse, "rect": _rectangle}


class _Pen:
    """Follows the path of an icon (SVG 1.1, section 8.3): the commands that the shipped icons use."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.place = 0
        self.at = self.start = 0j
        self.steps = {
            "M": self._move,
            "L": self._lines,
            "H": self._across,
            "V": self._down,
            "C": self._curve,
            "Q": self._bend,
            "A": self._arc,
        }

    def strokes(self) -> Iterator[tuple[str, Stroke]]:
        """Give every stroke in turn; raises ValueError for a command that no shipped icon uses."""
        found = _COMMAND.match(self.path)
        while found:
            self.place = found.end()
            yield from self._command(found[1])
            found = _COMMAND.match(self.path, self.place)

    def _command(self, letter: str) -> Iterator[tuple[str, Stroke]]:
        if letter in "Zz":
            self.at = self.start
            yield "Z", ()
            return
        step = self.steps.get(letter.upper())
        if step is None:
            raise ValueError("an icon is drawn with a command that no pen here knows")
        yield from step(relative=letter.islower())
        again = self._lines if letter in "Mm" else step
        while _NUMBER.match(self.path, self.place):
            yield from again(relative=letter.islower())

    def _number(self, pattern: re.Pattern[str] = _NUMBER) -> float:
        found = pattern.match(self.path, self.place)
        if found is None:
            raise ValueError("an icon's path breaks off")
        self.place = found.end()
        return float(found[1])

    def _point(self, *, relative: bool) -> complex:
        point = complex(self._number(), self._number())
        return self.at + point if relative else point

    def _move(self, *, relative: bool) -> Iterator[tuple[str, Stroke]]:
        self.at = self.start = self._point(relative=relative)
        yield "M", (self.at,)

    def _lines(self, *, relative: bool) -> Iterator[tuple[str, Stroke]]:
        self.at = self._point(relative=relative)
        yield "L", (self.at,)

    def _across(self, *, relative: bool) -> Iterator[tuple[str, Stroke]]:
        self.at = complex(self._number() + (self.at.real if relative else 0), self.at.imag)
        yield "L", (self.at,)

    def _down(self, *, relative: bool) -> Iterator[tuple[str, Stroke]]:
        self.at = complex(self.at.real, self._number() + (self.at.imag if relative else 0))
        yield "L", (self.at,)

    def _curve(self, *, relative: bool) -> Iterator[tuple[str, Stroke]]:
        first, second, end = (self._point(relative=relative) for _ in range(3))
        self.at = end
        yield "C", (first, second, end)

    def _bend(self, *, relative: bool) -> Iterator[tuple[str, Stroke]]:
        start, pull, end = self.at, self._point(relative=relative), self._point(relative=relative)
        self.at = end
        yield "C", ((start + 2 * pull) / 3, (end + 2 * pull) / 3, end)

    def _arc(self, *, relative: bool) -> Iterator[tuple[str, Stroke]]:
        across, down, turned = (self._number() for _ in range(3))
        is_large, is_sweep = (bool(self._number(_FLAG)) for _ in range(2))
        start, end = self.at, self._point(relative=relative)
        self.at = end
        if start == end:
            return
        if not across or not down:
            yield "L", (end,)
            return
        oval = _Oval(across, down, math.radians(turned))
        yield from oval.arc(start, end, is_large=is_large, is_sweep=is_sweep)


class _Oval:
    """An ellipse, worked on as the circle of radius one that it is when looked at aslant (SVG 1.1, F.6)."""

    def __init__(self, across: float, down: float, turned: float) -> None:
        self.across, self.down, self.turned = abs(across), abs(down), turned

    def arc(
        self, start: complex, end: complex, *, is_large: bool, is_sweep: bool
    ) -> Iterator[tuple[str, Stroke]]:
        """Give the curves, a quarter of the way round at most each, that lead from start to end."""
        first, last = self._straight(start), self._straight(end)
        grown = max(1.0, abs(last - first) / 2)  # an oval too small for its ends grows until it reaches
        first, last = first / grown, last / grown
        along = last - first
        aside = math.sqrt(max(0.0, 1 - abs(along / 2) ** 2)) * (1 if is_large != is_sweep else -1)
        middle = (first + last) / 2 + 1j * along / abs(along) * aside
        angle, whole = phase(first - middle), phase((last - middle) / (first - middle))
        if is_sweep != (whole > 0):
            whole += 2 * math.pi if is_sweep else -2 * math.pi
        count = math.ceil(abs(whole) / _QUARTER - 1e-9)
        part = whole / count
        pull = 1j * math.tan(part / 4) * 4 / 3
        for number in range(count):
            here, there = rect(1, angle + number * part), rect(1, angle + (number + 1) * part)
            points = (here * (1 + pull), there * (1 - pull), there)
            yield "C", tuple(self._aslant((point + middle) * grown) for point in points)

    def _straight(self, point: complex) -> complex:
        turned = point * rect(1, -self.turned)
        return complex(turned.real / self.across, turned.imag / self.down)

    def _aslant(self, point: complex) -> complex:
        return complex(point.real * self.across, point.imag * self.down) * rect(1, self.turned)
