"""A form that is always there and not opened: what is typed in it is kept as a draft all the same."""

from typing import Any

from PySide6.QtCore import QObject, Slot

from coachdesk.ui.drafts.told import changed, draft_of
from coachdesk.ui.forms.form import Form
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import moment
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Banner


class KeptForm(QObject):
    """Keeps what is typed in a form, and puts it back when the same place is shown again.

    ``banner`` says that something is back, with the way to forget it; whoever lays out the form puts it above.
    """

    def __init__(self, office: Office, name: str, form: Form) -> None:
        super().__init__(form)
        self._office, self._name, self._form = office, name, form
        self._key, self._about = "", ""
        self._empty = form.raw()
        self.banner = Banner("", "", Tone.INFO, action=self.tr("Forget it"), closable=False)
        self.banner.hide()
        self.banner.acted.connect(self._forget_all)
        form.draft.connect(self._keep)
        office.desk.locking.connect(form.flush_draft)

    def show(self, about: str, heading: str) -> None:
        """Belong to this place now; what was typed for another stays with that one."""
        self._form.flush_draft()
        self._key, self._about = f"{self._name}:{about}", heading
        self._clear()
        self._office.desk.read_drafts(self._offer)

    def _clear(self) -> None:
        self.banner.hide()
        self._form.set_values({})
        self._form.set_raw(self._empty)

    def _offer(self, drafts: Any) -> None:
        kept = next((draft for draft in drafts if draft.key == self._key), None)
        if kept is None or self._form.raw() != self._empty:
            return
        self._form.set_raw(changed(kept.body))
        words = self.tr("What you had typed on {moment} is back.").format(moment=moment(kept.saved_at))
        self.banner.message.setText(words)
        self.banner.setAccessibleName(words)
        self.banner.show()

    def _keep(self, typed: dict[str, Any]) -> None:
        if typed == self._empty:
            self._office.desk.drop_draft(self._key)
        elif self._key:
            body = draft_of(self._form, self._empty, typed, self._about)
            self._office.desk.keep_draft(self._key, self._name, body)

    def forget(self) -> None:
        """Drop what was kept: it has been used. What stands in the form stays there."""
        self._form.flush_draft()
        self.banner.hide()
        self._office.desk.drop_draft(self._key)

    @Slot()
    def _forget_all(self) -> None:
        self.forget()
        self._clear()
