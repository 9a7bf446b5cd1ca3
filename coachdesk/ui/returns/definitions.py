"""The room in which a charity says what is counted: wordings, what a return holds, what was planned, what is typed."""

from typing_extensions import override

from coachdesk.casework.programmes import ProgrammeRow, list_programmes
from coachdesk.ui.returns.definitions_layout import LayoutCard
from coachdesk.ui.returns.definitions_typed import ManualCard, ProfileCard
from coachdesk.ui.returns.definitions_wordings import Wordings
from coachdesk.ui.rights.part import Part
from coachdesk.ui.wizard import WorkingPage


class DefinitionsPart(Part):
    """What is counted; everybody reads it, managers change it."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self.wordings = Wordings(page)
        self.layout_card = LayoutCard(self.office)
        self.profile = ProfileCard(self.office)
        self.manual = ManualCard(self.office)
        self._cards = (self.layout_card, self.profile, self.manual)
        for piece in (self.wordings, *self._cards):
            self.body.addWidget(piece)

    @override
    def know_role(self, *, manages: bool) -> None:
        super().know_role(manages=manages)
        self.wordings.know_role(manages=manages)
        for card in self._cards:
            card.know_role(manages=manages)

    @override
    def refresh(self) -> None:
        self.office.desk.ask(list_programmes, None, self._know_programmes)
        self.wordings.refresh()

    def _know_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        self.wordings.know_programmes(rows)
        for card in self._cards:
            card.know_programmes(rows)
