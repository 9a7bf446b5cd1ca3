"""The privacy notice: which wording the client was given, when and how, and a form to write down the next."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.notices import GiveNotice, NoticeRow, NoticesTold, give_notice, read_notices
from coachdesk.terms import Unstated
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Pill, label, row, secondary_button


class NoticeCard(Card):
    """What was given, the newest first; says so where nothing was, or an older wording only."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self._told: NoticesTold | None = None
        self._waits = False
        self.form = SideForm(office, "details", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.state = Pill("", Tone.OK)
        self.give_button = secondary_button(self.tr("Notice given"), "file-text")
        self.give_button.clicked.connect(self.give)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.HAIR)
        self.add(row(label(self.tr("Privacy notice"), "section"), self.state, 1, self.give_button))
        self.add(self.form)
        self.add(self.lines)
        self.state.hide()

    def show_client(self, client_id: UUID) -> None:
        """Ask for a client's notices."""
        self._client_id = client_id
        self._office.desk.ask(read_notices, client_id, self._show)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        if self._client_id is not None:
            self.show_client(self._client_id)

    def _show(self, told: NoticesTold) -> None:
        if told.client_id != self._client_id:
            return
        self._told = told
        clear(self.lines)
        if not told.notices:
            words = self.tr("Nothing is written down about the notice. Give it, and say here which and how.")
            self.lines.addWidget(label(words, "secondary", wrap=True))
        for one in told.notices:
            self.lines.addWidget(label(self._words(one), wrap=True))
        self._say_state(told)
        lay_out(self)
        if self._waits:
            self._waits = False
            self.give()

    def _say_state(self, told: NoticesTold) -> None:
        if not told.notices:
            words, tone = self.tr("Not given"), Tone.WARNING
        elif told.is_missing:
            words, tone = self.tr("An older wording"), Tone.WARNING
        else:
            words, tone = self.tr("Given"), Tone.OK
        self.state.say(words, tone)
        self.state.show()

    def _words(self, one: NoticeRow) -> str:
        words = self.tr("{day}: wording {version}, {how}").format(
            day=day(one.given_on), version=one.version, how=one.how.lower()
        )
        return f"{words}. {one.note}" if one.note else words

    def go_on(self) -> None:
        """Open the form that waits, as soon as the notices have been read."""
        if self._told is not None and self._told.client_id == self._client_id:
            self.give()
        else:
            self._waits = True

    @Slot()
    def give(self) -> None:
        """Open the form, with the wording in force or the one used last."""
        if self._told is None or self._client_id is None:
            return
        formats = self._office.codes.options("notice_format")
        self.form.open_form(
            self.tr("The privacy notice was given"),
            (
                Together(
                    Text("version", self.tr("Which &wording"), needed=True, placeholder=self.tr("May 2026")),
                    Date("given_on", self.tr("Given &on"), needed=True, lean="past"),
                    Choice("how", self.tr("&How"), options=formats),
                ),
                Text("note", self.tr("Anything to &add")),
            ),
            {"version": self._told.offered, "given_on": self._office.desk.clock.today()},
            partial(_wish, self._client_id),
            give_notice,
            about=f"notice:{self._client_id.hex}",
            client_id=self._client_id,
        )


def _wish(client_id: UUID, values: dict[str, Any]) -> GiveNotice:
    return GiveNotice(
        client_id=client_id,
        version=values["version"],
        given_on=values["given_on"],
        how=values["how"] or str(Unstated.NOT_ASKED),
        note=values["note"],
    )
