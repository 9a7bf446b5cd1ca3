"""Cover: who looks after whose clients, from when to when."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.cover import CoverRow, EndCover, SetCover, end_cover, list_covers, set_cover
from coachdesk.casework.handover import list_receivers
from coachdesk.casework.team import CoachRow, list_coaches
from coachdesk.terms import Role
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Option, Text, Together
from coachdesk.ui.rights.part import Part, about, asked_about
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Button,
    Card,
    EmptyState,
    Pill,
    RoundIcon,
    column,
    label,
    row,
    secondary_button,
)
from coachdesk.ui.wizard import WorkingPage

LOOKS_AFTER = frozenset({Role.COACH, Role.MANAGER})


def carrying(coaches: tuple[CoachRow, ...]) -> tuple[Option, ...]:
    """Return those who may have clients; also whoever has left, whose clients are still there."""
    return tuple(Option(one.id, one.name) for one in coaches if one.role in LOOKS_AFTER)


class CoverPart(Part):
    """The covers that hold or will; a manager sets and ends them."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self._away: tuple[Option, ...] = ()
        self._takers: tuple[Option, ...] = ()
        self.add_button = secondary_button(self.tr("Set a co&ver"), "calendar-clock")
        self.add_button.clicked.connect(self._new)
        self.form = SideForm(self.office, "cover", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        card = Card()
        card.add(row(label(self.tr("Who covers for whom"), "section", wrap=True), 1, self.add_button))
        card.add(
            label(
                self.tr(
                    "Whoever covers sees these clients in her own day and opens them without giving a reason. That "
                    "she opened them is written down as always."
                ),
                "meta",
                wrap=True,
            )
        )
        card.add(self.lines)
        self.body.addWidget(self.form)
        self.body.addWidget(card)

    @override
    def refresh(self) -> None:
        self.add_button.setVisible(self.manages)
        self.office.desk.ask(list_coaches, None, self._know_coaches)
        self.office.desk.ask(list_receivers, None, self._know_takers)
        self.office.desk.ask(list_covers, self.office.desk.clock.today(), self._show)

    def _know_coaches(self, coaches: tuple[CoachRow, ...]) -> None:
        self._away = carrying(coaches)

    def _know_takers(self, takers: tuple[tuple[UUID, str], ...]) -> None:
        self._takers = tuple(Option(coach_id, name) for coach_id, name in takers)

    def _show(self, covers: tuple[CoverRow, ...]) -> None:
        clear(self.lines)
        if not covers:
            self.lines.addWidget(
                EmptyState(
                    self.tr("Everybody looks after their own"),
                    self.tr("Before somebody goes on leave, a manager says here who covers."),
                    icon="handshake",
                )
            )
        for one in covers:
            self.lines.addWidget(self._line(one))
        lay_out(self)

    def _line(self, one: CoverRow) -> QWidget:
        today = self.office.desk.clock.today()
        words = self.tr("{covering} looks after the clients of {away}").format(
            covering=one.covered_by, away=one.away
        )
        days = self.tr("{first} to {last}").format(first=day(one.from_on), last=day(one.to_on))
        more = " · ".join(part for part in (days, one.reason) if part)
        now = one.holds_on(today)
        pill = Pill(self.tr("Now") if now else self.tr("To come"), Tone.OK if now else Tone.INFO)
        line = row(
            RoundIcon("handshake", Tone.BRAND, 36),
            column(label(words, "strong", wrap=True), label(more, "meta", wrap=True), spacing=2),
            pill,
        )
        line.setStretch(1, 1)
        if self.manages:
            button = about(
                Button(self.tr("End it")), one.id.hex, self._end, self.tr("End: {words}").format(words=words)
            )
            line.addWidget(button)
        whole = QWidget()
        whole.setLayout(line)
        return whole

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()

    @Slot()
    def _new(self) -> None:
        self.form.open_form(
            self.tr("Who covers for whom?"),
            (
                Together(
                    Choice("away_id", self.tr("&Who is away"), options=self._away, needed=True),
                    Choice(
                        "covered_by_id", self.tr("Who &looks after them"), options=self._takers, needed=True
                    ),
                ),
                Together(
                    Date("from_on", self.tr("&From"), needed=True, lean="future"),
                    Date("to_on", self.tr("&To, this day too"), needed=True, lean="future"),
                    Text("reason", self.tr("&Reason")),
                ),
            ),
            {"from_on": self.office.desk.clock.today()},
            self._wish,
            set_cover,
            about="new",
        )

    def _wish(self, values: dict[str, Any]) -> SetCover:
        return SetCover(**values)

    @Slot()
    def _end(self) -> None:
        wish = EndCover(cover_id=UUID(hex=asked_about(self.sender())))
        self.office.desk.do(end_cover, wish, then=self._saved, refused=self.page.show_refusal)
