"""Kinds of work that somebody wants or will not do: one choice, and another as soon as that one is answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Slot

from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Choice, Option, Part, Together

NAMES = ("sector", "other_sector", *(f"sector_{place}" for place in range(3, 10)))
"""The choices by their names, most: nobody has named more than a handful."""
_IN_A_ROW = 3
_FIRST_ROW = 2
"""The strength stands beside the first two."""


def tr(words: str) -> str:
    """Return words in the language of the window."""
    return QCoreApplication.translate("KindsOfWork", words)


def kinds_parts(options: Sequence[Option], strength: Choice) -> tuple[Part, ...]:
    """Return the choices, the strength beside the first ones."""
    first = Choice(NAMES[0], tr("&Kind of work"), options=options)
    more = [
        Choice(name, tr("Or ({place})").format(place=place), options=options) for place, name in _numbered()
    ]
    later = more[_FIRST_ROW - 1 :]
    rows = (later[start : start + _IN_A_ROW] for start in range(0, len(later), _IN_A_ROW))
    return (Together(first, *more[: _FIRST_ROW - 1], strength), *(Together(*row) for row in rows))


def _numbered() -> Sequence[tuple[int, str]]:
    return tuple(enumerate(NAMES[1:], _FIRST_ROW))


def kinds_values(among: Sequence[str]) -> dict[str, str | None]:
    """Return what each choice shows for the kinds that were said."""
    return {name: among[place] if place < len(among) else None for place, name in enumerate(NAMES)}


def kinds_told(values: Mapping[str, Any], among: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds that were chosen, each once; those said before for which there was no choice stay."""
    chosen = (values.get(name) for name in NAMES)
    return tuple(dict.fromkeys((*(one for one in chosen if one), *among[len(NAMES) :])))


class KindsShown(QObject):
    """Shows as many choices as are answered in an open form, and one more."""

    def __init__(self, side: SideForm) -> None:
        super().__init__(side)
        self._side = side

    def follow(self) -> None:
        """Look after the form that has just been opened."""
        assert self._side.form is not None  # noqa: S101  asked of an open form
        self._side.form.changed.connect(self.show_next)
        self.show_next()

    @Slot()
    def show_next(self) -> None:
        """Show the choice after the last one that is answered."""
        form = self._side.form
        if form is None:
            return
        answered = [place for place, name in enumerate(NAMES) if form.input(name).raw()]
        wanted = max(answered, default=0) + _FIRST_ROW
        shown = {name: place < max(wanted, _FIRST_ROW) for place, name in enumerate(NAMES)}
        if all(form.row(name).isHidden() is not seen for name, seen in shown.items()):
            return
        for name, seen in shown.items():
            form.set_shown(name, shown=seen)
        lay_out(self._side)
