"""A form in a card that opens when asked for and saves with Ctrl+Enter."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.errors import Refusal
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.drafts.meanwhile import told_beside
from coachdesk.ui.drafts.told import changed, draft_of
from coachdesk.ui.forms.fields import Part
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.form_keys import answer_key
from coachdesk.ui.forms.own_keys import OwnKeys
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import moment
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Banner, Card, label, primary_button, row, secondary_button
from coachdesk.vault.meanwhile import ChangedMeanwhile


class SideForm(Card):
    """A heading, a form made when it opens, Save and Put away; what is typed is kept as a draft.

    Signals: ``saved(object)`` with what the command returned; ``put_away()``.
    """

    saved = Signal(object)
    put_away = Signal()

    def __init__(self, office: Office, name: str, save_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office, self._name = office, name
        self._key = name
        self._client_id: UUID | None = None
        self._since: int | None = None
        self._before: dict[str, Any] = {}
        self._command: Callable[[Any, Any], Any] | None = None
        self._wish: Callable[[dict[str, Any]], Any] | None = None
        self.form: Form | None = None
        self.recovered: Banner | None = None
        self.heading = label("", "section", wrap=True)
        self._place = QVBoxLayout()
        self.save_button = primary_button(save_words, "check")
        self.save_button.setToolTip(self.tr("Ctrl+Enter"))
        self.away_button = secondary_button(self.tr("Put awa&y"))
        self.add(self.heading)
        self.add(self._place)
        self.add(row(self.save_button, self.away_button, 1))
        self.save_button.clicked.connect(self.save)
        self.away_button.clicked.connect(self.close_form)
        office.desk.locking.connect(self._flush)
        OwnKeys(self)
        self.hide()

    def open_form(
        self,
        heading: str,
        parts: Sequence[Part],
        values: object,
        wish: Callable[[dict[str, Any]], Any],
        command: Callable[[Any, Any], Any],
        *,
        about: str = "",
        client_id: UUID | None = None,
    ) -> None:
        """Show the form with values; on Save the wish made of them goes to the command.

        ``about`` names what the form is about, so that its draft is found again; ``client_id`` says whose it is,
        so that it goes with an erasure.
        """
        self._discard()
        self._since = None
        self._office.desk.stand(self._stands)
        self._key = f"{self._name}:{about}"
        self._client_id = client_id
        self._wish, self._command = wish, command
        self.heading.setText(heading)
        self.form = Form(parts, self._office.desk.clock)
        self.form.setAccessibleName(heading)
        self.form.set_values(values)
        self._before = self.form.raw()
        self.form.draft.connect(self._keep)
        self._place.addWidget(self.form)
        self.show()
        lay_out(self)
        self.form.focus_first()
        self._office.desk.read_drafts(self._offer)

    def _stands(self, position: int) -> None:
        if self._since is None:
            self._since = position

    def _offer(self, drafts: Any) -> None:
        kept = next((draft for draft in drafts if draft.key == self._key), None)
        if kept is None or self.form is None or self.form.is_changed():
            return
        self.form.set_raw(changed(kept.body))
        words = self.tr("What you had typed on {moment} is back.").format(moment=moment(kept.saved_at))
        self.recovered = Banner(
            words,
            self.tr("It was kept in the vault. Save it, change it, or forget it."),
            Tone.INFO,
            action=self.tr("Forget it"),
        )
        self.recovered.acted.connect(self._forget)
        self._place.insertWidget(0, self.recovered)

    @Slot()
    def _forget(self) -> None:
        self._office.desk.drop_draft(self._key)
        self._discard()
        self.hide()

    def _keep(self, typed: dict[str, Any]) -> None:
        if self.form is not None:
            body = draft_of(self.form, self._before, typed, self.heading.text())
            self._office.desk.keep_draft(self._key, self._name, body, self._client_id)

    @Slot()
    def _flush(self) -> None:
        if self.form is not None and self.isVisible():
            self.form.flush_draft()

    @Slot()
    def save(self) -> None:
        """Hand the values in."""
        if self.form is None or self._wish is None or self._command is None:
            return
        self.form.clear_refusal()
        try:
            wish = self._wish(self.form.values())
        except Refusal as refusal:
            self.form.set_refusal(refusal)
            return
        self.save_button.setEnabled(False)
        self.form.set_busy(busy=True)
        self._office.desk.do(self._command, wish, then=self._saved, refused=self._refused, since=self._since)

    def _saved(self, value: object) -> None:
        self.save_button.setEnabled(True)
        self._office.desk.drop_draft(self._key)
        self._discard()
        self.hide()
        self.saved.emit(value)

    def _refused(self, refusal: Refusal) -> None:
        self.save_button.setEnabled(True)
        if self.form is not None:
            self.form.set_busy(busy=False)
            self.form.set_refusal(self._beside(self.form, refusal))

    def _beside(self, form: Form, refusal: Refusal) -> Refusal:
        """Return a refusal with what somebody else saved meanwhile beside each field, to be compared."""
        if not isinstance(refusal, ChangedMeanwhile):
            return refusal
        self._since = refusal.position
        return told_beside(form, refusal)

    @Slot()
    def close_form(self) -> None:
        """Put the form away; what was typed stays as a draft."""
        self._flush()
        self._discard()
        self.hide()
        self.put_away.emit()

    def _discard(self) -> None:
        if self.recovered is not None:
            self.recovered.deleteLater()
            self.recovered = None
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not answer_key(event, self.save, self.close_form):
            super().keyPressEvent(event)
