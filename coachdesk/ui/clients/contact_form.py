"""The contact form: a note, the next step, and everything that can be known already filled in."""

import datetime as dt
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.check_ins import CheckInAnswers
from coachdesk.casework.contacts import ContactStart, RecordContact, contact_start, record_contact
from coachdesk.casework.today import DueItem, DueRef
from coachdesk.desk.counter import DraftRow, Typed
from coachdesk.errors import Refusal
from coachdesk.ui.check_ins.check_in_parts import PASSED_BY, RISK
from coachdesk.ui.check_ins.steps import Steps
from coachdesk.ui.check_ins.wellbeing_part import WellbeingPart
from coachdesk.ui.clients.before_contact import BeforeContactStrip
from coachdesk.ui.clients.contact_parts import ContactParts, goal_options
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.drafts.told import changed, draft_of, together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.form_keys import answer_key
from coachdesk.ui.forms.own_keys import OwnKeys
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import moment
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Banner, Card, label, primary_button, row, secondary_button

_DUE = "_due"
_CHECK_IN = "check_in"
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
        self._name = ""
        self._due: DueItem | None = None
        self._expected = ""
        self._start: ContactStart | None = None
        self._before: dict[str, Any] = {}
        self._is_saving = False
        self._steps: Steps | None = None
        self._parts = ContactParts(office.codes, self)
        self.heading = label("", "section", wrap=True)
        self.known = BeforeContactStrip(office)
        self.recovered: Banner | None = None
        self.form: Form | None = None
        self._arrange(office)
        office.desk.locking.connect(self._flush)
        OwnKeys(self)

    def _arrange(self, office: Office) -> None:
        self.add(self.heading)
        self.add(self.known)
        self.unchanged_button = secondary_button(self.tr("Still there, nothing &changed"), "check")
        self.unchanged_button.clicked.connect(self._nothing_changed)
        self.add(row(self.unchanged_button, 1))
        self._place = QVBoxLayout()
        self.add(self._place)
        self.wellbeing = WellbeingPart(office)
        self.wellbeing.edited.connect(self._wellbeing_edited)
        self.wellbeing.done.connect(self.to_save)
        self.add(self.wellbeing)
        self.save_button = primary_button(self.tr("&Save contact"), "check")
        self.save_button.setToolTip(self.tr("Ctrl+Enter"))
        self.cancel_button = secondary_button(self.tr("Put awa&y"))
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.put_away)
        self.add(row(self.save_button, self.cancel_button, 1, label(self.tr("Kept as you type"), "meta")))

    @property
    def draft_key(self) -> str:
        """The name under which what is typed is kept: one for a client's contacts, one for each check-in."""
        key = f"{FORM}:{self._client_id.hex if self._client_id else ''}"
        if self._due is None or not self._is_check_in():
            return key
        return f"{key}:{_CHECK_IN}:{self._due.ref.record_id.hex}:{self._due.ref.due_on}"

    def expect(self, draft: str) -> None:
        """Go on with this draft when the form is opened next: a check-in is a check-in again."""
        self._expected = draft

    def start(self, client_id: UUID, name: str, due: DueItem | None = None) -> None:
        """Open the form for a client, filled in; a due item says what the contact answers."""
        if due is not None or not self._expected.startswith(f"{FORM}:{client_id.hex}"):
            self._expected = ""
        self._client_id, self._name, self._due = client_id, name, due
        self._start = None
        self._build()
        self.known.show_client(client_id)
        self._office.desk.ask(contact_start, client_id, self._begin)
        self.show()
        lay_out(self)
        if self.form is not None:
            self.form.focus_first()

    def _say_who(self) -> None:
        words = self.tr("Contact with {name}").format(name=self._name)
        self.heading.setText(f"{words}: {self._due.what}" if self._due is not None else words)

    def _build(self) -> None:
        self._say_who()
        self._remove_form()
        self.form = Form(self._parts.to_record(check_in=self._is_check_in()), self._office.desk.clock)
        self.form.setAccessibleName(self.tr("Contact"))
        self.form.set_shown("goals", shown=False)
        self.form.draft.connect(self._keep)
        self.form.set_values({"happened_on": self._office.desk.clock.today(), "next_who": "coach"})
        self._before = self.form.raw()
        self._place.addWidget(self.form)
        self.known.watch(self.form)
        self._prepare_check_in(self.form)

    def _prepare_check_in(self, form: Form) -> None:
        """Let each question of a check-in hand the keyboard on, and ask what follows from an answer."""
        asked = self._is_check_in()
        self.unchanged_button.setVisible(asked)
        if not asked or self._client_id is None:
            self._steps = None
            self.wellbeing.forget()
            return
        self._steps = Steps(form, pass_by=PASSED_BY)
        form.changed.connect(self._react)
        self._react()
        self.wellbeing.start(self._client_id)

    @Slot()
    def _react(self) -> None:
        if self.form is not None and self._is_check_in():
            self._parts.check_in.react(self.form)

    @Slot()
    def _nothing_changed(self) -> None:
        """Answer that nothing changed; how likely the client is to leave is the one thing left to ask."""
        if self.form is not None and self._steps is not None:
            self._parts.check_in.nothing_changed(self.form)
            self._steps.go_to(RISK)

    @Slot()
    def to_save(self) -> None:
        """Take the keyboard to Save."""
        self.save_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _wellbeing_edited(self) -> None:
        if self.form is not None:
            self._keep(self.form.raw())

    def _remove_form(self) -> None:
        if self.recovered is not None:
            self.recovered.deleteLater()
            self.recovered = None
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _is_check_in(self) -> bool:
        return self._due is not None and self._due.ref.kind == _CHECK_IN

    def _begin(self, start: ContactStart) -> None:
        if self.form is None or start.client_id != self._client_id:
            return  # somebody else is on the page by now
        self._start = start
        self._fill(start)
        self.known.look()
        self._office.desk.read_drafts(self._offer_draft)

    def _fill(self, start: ContactStart) -> None:
        """Fill in what is known, and leave alone what somebody has typed meanwhile."""
        form = self.form
        if form is None:
            return
        form.set_options("goals", goal_options(start.goals))
        form.set_shown("goals", shown=bool(start.goals))
        known: dict[str, Any] = {
            "channel": start.ways.channel,
            "place": start.ways.place,
            "minutes": start.ways.minutes,
            "note_kind": "fact",
        }
        if self._is_check_in():
            known["still_there"] = "yes"
        typed = form.raw()
        for name, value in known.items():
            if typed[name] == self._before[name]:
                form.input(name).set_value(value)
                self._before[name] = form.input(name).raw()
        lay_out(self)

    def _offer_draft(self, drafts: tuple[DraftRow, ...]) -> None:
        wanted, self._expected = self._expected or self.draft_key, ""
        kept = next((draft for draft in drafts if draft.key == wanted), None)
        if kept is None or self.form is None or self._start is None:
            return
        if self._due is None:
            self._answer_again(kept, self._start)
        typed = changed(kept.body)
        self.form.set_raw(typed)
        self._react()
        self.wellbeing.bring_back(
            {name: told for name, told in typed.items() if "." in name and told is not None}
        )
        self.recovered = Banner(
            self.tr("This is what you had typed on {moment}.").format(moment=moment(kept.saved_at)),
            self.tr("It was kept in the vault. Save it, change it, or start afresh."),
            Tone.INFO,
            action=self.tr("Start afresh"),
        )
        self.recovered.acted.connect(self._start_afresh)
        self._place.insertWidget(0, self.recovered)
        lay_out(self)

    def _answer_again(self, kept: DraftRow, start: ContactStart) -> None:
        """Answer again what the draft answered; a check-in asks its questions again."""
        self._due = _due_of(kept, self._name)
        self._say_who()
        if self._is_check_in():
            self._build()
            self._fill(start)
            if self.form is not None:
                self.form.focus_first()

    @Slot()
    def _start_afresh(self) -> None:
        self._office.desk.drop_draft(self.draft_key)
        self._build()
        if self._start is not None:
            self._fill(self._start)
        if self.form is not None:
            self.form.focus_first()

    def _keep(self, typed: dict[str, Any]) -> None:
        if self._client_id is not None and self.form is not None and not self._is_saving:
            self._office.desk.keep_draft(self.draft_key, FORM, self._body(self.form, typed), self._client_id)

    def _body(self, form: Form, typed: dict[str, Any]) -> dict[str, Any]:
        body = draft_of(form, self._before, typed, self.heading.text())
        answered = self.wellbeing.form
        if answered is not None:
            body = together(body, draft_of(answered, {}, answered.raw(), ""))
        if self._due is not None:
            body[_DUE] = _kept_due(self._due)
        return body

    def _flush(self) -> None:
        if self.form is not None and self.isVisible():
            self.wellbeing.flush()
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
        body = self._body(self.form, self.form.raw())
        held = Typed(key=self.draft_key, form=FORM, body=body, client_id=self._client_id)
        self._office.desk.do(record_contact, wish, then=self._saved, refused=self._refused, typed=held)

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
            goals=tuple(UUID(hex=one) for one in values["goals"]),
            due=self._due.ref if self._due is not None else None,
            check_in=self._check_in(values),
        )

    def _check_in(self, values: dict[str, Any]) -> CheckInAnswers | None:
        due = self._due
        if due is None or not self._is_check_in():
            return None
        return self._parts.check_in.answers(values, due.ref, self.wellbeing.answers())

    def _saved(self, _contact_id: UUID) -> None:
        self._busy(busy=False)
        self._remove_form()
        self.wellbeing.forget()
        self.hide()
        self.saved.emit()

    def _refused(self, refusal: Refusal) -> None:
        self._busy(busy=False)
        if self.form is not None:
            self.form.focus_first()  # held still, the form lost the keyboard; a field that is refused takes it next
            self.form.set_refusal(refusal)

    def _busy(self, *, busy: bool) -> None:
        """Hold still while it is being saved: the draft goes or stays with what becomes of that."""
        self._is_saving = busy
        self.save_button.setEnabled(not busy)
        if self.form is not None:
            self.form.set_busy(busy=busy)

    def put_away(self) -> None:
        """Close the form; what was typed stays as a draft and is offered next time."""
        self._flush()
        self._remove_form()
        self.wellbeing.forget()
        self.hide()
        self.closed.emit()

    def today(self) -> dt.date:
        """Return the date the form starts with."""
        return self._office.desk.clock.today()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not answer_key(event, self.save, self.put_away):
            super().keyPressEvent(event)


def _kept_due(due: DueItem) -> dict[str, str]:
    """Return what a draft remembers of the line it answers."""
    return {
        "what": due.what,
        "kind": due.kind,
        "rule": due.ref.kind,
        "record": due.ref.record_id.hex,
        "on": due.ref.due_on.isoformat(),
    }


def _due_of(kept: DraftRow, name: str) -> DueItem | None:
    """Return the line a draft answers, or None for a draft that answers none."""
    told = kept.body.get(_DUE)
    if told is None or kept.client_id is None:
        return None
    on = dt.date.fromisoformat(told["on"])
    return DueItem(
        ref=DueRef(told["rule"], UUID(hex=told["record"]), on),
        client_id=kept.client_id,
        client_name=name,
        initials="",
        stage="",
        on=on,
        words="",
        what=told["what"],
        kind=told["kind"],
        origin="",
    )
