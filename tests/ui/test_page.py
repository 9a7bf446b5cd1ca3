"""A page is asked again when a record of a kind it shows changed, and is left alone by every other change."""

from typing import cast
from uuid import uuid4

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot
from typing_extensions import override

from coachdesk.terms import Changes, Kind, Ref
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page


class ChangingDesk(QObject):
    """Tells what changed and does nothing else."""

    changed = Signal(object, object)


class ChangingOffice:
    """Has a desk that tells what changed."""

    def __init__(self) -> None:
        self.desk = ChangingDesk()


class AnyPage(Page):
    """Counts how often it was asked again."""

    times = 0

    @override
    def refresh(self) -> None:
        self.times += 1


class ServicesOnly(AnyPage):
    """A page that shows services."""

    concerns = frozenset({Kind.SERVICE})


@pytest.mark.parametrize(
    ("page", "kind", "times"),
    [(ServicesOnly, Kind.SERVICE, 2), (ServicesOnly, Kind.CLIENT, 1), (AnyPage, Kind.CLIENT, 2)],
)
def test_a_page_follows_the_kinds_it_names_and_else_all(
    qtbot: QtBot, page: type[AnyPage], kind: Kind, times: int
) -> None:
    office = ChangingOffice()
    shown = page(cast("Office", office))
    qtbot.addWidget(shown)
    shown.show()
    assert shown.times == 1
    office.desk.changed.emit(Changes(frozenset({Ref(kind, uuid4())})), None)
    assert shown.times == times
