"""The contact form: a note, the next step, and everything that can be known already filled in."""

import datetime as dt
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.check_ins import CheckInAnswers
from coachdesk.casework.contacts import ContactDefaults, RecordContact, last_contact_ways, record_contact
from coachdesk.casework.today import DueItem
from coachdesk.errors import Refusal
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.drafts.told import changed, draft_of
from coachdesk.ui.forms.fields import (
    Check,
    Choice,
    Date,
    Field,
    Heading,
    Lines,
    Number,
    Option,
    Part,
    Scale,
    Text,
    Together,
)
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.own_keys import OwnKeys
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import moment
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Banner, Card, label, primary_button, row, secondary_button

FORM = "contact"


class ContactForm(Card):
    """Records a contact with one client; a check-in asks its few questions in the same form.

    What is typed is kept as a draft in the vault within a second and offered again after a crash or lock.

    Signals: ``saved()`` when the contact is in the vault, ``closed()`` when the form was put away.
    """

    saved = Signal()
    closed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self._due: DueItem | None = None
        self._before: dict[str, Any] = {}
        self.heading = label("", "section", wrap=True)
        self.add(self.heading)
        self.recovered: Banner | None = None
        self.form: Form | None = None
        self._place = QVBoxLayout()
        self.add(self._place)
        self.save_button = primary_button(self.tr("&Save contact"), "check")
        self.save_button.setToolTip(self.tr("Ctrl+Enter"))
        self.cancel_button = secondary_button(self.tr("Put awa&y"))
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.put_away)
        self.add(row(self.save_button, self.cancel_button, 1, label(self.tr("Kept as you type"), "meta")))
        office.desk.locking.connect(self._flush)
        OwnKeys(self)

    @property
    def draft_key(self) -> str:
        """The name under which this client's unfinished contact is kept."""
        return f"{FORM}:{self._client_id.hex if self._client_id else ''}"

    def start(self, client_id: UUID, name: str, due: DueItem | None = None) -> None:
        """Open the form for a client, filled in; a due item says what the contact answers."""
        self._client_id, self._due = client_id, due
        words = self.tr("Contact with {name}").format(name=name)
        self.heading.setText(f"{words}: {due.what}" if due is not None else words)
        self._build()
        self._office.desk.ask(last_contact_ways, client_id, self._fill)
        self._office.desk.read_drafts(self._offer_draft)
        self.show()
        lay_out(self)
        if self.form is not None:
            self.form.focus_first()

    def _build(self) -> None:
        self._remove_form()
        self.form = Form(self._parts(), self._office.desk.clock)
        self.form.setAccessibleName(self.tr("Contact"))
        self.form.draft.connect(self._keep)
        self.form.set_values({"happened_on": self._office.desk.clock.today(), "next_who": "coach"})
        self._before = self.form.raw()
        self._place.addWidget(self.form)

    def _remove_form(self) -> None:
        if self.recovered is not None:
            self.recovered.deleteLater()
            self.recovered = None
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _parts(self) -> tuple[Part, ...]:
        who = (
            Option("coach", self.tr("I do it")),
            Option("client", self.tr("The client does it")),
            Option("other", self.tr("Somebody else")),
        )
        parts: list[Part] = [
            Lines("note", self.tr("What h&appened"), rows=3),
            Together(
                Text("next_step", self.tr("&Next step")),
                Date("next_on", self.tr("&When"), lean="future"),
                Choice("next_who", self.tr("Wh&o"), options=who),
            ),
            Together(
                Date("happened_on", self.tr("&Date"), needed=True, lean="past"),
                Choice("channel", self.tr("&How"), options=self._office.codes.options("channel")),
                Choice("place", self.tr("Wh&ere"), options=self._office.codes.options("place")),
                Number("minutes", self.tr("&Minutes"), lowest=0, highest=1440),
            ),
            Together(
                Choice("note_kind", self.tr("This note &is"), options=self._kinds()),
                Check("did_not_attend", self.tr("Could not make it this time")),
                Check("is_private", self.tr("Keep &private from prints")),
            ),
        ]
        if self._is_check_in():
            parts[0:0] = self._check_in_parts()
        return tuple(parts)

    def _kinds(self) -> tuple[Option, ...]:
        return (
            Option("fact", self.tr("Fact")),
            Option("opinion", self.tr("My opinion")),
            Option("about_others", self.tr("About somebody else")),
        )

    def _is_check_in(self) -> bool:
        return self._due is not None and self._due.kind == "check_in"

    def _check_in_parts(self) -> list[Part]:
        answers = self._office.codes.options("yes_no")

        def ask(name: str, words: str) -> Field:
            return Choice(name, words, options=answers)

        return [
            Heading(self.tr("How is work going?"), self.tr("Leave out whatever did not come up.")),
            Together(
                ask("still_there", self.tr("Still in the job?")),
                ask("hours_changed", self.tr("Hours changed?")),
                ask("pay_changed", self.tr("Pay changed?")),
            ),
            Together(
                ask("adjustments_working", self.tr("Adjustments working?")),
                ask("manager_talk", self.tr("Talked with their manager?")),
            ),
            Scale(
                "risk_of_leaving",
                self.tr("How likely to leave the job?"),
                low_words=self.tr("not at all"),
                high_words=self.tr("very"),
            ),
        ]

    def _fill(self, ways: ContactDefaults) -> None:
        if self.form is None or self.form.is_changed():
            return
        values: dict[str, Any] = {
            "happened_on": self._office.desk.clock.today(),
            "channel": ways.channel,
            "place": ways.place,
            "minutes": ways.minutes,
            "next_who": "coach",
            "note_kind": "fact",
        }
        if self._is_check_in():
            values["still_there"] = "yes"
        self.form.set_values(values)
        self._before = self.form.raw()

    def _offer_draft(self, drafts: Any) -> None:
        kept = next((draft for draft in drafts if draft.key == self.draft_key), None)
        if kept is None or self.form is None:
            return
        self.form.set_raw(changed(kept.body))
        self.recovered = Banner(
            self.tr("This is what you had typed on {moment}.").format(moment=moment(kept.saved_at)),
            self.tr("It was kept in the vault. Save it, change it, or start afresh."),
            Tone.INFO,
            action=self.tr("Start afresh"),
        )
        self.recovered.acted.connect(self._start_afresh)
        self._place.insertWidget(0, self.recovered)

    def _start_afresh(self) -> None:
        self._office.desk.drop_draft(self.draft_key)
        self._build()
        if self._client_id is not None:
            self._office.desk.ask(last_contact_ways, self._client_id, self._fill)

    def _keep(self, typed: dict[str, Any]) -> None:
        if self._client_id is not None and self.form is not None:
            body = draft_of(self.form, self._before, typed, self.heading.text())
            self._office.desk.keep_draft(self.draft_key, FORM, body, self._client_id)

    def _flush(self) -> None:
        if self.form is not None and self.isVisible():
            self.form.flush_draft()

    def save(self) -> None:
        """Hand in the contact."""
        if self.form is None or self._client_id is None:
            return
        self.form.clear_refusal()
        try:
            values = self.form.values()
            wish = self._wish(values)
        except Refusal as refusal:
            self.form.set_refusal(refusal)
            return
        self._busy(busy=True)
        self._office.desk.do(record_contact, wish, then=self._saved, refused=self._refused)

    def _wish(self, values: dict[str, Any]) -> RecordContact:
        if self._client_id is None:
            raise Refusal(self.tr("Choose a client first."))
        return RecordContact(
            client_id=self._client_id,
            happened_on=values["happened_on"],
            channel=values["channel"] or "not_asked",
            place=values["place"] or "not_asked",
            minutes=values["minutes"],
            note=values["note"],
            note_kind=values["note_kind"] or "fact",
            did_not_attend=values["did_not_attend"],
            is_private=values["is_private"],
            next_step=values["next_step"],
            next_on=values["next_on"],
            next_who=values["next_who"] or "coach",
            due=self._due.ref if self._due is not None else None,
            check_in=self._check_in(values),
        )

    def _check_in(self, values: dict[str, Any]) -> CheckInAnswers | None:
        due = self._due
        if due is None or due.kind != "check_in":
            return None
        return CheckInAnswers(
            job_id=due.ref.record_id,
            due_on=due.ref.due_on,
            still_there=values["still_there"] or "not_asked",
            hours_changed=values["hours_changed"] or "not_asked",
            pay_changed=values["pay_changed"] or "not_asked",
            adjustments_working=values["adjustments_working"] or "not_asked",
            manager_talk=values["manager_talk"] or "not_asked",
            risk_of_leaving=values["risk_of_leaving"],
            note="",
        )

    def _saved(self, _contact_id: UUID) -> None:
        self._busy(busy=False)
        self._office.desk.drop_draft(self.draft_key)
        self._remove_form()
        self.hide()
        self.saved.emit()

    def _refused(self, refusal: Refusal) -> None:
        self._busy(busy=False)
        if self.form is not None:
            self.form.set_refusal(refusal)

    def _busy(self, *, busy: bool) -> None:
        self.save_button.setEnabled(not busy)
        if self.form is not None:
            self.form.set_busy(busy=busy)

    def put_away(self) -> None:
        """Close the form; what was typed stays as a draft and is offered next time."""
        self._flush()
        self._remove_form()
        self.hide()
        self.closed.emit()

    def today(self) -> dt.date:
        """Return the date the form starts with."""
        return self._office.desk.clock.today()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)
