"""The one way from other threads to the window's: a courier that lives as long as the program.

What works elsewhere never holds a window, a page or a desk: those go on the window's thread whenever they like, and a
signal that is sent from one that is just going ends the program.
"""

import itertools
from collections import deque
from collections.abc import Callable
from functools import cache, partial
from threading import get_ident
from time import perf_counter
from typing import Protocol
from weakref import WeakValueDictionary

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

AT_A_STRETCH = 0.03
"""Seconds after which the window has its turn before more is handed over: a page that asks for twenty things at once is
answered twenty times, and all of it in one go would keep a key that was pressed waiting for all of it."""


class Addressee(Protocol):
    """An object of the window's thread that things are brought to."""

    def arrived(self, number: int, what: object) -> None:
        """Take what was brought for a number."""
        ...


class Courier(QObject):
    """Brings things to objects of the thread it was made on, or to nobody once they are gone.

    What comes from that thread itself is handed over at once, what comes from another in the order in which it came.

    Signals:
        _carried (object, object): a number and what is brought for it from another thread.
        _here (object, object): the same from this thread; what a slot raises goes to the crash window from both.
    """

    _carried = Signal(object, object)
    _here = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        self._addressees: WeakValueDictionary[int, Addressee] = WeakValueDictionary()
        self._thread = get_ident()
        self._bag: deque[tuple[int, object]] = deque()
        self._rounds = QTimer(self)
        self._rounds.setInterval(0)
        self._rounds.timeout.connect(self._go_round)
        self._carried.connect(self._put_in_bag)
        self._here.connect(self._hand_over)

    def way_to(self, addressee: Addressee) -> tuple[int, Callable[[object], None]]:
        """Return a new number of an object, and what brings something to it from any thread; the way keeps nobody alive."""
        number = next(self._numbers)
        self._addressees[number] = addressee
        return number, partial(self._bring, number)

    def _bring(self, number: int, what: object) -> None:
        signal = self._here if get_ident() == self._thread else self._carried
        signal.emit(number, what)

    @Slot(object, object)
    def _put_in_bag(self, number: int, what: object) -> None:
        self._bag.append((number, what))
        if not self._rounds.isActive():
            self._rounds.start()

    @Slot()
    def _go_round(self) -> None:
        """Hand over what is there, until the window should have its turn; the next round goes on."""
        until = perf_counter() + AT_A_STRETCH
        while self._bag:
            self._hand_over(*self._bag.popleft())
            if perf_counter() >= until:
                return
        self._rounds.stop()

    @Slot(object, object)
    def _hand_over(self, number: int, what: object) -> None:
        addressee = self._addressees.get(number)
        if addressee is not None and _exists(addressee):
            addressee.arrived(number, what)


def _exists(addressee: object) -> bool:
    return not isinstance(addressee, QObject) or shiboken6.isValid(addressee)


@cache
def courier() -> Courier:
    """Return the program's courier; the first to ask is on the window's thread."""
    return Courier()
