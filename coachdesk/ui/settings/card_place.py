"""The place of a card on the settings page: the card is made when somebody first asks for it."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar, overload

from PySide6.QtWidgets import QWidget

from coachdesk.ui.office import Office

CardT = TypeVar("CardT", bound=QWidget)


class CardHolder(Protocol):
    """A page that keeps its cards."""

    def card(self, name: str, make: Callable[[Office], CardT]) -> CardT:
        """Return the card of a name, made now if it is not there yet."""
        ...


class CardPlace(Generic[CardT]):
    """An attribute of a page that is a card; all the cards of the settings at once hold the window up."""

    def __init__(self, make: Callable[[Office], CardT]) -> None:
        self._make = make
        self._name = ""

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, page: None, owner: type) -> "CardPlace[CardT]": ...

    @overload
    def __get__(self, page: CardHolder, owner: type) -> CardT: ...

    def __get__(self, page: CardHolder | None, owner: type) -> "CardPlace[CardT] | CardT":
        """Return the page's card, or the place itself when it is read from the class."""
        return self if page is None else page.card(self._name, self._make)
