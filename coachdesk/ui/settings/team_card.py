"""The team: coaches and hubs."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from coachdesk.casework.team import (
    AddCoach,
    AddHub,
    CoachRow,
    NamedRow,
    add_coach,
    add_hub,
    list_coaches,
    list_hubs,
)
from coachdesk.errors import Refusal
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Avatar, Card, RoundIcon, label, row, secondary_button


class TeamCard(Card):
    """Who is in the team, and where clients are met."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.coaches, self.hubs = QVBoxLayout(), QVBoxLayout()
        self.coach_name = self._line(self.tr("Name of the coach"))
        self.hub_name = self._line(self.tr("Name of the hub"))
        self.add_coach_button = secondary_button(self.tr("Add a &coach"), "user-plus")
        self.add_hub_button = secondary_button(self.tr("Add a &hub"), "plus")
        self.add(label(self.tr("Coaches"), "section"))
        self.add(self.coaches)
        self.add(row(self.coach_name, self.add_coach_button, 1))
        self.add(label(self.tr("Hubs"), "section"))
        self.add(self.hubs)
        self.add(row(self.hub_name, self.add_hub_button, 1))
        self.add_coach_button.clicked.connect(self._add_coach)
        self.coach_name.returnPressed.connect(self._add_coach)
        self.add_hub_button.clicked.connect(self._add_hub)
        self.hub_name.returnPressed.connect(self._add_hub)

    def _line(self, words: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(words)
        line.setPlaceholderText(words)
        return line

    def refresh(self) -> None:
        """Ask for coaches and hubs."""
        self._office.desk.ask(list_coaches, None, self._show_coaches)
        self._office.desk.ask(list_hubs, None, self._show_hubs)

    def _show_coaches(self, rows: tuple[CoachRow, ...]) -> None:
        clear(self.coaches)
        roles = {"coach": self.tr("Coach"), "manager": self.tr("Manager")}
        for coach in rows:
            role = roles.get(coach.role, coach.role)
            words = role if coach.active else self.tr("{role}, has left").format(role=role)
            self.coaches.addLayout(
                row(
                    Avatar(coach.name, coach.id, 32),
                    label(coach.name, "strong"),
                    label(words, "meta"),
                    1,
                    spacing=Space.GAP,
                )
            )

    def _show_hubs(self, rows: tuple[NamedRow, ...]) -> None:
        clear(self.hubs)
        for hub in rows:
            self.hubs.addLayout(
                row(RoundIcon("building", Tone.INFO, 32), label(hub.name, "strong"), 1, spacing=Space.GAP)
            )
        if not rows:
            self.hubs.addWidget(label(self.tr("No hubs yet."), "meta"))

    @Slot()
    def _add_coach(self) -> None:
        self._office.desk.do(
            add_coach, AddCoach(name=self.coach_name.text()), then=self._coach_added, refused=self._refused
        )

    @Slot()
    def _add_hub(self) -> None:
        self._office.desk.do(
            add_hub, AddHub(name=self.hub_name.text()), then=self._hub_added, refused=self._refused
        )

    def _coach_added(self, _coach: object) -> None:
        self.coach_name.clear()

    def _hub_added(self, _hub: object) -> None:
        self.hub_name.clear()

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
