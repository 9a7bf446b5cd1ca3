"""Looking for work: applications, vacancies beside the wishes, the wishes, what employers are told, benefits questions."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.ui.clients.tab import Tab, lay_out
from coachdesk.ui.job_search.applications_card import ApplicationsCard
from coachdesk.ui.job_search.benefits_card import BenefitsCard
from coachdesk.ui.job_search.disclosure_card import DisclosureCard
from coachdesk.ui.job_search.matches_card import MatchesCard
from coachdesk.ui.job_search.search_card import SearchCard
from coachdesk.ui.job_search.wishes_card import WishesCard
from coachdesk.ui.office import Office
from coachdesk.ui.widgets import Card, EmptyState, primary_button


class JobSearchTab(Tab):
    """The way to a job, of one client.

    Signals: ``job_wanted(dict)`` when the job of an accepted application is to be recorded: ``application_id`` and
    the values of RecordJob. Whoever records it ties both together by ``link_job``.
    """

    job_wanted = Signal(dict)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.applications = ApplicationsCard(office)
        self.matches = MatchesCard(office)
        self.wishes = WishesCard(office)
        self.disclosures = DisclosureCard(office)
        self.benefits = BenefitsCard(office)
        self.cards: tuple[SearchCard, ...] = (
            self.applications,
            self.matches,
            self.wishes,
            self.disclosures,
            self.benefits,
        )
        self._known: dict[SearchCard, bool] = {}
        self.wishes_button = primary_button(self.tr("What they want of a job"), "pencil")
        self.beginning = self._beginning()
        self.body.addWidget(self.beginning)
        for card in self.cards:
            self.body.addWidget(card)
            card.history.connect(self.history)
            card.changed.connect(self._changed)
        self.body.addStretch(1)
        self.applications.known.connect(self._applications_known)
        self.wishes.known.connect(self._wishes_known)
        self.applications.job_wanted.connect(self.job_wanted)
        self.applications.disclosure_wanted.connect(self.disclosures.decide_about)
        self.wishes_button.clicked.connect(self.wishes.start)

    def _beginning(self) -> Card:
        card = Card()
        card.add(
            EmptyState(
                self.tr("Begin with what matters to them"),
                self.tr(
                    "Ask what a job must have, what would be good, and what they will not do. "
                    "Vacancies are then compared with it, one reason for each wish."
                ),
                self.wishes_button,
                icon="target",
            )
        )
        card.hide()
        return card

    @override
    def refresh(self) -> None:
        if self.client_id is not None:
            for card in self.cards:
                card.show_client(self.client_id)

    @override
    def go_on(self, kind: str, about: str) -> None:
        for card in self.cards:
            if card.go_on(kind, about):
                return

    @Slot()
    def _changed(self) -> None:
        self.refresh()

    @Slot(bool)
    def _applications_known(self, found: bool) -> None:  # noqa: FBT001  a signal's value
        self.benefits.jobs = self.applications.jobs()
        self._begin_or_not(self.applications, found=found)

    @Slot(bool)
    def _wishes_known(self, found: bool) -> None:  # noqa: FBT001  a signal's value
        self._begin_or_not(self.wishes, found=found)

    def _begin_or_not(self, card: SearchCard, *, found: bool) -> None:
        """Invite whoever has nothing here yet to the first step."""
        self._known[card] = found
        is_new = not any(self._known.get(one, True) for one in (self.applications, self.wishes))
        if self.beginning.isHidden() is is_new:
            self.beginning.setVisible(is_new)
            lay_out(self)
