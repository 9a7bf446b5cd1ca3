"""How a data request stands, in words with the tone that goes with them."""

import datetime as dt

from PySide6.QtCore import QCoreApplication

from coachdesk.casework.rights_requests import RequestRow
from coachdesk.ui.spoken import day, due
from coachdesk.ui.tokens import Tone

translate = QCoreApplication.translate
_SOON = 7


def state_of(row: RequestRow, today: dt.date) -> tuple[str, Tone]:
    """Return how urgent a request is: "5 days late", "in 3 days", "The clock stands", "Answered"."""
    if row.answered_on is not None:
        return translate("DataRights", "Answered"), Tone.OK
    if row.next_on is not None:
        soon = (row.next_on - today).days <= _SOON
        calm = Tone.WARNING if soon else Tone.NEUTRAL
        return due(row.next_on, today), Tone.DANGER if row.is_late else calm
    if row.due.is_stopped:
        return translate("DataRights", "The clock stands"), Tone.INFO
    return translate("DataRights", "Without undue delay"), Tone.WARNING


def stop_words(stop: tuple[dt.date, dt.date | None, str]) -> str:
    """Return one spell in which the clock stood, with its reason."""
    since, until, why = stop
    if until is None:
        return translate("DataRights", "The clock stands since {since}: {why}").format(
            since=day(since), why=why
        )
    return translate("DataRights", "The clock stood from {since} to {until}: {why}").format(
        since=day(since), until=day(until), why=why
    )
