"""A page of somebody else's PDF as a picture: drawn by a process of our own program, which is ended when it is slow."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from coachdesk.errors import Refusal
from coachdesk.press.page_drawing import DAMAGED, LOCKED, TALLEST, WIDEST

SECONDS = 10.0
_COPY = "Save a copy to open it with another program."
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would flash a console
_LONGEST_LINE = 80
_FACTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPage:
    """One page: its number, how many there are, and its colours, blue, green and red, row by row.

    ``small`` says that the page is so large that its words cannot be read at this size.
    """

    number: int
    pages: int
    width: int
    height: int
    small: bool
    colours: bytes


def drawn_page(content: bytes, number: int, *, seconds: float = SECONDS) -> DrawnPage:
    """Return a page of a PDF; one before the first or behind the last is the first or the last.

    Raises Refusal, with what can be done instead, for a PDF that is locked, damaged, too slow, or more than the process
    that draws can bear.
    """
    command = (*_program(), str(number))
    try:
        done = subprocess.run(  # noqa: S603  our own program; what comes from outside goes through the pipe
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            creationflags=_NO_WINDOW,
        )
    except subprocess.TimeoutExpired:
        raise Refusal(f"This page was not drawn within {seconds:g} seconds. {_COPY}") from None
    except OSError:
        raise Refusal(f"This laptop could not start what draws a PDF. {_COPY}") from None
    if done.stdout == LOCKED:
        raise Refusal(f"This PDF is locked with a password, so it cannot be shown here. {_COPY}")
    if done.stdout == DAMAGED:
        raise Refusal(f"This PDF is damaged, or not a whole one, so it cannot be shown here. {_COPY}")
    return _believed(done.stdout)


def _believed(said: bytes) -> DrawnPage:
    """Return what was drawn if it is what it says; a PDF may have got the better of the process that read it."""
    line = said[:_LONGEST_LINE].partition(b"\n")[0]
    facts = [int(one) for one in line.split(b" ") if one.isdigit()]
    if len(facts) == _FACTS:
        number, pages, width, height, small = facts
        colours = said[len(line) + 1 :]
        bounded = 0 < width <= WIDEST and 0 < height <= TALLEST and 0 < number <= pages
        if bounded and len(colours) == 3 * width * height:
            return DrawnPage(
                number=number, pages=pages, width=width, height=height, small=small == 1, colours=colours
            )
    raise Refusal(f"This page is more than can be drawn here. {_COPY}")


def _program() -> tuple[str, ...]:
    if not getattr(sys, "frozen", False):
        return (sys.executable, "-P", "-m", "coachdesk.press.page_drawing")
    own = Path(
        sys.executable
    )  # of the two in the frozen folder, the one that can answer on a pipe on Windows, too
    return (str(own.with_name(f"coachdesk{own.suffix}")), "--draw-page")
