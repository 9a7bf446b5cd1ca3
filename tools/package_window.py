"""See whether a program really shows a window: on a screen that is made for it (Xvfb) and looked at from outside."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

PATIENCE_SECONDS = 60
SETTLED_SECONDS = 2
COLOURS_OF_A_WINDOW = 40
"""An empty screen has two colours at most; drawn letters alone have dozens of greys."""
EVERY = 7
"""Every so many pixels one is looked at, across and down."""


@contextmanager
def own_screen() -> Iterator[str]:
    """Yield the name of a new, empty screen; it goes when it is no longer needed. Raises RuntimeError without Xvfb."""
    if shutil.which("Xvfb") is None:
        raise RuntimeError("Xvfb is needed to see the window: install it (on Debian the package is xvfb)")
    heard, said = os.pipe()
    wish = ["Xvfb", "-displayfd", str(said), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(wish, pass_fds=(said,), stderr=subprocess.DEVNULL) as server:
        os.close(said)
        try:
            with os.fdopen(heard) as line:
                number = line.readline().strip()
            if not number:
                raise RuntimeError("Xvfb made no screen")
            yield f":{number}"
        finally:
            server.terminate()


def colours(picture: QImage) -> int:
    """Return how many colours a picture has, looked at in a grid."""
    across, down = range(0, picture.width(), EVERY), range(0, picture.height(), EVERY)
    return len({picture.pixel(x, y) for x in across for y in down})


def picture_of_first_window(
    command: Sequence[str], environment: Mapping[str, str], picture: Path | None = None
) -> None:
    """Start a program and return once its window is on the screen; the program is ended then.

    Raises RuntimeError when it ends by itself, and TimeoutError when nothing is shown within a minute.
    """
    with own_screen() as screen:
        theirs = {**environment, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
        os.environ["DISPLAY"] = screen  # Qt looks at the screen as one more of its clients
        watcher = QGuiApplication(["watcher", "-platform", "xcb"])
        with subprocess.Popen(command, env=theirs) as program:
            try:
                seen = _seen(program)
            finally:
                program.terminate()
        if picture is not None:
            seen.save(str(picture))
        watcher.shutdown()


def _seen(program: "subprocess.Popen[bytes]") -> QImage:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if (status := program.poll()) is not None:
            raise RuntimeError(f"the program ended by itself, with status {status}")
        if colours(_look()) >= COLOURS_OF_A_WINDOW:
            time.sleep(SETTLED_SECONDS)  # what follows the first picture: fonts, the list of people
            return _look()
        time.sleep(0.2)
    raise TimeoutError("the program shows no window")


def _look() -> QImage:
    return QGuiApplication.primaryScreen().grabWindow(0).toImage()
