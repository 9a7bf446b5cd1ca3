"""Agreeing the plan: signed on this screen, on paper, or by voice; each way is one button that also saves."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.casework.agreed_plans import (
    SIGNED_ON_SCREEN,
    AgreePlan,
    NextReview,
    agree_plan,
)
from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.signature import SignaturePad
from coachdesk.ui.forms.fields import Date, Together
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Flow, column, label, quiet_button, secondary_button

_ON_PAPER, _SPOKEN = "signed_paper", "spoken"


class AgreeForm(SideForm):
    """The days of an agreement and the ways to agree.

    Signals: ``to_print()`` when the plan was agreed and is to be printed, for a signature on paper.
    """

    to_print = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "plan", self.tr("Agreed by &voice"), parent)
        self._how = _SPOKEN
        self._prints = self._will_print = False
        self._whose: UUID | None = None
        self.pad = SignaturePad()
        self.clear_button = quiet_button(self.tr("&Clear the signature"))
        self.signed_button = secondary_button(self.tr("&Signed above"), "pen-line")
        self.print_button = secondary_button(self.tr("&Print to sign on paper"), "printer")
        self.paper_button = secondary_button(self.tr("Signed on pape&r already"), "file-text")
        self.origin = label("", "meta", wrap=True)
        self.origin.hide()
        signing = column(
            self.origin,
            label(self.tr("Sign here with the mouse, a finger or a pen"), "label", wrap=True),
            self.pad,
            label(self.tr("Or agree by voice or on paper: it counts the same."), "meta", wrap=True),
            spacing=Space.HAIR,
        )
        ways = Flow(self.signed_button, self.print_button, self.paper_button, self.clear_button)
        self.body.insertLayout(2, signing)
        self.body.insertLayout(3, ways)
        self.pad.changed.connect(self._drawn)
        self.clear_button.clicked.connect(self.pad.clear)
        self.signed_button.clicked.connect(self._signed)
        self.print_button.clicked.connect(self._to_print)
        self.paper_button.clicked.connect(self._on_paper)
        self.save_button.clicked.disconnect(self.save)
        self.save_button.clicked.connect(self._spoken)
        self.saved.connect(self._agreed)
        self._drawn()

    def start(self, client_id: UUID, review: NextReview) -> None:
        """Open the form for the plan of a client, with the next review the programme's rhythm proposes."""
        self._whose = client_id
        self._how, self._prints = _SPOKEN, False
        self.pad.clear()
        words = self.tr("The next review as the programme has it: {origin}").format(origin=review.origin)
        self.origin.setText(words)
        self.origin.setVisible(bool(review.origin))
        self.open_form(
            self.tr("The plan is agreed"),
            (
                Together(
                    Date("agreed_on", self.tr("Agreed &on"), needed=True, lean="past"),
                    Date("next_review_on", self.tr("&Next review"), lean="future"),
                ),
            ),
            {"agreed_on": self._office.desk.clock.today(), "next_review_on": review.on},
            self._agreement,
            agree_plan,
            about=f"agree:{client_id.hex}",
            client_id=client_id,
        )
        bring_into_sight(self)

    def _agreement(self, values: dict[str, Any]) -> AgreePlan:
        if self._whose is None:
            raise LookupError("no client is shown")
        # asked once: a refusal leaves nothing that the next key press would hand in by itself
        how, self._how = self._how, _SPOKEN
        self._will_print, self._prints = self._prints, False
        return AgreePlan(
            client_id=self._whose,
            agreed_on=values["agreed_on"],
            how_agreed=how,
            next_review_on=values["next_review_on"],
            signature=self.pad.strokes() if how == SIGNED_ON_SCREEN else (),
        )

    @Slot()
    def _drawn(self) -> None:
        has_strokes = bool(self.pad.strokes())
        self.signed_button.setEnabled(has_strokes)
        self.clear_button.setEnabled(has_strokes)

    def _agree(self, how: str, *, prints: bool = False) -> None:
        self._how, self._prints = how, prints
        self.save()

    @Slot()
    def _signed(self) -> None:
        self._agree(SIGNED_ON_SCREEN)

    @Slot()
    def _spoken(self) -> None:
        self._agree(_SPOKEN)

    @Slot()
    def _on_paper(self) -> None:
        self._agree(_ON_PAPER)

    @Slot()
    def _to_print(self) -> None:
        self._agree(_ON_PAPER, prints=True)

    @Slot(object)
    def _agreed(self, _kept: object) -> None:
        if self._will_print:
            self.to_print.emit()
