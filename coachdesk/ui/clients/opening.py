"""Opening a client's record: written down first, and for a colleague's client with a reason, then shown."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject

from coachdesk.casework.seeing import OpenClient, open_client
from coachdesk.casework.today import DueItem
from coachdesk.errors import Refusal
from coachdesk.ui.office import Office
from coachdesk.vault.caseload_rights import ReasonNeeded, check_may_see


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whose page is wanted, and what is to be done there: a contact, or going on with a draft.

    ``quietly`` asks nothing: on coming back after a lock, a colleague's client simply stays closed.
    """

    client_id: UUID
    contact: bool = False
    due: DueItem | None = None
    draft: str = ""
    quietly: bool = False


class Opening(QObject):
    """One record on its way to being shown."""

    def __init__(
        self,
        office: Office,
        wanted: Wanted,
        opened: Callable[["Opening"], None],
        stayed: Callable[["Opening"], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._office, self.wanted = office, wanted
        self._opened, self._stayed = opened, stayed

    def start(self, reason: str = "") -> None:
        """Write down that the record is opened; in a vault that is only read, ask whether it may be."""
        desk, client_id = self._office.desk, self.wanted.client_id
        if desk.read_only:
            desk.ask(check_may_see, client_id, self._done, refused=self._refused)
        else:
            wish = OpenClient(client_id=client_id, reason=reason)
            desk.do(open_client, wish, then=self._done, refused=self._refused)

    def _done(self, _nothing: None) -> None:
        self.deleteLater()
        self._opened(self)

    def _refused(self, refusal: Refusal) -> None:
        if isinstance(refusal, ReasonNeeded) and not self.wanted.quietly and not self._office.desk.read_only:
            reason = self._reason()
            if reason is not None:
                self.start(reason)
                return
        elif not self.wanted.quietly:
            self._office.messages.show_refusal(refusal)
        self.deleteLater()
        self._stayed(self)

    def _reason(self) -> str | None:
        return self._office.dialogs.ask_text(
            self.tr("This client is with a colleague. Why do you need to open the record?"),
            yes=self.tr("&Open the record"),
            explain=self.tr(
                "Your name, the time and this reason are written down. A manager can read them, and so can the "
                "client, who may ask who has looked at their record."
            ),
        )
