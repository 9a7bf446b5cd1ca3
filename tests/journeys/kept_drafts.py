"""What is being typed and not saved yet, as the vault keeps it for whoever is at the desk."""

from coachdesk.desk.counter import DraftRow
from tests.journeys.desk_window import DeskWindow


def drafts_of(desk: DeskWindow) -> tuple[DraftRow, ...]:
    """Return the drafts that wait, the newest first."""
    found: list[tuple[DraftRow, ...]] = []
    desk.desk.read_drafts(found.append)
    desk.until(lambda: found)
    return found[-1]
