"""Handover: choose whose caseload and to whom, tick the clients, print a page for each, and hand over in one action."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from typing_extensions import override

from coachdesk.casework.handover import (
    CarriedQuestion,
    CarriedRow,
    HandOver,
    hand_over,
    list_carried,
    list_receivers,
)
from coachdesk.casework.team import CoachRow, list_coaches
from coachdesk.errors import Refusal
from coachdesk.papers.handover import HANDOVER_NAME, PrintHandover, write_handover
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Choice, Option, Together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.form_keys import hands_in
from coachdesk.ui.rights.part import Part
from coachdesk.ui.spoken import plural, short_day
from coachdesk.ui.team.cover_part import carrying
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Card, Flow, label, primary_button, quiet_button, restyle, secondary_button
from coachdesk.ui.wizard import WorkingPage

_LIST_HEIGHT = 300
_ID = Qt.ItemDataRole.UserRole


class HandoverPart(Part):
    """Two choices, a list to tick, and two buttons."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self._from: UUID | None = None
        self.form = Form(
            (
                Together(
                    Choice("from_id", self.tr("&Whose caseload"), needed=True),
                    Choice("to_id", self.tr("To wh&om"), needed=True),
                ),
            ),
            self.office.desk.clock,
        )
        self.form.setAccessibleName(self.tr("Handover"))
        self.clients = QListWidget()
        self.clients.setAccessibleName(self.tr("Clients to hand over"))
        self.clients.setMinimumHeight(_LIST_HEIGHT)
        self.nobody = label("", "secondary", wrap=True)
        self.all_button = quiet_button(self.tr("Tick &all"), "list-checks")
        self.none_button = quiet_button(self.tr("Tick &none"))
        self.pages_button = secondary_button(self.tr("Save the &pages to print…"), "printer")
        self.hand_button = primary_button("", "handshake")
        self.hand_button.setToolTip(self.tr("Ctrl+Enter"))
        self.said = label("", wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.hide()
        self._arrange()

    def _arrange(self) -> None:
        card = Card(self.tr("Hand a caseload over"))
        card.add(
            label(
                self.tr(
                    "Everybody is ticked at first. Open enrolments go along, ended ones keep who was there. One undo "
                    "takes it all back."
                ),
                "meta",
                wrap=True,
            )
        )
        for piece in (self.form, self.nobody, self.clients):
            card.add(piece)
        card.add(Flow(self.hand_button, self.pages_button, self.all_button, self.none_button))
        card.add(self.said)
        self.body.addWidget(card)
        self.form.changed.connect(self._changed)
        self.clients.itemChanged.connect(self._count)
        self.all_button.clicked.connect(self._tick_all)
        self.none_button.clicked.connect(self._tick_none)
        self.pages_button.clicked.connect(self._print)
        self.hand_button.clicked.connect(self._hand_over)
        self._count()

    @override
    def refresh(self) -> None:
        self.office.desk.ask(list_coaches, None, self._know_coaches)
        self.office.desk.ask(list_receivers, None, self._know_takers)
        self._read()

    def focus_first(self) -> None:
        """Give the keyboard to the first question."""
        self.form.focus_first()

    def _know_coaches(self, coaches: tuple[CoachRow, ...]) -> None:
        own = self.office.desk.coach_id
        options = carrying(coaches)
        self.form.set_options(
            "from_id", options if self.manages else [one for one in options if one.value == own]
        )

    def _know_takers(self, takers: tuple[tuple[UUID, str], ...]) -> None:
        self.form.set_options("to_id", [Option(coach_id, name) for coach_id, name in takers])

    @Slot()
    def _changed(self) -> None:
        chosen = self.form.input("from_id").value()
        if chosen != self._from:
            self._from = chosen
            self._read()
        self._count()

    def _read(self) -> None:
        if self._from is None:
            self._show(())
            return
        question = CarriedQuestion(coach_id=self._from, today=self.office.desk.clock.today())
        self.office.desk.ask(list_carried, question, self._show)

    def _show(self, rows: tuple[CarriedRow, ...]) -> None:
        self.clients.blockSignals(True)
        self.clients.clear()
        today = self.office.desk.clock.today()
        for one in rows:
            due = self.tr("next {day}").format(day=short_day(one.due_on, today)) if one.due_on else ""
            words = "  ·  ".join(part for part in (one.name, one.stage, due) if part)
            item = QListWidgetItem(words)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setData(_ID, one.id)
            self.clients.addItem(item)
        self.clients.blockSignals(False)
        self.clients.setVisible(bool(rows))
        self.nobody.setVisible(not rows)
        nobody = self.tr("Nobody is with them any more.")
        self.nobody.setText(nobody if self._from is not None else self.tr("Choose whose caseload it is."))
        self._count()
        lay_out(self)

    def ticked(self) -> tuple[UUID, ...]:
        """Return the clients that are ticked."""
        items = (self.clients.item(place) for place in range(self.clients.count()))
        return tuple(item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked)

    @Slot()
    def _count(self) -> None:
        count = len(self.ticked())
        self.hand_button.setText(
            plural(count, self.tr("&Give one client over"), self.tr("&Give {count} clients over"))
        )
        self.hand_button.setEnabled(count > 0)
        self.pages_button.setEnabled(count > 0)
        self.all_button.setEnabled(count < self.clients.count())
        self.none_button.setEnabled(count > 0)

    @Slot()
    def _tick_all(self) -> None:
        self._tick(Qt.CheckState.Checked)

    @Slot()
    def _tick_none(self) -> None:
        self._tick(Qt.CheckState.Unchecked)

    def _tick(self, state: Qt.CheckState) -> None:
        for place in range(self.clients.count()):
            self.clients.item(place).setCheckState(state)

    @Slot()
    def _print(self) -> None:
        """Ask where the file goes and send the work away."""
        if self._from is None or self.page.is_working:
            return
        target = self.office.dialogs.save_as(
            HANDOVER_NAME, (self.tr("PDF (*.pdf)"),), title=self.tr("Where shall the pages lie?")
        )
        if target is None:
            return
        wish = PrintHandover(coach_id=self._from, client_ids=self.ticked(), target=target)
        self.page.start(write_handover, wish, self.tr("Setting the pages…"), self._printed, writes=True)

    def _printed(self, target: Path) -> None:
        words = self.tr("The pages are ready: {file}\nThey name people and the file is not encrypted.")
        self._say(words.format(file=target), Tone.OK)
        self.hand_button.setFocus()

    @Slot()
    def _hand_over(self) -> None:
        self.form.clear_refusal()
        try:
            values = self.form.values()
        except Refusal as refusal:
            self.form.set_refusal(refusal)
            return
        wish = HandOver(
            from_id=values["from_id"],
            to_id=values["to_id"],
            client_ids=self.ticked(),
            today=self.office.desk.clock.today(),
        )
        self.office.desk.do(hand_over, wish, then=self._handed, refused=self.form.set_refusal)

    def _handed(self, count: int) -> None:
        words = plural(
            count, self.tr("One client was handed over."), self.tr("{count} clients were handed over.")
        )
        self._say(words, Tone.OK)
        self._read()

    def _say(self, words: str, tone: Tone) -> None:
        self.said.setText(words)
        restyle(self.said, tone=tone.value)
        self.said.show()
        lay_out(self)
        announce(self.said, words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand over with Ctrl+Enter from wherever the keyboard is in the part."""
        if hands_in(event) and self.hand_button.isEnabled():
            self._hand_over()
        else:
            super().keyPressEvent(event)
