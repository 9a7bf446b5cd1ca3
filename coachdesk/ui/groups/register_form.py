"""The register of one group session: what, when and where on top, the people below; saved as one act."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.groups import Register, SaveGroupSession, save_group_session
from coachdesk.casework.listed import names_of
from coachdesk.casework.search import FoundRow
from coachdesk.desk.counter import DraftRow, Typed
from coachdesk.errors import Refusal
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.drafts.told import WORDS, changed, draft_of
from coachdesk.ui.forms.fields import Choice, Date, Number, Text, Together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.form_keys import answer_key
from coachdesk.ui.forms.own_keys import OwnKeys
from coachdesk.ui.groups.picker import PeoplePicker
from coachdesk.ui.groups.register_list import OnRegister, RegisterList
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, moment, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Banner,
    Card,
    Flow,
    column,
    label,
    primary_button,
    quiet_button,
    row,
    secondary_button,
)

FORM = "group session"
_PEOPLE = "_people"
_ROOMY_EMS = 52


class RegisterForm(Card):
    """A register to fill in or to correct; what is typed is kept as a draft.

    Signals: ``saved()`` when it is in the vault, ``closed()`` when it was put away.
    """

    saved = Signal()
    closed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._register: Register | None = None
        self._before: dict[str, Any] = {}
        self._is_saving = False
        self._kept: DraftRow | None = None
        self.form: Form | None = None
        self.recovered: Banner | None = None
        self.heading = label("", "section", wrap=True)
        self.hidden = label("", "meta", wrap=True)
        self.refusal = Banner("", "", Tone.DANGER, closable=False)
        self.refusal.hide()
        self._place = QVBoxLayout()
        self.picker = PeoplePicker(office)
        self.count = label("", "strong")
        self.list = RegisterList(self.tr("On the register"))
        self.came_button = secondary_button(self.tr("&Came, or could not"), "check")
        self.off_button = quiet_button(self.tr("&Take off"), "x")
        self.save_button = primary_button(self.tr("&Save register"), "check")
        self.save_button.setToolTip(self.tr("Ctrl+Enter"))
        self.away_button = secondary_button(self.tr("Put awa&y"))
        self._arrange()
        self._connect()
        OwnKeys(self)
        self.hide()

    def _arrange(self) -> None:
        left, right = QWidget(), QWidget()
        left.setLayout(column(label(self.tr("Who was there?"), "strong"), self.picker))
        right.setLayout(column(self.count, self.list, Flow(self.came_button, self.off_button)))
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(Space.GAP)
        self._sides.addWidget(left, 1)
        self._sides.addWidget(right, 1)
        self.add(self.heading)
        self.add(self.refusal)
        self.add(self._place)
        self.add(self._sides)
        self.add(self.hidden)
        self.add(row(self.save_button, self.away_button, 1, label(self.tr("Kept as you type"), "meta")))

    def _connect(self) -> None:
        self.picker.picked.connect(self._picked)
        self.picker.new_wanted.connect(self._new)
        self.picker.save_wanted.connect(self.save)
        self.list.edited.connect(self._edited)
        self.came_button.clicked.connect(self.list.toggle)
        self.off_button.clicked.connect(self.list.take_off)
        self.save_button.clicked.connect(self.save)
        self.away_button.clicked.connect(self.put_away)
        self._office.desk.locking.connect(self._flush)

    @property
    def draft_key(self) -> str:
        """The name under which this register is kept while it is being filled in."""
        found = self._register
        return f"{FORM}:{found.id.hex if found is not None and found.id is not None else ''}"

    def start(self, register: Register) -> None:
        """Open with a register, a new one or one that was saved, ready for the first name."""
        self._register = register
        self._discard()
        self._kept = None
        new = self.tr("A new group session")
        old = self.tr("Correct the session of {day}").format(day=day(register.happened_on))
        self.heading.setText(new if register.id is None else old)
        self._build(register)
        self.list.show_people(OnRegister(one.name, one.client_id, one.attended) for one in register.lines)
        self._counted()
        words = plural(
            register.hidden,
            self.tr("{count} client of a colleague is on this register too, and stays on it."),
            self.tr("{count} clients of colleagues are on this register too, and stay on it."),
        )
        self.hidden.setText(words)
        self.hidden.setVisible(bool(register.hidden))
        self.refusal.hide()
        self.picker.start()
        self.show()
        lay_out(self)
        if self.form is not None and not register.title:
            self.form.focus_first()
        else:
            self.picker.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._office.desk.read_drafts(self._offer)

    def _build(self, register: Register) -> None:
        codes = self._office.codes
        self.form = Form(
            (
                Together(
                    Text("title", self.tr("What was it &about?"), needed=True, longest=200),
                    Date("happened_on", self.tr("&Date"), needed=True, lean="past"),
                ),
                Together(
                    Choice("place", self.tr("Wh&ere"), options=codes.options("place")),
                    Text("note", self.tr("What was d&one"), longest=4000),
                    Number("minutes", self.tr("&Minutes"), lowest=0, highest=1440),
                ),
            ),
            self._office.desk.clock,
        )
        self.form.setAccessibleName(self.tr("Group session"))
        self.form.set_values(register)
        self._before = self.form.raw()
        self.form.draft.connect(self._keep)
        self._place.addWidget(self.form)

    def _discard(self) -> None:
        for piece in (self.recovered, self.form):
            if piece is not None:
                piece.hide()
                piece.deleteLater()
        self.recovered, self.form = None, None

    @Slot(object)
    def _picked(self, found: FoundRow) -> None:
        self.refusal.hide()
        if not found.is_own:
            words = self.tr(
                "{name} is with {coach}. Open the record with a reason first, or ask them to add the name."
            )
            self._refuse(words.format(name=found.name, coach=found.coach or self.tr("a colleague")))
            return
        self._add(OnRegister(found.name, found.id))

    @Slot(str)
    def _new(self, name: str) -> None:
        self.refusal.hide()
        self._add(OnRegister(name))

    def _add(self, person: OnRegister) -> None:
        fresh = self.list.add_person(person)
        said = self.tr("{name} is on the register") if fresh else self.tr("{name} is on it already")
        self.picker.words.setText(said.format(name=person.name))
        announce(self.picker.words, self.picker.words.text())

    @Slot()
    def _edited(self) -> None:
        self._counted()
        if self.form is not None:
            self._keep(self.form.raw())

    def _counted(self) -> None:
        people = self.list.people()
        came = sum(one.attended for one in people)
        words = plural(
            len(people), self.tr("{count} person on the register"), self.tr("{count} on the register")
        )
        self.count.setText(self.tr("{words}, {came} came").format(words=words, came=came))

    def _keep(self, typed: dict[str, Any]) -> None:
        if self.form is not None and not self._is_saving:
            self._office.desk.keep_draft(self.draft_key, FORM, self._body(self.form, typed))

    def _body(self, form: Form, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is kept: clients by id alone, so that nobody's name outlives them in a draft."""
        body = draft_of(form, self._before, typed, self.heading.text())
        people = self.list.people()
        body[_PEOPLE] = [
            [one.client_id.hex, "", one.attended]
            if one.client_id is not None
            else ["", one.name, one.attended]
            for one in people
        ]
        if people:
            body[WORDS] = [*body[WORDS], [self.list.accessibleName(), "", self.count.text()]]
        return body

    def _offer(self, drafts: tuple[DraftRow, ...]) -> None:
        kept = next((draft for draft in drafts if draft.key == self.draft_key), None)
        if kept is None or self.form is None or self.form.is_changed():
            return
        self._kept = kept
        self.form.set_raw({name: value for name, value in changed(kept.body).items() if name != _PEOPLE})
        wanted = tuple(UUID(hex=one) for one, *_ in kept.body.get(_PEOPLE, ()) if one)
        self._office.desk.ask(names_of, wanted, self._name_again)
        words = self.tr("What you had typed on {moment} is back.").format(moment=moment(kept.saved_at))
        explain = self.tr("It was kept in the vault. Save it, change it, or forget it.")
        self.recovered = Banner(words, explain, Tone.INFO, action=self.tr("Forget it"))
        self.recovered.acted.connect(self._forget)
        self._place.insertWidget(0, self.recovered)
        lay_out(self)

    def _name_again(self, names: Mapping[UUID, str]) -> None:
        """Put those of the draft on the register again; somebody gone or closed since is left out."""
        if self._kept is None:
            return
        people = []
        for one, new_name, attended in self._kept.body.get(_PEOPLE, ()):
            client_id = UUID(hex=one) if one else None
            name = new_name if client_id is None else names.get(client_id, "")
            if name:
                people.append(OnRegister(name, client_id, attended))
        self.list.show_people(people)
        self._counted()

    @Slot()
    def _forget(self) -> None:
        self._office.desk.drop_draft(self.draft_key)
        if self._register is not None:
            self.start(self._register)

    @Slot()
    def _flush(self) -> None:
        if self.form is not None and self.isVisible():
            self.form.flush_draft()

    @Slot()
    def save(self) -> None:
        """Hand the register in."""
        if self.form is None or self._register is None or self._is_saving:
            return
        self.refusal.hide()
        self.form.clear_refusal()
        try:
            values = self.form.values()
        except Refusal as refusal:
            self.form.set_refusal(refusal)
            return
        wish = SaveGroupSession(
            id=self._register.id,
            title=values["title"],
            happened_on=values["happened_on"],
            place=values["place"] or "not_asked",
            minutes=values["minutes"],
            note=values["note"],
            people=tuple(one.person() for one in self.list.people()),
        )
        held = Typed(key=self.draft_key, form=FORM, body=self._body(self.form, self.form.raw()))
        self._busy(busy=True)
        self._office.desk.do(save_group_session, wish, then=self._saved, refused=self._refused, typed=held)

    def _busy(self, *, busy: bool) -> None:
        self._is_saving = busy
        self.save_button.setEnabled(not busy)
        if self.form is not None:
            self.form.set_busy(busy=busy)

    def _saved(self, _session_id: UUID) -> None:
        self._busy(busy=False)
        self._discard()
        self.hide()
        self.saved.emit()

    def _refused(self, refusal: Refusal) -> None:
        self._busy(busy=False)
        self.picker.field.setFocus()  # held still, the form lost the keyboard
        rest = {name: words for name, words in refusal.fields.items() if name != "people"}
        if self.form is not None and rest:
            self.form.set_refusal(Refusal(refusal.message, fields=rest))
        else:
            self._refuse(" ".join(dict.fromkeys((refusal.message, *refusal.fields.values()))))

    def _refuse(self, words: str) -> None:
        self.refusal.message.setText(words)
        self.refusal.setAccessibleName(words)
        self.refusal.show()
        lay_out(self)
        announce(self.refusal, words, urgent=True)

    @Slot()
    def put_away(self) -> None:
        """Close the register; what was filled in stays as a draft."""
        self._flush()
        self._discard()
        self.hide()
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not answer_key(event, self.save, self.put_away):
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the register below the field where there is no room beside it."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY_EMS * self.fontMetrics().height() * 3 // 4
        wanted = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() is not wanted:
            self._sides.setDirection(wanted)
