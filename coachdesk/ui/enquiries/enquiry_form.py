"""Writing down who asked: two fields and a note; where they came from is a step further, behind "More"."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.enquiries import (
    ChangeEnquiry,
    CloseEnquiry,
    EnquiryRow,
    RecordEnquiry,
    change_enquiry,
    close_enquiry,
    record_enquiry,
)
from coachdesk.terms import Unstated
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Choice, Date, Lines, Option, Part, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.widgets import quiet_button, row

FORM = "enquiry"
_NEW = "new"
DRAFT_OF_NEW = f"{FORM}:{_NEW}"
_BY_PROGRAM = frozenset({"became_client", "was_client"})
_MORE = ("received_on", "coach_id", "source", "referrer")


class EnquiryForm(SideForm):
    """The form for a new enquiry, a change, and the end of one.

    Signals: ``opened()`` when there is something to write in.
    """

    opened = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, FORM, self.tr("&Save"), parent)
        self._about: UUID | None = None
        self.coaches: tuple[Option, ...] = ()
        self.more_button = quiet_button(self.tr("&More: who referred them, and who looks after them"), "plus")
        self.more_button.clicked.connect(self.show_more)
        self.body.insertLayout(self.body.count() - 1, row(self.more_button, 1))

    def start(self) -> None:
        """Ask who it is and how to reach them; what is being written about somebody new stays."""
        if self.form is not None and self._key == DRAFT_OF_NEW:
            self.form.focus_first()
            return
        self._make_room()
        desk = self._office.desk
        values = {
            "received_on": desk.clock.today(),
            "coach_id": desk.coach_id,
            "source": Unstated.NOT_ASKED,
        }
        self.open_form(
            self.tr("New enquiry"), self._parts(), values, self._record_wish, record_enquiry, about=_NEW
        )
        self._fold(folded=not self._is_more_answered())

    def change(self, found: EnquiryRow) -> None:
        """Ask again for all that was written down."""
        self._make_room()
        self._about = found.id
        self.open_form(
            self.tr("The enquiry of {name}").format(name=found.name),
            self._parts(),
            found,
            self._change_wish,
            change_enquiry,
            about=found.id.hex,
        )
        self._fold(folded=False)

    def finish(self, found: EnquiryRow) -> None:
        """Ask what came of it."""
        self._make_room()
        self._about = found.id
        options = tuple(
            one
            for one in self._office.codes.options("enquiry_outcome", unstated=False)
            if one.value not in _BY_PROGRAM
        )
        self.open_form(
            self.tr("Close the enquiry of {name}").format(name=found.name),
            (
                Together(
                    Choice("outcome", self.tr("What &came of it"), options=options, needed=True),
                    Date("closed_on", self.tr("&On"), needed=True, lean="past"),
                ),
                Lines("note", self.tr("&Note"), rows=2),
            ),
            {"closed_on": self._office.desk.clock.today(), "note": found.note},
            self._close_wish,
            close_enquiry,
            about=f"close:{found.id.hex}",
        )
        self.more_button.hide()
        self.opened.emit()

    def _make_room(self) -> None:
        """Put away what is being written about somebody else; it stays as a draft."""
        if self.form is not None:
            self.close_form()

    def _parts(self) -> tuple[Part, ...]:
        codes = self._office.codes
        return (
            Together(
                Text("name", self.tr("&Name"), needed=True),
                Text(
                    "reach",
                    self.tr("How to &reach them"),
                    placeholder=self.tr("A number, an email address, a person"),
                    needed=True,
                ),
            ),
            Lines("note", self.tr("What it is a&bout"), rows=2),
            Together(
                Date("received_on", self.tr("C&ame in on"), needed=True, lean="past"),
                Choice(
                    "coach_id",
                    self.tr("&Who looks after them"),
                    options=self.coaches,
                    nothing=self.tr("Nobody yet"),
                ),
            ),
            Together(
                Choice("source", self.tr("Came &through"), options=codes.options("referral_source")),
                Text("referrer", self.tr("Na&me of the referrer")),
            ),
        )

    def _fold(self, *, folded: bool) -> None:
        """Show the rarer questions, or keep them out of sight."""
        assert self.form is not None  # noqa: S101 - it was opened just now
        self.more_button.setVisible(folded)
        for name in _MORE:
            self.form.set_shown(name, shown=not folded)
        lay_out(self)
        self.opened.emit()

    @Slot()
    def show_more(self) -> None:
        """Ask the rarer questions too."""
        self._fold(folded=False)
        assert self.form is not None  # noqa: S101 - the button is seen with the form only
        self.form.input("source").focus()

    def _record_wish(self, values: dict[str, Any]) -> RecordEnquiry:
        return RecordEnquiry(**self._told(values))

    def _change_wish(self, values: dict[str, Any]) -> ChangeEnquiry:
        assert self._about is not None  # noqa: S101 - the form opens for an enquiry
        return ChangeEnquiry(enquiry_id=self._about, values=self._told(values))

    def _close_wish(self, values: dict[str, Any]) -> CloseEnquiry:
        assert self._about is not None  # noqa: S101 - as above
        return CloseEnquiry(enquiry_id=self._about, **values)

    def _told(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return what is saved: a question that was not in sight keeps the answer it came with."""
        told = dict(values)
        if not self.more_button.isHidden():
            desk = self._office.desk
            told["received_on"], told["coach_id"] = desk.clock.today(), desk.coach_id
        told["source"] = told["source"] or str(Unstated.NOT_ASKED)
        return told

    @override
    def _offer(self, drafts: Any) -> None:
        super()._offer(drafts)
        if self.form is not None and self.recovered is not None and self._is_more_answered():
            self._fold(folded=False)

    def _is_more_answered(self) -> bool:
        assert self.form is not None  # noqa: S101 - asked of an open form only
        raw = self.form.raw()
        return "source" in raw and any(raw[name] != self._before[name] for name in _MORE)
