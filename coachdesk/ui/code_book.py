"""The editable lists as the pages need them: read once, read again when somebody edits one."""

from PySide6.QtCore import QObject, Signal

from coachdesk.casework.codes import CodeRow, all_codes
from coachdesk.desk.counter import Desk
from coachdesk.terms import UNSTATED_WORDS, Changes, Kind
from coachdesk.ui.forms.fields import Option

_SPOKEN_FOR = frozenset(UNSTATED_WORDS)


class CodeBook(QObject):
    """Code lists by name.

    Signals: ``read()`` each time the lists have been read.
    """

    read = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lists: dict[str, tuple[CodeRow, ...]] = {}
        self._titles: dict[tuple[str, str], str] = {}
        desk.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Read the lists."""
        self._desk.ask(all_codes, None, self._show)

    def is_ready(self) -> bool:
        """Return whether the lists have been read."""
        return bool(self._lists)

    def options(self, list_name: str, *, unstated: bool = True) -> tuple[Option, ...]:
        """Return the answers of a list that are in use, with the four non-answers last unless left out."""
        rows = self._lists.get(list_name, ())
        return tuple(
            Option(row.key, row.title)
            for row in rows
            if not row.retired and (unstated or row.key not in _SPOKEN_FOR)
        )

    def title(self, list_name: str, key: str) -> str:
        """Return the words of a code, also of a retired one."""
        return self._titles.get((list_name, key), UNSTATED_WORDS.get(key, key))

    def _show(self, lists: dict[str, tuple[CodeRow, ...]]) -> None:
        self._lists = lists
        self._titles = {(name, row.key): row.title for name, rows in lists.items() for row in rows}
        self.read.emit()

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.touch(Kind.CODE):
            self.refresh()
