"""The places of the main window, each made when it is first wanted, or when there is nothing better to do."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QObject, QTimer, Slot
from typing_extensions import override

from coachdesk.ui.page import Page

_PAUSE_MILLISECONDS = 50
"""Between one page and the next, so that a key that was pressed is answered first."""


class Places(Mapping[str, Page]):
    """The pages by the key of their place; asking for one makes it, asking for all of them makes them all.

    Making every page before the first is painted would keep a person waiting for what they may never open.
    """

    def __init__(self, makers: Mapping[str, Callable[[], Page]], made: Callable[[Page], None]) -> None:
        self._makers = dict(makers)
        self._pages: dict[str, Page] = {}
        self._welcome = made

    @override
    def __getitem__(self, key: str) -> Page:
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._makers[key]()
            self._welcome(page)
        return page

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    @override
    def __len__(self) -> int:
        return len(self._makers)

    def made(self, key: str) -> Page | None:
        """Return a page if somebody has wanted it."""
        return self._pages.get(key)

    def missing(self) -> tuple[str, ...]:
        """Return the places that nobody has wanted yet."""
        return tuple(key for key in self._makers if key not in self._pages)


class Preparation(QObject):
    """Makes the places nobody has wanted yet, one at a time, once the first is on the screen."""

    def __init__(self, places: Places, parent: QObject) -> None:
        super().__init__(parent)
        self._places = places
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MILLISECONDS)
        self._timer.timeout.connect(self._make_one)

    @Slot()
    def start(self) -> None:
        """Begin, unless everything is there."""
        if self._places.missing():
            self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Make no more: the window is going."""
        self._timer.stop()

    @Slot()
    def _make_one(self) -> None:
        for key in self._places.missing()[:1]:
            self._places[key]
        if not self._places.missing():
            self._timer.stop()
