"""Writing a service into the directory: its name is enough, the rest can come later."""

from typing import Any

from PySide6.QtWidgets import QWidget

from coachdesk.casework.services import SORTS, SaveService, ServiceRow, save_service
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.forms.fields import Choice, Date, Lines, Part, Text, Together
from coachdesk.ui.office import Office

FORM = "service"
NEW = "new"
_NOT_ASKED = "not_asked"
_SAME = (
    "name", "sort", "purpose", "who_for", "how_to_refer", "waiting_time", "phone", "email", "website", "address",
    "area", "is_free", "cost", "confirmed_on", "note",
)  # fmt: skip


class ServiceForm(SideForm):
    """The form for a new service and for a change."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, FORM, self.tr("&Save"), parent)

    def start(self) -> None:
        """Ask about a new service."""
        values = {"confirmed_on": self._office.desk.clock.today()}
        self._ask_about(self.tr("A service"), values, None)

    def change(self, one: ServiceRow) -> None:
        """Ask again for all that was written down."""
        self._ask_about(one.name, {name: getattr(one, name) for name in _SAME}, one)

    def _ask_about(self, heading: str, told: dict[str, Any], one: ServiceRow | None) -> None:
        def wish(values: dict[str, Any]) -> SaveService:
            for name in ("sort", "is_free"):
                values[name] = values[name] or _NOT_ASKED
            return SaveService(id=one.id if one is not None else None, **values)

        about = NEW if one is None else one.id.hex
        self.open_form(heading, self._parts(), told, wish, save_service, about=about)

    def _parts(self) -> tuple[Part, ...]:
        codes = self._office.codes
        return (
            Together(
                Text("name", self.tr("&Name"), needed=True),
                Choice("sort", self.tr("S&ort"), options=codes.options(SORTS, unstated=False)),
                Text("area", self.tr("&Area"), placeholder=self.tr("LA13, LA14, Ulverston")),
            ),
            Lines("purpose", self.tr("W&hat it is for"), rows=2),
            Together(
                Text("phone", self.tr("&Phone")),
                Text("email", self.tr("&Email")),
                Text("website", self.tr("&Website")),
            ),
            Lines("how_to_refer", self.tr("How to &refer"), rows=2),
            Together(
                Text("who_for", self.tr("Who it is &for")),
                Text("waiting_time", self.tr("Wa&iting time"), placeholder=self.tr("About six weeks")),
            ),
            Together(
                Choice("is_free", self.tr("Free of &charge"), options=codes.options("yes_no")),
                Text("cost", self.tr("Cos&t"), placeholder=self.tr("£3 a session")),
                Date(
                    "confirmed_on",
                    self.tr("Confirme&d on"),
                    self.tr("When somebody last made sure of it."),
                    lean="past",
                ),
            ),
            Lines("address", self.tr("Address"), rows=2),
            Lines("note", self.tr("Note, for co&lleagues"), rows=2),
        )
