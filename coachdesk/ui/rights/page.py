"""The data rights page: what people may ask of us, and the papers that show how we keep our word."""

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

from coachdesk.casework.retention import is_manager, retention_reminder
from coachdesk.terms import Kind
from coachdesk.ui.office import Office
from coachdesk.ui.rights.breaches_part import BreachesPart
from coachdesk.ui.rights.clocks_part import ClocksPart
from coachdesk.ui.rights.openings_part import OpeningsPart
from coachdesk.ui.rights.part import Part
from coachdesk.ui.rights.processing_part import ProcessingPart
from coachdesk.ui.rights.requests_part import RequestsPart
from coachdesk.ui.rights.retention_part import RetentionPart
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Banner, ScrollPage, column, label
from coachdesk.ui.wizard import WorkingPage


class RightsPage(WorkingPage):
    """Requests, time that is over, breaches, the record of processing, who opened what, and the clocks."""

    concerns = frozenset(
        {
            Kind.RIGHTS_REQUEST, Kind.CLOCK_STOP, Kind.REDACTION, Kind.BREACH, Kind.RETENTION_RULE, Kind.ERASURE,
            Kind.PROCESSING_ACTIVITY, Kind.CLIENT, Kind.ENROLMENT, Kind.COACH,
        }
    )  # fmt: skip

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.requests = RequestsPart(self)
        self.retention = RetentionPart(self)
        self.breaches = BreachesPart(self)
        self.processing = ProcessingPart(self)
        self.openings = OpeningsPart(self)
        self.clocks = ClocksPart(self)
        self.parts: tuple[tuple[str, Part], ...] = (
            (self.tr("Requests"), self.requests),
            (self.tr("Time is over"), self.retention),
            (self.tr("What went wrong"), self.breaches),
            (self.tr("Record of processing"), self.processing),
            (self.tr("Who opened what"), self.openings),
            (self.tr("Time limits"), self.clocks),
        )
        self.reminder = Banner("", "", Tone.WARNING, action=self.tr("Look at the list"), closable=False)
        self.reminder.hide()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Parts of data rights"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.holder = QWidget()
        self._arrange()
        self.tabs.currentChanged.connect(self._tab)
        self.reminder.acted.connect(self._look)
        self.requests.erase_wanted.connect(self._erase)

    def _arrange(self) -> None:
        area = ScrollPage(self)
        area.body.addWidget(label(self.tr("Data rights"), "title"))
        area.body.addWidget(self.reminder)
        area.body.addWidget(self.refusal)
        area.body.addWidget(self.progress)
        area.body.addWidget(self.tabs)
        area.body.addWidget(self.holder)
        self.holder.setLayout(column(*(part for _, part in self.parts), spacing=0))
        for place, (name, part) in enumerate(self.parts):
            self.tabs.addTab(name)
            part.setVisible(place == 0)
        area.body.addStretch(1)
        self.fill_with(area)

    @override
    def pieces(self) -> Iterable[QWidget]:
        return self.tabs, self.holder

    @override
    def refresh(self) -> None:
        self.office.desk.ask(is_manager, None, self._know_role)
        self.office.desk.ask(retention_reminder, self.office.desk.clock.today(), self._remind)

    def _know_role(self, manages: bool) -> None:  # noqa: FBT001  the answer of a question
        for _, part in self.parts:
            part.know_role(manages=manages)
        self._shown().refresh()

    def _remind(self, words: str) -> None:
        self.reminder.setVisible(bool(words))
        self.reminder.message.setText(words)
        self.reminder.setAccessibleName(words)

    def _shown(self) -> Part:
        return self.parts[self.tabs.currentIndex()][1]

    @Slot(int)
    def _tab(self, index: int) -> None:
        for place, (_, part) in enumerate(self.parts):
            part.setVisible(place == index)
        self.refusal.hide()
        self._shown().refresh()

    def show_part(self, part: Part) -> None:
        """Bring one part into sight."""
        self.tabs.setCurrentIndex([one for _, one in self.parts].index(part))

    @Slot()
    def _look(self) -> None:
        self.show_part(self.retention)

    @Slot(object)
    def _erase(self, client_id: UUID) -> None:
        self.show_part(self.retention)
        self.retention.erase(client_id)

    def open_for(self, client_id: UUID) -> None:
        """Show the form for a request of a client, as when it is asked for on the client's page."""
        self.show_part(self.requests)
        self.requests.write_down_for(client_id)
