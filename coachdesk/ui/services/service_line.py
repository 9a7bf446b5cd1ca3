"""The name of a service while it is typed: those of the directory that hold it are offered; one that is new may stand."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCompleter, QListView

from coachdesk.ui.forms.inputs import TextInput


def offer_services(field: TextInput, names: Iterable[str]) -> QCompleter:
    """Return what offers names below a line, wherever in the name the words stand; Enter takes the one marked."""
    completer = QCompleter(list(names), field.line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    popup = QListView()
    popup.setProperty("popup", True)
    popup.setAccessibleName(QCoreApplication.translate("ServiceLine", "Services of the directory that fit"))
    completer.setPopup(popup)
    field.line.setCompleter(completer)
    completer.activated.connect(field.edited)
    return completer
