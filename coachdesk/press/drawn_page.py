"""A page of somebody else's PDF as a picture: drawn by a process of our own program, which is ended when it is slow."""

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Self

from coachdesk.errors import Cancelled, Refusal
from coachdesk.press.page_drawing import DAMAGED, LOCKED, TALLEST, WIDEST

SECONDS = 10.0
_LOOK_EVERY = 0.05
"""Seconds between two looks at the clock and at who may have stopped it: nobody waits longer for Cancel than that."""
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


def _wanted() -> None:
    """Return, for a page that nobody stops."""


def drawn_page(
    content: bytes, number: int, *, seconds: float = SECONDS, check: Callable[[], None] = _wanted
) -> DrawnPage:
    """Return a page of a PDF; one before the first or behind the last is the first or the last.

    ``check`` is asked again and again from another thread, and raises Cancelled once the page is no longer wanted.

    Raises Refusal, with what can be done instead, for a PDF that is locked, damaged, too slow, or more than the process
    that draws can bear, and Cancelled; no process is left behind.
    """
    said = _said((*_program(), str(number)), content, seconds, check)
    if said == LOCKED:
        raise Refusal(f"This PDF is locked with a password, so it cannot be shown here. {_COPY}")
    if said == DAMAGED:
        raise Refusal(f"This PDF is damaged, or not a whole one, so it cannot be shown here. {_COPY}")
    return _believed(said)


def _said(command: tuple[str, ...], content: bytes, seconds: float, check: Callable[[], None]) -> bytes:
    """Return what the process that draws answers, if it answers in time and is wanted until then."""
    check()
    try:
        process = subprocess.Popen(  # noqa: S603  our own program; what comes from outside goes through the pipe
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
    except OSError:
        raise Refusal(f"This laptop could not start what draws a PDF. {_COPY}") from None
    with process, _Guard(process, seconds, check) as guard:
        said, _ = process.communicate(content)
    check()
    if guard.too_slow:
        raise Refusal(f"This page was not drawn within {seconds:g} seconds. {_COPY}")
    return said


class _Guard:
    """Ends a process that is slow or no longer wanted, from a thread of its own.

    On Windows the pipe takes the bytes only as fast as they are read there, and who waits for that looks at no clock.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", seconds: float, check: Callable[[], None]) -> None:
        self._process = process
        self._check = check
        self._until = monotonic() + seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_after, name="drawing")
        self.too_slow = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        """Let the process go; what is left of it after a fault on our side is ended."""
        self._over.set()
        self._thread.join()
        self._process.kill()

    def _look_after(self) -> None:
        while not self._over.wait(max(min(_LOOK_EVERY, self._until - monotonic()), 0)):
            self.too_slow = monotonic() >= self._until
            if self.too_slow or self._is_stopped():
                self._process.kill()
                return

    def _is_stopped(self) -> bool:
        try:
            self._check()
        except Cancelled:
            return True
        return False


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
