"""The last window: our own bug, said once, without a word about any client."""

import sys
import threading
import traceback
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from coachdesk import __version__
from coachdesk.overriding import override


class CrashReporter(QObject):
    """Catches what nobody caught, writes where it happened (no values), and tells the person once per fault.

    Signals: ``caught(str)`` carries the report to the window's thread.
    """

    caught = Signal(str)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._told: set[str] = set()
        self._before = sys.excepthook
        self._threads_before = threading.excepthook
        self.caught.connect(self._tell_next)

    def install(self) -> None:
        """Take over what Python does with an exception nobody caught, on every thread."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def give_back(self) -> None:
        """Hand both hooks back."""
        sys.excepthook = self._before
        threading.excepthook = self._threads_before

    def report(self, kind: type[BaseException], trace: TracebackType | None) -> str:
        """Return where it happened: files, lines and functions, never a message or a value."""
        frames = traceback.extract_tb(trace)
        lines = [f"CoachDesk {__version__}, Python {sys.version.split()[0]}", kind.__name__]
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        return "\n".join(lines)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        report = self.report(kind, trace)
        if report not in self._told:
            self._told.add(report)
            self.caught.emit(report)

    def _thread_hook(self, fault: threading.ExceptHookArgs) -> None:
        self._hook(fault.exc_type, fault.exc_value or fault.exc_type(), fault.exc_traceback)

    @Slot(str)
    def _tell_next(self, report: str) -> None:
        """Tell when what failed has come to its end: from the window's thread and from others alike."""
        QTimer.singleShot(0, self, partial(self._tell, report))

    def _tell(self, report: str) -> None:
        from coachdesk.ui.notice import Notice  # noqa: PLC0415  a fault is rare; every start would pay for it

        folder = self._folder or _usual_folder()
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "fault.txt"
        file.write_text(report + "\n", encoding="utf-8")
        Notice(
            self.tr("CoachDesk made a mistake"),
            self.tr(
                "Something in the program went wrong; what you typed is kept as a draft. You can go on working, or close "
                "CoachDesk and open it again.\n\nA note of where it happened, without anything about your clients, "
                "lies in {file}."
            ).format(file=file),
        ).open()

    @override
    def deleteLater(self) -> None:
        self.give_back()
        super().deleteLater()


def _usual_folder() -> Path:
    """Return where this program may keep notes of its own on this computer."""
    paths = QtCore.QStandardPaths
    return Path(paths.writableLocation(paths.StandardLocation.AppLocalDataLocation))
