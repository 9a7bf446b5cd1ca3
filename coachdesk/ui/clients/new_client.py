"""A new client: the few fields one needs to start, with likely duplicates shown while typing."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.clients import NewClient, register_client
from coachdesk.casework.duplicates import LikelyDuplicates, look_for_likely
from coachdesk.casework.enquiries import (
    BecomeClient,
    EnquiryRow,
    JoinEnquiry,
    become_client,
    join_enquiry,
    split_name,
    ways_to_reach,
)
from coachdesk.casework.programmes import ProgrammeRow, list_programmes
from coachdesk.casework.search import FoundRow
from coachdesk.casework.team import NamedRow, list_hubs
from coachdesk.errors import Refusal
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.drafts.told import changed, draft_of
from coachdesk.ui.forms.fields import Choice, Date, Option, Part, Text, Together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.form_keys import answer_key
from coachdesk.ui.office import Office
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size, Space, Tone
from coachdesk.ui.widgets import Banner, Card, ScrollPage, label, primary_button, row, secondary_button

FORM = "new client"
FROM_ENQUIRY = "enquiry becomes a client"
_PAUSE_MILLISECONDS = 250
_MOST_IN_SIGHT = 3


class NewClientForm(QWidget):
    """Registers somebody; every question but a name may stay empty.

    Signals: ``registered(UUID)``, ``put_away()``.
    """

    registered = Signal(object)
    put_away = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._programmes: tuple[Option, ...] = ()
        self._hubs: tuple[Option, ...] = ()
        self._typed = ""
        self._enquiry: EnquiryRow | None = None
        self._asked: LikelyDuplicates | None = None
        self._people: dict[object, FoundRow] = {}
        self._before: dict[str, Any] = {}
        self.form: Form | None = None
        self.same = Banner(
            self.tr("Somebody much like this is already here."),
            self.tr("Look first: Alt+I opens the one at the top instead. Saving still adds a new client."),
            Tone.WARNING,
            closable=False,
        )
        self.found = TwoLineList(self.tr("People already here who may be the same"))
        self.found.opened.connect(self.open_found)
        self.instead_button = secondary_button(self.tr("Open them &instead"), "user")
        self.instead_button.clicked.connect(self._instead)
        self.save_button = primary_button(self.tr("&Add the client"), "user-plus")
        self.away_button = secondary_button(self.tr("Put awa&y"))
        self.save_button.clicked.connect(self.save)
        self.away_button.clicked.connect(self._away)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.look)
        self._place = QVBoxLayout()
        self._arrange()
        office.desk.locking.connect(self._flush)

    def _arrange(self) -> None:
        scroll = ScrollPage(self)
        card = Card()
        self.heading = label("", "heading", wrap=True)
        card.add(self.heading)
        card.add(
            label(
                self.tr(
                    "Only a name and a programme are needed to begin. Everything else can wait until the person "
                    "wishes to say it."
                ),
                "secondary",
                wrap=True,
            )
        )
        card.add(self._place)
        card.add(self.same)
        card.add(self.found)
        card.add(row(self.save_button, self.instead_button, self.away_button, 1))
        scroll.body.addWidget(card)
        scroll.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)

    def start(self, typed: str = "", enquiry: EnquiryRow | None = None) -> None:
        """Open empty, with a name that was typed elsewhere, or with all that an enquiry says."""
        self._flush()
        self._typed = typed
        self._enquiry = enquiry
        words = self.tr("{name} becomes a client") if enquiry is not None else self.tr("New client")
        self.heading.setText(words.format(name=enquiry.name if enquiry is not None else ""))
        self._discard()
        self._show_found(())
        self._office.desk.ask(list_programmes, None, self._know_programmes)

    def _know_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        self._programmes = tuple(Option(programme.key, programme.title) for programme in rows)
        self._office.desk.ask(list_hubs, None, self._know_hubs)

    def _know_hubs(self, rows: tuple[NamedRow, ...]) -> None:
        self._hubs = tuple(Option(hub.id, hub.name) for hub in rows)
        self._build()

    def _discard(self) -> None:
        """Take the form away: nobody is to type into one that is about to be made anew."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _build(self) -> None:
        self._discard()
        self.form = Form(self._parts(), self._office.desk.clock)
        self.form.setAccessibleName(self.heading.text())
        self.form.set_values(self._known())
        self._before = self.form.raw()
        self.form.draft.connect(self._keep)
        self.form.changed.connect(self._pause.start)
        self._place.addWidget(self.form)
        lay_out(self)
        self.form.focus_first()
        if self._before["first_name"] or self._before["last_name"]:
            self.look()
        if not self._typed.strip():
            self._office.desk.read_drafts(self._offer)

    def _parts(self) -> tuple[Part, ...]:
        codes = self._office.codes
        born = Text("birth", self.tr("&Born"), placeholder=self.tr("9/4/1974, May 1974, 1974, about 40"))
        parts: list[Part] = [
            Together(
                Text("first_name", self.tr("&First name")),
                Text("last_name", self.tr("&Last name")),
                Text("known_as", self.tr("&Known as")),
                born,
            ),
            Together(
                Text("phone", self.tr("&Phone")),
                Text("email", self.tr("&Email")),
                Text("postcode", self.tr("P&ostcode")),
            ),
            Together(
                Choice("programme_key", self.tr("Pro&gramme"), options=self._programmes, needed=True),
                Choice("route", self.tr("Work &now"), options=codes.options("route")),
                Choice("hub_id", self.tr("&Hub"), options=self._hubs),
            ),
            Together(
                Choice("source", self.tr("Who &referred them"), options=codes.options("referral_source")),
                Text("referrer", self.tr("Na&me of the referrer")),
            ),
            Together(
                Date("received_on", self.tr("Referral re&ceived"), lean="past"),
                Date("accepted_on", self.tr("Accep&ted"), lean="past"),
                Date("started_on", self.tr("&Started"), lean="past"),
            ),
        ]
        if self._enquiry is not None and ways_to_reach(self._enquiry.reach).words:
            reach = Text("safe_contact_note", self.tr("How to reach them, in their o&wn words"))
            parts.insert(2, reach)
        return tuple(parts)

    def _known(self) -> dict[str, Any]:
        """Return what is known before anybody types: the one programme, today, and all that was said before."""
        only = self._programmes[0].value if len(self._programmes) == 1 else None
        enquiry = self._enquiry
        first, last = split_name(enquiry.name if enquiry is not None else self._typed)
        known = {"first_name": first, "last_name": last, "programme_key": only}
        if enquiry is None:
            return {**known, "received_on": self._office.desk.clock.today()}
        ways = ways_to_reach(enquiry.reach)
        return {
            **known,
            "phone": ways.phone,
            "email": ways.email,
            "safe_contact_note": ways.words,
            "source": enquiry.source,
            "referrer": enquiry.referrer,
            "received_on": enquiry.received_on,
        }

    def _draft(self) -> tuple[str, str]:
        """Return under which key what is typed here is kept, and as which form."""
        return (f"{FROM_ENQUIRY}:{self._enquiry.id.hex}", FROM_ENQUIRY) if self._enquiry else (FORM, FORM)

    def _offer(self, drafts: Any) -> None:
        kept = next((draft for draft in drafts if draft.key == self._draft()[0]), None)
        if kept is not None and self.form is not None and not self.form.is_changed():
            self.form.set_raw(changed(kept.body))
            self._office.messages.say(
                self.tr("The new client you had begun is back."), self.tr("It was kept in the vault.")
            )

    def _keep(self, typed: dict[str, Any]) -> None:
        if self.form is not None:
            key, form = self._draft()
            body = draft_of(self.form, self._before, typed, self.heading.text())
            self._office.desk.keep_draft(key, form, body)

    @Slot()
    def _flush(self) -> None:
        if self.form is not None and self.isVisible():
            self.form.flush_draft()

    @Slot()
    def look(self) -> None:
        """Ask who may be here already, by what has been typed so far."""
        if self.form is None:
            return
        raw = self.form.raw()
        question = LikelyDuplicates(
            first_name=str(raw["first_name"]),
            last_name=str(raw["last_name"]),
            birth=str(raw["birth"]),
            postcode=str(raw["postcode"]),
            phone=str(raw["phone"]),
            today=self._office.desk.clock.today(),
        )
        self._asked = question
        self._office.desk.ask(look_for_likely, question, self.hear_found)

    def hear_found(self, answer: tuple[LikelyDuplicates, tuple[FoundRow, ...]]) -> None:
        """Show who was found, unless more has been typed since: an earlier answer may come later."""
        question, found = answer
        if question == self._asked:
            self._show_found(found)

    def _show_found(self, found: tuple[FoundRow, ...]) -> None:
        self._people = {one.id: one for one in found}
        self.found.show_items([ListItem(one.id, one.name, self._told(one), one.why) for one in found])
        rows = min(len(found), _MOST_IN_SIGHT)
        self.found.setFixedHeight(look().px(Size.LIST_ROW) * rows + Space.HAIR)
        for piece in (self.found, self.same, self.instead_button):
            piece.setVisible(bool(found))

    @Slot()
    def _instead(self) -> None:
        """Take who is marked among those already here, or the likeliest."""
        self.found.choose_first()
        self.open_found(self.found.current_id())

    @Slot(object)
    def open_found(self, client_id: object) -> None:
        """Open somebody who is here already; the enquiry they made is filed with them."""
        found = self._people.get(client_id)
        if found is None:
            return
        if self._enquiry is None:
            self.registered.emit(found.id)
        elif found.is_own:
            wish = JoinEnquiry(enquiry_id=self._enquiry.id, client_id=found.id)
            self._office.desk.do(join_enquiry, wish, then=self._saved, refused=self._refused)
        else:
            self._office.messages.say(
                self.tr("{name} is with {coach}.").format(name=found.name, coach=found.coach),
                self.tr(
                    "Let them have the enquiry: on the page of enquiries choose Change, and who looks after it."
                ),
                tone=Tone.WARNING,
            )

    def _told(self, one: FoundRow) -> str:
        """Return what tells people of one name apart; of a colleague's client only with whom they are."""
        words = self.tr("With {coach}").format(coach=one.coach)
        return f"{one.birth_words} · {one.coach}" if one.is_own else words

    @Slot()
    def save(self) -> None:
        """Register the client."""
        if self.form is None:
            return
        self.form.clear_refusal()
        try:
            values = self.form.values()
        except Refusal as refusal:
            self.form.set_refusal(refusal)
            return
        for coded in ("route", "source"):
            values[coded] = values[coded] or "not_asked"
        wish = NewClient(coach_id=self._office.desk.coach_id, today=self._office.desk.clock.today(), **values)
        self.save_button.setEnabled(False)
        if self._enquiry is None:
            self._office.desk.do(register_client, wish, then=self._saved, refused=self._refused)
        else:
            becoming = BecomeClient(enquiry_id=self._enquiry.id, client=wish)
            self._office.desk.do(become_client, becoming, then=self._saved, refused=self._refused)

    def _saved(self, client_id: UUID) -> None:
        self.save_button.setEnabled(True)
        self._office.desk.drop_draft(self._draft()[0])
        self._typed, self._enquiry = "", None
        self.registered.emit(client_id)

    def _refused(self, refusal: Refusal) -> None:
        self.save_button.setEnabled(True)
        if self.form is not None:
            self.form.set_refusal(refusal)

    @Slot()
    def _away(self) -> None:
        self._flush()
        self.put_away.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not answer_key(event, self.save, self._away):
            super().keyPressEvent(event)
