"""Permissions: what the client agreed to, for whom, and whether it still holds; given, renewed and taken back here."""

from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.consents import (
    ConsentRow,
    ConsentState,
    GiveConsent,
    RenewConsent,
    WithdrawConsent,
    give_consent,
    list_consents,
    renew_consent,
    withdraw_consent,
)
from coachdesk.casework.permission_check import OWN_RECORD, TAKING_PART
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Choices, Date, Field, Option, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Button,
    Card,
    Divider,
    Flow,
    Pill,
    RoundIcon,
    column,
    label,
    row,
    secondary_button,
)


class _Look(NamedTuple):
    """How a state is shown: a shape, a tone and words, so that none of them is needed alone."""

    icon: str
    tone: Tone
    words: str


class PermissionsCard(Card):
    """The permissions of one client, those in force first.

    Signals: ``history(Ref, str)`` when the history of one is wanted, with what it is called here.
    """

    history = Signal(object, str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self._rows: dict[str, ConsentRow] = {}
        self._chosen: UUID | None = None
        self._waiting = ("", "")
        self.form = SideForm(office, "details", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.give_button = secondary_button(self.tr("G&ive a permission"), "plus")
        self.give_button.clicked.connect(self.give)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        head = row(label(self.tr("Permissions"), "section"), 1, self.give_button)
        self.add(head)
        self.add(
            label(
                self.tr(
                    "One for each purpose and recipient. Letters, referrals and talks are checked against them."
                ),
                "meta",
                wrap=True,
            )
        )
        self.add(self.form)
        self.add(self.lines)

    def show_client(self, client_id: UUID) -> None:
        """Ask for a client's permissions."""
        if client_id != self._client_id:
            self._client_id, self._rows = client_id, {}
            clear(self.lines)
        today = self._office.desk.clock.today()
        self._office.desk.ask(list_consents, ClientQuestion(client_id=client_id, today=today), self._show)

    def go_on(self, kind: str, about: str) -> None:
        """Open the form again to which a draft belongs, as soon as the permissions are known."""
        if kind == "permission":
            self.give()
        elif about in self._rows:
            self._open(kind, about)
        elif about:
            self._waiting = (kind, about)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        if self._client_id is not None:
            self.show_client(self._client_id)
        self.give_button.setFocus()

    def _show(self, rows: tuple[ConsentRow, ...]) -> None:
        clear(self.lines)
        self._rows = {one.id.hex: one for one in rows}
        now = [one for one in rows if one.state is ConsentState.IN_FORCE]
        before = [one for one in rows if one.state is not ConsentState.IN_FORCE]
        if not now:
            words = self.tr("No permission is in force. Nothing about this client may be passed on.")
            self.lines.addLayout(row(RoundIcon("lock", Tone.NEUTRAL, 28), label(words, wrap=True)))
        for one in now:
            self.lines.addWidget(self._line(one))
        if before:
            self.lines.addWidget(Divider())
            self.lines.addWidget(label(self.tr("Not in force"), "label"))
        for one in before:
            self.lines.addWidget(self._line(one))
        lay_out(self)
        (kind, about), self._waiting = self._waiting, ("", "")
        self._open(kind, about)

    def _look(self, consent: ConsentRow) -> _Look:
        looks = {
            ConsentState.IN_FORCE: _Look("check", Tone.OK, self.tr("In force")),
            ConsentState.RENEWED: _Look("refresh-cw", Tone.NEUTRAL, self.tr("Renewed since")),
            ConsentState.NOT_YET: _Look("clock", Tone.INFO, self.tr("Not yet")),
            ConsentState.EXPIRED: _Look("clock", Tone.WARNING, self.tr("Expired")),
            ConsentState.WITHDRAWN: _Look("x", Tone.DANGER, self.tr("Withdrawn")),
            ConsentState.UNDATED: _Look("circle-help", Tone.WARNING, self.tr("No day known")),
        }
        return looks[consent.state]

    def _line(self, consent: ConsentRow) -> QWidget:
        look = self._look(consent)
        called = self._called(consent)
        head = row(label(called, "strong", wrap=True), Pill(look.words, look.tone))
        head.setStretch(0, 1)
        said = column(head, label(self._when(consent), "meta", wrap=True), spacing=Space.HAIR)
        if consent.purpose_key != OWN_RECORD:  # nothing is told to anybody by keeping a record
            said.addWidget(label(self._covers(consent), "secondary", wrap=True))
        if consent.recheck_on is not None:
            said.addWidget(self._recheck(consent))
        buttons = Flow(spacing=Space.SMALL)
        for button in self._buttons(consent, called):
            buttons.addWidget(button)
        said.addLayout(buttons)
        holder = QWidget()
        box = row(spacing=Space.GAP)
        icon = column(RoundIcon(look.icon, look.tone, 28), 1)
        box.addLayout(icon)
        box.addLayout(said, 1)
        holder.setLayout(box)
        return holder

    def _called(self, consent: ConsentRow) -> str:
        if not consent.recipient:
            return consent.purpose
        return self.tr("{purpose}: {whom}").format(purpose=consent.purpose, whom=consent.recipient)

    def _when(self, consent: ConsentRow) -> str:
        parts = [
            self.tr("Given {day}").format(day=day(consent.given_on)) if consent.given_on else "",
            consent.how_given,
            self.tr("wording {version}").format(version=consent.wording_version)
            if consent.wording_version
            else "",
            self.tr("witness {name}").format(name=consent.witness) if consent.witness else "",
            self.tr("until {day}").format(day=day(consent.expires_on)) if consent.expires_on else "",
            self.tr("withdrawn {day}").format(day=day(consent.withdrawn_on)) if consent.withdrawn_on else "",
        ]
        return "  ·  ".join(part for part in parts if part)

    def _covers(self, consent: ConsentRow) -> str:
        if not consent.data_covered:
            return self.tr("Covers only that they take part.")
        return self.tr("Covers: {data}").format(data=consent.data_covered)

    def _recheck(self, consent: ConsentRow) -> QWidget:
        late = consent.recheck_on is not None and consent.recheck_on <= self._office.desk.clock.today()
        words = (
            self.tr("Ask again now: due {day} ({origin})") if late else self.tr("Ask again {day} ({origin})")
        )
        said = words.format(day=day(consent.recheck_on), origin=consent.recheck_origin)
        return label(said, "meta", tone=Tone.WARNING if late else None, wrap=True)

    def _buttons(self, consent: ConsentRow, called: str) -> tuple[QWidget, ...]:
        renew = Button(self.tr("Renew"), "refresh-cw")
        renew.setAccessibleName(self.tr("Renew: {permission}").format(permission=called))
        withdraw = Button(self.tr("Withdraw"), "x")
        withdraw.setAccessibleName(self.tr("Withdraw: {permission}").format(permission=called))
        for button, kind in ((renew, "renew"), (withdraw, "withdraw")):
            button.setProperty("consent", consent.id.hex)
            button.setProperty("kind", kind)
            button.clicked.connect(self._pressed)
        past = HistoryButton(Ref(Kind.CONSENT, consent.id), called)
        past.wanted.connect(self.history)
        if consent.state is ConsentState.RENEWED:
            return (past,)
        if consent.state is ConsentState.WITHDRAWN:
            return (renew, past)
        return (renew, withdraw, past)

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        self._open(str(button.property("kind")), str(button.property("consent")))

    def _open(self, kind: str, about: str) -> None:
        consent = self._rows.get(about)
        if consent is None:
            return
        self._chosen = consent.id
        if kind == "renew":
            self._renew(consent)
        elif kind == "withdraw":
            self._withdraw(consent)

    def _how(self) -> tuple[Field, ...]:
        how = Choice("how_given", self.tr("&How"), options=self._office.codes.options("how_given"))
        return (Date("given_on", self.tr("Given &on"), needed=True, lean="past"), how)

    def _small_print(self) -> tuple[Field, ...]:
        return (
            Date("expires_on", self.tr("Holds &until"), lean="future"),
            Text("wording_version", self.tr("&Wording used"), placeholder=self.tr("Form 3, May 2026")),
            Text("witness", self.tr("Wi&tness")),
        )

    def _data(self) -> tuple[Option, ...]:
        found = self._office.codes.options("shared_data", unstated=False)
        return tuple(Option(one.words, one.words) for one in found if one.value != TAKING_PART)

    @Slot()
    def give(self) -> None:
        """Open the form for a permission; nothing happens while nobody is shown."""
        if self._client_id is None:
            return
        purposes = self._office.codes.options("consent_purpose", unstated=False)
        newest = next(iter(self._rows.values()), None)
        self.form.open_form(
            self.tr("The client gives a permission"),
            (
                Together(
                    Choice("purpose", self.tr("&For what"), options=purposes, needed=True),
                    Text(
                        "recipient",
                        self.tr("Fo&r whom"),
                        placeholder=self.tr("Empty: for anybody this concerns"),
                    ),
                ),
                Choices(
                    "data_covered",
                    self.tr("What may be told"),
                    self.tr("That they take part is always covered; tick what else the client agreed to."),
                    options=self._data(),
                    columns=3,
                ),
                Together(*self._how()),
                Together(*self._small_print()),
            ),
            {
                "given_on": self._office.desk.clock.today(),
                "wording_version": newest.wording_version if newest is not None else "",
            },
            self._give_wish,
            give_consent,
            about=f"permission:{self._client_id.hex}",
            client_id=self._client_id,
        )

    def _give_wish(self, values: dict[str, Any]) -> GiveConsent:
        assert self._client_id is not None  # noqa: S101  the form opens for somebody who is shown
        told = (self._office.codes.title("shared_data", TAKING_PART), *values.pop("data_covered"))
        how = values.pop("how_given") or "not_asked"
        return GiveConsent(client_id=self._client_id, data_covered="; ".join(told), how_given=how, **values)

    def _renew(self, consent: ConsentRow) -> None:
        self.form.open_form(
            self.tr("Given again: {permission}").format(permission=self._called(consent)),
            (Together(*self._how()), Together(*self._small_print())),
            {"given_on": self._office.desk.clock.today(), "wording_version": consent.wording_version},
            self._renew_wish,
            renew_consent,
            about=f"renew:{consent.id.hex}",
            client_id=self._client_id,
        )

    def _renew_wish(self, values: dict[str, Any]) -> RenewConsent:
        assert self._chosen is not None  # noqa: S101  the form opens for a permission that was chosen
        how = values.pop("how_given") or "not_asked"
        return RenewConsent(consent_id=self._chosen, how_given=how, **values)

    def _withdraw(self, consent: ConsentRow) -> None:
        self.form.open_form(
            self.tr("Taken back: {permission}").format(permission=self._called(consent)),
            (Date("withdrawn_on", self.tr("Said &on"), needed=True, lean="past"),),
            {"withdrawn_on": self._office.desk.clock.today()},
            self._withdraw_wish,
            withdraw_consent,
            about=f"withdraw:{consent.id.hex}",
            client_id=self._client_id,
        )

    def _withdraw_wish(self, values: dict[str, Any]) -> WithdrawConsent:
        assert self._chosen is not None  # noqa: S101  the form opens for a permission that was chosen
        return WithdrawConsent(consent_id=self._chosen, **values)
