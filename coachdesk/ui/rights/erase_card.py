"""Erasing somebody: what goes and what stays is read first, then the reason, then the reference typed by hand."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.casework.erasing import EraseClient, ErasurePreview, erase_client, preview_erasure
from coachdesk.casework.record_words import RecordWords
from coachdesk.errors import Refusal
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Lines, Text
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, label, restyle


class EraseCard(Card):
    """One erasure in the making.

    Signals: ``erased()`` when it is done.
    """

    erased = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.preview: ErasurePreview | None = None
        self.heading = label("", "section", wrap=True)
        self.told = label("", wrap=True)
        self.form = SideForm(office, "erase", self.tr("Erase for ever"))
        self.form.body.setContentsMargins(0, Space.SMALL, 0, 0)
        self.form.setProperty("card", False)
        restyle(self.form.save_button, kind="danger")
        self.form.save_button.set_icon_name("trash-2")
        warning = label(
            self.tr(
                "This cannot be taken back, by nobody. Older backups that are restored are erased again."
            ),
            "strong",
            tone=Tone.DANGER,
            wrap=True,
        )
        for piece in (self.heading, self.told, warning, self.form):
            self.add(piece)
        self.hide()
        self.form.saved.connect(self._done)
        self.form.put_away.connect(self.hide)

    def start(self, client_id: UUID) -> None:
        """Ask what an erasure would take, then show it."""
        self._office.desk.ask(
            preview_erasure, client_id, self._show, refused=self._office.messages.show_refusal
        )

    def _show(self, preview: ErasurePreview) -> None:
        self.preview = preview
        self.heading.setText(self.tr("Erase {client}").format(client=preview.name))
        self.told.setText(
            self.tr(
                "Emptied down to what a return counts by: {emptied}.\n"
                "Gone altogether: {gone}.\n"
                "With them go the person’s history, search words and drafts. An anonymous stub stays."
            ).format(emptied=self._counted(preview.emptied), gone=self._counted(preview.taken_out))
        )
        self.show()
        self.form.open_form(
            self.tr("Why, and whom"),
            (
                Lines(
                    "reason",
                    self.tr("Why"),
                    hint=self.tr("Stays on the certificate. Name nobody."),
                    rows=2,
                ),
                Text(
                    "reference",
                    self.tr("Type the reference {reference}").format(reference=preview.reference),
                    hint=self.tr("So that nobody is erased by a slip of the hand."),
                ),
            ),
            {},
            self._wish,
            erase_client,
            about=preview.client_id.hex,
        )
        lay_out(self)

    def _counted(self, counts: Any) -> str:
        told = [f"{RecordWords.title(kind)} ({count})" for kind, count in counts.items()]
        return ", ".join(told) or self.tr("nothing")

    def _wish(self, values: dict[str, Any]) -> EraseClient:
        assert self.preview is not None  # noqa: S101 - the form opens with a preview
        if values["reference"] != self.preview.reference:
            raise Refusal(
                self.tr("Please look at the fields marked below."),
                fields={"reference": self.tr("This is not the reference.")},
            )
        return EraseClient(client_id=self.preview.client_id, reason=values["reason"])

    @Slot(object)
    def _done(self, _proof: object) -> None:
        self.preview = None
        self.heading.clear()
        self.told.clear()
        self.hide()
        self.erased.emit()
