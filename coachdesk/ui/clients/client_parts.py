"""The parts of a client's record, each made when its tab is first wanted: all of them at once take most of a second."""

from collections.abc import Callable, Iterator, Mapping

from coachdesk.ui.clients.tab import Tab
from coachdesk.ui.office import Office


class Parts:
    """The tabs in their order; asking for one makes it, going through them makes them all."""

    def __init__(
        self, makers: Mapping[str, Callable[[Office], Tab]], office: Office, made: Callable[[int, Tab], None]
    ) -> None:
        self._makers = tuple(makers.values())
        self._office = office
        self._made: dict[int, Tab] = {}
        self._welcome = made

    def __getitem__(self, place: int) -> Tab:
        """Return the tab at a place, made now if nobody has wanted it before."""
        part = self._made.get(place)
        if part is None:
            part = self._made[place] = self._makers[place](self._office)
            self._welcome(place, part)
        return part

    def __iter__(self) -> Iterator[Tab]:
        """Go through all of them."""
        return (self[place] for place in range(len(self._makers)))

    def made(self) -> tuple[Tab, ...]:
        """Return those that somebody has wanted."""
        return tuple(self._made.values())
