"""A coach's own days as an iCalendar file (RFC 5545): initials or a reference, a day, and nothing else about anybody.

Every entry keeps its UID when its day is moved, so that a calendar that takes the file again moves the entry it has
instead of adding one.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coachdesk.casework.appointments import (
    DAYS_AHEAD,
    Appointment,
    CalendarQuestion,
    Naming,
    Sort,
    read_appointments,
    read_naming,
)
from coachdesk.errors import Refusal
from coachdesk.models.base import TEAM
from coachdesk.terms import Kind, Ref
from coachdesk.vault.file_names import with_ending
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import describe, reading, record_event, unit_of_work

if TYPE_CHECKING:
    from icalendar import Event, Timezone

ENDING: Final = ".ics"
FILE_NAME: Final = "my-calendar" + ENDING
EVENT: Final = "exported"
WORDS: Final = {
    Sort.CHECK_IN: "Check-in",
    Sort.CONTACT: "Contact",
    Sort.REVIEW: "Review",
    Sort.INTERVIEW: "Interview",
    Sort.GROUP: "Group session",
}
_ZONE = "Europe/London"
_LENGTH = dt.timedelta(hours=1)
"""How long an interview stands in the calendar (CoachDesk default: no length is recorded)."""
_COUNTED_FROM = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCalendar:
    """Write the own calendar of who asks into a file."""

    target: Path
    days: int = DAYS_AHEAD


@dataclass(frozen=True, slots=True)
class SavedCalendar:
    """Where the file lies and how many entries it has."""

    target: Path
    entries: int


def save_calendar(vault: OpenVault, wish: SaveCalendar, watch: Watch) -> SavedCalendar:
    """Write the file, whole or not at all, and journal for each client in it that it left the vault, without values.

    Raises Refusal while nobody has chosen how clients are called, when nothing is known ahead, and for a key that
    belongs to no coach; Cancelled; or the Trouble of the drive.
    """
    watch.progress(0.1, "Reading your days")
    with reading(vault) as session:
        naming = read_naming(session, None)
        question = CalendarQuestion(today=vault.clock.today(), days=wish.days)
        entries = read_appointments(session, question)
    if naming is None:
        raise Refusal("Choose first how clients are called in the calendar.")
    if not entries:
        raise Refusal(f"Nothing is known of the next {wish.days} days; there is nothing to save.")
    data = calendar_bytes(entries, naming, vault.clock.now())
    watch.progress(0.9, "Writing the file")
    with unit_of_work(vault) as work, system_troubles():
        describe(work.session, "Saved my calendar as a file")
        record_event(work.session, EVENT, TEAM)
        for client_id in sorted({one.client_id for one in entries if one.client_id is not None}):
            record_event(work.session, EVENT, client_id.hex, Ref(Kind.CLIENT, client_id))
        work.session.flush()
        target = with_ending(wish.target, ENDING)
        written_whole(target, data)
    return SavedCalendar(target, len(entries))


def calendar_bytes(entries: Iterable[Appointment], naming: Naming, now: dt.datetime) -> bytes:
    """Return the file of some days as it was made at a moment; the same days at the same moment give the same bytes."""
    from icalendar import Calendar  # noqa: PLC0415  a quarter of a second, for a file that is saved now and then

    shown = list(entries)
    calendar = Calendar()
    calendar.add("prodid", "-//CoachDesk//CoachDesk//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if any(one.at_time for one in shown):
        calendar.add_component(_zone())
    for one in shown:
        calendar.add_component(_entry(one, naming, now))
    return bytes(calendar.to_ical())


def _entry(one: Appointment, naming: Naming, now: dt.datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415  as above

    entry = Event()
    called = one.called(naming)
    entry.add("summary", f"{WORDS[one.sort]}: {called}" if called else WORDS[one.sort])
    entry.add("uid", f"{hashlib.sha256(one.key.encode()).hexdigest()[:40]}@coachdesk")
    entry.add("dtstamp", now.replace(microsecond=0))
    entry.add("last-modified", now.replace(microsecond=0))
    # A later file is a later version of every entry in it, whatever was moved meanwhile.
    entry.add("sequence", max(0, (now - _COUNTED_FROM) // _MINUTE))
    entry.add("class", "PRIVATE")
    if one.at_time:
        begins = dt.datetime.combine(one.on, dt.time.fromisoformat(one.at_time))
        for name, moment in (("dtstart", begins), ("dtend", begins + _LENGTH)):
            entry.add(name, moment, parameters={"TZID": _ZONE})
    else:
        entry.add("dtstart", one.on)
        entry.add("dtend", one.on + dt.timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
    return entry


def _zone() -> "Timezone":
    """Return the hours of Great Britain: summer time begins and ends on the last Sundays of March and October.

    Summer Time Act 1972 as amended by the Summer Time Order 2002 (SI 2002/262).
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard  # noqa: PLC0415  as above

    zone = Timezone()
    zone.add("tzid", _ZONE)
    none, hour = dt.timedelta(), dt.timedelta(hours=1)
    for part, name, begins, month, change in (
        (TimezoneDaylight(), "BST", dt.datetime(2002, 3, 31, 1), 3, (none, hour)),  # noqa: DTZ001  of the place itself
        (TimezoneStandard(), "GMT", dt.datetime(2002, 10, 27, 2), 10, (hour, none)),  # noqa: DTZ001  the same
    ):
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", change[0])
        part.add("tzoffsetto", change[1])
        part.add("tzname", name)
        zone.add_component(part)
    return zone
