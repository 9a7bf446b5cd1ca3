"""Tables and lists: rows in, choices out."""

from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.tables.rows import Column, RowTable, fold
from coachdesk.ui.tables.view import TableView

__all__ = ["Column", "ListItem", "RowTable", "TableView", "TwoLineList", "fold"]
