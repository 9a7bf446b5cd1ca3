"""The one way from other threads to the window's: a courier that lives as long as the program.

What works elsewhere never holds a window, a page or a desk: those go on the window's thread whenever they like, and a
signal that is sent from one that is just going ends the program.
"""

import itertools
from collections.abc import Callable
from functools import cache, partial
from typing import Protocol
from weakref import WeakValueDictionary

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot


class Addressee(Protocol):
    """An object of the window's thread that things are brought to."""

    def arrived(self, number: int, what: object) -> None:
        """Take what was brought for a number."""
        ...


class Courier(QObject):
    """Brings things to objects of the thread it was made on, or to nobody once they are gone.

    Signals:
        _carried (object, object): a number and what is brought for it; queued when it comes from another thread.
    """

    _carried = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        self._addressees: WeakValueDictionary[int, Addressee] = WeakValueDictionary()
        self._carried.connect(self._hand_over)

    def way_to(self, addressee: Addressee) -> tuple[int, Callable[[object], None]]:
        """Return a new number of an object, and what brings something to it from any thread; the way keeps nobody alive."""
        number = next(self._numbers)
        self._addressees[number] = addressee
        return number, partial(self._carried.emit, number)

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
