"""People around the client: family and professionals, and whether we may talk to each of them, in words."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.people_around import (
    PermitTalking,
    PersonRow,
    RemovePerson,
    SavePerson,
    StopTalking,
    list_people_around,
    permit_talking,
    remove_person,
    save_person,
    stop_talking,
)
from coachdesk.casework.permission_check import TAKING_PART
from coachdesk.errors import Refusal
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Choices, Date, Heading, Lines, Option, Part, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, Flow, Pill, RoundIcon, column, label, row, secondary_button

_NOT_ASKED = "not_asked"


class PeopleAroundCard(Card):
    """The people around one client.

    Signals: ``history(Ref, str)`` when the history of one is wanted; ``changed()`` after a permission to talk changed.
    """

    history = Signal(object, str)
    changed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self._rows: dict[str, PersonRow] = {}
        self._chosen: UUID | None = None
        self._waiting = ("", "")
        self.form = SideForm(office, "details", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.add_button = secondary_button(self.tr("Add a person"), "user-plus")
        self.add_button.clicked.connect(self.add_person)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.CARD)
        head = row(label(self.tr("People around the client"), "section", wrap=True), self.add_button)
        head.setStretch(0, 1)
        self.add(head)
        self.add(
            label(
                self.tr("Family and professionals; we talk to each only with permission."), "meta", wrap=True
            )
        )
        self.add(self.form)
        self.add(self.lines)

    def show_client(self, client_id: UUID) -> None:
        """Ask for the people around a client."""
        if client_id != self._client_id:
            self.form.close_form()
            self._client_id, self._rows = client_id, {}
            clear(self.lines)
        today = self._office.desk.clock.today()
        question = ClientQuestion(client_id=client_id, today=today)
        self._office.desk.ask(list_people_around, question, self._show)

    def go_on(self, kind: str, about: str) -> None:
        """Open the form again to which a draft belongs, as soon as the people are known."""
        if kind == "person":
            self.add_person()
        elif about in self._rows:
            self._open(kind, about)
        else:
            self._waiting = (kind, about)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        if self._client_id is not None:
            self.show_client(self._client_id)
        self.changed.emit()
        self.add_button.setFocus()

    def _show(self, rows: tuple[PersonRow, ...]) -> None:
        clear(self.lines)
        self._rows = {one.id.hex: one for one in rows}
        if not rows:
            self.lines.addWidget(label(self.tr("Nobody is written down yet."), "secondary", wrap=True))
        for one in rows:
            self.lines.addWidget(self._line(one))
        lay_out(self)
        (kind, about), self._waiting = self._waiting, ("", "")
        self._open(kind, about)

    def _line(self, person: PersonRow) -> QWidget:
        head = row(label(person.called, "strong", wrap=True))
        head.setStretch(0, 1)
        if person.relation_words:
            head.addWidget(Pill(person.relation_words, Tone.BRAND))
        said = column(head, spacing=Space.HAIR)
        if person.name and person.organisation:
            said.addWidget(label(person.organisation, "secondary", wrap=True))
        tone = Tone.OK if person.may_talk else Tone.WARNING
        said.addWidget(label(person.talk, "label", tone=tone, wrap=True))
        if person.covers:
            words = self.tr("About: {data}").format(data=person.covers)
            said.addWidget(label(words, "meta", wrap=True))
        reach = "  ·  ".join(part for part in (person.phone, person.email) if part)
        if reach:
            said.addWidget(label(reach, wrap=True))
        if person.note:
            said.addWidget(label(person.note, "meta", wrap=True))
        buttons = Flow(spacing=Space.SMALL)
        for button in self._buttons(person):
            buttons.addWidget(button)
        said.addLayout(buttons)
        box = row(spacing=Space.GAP)
        box.addLayout(column(RoundIcon("check" if person.may_talk else "lock", tone, 28), 1))
        box.addLayout(said, 1)
        holder = QWidget()
        holder.setLayout(box)
        return holder

    def _buttons(self, person: PersonRow) -> tuple[QWidget, ...]:
        talk = ("stop", self.tr("Take permission back"), "x")
        if not person.may_talk:
            talk = ("permit", self.tr("The client gives permission"), "check")
        told = (("change", self.tr("Change"), "pencil"), talk, ("remove", self.tr("Remove"), "trash-2"))
        made: list[QWidget] = []
        for kind, words, icon in told:
            button = Button(words, icon)
            button.setAccessibleName(f"{words}: {person.called}")
            button.setProperty("person", person.id.hex)
            button.setProperty("act", kind)
            button.clicked.connect(self._pressed)
            made.append(button)
        past = HistoryButton(Ref(Kind.PERSON_AROUND, person.id), person.called)
        past.wanted.connect(self.history)
        return (*made, past)

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        self._open(str(button.property("act")), str(button.property("person")))

    def _open(self, kind: str, about: str) -> None:
        person = self._rows.get(about)
        if person is None:
            return
        self._chosen = person.id
        acts = {"change": self._change, "permit": self._permit, "stop": self._stop, "remove": self._remove}
        if kind in acts:
            acts[kind](person)

    def _who(self) -> tuple[Part, ...]:
        relations = self._office.codes.options("relation", unstated=False)
        return (
            Together(
                Text("name", self.tr("Their name")),
                Choice("relation", self.tr("Who they are"), options=relations),
                Text("organisation", self.tr("Where they work")),
            ),
            Together(Text("phone", self.tr("Their phone")), Text("email", self.tr("Their email"))),
            Lines("note", self.tr("Anything else"), rows=2),
        )

    def _talk(self) -> tuple[Part, ...]:
        found = self._office.codes.options("shared_data", unstated=False)
        data = tuple(Option(one.words, one.words) for one in found if one.value != TAKING_PART)
        how = self._office.codes.options("how_given", unstated=False)
        return (
            Together(
                Date("given_on", self.tr("The client said so on"), lean="past"),
                Choice("how_given", self.tr("How it was said"), options=how),
                Date("expires_on", self.tr("Until"), lean="future"),
            ),
            Choices(
                "data_covered",
                self.tr("What may be talked about"),
                self.tr("That they take part is always covered; tick what else the client agreed to."),
                options=data,
                columns=3,
            ),
        )

    @Slot()
    def add_person(self) -> None:
        """Open the form for somebody new; nothing happens while nobody is shown."""
        if self._client_id is None:
            return
        self._chosen = None
        asked = Heading(
            self.tr("May we talk to them?"),
            self.tr("Leave this empty until the client has said so; they can be added without it."),
        )
        self.form.open_form(
            self.tr("Somebody around the client"),
            (*self._who(), asked, *self._talk()),
            {},
            self._person_wish,
            save_person,
            about=f"person:{self._client_id.hex}",
            client_id=self._client_id,
        )

    def _change(self, person: PersonRow) -> None:
        self.form.open_form(
            person.called,
            self._who(),
            person,
            self._person_wish,
            save_person,
            about=f"change:{person.id.hex}",
            client_id=self._client_id,
        )

    def _person_wish(self, values: dict[str, Any]) -> SavePerson:
        assert self._client_id is not None  # noqa: S101  the form opens for somebody who is shown
        told = dict(values)
        return SavePerson(
            client_id=self._client_id,
            person_id=self._chosen,
            relation=told.pop("relation") or _NOT_ASKED,
            permission_on=told.pop("given_on", None),
            how_given=told.pop("how_given", None) or _NOT_ASKED,
            data_covered=self._covered(told.pop("data_covered", ())),
            **told,
        )

    def _covered(self, ticked: tuple[str, ...]) -> str:
        return "; ".join((self._office.codes.title("shared_data", TAKING_PART), *ticked))

    def _permit(self, person: PersonRow) -> None:
        self.form.open_form(
            self.tr("May we talk to {person}?").format(person=person.called),
            self._talk(),
            {"given_on": self._office.desk.clock.today()},
            self._permit_wish,
            permit_talking,
            about=f"permit:{person.id.hex}",
            client_id=self._client_id,
        )

    def _permit_wish(self, values: dict[str, Any]) -> PermitTalking:
        assert self._chosen is not None  # noqa: S101  the form opens for a person that was chosen
        if values["given_on"] is None:
            said = self.tr("Say when the client gave it.")
            raise Refusal(said, fields={"given_on": said})
        return PermitTalking(
            person_id=self._chosen,
            given_on=values["given_on"],
            how_given=values["how_given"] or _NOT_ASKED,
            expires_on=values["expires_on"],
            data_covered=self._covered(values["data_covered"]),
        )

    def _stop(self, person: PersonRow) -> None:
        wish = StopTalking(person_id=person.id)
        self._office.desk.do(stop_talking, wish, then=self._saved, refused=self._refused)

    def _remove(self, person: PersonRow) -> None:
        wish = RemovePerson(person_id=person.id)
        self._office.desk.do(remove_person, wish, then=self._saved, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
