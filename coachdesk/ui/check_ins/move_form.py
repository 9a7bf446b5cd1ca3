"""Moving a check-in to another day, or leaving it out: the day, why, and a note."""

import datetime as dt
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from coachdesk.casework.check_in_moves import MoveCheckIn, move_check_in
from coachdesk.casework.check_in_story import JobCheckIns, NextCheckIn
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.forms.fields import Choice, Date, Field, Text, Together
from coachdesk.ui.office import Office

FORM = "check-in"
MOVE, LEAVE_OUT = "move", "leave_out"


class MoveForm(QObject):
    """Fills the side form of the check-ins card for one check-in, and makes the wish of what was typed."""

    def __init__(self, office: Office, form: SideForm) -> None:
        super().__init__(form)
        self._office, self._form = office, form
        self._job_id: UUID | None = None
        self._due_on = dt.date.min

    def open(self, kind: str, job: JobCheckIns, coming: NextCheckIn, client_id: UUID) -> None:
        """Ask for the new day and why, or only why it is left out."""
        self._job_id, self._due_on = job.job_id, coming.rhythm_on
        moves = kind == MOVE
        day = (Date("moved_to", self.tr("New &day"), needed=True, lean="future"),) if moves else ()
        words = self.tr("Move the check-in: {what}") if moves else self.tr("Leave out the check-in: {what}")
        reasons = self._office.codes.options("move_reason", unstated=False)
        why: tuple[Field, ...] = (
            Choice("reason", self.tr("&Why"), needed=True, options=reasons),
            Text("note", self.tr("Anything &else")),
        )
        self._form.open_form(
            words.format(what=coming.due.what),
            (Together(*day, *why),),
            self._proposed(coming) if moves else {},
            self._wish,
            move_check_in,
            about=f"{kind}:{job.job_id.hex}",
            client_id=client_id,
        )

    def _proposed(self, coming: NextCheckIn) -> dict[str, Any]:
        """Return the next working day and its reason, where the day itself is none."""
        if coming.proposed_on is None:
            return {}
        weekend = coming.due.on.weekday() > 4  # noqa: PLR2004  Saturday and Sunday
        return {
            "moved_to": coming.proposed_on,
            "reason": "other" if weekend else "bank_holiday",
            "note": coming.why,
        }

    def _wish(self, values: dict[str, Any]) -> MoveCheckIn:
        assert self._job_id is not None  # noqa: S101  the form opens for a check-in of a job
        return MoveCheckIn(
            job_id=self._job_id,
            due_on=self._due_on,
            moved_to=values.get("moved_to"),
            reason=values["reason"],
            note=values["note"],
        )
