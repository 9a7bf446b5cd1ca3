"""The menus of a list: which columns, narrowed to which answer, handed to whom."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from coachdesk.casework.caseload_columns import OWN, ListColumn
from coachdesk.casework.caseload_lists import ClientList
from coachdesk.casework.team import CoachRow


def _menu(name: str, parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(name)
    menu.setToolTipsVisible(True)
    return menu


def plain(words: str) -> str:
    """Return words for a menu, where a lone & would underline the next letter."""
    return words.replace("&", "&&")


def columns_menu(shown: Sequence[str], offered: Sequence[ListColumn], parent: QWidget) -> QMenu:
    """Return a menu of every column, those that are shown ticked; an action's data is the column's key."""
    menu = _menu(QCoreApplication.translate("Lists", "Columns of the list"), parent)
    for column in offered:
        action = menu.addAction(plain(column.title))
        action.setCheckable(True)
        action.setChecked(column.key in shown)
        action.setEnabled(column.key != "name")
        action.setData(column.key)
    return menu


def only_menu(found: ClientList, parent: QWidget) -> QMenu:
    """Return a menu of answers with how many of the list have each; an action's data is column and answer.

    A question that has more than a few answers has no answer here (None): what it must be is asked for.
    """
    menu = _menu(QCoreApplication.translate("Lists", "Show only those with one answer"), parent)
    narrowed = {key for key, _ in found.question.only}
    nothing = QCoreApplication.translate("Lists", "(nothing there)")
    read = {column.key: column for column in found.columns}
    for offered in found.offered:
        column = read.get(offered.key, offered)
        is_read = column.key in read or not column.key.startswith(OWN)
        if column.narrows_by and column.key not in narrowed:
            menu.addAction(f"{plain(column.title)}…").setData((column.key, None))
            continue
        if not column.is_choice or column.key in narrowed or not is_read:
            continue
        answers = Counter(column.words(row) for row in found.rows)
        below = menu.addMenu(plain(column.title))
        for words, number in sorted(answers.items(), key=lambda one: (not one[0], one[0].casefold())):
            action = below.addAction(f"{plain(words) or nothing}   {number}")
            action.setData((column.key, words))
    return menu


def coaches_menu(coaches: Sequence[CoachRow], parent: QWidget) -> QMenu:
    """Return a menu of the team as it is now; an action's data is the coach's id in hex."""
    menu = _menu(QCoreApplication.translate("Lists", "Hand the ticked clients to"), parent)
    for coach in coaches:
        if coach.active and coach.role in {"coach", "manager"}:
            action = menu.addAction(plain(coach.name))
            action.setData(coach.id.hex)
    return menu
