"""The team: who is fading, by coach; who is at risk of losing a job; who covers for whom; and handing a caseload over."""

from collections.abc import Iterable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

from coachdesk.casework.retention import is_manager
from coachdesk.terms import Kind
from coachdesk.ui.office import Office
from coachdesk.ui.rights.part import Part
from coachdesk.ui.team.cover_part import CoverPart
from coachdesk.ui.team.fading_part import FadingPart
from coachdesk.ui.team.handover_part import HandoverPart
from coachdesk.ui.team.quality_part import QualityPart
from coachdesk.ui.team.work_risk_part import WorkRiskPart
from coachdesk.ui.widgets import ScrollPage, column, label
from coachdesk.ui.wizard import WorkingPage


class TeamPage(WorkingPage):
    """Five parts behind tabs; a coach sees her own clients and those she covers for."""

    concerns = frozenset(
        {
            Kind.CLIENT, Kind.ENROLMENT, Kind.CONTACT, Kind.CONTACT_RHYTHM, Kind.PAUSE, Kind.ACTION, Kind.CHECK_IN,
            Kind.JOB, Kind.COVER, Kind.COACH, Kind.CHECK_IN_MOVE, Kind.JOB_TERMS, Kind.ADJUSTMENT, Kind.ABSENCE,
            Kind.COACH_TIME, Kind.EMPLOYER_CONTACT, Kind.EMPLOYER_TALK, Kind.GROUP_SESSION, Kind.WORK_TIME, Kind.WORK_WEEK,
        }
    )  # fmt: skip

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.fading = FadingPart(self)
        self.work_risk = WorkRiskPart(self)
        self.cover = CoverPart(self)
        self.handover = HandoverPart(self)
        self.quality = QualityPart(self)
        self.parts: tuple[tuple[str, Part], ...] = (
            (self.tr("Who is fa&ding"), self.fading),
            (self.tr("At risk in &work"), self.work_risk),
            (self.tr("&Cover"), self.cover),
            (self.tr("&Handover"), self.handover),
            (self.tr("Service &quality"), self.quality),
        )
        self.tabs = QTabBar()
        self.tabs.setObjectName("team_parts")
        self.tabs.setAccessibleName(self.tr("Parts of the team’s page"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.holder = QWidget()
        area = ScrollPage(self)
        area.body.addWidget(label(self.tr("Team"), "title"))
        for piece in (self.refusal, self.progress, self.tabs):
            area.body.addWidget(piece)
        area.body.addWidget(self.holder)
        self.holder.setLayout(column(*(part for _, part in self.parts), spacing=0))
        for place, (name, part) in enumerate(self.parts):
            self.tabs.addTab(name)
            part.setVisible(place == 0)
        area.body.addStretch(1)
        self.fill_with(area)
        self.tabs.currentChanged.connect(self._tab)

    @override
    def pieces(self) -> Iterable[QWidget]:
        return self.tabs, self.holder

    @override
    def refresh(self) -> None:
        self.office.desk.ask(is_manager, None, self._know_role)

    def _know_role(self, manages: bool) -> None:  # noqa: FBT001  the answer of a question
        for _, part in self.parts:
            part.know_role(manages=manages)
        self.parts[self.tabs.currentIndex()][1].refresh()

    @Slot(int)
    def _tab(self, index: int) -> None:
        for place, (_, part) in enumerate(self.parts):
            part.setVisible(place == index)
        self.refusal.hide()
        shown = self.parts[index][1]
        shown.refresh()
        if shown is self.handover:
            self.handover.focus_first()
